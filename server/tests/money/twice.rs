//! A prompt that asking has settled and the notice of its money, which lies in the inbox: one shilling is counted once.
//! And a prompt that waits to be sent while the money comes another way: nobody is asked twice.

use super::{
    bank::{KINDS, arrive, number, places_of, prompted_in_silence, status_of},
    invariants,
    prompts::{called_back, notices, prompt_of, told, two_alike},
    story::Story,
};
use chrono::TimeDelta;
use duka::{
    checkout::{
        receive_callback::{Call, Received, receive_callback},
        request_prompt,
    },
    kernel::token::Token,
    pages::storefront::order::PayStage,
    payments::providers::mpesa::AccountKind,
};
use serde_json::json;
use uuid::Uuid;

/// The payment of a receipt.
async fn payment_of(story: &Story, receipt: &str) -> Uuid {
    story.row::<(Uuid,)>(&format!("select id from payments where mpesa_receipt = '{receipt}'")).await.0
}

/// The provider tells of money at the paybill under this account.
async fn told_under(story: &Story, address: &Token, receipt: &str, shillings: i64, account: &str) {
    let at = story.platform.clock.now() + TimeDelta::hours(3);
    let notice = json!({
        "TransactionType": "Pay Bill",
        "TransID": receipt,
        "TransTime": at.format("%Y%m%d%H%M%S").to_string(),
        "TransAmount": format!("{shillings}.00"),
        "BusinessShortCode": number(story),
        "BillRefNumber": account,
        "MSISDN": "2547 ***** 344",
        "FirstName": "AMINA"
    });
    let body = notice.to_string();
    let stored =
        receive_callback(&story.platform, Call::C2bConfirmation, address, body.as_bytes(), "127.0.0.1").await.unwrap();
    assert_eq!(stored, Received::Stored);
    story.work().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_receipt_that_lies_in_the_inbox_goes_to_the_prompt_that_asking_had_settled() {
    let story = Story::begin_with(AccountKind::Till).await;
    let address = notices(&story).await;
    let placed = two_alike(&story).await;
    story.ask(&placed[0]).await;
    assert_eq!(prompt_of(&story, &placed[0]).await, ("succeeded".into(), None, None));
    // The other prompt is open still, so the notice could be of either: it waits for somebody to look.
    told(&story, &address, "UKS1TILL01", 1_150, "2547 ***** 344").await;
    let lying = payment_of(&story, "UKS1TILL01").await;
    assert_eq!(places_of(&story, lying.into()).await, "inbox 1150");

    called_back(&story, &placed[0], "UKS1TILL01").await;
    assert_eq!(prompt_of(&story, &placed[0]).await, ("succeeded".into(), None, Some("UKS1TILL01".into())));
    assert_eq!(places_of(&story, placed[0].prompt.unwrap()).await, "order 1150");
    assert_eq!(places_of(&story, lying.into()).await, "", "it stands nowhere else");
    let twin: (String, Option<String>, Option<String>) =
        story.row(&format!("select status, failure_reason, mpesa_receipt from payments where id = '{lying}'")).await;
    assert_eq!(twin, ("failed".into(), Some("told_twice".into()), None));
    assert_eq!(story.count("payments where status = 'succeeded'").await, 1);
    invariants::hold(&story.everything).await;

    // Told once more, by both: nothing more comes of it.
    called_back(&story, &placed[0], "UKS1TILL01").await;
    told(&story, &address, "UKS1TILL01", 1_150, "2547 ***** 344").await;
    assert_eq!(story.count("ledger_entries where reason = 'told_twice'").await, 2);
    // And the other prompt finds its own money, not the first one's.
    told(&story, &address, "UKS1TILL02", 1_150, "2547 ***** 344").await;
    assert_eq!(prompt_of(&story, &placed[1]).await, ("succeeded".into(), None, Some("UKS1TILL02".into())));
    assert_eq!(status_of(&story, placed[1].order).await, ("paid".into(), "paid".into()));
    assert_eq!(story.count("payments where status = 'succeeded'").await, 2);
    assert_eq!(story.count("mpesa_callbacks_raw where processed_at is null").await, 0);
    invariants::hold(&story.everything).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_somebody_has_put_on_an_order_is_not_taken_back() {
    let story = Story::begin_with(AccountKind::Till).await;
    let address = notices(&story).await;
    let placed = two_alike(&story).await;
    story.ask(&placed[0]).await;
    told(&story, &address, "UKS1TILL01", 1_150, "2547 ***** 344").await;
    let lying = payment_of(&story, "UKS1TILL01").await;
    story.ask(&placed[1]).await;
    // The second question took it for its own: both orders are paid, and a callback changes neither.
    assert_eq!(places_of(&story, lying.into()).await, "order 1150");
    called_back(&story, &placed[0], "UKS1TILL01").await;
    assert_eq!(prompt_of(&story, &placed[0]).await, ("succeeded".into(), None, None));
    assert_eq!(places_of(&story, lying.into()).await, "order 1150");
    // The other receipt comes, and there is one prompt that lacks one.
    told(&story, &address, "UKS1TILL02", 1_150, "2547 ***** 344").await;
    assert_eq!(prompt_of(&story, &placed[0]).await, ("succeeded".into(), None, Some("UKS1TILL02".into())));
    assert_eq!(story.count("payments where status = 'succeeded'").await, 2);
    invariants::hold(&story.everything).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_callback_that_names_somebody_elses_money_takes_nothing_out_of_the_inbox() {
    for kind in [AccountKind::Till, AccountKind::Paybill] {
        let story = Story::begin_with(kind).await;
        let address = notices(&story).await;
        let placed = prompted_in_silence(&story, 0).await;
        story.ask(&placed).await;
        // The same sum a moment later, of another phone and under another account.
        match kind {
            AccountKind::Till => told(&story, &address, "UKS1OTHER1", 1_150, "2547 ***** 999").await,
            AccountKind::Paybill => told_under(&story, &address, "UKS1OTHER1", 1_150, "rent").await,
        }
        let lying = payment_of(&story, "UKS1OTHER1").await;
        assert_eq!(places_of(&story, lying.into()).await, "inbox 1150");
        called_back(&story, &placed, "UKS1OTHER1").await;
        assert_eq!(prompt_of(&story, &placed).await, ("succeeded".into(), None, None));
        assert_eq!(places_of(&story, lying.into()).await, "inbox 1150", "it did come");
        assert_eq!(story.count("payments where status = 'succeeded'").await, 2);
        assert_eq!(story.count("ledger_entries where reason = 'told_twice'").await, 0);
        assert_eq!(story.count("mpesa_callbacks_raw where processed_at is null").await, 0);
        invariants::hold(&story.everything).await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_late_success_at_a_paybill_is_the_money_that_lies_under_its_reference() {
    let story = Story::begin().await;
    let address = notices(&story).await;
    let placed = prompted_in_silence(&story, 0).await;
    // Nobody could be asked for as long as a shopper waits: it was given up, and the order paid by hand in two parts.
    story
        .write(&format!(
            "update payments set status = 'failed', failure_reason = 'no_answer', completed_at = now() where id = '{}'",
            placed.prompt.unwrap()
        ))
        .await;
    for (receipt, shillings) in [("UKS1HAND01", 1_000), ("UKS1HAND02", 150)] {
        arrive(&story, receipt, shillings, Some(placed.order)).await;
    }
    assert_eq!(status_of(&story, placed.order).await, ("paid".into(), "paid".into()));
    // The order lacks nothing, so the notice of the prompt's money lies in the inbox.
    told_under(&story, &address, "UKS1BILL01", 1_150, "1001K").await;
    let lying = payment_of(&story, "UKS1BILL01").await;
    assert_eq!(places_of(&story, lying.into()).await, "inbox 1150");

    story.ask(&placed).await;
    assert_eq!(prompt_of(&story, &placed).await, ("failed".into(), Some("paid_otherwise".into()), None));
    assert_eq!(places_of(&story, lying.into()).await, "refund 1150", "it is owed back, once");
    assert_eq!(story.count("payments where status = 'succeeded'").await, 3);
    invariants::hold(&story.everything).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn money_under_an_account_that_was_typed_by_hand_is_no_prompts() {
    let story = Story::begin().await;
    let address = notices(&story).await;
    let placed = prompted_in_silence(&story, 0).await;
    told_under(&story, &address, "UKS1BILL01", 1_150, "rent").await;
    let lying = payment_of(&story, "UKS1BILL01").await;
    story.ask(&placed).await;
    assert_eq!(prompt_of(&story, &placed).await, ("succeeded".into(), None, None));
    assert_eq!(status_of(&story, placed.order).await, ("paid".into(), "paid".into()));
    assert_eq!(places_of(&story, lying.into()).await, "inbox 1150");
    invariants::hold(&story.everything).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_prompt_that_waits_to_be_sent_is_not_sent_when_the_money_comes_another_way_meanwhile() {
    for kind in KINDS {
        let story = Story::begin_with(kind).await;
        let cart = story.cart(&[(0, 1)]).await;
        let placed = story.place(&cart, story.form(1_150)).await.unwrap();
        arrive(&story, "UKS1BYHAND", 1_150, Some(placed.order)).await;
        assert_eq!(status_of(&story, placed.order).await, ("paid".into(), "paid".into()));
        request_prompt::send(&story.platform, story.tenant(), placed.prompt.unwrap()).await.unwrap();
        assert_eq!(story.requests_to("/mpesa/stkpush/").await, 0, "nobody is asked to pay twice");
        assert_eq!(prompt_of(&story, &placed).await, ("failed".into(), Some("paid_otherwise".into()), None));
        assert_eq!(story.count("payment_audit where metadata ->> 'outcome' = 'paid_otherwise'").await, 1);
        invariants::hold(&story.everything).await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_prompt_over_more_than_is_missing_by_now_is_not_sent_and_the_next_asks_for_the_rest() {
    let story = Story::begin().await;
    let cart = story.cart(&[(0, 1)]).await;
    let placed = story.place(&cart, story.form(1_150)).await.unwrap();
    arrive(&story, "UKS1BYHAND", 400, Some(placed.order)).await;
    request_prompt::send(&story.platform, story.tenant(), placed.prompt.unwrap()).await.unwrap();
    assert_eq!(story.requests_to("/mpesa/stkpush/").await, 0);
    assert_eq!(story.stage(&placed).await, PayStage::Partly);
    story.script(json!({ "result_code": 0 })).await;
    story.pay_again(&placed).await.unwrap();
    story.until_settled(&placed).await;
    assert_eq!(status_of(&story, placed.order).await, ("paid".into(), "paid".into()));
    assert_eq!(story.count("refunds").await, 0, "nothing is owed back");
    invariants::hold(&story.everything).await;
}
