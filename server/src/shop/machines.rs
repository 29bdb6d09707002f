//! What machines read of a shop: what they may visit, how to put it on a home screen.

use super::faults;
use crate::{request::asked::Asked, state::App};
use app::storefront;
use axum::{
    extract::State,
    response::{IntoResponse as _, Response},
};
use duka::{catalog::media::IconForm, kernel::locale::Locale, pages::storefront::frame};
use http::header::{CACHE_CONTROL, CONTENT_TYPE};
use serde_json::json;
use std::fmt::Write as _;

const FOR_AN_HOUR: &str = "public, max-age=3600";
const MOST_BELOW_AN_ICON: usize = 12;
/// One shopper's own pages, and endless ones.
const NOT_FOR_ROBOTS: [&str; 7] = ["/account", "/api/", "/cart", "/checkout", "/orders/", "/search", "/whatsapp"];

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

/// What fits below an icon: whole words as long as there are any.
fn short_name(name: &str) -> String {
    let fits = |text: &str| text.chars().count() <= MOST_BELOW_AN_ICON;
    let whole = name.match_indices(' ').map(|(at, _)| &name[..at]).chain([name]).rfind(|start| fits(start));
    whole.map_or_else(|| name.chars().take(MOST_BELOW_AN_ICON).collect(), str::to_owned)
}

/// The shop's sign where it has no picture of its own: its first letter in its colour.
pub async fn icon(State(app): State<App>, asked: Asked) -> Response {
    match frame::load(&asked.ctx, &asked.visit(&app, "/")).await {
        Ok(frame) => {
            let headers = [(CONTENT_TYPE, "image/svg+xml; charset=utf-8"), (CACHE_CONTROL, FOR_AN_HOUR)];
            (headers, storefront::icon(&frame)).into_response()
        }
        Err(fault) => faults::page(&app, &asked, fault).await,
    }
}

/// The shop on a phone's home screen.
pub async fn manifest(State(app): State<App>, asked: Asked) -> Response {
    match frame::load(&asked.ctx, &asked.visit(&app, "/")).await {
        Ok(frame) => {
            let icon = |form: IconForm| {
                let side = form.side();
                let purpose = if form == IconForm::Masked { "maskable" } else { "any" };
                json!({ "src": storefront::icon_address(&frame, form), "sizes": format!("{side}x{side}"), "type": "image/png", "purpose": purpose })
            };
            let manifest = json!({
                // The same shop in either language.
                "id": "/",
                "lang": asked.locale.tag(),
                "dir": "ltr",
                "name": frame.name,
                "short_name": short_name(&frame.name),
                "description": frame.tagline.as_deref().unwrap_or_default(),
                "start_url": asked.to("/"),
                "scope": "/",
                "display": "minimal-ui",
                "background_color": "#ffffff",
                "theme_color": storefront::colour(&frame),
                "icons": IconForm::ALL.map(icon),
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

#[cfg(test)]
mod tests {
    use super::short_name;

    #[test]
    fn a_name_below_an_icon_ends_with_a_whole_word() {
        for (name, short) in [
            ("Mama Njeri", "Mama Njeri"),
            ("Kilimani Electronics", "Kilimani"),
            ("Njeri na Dada Zake", "Njeri na"),
            ("Vikapukapukapu", "Vikapukapuka"),
        ] {
            assert_eq!(short_name(name), short);
        }
    }
}
