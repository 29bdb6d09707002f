//! A text message on its way to the provider: claimed before it is given away, since a repeat cannot be told from a new one.

use super::{providers::africastalking::SmsCredentials, sms_account};
use crate::{
    ctx::Platform,
    error::AppError,
    kernel::id::{MailId, TenantId},
};

/// Claims it. None when it was claimed before, by somebody who never said what came of it, or when the merchant sends
/// no texts any more: then it is dropped.
pub async fn claim(platform: &Platform, tenant: TenantId, mail: MailId) -> Result<Option<SmsCredentials>, AppError> {
    let mut tx = platform.db.tenant(tenant).await?;
    let key = platform.vault.key(&mut tx).await?;
    let account = sms_account::open(&mut tx, &key).await?;
    let claimed = sqlx::query!(
        "update mails
         set claimed_at = case when $3 then now() end,
             status = case when $3 and claimed_at is null then status else 'dropped' end,
             updated_at = now()
         where tenant_id = $1
           and id = $2
           and status = 'queued'
         returning status",
        tx.tenant(),
        mail.uuid(),
        account.is_some()
    )
    .fetch_optional(tx.conn())
    .await?;
    tx.commit().await?;
    Ok(account.filter(|_| claimed.is_some_and(|row| row.status == "queued")))
}

/// Nothing was sent: the next try may.
pub async fn give_back(platform: &Platform, tenant: TenantId, mail: MailId) -> Result<(), AppError> {
    let mut tx = platform.db.tenant(tenant).await?;
    sqlx::query!(
        "update mails
         set claimed_at = null, updated_at = now()
         where tenant_id = $1
           and id = $2
           and status = 'queued'",
        tx.tenant(),
        mail.uuid()
    )
    .execute(tx.conn())
    .await?;
    tx.commit().await?;
    Ok(())
}

/// The provider took it, under a number of its own where the answer had one.
pub async fn note_taken(
    platform: &Platform,
    tenant: TenantId,
    mail: MailId,
    provider_id: Option<&str>,
) -> Result<(), AppError> {
    let mut tx = platform.db.tenant(tenant).await?;
    sqlx::query!(
        "update mails
         set status = 'sent', sent_at = now(), provider_id = $3, updated_at = now()
         where tenant_id = $1
           and id = $2
           and status = 'queued'",
        tx.tenant(),
        mail.uuid(),
        provider_id
    )
    .execute(tx.conn())
    .await?;
    sms_account::note_problem(&mut tx, None).await?;
    tx.commit().await?;
    Ok(())
}

/// What is wrong with the merchant's account, for their settings.
pub async fn note_problem(platform: &Platform, tenant: TenantId, problem: &str) -> Result<(), AppError> {
    let mut tx = platform.db.tenant(tenant).await?;
    sms_account::note_problem(&mut tx, Some(problem)).await?;
    tx.commit().await?;
    Ok(())
}
