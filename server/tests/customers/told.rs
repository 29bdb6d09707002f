//! What becomes of a text message after it was sent, who said STOP, and what buyers hear when an order ends otherwise.

use super::{
    customer_of,
    merchant::member,
    orders::{self, try_to_place, walk},
    texts::{AMINA, PAGE, begin, queue, switch_on, texts, work},
    world::{Browser, PLATFORM, World, field},
};
use duka::{checkout::forms::CheckoutForm, kernel::access::Role, orders::status::OrderStatus};
use http::StatusCode;

/// Where the provider tells the merchant what became of a message: as their settings show it.
pub async fn reports_to(world: &World) -> String {
    let mut owner = member(world, &world.njeri, Role::Owner).await;
    let html = owner.browser.get(PAGE).await.text();
    let at = html.find("/hooks/sms/").expect("an address");
    html[at..].chars().take("/hooks/sms/".len() + 64).collect()
}

/// The provider's number of the one message.
async fn number(world: &World) -> String {
    let mut everything = world.db.superuser().await;
    sqlx::query_scalar("select provider_id from mails where provider_id is not null")
        .fetch_one(&mut everything)
        .await
        .unwrap()
}

pub async fn tell(world: &World, hook: &str, id: &str, more: &[(&str, &str)]) -> StatusCode {
    let fields = [&[("id", id), ("phoneNumber", AMINA), ("networkCode", "63902")][..], more].concat();
    Browser::new(world, PLATFORM).post(hook, &fields).await.status
}

/// Of each message what was told of it, and of each report what came of it.
async fn ends(world: &World) -> String {
    let mut everything = world.db.superuser().await;
    sqlx::query_scalar(
        "select concat_ws(' | ',
             (select string_agg(concat(status, ':', end_state), ', ' order by created_at) from mails),
             (select string_agg(coalesce(outcome, 'open'), ', ' order by received_at) from mpesa_callbacks_raw where kind = 'sms'))",
    )
    .fetch_one(&mut everything)
    .await
    .unwrap()
}

#[tokio::test]
async fn a_report_says_that_a_message_arrived_and_nothing_later_takes_that_back() {
    let (world, _sandbox) = begin().await;
    switch_on(&world, "key").await;
    try_to_place(&world, &world.njeri, 1, orders::form("cod", 1)).await.unwrap();
    work(&world).await;
    let (hook, id) = (reports_to(&world).await, number(&world).await);
    for status in ["Sent", "Failed", "Success", "Failed", "Eaten"] {
        assert_eq!(tell(&world, &hook, &id, &[("status", status)]).await, StatusCode::OK);
        work(&world).await;
    }
    assert_eq!(ends(&world).await, "sent:arrived | noted, noted, noted, noted, unread");
    let mut owner = member(&world, &world.njeri, Role::Owner).await;
    let html = owner.browser.get(PAGE).await.text();
    assert!(html.contains("1 sent, 1 known to have arrived, 0 that did not"), "{html}");
    assert!(html.contains("has told us of your messages"), "{html}");
}

#[tokio::test]
async fn a_report_of_a_message_that_nobody_sent_is_read_again_for_a_minute_and_changes_nothing() {
    let (world, _sandbox) = begin().await;
    switch_on(&world, "key").await;
    try_to_place(&world, &world.njeri, 1, orders::form("cod", 1)).await.unwrap();
    work(&world).await;
    let hook = reports_to(&world).await;
    // Our own note of the number may still be on its way.
    assert_eq!(tell(&world, &hook, "ATXmadeup", &[("status", "Failed")]).await, StatusCode::OK);
    work(&world).await;
    assert_eq!(ends(&world).await, "sent: | open");
    world.sql("update mpesa_callbacks_raw set received_at = received_at - interval '2 minutes'").await;
    work(&world).await;
    assert_eq!(ends(&world).await, "sent: | unknown");
    // An address that was never given out keeps nothing, and a neighbour's address does not reach this message.
    let made_up = format!("/hooks/sms/{}", "ab".repeat(32));
    assert_eq!(tell(&world, &made_up, "ATXmadeup", &[("status", "Failed")]).await, StatusCode::NOT_FOUND);
    assert_eq!(ends(&world).await, "sent: | unknown");
    assert_eq!(world.count("select count(*) from sms_accounts where heard_at is not null").await, 0);
}

#[tokio::test]
async fn a_report_is_for_one_merchants_messages_only() {
    let (world, _sandbox) = begin().await;
    switch_on(&world, "key").await;
    try_to_place(&world, &world.njeri, 1, orders::form("cod", 1)).await.unwrap();
    work(&world).await;
    let id = number(&world).await;
    let mut neighbour = member(&world, &world.kilimani, Role::Owner).await;
    let form = [("version", "0"), ("username", "kilimani"), ("api_key", "key"), ("sender_id", ""), ("is_on", "on")];
    assert_eq!(neighbour.browser.post(PAGE, &form).await.status, StatusCode::SEE_OTHER);
    let html = neighbour.browser.get(PAGE).await.text();
    let at = html.find("/hooks/sms/").expect("an address");
    let hook: String = html[at..].chars().take("/hooks/sms/".len() + 64).collect();
    assert_eq!(tell(&world, &hook, &id, &[("status", "Failed")]).await, StatusCode::OK);
    world.sql("update mpesa_callbacks_raw set received_at = received_at - interval '2 minutes'").await;
    work(&world).await;
    assert_eq!(ends(&world).await, "sent: | unknown");
}

#[tokio::test]
async fn who_says_stop_to_the_provider_has_said_no_to_everything_by_sms() {
    let (world, sandbox) = begin().await;
    switch_on(&world, "key").await;
    try_to_place(&world, &world.njeri, 1, orders::form("cod", 1)).await.unwrap();
    work(&world).await;
    let (hook, id) = (reports_to(&world).await, number(&world).await);
    let stop = [("status", "Failed"), ("failureReason", "UserInBlackList")];
    for _ in 0..2 {
        assert_eq!(tell(&world, &hook, &id, &stop).await, StatusCode::OK);
        work(&world).await;
    }
    // Another phone: the provider says it when it is asked to send.
    let other = CheckoutForm { phone: "0711 223 000".into(), ..orders::form("cod", 1) };
    try_to_place(&world, &world.njeri, 1, other).await.unwrap();
    work(&world).await;
    let said = "select count(*) from customer_consents where channel = 'sms' and not is_given and source = 'stop' and recorded_by is null";
    assert_eq!(world.count(said).await, 4, "once for each purpose of each person");
    let given = "select count(*) from customer_consents where channel = 'sms' and is_given";
    assert_eq!(world.count(given).await, 0);
    customer_of(&world, &world.njeri, "+254711223000").await;
    try_to_place(&world, &world.njeri, 1, orders::form("cod", 1)).await.unwrap();
    work(&world).await;
    assert_eq!(queue(&world).await, "order_placed sms sent, order_placed sms dropped");
    assert_eq!(texts(&sandbox).await.len(), 2);
}

#[tokio::test]
async fn who_collects_is_told_that_it_is_ready_and_not_that_a_rider_comes() {
    let (world, sandbox) = begin().await;
    switch_on(&world, "key").await;
    let placed = try_to_place(&world, &world.njeri, 1, orders::form("cod", 1)).await.unwrap();
    world.sql("update orders set shipping_address = shipping_address || '{\"street\": \"\"}'").await;
    walk(&world, &world.njeri, placed.order, &[OrderStatus::Packing, OrderStatus::Dispatched]).await;
    work(&world).await;
    let texts = texts(&sandbox).await;
    assert!(texts.iter().any(|text| text.contains("come+and+collect+it")), "{texts:?}");
    assert!(!texts.iter().any(|text| text.contains("on+its+way")), "{texts:?}");
}

#[tokio::test]
async fn an_order_that_staff_call_off_before_it_is_paid_is_told_to_its_buyer_once() {
    let (world, sandbox) = begin().await;
    switch_on(&world, "key").await;
    let by_text = try_to_place(&world, &world.njeri, 1, orders::form("cod", 1)).await.unwrap();
    let form =
        CheckoutForm { email: "baraka@duka.test".into(), phone: "0722 000 111".into(), ..orders::form("cod", 1) };
    let by_mail = try_to_place(&world, &world.njeri, 1, form).await.unwrap();
    let mut staff = member(&world, &world.njeri, Role::Staff).await;
    for order in [by_text.order, by_mail.order] {
        let page = format!("/dashboard/orders/{order}/cancel");
        let version = field(&staff.browser.get(&page).await.text(), "version");
        for _ in 0..2 {
            let off = [("version", version.as_str()), ("reason", "The last one is torn")];
            assert_eq!(staff.browser.post(&page, &off).await.status, StatusCode::SEE_OTHER);
        }
    }
    work(&world).await;
    let told = queue(&world).await;
    assert_eq!(told.matches("order_cancelled sms sent").count(), 1, "{told}");
    assert_eq!(told.matches("order_cancelled mail sent").count(), 1, "{told}");
    let texts = texts(&sandbox).await;
    assert!(texts.iter().any(|text| text.contains("we+have+cancelled+your+order")), "{texts:?}");
    let mut mails = std::fs::read_dir(world.media_dir.join("mails"))
        .unwrap()
        .filter_map(|file| std::fs::read_to_string(file.unwrap().path()).ok());
    assert!(mails.any(|mail| mail.contains("The last one is torn")));
}
