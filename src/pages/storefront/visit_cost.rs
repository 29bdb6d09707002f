//! What looking around a shop costs in mobile data: bytes of its own pages, and what they are in money.

use crate::kernel::money::Money;
use serde::{Deserialize, Serialize};

/// What a megabyte costs, in cents: bundles without expiry of Kenya's largest network, November 2025.
const CENTS_PER_MEGABYTE: u64 = 20;
/// In bytes, as networks count.
pub const MEGABYTE: u64 = 1_000_000;

/// The pages that are weighed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Stop {
    Home,
    Category,
    Product,
}

/// One page as a small phone gets it, in bytes on the line.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Weight {
    pub stop: Stop,
    /// Without language prefix.
    pub path: String,
    pub text: u64,
    /// All its pictures, also those that are scrolled to; none that an earlier page brought.
    pub pictures: u64,
}

/// A walk from the front page to a product.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct VisitCost {
    pub stops: Vec<Weight>,
    /// The script that waits for a touch, and looks where a page names them: brought once, then kept.
    pub once: u64,
    /// What a first touch of a product's form brings, once too.
    pub on_touch: u64,
}

impl VisitCost {
    pub fn total(&self) -> u64 {
        self.stops.iter().map(|stop| stop.text + stop.pictures).sum::<u64>() + self.once + self.on_touch
    }
}

/// What so many bytes cost, rounded up to a cent.
pub fn price_of(bytes: u64) -> Money {
    Money::kes(i64::try_from((bytes * CENTS_PER_MEGABYTE).div_ceil(MEGABYTE)).unwrap_or(i64::MAX))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn data_is_paid_by_the_started_cent() {
        assert_eq!(price_of(0), Money::kes(0));
        assert_eq!(price_of(1), Money::kes(1));
        assert_eq!(price_of(50_000), Money::kes(1));
        assert_eq!(price_of(150_001), Money::kes(4));
        assert_eq!(price_of(5_000_000), Money::shillings(1));
    }

    #[test]
    fn a_walk_is_every_page_with_its_pictures_and_what_is_kept() {
        let weight = |stop, text, pictures| Weight { stop, path: "/".to_owned(), text, pictures };
        let page = VisitCost {
            stops: vec![weight(Stop::Home, 7_000, 40_000), weight(Stop::Product, 6_000, 15_000)],
            once: 5_500,
            on_touch: 44_000,
        };
        assert_eq!(page.total(), 117_500);
    }
}
