//! Trying an M-Pesa account: KSh 1 from the merchant's own phone shows that its numbers and keys fit each other.
//!
//! Nothing is sold: the shilling lands in the merchant's own till. What counts is the provider's answer when asked, as
//! with every payment; a callback only makes us ask sooner.

use super::{
    account::{find_account, lock_latest},
    providers::mpesa::{PushRefused, PushRequest, QueryAnswer, outcome::StkOutcome},
    register_addresses,
};
use crate::{
    ctx::{Ctx, Platform},
    db::TenantTx,
    error::{AppError, Refusal},
    jobs::kinds::Job,
    kernel::{
        access::{Actor, Permission},
        field_errors::{FieldErrors, FieldProblem},
        id::{AccountTestId, MpesaAccountId, TenantId},
        phone::Phone,
        token::Token,
    },
    vault::Purpose,
};
use chrono::{DateTime, TimeDelta, Utc};
use serde_json::json;
use std::sync::Arc;

/// One shilling.
const AMOUNT_CENTS: i64 = 100;
/// The first question comes when a quick person could have answered, the others after it.
const FIRST_CHECK: TimeDelta = TimeDelta::seconds(6);
const NEXT_CHECK: TimeDelta = TimeDelta::seconds(7);
/// A prompt that nobody answered for so long is over.
const PATIENCE: TimeDelta = TimeDelta::minutes(3);

/// Sends a prompt over KSh 1 with the account that is being set up, or else with the one in use.
pub async fn try_account(ctx: &Ctx, phone: &str) -> Result<AccountTestId, AppError> {
    ctx.require(Permission::ManagePayments)?;
    let phone =
        Phone::parse(phone).ok_or_else(|| AppError::Invalid(FieldErrors::one("phone", FieldProblem::NotAPhone)))?;
    let test = AccountTestId::mint();
    let mut tx = ctx.tx().await?;
    let key = ctx.key(&mut tx).await?;
    let account = lock_latest(&mut tx).await?.ok_or(AppError::NotFound)?;
    let account_id = account.id;
    let credentials = account.open(&key)?;
    let hook = key.token(Purpose::AccountTest, test.uuid());
    let begun = sqlx::query!(
        "with known as (
             insert into hook_tokens (tenant_id, token_hash, purpose, subject_id, expires_at)
             values ($1, $5, 'ask', $2, $6::timestamptz + interval '1 day')
         )
         insert into mpesa_account_tests (tenant_id, id, account_id, phone, requested_at)
         values ($1, $2, $3, $4, $6)
         on conflict do nothing",
        tx.tenant(),
        test.uuid(),
        account_id,
        phone.as_str(),
        hook.hash(),
        ctx.now()
    )
    .execute(tx.conn())
    .await?;
    if begun.rows_affected() == 0 {
        return Err(AppError::Refused(Refusal::AccountTestOpen));
    }
    tx.audit(ctx.actor, "mpesa_account_tried", "mpesa_accounts", account_id, json!({ "test": test })).await?;
    // Should the program die before the provider answers, the test ends by itself.
    let check = Job::CheckAccountTest(test);
    tx.enqueue(&check, Some(ctx.now() + FIRST_CHECK), Some(&format!("account_test:{test}"))).await?;
    tx.commit().await?;

    let request = PushRequest {
        amount_cents: AMOUNT_CENTS,
        phone_msisdn: phone.msisdn().to_owned(),
        callback_url: format!("{}/hooks/pay/{}", ctx.platform.base_url, hook.hex()),
        account_reference: "Duka".to_owned(),
        description: "Test".to_owned(),
        now: ctx.now(),
    };
    let sent = ctx.platform.daraja.push(&credentials, request).await;
    let (status, checkout, code) = match &sent {
        Ok(accepted) => ("pending", Some(accepted.checkout_request_id.as_str()), None),
        Err(PushRefused::BadSettings(_) | PushRefused::BadRequest(_)) => ("failed", None, Some("bad_settings")),
        Err(PushRefused::Locked) => ("failed", None, Some("phone_busy")),
        // The phone may ring all the same, but nobody can say for which account: it does not prove this one.
        Err(PushRefused::NotSent(_) | PushRefused::Busy | PushRefused::Unknown) => {
            ("failed", None, Some("not_reached"))
        }
    };
    if let Err(refused) = &sent {
        tracing::warn!(test.id = %test, error.message = %refused, "an M-Pesa account could not be tried");
    }
    let mut tx = ctx.tx().await?;
    sqlx::query!(
        "update mpesa_account_tests
         set status = $3, checkout_request_id = $4, result_code = $5,
             completed_at = case when $3 = 'failed' then $6::timestamptz end, updated_at = now()
         where tenant_id = $1
           and id = $2
           and status = 'initiated'",
        tx.tenant(),
        test.uuid(),
        status,
        checkout,
        code,
        ctx.now()
    )
    .execute(tx.conn())
    .await?;
    tx.commit().await?;
    Ok(test)
}

/// Whose callback this is, if it is about a try; then it is asked about at once. The body itself proves nothing.
pub async fn receive_test_callback(platform: &Arc<Platform>, token: &Token) -> Result<bool, AppError> {
    let Some(hook) = platform.db.find_hook(&token.hash(), "ask").await? else { return Ok(false) };
    let test = AccountTestId::from(hook.subject);
    let mut tx = platform.db.tenant(hook.tenant).await?;
    tx.enqueue(&Job::CheckAccountTest(test), None, Some(&format!("account_test:{test}"))).await?;
    tx.commit().await?;
    Ok(true)
}

struct OpenTest {
    account: MpesaAccountId,
    checkout_request_id: Option<String>,
    requested_at: DateTime<Utc>,
}

/// Asks the provider what became of a try; asks for itself again while nothing is decided.
pub async fn check(platform: &Arc<Platform>, tenant: TenantId, test: AccountTestId) -> Result<(), AppError> {
    let ctx = Ctx::new(platform.clone(), tenant, Actor::Program);
    let mut tx = ctx.tx().await?;
    let Some(open) = find_open(&mut tx, test).await? else { return Ok(()) };
    let key = ctx.key(&mut tx).await?;
    let credentials = find_account(&mut tx, open.account).await?.map(|account| account.open(&key)).transpose()?;
    drop(tx);
    let answer = match (&credentials, &open.checkout_request_id) {
        (Some(credentials), Some(id)) => {
            platform.daraja.query(credentials, id, ctx.now()).await.unwrap_or(QueryAnswer::NoAnswer)
        }
        _ => QueryAnswer::NoAnswer,
    };
    if let QueryAnswer::Done { result_code, .. } = &answer {
        let outcome = StkOutcome::from_code(result_code);
        if outcome == StkOutcome::Paid {
            return put_to_use(&ctx, test, open.account).await;
        }
        if outcome.is_final_failure() {
            return fail(&ctx, test, outcome.as_str()).await;
        }
    }
    if ctx.now() - open.requested_at > PATIENCE {
        return fail(&ctx, test, StkOutcome::NoAnswer.as_str()).await;
    }
    let mut tx = ctx.tx().await?;
    let again = Some(ctx.now() + NEXT_CHECK);
    tx.enqueue(&Job::CheckAccountTest(test), again, Some(&format!("account_test:{test}"))).await?;
    Ok(tx.commit().await?)
}

async fn find_open(tx: &mut TenantTx, test: AccountTestId) -> Result<Option<OpenTest>, AppError> {
    let row = sqlx::query!(
        "select account_id, checkout_request_id, requested_at
         from mpesa_account_tests
         where tenant_id = $1
           and id = $2
           and status in ('initiated', 'pending')",
        tx.tenant(),
        test.uuid()
    )
    .fetch_optional(tx.conn())
    .await?;
    Ok(row.map(|row| OpenTest {
        account: row.account_id.into(),
        checkout_request_id: row.checkout_request_id,
        requested_at: row.requested_at,
    }))
}

/// Guarded by the test being open, so that it happens once.
async fn end(
    tx: &mut TenantTx,
    test: AccountTestId,
    status: &str,
    code: &str,
    now: DateTime<Utc>,
) -> Result<bool, AppError> {
    let ended = sqlx::query!(
        "update mpesa_account_tests
         set status = $3, result_code = $4, completed_at = $5, updated_at = now()
         where tenant_id = $1
           and id = $2
           and status in ('initiated', 'pending')",
        tx.tenant(),
        test.uuid(),
        status,
        code,
        now
    )
    .execute(tx.conn())
    .await?;
    Ok(ended.rows_affected() > 0)
}

async fn fail(ctx: &Ctx, test: AccountTestId, code: &str) -> Result<(), AppError> {
    let mut tx = ctx.tx().await?;
    if end(&mut tx, test, "failed", code, ctx.now()).await? {
        tx.audit(ctx.actor, "mpesa_account_not_proved", "mpesa_account_tests", test.uuid(), json!({ "reason": code }))
            .await?;
        tx.commit().await?;
    }
    Ok(())
}

/// The account works: from now on prompts are sent with it.
async fn put_to_use(ctx: &Ctx, test: AccountTestId, account: MpesaAccountId) -> Result<(), AppError> {
    let mut tx = ctx.tx().await?;
    if !end(&mut tx, test, "succeeded", "0", ctx.now()).await? {
        return Ok(());
    }
    // Only the one in use or the one being set up: a try of an account that was replaced long ago changes nothing.
    let candidate = sqlx::query_scalar!(
        "select id
         from mpesa_accounts
         where tenant_id = $1
           and id = $2
           and (is_active or proved_at is null)
         for update",
        tx.tenant(),
        account.uuid()
    )
    .fetch_optional(tx.conn())
    .await?;
    if candidate.is_none() {
        return Ok(tx.commit().await?);
    }
    // The one before steps back first: only one may be in use, and only one unproved beside it.
    sqlx::query!(
        "update mpesa_accounts
         set is_active = false, proved_at = coalesce(proved_at, created_at), version = version + 1, updated_at = now()
         where tenant_id = $1
           and is_active
           and id <> $2",
        tx.tenant(),
        account.uuid()
    )
    .execute(tx.conn())
    .await?;
    let numbers = sqlx::query!(
        "update mpesa_accounts
         set is_active = true, proved_at = $3, version = version + 1, updated_at = now()
         where tenant_id = $1
           and id = $2
         returning kind, short_code, till_number",
        tx.tenant(),
        account.uuid(),
        ctx.now()
    )
    .fetch_one(tx.conn())
    .await?;
    register_addresses::carry(&mut tx, account).await?;
    let paybill = (numbers.kind == "paybill").then_some(numbers.short_code.as_str());
    sqlx::query!(
        "update tenants
         set mpesa_paybill = $2, mpesa_short_code = $3, catalogue_version = catalogue_version + 1, updated_at = now()
         where id = $1",
        tx.tenant(),
        paybill,
        numbers.till_number.as_deref().unwrap_or(&numbers.short_code)
    )
    .execute(tx.conn())
    .await?;
    tx.audit(ctx.actor, "mpesa_account_proved", "mpesa_accounts", account.uuid(), json!({ "test": test })).await?;
    Ok(tx.commit().await?)
}
