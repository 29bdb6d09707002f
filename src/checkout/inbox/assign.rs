//! Puts money of the inbox on the order that a person found for it.

use super::{Handled, Turn, known::learn, take_turn};
use crate::{
    checkout::{
        land_money::put_inbox_money,
        locks::{LockedOrder, lock_order},
        settle_payment::{Settled, record_end},
        take_money::is_called_off,
    },
    ctx::Ctx,
    db::TenantTx,
    error::{AppError, Refusal},
    inventory::locks::lock_order_goods,
    kernel::{
        access::Permission,
        field_errors::{FieldErrors, FieldProblem},
        id::OrderId,
        money::Money,
    },
    orders::status::OrderStatus,
    payments::ledger::{self, Place},
};

/// Some of the money, and the order it is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Assignment {
    pub money: Handled,
    pub order: OrderId,
}

/// Puts it there. What the order does not lack goes on to a refund, so pages propose no more than that.
///
/// Refused with [`Refusal::NothingToPay`] when the order lacks nothing, or is closed and this would not pay for all of it.
pub async fn assign(ctx: &Ctx, assignment: Assignment) -> Result<Settled, AppError> {
    ctx.require(Permission::HandleMoney)?;
    let Assignment { money, order } = assignment;
    let mut tx = ctx.tx().await?;
    let goods = lock_order_goods(&mut tx, order).await?;
    let locked = lock_order(&mut tx, order).await?;
    if take_turn(ctx, &mut tx, money, Place::Order(order)).await? == Turn::Done {
        return Ok(Settled::Unchanged);
    }
    let missing = ledger::on_order(&mut tx, locked.id, locked.total.currency()).await?.missing(locked.total)?;
    if !can_take(&mut tx, &locked, money, missing).await? {
        return Err(AppError::Refused(Refusal::NothingToPay));
    }
    if money.leaves_cents() && money.amount != missing {
        return Err(AppError::Invalid(FieldErrors::one("amount", FieldProblem::NotAPrice)));
    }
    let settled = put_inbox_money(ctx, &mut tx, &locked, &goods, money.payment, money.amount).await?;
    if let Some(customer) = locked.customer {
        learn(&mut tx, money.payment, customer, ctx.now()).await?;
    }
    tx.commit().await?;
    record_end(ctx, &locked, money.amount, settled);
    Ok(settled)
}

async fn can_take(tx: &mut TenantTx, order: &LockedOrder, money: Handled, missing: Money) -> Result<bool, AppError> {
    Ok(match order.status {
        OrderStatus::Refunded => false,
        OrderStatus::Cancelled => {
            !missing.is_zero() && money.amount.minor() >= missing.minor() && !is_called_off(tx, order.id).await?
        }
        _ => !missing.is_zero(),
    })
}
