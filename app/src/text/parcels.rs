//! Words about an order's parcel: for staff who give it away, and for the buyer who waits for it.

mod en;
mod sw;

use duka::delivery::partners::contract::ParcelState;
use duka::kernel::{locale::Locale, money::Money, order_number::OrderNumber};
use duka::pages::dashboard::parcel::{Problem, Stage};
use duka::pages::storefront::order::ParcelStage;

pub struct ParcelWords {
    pub title: &'static str,
    pub title_of: fn(OrderNumber) -> String,
    pub lead: fn(&str) -> String,
    pub tries: &'static str,
    pub none_yet: &'static str,
    /// What became of a try, as a short heading.
    pub stage: fn(Stage) -> &'static str,
    /// What to do about it; none where nothing needs to be done.
    pub advice: fn(Stage) -> Option<&'static str>,
    /// The advice for what was given away before it was written down.
    pub given_away: &'static str,
    pub partner_said: fn(&str) -> String,
    pub code: &'static str,
    pub cost: fn(&Money) -> String,
    pub to_agent: &'static str,
    pub look_again: &'static str,
    pub book_title: &'static str,
    pub book_lead: &'static str,
    pub agent: &'static str,
    pub no_agent: &'static str,
    pub book: &'static str,
    pub unpaid: &'static str,
    pub by_hand_title: &'static str,
    pub by_hand_lead: &'static str,
    pub carrier: &'static str,
    pub carrier_hint: &'static str,
    pub typed_code: &'static str,
    pub code_hint: &'static str,
    pub typed_cost: &'static str,
    pub cost_hint: &'static str,
    pub write_down: &'static str,
    pub where_title: &'static str,
    /// A button that says where a parcel is.
    pub say: fn(ParcelState) -> &'static str,
    /// The buyer's page.
    pub yours: &'static str,
    pub with_carrier: fn(&str) -> String,
    pub pick_up_at: fn(&str) -> String,
    pub where_it_is: fn(ParcelStage, bool) -> &'static str,
}

pub const fn words(locale: Locale) -> &'static ParcelWords {
    match locale {
        Locale::En => &en::WORDS,
        Locale::Sw => &sw::WORDS,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_way_to_fail_says_what_to_do_and_says_it_differently() {
        let problems = [Problem::NotReached, Problem::NotAccepted, Problem::Refused, Problem::Unclear];
        for locale in Locale::ALL {
            let mut said: Vec<&str> =
                problems.iter().filter_map(|problem| (words(locale).advice)(Stage::Failed(*problem))).collect();
            said.sort_unstable();
            said.dedup();
            assert_eq!(said.len(), problems.len());
            assert_eq!((words(locale).advice)(Stage::Booked(ParcelState::Delivered)), None);
        }
    }
}
