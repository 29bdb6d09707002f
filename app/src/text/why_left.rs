//! Words of the question why somebody came back from the checkout.

use duka::{cart::why_left::WhyLeft, kernel::locale::Locale};

pub struct WhyLeftWords {
    pub question: &'static str,
    pub lead: &'static str,
    /// Before the field for their own words, which is written first: a tap sends the form.
    pub in_words: &'static str,
    pub why: fn(WhyLeft) -> &'static str,
    pub not_now: &'static str,
}

const EN: WhyLeftWords = WhyLeftWords {
    question: "Did something stop you?",
    lead: "One tap helps the shop to do better. Nobody learns who said it.",
    in_words: "In your own words first, if you like",
    why: |why| match why {
        WhyLeft::DeliveryCost => "Delivery costs too much",
        WhyLeft::PaymentFailure => "Paying did not work",
        WhyLeft::PriceSensitivity => "It is too expensive",
        WhyLeft::Other => "Something else",
    },
    not_now: "No, I am still looking",
};

const SW: WhyLeftWords = WhyLeftWords {
    question: "Kuna kitu kilikuzuia?",
    lead: "Mguso mmoja utasaidia duka kuboresha huduma. Hakuna atakayejua ni nani aliyesema.",
    in_words: "Ukipenda, kwanza kwa maneno yako",
    why: |why| match why {
        WhyLeft::DeliveryCost => "Gharama ya kuletewa ni kubwa",
        WhyLeft::PaymentFailure => "Malipo hayakufaulu",
        WhyLeft::PriceSensitivity => "Bei ni ghali",
        WhyLeft::Other => "Sababu nyingine",
    },
    not_now: "Hapana, bado naangalia",
};

/// The words of a language.
pub const fn words(locale: Locale) -> &'static WhyLeftWords {
    match locale {
        Locale::En => &EN,
        Locale::Sw => &SW,
    }
}
