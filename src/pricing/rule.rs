//! A discount with its conditions, as it is stored and as it is reckoned with; pure.

use super::{
    rules::{amount_off::AmountOff, buy_get::BuyGet, free_delivery::FreeDelivery, percentage_off::PercentageOff},
    scope::Scope,
};
use crate::kernel::{
    currency::Currency,
    id::{CategoryId, PriceRuleId, ProductId},
    money::Money,
};
use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

/// What is taken off. The list is closed: a new kind is a new file in `rules/`, and the compiler says what is missing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RuleKind {
    PercentageOff(PercentageOff),
    AmountOff(AmountOff),
    BuyGet(BuyGet),
    FreeDelivery(FreeDelivery),
}

/// A kind by its name alone: the words of `price_rules.type`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum KindName {
    PercentageOff,
    AmountOff,
    BuyGet,
    FreeDelivery,
}

impl KindName {
    pub const ALL: [Self; 4] = [Self::PercentageOff, Self::AmountOff, Self::BuyGet, Self::FreeDelivery];

    pub const fn as_str(self) -> &'static str {
        match self {
            Self::PercentageOff => "percentage_off",
            Self::AmountOff => "amount_off",
            Self::BuyGet => "bxgy",
            Self::FreeDelivery => "free_delivery",
        }
    }
    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.as_str() == text)
    }
}

impl RuleKind {
    pub const fn name(self) -> KindName {
        match self {
            Self::PercentageOff(_) => KindName::PercentageOff,
            Self::AmountOff(_) => KindName::AmountOff,
            Self::BuyGet(_) => KindName::BuyGet,
            Self::FreeDelivery(_) => KindName::FreeDelivery,
        }
    }

    /// Which comes first when several are taken: free pieces, then percentages, then amounts, then delivery.
    pub const fn turn(self) -> u8 {
        match self {
            Self::BuyGet(_) => 0,
            Self::PercentageOff(_) => 1,
            Self::AmountOff(AmountOff { is_each: true, .. }) => 2,
            Self::AmountOff(AmountOff { is_each: false, .. }) => 3,
            Self::FreeDelivery(_) => 4,
        }
    }

    fn read(kind: KindName, config: &Value) -> Option<Self> {
        fn as_is<T: for<'de> Deserialize<'de>>(config: &Value) -> Option<T> {
            T::deserialize(config).ok()
        }
        match kind {
            KindName::PercentageOff => as_is::<PercentageOff>(config)
                .and_then(|told| PercentageOff::parse(told.basis_points))
                .map(Self::PercentageOff),
            KindName::AmountOff => as_is::<AmountOff>(config)
                .and_then(|told| AmountOff::parse(told.amount_cents, told.is_each))
                .map(Self::AmountOff),
            KindName::BuyGet => as_is::<BuyGet>(config)
                .and_then(|told| BuyGet::parse(told.buy, told.get, told.most_times))
                .map(Self::BuyGet),
            KindName::FreeDelivery => as_is::<FreeDelivery>(config).map(Self::FreeDelivery),
        }
    }
}

/// A rule with all its conditions.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rule {
    pub id: PriceRuleId,
    /// Shoppers read it.
    pub name: String,
    pub kind: RuleKind,
    pub scope: Scope,
    /// Taken together with others that combine; otherwise alone.
    pub combines: bool,
    pub needs_code: bool,
    /// What the goods it applies to must come to, before any discount.
    pub minimum: Money,
    /// The most it takes off one order.
    pub most: Option<Money>,
    pub total_cap: Option<u32>,
    /// Orders that hold or have used it.
    pub taken: u32,
    pub is_once: bool,
    pub starts_at: Option<DateTime<Utc>>,
    pub ends_at: Option<DateTime<Utc>>,
    pub is_active: bool,
    pub created_at: DateTime<Utc>,
}

/// Where a rule stands in time.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Season {
    Coming,
    Live,
    Paused,
    Over,
}

impl Rule {
    /// Where it stands at a moment: its end counts before a pause, and a pause before its beginning.
    pub fn season(&self, now: DateTime<Utc>) -> Season {
        if self.ends_at.is_some_and(|end| end <= now) {
            Season::Over
        } else if !self.is_active {
            Season::Paused
        } else if self.starts_at.is_some_and(|start| start > now) {
            Season::Coming
        } else {
            Season::Live
        }
    }

    /// As many orders hold or have used it as may.
    pub const fn is_used_up(&self) -> bool {
        match self.total_cap {
            Some(cap) => self.taken >= cap,
            None => false,
        }
    }

    /// Since when it has been in force.
    pub fn began(&self) -> DateTime<Utc> {
        self.starts_at.map_or(self.created_at, |start| start.max(self.created_at))
    }

    /// Whether it lowers the price that everybody sees on one piece: no code, no conditions that depend on who buys what.
    pub fn is_sale(&self) -> bool {
        let is_of_one_piece = match self.kind {
            RuleKind::PercentageOff(_) => true,
            RuleKind::AmountOff(off) => off.is_each,
            RuleKind::BuyGet(_) | RuleKind::FreeDelivery(_) => false,
        };
        is_of_one_piece
            && !self.needs_code
            && !self.is_once
            && self.total_cap.is_none()
            && self.most.is_none()
            && self.minimum.is_zero()
    }
}

/// A row of `price_rules`, as the database packs it.
#[derive(Clone, Debug, Deserialize)]
pub struct RuleRow {
    pub id: PriceRuleId,
    pub name: String,
    #[serde(rename = "type")]
    pub kind: String,
    pub scope: String,
    pub config: Value,
    pub combines: bool,
    pub needs_code: bool,
    pub minimum_cents: i64,
    pub most_cents: Option<i64>,
    pub total_cap: Option<i32>,
    pub taken_count: i32,
    pub is_once: bool,
    pub starts_at: Option<DateTime<Utc>>,
    pub ends_at: Option<DateTime<Utc>>,
    pub is_active: bool,
    pub created_at: DateTime<Utc>,
}

/// What a rule of some categories or products names, beside what its kind is told.
#[derive(Clone, Debug, Default, Deserialize)]
struct Named {
    #[serde(default)]
    categories: Vec<CategoryId>,
    #[serde(default)]
    products: Vec<ProductId>,
}

impl RuleRow {
    /// None for a row that makes no sense: it takes nothing off then.
    pub fn rule(self, currency: Currency) -> Option<Rule> {
        let named = Named::deserialize(&self.config).unwrap_or_default();
        let scope = match self.scope.as_str() {
            "storewide" => Scope::Storewide,
            "category" => Scope::Categories(named.categories),
            "product" => Scope::Products(named.products),
            _ => return None,
        };
        let count = |number: i32| u32::try_from(number).unwrap_or(0);
        Some(Rule {
            id: self.id,
            name: self.name,
            kind: RuleKind::read(KindName::parse(&self.kind)?, &self.config)?,
            scope,
            combines: self.combines,
            needs_code: self.needs_code,
            minimum: Money::new(self.minimum_cents, currency),
            most: self.most_cents.map(|cents| Money::new(cents, currency)),
            total_cap: self.total_cap.map(count),
            taken: count(self.taken_count),
            is_once: self.is_once,
            starts_at: self.starts_at,
            ends_at: self.ends_at,
            is_active: self.is_active,
            created_at: self.created_at,
        })
    }
}

/// `price_rules.config` of a kind and what it applies to.
pub fn config(kind: RuleKind, scope: &Scope) -> Value {
    let mut config = match kind {
        RuleKind::PercentageOff(told) => json!(told),
        RuleKind::AmountOff(told) => json!(told),
        RuleKind::BuyGet(told) => json!(told),
        RuleKind::FreeDelivery(told) => json!(told),
    };
    match scope {
        Scope::Storewide => {}
        Scope::Categories(categories) => config["categories"] = json!(categories),
        Scope::Products(products) => config["products"] = json!(products),
    }
    config
}

#[cfg(test)]
mod tests {
    use super::*;
    use chrono::TimeDelta;

    fn row(kind: &str, config: Value) -> RuleRow {
        serde_json::from_value(json!({
            "id": "01935f0e-7a1c-7000-8000-3f9a00000001", "name": "Sale", "type": kind, "scope": "storewide", "config": config,
            "combines": true, "needs_code": false, "minimum_cents": 0, "most_cents": null, "total_cap": null, "taken_count": 0,
            "is_once": false, "starts_at": null, "ends_at": null, "is_active": true, "created_at": "2026-01-01T00:00:00+00:00"
        }))
        .expect("a row")
    }

    #[test]
    fn what_is_written_is_read_again_for_every_kind() {
        let product = ProductId::parse("01935f0e-7a1c-7000-8000-3f9a00000002").expect("an id");
        for kind in [
            RuleKind::PercentageOff(PercentageOff { basis_points: 1_250 }),
            RuleKind::AmountOff(AmountOff { amount_cents: 10_000, is_each: true }),
            RuleKind::BuyGet(BuyGet { buy: 2, get: 1, most_times: Some(3) }),
            RuleKind::FreeDelivery(FreeDelivery {}),
        ] {
            let scope = Scope::Products(vec![product]);
            let mut stored = row(kind.name().as_str(), config(kind, &scope));
            stored.scope = scope.as_str().to_owned();
            let read = stored.rule(Currency::Kes).expect("a rule");
            assert_eq!((read.kind, read.scope), (kind, scope));
        }
    }

    #[test]
    fn a_row_that_makes_no_sense_takes_nothing_off() {
        for (kind, config) in [
            ("percentage_off", json!({})),
            ("percentage_off", json!({ "basis_points": 20_000 })),
            ("amount_off", json!({ "amount_cents": 0 })),
            ("bxgy", json!({ "buy": 0, "get": 1 })),
            ("gift", json!({})),
        ] {
            assert_eq!(row(kind, config).rule(Currency::Kes), None, "{kind}");
        }
    }

    #[test]
    fn a_rule_has_a_season() {
        let now = DateTime::from_timestamp(1_790_000_000, 0).expect("a time");
        let hour = TimeDelta::hours(1);
        let rule = |starts_at, ends_at, is_active| {
            let rule = row("free_delivery", json!({})).rule(Currency::Kes).expect("a rule");
            Rule { starts_at, ends_at, is_active, ..rule }.season(now)
        };
        assert_eq!(rule(None, None, true), Season::Live);
        assert_eq!(rule(Some(now), Some(now + hour), true), Season::Live);
        assert_eq!(rule(Some(now + hour), None, true), Season::Coming);
        assert_eq!(rule(None, Some(now), true), Season::Over);
        assert_eq!(rule(None, Some(now + hour), false), Season::Paused);
    }
}
