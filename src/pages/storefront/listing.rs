//! What an address asks of a list: which page of it, in which order, and what it is narrowed to.

use crate::kernel::query::in_query;
use serde::{Deserialize, Serialize};
use std::fmt::Write as _;

/// Products on one page of a list.
pub const PER_PAGE: u32 = 24;
/// Of a longer list only the first so many are sorted, narrowed and counted.
pub const MOST_LISTED: u32 = 5_000;
/// Nobody turns more pages by hand.
pub const LAST_PAGE: u32 = MOST_LISTED.div_ceil(PER_PAGE);
/// Brands, and choices of options, that one address may ask for.
pub const MOST_CHOSEN: usize = 8;
/// Where a price band ends and the next begins, in whole shillings.
pub const BAND_EDGES: [u32; 9] = [200, 500, 1_000, 2_500, 5_000, 10_000, 25_000, 50_000, 100_000];

/// Parts of a query that are looked at.
const MOST_READ: usize = 64;
/// Characters of a brand, of an option's name and of its value; longer ones are shown but cannot be chosen.
const LONGEST_BRAND: usize = 80;
const LONGEST_NAME: usize = 40;
const LONGEST_VALUE: usize = 80;

/// The order of a list, as the address spells it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Sort {
    #[default]
    Newest,
    PriceUp,
    PriceDown,
    Name,
    /// What fits the words that were typed comes first; only where words were typed.
    Best,
}

impl Sort {
    pub const ALL: [Self; 5] = [Self::Best, Self::Newest, Self::PriceUp, Self::PriceDown, Self::Name];
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Newest => "newest",
            Self::PriceUp => "price_up",
            Self::PriceDown => "price_down",
            Self::Name => "name",
            Self::Best => "best",
        }
    }
    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|sort| sort.as_str() == text)
    }
    /// The orders of a list whose usual one is `usual`.
    pub fn offered(usual: Self) -> impl Iterator<Item = Self> {
        Self::ALL.into_iter().filter(move |sort| *sort != Self::Best || usual == Self::Best)
    }
}

/// One value of an option: size M.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Choice {
    pub name: String,
    pub value: String,
}

impl Choice {
    /// `Size:M`.
    pub fn parse(text: &str) -> Option<Self> {
        let (name, value) = text.split_once(':')?;
        (is_readable(name, LONGEST_NAME) && is_readable(value, LONGEST_VALUE))
            .then(|| Self { name: name.to_owned(), value: value.to_owned() })
    }
    pub fn spelled(&self) -> String {
        format!("{}:{}", self.name, self.value)
    }
}

/// What the address asks for: `?page=&sort=&in_stock=&min=&max=&brand=&option=`, the last two as often as one likes.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
pub struct Listing {
    /// From 1.
    pub page: u32,
    pub sort: Sort,
    /// The order in which the list stands when nobody asks for one.
    pub usual: Sort,
    pub in_stock: bool,
    /// Whole shillings.
    pub min: Option<u32>,
    pub max: Option<u32>,
    /// One of these.
    pub brands: Vec<String>,
    /// Of each name one of its values.
    pub choices: Vec<Choice>,
}

impl Listing {
    /// The list as it stands when nobody asks for anything.
    pub fn plain(usual: Sort) -> Self {
        Self { page: 1, sort: usual, usual, ..Self::default() }
    }

    /// Unreadable values count as absent: links live long and get mangled. What is said twice is said by the first.
    pub fn read(usual: Sort, pairs: &[(String, String)]) -> Self {
        let pairs = &pairs[..pairs.len().min(MOST_READ)];
        let first = |wanted: &str| pairs.iter().find(|(name, _)| name == wanted).map(|(_, value)| value.trim());
        let every = |wanted: &'static str| {
            pairs.iter().filter(move |(name, _)| name == wanted).map(|(_, value)| value.as_str())
        };
        let number = |wanted: &str| first(wanted).and_then(|typed| typed.parse::<u32>().ok());
        let (mut min, mut max) = (number("min"), number("max"));
        if min.zip(max).is_some_and(|(min, max)| min > max) {
            std::mem::swap(&mut min, &mut max);
        }
        let mut brands: Vec<String> =
            every("brand").filter(|brand| is_readable(brand, LONGEST_BRAND)).map(str::to_owned).collect();
        brands.truncate(MOST_CHOSEN);
        brands.sort();
        brands.dedup();
        let mut choices: Vec<Choice> = every("option").filter_map(Choice::parse).collect();
        choices.truncate(MOST_CHOSEN);
        choices.sort();
        choices.dedup();
        Self {
            page: number("page").unwrap_or(1).clamp(1, LAST_PAGE),
            sort: first("sort")
                .and_then(Sort::parse)
                .filter(|sort| Sort::offered(usual).any(|offered| offered == *sort))
                .unwrap_or(usual),
            usual,
            in_stock: first("in_stock").is_some_and(|typed| !matches!(typed, "" | "0" | "false" | "off")),
            min,
            max,
            brands,
            choices,
        }
    }

    /// Whether something of the list may be left out.
    pub fn is_narrowed(&self) -> bool {
        self.in_stock || self.min.is_some() || self.max.is_some() || !self.brands.is_empty() || !self.choices.is_empty()
    }

    /// Whether it is the list itself, as far as one page of it goes.
    pub fn is_plain(&self) -> bool {
        !self.is_narrowed() && self.sort == self.usual
    }

    /// The one address of this list under `path`, which may have a query of its own; what is usual is left out.
    pub fn address(&self, path: &str) -> String {
        let mut address = path.to_owned();
        let mut mark = if path.contains('?') { '&' } else { '?' };
        let mut add = |name: &str, value: &str| {
            // Writing to a string cannot fail.
            let _ = write!(address, "{mark}{name}={}", in_query(value));
            mark = '&';
        };
        if self.page > 1 {
            add("page", &self.page.to_string());
        }
        if self.sort != self.usual {
            add("sort", self.sort.as_str());
        }
        if self.in_stock {
            add("in_stock", "1");
        }
        if let Some(min) = self.min {
            add("min", &min.to_string());
        }
        if let Some(max) = self.max {
            add("max", &max.to_string());
        }
        for brand in &self.brands {
            add("brand", brand);
        }
        for choice in &self.choices {
            add("option", &choice.spelled());
        }
        address
    }

    /// Another page of the same list.
    #[must_use]
    pub fn at(&self, page: u32) -> Self {
        Self { page, ..self.clone() }
    }
    /// The same list from its beginning, between these prices.
    #[must_use]
    pub fn priced(&self, min: Option<u32>, max: Option<u32>) -> Self {
        Self { page: 1, min, max, ..self.clone() }
    }
    /// The same list from its beginning, with what is sold out.
    #[must_use]
    pub fn with_sold_out(&self) -> Self {
        Self { page: 1, in_stock: false, ..self.clone() }
    }
    /// The same list from its beginning, without asking for this brand.
    #[must_use]
    pub fn without_brand(&self, brand: &str) -> Self {
        let brands = self.brands.iter().filter(|one| *one != brand).cloned().collect();
        Self { page: 1, brands, ..self.clone() }
    }
    /// The same list from its beginning, without asking for this choice.
    #[must_use]
    pub fn without_choice(&self, choice: &Choice) -> Self {
        let choices = self.choices.iter().filter(|one| *one != choice).cloned().collect();
        Self { page: 1, choices, ..self.clone() }
    }
}

/// What a list could be narrowed to, with how many products each would leave, given everything else that is chosen.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Facets {
    pub in_stock: u32,
    pub bands: Vec<Band>,
    pub brands: Vec<Tally>,
    pub options: Vec<OptionTally>,
}

/// Products between two prices, in whole shillings, both included.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Band {
    pub min: Option<u32>,
    pub max: Option<u32>,
    pub count: u32,
}

impl Band {
    /// The band before the edge at `place`, or after the last.
    pub fn at(place: usize, count: u32) -> Self {
        let min = place.checked_sub(1).and_then(|before| BAND_EDGES.get(before)).copied();
        let max = BAND_EDGES.get(place).map(|edge| edge - 1);
        Self { min, max, count }
    }
}

/// A value with how many products have it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Tally {
    pub value: String,
    pub count: u32,
}

/// An option with its values, the most common first.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct OptionTally {
    pub name: String,
    pub values: Vec<Tally>,
}

fn is_readable(text: &str, most: usize) -> bool {
    !text.trim().is_empty() && text.chars().count() <= most && !text.chars().any(char::is_control)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(pairs: &[(&str, &str)]) -> Listing {
        let pairs: Vec<_> = pairs.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect();
        Listing::read(Sort::Newest, &pairs)
    }

    #[test]
    fn every_spelling_of_a_list_has_one_address() {
        let asked = [
            ("option", "Size:M"),
            ("brand", "B & C"),
            ("brand", "A"),
            ("brand", "A"),
            ("sort", "price_up"),
            ("page", " 2 "),
            ("in_stock", "on"),
            ("min", "x"),
        ];
        let spelled = "/c/bags?page=2&sort=price_up&in_stock=1&brand=A&brand=B%20%26%20C&option=Size%3AM";
        assert_eq!(read(&asked).address("/c/bags"), spelled);
        let usual = [("page", "1"), ("sort", "newest"), ("in_stock", "0"), ("max", "-5"), ("brand", ""), ("min", "")];
        assert_eq!(read(&usual), Listing::plain(Sort::Newest));
        assert_eq!(read(&usual).address("/search?q=kikoi"), "/search?q=kikoi");
        assert_eq!(read(&[("max", "9")]).address("/search?q=kikoi"), "/search?q=kikoi&max=9");
    }

    #[test]
    fn what_cannot_be_meant_counts_as_absent() {
        let long = "x".repeat(81);
        for pair in [
            ("page", "0"),
            ("page", "-1"),
            ("page", "1e9"),
            ("sort", "best"),
            ("sort", "'; drop table products"),
            ("min", "-1"),
            ("min", "99999999999999999999"),
            ("max", "NaN"),
            ("brand", "a\0b"),
            ("brand", "\u{7}"),
            ("brand[]", "A"),
            ("brand", long.as_str()),
            ("option", "Size"),
            ("option", ":M"),
            ("option", "Size:"),
            ("option", "Size:M\n"),
            ("nobody", "asked"),
        ] {
            assert_eq!(read(&[pair]), Listing::plain(Sort::Newest), "{pair:?}");
        }
        assert_eq!(read(&[("page", "4000000000")]).page, LAST_PAGE);
        assert_eq!((read(&[("page", "2"), ("page", "3")])).page, 2);
        let turned = read(&[("min", "500"), ("max", "100")]);
        assert_eq!((turned.min, turned.max), (Some(100), Some(500)));
    }

    #[test]
    fn an_address_asks_for_few_things() {
        let names: Vec<String> = (0..500).map(|at| format!("Brand {at}")).collect();
        let pairs: Vec<_> = names.iter().map(|name| ("brand", name.as_str())).collect();
        assert_eq!(read(&pairs).brands.len(), MOST_CHOSEN);
    }

    #[test]
    fn bands_meet_without_a_gap() {
        assert_eq!((Band::at(0, 1).min, Band::at(0, 1).max), (None, Some(199)));
        assert_eq!((Band::at(1, 1).min, Band::at(1, 1).max), (Some(200), Some(499)));
        assert_eq!((Band::at(9, 1).min, Band::at(9, 1).max), (Some(100_000), None));
    }
}
