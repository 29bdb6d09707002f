//! What pricing a cart comes to: lines, discounts, and why a code did not count.

use super::code::Code;
use crate::kernel::{
    currency::Currency,
    id::{PriceRuleCodeId, PriceRuleId},
    money::{Money, MoneyError},
};
use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

/// A cart with its prices. `subtotal - off = sum of net`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Priced {
    pub currency: Currency,
    /// In the order of the cart.
    pub lines: Vec<PricedLine>,
    /// What was taken off, in the order in which it was taken.
    pub discounts: Vec<Discount>,
    /// The goods before any discount.
    pub subtotal: Money,
    /// What was taken off the goods.
    pub off: Money,
    /// Before any discount.
    pub full_delivery: Money,
    /// What is paid for it.
    pub delivery: Money,
    /// Each typed code, with why it did not count.
    pub codes: Vec<(Code, Option<CodeRefusal>)>,
    /// Automatic rules that would count if more were bought.
    pub almost: Vec<Almost>,
    /// Every set that was tried, best first.
    pub tried: Vec<Tried>,
}

/// A line of the cart: all of its pieces before discounts, after them, and who took what.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PricedLine {
    pub gross: Money,
    pub net: Money,
    /// What each rule takes off this line; they sum to `gross - net`.
    pub shares: Vec<(PriceRuleId, Money)>,
}

/// What one rule takes off.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Discount {
    pub rule: PriceRuleId,
    pub name: String,
    pub code: Option<(PriceRuleCodeId, Code)>,
    pub goods: Money,
    pub delivery: Money,
    /// The buyer may not have it again.
    pub is_once: bool,
}

/// Why a typed code takes nothing off.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum CodeRefusal {
    Unknown,
    NotYet {
        from: DateTime<Utc>,
    },
    Over,
    Paused,
    BelowMinimum {
        missing: Money,
    },
    UsedUp,
    /// By the same phone.
    AlreadyUsed,
    /// Nothing in the cart is what it is for.
    NothingFits,
    /// Others that may not be taken with it save more.
    Beaten,
    /// What it would be taken off costs nothing by now.
    NothingLeft,
}

/// A rule that would count if `missing` more were bought.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Almost {
    pub rule: PriceRuleId,
    pub is_delivery: bool,
    pub missing: Money,
}

/// A set of rules and what it saves.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Tried {
    pub rules: Vec<PriceRuleId>,
    pub saved: Money,
}

impl Priced {
    /// What the goods cost after discounts.
    pub fn goods(&self) -> Result<Money, MoneyError> {
        self.subtotal.minus(self.off)
    }
    /// Off goods and delivery together.
    pub fn saved(&self) -> Result<Money, MoneyError> {
        self.off.plus(self.full_delivery)?.minus(self.delivery)
    }
}
