//! Loads the checkout: frame, lines, and terms, from which follows the total that will be charged; three statements.

use super::{
    CheckoutPage, PlaceAnswer,
    terms::{Terms, find_terms},
};
use crate::{
    checkout::{cash_history, totals::sum_up},
    ctx::Ctx,
    delivery::{
        cash_rules::{NoCash, may_pay_cash},
        find_zone::{Choice, Meant, find_zone},
        offer::{Offer, offer},
        quote::{self, Quote, Whither, whither},
        zones::{Zone, choose},
    },
    error::AppError,
    kernel::{field_errors::FieldErrors, id::CartId, money::Money, phone::Phone, token::Token},
    pages::storefront::{
        cart::list_lines,
        frame::{ShopFrame, Visit, load_frame},
        parts::AreaFee,
        savings::Savings,
    },
    payments::method::{LEAST_BY_CARD, PaymentMethod, Takes, fits_mpesa},
};
use chrono::NaiveDateTime;

/// A checkout, with the cart that it is of.
#[derive(Clone, Debug)]
pub struct LoadedCheckout {
    pub frame: ShopFrame,
    pub page: CheckoutPage,
    pub cart: CartId,
}

/// What the buyer has said so far.
#[derive(Clone, Copy, Debug, Default)]
pub struct Wanted<'a> {
    /// Chosen in the list.
    pub area: &'a str,
    /// Typed instead.
    pub place: &'a str,
    /// What the form carried of what was told before.
    pub quote: &'a str,
    pub buyer: Option<&'a Phone>,
    /// The order that this browser placed before: the form begins with what that was filled in with, and goes where it
    /// went until they say otherwise.
    pub placed: Option<&'a Token>,
}

/// The checkout of a cart, priced for what was typed or chosen, else for the default area, and for its buyer once they
/// have said who they are; none when the cart is empty. Nothing is held by looking at it but the fee of delivery.
pub async fn load(
    ctx: &Ctx,
    visit: &Visit,
    cart: &Token,
    wanted: Wanted<'_>,
) -> Result<Option<LoadedCheckout>, AppError> {
    let now = ctx.now();
    let mut tx = ctx.tx().await?;
    let Some(loaded) = list_lines(&mut tx, visit.store, cart, wanted.buyer, now).await? else { return Ok(None) };
    let (frame, standing) = load_frame(&mut tx, visit).await?;
    let terms = find_terms(&mut tx, visit.store, wanted.placed, now).await?;
    let (area, place) = match &terms.known {
        Some(known) if wanted.area.is_empty() && wanted.place.is_empty() => (&*known.area, &*known.place),
        _ => (wanted.area, wanted.place),
    };
    let told = Quote::read(&ctx.platform.vault, ctx.tenant, cart, wanted.quote);
    let basket = loaded.basket(terms.currency)?;
    let goods = quote::goods(loaded.lines.iter().map(|line| (line.variant, line.quantity)));
    let Found { chosen, place, name, answer } = find(&terms.zones, whither(place, area, told.as_ref()));
    let offers: Vec<Offer> = terms.zones.iter().map(|zone| offer(zone, &basket, terms.local)).collect();
    let shown = terms.zones.get(chosen).zip(offers.get(chosen)).map(|(zone, offer)| {
        let kept = told.filter(|told| told.holds(zone.id, &goods, now));
        let quote = kept.unwrap_or_else(|| Quote::of(zone, offer, goods, now, terms.local));
        let quote = Quote { said: place.clone(), is_sure: answer.is_sure(), place: name, ..quote };
        // While it is asked where, no area is chosen and no fee is promised: whatever the list says next was meant.
        if answer.is_sure() { quote } else { Quote { area: String::new(), until: now, ..quote } }
    });
    let Terms { currency, vat, by_hand, takes_cards, cash, manual, zones, local, known } = terms;
    let delivery = shown.as_ref().map_or(Money::zero(currency), |shown| Money::new(shown.fee_cents, currency));
    let priced = loaded.price(currency, delivery, standing.rules, now)?;
    let totals = sum_up(&priced, vat).map_err(AppError::broken)?;
    let history = match wanted.buyer {
        Some(buyer) if cash.asks_for_history() => Some(cash_history::of_phone(&mut tx, buyer).await?),
        _ => None,
    };
    let no_cash = match zones.get(chosen) {
        Some(zone) => may_pay_cash(&cash.clone().at(zone), totals.total, zone.id, history.as_ref()).err(),
        None => (!cash.takes_cash).then_some(NoCash::NotTaken),
    };
    // There is nothing to be paid over nothing.
    let is_something = !totals.total.is_zero();
    let is_movable = fits_mpesa(totals.total);
    let methods = PaymentMethod::offered(&Takes {
        by_hand: by_hand.filter(|_| is_something && is_movable),
        cash: no_cash.is_none(),
        card: takes_cards && totals.total.minor() >= LEAST_BY_CARD.minor(),
        manual: manual.is_some() && is_something,
    });
    let is_collection = zones.get(chosen).is_some_and(|zone| zone.is_collection);
    let is_at_agent = zones.get(chosen).is_some_and(|zone| zone.agent.is_some());
    // Below the minimum nothing can be placed, so nothing is promised.
    let is_promised = answer.is_sure() && offers.get(chosen).is_some_and(|offer| offer.minimum.is_none());
    let quote = shown.as_ref().filter(|_| is_promised || !answer.is_sure());
    let answer = answer.priced(&offers);
    let areas = zones
        .into_iter()
        .zip(&offers)
        .enumerate()
        .map(|(at, (zone, offer))| AreaFee {
            area: zone.area,
            group: zone.group,
            fee: if at == chosen { delivery } else { offer.fee },
            eta_minutes: offer.arrival.minutes,
            minimum: zone.minimum,
        })
        .collect();
    let page = CheckoutPage {
        lines: loaded.lines,
        areas,
        chosen,
        arrival: shown.as_ref().map(|shown| shown.arrival),
        is_collection,
        is_at_agent,
        place,
        answer,
        quote: quote.map(|quote| quote.write(&ctx.platform.vault, ctx.tenant, cart)).unwrap_or_default(),
        holds_until: quote.filter(|_| is_promised).map(|quote| clock(local + (quote.until - now))).unwrap_or_default(),
        subtotal: totals.subtotal,
        savings: Savings::of(&priced),
        delivery: priced.full_delivery,
        total: totals.total,
        tax: totals.tax,
        methods,
        deposit: by_hand.and_then(|_| cash.deposit_of(totals.total, history.as_ref())),
        no_cash: no_cash.filter(|why| *why != NoCash::NotTaken),
        no_mpesa: by_hand.is_some() && !is_movable,
        manual_name: manual,
        idempotency_key: Token::random().hex(),
        is_known: known.is_some(),
        values: known.map(|known| known.values).unwrap_or_default(),
        errors: FieldErrors::none(),
        changes: Vec::new(),
    };
    Ok(Some(LoadedCheckout { frame, page, cart: loaded.cart }))
}

/// Which area is shown, and what is said of the place that was typed.
struct Found {
    chosen: usize,
    /// What stays in the field.
    place: String,
    /// The place that was understood, where the area's name does not say it.
    name: Option<String>,
    answer: Answer,
}

enum Answer {
    Said(PlaceAnswer),
    Several(Vec<Choice>),
}

impl Answer {
    const fn is_sure(&self) -> bool {
        match self {
            Self::Said(answer) => !answer.is_question(),
            Self::Several(_) => false,
        }
    }

    fn priced(self, offers: &[Offer]) -> PlaceAnswer {
        match self {
            Self::Said(answer) => answer,
            Self::Several(choices) => PlaceAnswer::Several(
                choices.into_iter().filter_map(|choice| Some((choice.said, offers.get(choice.zone)?.fee))).collect(),
            ),
        }
    }
}

fn find(zones: &[Zone], whither: Whither<'_>) -> Found {
    let found = |chosen, place: &str, name: Option<String>| {
        let answer = if place.is_empty() { PlaceAnswer::Nothing } else { PlaceAnswer::Found(name.clone()) };
        Found { chosen, place: place.to_owned(), name, answer: Answer::Said(answer) }
    };
    let typed = match whither {
        Whither::Area(area) => return found(choose(zones, Some(area)), "", None),
        Whither::Quoted(quote) => match zones.iter().position(|zone| zone.id == quote.zone) {
            Some(zone) => return found(zone, &quote.said, quote.place.clone()),
            // The merchant goes there no longer.
            None => return found(choose(zones, None), "", None),
        },
        Whither::Typed(typed) => typed,
    };
    let unsure = |answer| Found { chosen: choose(zones, None), place: typed.to_owned(), name: None, answer };
    match find_zone(zones, typed) {
        Meant::Zone { zone, place } => found(zone, typed, place),
        Meant::Several(choices) => unsure(Answer::Several(choices)),
        Meant::NotThere { place } => unsure(Answer::Said(PlaceAnswer::NotThere(place))),
        Meant::Unknown => unsure(Answer::Said(PlaceAnswer::Unknown)),
    }
}

fn clock(local: NaiveDateTime) -> String {
    local.format("%H:%M").to_string()
}
