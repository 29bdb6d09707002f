//! What delivery to an area costs and when it comes, and which rule says so; the only place that knows.

use super::{
    bands::{Measure, unit},
    zones::Zone,
};
use crate::kernel::money::Money;
use chrono::{NaiveDateTime, Timelike as _};
use serde::{Deserialize, Serialize};

/// What is to be delivered.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Basket {
    /// The goods before discounts.
    pub goods: Money,
    /// What weighs nothing to the shop counts as nothing.
    pub grams: i64,
}

/// The rule that made a fee.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Rule {
    Flat,
    /// The goods come to this sum or more.
    FreeFrom(Money),
    /// The goods weigh so many grams or more.
    Weight(i64),
    /// The goods are worth this or more.
    Value(Money),
    Collected,
    /// What the partner takes for a parcel to the agent.
    Agent,
}

/// When it comes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Arrival {
    /// From now.
    pub minutes: u32,
    /// It is too late for today: by the end of the day that `minutes` reaches.
    pub is_next_day: bool,
    /// Minutes after midnight until which this holds today.
    pub order_before: Option<u16>,
}

/// A fee with its reason, and the time it takes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Offer {
    pub fee: Money,
    pub rule: Rule,
    pub arrival: Arrival,
    /// The least that goods there must come to, when these do not.
    pub minimum: Option<Money>,
}

const DAY: u32 = 24 * 60;

/// Prices delivery of a basket; `local` is what the merchant's clock shows.
pub fn offer(zone: &Zone, basket: &Basket, local: NaiveDateTime) -> Offer {
    let (fee, rule) = fee(zone, basket);
    let minimum = (basket.goods.minor() < zone.minimum.minor()).then_some(zone.minimum);
    Offer { fee, rule, arrival: arrival(zone, local), minimum }
}

fn fee(zone: &Zone, basket: &Basket) -> (Money, Rule) {
    let nothing = Money::zero(zone.fee.currency());
    if zone.agent.is_some() {
        return (zone.fee, Rule::Agent);
    }
    if zone.is_collection {
        return (nothing, Rule::Collected);
    }
    if let Some(sum) = zone.free_from.filter(|sum| basket.goods.minor() >= sum.minor()) {
        return (nothing, Rule::FreeFrom(sum));
    }
    let Some(bands) = &zone.bands else { return (zone.fee, Rule::Flat) };
    let measured = match bands.by {
        Measure::Weight => basket.grams,
        Measure::Value => basket.goods.minor(),
    };
    let Some(step) = bands.step(measured) else { return (zone.fee, Rule::Flat) };
    let rule = match bands.by {
        Measure::Weight => Rule::Weight(step.from),
        Measure::Value => Rule::Value(Money::new(step.from, zone.fee.currency())),
    };
    (Money::new(step.fee(measured), zone.fee.currency()), rule)
}

/// What is ordered from the cut-off on counts as ordered when the next day begins, and is promised for a day, since
/// nobody rides at night.
fn arrival(zone: &Zone, local: NaiveDateTime) -> Arrival {
    let now = local.hour() * 60 + local.minute();
    match zone.cut_off {
        Some(cut_off) if now >= u32::from(cut_off) => {
            let until_midnight = DAY - now;
            let days = zone.eta_minutes.div_ceil(DAY).max(1);
            Arrival { minutes: until_midnight + days * DAY, is_next_day: true, order_before: None }
        }
        cut_off => Arrival { minutes: zone.eta_minutes, is_next_day: false, order_before: cut_off },
    }
}

impl Arrival {
    /// Days from today until it comes, for what is promised for a day.
    pub const fn days(self) -> u32 {
        // Less than a day of today is in it, and the end of a day is the beginning of the next.
        self.minutes.saturating_sub(1) / DAY
    }

    /// Minutes from now until this no longer holds.
    pub fn holds_for(self, local: NaiveDateTime) -> Option<u32> {
        let now = local.hour() * 60 + local.minute();
        match self.order_before {
            Some(cut_off) => Some(u32::from(cut_off).saturating_sub(now)),
            None => self.is_next_day.then_some(DAY - now),
        }
    }

    /// Whether somebody who was told `self` would be told something else by `now`.
    pub fn is_unlike(self, now: Self) -> bool {
        // What is promised for a day is told as a day; the minutes until it run.
        let is_same_day = self.minutes.abs_diff(now.minutes) < DAY / 2;
        self.is_next_day != now.is_next_day || if now.is_next_day { !is_same_day } else { self.minutes != now.minutes }
    }
}

impl Rule {
    /// As a quote keeps it, for staff who ask later: `flat fee of Westlands`.
    pub fn said(self, area: &str) -> String {
        match self {
            Self::Flat => format!("flat fee of {area}"),
            Self::FreeFrom(sum) => format!("free from {sum} in {area}"),
            Self::Weight(grams) => format!("from {} kg in {area}", unit(grams, 1_000)),
            Self::Value(sum) => format!("from {sum} in {area}"),
            Self::Collected => format!("collected: {area}"),
            Self::Agent => format!("parcel to {area}"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{super::zones::tests::zone, *};
    use crate::{delivery::bands::Bands, kernel::id::PartnerAgentId};
    use chrono::NaiveDate;

    fn at(hour: u32, minute: u32) -> NaiveDateTime {
        NaiveDate::from_ymd_opt(2026, 5, 4).and_then(|day| day.and_hms_opt(hour, minute, 0)).unwrap()
    }

    fn weighed() -> Zone {
        Zone {
            free_from: Some(Money::shillings(5_000)),
            bands: Bands::read(Measure::Weight, "2 = 350\n5.5 = 650 + 150").unwrap(),
            minimum: Money::shillings(500),
            ..zone("Karen", &[])
        }
    }

    #[test]
    fn every_fee_is_made_by_one_rule_and_names_it() {
        let valued =
            Zone { bands: Bands::read(Measure::Value, "1,000 = 100\n3,000 = 0").unwrap(), ..zone("Ngong", &[]) };
        let shop = Zone { is_collection: true, fee: Money::shillings(0), ..zone("Moi Avenue", &[]) };
        let agent = Zone {
            is_collection: true,
            agent: PartnerAgentId::parse("00000000-0000-7000-8000-000000000002"),
            ..zone("Cyber, Rongai", &[])
        };
        let table = [
            (zone("CBD", &[]), 100, 90_000, 150, "flat fee of CBD"),
            (weighed(), 500, 0, 150, "flat fee of Karen"),
            (weighed(), 500, 1_999, 150, "flat fee of Karen"),
            (weighed(), 500, 2_000, 350, "from 2 kg in Karen"),
            (weighed(), 4_999, 5_499, 350, "from 2 kg in Karen"),
            (weighed(), 4_999, 5_500, 650, "from 5.5 kg in Karen"),
            (weighed(), 4_999, 7_000, 950, "from 5.5 kg in Karen"),
            (weighed(), 5_000, 80_000, 0, "free from KSh 5,000 in Karen"),
            (valued.clone(), 999, 0, 150, "flat fee of Ngong"),
            (valued.clone(), 1_000, 0, 100, "from KSh 1,000 in Ngong"),
            (valued, 3_000, 0, 0, "from KSh 3,000 in Ngong"),
            (shop, 10, 99_000, 0, "collected: Moi Avenue"),
            (agent, 90_000, 99_000, 150, "parcel to Cyber, Rongai"),
        ];
        for (zone, goods, grams, fee, rule) in table {
            let basket = Basket { goods: Money::shillings(goods), grams };
            let offer = offer(&zone, &basket, at(9, 0));
            assert_eq!((offer.fee, &*offer.rule.said(&zone.area)), (Money::shillings(fee), rule), "{goods} {grams}");
        }
    }

    #[test]
    fn an_order_below_the_minimum_is_told_what_is_missing() {
        let least = |goods| offer(&weighed(), &Basket { goods: Money::shillings(goods), grams: 0 }, at(9, 0)).minimum;
        assert_eq!((least(499), least(500)), (Some(Money::shillings(500)), None));
    }

    #[test]
    fn from_the_cut_off_on_it_comes_the_next_day() {
        let with =
            |cut_off: Option<u16>, eta_minutes, local| arrival(&Zone { eta_minutes, cut_off, ..zone("X", &[]) }, local);
        let four = Some(16 * 60);
        let today = Arrival { minutes: 120, is_next_day: false, order_before: four };
        assert_eq!(with(None, 120, at(23, 59)), Arrival { order_before: None, ..today });
        assert_eq!(with(four, 120, at(15, 59)), today);
        // Until the end of tomorrow: eight hours of today, and a day.
        let tomorrow = Arrival { minutes: 8 * 60 + DAY, is_next_day: true, order_before: None };
        assert_eq!(with(four, 120, at(16, 0)), tomorrow);
        assert_eq!((tomorrow.days(), tomorrow.holds_for(at(16, 0))), (1, Some(480)));
        assert_eq!((with(four, 2 * DAY, at(16, 0)).days(), today.holds_for(at(15, 59))), (2, Some(1)));
        assert_eq!(with(Some(0), 120, at(0, 0)).days(), 1);
    }

    #[test]
    fn what_was_told_of_a_day_stays_true_while_its_minutes_run() {
        let tomorrow = |minutes| Arrival { minutes, is_next_day: true, order_before: None };
        let today = |minutes| Arrival { minutes, is_next_day: false, order_before: None };
        assert!(!tomorrow(1_920).is_unlike(tomorrow(1_860)));
        assert!(tomorrow(1_920).is_unlike(tomorrow(1_920 + DAY)));
        assert!(today(120).is_unlike(tomorrow(1_920)) && tomorrow(1_500).is_unlike(today(1_500)));
        assert!(today(120).is_unlike(today(240)) && !today(120).is_unlike(today(120)));
    }
}
