//! M-Pesa sends a whole payment back: once, however often the job runs, and whatever its answers do on the way.

use super::{
    invariants,
    shop::{all, ask, asked, goodwill, member, paid_order, picture, places},
    story::Story,
};
use axum::{Router, body::Bytes, extract::Path, http::StatusCode, routing::post};
use duka::{
    checkout::{
        receive_callback::{Call, Received, receive_callback},
        refunds::{
            by_hand::{GivenBack, give_up, mark_sent, retry},
            check::check_refund,
            send::send_refund,
        },
    },
    ctx::{Ctx, Platform},
    error::{AppError, Refusal},
    kernel::{access::Role, id::RefundId, token::Token},
    vault::{Place, Purpose},
};
use serde_json::{Value, json};
use std::{sync::Arc, time::Duration};
use tokio::sync::watch;

/// A shop whose whole order can be sent back by M-Pesa, and the line on which M-Pesa calls.
pub struct Line {
    pub story: Story,
    pub owner: Ctx,
    pub refund: RefundId,
    arrived: watch::Receiver<usize>,
}

/// The order is paid, its refund asked for and not given to M-Pesa yet.
pub async fn line() -> Line {
    let mut story = Story::begin().await;
    let placed = paid_order(&story).await;
    let (count, arrived) = watch::channel(0usize);
    let storing = story.platform.clone();
    let hook = move |Path((token, end)): Path<(String, String)>, body: Bytes| {
        let (storing, count) = (storing.clone(), count.clone());
        async move {
            let call = if end == "timeout" { Call::RefundTimeout } else { Call::RefundResult };
            let token = Token::parse(&token).unwrap();
            assert_eq!(receive_callback(&storing, call, &token, &body, "127.0.0.1").await.unwrap(), Received::Stored);
            count.send_modify(|n| *n += 1);
            StatusCode::OK
        }
    };
    let listener = tokio::net::TcpListener::bind(("127.0.0.1", 0)).await.unwrap();
    let base_url = format!("http://{}", listener.local_addr().unwrap());
    tokio::spawn(async move {
        axum::serve(listener, Router::new().route("/hooks/refund/{token}/{end}", post(hook))).await.unwrap();
    });
    story.platform = Arc::new(Platform { base_url, ..(*story.platform).clone() });
    operator(&story, "Safe#2026").await;
    let owner = member(&story, Role::Owner).await;
    let refund = ask(&owner, placed.order, &asked(all()), 3_650).await.unwrap();
    assert_eq!(story.row::<(String,)>("select way from refunds").await.0, "reversal");
    Line { story, owner, refund, arrived }
}

/// Gives the account an operator with this password.
async fn operator(story: &Story, password: &str) {
    let mut tx = story.ctx().tx().await.unwrap();
    let key = story.ctx().key(&mut tx).await.unwrap();
    drop(tx);
    let row = uuid::Uuid::from_u128(1);
    let place = Place { table: "mpesa_accounts", column: "initiator_password_sealed", row };
    sqlx::query("update mpesa_accounts set initiator_name = 'dukaapi', initiator_password_sealed = $1 where id = $2")
        .bind(key.seal(place, password))
        .bind(row)
        .execute(&story.everything)
        .await
        .unwrap();
}

impl Line {
    pub async fn send(&self) {
        send_refund(&self.story.platform, self.story.tenant(), self.refund).await.unwrap();
    }

    /// Waits for so many calls since the beginning, and does the work they ask for.
    pub async fn until_heard(&self, calls: usize) {
        let mut arrived = self.arrived.clone();
        tokio::time::timeout(Duration::from_secs(20), arrived.wait_for(|count| *count >= calls))
            .await
            .expect("M-Pesa called")
            .unwrap();
        self.story.work().await;
    }

    pub async fn status(&self) -> (String, Option<String>) {
        self.story.row("select status, failure from refunds").await
    }

    pub async fn reversals(&self) -> usize {
        self.story.requests_to("/mpesa/reversal/").await
    }

    /// A result as M-Pesa would post it, delivered and read.
    async fn result(&self, conversation: &str, code: Value, shillings: i64) {
        let mut result = json!({
            "ResultType": 0, "ResultCode": code, "ResultDesc": "words", "OriginatorConversationID": conversation,
            "ConversationID": "AG_20260402_2010a7c44be19d0f3382", "TransactionID": "UK23BACK01",
        });
        if result["ResultCode"] == 0 {
            result["ResultParameters"] = json!({ "ResultParameter": [{ "Key": "Amount", "Value": shillings }] });
        }
        self.deliver(&json!({ "Result": result }).to_string()).await;
    }

    async fn deliver(&self, body: &str) {
        let mut tx = self.story.ctx().tx().await.unwrap();
        let token = self.story.ctx().key(&mut tx).await.unwrap().token(Purpose::RefundHook, self.refund.uuid());
        drop(tx);
        let stored = receive_callback(&self.story.platform, Call::RefundResult, &token, body.as_bytes(), "127.0.0.1");
        assert_eq!(stored.await.unwrap(), Received::Stored);
        self.story.work().await;
    }

    async fn conversation(&self) -> String {
        self.story.row::<(String,)>("select provider_reference from refunds").await.0
    }

    async fn outcome(&self) -> String {
        self.story
            .row::<(String,)>("select outcome from mpesa_callbacks_raw where kind like 'refund%' order by received_at desc, id desc limit 1")
            .await
            .0
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_job_that_runs_many_times_sends_once() {
    let line = line().await;
    let hands: Vec<_> = (0..6)
        .map(|_| {
            let (platform, tenant, refund) = (line.story.platform.clone(), line.story.tenant(), line.refund);
            tokio::spawn(async move { send_refund(&platform, tenant, refund).await })
        })
        .collect();
    for hand in hands {
        hand.await.unwrap().unwrap();
    }
    line.until_heard(1).await;
    line.send().await;
    assert_eq!(line.reversals().await, 1);
    assert_eq!(line.status().await, ("processed".into(), None));
    let row: (String, bool, i32) = line.story.row("select way, receipt is not null, attempts from refunds").await;
    assert_eq!(row, ("reversal".into(), true, 1));
    let order: (String, String) = line.story.row("select status, payment_status from orders").await;
    assert_eq!(order, ("refunded".into(), "refunded".into()));
    assert_eq!(places(&line.story).await, (0, 0, 0, 0, 0));
    assert_eq!(line.story.count("mails where kind = 'refund_sent'").await, 1);
    invariants::hold(&line.story.everything).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_result_that_comes_many_times_counts_once() {
    let line = line().await;
    line.story.script(json!({ "operation": "reversal", "result_code": 0, "callbacks": 10 })).await;
    line.send().await;
    line.until_heard(10).await;
    assert_eq!(line.status().await, ("processed".into(), None));
    assert_eq!(line.story.count("payment_audit where event_type = 'refunded'").await, 1);
    assert_eq!(line.story.count("mails where kind = 'refund_sent'").await, 1);
    invariants::hold(&line.story.everything).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_result_that_is_lost_is_asked_for_and_the_money_not_sent_again() {
    let line = line().await;
    line.story.script(json!({ "operation": "reversal", "result_code": 0, "drop_callback": true })).await;
    line.send().await;
    line.send().await;
    assert_eq!(line.status().await, ("pending".into(), None));
    let on_its_way = Err(AppError::Refused(Refusal::RefundOnItsWay));
    assert_eq!(retry(&line.owner, line.refund).await, on_its_way);
    check_refund(&line.story.platform, line.story.tenant(), line.refund).await.unwrap();
    line.until_heard(1).await;
    assert_eq!(line.status().await, ("processed".into(), None));
    assert_eq!(line.reversals().await, 1);
    let asked = "provider_questions where kind = 'refund_status' and answered_at is not null and answer ->> 'state' = 'Completed'";
    assert_eq!(line.story.count(asked).await, 1);
    invariants::hold(&line.story.everything).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_word_that_it_took_too_long_decides_nothing() {
    let line = line().await;
    line.story.script(json!({ "operation": "reversal", "result_code": 0, "queue_timeout": true })).await;
    line.send().await;
    line.until_heard(1).await;
    assert_eq!((line.status().await, line.outcome().await), (("pending".into(), None), "undecided".into()));
    check_refund(&line.story.platform, line.story.tenant(), line.refund).await.unwrap();
    line.until_heard(2).await;
    assert_eq!(line.status().await, ("processed".into(), None));
    assert_eq!(line.reversals().await, 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_failure_has_a_reason_and_can_be_tried_again() {
    for (code, failure) in [("1", "low_balance"), ("R000002", "unknown_payment"), ("8", "limits"), ("21", "settings")] {
        let line = line().await;
        line.story.script(json!({ "operation": "reversal", "result_code": code })).await;
        line.send().await;
        line.until_heard(1).await;
        assert_eq!(line.status().await, ("failed".into(), Some(failure.into())));
        assert_eq!(places(&line.story).await, (0, 365_000, 0, 0, -365_000), "it is still owed");
        line.story.script(json!({ "operation": "reversal", "result_code": 0 })).await;
        retry(&line.owner, line.refund).await.unwrap();
        line.story.work().await;
        line.until_heard(2).await;
        assert_eq!(line.status().await, ("processed".into(), None), "{code}");
        assert_eq!(line.reversals().await, 2);
        invariants::hold(&line.story.everything).await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_locked_operator_and_one_that_is_gone_fail_before_money_moves() {
    let line = line().await;
    operator(&line.story, "locked").await;
    line.send().await;
    line.until_heard(1).await;
    assert_eq!(line.status().await, ("failed".into(), Some("locked".into())));
    line.story.write("update mpesa_accounts set initiator_name = null").await;
    retry(&line.owner, line.refund).await.unwrap();
    assert_eq!(
        line.story.row::<(String, String)>("select status, way from refunds").await,
        ("pending".into(), "manual".into())
    );
    assert_eq!(line.reversals().await, 1);
    let acts = "(select distinct action from audit_log where action in ('refund_retried')) acts";
    assert_eq!(line.story.count(acts).await, 1, "each is in the log");
}

#[tokio::test(flavor = "multi_thread")]
async fn success_counts_after_failure_and_after_it_was_given_up() {
    let line = line().await;
    line.story.script(json!({ "operation": "reversal", "result_code": 1 })).await;
    line.send().await;
    let conversation = line.conversation().await;
    line.until_heard(1).await;
    line.result(&conversation, json!(0), 3_650).await;
    assert_eq!((line.status().await, line.outcome().await), (("processed".into(), None), "settled".into()));
    line.result(&conversation, json!(1), 3_650).await;
    assert_eq!((line.status().await, line.outcome().await), (("processed".into(), None), "repeated".into()));

    let line = self::line().await;
    line.story.script(json!({ "operation": "reversal", "result_code": 1 })).await;
    line.send().await;
    let conversation = line.conversation().await;
    line.until_heard(1).await;
    give_up(&line.owner, line.refund).await.unwrap();
    assert_eq!(places(&line.story).await, (365_000, 0, 0, 0, -365_000));
    line.result(&conversation, json!(0), 3_650).await;
    assert_eq!(line.status().await, ("processed".into(), None));
    assert_eq!(places(&line.story).await, (0, 0, 0, 0, 0));
    let worth: (i64,) = line.story.row("select lifetime_value_cents from customers").await;
    assert_eq!(worth.0, 0);
    invariants::hold(&line.story.everything).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_went_another_way_and_was_sent_after_all_is_told_to_a_person() {
    let line = line().await;
    line.story.script(json!({ "operation": "reversal", "result_code": 1 })).await;
    line.send().await;
    let conversation = line.conversation().await;
    line.until_heard(1).await;
    mark_sent(&line.owner, line.refund, &GivenBack::Sent("UK23HAND01".into())).await.unwrap();
    line.result(&conversation, json!(0), 3_650).await;
    assert_eq!(line.status().await, ("processed".into(), Some("sent_after_all".into())));
    assert_eq!(places(&line.story).await, (0, 0, 0, 0, 0));

    let line = self::line().await;
    line.story.script(json!({ "operation": "reversal", "result_code": 1 })).await;
    line.send().await;
    let conversation = line.conversation().await;
    line.until_heard(1).await;
    give_up(&line.owner, line.refund).await.unwrap();
    let (order,): (uuid::Uuid,) = line.story.row("select id from orders").await;
    ask(&line.owner, order.into(), &asked(goodwill(100)), 100).await.unwrap();
    line.result(&conversation, json!(0), 3_650).await;
    let row: (String, Option<String>) =
        line.story.row(&format!("select status, failure from refunds where id = '{}'", line.refund)).await;
    assert_eq!(row, ("failed".into(), Some("sent_after_all".into())));
    let acts = "(select distinct action from audit_log where action in ('refund_sent_after_all')) acts";
    assert_eq!(line.story.count(acts).await, 1, "each is in the log");
}

#[tokio::test(flavor = "multi_thread")]
async fn what_nobody_sent_is_believed_by_nobody() {
    let line = line().await;
    line.story.script(json!({ "operation": "reversal", "result_code": 0, "drop_callback": true })).await;
    line.send().await;
    let conversation = line.conversation().await;
    let before = picture(&line.story).await;
    line.result("5530-made-up", json!(0), 3_650).await;
    assert_eq!(line.outcome().await, "wrong_reference");
    line.result(&conversation, json!(0), 1).await;
    assert_eq!(line.outcome().await, "amount_mismatch");
    line.result("5530-made-up", json!(1), 3_650).await;
    assert_eq!(line.outcome().await, "repeated");
    for body in ["", "{}", "not json", "{\"Result\":{}}"] {
        line.deliver(body).await;
        assert_eq!(line.outcome().await, "malformed", "{body:?}");
    }
    let nobodys = Token::random();
    let made_up = receive_callback(&line.story.platform, Call::RefundResult, &nobodys, b"{}", "127.0.0.1");
    assert_eq!(made_up.await, Ok(Received::UnknownToken));
    assert_eq!(picture(&line.story).await, before);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_provider_that_refuses_hangs_up_or_is_away_never_sends_twice() {
    let line = line().await;
    for kind in ["refuse", "500", "garbage"] {
        let fault = json!({ "provider": "mpesa", "kind": kind, "count": 1 });
        let control = format!("{}/control/fault", line.story.sandbox.base_url);
        assert_eq!(line.story.http().post(control).json(&fault).send().await.unwrap().status(), 204);
        line.send().await;
    }
    let row: (String, i64) = line
        .story
        .row("select status, (select count(*) from payment_audit where event_type = 'refunded') from refunds")
        .await;
    assert!(matches!(row.0.as_str(), "pending" | "failed"), "{row:?}");
    assert!(line.reversals().await <= 1);
    invariants::hold(&line.story.everything).await;
}
