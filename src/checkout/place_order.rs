//! A cart becomes an order: priced again, goods held, everything written in one transaction.
//!
//! Locks, in this order: the variants (by id), the cart, the buyer, the rules and codes that can run out. Pressed twice, from two tabs or after a
//! lost answer, the cart's one order is the answer.

use super::{
    cash_history::check_cash,
    changed::Change,
    forms::{CheckoutForm, Placement},
    payable::payable,
    price_cart::{self, Priced},
    totals::{Totals, sum_up},
    write_order,
};
use crate::{
    ctx::Ctx,
    db::{DbError, TenantTx},
    delivery::cash_rules::CashRules,
    error::AppError,
    inventory::{
        holds::{count_held, place_holds},
        locks::{LockedLine, lock_cart_goods},
    },
    jobs::kinds::Job,
    kernel::{
        currency::Currency,
        field_errors::{FieldErrors, FieldProblem},
        id::{CartId, OrderId, PaymentId, StoreId, VariantId, ZoneId},
        locale::Locale,
        money::{BasisPoints, Money},
        quantity::Quantity,
        token::Token,
    },
    payments::{method::PaymentMethod, rules::StoredRules},
    vault::Purpose,
};
use chrono::{DateTime, TimeDelta, Utc};
use serde_json::json;
use sqlx::types::Json;
use uuid::Uuid;

/// The order that the cart has become.
#[derive(Clone, Debug)]
pub struct Placed {
    pub order: OrderId,
    /// Opens the order's page.
    pub token: Token,
    /// A payment whose prompt is to be sent now.
    pub prompt: Option<PaymentId>,
    /// A payment whose page at the card provider is to be asked for now.
    pub card: Option<PaymentId>,
    /// False when the cart had become this order before.
    pub is_new: bool,
    pub total_cents: i64,
}

/// Why nothing was written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Refused {
    EmptyCart,
    Invalid(FieldErrors),
    /// Price, stock or fee are not what the shopper saw.
    Changed(Vec<Change>),
    App(AppError),
}

impl<E: Into<AppError>> From<E> for Refused {
    fn from(error: E) -> Self {
        Self::App(error.into())
    }
}

/// An order waits this long for a person: one in cash to be accepted, one by a way of the merchant's to be seen paid.
const HELD_FOR_A_PERSON: TimeDelta = TimeDelta::hours(72);
/// A process that dies between commit and prompt leaves the prompt to the worker.
const PROMPT_BY_WORKER_AFTER: TimeDelta = TimeDelta::seconds(5);
/// Two transactions that met are run again this often before the shopper is asked to.
const TRIES: u32 = 5;

/// What the statement that opens a placement finds.
pub(super) struct Opening {
    pub cart: CartId,
    pub is_open: bool,
    pub order: Option<(OrderId, i64)>,
    pub currency: Currency,
    pub vat: Option<BasisPoints>,
    pub hold: TimeDelta,
    pub zone: Option<Zone>,
    pub mpesa: Option<MpesaParty>,
    pub takes_cards: bool,
    pub cash: CashRules,
    /// Whether the merchant has a way of their own.
    pub takes_manual: bool,
}

pub(super) struct Zone {
    pub id: ZoneId,
    pub area: String,
    pub fee: Money,
    pub minimum: Money,
    pub eta_minutes: Option<i32>,
}

pub(super) struct MpesaParty {
    /// The word of `payments.method`.
    pub method: &'static str,
    pub short_code: String,
}

/// Places the order of a cart.
///
/// `cart` is the cookie's token. Nothing is written on a refusal. Twelve statements at the most.
pub async fn place_order(
    ctx: &Ctx,
    store: StoreId,
    cart: &Token,
    locale: Locale,
    form: CheckoutForm,
) -> Result<Placed, Refused> {
    place(ctx, store, cart, locale, form.parse()).await
}

/// The same with a form that was read already.
pub(super) async fn place(
    ctx: &Ctx,
    store: StoreId,
    cart: &Token,
    locale: Locale,
    parsed: Result<Placement, FieldErrors>,
) -> Result<Placed, Refused> {
    let mut tries = 0;
    loop {
        tries += 1;
        match attempt(ctx, store, cart, locale, &parsed).await {
            Err(Refused::App(AppError::TryAgain { .. })) if tries < TRIES => {
                tokio::time::sleep(std::time::Duration::from_millis(rand::random_range(5..40) * u64::from(tries)))
                    .await;
            }
            other => return other,
        }
    }
}

async fn attempt(
    ctx: &Ctx,
    store: StoreId,
    cart: &Token,
    locale: Locale,
    parsed: &Result<Placement, FieldErrors>,
) -> Result<Placed, Refused> {
    let now = ctx.now();
    let mut tx = ctx.tx().await?;
    let area = parsed.as_ref().map(|p| p.area.as_str()).unwrap_or_default();
    let opening = open(&mut tx, store, cart, area).await?.ok_or(Refused::EmptyCart)?;
    if let Some((order, total_cents)) = opening.order {
        return already(ctx, &mut tx, order, total_cents).await;
    }
    let placement = parsed.as_ref().map_err(|errors| Refused::Invalid(errors.clone()))?;
    if !opening.is_open {
        return Err(Refused::EmptyCart);
    }
    let zone =
        opening.zone.as_ref().ok_or_else(|| Refused::Invalid(FieldErrors::one("area", FieldProblem::UnknownArea)))?;

    let lines = lock_cart_goods(&mut tx, opening.cart).await?;
    if lines.is_empty() {
        return Err(Refused::EmptyCart);
    }
    let variants: Vec<Uuid> = lines.iter().map(|line| line.variant.uuid()).collect();
    let held = count_held(&mut tx, &variants, None, now).await?;
    // Whoever waited for the locks may find that the same cart was placed from another tab. The buyer's row is theirs
    // alone from here on: what they may have once is not had twice at the same time.
    let Some(customer) = write_order::convert_cart(&mut tx, opening.cart, placement, zone).await? else {
        drop(tx);
        return Err(Refused::App(AppError::TryAgain { retry_after_seconds: 1 }));
    };
    let priced = price_cart::price(&mut tx, &opening, zone, &lines, customer, now).await?;
    let totals = sum_up(&priced, opening.vat).map_err(AppError::broken)?;
    let changes = compare(
        placement,
        &lines,
        |line| i64::from(line.stock) - held.get(&line.variant).copied().unwrap_or(0),
        &totals,
        &priced,
        zone,
        opening.currency,
    );
    if !changes.is_empty() {
        return Err(Refused::Changed(changes));
    }
    let payable = payable(placement.method, &opening, &totals)?;
    if placement.method == PaymentMethod::Cod {
        check_cash(&mut tx, &opening.cash, totals.total, zone.id, customer).await?;
    }

    let waits_for_a_person = matches!(placement.method, PaymentMethod::Cod | PaymentMethod::Manual);
    let hold = if waits_for_a_person { HELD_FOR_A_PERSON } else { opening.hold };
    let expires_at = now + hold;
    let key = ctx.key(&mut tx).await?;
    let order = OrderId::mint();
    let payment = PaymentId::mint();
    let token = key.token(Purpose::Order, order.uuid());
    let hook = key.token(Purpose::PayHook, payment.uuid());
    let prompt = (placement.method == PaymentMethod::MpesaStk).then_some(payment);
    let card = (placement.method == PaymentMethod::Card).then_some(payment);
    ask_for_work(&mut tx, order, prompt, now, expires_at).await?;
    let written = write_order::Writing {
        ctx,
        store,
        opening: &opening,
        placement,
        zone,
        totals: &totals,
        lines: &lines,
        priced: &priced,
        customer,
        order,
        payment,
        locale,
        now,
        cart,
    };
    written.order_and_lines(&mut tx, &token).await?;
    if ctx.actor.user().is_some() {
        let details = json!({ "channel": placement.channel.as_str() });
        tx.audit(ctx.actor, "order_entered", "orders", order.uuid(), details).await?;
    }
    let goods: Vec<(VariantId, Quantity)> = lines
        .iter()
        .filter_map(|line| Some((line.variant, Quantity::new(u32::try_from(line.quantity).ok()?)?)))
        .collect();
    place_holds(&mut tx, order, &goods, expires_at).await?;
    if placement.method.is_by_hand() {
        written.intent(&mut tx).await?;
    } else {
        written.payment(&mut tx, &payable, &hook).await?;
    }
    tx.commit().await?;
    Ok(Placed { order, token, prompt, card, is_new: true, total_cents: totals.total.minor() })
}

async fn already(ctx: &Ctx, tx: &mut TenantTx, order: OrderId, total_cents: i64) -> Result<Placed, Refused> {
    let token = ctx.key(tx).await?.token(Purpose::Order, order.uuid());
    Ok(Placed { order, token, prompt: None, card: None, is_new: false, total_cents })
}

async fn open(tx: &mut TenantTx, store: StoreId, cart: &Token, area: &str) -> Result<Option<Opening>, AppError> {
    let row = sqlx::query!(
        r#"select c.id as cart_id, c.status as cart_status, c.expires_at > now() as "is_fresh!",
                  o.id as "order_id?", o.total_cents as "order_total?",
                  s.default_currency, s.vat_basis_points, s.is_vat_registered, s.hold_minutes,
                  z.id as "zone_id?", z.city_area as "zone_area?", z.fee_cents as "zone_fee?", z.min_order_cents as "zone_minimum?", z.eta_minutes as "zone_eta?",
                  m.kind as "mpesa_kind?", m.short_code as "mpesa_short_code?",
                  exists (select from card_accounts k where k.tenant_id = $1 and k.is_active) as "takes_cards!",
                  (select jsonb_build_object('takes_cash', r.takes_cash, 'everywhere', r.cash_everywhere, 'most_cents', r.cash_most_cents,
                              'least_delivered', r.cash_least_delivered, 'most_refused', r.cash_most_refused,
                              'manual_name', r.manual_name, 'manual_instructions', r.manual_instructions,
                              'zones', (select coalesce(jsonb_agg(a.zone_id), '[]') from cash_areas a where a.tenant_id = $1 and a.store_id = $2))
                   from payment_rules r
                   where r.tenant_id = $1
                     and r.store_id = $2) as "rules: Json<StoredRules>"
           from carts c
           join stores s on s.tenant_id = $1 and s.id = $2
           left join orders o on o.tenant_id = $1 and o.cart_id = c.id
           left join lateral (
               select dz.id, dz.city_area, dz.fee_cents, dz.min_order_cents, dz.eta_minutes
               from delivery_zones dz
               where dz.tenant_id = $1
                 and dz.is_active
                 and (lower(dz.city_area) = lower($4) or lower($4) = any(select lower(unnest(dz.aliases))))
               order by lower(dz.city_area) = lower($4) desc
               limit 1
           ) z on true
           left join mpesa_accounts m on m.tenant_id = $1 and m.is_active
           where c.tenant_id = $1
             and c.cart_token = $3
             and (c.store_id = $2 or c.store_id is null)"#,
        tx.tenant(),
        store.uuid(),
        cart.hash_hex(),
        area
    )
    .fetch_optional(tx.conn())
    .await?;
    let Some(row) = row else { return Ok(None) };
    let currency = Currency::parse(&row.default_currency)
        .ok_or_else(|| DbError::corrupt("stores.default_currency", &row.default_currency))?;
    let zone = match (row.zone_id, row.zone_area, row.zone_fee, row.zone_minimum) {
        (Some(id), Some(area), Some(fee), Some(minimum)) => Some(Zone {
            id: id.into(),
            area,
            fee: Money::new(fee, currency),
            minimum: Money::new(minimum, currency),
            eta_minutes: row.zone_eta,
        }),
        _ => None,
    };
    let mpesa = row.mpesa_short_code.map(|short_code| MpesaParty {
        method: if row.mpesa_kind.as_deref() == Some("till") { "mpesa_till" } else { "mpesa_paybill" },
        short_code,
    });
    Ok(Some(Opening {
        cart: row.cart_id.into(),
        is_open: row.cart_status == "open" && row.is_fresh,
        order: row.order_id.map(|order| (order.into(), row.order_total.unwrap_or(0))),
        currency,
        vat: row.is_vat_registered.then(|| BasisPoints(u32::try_from(row.vat_basis_points).unwrap_or(0))),
        hold: TimeDelta::minutes(i64::from(row.hold_minutes)),
        zone,
        mpesa,
        takes_cards: row.takes_cards,
        cash: row.rules.as_ref().map(|rules| rules.cash()).unwrap_or_default(),
        takes_manual: row.rules.is_some_and(|rules| rules.0.manual().is_some()),
    }))
}

fn compare(
    placement: &Placement,
    lines: &[LockedLine],
    left: impl Fn(&LockedLine) -> i64,
    totals: &Totals,
    priced: &Priced,
    zone: &Zone,
    currency: Currency,
) -> Vec<Change> {
    let mut changes = Vec::new();
    for line in lines {
        let left = if line.is_on_sale { left(line).max(0) } else { 0 };
        if left < i64::from(line.quantity) {
            changes.push(Change::Stock {
                product_name: line.product_name.clone(),
                wanted: u32::try_from(line.quantity).unwrap_or(0),
                left: u32::try_from(left).unwrap_or(0),
            });
        }
    }
    if totals.subtotal.minor() < zone.minimum.minor() {
        changes.push(Change::BelowMinimum { area: zone.area.clone(), minimum: zone.minimum });
    }
    if placement.seen_total_cents != totals.total.minor() {
        for line in lines.iter().filter(|line| line.seen_price_cents > 0 && line.seen_price_cents != line.price_cents) {
            changes.push(Change::Price {
                product_name: line.product_name.clone(),
                seen: Money::new(line.seen_price_cents, currency),
                now: Money::new(line.price_cents, currency),
            });
        }
        changes.extend(
            priced
                .codes
                .iter()
                .filter_map(|(code, why)| why.clone().map(|why| Change::Code { code: code.as_str().to_owned(), why })),
        );
        changes.push(Change::Total { seen: Money::new(placement.seen_total_cents, currency), now: totals.total });
    }
    changes
}

async fn ask_for_work(
    tx: &mut TenantTx,
    order: OrderId,
    prompt: Option<PaymentId>,
    now: DateTime<Utc>,
    expires_at: DateTime<Utc>,
) -> Result<(), AppError> {
    tx.enqueue(&Job::ExpireOrder(order), Some(expires_at), Some(&format!("expire:{order}"))).await?;
    if let Some(payment) = prompt {
        tx.enqueue(
            &Job::RequestPrompt(payment),
            Some(now + PROMPT_BY_WORKER_AFTER),
            Some(&format!("prompt:{payment}")),
        )
        .await?;
    }
    Ok(())
}
