//! Another password: by a link that came by mail, or from inside with the present one.

use super::{
    account_token::{self, Proof},
    confirm::prove_password,
    password,
    person::{hold, oneself},
    session, throttle,
};
use crate::{
    ctx::{Ctx, Origin, Platform},
    db::TenantTx,
    error::AppError,
    kernel::{
        access::Actor,
        field_errors::{FieldErrors, FieldProblem},
        id::UserId,
        token::Token,
    },
    mail::kind::MailKind,
};
use serde_json::json;
use std::sync::Arc;

/// Does the link still open?
pub async fn link_holds(platform: &Platform, link: &Token) -> Result<bool, AppError> {
    Ok(account_token::find(platform, link, Proof::ResetPassword).await?.is_some())
}

/// Chooses a new password by a link. Every browser is signed out; a second factor stays.
/// `NotFound` when the link is used, over, unknown or for something else.
pub async fn reset(platform: &Arc<Platform>, link: &Token, typed: &str, origin: Origin) -> Result<(), AppError> {
    let proved = account_token::find(platform, link, Proof::ResetPassword).await?.ok_or(AppError::NotFound)?;
    let ctx = Ctx::new(platform.clone(), proved.tenant, Actor::Program).from(origin);
    let mut tx = ctx.tx().await?;
    let person = hold(&mut tx, proved.user).await?;
    drop(tx);
    checked(typed, &person.about())?;
    let hash = password::hash(typed).await?;
    let mut tx = ctx.tx().await?;
    let person = hold(&mut tx, proved.user).await?;
    account_token::take(&mut tx, &proved, Proof::ResetPassword).await?.ok_or(AppError::NotFound)?;
    write(&mut tx, person.user, &hash).await?;
    session::end_all(&mut tx, person.user, None).await?;
    person.mail(&mut tx, MailKind::PasswordChanged, person.user.uuid()).await?;
    tx.audit(person.actor(), "password_reset", "users", person.user.uuid(), json!({ "account_token": proved.token }))
        .await?;
    tx.commit().await?;
    // Whoever reads the mailbox need not wait for those who guessed.
    Ok(platform.db.note_sign_in_success(&throttle::key("account:", person.email.as_str())).await?)
}

/// Changes one's own password. Other browsers are signed out; gives this one's new token.
pub async fn change(ctx: &Ctx, current: &str, typed: &str) -> Result<Token, AppError> {
    let user = oneself(ctx)?;
    let here = ctx.origin.session.ok_or(AppError::SignedOut)?;
    let Some(known) = prove_password(ctx, user, current).await? else {
        return Err(AppError::Invalid(FieldErrors::one("current", FieldProblem::WrongPassword)));
    };
    checked(typed, &known.about())?;
    let hash = password::hash(typed).await?;
    let mut tx = ctx.tx().await?;
    let person = hold(&mut tx, user).await?;
    if person.password_hash != known.password_hash {
        return Err(AppError::ChangedMeanwhile);
    }
    write(&mut tx, user, &hash).await?;
    session::end_all(&mut tx, user, Some(here)).await?;
    let token = session::rotate(&mut tx, here).await?;
    person.mail(&mut tx, MailKind::PasswordChanged, user.uuid()).await?;
    tx.audit(ctx.actor, "password_changed", "users", user.uuid(), json!({})).await?;
    tx.commit().await?;
    Ok(token)
}

fn checked(typed: &str, about: &[&str]) -> Result<(), AppError> {
    password::check(typed, about).map_err(|problem| AppError::Invalid(FieldErrors::one("password", problem)))
}

async fn write(tx: &mut TenantTx, user: UserId, hash: &str) -> Result<(), AppError> {
    sqlx::query!(
        "update users
         set password_hash = $3, updated_at = now()
         where tenant_id = $1
           and id = $2",
        tx.tenant(),
        user.uuid(),
        hash
    )
    .execute(tx.conn())
    .await?;
    account_token::end_open(tx, user, None).await?;
    Ok(())
}
