//! Money that comes by itself, not as the answer to a prompt: it lands on its order, or in the inbox.
//!
//! Locks as everywhere: the order's goods, the order, the payment. A receipt lands once, from however many sides it is
//! told: the provider's notice, its list, a prompt's callback, the shopper who types it.

use super::{
    locks::{LockedOrder, audit_payment, lock_order},
    settle_payment::{Settled, Source, Verdict, record_end, settle},
    take_money::{Incoming, take},
};
use crate::{
    ctx::Ctx,
    db::TenantTx,
    error::{AppError, Refusal},
    inventory::locks::lock_order_goods,
    kernel::{
        access::Permission,
        id::{OrderId, PaymentId},
        money::Money,
        phone::Phone,
    },
    payments::{
        ledger::{self, Place, Transfer, Why},
        providers::mpesa::outcome::StkOutcome,
    },
};
use chrono::{DateTime, Utc};
use serde_json::json;
use sha2::{Digest as _, Sha256};

/// By which way money came; the words of `payments.method`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ReceivedBy {
    MpesaPaybill,
    MpesaTill,
    Card,
    /// In somebody's hand, at the door.
    Cod,
    /// A way of the merchant's own: a bank, another network.
    Manual,
}

impl ReceivedBy {
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::MpesaPaybill => "mpesa_paybill",
            Self::MpesaTill => "mpesa_till",
            Self::Card => "card",
            Self::Cod => "cod",
            Self::Manual => "manual",
        }
    }
    const fn is_mpesa(self) -> bool {
        matches!(self, Self::MpesaPaybill | Self::MpesaTill)
    }
}

/// Who paid, as far as the provider tells.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Payer {
    /// SHA-256 of the number.
    pub hash: Option<[u8; 32]>,
    pub name: Option<String>,
    pub phone: Option<Phone>,
}

/// Money that has come.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Arrived {
    pub method: ReceivedBy,
    pub source: Source,
    /// The provider's receipt; cash has none.
    pub receipt: Option<String>,
    pub amount: Money,
    /// The order it is surely for; none lands in the inbox.
    pub order: Option<OrderId>,
    pub short_code: Option<String>,
    pub typed_account: Option<String>,
    pub payer: Payer,
    pub at: DateTime<Utc>,
}

/// Where it landed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Landed {
    pub payment: PaymentId,
    pub settled: Settled,
}

/// Lands money once. A receipt that is known changes nothing, and answers with the payment it made.
///
/// Where the receipt is that of a prompt whose end, or whose receipt, is not known yet, that prompt is settled by it.
/// Refused with [`Refusal::ReceiptUsed`] when another merchant's order was paid with the receipt.
pub async fn land(ctx: &Ctx, arrived: Arrived) -> Result<Landed, AppError> {
    let mut tx = ctx.tx().await?;
    if let Some(known) = find_receipt(&mut tx, arrived.receipt.as_deref()).await? {
        return Ok(Landed { payment: known, settled: Settled::Unchanged });
    }
    if let Some(prompt) = find_prompt(&mut tx, &arrived).await? {
        drop(tx);
        let verdict = Verdict {
            outcome: StkOutcome::Paid,
            source: arrived.source,
            receipt: arrived.receipt.clone(),
            checkout_request_id: None,
        };
        return match settle(ctx, prompt, verdict).await? {
            // It was known by then, or the prompt's own money was faster.
            Settled::Unchanged => land_beside(ctx, arrived).await,
            settled => Ok(Landed { payment: prompt, settled }),
        };
    }
    take_in(ctx, tx, arrived).await
}

/// The same for money that is surely no prompt's: the provider has told which prompt brought it, and that one has
/// another receipt.
pub(super) async fn land_beside(ctx: &Ctx, arrived: Arrived) -> Result<Landed, AppError> {
    let mut tx = ctx.tx().await?;
    if let Some(known) = find_receipt(&mut tx, arrived.receipt.as_deref()).await? {
        return Ok(Landed { payment: known, settled: Settled::Unchanged });
    }
    take_in(ctx, tx, arrived).await
}

/// Writes money down as a payment of its own.
async fn take_in(ctx: &Ctx, mut tx: TenantTx, arrived: Arrived) -> Result<Landed, AppError> {
    let goods = match arrived.order {
        Some(order) => lock_order_goods(&mut tx, order).await?,
        None => Vec::new(),
    };
    let order = match arrived.order {
        Some(order) => Some(lock_order(&mut tx, order).await?),
        None => None,
    };
    let payment = PaymentId::mint();
    if !write_arrival(ctx, &mut tx, payment, &arrived).await? {
        // Told of at the same moment from another side: theirs counts.
        drop(tx);
        let mut tx = ctx.tx().await?;
        let known = find_receipt(&mut tx, arrived.receipt.as_deref()).await?.ok_or(AppError::ChangedMeanwhile)?;
        return Ok(Landed { payment: known, settled: Settled::Unchanged });
    }
    if let Some(receipt) = &arrived.receipt
        && !claim_receipt(&mut tx, receipt).await?
    {
        return Err(AppError::Refused(Refusal::ReceiptUsed));
    }
    let settled = match &order {
        Some(order) => {
            let money = Incoming { payment, amount: arrived.amount, from: Place::Outside, why: Why::Received };
            take(ctx, &mut tx, order, &goods, money).await?.into()
        }
        None => {
            let transfer = Transfer {
                payment,
                from: Place::Outside,
                to: Place::Inbox,
                amount: arrived.amount,
                why: Why::Received,
            };
            ledger::book(&mut tx, ctx.actor, transfer, ctx.now()).await?;
            Settled::InInbox
        }
    };
    audit_payment(&mut tx, payment, "succeeded", json!({ "source": arrived.source.as_str() })).await?;
    tx.commit().await?;
    if let Some(order) = &order {
        record_end(ctx, order, arrived.amount, settled);
    }
    tracing::info!(payment.id = %payment, source = arrived.source.as_str(), settled = ?settled, "money landed");
    Ok(Landed { payment, settled })
}

/// Puts money of the inbox on an order. A person needs the right to; a rule that is sure does it for the program.
///
/// Refused with [`Refusal::MoneyIsNotThere`] when the inbox holds less of it by now.
pub async fn assign(ctx: &Ctx, payment: PaymentId, order: OrderId, amount: Money) -> Result<Settled, AppError> {
    if !matches!(ctx.actor, crate::kernel::access::Actor::Program) {
        ctx.require(Permission::HandleMoney)?;
    }
    let mut tx = ctx.tx().await?;
    let goods = lock_order_goods(&mut tx, order).await?;
    let locked = lock_order(&mut tx, order).await?;
    let settled = put_inbox_money(ctx, &mut tx, &locked, &goods, payment, amount).await?;
    tx.commit().await?;
    record_end(ctx, &locked, amount, settled);
    Ok(settled)
}

pub(super) async fn put_inbox_money(
    ctx: &Ctx,
    tx: &mut TenantTx,
    order: &LockedOrder,
    goods: &[crate::inventory::locks::LockedGoods],
    payment: PaymentId,
    amount: Money,
) -> Result<Settled, AppError> {
    let money = Incoming { payment, amount, from: Place::Inbox, why: Why::Assigned };
    let settled = take(ctx, tx, order, goods, money).await?.into();
    sqlx::query!(
        "update payments
         set order_id = coalesce(order_id, $3), updated_at = $4
         where tenant_id = $1
           and id = $2",
        tx.tenant(),
        payment.uuid(),
        order.id.uuid(),
        ctx.now()
    )
    .execute(tx.conn())
    .await?;
    let facts = json!({ "payment": payment, "order_number": order.number, "amount_cents": amount.minor() });
    audit_payment(tx, payment, "assigned", facts.clone()).await?;
    tx.audit(ctx.actor, "money_assigned", "orders", order.id.uuid(), facts).await?;
    Ok(settled)
}

pub(super) async fn find_receipt(tx: &mut TenantTx, receipt: Option<&str>) -> Result<Option<PaymentId>, AppError> {
    let Some(receipt) = receipt else { return Ok(None) };
    let known = sqlx::query_scalar!(
        "select id
         from payments
         where tenant_id = $1
           and mpesa_receipt = $2",
        tx.tenant(),
        receipt
    )
    .fetch_optional(tx.conn())
    .await?;
    Ok(known.map(Into::into))
}

/// The order's prompt of the same sum that is open, that succeeded without its receipt, or that was given up: money that
/// comes late is that prompt's, and would be counted twice beside it when the provider is asked once more. Money is what
/// a success is about when it left the payer between the prompt and the moment its end was learnt, the clocks'
/// difference allowed for.
async fn find_prompt(tx: &mut TenantTx, arrived: &Arrived) -> Result<Option<PaymentId>, AppError> {
    let (Some(order), true, true) = (arrived.order, arrived.method.is_mpesa(), arrived.receipt.is_some()) else {
        return Ok(None);
    };
    let prompt = sqlx::query_scalar!(
        "select id
         from payments
         where tenant_id = $1
           and order_id = $2
           and method in ('mpesa_till', 'mpesa_paybill')
           and amount_cents = $3
           and mpesa_receipt is null
           and claimed_at <= $4::timestamptz + interval '2 minutes'
           and failure_reason is distinct from 'paid_otherwise'
           and (status in ('pending', 'failed') or status = 'succeeded' and completed_at >= $4::timestamptz - interval '2 minutes')
         order by array_position('{pending,succeeded,failed}', status), claimed_at desc
         limit 1",
        tx.tenant(),
        order.uuid(),
        arrived.amount.minor(),
        arrived.at
    )
    .fetch_optional(tx.conn())
    .await?;
    Ok(prompt.map(Into::into))
}

/// False when the receipt was written down by somebody else meanwhile.
pub(super) async fn write_arrival(
    ctx: &Ctx,
    tx: &mut TenantTx,
    payment: PaymentId,
    arrived: &Arrived,
) -> Result<bool, AppError> {
    let written = sqlx::query!(
        "insert into payments (tenant_id, id, order_id, method, amount_cents, paid_amount_cents, currency, status, mpesa_receipt,
                               phone, requested_at, completed_at, attempt_no, result_source, short_code, typed_account,
                               payer_hash, payer_name, created_at, updated_at)
         select $1, $2, $3, $4, $5, $5, $6, 'succeeded', $7, $8, $9, $9,
                1 + coalesce((select max(p.attempt_no) from payments p where p.tenant_id = $1 and p.order_id = $3), 0),
                $11, $12, $13, $14, $15, $10, $10
         on conflict do nothing",
        tx.tenant(),
        payment.uuid(),
        arrived.order.map(OrderId::uuid),
        arrived.method.as_str(),
        arrived.amount.minor(),
        arrived.amount.currency().code(),
        arrived.receipt,
        arrived.payer.phone.as_ref().map(Phone::as_str),
        arrived.at,
        ctx.now(),
        arrived.source.as_str(),
        arrived.short_code,
        arrived.typed_account,
        arrived.payer.hash.as_ref().map(<[u8; 32]>::as_slice),
        arrived.payer.name
    )
    .execute(tx.conn())
    .await?;
    Ok(written.rows_affected() == 1)
}

/// Notes that a receipt is used, for all merchants. False when it had been noted before, by whomever.
pub(super) async fn claim_receipt(tx: &mut TenantTx, receipt: &str) -> Result<bool, AppError> {
    let hash = Sha256::digest(receipt.as_bytes()).to_vec();
    let claimed = sqlx::query!(
        "insert into used_receipts (tenant_id, receipt_hash)
         values ($1, $2)
         on conflict do nothing",
        tx.tenant(),
        hash
    )
    .execute(tx.conn())
    .await?;
    Ok(claimed.rows_affected() == 1)
}
