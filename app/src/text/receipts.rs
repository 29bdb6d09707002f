//! Words of a receipt, on its page and on paper.

mod en;
mod sw;

use duka::kernel::{local_time::LocalTime, locale::Locale};
use duka::pages::storefront::receipt::PaidBy;

/// The words of one language.
pub struct ReceiptWords {
    pub receipt: &'static str,
    pub number: &'static str,
    pub order: &'static str,
    pub date: &'static str,
    pub sold_to: &'static str,
    pub tax_number: &'static str,
    pub item: &'static str,
    pub quantity: &'static str,
    pub price: &'static str,
    pub discount: &'static str,
    pub amount: &'static str,
    pub subtotal: &'static str,
    pub delivery: &'static str,
    pub free: &'static str,
    pub total: &'static str,
    pub vat: fn(&str) -> String,
    pub taxable: &'static str,
    pub tax: &'static str,
    pub no_vat: &'static str,
    pub paid_with: &'static str,
    pub way: fn(PaidBy) -> &'static str,
    pub returned: &'static str,
    pub on_its_way: &'static str,
    pub etims: &'static str,
    pub control_unit: &'static str,
    pub invoice: &'static str,
    pub qr: &'static str,
    pub page: fn(usize, usize) -> String,
    pub download: &'static str,
    pub print_hint: &'static str,
    pub back: &'static str,
    pub see: &'static str,
    /// The receipt of an order that is not paid.
    pub none_yet: &'static str,
    pub none_yet_text: &'static str,
}

pub const fn words(locale: Locale) -> &'static ReceiptWords {
    match locale {
        Locale::En => &en::WORDS,
        Locale::Sw => &sw::WORDS,
    }
}

/// `23/11/2026, 14:05`, the same in both languages.
pub fn moment(at: &LocalTime) -> String {
    let day = at.day();
    format!("{}/{}/{}, {}", day.day(), day.month(), at.as_str().get(..4).unwrap_or_default(), at.clock())
}

/// `16 %`, and `7.5 %` where a rate is not whole.
pub fn percent(basis_points: u32) -> String {
    match (basis_points / 100, basis_points % 100) {
        (whole, 0) => format!("{whole} %"),
        (whole, part) if part % 10 == 0 => format!("{whole}.{} %", part / 10),
        (whole, part) => format!("{whole}.{part:02} %"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_rate_is_said_as_people_say_it() {
        assert_eq!([1_600, 800, 0, 750, 1_625].map(percent), ["16 %", "8 %", "0 %", "7.5 %", "16.25 %"]);
    }
}
