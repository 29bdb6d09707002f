//! Setting up the merchant's card account: keys that are only ever written, and used once the provider answers to them.
//!
//! As with M-Pesa a change never touches the account in use; it makes a candidate beside it.

use super::{
    card_account::{SealedCardAccount, lock_latest},
    providers::paystack::{AskFailed, CardEnvironment},
};
use crate::{
    ctx::Ctx,
    db::{DbError, TenantTx},
    error::AppError,
    kernel::{
        access::Permission,
        field_errors::{FieldErrors, FieldProblem},
        id::CardAccountId,
        typed::Typed,
    },
    tenancy::catalogue_version,
    vault::Purpose,
};
use chrono::{DateTime, Utc};
use serde_json::json;

pub const FIELDS: &[&str] = &["public_key"];
pub const SECRETS: &[&str] = &["secret_key"];
/// Far longer than any key of the provider.
const LONGEST: usize = 200;

/// The account as its page shows it; the secret key is never in it.
#[derive(Clone, Debug)]
pub struct CardSettings {
    pub typed: Typed,
    pub version: i32,
    pub has_key: bool,
    /// What shoppers pay to now.
    pub in_use: Option<InUse>,
    /// What stands in the form is not in use yet.
    pub is_candidate: bool,
    /// Why the key in the form is not proved: `not_accepted`, `not_reached` or `test_keys`.
    pub problem: Option<String>,
    /// Where the provider is to send its events; the same whatever key is in use. None before there is an account.
    pub events_to: Option<String>,
    pub heard_at: Option<DateTime<Utc>>,
}

/// The account in use.
#[derive(Clone, Copy, Debug)]
pub struct InUse {
    pub moves_real_money: bool,
}

pub async fn load(ctx: &Ctx) -> Result<CardSettings, AppError> {
    ctx.require(Permission::ManagePayments)?;
    let mut tx = ctx.tx().await?;
    let rows = sqlx::query!(
        r#"select id, environment, public_key, is_active, problem, version, secret_key_sealed is not null as "has_key!"
           from card_accounts
           where tenant_id = $1
             and (is_active or proved_at is null)
           order by is_active, id
           limit 2"#,
        tx.tenant()
    )
    .fetch_all(tx.conn())
    .await?;
    let first = sqlx::query!(
        r#"select (select f.id from card_accounts f where f.tenant_id = $1 order by f.created_at, f.id limit 1) as "first?",
                  (select max(h.heard_at) from card_accounts h where h.tenant_id = $1) as "heard_at?""#,
        tx.tenant()
    )
    .fetch_one(tx.conn())
    .await?;
    let events_to = match first.first {
        Some(id) => Some(events_address(ctx, &mut tx, id.into()).await?),
        None => None,
    };
    let in_use = rows.iter().find(|row| row.is_active);
    let in_use = in_use.map(|row| InUse { moves_real_money: row.environment == CardEnvironment::Production.as_str() });
    let shown = rows.first();
    Ok(CardSettings {
        typed: Typed::default().with("public_key", shown.map(|row| row.public_key.clone()).unwrap_or_default()),
        version: shown.map_or(0, |row| row.version),
        has_key: shown.is_some_and(|row| row.has_key),
        is_candidate: shown.is_some_and(|row| !row.is_active),
        problem: shown.and_then(|row| row.problem.clone()),
        in_use,
        events_to,
        heard_at: first.heard_at,
    })
}

/// Where events of an account are posted to.
async fn events_address(ctx: &Ctx, tx: &mut TenantTx, account: CardAccountId) -> Result<String, AppError> {
    let token = ctx.key(tx).await?.token(Purpose::CardHook, account.uuid());
    Ok(format!("{}/hooks/card/{}", ctx.platform.base_url, token.hex()))
}

struct KeyChange {
    environment: CardEnvironment,
    public_key: String,
    /// None where the one before stays.
    secret_key: Option<String>,
}

impl KeyChange {
    /// `kept` is the world of a key that stays when none is typed.
    fn parse(typed: &Typed, kept: Option<CardEnvironment>) -> Result<Self, FieldErrors> {
        let mut errors = FieldErrors::none();
        let mut world = |field: &'static str, kind| {
            let key = typed.get(field).trim();
            let found = match CardEnvironment::of_key(key, kind) {
                _ if key.is_empty() => Err(FieldProblem::Missing),
                _ if key.len() > LONGEST => Err(FieldProblem::TooLong),
                Some(world) => Ok(world),
                None => Err(FieldProblem::NotAKey),
            };
            errors.expect(field, found)
        };
        let public = world("public_key", "pk");
        let secret_key = typed.get("secret_key").trim().to_owned();
        let secret = if secret_key.is_empty() && kept.is_some() { kept } else { world("secret_key", "sk") };
        if let (Some(public), Some(secret)) = (public, secret)
            && public != secret
        {
            errors.add("secret_key", FieldProblem::TwoWorlds);
        }
        match secret {
            Some(environment) if errors.is_empty() => Ok(Self {
                environment,
                public_key: typed.get("public_key").trim().to_owned(),
                secret_key: (!secret_key.is_empty()).then_some(secret_key),
            }),
            _ => Err(errors),
        }
    }
}

/// Writes the keys down beside those in use. An empty secret key stays what it was.
pub async fn change_account(ctx: &Ctx, version: i32, typed: &Typed) -> Result<(), AppError> {
    ctx.require(Permission::ManagePayments)?;
    let mut tx = ctx.tx().await?;
    let before = lock_latest(&mut tx).await?;
    if before.as_ref().map_or(0, |account| account.version) != version {
        return Err(AppError::ChangedMeanwhile);
    }
    let key = ctx.key(&mut tx).await?;
    let candidate = before.as_ref().filter(|account| !account.is_active).map(|account| account.id);
    let kept = before.map(|account| account.open(&key)).transpose()?.flatten();
    let change = KeyChange::parse(typed, kept.as_ref().map(|account| account.credentials.environment))
        .map_err(AppError::Invalid)?;
    let secret = change.secret_key.or_else(|| kept.map(|account| account.credentials.secret_key)).unwrap_or_default();
    let id = candidate.map_or_else(CardAccountId::mint, CardAccountId::from);
    let sealed = key.seal(SealedCardAccount::place(id.uuid()), &secret);
    sqlx::query!(
        "insert into card_accounts (tenant_id, id, environment, public_key, secret_key_sealed, is_active, version)
         values ($1, $2, $3, $4, $5, false, $6)
         on conflict on constraint card_accounts_pk do update
         set environment = $3, public_key = $4, secret_key_sealed = $5, problem = null, version = $6, updated_at = now()",
        tx.tenant(),
        id.uuid(),
        change.environment.as_str(),
        change.public_key,
        sealed,
        version + 1
    )
    .execute(tx.conn())
    .await
    .map_err(|fault| DbError::from(fault).or_changed_meanwhile("card_accounts_one_candidate"))?;
    if candidate.is_none() {
        sqlx::query!(
            "insert into hook_tokens (tenant_id, token_hash, purpose, subject_id)
             values ($1, $2, 'card', $3)",
            tx.tenant(),
            key.token(Purpose::CardHook, id.uuid()).hash(),
            id.uuid()
        )
        .execute(tx.conn())
        .await?;
    }
    let facts = json!({ "environment": change.environment.as_str() });
    tx.audit(ctx.actor, "card_account_changed", "card_accounts", id.uuid(), facts).await?;
    Ok(tx.commit().await?)
}

/// Asks the provider something harmless with the key in the form, and puts it to use when that is answered.
pub async fn prove(ctx: &Ctx) -> Result<(), AppError> {
    ctx.require(Permission::ManagePayments)?;
    let mut tx = ctx.tx().await?;
    let sealed = lock_latest(&mut tx).await?.ok_or(AppError::NotFound)?;
    let version = sealed.version;
    let key = ctx.key(&mut tx).await?;
    let account = sealed.open(&key)?.ok_or(AppError::NotFound)?;
    drop(tx);
    // A shop on the open internet must not give goods away for the provider's test cards.
    let is_public = ctx.platform.base_url.starts_with("https://");
    let problem = if is_public && account.credentials.environment == CardEnvironment::Sandbox {
        Some("test_keys")
    } else {
        match ctx.platform.paystack.prove(&account.credentials).await {
            Ok(()) => None,
            Err(failed) => {
                tracing::warn!(card.account = %account.id, error.message = %failed, "a card account could not be proved");
                Some(if matches!(failed, AskFailed::BadSettings(_)) { "not_accepted" } else { "not_reached" })
            }
        }
    };
    let mut tx = ctx.tx().await?;
    // What was changed meanwhile has not been tried.
    let latest = lock_latest(&mut tx).await?.filter(|latest| latest.id == account.id.uuid());
    if latest.is_none_or(|latest| latest.version != version) {
        return Err(AppError::ChangedMeanwhile);
    }
    match problem {
        None => put_to_use(ctx, &mut tx, account.id).await?,
        Some(problem) => {
            sqlx::query!(
                "update card_accounts
                 set problem = $3, updated_at = now()
                 where tenant_id = $1
                   and id = $2",
                tx.tenant(),
                account.id.uuid(),
                problem
            )
            .execute(tx.conn())
            .await?;
            let facts = json!({ "reason": problem });
            tx.audit(ctx.actor, "card_account_not_proved", "card_accounts", account.id.uuid(), facts).await?;
        }
    }
    Ok(tx.commit().await?)
}

/// From now on shoppers pay to this account; the one before steps back first, since only one may be in use.
async fn put_to_use(ctx: &Ctx, tx: &mut TenantTx, account: CardAccountId) -> Result<(), AppError> {
    sqlx::query!(
        "update card_accounts
         set is_active = false, version = version + 1, updated_at = now()
         where tenant_id = $1
           and is_active
           and id <> $2",
        tx.tenant(),
        account.uuid()
    )
    .execute(tx.conn())
    .await?;
    sqlx::query!(
        "update card_accounts
         set is_active = true, proved_at = coalesce(proved_at, $3), problem = null, version = version + 1,
             updated_at = now()
         where tenant_id = $1
           and id = $2",
        tx.tenant(),
        account.uuid(),
        ctx.now()
    )
    .execute(tx.conn())
    .await?;
    tx.audit(ctx.actor, "card_account_proved", "card_accounts", account.uuid(), json!({})).await?;
    Ok(catalogue_version::raise(tx).await?)
}

/// The shop takes no cards from now on; payments under way are settled all the same.
pub async fn stop_cards(ctx: &Ctx) -> Result<(), AppError> {
    ctx.require(Permission::ManagePayments)?;
    let mut tx = ctx.tx().await?;
    let stopped = sqlx::query_scalar!(
        "update card_accounts
         set is_active = false, version = version + 1, updated_at = now()
         where tenant_id = $1
           and is_active
         returning id",
        tx.tenant()
    )
    .fetch_optional(tx.conn())
    .await?;
    if let Some(account) = stopped {
        tx.audit(ctx.actor, "card_account_stopped", "card_accounts", account, json!({})).await?;
        catalogue_version::raise(&mut tx).await?;
        tx.commit().await?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn typed(public: &str, secret: &str) -> Typed {
        Typed::default().with("public_key", public).with("secret_key", secret)
    }
    fn problem(public: &str, secret: &str, kept: Option<CardEnvironment>) -> FieldErrors {
        KeyChange::parse(&typed(public, secret), kept).map(|_| ()).unwrap_err()
    }

    #[test]
    fn the_keys_say_which_world_they_belong_to_and_must_agree() {
        let live = KeyChange::parse(&typed(" pk_live_a1 ", "sk_live_b2"), None).unwrap();
        assert_eq!((live.environment, live.public_key.as_str()), (CardEnvironment::Production, "pk_live_a1"));
        assert_eq!(live.secret_key.as_deref(), Some("sk_live_b2"));
        let mixed = problem("pk_live_a1", "sk_test_b2", None);
        assert_eq!(mixed, FieldErrors::one("secret_key", FieldProblem::TwoWorlds));
    }

    #[test]
    fn a_secret_key_may_stay_away_once_there_is_one_of_the_same_world() {
        let kept = KeyChange::parse(&typed("pk_test_a1", ""), Some(CardEnvironment::Sandbox)).unwrap();
        assert_eq!(kept.secret_key, None);
        let other = problem("pk_live_a1", "", Some(CardEnvironment::Sandbox));
        assert_eq!(other, FieldErrors::one("secret_key", FieldProblem::TwoWorlds));
    }

    #[test]
    fn each_field_says_what_is_wrong_with_it() {
        let long = format!("sk_test_{}", "a".repeat(200));
        for (public, secret, field, is) in [
            ("", "sk_test_b2", "public_key", FieldProblem::Missing),
            ("sk_test_a1", "sk_test_b2", "public_key", FieldProblem::NotAKey),
            ("pk_test_a1", "", "secret_key", FieldProblem::Missing),
            ("pk_test_a1", "pk_test_a1", "secret_key", FieldProblem::NotAKey),
            ("pk_test_a1", "sk_test_a b", "secret_key", FieldProblem::NotAKey),
            ("pk_test_a1", &long, "secret_key", FieldProblem::TooLong),
        ] {
            assert_eq!(problem(public, secret, None), FieldErrors::one(field, is), "{public} {secret}");
        }
    }
}
