//! Words of the stock: the list, one variant's ledger, counts.

mod en;
mod sw;

use duka::kernel::{locale::Locale, order_number::OrderNumber};

/// Every word and sentence, so that a language with a gap does not compile.
pub struct StockWords {
    pub title: &'static str,
    pub lead: &'static str,
    /// All, low, sold out.
    pub shown: [&'static str; 3],
    pub product: &'static str,
    pub in_house: &'static str,
    pub held: &'static str,
    pub for_sale: &'static str,
    pub limit: &'static str,
    pub limit_of: fn(&str) -> String,
    pub limit_hint: &'static str,
    pub save_limit: &'static str,
    pub variants: fn(u32) -> String,
    pub nothing: &'static str,
    pub nothing_here: &'static str,
    pub words_hint: &'static str,
    pub show_all: &'static str,
    pub low: &'static str,
    pub sold_out: &'static str,
    pub saved: &'static str,
    pub mail: &'static str,
    pub mail_text: &'static str,
    pub faults: &'static str,
    pub faults_text: &'static str,
    /// Kind, shown, reckoned.
    pub fault: fn(&str, i32, i32) -> String,
    // One variant.
    pub restock: &'static str,
    pub pieces: &'static str,
    pub restock_button: &'static str,
    pub correct: &'static str,
    pub correct_text: &'static str,
    pub change: &'static str,
    pub change_hint: &'static str,
    pub counted: &'static str,
    pub counted_hint: &'static str,
    pub note: &'static str,
    pub correct_button: &'static str,
    /// How many can be taken, and whether others are held.
    pub short: fn(u32, bool) -> String,
    pub either: &'static str,
    pub holds: &'static str,
    pub no_holds: &'static str,
    pub until: fn(&str) -> String,
    pub being_paid: &'static str,
    pub release: &'static str,
    pub release_text: &'static str,
    pub release_later: &'static str,
    pub released: &'static str,
    pub ledger: &'static str,
    pub no_ledger: &'static str,
    pub reason: fn(&str) -> &'static str,
    pub order: fn(OrderNumber) -> String,
    pub count: &'static str,
    pub import: &'static str,
    pub refund: &'static str,
    pub by_itself: &'static str,
    pub balance: fn(i32) -> String,
    pub newer: &'static str,
    pub older: &'static str,
    // Counts.
    pub counts: &'static str,
    pub counts_lead: &'static str,
    pub count_these: &'static str,
    pub count_these_text: &'static str,
    pub no_counts: &'static str,
    pub new_count: &'static str,
    pub part: &'static str,
    /// All, a category, a search.
    pub parts: [&'static str; 3],
    pub category: &'static str,
    pub search_words: &'static str,
    pub start: &'static str,
    pub too_many_lines: &'static str,
    pub no_lines: &'static str,
    pub status: fn(&str) -> &'static str,
    pub progress: fn(u32, u32, u32) -> String,
    pub started: fn(&str, &str) -> String,
    pub ended: fn(&str, &str) -> String,
    pub enter_text: &'static str,
    pub ledger_said: fn(i32) -> String,
    pub difference: fn(i32) -> String,
    pub all_lines: &'static str,
    pub only_differences: &'static str,
    pub no_differences: &'static str,
    pub save_page: &'static str,
    pub save_next: &'static str,
    pub met: fn(u32) -> String,
    pub wrong: &'static str,
    pub apply: &'static str,
    pub apply_text: &'static str,
    pub apply_note: &'static str,
    pub applied: &'static str,
    pub cancel: &'static str,
    pub cancel_text: &'static str,
    pub in_the_way: &'static str,
    /// Name, what it would be, what is promised.
    pub in_the_way_line: fn(&str, i32, i64) -> String,
    pub nothing_counted: &'static str,
    pub was_cancelled: &'static str,
}

/// The words of a language.
pub const fn words(locale: Locale) -> &'static StockWords {
    match locale {
        Locale::En => &en::WORDS,
        Locale::Sw => &sw::WORDS,
    }
}
