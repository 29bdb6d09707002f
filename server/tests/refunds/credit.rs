//! Money that was too much: sent back, or kept as the customer's credit.

use super::{
    shop::{member, money_lands, paid_order, picture, places},
    story::Story,
};
use duka::{
    checkout::{
        refunds::{
            by_hand::{GivenBack, give_up, mark_sent},
            credit::turn_into_credit,
        },
        settle_payment::Settled,
    },
    error::{AppError, Refusal},
    kernel::{access::Role, id::RefundId, money::Money},
    pages::dashboard::{
        refunds::{Shown, load},
        today,
    },
};

/// An order that was paid twice, and the refund that waits for a person.
async fn paid_twice(story: &Story, shillings: i64) -> RefundId {
    let placed = paid_order(story).await;
    let landed = money_lands(story, placed.order, "UK23TWICE0", shillings).await;
    assert_eq!(landed.settled, Settled::PaidTooLate);
    story.row::<(uuid::Uuid,)>("select id from refunds where kind = 'excess'").await.0.into()
}

#[tokio::test(flavor = "multi_thread")]
async fn what_was_too_much_is_in_the_list_and_goes_back_with_a_receipt() {
    let story = Story::begin().await;
    let refund = paid_twice(&story, 400).await;
    let (owner, staff) = (member(&story, Role::Owner).await, member(&story, Role::Staff).await);
    let list = load(&staff, Shown::Open, 1).await.unwrap();
    assert_eq!((list.rows.len(), list.open), (1, Money::shillings(400)));
    let may = list.rows[0].may;
    assert!(may.mark_sent && may.credit && !may.give_up && !may.retry, "{may:?}");
    let before = picture(&story).await;
    assert_eq!(give_up(&owner, refund).await, Err(AppError::Refused(Refusal::NotOursToKeep)));
    assert_eq!(picture(&story).await, before);
    mark_sent(&staff, refund, &GivenBack::Sent("UK23SENT01".into())).await.unwrap();
    assert_eq!(places(&story).await, (365_000, 0, 0, 0, -365_000));
    let order: (String, String) = story.row("select status, payment_status from orders").await;
    assert_eq!(order, ("paid".into(), "paid".into()));
    let worth: (i64,) = story.row("select lifetime_value_cents from customers").await;
    assert_eq!(worth.0, 365_000, "it had never counted");
    assert_eq!(load(&staff, Shown::Open, 1).await.unwrap().rows.len(), 0);
    assert_eq!(load(&staff, Shown::Ended, 1).await.unwrap().rows.len(), 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_kept_as_credit_has_not_left_the_shop() {
    let story = Story::begin().await;
    let refund = paid_twice(&story, 4_000).await;
    let staff = member(&story, Role::Staff).await;
    turn_into_credit(&staff, refund).await.unwrap();
    turn_into_credit(&staff, refund).await.unwrap();
    assert_eq!(places(&story).await, (365_000, 0, 400_000, 0, -765_000));
    assert_eq!(today::load(&staff).await.unwrap().today.money, Money::shillings(7_650), "credit has not left the shop");
    let row: (String, String) = story.row("select status, way from refunds").await;
    assert_eq!(row, ("processed".into(), "credit".into()));
    let stranger = story.stranger().await;
    let before = picture(&story).await;
    let ended = Err(AppError::Refused(Refusal::RefundEnded));
    assert_eq!(mark_sent(&staff, refund, &GivenBack::Sent("UK23SENT01".into())).await, ended);
    assert_eq!(give_up(&member(&story, Role::Owner).await, refund).await, ended);
    assert_eq!(turn_into_credit(&member(&story, Role::Viewer).await, refund).await, Err(AppError::NotPermitted));
    assert_eq!(turn_into_credit(&member(&stranger, Role::Owner).await, refund).await, Err(AppError::NotFound));
    assert_eq!(picture(&story).await, before);
    let acts = "(select distinct action from audit_log where action in ('refund_credited')) acts";
    assert_eq!(story.count(acts).await, 1, "each is in the log");
}
