//! What M-Pesa may answer about a typed receipt, or not answer, and what then stands on the order's page.

use super::{invariants, story::Story};
use duka::{
    checkout::receive_callback::{Call, Received, receive_callback},
    ctx::Ctx,
    kernel::{
        access::{Actor, Role},
        id::UserId,
        money::Money,
        token::Token,
    },
    pages::dashboard::order,
    payments::{
        providers::mpesa::{AskHooks, Initiator},
        receipt::ReceiptState,
    },
    vault::{Place, Purpose},
};
use serde_json::json;
use uuid::Uuid;

#[tokio::test(flavor = "multi_thread")]
async fn money_of_another_number_and_money_taken_back_change_nothing() {
    let story = Story::with_operator().await;
    let placed = story.waiting_order().await;
    let elsewhere = story.pay_by_hand("600111", 1_150).await;
    assert_eq!(story.look_into(&placed, &elsewhere).await, ReceiptState::OtherAccount);
    let back = story.pay_by_hand("509731", 1_150).await;
    let who = Initiator { name: "dukaapi".to_owned(), password: "Safe#2026".to_owned() };
    // Nobody listens there.
    let hooks = AskHooks { result_url: "http://127.0.0.1:9/result", timeout_url: "http://127.0.0.1:9/timeout" };
    let account = story.credentials("secret");
    let amount = Money::shillings(1_150);
    story.platform.daraja.reverse(&account, &who, &back, amount, hooks, "Refund").await.unwrap();
    assert_eq!(story.look_into(&placed, &back).await, ReceiptState::Cancelled);
    assert_eq!(story.payment_status_of(&placed).await, "unpaid");
    assert_eq!(story.count("payments where status = 'succeeded'").await, 0);
    assert_eq!(story.count("used_receipts").await, 0);
    invariants::hold(&story.everything).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn five_answers_at_once_land_one_payment() {
    let story = Story::with_operator().await;
    let placed = story.waiting_order().await;
    let receipt = story.pay_by_hand("509731", 1_150).await;
    story.script(json!({ "operation": "status", "result_code": 0, "callbacks": 5 })).await;
    story.type_receipt(&placed, &receipt).await.unwrap();
    story.work().await;
    story.until_callbacks(5).await;
    story.work().await;
    assert_eq!(story.payment_status_of(&placed).await, "paid");
    assert_eq!(story.count("payments where status = 'succeeded'").await, 1);
    assert_eq!(story.count("ledger_entries where place = 'order'").await, 1);
    invariants::hold(&story.everything).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_question_that_timed_out_in_the_queue_is_put_again() {
    let story = Story::with_operator().await;
    let placed = story.waiting_order().await;
    let receipt = story.pay_by_hand("509731", 1_150).await;
    story.script(json!({ "operation": "status", "result_code": 0, "queue_timeout": true })).await;
    story.type_receipt(&placed, &receipt).await.unwrap();
    story.work().await;
    story.until_callbacks(1).await;
    assert_eq!(story.count("mpesa_callbacks_raw where kind = 'ask_timeout'").await, 1);
    story.work().await;
    assert_eq!(story.requests_to("transactionstatus").await, 1, "a provider that is behind is not asked at once");
    story.script(json!({ "operation": "status", "result_code": 0 })).await;
    story.write("update graphile_worker._private_jobs set run_at = now() where key like '%ask:%'").await;
    story.work().await;
    story.until_callbacks(1).await;
    story.work().await;
    assert_eq!(story.payment_status_of(&placed).await, "paid");
    assert_eq!(story.requests_to("transactionstatus").await, 2);
}

#[tokio::test(flavor = "multi_thread")]
async fn lost_answers_are_asked_for_again_and_given_up_with_a_word() {
    let story = Story::with_operator().await;
    let placed = story.waiting_order().await;
    let receipt = story.pay_by_hand("509731", 1_150).await;
    story.script(json!({ "operation": "status", "result_code": 0, "drop_callback": true })).await;
    story.type_receipt(&placed, &receipt).await.unwrap();
    for _ in 0..8 {
        story.write("update graphile_worker._private_jobs set run_at = now() where key like '%ask:%'").await;
        story.work().await;
    }
    assert_eq!(story.requests_to("transactionstatus").await, 6);
    assert_eq!(story.outcome().await.as_deref(), Some("no_answer"));
    assert_eq!(story.page(&placed).await.typed.unwrap().state, ReceiptState::ForThePerson);
    assert_eq!(story.payment_status_of(&placed).await, "unpaid");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_forged_answer_pays_nothing() {
    let story = Story::with_operator().await;
    let placed = story.waiting_order().await;
    story.script(json!({ "operation": "status", "result_code": 0, "drop_callback": true })).await;
    story.type_receipt(&placed, "UKS5FORGED").await.unwrap();
    story.work().await;
    let body = include_str!("../../../src/payments/providers/mpesa/samples/result_status.json")
        .replace("UD23K7QX9P", "UKS5FORGED");
    for call in [Call::AskResult, Call::AskTimeout] {
        let answer = receive_callback(&story.platform, call, &Token::random(), body.as_bytes(), "127.0.0.1").await;
        assert_eq!(answer.unwrap(), Received::UnknownToken);
    }
    assert_eq!(story.count("mpesa_callbacks_raw where kind like 'ask%'").await, 0);
    // Even who knows the address does not know what the provider calls the question.
    let question: (Uuid,) = story.row("select id from provider_questions").await;
    let mut tx = story.ctx().tx().await.unwrap();
    let token = story.ctx().key(&mut tx).await.unwrap().token(Purpose::AskHook, question.0);
    drop(tx);
    for body in [body.as_str(), "no json", "{}"] {
        let answer = receive_callback(&story.platform, Call::AskResult, &token, body.as_bytes(), "127.0.0.1").await;
        assert_eq!(answer.unwrap(), Received::Stored);
    }
    story.work().await;
    let words: Vec<String> =
        sqlx::query_scalar("select outcome from mpesa_callbacks_raw where kind = 'ask_result' order by outcome")
            .fetch_all(&story.everything)
            .await
            .unwrap();
    assert_eq!(words, ["malformed", "malformed", "wrong_reference"]);
    assert_eq!(story.outcome().await, None);
    assert_eq!(story.payment_status_of(&placed).await, "unpaid");
    assert_eq!(story.count("payments where status = 'succeeded'").await, 0);
    invariants::hold(&story.everything).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn without_an_operator_the_shop_reads_what_its_shopper_says() {
    let story = Story::begin().await;
    let placed = story.waiting_order().await;
    story.type_receipt(&placed, "UKS5M0RR7C").await.unwrap();
    story.work().await;
    assert_eq!(story.page(&placed).await.typed.unwrap().state, ReceiptState::ForThePerson);
    let viewer = Actor::Member { user: UserId::mint(), role: Role::Viewer };
    let shown = order::load(&Ctx::new(story.platform.clone(), story.tenant(), viewer), placed.order).await.unwrap();
    let said = shown.typed_receipt.unwrap();
    assert_eq!((said.receipt.as_str(), said.outcome.as_deref()), ("UKS5M0RR7C", Some("no_operator")));
    assert_eq!(story.requests_to("transactionstatus").await, 0);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_wrong_operator_is_the_shops_to_mend_and_a_lost_line_is_tried_again() {
    let story = Story::begin().await;
    story.use_operator("dukaapi", "wrong").await;
    let placed = story.waiting_order().await;
    let receipt = story.pay_by_hand("509731", 1_150).await;
    assert_eq!(story.look_into(&placed, &receipt).await, ReceiptState::ForThePerson);
    assert_eq!(story.outcome().await.as_deref(), Some("operator_credential"));
    story.use_operator("dukaapi", "Safe#2026").await;
    let fault = json!({ "provider": "mpesa", "kind": "500", "count": 1 });
    let url = format!("{}/control/fault", story.sandbox.base_url);
    assert_eq!(story.http().post(url).json(&fault).send().await.unwrap().status(), 204);
    story.type_receipt(&placed, &receipt).await.unwrap();
    story.work().await;
    assert_eq!(story.page(&placed).await.typed.unwrap().state, ReceiptState::Asking);
    story.write("update graphile_worker._private_jobs set run_at = now() where key like '%ask:%'").await;
    story.work().await;
    story.until_callbacks(1).await;
    story.work().await;
    assert_eq!(story.payment_status_of(&placed).await, "paid");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_receipt_of_a_former_number_is_asked_for_with_that_numbers_operator() {
    let story = Story::with_operator().await;
    let placed = story.waiting_order().await;
    let receipt = story.pay_by_hand("509731", 1_150).await;
    story.change_account().await;
    // The operator of the number in use knows nothing of it.
    story.script(json!({ "operation": "status", "result_code": "R000002" })).await;
    story.type_receipt(&placed, &receipt).await.unwrap();
    story.work().await;
    story.until_callbacks(1).await;
    story.script(json!({ "operation": "status", "result_code": 0 })).await;
    // What was heard is read, and the former number's operator is asked.
    story.work().await;
    story.work().await;
    story.until_callbacks(1).await;
    story.work().await;
    assert_eq!(story.payment_status_of(&placed).await, "paid");
    let asked: (Option<Uuid>, i32, Option<String>) =
        story.row("select account_id, attempts, outcome from provider_questions").await;
    assert_eq!(asked, (Some(Uuid::from_u128(1)), 2, Some("landed".into())));
    assert_eq!(story.requests_to("transactionstatus").await, 2);
    invariants::hold(&story.everything).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_receipt_that_no_number_knows_is_a_miss_once_all_were_asked() {
    let story = Story::with_operator().await;
    let placed = story.waiting_order().await;
    story.change_account().await;
    story.look_into(&placed, "UD23K7QX9P").await;
    // The former number comes next.
    story.work().await;
    story.until_callbacks(1).await;
    story.work().await;
    assert_eq!(story.outcome().await.as_deref(), Some("not_found"));
    assert_eq!(story.requests_to("transactionstatus").await, 2);
    // One without an operator cannot be asked.
    story.write("update mpesa_accounts set initiator_name = null where not is_active").await;
    assert_eq!(story.look_into(&placed, "UD23K7QX8P").await, ReceiptState::Miss);
    assert_eq!(story.requests_to("transactionstatus").await, 3);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_former_number_that_takes_no_question_any_more_makes_no_miss_the_shops_to_mend() {
    let story = Story::with_operator().await;
    let placed = story.waiting_order().await;
    story.change_account().await;
    // M-Pesa lets its operator ask nothing any more.
    story.write("update mpesa_accounts set initiator_name = 'norole' where not is_active").await;
    story.look_into(&placed, "UD23K7QX9P").await;
    story.work().await;
    story.until_callbacks(1).await;
    story.work().await;
    assert_eq!(story.outcome().await.as_deref(), Some("not_found"));
    assert_eq!(story.page(&placed).await.typed.unwrap().state, ReceiptState::Miss);
    assert_eq!(story.requests_to("transactionstatus").await, 2);
    // Nor does it take the keys.
    let mut tx = story.ctx().tx().await.unwrap();
    let key = story.ctx().key(&mut tx).await.unwrap();
    drop(tx);
    let seal = |column, text: &str| key.seal(Place { table: "mpesa_accounts", column, row: Uuid::from_u128(1) }, text);
    sqlx::query(
        "update mpesa_accounts
         set initiator_name = 'dukaapi', consumer_key_sealed = $1, consumer_secret_sealed = $2
         where not is_active",
    )
    .bind(seal("consumer_key_sealed", "keys of last year"))
    .bind(seal("consumer_secret_sealed", "wrong"))
    .execute(&story.everything)
    .await
    .unwrap();
    story.look_into(&placed, "UD23K7QX8P").await;
    story.work().await;
    assert_eq!(story.outcome().await.as_deref(), Some("not_found"));
    assert_eq!(story.requests_to("transactionstatus").await, 3);
    invariants::hold(&story.everything).await;
}
