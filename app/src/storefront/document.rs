//! From a head and a body to the bytes of a page, in one synchronous go.

use super::head::{self, Head};
use super::sheet::{self, Sheet};
use duka::pages::storefront::frame::ShopFrame;
use hydration_context::SsrSharedContext;
use leptos::prelude::*;
use std::sync::Arc;

/// The class of a page that stands alone: one card, which is styled by what browsing pages carry.
pub const ALONE: &str = "closed";

/// A whole page of a shop. Deterministic: an ETag over it holds.
pub fn page<V: IntoView + 'static>(frame: &ShopFrame, head: Head, body: impl FnOnce() -> V) -> String {
    rendered(|| {
        view! {
            <html lang=frame.locale.tag()>
                {head::view(frame, head)}
                <body>
                    {super::frame::around(frame, body())}
                    {loader(&frame.assets)}
                </body>
            </html>
        }
    })
}

/// What makes islands live. It stands last: the connection that brought the page is the only one that is open, and the
/// first picture is to have it.
fn loader(assets: &str) -> impl IntoView + use<> {
    view! { <script type="module" src=format!("{assets}/islands.js") data-pkg=format!("{assets}/shop/app")></script> }
}

/// A page of a shop that shoppers may not enter: its name and colour, and nothing to browse.
pub fn alone<V: IntoView>(frame: &ShopFrame, title: &str, body: impl FnOnce() -> V) -> String {
    plain(frame, title, ALONE, None, body)
}

/// A page with nothing of the shop around it and no script; `refresh` is after how many seconds it loads itself again.
pub fn plain<V: IntoView>(
    frame: &ShopFrame,
    title: &str,
    class: &'static str,
    refresh: Option<u8>,
    body: impl FnOnce() -> V,
) -> String {
    let again = || refresh.map(|seconds| view! { <meta http-equiv="refresh" content=seconds.to_string()/> });
    with_little(frame, title, class, again, body)
}

/// The page that a phone keeps for when there is no connection: it stands alone, with the script that draws it anew
/// when the connection is back.
pub fn kept<V: IntoView>(frame: &ShopFrame, title: &str, body: impl FnOnce() -> V) -> String {
    let manifest = frame.locale.path("/manifest.webmanifest");
    let awake = || {
        view! {
            {loader(&frame.assets)}
            <link rel="manifest" href=manifest/>
        }
    };
    with_little(frame, title, ALONE, awake, body)
}

/// A page with a head of its own few lines, and `more` in it.
fn with_little<M: IntoView, V: IntoView>(
    frame: &ShopFrame,
    title: &str,
    class: &'static str,
    more: impl FnOnce() -> M,
    body: impl FnOnce() -> V,
) -> String {
    let assets = &frame.assets;
    // The page that a phone keeps for when there is no connection has nowhere to fetch a sheet from.
    let sheet = (class == ALONE).then_some(Sheet::Browse);
    rendered(|| {
        view! {
            <html lang=frame.locale.tag()>
                <head>
                    <meta charset="utf-8"/>
                    <meta name="viewport" content="width=device-width,initial-scale=1"/>
                    <meta name="robots" content="noindex"/>
                    {more()}
                    <title>{title.to_owned()}</title>
                    {sheet::view(frame, sheet)}
                    <meta name="theme-color" content=super::brand::color(frame.theme_color.as_deref()).to_owned()/>
                    <link rel="icon" href=format!("{assets}/icon.svg")/>
                </head>
                <body class=class>{body()}</body>
            </html>
        }
    })
}

/// A page for when no shop is known or nothing can be loaded.
pub fn bare<V: IntoView + 'static>(
    lang: &'static str,
    title: &'static str,
    assets: &str,
    body: impl FnOnce() -> V,
) -> String {
    rendered(|| {
        view! {
            <html lang=lang>
                <head>
                    <meta charset="utf-8"/>
                    <meta name="viewport" content="width=device-width,initial-scale=1"/>
                    <meta name="robots" content="noindex"/>
                    <title>{title}</title>
                    <style inner_html=super::brand::style(None)></style>
                    <link rel="stylesheet" href=format!("{assets}/shop.css")/>
                </head>
                <body><main class="page">{body()}</main></body>
            </html>
        }
    })
}

/// Renders under an owner of its own that is gone when this returns: no stream to hang, nothing for an aborted
/// request to leave behind. The context is the islands' one, so only islands would carry anything for the browser.
fn rendered<V: IntoView>(view: impl FnOnce() -> V) -> String {
    format!("<!DOCTYPE html>{}", piece(view))
}

/// The same for what is put into a page that is there already.
pub fn piece<V: IntoView>(view: impl FnOnce() -> V) -> String {
    let owner = Owner::new_root(Some(Arc::new(SsrSharedContext::new_islands())));
    let html = owner.with(|| view().to_html());
    owner.unset_with_forced_cleanup();
    // Markers tell a hydrating script where text begins; nothing hydrates here outside the islands' own elements.
    html.replace("<!>", "")
}
