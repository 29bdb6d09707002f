//! Telling M-Pesa where to tell us of money paid by hand, and that its list may be asked for; how that stands.

use super::{
    account::find_account,
    providers::mpesa::{AskRefused, NotificationHooks, Registered},
};
use crate::{
    ctx::Ctx,
    db::TenantTx,
    error::AppError,
    kernel::{
        access::Permission,
        id::{CallbackId, MpesaAccountId},
        phone::Phone,
    },
    vault::Purpose,
};
use chrono::{DateTime, Utc};
use serde_json::json;

/// How the addresses of the account in use stand.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Addresses {
    pub registered_at: Option<DateTime<Utc>>,
    /// When M-Pesa last told of money.
    pub heard_at: Option<DateTime<Utc>>,
    pub problem: Option<AddressProblem>,
    pub list_registered_at: Option<DateTime<Utc>>,
}

/// What one sees at a glance.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Light {
    Off,
    Waiting,
    Good,
    Bad,
}

impl Addresses {
    pub const fn light(&self) -> Light {
        match (&self.problem, &self.registered_at, &self.heard_at) {
            (Some(AddressProblem::KnownBefore), _, Some(_)) | (None, Some(_), Some(_)) => Light::Good,
            (Some(_), _, _) => Light::Bad,
            (None, Some(_), None) => Light::Waiting,
            (None, None, _) => Light::Off,
        }
    }
}

/// Why registering failed; the words of `mpesa_accounts.c2b_problem`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AddressProblem {
    NotReached,
    /// Sent, and no answer that can be read.
    Unclear,
    Busy,
    BadSettings,
    /// M-Pesa said no.
    Refused,
    /// It has addresses for this number, and we never gave it ours.
    KnownBefore,
}

impl AddressProblem {
    pub const ALL: [Self; 6] =
        [Self::NotReached, Self::Unclear, Self::Busy, Self::BadSettings, Self::Refused, Self::KnownBefore];

    pub const fn as_str(self) -> &'static str {
        match self {
            Self::NotReached => "not_reached",
            Self::Unclear => "unclear",
            Self::Busy => "busy",
            Self::BadSettings => "bad_settings",
            Self::Refused => "refused",
            Self::KnownBefore => "known_before",
        }
    }
    pub fn parse(word: &str) -> Self {
        Self::ALL.into_iter().find(|problem| problem.as_str() == word).unwrap_or(Self::Unclear)
    }
    const fn of(refused: &AskRefused) -> Self {
        match refused {
            AskRefused::NotSent(_) => Self::NotReached,
            AskRefused::Unknown => Self::Unclear,
            AskRefused::Busy => Self::Busy,
            AskRefused::BadSettings(_) => Self::BadSettings,
            AskRefused::BadRequest(_) | AskRefused::Refused { .. } => Self::Refused,
        }
    }
}

pub(crate) async fn load(tx: &mut TenantTx) -> Result<Option<Addresses>, AppError> {
    let row = sqlx::query!(
        "select c2b_registered_at, c2b_heard_at, c2b_problem, pull_registered_at
         from mpesa_accounts
         where tenant_id = $1
           and is_active",
        tx.tenant()
    )
    .fetch_optional(tx.conn())
    .await?;
    Ok(row.map(|row| Addresses {
        registered_at: row.c2b_registered_at,
        heard_at: row.c2b_heard_at,
        problem: row.c2b_problem.as_deref().map(AddressProblem::parse),
        list_registered_at: row.pull_registered_at,
    }))
}

/// Registers the addresses of the account in use; as often as one likes. What the provider said stands on the page.
///
/// The addresses are made of the account's id: they stay when another account is put to use, since money that is paid
/// to the old number is still told to them.
pub async fn register(ctx: &Ctx) -> Result<(), AppError> {
    ctx.require(Permission::ManagePayments)?;
    let mut tx = ctx.tx().await?;
    let row = sqlx::query!(
        "select a.id, a.c2b_registered_at,
                (select t.phone from mpesa_account_tests t
                 where t.tenant_id = $1 and t.account_id = a.id and t.status = 'succeeded'
                 order by t.requested_at desc
                 limit 1) as phone
         from mpesa_accounts a
         where a.tenant_id = $1
           and a.is_active",
        tx.tenant()
    )
    .fetch_optional(tx.conn())
    .await?
    .ok_or(AppError::NotFound)?;
    let account = MpesaAccountId::from(row.id);
    let key = ctx.key(&mut tx).await?;
    let credentials = find_account(&mut tx, account).await?.ok_or(AppError::NotFound)?.open(&key)?;
    let (hook, list_hook) = (key.token(Purpose::C2bHook, row.id), key.token(Purpose::PullHook, row.id));
    // Before the provider hears of them: it may call at once.
    sqlx::query!(
        "insert into hook_tokens (tenant_id, token_hash, purpose, subject_id)
         values ($1, $2, 'c2b', $4),
                ($1, $3, 'pull', $4)
         on conflict do nothing",
        tx.tenant(),
        hook.hash(),
        list_hook.hash(),
        row.id
    )
    .execute(tx.conn())
    .await?;
    tx.audit(ctx.actor, "mpesa_addresses_asked", "mpesa_accounts", row.id, json!({})).await?;
    tx.commit().await?;

    let base = &ctx.platform.base_url;
    let (confirmation_url, validation_url) = (
        format!("{base}/hooks/c2b/{0}/confirmation", hook.hex()),
        format!("{base}/hooks/c2b/{0}/validation", hook.hex()),
    );
    let hooks = NotificationHooks { confirmation_url: &confirmation_url, validation_url: &validation_url };
    let told = ctx.platform.daraja.register_urls(&credentials, hooks).await;
    keep_call(ctx, account, "addresses", &told).await?;
    let is_list_registered = match row.phone.as_deref().and_then(Phone::parse) {
        Some(phone) if told.is_ok() => {
            let phone = format!("0{}", phone.msisdn().trim_start_matches("254"));
            let list_url = format!("{base}/hooks/pull/{}", list_hook.hex());
            let told = ctx.platform.daraja.register_pull(&credentials, &phone, &list_url).await;
            if let Err(refused) = &told {
                tracing::warn!(account.id = %account, error.message = %refused, "the provider's list was not registered");
            }
            keep_call(ctx, account, "list", &told).await?;
            told.is_ok()
        }
        _ => false,
    };
    let problem = match &told {
        Ok(Registered::Now) => None,
        Ok(Registered::Before) => row.c2b_registered_at.is_none().then_some(AddressProblem::KnownBefore),
        Err(refused) => {
            tracing::warn!(account.id = %account, error.message = %refused, "the addresses of an M-Pesa account were not registered");
            Some(AddressProblem::of(refused))
        }
    };
    note(ctx, account, problem, is_list_registered).await
}

/// M-Pesa's registrations are the number's, whatever its keys: the account that is put to use has those of the one that was
/// in use under its number before. What that one heard is told to both.
pub(crate) async fn carry(tx: &mut TenantTx, to: MpesaAccountId) -> Result<(), AppError> {
    sqlx::query!(
        "update mpesa_accounts a
         set c2b_registered_at = b.c2b_registered_at, c2b_heard_at = b.c2b_heard_at, c2b_problem = b.c2b_problem,
             pull_registered_at = b.pull_registered_at, pull_read_until = b.pull_read_until
         from mpesa_accounts b
         where a.tenant_id = $1
           and a.id = $2
           and a.c2b_registered_at is null
           and a.pull_registered_at is null
           and b.tenant_id = $1
           and b.id = (select l.id
                       from mpesa_accounts l
                       where l.tenant_id = $1
                         and l.id <> $2
                         and l.proved_at is not null
                         and l.environment = a.environment
                         and coalesce(l.till_number, l.short_code) = coalesce(a.till_number, a.short_code)
                       order by l.updated_at desc, l.id desc
                       limit 1)",
        tx.tenant(),
        to.uuid()
    )
    .execute(tx.conn())
    .await?;
    Ok(())
}

/// Every call to the provider is written down with what was said of it.
async fn keep_call(
    ctx: &Ctx,
    account: MpesaAccountId,
    call: &str,
    told: &Result<Registered, AskRefused>,
) -> Result<(), AppError> {
    let outcome = match told {
        Ok(Registered::Now) => "registered",
        Ok(Registered::Before) => "known_before",
        Err(refused) => refused.word(),
    };
    let mut tx = ctx.tx().await?;
    sqlx::query!(
        "insert into mpesa_callbacks_raw (tenant_id, id, subject_id, payload, kind, received_at, processed_at, outcome, validated)
         values ($1, $2, $3, $4, 'registration', $5, $5, $6, true)",
        tx.tenant(),
        CallbackId::mint().uuid(),
        account.uuid(),
        json!({ "call": call }),
        ctx.now(),
        outcome
    )
    .execute(tx.conn())
    .await?;
    Ok(tx.commit().await?)
}

async fn note(
    ctx: &Ctx,
    account: MpesaAccountId,
    problem: Option<AddressProblem>,
    is_list_registered: bool,
) -> Result<(), AppError> {
    let mut tx = ctx.tx().await?;
    sqlx::query!(
        "update mpesa_accounts
         set c2b_problem = $3,
             c2b_registered_at = case when $3::text is null then $4 else c2b_registered_at end,
             pull_registered_at = case when $5 then $4 else pull_registered_at end,
             updated_at = $4
         where tenant_id = $1
           and id = $2",
        tx.tenant(),
        account.uuid(),
        problem.map(AddressProblem::as_str),
        ctx.now(),
        is_list_registered
    )
    .execute(tx.conn())
    .await?;
    let (action, facts) = match problem {
        None => ("mpesa_addresses_registered", json!({})),
        Some(problem) => ("mpesa_addresses_not_registered", json!({ "reason": problem.as_str() })),
    };
    tx.audit(ctx.actor, action, "mpesa_accounts", account.uuid(), facts).await?;
    Ok(tx.commit().await?)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_problem_outshines_what_was_and_money_that_comes_outshines_a_doubt() {
        let at = DateTime::from_timestamp(1_790_000_000, 0);
        let none = Addresses { registered_at: None, heard_at: None, problem: None, list_registered_at: None };
        assert_eq!(none.light(), Light::Off);
        let registered = Addresses { registered_at: at, ..none.clone() };
        assert_eq!(registered.light(), Light::Waiting);
        assert_eq!(Addresses { heard_at: at, ..registered.clone() }.light(), Light::Good);
        let refused = Addresses { problem: Some(AddressProblem::Refused), heard_at: at, ..registered };
        assert_eq!(refused.light(), Light::Bad);
        let before = Addresses { problem: Some(AddressProblem::KnownBefore), ..none };
        assert_eq!(before.light(), Light::Bad);
        assert_eq!(Addresses { heard_at: at, ..before }.light(), Light::Good);
    }

    #[test]
    fn words_and_problems_fit() {
        for problem in AddressProblem::ALL {
            assert_eq!(AddressProblem::parse(problem.as_str()), problem);
        }
    }
}
