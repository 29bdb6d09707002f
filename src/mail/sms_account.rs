//! The merchant's account for text messages: set up, switched on, opened for one message.

use super::providers::africastalking::SmsCredentials;
use crate::{
    ctx::Ctx,
    db::{DbError, TenantTx},
    error::AppError,
    kernel::{
        access::Permission,
        field_errors::{FieldErrors, FieldProblem, optional_line, required_line},
        id::SmsAccountId,
        typed::Typed,
    },
    vault::{Place, Purpose, TenantKey},
};
use serde_json::json;
use uuid::Uuid;

/// The fields of the form.
pub const FIELDS: &[&str] = &["username", "sender_id", "is_on"];
pub const SECRETS: &[&str] = &["api_key"];
const LONGEST_KEY: usize = 200;
/// Eleven letters or digits, as the operators have it.
const LONGEST_SENDER: usize = 11;

/// What the settings' page shows.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct SmsSettings {
    /// 0 while there is none.
    pub version: i32,
    pub typed: Typed,
    pub has_key: bool,
    pub is_on: bool,
    /// Why the last message did not leave, in a word.
    pub problem: Option<String>,
    /// Messages of the last 30 days; of those, what the provider told of later.
    pub sent_lately: u32,
    pub arrived_lately: u32,
    pub failed_lately: u32,
    /// Where the provider is to tell what became of a message; none before there is an account.
    pub reports_to: Option<String>,
    /// Whether it ever did.
    pub is_heard: bool,
}

const fn place(row: Uuid) -> Place {
    Place { table: "sms_accounts", column: "api_key_sealed", row }
}

pub async fn load(ctx: &Ctx) -> Result<SmsSettings, AppError> {
    ctx.require(Permission::ManagePayments)?;
    let mut tx = ctx.tx().await?;
    let row = sqlx::query!(
        r#"select a.id, a.version, a.username, a.sender_id, a.is_on, a.problem, a.heard_at is not null as "is_heard!",
                  lately.sent as "sent!", lately.arrived as "arrived!", lately.failed as "failed!"
           from sms_accounts a
           cross join lateral (
               select count(*) as sent,
                      count(*) filter (where m.end_state = 'arrived') as arrived,
                      count(*) filter (where m.end_state = 'failed') as failed
               from mails m
               where m.tenant_id = $1
                 and m.channel = 'sms'
                 and m.status = 'sent'
                 and m.created_at > $2
           ) lately
           where a.tenant_id = $1"#,
        tx.tenant(),
        ctx.now() - chrono::TimeDelta::days(30)
    )
    .fetch_optional(tx.conn())
    .await?;
    let Some(row) = row else { return Ok(SmsSettings::default()) };
    let reports_to = ctx.key(&mut tx).await?.token(Purpose::SmsHook, row.id);
    let count = |rows: i64| u32::try_from(rows).unwrap_or(u32::MAX);
    Ok(SmsSettings {
        version: row.version,
        typed: Typed::default()
            .with("username", row.username)
            .with("sender_id", row.sender_id.unwrap_or_default())
            .with("is_on", if row.is_on { "on" } else { "" }),
        has_key: true,
        is_on: row.is_on,
        problem: row.problem,
        sent_lately: count(row.sent),
        arrived_lately: count(row.arrived),
        failed_lately: count(row.failed),
        reports_to: Some(format!("{}/hooks/sms/{}", ctx.platform.base_url, reports_to.hex())),
        is_heard: row.is_heard,
    })
}

/// Writes the account over `version`. An empty key stays what it was.
pub async fn change_account(ctx: &Ctx, version: i32, typed: &Typed) -> Result<(), AppError> {
    ctx.require(Permission::ManagePayments)?;
    let mut tx = ctx.tx().await?;
    let before = sqlx::query!(
        "select id, version, api_key_sealed
         from sms_accounts
         where tenant_id = $1
         for update",
        tx.tenant()
    )
    .fetch_optional(tx.conn())
    .await?;
    if before.as_ref().map_or(0, |row| row.version) != version {
        return Err(AppError::ChangedMeanwhile);
    }
    let mut errors = FieldErrors::none();
    let username = errors.expect("username", required_line(typed.get("username"), 60));
    let sender = errors.expect(
        "sender_id",
        optional_line(typed.get("sender_id"), LONGEST_SENDER).and_then(|line| match line {
            Some(line) if !line.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | '.' | ' ')) => {
                Err(FieldProblem::Unreadable)
            }
            line => Ok(line),
        }),
    );
    let api_key = errors.expect("api_key", optional_line(typed.get("api_key"), LONGEST_KEY));
    if api_key == Some(None) && before.is_none() {
        errors.add("api_key", FieldProblem::Missing);
    }
    let (Some(username), Some(sender), Some(api_key)) = (username, sender, api_key) else {
        return Err(AppError::Invalid(errors));
    };
    if !errors.is_empty() {
        return Err(AppError::Invalid(errors));
    }
    let id = before.as_ref().map_or_else(|| SmsAccountId::mint().uuid(), |row| row.id);
    let key = ctx.key(&mut tx).await?;
    let is_new = before.is_none();
    let sealed = match (api_key, before) {
        (Some(typed), _) => key.seal(place(id), &typed),
        (None, Some(row)) => row.api_key_sealed,
        (None, None) => return Err(AppError::Invalid(FieldErrors::one("api_key", FieldProblem::Missing))),
    };
    sqlx::query!(
        "insert into sms_accounts (tenant_id, id, username, sender_id, api_key_sealed, is_on, version)
         values ($1, $2, $3, $4, $5, $6, 1)
         on conflict on constraint sms_accounts_pk do update
         set username = $3, sender_id = $4, api_key_sealed = $5, is_on = $6, problem = null,
             version = sms_accounts.version + 1, updated_at = now()",
        tx.tenant(),
        id,
        username,
        sender,
        sealed,
        typed.is_on("is_on")
    )
    .execute(tx.conn())
    .await
    .map_err(|fault| DbError::from(fault).or_changed_meanwhile("sms_accounts_one"))?;
    if is_new {
        sqlx::query!(
            "insert into hook_tokens (tenant_id, token_hash, purpose, subject_id)
             values ($1, $2, 'sms', $3)",
            tx.tenant(),
            key.token(Purpose::SmsHook, id).hash(),
            id
        )
        .execute(tx.conn())
        .await?;
    }
    let details = json!({ "is_on": typed.is_on("is_on") });
    tx.audit(ctx.actor, "sms_account_changed", "sms_accounts", id, details).await?;
    tx.commit().await?;
    Ok(())
}

/// The account while it is on.
pub(super) async fn open(tx: &mut TenantTx, key: &TenantKey) -> Result<Option<SmsCredentials>, AppError> {
    let row = sqlx::query!(
        "select id, username, sender_id, api_key_sealed
         from sms_accounts
         where tenant_id = $1
           and is_on",
        tx.tenant()
    )
    .fetch_optional(tx.conn())
    .await?;
    let Some(row) = row else { return Ok(None) };
    let api_key = key.open(place(row.id), &row.api_key_sealed).map_err(AppError::broken)?;
    Ok(Some(SmsCredentials { username: row.username, api_key, sender_id: row.sender_id }))
}

/// Notes why a message did not leave, or that one did.
pub(super) async fn note_problem(tx: &mut TenantTx, problem: Option<&str>) -> Result<(), DbError> {
    sqlx::query!(
        "update sms_accounts
         set problem = $2, updated_at = now()
         where tenant_id = $1
           and problem is distinct from $2",
        tx.tenant(),
        problem
    )
    .execute(tx.conn())
    .await?;
    Ok(())
}
