//! Words of those who buy: the list, its groups, one person, what they said, and their data.

mod en;
mod sw;

use duka::customers::consent::{Channel, Purpose, Source, Standing};
use duka::kernel::{field_errors::FieldProblem, locale::Locale, money::Money};
use duka::pages::dashboard::customers::list::Sort;

/// Every word and sentence, so that a language with a gap does not compile.
pub struct CustomerWords {
    // The list.
    pub title: &'static str,
    pub lead: &'static str,
    pub search: &'static str,
    pub sort: &'static str,
    pub sorts: fn(Sort) -> &'static str,
    pub show: &'static str,
    pub everybody: &'static str,
    pub found: fn(u32) -> String,
    pub nobody_yet: &'static str,
    pub nobody_here: &'static str,
    pub show_all: &'static str,
    pub orders: fn(u32) -> String,
    pub last_paid: fn(&str) -> String,
    pub never_paid: &'static str,
    pub no_name: &'static str,
    pub leaving: &'static str,
    pub newer: &'static str,
    pub older: &'static str,
    // One person.
    pub all_customers: &'static str,
    pub chat: &'static str,
    pub call: &'static str,
    pub facts: &'static str,
    pub spent: &'static str,
    pub spent_hint: &'static str,
    pub order_count: &'static str,
    pub cancelled: fn(u32) -> String,
    pub last_order: &'static str,
    pub credit: &'static str,
    pub areas: &'static str,
    pub times: fn(&str, u32) -> String,
    pub last_seen: &'static str,
    pub since: &'static str,
    pub recent_orders: &'static str,
    pub all_orders: &'static str,
    pub no_orders: &'static str,
    pub edit: &'static str,
    pub labels: &'static [(&'static str, &'static str)],
    pub tags_hint: &'static str,
    pub places: &'static str,
    pub no_places: &'static str,
    pub place_labels: &'static [(&'static str, &'static str)],
    pub told_hint: &'static str,
    pub found_hint: &'static str,
    pub usual_place: &'static str,
    pub change_place: &'static str,
    pub riders_say: &'static str,
    pub steps: &'static str,
    pub step: fn(&str) -> &'static str,
    pub no_steps: &'static str,
    // What they said.
    pub consent: &'static str,
    pub consent_lead: &'static str,
    pub channel: fn(Channel) -> &'static str,
    pub purpose: fn(Purpose) -> &'static str,
    pub standing: fn(Standing) -> &'static str,
    pub may_write: &'static str,
    pub may_not_write: &'static str,
    pub history: &'static str,
    pub said_yes: &'static str,
    pub said_no: &'static str,
    pub source: fn(Source) -> &'static str,
    pub written_by: fn(&str) -> String,
    pub note_said: &'static str,
    pub consent_labels: &'static [(&'static str, &'static str)],
    // Groups.
    pub groups: &'static str,
    pub groups_lead: &'static str,
    pub group_labels: &'static [(&'static str, &'static str)],
    pub rules_hint: &'static str,
    pub spent_at_least: &'static str,
    pub new_group: &'static str,
    pub add_group: &'static str,
    pub no_groups: &'static str,
    pub members: fn(u32) -> String,
    pub remove_group: &'static str,
    pub edit_group: &'static str,
    pub rule_within: fn(i32) -> String,
    pub rule_silent: fn(i32) -> String,
    pub rule_spent: fn(&Money) -> String,
    pub rule_area: fn(&str) -> String,
    pub rule_tag: fn(&str) -> String,
    pub silent_too_long: &'static str,
    pub no_rule: &'static str,
    // Their data.
    pub data: &'static str,
    pub data_of: fn(&str) -> String,
    pub data_lead: &'static str,
    pub export: &'static str,
    pub export_text: &'static str,
    pub export_button: &'static str,
    pub erase: &'static str,
    pub erase_text: &'static str,
    pub erase_now: &'static str,
    pub erase_later: fn(&[String], u32) -> String,
    pub erase_credit: fn(&Money) -> String,
    pub erase_sure: &'static str,
    pub erase_button: &'static str,
    pub erase_waits: fn(&str) -> String,
    pub erase_soon: &'static str,
    pub erase_doubted: &'static str,
    /// Before what erasing somebody who is doubted does.
    pub erase_if_them: &'static str,
    pub keep_button: &'static str,
}

/// The words of a language.
pub const fn words(locale: Locale) -> &'static CustomerWords {
    match locale {
        Locale::En => &en::WORDS,
        Locale::Sw => &sw::WORDS,
    }
}

/// What is wrong with a field of a group; the words say what it is about.
pub fn group_problem(locale: Locale, field: &str, problem: FieldProblem) -> &'static str {
    match (field, problem) {
        ("silent", FieldProblem::TooHigh) => words(locale).silent_too_long,
        ("within", FieldProblem::Missing) => words(locale).no_rule,
        _ => super::still::problem(locale, problem),
    }
}
