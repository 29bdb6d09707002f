//! Lays the provider's list beside our payments: what only the list has lands, what does not agree becomes a gap.

use super::{
    NoList,
    gaps::{self, Gap, GapKind},
    list::{self, Account, Accounts, Listed, Page},
};
use crate::{
    checkout::{
        land_money::{Arrived, ReceivedBy, land},
        settle_payment::{Settled, Source},
        till_prompt::{TillMoney, find_prompted_order},
    },
    ctx::Ctx,
    db::TenantTx,
    error::{AppError, Refusal},
    kernel::id::{OrderId, PaymentId},
    payments::{
        matching::Reference,
        providers::mpesa::{AccountKind, PayerNumber},
    },
};
use chrono::{DateTime, TimeDelta, Utc};
use std::collections::HashMap;

/// Gaps of one night; more is no gap but an account that is not ours.
const MOST_MISSED: i64 = 500;
/// The list and we tell the time of the same money a little differently, and the list lags.
const LAG: TimeDelta = TimeDelta::hours(1);

/// What a comparison came to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Compared {
    pub from: DateTime<Utc>,
    pub until: DateTime<Utc>,
    pub listed: i32,
    /// Payments that only the list told of.
    pub landed: i32,
}

/// Both ways: what we lack lands, what the list lacks is written down.
///
/// Of accounts that were in use before, what their lists have lands too; one that gives none keeps nothing back.
pub(super) async fn compare(
    ctx: &Ctx,
    from: DateTime<Utc>,
    until: DateTime<Utc>,
) -> Result<Result<Compared, NoList>, AppError> {
    let Accounts { in_use, former } = list::find_accounts(ctx).await?;
    let mut read = Vec::new();
    for account in former {
        let pages = list::read(ctx, &account, from, until).await?;
        // Why there is none stands in the log.
        read.extend(pages.ok().map(|pages| (account, pages)));
    }
    let without_list = match in_use {
        Err(why) => Some(why),
        Ok(account) => {
            let pages = list::read(ctx, &account, from, until).await?;
            let why = pages.as_ref().err().copied();
            read.extend(pages.ok().map(|pages| (account, pages)));
            why
        }
    };
    let mut landed = 0;
    for (account, pages) in &read {
        for page in pages {
            landed += take_lines(ctx, account, page).await?;
        }
    }
    if let Some(why) = without_list {
        return Ok(Err(why));
    }
    // Of all accounts together: two tills of one store have its number in common.
    let lines: Vec<&Listed> = read.iter().flat_map(|(_, pages)| pages).flat_map(|page| &page.lines).collect();
    let numbers: Vec<String> = read.iter().flat_map(|(account, _)| account.numbers()).collect();
    note_missed(ctx, &numbers, &lines, from + LAG, until - LAG).await?;
    let listed = i32::try_from(lines.len()).unwrap_or(i32::MAX);
    Ok(Ok(Compared { from, until, listed, landed }))
}

/// Lands what is not ours yet. Answers how many payments only the list told of.
pub(super) async fn take_lines(ctx: &Ctx, account: &Account, page: &Page) -> Result<i32, AppError> {
    let mut tx = ctx.tx().await?;
    let ours = find_ours(&mut tx, &page.lines).await?;
    let (mut agreed, mut payments) = (Vec::new(), Vec::new());
    for line in &page.lines {
        let Some((payment, cents)) = ours.get(&line.receipt).copied() else { continue };
        if cents == line.amount.minor() {
            agreed.push(line.receipt.clone());
            payments.push(payment.uuid());
            continue;
        }
        let gap = Gap {
            kind: GapKind::Amount,
            receipt: &line.receipt,
            payment: Some(payment),
            ours_cents: Some(cents),
            listed_cents: Some(line.amount.minor()),
            at: line.at,
        };
        gaps::note(&mut tx, &gap).await?;
    }
    let new: Vec<&Listed> = page.lines.iter().filter(|line| !ours.contains_key(&line.receipt)).collect();
    // What the provider said, word for word, before anything is made of it.
    let (outcome, news) = if new.is_empty() { ("nothing_new", None) } else { ("asked_for", Some(&*page.raw)) };
    list::keep(ctx, &mut tx, account, outcome, news).await?;
    gaps::agree(&mut tx, &agreed, &payments, ctx.now()).await?;
    audit_agreed(&mut tx, &payments).await?;
    tx.commit().await?;
    let mut landed = 0;
    for line in new {
        landed += i32::from(land_line(ctx, account, line).await?);
    }
    Ok(landed)
}

/// Our payments by receipt, with what each brought in cents.
async fn find_ours(tx: &mut TenantTx, lines: &[Listed]) -> Result<HashMap<String, (PaymentId, i64)>, AppError> {
    let receipts: Vec<String> = lines.iter().map(|line| line.receipt.clone()).collect();
    let rows = sqlx::query!(
        r#"select mpesa_receipt as "receipt!", id, coalesce(paid_amount_cents, amount_cents) as "cents!"
           from payments
           where tenant_id = $1
             and mpesa_receipt = any($2)
           limit 1000"#,
        tx.tenant(),
        &receipts
    )
    .fetch_all(tx.conn())
    .await?;
    Ok(rows.into_iter().map(|row| (row.receipt, (row.id.into(), row.cents))).collect())
}

/// Each payment says once that the list has it.
async fn audit_agreed(tx: &mut TenantTx, payments: &[uuid::Uuid]) -> Result<(), AppError> {
    sqlx::query!(
        r#"insert into payment_audit (tenant_id, payment_id, event_type, metadata)
           select $1, p.id, 'reconciled', '{"source": "pull"}'
           from payments p
           where p.tenant_id = $1
             and p.id = any($2)
             and not exists (
                 select 1
                 from payment_audit a
                 where a.tenant_id = $1
                   and a.payment_id = p.id
                   and a.event_type = 'reconciled'
             )"#,
        tx.tenant(),
        payments
    )
    .execute(tx.conn())
    .await?;
    Ok(())
}

/// True when it was money that nobody else had told us of.
async fn land_line(ctx: &Ctx, account: &Account, line: &Listed) -> Result<bool, AppError> {
    let arrived = Arrived {
        method: match account.kind {
            AccountKind::Paybill => ReceivedBy::MpesaPaybill,
            AccountKind::Till => ReceivedBy::MpesaTill,
        },
        source: Source::Pull,
        receipt: Some(line.receipt.clone()),
        amount: line.amount,
        order: find_order(ctx, account, line).await?,
        short_code: Some(account.short_code.clone()),
        typed_account: line.account.clone(),
        payer: line.payer.clone(),
        at: line.at,
    };
    match land(ctx, arrived).await {
        Ok(landed) => {
            let mut tx = ctx.tx().await?;
            let payment = [landed.payment.uuid()];
            gaps::agree(&mut tx, std::slice::from_ref(&line.receipt), &payment, ctx.now()).await?;
            audit_agreed(&mut tx, &payment).await?;
            tx.commit().await?;
            Ok(landed.settled != Settled::Unchanged)
        }
        // Two merchants share a paybill, and it is the other one's.
        Err(AppError::Refused(Refusal::ReceiptUsed)) => Ok(false),
        // The database is away: the whole comparison comes again.
        Err(fault @ AppError::TryAgain { .. }) => Err(fault),
        Err(fault) => {
            tracing::error!(tenant.id = %ctx.tenant, error.message = %fault, "money on the provider's list could not be taken");
            let gap = Gap {
                kind: GapKind::NotTaken,
                receipt: &line.receipt,
                payment: None,
                ours_cents: None,
                listed_cents: Some(line.amount.minor()),
                at: line.at,
            };
            let mut tx = ctx.tx().await?;
            gaps::note(&mut tx, &gap).await?;
            tx.commit().await?;
            Ok(false)
        }
    }
}

/// The order that a prompt of this account and sum was for; none when it is not one and only one. What people type by
/// hand is not read here: it waits in the inbox, with its proposals.
async fn find_order(ctx: &Ctx, account: &Account, line: &Listed) -> Result<Option<OrderId>, AppError> {
    let mut tx = ctx.tx().await?;
    if account.kind == AccountKind::Till {
        let Some(payer) = line.payer.hash.map(PayerNumber::Hashed) else { return Ok(None) };
        let (number, amount_cents) = (account.short_code.as_str(), line.amount.minor());
        return find_prompted_order(&mut tx, &TillMoney { number, amount_cents, payer: &payer, at: line.at }).await;
    }
    let Some(reference) = line.account.as_deref().and_then(Reference::parse) else { return Ok(None) };
    let order = sqlx::query_scalar!(
        "select o.id
         from orders o
         where o.tenant_id = $1
           and o.order_number = $2
           and exists (
               select 1
               from payments p
               where p.tenant_id = $1
                 and p.order_id = o.id
                 and p.claimed_at is not null
                 and p.amount_cents = $3
                 and p.mpesa_receipt is null
                 and p.failure_reason is distinct from 'paid_otherwise'
           )",
        tx.tenant(),
        reference.number(),
        line.amount.minor()
    )
    .fetch_optional(tx.conn())
    .await?;
    Ok(order.map(Into::into))
}

/// Ours of that time that the list does not have: its receipt is not there, or none came and nothing on the list was its
/// money. Such a prompt stands under its order's reference and its number among the attempts.
async fn note_missed(
    ctx: &Ctx,
    numbers: &[String],
    lines: &[&Listed],
    from: DateTime<Utc>,
    until: DateTime<Utc>,
) -> Result<(), AppError> {
    let listed: Vec<String> = lines.iter().map(|line| line.receipt.clone()).collect();
    let mut tx = ctx.tx().await?;
    let missed = sqlx::query!(
        r#"select p.id as "id!", p.mpesa_receipt as "mpesa_receipt?", o.order_number as "order_number?",
                  p.attempt_no as "attempt_no!", coalesce(p.paid_amount_cents, p.amount_cents) as "cents!",
                  p.requested_at as "requested_at!"
           from payments p
           left join orders o on o.tenant_id = $1 and o.id = p.order_id
           where p.tenant_id = $1
             and p.status = 'succeeded'
             and p.method in ('mpesa_till', 'mpesa_paybill')
             and p.short_code = any($2)
             and p.requested_at >= $3
             and p.requested_at < $4
             and (p.mpesa_receipt is null or not (p.mpesa_receipt = any($5)))
           order by p.requested_at, p.id
           limit $6"#,
        tx.tenant(),
        numbers,
        from,
        until,
        &listed,
        MOST_MISSED
    )
    .fetch_all(tx.conn())
    .await?;
    for payment in missed {
        let stands_under = payment.mpesa_receipt.unwrap_or_else(|| match payment.order_number {
            Some(number) => format!("{}-{}", Reference::of(number), payment.attempt_no),
            None => payment.id.to_string(),
        });
        let gap = Gap {
            kind: GapKind::NotListed,
            receipt: &stands_under,
            payment: Some(payment.id.into()),
            ours_cents: Some(payment.cents),
            listed_cents: None,
            at: payment.requested_at,
        };
        gaps::note(&mut tx, &gap).await?;
    }
    tx.commit().await?;
    Ok(())
}
