//! A notice of money that came to the paybill or till by itself: read, matched, and landed once.
//!
//! A notice is unsigned; what speaks for it is the address it came to, which only the provider was given, and that it
//! names the account this address belongs to.

use super::{
    inbox::find_known,
    land_money::{Arrived, Landed, Payer, ReceivedBy, land},
    payable_orders::list_payable,
    read_callback::close_callback,
    settle_payment::{Settled, Source},
    till_prompt::{TillMoney, find_prompted_order},
};
use crate::{
    ctx::Ctx,
    db::TenantTx,
    error::{AppError, Refusal},
    kernel::id::{CallbackId, MpesaAccountId, OrderId},
    payments::{
        matching::{Match, OpenOrder, PaidIn, Reference, find_candidates, named_numbers, payer_key},
        providers::mpesa::{Notification, NotificationKind, read_notification},
    },
};

/// Lands what one stored confirmation tells. Repeats, and notices of a prompt's money, change nothing.
pub(super) async fn land_notice(
    ctx: &Ctx,
    callback: CallbackId,
    account: MpesaAccountId,
    body: &str,
) -> Result<(), AppError> {
    let notice = match read_notification(body.as_bytes()) {
        Ok(notice) if !notice.amount.is_zero() => notice,
        _ => return put_aside(ctx, callback, "malformed").await,
    };
    let mut tx = ctx.tx().await?;
    if !belongs_to(&mut tx, account, &notice.short_code).await? {
        drop(tx);
        return put_aside(ctx, callback, "wrong_short_code").await;
    }
    let arrived = arrive(ctx, &mut tx, &notice).await?;
    drop(tx);
    let (payment, outcome) = match land(ctx, arrived).await {
        Ok(Landed { payment, settled }) => (payment, word(settled)),
        // It paid for something at another merchant's, who has the same paybill.
        Err(AppError::Refused(Refusal::ReceiptUsed)) => return put_aside(ctx, callback, "receipt_used").await,
        Err(fault) => return Err(fault),
    };
    close_callback(ctx, callback, Some(payment), outcome, true).await
}

/// Nothing is done about it; what it says stays.
async fn put_aside(ctx: &Ctx, callback: CallbackId, why: &str) -> Result<(), AppError> {
    tracing::warn!(callback.id = %callback, reason = why, "a notice of money was put aside");
    close_callback(ctx, callback, None, why, false).await
}

const fn word(settled: Settled) -> &'static str {
    match settled {
        Settled::Unchanged => "repeated",
        Settled::InInbox => "inbox",
        _ => "landed",
    }
}

/// What has come, with the order it is surely for.
async fn arrive(ctx: &Ctx, tx: &mut TenantTx, notice: &Notification) -> Result<Arrived, AppError> {
    let at = notice.at.unwrap_or_else(|| ctx.now());
    let (typed, name) =
        (notice.account.as_deref().unwrap_or_default(), notice.paid_by.name.clone().unwrap_or_default());
    let payer = notice.paid_by.number.as_ref();
    let hash = payer.map(|number| payer_key(number, &name));
    let orders = list_payable(tx, &named_numbers(typed)).await?;
    let known = match &hash {
        Some(hash) => find_known(tx, hash).await?,
        None => None,
    };
    let paid = PaidIn { typed, amount_cents: notice.amount.minor(), payer, name: &name, known, at };
    let order = match find_candidates(&paid, &orders) {
        Match::Certain(order) => Some(order),
        _ if notice.kind == NotificationKind::BuyGoods => match payer {
            Some(payer) => {
                let money = TillMoney { number: &notice.short_code, amount_cents: notice.amount.minor(), payer, at };
                find_prompted_order(tx, &money).await?
            }
            None => None,
        },
        _ => find_prompted(tx, &orders, &paid).await?,
    };
    Ok(Arrived {
        method: match notice.kind {
            NotificationKind::BuyGoods => ReceivedBy::MpesaTill,
            NotificationKind::PayBill | NotificationKind::Other(_) => ReceivedBy::MpesaPaybill,
        },
        source: Source::C2b,
        receipt: Some(notice.receipt.clone()),
        amount: notice.amount,
        order,
        short_code: Some(notice.short_code.clone()),
        typed_account: at_most_a_hundred(typed),
        payer: Payer { hash, name: at_most_a_hundred(&name), phone: notice.paid_by.phone().cloned() },
        at,
    })
}

/// As much of it as is kept; none of nothing.
fn at_most_a_hundred(text: &str) -> Option<String> {
    Some(text.chars().take(100).collect::<String>()).filter(|text| !text.is_empty())
}

/// Prompts make notices too. One that a status query has settled has no receipt yet, and its order lacks nothing by now;
/// `land` knows it again by the same signs.
async fn find_prompted(
    tx: &mut TenantTx,
    orders: &[OpenOrder],
    paid: &PaidIn<'_>,
) -> Result<Option<OrderId>, AppError> {
    // A prompt's account is ours, to the letter: one with another letter was typed by hand.
    let number = Reference::parse(paid.typed).map(Reference::number);
    let named: Vec<uuid::Uuid> =
        orders.iter().filter(|order| Some(order.number.number()) == number).map(|order| order.id.uuid()).collect();
    let found = sqlx::query_scalar!(
        r#"select order_id as "order_id!"
           from payments
           where tenant_id = $1
             and order_id = any($2)
             and method in ('mpesa_till', 'mpesa_paybill')
             and amount_cents = $3
             and mpesa_receipt is null
             and claimed_at <= $4::timestamptz + interval '2 minutes'
             and (status = 'pending' or status = 'succeeded' and completed_at >= $4::timestamptz - interval '2 minutes')
           order by claimed_at
           limit 1"#,
        tx.tenant(),
        &named,
        paid.amount_cents,
        paid.at
    )
    .fetch_optional(tx.conn())
    .await?;
    Ok(found.map(Into::into))
}

/// Whether the number that money was paid to is the account's own.
pub(super) async fn belongs_to(tx: &mut TenantTx, account: MpesaAccountId, short_code: &str) -> Result<bool, AppError> {
    Ok(sqlx::query_scalar!(
        r#"select exists (
               select from mpesa_accounts
               where tenant_id = $1
                 and id = $2
                 and (short_code = $3 or till_number = $3)
           ) as "belongs!""#,
        tx.tenant(),
        account.uuid(),
        short_code
    )
    .fetch_one(tx.conn())
    .await?)
}
