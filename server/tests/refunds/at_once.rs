//! Two people, one order; one form, sent many times: the same shilling is given back once.

use super::{
    invariants,
    shop::{all, ask, asked, goodwill, member, paid_order, picture, places},
    slow_line::SlowLine,
    story::Story,
};
use duka::{
    checkout::{
        place_order::Placed,
        refunds::by_hand::{GivenBack, give_up, mark_sent},
    },
    ctx::Platform,
    db::Db,
    error::{AppError, Refusal},
    kernel::{
        access::Role,
        field_errors::{FieldErrors, FieldProblem},
    },
};
use std::{sync::Arc, time::Duration};

#[tokio::test(flavor = "multi_thread")]
async fn of_two_refunds_of_six_tenths_at_once_one_is_asked() {
    let story = Story::begin().await;
    let placed = paid_order(&story).await;
    one_of_two_is_asked(&story, &story, &placed).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn of_two_refunds_of_six_tenths_at_once_over_a_slow_line_one_is_asked() {
    let story = Story::begin().await;
    let placed = paid_order(&story).await;
    // Every answer of the database is late, so that one asks while the other is still under way.
    let line = SlowLine::later(&story.app_url(), Duration::from_millis(100)).await;
    let mut far = story.clone();
    far.platform = Arc::new(Platform { db: Db::open(&line.address, 4).unwrap(), ..(*story.platform).clone() });
    one_of_two_is_asked(&story, &far, &placed).await;
}

/// Both ask from the end of the line that `far` is at; who is told to try again presses again.
async fn one_of_two_is_asked(story: &Story, far: &Story, placed: &Placed) {
    let order = placed.order;
    let owners = [member(far, Role::Owner).await, member(far, Role::Owner).await];
    let hands: Vec<_> = owners
        .into_iter()
        .map(|ctx| {
            let form = asked(goodwill(2_190));
            tokio::spawn(async move {
                for _ in 0..4 {
                    let ended = ask(&ctx, order, &form, 2_190).await;
                    if !matches!(ended, Err(AppError::TryAgain { .. })) {
                        return ended;
                    }
                }
                panic!("nobody comes through");
            })
        })
        .collect();
    let mut refused = Vec::new();
    for hand in hands {
        refused.extend(hand.await.unwrap().err());
    }
    assert_eq!(refused, [AppError::Invalid(FieldErrors::one("goodwill", FieldProblem::TooHigh))]);
    assert_eq!(places(story).await, (146_000, 219_000, 0, 0, -365_000));
    assert_eq!(story.count("refunds").await, 1);
    invariants::hold(&story.everything).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_form_that_is_sent_eight_times_is_one_refund() {
    let story = Story::begin().await;
    let placed = paid_order(&story).await;
    let owner = member(&story, Role::Owner).await;
    let form = asked(goodwill(500));
    let hands: Vec<_> = (0..8)
        .map(|_| {
            let (ctx, form) = (owner.clone(), form.clone());
            tokio::spawn(async move { ask(&ctx, placed.order, &form, 500).await })
        })
        .collect();
    for hand in hands {
        assert_eq!(hand.await.unwrap(), Ok(form.refund));
    }
    assert_eq!((story.count("refunds").await, story.count("mails where kind = 'refund_asked'").await), (1, 1));
    assert_eq!(places(&story).await, (315_000, 50_000, 0, 0, -365_000));
    // The same form with another sum in it is no repeat.
    let before = picture(&story).await;
    assert_eq!(ask(&owner, placed.order, &form, 600).await, Err(AppError::ChangedMeanwhile));
    assert_eq!(picture(&story).await, before);
}

#[tokio::test(flavor = "multi_thread")]
async fn who_sends_it_and_who_gives_it_up_at_once_are_one_after_the_other() {
    let story = Story::begin().await;
    let placed = paid_order(&story).await;
    let (owner, staff) = (member(&story, Role::Owner).await, member(&story, Role::Staff).await);
    let refund = ask(&owner, placed.order, &asked(all()), 3_650).await.unwrap();
    let sends = tokio::spawn(async move { mark_sent(&staff, refund, &GivenBack::Sent("UK23SENT01".into())).await });
    let gives_up = tokio::spawn(async move { give_up(&owner, refund).await });
    let ends = (sends.await.unwrap(), gives_up.await.unwrap());
    let ended = Err(AppError::Refused(Refusal::RefundEnded));
    if ends.0.is_ok() {
        assert_eq!(ends.1, ended);
        assert_eq!(places(&story).await, (0, 0, 0, 0, 0));
    } else {
        assert_eq!(ends, (ended, Ok(())));
        assert_eq!(places(&story).await, (365_000, 0, 0, 0, -365_000));
    }
}
