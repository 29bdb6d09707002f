//! What lies in the merchant's M-Pesa account, as far as the provider was asked.

use super::{
    providers::mpesa::AccountBalance,
    questions::{self, Asked},
};
use crate::{
    ctx::Ctx,
    db::TenantTx,
    error::AppError,
    kernel::{access::Permission, money::Money},
};
use chrono::{DateTime, TimeDelta, Utc};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

/// One that was asked within this time is being answered, or just was.
const PAUSE: TimeDelta = TimeDelta::minutes(1);

/// The last answer, and whether another is under way.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Balance {
    pub is_asking: bool,
    /// Our word for why the last question came to nothing.
    pub problem: Option<String>,
    pub answered_at: Option<DateTime<Utc>>,
    pub accounts: Vec<(String, Money)>,
}

/// Asks; what is being asked is not asked twice.
pub async fn ask(ctx: &Ctx) -> Result<(), AppError> {
    ctx.require(Permission::ManagePayments)?;
    let mut tx = ctx.tx().await?;
    let account = sqlx::query_scalar!(
        "select id
         from mpesa_accounts
         where tenant_id = $1
           and is_active
         for update",
        tx.tenant()
    )
    .fetch_optional(tx.conn())
    .await?
    .ok_or(AppError::NotFound)?;
    let is_asked = sqlx::query_scalar!(
        r#"select exists (
               select
               from provider_questions
               where tenant_id = $1
                 and kind = 'balance'
                 and created_at > $2
           ) as "is_asked!""#,
        tx.tenant(),
        ctx.now() - PAUSE
    )
    .fetch_one(tx.conn())
    .await?;
    if is_asked {
        return Ok(());
    }
    questions::write(ctx, &mut tx, Asked::Balance).await?;
    tx.audit(ctx.actor, "mpesa_balance_asked", "mpesa_accounts", account, json!({})).await?;
    Ok(tx.commit().await?)
}

#[derive(Serialize, Deserialize)]
struct Kept {
    account: String,
    available_cents: i64,
}

/// How an answer is kept.
pub(crate) fn kept(accounts: &[AccountBalance]) -> Value {
    let kept: Vec<Kept> = accounts
        .iter()
        .map(|one| Kept { account: one.account.chars().take(60).collect(), available_cents: one.available.minor() })
        .collect();
    json!({ "accounts": kept })
}

/// The last question and the last answer.
pub(crate) async fn load(tx: &mut TenantTx, now: DateTime<Utc>) -> Result<Balance, AppError> {
    let rows = sqlx::query!(
        "select outcome, answer, answered_at, created_at
         from provider_questions
         where tenant_id = $1
           and kind = 'balance'
         order by created_at desc, id desc
         limit 10",
        tx.tenant()
    )
    .fetch_all(tx.conn())
    .await?;
    let mut balance = Balance::default();
    if let Some(last) = rows.first() {
        balance.is_asking = last.outcome.is_none() && now - last.created_at < TimeDelta::minutes(2);
        balance.problem = match last.outcome.as_deref() {
            Some("answered") => None,
            Some(word) => Some(word.to_owned()),
            None => (!balance.is_asking).then(|| "no_answer".to_owned()),
        };
    }
    if let Some(told) = rows.into_iter().find(|row| row.outcome.as_deref() == Some("answered")) {
        balance.answered_at = told.answered_at;
        let list = told.answer.map(|mut answer| answer["accounts"].take()).unwrap_or_default();
        balance.accounts = serde_json::from_value::<Vec<Kept>>(list)
            .unwrap_or_default()
            .into_iter()
            .map(|one| (one.account, Money::kes(one.available_cents)))
            .collect();
    }
    Ok(balance)
}
