//! A shopper picks an agent by area; what is offered comes out of our own tables, also while the partner is away.

use crate::{
    buyer::{Buyer, chosen, nothing_was_placed, says, taken},
    network::Network,
    orders::walk,
    world::World,
};
use chrono::TimeDelta;
use duka::{
    delivery::partners::refresh,
    kernel::id::{MailId, OrderId},
    mail::{
        letter::{About, open},
        order::Towards,
    },
    orders::status::OrderStatus,
};
use http::StatusCode;

const RONGAI: &str = "Rongai Parcel Point, Maasai Mall (Pickup Mtaani)";
const ASKED: &str = "/checkout?area=Rongai+Parcel+Point,+Maasai+Mall+(Pickup+Mtaani)";

async fn take_airtel(world: &World) {
    let (tenant, store) = (world.njeri.tenant, world.njeri.store);
    world
        .sql(&format!(
            "insert into payment_rules (tenant_id, store_id, manual_name, manual_instructions)
             values ('{tenant}', '{store}', 'Airtel Money', 'Send it to 0733 000 000')"
        ))
        .await;
}

#[tokio::test]
async fn agents_stand_under_their_areas_with_their_fees_and_one_is_chosen_without_a_script() {
    let network = Network::open().await;
    take_airtel(&network.world).await;
    let mut buyer = Buyer::with(&network.world, 1).await;
    let page = buyer.look().await;
    assert_eq!(chosen(&page), "Westlands", "nobody is sent to an agent unasked");
    for words in [
        "<optgroup label=\"Pickup Mtaani: Rongai\">",
        "<optgroup label=\"Pickup Mtaani: CBD\">",
        "Rongai Parcel Point, Maasai Mall (Pickup Mtaani) – KSh 240",
        "Sawa Phones, Luthuli Avenue (Pickup Mtaani) – KSh 100",
    ] {
        assert!(page.contains(words), "{words}: {page}");
    }
    let page = buyer.browser.get(ASKED).await.text();
    assert_eq!(chosen(&page), RONGAI);
    assert!(page.contains("You pick it up from this agent") && !page.contains("name=\"street\""), "{page}");
    assert!(page.contains("This price is yours until 11:00."), "{page}");
    says(&buyer.send(&page, &[("street", ""), ("payment_method", "manual")]).await, StatusCode::SEE_OTHER, &[]);
    assert_eq!(taken(&network.world).await, (RONGAI.into(), 24_000, format!("parcel to {RONGAI}"), 2_880));
    let where_to = "select count(*) from delivery_quotes q join partner_agents a on a.tenant_id = q.tenant_id and a.id = q.agent_id
                    where a.agent_number = 307 and q.zone_id is null";
    assert_eq!(network.world.count(where_to).await, 1);
    assert_eq!(network.world.count("select count(*) from orders where total_cents = 124000").await, 1);
}

#[tokio::test]
async fn who_chose_an_agent_is_told_that_it_goes_there_and_never_to_come_to_the_shop() {
    let network = Network::open().await;
    let world = &network.world;
    take_airtel(world).await;
    let mut buyer = Buyer::with(world, 1).await;
    let page = buyer.browser.get(ASKED).await.text();
    says(&buyer.send(&page, &[("street", ""), ("payment_method", "manual")]).await, StatusCode::SEE_OTHER, &[]);
    world
        .sql(
            "update orders set status = 'paid', payment_status = 'paid', paid_at = now(), customer_email = 'amina@barua.test'",
        )
        .await;
    let order = OrderId::parse(&network.text("select id::text from orders").await).unwrap();
    walk(world, &world.njeri, order, &[OrderStatus::Packing, OrderStatus::Dispatched]).await;
    let mail = network.text("select id::text from mails where kind = 'order_on_its_way'").await;
    let mail = MailId::parse(&mail).unwrap();
    let letter = open(&world.app.platform, world.njeri.tenant, mail).await.unwrap().expect("a letter");
    let About::OrderOnItsWay { towards, .. } = letter.about else { panic!("another letter") };
    assert_eq!(towards, Towards::Agent(RONGAI.into()));
}

#[tokio::test]
async fn another_agent_posted_with_the_old_total_is_told_first_and_then_placed() {
    let network = Network::open().await;
    take_airtel(&network.world).await;
    let mut buyer = Buyer::with(&network.world, 1).await;
    let page = buyer.look().await;
    let way = ("payment_method", "manual");
    let answer = buyer.send(&page, &[("area", RONGAI), way]).await;
    let page = says(&answer, StatusCode::CONFLICT, &["The total is now KSh 1,240. It was KSh 1,150."]);
    nothing_was_placed(&network.world).await;
    says(&buyer.send(&page, &[way]).await, StatusCode::SEE_OTHER, &[]);
    assert_eq!(taken(&network.world).await.1, 24_000);
}

#[tokio::test]
async fn a_fee_that_was_shown_holds_although_the_network_takes_more_now() {
    let network = Network::open().await;
    take_airtel(&network.world).await;
    let mut buyer = Buyer::with(&network.world, 1).await;
    let page = buyer.browser.get(ASKED).await.text();
    network.world.sql("update partner_agents set fee_cents = 30000").await;
    network.clock.advance(TimeDelta::minutes(59));
    says(&buyer.send(&page, &[("payment_method", "manual")]).await, StatusCode::SEE_OTHER, &[]);
    assert_eq!(taken(&network.world).await.1, 24_000);
    let mut late = Buyer::with(&network.world, 1).await;
    let page = late.browser.get(ASKED).await.text();
    network.world.sql("update partner_agents set fee_cents = 35000").await;
    network.clock.advance(TimeDelta::minutes(60));
    let answer = late.send(&page, &[("payment_method", "manual")]).await;
    says(&answer, StatusCode::CONFLICT, &["is now KSh 350. It was KSh 300."]);
}

#[tokio::test]
async fn an_agent_takes_no_cash_for_the_shop() {
    let network = Network::open().await;
    let mut buyer = Buyer::with(&network.world, 1).await;
    let page = buyer.browser.get(ASKED).await.text();
    assert!(!page.contains("value=\"cod\""), "{page}");
    let answer = buyer.send(&page, &[]).await;
    says(&answer, StatusCode::UNPROCESSABLE_ENTITY, &["f-payment_method"]);
    nothing_was_placed(&network.world).await;
}

#[tokio::test]
async fn while_the_partner_is_away_its_known_agents_are_offered_and_nobody_asks_it() {
    let network = Network::open().await;
    take_airtel(&network.world).await;
    network.fault("refuse", 1_000).await;
    let before = network.count_received("GET", "").await;
    let mut buyer = Buyer::with(&network.world, 1).await;
    let page = buyer.browser.get(ASKED).await.text();
    says(&buyer.send(&page, &[("payment_method", "manual")]).await, StatusCode::SEE_OTHER, &[]);
    assert_eq!(network.count_received("GET", "").await, before, "a checkout asks the partner nothing");
    assert_eq!(taken(&network.world).await.1, 24_000);

    // The day after, the list cannot be read: the old one stays, with its fees.
    network.clock.advance(TimeDelta::days(4));
    let shop = &network.world.njeri;
    let partner = network.partner(shop).await;
    assert!(refresh::refresh(&network.world.app.platform, shop.tenant, partner).await.is_err());
    assert_eq!(network.world.count("select count(*) from partner_agents where is_active and fee_cents > 0").await, 10);
    assert_eq!(network.text("select problem from delivery_partners").await, "not_reached");
}

#[tokio::test]
async fn an_agent_that_the_network_no_longer_has_is_offered_no_longer_and_its_page_says_so() {
    let network = Network::open().await;
    take_airtel(&network.world).await;
    let mut buyer = Buyer::with(&network.world, 1).await;
    let page = buyer.browser.get(ASKED).await.text();
    network.world.sql("update partner_agents set is_active = false where agent_number = 307").await;
    let answer = buyer.send(&page, &[("payment_method", "manual")]).await;
    assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY, "{}", answer.text());
    nothing_was_placed(&network.world).await;
}

#[tokio::test]
async fn the_neighbours_shoppers_are_offered_none_of_ours() {
    let network = Network::open().await;
    let shop = &network.world.kilimani;
    let (tenant, store) = (shop.tenant, shop.store);
    let offered = format!(
        "select count(*) from partner_agents a join stores s on s.tenant_id = a.tenant_id where s.id = '{store}' and a.tenant_id = '{tenant}'"
    );
    assert_eq!(network.world.count(&offered).await, 0);
    network.set_up(shop, "kilimanis-key").await;
    assert_eq!(network.world.count(&offered).await, 10);
    assert_eq!(network.world.count("select count(*) from partner_agents").await, 20);
}

#[tokio::test]
async fn a_stopped_partner_is_offered_no_longer() {
    let network = Network::open().await;
    duka::delivery::partners::settings::stop_partner(&network.njeri()).await.unwrap();
    let mut buyer = Buyer::with(&network.world, 1).await;
    assert!(!buyer.look().await.contains("Pickup Mtaani"));
}
