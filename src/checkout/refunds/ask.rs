//! Somebody asks for a refund: the money leaves the order at once, so that it cannot be given back twice.
//!
//! Locks the order's goods, the order, then the payments by id.

use super::{
    asked::{Asked, problem, restock_field},
    letters,
    sold::{self, SoldOrder},
    way,
    write::{Restocked, change_worth, find_known, put_on_shelf, take_from, write_lines, write_refund},
};
use crate::{
    checkout::{
        locks::{LockedOrder, lock_order, move_locked_order},
        take_money,
    },
    ctx::Ctx,
    db::TenantTx,
    error::{AppError, Refusal},
    inventory::{holds::release_holds, locks::lock_order_goods},
    jobs::kinds::Job,
    kernel::{
        access::Permission,
        field_errors::{FieldErrors, FieldProblem},
        id::{OrderId, RefundId},
        money::Money,
    },
    mail::kind::MailKind,
    orders::{own_words::OwnWords, refund_shares::Shares, status::OrderStatus},
    payments::ledger::Place,
    pricing::redemptions,
};
use serde_json::json;

/// Asks for a refund of an order once, however often the same form is sent. `seen` is the total that the person saw.
///
/// An order that still waits for the rest of its money can only be given up: everything goes back and it is closed.
/// Refused when the sums have moved since ([`AppError::ChangedMeanwhile`]), and when a prompt of the order is open.
pub async fn ask_refund(ctx: &Ctx, order: OrderId, asked: &Asked, seen: Money) -> Result<RefundId, AppError> {
    ctx.require(Permission::RefundMoney)?;
    let mut tx = ctx.tx().await?;
    lock_order_goods(&mut tx, order).await?;
    let locked = lock_order(&mut tx, order).await?;
    if is_known(&mut tx, &locked, asked, seen).await? {
        return Ok(asked.refund);
    }
    let sold = sold::read_locked(&mut tx, &locked).await?;
    ask_in(ctx, &mut tx, &locked, &sold, asked, seen).await?;
    if sold.is_open() {
        close(ctx, &mut tx, &locked).await?;
    }
    tx.commit().await?;
    Ok(asked.refund)
}

/// Was just this asked for before? Another refund of the same id is refused.
pub(in crate::checkout) async fn is_known(
    tx: &mut TenantTx,
    order: &LockedOrder,
    asked: &Asked,
    seen: Money,
) -> Result<bool, AppError> {
    let Some(known) = find_known(tx, asked.refund).await? else { return Ok(false) };
    let is_same = known.order == Some(order.id.uuid())
        && known.amount_cents == seen.minor()
        && known.reason.as_deref() == Some(asked.reason.as_str());
    if is_same { Ok(true) } else { Err(AppError::ChangedMeanwhile) }
}

/// The same inside a transaction that holds the locks of the order and its goods, and says itself where the order
/// stands afterwards when it is still open.
pub(in crate::checkout) async fn ask_in(
    ctx: &Ctx,
    tx: &mut TenantTx,
    locked: &LockedOrder,
    sold: &SoldOrder,
    asked: &Asked,
    seen: Money,
) -> Result<(), AppError> {
    ctx.require(Permission::RefundMoney)?;
    if sold.is_open() {
        check_giving_up(tx, sold, asked).await?;
    }
    let shares = sold.share(&asked.wanted).map_err(|no| AppError::Invalid(problem(no)))?;
    let restock = restocked(sold, &shares, asked)?;
    if shares.total != seen {
        return Err(AppError::ChangedMeanwhile);
    }
    let parts = way::take(&sold.sources, shares.total);
    if parts.iter().map(|part| part.amount.minor()).sum::<i64>() != shares.total.minor() {
        return Err(AppError::Refused(Refusal::MoneyIsNotThere));
    }
    let way = way::choose(&parts, asked.by_hand, &sold.senders);
    write_refund(ctx, tx, locked, asked, &shares, &parts, way).await?;
    write_lines(tx, asked.refund, &shares, &restock).await?;
    take_from(ctx, tx, asked.refund, Place::Order(locked.id), &parts).await?;
    put_on_shelf(ctx, tx, asked.refund, &restock).await?;
    if !sold.is_open() {
        take_money::note_state(tx, locked, ctx.now()).await?;
        change_worth(ctx, tx, locked, -shares.total.minor()).await?;
    }
    letters::post(tx, Some(locked.id), asked.refund, MailKind::RefundAsked).await?;
    if way.is_automatic() {
        tx.enqueue(&Job::SendRefund(asked.refund), None, Some(&format!("refund:{}", asked.refund))).await?;
    }
    let details = json!({
        "order": locked.id,
        "amount_cents": shares.total.minor(),
        "goods_cents": shares.goods().minor(),
        "delivery_cents": shares.delivery.minor(),
        "goodwill_cents": shares.goodwill.minor(),
        "way": way.as_str(),
    });
    tx.audit(ctx.actor, "refund_asked", "refunds", asked.refund.uuid(), details).await?;
    Ok(())
}

/// A part of an order that waits for the rest of its money cannot go back, and nothing while somebody is paying.
async fn check_giving_up(tx: &mut TenantTx, sold: &SoldOrder, asked: &Asked) -> Result<(), AppError> {
    if !asked.wanted.is_all {
        return Err(AppError::Invalid(FieldErrors::one("all", FieldProblem::NotTicked)));
    }
    let is_being_paid = sqlx::query_scalar!(
        r#"select exists (
               select
               from payments
               where tenant_id = $1
                 and order_id = $2
                 and status in ('initiated', 'pending')
                 and method <> 'cod'
           ) as "is_being_paid!""#,
        tx.tenant(),
        sold.order.uuid()
    )
    .fetch_one(tx.conn())
    .await?;
    if is_being_paid { Err(AppError::Refused(Refusal::PromptStillOpen)) } else { Ok(()) }
}

/// Only what has left the shelf can go back on it, and only once.
fn restocked(sold: &SoldOrder, shares: &Shares, asked: &Asked) -> Result<Vec<Restocked>, AppError> {
    let mut errors = FieldErrors::none();
    let mut found = Vec::new();
    for item in &asked.restock {
        let Some((line, goods)) = sold.sold.lines.iter().zip(&sold.goods).find(|(line, _)| line.item == *item) else {
            errors.add(&restock_field(*item), FieldProblem::UnknownChoice);
            continue;
        };
        let Some(share) = shares.lines.iter().find(|share| share.item == *item && share.pieces > 0) else {
            // Ticked, but no piece of it comes back: a box too many, not a mistake about money.
            continue;
        };
        let left = line.quantity.saturating_sub(goods.restocked);
        // Who gives all back ticks what is left of a line; who counts pieces is told that they are too many.
        let wanted = if asked.wanted.is_all { share.pieces.min(left) } else { share.pieces };
        let is_possible = sold.has_sold && (1..=left).contains(&wanted);
        match goods.variant.zip(i32::try_from(wanted).ok()).filter(|_| is_possible) {
            Some((variant, pieces)) => found.push(Restocked { item: item.uuid(), variant: variant.uuid(), pieces }),
            None => errors.add(&restock_field(*item), FieldProblem::TooHigh),
        }
    }
    if errors.is_empty() { Ok(found) } else { Err(AppError::Invalid(errors)) }
}

/// The order comes to nothing: its goods and its discounts are free again.
async fn close(ctx: &Ctx, tx: &mut TenantTx, order: &LockedOrder) -> Result<(), AppError> {
    let now = ctx.now();
    release_holds(tx, order.id).await?;
    redemptions::give_back(tx, order.id, now).await?;
    let state = take_money::find_state(tx, order).await?;
    let note = OwnWords::GivenUpInPart.as_str();
    move_locked_order(tx, order, OrderStatus::Cancelled, state, note, now).await?;
    sqlx::query!(
        "update payment_intents
         set status = 'cancelled', updated_at = $3
         where tenant_id = $1
           and order_id = $2
           and status = 'open'",
        tx.tenant(),
        order.id.uuid(),
        now
    )
    .execute(tx.conn())
    .await?;
    Ok(())
}
