//! Decisions about money in the inbox when many come at once: each shilling goes one way only.

use crate::{
    invariants,
    provider::{address_of, confirm, told},
    story::Story,
};
use duka::{
    checkout::{
        forms::CheckoutForm,
        inbox::{Assignment, Credit, Handled, Return, assign, credit, give_back, use_credit},
        place_order::Placed,
        settle_payment::Settled,
    },
    ctx::Ctx,
    error::{AppError, Refusal},
    kernel::{
        access::{Actor, Role},
        id::{PaymentId, RefundId, UserId},
        money::Money,
        phone::Phone,
    },
    pages::dashboard::order::load,
};
use uuid::Uuid;

/// The owner, deciding.
async fn owner(story: &Story) -> Ctx {
    let user = UserId::mint();
    story
        .write(&format!(
            "insert into users (tenant_id, id, email, name, role) values ('{}', '{user}', '{user}@duka.test', 'Owner', 'owner')",
            story.tenant()
        ))
        .await;
    Ctx::new(story.platform.clone(), story.tenant(), Actor::Member { user, role: Role::Owner })
}

/// An order of KSh 1,150 to be paid by hand.
async fn order(story: &Story) -> Placed {
    let cart = story.cart(&[(0, 1)]).await;
    let form = CheckoutForm { payment_method: "mpesa_paybill".into(), ..story.form(1_150) };
    story.place(&cart, form).await.unwrap()
}

/// So many shillings that nobody knows what for.
async fn money(story: &Story, shillings: i64) -> PaymentId {
    let token = address_of(story).await;
    confirm(story, &token, &told("UD25M0RR7C", shillings, "shopping")).await;
    story.row::<(Uuid,)>("select id from payments").await.0.into()
}

fn some(payment: PaymentId, shillings: i64, seen: i64) -> Handled {
    Handled { payment, amount: Money::shillings(shillings), seen: Money::shillings(seen) }
}

async fn held(story: &Story, place: &str) -> i64 {
    story
        .row::<(i64,)>(&format!(
            "select coalesce(sum(amount_cents), 0)::bigint from ledger_entries where place = '{place}'"
        ))
        .await
        .0
}

#[tokio::test(flavor = "multi_thread")]
async fn the_same_press_ten_times_at_once_is_one_assignment() {
    let story = Story::begin().await;
    let placed = order(&story).await;
    let payment = money(&story, 2_300).await;
    let ctx = owner(&story).await;
    let presses: Vec<_> = (0..10)
        .map(|_| {
            let ctx = ctx.clone();
            tokio::spawn(async move {
                assign(&ctx, Assignment { money: some(payment, 1_150, 2_300), order: placed.order }).await
            })
        })
        .collect();
    let mut paid = 0;
    for press in presses {
        paid += i32::from(press.await.unwrap().unwrap() == Settled::Paid);
    }
    assert_eq!(paid, 1);
    assert_eq!((held(&story, "order").await, held(&story, "inbox").await), (115_000, 115_000));
    assert_eq!(story.count("refunds").await, 0);
    assert_eq!(story.count("audit_log where action = 'money_assigned'").await, 1);
    invariants::hold(&story.everything).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn an_order_a_credit_and_a_refund_at_once_take_the_money_once() {
    let story = Story::begin().await;
    let placed = order(&story).await;
    let payment = money(&story, 1_150).await;
    let ctx = owner(&story).await;
    let all = some(payment, 1_150, 1_150);
    let phone = Phone::parse("0799888777").unwrap();
    let (to_order, to_credit, back) = tokio::join!(
        assign(&ctx, Assignment { money: all, order: placed.order }),
        async { credit(&ctx, &Credit { money: all, phone }).await.map(drop) },
        async { give_back(&ctx, &Return { money: all, reason: None, key: RefundId::mint() }).await.map(drop) },
    );
    let outcomes = [to_order.map(drop), to_credit, back];
    assert_eq!(outcomes.iter().filter(|outcome| outcome.is_ok()).count(), 1, "{outcomes:?}");
    assert!(outcomes.iter().all(|outcome| matches!(outcome, Ok(()) | Err(AppError::ChangedMeanwhile))), "{outcomes:?}");
    let places = [held(&story, "order").await, held(&story, "credit").await, held(&story, "refund").await];
    assert_eq!(places.iter().sum::<i64>(), 115_000);
    assert_eq!(held(&story, "inbox").await, 0);
    invariants::hold(&story.everything).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_paid_order_takes_no_more_from_the_inbox() {
    let story = Story::begin().await;
    let placed = order(&story).await;
    let payment = money(&story, 2_300).await;
    let ctx = owner(&story).await;
    let first = assign(&ctx, Assignment { money: some(payment, 1_150, 2_300), order: placed.order }).await;
    assert_eq!(first, Ok(Settled::Paid));
    let other = order(&story).await;
    assign(&ctx, Assignment { money: some(payment, 100, 1_150), order: other.order }).await.unwrap();
    let refused = assign(&ctx, Assignment { money: some(payment, 1_050, 1_050), order: placed.order }).await;
    assert_eq!(refused, Err(AppError::Refused(Refusal::NothingToPay)));
    assert_eq!((held(&story, "order").await, held(&story, "inbox").await), (125_000, 105_000));
    invariants::hold(&story.everything).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_an_order_does_not_lack_is_owed_back() {
    let story = Story::begin().await;
    let placed = order(&story).await;
    let payment = money(&story, 1_200).await;
    let ctx = owner(&story).await;
    let settled = assign(&ctx, Assignment { money: some(payment, 1_200, 1_200), order: placed.order }).await;
    assert_eq!(settled, Ok(Settled::Paid));
    assert_eq!(
        (held(&story, "order").await, held(&story, "refund").await, held(&story, "inbox").await),
        (115_000, 5_000, 0)
    );
    invariants::hold(&story.everything).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_customers_credit_pays_an_order_once_and_only_what_it_lacks() {
    let story = Story::begin().await;
    let placed = order(&story).await;
    let payment = money(&story, 2_000).await;
    let ctx = owner(&story).await;
    let phone = Phone::parse("0711223344").unwrap();
    credit(&ctx, &Credit { money: some(payment, 2_000, 2_000), phone }).await.unwrap();
    let presses = (0..5).map(|_| {
        let ctx = ctx.clone();
        tokio::spawn(async move { use_credit(&ctx, placed.order, Money::shillings(2_000)).await })
    });
    let mut paid = 0;
    for press in presses.collect::<Vec<_>>() {
        match press.await.unwrap() {
            Ok(settled) => {
                assert_eq!(settled, Settled::Paid);
                paid += 1;
            }
            Err(error) => assert_eq!(error, AppError::Refused(Refusal::NothingToPay)),
        }
    }
    assert_eq!(paid, 1);
    assert_eq!((held(&story, "order").await, held(&story, "credit").await), (115_000, 85_000));
    let other = order(&story).await;
    assert_eq!(use_credit(&ctx, other.order, Money::shillings(2_000)).await, Err(AppError::ChangedMeanwhile));
    assert_eq!(use_credit(&ctx, other.order, Money::shillings(850)).await, Ok(Settled::PaidInPart));
    assert_eq!((held(&story, "order").await, held(&story, "credit").await), (200_000, 0));
    assert_eq!(story.count("audit_log where action = 'credit_used'").await, 2);
    let shown = load(&ctx, other.order).await.unwrap();
    assert_eq!((shown.by_credit, shown.missing), (Money::shillings(850), Money::shillings(300)));
    assert_eq!(load(&ctx, placed.order).await.unwrap().by_credit, Money::shillings(1_150));
    invariants::hold(&story.everything).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn nobody_moves_money_without_the_right_to() {
    let story = Story::begin().await;
    let placed = order(&story).await;
    let payment = money(&story, 1_150).await;
    let all = some(payment, 1_150, 1_150);
    let as_role = |role| Actor::Member { user: UserId::mint(), role };
    for actor in [Actor::Shopper, as_role(Role::Viewer)] {
        let ctx = Ctx::new(story.platform.clone(), story.tenant(), actor);
        let refused = assign(&ctx, Assignment { money: all, order: placed.order }).await;
        assert_eq!(refused, Err(AppError::NotPermitted), "{actor:?}");
        let phone = Phone::parse("0799888777").unwrap();
        assert_eq!(credit(&ctx, &Credit { money: all, phone }).await, Err(AppError::NotPermitted), "{actor:?}");
        let used = use_credit(&ctx, placed.order, Money::shillings(1)).await;
        assert_eq!(used, Err(AppError::NotPermitted), "{actor:?}");
    }
    for actor in [Actor::Shopper, as_role(Role::Viewer), as_role(Role::Staff)] {
        let ctx = Ctx::new(story.platform.clone(), story.tenant(), actor);
        let wanted = Return { money: all, reason: None, key: RefundId::mint() };
        assert_eq!(give_back(&ctx, &wanted).await, Err(AppError::NotPermitted), "{actor:?}");
    }
    assert_eq!(held(&story, "inbox").await, 115_000);
    assert_eq!(story.count("customers where phone = '+254799888777'").await, 0);
    invariants::hold(&story.everything).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn money_of_a_former_number_goes_back_by_that_numbers_operator_or_by_hand() {
    for (who_lost_the_operator, way) in [("is_active", "reversal"), ("not is_active", "manual")] {
        let story = Story::begin().await;
        story.use_operator("dukaapi", "Safe#2026").await;
        let payment = money(&story, 700).await;
        let ctx = owner(&story).await;
        story.write("update mpesa_accounts set is_active = false, proved_at = now()").await;
        story
            .write(
                "insert into mpesa_accounts (tenant_id, short_code, consumer_key_sealed, consumer_secret_sealed, initiator_name, initiator_password_sealed)
                 select tenant_id, '600111', consumer_key_sealed, consumer_secret_sealed, initiator_name, initiator_password_sealed from mpesa_accounts",
            )
            .await;
        story.write(&format!("update mpesa_accounts set initiator_name = null where {who_lost_the_operator}")).await;
        let back = Return { money: some(payment, 700, 700), reason: None, key: RefundId::mint() };
        give_back(&ctx, &back).await.unwrap();
        assert_eq!(story.row::<(String,)>("select way from refunds").await.0, way);
        invariants::hold(&story.everything).await;
    }
}
