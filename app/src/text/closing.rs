//! Words of the list of payments, of one payment, and of the daily close.

mod en;
mod sw;

use duka::checkout::close::gaps::GapKind;
use duka::kernel::{locale::Locale, money::Money, order_number::OrderNumber};

/// Every word and sentence, so that a language with a gap does not compile.
pub struct ClosingWords {
    // The list.
    pub payments: &'static str,
    pub lead: &'static str,
    /// All, received, open, failed, in the inbox.
    pub shown: [&'static str; 5],
    pub method: &'static str,
    pub all_methods: &'static str,
    pub method_named: fn(&str) -> &'static str,
    pub day: &'static str,
    pub words_hint: &'static str,
    pub show: &'static str,
    pub found: fn(u32) -> String,
    pub nothing: &'static str,
    pub nothing_here: &'static str,
    pub show_all: &'static str,
    pub order: fn(OrderNumber) -> String,
    pub no_order: &'static str,
    pub phone_end: fn(&str) -> String,
    // The file.
    pub export: &'static str,
    pub export_text: &'static str,
    pub from: &'static str,
    pub to: &'static str,
    pub too_long: &'static str,
    pub download: &'static str,
    // One payment.
    pub payment: &'static str,
    pub status: &'static str,
    pub asked: &'static str,
    pub received: &'static str,
    pub receipt: &'static str,
    pub phone: &'static str,
    pub typed_account: &'static str,
    pub asked_on: &'static str,
    pub received_on: &'static str,
    pub known_by: &'static str,
    pub source: fn(&str) -> &'static str,
    pub why_failed: &'static str,
    pub reason: fn(&str) -> &'static str,
    pub stands: &'static str,
    pub stands_nowhere: &'static str,
    pub sent_back_whole: &'static str,
    pub place: fn(&str) -> &'static str,
    /// Of a customer's credit.
    pub take_back: &'static str,
    pub moves: &'static str,
    pub move_said: fn(&str, &str) -> String,
    pub why: fn(&str) -> &'static str,
    pub by_itself: &'static str,
    pub steps: &'static str,
    pub step: fn(&str) -> &'static str,
    pub attempt: fn(u32) -> String,
    // The close.
    pub close: &'static str,
    pub close_lead: &'static str,
    pub no_days: &'static str,
    pub zero: &'static str,
    pub not_zero: &'static str,
    pub being_closed: &'static str,
    pub gaps_open: fn(u32) -> String,
    pub payments_of: fn(u32) -> String,
    pub older: &'static str,
    pub newer: &'static str,
    pub open_gaps: &'static str,
    pub open_gaps_text: &'static str,
    // One day.
    pub sums: &'static str,
    pub on_orders: &'static str,
    pub in_refunds: &'static str,
    pub in_credit: &'static str,
    pub in_inbox: &'static str,
    pub returned: &'static str,
    pub difference: &'static str,
    pub adds_up: &'static str,
    pub adds_not_up: fn(&Money) -> String,
    pub closed_at: fn(&str) -> String,
    pub compared: fn(u32, &str) -> String,
    pub not_compared: &'static str,
    pub list_problem: fn(&str) -> &'static str,
    pub landed: fn(u32) -> String,
    pub booked: fn(u32) -> String,
    pub gaps: &'static str,
    pub no_gaps: &'static str,
    pub gap: fn(GapKind) -> &'static str,
    pub gap_help: fn(GapKind) -> &'static str,
    pub ours: &'static str,
    pub listed: &'static str,
    pub note: &'static str,
    pub note_hint: &'static str,
    pub close_gap: &'static str,
    pub closed_by: fn(&str, &str) -> String,
    pub agreed: fn(&str) -> String,
    pub gap_is_closed: &'static str,
    pub closed: &'static str,
    pub see_payment: &'static str,
}

/// The words of a language.
pub const fn words(locale: Locale) -> &'static ClosingWords {
    match locale {
        Locale::En => &en::WORDS,
        Locale::Sw => &sw::WORDS,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_step_that_is_written_down_has_its_words() {
        let written = [
            "initiated",
            "requested",
            "asked",
            "answered",
            "callback_received",
            "reconciled",
            "succeeded",
            "failed",
            "overpaid",
            "mismatched",
            "assigned",
            "credited",
            "credit_taken_back",
            "refund_asked",
            "refund_failed",
            "refunded",
        ];
        for locale in [Locale::En, Locale::Sw] {
            let step = words(locale).step;
            assert!(written.into_iter().all(|word| step(word) != step("")), "{locale:?}");
        }
    }
}
