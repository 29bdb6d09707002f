//! The row lock on a refund; taken after its order's, before its payments'.

use super::super::locks::{LockedOrder, lock_order};
use crate::{
    db::{DbError, TenantTx},
    error::AppError,
    kernel::{
        currency::Currency,
        id::{OrderId, PaymentId, RefundId},
        money::Money,
    },
    payments::refund::{RefundFailure, RefundKind, RefundStatus, RefundWay},
};
use chrono::{DateTime, Utc};

pub(super) struct LockedRefund {
    pub id: RefundId,
    pub kind: RefundKind,
    pub way: RefundWay,
    pub status: RefundStatus,
    pub amount: Money,
    /// Given to the provider, and not heard of since.
    pub claimed_at: Option<DateTime<Utc>>,
    pub is_given_up: bool,
    pub failure: Option<RefundFailure>,
    pub provider_reference: Option<String>,
    /// Its order with the order's lock; none for money that never was on one.
    pub order: Option<LockedOrder>,
}

impl LockedRefund {
    /// Nobody knows whether the provider has sent it.
    pub const fn is_on_its_way(&self) -> bool {
        matches!(self.status, RefundStatus::Pending) && self.claimed_at.is_some()
    }
}

/// Locks a refund and, before it, its order.
pub(super) async fn lock_refund(tx: &mut TenantTx, refund: RefundId) -> Result<LockedRefund, AppError> {
    let order = sqlx::query_scalar!(
        "select order_id
         from refunds
         where tenant_id = $1
           and id = $2",
        tx.tenant(),
        refund.uuid()
    )
    .fetch_optional(tx.conn())
    .await?
    .ok_or(AppError::NotFound)?;
    let order = match order {
        Some(order) => Some(lock_order(tx, OrderId::from(order)).await?),
        None => None,
    };
    let row = sqlx::query!(
        "select kind, way, status, failure, amount_cents, currency, claimed_at, given_up_at, provider_reference
         from refunds
         where tenant_id = $1
           and id = $2
         for update",
        tx.tenant(),
        refund.uuid()
    )
    .fetch_one(tx.conn())
    .await?;
    let currency = Currency::parse(&row.currency).ok_or_else(|| DbError::corrupt("refunds.currency", &row.currency))?;
    Ok(LockedRefund {
        id: refund,
        kind: RefundKind::parse(&row.kind).ok_or_else(|| DbError::corrupt("refunds.kind", &row.kind))?,
        way: RefundWay::parse(&row.way).ok_or_else(|| DbError::corrupt("refunds.way", &row.way))?,
        status: RefundStatus::parse(&row.status).ok_or_else(|| DbError::corrupt("refunds.status", &row.status))?,
        amount: Money::new(row.amount_cents, currency),
        claimed_at: row.claimed_at,
        is_given_up: row.given_up_at.is_some(),
        failure: row.failure.as_deref().and_then(RefundFailure::parse),
        provider_reference: row.provider_reference,
        order,
    })
}

/// A payment's money that stands as the refund's, in the order of locks.
pub(super) async fn list_held(tx: &mut TenantTx, refund: &LockedRefund) -> Result<Vec<(PaymentId, Money)>, AppError> {
    let rows = sqlx::query!(
        r#"select payment_id, sum(amount_cents)::bigint as "amount_cents!"
           from ledger_entries
           where tenant_id = $1
             and refund_id = $2
           group by payment_id
           having sum(amount_cents) > 0
           order by payment_id
           limit 100"#,
        tx.tenant(),
        refund.id.uuid()
    )
    .fetch_all(tx.conn())
    .await?;
    let currency = refund.amount.currency();
    Ok(rows.into_iter().map(|row| (row.payment_id.into(), Money::new(row.amount_cents, currency))).collect())
}
