//! What a visit costs in mobile data: this shop's own pages are asked for as a small phone would, and weighed.

use super::{events, faults};
use crate::{
    cache::stored::{Stored, keep_while_chosen},
    request::asked::Asked,
    state::App,
};
use app::storefront;
use axum::{
    Router,
    body::{Body, to_bytes},
    extract::{Request, State},
    response::Response,
};
use duka::{
    analytics::event::Around,
    error::AppError,
    pages::storefront::{
        home,
        visit_cost::{Stop, VisitCost, Weight},
    },
};
use http::{
    HeaderMap, HeaderName, HeaderValue, StatusCode,
    header::{ACCEPT_ENCODING, USER_AGENT},
};
use std::collections::HashSet;
use tower::ServiceExt as _;

/// No page and no file of a shop is longer.
const LONGEST: usize = 8 * 1024 * 1024;
/// Dots across a small phone: 360 points of one and a half each.
const DOTS: u64 = 540;
/// Counted as a machine, which it is.
const MACHINE: HeaderValue = HeaderValue::from_static("duka weighing bot");

pub async fn page(State(app): State<App>, asked: Asked, headers: HeaderMap) -> Response {
    let found = match home::load(&asked.ctx, &asked.visit(&app, "/data")).await {
        Ok(found) => found,
        Err(fault) => return faults::page(&app, &asked, fault).await,
    };
    let category = found.page.categories.first().map(|tile| (Stop::Category, format!("/c/{}", tile.slug)));
    let product = found.page.products.first().map(|card| (Stop::Product, format!("/p/{}", card.slug)));
    let walk = std::iter::once((Stop::Home, "/".to_owned())).chain(category).chain(product);
    let page = match weigh(&app, &asked, walk).await {
        Ok(page) => page,
        Err(fault) => return faults::page(&app, &asked, fault).await,
    };
    let mut answer = Stored::new(storefront::visit_cost(&found.frame, &page)).answer(&headers, None);
    if asked.light.is_chosen {
        keep_while_chosen(&mut answer);
    }
    events::record_view(&app, &asked, &headers, &mut answer, None, Around::default());
    answer
}

async fn weigh(app: &App, asked: &Asked, walk: impl Iterator<Item = (Stop, String)>) -> Result<VisitCost, AppError> {
    let mut phone = Phone { app, asked, shop: super::routes(app.clone()), kept: HashSet::new() };
    let mut page = VisitCost::default();
    for (stop, path) in walk {
        let text = phone.bring(&asked.to(&path), true).await?.len() as u64;
        let html = String::from_utf8(phone.bring(&asked.to(&path), false).await?).map_err(AppError::broken)?;
        let mut pictures = 0;
        for address in pictures_of(&html) {
            pictures += phone.weight_once(&address).await?;
        }
        for address in files_of(&html) {
            page.once += phone.weight_once(&address).await?;
        }
        page.stops.push(Weight { stop, path, text, pictures });
    }
    let bundle = format!("{}/shop/app", app.site.assets);
    page.on_touch =
        phone.weight_once(&format!("{bundle}.js")).await? + phone.weight_once(&format!("{bundle}.wasm")).await?;
    Ok(page)
}

/// Asks the shop's own table of addresses, and keeps what a browser keeps.
struct Phone<'a> {
    app: &'a App,
    asked: &'a Asked,
    shop: Router,
    kept: HashSet<String>,
}

impl Phone<'_> {
    /// The bytes at an address as they travel; none where nothing is.
    async fn bring(&self, address: &str, is_packed: bool) -> Result<Vec<u8>, AppError> {
        let mut request = Request::new(Body::empty());
        *request.uri_mut() = address.parse().map_err(AppError::broken)?;
        let coding = HeaderValue::from_static(if is_packed { "br" } else { "identity" });
        let headers: [(HeaderName, HeaderValue); 2] = [(ACCEPT_ENCODING, coding), (USER_AGENT, MACHINE)];
        request.headers_mut().extend(headers);
        let asked = Asked::of(self.app, self.asked.shop.clone(), &request);
        let Ok(answer) = self.shop.clone().oneshot(asked.enter(self.app, request)).await;
        if answer.status() != StatusCode::OK {
            return Ok(Vec::new());
        }
        Ok(to_bytes(answer.into_body(), LONGEST).await.map_err(AppError::broken)?.to_vec())
    }

    /// What an address weighs the first time, and nothing afterwards.
    async fn weight_once(&mut self, address: &str) -> Result<u64, AppError> {
        if !self.kept.insert(address.to_owned()) {
            return Ok(0);
        }
        Ok(self.bring(address, true).await?.len() as u64)
    }
}

/// The file that a small phone takes for every picture of a page.
fn pictures_of(html: &str) -> Vec<String> {
    html.split("<img").skip(1).filter_map(|rest| picture_of(rest.split_once('>')?.0)).collect()
}

fn picture_of(tag: &str) -> Option<String> {
    let (Some(set), Some(sizes)) = (attribute(tag, "srcset"), attribute(tag, "sizes")) else {
        return attribute(tag, "src").map(plain);
    };
    let wanted = dots(sizes.rsplit(',').next()?);
    let mut widest = None;
    for choice in set.split(',') {
        let (address, width) = choice.trim().rsplit_once(' ')?;
        widest = Some(plain(address));
        if width.strip_suffix('w')?.parse::<u64>().ok()? >= wanted {
            break;
        }
    }
    widest
}

/// Dots of `66vw` or `5rem` there.
fn dots(size: &str) -> u64 {
    let size = size.trim();
    if let Some(share) = size.strip_suffix("vw").and_then(|share| share.parse::<u64>().ok()) {
        return share * DOTS / 100;
    }
    // A rem is sixteen points.
    size.strip_suffix("rem").and_then(|rems| rems.parse::<u64>().ok()).map_or(DOTS, |rems| rems * 24)
}

/// Styles and scripts that a page names.
fn files_of(html: &str) -> Vec<String> {
    let named = |mark: &str, name: &str| -> Vec<String> {
        html.split(mark).skip(1).filter_map(|rest| attribute(rest.split_once('>')?.0, name).map(plain)).collect()
    };
    let mut files = named("<link rel=\"stylesheet\"", "href");
    files.extend(named("<script type=\"module\"", "src"));
    files
}

/// The text of an attribute of a tag of ours, which always has quotation marks.
fn attribute<'t>(tag: &'t str, name: &str) -> Option<&'t str> {
    tag.split_once(&format!(" {name}=\""))?.1.split('"').next()
}

fn plain(address: &str) -> String {
    address.replace("&amp;", "&")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_small_phone_takes_the_narrowest_picture_that_fills_its_place() {
        let img = |sizes: &str| {
            format!(
                r#"<img src="/m/a-360.webp" srcset="/m/a-160.webp 160w, /m/a-360.webp 360w, /m/a-720.webp 720w" sizes="(min-width:900px) 36rem,{sizes}">"#
            )
        };
        assert_eq!(pictures_of(&img("66vw")), ["/m/a-360.webp"]);
        assert_eq!(pictures_of(&img("5rem")), ["/m/a-160.webp"]);
        assert_eq!(pictures_of(&img("100vw")), ["/m/a-720.webp"]);
        assert_eq!(pictures_of(r#"<p><img src="/m/b.webp?a=1&amp;b=2"></p>"#), ["/m/b.webp?a=1&b=2"]);
        assert!(pictures_of("<p>none</p>").is_empty());
    }

    #[test]
    fn styles_and_scripts_are_what_a_page_names() {
        let html = r#"<link rel="stylesheet" href="/s/1/shop.css"><link rel="icon" href="/s/1/icon.svg"><script type="module" src="/s/1/islands.js" data-pkg="/s/1/shop/app"></script>"#;
        assert_eq!(files_of(html), ["/s/1/shop.css", "/s/1/islands.js"]);
    }
}
