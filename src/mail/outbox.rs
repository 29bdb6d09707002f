//! Asking for a mail or a text message, in the transaction that makes it necessary.

use super::kind::MailKind;
use crate::{
    db::{DbError, TenantTx},
    jobs::kinds::Job,
    kernel::{
        email::Email,
        id::{MailId, OrderId},
        locale::Locale,
    },
};
use chrono::{DateTime, Utc};
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

/// Tells an order's buyer, once for each kind and subject: by mail when they left an address, by SMS when they left only
/// a phone and the merchant has switched that on, and not at all when they said no to it. One statement.
pub(crate) async fn tell_buyer(
    tx: &mut TenantTx,
    kind: MailKind,
    order: OrderId,
    subject: Uuid,
) -> Result<(), DbError> {
    tell_buyer_and(tx, kind, order, subject, None).await
}

/// The same, and other work is asked for with it: what, when, and under which key.
pub(crate) async fn tell_buyer_and(
    tx: &mut TenantTx,
    kind: MailKind,
    order: OrderId,
    subject: Uuid,
    also: Option<&(Job, DateTime<Utc>, String)>,
) -> Result<(), DbError> {
    let job = Job::SendMail(MailId::mint());
    sqlx::query!(
        r#"with bought as (
               select coalesce(p.locale, o.locale) as locale, o.customer_id,
                      case
                          when o.customer_email <> '' then 'mail'
                          when o.customer_phone <> '' and exists (
                              select
                              from sms_accounts a
                              where a.tenant_id = $1
                                and a.is_on
                          ) then 'sms'
                      end as channel
               from orders o
               left join customers p on p.tenant_id = $1 and p.id = o.customer_id
               where o.tenant_id = $1
                 and o.id = $2
           ), written as (
               insert into mails (tenant_id, id, kind, recipient, locale, subject_id, channel)
               select $1, $3, $4, $5, b.locale, $6, b.channel
               from bought b
               where b.channel is not null
                 and coalesce((
                         select c.is_given
                         from customer_consents c
                         where c.tenant_id = $1
                           and c.customer_id = b.customer_id
                           and c.channel = b.channel
                           and c.purpose = 'service'
                         order by c.recorded_at desc, c.is_given
                         limit 1
                     ), true)
               on conflict (tenant_id, kind, subject_id) where recipient = 'buyer' do nothing
               returning id
           )
           select (select enqueue_job($7, jsonb_build_object('subject', w.id), null, null)::text from written w) as told,
                  case when $8::text is not null
                       then enqueue_job($8, jsonb_build_object('subject', $9::uuid), $10, $11)::text end as asked"#,
        tx.tenant(),
        order.uuid(),
        job.subject(),
        kind.as_str(),
        BUYER,
        subject,
        job.kind(),
        also.map(|(job, ..)| job.kind()),
        also.map(|(job, ..)| job.subject()),
        also.map(|(_, at, _)| *at),
        also.map(|(.., key)| key.as_str())
    )
    .fetch_optional(tx.conn())
    .await?;
    Ok(())
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
