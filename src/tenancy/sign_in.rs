//! Signing in: one e-mail, one password, maybe several merchants; guessing gets slower and slower.

use super::{password, session};
use crate::{
    ctx::{Origin, Platform},
    db::TenantTx,
    error::AppError,
    kernel::{
        access::{Actor, Role},
        email::Email,
        id::{TenantId, UserId},
        token::Token,
    },
};
use serde_json::json;
use sha2::{Digest as _, Sha256};
use std::sync::Arc;

/// What became of a try.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum SignInOutcome {
    SignedIn {
        token: Token,
        tenant: TenantId,
    },
    /// The password opens several merchants' dashboards: store slug and name of each.
    ChooseStore(Vec<(String, String)>),
    /// E-mail or password; nobody learns which.
    Wrong,
    Throttled {
        retry_after_seconds: u32,
    },
}

/// From where somebody tries.
#[derive(Clone, Copy, Debug)]
pub struct Visitor<'a> {
    pub address: &'a str,
    pub user_agent: &'a str,
    /// The demo lets the machine itself try as often as it likes; accounts are throttled all the same.
    pub is_exempt: bool,
}

struct Account {
    tenant: TenantId,
    user: UserId,
    role: Role,
    store_slug: String,
    store_name: String,
}

/// Checks the password in every merchant's account of that e-mail; `store` is the slug chosen among several.
/// Unknown e-mails take as long as known ones.
pub async fn sign_in(
    platform: &Arc<Platform>,
    email: &str,
    password: &str,
    store: Option<&str>,
    visitor: Visitor<'_>,
) -> Result<SignInOutcome, AppError> {
    let typed = email.trim().to_lowercase();
    let mut keys = vec![key("account:", &typed)];
    if !visitor.is_exempt {
        keys.push(key("address:", visitor.address));
    }
    for key in &keys {
        if let Some(until) = platform.db.sign_in_blocked_until(key).await? {
            let seconds = (until - platform.clock.now()).num_seconds().clamp(1, 3600);
            return Ok(SignInOutcome::Throttled { retry_after_seconds: u32::try_from(seconds).unwrap_or(60) });
        }
    }
    let mut opened = open_accounts(platform, &typed, password).await?;
    if let Some(store) = store.filter(|slug| !slug.is_empty()) {
        opened.retain(|account| account.store_slug == store);
    }
    if opened.len() > 1 {
        return Ok(SignInOutcome::ChooseStore(
            opened.into_iter().map(|account| (account.store_slug, account.store_name)).collect(),
        ));
    }
    let Some(account) = opened.pop() else {
        for key in &keys {
            platform.db.note_sign_in_failure(key).await?;
        }
        return Ok(SignInOutcome::Wrong);
    };
    let origin = Origin::new(Some(visitor.address.to_owned()), visitor.user_agent, None);
    let mut tx = platform.db.tenant(account.tenant).await?.by(origin.clone());
    let (session, token) = session::start(&mut tx, account.user, &origin).await?;
    let actor = Actor::Member { user: account.user, role: account.role };
    tx.audit(actor, "signed_in", "sessions", session.uuid(), json!({})).await?;
    tx.commit().await?;
    platform.db.note_sign_in_success(&key("account:", &typed)).await?;
    Ok(SignInOutcome::SignedIn { token, tenant: account.tenant })
}

/// The accounts that the password opens. At least one hash is computed whatever was typed.
async fn open_accounts(platform: &Arc<Platform>, email: &str, password: &str) -> Result<Vec<Account>, AppError> {
    let known = match Email::parse(email) {
        Some(email) => platform.db.find_accounts(&email).await?,
        None => Vec::new(),
    };
    if known.is_empty() || !password::LENGTH.contains(&password.chars().count()) {
        password::verify(password.get(..128).unwrap_or(password), None).await?;
        return Ok(Vec::new());
    }
    let mut opened = Vec::new();
    for (tenant, user) in known {
        // The transaction is over before the slow part begins.
        let mut tx = platform.db.tenant(tenant).await?;
        let found = load_account(&mut tx, tenant, user).await?;
        drop(tx);
        let (account, hash) = found.map_or((None, None), |(account, hash)| (Some(account), hash));
        if password::verify(password, hash.as_deref()).await? {
            opened.extend(account);
        }
    }
    Ok(opened)
}

async fn load_account(
    tx: &mut TenantTx,
    tenant: TenantId,
    user: UserId,
) -> Result<Option<(Account, Option<String>)>, AppError> {
    let row = sqlx::query!(
        r#"select u.password_hash, u.role, coalesce(s.slug, '') as "slug!", coalesce(s.name, '') as "name!"
           from users u
           left join lateral (
               select slug, name
               from stores
               where tenant_id = $1
               order by created_at, id
               limit 1
           ) s on true
           where u.tenant_id = $1
             and u.id = $2
             and u.status = 'active'"#,
        tx.tenant(),
        user.uuid()
    )
    .fetch_optional(tx.conn())
    .await?;
    Ok(row.map(|row| {
        let role = Role::parse(&row.role).unwrap_or(Role::Viewer);
        (Account { tenant, user, role, store_slug: row.slug, store_name: row.name }, row.password_hash)
    }))
}

fn key(kind: &str, of: &str) -> Vec<u8> {
    Sha256::new().chain_update(kind).chain_update(of).finalize().to_vec()
}
