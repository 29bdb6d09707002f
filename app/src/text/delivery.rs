//! What a merchant reads about delivery areas: what decides their fee and time, and what a place would pay.

mod en;
mod sw;

use duka::delivery::offer::{Arrival, Rule};
use duka::kernel::locale::Locale;

/// The words of one language.
pub struct DeliveryWords {
    // An area's rules.
    pub rules: &'static str,
    pub aliases: &'static str,
    pub aliases_hint: &'static str,
    pub kind: &'static str,
    /// A place, the shop, everywhere else.
    pub kinds: [&'static str; 3],
    pub minimum: &'static str,
    pub minimum_hint: &'static str,
    pub free_from: &'static str,
    pub free_from_hint: &'static str,
    pub cut_off: &'static str,
    pub cut_off_hint: &'static str,
    pub no_cut_off: &'static str,
    pub band_by: &'static str,
    /// Weight, value.
    pub measures: [&'static str; 2],
    pub bands: &'static str,
    pub bands_hint: &'static str,
    // The list.
    pub collected: &'static str,
    pub the_rest: &'static str,
    pub from_minimum: fn(&str) -> String,
    pub free_above: fn(&str) -> String,
    pub until: fn(&str) -> String,
    pub in_steps: &'static str,
    // What a place would pay.
    pub try_link: &'static str,
    pub trial_title: &'static str,
    pub trial_lead: &'static str,
    pub place: &'static str,
    pub place_hint: &'static str,
    pub goods: &'static str,
    pub grams: &'static str,
    pub grams_hint: &'static str,
    pub reckon: &'static str,
    /// Above fields that cannot be reckoned with.
    pub not_reckoned: &'static str,
    pub area: &'static str,
    pub fee: &'static str,
    pub rule: &'static str,
    pub rule_of: fn(&Rule) -> String,
    pub arrives: &'static str,
    pub within: fn(u32) -> String,
    pub later: fn(u32) -> String,
    pub ordered_before: fn(&str) -> String,
    pub below_minimum: fn(&str) -> String,
    pub several: &'static str,
    pub not_there: fn(&str) -> String,
    pub unknown: &'static str,
    pub understood: fn(&str) -> String,
    pub back_to_areas: &'static str,
}

impl DeliveryWords {
    pub fn arrival(&self, arrival: Arrival) -> String {
        if arrival.is_next_day {
            return (self.later)(arrival.days());
        }
        let within = (self.within)(arrival.minutes);
        match arrival.order_before {
            Some(minute) => {
                format!("{within}, {}", (self.ordered_before)(&duka::delivery::zone_form::clock(minute)))
            }
            None => within,
        }
    }
}

pub const fn words(locale: Locale) -> &'static DeliveryWords {
    match locale {
        Locale::En => &en::WORDS,
        Locale::Sw => &sw::WORDS,
    }
}

/// Grams as people write a weight: `2.5 kg`.
fn kilograms(grams: i64) -> String {
    let text = format!("{}.{:03}", grams / 1_000, grams % 1_000);
    format!("{} kg", text.trim_end_matches('0').trim_end_matches('.'))
}

#[cfg(test)]
mod tests {
    use super::*;
    use duka::kernel::money::Money;

    #[test]
    fn each_rule_has_its_own_sentence_with_its_facts() {
        let rules = [
            Rule::Flat,
            Rule::Collected,
            Rule::FreeFrom(Money::shillings(5_000)),
            Rule::Weight(2_500),
            Rule::Value(Money::shillings(3_000)),
            Rule::Agent,
        ];
        for locale in Locale::ALL {
            let said: Vec<String> = rules.iter().map(words(locale).rule_of).collect();
            let unlike: std::collections::BTreeSet<&String> = said.iter().collect();
            assert_eq!(unlike.len(), rules.len());
            assert!(
                said[2].contains("KSh 5,000") && said[3].contains("2.5 kg") && said[4].contains("KSh 3,000"),
                "{said:?}"
            );
        }
        assert_eq!((kilograms(2_000), kilograms(50)), ("2 kg".to_owned(), "0.05 kg".to_owned()));
    }
}
