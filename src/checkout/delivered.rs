//! What delivery of a locked cart costs its buyer: as a quote that still holds says, else as it is now.

use crate::{
    delivery::{
        offer::{Arrival, Basket, offer},
        quote::{self, HOLDS, Quote},
        zones::Zone,
    },
    error::AppError,
    inventory::locks::LockedLine,
    kernel::{
        id::{PartnerAgentId, ZoneId},
        money::Money,
    },
};
use chrono::{DateTime, Days, NaiveDate, NaiveDateTime, Utc};

/// Delivery of one order.
pub(super) struct Delivered {
    /// None when it goes to an agent.
    pub zone: Option<ZoneId>,
    pub agent: Option<PartnerAgentId>,
    pub area: String,
    /// The place that the buyer named, where the area's name does not say it.
    pub place: Option<String>,
    /// Before discounts.
    pub fee: Money,
    pub minutes: u32,
    /// The day it is promised for, where it is too late for today.
    pub on: Option<NaiveDate>,
    pub rule: String,
    pub until: DateTime<Utc>,
    pub is_collection: bool,
    /// The least that goods must come to, when these do not.
    pub minimum: Option<Money>,
    /// The fee that was shown and is another now.
    pub told: Option<Money>,
    /// When it comes, where another time was shown.
    pub later: Option<Arrival>,
}

/// Decides by the quote that the form carried, if it is for this area, these goods and this moment.
///
/// `is_quoted` unless the buyer said anew where it goes: a place that was taken back is none, in the same area too.
pub(super) fn deliver(
    zone: &Zone,
    lines: &[LockedLine],
    quote: Option<&Quote>,
    is_quoted: bool,
    now: DateTime<Utc>,
    local: NaiveDateTime,
) -> Result<Delivered, AppError> {
    let shown = quote.filter(|quote| quote.zone == zone.id);
    let goods = quote::goods(lines.iter().map(|line| (line.variant, count(line))));
    let place = shown.filter(|_| is_quoted).and_then(|quote| quote.place.clone());
    if let Some(quote) = shown.filter(|quote| quote.holds(zone.id, &goods, now)) {
        return Ok(Delivered {
            zone: zone.agent.is_none().then_some(zone.id),
            agent: zone.agent,
            area: zone.area.clone(),
            place,
            fee: quote.fee(zone.fee),
            minutes: quote.arrival.minutes,
            // What was told of tomorrow ends with today, so the day has not changed since.
            on: day(quote.arrival, local),
            rule: quote.rule.clone(),
            until: quote.until,
            is_collection: zone.is_collection,
            minimum: None,
            told: None,
            later: None,
        });
    }
    let basket = basket(zone, lines)?;
    let offer = offer(zone, &basket, local);
    Ok(Delivered {
        zone: zone.agent.is_none().then_some(zone.id),
        agent: zone.agent,
        area: zone.area.clone(),
        place,
        fee: offer.fee,
        minutes: offer.arrival.minutes,
        on: day(offer.arrival, local),
        rule: offer.rule.said(&zone.area),
        until: now + HOLDS,
        is_collection: zone.is_collection,
        minimum: offer.minimum,
        told: shown.map(|quote| quote.fee(zone.fee)).filter(|told| *told != offer.fee),
        later: shown.is_some_and(|quote| quote.arrival.is_unlike(offer.arrival)).then_some(offer.arrival),
    })
}

fn day(arrival: Arrival, local: NaiveDateTime) -> Option<NaiveDate> {
    arrival.is_next_day.then(|| local.date() + Days::new(u64::from(arrival.days())))
}

fn basket(zone: &Zone, lines: &[LockedLine]) -> Result<Basket, AppError> {
    let currency = zone.fee.currency();
    let mut basket = Basket { goods: Money::zero(currency), grams: 0 };
    for line in lines {
        let goods = Money::new(line.price_cents, currency).times(count(line)).map_err(AppError::broken)?;
        basket.goods = basket.goods.plus(goods).map_err(AppError::broken)?;
        basket.grams = basket.grams.saturating_add(line.grams.saturating_mul(i64::from(count(line))));
    }
    Ok(basket)
}

fn count(line: &LockedLine) -> u32 {
    u32::try_from(line.quantity).unwrap_or(0)
}
