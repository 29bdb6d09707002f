//! The provider's own list: what nobody told us of is found there, once, whatever else tells of it later.

use super::{
    bank::{
        KINDS, advance, arrive, ask_for_list, close, close_all, pay_unheard, places_of, program, prompted_in_silence,
        pull, status_of, until_arrived,
    },
    invariants,
    prompts::put_till_to_use,
    story::Story,
};
use chrono::TimeDelta;
use duka::{
    checkout::{
        close::start_pulling,
        receive_callback::{Call, receive_callback},
    },
    kernel::token::Token,
    pages::storefront::order::PayStage,
    payments::providers::mpesa::{AccountKind, Credentials},
};
use serde_json::json;

/// The provider refuses every question about a prompt, so that only its list can tell.
async fn without_queries(story: &Story) {
    story.script(json!({ "result_code": 0, "drop_callback": true, "query_result_code": "4999" })).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn with_no_callback_and_no_query_every_paid_order_still_becomes_paid_and_none_twice() {
    for kind in KINDS {
        let story = Story::begin_with(kind).await;
        ask_for_list(&story).await;
        story.set_stock(0, 100).await;
        without_queries(&story).await;
        let mut all = Vec::new();
        for _ in 0..8 {
            all.push(story.buy(1).await);
        }
        until_arrived(&story, 8).await;
        for placed in &all {
            assert_eq!(status_of(&story, placed.order).await.1, "unpaid");
        }
        advance(&story, TimeDelta::minutes(16)).await;
        pull(&story).await;
        for placed in &all {
            assert_eq!(status_of(&story, placed.order).await, ("paid".into(), "paid".into()));
            assert!(matches!(story.stage(placed).await, PayStage::Paid { receipt: Some(_) }));
        }
        assert_eq!(story.count("payments where result_source = 'pull'").await, 8);
        pull(&story).await;
        close_all(&story).await;
        assert_eq!(story.count("payments").await, 8, "read three times, landed once");
        assert_eq!(story.count("payment_audit where event_type = 'reconciled'").await, 8);
        assert_eq!(story.count("inventory_movements where reason = 'sale'").await, 8);
        invariants::hold(&story.everything).await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_callback_that_comes_after_the_list_brings_nothing_new() {
    for kind in KINDS {
        let story = Story::begin_with(kind).await;
        ask_for_list(&story).await;
        let placed = prompted_in_silence(&story, 0).await;
        pull(&story).await;
        let (receipt,): (String,) = story.row("select mpesa_receipt from payments").await;
        let body = story.callback_of(&placed, 0, 1_150).await.replace("UK23FORGED", &receipt);
        story.call_back(&placed, body.as_bytes()).await;
        story.work().await;
        story.ask(&placed).await;
        assert_eq!(story.count("payments").await, 1);
        assert_eq!(story.count("ledger_entries").await, 2);
        assert_eq!(story.count("mpesa_callbacks_raw where kind = 'stk' and processed_at is null").await, 0);
        invariants::hold(&story.everything).await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_prompt_that_was_given_up_takes_its_late_money_and_asking_again_does_not_count_it_twice() {
    for kind in KINDS {
        let story = Story::begin_with(kind).await;
        ask_for_list(&story).await;
        without_queries(&story).await;
        let placed = story.buy(1).await;
        story.until_prompted(&placed).await;
        advance(&story, TimeDelta::seconds(160)).await;
        story.ask(&placed).await;
        assert_eq!(story.count("payments where status = 'failed'").await, 1);
        until_arrived(&story, 1).await;
        pull(&story).await;
        story.ask(&placed).await;
        assert_eq!(status_of(&story, placed.order).await, ("paid".into(), "paid".into()));
        assert_eq!(story.count("payments").await, 1, "the prompt itself succeeded late");
        invariants::hold(&story.everything).await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_receipt_that_was_missing_comes_from_the_list() {
    for kind in KINDS {
        let story = Story::begin_with(kind).await;
        ask_for_list(&story).await;
        let placed = prompted_in_silence(&story, 0).await;
        story.ask(&placed).await;
        let before: (String, Option<String>) = story.row("select status, mpesa_receipt from payments").await;
        assert_eq!(before, ("succeeded".into(), None));
        pull(&story).await;
        assert_eq!(story.count("payments where mpesa_receipt ~ '^[A-Z0-9]{10}$'").await, 1);
        assert_eq!(story.count("payments").await, 1);
        invariants::hold(&story.everything).await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn money_that_no_prompt_asked_for_waits_in_the_inbox() {
    let story = Story::begin().await;
    ask_for_list(&story).await;
    let receipt = pay_unheard(&story, 777, "MAMA KADOGO").await;
    pull(&story).await;
    let payment: (uuid::Uuid, String, Option<uuid::Uuid>) =
        story.row(&format!("select id, typed_account, order_id from payments where mpesa_receipt = '{receipt}'")).await;
    assert_eq!((payment.1.as_str(), payment.2), ("MAMA KADOGO", None));
    assert_eq!(places_of(&story, payment.0.into()).await, "inbox 777");
    assert_eq!(
        story.count("mpesa_callbacks_raw where kind = 'pull' and validated").await,
        1,
        "as it came, to the letter"
    );
    // The notice comes all the same, an hour late.
    let late = arrive(&story, &receipt, 777, None).await;
    assert_eq!(late.payment.uuid(), payment.0);
    assert_eq!(story.count("payments").await, 1);
    invariants::hold(&story.everything).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_list_that_is_brought_is_unsigned_and_only_makes_us_ask() {
    let story = Story::begin().await;
    ask_for_list(&story).await;
    let token = Token::random();
    let hash = token.hash_hex();
    story
        .write(&format!(
            r"insert into hook_tokens (token_hash, tenant_id, purpose, subject_id) select '\x{hash}', tenant_id, 'pull', id from mpesa_accounts"
        ))
        .await;
    let real = pay_unheard(&story, 500, "X").await;
    let forged = json!({ "ResponseRefID": "1", "ResponseCode": "1000", "ResponseMessage": "Success", "Response": [[
        { "transactionId": "UK23FORGED", "trxDate": "2026-11-28T08:00:00Z", "msisdn": 711_223_344, "sender": "MPESA",
          "transactiontype": "c2b-pay-bill-debit", "billreference": "1001", "amount": "100000.0", "organizationname": "X" }]] });
    for body in [forged.to_string().as_str(), "nonsense", "{\"Response\":[[]]}"] {
        receive_callback(&story.platform, Call::Pull, &token, body.as_bytes(), "127.0.0.1").await.unwrap();
    }
    advance(&story, TimeDelta::minutes(1)).await;
    // What was told is read, and then the list that it made us ask for.
    story.work().await;
    story.work().await;
    let outcomes: (String,) = story
        .row("select string_agg(outcome, ', ' order by outcome) from mpesa_callbacks_raw where not validated")
        .await;
    assert_eq!(outcomes.0, "asked, malformed, nothing");
    let landed: (String,) = story.row("select string_agg(mpesa_receipt, ', ') from payments").await;
    assert_eq!(landed.0, real, "what the provider said when it was asked, and nothing else");
    invariants::hold(&story.everything).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn an_account_that_never_asked_for_a_list_is_not_asked() {
    let story = Story::begin().await;
    start_pulling(&program(&story)).await.unwrap();
    story.work().await;
    assert_eq!(story.requests_to("/pulltransactions/").await, 0);
    ask_for_list(&story).await;
    start_pulling(&program(&story)).await.unwrap();
    start_pulling(&program(&story)).await.unwrap();
    story.work().await;
    assert_eq!(story.requests_to("/pulltransactions/v1/query").await, 1, "one job, however often it is begun");
    assert_eq!(story.count("mpesa_accounts where pull_read_until is not null").await, 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn money_to_a_former_number_that_no_notice_told_of_is_found_on_that_numbers_own_list() {
    let story = Story::begin().await;
    ask_for_list(&story).await;
    put_till_to_use(&story).await;
    let receipt = pay_unheard(&story, 777, "MAMA KADOGO").await;
    advance(&story, TimeDelta::minutes(1)).await;
    start_pulling(&program(&story)).await.unwrap();
    story.work().await;
    let landed: (String, String, String) = story
        .row(&format!("select short_code, method, result_source from payments where mpesa_receipt = '{receipt}'"))
        .await;
    assert_eq!(landed, ("509731".into(), "mpesa_paybill".into(), "pull".into()));
    assert_eq!(story.requests_to("/pulltransactions/v1/query").await, 1, "the one in use has asked for no list");
    assert_eq!(
        story.count("graphile_worker._private_jobs where key like '%pull:%'").await,
        0,
        "the hour begins it anew"
    );
    // Nobody pays to a number for ever.
    story.write("update mpesa_accounts set updated_at = now() - interval '91 days' where not is_active").await;
    start_pulling(&program(&story)).await.unwrap();
    story.work().await;
    assert_eq!(story.requests_to("/pulltransactions/v1/query").await, 1);
    invariants::hold(&story.everything).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn at_night_the_lists_of_the_number_in_use_and_of_the_former_one_are_laid_beside_our_payments() {
    let story = Story::begin().await;
    ask_for_list(&story).await;
    story.script(json!({ "result_code": 0 })).await;
    let before = story.buy(1).await;
    story.until_settled(&before).await;
    put_till_to_use(&story).await;
    let till = Credentials {
        kind: AccountKind::Till,
        short_code: "600111".to_owned(),
        till_number: Some("5556667".to_owned()),
        consumer_key: "another key".to_owned(),
        consumer_secret: "another secret".to_owned(),
        ..story.credentials("secret")
    };
    story.platform.daraja.register_pull(&till, "0711000111", "http://127.0.0.1:9/pull").await.unwrap();
    story.write("update mpesa_accounts set pull_registered_at = now()").await;
    let after = story.buy(1).await;
    story.until_settled(&after).await;
    // At the former number: ours that M-Pesa has never heard of, and theirs that nobody told us of.
    arrive(&story, "UKS1FALSE1", 300, None).await;
    let receipt = pay_unheard(&story, 400, "x").await;
    advance(&story, TimeDelta::hours(27)).await;
    let closed = close(&story).await;
    assert_eq!(closed.iter().map(|day| day.gaps).sum::<u32>(), 1, "{closed:?}");
    let gap: (String, String) = story.row("select kind, receipt from close_gaps").await;
    assert_eq!(gap, ("not_listed".into(), "UKS1FALSE1".into()));
    assert_eq!(story.count(&format!("payments where mpesa_receipt = '{receipt}' and short_code = '509731'")).await, 1);
    assert_eq!(story.count("payment_audit where event_type = 'reconciled'").await, 3);
    invariants::hold(&story.everything).await;
}
