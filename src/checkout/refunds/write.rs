//! The rows of a refund that was asked for: itself, its lines, its money, its goods.

use super::{asked::Asked, way::Part};
use crate::{
    catalog::stock_ledger::{self, Move},
    checkout::locks::{LockedOrder, audit_payment},
    ctx::Ctx,
    db::TenantTx,
    error::AppError,
    kernel::id::{CustomerId, RefundId, UserId},
    orders::refund_shares::Shares,
    payments::{
        ledger::{self, Place, Transfer, Why},
        refund::{RefundKind, RefundWay},
    },
    tenancy::catalogue_version,
    vault::Purpose,
};
use serde_json::json;
use uuid::Uuid;

pub(super) struct Known {
    pub order: Option<Uuid>,
    pub amount_cents: i64,
    pub reason: Option<String>,
}

/// A refund of this id that was asked for before.
pub(super) async fn find_known(tx: &mut TenantTx, refund: RefundId) -> Result<Option<Known>, AppError> {
    Ok(sqlx::query_as!(
        Known,
        r#"select order_id as "order", amount_cents, reason
           from refunds
           where tenant_id = $1
             and id = $2"#,
        tx.tenant(),
        refund.uuid()
    )
    .fetch_optional(tx.conn())
    .await?)
}

/// A line whose pieces go back on the shelf.
pub(super) struct Restocked {
    pub item: Uuid,
    pub variant: Uuid,
    pub pieces: i32,
}

pub(super) async fn write_refund(
    ctx: &Ctx,
    tx: &mut TenantTx,
    order: &LockedOrder,
    asked: &Asked,
    shares: &Shares,
    parts: &[Part],
    way: RefundWay,
) -> Result<(), AppError> {
    let is_for_nothing = shares.lines.is_empty() && shares.delivery.is_zero() && !asked.wanted.is_all;
    let kind = if is_for_nothing { RefundKind::Goodwill } else { RefundKind::Goods };
    let largest = parts.iter().max_by_key(|part| part.amount.minor()).map(|part| part.payment.uuid());
    sqlx::query!(
        "insert into refunds (tenant_id, id, order_id, payment_id, amount_cents, currency, reason, kind, way, goods_cents,
                              delivery_cents, discount_cents, tax_cents, requested_by, idempotency_key, created_at, updated_at)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $16)",
        tx.tenant(),
        asked.refund.uuid(),
        order.id.uuid(),
        largest,
        shares.total.minor(),
        shares.total.currency().code(),
        asked.reason,
        kind.as_str(),
        way.as_str(),
        shares.goods().minor(),
        shares.delivery.minor(),
        shares.discount.minor(),
        shares.tax.minor(),
        ctx.actor.user().map(UserId::uuid),
        asked.refund.to_string(),
        ctx.now()
    )
    .execute(tx.conn())
    .await?;
    Ok(())
}

/// Gives out the address that the provider answers to; a second time changes nothing.
pub(super) async fn open_hook(ctx: &Ctx, tx: &mut TenantTx, refund: RefundId) -> Result<(), AppError> {
    let hook = ctx.key(tx).await?.token(Purpose::RefundHook, refund.uuid());
    sqlx::query!(
        "with hook as (
             insert into hook_tokens (tenant_id, token_hash, purpose, subject_id)
             values ($1, $3, 'refund', $2)
             on conflict do nothing
         )
         update refunds
         set hook_token_hash = $3, updated_at = now()
         where tenant_id = $1
           and id = $2",
        tx.tenant(),
        refund.uuid(),
        hook.hash()
    )
    .execute(tx.conn())
    .await?;
    Ok(())
}

pub(super) async fn write_lines(
    tx: &mut TenantTx,
    refund: RefundId,
    shares: &Shares,
    restock: &[Restocked],
) -> Result<(), AppError> {
    let lines: Vec<_> = shares.lines.iter().filter(|line| line.pieces > 0).collect();
    let items: Vec<Uuid> = lines.iter().map(|line| line.item.uuid()).collect();
    let pieces: Vec<i32> = lines.iter().map(|line| i32::try_from(line.pieces).unwrap_or(i32::MAX)).collect();
    let amounts: Vec<i64> = lines.iter().map(|line| line.amount.minor()).collect();
    let taxes: Vec<i64> = lines.iter().map(|line| line.tax.minor()).collect();
    let are_back: Vec<bool> =
        lines.iter().map(|line| restock.iter().any(|back| back.item == line.item.uuid())).collect();
    sqlx::query!(
        "insert into refund_lines (tenant_id, refund_id, order_item_id, quantity, amount_cents, tax_cents, is_restocked)
         select $1, $2, line.item_id, line.quantity, line.amount_cents, line.tax_cents, line.is_restocked
         from unnest($3::uuid[], $4::int[], $5::bigint[], $6::bigint[], $7::boolean[])
              as line (item_id, quantity, amount_cents, tax_cents, is_restocked)",
        tx.tenant(),
        refund.uuid(),
        &items,
        &pieces,
        &amounts,
        &taxes,
        &are_back
    )
    .execute(tx.conn())
    .await?;
    Ok(())
}

/// The money is the refund's from here on. Booking locks each payment and looks whether it is there.
pub(super) async fn take_from(
    ctx: &Ctx,
    tx: &mut TenantTx,
    refund: RefundId,
    from: Place,
    parts: &[Part],
) -> Result<(), AppError> {
    for part in parts {
        let transfer = Transfer {
            payment: part.payment,
            from,
            to: Place::Refund(refund),
            amount: part.amount,
            why: Why::RefundAsked,
        };
        ledger::book(tx, ctx.actor, transfer, ctx.now()).await?;
        let facts = json!({ "refund": refund, "amount_cents": part.amount.minor() });
        audit_payment(tx, part.payment, "refund_asked", facts).await?;
    }
    Ok(())
}

pub(super) async fn put_on_shelf(
    ctx: &Ctx,
    tx: &mut TenantTx,
    refund: RefundId,
    back: &[Restocked],
) -> Result<(), AppError> {
    if back.is_empty() {
        return Ok(());
    }
    let moves: Vec<Move> = back
        .iter()
        .map(|line| Move::of(line.variant, line.pieces, "refund").about("refund", refund.uuid()).by(ctx.actor.user()))
        .collect();
    stock_ledger::write(tx, &moves, false).await?;
    catalogue_version::raise(tx).await?;
    Ok(())
}

/// What the customer is worth to the shop: paid less given back. An order that was never paid in full had not counted.
pub(super) async fn change_worth(
    ctx: &Ctx,
    tx: &mut TenantTx,
    order: &LockedOrder,
    by_cents: i64,
) -> Result<(), AppError> {
    sqlx::query!(
        "update customers
         set lifetime_value_cents = greatest(0, lifetime_value_cents + $3), updated_at = $4
         where tenant_id = $1
           and id = $2
           and exists (
               select
               from orders
               where tenant_id = $1
                 and id = $5
                 and paid_at is not null
           )",
        tx.tenant(),
        order.customer.map(CustomerId::uuid),
        by_cents,
        ctx.now(),
        order.id.uuid()
    )
    .execute(tx.conn())
    .await?;
    Ok(())
}
