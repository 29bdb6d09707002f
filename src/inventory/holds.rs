//! Holds: goods promised to an order while it is being paid.
//!
//! What can be sold is `stock_quantity` less the live holds. Callers hold the row locks of the
//! variants (see `locks.rs`) before they count or write; stock is locked before anything else.

use crate::{
    catalog::stock_ledger::{self, Move},
    db::TenantTx,
    error::AppError,
    kernel::{
        id::{OrderId, UserId, VariantId},
        quantity::Quantity,
    },
};
use chrono::{DateTime, Utc};
use std::collections::HashMap;
use uuid::Uuid;

/// Pieces promised to other orders, by variant; a variant without a live hold is not in the map.
/// `except` leaves out one order's own holds.
pub(crate) async fn count_held(
    tx: &mut TenantTx,
    variants: &[Uuid],
    except: Option<OrderId>,
    now: DateTime<Utc>,
) -> Result<HashMap<VariantId, i64>, AppError> {
    let rows = sqlx::query!(
        r#"select variant_id, sum(quantity) as "held!"
           from stock_holds
           where tenant_id = $1
             and variant_id = any($2)
             and released_at is null
             and converted_at is null
             and expires_at > $3
             and order_id is distinct from $4
           group by variant_id"#,
        tx.tenant(),
        variants,
        now,
        except.map(OrderId::uuid)
    )
    .fetch_all(tx.conn())
    .await?;
    Ok(rows.into_iter().map(|row| (row.variant_id.into(), row.held)).collect())
}

/// Writes the holds of a new order. The caller has locked the variants and seen that enough is left.
pub(crate) async fn place_holds(
    tx: &mut TenantTx,
    order: OrderId,
    lines: &[(VariantId, Quantity)],
    expires_at: DateTime<Utc>,
) -> Result<(), AppError> {
    let variants: Vec<Uuid> = lines.iter().map(|(variant, _)| variant.uuid()).collect();
    let quantities: Vec<i32> = lines.iter().map(|(_, quantity)| quantity.as_i32()).collect();
    sqlx::query!(
        "insert into stock_holds (tenant_id, order_id, variant_id, quantity, expires_at)
         select $1, $2, line.variant_id, line.quantity, $5
         from unnest($3::uuid[], $4::int[]) as line (variant_id, quantity)",
        tx.tenant(),
        order.uuid(),
        &variants,
        &quantities,
        expires_at
    )
    .execute(tx.conn())
    .await?;
    Ok(())
}

/// Payment (for cash: acceptance) makes sales of an order's holds. Expired holds count too, as long as nobody
/// released them. Answers how many kinds of goods were sold.
pub(crate) async fn turn_holds_into_sales(
    tx: &mut TenantTx,
    order: OrderId,
    by: Option<UserId>,
) -> Result<u64, AppError> {
    let held = sqlx::query!(
        "update stock_holds
         set converted_at = now(), updated_at = now()
         where tenant_id = $1
           and order_id = $2
           and released_at is null
           and converted_at is null
         returning variant_id, quantity",
        tx.tenant(),
        order.uuid()
    )
    .fetch_all(tx.conn())
    .await?;
    let sales: Vec<Move> =
        held.into_iter().map(|hold| Move::sale(hold.variant_id.into(), hold.quantity, order, by)).collect();
    stock_ledger::write(tx, &sales, false).await?;
    Ok(sales.len() as u64)
}

/// Gives an order's goods back to the shelf.
pub(crate) async fn release_holds(tx: &mut TenantTx, order: OrderId) -> Result<(), AppError> {
    sqlx::query!(
        "update stock_holds
         set released_at = now(), updated_at = now()
         where tenant_id = $1
           and order_id = $2
           and released_at is null
           and converted_at is null",
        tx.tenant(),
        order.uuid()
    )
    .execute(tx.conn())
    .await?;
    Ok(())
}
