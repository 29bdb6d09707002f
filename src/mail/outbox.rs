//! Asking for a mail, in the transaction that makes it necessary.

use super::kind::MailKind;
use crate::{
    db::{DbError, TenantTx},
    jobs::kinds::Job,
    kernel::{email::Email, id::MailId, locale::Locale},
};
use uuid::Uuid;

/// A mail that somebody should get.
#[derive(Clone, Debug)]
pub struct NewMail<'a> {
    pub kind: MailKind,
    pub to: &'a Email,
    pub locale: Locale,
    /// What it is about, as [`MailKind`] says.
    pub subject: Uuid,
}

/// Writes it down and asks the worker to send it once this transaction is committed.
pub(crate) async fn post(tx: &mut TenantTx, mail: &NewMail<'_>) -> Result<MailId, DbError> {
    let id = MailId::mint();
    sqlx::query!(
        "insert into mails (tenant_id, id, kind, recipient, locale, subject_id)
         values ($1, $2, $3, $4, $5, $6)",
        tx.tenant(),
        id.uuid(),
        mail.kind.as_str(),
        mail.to.as_str(),
        mail.locale.tag(),
        mail.subject
    )
    .execute(tx.conn())
    .await?;
    tx.enqueue(&Job::SendMail(id), None, None).await?;
    Ok(id)
}
