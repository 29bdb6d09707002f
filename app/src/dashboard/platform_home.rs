//! The platform's own front page: what Duka is, shops to walk through, and the way in for merchants.

use super::document;
use crate::text::{dash::words, start};
use duka::kernel::locale::Locale;
use leptos::prelude::*;

/// A shop to show; the demo has two.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DemoShop {
    pub name: String,
    pub url: String,
    /// What it sells, in a few words.
    pub tagline: String,
}

/// The whole page. `other_language` is the address of the same page in the other language.
pub fn platform_home(locale: Locale, assets: &str, other_language: &str, shops: &[DemoShop]) -> String {
    let words = words(locale);
    let shops = shops.to_vec();
    let other_language = other_language.to_owned();
    let other = locale.other();
    let title = format!("Duka · {}", words.platform_title);
    document::plain(locale, &title, Some(words.platform_lead), assets, move || {
        let points: Vec<_> = words
            .platform_points
            .into_iter()
            .map(|(name, text)| view! { <li><h3>{name}</h3><p>{text}</p></li> })
            .collect();
        let links: Vec<_> = shops
            .iter()
            .map(|shop| {
                view! {
                    <li>
                        <a class="card shop-link" href=shop.url.clone()>
                            <b>{shop.name.clone()}</b>
                            <span>{shop.tagline.clone()}</span>
                        </a>
                    </li>
                }
            })
            .collect();
        view! {
            <header class="front__bar">
                <b class="front__brand">"Duka"</b>
                <a href=other_language hreflang=other.tag() lang=other.tag()>{words.other_language}</a>
                <a class="button" href=locale.path("/sign-in")>{words.sign_in}</a>
            </header>
            <main class="front">
                <section class="front__top">
                    <h1>{words.platform_title}</h1>
                    <p>{words.platform_lead}</p>
                    <p class="pair"><a class="button button--main" href=locale.path("/sign-up")>{start::words(locale).sign_up}</a></p>
                </section>
                {(!links.is_empty()).then(|| view! {
                    <section>
                        <h2>{words.platform_shops}</h2>
                        <p class="quiet">{words.platform_shops_text}</p>
                        <ul class="shop-links">{links}</ul>
                    </section>
                })}
                <ul class="points">{points}</ul>
                <section class="front__merchant">
                    <h2>{words.platform_merchant}</h2>
                    <p>{words.platform_merchant_text}</p>
                    <p class="pair">
                        <a class="button" href=locale.path("/sign-in")>{words.sign_in}</a>
                    </p>
                </section>
            </main>
        }
    })
}
