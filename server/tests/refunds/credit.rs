//! Money that was too much: sent back, or kept as the customer's credit and used on their next order.

use super::{
    shop::{member, money_lands, open_order, paid_order, picture, places},
    story::Story,
};
use duka::{
    checkout::{
        refunds::{
            by_hand::{GivenBack, give_up, mark_sent},
            credit::{look, turn_into_credit, use_credit},
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
async fn credit_pays_for_the_next_order_and_only_for_what_it_lacks() {
    let story = Story::begin().await;
    let refund = paid_twice(&story, 4_000).await;
    let staff = member(&story, Role::Staff).await;
    turn_into_credit(&staff, refund).await.unwrap();
    turn_into_credit(&staff, refund).await.unwrap();
    assert_eq!(places(&story).await, (365_000, 0, 400_000, 0, -765_000));
    assert_eq!(today::load(&staff).await.unwrap().today.money, Money::shillings(7_650), "credit has not left the shop");
    let row: (String, String) = story.row("select status, way from refunds").await;
    assert_eq!(row, ("processed".into(), "credit".into()));

    let next = open_order(&story).await;
    let found = look(&staff, next.order).await.unwrap();
    assert_eq!((found.credit, found.missing), (Money::shillings(4_000), Money::shillings(3_650)));
    let before = picture(&story).await;
    assert_eq!(use_credit(&staff, next.order, Money::shillings(4_000)).await, Err(AppError::ChangedMeanwhile));
    let viewer = member(&story, Role::Viewer).await;
    assert_eq!(use_credit(&viewer, next.order, Money::shillings(3_650)).await, Err(AppError::NotPermitted));
    let stranger = story.stranger().await;
    let foreign = member(&stranger, Role::Owner).await;
    assert_eq!(use_credit(&foreign, next.order, Money::shillings(3_650)).await, Err(AppError::NotFound));
    assert_eq!(picture(&story).await, before);

    assert_eq!(use_credit(&staff, next.order, Money::shillings(3_650)).await, Ok(Settled::Paid));
    assert_eq!(places(&story).await, (730_000, 0, 35_000, 0, -765_000));
    let order: (String, String) =
        story.row(&format!("select status, payment_status from orders where id = '{}'", next.order)).await;
    assert_eq!(order, ("paid".into(), "paid".into()));
    let again = use_credit(&staff, next.order, Money::shillings(350)).await;
    assert_eq!(again, Err(AppError::Refused(Refusal::NothingToPay)));
    assert_eq!(story.count("audit_log where action = 'credit_used'").await, 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn credit_that_is_too_little_pays_a_part() {
    let story = Story::begin().await;
    let refund = paid_twice(&story, 400).await;
    let staff = member(&story, Role::Staff).await;
    turn_into_credit(&staff, refund).await.unwrap();
    let next = open_order(&story).await;
    let hands: Vec<_> = (0..4)
        .map(|_| {
            let ctx = staff.clone();
            tokio::spawn(async move { use_credit(&ctx, next.order, Money::shillings(400)).await })
        })
        .collect();
    let mut used = 0;
    for hand in hands {
        match hand.await.unwrap() {
            Ok(settled) => {
                assert_eq!(settled, Settled::PaidInPart);
                used += 1;
            }
            Err(error) => assert_eq!(error, AppError::Refused(Refusal::MoneyIsNotThere)),
        }
    }
    assert_eq!(used, 1);
    assert_eq!(places(&story).await, (405_000, 0, 0, 0, -405_000));
    let (state,): (String,) =
        story.row(&format!("select payment_status from orders where id = '{}'", next.order)).await;
    assert_eq!(state, "partial");
}
