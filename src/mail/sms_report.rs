//! What became of a text message after the provider took it. A message that arrived stays so, whatever is told later.

use super::providers::africastalking::Report;
use crate::{ctx::Ctx, error::AppError};

/// Notes a report once; false when no message of this merchant has that number.
pub async fn note(ctx: &Ctx, report: &Report) -> Result<bool, AppError> {
    let mut tx = ctx.tx().await?;
    let end_state = report.has_arrived.map(|has_arrived| if has_arrived { "arrived" } else { "failed" });
    let is_ours = sqlx::query_scalar!(
        r#"with ours as (
               select id
               from mails
               where tenant_id = $1
                 and provider_id = $2
                 and channel = 'sms'
               limit 1
           ), noted as (
               update mails m
               set end_state = $3, ended_at = $4, updated_at = $4
               from ours
               where m.tenant_id = $1
                 and m.id = ours.id
                 and $3::text is not null
                 and m.end_state is distinct from 'arrived'
                 and m.end_state is distinct from $3
           ), heard as (
               update sms_accounts
               set heard_at = $4, updated_at = $4
               where tenant_id = $1
                 and exists (select from ours)
                 and (heard_at is null or heard_at < $4::timestamptz - interval '1 minute')
           )
           select exists (select from ours) as "is_ours!""#,
        tx.tenant(),
        report.message,
        end_state,
        ctx.now()
    )
    .fetch_one(tx.conn())
    .await?;
    tx.commit().await?;
    Ok(is_ours)
}
