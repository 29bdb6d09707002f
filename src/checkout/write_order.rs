//! The rows of a new order, written by three statements inside the placing transaction.

use super::{
    delivered::Delivered, form_key::scoped_key, forms::Placement, open_cart::Opening, payable::Payable,
    price_cart::Priced, totals::Totals,
};
use crate::{
    ctx::Ctx,
    db::{DbError, TenantTx},
    error::AppError,
    inventory::locks::LockedLine,
    kernel::{
        id::{CartId, CustomerId, DeliveryQuoteId, OrderId, PartnerAgentId, PaymentId, StoreId, UserId, ZoneId},
        locale::Locale,
        money::Money,
        token::Token,
    },
    payments::method::PaymentMethod,
};
use chrono::{DateTime, Utc};
use serde_json::json;
use uuid::Uuid;

/// The cart becomes an order's, and its buyer is known by phone: made the first time, freshened after, with the place
/// they want it brought to and what they said about being written to. Every tick is a line in the ledger: whether a yes
/// stands already, the statement's snapshot may be too old to know. None when another request was faster.
pub(super) async fn convert_cart(
    tx: &mut TenantTx,
    cart: CartId,
    placement: &Placement,
    delivered: &Delivered,
) -> Result<Option<CustomerId>, AppError> {
    let (first, last) = placement.name.split_once(' ').unwrap_or((&placement.name, ""));
    let id = sqlx::query_scalar!(
        r#"with converted as (
             update carts
             set status = 'converted', updated_at = now()
             where tenant_id = $1
               and id = $9
               and status = 'open'
             returning id
         ), person as (
             insert into customers (tenant_id, id, phone, email, first_name, last_name, whatsapp_opt_in, city_area)
             select $1, $2, $3, $4, $5, nullif($6, ''), $7, $8
             from converted
             on conflict (tenant_id, phone) do update
             set email = coalesce(excluded.email, customers.email),
                 first_name = excluded.first_name,
                 last_name = excluded.last_name,
                 whatsapp_opt_in = customers.whatsapp_opt_in or excluded.whatsapp_opt_in,
                 city_area = excluded.city_area,
                 version = customers.version + 1,
                 updated_at = now()
             returning id
         ), place as (
             insert into customer_addresses (tenant_id, customer_id, city_area, street_address, instructions, last_used_at, is_default)
             select $1, person.id, $8, $10, $11, now(),
                    not exists (
                        select
                        from customer_addresses known
                        where known.tenant_id = $1
                          and known.customer_id = person.id
                          and known.is_default
                    )
             from person
             where $10 <> ''
             on conflict (tenant_id, customer_id, place) do update
             set instructions = coalesce(excluded.instructions, customer_addresses.instructions),
                 last_used_at = now(),
                 updated_at = now()
         ), said as (
             insert into customer_consents (tenant_id, customer_id, channel, purpose, is_given, source, recorded_at)
             select $1, person.id, 'whatsapp', 'service', true, 'checkout', clock_timestamp()
             from person
             where $7
         ), done as (
             insert into customer_events (tenant_id, customer_id, event_type, metadata)
             select $1, person.id, 'order_created', jsonb_build_object('cart', $9::uuid)
             from person
         )
         select id as "id!"
         from person"#,
        tx.tenant(),
        CustomerId::mint().uuid(),
        placement.phone.as_str(),
        placement.email.as_ref().map(crate::kernel::email::Email::as_str),
        first,
        last.trim(),
        placement.whatsapp_opt_in,
        delivered.area,
        cart.uuid(),
        street(delivered, &placement.street),
        placement.instructions.as_deref()
    )
    .fetch_optional(tx.conn())
    .await
    .map_err(met)?;
    Ok(id.map(CustomerId::from))
}

/// Everything that the new order's rows are made of.
pub(super) struct Writing<'a> {
    pub ctx: &'a Ctx,
    pub store: StoreId,
    pub opening: &'a Opening,
    pub placement: &'a Placement,
    pub delivered: &'a Delivered,
    pub totals: &'a Totals,
    /// What is paid by prompt before a cash order is accepted.
    pub deposit: Option<Money>,
    pub lines: &'a [LockedLine],
    pub priced: &'a Priced,
    pub customer: CustomerId,
    pub order: OrderId,
    pub payment: PaymentId,
    pub locale: Locale,
    pub now: DateTime<Utc>,
    pub cart: &'a Token,
}

impl Writing<'_> {
    /// Quote, number, order, history, redemptions and lines, in one statement. The number is taken here, late, so that
    /// the tenant's other orders wait for this one as briefly as possible.
    pub(super) async fn order_and_lines(&self, tx: &mut TenantTx, token: &Token) -> Result<(), AppError> {
        let placement = self.placement;
        let status = if placement.method == PaymentMethod::Cod { "pending" } else { "awaiting_payment" };
        let delivered = self.delivered;
        let address = json!({
            "name": placement.name,
            "phone": placement.phone.as_str(),
            "area": delivered.area,
            "place": delivered.place,
            "street": street(delivered, &placement.street),
            "instructions": placement.instructions,
        });
        let lines = self.lines;
        let positions: Vec<i32> = (0i32..).take(lines.len()).collect();
        let products: Vec<Uuid> = lines.iter().map(|line| line.product.uuid()).collect();
        let variants: Vec<Uuid> = lines.iter().map(|line| line.variant.uuid()).collect();
        let names: Vec<String> = lines.iter().map(|line| line.product_name.clone()).collect();
        let variant_names: Vec<String> = lines.iter().map(|line| line.variant_name.clone()).collect();
        let quantities: Vec<i32> = lines.iter().map(|line| line.quantity).collect();
        let prices: Vec<i64> = lines.iter().map(|line| line.price_cents).collect();
        let totals: Vec<i64> = self.priced.lines.iter().map(|line| line.net.minor()).collect();
        let taxes: Vec<i64> = self.totals.line_taxes.iter().map(|tax| tax.minor()).collect();
        let images: Vec<String> = lines.iter().map(|line| line.image.clone().unwrap_or_default()).collect();
        let discounts = &self.priced.discounts;
        let rules: Vec<Uuid> = discounts.iter().map(|discount| discount.rule.uuid()).collect();
        let codes: Vec<Option<Uuid>> =
            discounts.iter().map(|discount| discount.code.as_ref().map(|(id, _)| id.uuid())).collect();
        let amounts: Vec<i64> =
            discounts.iter().map(|discount| discount.goods.minor() + discount.delivery.minor()).collect();
        let are_once: Vec<bool> = discounts.iter().map(|discount| discount.is_once).collect();
        let lowered_by = discounts.iter().find(|discount| !discount.delivery.is_zero());
        sqlx::query!(
            "with quote as (
                 insert into delivery_quotes (tenant_id, id, cart_id, city_area, fee_cents, eta_minutes, rule_applied, zone_id, expires_at, agent_id)
                 values ($1, $2, $3, $4, $5, $6, coalesce($30, $31), $7, $32, $46)
             ), counter as (
                 insert into order_counters (tenant_id, next_number)
                 values ($1, 1002)
                 on conflict (tenant_id) do update set next_number = order_counters.next_number + 1, updated_at = now()
                 returning next_number - 1 as number
             ), placed as (
                 insert into orders (tenant_id, id, store_id, customer_id, cart_id, order_number, status, channel, currency,
                                     subtotal_cents, delivery_fee_cents, discount_cents, total_cents, tax_cents, payment_status, payment_method,
                                     delivery_city_area, shipping_address, notes, placed_at, token_hash,
                                     customer_name, customer_phone, customer_email, locale, delivery_quote_id, eta_minutes, arrives_on,
                                     number_prefix, deposit_cents)
                 select $1, $9, $10, $11, $3, counter.number, $12, $33, $13,
                        $14, $5, $25, $15, $16, 'unpaid', $17,
                        $4, $18, $19, $8, $20,
                        $21, $22, $23, $24, $2, $6, $35,
                        coalesce((select s.order_prefix from stores s where s.tenant_id = $1 and s.id = $10), ''),
                        $47
                 from counter
             ), redeemed as (
                 insert into price_rule_redemptions (tenant_id, rule_id, code_id, order_id, customer_id, amount_cents, is_once, created_at, updated_at)
                 select $1, one.rule_id, one.code_id, $9, $11, one.amount_cents, one.is_once, $8, $8
                 from unnest($26::uuid[], $27::uuid[], $28::bigint[], $29::boolean[]) as one (rule_id, code_id, amount_cents, is_once)
             ), rules as (
                 select r.id
                 from price_rules r
                 where r.tenant_id = $1
                   and r.id = any($26)
                 order by r.id
                 for no key update
             ), counted as (
                 update price_rules r
                 set taken_count = r.taken_count + 1, updated_at = $8
                 from rules
                 where r.tenant_id = $1
                   and r.id = rules.id
             ), spent as (
                 update price_rule_codes k
                 set taken_count = k.taken_count + 1, updated_at = $8
                 where k.tenant_id = $1
                   and k.id = any($27)
             ), story as (
                 insert into order_status_history (tenant_id, order_id, from_status, to_status, changed_at, changed_by)
                 values ($1, $9, null, $12, $8, $34)
             )
             insert into order_items (tenant_id, order_id, position, product_id, variant_id, name_snapshot, variant_snapshot,
                                      quantity, unit_price_cents, line_total_cents, tax_cents, image_url)
             select $1, $9, line.position, line.product_id, line.variant_id, line.name, line.variant_name,
                    line.quantity, line.price_cents, line.total_cents, line.tax_cents, nullif(line.image, '')
             from unnest($36::int[], $37::uuid[], $38::uuid[], $39::text[], $40::text[], $41::int[], $42::bigint[], $43::bigint[], $44::bigint[], $45::text[])
                  as line (position, product_id, variant_id, name, variant_name, quantity, price_cents, total_cents, tax_cents, image)",
            tx.tenant(),
            DeliveryQuoteId::mint().uuid(),
            self.opening.cart.uuid(),
            delivered.area,
            self.totals.delivery.minor(),
            i32::try_from(delivered.minutes).ok().filter(|minutes| *minutes > 0),
            delivered.zone.map(ZoneId::uuid),
            self.now,
            self.order.uuid(),
            self.store.uuid(),
            self.customer.uuid(),
            status,
            self.opening.currency.code(),
            self.totals.subtotal.minor(),
            self.totals.total.minor(),
            self.totals.tax.minor(),
            placement.method.of_order(),
            address,
            placement.instructions,
            token.hash(),
            placement.name,
            placement.phone.as_str(),
            placement.email.as_ref().map(crate::kernel::email::Email::as_str),
            self.locale.tag(),
            self.totals.discount.minor(),
            &rules,
            &codes as &[Option<Uuid>],
            &amounts,
            &are_once,
            lowered_by.map(|discount| discount.name.as_str()),
            delivered.rule,
            delivered.until,
            placement.channel.as_str(),
            self.ctx.actor.user().map(UserId::uuid),
            delivered.on,
            &positions,
            &products,
            &variants,
            &names,
            &variant_names,
            &quantities,
            &prices,
            &totals,
            &taxes,
            &images,
            delivered.agent.map(PartnerAgentId::uuid),
            self.deposit.map(Money::minor)
        )
        .execute(tx.conn())
        .await
        .map_err(met)?;
        Ok(())
    }

    /// The intent alone: the shopper pays by hand, and a payment is written when the money has come.
    pub(super) async fn intent(&self, tx: &mut TenantTx) -> Result<(), AppError> {
        sqlx::query!(
            "insert into payment_intents (tenant_id, cart_id, order_id, idempotency_key, amount_cents, currency)
             values ($1, $2, $3, $4, $5, $6)",
            tx.tenant(),
            self.opening.cart.uuid(),
            self.order.uuid(),
            scoped_key(&self.cart.hash(), &self.placement.idempotency_key),
            self.totals.total.minor(),
            self.opening.currency.code()
        )
        .execute(tx.conn())
        .await?;
        Ok(())
    }

    /// Intent, first payment, its audit entry, and the address its answer may come to.
    pub(super) async fn payment(&self, tx: &mut TenantTx, payable: &Payable, hook: &Token) -> Result<(), AppError> {
        let is_prompt = self.placement.method == PaymentMethod::MpesaStk || self.deposit.is_some();
        sqlx::query!(
            "with intent as (
                 insert into payment_intents (tenant_id, cart_id, order_id, idempotency_key, amount_cents, currency)
                 values ($1, $2, $3, $4, $5, $6)
             ), attempt as (
                 insert into payments (tenant_id, id, order_id, method, amount_cents, currency, status, phone, requested_at, hook_token_hash, short_code)
                 values ($1, $7, $3, $8, $14, $6, 'initiated', $9, $10, $11, $12)
             ), hook as (
                 insert into hook_tokens (tenant_id, token_hash, purpose, subject_id)
                 select $1, $11, 'pay', $7
                 where $11::bytea is not null
             )
             insert into payment_audit (tenant_id, payment_id, event_type, metadata)
             values ($1, $7, 'initiated', jsonb_build_object('method', $8::text, 'actor', $13::text))",
            tx.tenant(),
            self.opening.cart.uuid(),
            self.order.uuid(),
            scoped_key(&self.cart.hash(), &self.placement.idempotency_key),
            self.totals.total.minor(),
            self.opening.currency.code(),
            self.payment.uuid(),
            payable.method,
            is_prompt.then(|| self.placement.mpesa_phone.as_str()),
            self.now,
            is_prompt.then(|| hook.hash()),
            payable.short_code,
            self.ctx.actor.kind(),
            self.deposit.unwrap_or(self.totals.total).minor()
        )
        .execute(tx.conn())
        .await?;
        Ok(())
    }
}

/// Who carries it reads the street: the place stands there too, when the area alone would not lead to it.
fn street(delivered: &Delivered, typed: &str) -> String {
    match &delivered.place {
        Some(place) if !delivered.is_collection => format!("{place}. {typed}"),
        _ => typed.to_owned(),
    }
}

/// The same customer was faster with what one may have once, a default place among it: the next try knows it.
fn met(fault: sqlx::Error) -> AppError {
    let fault = DbError::from(fault);
    match fault.constraint() {
        Some("price_rule_redemptions_once" | "customer_addresses_one_default") => {
            AppError::TryAgain { retry_after_seconds: 1 }
        }
        _ => fault.into(),
    }
}

/// Whether this very form placed the order: it was pressed twice, or sent again because its answer was lost.
pub(super) async fn was_placed_by(
    tx: &mut TenantTx,
    cart: &Token,
    order: OrderId,
    key: &str,
) -> Result<bool, AppError> {
    let was_placed = sqlx::query_scalar!(
        r#"select exists (
               select
               from payment_intents
               where tenant_id = $1
                 and order_id = $2
                 and idempotency_key = $3
           ) as "was_placed!""#,
        tx.tenant(),
        order.uuid(),
        scoped_key(&cart.hash(), key.trim())
    )
    .fetch_one(tx.conn())
    .await?;
    Ok(was_placed)
}
