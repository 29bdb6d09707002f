//! A cart becomes an order: priced again, goods held, everything written in one transaction.
//!
//! Locks, in this order: the variants (by id), the cart, the buyer, the rules and codes that can run out. Pressed twice, from two tabs or after a
//! lost answer, the cart's one order is the answer.

use super::{
    cash_history::check_cash,
    changed::Change,
    delivered::{Delivered, deliver},
    forms::{CheckoutForm, Placement},
    later_work,
    open_cart::{Opening, open},
    payable::payable,
    price_cart::{self, Priced},
    totals::{Totals, sum_up},
    write_order,
};
use crate::{
    ctx::Ctx,
    db::TenantTx,
    delivery::{
        quote::{Quote, Whither, whither},
        zones::Zone,
    },
    error::AppError,
    inventory::{
        holds::{count_held, place_holds},
        locks::{LockedLine, lock_cart_goods},
    },
    kernel::{
        field_errors::{FieldErrors, FieldProblem},
        id::{CustomerId, OrderId, PaymentId, StoreId, VariantId},
        locale::Locale,
        money::Money,
        quantity::Quantity,
        token::Token,
    },
    orders::channel::Channel,
    payments::method::PaymentMethod,
    vault::Purpose,
};
use chrono::TimeDelta;
use serde_json::json;
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
    /// It had become that by another form, and a link of the cart goes round: the order's page is for who placed it.
    pub is_others: bool,
    pub total_cents: i64,
}

/// Why nothing was written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Refused {
    EmptyCart,
    Invalid(FieldErrors),
    /// Where it goes was typed and nobody was told yet what that costs.
    Unpriced,
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
/// Two transactions that met are run again this often before the shopper is asked to.
const TRIES: u32 = 5;

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
    place(ctx, store, cart, locale, form, Some(Channel::Web)).await
}

/// The same for an order that came another way; none when nobody knows that way.
pub(super) async fn place(
    ctx: &Ctx,
    store: StoreId,
    cart: &Token,
    locale: Locale,
    form: CheckoutForm,
    channel: Option<Channel>,
) -> Result<Placed, Refused> {
    let mut tries = 0;
    loop {
        tries += 1;
        match attempt(ctx, store, cart, locale, &form, channel).await {
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
    form: &CheckoutForm,
    channel: Option<Channel>,
) -> Result<Placed, Refused> {
    let now = ctx.now();
    let mut tx = ctx.tx().await?;
    let quote = Quote::read(&ctx.platform.vault, ctx.tenant, cart, &form.quote);
    let whither = whither(&form.place, &form.area, quote.as_ref());
    let opening = open(&mut tx, store, cart, &whither, now).await?.ok_or(Refused::EmptyCart)?;
    if let Some((order, total_cents)) = opening.order {
        let is_same_form =
            !opening.is_shared || write_order::was_placed_by(&mut tx, cart, order, &form.idempotency_key).await?;
        return already(ctx, &mut tx, order, total_cents, !is_same_form).await;
    }
    if matches!(whither, Whither::Typed(_)) && opening.is_open {
        return Err(Refused::Unpriced);
    }
    let placement = &read(form, opening.zone.as_ref(), channel).map_err(Refused::Invalid)?;
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
    let is_quoted = matches!(whither, Whither::Quoted(_));
    let delivered = deliver(zone, &lines, quote.as_ref(), is_quoted, now, opening.local)?;
    let Some(customer) = write_order::convert_cart(&mut tx, opening.cart, placement, &delivered).await? else {
        drop(tx);
        return Err(Refused::App(AppError::TryAgain { retry_after_seconds: 1 }));
    };
    let priced = price_cart::price(&mut tx, &opening, delivered.fee, &lines, customer, now).await?;
    let totals = sum_up(&priced, opening.vat).map_err(AppError::broken)?;
    let changes = compare(
        placement,
        &lines,
        |line| i64::from(line.stock) - held.get(&line.variant).copied().unwrap_or(0),
        &totals,
        &priced,
        &delivered,
    );
    if !changes.is_empty() {
        return Err(Refused::Changed(changes));
    }
    let deposit = match placement.method {
        PaymentMethod::Cod => find_deposit(ctx, &mut tx, &opening, zone, totals.total, customer).await?,
        _ => None,
    };
    let paid_by = if deposit.is_some() { PaymentMethod::MpesaStk } else { placement.method };
    let payable = payable(paid_by, &opening, deposit.unwrap_or(totals.total))?;

    let waits_for_a_person = matches!(paid_by, PaymentMethod::Cod | PaymentMethod::Manual);
    let hold = if waits_for_a_person { HELD_FOR_A_PERSON } else { opening.hold };
    let expires_at = now + hold;
    let key = ctx.key(&mut tx).await?;
    let order = OrderId::mint();
    let payment = PaymentId::mint();
    let token = key.token(Purpose::Order, order.uuid());
    let hook = key.token(Purpose::PayHook, payment.uuid());
    let prompt = (paid_by == PaymentMethod::MpesaStk).then_some(payment);
    let card = (placement.method == PaymentMethod::Card).then_some(payment);
    // Whoever is about to pay hears of that next.
    let is_paid_next = prompt.is_some() || card.is_some();
    if is_paid_next {
        later_work::ask(&mut tx, order, prompt, now, expires_at).await?;
    }
    let written = write_order::Writing {
        ctx,
        store,
        opening: &opening,
        placement,
        delivered: &delivered,
        totals: &totals,
        deposit,
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
    if !is_paid_next {
        later_work::ask_and_tell(&mut tx, order, expires_at).await?;
    }
    if placement.method.is_by_hand() {
        written.intent(&mut tx).await?;
    } else {
        written.payment(&mut tx, &payable, &hook).await?;
    }
    tx.commit().await?;
    Ok(Placed { order, token, prompt, card, is_new: true, is_others: false, total_cents: totals.total.minor() })
}

/// Refuses cash where the shop does not take it; what is paid before the order is accepted, where something is. Only a
/// prompt can bring that, and whoever enters an order for a buyer has decided already.
async fn find_deposit(
    ctx: &Ctx,
    tx: &mut TenantTx,
    opening: &Opening,
    zone: &Zone,
    total: Money,
    customer: CustomerId,
) -> Result<Option<Money>, Refused> {
    let deposit = check_cash(tx, &opening.cash.clone().at(zone), total, zone.id, customer).await?;
    Ok(deposit.filter(|_| opening.mpesa.is_some() && ctx.actor.user().is_none()))
}

/// Every mistake is named at once.
fn read(form: &CheckoutForm, zone: Option<&Zone>, channel: Option<Channel>) -> Result<Placement, FieldErrors> {
    match (form.parse(zone), channel) {
        (Ok(placement), Some(channel)) => Ok(Placement { channel, ..placement }),
        (parsed, channel) => {
            let mut errors = parsed.err().unwrap_or_else(FieldErrors::none);
            if channel.is_none() {
                errors.add("channel", FieldProblem::UnknownChoice);
            }
            Err(errors)
        }
    }
}

async fn already(
    ctx: &Ctx,
    tx: &mut TenantTx,
    order: OrderId,
    total_cents: i64,
    is_others: bool,
) -> Result<Placed, Refused> {
    let token = ctx.key(tx).await?.token(Purpose::Order, order.uuid());
    Ok(Placed { order, token, prompt: None, card: None, is_new: false, is_others, total_cents })
}

fn compare(
    placement: &Placement,
    lines: &[LockedLine],
    left: impl Fn(&LockedLine) -> i64,
    totals: &Totals,
    priced: &Priced,
    delivered: &Delivered,
) -> Vec<Change> {
    let currency = totals.total.currency();
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
    if let Some(minimum) = delivered.minimum {
        changes.push(Change::BelowMinimum { area: delivered.area.clone(), minimum });
    }
    changes.extend(delivered.later.map(|arrival| Change::Arrival { area: delivered.area.clone(), arrival }));
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
        changes.extend(delivered.told.map(|told| Change::Fee {
            area: delivered.area.clone(),
            seen: told,
            now: delivered.fee,
        }));
        changes.push(Change::Total { seen: Money::new(placement.seen_total_cents, currency), now: totals.total });
    }
    changes
}
