//! Words of money that goes back: asking, the list, one refund.

mod en;
mod sw;

use duka::kernel::{locale::Locale, money::Money, order_number::OrderNumber};
use duka::payments::refund::{RefundFailure, RefundKind, RefundStatus, RefundWay};

/// Every word and sentence, so that a language with a gap does not compile.
pub struct RefundWords {
    // The list.
    pub title: &'static str,
    pub lead: &'static str,
    /// Open, ended, all.
    pub shown: [&'static str; 3],
    pub open_sum: fn(&Money) -> String,
    pub nothing: &'static str,
    pub nothing_open: &'static str,
    pub newer: &'static str,
    pub older: &'static str,
    pub of_order: fn(OrderNumber) -> String,
    pub of_no_order: &'static str,
    // One refund.
    pub one: fn(&Money) -> String,
    pub all_refunds: &'static str,
    pub to: &'static str,
    pub phone: &'static str,
    pub reason: &'static str,
    pub kind: &'static str,
    pub kinds: fn(RefundKind) -> &'static str,
    pub way: &'static str,
    pub ways: fn(RefundWay) -> &'static str,
    pub status: fn(RefundStatus) -> &'static str,
    pub given_up_status: &'static str,
    pub on_its_way: &'static str,
    pub credited: &'static str,
    pub asked: &'static str,
    pub ended: &'static str,
    pub receipt: &'static str,
    pub failure: fn(RefundWay, RefundFailure) -> &'static str,
    pub waits_for_you: &'static str,
    pub waits_for_provider: fn(RefundWay) -> &'static str,
    pub silent: fn(RefundWay) -> &'static str,
    pub mark_title: &'static str,
    pub mark_text: &'static str,
    pub typed_receipt: &'static str,
    pub receipt_hint: &'static str,
    /// Beside the label: when it need not be typed.
    pub receipt_unless: &'static str,
    pub receipt_missing: &'static str,
    pub receipt_known: &'static str,
    pub receipt_wrong: &'static str,
    pub in_cash: &'static str,
    pub one_of_two: &'static str,
    pub mark: &'static str,
    pub more_title: &'static str,
    pub retry: &'static str,
    pub send: &'static str,
    pub credit: &'static str,
    pub credit_text: &'static str,
    pub give_up: &'static str,
    pub give_up_text: &'static str,
    pub not_sent: &'static str,
    pub not_sent_text: &'static str,
    pub done: &'static str,
    // Asking.
    pub ask: &'static str,
    pub ask_title: fn(OrderNumber) -> String,
    pub there: fn(&Money) -> String,
    pub nothing_there: &'static str,
    pub still_open: &'static str,
    pub all_of_it: fn(&Money) -> String,
    pub goods_title: &'static str,
    pub pieces_of: fn(&str) -> String,
    pub bought: fn(u32, u32, &Money) -> String,
    pub restock: &'static str,
    pub delivery: fn(&Money) -> String,
    pub goodwill: &'static str,
    pub goodwill_hint: &'static str,
    pub ask_reason: &'static str,
    pub reason_hint: &'static str,
    pub ask_way: &'static str,
    pub by_itself: &'static str,
    pub by_hand: &'static str,
    pub look: &'static str,
    pub look_again: &'static str,
    pub shares: &'static str,
    pub share_goods: &'static str,
    pub share_delivery: &'static str,
    pub share_goodwill: &'static str,
    pub share_discount: &'static str,
    pub share_tax: &'static str,
    pub share_total: &'static str,
    pub goes: fn(RefundWay) -> &'static str,
    pub send_back: fn(&Money) -> String,
    pub sums_moved: &'static str,
    pub nothing_chosen: &'static str,
    pub nothing_comes: &'static str,
    pub all_or_nothing: &'static str,
    pub too_many: &'static str,
    pub no_delivery: &'static str,
    pub too_much: &'static str,
    pub restock_too_many: &'static str,
}

/// The words of a language.
pub const fn words(locale: Locale) -> &'static RefundWords {
    match locale {
        Locale::En => &en::WORDS,
        Locale::Sw => &sw::WORDS,
    }
}
