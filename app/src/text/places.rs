//! What shoppers read about where their order goes: typing a place, what it costs there, until when that holds.

mod en;
mod sw;

use duka::delivery::offer::Arrival;
use duka::kernel::{locale::Locale, money::Money};
use duka::pages::storefront::{checkout::PlaceAnswer, order::Due};

/// The words of one language.
pub struct PlaceWords {
    pub place: &'static str,
    pub place_hint: &'static str,
    /// What was typed lies in this area.
    pub found: fn(&str, &str) -> String,
    pub which: &'static str,
    /// Stands in the list of areas while none is chosen.
    pub choose: &'static str,
    pub not_there: fn(&str) -> String,
    pub unknown: &'static str,
    /// The merchant has no area left.
    pub nowhere: &'static str,
    /// It comes on a later day, so many days from today.
    pub later: fn(u32) -> String,
    /// How many areas there are, and the least that one of them costs.
    pub more_areas_from: fn(u32, &Money) -> String,
    /// A price with its time, that rises with what is in the cart.
    pub from_price: fn(&str) -> String,
    /// When a placed order comes.
    pub due: fn(&Due) -> String,
    pub order_before: fn(&str) -> String,
    pub holds_until: fn(&str) -> String,
    pub collect: &'static str,
    pub collect_from_agent: &'static str,
    pub fee_changed: fn(&str, &Money, &Money) -> String,
    pub arrival_changed: fn(&str, &str) -> String,
    pub unpriced: fn(&str, &Money) -> String,
}

impl PlaceWords {
    /// Why what was typed is not enough; none when it is.
    pub fn question(&self, answer: &PlaceAnswer) -> Option<String> {
        match answer {
            PlaceAnswer::Nothing | PlaceAnswer::Found(_) => None,
            PlaceAnswer::Several(_) => Some(self.which.to_owned()),
            PlaceAnswer::NotThere(place) => Some((self.not_there)(place)),
            PlaceAnswer::Unknown => Some(self.unknown.to_owned()),
        }
    }

    /// When it comes: a day, or so many minutes as `about` says them.
    pub fn arrives(&self, arrival: Arrival, about: fn(u32) -> String) -> String {
        if arrival.is_next_day { (self.later)(arrival.days()) } else { about(arrival.minutes) }
    }
}

pub const fn words(locale: Locale) -> &'static PlaceWords {
    match locale {
        Locale::En => &en::WORDS,
        Locale::Sw => &sw::WORDS,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_day_is_told_as_a_day_and_minutes_as_minutes() {
        let arrival = |minutes, is_next_day| Arrival { minutes, is_next_day, order_before: None };
        let said = |locale, arrival| words(locale).arrives(arrival, crate::text::shop::words(locale).about_minutes);
        assert_eq!(said(Locale::En, arrival(1_920, true)), "tomorrow");
        assert_eq!(said(Locale::En, arrival(480 + 2_880, true)), "in 2 days");
        assert_eq!(said(Locale::En, arrival(120, false)), "about 2 hours");
        assert_eq!(said(Locale::Sw, arrival(1_920, true)), "kesho");
    }

    #[test]
    fn an_order_comes_on_a_day_or_at_an_hour_of_it() {
        let due = |in_days, hour: Option<&str>| Due { in_days, day: "30/11/2026".into(), hour: hour.map(Into::into) };
        let said = |locale, due: &Due| (words(locale).due)(due);
        assert_eq!(said(Locale::En, &due(1, None)), "tomorrow");
        assert_eq!(said(Locale::En, &due(0, Some("14:30"))), "today, about 14:30");
        assert_eq!(said(Locale::En, &due(3, None)), "on 30/11/2026");
        assert_eq!(said(Locale::En, &due(-1, Some("14:30"))), "on 30/11/2026, about 14:30");
        assert_eq!(said(Locale::Sw, &due(1, None)), "kesho");
        assert_eq!(said(Locale::Sw, &due(0, Some("14:30"))), "leo, kama saa 14:30");
    }

    #[test]
    fn only_what_needs_an_answer_is_a_question() {
        let answers = [
            PlaceAnswer::Nothing,
            PlaceAnswer::Found(None),
            PlaceAnswer::Several(Vec::new()),
            PlaceAnswer::NotThere("Lodwar".into()),
            PlaceAnswer::Unknown,
        ];
        for locale in Locale::ALL {
            for answer in &answers {
                assert_eq!(words(locale).question(answer).is_some(), answer.is_question(), "{answer:?}");
            }
        }
    }
}
