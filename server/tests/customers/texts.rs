//! Text messages: who has only a phone is told each step once, in their language, when the merchant has switched it on.

use super::{
    customer_of,
    merchant::member,
    orders::{self, try_to_place, walk},
    world::{World, field},
};
use duka::{
    checkout::{
        forms::CheckoutForm,
        parcels::{HandParcel, write_down},
        place_order::place_order,
    },
    ctx::Platform,
    jobs::worker,
    kernel::{access::Role, locale::Locale},
    mail::providers::africastalking::AfricasTalking,
    orders::status::OrderStatus,
};
use http::StatusCode;
use sandbox::{Running, Sandbox};
use serde_json::{Value, json};
use server::{mailer::Mailer, worker::Registry};
use std::sync::Arc;

pub const AMINA: &str = "+254711223344";
pub const PAGE: &str = "/dashboard/settings/sms";

/// A world whose texts arrive at a sandbox of its own.
pub async fn begin() -> (World, Running) {
    let mut world = World::new().await;
    let sandbox = Sandbox::start(([127, 0, 0, 1], 0).into()).await.unwrap();
    let texts = AfricasTalking::new(&format!("{}/africastalking", sandbox.base_url));
    world.use_platform(Arc::new(Platform { texts, ..(*world.app.platform).clone() }));
    (world, sandbox)
}

/// The owner sets the account up, with this key.
pub async fn switch_on(world: &World, key: &str) {
    let mut owner = member(world, &world.njeri, Role::Owner).await;
    let version = field(&owner.browser.get(PAGE).await.text(), "version");
    let form = [
        ("version", version.as_str()),
        ("username", "mama-njeri"),
        ("api_key", key),
        ("sender_id", "NJERI"),
        ("is_on", "on"),
    ];
    let saved = owner.browser.post(PAGE, &form).await;
    assert_eq!(saved.header("location"), format!("{PAGE}?saved"), "{}", saved.text());
}

/// Does what waits in the queue, also what waits for later.
pub async fn work(world: &World) {
    let mailer = Mailer::folder(world.media_dir.join("mails"), "Duka <no-reply@localhost>").unwrap();
    let platform = Arc::new(Platform { db: world.db.worker.clone(), ..(*world.app.platform).clone() });
    world.sql("update graphile_worker._private_jobs set run_at = now() where task_id in (select id from graphile_worker._private_tasks where identifier in ('send_mail', 'settle_callback'))").await;
    worker::drain(&world.db.worker, Arc::new(Registry::new(platform, mailer))).await.unwrap();
}

#[expect(clippy::disallowed_methods, reason = "the test's own hand on the sandbox")]
fn http() -> reqwest::Client {
    reqwest::Client::builder().no_proxy().build().unwrap()
}

/// What phones got: the forms as they came, oldest first.
pub async fn texts(sandbox: &Running) -> Vec<String> {
    let url = format!("{}/control/requests?provider=sms", sandbox.base_url);
    let list: Vec<Value> = http().get(url).send().await.unwrap().json().await.unwrap();
    list.iter().map(|one| one["body"].as_str().unwrap_or_default().to_owned()).collect()
}

async fn fault(sandbox: &Running, kind: &str) {
    let body = json!({ "provider": "sms", "kind": kind, "count": 1 });
    let url = format!("{}/control/fault", sandbox.base_url);
    let answer = http().post(url).json(&body).send().await.unwrap();
    assert_eq!(answer.status().as_u16(), 204);
}

/// Of each message: what it is about, by which way, and what became of it.
pub async fn queue(world: &World) -> String {
    let mut everything = world.db.superuser().await;
    sqlx::query_scalar(
        "select coalesce(string_agg(concat_ws(' ', kind, channel, status), ', ' order by created_at, kind), '') from mails",
    )
    .fetch_one(&mut everything)
    .await
    .unwrap()
}

#[tokio::test]
async fn whoever_has_only_a_phone_is_told_each_step_once_and_in_their_language() {
    let (world, sandbox) = begin().await;
    switch_on(&world, "key").await;
    let cart = orders::cart(&world, &world.njeri, 1).await;
    let shopper = orders::shopper(&world, &world.njeri);
    let placed = place_order(&shopper, world.njeri.store, &cart, Locale::Sw, orders::form("cod", 1)).await.unwrap();
    // The same cart again is the same order, and no second message.
    place_order(&shopper, world.njeri.store, &cart, Locale::Sw, orders::form("cod", 1)).await.unwrap();
    work(&world).await;
    let way = [OrderStatus::Packing, OrderStatus::Dispatched, OrderStatus::Delivered];
    walk(&world, &world.njeri, placed.order, &way).await;
    for _ in 0..2 {
        work(&world).await;
    }
    assert_eq!(
        queue(&world).await,
        "order_placed sms sent, order_on_its_way sms sent, order_paid sms sent",
        "who pays at the door gets the receipt"
    );
    let texts = texts(&sandbox).await;
    assert_eq!(texts.len(), 3, "{texts:?}");
    // What waits at the same time goes out in any order.
    for said in ["tumepokea+oda+yako", "iko+njiani", "imelipwa"] {
        let told: Vec<&String> = texts.iter().filter(|text| text.contains(said)).collect();
        let [text] = told.as_slice() else { panic!("{said}: {texts:?}") };
        assert!(text.contains("to=%2B254711223344") && text.contains("from=NJERI"), "{text}");
        assert!(text.contains("%2Fsw%2Forders%2F"), "{text}");
    }
}

#[tokio::test]
async fn the_code_of_a_parcel_that_was_given_away_by_hand_is_told_once() {
    let (world, sandbox) = begin().await;
    switch_on(&world, "key").await;
    let cart = orders::cart(&world, &world.njeri, 1).await;
    let shopper = orders::shopper(&world, &world.njeri);
    let placed = place_order(&shopper, world.njeri.store, &cart, Locale::Sw, orders::form("cod", 1)).await.unwrap();
    walk(&world, &world.njeri, placed.order, &[OrderStatus::Packing]).await;
    let staff = orders::staff(&world, &world.njeri, Role::Staff).await;
    let parcel = HandParcel { carrier: "Easy Coach".to_owned(), code: "EC-1180".to_owned(), cost: None };
    for _ in 0..2 {
        write_down(&staff, placed.order, &parcel).await.unwrap();
        work(&world).await;
    }
    assert_eq!(queue(&world).await, "order_placed sms sent, parcel_booked sms sent");
    let texts = texts(&sandbox).await;
    let told: Vec<&String> = texts.iter().filter(|text| text.contains("EC-1180")).collect();
    let [text] = told.as_slice() else { panic!("{texts:?}") };
    assert!(text.contains("to=%2B254711223344") && text.contains("Easy+Coach"), "{text}");
    assert!(text.contains("nambari+ya+kifurushi") && text.contains("%2Fsw%2Forders%2F"), "{text}");
}

#[tokio::test]
async fn whoever_left_an_address_is_told_by_mail_and_nobody_by_sms_while_it_is_off() {
    let (world, sandbox) = begin().await;
    try_to_place(&world, &world.njeri, 1, orders::form("cod", 1)).await.unwrap();
    assert_eq!(queue(&world).await, "");
    switch_on(&world, "key").await;
    let form = CheckoutForm { email: "amina@duka.test".into(), ..orders::form("cod", 1) };
    try_to_place(&world, &world.njeri, 1, form).await.unwrap();
    // The neighbour has not switched it on.
    try_to_place(&world, &world.kilimani, 1, orders::form("cod", 1)).await.unwrap();
    work(&world).await;
    assert_eq!(queue(&world).await, "order_placed mail sent");
    assert_eq!(texts(&sandbox).await, Vec::<String>::new());
}

#[tokio::test]
async fn a_no_to_sms_counts_at_once_also_for_what_waits_to_be_sent() {
    let (world, sandbox) = begin().await;
    switch_on(&world, "key").await;
    try_to_place(&world, &world.njeri, 1, orders::form("cod", 1)).await.unwrap();
    let customer = customer_of(&world, &world.njeri, AMINA).await;
    let mut staff = member(&world, &world.njeri, Role::Staff).await;
    let no = [("channel", "sms"), ("purpose", "service"), ("said", "no"), ("source", "phone")];
    let said = staff.browser.post(&format!("/dashboard/customers/{customer}/said"), &no).await;
    assert_eq!(said.status, StatusCode::SEE_OTHER);
    try_to_place(&world, &world.njeri, 1, orders::form("cod", 1)).await.unwrap();
    work(&world).await;
    assert_eq!(queue(&world).await, "order_placed sms dropped");
    assert_eq!(texts(&sandbox).await, Vec::<String>::new());
}

#[tokio::test]
async fn a_provider_that_is_unwell_is_asked_again_and_one_whose_answer_was_lost_is_not() {
    let (world, sandbox) = begin().await;
    switch_on(&world, "key").await;
    try_to_place(&world, &world.njeri, 1, orders::form("cod", 1)).await.unwrap();
    fault(&sandbox, "500").await;
    work(&world).await;
    assert_eq!(queue(&world).await, "order_placed sms queued");
    assert_eq!(world.count("select count(*) from mails where claimed_at is not null").await, 0);
    work(&world).await;
    assert_eq!(queue(&world).await, "order_placed sms sent");
    assert_eq!(texts(&sandbox).await.len(), 2);

    try_to_place(&world, &world.njeri, 1, orders::form("cod", 1)).await.unwrap();
    fault(&sandbox, "refuse").await;
    for _ in 0..2 {
        work(&world).await;
    }
    assert_eq!(queue(&world).await, "order_placed sms sent, order_placed sms sent");
    assert_eq!(texts(&sandbox).await.len(), 3, "it may be on the phone: it is not given again");
}

#[tokio::test]
async fn what_was_claimed_by_a_worker_that_died_is_not_sent_twice_and_what_is_a_day_old_not_at_all() {
    let (world, sandbox) = begin().await;
    switch_on(&world, "key").await;
    try_to_place(&world, &world.njeri, 1, orders::form("cod", 1)).await.unwrap();
    world.sql("update mails set claimed_at = now()").await;
    work(&world).await;
    try_to_place(&world, &world.njeri, 1, orders::form("cod", 1)).await.unwrap();
    world.sql("update mails set created_at = now() - interval '25 hours' where status = 'queued'").await;
    work(&world).await;
    assert_eq!(queue(&world).await, "order_placed sms dropped, order_placed sms dropped");
    assert_eq!(texts(&sandbox).await, Vec::<String>::new());
}

#[tokio::test]
async fn an_account_that_is_not_taken_is_told_to_the_merchant_and_its_key_to_nobody() {
    let (world, _sandbox) = begin().await;
    switch_on(&world, "very-wrong").await;
    try_to_place(&world, &world.njeri, 1, orders::form("cod", 1)).await.unwrap();
    work(&world).await;
    assert_eq!(queue(&world).await, "order_placed sms dropped");
    let mut owner = member(&world, &world.njeri, Role::Owner).await;
    let html = owner.browser.get(PAGE).await.text();
    assert!(html.contains("does not take this username and key") && !html.contains("very-wrong"), "{html}");
    let stands = "select count(*) from sms_accounts where position('very-wrong'::bytea in api_key_sealed) > 0";
    assert_eq!(world.count(stands).await, 0, "it is sealed");
    // A new key; the empty field would have kept the old one.
    switch_on(&world, "better").await;
    assert!(!owner.browser.get(PAGE).await.text().contains("does not take"));
    let stale =
        owner.browser.post(PAGE, &[("version", "1"), ("username", "x"), ("api_key", ""), ("sender_id", "")]).await;
    assert_eq!(stale.status, StatusCode::CONFLICT);
    let refused = owner.browser.post(PAGE, &[("version", "2"), ("username", ""), ("sender_id", "Ünser")]).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert_eq!(world.count("select count(*) from sms_accounts where username = 'mama-njeri' and version = 2").await, 1);
    let mut staff = member(&world, &world.njeri, Role::Staff).await;
    assert_eq!(staff.browser.get(PAGE).await.status, StatusCode::FORBIDDEN);
    world.db.logged(&["sms_account_changed"]).await;
}
