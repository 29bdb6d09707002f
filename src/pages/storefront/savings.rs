//! What a cart's discounts look like to its shopper: one line each, and why a code does not count.

use crate::kernel::money::Money;
use crate::pricing::priced::{CodeRefusal, Priced};
use serde::{Deserialize, Serialize};

/// Everything about discounts on a cart or checkout page.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Savings {
    /// One line per discount, in the order in which they are taken off.
    pub lines: Vec<Saving>,
    /// Every typed code; with why it does not count, if it does not.
    pub codes: Vec<TypedNote>,
    /// What is missing for free delivery, where the shop offers it from a sum.
    pub to_free_delivery: Option<Money>,
}

/// What one discount takes off.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Saving {
    /// In the merchant's words.
    pub name: String,
    pub code: Option<String>,
    pub amount: Money,
    /// Off what delivery costs, not off the goods.
    pub is_delivery: bool,
}

/// A code that was typed, and why it takes nothing off; none when it does.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct TypedNote {
    pub code: String,
    pub why: Option<CodeRefusal>,
}

impl Savings {
    pub fn of(priced: &Priced) -> Self {
        let lines = priced
            .discounts
            .iter()
            .map(|discount| Saving {
                name: discount.name.clone(),
                code: discount.code.as_ref().map(|(_, code)| code.as_str().to_owned()),
                amount: if discount.delivery.is_zero() { discount.goods } else { discount.delivery },
                is_delivery: !discount.delivery.is_zero(),
            })
            .collect();
        let codes =
            priced.codes.iter().map(|(code, why)| TypedNote { code: code.as_str().to_owned(), why: why.clone() });
        let is_paid_for = !priced.delivery.is_zero();
        Self {
            lines,
            codes: codes.collect(),
            to_free_delivery: priced
                .almost
                .iter()
                .find(|almost| almost.is_delivery)
                .map(|almost| almost.missing)
                .filter(|_| is_paid_for),
        }
    }
}
