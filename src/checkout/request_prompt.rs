//! Sends M-Pesa prompts: the first one of an order, and the ones a shopper asks for again.
//!
//! The claim initiated → pending is a guarded update that is committed before the provider is
//! called, so a prompt is never sent twice; what the claim could not tell is asked afterwards.

use super::{
    form_key::scoped_key,
    forms::PayForm,
    locks::{audit_payment, lock_order, note_call},
    needless_prompt::end_needless,
    prompt_pause::{comes_too_soon, seconds_left},
    record_step::record,
    settle_payment::{Source, Verdict, settle},
};
use crate::{
    analytics::event::{Around, Step, Visitor},
    ctx::{Ctx, Platform},
    db::TenantTx,
    error::{AppError, Refusal},
    jobs::kinds::Job,
    kernel::{
        access::Actor,
        field_errors::{FieldErrors, FieldProblem},
        id::{OrderId, PaymentId, TenantId},
        phone::Phone,
        token::Token,
    },
    orders::status::OrderStatus,
    payments::{
        account::find_credentials,
        ledger,
        matching::Reference,
        method::{PaymentMethod, fits_mpesa},
        providers::mpesa::{AccountKind, Credentials, PushRefused, PushRequest, outcome::StkOutcome},
    },
    vault::Purpose,
};
use chrono::TimeDelta;
use serde_json::json;
use std::sync::Arc;

/// The first question to the provider comes when a quick person could have answered.
const FIRST_CHECK: TimeDelta = TimeDelta::seconds(12);
/// The worker's turn, when the process that should send at once has died.
const BY_WORKER_AFTER: TimeDelta = TimeDelta::seconds(5);
/// A prompt that could not be sent for so long has failed: as long as one that was sent may be silent.
const SENT_WITHIN: TimeDelta = TimeDelta::seconds(150);

/// Who asks for a prompt on an order that is there.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum AskedBy {
    Buyer,
    /// At the door, for whichever phone pays there.
    Rider,
}

/// A shopper asks for a (new) prompt on the same order, for what it lacks. Answers with the payment to send; a form
/// that comes again, with the one it has asked for.
pub async fn pay_again(ctx: &Ctx, order: &Token, form: &PayForm) -> Result<PaymentId, AppError> {
    ask_for(ctx, order, form, AskedBy::Buyer).await
}

/// The same, by whoever it is.
pub(super) async fn ask_for(ctx: &Ctx, order: &Token, form: &PayForm, by: AskedBy) -> Result<PaymentId, AppError> {
    if PaymentMethod::parse(&form.payment_method) != Some(PaymentMethod::MpesaStk) {
        return Err(AppError::Invalid(FieldErrors::one("payment_method", FieldProblem::UnknownMethod)));
    }
    let typed = match form.mpesa_phone.trim() {
        "" => None,
        typed => Some(
            Phone::parse(typed)
                .ok_or_else(|| AppError::Invalid(FieldErrors::one("mpesa_phone", FieldProblem::NotAPhone)))?,
        ),
    };
    let now = ctx.now();
    let mut tx = ctx.tx().await?;
    let found = sqlx::query!(
        r#"select o.id, o.customer_phone, m.kind as "kind?", m.short_code as "short_code?",
                  b.phone as "buyers_phone?",
                  (select coalesce(max(p.attempt_no), 0)
                   from payments p
                   where p.tenant_id = $1
                     and p.order_id = o.id) as "last_attempt!"
           from orders o
           left join mpesa_accounts m on m.tenant_id = $1 and m.is_active
           left join lateral (
               select a.phone
               from payments a
               where a.tenant_id = $1
                 and a.order_id = o.id
                 and a.hook_token_hash is not null
                 and a.phone is not null
                 and not a.asked_by_rider
               order by a.attempt_no desc
               limit 1
           ) b on true
           where o.tenant_id = $1
             and o.token_hash = $2"#,
        tx.tenant(),
        order.hash()
    )
    .fetch_optional(tx.conn())
    .await?
    .ok_or(AppError::NotFound)?;
    let order: OrderId = found.id.into();
    let locked = lock_order(&mut tx, order).await?;
    let form_key =
        (!form.idempotency_key.is_empty()).then(|| scoped_key(order.uuid().as_bytes(), &form.idempotency_key));
    if let Some(known) = find_by_key(&mut tx, form_key.as_deref()).await? {
        return Ok(known);
    }
    // A cash order may be paid by phone once it is accepted: at the door, or before.
    let is_open =
        matches!(locked.status, OrderStatus::AwaitingPayment | OrderStatus::Packing | OrderStatus::Dispatched)
            || locked.status == OrderStatus::Pending && locked.deposit.is_some();
    let missing = locked.asked_now(&ledger::on_order(&mut tx, order, locked.total.currency()).await?)?;
    if !is_open || missing.is_zero() {
        return Err(AppError::Refused(Refusal::NothingToPay));
    }
    if !fits_mpesa(missing) {
        return Err(AppError::Invalid(FieldErrors::one("payment_method", FieldProblem::NotByMpesa)));
    }
    let short_code = found
        .short_code
        .ok_or_else(|| AppError::Invalid(FieldErrors::one("payment_method", FieldProblem::UnknownMethod)))?;
    let last = found.buyers_phone.as_deref().and_then(Phone::parse);
    let contact = found.customer_phone.as_deref().and_then(Phone::parse);
    // What the page of each promises: the buyer's, the phone they gave; the rider's, the one that they can call.
    let usual = match by {
        AskedBy::Buyer => last.or(contact),
        AskedBy::Rider => contact.or(last),
    };
    let phone =
        typed.or(usual).ok_or_else(|| AppError::Invalid(FieldErrors::one("mpesa_phone", FieldProblem::Missing)))?;
    // Counted under the order's lock: two tabs cannot both be the only prompt.
    let open = sqlx::query_scalar!(
        r#"select exists (
               select 1 from payments
               where tenant_id = $1
                 and order_id = $2
                 and status in ('initiated', 'pending')
                 and method in ('mpesa_till', 'mpesa_paybill')
           ) as "open!""#,
        tx.tenant(),
        order.uuid()
    )
    .fetch_one(tx.conn())
    .await?;
    if open {
        return Err(AppError::Refused(Refusal::PromptStillOpen));
    }
    if let Some(seconds) = seconds_left(ctx, &mut tx, phone.as_str(), missing.minor()).await? {
        return Err(AppError::Refused(Refusal::PauseBetweenPrompts { seconds }));
    }
    let payment = PaymentId::mint();
    let hook = ctx.key(&mut tx).await?.token(Purpose::PayHook, payment.uuid());
    let method = if found.kind.as_deref() == Some("till") { "mpesa_till" } else { "mpesa_paybill" };
    sqlx::query!(
        "with attempt as (
             insert into payments (tenant_id, id, order_id, method, amount_cents, currency, status, phone, requested_at, attempt_no, hook_token_hash, short_code,
                                   idempotency_key, asked_by_rider)
             values ($1, $2, $3, $4, $5, $6, 'initiated', $7, $8, $9, $10, $11, $12, $13)
         ), hook as (
             insert into hook_tokens (tenant_id, token_hash, purpose, subject_id)
             values ($1, $10, 'pay', $2)
         )
         insert into payment_audit (tenant_id, payment_id, event_type, metadata)
         values ($1, $2, 'initiated', jsonb_build_object('method', $4::text, 'again', true))",
        tx.tenant(),
        payment.uuid(),
        order.uuid(),
        method,
        missing.minor(),
        missing.currency().code(),
        phone.as_str(),
        now,
        found.last_attempt + 1,
        hook.hash(),
        short_code,
        form_key.as_deref(),
        by == AskedBy::Rider
    )
    .execute(tx.conn())
    .await?;
    tx.enqueue(&Job::RequestPrompt(payment), Some(now + BY_WORKER_AFTER), Some(&format!("prompt:{payment}"))).await?;
    tx.commit().await?;
    Ok(payment)
}

/// The prompt that the same form has asked for before, whatever became of it.
async fn find_by_key(tx: &mut TenantTx, key: Option<&str>) -> Result<Option<PaymentId>, AppError> {
    let Some(key) = key else { return Ok(None) };
    let found = sqlx::query_scalar!(
        "select id
         from payments
         where tenant_id = $1
           and idempotency_key = $2",
        tx.tenant(),
        key
    )
    .fetch_optional(tx.conn())
    .await?;
    Ok(found.map(PaymentId::from))
}

struct Claimed {
    request: PushRequest,
    credentials: Option<Credentials>,
    started: Step,
    around: Around,
}

/// Sends the prompt of a payment that was written down. Safe to call twice: only one call claims it.
pub async fn send(platform: &Arc<Platform>, tenant: TenantId, payment: PaymentId) -> Result<(), AppError> {
    send_for(platform, tenant, payment, Visitor::default()).await
}

/// The same at once for the shopper who asked for it.
pub async fn send_for(
    platform: &Arc<Platform>,
    tenant: TenantId,
    payment: PaymentId,
    visitor: Visitor,
) -> Result<(), AppError> {
    let ctx = Ctx::new(platform.clone(), tenant, Actor::Program);
    // A refusal by the provider would come later and tell the shopper less.
    if comes_too_soon(&ctx, payment).await? {
        return settle(&ctx, payment, Verdict::failed(StkOutcome::TooSoon, Source::Operator)).await.map(|_| ());
    }
    let Some(claimed) = claim(&ctx, payment).await? else { return Ok(()) };
    let Some(credentials) = claimed.credentials else {
        return settle(&ctx, payment, Verdict::failed(StkOutcome::BadSettings, Source::Operator)).await.map(|_| ());
    };
    record(&ctx, claimed.started, Around { visitor, ..claimed.around });
    let pushed = platform.daraja.push(&credentials, claimed.request).await;
    if let Err(refused) = &pushed {
        note_call(&ctx, payment, "prompt", refused.word()).await?;
    }
    match pushed {
        Ok(accepted) => {
            accepted_by_provider(&ctx, payment, &accepted.merchant_request_id, &accepted.checkout_request_id).await
        }
        Err(PushRefused::NotSent(why)) => un_claim(&ctx, payment, &why).await,
        Err(PushRefused::Busy) => un_claim(&ctx, payment, "the provider is busy").await,
        // It may be on the phone: the callback, found by its token, or time will tell.
        Err(PushRefused::Unknown) => Ok(()),
        Err(refused @ (PushRefused::Locked | PushRefused::BadSettings(_) | PushRefused::BadRequest(_))) => {
            tracing::warn!(payment.id = %payment, error.message = %refused, "the provider refused a prompt");
            let outcome = match refused {
                PushRefused::Locked => StkOutcome::PhoneBusy,
                PushRefused::BadSettings(_) => StkOutcome::BadSettings,
                _ => StkOutcome::PromptFailed,
            };
            settle(&ctx, payment, Verdict::failed(outcome, Source::Operator)).await.map(|_| ())
        }
    }
}

async fn claim(ctx: &Ctx, payment: PaymentId) -> Result<Option<Claimed>, AppError> {
    let now = ctx.now();
    let mut tx = ctx.tx().await?;
    if end_needless(&mut tx, payment, now).await? {
        tx.commit().await?;
        tracing::info!(payment.id = %payment, "a prompt that waited to be sent was not needed any more");
        return Ok(None);
    }
    let key = ctx.key(&mut tx).await?;
    let credentials = find_credentials(&mut tx, &key).await?;
    let method = credentials.as_ref().map(|account| match account.kind {
        AccountKind::Paybill => "mpesa_paybill",
        AccountKind::Till => "mpesa_till",
    });
    // The account may be another one than when the order was placed: its money is looked for where it was sent from.
    let row = sqlx::query!(
        r#"with claimed as (
               update payments
               set status = 'pending', claimed_at = $3, next_check_at = $4, short_code = coalesce($5, short_code),
                   method = coalesce($6, method), updated_at = $3
               where tenant_id = $1
                 and id = $2
                 and status = 'initiated'
                 and method in ('mpesa_till', 'mpesa_paybill')
               returning order_id, amount_cents, phone
           )
           select o.id as order_id, c.amount_cents, c.phone, o.order_number, o.customer_id, o.cart_id, o.delivery_city_area
           from claimed c
           join orders o on o.tenant_id = $1 and o.id = c.order_id"#,
        tx.tenant(),
        payment.uuid(),
        now,
        now + FIRST_CHECK,
        credentials.as_ref().map(|account| account.short_code.as_str()),
        method
    )
    .fetch_optional(tx.conn())
    .await?;
    let Some(row) = row else { return Ok(None) };
    let phone =
        row.phone.as_deref().and_then(Phone::parse).ok_or_else(|| AppError::broken("a prompt without a phone"))?;
    let hook = key.token(Purpose::PayHook, payment.uuid());
    tx.enqueue(&Job::CheckPayment(payment), Some(now + FIRST_CHECK), Some(&format!("check:{payment}"))).await?;
    tx.commit().await?;
    Ok(Some(Claimed {
        request: PushRequest {
            amount_cents: row.amount_cents,
            phone_msisdn: phone.msisdn().to_owned(),
            callback_url: format!("{}/hooks/pay/{}", ctx.platform.base_url, hook.hex()),
            account_reference: Reference::of(row.order_number).to_string(),
            description: format!("Order {}", row.order_number).chars().take(13).collect(),
            now,
        },
        credentials,
        started: Step::PaymentStarted { order: row.order_id.into(), amount_cents: row.amount_cents },
        around: Around {
            customer: row.customer_id.map(Into::into),
            cart: row.cart_id.map(Into::into),
            area: row.delivery_city_area,
            ..Around::default()
        },
    }))
}

async fn accepted_by_provider(ctx: &Ctx, payment: PaymentId, merchant: &str, checkout: &str) -> Result<(), AppError> {
    let mut tx = ctx.tx().await?;
    sqlx::query!(
        "update payments
         set merchant_request_id = $3, checkout_request_id = coalesce(checkout_request_id, $4), provider_reference = coalesce(provider_reference, $4), updated_at = now()
         where tenant_id = $1
           and id = $2",
        tx.tenant(),
        payment.uuid(),
        merchant,
        checkout
    )
    .execute(tx.conn())
    .await?;
    audit_payment(&mut tx, payment, "requested", json!({})).await?;
    tx.commit().await?;
    Ok(())
}

/// Nothing left this machine, so the claim is given back and the worker tries again; after a while it has failed.
async fn un_claim(ctx: &Ctx, payment: PaymentId, why: &str) -> Result<(), AppError> {
    let now = ctx.now();
    let mut tx = ctx.tx().await?;
    let requested_at = sqlx::query_scalar!(
        "update payments
         set status = 'initiated', claimed_at = null, next_check_at = null, updated_at = now()
         where tenant_id = $1
           and id = $2
           and status = 'pending'
           and checkout_request_id is null
         returning requested_at",
        tx.tenant(),
        payment.uuid()
    )
    .fetch_optional(tx.conn())
    .await?;
    if requested_at.is_some_and(|asked| now - asked > SENT_WITHIN) {
        tx.commit().await?;
        tracing::warn!(payment.id = %payment, reason = why, "a prompt could not be sent in time and has failed");
        return settle(ctx, payment, Verdict::failed(StkOutcome::PromptFailed, Source::Operator)).await.map(|_| ());
    }
    tx.enqueue(&Job::RequestPrompt(payment), Some(now + BY_WORKER_AFTER), Some(&format!("prompt:{payment}"))).await?;
    tx.commit().await?;
    tracing::info!(payment.id = %payment, reason = why, "a prompt was not sent and will be tried again");
    Ok(())
}
