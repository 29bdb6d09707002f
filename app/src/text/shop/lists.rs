//! Words of lists of products: what they can be narrowed to, and what is said when there is nothing in them.

use duka::kernel::{locale::Locale, money::Money};

pub struct ListWords {
    pub price: &'static str,
    /// Whole shillings, both included.
    pub price_between: fn(Option<u32>, Option<u32>) -> String,
    pub brand: &'static str,
    pub chosen: &'static str,
    pub clear_all: &'static str,
    pub more_than: fn(u32) -> String,
    /// Of a category that has no product, whatever is chosen.
    pub empty_shelf: &'static str,
    /// To the merchant, when a search has found nothing.
    pub ask_whether: fn(&str) -> String,
    /// On the search page before anything is typed.
    pub not_asked_yet: &'static str,
    pub retired: fn(&str) -> String,
    pub retired_text: &'static str,
}

const EN: ListWords = ListWords {
    price: "Price",
    price_between: |min, max| match (min, max) {
        (Some(min), Some(max)) => format!("{} to {}", shillings(min), shillings(max)),
        (Some(min), None) => format!("{} and more", shillings(min)),
        (None, Some(max)) => format!("Up to {}", shillings(max)),
        (None, None) => "Any price".to_owned(),
    },
    brand: "Brand",
    chosen: "Chosen",
    clear_all: "Clear all",
    empty_shelf: "Nothing stands on this shelf yet.",
    more_than: |count| format!("More than {count} products; the newest are here"),
    ask_whether: |words| format!("Hello, do you have “{words}”?"),
    not_asked_yet: "Type it above, in English or in Swahili, or look through the categories.",
    retired: |product| format!("{product} is not sold any more"),
    retired_text: "We have taken it out of the shop. Perhaps something like it will do.",
};

const SW: ListWords = ListWords {
    price: "Bei",
    price_between: |min, max| match (min, max) {
        (Some(min), Some(max)) => format!("{} hadi {}", shillings(min), shillings(max)),
        (Some(min), None) => format!("{} na zaidi", shillings(min)),
        (None, Some(max)) => format!("Hadi {}", shillings(max)),
        (None, None) => "Bei yoyote".to_owned(),
    },
    brand: "Chapa",
    chosen: "Ulichochagua",
    clear_all: "Ondoa zote",
    empty_shelf: "Bado hakuna bidhaa kwenye rafu hii.",
    more_than: |count| format!("Zaidi ya bidhaa {count}; hapa ni zile mpya"),
    ask_whether: |words| format!("Habari, je, mko na “{words}”?"),
    not_asked_yet: "Iandike hapo juu, kwa Kiswahili au Kiingereza, au pitia aina za bidhaa.",
    retired: |product| format!("{product} haiuzwi tena"),
    retired_text: "Tumeitoa dukani. Huenda nyingine kama hiyo itakufaa.",
};

/// The words of a language.
pub const fn words(locale: Locale) -> &'static ListWords {
    match locale {
        Locale::En => &EN,
        Locale::Sw => &SW,
    }
}

fn shillings(whole: u32) -> Money {
    Money::shillings(i64::from(whole))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_price_band_is_said_as_people_say_it() {
        let en = words(Locale::En).price_between;
        assert_eq!(
            [en(None, Some(199)), en(Some(1_000), Some(2_499)), en(Some(100_000), None)],
            ["Up to KSh 199", "KSh 1,000 to KSh 2,499", "KSh 100,000 and more"]
        );
        let sw = words(Locale::Sw).price_between;
        assert_eq!(sw(Some(200), Some(499)), "KSh 200 hadi KSh 499");
    }
}
