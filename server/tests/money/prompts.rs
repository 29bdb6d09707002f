//! Prompts and the money that answers them: at a till, told of before the callback, with another sum, with two receipts,
//! after a change of accounts, and when nobody asks any more.

use super::{
    bank::{
        advance, arrive, ask_for_list, close, number, pay_unheard, places_of, program, prompted_in_silence, pull,
        status_of,
    },
    invariants,
    story::Story,
};
use chrono::TimeDelta;
use duka::{
    checkout::{
        cancel_order::{CallingOff, cancel_order},
        forms::CheckoutForm,
        place_order::Placed,
        receive_callback::{Call, Received, receive_callback},
        request_prompt,
        sweep_payments::sweep_payments,
    },
    error::{AppError, Refusal},
    kernel::token::{Token, hex},
    pages::storefront::order::PayStage,
    payments::providers::mpesa::{AccountKind, outcome::StkOutcome},
    vault::{Place, Purpose},
};
use serde_json::json;
use uuid::Uuid;

const ACCOUNT: Uuid = Uuid::from_u128(1);

/// The address at which the provider tells of money, made known to the directory.
pub async fn notices(story: &Story) -> Token {
    let mut tx = story.ctx().tx().await.unwrap();
    let token = story.ctx().key(&mut tx).await.unwrap().token(Purpose::C2bHook, ACCOUNT);
    drop(tx);
    story
        .write(&format!(
            "insert into hook_tokens (tenant_id, token_hash, purpose, subject_id) values ('{}', '\\x{}', 'c2b', '{ACCOUNT}')",
            story.tenant(),
            hex(&token.hash())
        ))
        .await;
    token
}

/// The provider tells of money at the till, from a payer whose number has its middle hidden.
pub async fn told(story: &Story, address: &Token, receipt: &str, shillings: i64, msisdn: &str) {
    let at = story.platform.clock.now() + TimeDelta::hours(3);
    let notice = json!({
        "TransactionType": "Buy Goods",
        "TransID": receipt,
        "TransTime": at.format("%Y%m%d%H%M%S").to_string(),
        "TransAmount": format!("{shillings}.00"),
        "BusinessShortCode": number(story),
        "BillRefNumber": "",
        "MSISDN": msisdn,
        "FirstName": "AMINA"
    });
    let body = notice.to_string();
    let stored =
        receive_callback(&story.platform, Call::C2bConfirmation, address, body.as_bytes(), "127.0.0.1").await.unwrap();
    assert_eq!(stored, Received::Stored);
    story.work().await;
}

/// The callback of an order's first prompt, with this receipt.
pub async fn called_back(story: &Story, placed: &Placed, receipt: &str) {
    let body = story.callback_of(placed, 0, 1_150).await.replace("UK23FORGED", receipt);
    story.call_back(placed, body.as_bytes()).await;
    story.work().await;
}

/// Status, reason and receipt of an order's first prompt.
pub async fn prompt_of(story: &Story, placed: &Placed) -> (String, Option<String>, Option<String>) {
    let prompt = placed.prompt.unwrap();
    story.row(&format!("select status, failure_reason, mpesa_receipt from payments where id = '{prompt}'")).await
}

#[tokio::test(flavor = "multi_thread")]
async fn a_tills_notice_that_comes_before_the_callback_settles_its_prompt() {
    let story = Story::begin_with(AccountKind::Till).await;
    let address = notices(&story).await;
    let placed = prompted_in_silence(&story, 0).await;
    told(&story, &address, "UKS1TILL01", 1_150, "2547 ***** 000").await;
    assert_eq!(status_of(&story, placed.order).await, ("paid".into(), "paid".into()));
    called_back(&story, &placed, "UKS1TILL01").await;
    story.ask(&placed).await;
    assert_eq!(prompt_of(&story, &placed).await, ("succeeded".into(), None, Some("UKS1TILL01".into())));
    assert_eq!(story.count("payments").await, 1);
    assert_eq!(story.count("mpesa_callbacks_raw where processed_at is null").await, 0);
    invariants::hold(&story.everything).await;
}

/// Two orders of one person and one sum, whose prompts are paid and not told of.
pub async fn two_alike(story: &Story) -> Vec<Placed> {
    let mut placed = Vec::new();
    for _ in 0..2 {
        story.script(json!({ "result_code": 0, "drop_callback": true })).await;
        let cart = story.cart(&[(0, 1)]).await;
        let form = CheckoutForm { phone: "0711 223 344".into(), ..story.form(1_150) };
        let one = story.place(&cart, form).await.unwrap();
        request_prompt::send(&story.platform, story.tenant(), one.prompt.unwrap()).await.unwrap();
        story.until_answered().await;
        advance(story, TimeDelta::seconds(1)).await;
        placed.push(one);
    }
    placed
}

#[tokio::test(flavor = "multi_thread")]
async fn money_that_waits_for_a_person_is_not_counted_again_when_the_provider_is_asked() {
    let story = Story::begin_with(AccountKind::Till).await;
    let address = notices(&story).await;
    let placed = two_alike(&story).await;
    for receipt in ["UKS1TILL01", "UKS1TILL02"] {
        told(&story, &address, receipt, 1_150, "2547 ***** 344").await;
    }
    assert_eq!(story.count("ledger_entries where place = 'inbox'").await, 2);
    for one in &placed {
        story.ask(one).await;
        assert_eq!(status_of(&story, one.order).await, ("paid".into(), "paid".into()));
        assert_eq!(prompt_of(&story, one).await, ("failed".into(), Some("paid_otherwise".into()), None));
    }
    called_back(&story, &placed[0], "UKS1TILL02").await;
    assert_eq!(story.count("payments where status = 'succeeded'").await, 2);
    assert_eq!(story.count("mpesa_callbacks_raw where processed_at is null").await, 0);
    invariants::hold(&story.everything).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn two_prompts_that_were_settled_by_asking_share_the_receipts_that_come_later() {
    let story = Story::begin_with(AccountKind::Till).await;
    let address = notices(&story).await;
    for one in two_alike(&story).await {
        story.ask(&one).await;
        assert_eq!(prompt_of(&story, &one).await, ("succeeded".into(), None, None));
    }
    for receipt in ["UKS1TILL01", "UKS1TILL02", "UKS1TILL01"] {
        told(&story, &address, receipt, 1_150, "2547 ***** 344").await;
    }
    assert_eq!(story.count("payments where status = 'succeeded' and mpesa_receipt is not null").await, 2);
    assert_eq!(story.count("payments").await, 2);
    invariants::hold(&story.everything).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_notice_that_two_prompts_could_have_brought_waits_until_a_callback_says_whose_it_is() {
    let story = Story::begin_with(AccountKind::Till).await;
    let address = notices(&story).await;
    let placed = two_alike(&story).await;
    told(&story, &address, "UKS1TILL01", 1_150, "2547 ***** 344").await;
    let (money,): (Uuid,) = story.row("select id from payments where mpesa_receipt = 'UKS1TILL01'").await;
    assert_eq!(places_of(&story, money.into()).await, "inbox 1150");

    // The callback names the receipt that the inbox holds: it is not an error, and it is not counted twice.
    called_back(&story, &placed[1], "UKS1TILL01").await;
    assert_eq!(places_of(&story, money.into()).await, "order 1150");
    assert_eq!(status_of(&story, placed[1].order).await, ("paid".into(), "paid".into()));
    assert_eq!(prompt_of(&story, &placed[1]).await, ("failed".into(), Some("paid_otherwise".into()), None));
    story.ask(&placed[1]).await;
    called_back(&story, &placed[1], "UKS1TILL01").await;
    assert_eq!(story.count("payments where status = 'succeeded'").await, 1);

    // One prompt is left that the next money can be of.
    told(&story, &address, "UKS1TILL02", 1_150, "2547 ***** 344").await;
    assert_eq!(prompt_of(&story, &placed[0]).await, ("succeeded".into(), None, Some("UKS1TILL02".into())));
    assert_eq!(story.count("payments where status = 'succeeded'").await, 2);
    assert_eq!(story.count("mpesa_callbacks_raw where processed_at is null").await, 0);
    invariants::hold(&story.everything).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn somebody_elses_money_at_the_till_is_no_prompts() {
    let story = Story::begin_with(AccountKind::Till).await;
    let address = notices(&story).await;
    ask_for_list(&story).await;
    story.script(json!({ "result_code": 0, "delay_ms": 600_000 })).await;
    let placed = story.buy(1).await;
    told(&story, &address, "UKS1OTHER1", 1_150, "2547 ***** 999").await;
    pay_unheard(&story, 1_150, "").await;
    pull(&story).await;
    assert_eq!(story.count("payments where order_id is null").await, 2);
    assert_eq!(prompt_of(&story, &placed).await, ("pending".into(), None, None));
    invariants::hold(&story.everything).await;
}

/// A prompt that is paid, and whose callback names another sum.
async fn mismatched(story: &Story) -> Placed {
    ask_for_list(story).await;
    story.script(json!({ "result_code": 0, "amount": 1 })).await;
    let placed = story.buy(1).await;
    story.until_callbacks(1).await;
    story.work().await;
    story.ask(&placed).await;
    assert_eq!(prompt_of(story, &placed).await, ("pending".into(), Some("amount_mismatch".into()), None));
    assert_eq!(story.ask_for_prompt(&placed).await, Err(AppError::Refused(Refusal::PromptStillOpen)));
    advance(story, TimeDelta::seconds(160)).await;
    story.ask(&placed).await;
    assert_eq!(prompt_of(story, &placed).await, ("failed".into(), Some("amount_mismatch".into()), None));
    // It is not asked about any more: no question could confirm a sum.
    story.ask(&placed).await;
    assert_eq!(story.stage(&placed).await, PayStage::Failed(StkOutcome::Unknown));
    placed
}

#[tokio::test(flavor = "multi_thread")]
async fn after_a_callback_with_another_sum_the_next_prompt_pays_and_late_money_is_owed_back() {
    let story = Story::begin().await;
    let placed = mismatched(&story).await;
    story.script(json!({ "result_code": 0 })).await;
    story.pay_again(&placed).await.unwrap();
    story.until_callbacks(1).await;
    story.work().await;
    assert_eq!(status_of(&story, placed.order).await, ("paid".into(), "paid".into()));
    // The list knows the first sum as it was asked for.
    pull(&story).await;
    assert_eq!(prompt_of(&story, &placed).await.0, "succeeded", "late success wins");
    assert_eq!(places_of(&story, placed.prompt.unwrap()).await, "refund 1150");
    invariants::hold(&story.everything).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn an_order_whose_callback_named_another_sum_expires_and_can_be_called_off() {
    let story = Story::begin().await;
    let placed = mismatched(&story).await;
    advance(&story, TimeDelta::minutes(31)).await;
    story.expire(&placed).await;
    assert_eq!(status_of(&story, placed.order).await, ("cancelled".into(), "unpaid".into()));
    invariants::hold(&story.everything).await;

    let story = Story::begin().await;
    let placed = mismatched(&story).await;
    let (version,): (i32,) = story.row("select version from orders").await;
    let off =
        CallingOff { version, reason: "the buyer called".into(), restock: Vec::new(), money: None, by_hand: false };
    cancel_order(&program(&story), placed.order, &off).await.unwrap();
    assert_eq!(status_of(&story, placed.order).await, ("cancelled".into(), "unpaid".into()));
    invariants::hold(&story.everything).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn who_pays_by_hand_and_then_enters_the_pin_has_paid_twice_and_both_are_here() {
    let story = Story::begin().await;
    ask_for_list(&story).await;
    story.script(json!({ "result_code": 0, "delay_ms": 300 })).await;
    let placed = story.buy(1).await;
    let by_hand = pay_unheard(&story, 1_150, "1001K").await;
    arrive(&story, &by_hand, 1_150, Some(placed.order)).await;
    assert_eq!(prompt_of(&story, &placed).await, ("succeeded".into(), None, Some(by_hand)));
    story.until_callbacks(1).await;
    story.work().await;
    assert_eq!(story.count("mpesa_callbacks_raw where outcome = 'landed' and validated").await, 1);
    let second: (Uuid, String) =
        story.row(&format!("select id, result_source from payments where id <> '{}'", placed.prompt.unwrap())).await;
    assert_eq!(second.1, "callback");
    assert_eq!(places_of(&story, second.0.into()).await, "refund 1150");

    // Who knows the address can say that a prompt was paid; that it was paid twice is not believed.
    story.forge(&placed, 0, 1_150).await;
    story.work().await;
    pull(&story).await;
    assert_eq!(story.count("payments").await, 2, "the list knows both already");
    assert_eq!(story.count("mpesa_callbacks_raw where processed_at is null").await, 0);
    invariants::hold(&story.everything).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn after_a_change_of_accounts_a_prompt_is_asked_about_with_the_one_it_was_sent_with() {
    let story = Story::begin().await;
    let placed = prompted_in_silence(&story, 0).await;
    story.write("update mpesa_accounts set is_active = false").await;
    story
        .write(&format!(
            "insert into mpesa_accounts (tenant_id, id, environment, kind, short_code) values ('{}', '{}', 'sandbox', 'paybill', '600111')",
            story.tenant(),
            Uuid::from_u128(2)
        ))
        .await;
    story.ask(&placed).await;
    assert_eq!(status_of(&story, placed.order).await, ("paid".into(), "paid".into()));
    invariants::hold(&story.everything).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_prompt_stands_with_the_account_it_is_sent_with_though_the_order_was_placed_under_another() {
    let story = Story::begin().await;
    story.script(json!({ "result_code": 0 })).await;
    let cart = story.cart(&[(0, 1)]).await;
    let placed = story.place(&cart, story.form(1_150)).await.unwrap();
    let stands = "select short_code, method from payments";
    assert_eq!(story.row::<(String, String)>(stands).await, ("509731".into(), "mpesa_paybill".into()));
    put_till_to_use(&story).await;
    request_prompt::send(&story.platform, story.tenant(), placed.prompt.unwrap()).await.unwrap();
    assert_eq!(story.row::<(String, String)>(stands).await, ("600111".into(), "mpesa_till".into()));
    story.until_settled(&placed).await;
    assert_eq!(status_of(&story, placed.order).await, ("paid".into(), "paid".into()));
    invariants::hold(&story.everything).await;
}

/// Another account of the merchant's, a till, takes the place of the first.
pub async fn put_till_to_use(story: &Story) {
    let mut tx = story.ctx().tx().await.unwrap();
    let key = story.ctx().key(&mut tx).await.unwrap();
    drop(tx);
    let row = Uuid::from_u128(2);
    let seal = |column, text: &str| key.seal(Place { table: "mpesa_accounts", column, row }, text);
    story.write("update mpesa_accounts set is_active = false, proved_at = now(), updated_at = now()").await;
    sqlx::query(
        "insert into mpesa_accounts (tenant_id, id, environment, kind, short_code, till_number, consumer_key_sealed, consumer_secret_sealed, passkey_sealed)
         values ($1, $2, 'sandbox', 'till', '600111', '5556667', $3, $4, $5)",
    )
    .bind(story.tenant().uuid())
    .bind(row)
    .bind(seal("consumer_key_sealed", "another key"))
    .bind(seal("consumer_secret_sealed", "another secret"))
    .bind(seal("passkey_sealed", "another passkey"))
    .execute(&story.everything)
    .await
    .unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn an_open_payment_whose_job_was_lost_is_found_by_the_sweep() {
    let story = Story::begin().await;
    let placed = prompted_in_silence(&story, 0).await;
    story.write("delete from graphile_worker._private_jobs").await;
    assert_eq!(sweep_payments(&program(&story)).await, Ok(0), "it is not late yet");
    advance(&story, TimeDelta::minutes(11)).await;
    assert_eq!(sweep_payments(&program(&story)).await, Ok(1));
    story.work().await;
    assert_eq!(status_of(&story, placed.order).await, ("paid".into(), "paid".into()));
    assert_eq!(sweep_payments(&program(&story)).await, Ok(0));
    let stranger = story.stranger().await;
    assert_eq!(sweep_payments(&program(&stranger)).await, Ok(0));
    invariants::hold(&story.everything).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_success_by_query_that_no_list_shows_is_a_gap() {
    let story = Story::begin().await;
    ask_for_list(&story).await;
    // The provider says paid when it is asked, and no money came.
    story.script(json!({ "result_code": 1037, "query_result_code": "0", "drop_callback": true })).await;
    let placed = story.buy(1).await;
    story.until_answered().await;
    story.ask(&placed).await;
    assert_eq!(prompt_of(&story, &placed).await, ("succeeded".into(), None, None));
    advance(&story, TimeDelta::hours(27)).await;
    let closed = close(&story).await;
    assert!(closed.iter().any(|day| day.gaps == 1 && !day.is_zero()), "{closed:?}");
    let gap: (String, String, Option<Uuid>, i64) =
        story.row("select kind, receipt, payment_id, ours_cents from close_gaps").await;
    assert_eq!(gap, ("not_listed".into(), "1001K-1".into(), Some(placed.prompt.unwrap().uuid()), 115_000));
    invariants::hold(&story.everything).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn an_account_with_another_letter_is_not_that_prompts() {
    let story = Story::begin().await;
    ask_for_list(&story).await;
    story.script(json!({ "result_code": 0, "delay_ms": 600_000 })).await;
    let placed = story.buy(1).await;
    let receipt = pay_unheard(&story, 1_150, "1001P").await;
    pull(&story).await;
    assert_eq!(prompt_of(&story, &placed).await, ("pending".into(), None, None));
    let (money,): (Uuid,) = story.row(&format!("select id from payments where mpesa_receipt = '{receipt}'")).await;
    assert_eq!(places_of(&story, money.into()).await, "inbox 1150");
    invariants::hold(&story.everything).await;
}
