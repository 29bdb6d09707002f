//! Words of the dashboard about money that comes by hand: the rules, writing it down, a link to send to the buyer.

mod en;
mod sw;

use duka::kernel::{locale::Locale, money::Money, order_number::OrderNumber};

/// A form's fields and what people call them.
pub type Labels = &'static [(&'static str, &'static str)];

/// The words of one language.
pub struct CashWords {
    // The rules.
    pub rules_title: &'static str,
    pub rules_lead: &'static str,
    pub cash: &'static str,
    pub rules_labels: Labels,
    pub most_hint: &'static str,
    pub everywhere: &'static str,
    pub only_chosen: &'static str,
    pub zones: &'static str,
    pub least_hint: &'static str,
    pub refused_hint: &'static str,
    pub deposit: &'static str,
    pub deposit_lead: &'static str,
    pub deposit_hint: &'static str,
    pub deposit_from_hint: &'static str,
    pub deposit_new_only: &'static str,
    pub manual: &'static str,
    pub manual_lead: &'static str,
    pub manual_name_hint: &'static str,
    pub manual_hint: &'static str,
    // Writing it down.
    pub money_title: &'static str,
    pub money_of: fn(OrderNumber) -> String,
    pub money_lead: &'static str,
    pub money_labels: Labels,
    pub in_cash: &'static str,
    pub by_hand: &'static str,
    pub brought_by_hint: &'static str,
    pub note_hint: &'static str,
    pub record: &'static str,
    pub to_pay: fn(&Money) -> String,
    pub is_paid: &'static str,
    pub is_closed: &'static str,
    pub paid_now: &'static str,
    pub in_part: fn(&Money) -> String,
    pub too_much: &'static str,
    pub known: &'static str,
    pub taken_before: &'static str,
    pub brought: fn(&str) -> String,
    pub by_rider: &'static str,
    // A link for the buyer.
    pub link_title: &'static str,
    pub link_of: fn(OrderNumber) -> String,
    pub link_lead: &'static str,
    pub link_label: &'static str,
    pub link_hint: &'static str,
    pub send_on_whatsapp: &'static str,
    pub nothing_to_pay: &'static str,
    /// Number, what is to be paid, the shop's name, the address; in the buyer's language.
    pub link_message: fn(OrderNumber, &Money, &str, &str) -> String,
    /// The same where nothing can be paid on the page: number, the shop's name, the address.
    pub see_message: fn(OrderNumber, &str, &str) -> String,
    // A link for the rider.
    pub rider_title: &'static str,
    pub rider_of: fn(OrderNumber) -> String,
    pub rider_lead: &'static str,
    pub rider_label: &'static str,
    pub rider_until: fn(&str) -> String,
    pub rider_none: &'static str,
    pub make_link: &'static str,
    pub make_another: &'static str,
    pub another_text: &'static str,
    pub rider_message: fn(OrderNumber, &str) -> String,
    pub not_accepted: &'static str,
}

pub const fn words(locale: Locale) -> &'static CashWords {
    match locale {
        Locale::En => &en::WORDS,
        Locale::Sw => &sw::WORDS,
    }
}
