//! Open payments whose job was lost, or given up by the queue: they are asked about again, so that none stays open for
//! ever and keeps its order from being closed, called off or paid.

use crate::{
    ctx::Ctx,
    error::AppError,
    jobs::kinds::Job,
    kernel::{access::Permission, id::PaymentId},
};
use chrono::TimeDelta;

/// A question that is so late was lost; those that are on time are left alone.
const LATE: TimeDelta = TimeDelta::minutes(10);
/// Payments of one sweep; the next one takes the others.
const MOST: i64 = 500;

/// Asks for the work of every payment that is open and overdue. Answers how many there were.
pub async fn sweep_payments(ctx: &Ctx) -> Result<usize, AppError> {
    ctx.require(Permission::HandleMoney)?;
    let mut tx = ctx.tx().await?;
    let overdue = sqlx::query!(
        "select id, method, status
         from payments
         where tenant_id = $1
           and status in ('initiated', 'pending')
           and (method in ('mpesa_till', 'mpesa_paybill') and hook_token_hash is not null
                or method = 'card' and status = 'pending')
           and coalesce(next_check_at, claimed_at, requested_at) < $2
         order by requested_at
         limit $3",
        tx.tenant(),
        ctx.now() - LATE,
        MOST
    )
    .fetch_all(tx.conn())
    .await?;
    for row in &overdue {
        let payment = PaymentId::from(row.id);
        let (job, key) = match (row.method.as_str(), row.status.as_str()) {
            ("card", _) => (Job::CheckCard(payment), format!("card:{payment}")),
            (_, "initiated") => (Job::RequestPrompt(payment), format!("prompt:{payment}")),
            _ => (Job::CheckPayment(payment), format!("check:{payment}")),
        };
        tx.enqueue(&job, None, Some(&key)).await?;
    }
    if overdue.is_empty() {
        return Ok(0);
    }
    tx.commit().await?;
    tracing::warn!(tenant.id = %ctx.tenant, payments.overdue = overdue.len(), "open payments had no job and are asked about again");
    Ok(overdue.len())
}
