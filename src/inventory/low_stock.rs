//! What runs out, told once a morning to the owners who want it, when something is newly low.

use crate::{
    ctx::Ctx,
    db::TenantTx,
    error::AppError,
    kernel::{access::Permission, email::Email, id::StockRoundId, locale::Locale},
    mail::{
        kind::MailKind,
        outbox::{NewMail, post},
    },
};
use chrono::{DateTime, Utc};
use serde_json::json;

/// Told from this hour of the merchant's day.
const HOUR: i32 = 7;

/// A day's work that nobody has done yet, noted in this transaction.
pub(super) struct Due {
    pub round: StockRoundId,
}

/// Takes the day's check or alert for this transaction, from that hour of the merchant's day on; none when it is done.
pub(super) async fn due(tx: &mut TenantTx, kind: &str, hour: i32, now: DateTime<Utc>) -> Result<Option<Due>, AppError> {
    let round = sqlx::query_scalar!(
        "insert into stock_rounds (tenant_id, id, kind, day)
         select t.id, $2, $3, ($4::timestamptz at time zone t.timezone)::date
         from tenants t
         where t.id = $1
           and extract(hour from $4::timestamptz at time zone t.timezone) >= $5::int
         on conflict (tenant_id, kind, day) do nothing
         returning id",
        tx.tenant(),
        StockRoundId::mint().uuid(),
        kind,
        now,
        hour
    )
    .fetch_optional(tx.conn())
    .await?;
    Ok(round.map(|round| Due { round: round.into() }))
}

/// Compares what is low with what was told, and writes to the owners when there is something new. Once a day.
/// Answers how many variants are newly low, none when the day was done.
pub async fn tell_this_morning(ctx: &Ctx) -> Result<Option<i64>, AppError> {
    let mut tx = ctx.tx().await?;
    let Some(Due { round }) = due(&mut tx, "alert", HOUR, ctx.now()).await? else { return Ok(None) };
    let new = renew_told(&mut tx, ctx, round).await?;
    if new > 0 {
        for owner in list_owners(&mut tx).await? {
            let Some(to) = Email::parse(&owner.email) else { continue };
            let mail = NewMail { kind: MailKind::LowStock, to: &to, locale: owner.locale, subject: round.uuid() };
            post(&mut tx, &mail).await?;
        }
    }
    tx.commit().await?;
    Ok(Some(new))
}

/// Brings the list of what was told to what is low now. Answers how many came to it.
async fn renew_told(tx: &mut TenantTx, ctx: &Ctx, round: StockRoundId) -> Result<i64, AppError> {
    let new = sqlx::query_scalar!(
        r#"with held as (
               select h.variant_id, sum(h.quantity)::int as pieces
               from stock_holds h
               where h.tenant_id = $1
                 and h.released_at is null
                 and h.converted_at is null
                 and h.expires_at > $2
               group by h.variant_id
           ), low as (
               select v.id
               from product_variants v
               join products p on p.tenant_id = $1 and p.id = v.product_id and p.status = 'active'
               left join held on held.variant_id = v.id
               where v.tenant_id = $1
                 and v.is_active
                 and v.stock_quantity - coalesce(held.pieces, 0) <= v.low_stock_threshold
           ), gone as (
               delete from stock_told t
               where t.tenant_id = $1
                 and t.variant_id not in (select low.id from low)
           ), told as (
               insert into stock_told (tenant_id, variant_id, round_id)
               select $1, low.id, $3
               from low
               where not exists (select 1 from stock_told t where t.tenant_id = $1 and t.variant_id = low.id)
               returning id
           )
           select count(*) as "count!"
           from told"#,
        tx.tenant(),
        ctx.now(),
        round.uuid()
    )
    .fetch_one(tx.conn())
    .await?;
    sqlx::query!(
        "update stock_rounds
         set found = $3, updated_at = now()
         where tenant_id = $1
           and id = $2",
        tx.tenant(),
        round.uuid(),
        i32::try_from(new).unwrap_or(i32::MAX)
    )
    .execute(tx.conn())
    .await?;
    Ok(new)
}

struct Owner {
    email: String,
    locale: Locale,
}

async fn list_owners(tx: &mut TenantTx) -> Result<Vec<Owner>, AppError> {
    let rows = sqlx::query!(
        "select email, locale
         from users
         where tenant_id = $1
           and role = 'owner'
           and status = 'active'
           and stock_mail
         order by id
         limit 50",
        tx.tenant()
    )
    .fetch_all(tx.conn())
    .await?;
    Ok(rows
        .into_iter()
        .map(|row| Owner { email: row.email, locale: Locale::parse(&row.locale).unwrap_or_default() })
        .collect())
}

/// An owner says whether they want to be written to.
pub async fn choose_mail(ctx: &Ctx, wants: bool) -> Result<(), AppError> {
    ctx.require(Permission::EditStore)?;
    let Some(user) = ctx.actor.user() else { return Err(AppError::NotPermitted) };
    let mut tx = ctx.tx().await?;
    let changed = sqlx::query!(
        "update users
         set stock_mail = $3, updated_at = now()
         where tenant_id = $1
           and id = $2
           and stock_mail <> $3",
        tx.tenant(),
        user.uuid(),
        wants
    )
    .execute(tx.conn())
    .await?;
    if changed.rows_affected() > 0 {
        tx.audit(ctx.actor, "stock_mail_chosen", "users", user.uuid(), json!({ "wants": wants })).await?;
    }
    Ok(tx.commit().await?)
}
