//! Words of the settings: the shop, the business, M-Pesa, the team, what happened.

mod en;
mod sw;

use duka::kernel::{access::Permission, locale::Locale};

/// One row of the settings' table of contents: what it is and what it is for.
pub type Entry = (&'static str, &'static str);
/// A form's fields and what people call them.
pub type Labels = &'static [(&'static str, &'static str)];

pub struct SettingsWords {
    pub start: Entry,
    pub stores: Entry,
    pub business: Entry,
    pub domains: Entry,
    pub delivery: Entry,
    pub mpesa: Entry,
    pub cash: Entry,
    pub team: Entry,
    pub activity: Entry,
    /// What goes in and out: goods, people, money.
    pub records: Entry,
    pub records_lead: &'static str,
    /// Address, name and what it does.
    pub records_ways: &'static [(&'static str, &'static str, &'static str)],
    pub records_kept: &'static str,
    pub records_kept_text: &'static str,
    pub account: Entry,

    pub store_labels: Labels,
    pub store_looks: &'static str,
    pub store_contact: &'static str,
    pub store_delivery: &'static str,
    pub store_tax: &'static str,
    pub store_languages: &'static str,
    pub store_policies: &'static str,
    pub store_search: &'static str,
    pub search_hint: &'static str,
    pub unlisted: &'static str,
    pub colour_hint: &'static str,
    /// Colours that white words can be read on, and what they are called.
    pub colours: &'static [(&'static str, &'static str)],
    pub whatsapp_hint: &'static str,
    pub delivery_contact_hint: &'static str,
    pub vat_included: &'static str,
    pub vat_registered: &'static str,
    pub hold_hint: &'static str,
    pub prefix_hint: &'static str,
    pub policy_hint: &'static str,
    pub swahili: &'static str,
    pub currency: &'static str,
    pub currency_fixed: &'static str,
    pub address: &'static str,

    pub store_live: &'static str,
    pub store_closed: &'static str,
    pub store_chosen: &'static str,
    pub choose_store: &'static str,
    pub new_store: &'static str,
    pub new_store_labels: Labels,
    pub new_store_hint: &'static str,
    pub add_store: &'static str,

    pub business_labels: Labels,
    pub next_order: &'static str,
    pub next_order_hint: &'static str,
    pub plan: &'static str,
    pub plan_of: fn(&str) -> String,
    pub status: &'static str,
    pub status_of: fn(&str) -> &'static str,

    pub mpesa_lead: &'static str,
    pub mpesa_labels: Labels,
    pub mpesa_till: &'static str,
    pub mpesa_paybill: &'static str,
    pub mpesa_store_hint: &'static str,
    pub mpesa_till_hint: &'static str,
    pub mpesa_in_use: fn(&str) -> String,
    pub mpesa_none: &'static str,
    pub mpesa_candidate: &'static str,
    pub mpesa_test: &'static str,
    pub mpesa_test_text: &'static str,
    pub mpesa_test_labels: Labels,
    pub mpesa_test_send: &'static str,
    pub mpesa_test_waiting: fn(&str) -> String,
    pub mpesa_test_done: &'static str,
    pub mpesa_test_failed: fn(&str) -> &'static str,

    pub team_lead: &'static str,
    pub role_can: &'static str,
    pub permission: fn(Permission) -> &'static str,
    pub you: &'static str,
    pub left: &'static str,
    pub second_factor_on: &'static str,
    pub role: &'static str,
    pub give_role: &'static str,
    pub show_out: &'static str,
    pub let_in: &'static str,
    pub invite: &'static str,
    pub invite_labels: Labels,
    pub send_invite: &'static str,
    pub open_invites: &'static str,
    pub invite_link: &'static str,
    pub invite_over: &'static str,
    pub invite_lasts: fn(i64) -> String,
    pub revoke: &'static str,
    pub may: &'static str,
    pub may_not: &'static str,

    pub join_title: fn(&str) -> String,
    pub join_lead: fn(&str, &str) -> String,
    pub join_labels: Labels,
    pub join_password_hint: &'static str,
    pub join: &'static str,
    pub link_over: &'static str,
    pub link_over_text: &'static str,

    pub who: &'static str,
    pub what: &'static str,
    pub everybody: &'static str,
    pub everything: &'static str,
    pub filter: &'static str,
    pub nothing_happened: &'static str,
    pub from_where: &'static str,
    pub actor: fn(&str) -> &'static str,
    pub action: fn(&str) -> Option<&'static str>,
    pub newer: &'static str,
    pub older: &'static str,
}

/// The words of a language.
pub const fn words(locale: Locale) -> &'static SettingsWords {
    match locale {
        Locale::En => &en::WORDS,
        Locale::Sw => &sw::WORDS,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use duka::kernel::colour::parse_accent;

    #[test]
    fn every_colour_that_is_offered_may_be_taken_and_has_a_name() {
        for locale in Locale::ALL {
            for (colour, name) in words(locale).colours {
                assert!(parse_accent(colour).is_ok() && !name.is_empty(), "{colour} {name}");
            }
        }
    }
}
