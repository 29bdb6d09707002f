//! A prompt that waits to be sent, for an order whose money has come another way meanwhile.

use crate::{db::TenantTx, error::AppError, kernel::id::PaymentId};
use chrono::{DateTime, Utc};

/// While a prompt waits to be sent, money may come another way: one that asks for more than the order lacks by now is not
/// sent. True when it has ended by that.
pub(super) async fn end_needless(tx: &mut TenantTx, payment: PaymentId, now: DateTime<Utc>) -> Result<bool, AppError> {
    let ended = sqlx::query!(
        r#"with needless as (
               update payments p
               set status = 'failed', failure_reason = 'paid_otherwise', result_source = 'operator', completed_at = $3, updated_at = $3
               where p.tenant_id = $1
                 and p.id = $2
                 and p.status = 'initiated'
                 and p.method in ('mpesa_till', 'mpesa_paybill')
                 and exists (
                     select
                     from orders o
                     where o.tenant_id = $1
                       and o.id = p.order_id
                       and o.total_cents - (select there.cents from order_money($1, o.id) as there (cents)) < p.amount_cents
                 )
               returning p.id
           )
           insert into payment_audit (tenant_id, payment_id, event_type, metadata)
           select $1, n.id, 'failed', '{"source": "operator", "outcome": "paid_otherwise"}'
           from needless n"#,
        tx.tenant(),
        payment.uuid(),
        now
    )
    .execute(tx.conn())
    .await?;
    Ok(ended.rows_affected() > 0)
}
