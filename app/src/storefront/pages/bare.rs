//! Pages for when no shop can be drawn: something broke, or nothing answers.

use crate::storefront::document;
use crate::text::shop::words;
use duka::kernel::locale::Locale;
use leptos::prelude::*;

/// Something went wrong that has a number in our log.
pub fn broken(locale: Locale, assets: &str, reference: &str) -> String {
    let words = words(locale);
    document::bare(locale.tag(), words.broken, assets, || {
        view! {
            <div class="empty">
                <h1>{words.broken}</h1>
                <p>{words.broken_text}</p>
                <p><b>{(words.reference)(reference)}</b></p>
                <p><a class="button" href=locale.path("/")>{words.home}</a></p>
            </div>
        }
    })
}

/// The database does not answer; nothing was half done.
pub fn unavailable(locale: Locale, assets: &str) -> String {
    let words = words(locale);
    document::bare(locale.tag(), words.unavailable, assets, || {
        view! {
            <div class="empty">
                <h1>{words.unavailable}</h1>
                <p>{words.unavailable_text}</p>
                // An empty address is this page again, whatever it was.
                <p><a class="button" href="">{words.try_again}</a></p>
            </div>
        }
    })
}
