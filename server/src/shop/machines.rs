//! What machines read of a shop: what they may visit, every page there is, how to put it on a home screen.

use super::faults;
use crate::{request::asked::Asked, state::App};
use axum::{
    extract::State,
    response::{IntoResponse as _, Response},
};
use duka::{
    kernel::locale::Locale,
    pages::storefront::{
        frame,
        sitemap::{self, SitemapEntry},
    },
    seo::meta,
};
use http::header::{CACHE_CONTROL, CONTENT_TYPE};
use serde_json::json;
use std::fmt::Write as _;

const FOR_AN_HOUR: &str = "public, max-age=3600";
/// One shopper's own pages, and endless ones.
const NOT_FOR_ROBOTS: [&str; 6] = ["/api/", "/cart", "/checkout", "/orders/", "/search", "/whatsapp"];

pub async fn robots(asked: Asked) -> Response {
    let mut text = String::from("User-agent: *\n");
    for locale in Locale::ALL {
        for path in NOT_FOR_ROBOTS {
            // Writing to a string cannot fail.
            let _ = writeln!(text, "Disallow: {}", locale.path(path));
        }
    }
    let _ = writeln!(text, "Sitemap: {}/sitemap.xml", asked.shop.origin);
    ([(CONTENT_TYPE, "text/plain; charset=utf-8"), (CACHE_CONTROL, FOR_AN_HOUR)], text).into_response()
}

pub async fn sitemap(State(app): State<App>, asked: Asked) -> Response {
    match sitemap::load(&asked.ctx, asked.shop.store).await {
        Ok(entries) => (
            [(CONTENT_TYPE, "application/xml; charset=utf-8"), (CACHE_CONTROL, FOR_AN_HOUR)],
            map(&asked.shop.origin, asked.shop.offers_swahili, &entries),
        )
            .into_response(),
        Err(fault) => faults::page(&app, &asked, fault).await,
    }
}

fn map(origin: &str, offers_swahili: bool, entries: &[SitemapEntry]) -> String {
    let locales: Vec<Locale> =
        Locale::ALL.into_iter().filter(|locale| offers_swahili || *locale == Locale::En).collect();
    let mut xml = String::from(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<urlset xmlns=\"http://www.sitemaps.org/schemas/sitemap/0.9\" xmlns:xhtml=\"http://www.w3.org/1999/xhtml\">\n",
    );
    let newest = entries.iter().map(|entry| entry.changed_at).max();
    let front = newest.map(|changed_at| SitemapEntry { path: "/".to_owned(), changed_at });
    for entry in front.iter().chain(entries) {
        let addresses: Vec<_> = locales
            .iter()
            .map(|locale| (locale.tag(), escaped(&meta::address(origin, *locale, &entry.path))))
            .collect();
        for (_, address) in &addresses {
            // Writing to a string cannot fail.
            let _ = write!(
                xml,
                "<url><loc>{address}</loc><lastmod>{}</lastmod>",
                entry.changed_at.format("%Y-%m-%dT%H:%M:%SZ")
            );
            for (tag, other) in &addresses {
                let _ = write!(xml, "<xhtml:link rel=\"alternate\" hreflang=\"{tag}\" href=\"{other}\"/>");
            }
            xml.push_str("</url>\n");
        }
    }
    xml.push_str("</urlset>\n");
    xml
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;").replace('\'', "&apos;")
}

/// The shop on a phone's home screen.
pub async fn manifest(State(app): State<App>, asked: Asked) -> Response {
    match frame::load(&asked.ctx, &asked.visit(&app, "/")).await {
        Ok(frame) => {
            let icon = |name: &str, sizes: &str, kind: &str| json!({ "src": format!("{}/{name}", app.site.assets), "sizes": sizes, "type": kind });
            let manifest = json!({
                "name": frame.name,
                "short_name": frame.name.chars().take(24).collect::<String>(),
                "start_url": "/",
                "scope": "/",
                "display": "minimal-ui",
                "background_color": "#ffffff",
                "theme_color": frame.theme_color.as_deref().unwrap_or("#14532d"),
                "icons": [icon("icon-192.png", "192x192", "image/png"), icon("icon-512.png", "512x512", "image/png"), icon("icon.svg", "any", "image/svg+xml")],
            });
            (
                [(CONTENT_TYPE, "application/manifest+json; charset=utf-8"), (CACHE_CONTROL, FOR_AN_HOUR)],
                manifest.to_string(),
            )
                .into_response()
        }
        Err(fault) => faults::page(&app, &asked, fault).await,
    }
}
