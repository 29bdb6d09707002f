//! The pages that everybody sees alike: home, category, product, where the shop delivers, search, and what the merchant has
//! written.

use super::{events, faults};
use crate::{
    cache::{
        pages::{Drawn, Page},
        stored::keep_while_chosen,
    },
    request::{asked::Asked, moved_for_good},
    state::App,
};
use app::storefront;
use axum::{
    extract::{Path, Query, State, rejection::QueryRejection},
    response::Response,
};
use duka::{
    analytics::event::{Around, Step},
    content::PageKind,
    error::AppError,
    kernel::id::VariantId,
    pages::storefront::{
        area::{load_area, load_areas},
        category::{self, Listing, Sort},
        frame::{self, Missing},
        home,
        policy::{self, PolicyKind},
        product, search, written,
    },
    seo::area_page::FOLDER,
};
use http::HeaderMap;
use serde::Deserialize;

/// What a hand may write behind an address. Unreadable values count as absent: links live long and get mangled.
#[derive(Debug, Default, Deserialize)]
pub struct Wanted {
    page: Option<String>,
    sort: Option<String>,
    in_stock: Option<String>,
    min: Option<String>,
    max: Option<String>,
    variant: Option<String>,
    q: Option<String>,
}

impl Wanted {
    /// The page of that number, if one was named.
    pub fn number(&self) -> Option<u32> {
        self.page.as_deref().and_then(|typed| typed.trim().parse().ok())
    }
}

/// A query, or what is wrong with it, which nobody needs to hear.
type Typed = Result<Query<Wanted>, QueryRejection>;

pub async fn home(State(app): State<App>, asked: Asked, headers: HeaderMap) -> Response {
    let visit = asked.visit(&app, "/");
    let draw = || {
        Box::pin(async {
            let found = home::load(&asked.ctx, &visit).await?;
            Ok(Drawn { html: storefront::home(&found.frame, &found.page), step: None, catalogue: found.version })
        })
    };
    kept(&app, &asked, &headers, visit.path.clone(), None, draw).await
}

pub async fn category(
    State(app): State<App>,
    asked: Asked,
    headers: HeaderMap,
    Path(slug): Path<String>,
    query: Typed,
) -> Response {
    let listing = listing(&query.map(|query| query.0).unwrap_or_default());
    let visit = asked.visit(&app, format!("/c/{slug}{}", spelled(&listing)));
    let draw = || {
        Box::pin(async {
            let found = category::load(&asked.ctx, &visit, &slug, listing).await?;
            Ok(Drawn { html: storefront::category(&found.frame, &found.page), step: None, catalogue: found.version })
        })
    };
    kept(&app, &asked, &headers, visit.path.clone(), Some(Missing::Category(&slug)), draw).await
}

pub async fn product(
    State(app): State<App>,
    asked: Asked,
    headers: HeaderMap,
    Path(slug): Path<String>,
    query: Typed,
) -> Response {
    let variant = query.ok().and_then(|query| VariantId::parse(&query.0.variant.unwrap_or_default()));
    // The canonical address has no variant: all its forms are one page.
    let visit = asked.visit(&app, format!("/p/{slug}"));
    let path = variant.map_or_else(|| visit.path.clone(), |variant| format!("{}?variant={variant}", visit.path));
    let draw = || {
        Box::pin(async {
            let found = product::load(&asked.ctx, &visit, &slug, variant).await?;
            let html = storefront::product(&found.frame, &found.page, None);
            Ok(Drawn { html, step: Some(Step::ProductView { product: found.page.id }), catalogue: found.version })
        })
    };
    kept(&app, &asked, &headers, path, Some(Missing::Product(&slug)), draw).await
}

/// A policy, which the settings write, or a plain page.
pub async fn plain(State(app): State<App>, asked: Asked, headers: HeaderMap, Path(slug): Path<String>) -> Response {
    if PolicyKind::parse(&slug).is_none() {
        return written(&app, &asked, &headers, PageKind::Plain, &slug).await;
    }
    let visit = asked.visit(&app, format!("/pages/{slug}"));
    let draw = || {
        Box::pin(async {
            let found = policy::load(&asked.ctx, &visit, &slug).await?;
            Ok(Drawn { html: storefront::policy(&found.frame, &found.page), step: None, catalogue: found.version })
        })
    };
    kept(&app, &asked, &headers, visit.path.clone(), None, draw).await
}

pub async fn post(State(app): State<App>, asked: Asked, headers: HeaderMap, Path(slug): Path<String>) -> Response {
    written(&app, &asked, &headers, PageKind::Post, &slug).await
}

async fn written(app: &App, asked: &Asked, headers: &HeaderMap, kind: PageKind, slug: &str) -> Response {
    let visit = asked.visit(app, kind.path(slug));
    let draw = || {
        Box::pin(async {
            let found = written::load(&asked.ctx, &visit, kind, slug).await?;
            Ok(Drawn { html: storefront::written(&found.frame, &found.page), step: None, catalogue: found.version })
        })
    };
    kept(app, asked, headers, visit.path.clone(), Some(Missing::Written(slug)), draw).await
}

pub async fn blog(State(app): State<App>, asked: Asked, headers: HeaderMap, query: Typed) -> Response {
    let number = listing(&query.map(|query| query.0).unwrap_or_default()).page;
    let path = if number > 1 { format!("/blog?page={number}") } else { "/blog".to_owned() };
    let visit = asked.visit(&app, path);
    let draw = || {
        Box::pin(async {
            let found = written::load_blog(&asked.ctx, &visit, number).await?;
            Ok(Drawn { html: storefront::blog(&found.frame, &found.page), step: None, catalogue: found.version })
        })
    };
    kept(&app, &asked, &headers, visit.path.clone(), None, draw).await
}

pub async fn areas(State(app): State<App>, asked: Asked, headers: HeaderMap) -> Response {
    let visit = asked.visit(&app, FOLDER);
    let draw = || {
        Box::pin(async {
            let found = load_areas(&asked.ctx, &visit).await?;
            Ok(Drawn { html: storefront::areas(&found.frame, &found.page), step: None, catalogue: found.version })
        })
    };
    kept(&app, &asked, &headers, visit.path.clone(), None, draw).await
}

pub async fn area(State(app): State<App>, asked: Asked, headers: HeaderMap, Path(slug): Path<String>) -> Response {
    let visit = asked.visit(&app, format!("{FOLDER}/{slug}"));
    let draw = || {
        Box::pin(async {
            let found = load_area(&asked.ctx, &visit, &slug).await?;
            Ok(Drawn { html: storefront::area(&found.frame, &found.page), step: None, catalogue: found.version })
        })
    };
    kept(&app, &asked, &headers, visit.path.clone(), None, draw).await
}

pub async fn search(State(app): State<App>, asked: Asked, headers: HeaderMap, query: Typed) -> Response {
    let typed = query.ok().and_then(|query| query.0.q).unwrap_or_default();
    let words: String = typed.trim().chars().take(search::LONGEST).collect();
    let path = if words.is_empty() { "/search".to_owned() } else { format!("/search?q={}", in_query(&words)) };
    let visit = asked.visit(&app, path);
    let draw = || {
        Box::pin(async {
            let found = search::load(&asked.ctx, &visit, &words).await?;
            let html = storefront::search(&found.frame, &found.page);
            let page = found.page;
            let step =
                (!page.words.is_empty()).then_some(Step::Search { words: page.words, found: page.product_count });
            Ok(Drawn { html, step, catalogue: found.version })
        })
    };
    kept(&app, &asked, &headers, visit.path.clone(), None, draw).await
}

/// `missing` is what the address names, in case it is not there and only moved.
async fn kept<F>(
    app: &App,
    asked: &Asked,
    headers: &HeaderMap,
    path: String,
    missing: Option<Missing<'_>>,
    draw: impl FnOnce() -> F,
) -> Response
where
    F: Future<Output = Result<Drawn, AppError>>,
{
    match app.pages.get(&asked.ctx, asked.key(path), draw).await {
        Ok(page) => {
            app.pages.note_address(asked.key(asked.whole()), &page);
            hand_out(app, asked, headers, &page)
        }
        Err(fault) => match (fault, missing) {
            (AppError::NotFound, Some(missing)) => gone(app, asked, missing).await,
            (fault, _) => faults::page(app, asked, fault).await,
        },
    }
}

/// The page that this address led to before, if it is still right; it is counted like any other view.
pub fn seen_before(app: &App, asked: &Asked, headers: &HeaderMap) -> Option<Response> {
    let page = app.pages.at_address(&asked.ctx, &asked.key(asked.whole()))?;
    Some(hand_out(app, asked, headers, &page))
}

fn hand_out(app: &App, asked: &Asked, headers: &HeaderMap, page: &Page) -> Response {
    let mut answer = page.stored.answer(headers, page.lasts(asked.ctx.now()));
    if asked.light.is_chosen {
        keep_while_chosen(&mut answer);
    }
    events::record_view(app, asked, headers, &mut answer, page.step.clone(), Around::default());
    answer
}

/// Leads to where it is now, for good; or says that it is not here.
async fn gone(app: &App, asked: &Asked, missing: Missing<'_>) -> Response {
    match frame::load_for_missing(&asked.ctx, &asked.visit(app, "/"), missing).await {
        Ok((_, Some(path))) => moved_for_good(&asked.locale.path(&path)),
        Ok((frame, None)) => faults::not_found_in(&frame),
        Err(fault) => faults::bare(app, asked.locale, fault),
    }
}

fn listing(wanted: &Wanted) -> Listing {
    let number = |typed: &Option<String>| typed.as_deref().and_then(|typed| typed.trim().parse::<u32>().ok());
    Listing {
        page: number(&wanted.page).unwrap_or(1).clamp(1, 500),
        sort: wanted.sort.as_deref().and_then(Sort::parse).unwrap_or_default(),
        in_stock: wanted.in_stock.as_deref().is_some_and(|typed| !matches!(typed, "" | "0" | "false" | "off")),
        min: number(&wanted.min),
        max: number(&wanted.max),
    }
}

/// A listing in its one spelling; what is usual is left out.
fn spelled(listing: &Listing) -> String {
    let mut parts = Vec::new();
    if listing.page > 1 {
        parts.push(format!("page={}", listing.page));
    }
    if listing.sort != Sort::default() {
        parts.push(format!("sort={}", listing.sort.as_str()));
    }
    if listing.in_stock {
        parts.push("in_stock=1".to_owned());
    }
    parts.extend(listing.min.map(|shillings| format!("min={shillings}")));
    parts.extend(listing.max.map(|shillings| format!("max={shillings}")));
    if parts.is_empty() { String::new() } else { format!("?{}", parts.join("&")) }
}

/// Text as it stands in a query.
fn in_query(text: &str) -> String {
    use std::fmt::Write as _;
    text.bytes().fold(String::with_capacity(text.len() * 2), |mut out, byte| {
        if byte.is_ascii_alphanumeric() || b"-_.~".contains(&byte) {
            out.push(char::from(byte));
        } else {
            // Writing to a string cannot fail.
            let _ = write!(out, "%{byte:02X}");
        }
        out
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_spelling_of_a_list_is_one_page_of_the_cache() {
        let wanted = Wanted {
            page: Some(" 2 ".into()),
            sort: Some("price_up".into()),
            in_stock: Some("on".into()),
            min: Some("x".into()),
            ..Wanted::default()
        };
        assert_eq!(spelled(&listing(&wanted)), "?page=2&sort=price_up&in_stock=1");
        let usual = Wanted {
            page: Some("1".into()),
            sort: Some("newest".into()),
            in_stock: Some("0".into()),
            max: Some("-5".into()),
            ..Wanted::default()
        };
        assert_eq!(spelled(&listing(&usual)), "");
    }
}
