//! What a request is for, in the order in which it is given up when there is too much to do: paying last.

use http::Method;

/// Classes from the one that is shed last to the one that is shed first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Class {
    /// A provider's callback, a shopper who pays or waits for the payment.
    Pay,
    Checkout,
    Cart,
    /// Looking around a shop.
    Browse,
    /// The merchant's own pages.
    Merchant,
}

impl Class {
    pub const ALL: [Self; 5] = [Self::Pay, Self::Checkout, Self::Cart, Self::Browse, Self::Merchant];

    /// What a request on a shop's host is for; `path` may begin with a language.
    pub fn of_shop(path: &str) -> Self {
        let path = path.strip_prefix("/sw").filter(|rest| rest.is_empty() || rest.starts_with('/')).unwrap_or(path);
        let first = path.trim_start_matches('/').split('/').next().unwrap_or_default();
        match first {
            // The one server function of a shop is about a payment that is waited for.
            "orders" | "rider" | "api" => Self::Pay,
            "checkout" => Self::Checkout,
            "cart" | "account" => Self::Cart,
            _ => Self::Browse,
        }
    }

    /// What a request on the platform's host is for.
    pub fn of_platform(path: &str) -> Self {
        if path.starts_with("/hooks/") { Self::Pay } else { Self::Merchant }
    }

    /// How many percent of the program's places this class may fill: what is left is kept for those before it.
    pub const fn share(self) -> usize {
        match self {
            Self::Pay => 100,
            Self::Checkout => 92,
            Self::Cart => 84,
            Self::Browse => 76,
            Self::Merchant => 68,
        }
    }

    /// How often one address may ask, per minute. Many phones share an address behind a mobile network's gateway, so
    /// these stop machines and not crowds.
    pub fn per_minute(self, method: &Method) -> u32 {
        let is_write = !matches!(*method, Method::GET | Method::HEAD | Method::OPTIONS);
        match (self, is_write) {
            (Self::Pay, _) | (_, false) => 3_000,
            (Self::Checkout, true) => 300,
            (Self::Cart, true) => 600,
            (Self::Merchant, true) => 240,
            (Self::Browse, true) => 120,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paying_comes_before_everything_and_merchants_wait_for_shoppers() {
        for (path, class) in [
            ("/", Class::Browse),
            ("/p/kikoi", Class::Browse),
            ("/sw/p/kikoi", Class::Browse),
            ("/sweets", Class::Browse),
            ("/cart/items", Class::Cart),
            ("/sw/checkout", Class::Checkout),
            ("/account/code", Class::Cart),
            ("/orders/ab/pay", Class::Pay),
            ("/rider/ab/prompt", Class::Pay),
            ("/api/shop/payment-progress", Class::Pay),
        ] {
            assert_eq!(Class::of_shop(path), class, "{path}");
        }
        assert_eq!(Class::of_platform("/hooks/pay/ab"), Class::Pay);
        assert_eq!(Class::of_platform("/dashboard/orders"), Class::Merchant);
        assert!(Class::ALL.is_sorted_by(|before, after| before.share() > after.share()));
    }
}
