//! The browsers somebody is signed in with: listed with device and place, ended one by one or all.

use super::{
    device::Device,
    person::oneself,
    session::{self, IDLE_MINUTES},
};
use crate::{
    ctx::Ctx,
    error::AppError,
    kernel::{id::SessionId, local_time::LocalTime},
};
use serde_json::json;

/// One of them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OpenSession {
    pub id: SessionId,
    pub device: Device,
    /// Where it was when it signed in; empty when nobody knows.
    pub address: String,
    pub signed_in: LocalTime,
    pub last_seen: LocalTime,
    pub is_here: bool,
}

/// The latest seen first, at most 50.
pub async fn list(ctx: &Ctx) -> Result<Vec<OpenSession>, AppError> {
    let user = oneself(ctx)?;
    let mut tx = ctx.tx().await?;
    let rows = sqlx::query!(
        r#"select k.id, coalesce(k.user_agent, '') as "agent!", coalesce(k.address, '') as "address!",
                  (k.created_at at time zone t.timezone) as "signed_in!",
                  (k.last_seen_at at time zone t.timezone) as "last_seen!"
           from sessions k
           join tenants t on t.id = $1
           where k.tenant_id = $1
             and k.user_id = $2
             and k.ended_at is null
             and k.expires_at > now()
             and k.last_seen_at > now() - make_interval(mins => $3)
           order by k.last_seen_at desc, k.id
           limit 50"#,
        tx.tenant(),
        user.uuid(),
        IDLE_MINUTES
    )
    .fetch_all(tx.conn())
    .await?;
    let here = ctx.origin.session;
    Ok(rows
        .into_iter()
        .map(|row| OpenSession {
            id: row.id.into(),
            device: Device::read(&row.agent),
            address: row.address,
            signed_in: row.signed_in.into(),
            last_seen: row.last_seen.into(),
            is_here: here == Some(row.id.into()),
        })
        .collect())
}

/// Signs out one of one's own browsers; one that is out already stays out. Not one's own is not found.
pub async fn end_one(ctx: &Ctx, id: SessionId) -> Result<(), AppError> {
    let user = oneself(ctx)?;
    let mut tx = ctx.tx().await?;
    let ended = sqlx::query_scalar!(
        r#"update sessions k
           set ended_at = coalesce(k.ended_at, now()), updated_at = now()
           from sessions old
           where k.tenant_id = $1
             and k.id = $2
             and k.user_id = $3
             and old.tenant_id = $1
             and old.id = k.id
           returning old.ended_at is null as "was_open!""#,
        tx.tenant(),
        id.uuid(),
        user.uuid()
    )
    .fetch_optional(tx.conn())
    .await?
    .ok_or(AppError::NotFound)?;
    if ended {
        tx.audit(ctx.actor, "session_ended", "sessions", id.uuid(), json!({})).await?;
    }
    Ok(tx.commit().await?)
}

/// Signs out every browser but this one.
pub async fn end_others(ctx: &Ctx) -> Result<(), AppError> {
    let user = oneself(ctx)?;
    let here = ctx.origin.session.ok_or(AppError::SignedOut)?;
    let mut tx = ctx.tx().await?;
    let ended = session::end_all(&mut tx, user, Some(here)).await?;
    tx.audit(ctx.actor, "other_sessions_ended", "users", user.uuid(), json!({ "sessions": ended })).await?;
    Ok(tx.commit().await?)
}
