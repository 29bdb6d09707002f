//! Writes the made-up past of a shop in one transaction, a statement per table.

use super::{
    SeedError,
    chance::{fixed_id, store_id},
    files::People,
    goods::{CUT, read_areas, read_goods},
    past::make_past,
    past_receipts::write_receipts,
    past_rows::Past,
};
use crate::{
    catalog::stock_ledger::{self, Move},
    ctx::Ctx,
    db::TenantTx,
    error::AppError,
    jobs::kinds::Job,
    kernel::id::{OrderId, UserId},
    orders::status::OrderStatus,
    tenancy::catalogue_version,
};
use chrono::{DateTime, Utc};
use serde::Serialize;
use serde_json::Value;

/// How many orders were written; 0 when they were there before.
pub(super) async fn write_past(ctx: &Ctx, slug: &str, people: &People) -> Result<usize, SeedError> {
    let mut tx = ctx.tx().await?;
    if is_written(&mut tx, slug).await? {
        return Ok(0);
    }
    let key = ctx.key(&mut tx).await?;
    let (goods, areas) = (read_goods(&mut tx).await?, read_areas(&mut tx).await?);
    let past = make_past(slug, people, &goods, &areas, &key, ctx.now())?;
    write_people(&mut tx, &past).await?;
    write_orders(&mut tx, slug, &past).await?;
    write_lines(&mut tx, &past).await?;
    write_payments(&mut tx, &past).await?;
    write_receipts(&mut tx).await?;
    write_stock(&mut tx, &past).await?;
    write_prices(&mut tx, ctx.now()).await?;
    expire_later(&mut tx, &past).await?;
    catalogue_version::raise(&mut tx).await?;
    tx.commit().await?;
    Ok(past.orders.len())
}

/// The first order of the past has a fixed id.
async fn is_written(tx: &mut TenantTx, slug: &str) -> Result<bool, SeedError> {
    let found = sqlx::query_scalar!(
        "select id
         from orders
         where tenant_id = $1
           and id = $2",
        tx.tenant(),
        fixed_id(&format!("orders/{slug}/1001"))
    )
    .fetch_optional(tx.conn())
    .await?;
    Ok(found.is_some())
}

fn as_json<T: Serialize>(rows: &[T]) -> Result<Value, SeedError> {
    serde_json::to_value(rows).map_err(|fault| SeedError::App(AppError::broken(fault)))
}

async fn write_people(tx: &mut TenantTx, past: &Past) -> Result<(), SeedError> {
    sqlx::query!(
        "insert into customers (tenant_id, id, phone, email, first_name, last_name, whatsapp_opt_in, city_area,
                                lifetime_value_cents, last_order_at, created_at, updated_at)
         select $1, r.id, r.phone, r.email, r.first_name, r.last_name, r.whatsapp_opt_in, r.city_area,
                r.lifetime_value_cents, r.last_order_at, r.created_at, r.last_order_at
         from jsonb_to_recordset($2) as r (id uuid, phone text, email text, first_name text, last_name text, whatsapp_opt_in boolean,
                                           city_area text, lifetime_value_cents bigint, last_order_at timestamptz, created_at timestamptz)",
        tx.tenant(),
        as_json(&past.customers)?
    )
    .execute(tx.conn())
    .await?;
    sqlx::query!(
        "insert into customer_addresses (tenant_id, customer_id, label, city_area, street_address, instructions, is_default, created_at, updated_at)
         select $1, r.customer_id, 'Home', r.city_area, r.street_address, r.instructions, true, r.created_at, r.created_at
         from jsonb_to_recordset($2) as r (customer_id uuid, city_area text, street_address text, instructions text, created_at timestamptz)",
        tx.tenant(),
        as_json(&past.addresses)?
    )
    .execute(tx.conn())
    .await?;
    Ok(())
}

/// A quote and its order name each other, so the quotes come first and learn of the orders last.
async fn write_orders(tx: &mut TenantTx, slug: &str, past: &Past) -> Result<(), SeedError> {
    let quotes = as_json(&past.quotes)?;
    sqlx::query!(
        "insert into delivery_quotes (tenant_id, id, city_area, fee_cents, eta_minutes, rule_applied, zone_id, expires_at, created_at, updated_at)
         select $1, r.id, r.city_area, r.fee_cents, r.eta_minutes, 'flat fee of ' || r.city_area, r.zone_id, r.created_at + interval '1 hour', r.created_at, r.created_at
         from jsonb_to_recordset($2) as r (id uuid, city_area text, fee_cents bigint, eta_minutes int, zone_id uuid, created_at timestamptz)",
        tx.tenant(),
        quotes
    )
    .execute(tx.conn())
    .await?;
    sqlx::query!(
        "insert into orders (tenant_id, id, store_id, customer_id, order_number, status, payment_status, payment_method,
                             subtotal_cents, delivery_fee_cents, total_cents, tax_cents, delivery_city_area, shipping_address, notes,
                             token_hash, customer_name, customer_phone, customer_email, locale, delivery_quote_id, eta_minutes, version,
                             placed_at, paid_at, cancelled_at, created_at, updated_at)
         select $1, r.id, $3, r.customer_id, r.order_number, r.status, r.payment_status, r.payment_method,
                r.subtotal_cents, r.delivery_fee_cents, r.total_cents, r.tax_cents, r.city_area, r.shipping_address, r.notes,
                decode(r.token_hash, 'hex'), r.customer_name, r.customer_phone, r.customer_email, r.locale, r.quote_id, r.eta_minutes, r.version,
                r.placed_at, r.paid_at, r.cancelled_at, r.placed_at, r.updated_at
         from jsonb_to_recordset($2) as r (id uuid, customer_id uuid, quote_id uuid, order_number bigint, status text, payment_status text,
                                           payment_method text, subtotal_cents bigint, delivery_fee_cents bigint, total_cents bigint, tax_cents bigint,
                                           city_area text, shipping_address jsonb, notes text, token_hash text, customer_name text,
                                           customer_phone text, customer_email text, locale text, eta_minutes int, version int,
                                           placed_at timestamptz, paid_at timestamptz, cancelled_at timestamptz, updated_at timestamptz)",
        tx.tenant(),
        as_json(&past.orders)?,
        store_id(slug).uuid()
    )
    .execute(tx.conn())
    .await?;
    sqlx::query!(
        "update delivery_quotes q
         set order_id = r.order_id
         from jsonb_to_recordset($2) as r (id uuid, order_id uuid)
         where q.tenant_id = $1
           and q.id = r.id",
        tx.tenant(),
        quotes
    )
    .execute(tx.conn())
    .await?;
    let last = past.orders.iter().map(|order| order.order_number).max().unwrap_or(1000);
    sqlx::query!(
        "insert into order_counters (tenant_id, next_number)
         values ($1, $2)",
        tx.tenant(),
        last + 1
    )
    .execute(tx.conn())
    .await?;
    Ok(())
}

async fn write_lines(tx: &mut TenantTx, past: &Past) -> Result<(), SeedError> {
    sqlx::query!(
        "insert into order_items (tenant_id, order_id, product_id, variant_id, name_snapshot, variant_snapshot, quantity,
                                  unit_price_cents, line_total_cents, tax_cents, position, image_url, created_at, updated_at)
         select $1, r.order_id, r.product_id, r.variant_id, r.name, r.variant_name, r.quantity,
                r.unit_price_cents, r.line_total_cents, r.tax_cents, r.position, r.image_url, r.created_at, r.created_at
         from jsonb_to_recordset($2) as r (order_id uuid, product_id uuid, variant_id uuid, name text, variant_name text, quantity int,
                                           unit_price_cents bigint, line_total_cents bigint, tax_cents bigint, position int, image_url text, created_at timestamptz)",
        tx.tenant(),
        as_json(&past.items)?
    )
    .execute(tx.conn())
    .await?;
    sqlx::query!(
        "insert into order_status_history (tenant_id, order_id, from_status, to_status, changed_by, changed_at, note, created_at, updated_at)
         select $1, r.order_id, r.from_status, r.to_status, r.changed_by, r.changed_at, r.note, r.changed_at, r.changed_at
         from jsonb_to_recordset($2) as r (order_id uuid, from_status text, to_status text, changed_by uuid, changed_at timestamptz, note text)",
        tx.tenant(),
        as_json(&past.history)?
    )
    .execute(tx.conn())
    .await?;
    sqlx::query!(
        "insert into stock_holds (tenant_id, order_id, variant_id, quantity, created_at, updated_at, expires_at, released_at, converted_at)
         select $1, r.order_id, r.variant_id, r.quantity, r.created_at, coalesce(r.released_at, r.converted_at, r.created_at), r.expires_at, r.released_at, r.converted_at
         from jsonb_to_recordset($2) as r (order_id uuid, variant_id uuid, quantity int, created_at timestamptz, expires_at timestamptz,
                                           released_at timestamptz, converted_at timestamptz)",
        tx.tenant(),
        as_json(&past.holds)?
    )
    .execute(tx.conn())
    .await?;
    Ok(())
}

async fn write_payments(tx: &mut TenantTx, past: &Past) -> Result<(), SeedError> {
    sqlx::query!(
        "insert into payments (tenant_id, id, order_id, method, amount_cents, status, attempt_no, phone, short_code, account_reference,
                               checkout_request_id, merchant_request_id, provider_reference, mpesa_receipt, result_code, result_source,
                               failure_reason, paid_amount_cents, requested_at, claimed_at, completed_at, created_at, updated_at)
         select $1, r.id, r.order_id, r.method, r.amount_cents, r.status, r.attempt_no, r.phone, r.short_code, r.account_reference,
                r.checkout_request_id, r.merchant_request_id, r.checkout_request_id, r.mpesa_receipt, r.result_code, r.result_source,
                r.failure_reason, r.paid_amount_cents, r.requested_at,
                case when r.checkout_request_id is not null then r.requested_at end,
                r.completed_at, r.requested_at, coalesce(r.completed_at, r.requested_at)
         from jsonb_to_recordset($2) as r (id uuid, order_id uuid, method text, amount_cents bigint, status text, attempt_no int, phone text,
                                           short_code text, account_reference text, checkout_request_id text, merchant_request_id text,
                                           mpesa_receipt text, result_code text, result_source text, failure_reason text,
                                           paid_amount_cents bigint, requested_at timestamptz, completed_at timestamptz)",
        tx.tenant(),
        as_json(&past.payments)?
    )
    .execute(tx.conn())
    .await?;
    sqlx::query!(
        "insert into payment_audit (tenant_id, payment_id, event_type, created_at, updated_at)
         select $1, r.payment_id, r.event_type, r.created_at, r.created_at
         from jsonb_to_recordset($2) as r (payment_id uuid, event_type text, created_at timestamptz)",
        tx.tenant(),
        as_json(&past.audits)?
    )
    .execute(tx.conn())
    .await?;
    sqlx::query!(
        "insert into refunds (tenant_id, id, order_id, payment_id, amount_cents, reason, status, processed_at, created_at, updated_at)
         select $1, r.id, r.order_id, r.payment_id, r.amount_cents, r.reason, 'processed', r.processed_at, r.processed_at, r.processed_at
         from jsonb_to_recordset($2) as r (id uuid, order_id uuid, payment_id uuid, amount_cents bigint, reason text, processed_at timestamptz)",
        tx.tenant(),
        as_json(&past.refunds)?
    )
    .execute(tx.conn())
    .await?;
    book_past(tx).await?;
    Ok(())
}

/// The ledger of what was paid and given back long ago.
async fn book_past(tx: &mut TenantTx) -> Result<(), SeedError> {
    sqlx::query!(
        "with paid as (
             select p.id, p.order_id, p.paid_amount_cents, p.currency, p.completed_at, gen_random_uuid() as transfer_id
             from payments p
             where p.tenant_id = $1
               and p.status = 'succeeded'
               and not exists (select from ledger_entries e where e.tenant_id = $1 and e.payment_id = p.id)
         ), back as (
             select r.id, r.payment_id, r.order_id, r.amount_cents, r.currency, r.processed_at,
                    gen_random_uuid() as asked_id, gen_random_uuid() as sent_id
             from refunds r
             join paid on paid.id = r.payment_id
             where r.tenant_id = $1
         )
         insert into ledger_entries (tenant_id, transfer_id, payment_id, place, order_id, refund_id, amount_cents, currency, reason, created_at, updated_at)
         select $1, e.transfer_id, e.payment_id, e.place, e.order_id, e.refund_id, e.amount_cents, e.currency, e.reason, e.at, e.at
         from (
             select transfer_id, id as payment_id, 'outside' as place, null::uuid as order_id, null::uuid as refund_id, -paid_amount_cents as amount_cents, currency, 'received' as reason, completed_at as at from paid
             union all
             select transfer_id, id, 'order', order_id, null, paid_amount_cents, currency, 'received', completed_at from paid
             union all
             select asked_id, payment_id, 'order', order_id, null, -amount_cents, currency, 'refund_asked', processed_at from back
             union all
             select asked_id, payment_id, 'refund', null, id, amount_cents, currency, 'refund_asked', processed_at from back
             union all
             select sent_id, payment_id, 'refund', null, id, -amount_cents, currency, 'refund_sent', processed_at from back
             union all
             select sent_id, payment_id, 'outside', null, null, amount_cents, currency, 'refund_sent', processed_at from back
         ) as e",
        tx.tenant()
    )
    .execute(tx.conn())
    .await?;
    Ok(())
}

async fn write_stock(tx: &mut TenantTx, past: &Past) -> Result<(), SeedError> {
    let moves: Vec<Move> = past
        .moves
        .iter()
        .map(|row| {
            let line = Move::of(row.variant_id, row.change, row.reason)
                .by(row.created_by.map(UserId::from))
                .with_note(row.note)
                .at(row.created_at);
            match row.reference_type.zip(row.reference_id) {
                Some((kind, id)) => line.about(kind, id),
                None => line,
            }
        })
        .collect();
    stock_ledger::write(tx, &moves, true).await?;
    // Below four pieces these merchants want to be told.
    sqlx::query!(
        "update product_variants
         set low_stock_threshold = 3
         where tenant_id = $1
           and low_stock_threshold = 0",
        tx.tenant()
    )
    .execute(tx.conn())
    .await?;
    Ok(())
}

/// What has a price before was charged at it until the cut, since the day the goods arrived.
async fn write_prices(tx: &mut TenantTx, now: DateTime<Utc>) -> Result<(), SeedError> {
    sqlx::query!(
        "with cut as (
             select v.id, v.price_cents
             from product_variants v
             where v.tenant_id = $1
               and v.compare_at_price_cents > v.price_cents
         ), before as (
             update price_history h
             set price_cents = v.compare_at_price_cents, updated_at = now()
             from product_variants v
             where h.tenant_id = $1
               and v.tenant_id = $1
               and v.id = h.variant_id
               and v.compare_at_price_cents > v.price_cents
               and h.starts_at < $2
         )
         insert into price_history (tenant_id, variant_id, price_cents, starts_at)
         select $1, cut.id, cut.price_cents, $2
         from cut
         on conflict (tenant_id, variant_id, starts_at) do nothing",
        tx.tenant(),
        now - CUT
    )
    .execute(tx.conn())
    .await?;
    Ok(())
}

/// Orders that still wait give their goods back in time, like any other.
async fn expire_later(tx: &mut TenantTx, past: &Past) -> Result<(), SeedError> {
    let waiting = [OrderStatus::Pending.as_str(), OrderStatus::AwaitingPayment.as_str()];
    for order in past.orders.iter().filter(|order| waiting.contains(&order.status)) {
        let Some(hold) = past.holds.iter().find(|hold| hold.order_id == order.id) else { continue };
        let id = OrderId::from(order.id);
        tx.enqueue(&Job::ExpireOrder(id), Some(hold.expires_at), Some(&format!("expire:{id}"))).await?;
    }
    Ok(())
}
