//! What is said of a line of the cart that is not as it was when it was put in.

use super::shop;
use duka::{
    kernel::{locale::Locale, money::Money},
    pages::storefront::cart::CartLine,
};

pub struct LineNoteWords {
    /// What one cost, and what it costs now.
    pub price: fn(&Money, &Money) -> String,
}

const EN: LineNoteWords = LineNoteWords { price: |was, now| format!("Was {was} when you put it in, now {now}.") };

const SW: LineNoteWords = LineNoteWords { price: |was, now| format!("Ilikuwa {was} ulipoiweka, sasa ni {now}.") };

/// The words of a language.
pub const fn words(locale: Locale) -> &'static LineNoteWords {
    match locale {
        Locale::En => &EN,
        Locale::Sw => &SW,
    }
}

/// That its price is another one.
pub fn price(locale: Locale, line: &CartLine) -> Option<String> {
    line.put_in_at.map(|was| (words(locale).price)(&was, &line.unit_price))
}

/// That there is less of it than wanted.
pub fn stock(locale: Locale, line: &CartLine) -> Option<String> {
    let words = shop::words(locale);
    line.is_short().then(|| if line.available == 0 { words.gone.to_owned() } else { (words.short)(line.available) })
}
