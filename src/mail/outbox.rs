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

/// Stands in the place of a buyer's address: that is on the order, and nowhere else.
const BUYER: &str = "buyer";

/// Writes down a mail to an order's buyer, who may have left no address: then it is dropped when it should be sent.
pub(crate) async fn post_to_buyer(
    tx: &mut TenantTx,
    kind: MailKind,
    locale: Locale,
    subject: Uuid,
) -> Result<MailId, DbError> {
    write(tx, kind, BUYER, locale, subject).await
}

/// Writes it down and asks the worker to send it once this transaction is committed.
pub(crate) async fn post(tx: &mut TenantTx, mail: &NewMail<'_>) -> Result<MailId, DbError> {
    write(tx, mail.kind, mail.to.as_str(), mail.locale, mail.subject).await
}

async fn write(
    tx: &mut TenantTx,
    kind: MailKind,
    recipient: &str,
    locale: Locale,
    subject: Uuid,
) -> Result<MailId, DbError> {
    let id = MailId::mint();
    sqlx::query!(
        "insert into mails (tenant_id, id, kind, recipient, locale, subject_id)
         values ($1, $2, $3, $4, $5, $6)",
        tx.tenant(),
        id.uuid(),
        kind.as_str(),
        recipient,
        locale.tag(),
        subject
    )
    .execute(tx.conn())
    .await?;
    tx.enqueue(&Job::SendMail(id), None, None).await?;
    Ok(id)
}
