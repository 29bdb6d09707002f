//! Asking for money back: what follows from it, and what is refused without a trace.

use super::{
    invariants,
    shop::{all, ask, asked, goodwill, item, member, money_lands, open_order, paid_order, picture, pieces, places},
    story::Story,
};
use duka::{
    checkout::refunds::asked::{Asked, pieces_field, restock_field},
    ctx::Ctx,
    error::{AppError, Refusal},
    kernel::{
        access::{Actor, Role},
        field_errors::{FieldErrors, FieldProblem},
        id::OrderItemId,
        money::Money,
    },
    orders::refund_shares::Wanted,
    pages::dashboard::today,
};

#[tokio::test(flavor = "multi_thread")]
async fn a_part_goes_back_with_its_shares_its_goods_and_a_mail() {
    let story = Story::begin().await;
    let placed = paid_order(&story).await;
    let owner = member(&story, Role::Owner).await;
    let first = item(&story, &placed, 0).await;
    let asked = Asked { restock: vec![first], ..asked(pieces(&[(first, 1)])) };
    let refund = ask(&owner, placed.order, &asked, 1_000).await.unwrap();
    let row: (i64, String, String, String, i64, i64, i64, i64) = story
        .row(&format!(
            "select amount_cents, kind, way, status, goods_cents, delivery_cents, discount_cents, tax_cents
             from refunds where id = '{refund}'"
        ))
        .await;
    assert_eq!(row, (100_000, "goods".into(), "manual".into(), "pending".into(), 100_000, 0, 0, 13_793));
    let line: (i32, i64, i64, bool) =
        story.row("select quantity, amount_cents, tax_cents, is_restocked from refund_lines").await;
    assert_eq!(line, (1, 100_000, 13_793, true));
    let moved: (i32, i32, String) = story
        .row(&format!("select change, balance_after, reference_type from inventory_movements where reason = 'refund' and reference_id = '{refund}'"))
        .await;
    assert_eq!(moved, (1, 9, "refund".into()));
    assert_eq!(places(&story).await, (265_000, 100_000, 0, 0, -365_000));
    let order: (String, String) = story.row("select status, payment_status from orders").await;
    assert_eq!(order, ("paid".into(), "paid".into()));
    let worth: (i64,) = story.row("select lifetime_value_cents from customers").await;
    assert_eq!(worth.0, 265_000);
    assert_eq!(story.count(&format!("mails where kind = 'refund_asked' and subject_id = '{refund}'")).await, 1);
    assert_eq!(story.count("mails where recipient like '%amina%'").await, 0, "the address is not copied");
    assert_eq!(story.count("payment_audit where event_type = 'refund_asked'").await, 1);
    let audited = "audit_log where action = 'refund_asked' and details ->> 'amount_cents' = '100000'";
    assert_eq!(story.count(audited).await, 1);
    assert_eq!(today::load(&owner).await.unwrap().today.money, Money::shillings(3_650), "it has not gone yet");
    invariants::hold(&story.everything).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn parts_come_back_until_nothing_is_left_and_never_more_than_was_paid() {
    let story = Story::begin().await;
    let placed = paid_order(&story).await;
    let owner = member(&story, Role::Owner).await;
    let (first, second) = (item(&story, &placed, 0).await, item(&story, &placed, 1).await);
    ask(&owner, placed.order, &asked(pieces(&[(first, 1), (second, 1)])), 2_500).await.unwrap();
    let delivery = Wanted { delivery: true, ..pieces(&[]) };
    ask(&owner, placed.order, &asked(delivery.clone()), 150).await.unwrap();
    let twice = ask(&owner, placed.order, &asked(delivery), 150).await;
    assert_eq!(twice, Err(AppError::Invalid(FieldErrors::one("delivery", FieldProblem::TooHigh))));
    let over = ask(&owner, placed.order, &asked(goodwill(1_001)), 1_001).await;
    assert_eq!(over, Err(AppError::Invalid(FieldErrors::one("goodwill", FieldProblem::TooHigh))));
    ask(&owner, placed.order, &asked(all()), 1_000).await.unwrap();
    let sums: (i64, i64) = story.row("select sum(amount_cents)::bigint, sum(tax_cents)::bigint from refunds").await;
    assert_eq!(sums, (365_000, 50_345), "all of the money and all of its VAT");
    let nothing = ask(&owner, placed.order, &asked(all()), 0).await;
    assert_eq!(nothing, Err(AppError::Invalid(FieldErrors::one("all", FieldProblem::TooHigh))));
    assert_eq!(places(&story).await, (0, 365_000, 0, 0, -365_000));
    let order: (String, String) = story.row("select status, payment_status from orders").await;
    assert_eq!(order, ("paid".into(), "paid".into()), "until it has been sent");
    invariants::hold(&story.everything).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_cannot_be_asked_changes_nothing() {
    let story = Story::begin().await;
    let placed = paid_order(&story).await;
    let (owner, staff, viewer) =
        (member(&story, Role::Owner).await, member(&story, Role::Staff).await, member(&story, Role::Viewer).await);
    let stranger = story.stranger().await;
    let foreign = Ctx::new(story.platform.clone(), stranger.tenant(), Actor::Program);
    let shopper = story.ctx();
    let (first, second) = (item(&story, &placed, 0).await, item(&story, &placed, 1).await);
    let nobody = OrderItemId::parse("01935f0e-7a1c-7000-8000-3f9a00000003").unwrap();
    let wrong = |field: &str, problem| AppError::Invalid(FieldErrors::one(field, problem));
    let one = || asked(pieces(&[(first, 1)]));
    let before = picture(&story).await;
    for (ctx, asked, seen, why) in [
        (&staff, one(), 1_000, AppError::NotPermitted),
        (&viewer, one(), 1_000, AppError::NotPermitted),
        (&shopper, one(), 1_000, AppError::NotPermitted),
        (&foreign, one(), 1_000, AppError::NotFound),
        (&owner, one(), 999, AppError::ChangedMeanwhile),
        (&owner, asked(pieces(&[])), 0, wrong("all", FieldProblem::Missing)),
        (&owner, asked(pieces(&[(first, 3)])), 3_000, wrong(&pieces_field(first), FieldProblem::TooHigh)),
        (&owner, asked(pieces(&[(nobody, 1)])), 1_000, wrong(&pieces_field(nobody), FieldProblem::UnknownChoice)),
        (&owner, asked(goodwill(3_651)), 3_651, wrong("goodwill", FieldProblem::TooHigh)),
        (&owner, asked(Wanted::goodwill(Money::kes(50))), 0, wrong("goodwill", FieldProblem::NotAPrice)),
        (
            &owner,
            Asked { restock: vec![nobody], ..one() },
            1_000,
            wrong(&restock_field(nobody), FieldProblem::UnknownChoice),
        ),
    ] {
        assert_eq!(ask(ctx, placed.order, &asked, seen).await, Err(why), "{asked:?}");
        assert_eq!(picture(&story).await, before, "{asked:?}");
    }
    // A box of another line that was ticked too much is no mistake.
    let asked = Asked { restock: vec![second], ..one() };
    ask(&owner, placed.order, &asked, 1_000).await.unwrap();
    assert_eq!(story.count("inventory_movements where reason = 'refund'").await, 0);
    invariants::hold(&story.everything).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn an_order_that_nobody_paid_has_nothing_to_give_back() {
    let story = Story::begin().await;
    let owner = member(&story, Role::Owner).await;
    let placed = open_order(&story).await;
    let before = picture(&story).await;
    let open = ask(&owner, placed.order, &asked(all()), 3_650).await;
    assert_eq!(open, Err(AppError::Refused(Refusal::PromptStillOpen)));
    story.write("update payments set status = 'failed'").await;
    let nothing = ask(&owner, placed.order, &asked(all()), 3_650).await;
    assert_eq!(nothing, Err(AppError::Invalid(FieldErrors::one("all", FieldProblem::TooHigh))));
    assert_eq!(picture(&story).await, before);
}

#[tokio::test(flavor = "multi_thread")]
async fn an_order_that_was_paid_in_part_is_given_up_as_a_whole() {
    let story = Story::begin().await;
    let owner = member(&story, Role::Owner).await;
    let placed = open_order(&story).await;
    story.write("update payments set status = 'failed'").await;
    money_lands(&story, placed.order, "UK23PART00", 600).await;
    let first = item(&story, &placed, 0).await;
    let part = ask(&owner, placed.order, &asked(pieces(&[(first, 1)])), 1_000).await;
    assert_eq!(part, Err(AppError::Invalid(FieldErrors::one("all", FieldProblem::NotTicked))));
    ask(&owner, placed.order, &asked(all()), 600).await.unwrap();
    let order: (String, String) = story.row("select status, payment_status from orders").await;
    assert_eq!(order, ("cancelled".into(), "partial".into()));
    assert_eq!(story.count("stock_holds where released_at is null").await, 0);
    assert_eq!(places(&story).await, (0, 60_000, 0, 0, -60_000));
}
