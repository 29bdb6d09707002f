//! An address that the shop does not have.

use crate::storefront::{document, head::Head, parts::empty::empty};
use crate::text::shop::words;
use duka::pages::storefront::frame::ShopFrame;

/// In the shop's dress; the answer's status is 404.
pub fn not_found(frame: &ShopFrame) -> String {
    let words = words(frame.locale);
    let home = (frame.locale.path("/"), words.home);
    document::page(frame, Head::private(words.not_found), || {
        empty(words.not_found.to_owned(), words.not_found_text, Some(home))
    })
}
