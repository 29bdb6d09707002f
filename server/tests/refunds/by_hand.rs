//! A person sends the money and notes the receipt, or thinks again.

use super::{
    invariants,
    shop::{all, ask, asked, goodwill, item, member, money_lands, paid_order, picture, pieces, places},
    story::Story,
};
use duka::{
    checkout::refunds::{
        asked::{Asked, restock_field},
        by_hand::{GivenBack, give_up, mark_sent, retry, say_not_sent, send_owed},
    },
    error::{AppError, Refusal},
    kernel::{
        access::Role,
        field_errors::{FieldErrors, FieldProblem},
        id::RefundId,
        money::Money,
        typed::Typed,
    },
    orders::status::{OrderStatus, PaymentState},
    pages::{
        dashboard::{order, today},
        storefront::order::{BackStage, PayStage, load},
    },
};

fn sent(receipt: &str) -> GivenBack {
    GivenBack::Sent(receipt.into())
}

#[tokio::test(flavor = "multi_thread")]
async fn an_order_of_which_all_was_sent_back_is_refunded() {
    let story = Story::begin().await;
    let placed = paid_order(&story).await;
    let (owner, staff) = (member(&story, Role::Owner).await, member(&story, Role::Staff).await);
    let goods = [item(&story, &placed, 0).await, item(&story, &placed, 1).await];
    let everything = Asked { restock: goods.to_vec(), ..asked(all()) };
    let refund = ask(&owner, placed.order, &everything, 3_650).await.unwrap();
    mark_sent(&staff, refund, &sent("UK23SENT01")).await.unwrap();
    mark_sent(&staff, refund, &sent("UK23SENT01")).await.unwrap();
    let row: (String, String, String, bool) =
        story.row("select status, way, receipt, processed_by is not null from refunds").await;
    assert_eq!(row, ("processed".into(), "manual".into(), "UK23SENT01".into(), true));
    assert_eq!(places(&story).await, (0, 0, 0, 0, 0), "it is gone");
    let stock: Vec<(i32,)> = sqlx::query_as("select stock_quantity from product_variants order by price_cents")
        .fetch_all(&story.everything)
        .await
        .unwrap();
    assert_eq!(stock, [(10,), (10,)], "the goods are on the shelf again");
    let worth: (i64,) = story.row("select lifetime_value_cents from customers").await;
    assert_eq!(worth.0, 0);
    assert_eq!(story.count("mails where kind = 'refund_sent'").await, 1, "told once");
    assert_eq!(story.count("payment_audit where event_type = 'refunded'").await, 1);
    let detail = order::load(&owner, placed.order).await.unwrap();
    assert_eq!((detail.status, detail.payment_status), (OrderStatus::Refunded, PaymentState::Refunded));
    assert_eq!((detail.refunded, detail.may_refund), (Money::shillings(3_650), false));
    let page = load(&story.ctx(), &placed.token).await.unwrap();
    let told: Vec<_> = page.refunds.iter().map(|back| (back.amount, back.stage, back.receipt.as_deref())).collect();
    assert_eq!(told, [(Money::shillings(3_650), BackStage::Sent, Some("UK23SENT01"))]);
    assert!(matches!(page.stage, PayStage::Paid { .. }));
    assert_eq!(today::load(&owner).await.unwrap().today.money, Money::shillings(0), "figures are net of it");
    invariants::hold(&story.everything).await;
    let acts = "(select distinct action from audit_log where action in ('refund_asked', 'refund_marked_sent')) acts";
    assert_eq!(story.count(acts).await, 2, "each is in the log");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_part_that_was_sent_leaves_the_order_paid() {
    let story = Story::begin().await;
    let placed = paid_order(&story).await;
    let (owner, staff) = (member(&story, Role::Owner).await, member(&story, Role::Staff).await);
    let refund = ask(&owner, placed.order, &asked(goodwill(450)), 450).await.unwrap();
    let page = load(&story.ctx(), &placed.token).await.unwrap();
    assert_eq!(page.refunds[0].stage, BackStage::Coming);
    mark_sent(&staff, refund, &GivenBack::InCash).await.unwrap();
    let row: (String, String, bool) = story.row("select kind, way, receipt is null from refunds").await;
    assert_eq!(row, ("goodwill".into(), "cash".into(), true));
    let order: (String, String) = story.row("select status, payment_status from orders").await;
    assert_eq!(order, ("paid".into(), "paid".into()));
    assert_eq!(today::load(&owner).await.unwrap().today.money, Money::shillings(3_200));
    invariants::hold(&story.everything).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_receipt_is_for_one_refund_and_never_one_that_brought_money() {
    let story = Story::begin().await;
    let placed = paid_order(&story).await;
    let (owner, staff) = (member(&story, Role::Owner).await, member(&story, Role::Staff).await);
    let one = ask(&owner, placed.order, &asked(goodwill(100)), 100).await.unwrap();
    let two = ask(&owner, placed.order, &asked(goodwill(100)), 100).await.unwrap();
    let (brought,): (String,) = story.row("select mpesa_receipt from payments").await;
    mark_sent(&staff, one, &sent("UK23SENT01")).await.unwrap();
    let stranger = story.stranger().await;
    let before = picture(&story).await;
    let taken = Err(AppError::Invalid(FieldErrors::one("receipt", FieldProblem::Taken)));
    assert_eq!(mark_sent(&staff, two, &sent("UK23SENT01")).await, taken);
    assert_eq!(mark_sent(&staff, two, &sent(&brought)).await, taken);
    assert_eq!(
        mark_sent(&member(&story, Role::Viewer).await, two, &sent("UK23SENT02")).await,
        Err(AppError::NotPermitted)
    );
    assert_eq!(
        mark_sent(&member(&stranger, Role::Owner).await, two, &sent("UK23SENT02")).await,
        Err(AppError::NotFound)
    );
    assert_eq!(picture(&story).await, before);
}

#[test]
fn a_receipt_is_letters_and_digits_however_it_is_typed() {
    let read =
        |receipt: &str, cash: &str| GivenBack::read(&Typed::default().with("receipt", receipt).with("cash", cash));
    assert_eq!(read(" uk23-sent 01 ", ""), Ok(sent("UK23SENT01")));
    assert_eq!(read("", "on"), Ok(GivenBack::InCash));
    for (receipt, cash, field, problem) in [
        ("", "", "receipt", FieldProblem::Missing),
        ("UK2", "", "receipt", FieldProblem::NotACode),
        ("UK23SÉNT01", "", "receipt", FieldProblem::NotACode),
        ("<script>", "", "receipt", FieldProblem::NotACode),
        ("UK23SENT01UK23SENT01UK23SENT01", "", "receipt", FieldProblem::TooLong),
        ("UK23SENT01", "on", "cash", FieldProblem::UnknownChoice),
    ] {
        assert_eq!(read(receipt, cash), Err(FieldErrors::one(field, problem)), "{receipt:?} {cash:?}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_was_given_up_stands_on_the_order_again_and_can_be_asked_anew() {
    let story = Story::begin().await;
    let placed = paid_order(&story).await;
    let owner = member(&story, Role::Owner).await;
    let first = item(&story, &placed, 0).await;
    let form = Asked { restock: vec![first], ..asked(pieces(&[(first, 2)])) };
    let refund = ask(&owner, placed.order, &form, 2_000).await.unwrap();
    give_up(&owner, refund).await.unwrap();
    give_up(&owner, refund).await.unwrap();
    assert_eq!(places(&story).await, (365_000, 0, 0, 0, -365_000));
    let worth: (i64,) = story.row("select lifetime_value_cents from customers").await;
    assert_eq!(worth.0, 365_000);
    let ended = Err(AppError::Refused(Refusal::RefundEnded));
    assert_eq!(mark_sent(&owner, refund, &sent("UK23SENT01")).await, ended);
    assert_eq!(retry(&owner, refund).await, ended);
    // The pieces are on the shelf already: once is enough.
    let again = Asked { restock: vec![first], ..asked(pieces(&[(first, 2)])) };
    let twice = ask(&owner, placed.order, &again, 2_000).await;
    assert_eq!(twice, Err(AppError::Invalid(FieldErrors::one(&restock_field(first), FieldProblem::TooHigh))));
    ask(&owner, placed.order, &asked(pieces(&[(first, 2)])), 2_000).await.unwrap();
    assert_eq!(story.count("inventory_movements where reason = 'refund'").await, 1);
    assert_eq!(places(&story).await, (165_000, 200_000, 0, 0, -365_000));
    invariants::hold(&story.everything).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn money_of_two_payments_goes_back_together_by_hand() {
    let story = Story::begin().await;
    let owner = member(&story, Role::Owner).await;
    let placed = super::shop::open_order(&story).await;
    story.write("update payments set status = 'failed'").await;
    money_lands(&story, placed.order, "UK23PART01", 1_650).await;
    money_lands(&story, placed.order, "UK23PART02", 2_000).await;
    let refund = ask(&owner, placed.order, &asked(goodwill(2_500)), 2_500).await.unwrap();
    let held: Vec<(i64,)> = sqlx::query_as(
        "select sum(amount_cents)::bigint from ledger_entries where place = 'refund' group by payment_id order by 1",
    )
    .fetch_all(&story.everything)
    .await
    .unwrap();
    assert_eq!(held, [(50_000,), (200_000,)]);
    mark_sent(&owner, refund, &sent("UK23SENT01")).await.unwrap();
    assert_eq!(places(&story).await, (115_000, 0, 0, 0, -115_000));
    assert_eq!(story.count("payment_audit where event_type = 'refunded'").await, 2);
}

#[tokio::test(flavor = "multi_thread")]
async fn while_the_provider_has_it_nobody_can_send_it_another_way() {
    let story = Story::begin().await;
    let placed = paid_order(&story).await;
    let owner = member(&story, Role::Owner).await;
    let refund = ask(&owner, placed.order, &asked(all()), 3_650).await.unwrap();
    story.write("update refunds set way = 'reversal', claimed_at = now() - interval '1 minute'").await;
    let before = picture(&story).await;
    let on_its_way = Err(AppError::Refused(Refusal::RefundOnItsWay));
    assert_eq!(mark_sent(&owner, refund, &sent("UK23SENT01")).await, on_its_way);
    assert_eq!(give_up(&owner, refund).await, on_its_way);
    assert_eq!(say_not_sent(&owner, refund).await, on_its_way);
    assert_eq!(retry(&owner, refund).await, on_its_way);
    assert_eq!(picture(&story).await, before);
    // After half an hour of silence a person looks, and says what they found.
    story.write("update refunds set claimed_at = now() - interval '31 minutes'").await;
    say_not_sent(&owner, refund).await.unwrap();
    let row: (String, String) = story.row("select status, failure from refunds").await;
    assert_eq!(row, ("failed".into(), "no_answer".into()));
    mark_sent(&owner, refund, &sent("UK23SENT01")).await.unwrap();
    assert_eq!(places(&story).await, (0, 0, 0, 0, 0));
    let acts = "(select distinct action from audit_log where action in ('refund_said_not_sent')) acts";
    assert_eq!(story.count(acts).await, 1, "each is in the log");
}

#[tokio::test(flavor = "multi_thread")]
async fn without_an_operator_the_provider_is_given_nothing() {
    let story = Story::begin().await;
    let placed = paid_order(&story).await;
    let owner = member(&story, Role::Owner).await;
    let refund = ask(&owner, placed.order, &asked(all()), 3_650).await.unwrap();
    let before = picture(&story).await;
    assert_eq!(send_owed(&owner, refund).await, Err(AppError::Refused(Refusal::OnlyByHand)));
    assert_eq!(send_owed(&owner, RefundId::mint()).await, Err(AppError::NotFound));
    assert_eq!(picture(&story).await, before);
}
