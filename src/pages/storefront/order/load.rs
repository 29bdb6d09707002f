//! Loads an order for whoever holds its token: two statements for the page, one for its progress.

use super::{OrderLine, OrderPage, PayStage, Progress, TypedReceipt};
use crate::{
    ctx::Ctx,
    db::{DbError, TenantTx},
    error::AppError,
    kernel::{currency::Currency, id::OrderId, money::Money, phone::Phone, token::Token},
    orders::status::{OrderStatus, PaymentState},
    pages::storefront::parts::Picture,
    payments::{
        method::PaymentMethod,
        providers::mpesa::outcome::StkOutcome,
        receipt::{Receipt, ReceiptState},
    },
    vault::Purpose,
};
use chrono::{DateTime, TimeDelta, Utc};

struct Head {
    id: OrderId,
    number: i64,
    status: OrderStatus,
    payment_status: PaymentState,
    method: PaymentMethod,
    currency: Currency,
    subtotal: i64,
    discount: i64,
    delivery: i64,
    total: i64,
    tax: i64,
    area: String,
    street: String,
    instructions: Option<String>,
    eta_minutes: i32,
    phone: Option<Phone>,
    placed_at: DateTime<Utc>,
    stage: PayStage,
    has_open_prompt: bool,
    typed: Option<Typed>,
}

/// The receipt that was typed last.
struct Typed {
    receipt: String,
    state: ReceiptState,
    at: DateTime<Utc>,
}

impl Typed {
    fn view(self, now: DateTime<Utc>) -> TypedReceipt {
        TypedReceipt {
            looks_recent: Receipt::parse(&self.receipt).is_ok_and(|receipt| receipt.looks_recent(now)),
            is_fresh: now - self.at < LOOK_AGAIN_FOR,
            receipt: self.receipt,
            state: self.state,
        }
    }
}

/// So long a page waits for the provider's answer about a receipt by itself.
const LOOK_AGAIN_FOR: TimeDelta = TimeDelta::minutes(2);

/// The order's page. A token that opens nothing is "not found".
pub async fn load(ctx: &Ctx, token: &Token) -> Result<OrderPage, AppError> {
    let mut tx = ctx.tx().await?;
    let head = find_head(&mut tx, token).await?.ok_or(AppError::NotFound)?;
    let lines = list_lines(&mut tx, &head).await?;
    let money = |cents| Money::new(cents, head.currency);
    Ok(OrderPage {
        token: token.hex(),
        idempotency_key: Token::random().hex(),
        number: head.number,
        status: head.status,
        payment_status: head.payment_status,
        method: head.method,
        placed_at: head.placed_at,
        lines,
        subtotal: money(head.subtotal),
        discount: money(head.discount),
        delivery: money(head.delivery),
        total: money(head.total),
        tax: money(head.tax),
        area: head.area,
        street: head.street,
        instructions: head.instructions,
        eta_minutes: u32::try_from(head.eta_minutes).unwrap_or(0),
        may_prompt: head.status == OrderStatus::AwaitingPayment && !head.has_open_prompt,
        mpesa_phone: head.phone.map(|phone| phone.masked()),
        may_type_receipt: matches!(head.payment_status, PaymentState::Unpaid | PaymentState::Partial),
        receipt_problem: None,
        typed: head.typed.map(|typed| typed.view(ctx.now())),
        stage: head.stage,
    })
}

/// Only how far the money is.
pub async fn progress(ctx: &Ctx, token: &Token) -> Result<Progress, AppError> {
    let mut tx = ctx.tx().await?;
    let head = find_head(&mut tx, token).await?.ok_or(AppError::NotFound)?;
    Ok(Progress {
        number: head.number,
        status: head.status,
        payment_status: head.payment_status,
        stage: head.stage,
        total: Money::new(head.total, head.currency),
        mpesa_phone: head.phone.map(|phone| phone.masked()),
    })
}

/// The token of an order by its number and the phone it was placed with; the same silence for every miss.
pub async fn find(ctx: &Ctx, number: &str, phone: &str) -> Result<Option<Token>, AppError> {
    let typed = number.trim().trim_start_matches('#');
    let (Ok(number), Some(phone)) = (typed.parse::<i64>(), Phone::parse(phone)) else { return Ok(None) };
    let mut tx = ctx.tx().await?;
    let found = sqlx::query_scalar!(
        "select id
         from orders
         where tenant_id = $1
           and order_number = $2
           and customer_phone = $3
           and token_hash is not null",
        tx.tenant(),
        number,
        phone.as_str()
    )
    .fetch_optional(tx.conn())
    .await?;
    let key = ctx.key(&mut tx).await?;
    Ok(found.map(|order| key.token(Purpose::Order, order)))
}

async fn find_head(tx: &mut TenantTx, token: &Token) -> Result<Option<Head>, AppError> {
    let row = sqlx::query!(
        r#"select o.id, o.order_number, o.status, o.payment_status, o.payment_method, o.currency,
                  o.subtotal_cents, o.discount_cents, o.delivery_fee_cents, o.total_cents, o.tax_cents,
                  o.delivery_city_area, o.shipping_address ->> 'street' as street, o.notes, o.eta_minutes, o.customer_phone, o.placed_at,
                  p.status as "pay_status?", p.failure_reason as "pay_failure?", p.phone as "pay_phone?", p.mpesa_receipt as "pay_receipt?",
                  p.has_paid_callback as "has_paid_callback?",
                  q.receipt as "typed_receipt?", q.outcome as "typed_outcome?", q.created_at as "typed_at?"
           from orders o
           left join lateral (
               select a.status, a.failure_reason, a.phone, a.mpesa_receipt,
                      exists (select 1 from mpesa_callbacks_raw c
                              where c.tenant_id = $1 and c.payment_id = a.id and c.outcome in ('not_confirmed', 'amount_mismatch')) as has_paid_callback
               from payments a
               where a.tenant_id = $1
                 and a.order_id = o.id
               order by (a.status = 'succeeded') desc, a.attempt_no desc
               limit 1
           ) p on true
           left join lateral (
               select t.receipt, t.outcome, t.created_at
               from provider_questions t
               where t.tenant_id = $1
                 and t.order_id = o.id
                 and t.kind = 'status'
                 and t.receipt is not null
               order by t.created_at desc
               limit 1
           ) q on true
           where o.tenant_id = $1
             and o.token_hash = $2"#,
        tx.tenant(),
        token.hash()
    )
    .fetch_optional(tx.conn())
    .await?;
    let Some(row) = row else { return Ok(None) };
    let unreadable = |what: &'static str| AppError::from(DbError::corrupt(what, &"a word the program does not know"));
    let status = OrderStatus::parse(&row.status).ok_or_else(|| unreadable("orders.status"))?;
    let payment_status = PaymentState::parse(&row.payment_status).ok_or_else(|| unreadable("orders.payment_status"))?;
    let is_open = matches!(row.pay_status.as_deref(), Some("initiated" | "pending"));
    let stage = match (status, payment_status) {
        (_, PaymentState::Paid) => PayStage::Paid { receipt: row.pay_receipt },
        (OrderStatus::Cancelled | OrderStatus::Refunded, _) => PayStage::Closed,
        _ if row.payment_method.as_deref() == Some("cod") => PayStage::CashOnDelivery,
        _ if is_open
            && (row.has_paid_callback == Some(true) || row.pay_failure.as_deref() == Some("amount_mismatch")) =>
        {
            PayStage::Checking
        }
        _ if is_open => PayStage::Waiting,
        _ => PayStage::Failed(row.pay_failure.as_deref().and_then(StkOutcome::parse).unwrap_or(StkOutcome::Unknown)),
    };
    Ok(Some(Head {
        id: row.id.into(),
        number: row.order_number,
        status,
        payment_status,
        method: match row.payment_method.as_deref() {
            Some("cod") => PaymentMethod::Cod,
            Some("card") => PaymentMethod::Card,
            _ => PaymentMethod::MpesaStk,
        },
        currency: Currency::parse(&row.currency).ok_or_else(|| unreadable("orders.currency"))?,
        subtotal: row.subtotal_cents,
        discount: row.discount_cents,
        delivery: row.delivery_fee_cents,
        total: row.total_cents,
        tax: row.tax_cents,
        area: row.delivery_city_area.unwrap_or_default(),
        street: row.street.unwrap_or_default(),
        instructions: row.notes,
        eta_minutes: row.eta_minutes.unwrap_or(0),
        phone: row.pay_phone.or(row.customer_phone).as_deref().and_then(Phone::parse),
        placed_at: row.placed_at,
        stage,
        has_open_prompt: is_open,
        typed: row.typed_receipt.zip(row.typed_at).map(|(receipt, at)| Typed {
            receipt,
            state: ReceiptState::of_outcome(row.typed_outcome.as_deref()),
            at,
        }),
    }))
}

async fn list_lines(tx: &mut TenantTx, head: &Head) -> Result<Vec<OrderLine>, AppError> {
    let rows = sqlx::query!(
        r#"select i.name_snapshot, i.variant_snapshot, i.quantity, i.unit_price_cents, i.image_url,
                  pi.widths as "widths?", pi.width as "width?", pi.height as "height?", pi.placeholder as "placeholder?"
           from order_items i
           left join lateral (
               select widths, width, height, placeholder
               from product_images
               where tenant_id = $1
                 and product_id = i.product_id
                 and url = i.image_url
               limit 1
           ) pi on true
           where i.tenant_id = $1
             and i.order_id = $2
           order by i.position, i.id
           limit 100"#,
        tx.tenant(),
        head.id.uuid()
    )
    .fetch_all(tx.conn())
    .await?;
    let small = |n: i32| u16::try_from(n).unwrap_or(0);
    Ok(rows
        .into_iter()
        .map(|row| OrderLine {
            picture: row.image_url.filter(|_| row.widths.is_some()).map(|base| Picture {
                base,
                widths: row.widths.unwrap_or_default().into_iter().map(small).collect(),
                width: small(row.width.unwrap_or(0)),
                height: small(row.height.unwrap_or(0)),
                alt: row.name_snapshot.clone(),
                placeholder: row.placeholder,
            }),
            product_name: row.name_snapshot,
            variant_name: row.variant_snapshot.unwrap_or_default(),
            quantity: u32::try_from(row.quantity).unwrap_or(0),
            unit_price: Money::new(row.unit_price_cents, head.currency),
            // What was taken off stands below, once.
            total: Money::new(row.unit_price_cents.saturating_mul(i64::from(row.quantity)), head.currency),
        })
        .collect())
}
