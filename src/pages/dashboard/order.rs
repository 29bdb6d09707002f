//! One order with everything on one screen.

use super::order_story::TimelineEntry;
use crate::kernel::{id::OrderId, local_time::LocalTime, money::Money, order_number::OrderNumber};
use crate::orders::status::{OrderStatus, PaymentState};
use crate::payments::status::PaymentStatus;
use serde::{Deserialize, Serialize};

/// Times are by the shop's clock.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct OrderDetail {
    pub id: OrderId,
    pub number: OrderNumber,
    /// Changes with every write; a form sends it back.
    pub version: i32,
    pub status: OrderStatus,
    pub payment_status: PaymentState,
    pub payment_method: String,
    pub placed_on: LocalTime,
    pub customer_name: String,
    /// As people read it: `0711 223 344`.
    pub customer_phone: String,
    /// Digits for `wa.me`.
    pub customer_whatsapp: String,
    pub customer_email: Option<String>,
    pub area: String,
    pub street: String,
    /// The buyer comes to the shop for it.
    pub is_collected: bool,
    /// The buyer picks it up from an agent whom they chose.
    pub is_to_agent: bool,
    pub instructions: Option<String>,
    pub eta_minutes: u32,
    pub lines: Vec<DetailLine>,
    pub subtotal: Money,
    pub delivery: Money,
    pub discount: Money,
    /// Each with its code, if it was by one, and what it takes off goods and delivery: a line to read.
    pub discounts: String,
    pub total: Money,
    pub tax: Money,
    /// What accepts this cash order when it has come by prompt.
    pub deposit: Option<Money>,
    /// What is still to be paid.
    pub missing: Money,
    /// What came beyond the total, and waits to be sent back.
    pub excess: Money,
    /// What the customer has standing with the shop, while this order lacks something.
    pub credit: Money,
    /// What of it was paid with such credit: money that stands with the payment it came by.
    pub by_credit: Money,
    pub payments: Vec<PaymentAttempt>,
    /// What the shopper says that they paid with.
    pub typed_receipt: Option<TypedReceipt>,
    /// What of its money went back, or is to.
    pub refunded: Money,
    pub timeline: Vec<TimelineEntry>,
    pub tags: Vec<String>,
    /// What the team wrote for itself last.
    pub last_note: Option<String>,
    pub note_count: u32,
    /// Whether this person may call it off now.
    pub may_cancel: bool,
    /// Moves this person may press now.
    pub moves: Vec<OrderStatus>,
    /// Whether this person may still take something off it by hand.
    pub may_discount: bool,
    /// Whether this person may write down money and hand on its links.
    pub may_handle_money: bool,
    /// Whether it has been paid, so that there is a receipt.
    pub has_receipt: bool,
    /// Whether this person may send some of its money back: some is there.
    pub may_refund: bool,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DetailLine {
    pub product_name: String,
    pub variant_name: String,
    pub sku: Option<String>,
    /// The address of a small picture.
    pub picture: Option<String>,
    pub quantity: u32,
    pub unit_price: Money,
    pub total: Money,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PaymentAttempt {
    pub attempt: i32,
    pub method: String,
    pub status: PaymentStatus,
    pub amount: Money,
    pub phone: Option<String>,
    pub receipt: Option<String>,
    /// `snake_case` key of the outcome (`cancelled`, `wrong_pin`, …) when it failed.
    pub failure: Option<String>,
    pub requested_on: LocalTime,
    pub completed_on: Option<LocalTime>,
}

/// The receipt that was typed last, and our word for what came of it; none while the provider is asked.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct TypedReceipt {
    pub receipt: String,
    pub outcome: Option<String>,
}

#[cfg(feature = "ssr")]
pub use load::load;

#[cfg(feature = "ssr")]
mod load {
    use super::{
        DetailLine, LocalTime, Money, OrderDetail, OrderId, OrderNumber, OrderStatus, PaymentAttempt, PaymentState,
        PaymentStatus, TypedReceipt,
    };
    use crate::{
        ctx::Ctx,
        db::{DbError, TenantTx},
        error::AppError,
        kernel::{access::Permission, currency::Currency, phone::Phone},
        pages::{
            dashboard::{count, currency, order_story},
            storefront::parts::Picture,
        },
    };
    use serde::Deserialize;
    use sqlx::types::Json;

    /// Pixels of a line's picture on a sharp screen.
    const PICTURE_WIDTH: u16 = 96;

    /// The order with its lines, then its money, then its story.
    pub async fn load(ctx: &Ctx, id: OrderId) -> Result<OrderDetail, AppError> {
        ctx.require(Permission::SeeDashboard)?;
        let mut tx = ctx.tx().await?;
        let mut order = load_order(&mut tx, id).await?.ok_or(AppError::NotFound)?;
        order.payments = list_payments(&mut tx, id).await?;
        order.timeline = order_story::load(&mut tx, id).await?;
        order.may_discount = ctx.actor.may(Permission::EditDiscounts)
            && order.payment_status == PaymentState::Unpaid
            && matches!(order.status, OrderStatus::Pending | OrderStatus::AwaitingPayment);
        let is_closed = matches!(order.status, OrderStatus::Cancelled | OrderStatus::Refunded);
        if is_closed || order.missing.is_zero() || !ctx.actor.may(Permission::HandleMoney) {
            order.credit = Money::zero(order.credit.currency());
        }
        order.may_handle_money = ctx.actor.may(Permission::HandleMoney);
        order.may_refund &= ctx.actor.may(Permission::RefundMoney);
        if ctx.actor.may(Permission::MoveOrders) {
            order.moves = order.status.staff_moves();
            order.may_cancel = order.status.go(OrderStatus::Cancelled).is_ok();
        }
        Ok(order)
    }

    /// A line as the statement packs it.
    #[derive(Debug, Deserialize)]
    struct Line {
        name: String,
        variant: Option<String>,
        sku: Option<String>,
        image: Option<String>,
        widths: Option<Vec<u16>>,
        quantity: u32,
        unit_price_cents: i64,
    }

    impl Line {
        fn view(self, currency: Currency) -> DetailLine {
            let picture = self.image.map(|base| {
                let widths = self.widths.unwrap_or_default();
                Picture { base, widths, width: 1, height: 1, alt: String::new(), placeholder: None }.src(PICTURE_WIDTH)
            });
            DetailLine {
                product_name: self.name,
                variant_name: self.variant.unwrap_or_default(),
                sku: self.sku,
                picture,
                quantity: self.quantity,
                unit_price: Money::new(self.unit_price_cents, currency),
                // What was taken off stands below, once.
                total: Money::new(self.unit_price_cents.saturating_mul(i64::from(self.quantity)), currency),
            }
        }
    }

    async fn load_order(tx: &mut TenantTx, id: OrderId) -> Result<Option<OrderDetail>, AppError> {
        let row = sqlx::query!(
            r#"select o.order_number, o.number_prefix, o.version, o.status, o.payment_status, o.tags, coalesce(o.payment_method, '') as "payment_method!",
                      (o.placed_at at time zone t.timezone) as "placed_on!",
                      coalesce(o.customer_name, '') as "customer_name!", coalesce(o.customer_phone, '') as "customer_phone!",
                      o.customer_email, coalesce(o.delivery_city_area, '') as "area!",
                      coalesce(o.shipping_address->>'street', '') as "street!",
                      coalesce(o.shipping_address->>'street' = '', false) as "has_no_street!",
                      exists (
                          select
                          from delivery_quotes z
                          where z.tenant_id = $1
                            and z.id = o.delivery_quote_id
                            and z.agent_id is not null
                      ) as "is_to_agent!",
                      coalesce(o.shipping_address->>'instructions', o.notes) as instructions,
                      coalesce((o.arrives_on - (o.placed_at at time zone t.timezone)::date) * 1440, o.eta_minutes, 0) as "eta_minutes!", o.currency, o.paid_at is not null and o.token_hash is not null as "has_receipt!",
                      o.subtotal_cents, o.delivery_fee_cents, o.discount_cents, o.total_cents, o.tax_cents, o.deposit_cents,
                      (select there.cents from order_money($1, o.id) as there (cents)) as "has_cents!",
                      (select coalesce(sum(r.amount_cents), 0)::bigint
                       from refunds r
                       where r.tenant_id = $1
                         and r.order_id = o.id
                         and r.kind = 'excess'
                         and r.status <> 'processed') as "excess_cents!",
                      (select coalesce(sum(e.amount_cents), 0)::bigint
                       from ledger_entries e
                       where e.tenant_id = $1
                         and e.customer_id = o.customer_id
                         and e.place = 'credit') as "credit_cents!",
                      (select coalesce(sum(e.amount_cents), 0)::bigint
                       from ledger_entries e
                       where e.tenant_id = $1
                         and e.order_id = o.id
                         and e.reason = 'credit_used') as "by_credit_cents!",
                      (select coalesce(jsonb_agg(jsonb_build_object(
                                  'name', i.name_snapshot,
                                  'variant', i.variant_snapshot,
                                  'sku', v.sku,
                                  'image', i.image_url,
                                  'widths', (select pi.widths from product_images pi
                                             where pi.tenant_id = $1 and pi.product_id = i.product_id and pi.url = i.image_url
                                             limit 1),
                                  'quantity', i.quantity,
                                  'unit_price_cents', i.unit_price_cents) order by i.position, i.id), '[]')
                       from order_items i
                       left join product_variants v on v.tenant_id = $1 and v.id = i.variant_id
                       where i.tenant_id = $1
                         and i.order_id = o.id) as "lines!: Json<Vec<Line>>",
                      coalesce((
                          select jsonb_agg(jsonb_build_array(coalesce(r.name || ' (' || k.code || ')', r.name), x.amount_cents) order by x.created_at, x.id)
                          from price_rule_redemptions x
                          join price_rules r on r.tenant_id = $1 and r.id = x.rule_id
                          left join price_rule_codes k on k.tenant_id = $1 and k.id = x.code_id
                          where x.tenant_id = $1
                            and x.order_id = o.id
                      ), '[]') as "discounts!: Json<Vec<(String, i64)>>",
                      (select jsonb_build_object('receipt', q.receipt, 'outcome', q.outcome)
                       from provider_questions q
                       where q.tenant_id = $1
                         and q.order_id = o.id
                         and q.kind = 'status'
                         and q.receipt is not null
                       order by q.created_at desc, q.id desc
                       limit 1) as "typed_receipt: Json<TypedReceipt>",
                      (select coalesce(sum(r.amount_cents), 0)::bigint
                       from refunds r
                       where r.tenant_id = $1
                         and r.order_id = o.id
                         and r.given_up_at is null) as "refunded_cents!",
                      (select coalesce(sum(e.amount_cents), 0)::bigint
                       from ledger_entries e
                       where e.tenant_id = $1
                         and e.order_id = o.id) as "there_cents!",
                  (select n.note
                   from order_notes n
                   where n.tenant_id = $1
                     and n.order_id = o.id
                   order by n.created_at desc, n.id desc
                   limit 1) as last_note,
                  (select count(*)
                   from order_notes n
                   where n.tenant_id = $1
                     and n.order_id = o.id) as "note_count!"
               from orders o
               join tenants t on t.id = $1
               where o.tenant_id = $1
                 and o.id = $2"#,
            tx.tenant(),
            id.uuid()
        )
        .fetch_optional(tx.conn())
        .await?;
        let Some(row) = row else { return Ok(None) };
        let currency = currency(&row.currency)?;
        let phone = Phone::parse(&row.customer_phone);
        Ok(Some(OrderDetail {
            id,
            number: OrderNumber::of(&row.number_prefix, row.order_number),
            version: row.version,
            status: order_story::read_status(&row.status)?,
            payment_status: PaymentState::parse(&row.payment_status)
                .ok_or_else(|| DbError::corrupt("orders.payment_status", &row.payment_status))?,
            payment_method: row.payment_method,
            placed_on: row.placed_on.into(),
            customer_name: row.customer_name,
            customer_whatsapp: phone.as_ref().map(|phone| phone.msisdn().to_owned()).unwrap_or_default(),
            customer_phone: phone.map_or(row.customer_phone, |phone| phone.display()),
            customer_email: row.customer_email,
            area: row.area,
            street: row.street,
            is_collected: row.has_no_street && !row.is_to_agent,
            is_to_agent: row.is_to_agent,
            instructions: row.instructions.filter(|text| !text.is_empty()),
            eta_minutes: u32::try_from(row.eta_minutes).unwrap_or(0),
            lines: row.lines.0.into_iter().map(|line| line.view(currency)).collect(),
            subtotal: Money::new(row.subtotal_cents, currency),
            delivery: Money::new(row.delivery_fee_cents, currency),
            discount: Money::new(row.discount_cents, currency),
            discounts: row
                .discounts
                .0
                .into_iter()
                .map(|(name, cents)| format!("{name}: − {}", Money::new(cents, currency)))
                .collect::<Vec<_>>()
                .join(" · "),
            total: Money::new(row.total_cents, currency),
            tax: Money::new(row.tax_cents, currency),
            deposit: row.deposit_cents.map(|cents| Money::new(cents, currency)),
            missing: Money::new((row.total_cents - row.has_cents).max(0), currency),
            excess: Money::new(row.excess_cents, currency),
            credit: Money::new(row.credit_cents, currency),
            by_credit: Money::new(row.by_credit_cents, currency),
            payments: Vec::new(),
            typed_receipt: row.typed_receipt.map(|typed| typed.0),
            refunded: Money::new(row.refunded_cents, currency),
            timeline: Vec::new(),
            tags: row.tags,
            last_note: row.last_note,
            note_count: count(row.note_count),
            may_cancel: false,
            moves: Vec::new(),
            may_discount: false,
            may_handle_money: false,
            has_receipt: row.has_receipt,
            may_refund: row.there_cents > 0,
        }))
    }

    async fn list_payments(tx: &mut TenantTx, id: OrderId) -> Result<Vec<PaymentAttempt>, AppError> {
        let rows = sqlx::query!(
            r#"select p.attempt_no, p.method, p.status, coalesce(p.paid_amount_cents, p.amount_cents) as "amount_cents!", p.currency,
                      p.phone, p.mpesa_receipt, p.failure_reason,
                      (p.requested_at at time zone t.timezone) as "requested_on!",
                      (p.completed_at at time zone t.timezone) as completed_on
               from payments p
               join tenants t on t.id = $1
               where p.tenant_id = $1
                 and p.order_id = $2
                 and coalesce(p.failure_reason, '') not in ('paid_otherwise', 'order_closed')
               order by p.attempt_no desc, p.requested_at desc
               limit 50"#,
            tx.tenant(),
            id.uuid()
        )
        .fetch_all(tx.conn())
        .await?;
        rows.into_iter()
            .map(|row| {
                Ok(PaymentAttempt {
                    attempt: row.attempt_no,
                    method: row.method,
                    status: PaymentStatus::parse(&row.status)
                        .ok_or_else(|| DbError::corrupt("payments.status", &row.status))?,
                    amount: Money::new(row.amount_cents, currency(&row.currency)?),
                    phone: row.phone.as_deref().and_then(Phone::parse).map(|phone| phone.display()),
                    receipt: row.mpesa_receipt,
                    failure: row.failure_reason,
                    requested_on: row.requested_on.into(),
                    completed_on: row.completed_on.map(LocalTime::from),
                })
            })
            .collect()
    }
}
