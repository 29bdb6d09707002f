//! The orders that money without a place may be for, as the matching looks at them.

use crate::{
    db::TenantTx,
    error::AppError,
    kernel::{id::CustomerId, order_number::OrderNumber, phone::Phone},
    payments::matching::OpenOrder,
};

/// More open orders than a shop has at a time; the newest are looked at.
const MOST: i64 = 2_000;

/// Every order that takes money, and those of these numbers whatever became of them.
pub(crate) async fn list_payable(tx: &mut TenantTx, named: &[i64]) -> Result<Vec<OpenOrder>, AppError> {
    let rows = sqlx::query!(
        r#"with looked_at as (
               (select id
                from orders
                where tenant_id = $1
                  and payment_status in ('unpaid', 'partial')
                  and status in ('pending', 'awaiting_payment', 'paid', 'packing', 'dispatched')
                order by placed_at desc
                limit $3)
               union
               select id
               from orders
               where tenant_id = $1
                 and order_number = any($2)
           )
           select o.id, o.order_number, o.number_prefix, o.status, o.total_cents, o.customer_id, coalesce(o.customer_name, '') as "name!",
                  o.customer_phone, o.placed_at,
                  (select there.cents from order_money($1, o.id) as there (cents)) as "has_cents!",
                  (select array_agg(distinct p.phone)
                   from payments p
                   where p.tenant_id = $1
                     and p.order_id = o.id
                     and p.phone is not null) as phones
           from orders o
           join looked_at on looked_at.id = o.id
           where o.tenant_id = $1
           limit $3 + 100"#,
        tx.tenant(),
        named,
        MOST
    )
    .fetch_all(tx.conn())
    .await?;
    Ok(rows
        .into_iter()
        .map(|row| {
            let mut phones: Vec<Phone> = row.customer_phone.as_deref().and_then(Phone::parse).into_iter().collect();
            for phone in row.phones.unwrap_or_default().iter().filter_map(|phone| Phone::parse(phone)) {
                if !phones.contains(&phone) {
                    phones.push(phone);
                }
            }
            OpenOrder {
                id: row.id.into(),
                number: OrderNumber::of(&row.number_prefix, row.order_number),
                due_cents: if row.status == "refunded" { 0 } else { (row.total_cents - row.has_cents).max(0) },
                is_closed: row.status == "cancelled",
                customer: row.customer_id.map(CustomerId::from),
                name: row.name,
                phones,
                placed_at: row.placed_at,
            }
        })
        .collect())
}
