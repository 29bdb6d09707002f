//! Knows a till's prompt again by its money. Money at a till names no order, not even where a prompt asked for it: the
//! sum, the time and the payer must do, and where they fit two orders a person decides.

use crate::{
    db::TenantTx,
    error::AppError,
    kernel::{id::OrderId, phone::Phone},
    payments::providers::mpesa::PayerNumber,
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
/// was given up within the hour.
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
    let orders_of = |is_given_up: bool| {
        let mut orders: Vec<Uuid> = prompts
            .iter()
            .filter(|prompt| (prompt.status == "failed") == is_given_up)
            .filter(|prompt| Phone::parse(&prompt.phone).is_some_and(|phone| money.payer.may_be(&phone)))
            .map(|prompt| prompt.order_id)
            .collect();
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
        _ => None,
    })
}
