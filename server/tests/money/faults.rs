//! A provider that refuses, hangs, is slow, answers garbage or forgets its own tokens: the shopper has an order at once,
//! it completes later, once, and nobody holds a connection to the database while waiting for the provider.

use super::{
    bank::{ask_for_list, close_all, control, prompted_in_silence, status_of},
    invariants,
    story::Story,
};
use duka::{
    checkout::{check_payment::check_payment, request_prompt, type_receipt::type_receipt},
    pages::storefront::order::PayStage,
};
use serde_json::json;
use std::time::{Duration, Instant};

/// What a shopper bears with.
const PATIENCE: Duration = Duration::from_secs(5);

async fn fault(story: &Story, kind: &str, count: u32) {
    let fault = json!({ "provider": "mpesa", "kind": kind, "count": count });
    assert_eq!(control(story, "fault", &fault).await.status(), 204);
}

/// The worker's turn to send prompts comes now instead of in some seconds.
async fn hurry(story: &Story) {
    story.write("update graphile_worker._private_jobs set run_at = now() where run_at > now()").await;
}

/// Connections that are inside of a transaction, as the database sees them.
async fn busy(story: &Story) -> i64 {
    story
        .row::<(i64,)>(
            "select count(*) from pg_stat_activity
             where datname = current_database() and usename in ('duka_app', 'duka_worker') and state like 'idle in transaction%'",
        )
        .await
        .0
}

#[tokio::test(flavor = "multi_thread")]
async fn whatever_is_wrong_with_the_provider_the_order_is_saved_at_once_and_completes_later_once() {
    for kind in ["refuse", "500", "garbage", "slow", "expired_token"] {
        let story = Story::begin().await;
        story.script(json!({ "result_code": 0 })).await;
        fault(&story, kind, 1).await;
        let cart = story.cart(&[(0, 1)]).await;
        let began = Instant::now();
        let placed = story.place(&cart, story.form(1_150)).await.unwrap();
        assert!(began.elapsed() < PATIENCE, "{kind}: {:?}", began.elapsed());
        assert_eq!(status_of(&story, placed.order).await, ("awaiting_payment".into(), "unpaid".into()), "{kind}");
        request_prompt::send(&story.platform, story.tenant(), placed.prompt.unwrap()).await.unwrap();
        for _ in 0..3 {
            hurry(&story).await;
            story.work().await;
        }
        story.until_settled(&placed).await;
        assert_eq!(status_of(&story, placed.order).await, ("paid".into(), "paid".into()), "{kind}");
        // A token that was forgotten is noticed before anything is done, and the same request is made once more.
        let most = if kind == "expired_token" { 2 } else { 1 };
        assert!(story.requests_to("/mpesa/stkpush/").await <= most, "{kind}");
        assert_eq!(story.count("payments").await, 1, "{kind}");
        invariants::hold(&story.everything).await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_provider_that_failed_five_times_in_a_row_is_left_in_peace_and_the_prompt_waits_with_its_order() {
    let story = Story::begin().await;
    story.script(json!({ "result_code": 0 })).await;
    fault(&story, "garbage", 5).await;
    let cart = story.cart(&[(0, 1)]).await;
    let placed = story.place(&cart, story.form(1_150)).await.unwrap();
    let payment = placed.prompt.unwrap();
    for _ in 0..5 {
        request_prompt::send(&story.platform, story.tenant(), payment).await.unwrap();
    }
    assert_eq!(story.requests_to("/daraja/").await, 5, "each asked for a token and got a web page");
    request_prompt::send(&story.platform, story.tenant(), payment).await.unwrap();
    assert_eq!(story.requests_to("/daraja/").await, 5, "the provider is well again, and not asked for a while");
    assert_eq!(status_of(&story, placed.order).await, ("awaiting_payment".into(), "unpaid".into()));
    assert_eq!(story.count("payments where status = 'initiated'").await, 1, "the worker will send it");
    assert_eq!(story.stage(&placed).await, PayStage::Waiting);
    invariants::hold(&story.everything).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_provider_that_hangs_keeps_no_connection_and_no_shopper() {
    let story = Story::begin().await;
    ask_for_list(&story).await;
    story.script(json!({ "result_code": 0 })).await;
    // The token is known, so that the prompt itself, the question and the list hang.
    let before = story.buy(1).await;
    story.until_settled(&before).await;
    fault(&story, "hang", 3).await;
    let cart = story.cart(&[(0, 1)]).await;
    let began = Instant::now();
    let placed = story.place(&cart, story.form(1_150)).await.unwrap();
    assert!(began.elapsed() < PATIENCE, "{:?}", began.elapsed());
    let (one, two) = (story.clone(), story.clone());
    let payment = placed.prompt.unwrap();
    let prompt = tokio::spawn(async move { request_prompt::send(&one.platform, one.tenant(), payment).await });
    let list = tokio::spawn(async move { close_all(&two).await });
    tokio::time::sleep(Duration::from_millis(700)).await;
    assert!(!prompt.is_finished() && !list.is_finished(), "the provider does not hang");
    for _ in 0..10 {
        assert_eq!(busy(&story).await, 0, "a transaction is open while the provider is waited for");
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
    // Meanwhile everybody else is served.
    let began = Instant::now();
    assert_eq!(story.stage(&before).await, story.stage(&before).await);
    assert!(began.elapsed() < Duration::from_secs(2));
    prompt.abort();
    list.abort();
    assert_eq!(story.stage(&placed).await, PayStage::Waiting);
    invariants::hold(&story.everything).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn questions_about_a_prompt_and_a_typed_receipt_keep_no_connection_either() {
    let story = Story::begin().await;
    story.use_operator("dukaapi", "Safe#2026").await;
    story.script(json!({ "result_code": 1032 })).await;
    let unpaid = story.buy(1).await;
    story.until_settled(&unpaid).await;
    type_receipt(&story.ctx(), &unpaid.token, "UD25M0RR7C").await.unwrap();
    let silent = prompted_in_silence(&story, 0).await;
    fault(&story, "hang", 2).await;
    let (one, two, payment) = (story.clone(), story.clone(), silent.prompt.unwrap());
    let question = tokio::spawn(async move { check_payment(&one.platform, one.tenant(), payment).await });
    let receipt = tokio::spawn(async move { two.work().await });
    tokio::time::sleep(Duration::from_millis(700)).await;
    assert!(!question.is_finished() && !receipt.is_finished(), "the provider does not hang");
    for _ in 0..10 {
        assert_eq!(busy(&story).await, 0, "a transaction is open while the provider is waited for");
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
    question.abort();
    receipt.abort();
    invariants::hold(&story.everything).await;
}
