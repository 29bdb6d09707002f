//! What machines read of a shop: what they may visit, how to put it on a home screen.

use super::faults;
use crate::{request::asked::Asked, state::App};
use axum::{
    extract::State,
    response::{IntoResponse as _, Response},
};
use duka::{kernel::locale::Locale, pages::storefront::frame};
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
