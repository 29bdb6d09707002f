//! Setting up the merchant's M-Pesa account: numbers as people see them, keys that are only ever written.
//!
//! A change never touches the account in use: it makes a candidate beside it, which takes its place once a payment of
//! KSh 1 has gone through it.

use super::{
    account::{SealedAccount, lock_latest},
    account_operator::{self, Operator},
    balance::{self, Balance},
    register_addresses::{self, Addresses},
};
use crate::{
    ctx::Ctx,
    db::DbError,
    error::AppError,
    kernel::{
        access::Permission,
        field_errors::{FieldErrors, FieldProblem},
        id::MpesaAccountId,
        phone::Phone,
        typed::Typed,
    },
    vault::Place,
};
use chrono::{DateTime, Utc};
use serde_json::json;

pub const FIELDS: &[&str] = &["kind", "short_code", "till_number"];
pub const SECRETS: &[&str] = &["consumer_key", "consumer_secret", "passkey"];
/// Far longer than any key of the provider.
const LONGEST_SECRET: usize = 300;

/// The account as its page shows it; no key is ever in it.
#[derive(Clone, Debug)]
pub struct AccountSettings {
    pub typed: Typed,
    pub version: i32,
    pub has_keys: bool,
    /// What shoppers pay to now.
    pub active: Option<String>,
    /// The one in use was proved by a payment.
    pub proved_at: Option<DateTime<Utc>>,
    /// What stands in the form is not in use yet.
    pub is_candidate: bool,
    pub last_test: Option<LastTest>,
    pub operator: Operator,
    /// Of the account in use.
    pub addresses: Option<Addresses>,
    pub balance: Balance,
}

/// How the last try of the account in the form went.
#[derive(Clone, Debug)]
pub struct LastTest {
    /// `initiated`, `pending`, `succeeded` or `failed`.
    pub status: String,
    pub result_code: Option<String>,
    /// As people read it.
    pub phone: String,
    pub requested_at: DateTime<Utc>,
}

impl LastTest {
    pub fn is_open(&self) -> bool {
        matches!(self.status.as_str(), "initiated" | "pending")
    }
}

pub async fn load(ctx: &Ctx) -> Result<AccountSettings, AppError> {
    ctx.require(Permission::ManagePayments)?;
    let mut tx = ctx.tx().await?;
    let rows = sqlx::query!(
        r#"select id, kind, short_code, till_number, is_active, proved_at, version,
                  consumer_key_sealed is not null as "has_keys!"
           from mpesa_accounts
           where tenant_id = $1
             and (is_active or proved_at is null)
           order by is_active, id
           limit 2"#,
        tx.tenant()
    )
    .fetch_all(tx.conn())
    .await?;
    let in_use = rows.iter().find(|row| row.is_active);
    let active = in_use.map(|row| row.till_number.clone().unwrap_or_else(|| row.short_code.clone()));
    let proved_at = in_use.and_then(|row| row.proved_at);
    let Some(row) = rows.first() else {
        return Ok(AccountSettings {
            typed: Typed::default().with("kind", "till"),
            version: 0,
            has_keys: false,
            active: None,
            proved_at: None,
            is_candidate: false,
            last_test: None,
            operator: Operator::default(),
            addresses: None,
            balance: Balance::default(),
        });
    };
    let test = sqlx::query!(
        "select status, result_code, phone, requested_at
         from mpesa_account_tests
         where tenant_id = $1
           and account_id = $2
         order by requested_at desc
         limit 1",
        tx.tenant(),
        row.id
    )
    .fetch_optional(tx.conn())
    .await?;
    let operator = account_operator::load(&mut tx, row.id).await?;
    let (addresses, balance) = match in_use {
        Some(_) => (register_addresses::load(&mut tx).await?, balance::load(&mut tx, ctx.now()).await?),
        None => (None, Balance::default()),
    };
    Ok(AccountSettings {
        typed: Typed::default()
            .with("kind", row.kind.clone())
            .with("short_code", row.short_code.clone())
            .with("till_number", row.till_number.clone().unwrap_or_default()),
        version: row.version,
        has_keys: row.has_keys,
        active,
        proved_at,
        is_candidate: !row.is_active,
        last_test: test.map(|test| LastTest {
            status: test.status,
            result_code: test.result_code,
            phone: Phone::parse(&test.phone).map_or(test.phone, |phone| phone.display()),
            requested_at: test.requested_at,
        }),
        operator,
        addresses,
        balance,
    })
}

struct AccountChange {
    kind: &'static str,
    short_code: String,
    till_number: Option<String>,
    /// Key, secret, passkey; none where the one before stays.
    secrets: [Option<String>; 3],
}

impl AccountChange {
    fn parse(typed: &Typed, has_keys: bool) -> Result<Self, FieldErrors> {
        let mut errors = FieldErrors::none();
        let kind = match typed.get("kind") {
            "paybill" => "paybill",
            "till" => "till",
            _ => {
                errors.add("kind", FieldProblem::UnknownChoice);
                "paybill"
            }
        };
        let short_code = errors.expect("short_code", number(typed.get("short_code"))).unwrap_or_default();
        let till_number =
            if kind == "till" { errors.expect("till_number", number(typed.get("till_number"))) } else { None };
        let secrets = [0, 1, 2].map(|at| {
            let field = SECRETS.get(at).copied().unwrap_or_default();
            let secret = typed.get(field).trim();
            if secret.is_empty() && !has_keys {
                errors.add(field, FieldProblem::Missing);
            } else if secret.len() > LONGEST_SECRET {
                errors.add(field, FieldProblem::TooLong);
            } else if !secret.bytes().all(|b| b.is_ascii_graphic()) {
                errors.add(field, FieldProblem::Unreadable);
            }
            (!secret.is_empty()).then(|| secret.to_owned())
        });
        if errors.is_empty() { Ok(Self { kind, short_code, till_number, secrets }) } else { Err(errors) }
    }
}

/// Tills, paybills and store numbers have five to seven digits.
fn number(typed: &str) -> Result<String, FieldProblem> {
    let digits = typed.trim();
    match digits.len() {
        0 => Err(FieldProblem::Missing),
        5..=7 if digits.bytes().all(|b| b.is_ascii_digit()) => Ok(digits.to_owned()),
        _ => Err(FieldProblem::NotANumber),
    }
}

/// Writes the account down beside the one in use. An empty key stays what it was.
pub async fn change_account(ctx: &Ctx, version: i32, typed: &Typed) -> Result<(), AppError> {
    ctx.require(Permission::ManagePayments)?;
    let mut tx = ctx.tx().await?;
    let before = lock_latest(&mut tx).await?;
    if before.as_ref().map_or(0, |account| account.version) != version {
        return Err(AppError::ChangedMeanwhile);
    }
    let has_keys = before.as_ref().is_some_and(|account| account.consumer_key_sealed.is_some());
    let change = AccountChange::parse(typed, has_keys).map_err(AppError::Invalid)?;
    let key = ctx.key(&mut tx).await?;
    let candidate = before.as_ref().filter(|account| !account.is_active).map(|account| account.id);
    let environment = before.as_ref().map_or_else(|| "production".to_owned(), |account| account.environment.clone());
    let before_id = before.as_ref().map(|account| account.id);
    let kept = before.map(|account: SealedAccount| account.open(&key)).transpose()?;
    // An operator belongs to a short code; another one's would only lock itself.
    let operator = kept
        .as_ref()
        .filter(|kept| kept.short_code == change.short_code)
        .and_then(|kept| kept.initiator.clone())
        .zip(before_id);
    let kept = kept.map_or_else(Default::default, |kept| [kept.consumer_key, kept.consumer_secret, kept.passkey]);
    let mut secrets = change.secrets.into_iter().zip(kept).map(|(typed, kept)| typed.unwrap_or(kept));
    let id = candidate.map_or_else(MpesaAccountId::mint, MpesaAccountId::from);
    let mut seal = |column| {
        let secret = secrets.next().unwrap_or_default();
        key.seal(Place { table: "mpesa_accounts", column, row: id.uuid() }, &secret)
    };
    let (consumer_key, consumer_secret, passkey) =
        (seal("consumer_key_sealed"), seal("consumer_secret_sealed"), seal("passkey_sealed"));
    // What is being tried is not what stands there afterwards: an open try ends here and proves nothing.
    sqlx::query!(
        "update mpesa_account_tests
         set status = 'failed', result_code = 'changed', completed_at = $3, updated_at = now()
         where tenant_id = $1
           and account_id = $2
           and status in ('initiated', 'pending')",
        tx.tenant(),
        id.uuid(),
        ctx.now()
    )
    .execute(tx.conn())
    .await?;
    sqlx::query!(
        "insert into mpesa_accounts (tenant_id, id, environment, kind, short_code, till_number, consumer_key_sealed,
                                     consumer_secret_sealed, passkey_sealed, is_active, version)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, false, $10)
         on conflict on constraint mpesa_accounts_pk do update
         set kind = $4, short_code = $5, till_number = $6, consumer_key_sealed = $7, consumer_secret_sealed = $8,
             passkey_sealed = $9, version = $10, updated_at = now()",
        tx.tenant(),
        id.uuid(),
        environment,
        change.kind,
        change.short_code,
        change.till_number,
        consumer_key,
        consumer_secret,
        passkey,
        version + 1
    )
    .execute(tx.conn())
    .await
    .map_err(|fault| DbError::from(fault).or_changed_meanwhile("mpesa_accounts_one_candidate"))?;
    account_operator::carry(&mut tx, &key, operator, id).await?;
    tx.audit(ctx.actor, "mpesa_account_changed", "mpesa_accounts", id.uuid(), json!({ "kind": change.kind })).await?;
    Ok(tx.commit().await?)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn filled() -> Typed {
        Typed::default()
            .with("kind", "till")
            .with("short_code", "600000")
            .with("till_number", " 5123456 ")
            .with("consumer_key", "k")
            .with("consumer_secret", "s")
            .with("passkey", "p")
    }

    #[test]
    fn keys_may_stay_away_once_they_are_set() {
        let without = filled().with("consumer_key", "").with("passkey", " ");
        assert_eq!(AccountChange::parse(&without, true).unwrap().secrets, [None, Some("s".into()), None]);
        let missing = AccountChange::parse(&without, false).map(|_| ()).unwrap_err();
        assert_eq!(missing.of("consumer_key"), Some(FieldProblem::Missing));
        assert_eq!(missing.of("passkey"), Some(FieldProblem::Missing));
    }

    #[test]
    fn each_field_says_what_is_wrong_with_it() {
        for (field, typed, problem) in [
            ("kind", "card", FieldProblem::UnknownChoice),
            ("short_code", "", FieldProblem::Missing),
            ("short_code", "12ab5", FieldProblem::NotANumber),
            ("till_number", "12345678", FieldProblem::NotANumber),
            ("passkey", "with space", FieldProblem::Unreadable),
            ("consumer_secret", "é", FieldProblem::Unreadable),
        ] {
            let errors = AccountChange::parse(&filled().with(field, typed), false).map(|_| ()).unwrap_err();
            assert_eq!(errors, FieldErrors::one(field, problem), "{field}");
        }
        let paybill = AccountChange::parse(&filled().with("kind", "paybill").with("till_number", "x"), false).unwrap();
        assert_eq!(paybill.till_number, None);
    }
}
