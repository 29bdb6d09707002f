//! Giving the password once more, before pages that a borrowed browser must not open.

use super::{
    password,
    person::{Person, hold, oneself},
    second_factor, throttle,
};
use crate::{
    ctx::Ctx,
    error::AppError,
    kernel::{
        field_errors::{FieldErrors, FieldProblem},
        id::UserId,
    },
};
use serde_json::json;

/// Makes the session sure for a while. The code is asked for when the account has a second factor.
pub async fn confirm(ctx: &Ctx, typed: &str, code: &str) -> Result<(), AppError> {
    let user = oneself(ctx)?;
    let here = ctx.origin.session.ok_or(AppError::SignedOut)?;
    let Some(person) = prove_password(ctx, user, typed).await? else {
        return Err(AppError::Invalid(FieldErrors::one("password", FieldProblem::WrongPassword)));
    };
    let mut tx = ctx.tx().await?;
    let now = hold(&mut tx, user).await?;
    if now.password_hash != person.password_hash {
        return Err(AppError::ChangedMeanwhile);
    }
    if now.has_second_factor {
        tx = second_factor::require_code(ctx, tx, &now, code).await?;
    }
    sqlx::query!(
        "update sessions
         set confirmed_at = now(), updated_at = now()
         where tenant_id = $1
           and id = $2
           and user_id = $3
           and ended_at is null",
        tx.tenant(),
        here.uuid(),
        user.uuid()
    )
    .execute(tx.conn())
    .await?;
    tx.audit(ctx.actor, "password_confirmed", "sessions", here.uuid(), json!({})).await?;
    Ok(tx.commit().await?)
}

/// The person, if it is their password. Wrong ones are counted, and too many make everybody wait.
pub(super) async fn prove_password(ctx: &Ctx, user: UserId, typed: &str) -> Result<Option<Person>, AppError> {
    let keys = [throttle::key("confirm:", &format!("{}/{user}", ctx.tenant))];
    let too_many = |seconds| AppError::TooMany { retry_after_seconds: seconds };
    if let Some(seconds) = throttle::wait(&ctx.platform, &keys).await? {
        return Err(too_many(seconds));
    }
    let mut tx = ctx.tx().await?;
    let person = hold(&mut tx, user).await?;
    // The transaction is over before the slow part begins.
    drop(tx);
    let is_right = password::verify(typed, person.password_hash.as_deref()).await?;
    // Many at the same time do not get more tries than one after the other.
    if let Some(seconds) = throttle::wait(&ctx.platform, &keys).await? {
        return Err(too_many(seconds));
    }
    if !is_right {
        throttle::note_failure(&ctx.platform, &keys).await?;
        return Ok(None);
    }
    ctx.platform.db.note_sign_in_success(&keys[0]).await?;
    Ok(Some(person))
}
