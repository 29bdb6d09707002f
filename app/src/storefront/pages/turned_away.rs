//! What is said when a request is turned away before anybody looked at what it asks for.

use crate::storefront::{
    document,
    head::Head,
    parts::{empty::empty, notice::notice},
};
use crate::text::shop::{TurnedAway, words};
use duka::{kernel::locale::Locale, pages::storefront::frame::ShopFrame};
use leptos::prelude::*;

/// In the shop's dress.
pub fn turned_away(frame: &ShopFrame, why: TurnedAway) -> String {
    let words = words(frame.locale);
    let said = (words.turned_away)(why);
    let home = (frame.locale.path("/"), words.home);
    document::page(frame, Head::private(said.heading), || empty(said.heading.to_owned(), said.text, Some(home)))
}

/// A form with a field that it does not have.
pub fn unknown_field(frame: &ShopFrame, name: &str) -> String {
    let words = words(frame.locale);
    let said = (words.turned_away)(TurnedAway::Unreadable);
    let home = (frame.locale.path("/"), words.home);
    document::page(frame, Head::private(said.heading), || {
        view! {
            {notice((words.unknown_field)(name))}
            {empty(said.heading.to_owned(), said.text, Some(home))}
        }
    })
}

/// The same where no shop is known, or none should be asked for.
pub fn turned_away_bare(locale: Locale, assets: &str, why: TurnedAway) -> String {
    let words = words(locale);
    let said = (words.turned_away)(why);
    document::bare(locale.tag(), said.heading, assets, || {
        empty(said.heading.to_owned(), said.text, Some((locale.path("/"), words.home)))
    })
}
