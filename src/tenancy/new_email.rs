//! Another e-mail to sign in with: asked for inside, proved by a link that only its owner gets.

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
        id::{SessionId, UserId},
        token::Token,
    },
    mail::{
        kind::MailKind,
        outbox::{NewMail, post},
    },
};
use serde_json::json;
use std::sync::Arc;

/// Strangers' mailboxes are not to be filled from here.
const MOST_PER_HOUR: i64 = 5;

/// Sends a link to the new address. Links asked for before open nothing any more.
pub async fn ask(ctx: &Ctx, typed: &str) -> Result<(), AppError> {
    let user = oneself(ctx)?;
    let wrong = |problem| AppError::Invalid(FieldErrors::one("email", problem));
    let wanted = match typed.trim() {
        "" => return Err(wrong(FieldProblem::Missing)),
        text => Email::parse(text).ok_or_else(|| wrong(FieldProblem::NotAnEmail))?,
    };
    let mut tx = ctx.tx().await?;
    let person = hold(&mut tx, user).await?;
    if is_taken(&mut tx, &wanted).await? {
        return Err(wrong(FieldProblem::Taken));
    }
    if count_lately(&mut tx, user).await? >= MOST_PER_HOUR {
        return Err(AppError::TooMany { retry_after_seconds: 3600 });
    }
    account_token::end_open(&mut tx, user, Some(Proof::ChangeEmail)).await?;
    let key = ctx.key(&mut tx).await?;
    let link = account_token::issue_link(&mut tx, &key, user, Proof::ChangeEmail, Some(&wanted)).await?;
    let mail = NewMail { kind: MailKind::ChangeEmail, to: &wanted, locale: person.locale, subject: link.uuid() };
    post(&mut tx, &mail).await?;
    tx.audit(ctx.actor, "email_change_asked", "users", user.uuid(), json!({ "account_token": link })).await?;
    Ok(tx.commit().await?)
}

/// The address that a link proves, while it holds.
pub async fn look(platform: &Platform, link: &Token) -> Result<Option<String>, AppError> {
    let Some(proved) = account_token::find(platform, link, Proof::ChangeEmail).await? else { return Ok(None) };
    let mut tx = platform.db.tenant(proved.tenant).await?;
    Ok(sqlx::query_scalar!(
        "select new_email from account_tokens where tenant_id = $1 and id = $2",
        tx.tenant(),
        proved.token.uuid()
    )
    .fetch_optional(tx.conn())
    .await?
    .flatten())
}

/// Makes it the account's e-mail and tells the old address. Browsers are signed out, apart from `here`.
/// `NotFound` when the link is used, over, unknown, for something else, or the address is somebody's by now.
pub async fn apply(
    platform: &Arc<Platform>,
    link: &Token,
    here: Option<SessionId>,
    origin: Origin,
) -> Result<(), AppError> {
    let proved = account_token::find(platform, link, Proof::ChangeEmail).await?.ok_or(AppError::NotFound)?;
    let ctx = Ctx::new(platform.clone(), proved.tenant, Actor::Program).from(origin);
    let mut tx = ctx.tx().await?;
    let person = hold(&mut tx, proved.user).await?;
    let wanted =
        account_token::take(&mut tx, &proved, Proof::ChangeEmail).await?.flatten().ok_or(AppError::NotFound)?;
    write(&mut tx, &proved, &wanted).await?;
    // What was sent to the old address proves nothing now.
    account_token::end_open(&mut tx, person.user, None).await?;
    session::end_all(&mut tx, person.user, here).await?;
    person.mail(&mut tx, MailKind::EmailChanged, person.user.uuid()).await?;
    tx.audit(person.actor(), "email_changed", "users", person.user.uuid(), json!({ "account_token": proved.token }))
        .await?;
    Ok(tx.commit().await?)
}

async fn write(tx: &mut TenantTx, proved: &Proved, wanted: &str) -> Result<(), AppError> {
    let written = sqlx::query!(
        "update users
         set email = $3, version = version + 1, updated_at = now()
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

async fn is_taken(tx: &mut TenantTx, wanted: &Email) -> Result<bool, DbError> {
    Ok(sqlx::query_scalar!(
        r#"select exists (select from users where tenant_id = $1 and email = $2) as "is_taken!""#,
        tx.tenant(),
        wanted.as_str()
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
