//! Staff take something off one order that nobody has paid yet: what follows from it, and when it is refused.

use super::{invariants, story::Story};
use duka::{
    checkout::{
        discount_order::{GivenDiscount, discount_order},
        forms::CheckoutForm,
        move_order::move_order,
        place_order::Placed,
    },
    ctx::Ctx,
    error::{AppError, Refusal},
    kernel::{
        access::{Actor, Role},
        field_errors::{FieldErrors, FieldProblem},
        id::UserId,
        money::Money,
    },
    orders::status::OrderStatus,
};
use serde_json::json;

async fn member(story: &Story, role: Role) -> Ctx {
    let user = UserId::mint();
    story
        .write(&format!(
            "insert into users (tenant_id, id, email, role) values ('{}', '{user}', '{user}@mama-njeri.test', '{}')",
            story.tenant(),
            role.as_str()
        ))
        .await;
    Ctx::new(story.platform.clone(), story.tenant(), Actor::Member { user, role })
}

fn off(shillings: i64) -> GivenDiscount {
    GivenDiscount { amount: Money::shillings(shillings), reason: "a scratch on the box".into() }
}

async fn cash_order(story: &Story) -> Placed {
    story.write("update stores set is_vat_registered = true, vat_basis_points = 1600").await;
    let cart = story.cart(&[(0, 1), (1, 2)]).await;
    let form = CheckoutForm { payment_method: "cod".into(), ..story.form(4_150) };
    story.place(&cart, form).await.unwrap()
}

type Sums = (i64, i64, i64, i64, i32);

async fn sums(story: &Story) -> Sums {
    story.row("select subtotal_cents, discount_cents, total_cents, tax_cents, version from orders").await
}

#[tokio::test(flavor = "multi_thread")]
async fn lines_tax_history_and_what_is_to_be_paid_follow() {
    let story = Story::begin().await;
    let placed = cash_order(&story).await;
    let staff = member(&story, Role::Staff).await;
    discount_order(&staff, placed.order, 1, &off(400)).await.unwrap();
    assert_eq!(sums(&story).await, (400_000, 40_000, 375_000, 51_724, 2));
    let lines: Vec<(i64,)> = sqlx::query_as("select line_total_cents from order_items order by unit_price_cents")
        .fetch_all(&story.everything)
        .await
        .unwrap();
    assert_eq!(lines, [(90_000,), (270_000,)]);
    let asked: (i64, i64) = story
        .row("select p.amount_cents, i.amount_cents from payments p join payment_intents i on i.order_id = p.order_id")
        .await;
    assert_eq!(asked, (375_000, 375_000));
    let history = "order_status_history where from_status = 'pending' and to_status = 'pending' and note = 'a scratch on the box' and changed_by is not null";
    assert_eq!(story.count(history).await, 1);
    assert_eq!(
        story.count("audit_log where action = 'order_discounted' and details ->> 'amount_cents' = '40000'").await,
        1
    );
    discount_order(&staff, placed.order, 2, &off(100)).await.unwrap();
    assert_eq!(sums(&story).await.1, 50_000, "a second comes on top of the first");
    for to in [OrderStatus::Packing, OrderStatus::Dispatched, OrderStatus::Delivered] {
        let version = sums(&story).await.4;
        move_order(&staff, placed.order, version, to, None).await.unwrap();
    }
    let paid: (i64,) = story.row("select paid_amount_cents from payments where status = 'succeeded'").await;
    assert_eq!(paid.0, 365_000);
    let late = discount_order(&staff, placed.order, sums(&story).await.4, &off(100)).await;
    assert_eq!(late, Err(AppError::Refused(Refusal::NothingToPay)));
}

#[tokio::test(flavor = "multi_thread")]
async fn what_cannot_be_given_changes_nothing() {
    let story = Story::begin().await;
    let placed = cash_order(&story).await;
    let before = sums(&story).await;
    let staff = member(&story, Role::Staff).await;
    let viewer = member(&story, Role::Viewer).await;
    let stranger = story.stranger().await;
    let foreign = Ctx::new(story.platform.clone(), stranger.tenant(), Actor::Program);
    let too_much = AppError::Invalid(FieldErrors::one("amount", FieldProblem::TooHigh));
    for (ctx, version, shillings, why) in [
        (&viewer, 1, 100, AppError::NotPermitted),
        (&foreign, 1, 100, AppError::NotFound),
        (&staff, 2, 100, AppError::ChangedMeanwhile),
        (&staff, 1, 4_000, too_much.clone()),
        (&staff, 1, 9_000, too_much),
    ] {
        assert_eq!(discount_order(ctx, placed.order, version, &off(shillings)).await, Err(why));
    }
    assert_eq!(sums(&story).await, before);
    assert_eq!(story.count("audit_log where action = 'order_discounted'").await, 0);
    invariants::hold(&story.everything).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn late_money_of_a_dearer_prompt_pays_the_order_and_the_rest_is_owed() {
    let story = Story::begin().await;
    let staff = member(&story, Role::Staff).await;
    story.script(json!({ "result_code": 1032, "query_result_code": "0" })).await;
    let placed = story.buy(1).await;
    story.until_settled(&placed).await;
    let version = sums(&story).await.4;
    discount_order(&staff, placed.order, version, &off(100)).await.unwrap();
    story.forge(&placed, 0, 1_150).await;
    story.work().await;
    let order: (String, i64) = story.row("select payment_status, total_cents from orders").await;
    assert_eq!(order, ("paid".into(), 105_000));
    let owed: (i64, String) = story.row("select amount_cents, status from refunds").await;
    assert_eq!(owed, (10_000, "pending".into()));
    invariants::hold(&story.everything).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn while_a_prompt_is_open_the_sum_stays_and_after_it_failed_the_next_asks_for_less() {
    let story = Story::begin().await;
    let staff = member(&story, Role::Staff).await;
    story.script(json!({ "result_code": 1032 })).await;
    let placed = story.buy(1).await;
    let open = discount_order(&staff, placed.order, 1, &off(100)).await;
    assert_eq!(open, Err(AppError::Refused(Refusal::PromptStillOpen)));
    story.until_settled(&placed).await;
    let version = sums(&story).await.4;
    discount_order(&staff, placed.order, version, &off(100)).await.unwrap();
    story.script(json!({ "result_code": 0 })).await;
    story.pay_again(&placed).await.unwrap();
    story.until_settled(&placed).await;
    let paid: (String, i64) =
        story.row("select o.payment_status, p.paid_amount_cents from orders o join payments p on p.order_id = o.id where p.status = 'succeeded'").await;
    assert_eq!(paid, ("paid".into(), 105_000));
    invariants::hold(&story.everything).await;
}
