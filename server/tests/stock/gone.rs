//! Goods held for an order that staff give back: the order is closed with them, and never while it is being paid.

use super::{at_once::pay, invariants, story::Story};
use duka::{
    checkout::{release_goods::release_goods, settle_payment::Settled},
    ctx::Ctx,
    error::{AppError, Refusal},
    kernel::access::{Actor, Role},
    kernel::id::{OrderId, UserId},
};

fn staff(story: &Story) -> Ctx {
    Ctx::new(story.platform.clone(), story.tenant(), Actor::Program)
}

async fn place_for_cash(story: &Story) -> OrderId {
    let cart = story.cart(&[(0, 4)]).await;
    let form = duka::checkout::forms::CheckoutForm { payment_method: "cod".into(), ..story.form(4_150) };
    story.place(&cart, form).await.unwrap().order
}

#[tokio::test(flavor = "multi_thread")]
async fn goods_that_are_given_back_close_their_order() {
    let story = Story::begin().await;
    let order = place_for_cash(&story).await;
    release_goods(&staff(&story), order).await.unwrap();
    let row: (String, String) =
        story.row(&format!("select status, payment_status from orders where id = '{order}'")).await;
    assert_eq!(row, ("cancelled".into(), "unpaid".into()));
    assert_eq!(story.count("stock_holds where released_at is null").await, 0);
    assert_eq!(story.count("audit_log where action = 'goods_released'").await, 1);
    assert_eq!(
        release_goods(&staff(&story), order).await,
        Err(AppError::Refused(Refusal::NothingToPay)),
        "a second time there is nothing to give back"
    );
    assert_eq!(story.count("audit_log where action = 'goods_released'").await, 1);
    invariants::hold(&story.everything).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn goods_are_not_taken_from_somebody_who_is_paying_or_has_paid() {
    let story = Story::begin().await;
    let cart = story.cart(&[(0, 1)]).await;
    let placed = story.place(&cart, story.form(1_150)).await.unwrap();
    let staff = staff(&story);
    assert_eq!(release_goods(&staff, placed.order).await, Err(AppError::Refused(Refusal::PromptStillOpen)));
    assert_eq!(story.count("stock_holds where released_at is null and expires_at > now()").await, 1);
    assert_eq!(pay(&story, &placed).await, Settled::Paid);
    assert_eq!(release_goods(&staff, placed.order).await, Err(AppError::Refused(Refusal::NothingToPay)));
    assert_eq!(story.count("orders where status = 'paid'").await, 1);
    assert_eq!(story.count("audit_log where action = 'goods_released'").await, 0);
    invariants::hold(&story.everything).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn nobody_gives_back_another_merchants_goods_or_may_as_a_viewer() {
    let story = Story::begin().await;
    let order = place_for_cash(&story).await;
    let stranger = story.stranger().await;
    assert_eq!(release_goods(&self::staff(&stranger), order).await, Err(AppError::NotFound));
    let viewer = Actor::Member { user: UserId::mint(), role: Role::Viewer };
    let viewer = Ctx::new(story.platform.clone(), story.tenant(), viewer);
    assert_eq!(release_goods(&viewer, order).await, Err(AppError::NotPermitted));
    assert_eq!(story.count("stock_holds where released_at is null and expires_at > now()").await, 1);
    assert_eq!(story.count("orders where status = 'pending'").await, 1);
}
