//! The receipt of a paid order: written once, numbered per tenant without gaps.

use crate::{
    ctx::Ctx,
    db::TenantTx,
    error::AppError,
    kernel::{id::OrderId, token::Token},
};
use chrono::{DateTime, Utc};

/// Writes the receipt of an order that is paid; false when it has one. The caller holds the order's lock, and does this
/// last: until the commit the tenant's other orders wait for their number.
pub(crate) async fn issue(tx: &mut TenantTx, order: OrderId, now: DateTime<Utc>) -> Result<bool, AppError> {
    let written = sqlx::query!(
        "with paid as (
             select o.id, coalesce(o.paid_at, $3::timestamptz) as at, s.name,
                    nullif(concat_ws(', ', nullif(s.address, ''), nullif(s.nairobi_area, '')), '') as address,
                    s.primary_contact_phone, s.contact_email, s.vat_number,
                    case when s.is_vat_registered then s.vat_basis_points end as vat
             from orders o
             join stores s on s.tenant_id = $1 and s.id = o.store_id
             where o.tenant_id = $1
               and o.id = $2
               and not exists (
                   select from receipts r
                   where r.tenant_id = $1
                     and r.order_id = o.id
               )
         ), counter as (
             insert into order_counters (tenant_id, next_receipt_number)
             select $1, 2
             from paid
             on conflict (tenant_id) do update set next_receipt_number = order_counters.next_receipt_number + 1, updated_at = $3
             returning next_receipt_number - 1 as number
         )
         insert into receipts (tenant_id, order_id, receipt_number, issued_at, seller_name, seller_address, seller_phone, seller_email,
                               seller_tax_number, vat_basis_points, created_at, updated_at)
         select $1, paid.id, counter.number, paid.at, paid.name, paid.address, paid.primary_contact_phone, paid.contact_email,
                paid.vat_number, paid.vat, $3, $3
         from paid, counter",
        tx.tenant(),
        order.uuid(),
        now
    )
    .execute(tx.conn())
    .await?;
    Ok(written.rows_affected() == 1)
}

/// Writes the receipt of an order that was paid before there were receipts. Does nothing to any other; twice is once.
pub async fn issue_late(ctx: &Ctx, order: &Token) -> Result<(), AppError> {
    let mut tx = ctx.tx().await?;
    let paid = sqlx::query_scalar!(
        "select id
         from orders
         where tenant_id = $1
           and token_hash = $2
           and paid_at is not null
         for update",
        tx.tenant(),
        order.hash()
    )
    .fetch_optional(tx.conn())
    .await?;
    let Some(paid) = paid else { return Ok(()) };
    if issue(&mut tx, paid.into(), ctx.now()).await? {
        tx.commit().await?;
    }
    Ok(())
}
