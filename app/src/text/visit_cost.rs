//! Words of the page that says what a visit costs in mobile data.

use duka::{
    kernel::{locale::Locale, money::Money},
    pages::storefront::visit_cost::Stop,
};

pub struct VisitCostWords {
    pub title: &'static str,
    pub lead: &'static str,
    pub page: &'static str,
    pub text: &'static str,
    pub pictures: &'static str,
    pub price: &'static str,
    pub stop: fn(Stop) -> &'static str,
    pub once: &'static str,
    pub on_touch: &'static str,
    pub total: &'static str,
    /// What a megabyte is reckoned at.
    pub rate: fn(Money) -> String,
    pub kilobytes: fn(&str) -> String,
}

const EN: VisitCostWords = VisitCostWords {
    title: "What a visit costs in data",
    lead: "Weighed just now: this shop’s own pages, as a small phone gets them, with every picture on them. What your phone has already is not sent again.",
    page: "Page",
    text: "Text",
    pictures: "Pictures",
    price: "Price",
    stop: |stop| match stop {
        Stop::Home => "Front page",
        Stop::Category => "A category",
        Stop::Product => "A product",
    },
    once: "What your phone keeps, sent once",
    on_touch: "Help with choosing, sent once when you touch it",
    total: "All of it",
    rate: |rate| {
        format!("Reckoned at {rate} for a megabyte, as bundles without expiry cost. Paying with M-Pesa uses no data.")
    },
    kilobytes: |number| format!("{number} kB"),
};

const SW: VisitCostWords = VisitCostWords {
    title: "Data inayotumika ukitembelea duka",
    lead: "Imepimwa sasa hivi: kurasa za duka hili, kama simu ndogo inavyozipata, pamoja na picha zake zote. Kile ambacho simu yako tayari inacho hakitumwi tena.",
    page: "Ukurasa",
    text: "Maandishi",
    pictures: "Picha",
    price: "Bei",
    stop: |stop| match stop {
        Stop::Home => "Ukurasa wa mwanzo",
        Stop::Category => "Kundi moja",
        Stop::Product => "Bidhaa moja",
    },
    once: "Kinachobaki kwenye simu, hutumwa mara moja",
    on_touch: "Msaada wa kuchagua, hutumwa mara moja ukigusa",
    total: "Jumla yote",
    rate: |rate| {
        format!(
            "Imehesabiwa kwa {rate} kwa megabaiti moja, kama bando zisizoisha muda. Kulipa kwa M-Pesa hakutumii data."
        )
    },
    kilobytes: |number| format!("kB {number}"),
};

/// The words of a language.
pub const fn words(locale: Locale) -> &'static VisitCostWords {
    match locale {
        Locale::En => &EN,
        Locale::Sw => &SW,
    }
}
