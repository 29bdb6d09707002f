//! What the first card of a buyer's order says once its money is clear: as far as the order has come, never further back.

use duka::kernel::{locale::Locale, money::Money};
use duka::orders::status::OrderStatus;

/// Heading and sentence of what is paid and has left the shelf, or was called off; none while it is still got ready.
/// `is_told`: what becomes of its money stands on the page.
pub const fn paid(
    locale: Locale,
    status: OrderStatus,
    is_collected: bool,
    is_told: bool,
) -> Option<(&'static str, &'static str)> {
    Some(match (locale, status, is_collected) {
        (Locale::En, OrderStatus::Dispatched, false) => {
            ("Paid, thank you", "We have your payment. Below you see where your order is.")
        }
        (Locale::En, OrderStatus::Dispatched, true) => {
            ("Paid, thank you", "We have your payment. Your order is ready: come and collect it.")
        }
        (Locale::En, OrderStatus::Delivered, _) => {
            ("Paid, thank you", "We have your payment, and you have your order. Enjoy it!")
        }
        (Locale::En, OrderStatus::Cancelled, _) if is_told => {
            ("This order is cancelled", "Nothing comes any more. Below you see what becomes of your payment.")
        }
        (Locale::En, OrderStatus::Cancelled, _) => {
            ("This order is cancelled", "Nothing comes any more. Write to us about your payment.")
        }
        (Locale::Sw, OrderStatus::Dispatched, false) => {
            ("Imelipwa, asante", "Tumepata malipo yako. Hapa chini unaona oda yako ilipo.")
        }
        (Locale::Sw, OrderStatus::Dispatched, true) => {
            ("Imelipwa, asante", "Tumepata malipo yako. Oda yako iko tayari: njoo uichukue.")
        }
        (Locale::Sw, OrderStatus::Delivered, _) => {
            ("Imelipwa, asante", "Tumepata malipo yako, nawe umepata oda yako. Furahia!")
        }
        (Locale::Sw, OrderStatus::Cancelled, _) if is_told => {
            ("Oda hii imefutwa", "Hakuna kitakacholetwa tena. Hapa chini unaona malipo yako yanavyoendelea.")
        }
        (Locale::Sw, OrderStatus::Cancelled, _) => {
            ("Oda hii imefutwa", "Hakuna kitakacholetwa tena. Tuandikie kuhusu malipo yako.")
        }
        _ => return None,
    })
}

/// What is still to be paid of a cash order that no rider is about to be sent with; none while one is.
pub fn cash(locale: Locale, status: OrderStatus, is_collected: bool, missing: &Money) -> Option<String> {
    let is_out = matches!(status, OrderStatus::Dispatched | OrderStatus::Delivered);
    match (locale, is_collected) {
        (Locale::En, true) => Some(format!("You pay {missing} when you collect it.")),
        (Locale::Sw, true) => Some(format!("Utalipa {missing} ukiichukua.")),
        (Locale::En, false) if is_out => Some(format!("You pay {missing} when it is in your hands.")),
        (Locale::Sw, false) if is_out => Some(format!("Utalipa {missing} ukiipokea mkononi.")),
        _ => None,
    }
}

/// Of a cash order that is over: nobody was late with any money.
pub const fn closed_cash(locale: Locale) -> &'static str {
    match locale {
        Locale::En => {
            "It was cancelled, or not accepted in time. There is nothing to pay; if you paid something already, write to us."
        }
        Locale::Sw => "Ilifutwa, au haikukubaliwa kwa wakati. Huna cha kulipa; kama ulishalipa chochote, tuandikie.",
    }
}

/// Over the place it goes to, for who comes for it.
pub const fn collect_from(locale: Locale) -> &'static str {
    match locale {
        Locale::En => "You collect it from",
        Locale::Sw => "Unaichukua hapa",
    }
}

/// Before the day on which it can be collected.
pub const fn ready(locale: Locale) -> &'static str {
    match locale {
        Locale::En => "Ready",
        Locale::Sw => "Itakuwa tayari",
    }
}

/// The last step of an order that its buyer came for.
pub const fn collected(locale: Locale) -> &'static str {
    match locale {
        Locale::En => "Collected",
        Locale::Sw => "Imechukuliwa",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_paid_says_how_far_it_has_come_and_never_that_something_over_is_got_ready() {
        for locale in Locale::ALL {
            for status in [OrderStatus::AwaitingPayment, OrderStatus::Paid, OrderStatus::Packing] {
                assert_eq!(paid(locale, status, false, false), None);
            }
            let gone = |status, is_collected, is_told| paid(locale, status, is_collected, is_told).unwrap();
            let mut said = vec![
                gone(OrderStatus::Dispatched, false, false).1,
                gone(OrderStatus::Dispatched, true, false).1,
                gone(OrderStatus::Delivered, false, false).1,
                gone(OrderStatus::Cancelled, false, true).1,
                gone(OrderStatus::Cancelled, false, false).1,
            ];
            said.sort_unstable();
            said.dedup();
            assert_eq!(said.len(), 5);
            assert_ne!(gone(OrderStatus::Cancelled, false, true).0, gone(OrderStatus::Delivered, false, true).0);
        }
    }

    #[test]
    fn nobody_who_comes_for_it_is_told_of_a_rider() {
        let missing = Money::shillings(950);
        assert_eq!(cash(Locale::En, OrderStatus::Packing, false, &missing), None);
        let out = cash(Locale::En, OrderStatus::Dispatched, false, &missing);
        assert_eq!(out.as_deref(), Some("You pay KSh 950 when it is in your hands."));
        for status in [OrderStatus::Pending, OrderStatus::Packing, OrderStatus::Dispatched] {
            let collected = cash(Locale::En, status, true, &missing);
            assert_eq!(collected.as_deref(), Some("You pay KSh 950 when you collect it."));
        }
    }
}
