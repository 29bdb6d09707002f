//! The shop's words: one field per word or sentence, so that a language with a gap does not compile.

mod en;
pub mod lists;
mod payment;
mod sw;

pub use payment::{payment_message, payment_progress};

use duka::kernel::{field_errors::FieldProblem, locale::Locale, money::Money, order_number::OrderNumber};
use duka::orders::status::OrderStatus;
use duka::pages::storefront::{listing::Sort, policy::PolicyKind};
use duka::payments::{method::PaymentMethod, providers::mpesa::outcome::StkOutcome};

/// The words of one language. Sentences with facts in them are functions.
pub struct ShopWords {
    pub other_language: &'static str,
    pub skip: &'static str,
    pub cart: &'static str,
    pub search: &'static str,
    pub search_hint: &'static str,
    pub categories: &'static str,
    pub home: &'static str,

    pub contact_us: &'static str,
    pub on_whatsapp: &'static str,
    pub call: fn(&str) -> String,
    pub delivery_heading: &'static str,
    pub payment_heading: &'static str,
    pub find_order: &'static str,
    pub powered_by: &'static str,
    pub footer_delivery: &'static str,
    pub footer_payment: &'static str,

    pub about_minutes: fn(u32) -> String,
    pub delivery_to: fn(&str) -> String,
    pub delivery_price: fn(&Money, &str) -> String,
    pub delivery_free: &'static str,
    pub more_areas: fn(u32) -> String,
    pub pay_with_mpesa_or_cash: &'static str,
    pub ask_on_whatsapp: &'static str,
    /// Of the product, its price and its address.
    pub ask_about: fn(&str, &str, &str) -> String,
    pub share: &'static str,
    pub share_on_whatsapp: &'static str,

    pub see_all: &'static str,
    pub newest: &'static str,
    pub shop_by_category: &'static str,
    pub how_it_works: &'static str,
    pub promise_delivery: fn(u32) -> String,
    pub promise_pay: &'static str,
    pub promise_pay_text: &'static str,
    pub promise_help: &'static str,
    pub promise_help_text: &'static str,
    pub nothing_for_sale: &'static str,
    pub nothing_for_sale_text: &'static str,
    pub home_description: fn(&str) -> String,

    pub from_price: &'static str,
    pub was_price: &'static str,
    pub now_price: &'static str,
    pub sold_out: &'static str,
    pub sold_out_text: &'static str,
    pub in_stock: &'static str,
    pub only_left: fn(u32) -> String,
    pub quantity: &'static str,
    pub choose: fn(&str) -> String,
    pub add_to_cart: &'static str,
    pub added: &'static str,
    pub not_added: &'static str,
    pub view_cart: &'static str,
    pub about_product: &'static str,
    pub more_like_this: &'static str,
    pub pictures_of: fn(&str) -> String,
    pub where_you_are: &'static str,

    pub products: fn(u32) -> String,
    pub sort: &'static str,
    pub sort_by: fn(Sort) -> &'static str,
    pub only_in_stock: &'static str,
    pub price_from: &'static str,
    pub price_to: &'static str,
    pub filter: &'static str,
    pub apply: &'static str,
    pub pages: &'static str,
    pub page_of: fn(u32, u32) -> String,
    pub next: &'static str,
    pub previous: &'static str,
    pub empty_list: &'static str,
    pub empty_list_text: &'static str,
    pub show_all: &'static str,

    pub results_for: fn(&str) -> String,
    pub no_results: fn(&str) -> String,
    pub no_results_text: &'static str,
    pub did_you_mean: &'static str,
    pub what_do_you_want: &'static str,

    pub your_cart: &'static str,
    pub cart_empty: &'static str,
    pub cart_empty_text: &'static str,
    pub continue_shopping: &'static str,
    pub update: &'static str,
    pub remove: &'static str,
    pub remove_what: fn(&str) -> String,
    pub quantity_of: fn(&str) -> String,
    pub each: fn(&Money) -> String,
    pub subtotal: &'static str,
    pub delivery: &'static str,
    pub total: &'static str,
    pub vat_inside: fn(&Money) -> String,
    pub checkout: &'static str,
    pub code: &'static str,
    pub code_question: &'static str,
    pub use_code: &'static str,
    pub short: fn(u32) -> String,
    pub gone: &'static str,

    pub bad_quantity: &'static str,
    pub short_stock: fn(&str, u32) -> String,
    pub cart_full: fn(u32) -> String,
    pub unknown_variant: &'static str,

    pub your_details: &'static str,
    pub name: &'static str,
    pub phone: &'static str,
    pub phone_hint: &'static str,
    pub email: &'static str,
    pub optional: &'static str,
    pub where_to: &'static str,
    pub delivery_area: &'static str,
    pub update_delivery: &'static str,
    pub street: &'static str,
    pub street_hint: &'static str,
    pub instructions: &'static str,
    pub instructions_hint: &'static str,
    pub how_to_pay: &'static str,
    pub method: fn(PaymentMethod) -> &'static str,
    pub method_text: fn(PaymentMethod) -> &'static str,
    pub mpesa_phone: &'static str,
    pub mpesa_phone_hint: &'static str,
    pub same_phone: fn(&str) -> String,
    pub whatsapp_opt_in: &'static str,
    pub your_order: &'static str,
    pub place_order: &'static str,
    pub place_order_text: &'static str,
    pub back_to_cart: &'static str,
    pub please_check: &'static str,
    pub changed_heading: &'static str,
    pub changed_text: &'static str,
    pub changed_total: fn(&Money, &Money) -> String,
    pub changed_price: fn(&str, &Money, &Money) -> String,
    pub changed_stock: fn(&str, u32, u32) -> String,
    pub below_minimum: fn(&str, &Money) -> String,
    pub minimum_of_area: fn(&Money) -> String,
    pub problem: fn(FieldProblem) -> &'static str,
    pub policy: fn(PolicyKind) -> &'static str,

    pub order_number: fn(OrderNumber) -> String,
    pub keep_link: &'static str,
    pub placed_on: fn(&str) -> String,
    pub check_phone: &'static str,
    pub waiting_text: fn(&str, &Money) -> String,
    pub waiting_steps: [&'static str; 3],
    pub waiting_how_long: &'static str,
    pub check_payment: &'static str,
    pub nothing_came: &'static str,
    pub checking: &'static str,
    pub checking_text: &'static str,
    pub pay_now_text: fn(&Money) -> String,
    pub order_kept: &'static str,
    pub held_until: fn(&str) -> String,
    pub no_money_moved: &'static str,
    pub pay_with_mpesa: &'static str,
    pub send_again: &'static str,
    /// Seconds.
    pub pause: fn(u32) -> String,
    pub outcome: fn(StkOutcome) -> OutcomeWords,
    pub paid: &'static str,
    pub paid_text: &'static str,
    pub receipt: fn(&str) -> String,
    pub cod: &'static str,
    pub cod_text: fn(&Money) -> String,
    pub closed: &'static str,
    pub closed_text: &'static str,
    pub refunded: &'static str,
    pub refunded_text: &'static str,
    pub where_it_is: &'static str,
    pub status: fn(OrderStatus) -> &'static str,
    pub step_placed: &'static str,
    /// In the place of "on the way", for who comes to the shop.
    pub step_ready: &'static str,
    pub step_done: &'static str,
    pub deliver_to: &'static str,
    pub help_with_order: &'static str,
    pub help_message: fn(OrderNumber) -> String,

    pub find_order_text: &'static str,
    pub order_number_label: &'static str,
    pub find: &'static str,
    pub find_miss: &'static str,

    pub not_found: &'static str,
    pub not_found_text: &'static str,
    pub broken: &'static str,
    pub broken_text: &'static str,
    pub reference: fn(&str) -> String,
    pub try_again: &'static str,
    pub unavailable: &'static str,
    pub unavailable_text: &'static str,
    pub remembered: &'static str,
    pub turned_away: fn(TurnedAway) -> TurnedAwayWords,
    pub unknown_field: fn(&str) -> String,
    pub no_such_order: &'static str,
}

/// Why a request was turned away before anybody looked at what it asks for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TurnedAway {
    /// A form that is none.
    Unreadable,
    /// Sent by a page of somebody else.
    Foreign,
    /// The browser does not say which page sent it, where that matters.
    Silent,
    TooLarge,
}

impl TurnedAway {
    pub const ALL: [Self; 4] = [Self::Unreadable, Self::Foreign, Self::Silent, Self::TooLarge];
}

/// What happened, what did not, what to do next.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TurnedAwayWords {
    pub heading: &'static str,
    pub text: &'static str,
}

/// What is said when a prompt did not end in money.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct OutcomeWords {
    pub heading: &'static str,
    /// What happened and what to do now.
    pub text: &'static str,
    /// True when it is certain that no money left the phone.
    pub is_money_safe: bool,
}

/// The words of a language.
pub const fn words(locale: Locale) -> &'static ShopWords {
    match locale {
        Locale::En => &en::WORDS,
        Locale::Sw => &sw::WORDS,
    }
}

/// Prompts after which late money cannot come: only then may a page say that none moved.
const fn is_money_safe(outcome: StkOutcome) -> bool {
    !matches!(
        outcome,
        StkOutcome::Paid | StkOutcome::Busy | StkOutcome::NoAnswer | StkOutcome::StillOpen | StkOutcome::Unknown
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_failed_prompt_is_explained_in_both_languages() {
        for locale in Locale::ALL {
            for outcome in StkOutcome::ALL {
                let told = (words(locale).outcome)(outcome);
                assert!(!told.heading.is_empty() && told.text.len() > 20, "{locale:?} {outcome:?}");
                for word in ["error", "invalid", "oops", "1032", "Error", "Invalid"] {
                    assert!(
                        !told.text.contains(word) && !told.heading.contains(word),
                        "{locale:?} {outcome:?} says {word}"
                    );
                }
            }
        }
    }

    #[test]
    fn silence_never_promises_that_no_money_moved() {
        for locale in Locale::ALL {
            let safe = |outcome| (words(locale).outcome)(outcome).is_money_safe;
            assert!(
                !safe(StkOutcome::NoAnswer)
                    && !safe(StkOutcome::Unknown)
                    && !safe(StkOutcome::StillOpen)
                    && !safe(StkOutcome::Busy)
            );
            assert!(safe(StkOutcome::Cancelled) && safe(StkOutcome::WrongPin) && safe(StkOutcome::LowBalance));
        }
    }

    #[test]
    fn a_time_is_said_in_the_unit_people_use() {
        let en = words(Locale::En).about_minutes;
        assert_eq!(
            [en(45), en(60), en(90), en(120), en(1_440), en(2_880)],
            ["about 45 minutes", "about 1 hour", "about 1½ hours", "about 2 hours", "about 1 day", "about 2 days"]
        );
        let sw = words(Locale::Sw).about_minutes;
        assert_eq!([sw(45), sw(120)], ["kama dakika 45", "ndani ya saa 2 hivi"]);
        for minutes in 60..1_440 {
            assert!(sw(minutes).starts_with("ndani ya saa "), "{} is an hour of the day as well", sw(minutes));
        }
    }
}
