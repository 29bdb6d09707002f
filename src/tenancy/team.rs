//! The people of a merchant's team: their roles, and showing them out.

use super::session;
use crate::{
    ctx::Ctx,
    db::TenantTx,
    error::{AppError, Refusal},
    kernel::{
        access::{Permission, Role},
        id::UserId,
    },
};
use chrono::{DateTime, Utc};
use serde_json::json;

/// Somebody of the team.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TeamMember {
    pub id: UserId,
    pub name: String,
    pub email: String,
    pub role: Role,
    pub is_active: bool,
    pub has_second_factor: bool,
    pub last_login_at: Option<DateTime<Utc>>,
    pub version: i32,
}

/// The whole team, owners first, those who left last.
pub async fn list_team(ctx: &Ctx) -> Result<Vec<TeamMember>, AppError> {
    ctx.require(Permission::ManageTeam)?;
    let mut tx = ctx.tx().await?;
    let rows = sqlx::query!(
        r#"select id, coalesce(nullif(name, ''), email) as "name!", email, role, status = 'active' as "is_active!",
                  mfa_enabled_at is not null as "has_second_factor!", last_login_at, version
           from users
           where tenant_id = $1
             and status <> 'invited'
           order by status, array_position('{owner,staff,viewer}'::text[], role), lower(email)
           limit 200"#,
        tx.tenant()
    )
    .fetch_all(tx.conn())
    .await?;
    Ok(rows
        .into_iter()
        .map(|row| TeamMember {
            id: row.id.into(),
            name: row.name,
            email: row.email,
            role: Role::parse(&row.role).unwrap_or(Role::Viewer),
            is_active: row.is_active,
            has_second_factor: row.has_second_factor,
            last_login_at: row.last_login_at,
            version: row.version,
        })
        .collect())
}

/// Gives somebody another role; their sessions end, so that they come back with the new one.
pub async fn change_role(ctx: &Ctx, user: UserId, version: i32, role: Role) -> Result<(), AppError> {
    ctx.require(Permission::ManageTeam)?;
    let mut tx = ctx.tx().await?;
    let before = lock_member(&mut tx, user).await?;
    if before.version != version {
        return Err(AppError::ChangedMeanwhile);
    }
    if before.role == role {
        return Ok(());
    }
    before.leave_an_owner()?;
    sqlx::query!(
        "update users
         set role = $3, version = version + 1, updated_at = now()
         where tenant_id = $1
           and id = $2",
        tx.tenant(),
        user.uuid(),
        role.as_str()
    )
    .execute(tx.conn())
    .await?;
    session::end_all(&mut tx, user, None).await?;
    take_invites_back(&mut tx, user).await?;
    let details = json!({ "from": before.role.as_str(), "to": role.as_str() });
    tx.audit(ctx.actor, "role_changed", "users", user.uuid(), details).await?;
    Ok(tx.commit().await?)
}

/// Shows somebody out at once, or lets them in again. Their name stays in what they did.
pub async fn set_active(ctx: &Ctx, user: UserId, version: i32, is_active: bool) -> Result<(), AppError> {
    ctx.require(Permission::ManageTeam)?;
    let mut tx = ctx.tx().await?;
    let before = lock_member(&mut tx, user).await?;
    if before.version != version {
        return Err(AppError::ChangedMeanwhile);
    }
    if before.is_active == is_active {
        return Ok(());
    }
    before.leave_an_owner()?;
    sqlx::query!(
        "update users
         set status = case when $3 then 'active' else 'disabled' end, version = version + 1, updated_at = now()
         where tenant_id = $1
           and id = $2",
        tx.tenant(),
        user.uuid(),
        is_active
    )
    .execute(tx.conn())
    .await?;
    session::end_all(&mut tx, user, None).await?;
    take_invites_back(&mut tx, user).await?;
    let action = if is_active { "member_enabled" } else { "member_disabled" };
    tx.audit(ctx.actor, action, "users", user.uuid(), json!({})).await?;
    Ok(tx.commit().await?)
}

/// Whoever loses power leaves no door open behind them.
async fn take_invites_back(tx: &mut TenantTx, user: UserId) -> Result<(), AppError> {
    sqlx::query!(
        "update staff_invites
         set revoked_at = now(), updated_at = now()
         where tenant_id = $1
           and invited_by = $2
           and accepted_at is null
           and revoked_at is null",
        tx.tenant(),
        user.uuid()
    )
    .execute(tx.conn())
    .await?;
    Ok(())
}

struct Locked {
    role: Role,
    is_active: bool,
    version: i32,
    /// Somebody else owns the shop too.
    has_other_owner: bool,
}

impl Locked {
    /// Refuses to take its only owner from a shop.
    fn leave_an_owner(&self) -> Result<(), AppError> {
        if self.is_active && matches!(self.role, Role::Owner) && !self.has_other_owner {
            return Err(AppError::Refused(Refusal::LastOwner));
        }
        Ok(())
    }
}

/// Locks somebody and all owners at once, in id order: of two owners who leave at the same moment one waits for the other.
async fn lock_member(tx: &mut TenantTx, user: UserId) -> Result<Locked, AppError> {
    let rows = sqlx::query!(
        r#"select id, role, status = 'active' as "is_active!", version
           from users
           where tenant_id = $1
             and (id = $2 or (role = 'owner' and status = 'active'))
           order by id
           for update"#,
        tx.tenant(),
        user.uuid()
    )
    .fetch_all(tx.conn())
    .await?;
    let is_owner = |role: &str| Role::parse(role) == Some(Role::Owner);
    let has_other_owner = rows.iter().any(|row| row.id != user.uuid() && row.is_active && is_owner(&row.role));
    let row = rows.into_iter().find(|row| row.id == user.uuid()).ok_or(AppError::NotFound)?;
    Ok(Locked {
        role: Role::parse(&row.role).unwrap_or(Role::Viewer),
        is_active: row.is_active,
        version: row.version,
        has_other_owner,
    })
}
