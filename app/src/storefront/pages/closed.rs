//! A shop that shoppers may not enter: not open yet, taking a break, or only being looked at by its team.

use crate::storefront::{document, frame::whatsapp, parts::reach::tel};
use crate::text::{shop, start};
use duka::kernel::locale::Locale;
use duka::pages::storefront::frame::ShopFrame;
use leptos::prelude::*;

/// What the public sees before a shop opens.
pub fn holding(frame: &ShopFrame) -> String {
    let words = start::words(frame.locale);
    let title = format!("{} · {}", frame.name, words.opens_soon);
    let can_ask = whatsapp(frame, "").is_some() || frame.contact_phone.is_some();
    let text = if can_ask { words.opens_soon_text } else { words.opens_soon_quietly };
    alone(frame, &title, words.opens_soon, text)
}

/// What the public sees while a merchant is suspended; the answer's status is 503.
pub fn paused(frame: &ShopFrame) -> String {
    let words = start::words(frame.locale);
    let title = format!("{} · {}", frame.name, words.paused);
    alone(frame, &title, words.paused, words.paused_text)
}

fn alone(frame: &ShopFrame, title: &str, state: &'static str, text: &'static str) -> String {
    let (words, shop) = (start::words(frame.locale), shop::words(frame.locale));
    let other = frame.locale.other();
    let tagline = frame.tagline.clone().filter(|text| !text.trim().is_empty());
    let chat = whatsapp(frame, "").map(|address| {
        view! { <a class="button button--main" href=address rel="noopener">{shop.on_whatsapp}</a> }
    });
    let call = frame.contact_phone.clone().map(|phone| {
        view! { <a class="button" href=tel(&phone)>{(shop.call)(&phone)}</a> }
    });
    let can_ask = chat.is_some() || call.is_some();
    let place = [frame.address.clone(), frame.area.clone()].into_iter().flatten().collect::<Vec<_>>().join(", ");
    document::alone(frame, title, || {
        view! {
            <header class="closed__top">
                <a href=other.path("/") lang=other.tag() hreflang=other.tag()>{shop.other_language}</a>
            </header>
            <main class="closed__card">
                <p class="closed__state">{state}</p>
                <h1 class="closed__name">{frame.name.clone()}</h1>
                {tagline.map(|text| view! { <p class="closed__tagline">{text}</p> })}
                <p class="closed__text">{text}</p>
                {can_ask.then(|| view! { <p class="closed__ask" role="group" aria-label=words.ask_us>{chat}" "{call}</p> })}
                {(!place.is_empty()).then(|| view! { <p class="closed__place">{place}</p> })}
            </main>
            <footer class="closed__end">{shop.powered_by}</footer>
        }
    })
}

/// The bar over every page that the team looks at before the shop is open.
pub fn preview_bar(locale: Locale) -> String {
    // Words of ours only, so the markup is as it stands here.
    format!("<p class=\"preview\" role=\"status\">{}</p>", start::words(locale).preview)
}

/// In place of an order: nobody buys in a shop that is not open.
pub fn preview_refused(frame: &ShopFrame) -> String {
    let words = start::words(frame.locale);
    document::alone(frame, words.preview_no_order, || {
        view! {
            <main class="closed__card" id="main">
                <h1 class="closed__state">{words.preview_no_order}</h1>
                <p class="closed__text">{words.preview_no_order_text}</p>
                <p class="closed__ask"><a class="button button--main" href=frame.locale.path("/cart")>{words.back_to_cart}</a></p>
            </main>
        }
    })
}
