//! A provider that does not answer as it should: what was not sent is sent later, what may have been sent is never repeated.

use super::{invariants, story::Story};
use chrono::TimeDelta;
use duka::{
    checkout::place_order::Placed,
    pages::storefront::order::PayStage,
    payments::providers::mpesa::{PushRequest, outcome::StkOutcome},
    vault::Purpose,
};
use serde_json::json;

const PUSH: &str = "/mpesa/stkpush/";

/// Status, whether it is claimed, and the provider's id.
type Attempt = (String, bool, Option<String>);

async fn attempt(story: &Story, placed: &Placed) -> Attempt {
    let payment = placed.prompt.unwrap();
    story
        .row(&format!(
            "select status, claimed_at is not null, checkout_request_id from payments where id = '{payment}'"
        ))
        .await
}

async fn fault(story: &Story, kind: &str) {
    let answer = story
        .http()
        .post(format!("{}/control/fault", story.sandbox.base_url))
        .json(&json!({ "provider": "mpesa", "kind": kind, "count": 1 }))
        .send()
        .await
        .unwrap();
    assert_eq!(answer.status(), 204);
}

/// The worker's turn to send prompts comes now instead of in five seconds.
async fn until_the_workers_turn(story: &Story) {
    story
        .write(
            "update graphile_worker._private_jobs j set run_at = now() from graphile_worker._private_tasks t where t.id = j.task_id and t.identifier = 'request_prompt'",
        )
        .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_prompt_that_could_not_be_sent_is_given_back_and_sent_by_the_worker() {
    for kind in ["refuse", "500", "garbage"] {
        let story = Story::begin().await;
        story.script(json!({ "result_code": 0 })).await;
        // The first thing asked of the provider is an access token: without one nothing has left.
        fault(&story, kind).await;
        let placed = story.buy(1).await;
        assert_eq!(attempt(&story, &placed).await, ("initiated".into(), false, None), "{kind}");
        assert_eq!(story.requests_to(PUSH).await, 0, "{kind}");
        assert_eq!(story.stage(&placed).await, PayStage::Waiting, "{kind}");

        until_the_workers_turn(&story).await;
        story.work().await;
        assert_eq!(story.requests_to(PUSH).await, 1, "{kind}");
        story.until_settled(&placed).await;
        assert!(matches!(story.stage(&placed).await, PayStage::Paid { receipt: Some(_) }), "{kind}");
        let order: (String, String) = story.row("select status, payment_status from orders").await;
        assert_eq!(order, ("paid".into(), "paid".into()), "{kind}");
        assert_eq!(story.count("payments").await, 1, "{kind}");
        invariants::hold(&story.everything).await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_prompt_whose_answer_was_lost_is_not_repeated_and_its_callback_brings_the_ids() {
    let story = Story::begin().await;
    story.script(json!({ "result_code": 0 })).await;
    // Somebody's purchase before: from here on the access token is known, so the fault meets the prompt itself.
    let before = story.buy(1).await;
    story.until_settled(&before).await;
    fault(&story, "refuse").await;
    let placed = story.buy(2).await;
    assert_eq!(attempt(&story, &placed).await, ("pending".into(), true, None));
    assert_eq!(story.stage(&placed).await, PayStage::Waiting);
    until_the_workers_turn(&story).await;
    story.work().await;
    assert_eq!(story.requests_to(PUSH).await, 2, "it may be on the phone, so it is not sent again");

    // It was on the phone: the provider took it under an id that it never got to tell us.
    let mut tx = story.ctx().tx().await.unwrap();
    let hook = story.ctx().key(&mut tx).await.unwrap().token(Purpose::PayHook, placed.prompt.unwrap().uuid());
    drop(tx);
    let taken = PushRequest {
        amount_cents: placed.total_cents,
        phone_msisdn: "254711223344".into(),
        callback_url: format!("{}/hooks/pay/{}", story.platform.base_url, hook.hex()),
        account_reference: "1002".into(),
        description: "Order 1002".into(),
        now: story.ctx().now(),
    };
    let id = story.platform.daraja.push(&story.credentials("secret"), taken).await.unwrap().checkout_request_id;
    story.until_settled(&placed).await;
    assert_eq!(attempt(&story, &placed).await, ("succeeded".into(), true, Some(id)));
    let order: (String, String) =
        story.row("select status, payment_status from orders where order_number = 1002").await;
    assert_eq!(order, ("paid".into(), "paid".into()));
    assert_eq!(story.count("payments where status = 'succeeded'").await, 2);
    invariants::hold(&story.everything).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_callback_that_is_no_text_is_kept_to_the_byte() {
    let story = Story::begin().await;
    let placed = story.buy(1).await;
    let bodies = [&b"\xff\xfe\x00 not text"[..], b"{\"Name\":\"Wanjir\xfa\"}", b"{\"Name\":\"\\u0000\"}", b"not json"];
    for body in bodies {
        story.call_back(&placed, body).await;
    }
    let (kept,): (Vec<Vec<u8>>,) = story
        .row(
            "select array_agg(decode(payload #>> '{not_json,base64}', 'base64') order by received_at, id) from mpesa_callbacks_raw",
        )
        .await;
    assert_eq!(kept, bodies);
    story.work().await;
    assert_eq!(story.count("mpesa_callbacks_raw where outcome = 'malformed' and processed_at is not null").await, 4);
    assert_eq!(story.stage(&placed).await, PayStage::Waiting);
}

/// An order whose prompt could not be sent for two and a half minutes.
async fn an_unsent_prompt(story: &Story) -> Placed {
    fault(story, "refuse").await;
    let placed = story.buy(1).await;
    assert_eq!(attempt(story, &placed).await, ("initiated".into(), false, None));
    story.platform.clock.advance(TimeDelta::seconds(151));
    fault(story, "refuse").await;
    until_the_workers_turn(story).await;
    story.work().await;
    assert_eq!(attempt(story, &placed).await, ("failed".into(), false, None));
    assert_eq!(story.stage(&placed).await, PayStage::Failed(StkOutcome::PromptFailed));
    assert_eq!(story.requests_to(PUSH).await, 0);
    until_the_workers_turn(story).await;
    story.work().await;
    assert_eq!(story.requests_to(PUSH).await, 0, "it is not tried any more");
    placed
}

#[tokio::test(flavor = "multi_thread")]
async fn a_prompt_that_can_not_be_sent_fails_in_time_and_another_pays_the_order() {
    let story = Story::begin().await;
    story.script(json!({ "result_code": 0 })).await;
    let placed = an_unsent_prompt(&story).await;
    story.pay_again(&placed).await.unwrap();
    story.until_settled(&placed).await;
    assert!(matches!(story.stage(&placed).await, PayStage::Paid { receipt: Some(_) }));
    let payments: (i64, i64) = story
        .row("select count(*) filter (where status = 'failed'), count(*) filter (where status = 'succeeded') from payments")
        .await;
    assert_eq!(payments, (1, 1));
    invariants::hold(&story.everything).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_prompt_that_can_not_be_sent_keeps_no_goods_beyond_their_time() {
    let story = Story::begin().await;
    let placed = an_unsent_prompt(&story).await;
    story.platform.clock.advance(TimeDelta::minutes(31));
    story.expire(&placed).await;
    assert_eq!(story.stage(&placed).await, PayStage::Closed);
    assert_eq!(story.count("stock_holds where released_at is not null").await, 1);
    invariants::hold(&story.everything).await;
}
