//! The page for when there is no connection. The worker on a phone keeps it, and takes out of it the sentences that it
//! puts over other pages.

use crate::storefront::document;
use crate::text::offline::words;
use duka::pages::storefront::frame::ShopFrame;
use leptos::prelude::*;

/// The three notices stand in the order in which `public/worker.js` reads them, one paragraph each. Those with
/// `data-offline` make the loader draw the page anew when the connection is back, this one too; the third must not, since
/// somebody has typed something.
pub fn offline(frame: &ShopFrame) -> String {
    let words = words(frame.locale);
    document::kept(frame, words.title, || {
        view! {
            <main class="closed__card" id="main">
                <p class="closed__state">{frame.name.clone()}</p>
                <h1 class="closed__name">{words.title}</h1>
                <p class="closed__text">{words.text}</p>
                <p class="closed__ask">
                    <a class="button button--main" href="">{words.again}</a>" "
                    <a class="button" href=frame.locale.path("/cart")>{words.to_cart}</a>
                </p>
                <div hidden>
                    <p class="notice" role="alert" data-offline="">{words.before}</p>
                    <p class="notice" role="alert" data-offline="">{words.waits}</p>
                    <p class="notice" role="alert">{words.not_sent}</p>
                </div>
            </main>
        }
    })
}
