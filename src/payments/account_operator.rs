//! The API operator of an M-Pesa account: who asks about receipts and sends money back; the password is only ever written.

use super::{account::lock_latest, providers::mpesa::Initiator};
use crate::{
    ctx::Ctx,
    db::TenantTx,
    error::AppError,
    kernel::{
        access::Permission,
        field_errors::{FieldErrors, FieldProblem},
        id::MpesaAccountId,
        typed::Typed,
    },
    vault::{Place, TenantKey},
};
use chrono::{DateTime, TimeDelta, Utc};
use serde_json::json;
use uuid::Uuid;

pub const FIELDS: &[&str] = &["initiator_name", "initiator_password"];
const LONGEST: usize = 100;
/// So long the provider lets an operator's password live.
const LIFE: TimeDelta = TimeDelta::days(90);
/// From here on the page warns.
const WARN_BEFORE: TimeDelta = TimeDelta::days(14);

/// As the settings show it; the password is never in it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Operator {
    pub name: Option<String>,
    pub set_at: Option<DateTime<Utc>>,
}

/// How long an operator's password is good for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PasswordAge {
    Fresh,
    EndsSoon,
    Over,
}

impl Operator {
    /// When the provider will stop taking the password, as far as it was set in the portal when it was written here.
    pub fn ends_at(&self) -> Option<DateTime<Utc>> {
        self.set_at.map(|at| at + LIFE)
    }

    /// How long the password is good for, as far as its day is known.
    pub fn age(&self, now: DateTime<Utc>) -> PasswordAge {
        match self.ends_at() {
            Some(end) if end <= now => PasswordAge::Over,
            Some(end) if end - WARN_BEFORE <= now => PasswordAge::EndsSoon,
            _ => PasswordAge::Fresh,
        }
    }
}

pub(crate) async fn load(tx: &mut TenantTx, account: Uuid) -> Result<Operator, AppError> {
    let row = sqlx::query!(
        "select initiator_name, initiator_set_at
         from mpesa_accounts
         where tenant_id = $1
           and id = $2
           and initiator_password_sealed is not null",
        tx.tenant(),
        account
    )
    .fetch_optional(tx.conn())
    .await?;
    Ok(row.map_or_else(Operator::default, |row| Operator { name: row.initiator_name, set_at: row.initiator_set_at }))
}

fn parse(typed: &Typed) -> Result<Initiator, FieldErrors> {
    let mut errors = FieldErrors::none();
    let mut part = |field: &'static str| {
        let text = typed.get(field).trim().to_owned();
        if text.is_empty() {
            errors.add(field, FieldProblem::Missing);
        } else if text.len() > LONGEST {
            errors.add(field, FieldProblem::TooLong);
        } else if !text.bytes().all(|b| b.is_ascii_graphic()) {
            errors.add(field, FieldProblem::Unreadable);
        }
        text
    };
    let initiator = Initiator { name: part("initiator_name"), password: part("initiator_password") };
    if errors.is_empty() { Ok(initiator) } else { Err(errors) }
}

/// Writes the operator of the short code that stands in the form, for the account in use too when it is of the same.
pub async fn change_operator(ctx: &Ctx, version: i32, typed: &Typed) -> Result<(), AppError> {
    ctx.require(Permission::ManagePayments)?;
    let initiator = parse(typed).map_err(AppError::Invalid)?;
    let mut tx = ctx.tx().await?;
    let latest = lock_latest(&mut tx).await?.ok_or(AppError::NotFound)?;
    if latest.version != version {
        return Err(AppError::ChangedMeanwhile);
    }
    let key = ctx.key(&mut tx).await?;
    let accounts = sqlx::query_scalar!(
        "select id
         from mpesa_accounts
         where tenant_id = $1
           and short_code = $2
           and (is_active or proved_at is null)
         order by id
         limit 2
         for update",
        tx.tenant(),
        latest.short_code
    )
    .fetch_all(tx.conn())
    .await?;
    for account in accounts {
        write(&mut tx, &key, account, &initiator, ctx.now()).await?;
    }
    tx.audit(ctx.actor, "mpesa_operator_changed", "mpesa_accounts", latest.id, json!({})).await?;
    Ok(tx.commit().await?)
}

async fn write(
    tx: &mut TenantTx,
    key: &TenantKey,
    account: Uuid,
    initiator: &Initiator,
    at: DateTime<Utc>,
) -> Result<(), AppError> {
    let place = Place { table: "mpesa_accounts", column: "initiator_password_sealed", row: account };
    sqlx::query!(
        "update mpesa_accounts
         set initiator_name = $3, initiator_password_sealed = $4, initiator_set_at = $5, version = version + 1, updated_at = now()
         where tenant_id = $1
           and id = $2",
        tx.tenant(),
        account,
        initiator.name,
        key.seal(place, &initiator.password),
        at
    )
    .execute(tx.conn())
    .await?;
    Ok(())
}

/// Lets a candidate have the operator of the account that it was made from; none takes away what stood there. A sealed
/// password opens in its own row only.
pub(crate) async fn carry(
    tx: &mut TenantTx,
    key: &TenantKey,
    operator: Option<(Initiator, Uuid)>,
    to: MpesaAccountId,
) -> Result<(), AppError> {
    let (name, password, from) = match operator {
        Some((initiator, from)) => {
            let place = Place { table: "mpesa_accounts", column: "initiator_password_sealed", row: to.uuid() };
            (Some(initiator.name), Some(key.seal(place, &initiator.password)), Some(from))
        }
        None => (None, None, None),
    };
    sqlx::query!(
        "update mpesa_accounts
         set initiator_name = $3, initiator_password_sealed = $4,
             initiator_set_at = (select f.initiator_set_at from mpesa_accounts f where f.tenant_id = $1 and f.id = $5)
         where tenant_id = $1
           and id = $2",
        tx.tenant(),
        to.uuid(),
        name,
        password,
        from
    )
    .execute(tx.conn())
    .await?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use chrono::TimeZone as _;

    #[test]
    fn both_are_needed_and_both_are_plain() {
        let filled = Typed::default().with("initiator_name", " dukaapi ").with("initiator_password", "Safe#2026");
        let parsed = parse(&filled).unwrap();
        assert_eq!((parsed.name.as_str(), parsed.password.as_str()), ("dukaapi", "Safe#2026"));
        for (field, typed, problem) in [
            ("initiator_name", "", FieldProblem::Missing),
            ("initiator_password", " ", FieldProblem::Missing),
            ("initiator_password", "two words", FieldProblem::Unreadable),
            ("initiator_name", "ü", FieldProblem::Unreadable),
        ] {
            let errors = parse(&filled.clone().with(field, typed)).map(|_| ()).unwrap_err();
            assert_eq!(errors, FieldErrors::one(field, problem), "{field}");
        }
    }

    #[test]
    fn a_password_is_warned_about_two_weeks_before_its_ninety_days_are_over() {
        let set = Utc.with_ymd_and_hms(2026, 1, 1, 9, 0, 0).unwrap();
        let operator = Operator { name: Some("dukaapi".into()), set_at: Some(set) };
        assert_eq!(operator.age(set + TimeDelta::days(75)), PasswordAge::Fresh);
        assert_eq!(operator.age(set + TimeDelta::days(76)), PasswordAge::EndsSoon);
        assert_eq!(operator.age(set + TimeDelta::days(90)), PasswordAge::Over);
        assert_eq!(Operator::default().age(set), PasswordAge::Fresh);
    }
}
