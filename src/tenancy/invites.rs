//! Invites: a link by which somebody joins the team, once, for a week.

use super::{password, session};
use crate::{
    ctx::{Ctx, Origin, Platform},
    db::DbError,
    error::AppError,
    kernel::{
        access::{Actor, Permission, Role},
        email::Email,
        field_errors::{FieldErrors, FieldProblem, required_text},
        id::{InviteId, TenantId, UserId},
        locale::Locale,
        token::Token,
        typed::Typed,
    },
    mail::{kind::MailKind, outbox},
    vault::Purpose,
};
use chrono::{DateTime, TimeDelta, Utc};
use serde_json::json;
use std::sync::Arc;

/// How long a link lasts.
const LASTS: TimeDelta = TimeDelta::days(7);
/// The most open invites of one merchant, and the most that are sent in an hour: each is a mail to a stranger.
const MOST_OPEN: i64 = 50;
const MOST_AN_HOUR: i64 = 20;

/// The fields of an invite, and of accepting one.
pub const FIELDS: &[&str] = &["email", "role"];
pub const ACCEPT_FIELDS: &[&str] = &["name", "password"];

/// An invite nobody has accepted yet.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OpenInvite {
    pub id: InviteId,
    pub email: String,
    pub role: Role,
    pub expires_at: DateTime<Utc>,
    pub is_over: bool,
    /// For how long the link opens yet, a begun day counted whole.
    pub days_left: i64,
    /// What stands behind `/invites/`.
    pub token: Token,
}

/// The invites that are open, the newest first.
pub async fn list_invites(ctx: &Ctx) -> Result<Vec<OpenInvite>, AppError> {
    ctx.require(Permission::ManageTeam)?;
    let mut tx = ctx.tx().await?;
    let key = ctx.key(&mut tx).await?;
    let rows = sqlx::query!(
        "select id, email, role, expires_at
         from staff_invites
         where tenant_id = $1
           and accepted_at is null
           and revoked_at is null
         order by created_at desc
         limit 50",
        tx.tenant()
    )
    .fetch_all(tx.conn())
    .await?;
    let now = ctx.now();
    Ok(rows
        .into_iter()
        .map(|row| OpenInvite {
            token: key.token(Purpose::Invite, row.id),
            id: row.id.into(),
            email: row.email,
            role: Role::parse(&row.role).unwrap_or(Role::Viewer),
            is_over: row.expires_at <= now,
            days_left: (row.expires_at - now + TimeDelta::hours(23)).num_days().max(0),
            expires_at: row.expires_at,
        })
        .collect())
}

/// Invites somebody; a new invite to the same e-mail takes the place of the one before.
pub async fn invite(ctx: &Ctx, typed: &Typed, locale: Locale) -> Result<InviteId, AppError> {
    ctx.require(Permission::ManageTeam)?;
    let mut errors = FieldErrors::none();
    let email = errors.expect("email", Email::parse(typed.get("email")).ok_or(FieldProblem::NotAnEmail));
    let role = errors.expect("role", Role::parse(typed.get("role")).ok_or(FieldProblem::UnknownChoice));
    let (Some(email), Some(role)) = (email, role) else { return Err(AppError::Invalid(errors)) };
    let id = InviteId::mint();
    let mut tx = ctx.tx().await?;
    let key = ctx.key(&mut tx).await?;
    let is_known = sqlx::query_scalar!(
        r#"select exists (select 1 from users where tenant_id = $1 and email = $2) as "known!""#,
        tx.tenant(),
        email.as_str()
    )
    .fetch_one(tx.conn())
    .await?;
    if is_known {
        return Err(AppError::Invalid(FieldErrors::one("email", FieldProblem::Taken)));
    }
    sqlx::query!(
        "update staff_invites
         set revoked_at = now(), updated_at = now()
         where tenant_id = $1
           and email = $2
           and accepted_at is null
           and revoked_at is null",
        tx.tenant(),
        email.as_str()
    )
    .execute(tx.conn())
    .await?;
    let added = sqlx::query!(
        "insert into staff_invites (tenant_id, id, email, role, invite_token, expires_at, invited_by)
         select $1, $2, $3, $4, $5, $6, $7
         where (
             select count(*) from staff_invites where tenant_id = $1 and accepted_at is null and revoked_at is null
         ) < $8
           and (
             select count(*) from staff_invites where tenant_id = $1 and created_at > now() - interval '1 hour'
         ) < $9",
        tx.tenant(),
        id.uuid(),
        email.as_str(),
        role.as_str(),
        key.token(Purpose::Invite, id.uuid()).hash_hex(),
        ctx.now() + LASTS,
        ctx.actor.user().map(UserId::uuid),
        MOST_OPEN,
        MOST_AN_HOUR
    )
    .execute(tx.conn())
    .await
    .map_err(|fault| DbError::from(fault).or_changed_meanwhile("staff_invites_one_open"))?;
    if added.rows_affected() == 0 {
        return Err(AppError::TooMany { retry_after_seconds: 3600 });
    }
    outbox::post(&mut tx, &outbox::NewMail { kind: MailKind::Invite, to: &email, locale, subject: id.uuid() }).await?;
    tx.audit(ctx.actor, "member_invited", "staff_invites", id.uuid(), json!({ "role": role.as_str() })).await?;
    tx.commit().await?;
    Ok(id)
}

/// Takes an invite back; its link is as good as any other that leads nowhere.
pub async fn revoke(ctx: &Ctx, invite: InviteId) -> Result<(), AppError> {
    ctx.require(Permission::ManageTeam)?;
    let mut tx = ctx.tx().await?;
    let revoked = sqlx::query!(
        "update staff_invites
         set revoked_at = now(), updated_at = now()
         where tenant_id = $1
           and id = $2
           and accepted_at is null
           and revoked_at is null",
        tx.tenant(),
        invite.uuid()
    )
    .execute(tx.conn())
    .await?;
    if revoked.rows_affected() == 0 {
        return Err(AppError::NotFound);
    }
    tx.audit(ctx.actor, "invite_revoked", "staff_invites", invite.uuid(), json!({})).await?;
    Ok(tx.commit().await?)
}

/// What a link is an invitation to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Invitation {
    pub tenant: TenantId,
    pub id: InviteId,
    pub business: String,
    pub email: String,
    pub role: Role,
}

/// The open invite behind a link. Used, revoked, over and unknown ones are all nothing.
pub async fn find_invitation(platform: &Arc<Platform>, token: &Token) -> Result<Option<Invitation>, AppError> {
    let Some((tenant, id)) = platform.db.find_invite(&token.hash_hex()).await? else { return Ok(None) };
    let mut tx = platform.db.tenant(tenant).await?;
    let row = sqlx::query!(
        "select i.email, i.role, t.name
         from staff_invites i
         join tenants t on t.id = $1
         where i.tenant_id = $1
           and i.id = $2",
        tx.tenant(),
        id.uuid()
    )
    .fetch_optional(tx.conn())
    .await?;
    Ok(row.map(|row| Invitation {
        tenant,
        id,
        business: row.name,
        email: row.email,
        role: Role::parse(&row.role).unwrap_or(Role::Viewer),
    }))
}

/// Joins the team and signs in. Of two who press at once, one joins; the other's link has been used.
pub async fn accept(
    platform: &Arc<Platform>,
    token: &Token,
    typed: &Typed,
    locale: Locale,
    origin: Origin,
) -> Result<Token, AppError> {
    let invitation = find_invitation(platform, token).await?.ok_or(AppError::NotFound)?;
    let mut errors = FieldErrors::none();
    typed.expect_only(ACCEPT_FIELDS, &mut errors);
    let name = errors.expect("name", required_text(typed.get("name"), 80));
    let password = typed.get("password");
    let _ = errors.expect("password", password::check(password, &[&invitation.email, &invitation.business]));
    let (Some(name), true) = (name, errors.is_empty()) else { return Err(AppError::Invalid(errors)) };
    let hash = password::hash(password).await?;
    let user = UserId::mint();
    let mut tx = platform.db.tenant(invitation.tenant).await?.by(origin.clone());
    let accepted = sqlx::query!(
        "update staff_invites
         set accepted_at = now(), updated_at = now()
         where tenant_id = $1
           and id = $2
           and accepted_at is null
           and revoked_at is null
           and expires_at > now()",
        tx.tenant(),
        invitation.id.uuid()
    )
    .execute(tx.conn())
    .await?;
    if accepted.rows_affected() == 0 {
        return Err(AppError::NotFound);
    }
    let joined = sqlx::query!(
        "insert into users (tenant_id, id, email, name, password_hash, role, locale)
         values ($1, $2, $3, $4, $5, $6, $7)
         on conflict do nothing",
        tx.tenant(),
        user.uuid(),
        invitation.email,
        name,
        hash,
        invitation.role.as_str(),
        locale.tag()
    )
    .execute(tx.conn())
    .await?;
    if joined.rows_affected() == 0 {
        // The e-mail has joined by another way meanwhile.
        return Err(AppError::NotFound);
    }
    let (session, cookie) = session::start(&mut tx, user, origin.agent.as_deref().unwrap_or_default()).await?;
    let actor = Actor::Member { user, role: invitation.role };
    let details = json!({ "user": user, "session": session, "role": invitation.role.as_str() });
    tx.audit(actor, "invite_accepted", "staff_invites", invitation.id.uuid(), details).await?;
    tx.commit().await?;
    Ok(cookie)
}
