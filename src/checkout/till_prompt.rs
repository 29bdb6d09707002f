//! Knows a till's prompt again by its money. Money at a till names no order, not even where a prompt asked for it: the
//! sum, the time and the payer must do, and where they fit two orders a person decides.

use crate::{
    db::TenantTx,
    error::AppError,
    kernel::{
        id::{OrderId, PaymentId},
        phone::Phone,
    },
    payments::{
        matching::{Reference, is_key_of},
        providers::mpesa::{PayerNumber, TransactionFound},
    },
};
use chrono::{DateTime, Utc};
use uuid::Uuid;

/// Money that came to a till.
pub(super) struct TillMoney<'a> {
    /// The till, or the store that it belongs to.
    pub number: &'a str,
    pub amount_cents: i64,
    pub payer: &'a PayerNumber,
    pub at: DateTime<Utc>,
}

/// The one order whose prompt it answers: a prompt that is open, or that succeeded without its receipt; else one that
/// was given up. None is older than an hour.
pub(super) async fn find_prompted_order(tx: &mut TenantTx, money: &TillMoney<'_>) -> Result<Option<OrderId>, AppError> {
    let prompts = sqlx::query!(
        r#"select p.order_id as "order_id!", p.phone as "phone!", p.status
           from payments p
           where p.tenant_id = $1
             and p.order_id is not null
             and p.phone is not null
             and p.method = 'mpesa_till'
             and p.amount_cents = $2
             and p.mpesa_receipt is null
             and p.claimed_at <= $3::timestamptz + interval '2 minutes'
             and p.claimed_at >= $3::timestamptz - interval '1 hour'
             and p.failure_reason is distinct from 'paid_otherwise'
             and (p.status in ('pending', 'failed') or p.status = 'succeeded' and p.completed_at >= $3::timestamptz - interval '2 minutes')
             and exists (
                 select
                 from mpesa_accounts m
                 where m.tenant_id = $1
                   and m.short_code = p.short_code
                   and $4 in (m.short_code, m.till_number)
             )
           order by p.claimed_at
           limit 200"#,
        tx.tenant(),
        money.amount_cents,
        money.at,
        money.number
    )
    .fetch_all(tx.conn())
    .await?;
    let fitting: Vec<(Uuid, String)> = prompts
        .into_iter()
        .filter(|prompt| Phone::parse(&prompt.phone).is_some_and(|phone| money.payer.may_be(&phone)))
        .map(|prompt| (prompt.order_id, prompt.status))
        .collect();
    let orders_of = |is_given_up: bool| {
        let mut orders: Vec<Uuid> =
            fitting.iter().filter(|(_, status)| (status == "failed") == is_given_up).map(|(order, _)| *order).collect();
        orders.sort_unstable();
        orders.dedup();
        orders
    };
    Ok(match orders_of(false).as_slice() {
        [] => match orders_of(true).as_slice() {
            [order] => Some(OrderId::from(*order)),
            _ => None,
        },
        [order] => Some(OrderId::from(*order)),
        // All of them are paid and lack their receipts: each is as good as the other.
        _ if fitting.iter().all(|(_, status)| status != "pending") => {
            fitting.iter().find(|(_, status)| status == "succeeded").map(|(order, _)| OrderId::from(*order))
        }
        _ => None,
    })
}

/// Whether money that was found by its receipt may be what a prompt of another order brought: one that is open, or that a
/// question has settled, which brings no receipt. A payer who is not told may be anybody.
pub(super) async fn may_be_anothers(
    tx: &mut TenantTx,
    order: OrderId,
    number: &str,
    found: &TransactionFound,
    at: DateTime<Utc>,
) -> Result<bool, AppError> {
    let phones = sqlx::query_scalar!(
        "select p.phone
         from payments p
         where p.tenant_id = $1
           and p.order_id <> $2
           and p.method in ('mpesa_till', 'mpesa_paybill')
           and p.amount_cents = $3
           and p.mpesa_receipt is null
           and p.claimed_at <= $4::timestamptz + interval '2 minutes'
           and (p.status = 'pending' or p.status = 'succeeded' and p.completed_at >= $4::timestamptz - interval '2 minutes')
           and exists (
               select
               from mpesa_accounts m
               where m.tenant_id = $1
                 and m.short_code = p.short_code
                 and $5 in (m.short_code, m.till_number)
           )
         order by p.claimed_at desc
         limit 200",
        tx.tenant(),
        order.uuid(),
        found.amount.minor(),
        at,
        number
    )
    .fetch_all(tx.conn())
    .await?;
    let payer = found.paid_by.number.as_ref();
    Ok(phones
        .iter()
        .flatten()
        .filter_map(|phone| Phone::parse(phone))
        .any(|phone| payer.is_none_or(|payer| payer.may_be(&phone))))
}

/// Money in the inbox that this prompt may have brought: of its account and its sum, not older than the prompt, and of its
/// payer at a till, or under the reference that the prompt wrote at a paybill. Where there is more than one, each is as
/// good as the other.
pub(super) async fn list_waiting_money(tx: &mut TenantTx, prompt: PaymentId) -> Result<Vec<PaymentId>, AppError> {
    let waiting = sqlx::query!(
        r#"select w.id, w.payer_hash, coalesce(w.payer_name, '') as "payer_name!", coalesce(w.typed_account, '') as "typed!",
                  p.method, p.phone, o.order_number
           from payments p
           join orders o on o.tenant_id = $1 and o.id = p.order_id
           join payments w on w.tenant_id = $1
           where p.tenant_id = $1
             and p.id = $2
             and p.method in ('mpesa_till', 'mpesa_paybill')
             and w.order_id is null
             and w.status = 'succeeded'
             and w.method = p.method
             and w.amount_cents = p.amount_cents
             and w.requested_at >= p.claimed_at - interval '2 minutes'
             and exists (
                 select
                 from mpesa_accounts m
                 where m.tenant_id = $1
                   and m.short_code = p.short_code
                   and w.short_code in (m.short_code, m.till_number)
             )
           order by w.requested_at, w.id
           limit 100"#,
        tx.tenant(),
        prompt.uuid()
    )
    .fetch_all(tx.conn())
    .await?;
    Ok(waiting
        .into_iter()
        .filter(|money| {
            if money.method == "mpesa_paybill" {
                // To the letter: without it, or with another one, it was typed by hand.
                return money.typed == Reference::of(money.order_number).to_string();
            }
            let phone = money.phone.as_deref().and_then(Phone::parse);
            phone
                .zip(money.payer_hash.as_deref())
                .is_some_and(|(phone, hash)| is_key_of(hash, &phone, &money.payer_name))
        })
        .map(|money| PaymentId::from(money.id))
        .collect())
}
