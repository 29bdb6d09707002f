//! Consent as a ledger: what was said when and where, what stands, and that a no counts at once.

use super::{
    customer_of,
    merchant::member,
    order_of,
    orders::{self, try_to_place},
    picture,
    world::World,
};
use duka::{
    checkout::forms::CheckoutForm,
    customers::{
        consent::{Channel, Purpose, Standing},
        record_consent::standing,
    },
    kernel::{access::Role, id::CustomerId},
};
use http::StatusCode;

const AMINA: &str = "+254711223344";

async fn stands(world: &World, customer: CustomerId, channel: Channel, purpose: Purpose) -> Standing {
    let ctx = orders::shopper(world, &world.njeri);
    let mut tx = ctx.tx().await.unwrap();
    standing(&mut tx, customer, channel, purpose).await.unwrap()
}

async fn lines(world: &World) -> String {
    let mut everything = world.db.superuser().await;
    sqlx::query_scalar(
        "select coalesce(string_agg(concat_ws(' ', channel, purpose, is_given, source, recorded_by is not null), ', ' order by recorded_at), '') from customer_consents",
    )
    .fetch_one(&mut everything)
    .await
    .unwrap()
}

#[tokio::test]
async fn the_box_at_checkout_is_a_yes_to_whatsapp_about_orders_and_to_nothing_else_and_an_empty_box_says_nothing() {
    let world = World::new().await;
    let ticked = CheckoutForm { whatsapp_opt_in: "on".into(), ..orders::form("cod", 1) };
    try_to_place(&world, &world.njeri, 1, ticked.clone()).await.unwrap();
    let customer = customer_of(&world, &world.njeri, AMINA).await;
    assert_eq!(stands(&world, customer, Channel::Whatsapp, Purpose::Service).await, Standing::Given);
    for (channel, purpose) in
        [(Channel::Whatsapp, Purpose::Marketing), (Channel::Sms, Purpose::Service), (Channel::Mail, Purpose::Marketing)]
    {
        assert_eq!(stands(&world, customer, channel, purpose).await, Standing::Unsaid);
    }
    try_to_place(&world, &world.njeri, 1, ticked).await.unwrap();
    order_of(&world, &world.njeri, "Amina Wanjiru", "0711 223 344").await;
    // Each tick is a line: asked whether a yes stands already, an order placed beside a no would see the yes before it.
    assert_eq!(lines(&world).await, "whatsapp service t checkout f, whatsapp service t checkout f");
}

#[tokio::test]
async fn a_no_counts_at_once_and_only_a_new_yes_ends_it() {
    let world = World::new().await;
    let ticked = CheckoutForm { whatsapp_opt_in: "on".into(), ..orders::form("cod", 1) };
    try_to_place(&world, &world.njeri, 1, ticked.clone()).await.unwrap();
    let customer = customer_of(&world, &world.njeri, AMINA).await;
    let path = format!("/dashboard/customers/{customer}/said");
    let mut staff = member(&world, &world.njeri, Role::Staff).await;
    let no = [("channel", "whatsapp"), ("purpose", "service"), ("said", "no"), ("source", "phone")];
    for _ in 0..2 {
        assert_eq!(staff.browser.post(&path, &no).await.status, StatusCode::SEE_OTHER);
    }
    assert_eq!(stands(&world, customer, Channel::Whatsapp, Purpose::Service).await, Standing::Withdrawn);
    assert_eq!(world.count("select count(*) from customers where whatsapp_opt_in").await, 0);
    order_of(&world, &world.njeri, "Amina Wanjiru", "0711 223 344").await;
    assert_eq!(stands(&world, customer, Channel::Whatsapp, Purpose::Service).await, Standing::Withdrawn);
    let html = staff.browser.get(&format!("/dashboard/customers/{customer}")).await.text();
    assert!(html.contains("said no") && html.contains("on the phone") && html.contains("at checkout"), "{html}");
    try_to_place(&world, &world.njeri, 1, ticked).await.unwrap();
    assert_eq!(stands(&world, customer, Channel::Whatsapp, Purpose::Service).await, Standing::Given);
    assert_eq!(
        lines(&world).await,
        "whatsapp service t checkout f, whatsapp service f phone t, whatsapp service t checkout f"
    );
}

#[tokio::test]
async fn of_two_words_at_one_moment_the_no_counts() {
    let world = World::new().await;
    order_of(&world, &world.njeri, "Amina Wanjiru", "0711 223 344").await;
    let customer = customer_of(&world, &world.njeri, AMINA).await;
    world
        .sql(&format!(
            "insert into customer_consents (tenant_id, customer_id, channel, purpose, is_given, source, recorded_at)
             select '{}', '{customer}', 'sms', 'marketing', said, 'counter', '2026-11-28T09:00:00Z'
             from unnest(array[true, false, true]) said",
            world.njeri.tenant
        ))
        .await;
    assert_eq!(stands(&world, customer, Channel::Sms, Purpose::Marketing).await, Standing::Withdrawn);
}

#[tokio::test]
async fn what_nobody_can_have_said_is_refused_and_the_ledger_is_only_added_to() {
    let world = World::new().await;
    order_of(&world, &world.njeri, "Amina Wanjiru", "0711 223 344").await;
    let customer = customer_of(&world, &world.njeri, AMINA).await;
    let path = format!("/dashboard/customers/{customer}/said");
    let before = picture(&world).await;
    let mut staff = member(&world, &world.njeri, Role::Staff).await;
    for (channel, purpose, said, source) in [
        ("fax", "service", "yes", "phone"),
        ("sms", "everything", "yes", "phone"),
        ("sms", "service", "maybe", "phone"),
        ("sms", "service", "yes", "checkout"),
        ("sms", "service", "yes", "stop"),
    ] {
        let form = [("channel", channel), ("purpose", purpose), ("said", said), ("source", source)];
        assert_eq!(staff.browser.post(&path, &form).await.status, StatusCode::UNPROCESSABLE_ENTITY, "{form:?}");
    }
    let form = [("channel", "sms"), ("purpose", "marketing"), ("said", "yes"), ("source", "phone")];
    let mut viewer = member(&world, &world.njeri, Role::Viewer).await;
    assert_eq!(viewer.browser.post(&path, &form).await.status, StatusCode::FORBIDDEN);
    let mut stranger = member(&world, &world.kilimani, Role::Owner).await;
    assert_eq!(stranger.browser.post(&path, &form).await.status, StatusCode::NOT_FOUND);
    assert_eq!(picture(&world).await, before);
    let rights = "select count(*) from information_schema.role_table_grants
                  where table_name = 'customer_consents' and grantee in ('duka_app', 'duka_worker') and privilege_type in ('UPDATE', 'DELETE')";
    assert_eq!(world.count(rights).await, 0);
}
