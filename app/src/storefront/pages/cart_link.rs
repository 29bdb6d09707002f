//! A cart's link: shown to whoever made it, refused kindly when it is over, asked about where another cart would be left.

use crate::storefront::{document, head::Head, parts::empty::empty};
use crate::text::cart_link::words;
use duka::kernel::query::in_query;
use duka::pages::storefront::frame::ShopFrame;
use leptos::prelude::*;

/// The link that was just made, with ways to send it to oneself.
pub fn cart_link(frame: &ShopFrame, address: &str) -> String {
    let words = words(frame.locale);
    let message = in_query(&(words.message)(&frame.name, address));
    document::page(frame, Head::private(words.another_phone), || {
        view! {
            <h1>{words.another_phone}</h1>
            <div class="block block--narrow">
                <p>{words.lead}</p>
                <p><input class="input" value=address.to_owned() readonly aria-label=words.link/></p>
                <p><a class="button" href=format!("https://wa.me/?text={message}") rel="external noopener noreferrer">{words.by_whatsapp}</a></p>
                <p><a class="button button--quiet" href=format!("sms:?body={message}")>{words.by_sms}</a></p>
                <p><small>{words.for_yourself}</small></p>
                <p><a href=frame.locale.path("/cart")>{crate::text::shop::words(frame.locale).your_cart}</a></p>
            </div>
        }
    })
}

/// For a link that is over, foreign or made up: one page for all of them.
pub fn cart_link_gone(frame: &ShopFrame) -> String {
    let words = words(frame.locale);
    let home = (frame.locale.path("/"), crate::text::shop::words(frame.locale).continue_shopping);
    document::page(frame, Head::private(words.gone), || empty(words.gone.to_owned(), words.gone_text, Some(home)))
}

/// For who holds a cart that somebody else has ordered.
pub fn cart_ordered(frame: &ShopFrame) -> String {
    let words = words(frame.locale);
    let find = (frame.locale.path("/orders/find"), crate::text::shop::words(frame.locale).find_order);
    document::page(frame, Head::private(words.ordered), || {
        empty(words.ordered.to_owned(), words.ordered_text, Some(find))
    })
}

/// Before a cart of this phone's own is left for the one of `link`.
pub fn cart_link_choice(frame: &ShopFrame, link: &str, pieces: u32) -> String {
    let words = words(frame.locale);
    document::page(frame, Head::private(words.has_own), || {
        view! {
            <h1>{words.has_own}</h1>
            <form class="block block--narrow" method="post" action=frame.locale.path(&format!("/cart/{link}"))>
                <p>{(words.has_own_text)(pieces)}</p>
                <p><button class="button">{words.use_it}</button></p>
                <p><a class="button button--quiet" href=frame.locale.path("/cart")>{words.keep_own}</a></p>
            </form>
        }
    })
}
