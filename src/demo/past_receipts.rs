//! Receipts of the made-up past, numbered in the order in which its orders were paid.

use super::SeedError;
use crate::db::TenantTx;

pub(super) async fn write_receipts(tx: &mut TenantTx) -> Result<(), SeedError> {
    sqlx::query!(
        "with paid as (
             select o.id, o.paid_at, s.name, s.primary_contact_phone, s.contact_email, s.vat_number,
                    nullif(concat_ws(', ', nullif(s.address, ''), nullif(s.nairobi_area, '')), '') as address,
                    case when s.is_vat_registered then s.vat_basis_points end as vat,
                    row_number() over (order by o.paid_at, o.order_number) as number
             from orders o
             join stores s on s.tenant_id = $1 and s.id = o.store_id
             where o.tenant_id = $1
               and o.paid_at is not null
         ), written as (
             insert into receipts (tenant_id, order_id, receipt_number, issued_at, seller_name, seller_address, seller_phone,
                                   seller_email, seller_tax_number, vat_basis_points)
             select $1, paid.id, paid.number, paid.paid_at, paid.name, paid.address, paid.primary_contact_phone,
                    paid.contact_email, paid.vat_number, paid.vat
             from paid
             returning receipt_number
         )
         update order_counters
         set next_receipt_number = 1 + (select count(*) from written), updated_at = now()
         where tenant_id = $1",
        tx.tenant()
    )
    .execute(tx.conn())
    .await?;
    Ok(())
}
