//! The second factor: tried, switched on and off, asked for, and its way round by recovery codes.

use super::{
    person::{Person, hold, oneself},
    recovery, session, throttle, totp,
};
use crate::{
    ctx::{Ctx, Platform},
    db::TenantTx,
    error::AppError,
    kernel::{
        field_errors::{FieldErrors, FieldProblem},
        id::UserId,
        token::Token,
    },
    mail::kind::MailKind,
    vault::Place,
};
use serde_json::json;

/// How far somebody is with it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum SecondFactor {
    Off,
    /// A secret waits for its first code; `uri` is what the picture says to the app.
    Trying {
        secret: String,
        uri: String,
    },
    On {
        codes_left: i64,
    },
}

/// What there is to show, once.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SwitchedOn {
    /// The session's new token.
    pub token: Token,
    pub codes: Vec<String>,
}

/// What became of a code.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Code {
    Taken,
    /// The caller commits, so that the try counts.
    Wrong,
    Wait {
        seconds: u32,
    },
}

fn place(user: UserId) -> Place {
    Place { table: "users", column: "mfa_secret", row: user.uuid() }
}

struct Kept {
    secret: Option<String>,
    is_on: bool,
}

/// The secret, opened. Whoever calls holds the person.
async fn kept(platform: &Platform, tx: &mut TenantTx, user: UserId) -> Result<Kept, AppError> {
    let row = sqlx::query!(
        r#"select mfa_secret, mfa_enabled_at is not null as "is_on!"
           from users
           where tenant_id = $1
             and id = $2"#,
        tx.tenant(),
        user.uuid()
    )
    .fetch_one(tx.conn())
    .await?;
    let secret = match row.mfa_secret {
        None => None,
        Some(sealed) => {
            let key = platform.vault.key(tx).await?;
            Some(key.open(place(user), &sealed).map_err(AppError::broken)?)
        }
    };
    Ok(Kept { secret, is_on: row.is_on })
}

/// Takes a code of the app or a recovery code. Wrong ones are counted per account, in this transaction.
pub(super) async fn take_code(
    platform: &Platform,
    tx: &mut TenantTx,
    person: &Person,
    typed: &str,
) -> Result<Code, AppError> {
    let key = throttle::key("code:", &format!("{}/{}", tx.tenant_id(), person.user));
    if let Some(until) = tx.sign_in_blocked_until(&key).await? {
        return Ok(Code::Wait { seconds: throttle::seconds_until(platform, until) });
    }
    let kept = kept(platform, tx, person.user).await?;
    let bare: String = typed.chars().filter(|c| !c.is_whitespace() && *c != '-').collect();
    let step = match &kept.secret {
        Some(secret) => totp::step_of(secret, &bare, platform.clock.now())?,
        None => None,
    };
    let is_right = match step {
        Some(step) => take_step(tx, person.user, step).await?,
        // A secret that is only being tried has no recovery codes.
        None => kept.is_on && recovery::take(tx, person.user, &bare).await?,
    };
    if !is_right {
        tx.note_sign_in_failure(&key).await?;
        tx.audit(person.actor(), "code_refused", "users", person.user.uuid(), json!({})).await?;
        return Ok(Code::Wrong);
    }
    tx.note_sign_in_success(&key).await?;
    if step.is_none() {
        tx.audit(person.actor(), "recovery_code_used", "users", person.user.uuid(), json!({})).await?;
    }
    Ok(Code::Taken)
}

/// A step's code is taken once, and none of an earlier step after it.
async fn take_step(tx: &mut TenantTx, user: UserId, step: i64) -> Result<bool, AppError> {
    let taken = sqlx::query!(
        "update users
         set mfa_last_step = $3, updated_at = now()
         where tenant_id = $1
           and id = $2
           and (mfa_last_step is null or mfa_last_step < $3)",
        tx.tenant(),
        user.uuid(),
        step
    )
    .execute(tx.conn())
    .await?;
    Ok(taken.rows_affected() == 1)
}

/// The same for a form: what is wrong stands at its field.
pub(super) async fn require_code(
    ctx: &Ctx,
    mut tx: TenantTx,
    person: &Person,
    typed: &str,
) -> Result<TenantTx, AppError> {
    if typed.trim().is_empty() {
        return Err(AppError::Invalid(FieldErrors::one("code", FieldProblem::Missing)));
    }
    match take_code(&ctx.platform, &mut tx, person, typed).await? {
        Code::Taken => Ok(tx),
        Code::Wait { seconds } => Err(AppError::TooMany { retry_after_seconds: seconds }),
        Code::Wrong => {
            tx.commit().await?;
            Err(AppError::Invalid(FieldErrors::one("code", FieldProblem::WrongCode)))
        }
    }
}

/// How far the person who asks is.
pub async fn load(ctx: &Ctx) -> Result<SecondFactor, AppError> {
    let user = oneself(ctx)?;
    let mut tx = ctx.tx().await?;
    let person = hold(&mut tx, user).await?;
    let kept = kept(&ctx.platform, &mut tx, user).await?;
    match (kept.is_on, kept.secret) {
        (true, _) => Ok(SecondFactor::On { codes_left: recovery::count_left(&mut tx, user).await? }),
        (false, Some(secret)) => {
            let uri = totp::uri(&secret, person.email.as_str())?;
            Ok(SecondFactor::Trying { secret, uri })
        }
        (false, None) => Ok(SecondFactor::Off),
    }
}

/// A fresh secret to try. One that is in use stays as it is.
pub async fn start(ctx: &Ctx) -> Result<(), AppError> {
    let user = oneself(ctx)?;
    let mut tx = ctx.tx().await?;
    let person = hold(&mut tx, user).await?;
    let sealed = ctx.key(&mut tx).await?.seal(place(user), &totp::new_secret());
    let started = sqlx::query!(
        "update users
         set mfa_secret = $3, mfa_last_step = null, updated_at = now()
         where tenant_id = $1
           and id = $2
           and mfa_enabled_at is null",
        tx.tenant(),
        user.uuid(),
        sealed
    )
    .execute(tx.conn())
    .await?;
    if started.rows_affected() == 0 {
        return Err(AppError::ChangedMeanwhile);
    }
    tx.audit(person.actor(), "second_factor_started", "users", user.uuid(), json!({})).await?;
    Ok(tx.commit().await?)
}

/// Switches it on with the first code: ten recovery codes, this session with a new token, no other.
pub async fn switch_on(ctx: &Ctx, code: &str) -> Result<SwitchedOn, AppError> {
    let user = oneself(ctx)?;
    let mut tx = ctx.tx().await?;
    let person = hold(&mut tx, user).await?;
    if person.has_second_factor {
        return Err(AppError::ChangedMeanwhile);
    }
    let mut tx = require_code(ctx, tx, &person, code).await?;
    sqlx::query!(
        "update users
         set mfa_enabled_at = now(), updated_at = now()
         where tenant_id = $1
           and id = $2
           and mfa_enabled_at is null",
        tx.tenant(),
        user.uuid()
    )
    .execute(tx.conn())
    .await?;
    let codes = recovery::renew(&mut tx, user).await?;
    let token = after_change(ctx, &mut tx, &person, "second_factor_enabled").await?;
    tx.commit().await?;
    Ok(SwitchedOn { token, codes })
}

/// Ten new recovery codes; the old ones open nothing any more.
pub async fn renew_codes(ctx: &Ctx, code: &str) -> Result<Vec<String>, AppError> {
    let user = oneself(ctx)?;
    let mut tx = ctx.tx().await?;
    let person = hold(&mut tx, user).await?;
    if !person.has_second_factor {
        return Err(AppError::ChangedMeanwhile);
    }
    let mut tx = require_code(ctx, tx, &person, code).await?;
    let codes = recovery::renew(&mut tx, user).await?;
    tx.audit(person.actor(), "recovery_codes_renewed", "users", user.uuid(), json!({})).await?;
    tx.commit().await?;
    Ok(codes)
}

/// Switches it off with a last code. Gives the session's new token.
pub async fn switch_off(ctx: &Ctx, code: &str) -> Result<Token, AppError> {
    let user = oneself(ctx)?;
    let mut tx = ctx.tx().await?;
    let person = hold(&mut tx, user).await?;
    if !person.has_second_factor {
        return Err(AppError::ChangedMeanwhile);
    }
    let mut tx = require_code(ctx, tx, &person, code).await?;
    sqlx::query!(
        "update users
         set mfa_secret = null, mfa_enabled_at = null, mfa_last_step = null, updated_at = now()
         where tenant_id = $1
           and id = $2",
        tx.tenant(),
        user.uuid()
    )
    .execute(tx.conn())
    .await?;
    recovery::forget(&mut tx, user).await?;
    let token = after_change(ctx, &mut tx, &person, "second_factor_disabled").await?;
    tx.commit().await?;
    Ok(token)
}

/// Other browsers are out, this one goes on with a new token, and the person hears of it.
async fn after_change(ctx: &Ctx, tx: &mut TenantTx, person: &Person, action: &str) -> Result<Token, AppError> {
    let here = ctx.origin.session.ok_or(AppError::SignedOut)?;
    session::end_all(tx, person.user, Some(here)).await?;
    let token = session::rotate(tx, here).await?;
    person.mail(tx, MailKind::SecondFactorChanged, person.user.uuid()).await?;
    tx.audit(person.actor(), action, "users", person.user.uuid(), json!({})).await?;
    Ok(token)
}
