//! Staff move an order along its process. Locks the goods when a cash order is accepted, then the order.

use super::{
    dispatch::follow,
    record_step::record,
    take_by_hand::{ByHand, HandPayment, take_in},
};
use crate::{
    analytics::event::{Around, Step},
    ctx::Ctx,
    db::{DbError, TenantTx},
    error::{AppError, Refusal},
    inventory::{
        holds::{count_held, turn_holds_into_sales},
        locks::lock_order_goods,
    },
    kernel::{access::Permission, currency::Currency, id::OrderId, money::Money},
    mail::{kind::MailKind, outbox::tell_buyer},
    orders::status::{OrderStatus, PaymentState},
    payments::ledger,
    pricing::redemptions,
};
use serde_json::json;

struct Standing {
    status: OrderStatus,
    payment: PaymentState,
    is_cash: bool,
    has_deposit: bool,
    version: i32,
    total_cents: i64,
    currency: Currency,
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
    let moved = move_in(ctx, &mut tx, order, version, to, note).await?;
    tx.commit().await?;
    moved.tell(ctx);
    Ok(())
}

/// What is told once a move is committed.
pub(super) struct Told(Option<(Step, Around)>);

impl Told {
    pub fn tell(self, ctx: &Ctx) {
        if let Some((step, around)) = self.0 {
            record(ctx, step, around);
        }
    }
}

/// The same inside a transaction that the caller ends; who may is the caller's to ask.
pub(super) async fn move_in(
    ctx: &Ctx,
    tx: &mut TenantTx,
    order: OrderId,
    version: i32,
    to: OrderStatus,
    note: Option<&str>,
) -> Result<Told, AppError> {
    let now = find_standing(tx, order).await?.ok_or(AppError::NotFound)?;
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
        check_goods(ctx, tx, order).await?;
    }
    // Beside a deposit the rest is collected at the door, as the whole is without one.
    let is_owed = now.payment == PaymentState::Unpaid || now.has_deposit && now.payment == PaymentState::Partial;
    let is_cash_in = to == OrderStatus::Delivered && now.is_cash && is_owed;
    // No money moves for nothing.
    let is_free = is_cash_in && now.total_cents == 0;
    if is_cash_in {
        lock_order_goods(tx, order).await?;
    }
    write_move(ctx, tx, order, &now, to, is_free, note).await?;
    follow(tx, order, now.status, to, ctx.now()).await?;
    if is_acceptance {
        turn_holds_into_sales(tx, order, ctx.actor.user()).await?;
        redemptions::use_up(tx, order, ctx.now()).await?;
    }
    if is_cash_in && !is_free {
        let total = Money::new(now.total_cents, now.currency);
        let missing = ledger::on_order(tx, order, now.currency).await?.missing(total)?;
        take_in(ctx, tx, order, &all_of(missing), None).await?;
    }
    tell_step(tx, order, to, is_cash_in && !is_free).await?;
    let details = json!({ "from": now.status.as_str(), "to": to.as_str() });
    tx.audit(ctx.actor, "order_moved", "orders", order.uuid(), details).await?;
    let step = is_acceptance.then_some(Step::OrderCompleted { order, amount_cents: now.total_cents });
    Ok(Told(step.map(|step| (step, now.around))))
}

/// The steps that a buyer waits for. Who has just paid at the door gets the receipt, which says it all.
async fn tell_step(tx: &mut TenantTx, order: OrderId, to: OrderStatus, is_paid_now: bool) -> Result<(), AppError> {
    match to {
        OrderStatus::Dispatched => tell_on_its_way(tx, order).await?,
        OrderStatus::Delivered if !is_paid_now => {
            tell_buyer(tx, MailKind::OrderDelivered, order, order.uuid()).await?;
        }
        _ => {}
    }
    Ok(())
}

/// Once for each try: a later one is known by the try that failed before it.
pub(super) async fn tell_on_its_way(tx: &mut TenantTx, order: OrderId) -> Result<(), AppError> {
    let failed = sqlx::query_scalar!(
        "select id
         from delivery_orders
         where tenant_id = $1
           and order_id = $2
           and status = 'failed'
         order by attempt desc, created_at desc, id
         limit 1",
        tx.tenant(),
        order.uuid()
    )
    .fetch_optional(tx.conn())
    .await?;
    tell_buyer(tx, MailKind::OrderOnItsWay, order, failed.unwrap_or(order.uuid())).await?;
    Ok(())
}

async fn find_standing(tx: &mut TenantTx, order: OrderId) -> Result<Option<Standing>, AppError> {
    let row = sqlx::query!(
        r#"select status, payment_status, coalesce(payment_method, '') as "payment_method!", version,
                  total_cents, deposit_cents is not null as "has_deposit!", currency, customer_id, cart_id, delivery_city_area
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
        has_deposit: row.has_deposit,
        version: row.version,
        total_cents: row.total_cents,
        currency: Currency::parse(&row.currency).ok_or_else(|| DbError::corrupt("orders.currency", &row.currency))?,
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
    is_free: bool,
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
        is_free,
        ctx.now(),
        ctx.actor.user().map(crate::kernel::id::UserId::uuid),
        note
    )
    .execute(tx.conn())
    .await?;
    if moved.rows_affected() == 1 { Ok(()) } else { Err(AppError::ChangedMeanwhile) }
}

/// What the order lacks, as if somebody had written it down.
fn all_of(missing: Money) -> HandPayment {
    HandPayment { how: ByHand::Cash, amount: missing, brought_by: None, note: None, key: "delivered".into() }
}
