//! The dashboard's words: one field per word or sentence, so that a language with a gap does not compile.

mod en;
mod sw;

use duka::error::AppError;
use duka::inventory::stock_form::AdjustReason;
use duka::kernel::{
    access::Role,
    field_errors::FieldProblem,
    local_time::{LocalDay, LocalTime},
    locale::Locale,
    money::Money,
    order_number::OrderNumber,
};
use duka::orders::status::{OrderStatus, PaymentState};
use duka::payments::{providers::mpesa::outcome::StkOutcome, status::PaymentStatus};

/// The words of one language. Sentences with facts in them are functions.
pub struct DashWords {
    pub skip: &'static str,
    pub sections: &'static str,
    /// Shows the sections that a phone has no room for.
    pub more: &'static str,
    pub today: &'static str,
    pub orders: &'static str,
    pub products: &'static str,
    pub discounts: &'static str,
    pub customers: &'static str,
    pub add_product: &'static str,
    pub categories: &'static str,
    /// Leads to files of products.
    pub product_files: &'static str,
    pub settings: &'static str,
    pub open_shop: &'static str,
    pub sign_in: &'static str,
    pub sign_out: &'static str,
    pub role: fn(Role) -> &'static str,
    pub loading: &'static str,

    pub weekdays: [&'static str; 7],
    pub weekdays_short: [&'static str; 7],
    pub months: [&'static str; 12],
    pub months_short: [&'static str; 12],
    pub ago: fn(u32) -> String,

    pub money_today: &'static str,
    pub yesterday: &'static str,
    pub visits: &'static str,
    pub carts: &'static str,
    pub orders_placed: &'static str,
    pub last_seven_days: &'static str,
    pub week_summary: fn(&Money, &Money) -> String,
    pub week_before: &'static str,
    pub as_table: &'static str,
    pub day: &'static str,
    pub money: &'static str,
    pub needs_you: &'static str,
    pub to_pack: &'static str,
    pub nothing_to_pack: &'static str,
    pub low_stock: &'static str,
    pub nothing_low: &'static str,
    pub awaiting_payment: &'static str,
    pub money_unplaced: &'static str,
    pub pieces_left: fn(i32) -> String,
    pub items: fn(u32) -> String,
    pub see_all: &'static str,
    pub cash_on_delivery: &'static str,

    pub search: &'static str,
    pub search_products_hint: &'static str,
    pub status: &'static str,
    pub all: &'static str,
    pub products_found: fn(u32) -> String,
    pub no_products: &'static str,
    pub no_products_text: &'static str,
    pub no_products_here: &'static str,
    pub clear_search: &'static str,
    pub order: &'static str,
    pub total: &'static str,
    pub page_of: fn(u32, u32) -> String,
    pub pages: &'static str,
    pub previous: &'static str,
    pub next: &'static str,

    pub order_number: fn(OrderNumber) -> String,
    pub all_orders: &'static str,
    pub next_step: &'static str,
    pub no_next_step: fn(OrderStatus) -> &'static str,
    pub move_to: fn(OrderStatus, OrderStatus) -> &'static str,
    /// The same for what the buyer comes to the shop for; none where it makes no difference.
    pub collect_to: fn(OrderStatus) -> Option<&'static str>,
    pub note: &'static str,
    pub note_optional: &'static str,
    pub lines: &'static str,
    pub each: fn(&Money) -> String,
    pub subtotal: &'static str,
    pub delivery: &'static str,
    pub discount: &'static str,
    pub give_discount: &'static str,
    pub by_credit: &'static str,
    pub still_missing: &'static str,
    pub deposit: &'static str,
    pub to_send_back: &'static str,
    pub use_credit: fn(&Money) -> String,
    pub tax_inside: fn(&Money) -> String,
    pub deliver_to: &'static str,
    pub comes_for_it: &'static str,
    /// Leads to booking it with the agent whom the buyer chose.
    pub to_agent: &'static str,
    pub call: &'static str,
    pub whatsapp: &'static str,
    /// Before how long it was said to take.
    pub promised: &'static str,
    pub about_minutes: fn(u32) -> String,
    pub deliveries: &'static str,
    pub payments: &'static str,
    /// Leads to pages and posts.
    pub written: &'static str,
    pub no_payments: &'static str,
    pub attempt: fn(i32) -> String,
    pub receipt: &'static str,
    pub refunds: &'static str,
    pub send_money_back: &'static str,
    pub timeline: &'static str,
    pub notes_and_tags: &'static str,
    pub cancel_order: &'static str,
    pub packing_slip: &'static str,
    pub placed_by_shopper: &'static str,
    pub by: fn(&str) -> String,
    pub by_itself: &'static str,

    pub order_status: fn(OrderStatus) -> &'static str,
    pub payment_state: fn(PaymentState) -> &'static str,
    pub payment_status: fn(PaymentStatus) -> &'static str,
    pub payment_method: fn(&str) -> &'static str,
    pub record_money: &'static str,
    pub payment_link: &'static str,
    pub rider_link: &'static str,
    pub see_receipt: &'static str,
    pub failure: fn(Option<StkOutcome>) -> &'static str,
    /// The same for a payment by card; more stands on the payment's own page.
    pub card_failed: &'static str,
    /// A receipt that was typed and whose money is not here.
    pub shopper_says: fn(&str) -> String,
    pub shopper_says_more: &'static str,

    pub price: &'static str,
    pub price_in: fn(&str) -> String,
    pub save_price: &'static str,
    pub stock: &'static str,
    pub in_stock: fn(i32) -> String,
    pub held: fn(i32) -> String,
    pub low: &'static str,
    pub sold_out: &'static str,
    pub change_by: &'static str,
    pub change_hint: &'static str,
    pub reason: &'static str,
    pub adjust_reason: fn(AdjustReason) -> &'static str,
    pub save_stock: &'static str,
    pub edit: &'static str,
    pub see_in_shop: &'static str,
    pub all_variants: fn(u32) -> String,
    pub product_status: fn(&str) -> &'static str,
    pub only_form: &'static str,
    pub view_only: &'static str,

    pub saving: &'static str,
    pub saved: &'static str,
    pub show_current: &'static str,
    pub not_saved: &'static str,
    pub problem: fn(FieldProblem) -> &'static str,
    pub error: fn(&AppError) -> String,
    pub not_found: &'static str,
    pub not_found_text: &'static str,
    pub try_again: &'static str,
    pub back_to_today: &'static str,

    pub sign_in_title: &'static str,
    pub email: &'static str,
    pub password: &'static str,
    pub sign_in_wrong: &'static str,
    pub sign_in_throttled: fn(u32) -> String,
    pub sign_in_choose: &'static str,
    pub which_store: &'static str,
    pub other_language: &'static str,

    pub platform_title: &'static str,
    pub platform_lead: &'static str,
    pub platform_points: [(&'static str, &'static str); 4],
    pub platform_shops: &'static str,
    pub platform_shops_text: &'static str,
    pub platform_merchant: &'static str,
    pub platform_merchant_text: &'static str,
}

/// The words of a language.
pub const fn words(locale: Locale) -> &'static DashWords {
    match locale {
        Locale::En => &en::WORDS,
        Locale::Sw => &sw::WORDS,
    }
}

impl DashWords {
    /// `23 Nov, 14:05`.
    pub fn moment(&self, at: &LocalTime) -> String {
        let day = at.day();
        format!("{} {}, {}", day.day(), nth(&self.months_short, month(&day)), at.clock())
    }
    /// `Monday 23 November`.
    pub fn long_day(&self, day: &LocalDay) -> String {
        format!("{} {} {}", nth(&self.weekdays, day.weekday()), day.day(), nth(&self.months, month(day)))
    }
    /// `Mon 23 Nov`.
    pub fn short_day(&self, day: &LocalDay) -> String {
        format!("{} {} {}", self.weekday_short(day), day.day(), nth(&self.months_short, month(day)))
    }
    pub fn weekday_short(&self, day: &LocalDay) -> &'static str {
        nth(&self.weekdays_short, day.weekday())
    }
}

/// Counted from 0.
fn month(day: &LocalDay) -> usize {
    day.month().wrapping_sub(1)
}

fn nth(names: &[&'static str], at: usize) -> &'static str {
    names.get(at).copied().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_moment_is_written_as_people_read_it() {
        let at: LocalTime = serde_json::from_str("\"2026-11-03T09:05\"").unwrap();
        assert_eq!(words(Locale::En).moment(&at), "3 Nov, 09:05");
        assert_eq!(words(Locale::Sw).moment(&at), "3 Nov, 09:05");
        assert_eq!(words(Locale::En).long_day(&at.day()), "Tuesday 3 November");
        assert_eq!(words(Locale::Sw).long_day(&at.day()), "Jumanne 3 Novemba");
    }

    #[test]
    fn a_delivery_time_is_said_in_hours_and_days_as_its_buyer_read_it() {
        let said = |locale| [0, 45, 60, 90, 120, 1_440, 4_320].map(words(locale).about_minutes);
        assert_eq!(
            said(Locale::En),
            ["", "about 45 minutes", "about 1 hour", "about 1½ hours", "about 2 hours", "about 1 day", "about 3 days"]
        );
        assert_eq!(
            said(Locale::Sw),
            [
                "",
                "kama dakika 45",
                "ndani ya saa 1 hivi",
                "ndani ya saa 1½ hivi",
                "ndani ya saa 2 hivi",
                "kama siku 1",
                "kama siku 3"
            ]
        );
    }

    #[test]
    fn no_refusal_shows_what_stands_in_it_unless_it_is_known() {
        let forged =
            AppError::Refused(duka::error::Refusal::NoSuchMove { from: "Call 0700 to win".into(), to: "x".into() });
        let broken = AppError::Broken { reference: "<b>call 0700</b>".into() };
        for locale in Locale::ALL {
            assert!(!(words(locale).error)(&forged).contains("0700"));
            assert!(!(words(locale).error)(&broken).contains("0700"));
        }
    }
}
