//! What is not as it was seen, as a sentence: for the shopper and for staff who place an order.

use super::{places, savings, shop};
use duka::{checkout::changed::Change, kernel::locale::Locale};

pub fn told(locale: Locale, change: &Change) -> String {
    let (words, whither) = (shop::words(locale), places::words(locale));
    match change {
        Change::Total { seen, now } => (words.changed_total)(seen, now),
        Change::Price { product_name, seen, now } => (words.changed_price)(product_name, seen, now),
        Change::Stock { product_name, wanted, left } => (words.changed_stock)(product_name, *wanted, *left),
        Change::Code { code, why } => (savings::words(locale).not_counted)(code, why),
        Change::Fee { area, seen, now } => (whither.fee_changed)(area, seen, now),
        Change::Unpriced { area, fee } => (whither.unpriced)(area, fee),
        Change::Arrival { area, arrival } => {
            (whither.arrival_changed)(area, &whither.arrives(*arrival, words.about_minutes))
        }
        Change::BelowMinimum { area, minimum } => (words.below_minimum)(area, minimum),
    }
}
