//! A parcel is booked once: pressed twice, tried again, asked about when an answer was lost; and what fails says so.

use crate::{
    merchant::member,
    network::{Network, RONGAI},
    world::Browser,
};
use chrono::TimeDelta;
use duka::{
    checkout::{
        dispatch::{Handing, Rider, give},
        parcels::{book, book_parcel},
    },
    error::AppError,
    kernel::{
        access::{Actor, Role},
        field_errors::{FieldErrors, FieldProblem},
        id::{MailId, OrderId, PartnerAgentId, UserId},
        money::Money,
        phone::Phone,
    },
    mail::letter::{About, To, open},
};
use http::StatusCode;
use serde_json::json;
use sqlx::Connection as _;
use std::time::Duration;

fn page_of(order: OrderId) -> String {
    format!("/dashboard/orders/{order}/parcel")
}

async fn press(browser: &mut Browser<'_>, order: OrderId, agent: PartnerAgentId) {
    let answer = browser.post(&format!("{}/book", page_of(order)), &[("agent", &agent.to_string())]).await;
    assert_eq!((answer.status, answer.header("location")), (StatusCode::SEE_OTHER, page_of(order).as_str()));
}

#[tokio::test]
async fn staff_book_from_the_order_and_the_code_reaches_staff_and_buyer() {
    let network = Network::open().await;
    let order = network.paid_order().await;
    let mut staff = member(&network.world, &network.world.njeri, Role::Staff).await.browser;
    let page = staff.get(&page_of(order)).await.text();
    assert!(page.contains("Nobody has this parcel yet.") && page.contains("Rongai Parcel Point"), "{page}");
    let (above, _) = page.split_once("<h1>").expect("a heading");
    assert!(above.contains(&format!("<p class=\"back\"><a href=\"/dashboard/orders/{order}\">")), "{above}");
    let agent = network.agent(RONGAI).await;
    press(&mut staff, order, agent).await;
    // Twice is once.
    press(&mut staff, order, agent).await;
    assert!(staff.get(&page_of(order)).await.text().contains("Being booked"));
    network.work().await;
    assert_eq!(network.standing().await, "booked 1 -, accepted PM-66001 24000");
    assert_eq!(network.parcels_there().await, 1);
    press(&mut staff, order, agent).await;
    network.work().await;
    assert_eq!(network.parcels_there().await, 1, "what is booked is not booked again");

    let page = staff.get(&page_of(order)).await.text();
    for words in [
        "PM-66001",
        "Rongai Parcel Point, Maasai Mall (Pickup Mtaani)",
        "costs you KSh 240",
        "Write the code on the parcel",
    ] {
        assert!(page.contains(words), "{words}: {page}");
    }
    let address = network.text("select '/orders/' || encode(token_hash, 'hex') from orders").await;
    assert!(address.len() > 60);
    let seen = duka::pages::storefront::order::load(&network.njeri(), &token_of(&network, order).await).await.unwrap();
    let parcel = seen.sent.unwrap();
    assert_eq!((parcel.carrier.as_str(), parcel.code.as_str()), ("Pickup Mtaani", "PM-66001"));
    assert_eq!(network.order_status().await, "paid", "booked is not yet on its way");
}

pub async fn token_of(network: &Network, order: OrderId) -> duka::kernel::token::Token {
    let ctx = network.njeri();
    let mut tx = ctx.tx().await.unwrap();
    ctx.key(&mut tx).await.unwrap().token(duka::vault::Purpose::Order, order.uuid())
}

#[tokio::test]
async fn the_code_is_written_to_the_buyer_once_and_in_their_language_with_where_to_pick_it_up() {
    let network = Network::open().await;
    let order = network.paid_order().await;
    network.world.sql("update orders set customer_email = 'amina@barua.test', locale = 'sw'").await;
    let told = async || network.world.count("select count(*) from mails where kind = 'parcel_booked'").await;
    book_parcel(&network.njeri(), order, network.agent(RONGAI).await).await.unwrap();
    network.pull(json!({ "lose_answers": 1 })).await;
    network.book_after(TimeDelta::zero()).await;
    assert_eq!(told().await, 0, "nobody has a code yet");
    for _ in 0..2 {
        network.book_after(TimeDelta::minutes(1)).await;
    }
    assert_eq!(network.standing().await, "booked 2 -, accepted PM-66001 24000");
    let mail = "select concat_ws(' ', recipient, channel, locale, status) from mails where kind = 'parcel_booked'";
    assert_eq!((told().await, network.text(mail).await.as_str()), (1, "buyer mail sw queued"));

    let mail = network.text("select id::text from mails where kind = 'parcel_booked'").await;
    let mail = MailId::parse(&mail).unwrap();
    let (platform, tenant) = (&network.world.app.platform, network.world.njeri.tenant);
    let letter = open(platform, tenant, mail).await.unwrap().expect("a letter");
    assert!(matches!(&letter.to, To::Mail(email) if email.as_str() == "amina@barua.test"));
    assert_eq!(letter.about.path(), format!("/orders/{}", token_of(&network, order).await.hex()));
    let About::ParcelBooked(parcel) = letter.about else { panic!("another letter") };
    assert_eq!((parcel.carrier.as_str(), parcel.code.as_str()), ("Pickup Mtaani", "PM-66001"));
    assert_eq!(parcel.agent.as_deref(), Some("Rongai Parcel Point, Maasai Mall (Pickup Mtaani)"));

    // A parcel that came to nothing before the mail went out is not told of.
    network.world.sql("update delivery_orders set status = 'failed'").await;
    assert!(open(platform, tenant, mail).await.unwrap().is_none());
    assert_eq!(network.text("select status from mails where kind = 'parcel_booked'").await, "dropped");
}

#[tokio::test]
async fn a_partner_that_is_away_is_tried_again_and_then_a_person_is_told() {
    let network = Network::open().await;
    let order = network.paid_order().await;
    book_parcel(&network.njeri(), order, network.agent(RONGAI).await).await.unwrap();
    network.control("reset", json!({})).await;
    network.fault("refuse", 1_000).await;
    let mut staff = member(&network.world, &network.world.njeri, Role::Staff).await.browser;
    // The stand-in takes the connection before it cuts it: the first try may have been done.
    for tries in 1..=5 {
        network.book_after(TimeDelta::minutes(3)).await;
        assert_eq!(network.standing().await, format!("asked {tries} unclear, no delivery"));
    }
    let page = staff.get(&page_of(order)).await.text();
    assert!(page.contains("Not booked yet") && page.contains("Book by hand"), "{page}");
    network.book_after(TimeDelta::minutes(3)).await;
    assert_eq!(network.standing().await, "failed 6 unclear, no delivery");
    let page = staff.get(&page_of(order)).await.text();
    assert!(page.contains("may have the parcel all the same") && page.contains("Book the parcel"), "{page}");
    assert_eq!(network.order_status().await, "paid", "the order is as it was");
    network.control("reset", json!({})).await;
    press(&mut staff, order, network.agent(RONGAI).await).await;
    network.work().await;
    assert_eq!(network.standing().await, "booked 1 -, accepted PM-66001 24000");
}

#[tokio::test]
async fn a_partner_that_cannot_be_connected_to_has_surely_nothing() {
    let network = Network::open().await;
    let order = network.paid_order().await;
    book_parcel(&network.njeri(), order, network.agent(RONGAI).await).await.unwrap();
    let away = duka::ctx::Platform {
        pickup_mtaani: duka::delivery::partners::pickup_mtaani::PickupMtaani::new("http://127.0.0.1:9/pickup-mtaani"),
        ..(*network.world.app.platform).clone()
    };
    let away = std::sync::Arc::new(away);
    for _ in 0..6 {
        network.clock.advance(TimeDelta::minutes(3));
        book(&away, network.world.njeri.tenant, network.parcel().await).await.unwrap();
    }
    assert_eq!(network.standing().await, "failed 6 not_reached, no delivery");
}

#[tokio::test]
async fn an_answer_that_was_lost_is_looked_for_and_the_parcel_is_one() {
    let network = Network::open().await;
    let order = network.paid_order().await;
    book_parcel(&network.njeri(), order, network.agent(RONGAI).await).await.unwrap();
    network.pull(json!({ "lose_answers": 1 })).await;
    network.book_after(TimeDelta::zero()).await;
    assert_eq!(network.standing().await, "asked 1 unclear, no delivery");
    assert_eq!(network.parcels_there().await, 1, "it was booked, and nobody heard of it");
    network.book_after(TimeDelta::minutes(1)).await;
    assert_eq!(network.standing().await, "booked 2 -, accepted PM-66001 24000");
    assert_eq!(network.parcels_there().await, 1);
    assert_eq!(network.count_received("POST", "/packages/agent-agent").await, 1);
}

#[tokio::test]
async fn two_workers_at_one_parcel_book_it_once() {
    let network = Network::open().await;
    let order = network.paid_order().await;
    book_parcel(&network.njeri(), order, network.agent(RONGAI).await).await.unwrap();
    let (platform, tenant, parcel) = (&network.world.app.platform, network.world.njeri.tenant, network.parcel().await);
    network.fault("slow", 1).await;
    let (one, other) = tokio::join!(book(platform, tenant, parcel), book(platform, tenant, parcel));
    // Who came second is told to come again, and finds it done.
    assert!(one.is_ok() || other.is_ok());
    book(platform, tenant, parcel).await.unwrap();
    assert_eq!(network.standing().await, "booked 1 -, accepted PM-66001 24000");
    assert_eq!(network.parcels_there().await, 1);
    assert_eq!(network.world.count("select count(*) from delivery_orders").await, 1);
}

#[tokio::test]
async fn who_writes_down_what_was_booked_waits_for_the_order_without_holding_the_parcel() {
    let network = Network::open().await;
    let order = network.paid_order().await;
    book_parcel(&network.njeri(), order, network.agent(RONGAI).await).await.unwrap();
    let parcel = network.parcel().await;
    // As staff do who look what is open for the order: the order first, and then its parcel.
    let mut connection = network.world.db.superuser().await;
    let mut looking = connection.begin().await.unwrap();
    sqlx::query("select id from orders for update").execute(&mut *looking).await.unwrap();
    let (platform, tenant) = (network.world.app.platform.clone(), network.world.njeri.tenant);
    let booking = tokio::spawn(async move { book(&platform, tenant, parcel).await });
    let waiting =
        "select count(*) from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'";
    while network.world.count(waiting).await == 0 {
        assert!(!booking.is_finished(), "nobody waits");
        tokio::time::sleep(Duration::from_millis(10)).await;
    }
    let held = "select id from partner_parcels for update nowait";
    sqlx::query(held).execute(&mut *looking).await.expect("nobody holds it");
    looking.commit().await.unwrap();
    booking.await.unwrap().unwrap();
    assert_eq!(network.standing().await, "booked 1 -, accepted PM-66001 24000");
}

#[tokio::test]
async fn a_process_that_died_while_it_asked_leaves_the_parcel_to_the_next() {
    let network = Network::open().await;
    let order = network.paid_order().await;
    book_parcel(&network.njeri(), order, network.agent(RONGAI).await).await.unwrap();
    let parcel = network.parcel().await;
    let now = network.clock.now().to_rfc3339();
    network
        .world
        .sql(&format!(
            "update partner_parcels set status = 'asking', tries = 1, claimed_at = '{now}' where id = '{parcel}'"
        ))
        .await;
    let (platform, tenant) = (&network.world.app.platform, network.world.njeri.tenant);
    assert!(matches!(book(platform, tenant, parcel).await, Err(AppError::TryAgain { .. })), "somebody may be at it");
    assert_eq!(network.parcels_there().await, 0);
    network.book_after(TimeDelta::minutes(3)).await;
    assert_eq!(network.standing().await, "booked 2 -, accepted PM-66001 24000");
}

#[tokio::test]
async fn a_booking_that_waits_is_given_up_when_its_order_is_called_off_or_goes_out_with_a_rider() {
    let network = Network::open().await;
    let order = network.paid_order().await;
    let agent = network.agent(RONGAI).await;
    network.world.sql("update orders set status = 'packing'").await;
    network.fault("refuse", 1_000).await;
    book_parcel(&network.njeri(), order, agent).await.unwrap();
    network.book_after(TimeDelta::zero()).await;
    assert_eq!(network.standing().await, "asked 1 unclear, no delivery");
    network.world.sql("update orders set status = 'cancelled'").await;
    network.control("reset", json!({})).await;
    network.book_after(TimeDelta::minutes(1)).await;
    assert_eq!(network.standing().await, "given_up 1 unclear, no delivery", "the merchant is told to look there");
    assert_eq!(network.parcels_there().await, 0);

    network.world.sql("update orders set status = 'packing'").await;
    book_parcel(&network.njeri(), order, agent).await.unwrap();
    let staff = crate::orders::staff(&network.world, &network.world.njeri, Role::Staff).await;
    let version = network.world.count("select version::bigint from orders").await;
    let rider = Rider::Named { name: "Otieno Okoth".into(), phone: Phone::parse("0722 000 111").unwrap() };
    let handing = Handing { rider, cost: Money::shillings(100) };
    give(&staff, order, i32::try_from(version).unwrap(), &handing).await.unwrap();
    network.work().await;
    assert_eq!(network.standing().await, "given_up 0 -, no delivery");
    assert_eq!(network.parcels_there().await, 0);
    assert_eq!(network.world.count("select count(*) from delivery_orders").await, 1, "the rider's");
    assert_eq!(network.world.count("select count(*) from audit_log where action = 'parcel_not_booked'").await, 2);

    // A try that died in the middle may have booked it.
    network.world.sql("update delivery_orders set status = 'failed', is_current = false").await;
    book_parcel(&network.njeri(), order, agent).await.unwrap();
    let now = network.clock.now().to_rfc3339();
    let died = format!(
        "update partner_parcels set status = 'asking', tries = 1, claimed_at = '{now}' where status = 'asked';
         update orders set status = 'cancelled'"
    );
    network.world.sql(&died).await;
    network.book_after(TimeDelta::minutes(3)).await;
    assert_eq!(network.standing().await, "given_up 1 unclear, no delivery");
    assert_eq!(network.parcels_there().await, 0);
}

#[tokio::test]
async fn a_refusal_and_a_key_that_is_not_taken_say_what_to_do() {
    let network = Network::open().await;
    let order = network.paid_order().await;
    let agent = network.agent(RONGAI).await;
    let mut staff = member(&network.world, &network.world.njeri, Role::Staff).await.browser;
    network.pull(json!({ "refuse": "Receiver agent is closed" })).await;
    press(&mut staff, order, agent).await;
    network.work().await;
    assert_eq!(network.standing().await, "failed 1 refused, no delivery");
    let page = staff.get(&page_of(order)).await.text();
    assert!(page.contains("They said: “Receiver agent is closed”") && page.contains("Choose another agent"), "{page}");

    network.control("reset", json!({})).await;
    let key = "update delivery_partners set api_key_sealed = null where provider = 'pickup_mtaani'";
    network.world.sql(key).await;
    press(&mut staff, order, agent).await;
    network.work().await;
    assert_eq!(network.standing().await, "failed 1 not_accepted, no delivery");
    assert!(staff.get(&page_of(order)).await.text().contains("does not take your key"));
    assert_eq!(network.text("select problem from delivery_partners").await, "not_accepted");
    assert_eq!(network.world.count("select count(*) from delivery_orders").await, 0);
}

#[tokio::test]
async fn what_is_not_paid_not_there_or_not_ours_is_not_booked() {
    let network = Network::open().await;
    let order = network.paid_order().await;
    let agent = network.agent(RONGAI).await;
    let nothing = async || assert_eq!(network.world.count("select count(*) from partner_parcels").await, 0);

    let unknown = PartnerAgentId::mint();
    let refused = AppError::Invalid(FieldErrors::one("agent", FieldProblem::UnknownChoice));
    assert_eq!(book_parcel(&network.njeri(), order, unknown).await, Err(refused));
    let neighbour = network.ctx(&network.world.kilimani);
    assert_eq!(book_parcel(&neighbour, order, agent).await, Err(AppError::NotFound));
    let viewer =
        duka::ctx::Ctx { actor: Actor::Member { user: UserId::mint(), role: Role::Viewer }, ..network.njeri() };
    assert_eq!(book_parcel(&viewer, order, agent).await, Err(AppError::NotPermitted));
    nothing().await;

    let mut staff = member(&network.world, &network.world.njeri, Role::Staff).await.browser;
    let answer = staff.post(&format!("{}/book", page_of(order)), &[("agent", "Rongai")]).await;
    assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY);
    for state in ["status = 'cancelled'", "status = 'delivered'", "status = 'packing', payment_status = 'unpaid'"] {
        network.world.sql(&format!("update orders set {state}")).await;
        assert_eq!(book_parcel(&network.njeri(), order, agent).await, Err(AppError::ChangedMeanwhile), "{state}");
    }
    let page = staff.get(&page_of(order)).await.text();
    assert!(page.contains("An agent collects no money for you"), "{page}");
    nothing().await;
    assert_eq!(network.count_received("POST", "/packages/agent-agent").await, 0, "the partner was not troubled");
}
