//! Money by prompt: every answer M-Pesa can give, in every order, and what becomes of the order.

use super::{invariants, story::Story};
use chrono::TimeDelta;
use duka::{
    checkout::{forms::PayForm, place_order::Refused},
    error::{AppError, Refusal},
    kernel::field_errors::{FieldErrors, FieldProblem},
    pages::storefront::order::{PayStage, load},
    payments::providers::mpesa::outcome::StkOutcome,
};
use serde_json::json;

#[tokio::test(flavor = "multi_thread")]
async fn an_approved_prompt_pays_the_order_and_sells_the_goods() {
    let story = Story::begin().await;
    story.script(json!({ "result_code": 0 })).await;
    let placed = story.buy(2).await;
    story.until_settled(&placed).await;
    let order: (String, String) = story.row("select status, payment_status from orders").await;
    assert_eq!(order, ("paid".into(), "paid".into()));
    let payment: (String, String, bool, Option<String>) =
        story.row("select status, result_source, mpesa_receipt ~ '^[A-Z0-9]{10}$', failure_reason from payments").await;
    assert_eq!(payment, ("succeeded".into(), "callback".into(), true, None));
    let movement: (i32, String) =
        story.row("select change, reason from inventory_movements where reference_id is not null").await;
    assert_eq!(movement, (-2, "sale".into()));
    assert_eq!(story.count("mpesa_callbacks_raw where validated and outcome = 'settled'").await, 1);
    assert!(matches!(story.stage(&placed).await, PayStage::Paid { receipt: Some(_) }));
    invariants::hold(&story.everything).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn every_documented_failure_keeps_the_order_payable_and_a_second_prompt_pays_it() {
    let table = [
        ("1", StkOutcome::LowBalance),
        ("2", StkOutcome::TooSmall),
        ("3", StkOutcome::TooLarge),
        ("4", StkOutcome::DailyLimit),
        ("8", StkOutcome::MerchantFull),
        ("17", StkOutcome::TooSoon),
        ("1001", StkOutcome::PhoneBusy),
        ("1019", StkOutcome::Expired),
        ("1025", StkOutcome::PromptFailed),
        ("1032", StkOutcome::Cancelled),
        ("1037", StkOutcome::NoAnswer),
        ("2001", StkOutcome::WrongPin),
        ("2028", StkOutcome::BadSettings),
        ("8006", StkOutcome::PinLocked),
        ("9999", StkOutcome::PromptFailed),
        ("SFC_IC0003", StkOutcome::BadSettings),
    ];
    // A few at a time: this world's clock stands still, and what it plans for later must not fall due meanwhile.
    for part in table.chunks(4) {
        let story = Story::begin().await;
        story.set_stock(0, 100).await;
        for (code, outcome) in part {
            let code_value = code.parse::<i64>().map_or_else(|_| json!(code), |number| json!(number));
            story.script(json!({ "result_code": code_value })).await;
            let placed = story.buy(1).await;
            story.until_settled(&placed).await;
            assert_eq!(story.stage(&placed).await, PayStage::Failed(*outcome), "code {code}");
            story.script(json!({ "result_code": 0 })).await;
            story.pay_again(&placed).await.unwrap();
            story.until_settled(&placed).await;
            assert!(matches!(story.stage(&placed).await, PayStage::Paid { .. }), "after code {code}");
        }
        invariants::hold(&story.everything).await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_code_that_decides_nothing_leaves_the_prompt_open() {
    let story = Story::begin().await;
    for code in [json!(26), json!(31337)] {
        story.script(json!({ "result_code": code, "query_result_code": "4999" })).await;
        let placed = story.buy(1).await;
        story.until_callbacks(1).await;
        assert_eq!(story.stage(&placed).await, PayStage::Waiting);
        assert_eq!(story.pay_again(&placed).await.unwrap_err(), AppError::Refused(Refusal::PromptStillOpen));
        story.write("delete from mpesa_callbacks_raw").await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_code_that_nobody_knows_ends_nothing_however_often_it_is_said_and_is_asked_about_for_a_day() {
    let story = Story::begin().await;
    story.script(json!({ "result_code": 0, "drop_callback": true, "query_result_code": "31337" })).await;
    let placed = story.buy(1).await;
    story.until_answered().await;
    for _ in 0..3 {
        story.ask(&placed).await;
        assert_eq!(story.stage(&placed).await, PayStage::Waiting);
    }
    let known: (String,) = story.row("select result_code from payments").await;
    assert_eq!(known.0, "31337", "kept for whoever looks");
    let is_asked_again = "graphile_worker._private_jobs where key like '%:check:%'";
    assert_eq!(story.count(is_asked_again).await, 1);
    // The shopper is not kept waiting for longer; the question goes on, since money may have gone.
    story.platform.clock.advance(TimeDelta::seconds(151));
    story.ask(&placed).await;
    assert_eq!(story.stage(&placed).await, PayStage::Failed(StkOutcome::NoAnswer));
    assert_eq!(story.count(is_asked_again).await, 1);
    story.platform.clock.advance(TimeDelta::hours(24));
    story.write("delete from graphile_worker._private_jobs").await;
    story.ask(&placed).await;
    assert_eq!(story.count(is_asked_again).await, 0, "after a day it is the list's to say");
    invariants::hold(&story.everything).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn fifty_callbacks_at_once_are_one_payment_and_one_sale() {
    let story = Story::begin().await;
    story.script(json!({ "result_code": 0, "callbacks": 50 })).await;
    let placed = story.buy(1).await;
    story.until_callbacks(50).await;
    story.work().await;
    assert_eq!(story.count("mpesa_callbacks_raw where processed_at is not null").await, 50);
    assert_eq!(story.count("inventory_movements where reason = 'sale'").await, 1);
    assert_eq!(story.count("order_status_history where to_status = 'paid'").await, 1);
    assert_eq!(story.count("payment_audit where event_type = 'succeeded'").await, 1);
    assert!(matches!(story.stage(&placed).await, PayStage::Paid { receipt: Some(_) }));
    invariants::hold(&story.everything).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_lost_callback_is_settled_by_asking() {
    let story = Story::begin().await;
    story.script(json!({ "result_code": 0, "drop_callback": true })).await;
    let placed = story.buy(1).await;
    story.until_answered().await;
    story.ask(&placed).await;
    let payment: (String, String, Option<String>) =
        story.row("select status, result_source, mpesa_receipt from payments").await;
    assert_eq!(payment, ("succeeded".into(), "query".into(), None));
    invariants::hold(&story.everything).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_failure_by_query_counts_only_when_it_is_said_twice() {
    let story = Story::begin().await;
    story.script(json!({ "result_code": 1032, "drop_callback": true })).await;
    let placed = story.buy(1).await;
    story.until_answered().await;
    story.ask(&placed).await;
    assert_eq!(story.stage(&placed).await, PayStage::Waiting);
    story.ask(&placed).await;
    assert_eq!(story.stage(&placed).await, PayStage::Failed(StkOutcome::Cancelled));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_callback_that_lies_about_the_sum_is_put_aside_for_a_person() {
    let story = Story::begin().await;
    story.script(json!({ "result_code": 0, "amount": 1 })).await;
    let placed = story.buy(1).await;
    story.until_callbacks(1).await;
    story.work().await;
    assert_eq!(story.stage(&placed).await, PayStage::Checking);
    story.ask(&placed).await;
    let payment: (String, String, i64) =
        story.row("select status, failure_reason, paid_amount_cents from payments").await;
    assert_eq!(payment, ("pending".into(), "amount_mismatch".into(), 100));
    assert_eq!(story.count("inventory_movements where reason = 'sale'").await, 0);
    assert_eq!(story.count("mpesa_callbacks_raw where validated").await, 0);
    invariants::hold(&story.everything).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_success_that_the_provider_denies_is_not_fulfilled() {
    let story = Story::begin().await;
    story.script(json!({ "result_code": 0, "query_result_code": "1032" })).await;
    let placed = story.buy(1).await;
    story.until_callbacks(1).await;
    story.work().await;
    assert_eq!(story.count("orders where status = 'paid'").await, 0);
    assert_eq!(story.count("mpesa_callbacks_raw where outcome = 'not_confirmed' and not validated").await, 1);
    story.ask(&placed).await;
    story.ask(&placed).await;
    assert_eq!(story.stage(&placed).await, PayStage::Failed(StkOutcome::Cancelled));
    assert_eq!(story.count("inventory_movements where reason = 'sale'").await, 0);
    invariants::hold(&story.everything).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_success_after_a_failure_wins_and_a_failure_after_a_success_is_nothing() {
    let story = Story::begin().await;
    story.script(json!({ "result_code": 1037, "query_result_code": "0" })).await;
    let placed = story.buy(1).await;
    story.until_settled(&placed).await;
    assert_eq!(story.stage(&placed).await, PayStage::Failed(StkOutcome::NoAnswer));
    story.forge(&placed, 0, 1_150).await;
    story.work().await;
    assert!(matches!(story.stage(&placed).await, PayStage::Paid { .. }));
    story.forge(&placed, 1032, 1_150).await;
    story.work().await;
    assert!(matches!(story.stage(&placed).await, PayStage::Paid { .. }));
    invariants::hold(&story.everything).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_malformed_callback_is_kept_and_changes_nothing() {
    let story = Story::begin().await;
    let placed = story.buy(1).await;
    for body in [&b"not json"[..], b"{}", b"{\"Body\":{\"stkCallback\":{}}}", b"\xff\xfe\x00"] {
        story.call_back(&placed, body).await;
    }
    story.work().await;
    assert_eq!(story.count("mpesa_callbacks_raw where outcome = 'malformed' and processed_at is not null").await, 4);
    assert_eq!(story.stage(&placed).await, PayStage::Waiting);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_callback_about_another_prompt_changes_nothing() {
    let story = Story::begin().await;
    let placed = story.buy(1).await;
    story.until_prompted(&placed).await;
    let body = story.callback_body("ws_CO_forged", 0, 1_150);
    story.call_back(&placed, body.as_bytes()).await;
    story.work().await;
    assert_eq!(story.count("mpesa_callbacks_raw where outcome = 'wrong_reference'").await, 1);
    assert_eq!(story.stage(&placed).await, PayStage::Waiting);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_token_nobody_gave_out_stores_nothing() {
    let story = Story::begin().await;
    let answer = duka::checkout::receive_callback::receive_callback(
        &story.platform,
        duka::checkout::receive_callback::Call::Pay,
        &duka::kernel::token::Token::random(),
        b"{}",
        "127.0.0.1",
    )
    .await
    .unwrap();
    assert_eq!(answer, duka::checkout::receive_callback::Received::UnknownToken);
    assert_eq!(story.count("mpesa_callbacks_raw").await, 0);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_prompt_is_sent_once_however_often_it_is_asked_for() {
    let story = Story::begin().await;
    let placed = story.buy(1).await;
    let payment = placed.prompt.unwrap();
    let sends = (0..6).map(|_| {
        let story = story.clone();
        tokio::spawn(
            async move { duka::checkout::request_prompt::send(&story.platform, story.tenant(), payment).await },
        )
    });
    for send in sends.collect::<Vec<_>>() {
        send.await.unwrap().unwrap();
    }
    assert_eq!(story.requests_to("/mpesa/stkpush/").await, 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn two_tabs_that_ask_again_make_one_more_prompt() {
    let story = Story::begin().await;
    story.script(json!({ "result_code": 1032 })).await;
    let placed = story.buy(1).await;
    story.until_settled(&placed).await;
    let again = (0..6).map(|_| {
        let (story, placed) = (story.clone(), placed.clone());
        tokio::spawn(async move { story.ask_for_prompt(&placed).await })
    });
    let mut asked = 0;
    for one in again.collect::<Vec<_>>() {
        asked += u32::from(one.await.unwrap().is_ok());
    }
    assert_eq!(asked, 1);
    assert_eq!(story.count("payments").await, 2);
}

#[tokio::test(flavor = "multi_thread")]
async fn wrong_keys_fail_the_prompt_with_the_merchants_fault_named() {
    let story = Story::begin().await;
    story.use_secret("wrong").await;
    let placed = story.buy(1).await;
    assert_eq!(story.stage(&placed).await, PayStage::Failed(StkOutcome::BadSettings));
}

#[tokio::test(flavor = "multi_thread")]
async fn only_a_prompt_can_be_asked_for_on_an_order() {
    let story = Story::begin().await;
    story.script(json!({ "result_code": 1032 })).await;
    let placed = story.buy(1).await;
    story.until_settled(&placed).await;
    for (method, phone) in [("card", ""), ("", ""), ("mpesa_stk", "12345")] {
        let form = PayForm { payment_method: method.into(), mpesa_phone: phone.into(), ..PayForm::default() };
        let refused = duka::checkout::request_prompt::pay_again(&story.ctx(), &placed.token, &form).await.unwrap_err();
        assert!(matches!(refused, AppError::Invalid(_)), "{method} {phone}: {refused:?}");
    }
    assert_eq!(story.count("payments").await, 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_sum_that_m_pesa_does_not_move_is_asked_for_by_no_prompt() {
    let story = Story::begin().await;
    story.script(json!({ "result_code": 1032 })).await;
    let placed = story.buy(1).await;
    story.until_settled(&placed).await;
    let sent = story.requests_to("/mpesa/stkpush/").await;
    // Half a shilling, as prices of an import can have, and a shilling more than the most at once.
    for cents in [115_050, 25_000_100] {
        story.write(&format!("update orders set total_cents = {cents}, subtotal_cents = {cents} - 15000")).await;
        assert!(!load(&story.ctx(), &placed.token).await.unwrap().may_prompt, "{cents}");
        let refused = AppError::Invalid(FieldErrors::one("payment_method", FieldProblem::NotByMpesa));
        assert_eq!(story.ask_for_prompt(&placed).await, Err(refused), "{cents}");
    }
    story.write("update orders set total_cents = 25000000, subtotal_cents = 24985000").await;
    assert!(load(&story.ctx(), &placed.token).await.unwrap().may_prompt);
    assert!(story.ask_for_prompt(&placed).await.is_ok());
    assert_eq!(story.requests_to("/mpesa/stkpush/").await, sent);
    // At the checkout the same is said, before anything is written.
    story.write("update product_variants set price_cents = 25000000").await;
    let cart = story.cart(&[(0, 1)]).await;
    let refused = story.place(&cart, story.form(250_150)).await.map(|placed| placed.order);
    let too_much = FieldErrors::one("payment_method", FieldProblem::NotByMpesa);
    assert_eq!(refused, Err(Refused::Invalid(too_much)));
}
