//! Another e-mail to sign in with: asked for inside, proved by a link that only its owner gets. The first one is proved
//! the same way, and nothing waits for it.

use super::{
    account_token::{self, Proof, Proved},
    person::{hold, oneself},
    session,
};
use crate::{
    ctx::{Ctx, Origin, Platform},
    db::{DbError, TenantTx},
    error::AppError,
    kernel::{
        access::Actor,
        email::Email,
        field_errors::{FieldErrors, FieldProblem},
        id::{AccountTokenId, SessionId, UserId},
        locale::Locale,
        token::Token,
    },
    mail::{
        kind::MailKind,
        outbox::{NewMail, post},
    },
    vault::TenantKey,
};
use serde_json::json;
use std::sync::Arc;

/// Strangers' mailboxes are not to be filled from here.
const MOST_PER_HOUR: i64 = 5;

/// What a link is about, while it holds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Waiting {
    pub email: String,
    /// It is the account's e-mail already, and only to be confirmed.
    pub is_own: bool,
}

/// What opening a link has done.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Applied {
    Changed,
    /// It was the account's e-mail before, and is known to be its owner's now.
    Confirmed,
}

/// Sends a link to the new address, or to the account's own while nobody has confirmed it. Links asked for before open
/// nothing any more.
pub async fn ask(ctx: &Ctx, typed: &str) -> Result<(), AppError> {
    let user = oneself(ctx)?;
    let wrong = |problem| AppError::Invalid(FieldErrors::one("email", problem));
    let wanted = match typed.trim() {
        "" => return Err(wrong(FieldProblem::Missing)),
        text => Email::parse(text).ok_or_else(|| wrong(FieldProblem::NotAnEmail))?,
    };
    let mut tx = ctx.tx().await?;
    let person = hold(&mut tx, user).await?;
    if is_taken(&mut tx, user, &wanted).await? {
        return Err(wrong(FieldProblem::Taken));
    }
    if count_lately(&mut tx, user).await? >= MOST_PER_HOUR {
        return Err(AppError::TooMany { retry_after_seconds: 3600 });
    }
    account_token::end_open(&mut tx, user, Some(Proof::ChangeEmail)).await?;
    let key = ctx.key(&mut tx).await?;
    let link = send_link(&mut tx, &key, user, &wanted, person.locale).await?;
    tx.audit(ctx.actor, "email_change_asked", "users", user.uuid(), json!({ "account_token": link })).await?;
    Ok(tx.commit().await?)
}

/// A link to an address that proves it.
pub(super) async fn send_link(
    tx: &mut TenantTx,
    key: &TenantKey,
    user: UserId,
    to: &Email,
    locale: Locale,
) -> Result<AccountTokenId, DbError> {
    let link = account_token::issue_link(tx, key, user, Proof::ChangeEmail, Some(to)).await?;
    post(tx, &NewMail { kind: MailKind::ChangeEmail, to, locale, subject: link.uuid() }).await?;
    Ok(link)
}

/// The address that a link proves, while it holds.
pub async fn look(platform: &Platform, link: &Token) -> Result<Option<Waiting>, AppError> {
    let Some(proved) = account_token::find(platform, link, Proof::ChangeEmail).await? else { return Ok(None) };
    let mut tx = platform.db.tenant(proved.tenant).await?;
    Ok(sqlx::query_as!(
        Waiting,
        r#"select k.new_email as "email!", k.new_email = u.email as "is_own!"
           from account_tokens k
           join users u on u.tenant_id = $1 and u.id = k.user_id
           where k.tenant_id = $1
             and k.id = $2
             and k.new_email is not null"#,
        tx.tenant(),
        proved.token.uuid()
    )
    .fetch_optional(tx.conn())
    .await?)
}

/// Makes it the account's e-mail and tells the old address. Browsers are signed out, apart from `here`. When it is the
/// account's already, it is confirmed, and nothing else changes.
/// `NotFound` when the link is used, over, unknown, for something else, or the address is somebody's by now.
pub async fn apply(
    platform: &Arc<Platform>,
    link: &Token,
    here: Option<SessionId>,
    origin: Origin,
) -> Result<Applied, AppError> {
    let proved = account_token::find(platform, link, Proof::ChangeEmail).await?.ok_or(AppError::NotFound)?;
    let ctx = Ctx::new(platform.clone(), proved.tenant, Actor::Program).from(origin);
    let mut tx = ctx.tx().await?;
    let person = hold(&mut tx, proved.user).await?;
    let wanted =
        account_token::take(&mut tx, &proved, Proof::ChangeEmail).await?.flatten().ok_or(AppError::NotFound)?;
    write(&mut tx, &proved, &wanted).await?;
    let about = json!({ "account_token": proved.token });
    if wanted == person.email.as_str() {
        tx.audit(person.actor(), "email_confirmed", "users", person.user.uuid(), about).await?;
        tx.commit().await?;
        return Ok(Applied::Confirmed);
    }
    // What was sent to the old address proves nothing now.
    account_token::end_open(&mut tx, person.user, None).await?;
    session::end_all(&mut tx, person.user, here).await?;
    person.mail(&mut tx, MailKind::EmailChanged, person.user.uuid()).await?;
    tx.audit(person.actor(), "email_changed", "users", person.user.uuid(), about).await?;
    tx.commit().await?;
    Ok(Applied::Changed)
}

async fn write(tx: &mut TenantTx, proved: &Proved, wanted: &str) -> Result<(), AppError> {
    let written = sqlx::query!(
        "update users
         set email = $3, email_proved_at = now(), version = version + case when email = $3 then 0 else 1 end,
             updated_at = now()
         where tenant_id = $1
           and id = $2",
        tx.tenant(),
        proved.user.uuid(),
        wanted
    )
    .execute(tx.conn())
    .await
    .map_err(DbError::from);
    match written {
        Err(error) if error.constraint() == Some("users_email_unique") => Err(AppError::NotFound),
        Err(error) => Err(error.into()),
        Ok(_) => Ok(()),
    }
}

/// By somebody else, or by this person for good.
async fn is_taken(tx: &mut TenantTx, user: UserId, wanted: &Email) -> Result<bool, DbError> {
    Ok(sqlx::query_scalar!(
        r#"select exists (
               select
               from users
               where tenant_id = $1
                 and email = $2
                 and (id <> $3 or email_proved_at is not null)
           ) as "is_taken!""#,
        tx.tenant(),
        wanted.as_str(),
        user.uuid()
    )
    .fetch_one(tx.conn())
    .await?)
}

async fn count_lately(tx: &mut TenantTx, user: UserId) -> Result<i64, DbError> {
    Ok(sqlx::query_scalar!(
        r#"select count(*) as "count!"
           from account_tokens
           where tenant_id = $1
             and user_id = $2
             and purpose = 'change_email'
             and created_at > now() - interval '1 hour'"#,
        tx.tenant(),
        user.uuid()
    )
    .fetch_one(tx.conn())
    .await?)
}
