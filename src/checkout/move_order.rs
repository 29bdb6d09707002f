//! Staff move an order along its process. Locks the goods when a cash order is accepted, then the order.

use super::record_step::record;
use crate::{
    analytics::event::{Around, Step},
    ctx::Ctx,
    db::{DbError, TenantTx},
    error::{AppError, Refusal},
    inventory::{
        holds::{count_held, turn_holds_into_sales},
        locks::lock_order_goods,
    },
    kernel::{
        access::Permission,
        currency::Currency,
        id::{OrderId, PaymentId},
        money::Money,
    },
    orders::status::{OrderStatus, PaymentState},
    payments::ledger::{self, Place, Transfer, Why},
    pricing::redemptions,
};
use serde_json::json;

struct Standing {
    status: OrderStatus,
    payment: PaymentState,
    is_cash: bool,
    version: i32,
    total_cents: i64,
    around: Around,
}

/// Moves the order when it is still at `version` and the process has that move for staff.
///
/// Packing a cash order accepts it: its holds become sales. Delivering one records the cash.
pub async fn move_order(
    ctx: &Ctx,
    order: OrderId,
    version: i32,
    to: OrderStatus,
    note: Option<&str>,
) -> Result<(), AppError> {
    ctx.require(Permission::MoveOrders)?;
    let mut tx = ctx.tx().await?;
    let now = find_standing(&mut tx, order).await?.ok_or(AppError::NotFound)?;
    if now.version != version {
        return Err(AppError::ChangedMeanwhile);
    }
    if !now.status.staff_moves().contains(&to) {
        return Err(AppError::Refused(Refusal::NoSuchMove {
            from: now.status.as_str().into(),
            to: to.as_str().into(),
        }));
    }
    let is_acceptance = now.status == OrderStatus::Pending && to == OrderStatus::Packing;
    if is_acceptance {
        check_goods(ctx, &mut tx, order).await?;
    }
    let is_cash_in = to == OrderStatus::Delivered && now.is_cash && now.payment == PaymentState::Unpaid;
    write_move(ctx, &mut tx, order, &now, to, is_cash_in, note).await?;
    if is_acceptance {
        turn_holds_into_sales(&mut tx, order, ctx.actor.user()).await?;
        redemptions::use_up(&mut tx, order, ctx.now()).await?;
    }
    if is_cash_in {
        record_cash(ctx, &mut tx, order).await?;
    }
    let details = json!({ "from": now.status.as_str(), "to": to.as_str() });
    tx.audit(ctx.actor, "order_moved", "orders", order.uuid(), details).await?;
    tx.commit().await?;
    if is_acceptance {
        record(ctx, Step::OrderCompleted { order, amount_cents: now.total_cents }, now.around);
    }
    Ok(())
}

async fn find_standing(tx: &mut TenantTx, order: OrderId) -> Result<Option<Standing>, AppError> {
    let row = sqlx::query!(
        r#"select status, payment_status, coalesce(payment_method, '') as "payment_method!", version,
                  total_cents, customer_id, cart_id, delivery_city_area
           from orders
           where tenant_id = $1
             and id = $2"#,
        tx.tenant(),
        order.uuid()
    )
    .fetch_optional(tx.conn())
    .await?;
    let Some(row) = row else { return Ok(None) };
    Ok(Some(Standing {
        status: OrderStatus::parse(&row.status).ok_or_else(|| DbError::corrupt("orders.status", &row.status))?,
        payment: PaymentState::parse(&row.payment_status)
            .ok_or_else(|| DbError::corrupt("orders.payment_status", &row.payment_status))?,
        is_cash: row.payment_method == "cod",
        version: row.version,
        total_cents: row.total_cents,
        around: Around {
            customer: row.customer_id.map(Into::into),
            cart: row.cart_id.map(Into::into),
            area: row.delivery_city_area,
            ..Around::default()
        },
    }))
}

/// A hold that ran out may have been sold to somebody else meanwhile: then there is nothing to pack.
async fn check_goods(ctx: &Ctx, tx: &mut TenantTx, order: OrderId) -> Result<(), AppError> {
    let goods = lock_order_goods(tx, order).await?;
    let variants: Vec<_> = goods.iter().map(|one| one.variant.uuid()).collect();
    let held = count_held(tx, &variants, Some(order), ctx.now()).await?;
    for one in &goods {
        let left = i64::from(one.stock) - held.get(&one.variant).copied().unwrap_or(0);
        if left < one.quantity {
            return Err(AppError::Refused(Refusal::ShortStock { left: u32::try_from(left).unwrap_or(0) }));
        }
    }
    Ok(())
}

/// Order and history in one statement, guarded by what was read.
async fn write_move(
    ctx: &Ctx,
    tx: &mut TenantTx,
    order: OrderId,
    was: &Standing,
    to: OrderStatus,
    is_cash_in: bool,
    note: Option<&str>,
) -> Result<(), AppError> {
    let moved = sqlx::query!(
        "with moved as (
             update orders
             set status = $5,
                 payment_status = case when $6 then 'paid' else payment_status end,
                 paid_at = case when $6 then $7 else paid_at end,
                 version = version + 1,
                 updated_at = $7
             where tenant_id = $1
               and id = $2
               and status = $3
               and version = $4
             returning id
         )
         insert into order_status_history (tenant_id, order_id, from_status, to_status, changed_by, changed_at, note)
         select $1, moved.id, $3, $5, $8, $7, $9
         from moved",
        tx.tenant(),
        order.uuid(),
        was.status.as_str(),
        was.version,
        to.as_str(),
        is_cash_in,
        ctx.now(),
        ctx.actor.user().map(crate::kernel::id::UserId::uuid),
        note
    )
    .execute(tx.conn())
    .await?;
    if moved.rows_affected() == 1 { Ok(()) } else { Err(AppError::ChangedMeanwhile) }
}

/// The rider brought the money: the order's open cash payment succeeds, or one is written down.
async fn record_cash(ctx: &Ctx, tx: &mut TenantTx, order: OrderId) -> Result<(), AppError> {
    let paid = sqlx::query!(
        r#"with known as (
             update payments
             set status = 'succeeded', completed_at = $3, paid_amount_cents = amount_cents, result_source = 'cash', updated_at = $3
             where tenant_id = $1
               and order_id = $2
               and method = 'cod'
               and status in ('initiated', 'pending')
             returning id, amount_cents, currency
         ), added as (
             insert into payments (tenant_id, id, order_id, method, amount_cents, paid_amount_cents, currency, status,
                                   requested_at, completed_at, attempt_no, result_source)
             select $1, $4, o.id, 'cod', o.total_cents, o.total_cents, o.currency, 'succeeded',
                    $3, $3, 1 + coalesce((select max(p.attempt_no) from payments p where p.tenant_id = $1 and p.order_id = $2), 0), 'cash'
             from orders o
             where o.tenant_id = $1
               and o.id = $2
               and not exists (select from known)
             returning id, amount_cents, currency
         ), audited as (
             insert into payment_audit (tenant_id, payment_id, event_type, metadata)
             select $1, done.id, 'succeeded', jsonb_build_object('source', 'cash')
             from (select id from known union all select id from added) as done
         )
         select done.id as "id!", done.amount_cents as "amount_cents!", done.currency as "currency!"
         from (select * from known union all select * from added) as done"#,
        tx.tenant(),
        order.uuid(),
        ctx.now(),
        PaymentId::mint().uuid()
    )
    .fetch_one(tx.conn())
    .await?;
    let currency =
        Currency::parse(&paid.currency).ok_or_else(|| DbError::corrupt("payments.currency", &paid.currency))?;
    let transfer = Transfer {
        payment: paid.id.into(),
        from: Place::Outside,
        to: Place::Order(order),
        amount: Money::new(paid.amount_cents, currency),
        why: Why::Received,
    };
    ledger::book(tx, ctx.actor, transfer, ctx.now()).await
}
