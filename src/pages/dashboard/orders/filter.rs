//! What the address of the list of orders asks for, and how an address is written that asks for it.

use crate::{
    kernel::query::in_query,
    orders::{
        channel::Channel,
        status::{OrderStatus, PaymentState},
        tags::one_tag,
    },
    pages::dashboard::looked_at,
};
use chrono::NaiveDate;

/// Of `status`: paid, or to be paid in cash and not yet accepted.
pub const TO_PACK: &str = "to_pack";
const WORDS_LENGTH: usize = 100;

/// All fields may be empty text; what makes no sense counts as absent.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct OrderFilter {
    /// Order number, name, phone, or M-Pesa receipt.
    pub words: String,
    /// A word of `orders.status`, or `to_pack`.
    pub status: String,
    /// A word of `orders.payment_status`.
    pub paid: String,
    /// A word of `orders.channel`.
    pub channel: String,
    pub area: String,
    /// First and last day by the shop's clock, `2026-11-28`.
    pub from: String,
    pub to: String,
    pub tag: String,
    /// From 1.
    pub page: u32,
}

impl OrderFilter {
    /// The choices offered above the list: all, then in the order of an order's life.
    pub const OFFERED: [&'static str; 7] =
        ["", TO_PACK, "awaiting_payment", "packing", "dispatched", "delivered", "cancelled"];
    /// The fields of the form that searches, in the order in which an address has them.
    pub const FIELDS: [&'static str; 8] = ["words", "status", "paid", "channel", "area", "from", "to", "tag"];

    /// Reads what an address or a form carries; `field` gives the value of a name.
    pub fn read<'a>(field: impl Fn(&str) -> &'a str) -> Self {
        let short = |name: &str| looked_at(field(name), WORDS_LENGTH);
        let known = |name: &str, is_known: fn(&str) -> bool| Some(short(name)).filter(|word| is_known(word));
        let day = |name: &str| parse_day(&short(name)).map(|day| day.to_string()).unwrap_or_default();
        Self {
            words: short("words"),
            status: known("status", |word| word == TO_PACK || OrderStatus::parse(word).is_some()).unwrap_or_default(),
            paid: known("paid", |word| PaymentState::parse(word).is_some()).unwrap_or_default(),
            channel: known("channel", |word| Channel::parse(word).is_some()).unwrap_or_default(),
            area: short("area"),
            from: day("from"),
            to: day("to"),
            tag: one_tag(&short("tag")).ok().flatten().unwrap_or_default(),
            page: field("page").parse().unwrap_or(1).max(1),
        }
    }

    /// The value of a field of [`Self::FIELDS`].
    pub fn value(&self, field: &str) -> &str {
        match field {
            "words" => &self.words,
            "status" => &self.status,
            "paid" => &self.paid,
            "channel" => &self.channel,
            "area" => &self.area,
            "from" => &self.from,
            "to" => &self.to,
            "tag" => &self.tag,
            _ => "",
        }
    }

    /// Does it leave anything out?
    pub fn is_narrow(&self) -> bool {
        Self::FIELDS.iter().any(|field| !self.value(field).is_empty())
    }

    /// Is more than words and status asked for?
    pub fn is_detailed(&self) -> bool {
        Self::FIELDS[2..].iter().any(|field| !self.value(field).is_empty())
    }

    /// What stands behind the `?`; page 1 and what is empty are said by saying nothing.
    pub fn query(&self) -> String {
        let page = if self.page > 1 { self.page.to_string() } else { String::new() };
        Self::FIELDS
            .iter()
            .map(|field| (*field, self.value(field)))
            .chain([("page", page.as_str())])
            .filter(|(_, value)| !value.is_empty())
            .map(|(name, value)| format!("{name}={}", in_query(value)))
            .collect::<Vec<_>>()
            .join("&")
    }

    pub(super) fn statuses(&self) -> Option<Vec<String>> {
        match self.status.as_str() {
            "" => None,
            TO_PACK => Some(vec!["paid".to_owned(), "pending".to_owned()]),
            word => Some(vec![word.to_owned()]),
        }
    }

    pub(super) fn days(&self) -> (Option<NaiveDate>, Option<NaiveDate>) {
        (parse_day(&self.from), parse_day(&self.to))
    }
}

fn parse_day(text: &str) -> Option<NaiveDate> {
    NaiveDate::parse_from_str(text, "%Y-%m-%d").ok().filter(|day| (2000..2100).contains(&chrono::Datelike::year(day)))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(pairs: &'static [(&'static str, &'static str)]) -> OrderFilter {
        OrderFilter::read(|name| pairs.iter().find(|(field, _)| *field == name).map_or("", |(_, value)| value))
    }

    #[test]
    fn an_address_says_only_what_differs_from_the_whole_list() {
        assert_eq!(read(&[]).query(), "");
        let found = read(&[("words", " a&b c "), ("status", "to_pack"), ("tag", "GIFT"), ("page", "2")]);
        assert_eq!(found.query(), "words=a%26b%20c&status=to_pack&tag=gift&page=2");
        assert!(found.is_narrow() && found.is_detailed());
    }

    #[test]
    fn what_makes_no_sense_counts_as_absent() {
        let odd = read(&[
            ("status", "shipped"),
            ("paid", "yes"),
            ("channel", "fax"),
            ("from", "2026-02-30"),
            ("to", "99999-01-01"),
            ("page", "-3"),
        ]);
        assert_eq!(odd, OrderFilter { page: 1, ..OrderFilter::default() });
        assert!(!odd.is_narrow());
    }
}
