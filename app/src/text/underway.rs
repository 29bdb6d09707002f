//! What a buyer reads about the money of an order whose goods are packed, out or there already.

use super::shop;
use duka::{
    kernel::{locale::Locale, money::Money},
    orders::status::OrderStatus,
};

/// Below "Paid, thank you": nothing is got ready any more that has left the shop.
pub fn paid(locale: Locale, status: OrderStatus) -> &'static str {
    match (status, locale) {
        (OrderStatus::Dispatched | OrderStatus::Delivered, Locale::En) => "We have your payment.",
        (OrderStatus::Dispatched | OrderStatus::Delivered, Locale::Sw) => "Tumepata malipo yako.",
        _ => shop::words(locale).paid_text,
    }
}

/// Heading and sentence of an order that is paid when it is handed over.
pub fn at_the_door(locale: Locale, status: OrderStatus, is_collected: bool, missing: &Money) -> (&'static str, String) {
    let words = shop::words(locale);
    let heading = match (status, is_collected) {
        (OrderStatus::Dispatched, true) => words.step_ready,
        (OrderStatus::Dispatched, false) => (words.status)(status),
        _ => words.cod,
    };
    let text = match (locale, status, is_collected) {
        (Locale::En, _, true) => format!("You pay {missing} when you collect it."),
        (Locale::Sw, _, true) => format!("Utalipa {missing} ukija kuichukua."),
        (Locale::En, OrderStatus::Dispatched, false) => {
            format!("You pay {missing} when it is delivered. Please have it ready, and your phone near.")
        }
        (Locale::Sw, OrderStatus::Dispatched, false) => {
            format!("Utalipa {missing} ukiletewa. Tafadhali uwe nazo tayari, na simu yako karibu.")
        }
        _ => (words.cod_text)(missing),
    };
    (heading, text)
}

/// Below the total of an order that is paid in part: beside what has come, and beside what it lacks.
pub const fn in_part(locale: Locale) -> (&'static str, &'static str) {
    match locale {
        Locale::En => ("Paid so far", "Still to pay"),
        Locale::Sw => ("Imelipwa hadi sasa", "Bado kulipwa"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_is_promised_that_has_happened_already() {
        for locale in Locale::ALL {
            assert_ne!(paid(locale, OrderStatus::Packing), paid(locale, OrderStatus::Dispatched));
            let sum = Money::shillings(1_150);
            let told = |status, is_collected| at_the_door(locale, status, is_collected, &sum);
            let (before, after) = (told(OrderStatus::Packing, false), told(OrderStatus::Dispatched, false));
            assert!(before.0 != after.0 && before.1 != after.1, "{before:?} {after:?}");
            assert!(before.1.contains("KSh 1,150") && after.1.contains("KSh 1,150"), "{before:?} {after:?}");
            let collected = told(OrderStatus::Dispatched, true);
            assert_eq!(collected.0, shop::words(locale).step_ready, "no rider comes");
            assert!(!collected.1.contains("rider") && collected.1.contains("KSh 1,150"), "{collected:?}");
        }
    }
}
