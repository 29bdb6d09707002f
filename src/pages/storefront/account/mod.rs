//! A shopper's own pages: their orders, their places, their data. Each is at most three statements with the frame.

mod load;
pub use load::{Account, load_orders, load_own, load_places};

use crate::{
    customers::{
        erase_later::Open,
        shopper::{ask_code::Named, session::Shopper},
    },
    kernel::{field_errors::FieldErrors, id::CustomerAddressId, money::Money, order_number::OrderNumber, phone::Phone},
    orders::status::OrderStatus,
    payments::matching::Reference,
};
use chrono::{DateTime, Utc};

/// Orders on one page.
pub const PAGE: u32 = 10;
/// Nobody turns over more pages by hand.
pub const MOST_PAGES: u32 = 1_000;

/// The orders of a shopper, the newest first.
#[derive(Clone, Debug)]
pub struct OwnOrders {
    pub shopper: Shopper,
    pub orders: Vec<OwnOrder>,
    /// From one.
    pub page: u32,
    pub has_more: bool,
}

/// An order in that list.
#[derive(Clone, Debug)]
pub struct OwnOrder {
    pub number: OrderNumber,
    pub placed_at: DateTime<Utc>,
    pub status: OrderStatus,
    pub total: Money,
    /// The first of the goods, and how many lines stand below it.
    pub first: String,
    pub more: u32,
    /// Its page, without language prefix; none for one that has none.
    pub path: Option<String>,
}

/// Where things were brought to a shopper.
#[derive(Clone, Debug)]
pub struct OwnPlaces {
    pub shopper: Shopper,
    pub places: Vec<OwnPlace>,
}

/// One of those places.
#[derive(Clone, Debug)]
pub struct OwnPlace {
    pub id: CustomerAddressId,
    pub label: String,
    pub area: String,
    pub street: String,
    /// How it is found, in their words.
    pub told: String,
    pub is_usual: bool,
    pub version: i32,
}

/// What a shopper may have, and end.
#[derive(Clone, Debug)]
pub struct OwnCopy {
    pub shopper: Shopper,
    /// What erasing has to wait for.
    pub open: Open,
}

/// What asking for a code begins with.
#[derive(Clone, Debug, Default)]
pub struct AskForm {
    pub number: String,
    pub phone: String,
    pub errors: FieldErrors,
}

/// Number and phone as they were typed; a number that is none belongs to nobody. None when the phone is none.
pub fn read_named(number: &str, phone: &str) -> Option<Named> {
    let phone = Phone::parse(phone)?;
    let (prefix, number) = Reference::parse_prefixed(number)
        .map_or_else(|| (String::new(), 0), |(prefix, reference)| (prefix, reference.number()));
    Some(Named { number, prefix, phone })
}

#[cfg(test)]
mod tests {
    use super::read_named;

    #[test]
    fn a_number_that_is_none_is_asked_about_all_the_same() {
        let named = |number| read_named(number, "0711 223 344").map(|named| (named.prefix, named.number));
        assert_eq!(named("1001"), Some((String::new(), 1_001)));
        assert_eq!(named("MN-1001"), Some(("MN".to_owned(), 1_001)));
        assert_eq!(named("what I bought"), Some((String::new(), 0)));
        assert!(read_named("1001", "12").is_none());
    }
}
