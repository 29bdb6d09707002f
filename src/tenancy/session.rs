//! Sessions of signed-in browsers: made, found again, ended. Only the token's hash is kept.

use super::member::{self, Member};
use crate::{
    ctx::{Ctx, Origin, Platform},
    db::{DbError, TenantTx},
    error::AppError,
    kernel::{
        id::{SessionId, UserId},
        token::Token,
    },
};
use serde_json::json;
use std::sync::Arc;

/// A browser that was silent for so long must sign in again.
pub(super) const IDLE_MINUTES: i32 = 12 * 60;
/// However busy, a session ends after so many days.
const DAYS: i32 = 30;

/// A new session; the token goes into the cookie and nowhere else.
/// From where is the transaction's to know.
pub(crate) async fn start(tx: &mut TenantTx, user: UserId, user_agent: &str) -> Result<(SessionId, Token), AppError> {
    let (id, token) = (SessionId::mint(), Token::random());
    let address = tx.origin().address.clone();
    let agent = Origin::new(None, user_agent, None).agent.unwrap_or_default();
    sqlx::query!(
        "with known as (
             update users set last_login_at = now(), updated_at = now() where tenant_id = $1 and id = $3
         )
         insert into sessions (tenant_id, id, user_id, token_hash, user_agent, address, last_seen_at, expires_at)
         values ($1, $2, $3, $4, $5, $7, now(), now() + make_interval(days => $6))",
        tx.tenant(),
        id.uuid(),
        user.uuid(),
        token.hash(),
        agent,
        DAYS,
        address
    )
    .execute(tx.conn())
    .await?;
    Ok((id, token))
}

/// Who a cookie's token belongs to, with the surroundings for that person's verbs.
/// Nobody when it is unknown, ended, over, or was silent too long.
pub async fn find(platform: &Arc<Platform>, token: &Token) -> Result<Option<(Ctx, Member)>, AppError> {
    look_up(platform, token, true).await
}

/// The same for what an open page asks by itself: nobody need be sitting before it, so it keeps no session awake.
pub async fn find_unseen(platform: &Arc<Platform>, token: &Token) -> Result<Option<(Ctx, Member)>, AppError> {
    look_up(platform, token, false).await
}

async fn look_up(
    platform: &Arc<Platform>,
    token: &Token,
    is_somebody_there: bool,
) -> Result<Option<(Ctx, Member)>, AppError> {
    let Some((tenant, session, _)) = platform.db.find_session(&token.hash()).await? else { return Ok(None) };
    let mut tx = platform.db.tenant(tenant).await?;
    let Some(member) = member::find(&mut tx, session, IDLE_MINUTES).await? else { return Ok(None) };
    if is_somebody_there {
        note_seen(tx, session).await?;
    }
    Ok(Some((Ctx::new(Arc::clone(platform), tenant, member.actor()), member)))
}

/// Once a minute is enough to know that somebody is there.
async fn note_seen(mut tx: TenantTx, session: SessionId) -> Result<(), DbError> {
    let seen = sqlx::query!(
        "update sessions
         set last_seen_at = now(), updated_at = now()
         where tenant_id = $1
           and id = $2
           and last_seen_at < now() - interval '1 minute'",
        tx.tenant(),
        session.uuid()
    )
    .execute(tx.conn())
    .await?;
    if seen.rows_affected() > 0 {
        tx.commit().await?;
    }
    Ok(())
}

/// Refuses when the session is over that this began with: what somebody sends may have been on its way for a while.
pub async fn require(ctx: &Ctx) -> Result<(), AppError> {
    let session = ctx.origin.session.ok_or(AppError::SignedOut)?;
    let mut tx = ctx.tx().await?;
    match member::find(&mut tx, session, IDLE_MINUTES).await? {
        Some(_) => Ok(()),
        None => Err(AppError::SignedOut),
    }
}

/// Gives a session another token; whoever knows the one before knows nothing now.
pub(super) async fn rotate(tx: &mut TenantTx, session: SessionId) -> Result<Token, AppError> {
    let token = Token::random();
    let rotated = sqlx::query!(
        "update sessions
         set token_hash = $3, updated_at = now()
         where tenant_id = $1
           and id = $2
           and ended_at is null",
        tx.tenant(),
        session.uuid(),
        token.hash()
    )
    .execute(tx.conn())
    .await?;
    if rotated.rows_affected() == 0 {
        return Err(AppError::SignedOut);
    }
    Ok(token)
}

/// Signs a person out everywhere, apart from one session. Gives how many were open.
pub(super) async fn end_all(tx: &mut TenantTx, user: UserId, but: Option<SessionId>) -> Result<u64, DbError> {
    let ended = sqlx::query!(
        "update sessions
         set ended_at = now(), updated_at = now()
         where tenant_id = $1
           and user_id = $2
           and ended_at is null
           and ($3::uuid is null or id <> $3)",
        tx.tenant(),
        user.uuid(),
        but.map(SessionId::uuid)
    )
    .execute(tx.conn())
    .await?;
    Ok(ended.rows_affected())
}

/// Signs a browser out; an unknown token is out already.
pub async fn end(platform: &Arc<Platform>, token: &Token) -> Result<(), AppError> {
    let Some((tenant, session, _)) = platform.db.find_session(&token.hash()).await? else { return Ok(()) };
    let mut tx = platform.db.tenant(tenant).await?;
    let member = member::find(&mut tx, session, IDLE_MINUTES).await?;
    sqlx::query!(
        "update sessions
         set ended_at = now(), updated_at = now()
         where tenant_id = $1
           and id = $2
           and ended_at is null",
        tx.tenant(),
        session.uuid()
    )
    .execute(tx.conn())
    .await?;
    if let Some(member) = member {
        tx.audit(member.actor(), "signed_out", "sessions", session.uuid(), json!({})).await?;
    }
    Ok(tx.commit().await?)
}
