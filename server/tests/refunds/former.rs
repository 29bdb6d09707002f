//! After a change of the M-Pesa account money goes back from the one that took it, or by hand when that one's keys are gone.

use super::{
    invariants,
    sending::line,
    shop::{all, ask, asked, member, paid_order, places},
    story::Story,
};
use duka::{
    checkout::refunds::{
        by_hand::{GivenBack, mark_sent, retry, send_owed},
        check::check_refund,
    },
    error::{AppError, Refusal},
    kernel::access::Role,
    pages::dashboard::refunds::find,
    payments::refund::RefundFailure,
};
use serde_json::json;
use uuid::Uuid;

const FORMER: Uuid = Uuid::from_u128(1);

#[tokio::test(flavor = "multi_thread")]
async fn the_account_that_took_the_money_sends_it_back_though_another_is_in_use() {
    let line = line().await;
    line.story.change_account().await;
    line.send().await;
    line.until_heard(1).await;
    // M-Pesa knows no such payment of the other account: asked with that one, this would have failed.
    assert_eq!(line.status().await, ("processed".into(), None));
    assert_eq!(line.reversals().await, 1);
    assert_eq!(places(&line.story).await, (0, 0, 0, 0, 0));
    invariants::hold(&line.story.everything).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_result_that_was_lost_is_asked_for_with_the_account_that_sent_it() {
    let line = line().await;
    line.story.script(json!({ "operation": "reversal", "result_code": 0, "drop_callback": true })).await;
    line.send().await;
    line.story.change_account().await;
    // The one in use could not ask.
    line.story.write("update mpesa_accounts set initiator_name = null where is_active").await;
    check_refund(&line.story.platform, line.story.tenant(), line.refund).await.unwrap();
    line.until_heard(1).await;
    assert_eq!(line.status().await, ("processed".into(), None));
    assert_eq!(line.reversals().await, 1);
    invariants::hold(&line.story.everything).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn when_the_keys_of_the_account_are_gone_a_person_sends_it_and_reads_why() {
    for gone in ["initiator_name = null", "consumer_key_sealed = null", "short_code = '600999'"] {
        let line = line().await;
        line.story.change_account().await;
        line.story.write(&format!("update mpesa_accounts set {gone} where id = '{FORMER}'")).await;
        line.send().await;
        let row: (String, String, Option<String>) = line.story.row("select status, way, failure from refunds").await;
        assert_eq!(row, ("pending".into(), "manual".into(), Some("account_gone".into())), "{gone}");
        assert_eq!(line.reversals().await, 0);
        assert_eq!(places(&line.story).await, (0, 365_000, 0, 0, -365_000), "it is still owed");

        let shown = find(&line.owner, line.refund).await.unwrap();
        assert_eq!(shown.failure, Some(RefundFailure::AccountGone));
        assert!(shown.may.mark_sent && !shown.may.send && !shown.may.retry, "{:?}", shown.may);
        let by_hand_only = Err(AppError::Refused(Refusal::OnlyByHand));
        assert_eq!(send_owed(&line.owner, line.refund).await, by_hand_only);
        line.send().await;
        assert_eq!(line.reversals().await, 0, "the job has nothing more to do");

        mark_sent(&line.owner, line.refund, &GivenBack::Sent("UK23HAND01".into())).await.unwrap();
        assert_eq!(line.status().await, ("processed".into(), None));
        invariants::hold(&line.story.everything).await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn an_operator_that_mpesa_takes_no_more_leaves_it_to_a_person_where_no_page_can_mend_it() {
    for code in ["2001", "8006", "21"] {
        let line = line().await;
        line.story.change_account().await;
        line.story.script(json!({ "operation": "reversal", "result_code": code })).await;
        line.send().await;
        line.until_heard(1).await;
        let row: (String, String, Option<String>) = line.story.row("select status, way, failure from refunds").await;
        assert_eq!(row, ("pending".into(), "manual".into(), Some("account_gone".into())), "{code}");
        assert_eq!(line.reversals().await, 1);
        assert_eq!(places(&line.story).await, (0, 365_000, 0, 0, -365_000), "it is still owed");
        assert_eq!(line.story.count("payment_audit where event_type = 'refund_failed'").await, 1);
        mark_sent(&line.owner, line.refund, &GivenBack::Sent("UK23HAND01".into())).await.unwrap();
        assert_eq!(line.status().await, ("processed".into(), None));
        invariants::hold(&line.story.everything).await;
    }
    // What is not about the keys is said as it is, and can be tried again.
    let line = line().await;
    line.story.change_account().await;
    line.story.script(json!({ "operation": "reversal", "result_code": "1" })).await;
    line.send().await;
    line.until_heard(1).await;
    assert_eq!(line.status().await, ("failed".into(), Some("low_balance".into())));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_failed_refund_is_not_tried_again_with_an_account_that_never_had_the_money() {
    let line = line().await;
    line.story.script(json!({ "operation": "reversal", "result_code": "1" })).await;
    line.send().await;
    line.until_heard(1).await;
    assert_eq!(line.status().await, ("failed".into(), Some("low_balance".into())));
    line.story.change_account().await;
    line.story.write(&format!("update mpesa_accounts set initiator_name = null where id = '{FORMER}'")).await;
    retry(&line.owner, line.refund).await.unwrap();
    let row: (String, String) = line.story.row("select status, way from refunds").await;
    assert_eq!(row, ("pending".into(), "manual".into()));
    invariants::hold(&line.story.everything).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn money_of_a_former_account_without_an_operator_is_asked_for_by_hand_at_once() {
    let story = Story::begin().await;
    let placed = paid_order(&story).await;
    let owner = member(&story, Role::Owner).await;
    story.change_account().await;
    ask(&owner, placed.order, &asked(all()), 3_650).await.unwrap();
    assert_eq!(story.row::<(String,)>("select way from refunds").await.0, "manual");
    story.work().await;
    assert_eq!(story.requests_to("/mpesa/reversal/").await, 0);
    invariants::hold(&story.everything).await;
}
