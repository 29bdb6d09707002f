//! Sessions of shoppers: begun, found again, ended. Only the token's hash is kept.

use crate::{
    ctx::Ctx,
    db::{DbError, TenantTx},
    error::AppError,
    kernel::{
        id::{CustomerId, ShopperSessionId},
        locale::Locale,
        phone::Phone,
        token::Token,
    },
};
use chrono::{DateTime, TimeDelta, Utc};

/// A browser that was silent for so long asks for a code again.
pub const IDLE: TimeDelta = TimeDelta::days(7);
/// However busy, a session ends after so long.
const LONGEST: TimeDelta = TimeDelta::days(30);
/// So often it is noted that somebody is there.
const SEEN: TimeDelta = TimeDelta::minutes(1);

/// Somebody who is signed in to one merchant's shops.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Shopper {
    pub session: ShopperSessionId,
    pub customer: CustomerId,
    pub phone: Phone,
    /// Their code came by mail, and not by SMS.
    pub is_by_mail: bool,
    /// Empty when nobody said.
    pub name: Name,
    pub locale: Option<Locale>,
    /// Since when their data wait to be erased.
    pub leaving_since: Option<DateTime<Utc>>,
    /// Whether all that is kept of the phone is theirs to have and to end. A code by SMS proves the phone itself. One by
    /// mail proves the orders that were placed with that e-mail, so there must be nothing beside them: no talk, no money,
    /// nobody who was known before they ordered or said anywhere else whether they want to be written to.
    pub is_sure: bool,
}

/// What somebody is called. Prints nothing of it.
#[derive(Clone, Default, PartialEq, Eq)]
pub struct Name(pub String);

impl std::fmt::Debug for Name {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Name(•••)")
    }
}

/// A new session; the token goes into the cookie and nowhere else. Sessions whose time is over go.
pub(super) async fn start(
    tx: &mut TenantTx,
    customer: CustomerId,
    channel: &str,
    now: DateTime<Utc>,
) -> Result<Token, DbError> {
    let token = Token::random();
    sqlx::query!(
        "with swept as (
             delete from shopper_sessions
             where tenant_id = $1
               and expires_at < $6
         )
         insert into shopper_sessions (tenant_id, id, customer_id, token_hash, channel, last_seen_at, expires_at, created_at,
                                       updated_at)
         values ($1, $2, $3, $4, $5, $6, $7, $6, $6)",
        tx.tenant(),
        ShopperSessionId::mint().uuid(),
        customer.uuid(),
        token.hash(),
        channel,
        now,
        now + LONGEST
    )
    .execute(tx.conn())
    .await?;
    Ok(token)
}

/// Whose session it is, and that they were here; the caller commits. None when it is unknown, ended, over or was silent
/// too long, when they were erased, and when it began by mail and the phone is known with another e-mail, or with none.
pub async fn find(tx: &mut TenantTx, token: &Token, now: DateTime<Utc>) -> Result<Option<Shopper>, AppError> {
    let row = sqlx::query!(
        r#"with known as (
               select s.id, s.customer_id, s.last_seen_at, s.channel, c.phone, c.locale, c.erase_asked_at,
                      concat_ws(' ', c.first_name, c.last_name) as name,
                      s.channel = 'sms' or m.is_sure as is_sure
               from shopper_sessions s
               join customers c on c.tenant_id = $1 and c.id = s.customer_id and c.phone is not null
               cross join lateral proved_by_mail($1, c.id) m
               where s.tenant_id = $1
                 and s.token_hash = $2
                 and s.ended_at is null
                 and s.expires_at > $3
                 and s.last_seen_at > $4
                 and (s.channel = 'sms' or m.is_held)
           ), seen as (
               update shopper_sessions s
               set last_seen_at = $3, updated_at = $3
               from known
               where s.tenant_id = $1
                 and s.id = known.id
                 and known.last_seen_at < $5
           )
           select id as "id!", customer_id as "customer_id!", phone as "phone!", channel = 'mail' as "is_by_mail!", locale as "locale?",
                  erase_asked_at as "erase_asked_at?", name as "name!", is_sure as "is_sure!"
           from known"#,
        tx.tenant(),
        token.hash(),
        now,
        now - IDLE,
        now - SEEN
    )
    .fetch_optional(tx.conn())
    .await?;
    let Some(row) = row else { return Ok(None) };
    let phone = Phone::parse(&row.phone).ok_or_else(|| DbError::corrupt("customers.phone", &row.customer_id))?;
    Ok(Some(Shopper {
        session: row.id.into(),
        customer: row.customer_id.into(),
        phone,
        is_by_mail: row.is_by_mail,
        name: Name(row.name),
        locale: row.locale.as_deref().and_then(Locale::parse),
        leaving_since: row.erase_asked_at,
        is_sure: row.is_sure,
    }))
}

/// The same for who must be somebody.
pub(super) async fn expect(tx: &mut TenantTx, token: &Token, now: DateTime<Utc>) -> Result<Shopper, AppError> {
    find(tx, token, now).await?.ok_or(AppError::SignedOut)
}

/// Signs a browser out; an unknown token is out already.
pub async fn sign_out(ctx: &Ctx, token: &Token) -> Result<(), AppError> {
    let mut tx = ctx.tx().await?;
    end_in(&mut tx, token, ctx.now()).await?;
    Ok(tx.commit().await?)
}

pub(super) async fn end_in(tx: &mut TenantTx, token: &Token, now: DateTime<Utc>) -> Result<(), DbError> {
    sqlx::query!(
        "update shopper_sessions
         set ended_at = $3, updated_at = $3
         where tenant_id = $1
           and token_hash = $2
           and ended_at is null",
        tx.tenant(),
        token.hash(),
        now
    )
    .execute(tx.conn())
    .await?;
    Ok(())
}
