//! What the provider tells of money, through the stored notice and its job, and what the world looks like after.

use crate::{
    invariants,
    provider::{address_of, confirm, store, told},
    story::Story,
};
use axum::{Router, body::Bytes, http::StatusCode, routing::post};
use duka::{
    checkout::{
        forms::CheckoutForm,
        place_order::Placed,
        receive_callback::{Call, Received, receive_callback},
    },
    kernel::token::Token,
    pages::storefront::order::{PayStage, load},
    payments::providers::mpesa::NotificationHooks,
};
use serde_json::{Value, json};
use std::time::Duration;
use tokio::sync::watch;

/// An order of one of the first good, KSh 1,150, that its buyer pays by hand.
async fn by_hand(story: &Story) -> Placed {
    let cart = story.cart(&[(0, 1)]).await;
    let form = CheckoutForm { payment_method: "mpesa_paybill".into(), ..story.form(1_150) };
    let placed = story.place(&cart, form).await.unwrap();
    assert_eq!(placed.prompt, None);
    placed
}

/// What the buyer is told to type.
async fn account(story: &Story, placed: &Placed) -> String {
    let page = load(&story.ctx(), &placed.token).await.unwrap();
    assert_eq!(page.stage, PayStage::ByHand);
    page.by_hand.unwrap().account.unwrap()
}

async fn nothing_moved(story: &Story) {
    assert_eq!(story.count("payments").await, 0);
    assert_eq!(story.count("ledger_entries").await, 0);
    assert_eq!(story.count("orders where payment_status <> 'unpaid'").await, 0);
    assert_eq!(story.count("inventory_movements where reason = 'sale'").await, 0);
    invariants::hold(&story.everything).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn money_with_the_orders_account_pays_it_and_sells_the_goods() {
    let story = Story::begin().await;
    let token = address_of(&story).await;
    let placed = by_hand(&story).await;
    let account = account(&story, &placed).await;
    assert_eq!(account, "1001K");
    confirm(&story, &token, &told("UD25M0RR7C", 1_150, &account)).await;
    let order: (String, String) = story.row("select status, payment_status from orders").await;
    assert_eq!(order, ("paid".into(), "paid".into()));
    let payment: (String, String, String, String, i64, String) = story
        .row("select method, status, result_source, mpesa_receipt, paid_amount_cents, typed_account from payments")
        .await;
    let expected = ("mpesa_paybill", "succeeded", "c2b", "UD25M0RR7C", 115_000, "1001K");
    assert_eq!(
        payment,
        (expected.0.into(), expected.1.into(), expected.2.into(), expected.3.into(), expected.4, expected.5.into())
    );
    assert_eq!(story.count("mpesa_callbacks_raw where outcome = 'landed' and payment_id is not null").await, 1);
    assert!(matches!(story.stage(&placed).await, PayStage::Paid { receipt: Some(receipt) } if receipt == "UD25M0RR7C"));
    invariants::hold(&story.everything).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_mistyped_account_is_forgiven_and_a_strange_one_waits_in_the_inbox() {
    let story = Story::begin().await;
    let token = address_of(&story).await;
    for (nth, typed) in ["order 1001 k", "lOO2P", "1030K"].into_iter().enumerate() {
        by_hand(&story).await;
        confirm(&story, &token, &told(&format!("UD25M0RR{nth}A"), 1_150, typed)).await;
    }
    assert_eq!(story.count("orders where payment_status = 'paid'").await, 2, "1030K names none of them");
    confirm(&story, &token, &told("UD25M0RR9Z", 1_150, "rent")).await;
    assert_eq!(story.count("mpesa_callbacks_raw where outcome = 'inbox'").await, 2);
    assert_eq!(story.count("payments where order_id is null").await, 2);
    invariants::hold(&story.everything).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn fifty_notices_at_once_are_one_payment() {
    let story = Story::begin().await;
    let token = address_of(&story).await;
    let placed = by_hand(&story).await;
    let body = told("UD25M0RR7C", 1_150, &account(&story, &placed).await).to_string();
    let posts: Vec<_> = (0..50)
        .map(|_| {
            let (story, token, body) = (story.clone(), token.clone(), body.clone());
            tokio::spawn(async move { store(&story, &token, body.as_bytes()).await })
        })
        .collect();
    for post in posts {
        post.await.unwrap();
    }
    story.work().await;
    assert_eq!(story.count("mpesa_callbacks_raw where processed_at is not null").await, 50);
    assert_eq!(story.count("mpesa_callbacks_raw where outcome = 'landed'").await, 1);
    assert_eq!(story.count("mpesa_callbacks_raw where outcome = 'repeated'").await, 49);
    assert_eq!(story.count("payments").await, 1);
    assert_eq!(story.count("inventory_movements where reason = 'sale'").await, 1);
    assert_eq!(story.count("order_status_history where to_status = 'paid'").await, 1);
    invariants::hold(&story.everything).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_notice_of_a_prompt_that_is_settled_changes_nothing() {
    let story = Story::begin().await;
    let token = address_of(&story).await;
    story.script(json!({ "result_code": 0 })).await;
    let placed = story.buy(1).await;
    story.until_settled(&placed).await;
    let (receipt,): (String,) = story.row("select mpesa_receipt from payments").await;
    let before: (i64, i64) =
        story.row("select (select count(*) from ledger_entries), (select count(*) from payment_audit)").await;
    confirm(&story, &token, &told(&receipt, 1_150, "1001")).await;
    let after: (i64, i64) =
        story.row("select (select count(*) from ledger_entries), (select count(*) from payment_audit)").await;
    assert_eq!((before, story.count("payments").await), (after, 1));
    assert_eq!(story.count("mpesa_callbacks_raw where outcome = 'repeated'").await, 1);
    invariants::hold(&story.everything).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_notice_of_a_prompt_that_a_question_settled_brings_its_receipt() {
    let story = Story::begin().await;
    let token = address_of(&story).await;
    story.script(json!({ "result_code": 0, "drop_callback": true })).await;
    let placed = story.buy(1).await;
    story.until_answered().await;
    story.ask(&placed).await;
    let mut body = told("UD25M0RR7C", 1_150, "1001K");
    body["TransTime"] = json!(nairobi(&story));
    confirm(&story, &token, &body).await;
    let payment: (i64, String, Option<String>) =
        story.row("select count(*) over (), result_source, mpesa_receipt from payments").await;
    assert_eq!(payment, (1, "query".into(), Some("UD25M0RR7C".into())));
    assert_eq!(story.count("refunds").await, 0, "it is not a second payment");
    invariants::hold(&story.everything).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_notice_that_is_faster_than_the_callback_settles_the_prompt() {
    let story = Story::begin().await;
    let token = address_of(&story).await;
    story.script(json!({ "result_code": 0, "drop_callback": true })).await;
    let placed = story.buy(1).await;
    let mut body = told("UD25M0RR7C", 1_150, "1001K");
    body["TransTime"] = json!(nairobi(&story));
    confirm(&story, &token, &body).await;
    assert!(matches!(story.stage(&placed).await, PayStage::Paid { receipt: Some(_) }));
    assert_eq!(story.count("payments").await, 1);
    invariants::hold(&story.everything).await;
}

fn nairobi(story: &Story) -> String {
    (story.ctx().now() + chrono::TimeDelta::hours(3)).format("%Y%m%d%H%M%S").to_string()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_second_payment_for_a_paid_order_waits_for_a_person() {
    let story = Story::begin().await;
    let token = address_of(&story).await;
    let placed = by_hand(&story).await;
    let account = account(&story, &placed).await;
    confirm(&story, &token, &told("UD25M0RR7C", 1_150, &account)).await;
    confirm(&story, &token, &told("UD25M0RR8D", 1_150, &account)).await;
    assert_eq!(story.count("payments where order_id is null").await, 1);
    let (inbox,): (i64,) =
        story.row("select sum(amount_cents)::bigint from ledger_entries where place = 'inbox'").await;
    assert_eq!(inbox, 115_000);
    invariants::hold(&story.everything).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn money_for_an_order_that_ran_out_of_time_opens_it_again() {
    let story = Story::begin().await;
    let token = address_of(&story).await;
    let placed = by_hand(&story).await;
    let account = account(&story, &placed).await;
    story.write("update stock_holds set expires_at = now() - interval '1 hour'").await;
    story.write("update orders set placed_at = placed_at - interval '2 hours'").await;
    story.expire(&placed).await;
    assert_eq!(story.stage(&placed).await, PayStage::Closed);
    confirm(&story, &token, &told("UD25M0RR7C", 1_150, &account)).await;
    let order: (String, String) = story.row("select status, payment_status from orders").await;
    assert_eq!(order, ("paid".into(), "paid".into()));
    invariants::hold(&story.everything).await;
}

/// The provider knows the account's address by now; counts what it has told there.
async fn registered(story: &Story) -> watch::Receiver<usize> {
    let token = address_of(story).await;
    let (count, told) = watch::channel(0usize);
    let platform = story.platform.clone();
    let hook = move |body: Bytes| {
        let (platform, token, count) = (platform.clone(), token.clone(), count.clone());
        async move {
            let stored = receive_callback(&platform, Call::C2bConfirmation, &token, &body, "127.0.0.1").await;
            assert_eq!(stored.unwrap(), Received::Stored);
            count.send_modify(|n| *n += 1);
            StatusCode::OK
        }
    };
    let listener = tokio::net::TcpListener::bind(("127.0.0.1", 0)).await.unwrap();
    let base = format!("http://{}/hooks/c2b/told", listener.local_addr().unwrap());
    let router = Router::new().route("/hooks/c2b/told/confirmation", post(hook));
    tokio::spawn(async move { axum::serve(listener, router).await.unwrap() });
    // Nobody answers whether the money is wanted, so it is taken.
    let (confirmation_url, validation_url) = (format!("{base}/confirmation"), format!("{base}/validation"));
    let hooks = NotificationHooks { confirmation_url: &confirmation_url, validation_url: &validation_url };
    story.platform.daraja.register_urls(&story.credentials("secret"), hooks).await.unwrap();
    told
}

#[tokio::test(flavor = "multi_thread")]
async fn a_notice_that_is_late_by_more_than_the_orders_time_still_pays_it() {
    let story = Story::begin().await;
    let mut told = registered(&story).await;
    let placed = by_hand(&story).await;
    let paying = json!({
        "short_code": "509731", "kind": "paybill", "account": account(&story, &placed).await, "amount": 1_150,
        "phone": "0711 223 344", "delay_ms": 2_500,
    });
    let control = format!("{}/control/pay", story.sandbox.base_url);
    let paid: Value = story.http().post(control).json(&paying).send().await.unwrap().json().await.unwrap();
    story.write("update stock_holds set expires_at = now() - interval '1 hour'").await;
    story.write("update orders set placed_at = placed_at - interval '2 hours'").await;
    story.expire(&placed).await;
    assert_eq!(story.stage(&placed).await, PayStage::Closed, "the money is there, and nobody has said so");
    tokio::time::timeout(Duration::from_secs(20), told.wait_for(|count| *count == 1)).await.unwrap().unwrap();
    story.work().await;
    let order: (String, String) = story.row("select status, payment_status from orders").await;
    assert_eq!(order, ("paid".into(), "paid".into()));
    let (receipt,): (String,) = story.row("select mpesa_receipt from payments").await;
    assert_eq!(paid["receipt"], receipt);
    invariants::hold(&story.everything).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn another_sum_than_what_is_due_waits_for_a_person() {
    let story = Story::begin().await;
    let token = address_of(&story).await;
    let placed = by_hand(&story).await;
    let account = account(&story, &placed).await;
    for (receipt, shillings) in [("UD25M0RR7C", 1_149), ("UD25M0RR8D", 1_151), ("UD25M0RR9E", 1)] {
        confirm(&story, &token, &told(receipt, shillings, &account)).await;
    }
    assert_eq!(story.count("mpesa_callbacks_raw where outcome = 'inbox'").await, 3);
    assert_eq!(story.stage(&placed).await, PayStage::ByHand);
    invariants::hold(&story.everything).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_notice_about_another_account_is_kept_and_changes_nothing() {
    let story = Story::begin().await;
    let token = address_of(&story).await;
    let placed = by_hand(&story).await;
    let mut body = told("UD25M0RR7C", 1_150, &account(&story, &placed).await);
    body["BusinessShortCode"] = json!("600000");
    confirm(&story, &token, &body).await;
    assert_eq!(story.count("mpesa_callbacks_raw where outcome = 'wrong_short_code'").await, 1);
    nothing_moved(&story).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn garbage_is_kept_and_changes_nothing() {
    let story = Story::begin().await;
    let token = address_of(&story).await;
    by_hand(&story).await;
    let mut without_amount = told("UD25M0RR7C", 1_150, "1001K");
    without_amount["TransAmount"] = json!("-5");
    let mut without_receipt = told("", 1_150, "1001K");
    without_receipt["TransID"] = json!(null);
    let bodies = [
        b"not json".to_vec(),
        b"{}".to_vec(),
        b"\xff\xfe\x00".to_vec(),
        b"[]".to_vec(),
        without_amount.to_string().into_bytes(),
        without_receipt.to_string().into_bytes(),
    ];
    for body in &bodies {
        store(&story, &token, body).await;
    }
    story.work().await;
    assert_eq!(story.count("mpesa_callbacks_raw where outcome = 'malformed' and processed_at is not null").await, 6);
    nothing_moved(&story).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn an_address_that_nobody_gave_out_keeps_nothing() {
    let story = Story::begin().await;
    address_of(&story).await;
    by_hand(&story).await;
    let body = told("UD25M0RR7C", 1_150, "1001K").to_string();
    let stranger = Token::random();
    let answer =
        receive_callback(&story.platform, Call::C2bConfirmation, &stranger, body.as_bytes(), "127.0.0.1").await;
    assert_eq!(answer.unwrap(), Received::UnknownToken);
    assert_eq!(story.count("mpesa_callbacks_raw").await, 0);
    nothing_moved(&story).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn money_at_one_merchants_account_never_pays_anothers_order() {
    let story = Story::begin().await;
    let stranger = story.stranger().await;
    stranger.use_secret("secret").await;
    let theirs = address_of(&stranger).await;
    let placed = by_hand(&story).await;
    confirm(&stranger, &theirs, &told("UD25M0RR7C", 1_150, &account(&story, &placed).await)).await;
    assert_eq!(story.stage(&placed).await, PayStage::ByHand);
    let (tenant,): (uuid::Uuid,) = story.row("select tenant_id from payments").await;
    assert_eq!(tenant, stranger.tenant().uuid());
    assert_eq!(story.count("ledger_entries where place = 'inbox'").await, 1);

    // The same receipt told to the first merchant, whose paybill it is too: it has been taken.
    let ours = address_of(&story).await;
    confirm(&story, &ours, &told("UD25M0RR7C", 1_150, "1001K")).await;
    assert_eq!(story.count("mpesa_callbacks_raw where outcome = 'receipt_used'").await, 1);
    assert_eq!(story.stage(&placed).await, PayStage::ByHand);
    assert_eq!(story.count("payments").await, 1);
}
