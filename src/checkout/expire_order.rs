//! An order that nobody paid in time is closed and its goods go back to the shelf; a part that was paid goes to the inbox.

use super::{
    locks::{lock_order, move_locked_order},
    take_money::{clear_order, find_state},
};
use crate::{
    ctx::{Ctx, Platform},
    error::AppError,
    inventory::{holds::release_holds, locks::lock_order_goods},
    jobs::kinds::Job,
    kernel::{
        access::Actor,
        id::{OrderId, TenantId},
    },
    mail::{kind::MailKind, outbox::tell_buyer},
    orders::{
        own_words::OwnWords,
        status::{OrderStatus, PaymentState},
    },
    payments::ledger::Why,
    pricing::redemptions,
    tenancy::catalogue_version,
};
use chrono::TimeDelta;
use std::sync::Arc;

/// While a prompt is being decided the order is left alone.
const LATER: TimeDelta = TimeDelta::minutes(1);

/// Closes the order if its time is over and no money is on its way. Does nothing to any other.
pub async fn expire_order(platform: &Arc<Platform>, tenant: TenantId, order: OrderId) -> Result<(), AppError> {
    let ctx = Ctx::new(platform.clone(), tenant, Actor::Program);
    let now = ctx.now();
    let mut tx = ctx.tx().await?;
    lock_order_goods(&mut tx, order).await?;
    let locked = lock_order(&mut tx, order).await?;
    let waits = matches!(locked.status, OrderStatus::AwaitingPayment | OrderStatus::Pending)
        && matches!(locked.payment_status, PaymentState::Unpaid | PaymentState::Partial);
    if !waits {
        return Ok(());
    }
    let state = sqlx::query!(
        r#"select exists (
                      select 1 from payments
                      where tenant_id = $1 and order_id = $2 and status in ('initiated', 'pending') and method in ('mpesa_till', 'mpesa_paybill')
                  ) as "is_being_paid!",
                  (select max(expires_at) from stock_holds
                   where tenant_id = $1 and order_id = $2 and released_at is null and converted_at is null) as held_until"#,
        tx.tenant(),
        order.uuid()
    )
    .fetch_one(tx.conn())
    .await?;
    let wait_until = match state.held_until {
        _ if state.is_being_paid => Some(now + LATER),
        Some(until) if until > now => Some(until),
        _ => None,
    };
    if let Some(until) = wait_until {
        tx.enqueue(&Job::ExpireOrder(order), Some(until), Some(&format!("expire:{order}"))).await?;
        tx.commit().await?;
        return Ok(());
    }
    release_holds(&mut tx, order).await?;
    redemptions::give_back(&mut tx, order, now).await?;
    clear_order(&ctx, &mut tx, &locked, Why::OrderClosed).await?;
    // Who was asked for a deposit is told like everybody who did not pay.
    let waited_for_a_person = locked.payment_method.as_deref() == Some("cod") && locked.deposit.is_none();
    let note = if waited_for_a_person {
        OwnWords::NobodyAccepted
    } else if locked.payment_status == PaymentState::Partial {
        OwnWords::RestNotPaid
    } else {
        OwnWords::NobodyPaid
    };
    let payment = find_state(&mut tx, &locked).await?;
    move_locked_order(&mut tx, &locked, OrderStatus::Cancelled, payment, note.as_str(), now).await?;
    sqlx::query!(
        "with intent as (
             update payment_intents set status = 'expired', updated_at = $3 where tenant_id = $1 and order_id = $2 and status = 'open'
         )
         update payments set status = 'failed', failure_reason = 'expired', completed_at = $3, updated_at = $3
         where tenant_id = $1 and order_id = $2 and status = 'initiated'",
        tx.tenant(),
        order.uuid(),
        now
    )
    .execute(tx.conn())
    .await?;
    tell_buyer(&mut tx, MailKind::OrderExpired, order, order.uuid()).await?;
    catalogue_version::raise(&mut tx).await?;
    tx.commit().await?;
    tracing::info!(order.id = %order, order.number = locked.number, "an unpaid order was closed");
    Ok(())
}
