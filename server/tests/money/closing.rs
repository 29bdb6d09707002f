//! The daily close: a day with everything in it comes to zero, and what does not is a gap for a person.

use super::{
    bank::{KINDS, advance, arrive, ask_for_list, close, close_all, pay_unheard, program, prompted_in_silence},
    invariants,
    story::Story,
};
use chrono::TimeDelta;
use duka::{
    checkout::close::gaps::close_gap,
    ctx::Ctx,
    error::{AppError, Refusal},
    kernel::{
        access::{Actor, Role},
        id::{CloseGapId, UserId},
        money::Money,
    },
    pages::dashboard::payments::close::load,
};
use serde_json::json;

/// The hour from which a day is closed.
const NIGHT: TimeDelta = TimeDelta::hours(27);

/// Paid, paid too much, in parts, to the inbox, twice, and not at all.
async fn a_day_of_everything(story: &Story) {
    ask_for_list(story).await;
    story.set_stock(0, 100).await;
    story.script(json!({ "result_code": 0 })).await;
    for _ in 0..3 {
        let placed = story.buy(1).await;
        story.until_settled(&placed).await;
    }
    for code in [1032, 1, 1037] {
        story.script(json!({ "result_code": code })).await;
        let placed = story.buy(1).await;
        story.until_settled(&placed).await;
    }
    story.script(json!({ "result_code": 1032 })).await;
    let by_hand = story.buy(2).await;
    story.until_settled(&by_hand).await;
    for (shillings, order) in [(1_000, Some(by_hand.order)), (1_300, Some(by_hand.order)), (640, None)] {
        let receipt = pay_unheard(story, shillings, "by hand").await;
        arrive(story, &receipt, shillings, order).await;
    }
    let silent = prompted_in_silence(story, 0).await;
    story.ask(&silent).await;
    pay_unheard(story, 50, "asante").await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_day_with_everything_in_it_comes_to_zero() {
    for kind in KINDS {
        let story = Story::begin_with(kind).await;
        a_day_of_everything(&story).await;
        let closed = close_all(&story).await;
        // Yesterday was empty: the story's day is today, which is closed tonight.
        assert!(closed.iter().all(|day| day.difference.is_zero() && day.received == Money::shillings(0)), "{closed:?}");
        advance(&story, NIGHT).await;
        let closed = close(&story).await;
        assert!(closed.iter().all(duka::checkout::close::ClosedDay::is_zero), "{closed:?}");
        // Three and a silent one for 1,150; 1,000 and 1,300 by hand; 640 and 50 that nobody knows.
        let received: i64 = closed.iter().map(|day| day.received.minor()).sum();
        assert_eq!(received, Money::shillings(4 * 1_150 + 2_300 + 640 + 50).minor());
        let sums: (i64, i64, i64, i64, i64) = story
            .row("select sum(order_cents)::bigint / 100, sum(refund_cents)::bigint / 100, sum(inbox_cents)::bigint / 100, sum(credit_cents)::bigint, sum(returned_cents)::bigint from daily_closes")
            .await;
        assert_eq!(sums, (4 * 1_150 + 2_150, 150, 690, 0, 0));
        invariants::hold(&story.everything).await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_day_is_closed_once_and_a_night_that_was_missed_is_made_up_for() {
    let story = Story::begin().await;
    advance(&story, NIGHT).await;
    assert_eq!(close(&story).await.len(), 1);
    assert_eq!(close(&story).await.len(), 0, "once a night");
    advance(&story, TimeDelta::days(3)).await;
    assert_eq!(close(&story).await.len(), 3, "every day of the pause");
    advance(&story, TimeDelta::days(40)).await;
    assert_eq!(close(&story).await.len(), 14, "but not for ever");
    // A night that was cut short goes on where it stopped.
    story.write("update daily_closes set finished_at = null where day = (select max(day) from daily_closes)").await;
    assert_eq!(close(&story).await.len(), 1);
    assert_eq!(story.count("daily_closes where finished_at is null").await, 0);
    assert_eq!(
        story.count("daily_closes where list_problem = 'not_registered'").await,
        18,
        "without a list it says so"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn money_from_before_the_ledger_is_given_its_place_with_what_was_owed_of_it() {
    let story = Story::begin().await;
    story.script(json!({ "result_code": 1032 })).await;
    let placed = story.buy(1).await;
    story.until_settled(&placed).await;
    // As the version before wrote it: paid, twice, and the second sum owed; nothing in the ledger.
    story
        .write(&format!(
            "with once as (
                 insert into payments (tenant_id, order_id, method, amount_cents, paid_amount_cents, status, mpesa_receipt, completed_at, attempt_no)
                 select tenant_id, id, 'mpesa_paybill', total_cents, total_cents, 'succeeded', receipt, now(), 7
                 from orders, (values ('UKOLD00001'), ('UKOLD00002'), ('UKOLD00003')) r (receipt)
                 where orders.id = '{order}'
                 returning tenant_id, order_id, id, mpesa_receipt, amount_cents
             )
             insert into refunds (tenant_id, order_id, payment_id, amount_cents, reason, status)
             select tenant_id, order_id, id, amount_cents, 'paid twice', case when mpesa_receipt = 'UKOLD00003' then 'processed' else 'pending' end
             from once where mpesa_receipt <> 'UKOLD00001'",
            order = placed.order
        ))
        .await;
    story.write("update orders set status = 'paid', payment_status = 'paid'").await;
    close_all(&story).await;
    let places: (String,) = story
        .row("select string_agg(place || ' ' || cents / 100, ', ' order by place) from (select place, sum(amount_cents)::bigint as cents from ledger_entries group by place) p")
        .await;
    assert_eq!(places.0, "order 1150, outside -2300, refund 1150");
    assert_eq!(story.count("refunds where kind = 'excess'").await, 2);
    let booked: (i64,) = story.row("select sum(booked_count) from daily_closes").await;
    assert_eq!(booked.0, 3);
    close_all(&story).await;
    assert_eq!(story.count("ledger_entries").await, 12, "booked once");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_shilling_that_stands_nowhere_is_said_and_nothing_is_mended() {
    let story = Story::begin().await;
    arrive(&story, "UKS1LOST01", 300, None).await;
    // Past every rule: as a hand at the database could.
    story.write("update ledger_entries set amount_cents = amount_cents - 10000 where place = 'inbox'").await;
    advance(&story, NIGHT).await;
    let closed = close(&story).await;
    let differences: Vec<i64> = closed.iter().map(|day| day.difference.minor()).filter(|cents| *cents != 0).collect();
    assert_eq!(differences, [10_000]);
    assert!(closed.iter().any(|day| !day.is_zero()));
    close_all(&story).await;
    assert_eq!(story.count("ledger_entries").await, 2, "it shows, and does not mend");
    assert_eq!(story.count("daily_closes where difference_cents = 10000").await, 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_the_list_and_we_do_not_agree_on_is_a_gap_once_until_a_person_closes_it() {
    let story = Story::begin().await;
    ask_for_list(&story).await;
    // Ours, and M-Pesa has never heard of it.
    arrive(&story, "UKS1FALSE1", 300, None).await;
    // Both have it, with different sums.
    let real = pay_unheard(&story, 400, "x").await;
    arrive(&story, &real, 410, None).await;
    advance(&story, NIGHT).await;
    let closed = close(&story).await;
    assert_eq!((closed[0].gaps, closed[0].is_zero()), (2, false));
    close_all(&story).await;
    let gaps: (String,) = story
        .row("select string_agg(concat_ws(' ', kind, ours_cents / 100, listed_cents / 100), ', ' order by kind) from close_gaps")
        .await;
    assert_eq!(gaps.0, "amount 410 400, not_listed 300");

    let page = load(&program(&story), None).await.unwrap();
    assert_eq!(page.open_gaps.len(), 2);
    let gap = page.open_gaps[0].id;
    let user = UserId::mint();
    story
        .write(&format!(
            "insert into users (tenant_id, id, email, role) values ('{}', '{user}', 'staff@x.test', 'staff')",
            story.tenant()
        ))
        .await;
    let as_role = |role| Ctx::new(story.platform.clone(), story.tenant(), Actor::Member { user, role });
    let staff = as_role(Role::Staff);
    assert_eq!(close_gap(&as_role(Role::Viewer), gap, "x").await, Err(AppError::NotPermitted));
    assert_eq!(close_gap(&story.stranger().await.shop.ctx, gap, "x").await, Err(AppError::NotFound));
    assert_eq!(close_gap(&staff, CloseGapId::mint(), "x").await, Err(AppError::NotFound));
    assert_eq!(story.count("close_gaps where closed_at is not null").await, 0);
    close_gap(&staff, gap, "asked Safaricom").await.unwrap();
    close_gap(&staff, gap, "asked Safaricom").await.unwrap();
    assert_eq!(close_gap(&staff, gap, "something else").await, Err(AppError::Refused(Refusal::GapClosed)));
    assert_eq!(story.count("close_gaps where note = 'asked Safaricom'").await, 1);
    assert_eq!(story.count("audit_log where action = 'close_gap_closed'").await, 1);
    // The next night finds both again, and the closed one stays closed.
    close_all(&story).await;
    assert_eq!(story.count("close_gaps").await, 2);
    assert_eq!(story.count("close_gaps where closed_at is null").await, 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_gap_closes_by_itself_when_the_list_comes_to_agree() {
    let story = Story::begin().await;
    ask_for_list(&story).await;
    let receipt = pay_unheard(&story, 400, "x").await;
    arrive(&story, &receipt, 410, None).await;
    close_all(&story).await;
    assert_eq!(story.count("close_gaps where closed_at is null").await, 1);
    // Somebody mended the row.
    story.write("update payments set paid_amount_cents = 40000").await;
    close_all(&story).await;
    assert_eq!(story.count("close_gaps where closed_at is not null and closed_by is null and note is null").await, 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_provider_that_does_not_give_its_list_does_not_keep_the_day_open() {
    let story = Story::begin().await;
    ask_for_list(&story).await;
    arrive(&story, "UKS1ALONE1", 300, None).await;
    advance(&story, NIGHT).await;
    let fault = json!({ "provider": "mpesa", "kind": "500", "count": 5 });
    super::bank::control(&story, "fault", &fault).await;
    let closed = close(&story).await;
    assert!(closed[0].is_zero(), "what is not compared is no gap: {closed:?}");
    assert_eq!(story.count("daily_closes where list_problem = 'not_reached'").await, 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn nothing_of_another_merchant_is_closed_or_shown() {
    let story = Story::begin().await;
    let stranger = story.stranger().await;
    arrive(&stranger, "UKS1THEIRS", 300, None).await;
    close_all(&story).await;
    assert_eq!(story.count(&format!("daily_closes where tenant_id = '{}'", stranger.tenant())).await, 0);
    let own: (i64,) = story.row("select sum(received_cents)::bigint from daily_closes").await;
    assert_eq!(own.0, 0);
}
