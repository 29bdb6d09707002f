//! The pages that everybody sees alike: home, category, product, where the shop delivers, search, and what the merchant has
//! written.

use super::{events, faults};
use crate::{
    cache::{
        pages::{Drawn, Found, Page},
        stored::keep_while_chosen,
    },
    request::{asked::Asked, moved_for_good, private_page},
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
    kernel::{id::VariantId, query::in_query, slug::Slug},
    pages::storefront::{
        area::{load_area, load_areas},
        category,
        frame::{self, Elsewhere, Missing},
        home,
        listing::{Listing, Sort},
        policy::{self, PolicyKind},
        product, search, written,
    },
    seo::area_page::{self, FOLDER},
};
use http::{HeaderMap, StatusCode};

/// What a hand may write behind an address, or what is wrong with it, which nobody needs to hear.
pub type Typed = Result<Query<Vec<(String, String)>>, QueryRejection>;

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
    if !is_readable(&slug) {
        return faults::not_found(&app, &asked).await;
    }
    let listing = Listing::read(Sort::Newest, &pairs(query));
    let visit = asked.visit(&app, listing.address(&format!("/c/{slug}")));
    let draw = || {
        Box::pin(async {
            let found = category::load(&asked.ctx, &visit, &slug, listing.clone()).await?;
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
    if !is_readable(&slug) {
        return faults::not_found(&app, &asked).await;
    }
    let variant = VariantId::parse(&first(&pairs(query), "variant"));
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
        if let Some(kind) = PolicyKind::parse(&slug.to_ascii_lowercase()) {
            return moved_for_good(&asked.to(&format!("/pages/{}", kind.slug())));
        }
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
    if !is_readable(slug) {
        return faults::not_found(app, asked).await;
    }
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
    let number = Listing::read(Sort::Newest, &pairs(query)).page;
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
    if !is_readable(&slug) {
        return faults::not_found(&app, &asked).await;
    }
    if let Some(right) = Slug::parse(&slug.to_ascii_lowercase()).filter(|right| right.as_str() != slug) {
        return moved_for_good(&asked.to(&area_page::path(&right)));
    }
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
    let pairs = pairs(query);
    let words: String = first(&pairs, "q").trim().chars().take(search::LONGEST).collect();
    let path = if words.is_empty() { "/search".to_owned() } else { format!("/search?q={}", in_query(&words)) };
    let listing = if words.is_empty() { Listing::plain(Sort::Best) } else { Listing::read(Sort::Best, &pairs) };
    let visit = asked.visit(&app, listing.address(&path));
    let draw = || {
        Box::pin(async {
            let found = search::load(&asked.ctx, &visit, &words, listing.clone()).await?;
            let html = storefront::search(&found.frame, &found.page);
            let page = found.page;
            // Turning a page or narrowing it is not another search.
            let is_search = !page.words.is_empty() && page.listing == Listing::plain(Sort::Best);
            let step = is_search.then_some(Step::Search { words: page.words, found: page.product_count });
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
    let query = path.find('?').map_or_else(String::new, |at| path[at..].to_owned());
    match app.pages.get(&asked.ctx, asked.key(path), draw).await {
        Ok(Found::Today(page)) => {
            app.pages.note_address(asked.key(asked.whole()), &page);
            hand_out(app, asked, headers, &page)
        }
        Ok(Found::Remembered(page)) => from_memory(app, asked, headers, &page),
        Err(fault) => match (fault, missing) {
            (AppError::NotFound, Some(missing)) => gone(app, asked, missing, &query).await,
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

/// The page as it was, under a notice that says so. Made for this answer and kept by nobody, so that the page without
/// it is back as soon as the database is.
fn from_memory(app: &App, asked: &Asked, headers: &HeaderMap, page: &Page) -> Response {
    let html = storefront::remembered(asked.locale, &page.stored.html());
    let mut answer = private_page(StatusCode::OK, html);
    events::record_view(app, asked, headers, &mut answer, page.step.clone(), Around::default());
    answer
}

/// Leads to where it is now, for good; or says that it is not here, or not any more.
async fn gone(app: &App, asked: &Asked, missing: Missing<'_>, query: &str) -> Response {
    match frame::load_for_missing(&asked.ctx, &asked.visit(app, "/"), missing).await {
        Ok((_, Elsewhere::Moved(path))) => moved_for_good(&asked.locale.path(&format!("{path}{query}"))),
        Ok((frame, Elsewhere::Retired(retired))) => {
            private_page(StatusCode::GONE, storefront::retired(&frame, &retired))
        }
        Ok((frame, Elsewhere::Nowhere)) => faults::not_found_in(&frame),
        Err(fault) => faults::bare(app, asked.locale, fault),
    }
}

/// What stands behind the address; nothing when it cannot be read.
pub fn pairs(query: Typed) -> Vec<(String, String)> {
    query.map(|query| query.0).unwrap_or_default()
}

/// The first value of a name, or nothing.
pub fn first(pairs: &[(String, String)], wanted: &str) -> String {
    pairs.iter().find(|(name, _)| name == wanted).map(|(_, value)| value.clone()).unwrap_or_default()
}

/// The database has no text with a zero in it, so nothing has such an address.
pub fn is_readable(slug: &str) -> bool {
    !slug.chars().any(char::is_control)
}
