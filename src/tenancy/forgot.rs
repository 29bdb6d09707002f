//! Asking for a link to choose a new password. Nobody learns from the answer whether there is an account.

use super::{
    account_token::{self, MOST_OPEN, Proof},
    person::hold,
    throttle,
};
use crate::{
    ctx::{Ctx, Origin, Platform},
    error::AppError,
    kernel::{
        access::Actor,
        email::Email,
        id::{TenantId, UserId},
    },
    mail::kind::MailKind,
};
use serde_json::json;
use std::sync::Arc;

/// Sends a link for each account of that e-mail. The caller has answered already: how long this takes tells nothing.
pub async fn ask(platform: &Arc<Platform>, email: &Email, origin: &Origin) -> Result<(), AppError> {
    let address = throttle::household(origin.address.as_deref().unwrap_or_default());
    let keys = [throttle::key("forgot:", &format!("{address}|{}", email.as_str()))];
    if throttle::wait(platform, &keys).await?.is_some() {
        return Ok(());
    }
    throttle::note_failure(platform, &keys).await?;
    for (tenant, user) in platform.db.find_accounts(email).await? {
        send_link(platform, tenant, user, origin).await?;
    }
    Ok(())
}

async fn send_link(platform: &Arc<Platform>, tenant: TenantId, user: UserId, origin: &Origin) -> Result<(), AppError> {
    let ctx = Ctx::new(platform.clone(), tenant, Actor::Program).from(origin.clone());
    let mut tx = ctx.tx().await?;
    let person = match hold(&mut tx, user).await {
        Err(AppError::NotFound) => return Ok(()),
        other => other?,
    };
    if account_token::count_open(&mut tx, user, Proof::ResetPassword).await? >= MOST_OPEN {
        return Ok(());
    }
    let key = ctx.key(&mut tx).await?;
    let link = account_token::issue_link(&mut tx, &key, user, Proof::ResetPassword, None).await?;
    person.mail(&mut tx, MailKind::ResetPassword, link.uuid()).await?;
    tx.audit(ctx.actor, "password_reset_asked", "users", user.uuid(), json!({ "account_token": link })).await?;
    Ok(tx.commit().await?)
}
