//! Loads one payment of the inbox: what it may be for, what a search finds, where its money went before.

use super::{
    MoneyPage, Move, Suggestion,
    load::{find, list_statuses, suggestion},
};
use crate::{
    checkout::payable_orders::list_payable,
    ctx::Ctx,
    db::TenantTx,
    error::AppError,
    kernel::{
        access::Permission,
        id::{PaymentId, RefundId},
        money::Money,
        order_number::OrderNumber,
        phone::Phone,
    },
    pages::dashboard::{anywhere, currency, looked_at},
    payments::matching::named_numbers,
};

const WORDS_LENGTH: usize = 100;

/// A payment without money in the inbox is "not found".
pub async fn load_one(ctx: &Ctx, payment: PaymentId, words: &str) -> Result<MoneyPage, AppError> {
    ctx.require(Permission::SeeDashboard)?;
    let words = looked_at(words, WORDS_LENGTH);
    let mut tx = ctx.tx().await?;
    let row = find(&mut tx, payment).await?.ok_or(AppError::NotFound)?;
    let found = if words.is_empty() { None } else { Some(search(&mut tx, &words, row.left).await?) };
    let moves = list_moves(&mut tx, payment).await?;
    Ok(MoneyPage {
        row,
        words,
        found,
        moves,
        refund: RefundId::mint(),
        may_handle: ctx.actor.may(Permission::HandleMoney),
        may_refund: ctx.actor.may(Permission::RefundMoney),
    })
}

/// Orders by number, name or phone that lack something.
async fn search(tx: &mut TenantTx, words: &str, left: Money) -> Result<Vec<Suggestion>, AppError> {
    let phone = Phone::parse(words).map(|phone| phone.as_str().to_owned());
    let numbers = sqlx::query_scalar!(
        "select order_number
         from orders
         where tenant_id = $1
           and (order_number = any($2) or customer_name ilike $3 or customer_phone = $4)
           and payment_status in ('unpaid', 'partial')
         order by placed_at desc
         limit 20",
        tx.tenant(),
        &named_numbers(words),
        anywhere(words),
        phone
    )
    .fetch_all(tx.conn())
    .await?;
    let mut orders = list_payable(tx, &numbers).await?;
    orders.retain(|order| numbers.contains(&order.number.number()) && order.due_cents > 0);
    orders.sort_by_key(|order| std::cmp::Reverse(order.placed_at));
    let ids: Vec<uuid::Uuid> = orders.iter().map(|order| order.id.uuid()).collect();
    let statuses = list_statuses(tx, &ids).await?;
    Ok(orders
        .iter()
        .filter_map(|order| {
            let (_, status) = statuses.iter().find(|(id, _)| *id == order.id)?;
            Some(suggestion(order, *status, left, Vec::new()))
        })
        .collect())
}

async fn list_moves(tx: &mut TenantTx, payment: PaymentId) -> Result<Vec<Move>, AppError> {
    let rows = sqlx::query!(
        r#"select e.place, e.amount_cents, e.currency, (e.created_at at time zone t.timezone) as "at!",
                  o.order_number as "order_number?", o.number_prefix as "number_prefix?",
                  nullif(concat_ws(' ', c.first_name, c.last_name), '') as customer_name,
                  coalesce(nullif(u.name, ''), u.email) as "by?"
           from ledger_entries e
           join tenants t on t.id = $1
           left join orders o on o.tenant_id = $1 and o.id = e.order_id
           left join customers c on c.tenant_id = $1 and c.id = e.customer_id
           left join users u on u.tenant_id = $1 and u.id = e.actor_id
           where e.tenant_id = $1
             and e.payment_id = $2
             and e.amount_cents > 0
           order by e.created_at, e.id
           limit 100"#,
        tx.tenant(),
        payment.uuid()
    )
    .fetch_all(tx.conn())
    .await?;
    rows.into_iter()
        .map(|row| {
            Ok(Move {
                place: row.place,
                order_number: OrderNumber::maybe(row.number_prefix.as_deref(), row.order_number),
                customer_name: row.customer_name,
                amount: Money::new(row.amount_cents, currency(&row.currency)?),
                at: row.at.into(),
                by: row.by,
            })
        })
        .collect()
}
