//! Loads a receipt for whoever holds the order's token: its head with its lines, and its money; two statements.

use super::{Etims, Paid, PaidBy, Receipt, ReceiptLine, Returned, Seller, VatBand};
use crate::{
    ctx::Ctx,
    db::TenantTx,
    error::AppError,
    kernel::{currency::Currency, id::OrderId, money::Money, order_number::OrderNumber, phone::Phone, token::Token},
    pages::storefront::rows::currency,
};
use serde::Deserialize;
use sqlx::types::Json;

/// The receipt; none while the order is not paid. A token that opens nothing is "not found".
pub async fn load(ctx: &Ctx, token: &Token) -> Result<Option<Receipt>, AppError> {
    let mut tx = ctx.tx().await?;
    let row = sqlx::query!(
        r#"select o.id, o.order_number, o.number_prefix, o.currency, o.subtotal_cents, o.discount_cents, o.delivery_fee_cents, o.total_cents, o.tax_cents,
                  coalesce(o.customer_name, '') as "buyer!",
                  r.receipt_number as "number?", (r.issued_at at time zone t.timezone) as "issued_on?",
                  r.seller_name as "seller_name?", r.seller_address, r.seller_phone, r.seller_email, r.seller_tax_number,
                  r.vat_basis_points, r.etims_control_unit, r.etims_invoice_number, r.etims_link,
                  (select coalesce(jsonb_agg(to_jsonb(line) order by line.position, line.id), '[]')
                   from (
                       select i.id, i.position, i.name_snapshot as name, coalesce(i.variant_snapshot, '') as variant, i.quantity,
                              i.unit_price_cents, i.line_total_cents
                       from order_items i
                       where i.tenant_id = $1
                         and i.order_id = o.id
                       order by i.position, i.id
                       limit 1000
                   ) line) as "lines!: Json<Vec<LineRow>>"
           from orders o
           join tenants t on t.id = $1
           left join receipts r on r.tenant_id = $1 and r.order_id = o.id
           where o.tenant_id = $1
             and o.token_hash = $2"#,
        tx.tenant(),
        token.hash()
    )
    .fetch_optional(tx.conn())
    .await?
    .ok_or(AppError::NotFound)?;
    let (Some(number), Some(issued_on)) = (row.number, row.issued_on) else { return Ok(None) };
    let currency = currency(&row.currency)?;
    let money = |cents| Money::new(cents, currency);
    let order = OrderId::from(row.id);
    let phone = |stored: String| Phone::parse(&stored).map_or(stored, |phone| phone.display());
    let vat = row.vat_basis_points.and_then(|rate| u32::try_from(rate).ok()).map(|basis_points| VatBand {
        basis_points,
        before: money(row.total_cents - row.tax_cents),
        tax: money(row.tax_cents),
    });
    let (payments, refunds) = list_money(&mut tx, order, currency).await?;
    Ok(Some(Receipt {
        number,
        order_number: OrderNumber::of(&row.number_prefix, row.order_number),
        issued_on: issued_on.into(),
        seller: Seller {
            name: row.seller_name.unwrap_or_default(),
            address: row.seller_address,
            phone: row.seller_phone.map(phone),
            email: row.seller_email,
            tax_number: row.seller_tax_number,
        },
        buyer: row.buyer,
        lines: row.lines.0.into_iter().map(|line| line.view(currency)).collect(),
        subtotal: money(row.subtotal_cents),
        discount: money(row.discount_cents),
        delivery: money(row.delivery_fee_cents),
        total: money(row.total_cents),
        vat,
        payments,
        refunds,
        etims: Etims {
            control_unit: row.etims_control_unit,
            invoice_number: row.etims_invoice_number,
            link: row.etims_link,
        },
    }))
}

/// A line as the statement packs it.
#[derive(Debug, Deserialize)]
struct LineRow {
    name: String,
    variant: String,
    quantity: u32,
    unit_price_cents: i64,
    line_total_cents: i64,
}

impl LineRow {
    fn view(self, currency: Currency) -> ReceiptLine {
        let money = |cents| Money::new(cents, currency);
        let gross = self.unit_price_cents.saturating_mul(i64::from(self.quantity));
        ReceiptLine {
            name: match self.variant.as_str() {
                "" => self.name,
                variant => format!("{}, {variant}", self.name),
            },
            quantity: self.quantity,
            unit_price: money(self.unit_price_cents),
            discount: money(gross.saturating_sub(self.line_total_cents)),
            total: money(self.line_total_cents),
        }
    }
}

/// What is on the order by the ledger, or from before there was one; and what went back, or is about to. Money that was
/// too much never was the order's, and stands on no receipt.
async fn list_money(
    tx: &mut TenantTx,
    order: OrderId,
    currency: Currency,
) -> Result<(Vec<Paid>, Vec<Returned>), AppError> {
    let rows = sqlx::query!(
        r#"select true as "is_payment!", p.method, m.amount_cents as "amount_cents!", p.mpesa_receipt as receipt,
                  (coalesce(p.completed_at, p.requested_at) at time zone t.timezone) as "on", p.id
           from payments p
           join tenants t on t.id = $1
           cross join lateral (
               select case
                          when count(*) = 0 then case when p.order_id = $2 then coalesce(p.paid_amount_cents, p.amount_cents) end
                          else sum(e.amount_cents) filter (where e.order_id = $2 and e.amount_cents > 0)
                      end::bigint as amount_cents
               from ledger_entries e
               where e.tenant_id = $1
                 and e.payment_id = p.id
           ) m
           where p.tenant_id = $1
             and p.status = 'succeeded'
             and m.amount_cents > 0
             and (p.order_id = $2 or p.id in (
                 select e.payment_id
                 from ledger_entries e
                 where e.tenant_id = $1
                   and e.order_id = $2
             ))
           union all
           select false, f.way, f.amount_cents, f.receipt, (f.processed_at at time zone t.timezone), f.id
           from refunds f
           join tenants t on t.id = $1
           where f.tenant_id = $1
             and f.order_id = $2
             and f.kind <> 'excess'
             and f.status in ('pending', 'processed')
           order by 1 desc, 5 nulls last, 6
           limit 100"#,
        tx.tenant(),
        order.uuid()
    )
    .fetch_all(tx.conn())
    .await?;
    let (mut payments, mut refunds) = (Vec::new(), Vec::new());
    for row in rows {
        let amount = Money::new(row.amount_cents, currency);
        match (row.is_payment, row.on) {
            (true, Some(on)) => payments.push(Paid {
                by: PaidBy::of_method(row.method.as_deref().unwrap_or_default()),
                amount,
                receipt: row.receipt,
                on: on.into(),
            }),
            (true, None) => {}
            (false, on) => refunds.push(Returned { amount, receipt: row.receipt, on: on.map(Into::into) }),
        }
    }
    Ok((payments, refunds))
}
