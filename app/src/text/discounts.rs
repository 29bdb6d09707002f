//! Words of the dashboard's discounts: the list, the form of each kind, codes, and what a cart would pay.

mod en;
mod sw;

use duka::kernel::{locale::Locale, money::Money, order_number::OrderNumber};
use duka::pricing::rule::{KindName, RuleKind, Season};

/// Every word and sentence, so that a language with a gap does not compile.
pub struct DiscountWords {
    // The list.
    pub title: &'static str,
    pub lead: &'static str,
    pub new: &'static str,
    pub nothing_yet: &'static str,
    pub season: fn(Season) -> &'static str,
    pub seasons: [(Season, &'static str); 4],
    pub kind: fn(KindName) -> &'static str,
    pub kind_text: fn(KindName) -> &'static str,
    pub takes: fn(RuleKind) -> String,
    pub on_categories: fn(usize) -> String,
    pub on_products: fn(usize) -> String,
    pub from_sum: fn(&Money) -> String,
    pub with_code: &'static str,
    pub automatic: &'static str,
    pub is_alone: &'static str,
    pub from_time: fn(&str) -> String,
    pub until_time: fn(&str) -> String,
    pub used_held: fn(u32, u32, Option<u32>) -> String,
    pub change: &'static str,
    pub codes: &'static str,
    pub pause: &'static str,
    pub resume: &'static str,
    pub try_cart: &'static str,
    // The form.
    pub choose_kind: &'static str,
    pub new_of: fn(KindName) -> String,
    pub name: &'static str,
    pub name_hint: &'static str,
    pub percent: &'static str,
    pub percent_hint: &'static str,
    pub amount: &'static str,
    pub each: &'static str,
    pub buy: &'static str,
    pub get: &'static str,
    pub times: &'static str,
    pub times_hint: &'static str,
    pub scope: &'static str,
    pub scope_storewide: &'static str,
    pub scope_category: &'static str,
    pub scope_product: &'static str,
    pub categories: &'static str,
    pub products: &'static str,
    pub products_hint: &'static str,
    pub alone: &'static str,
    pub alone_hint: &'static str,
    pub needs_code: &'static str,
    pub minimum: &'static str,
    pub minimum_hint: &'static str,
    pub most: &'static str,
    pub most_hint: &'static str,
    pub cap: &'static str,
    pub cap_hint: &'static str,
    pub once: &'static str,
    pub starts: &'static str,
    pub ends: &'static str,
    pub time_hint: &'static str,
    pub add: &'static str,
    // Codes.
    pub codes_of: fn(&str) -> String,
    pub codes_lead: &'static str,
    pub code: &'static str,
    pub code_hint: &'static str,
    pub uses: &'static str,
    pub uses_hint: &'static str,
    pub add_code: &'static str,
    pub one_code: &'static str,
    pub no_codes: &'static str,
    pub batch: &'static str,
    pub batch_text: &'static str,
    pub label: &'static str,
    pub count: &'static str,
    pub make_batch: &'static str,
    pub batches: &'static str,
    pub of_batch: fn(u32, u32) -> String,
    pub download: &'static str,
    pub code_used: fn(u32, Option<u32>) -> String,
    pub remove: &'static str,
    pub not_by_code: &'static str,
    // By hand, on one order.
    pub on_order: fn(OrderNumber) -> String,
    pub on_order_lead: &'static str,
    pub reason: &'static str,
    pub reason_hint: &'static str,
    pub give: &'static str,
    // What a cart would pay.
    pub trial_title: &'static str,
    pub trial_lead: &'static str,
    pub goods: &'static str,
    pub goods_hint: &'static str,
    pub area: &'static str,
    pub typed_codes: &'static str,
    pub phone: &'static str,
    pub phone_hint: &'static str,
    pub reckon: &'static str,
    pub result: &'static str,
    pub not_found: fn(&str) -> String,
    pub before: &'static str,
    pub delivery: &'static str,
    pub total: &'static str,
    pub tried: &'static str,
    pub tried_text: &'static str,
    pub saves: fn(&Money) -> String,
    pub taken: &'static str,
    pub no_discount: &'static str,
}

pub const fn words(locale: Locale) -> &'static DiscountWords {
    match locale {
        Locale::En => &en::WORDS,
        Locale::Sw => &sw::WORDS,
    }
}

/// Hundredths of a percent as people write them: `12.5 %`.
fn percent(basis_points: u32) -> String {
    let text = format!("{}.{:02}", basis_points / 100, basis_points % 100);
    format!("{} %", text.trim_end_matches('0').trim_end_matches('.'))
}
