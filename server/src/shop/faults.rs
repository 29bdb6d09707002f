//! Pages for when there is none: not found in the shop's dress, broken with a reference, away with a hint to return.

use crate::{
    request::{asked::Asked, is_read, moved_for_good, private_page, see_other},
    state::App,
};
use app::{storefront, text::shop::TurnedAway};
use axum::{
    extract::{State, rejection::FormRejection},
    response::Response,
};
use duka::{
    error::AppError,
    kernel::locale::Locale,
    pages::storefront::frame::{self, ShopFrame},
};
use http::{HeaderValue, Method, StatusCode, header::RETRY_AFTER};

/// An address that the shop does not have. With a stroke at its end it may be one that the shop has.
pub async fn no_such_page(State(app): State<App>, method: Method, asked: Asked) -> Response {
    match without_stroke(&asked).filter(|_| is_read(&method)) {
        Some(address) => moved_for_good(&asked.to(&address)),
        None => not_found(&app, &asked).await,
    }
}

/// The address of a form, looked at: a phone that has thrown the page away which answered the form asks for it so. The
/// page with the form stands above.
pub async fn only_a_form(State(app): State<App>, method: Method, asked: Asked) -> Response {
    match asked.path.rsplit_once('/').filter(|_| is_read(&method)) {
        Some(("", _)) => see_other(&asked.to("/")),
        Some((above, _)) => see_other(&asked.to(above)),
        None => not_found(&app, &asked).await,
    }
}

/// Folders of pages, and pages by themselves, that somebody may type with a stroke at the end.
const FOLDERS: [&str; 5] = ["/p/", "/c/", "/pages/", "/blog/", "/delivery/"];
const PAGES: [&str; 10] = [
    "/search",
    "/cart",
    "/checkout",
    "/data",
    "/blog",
    "/delivery",
    "/orders/find",
    "/account",
    "/account/addresses",
    "/account/own",
];

/// The same address without strokes at its end, if it is that of a page of ours.
fn without_stroke(asked: &Asked) -> Option<String> {
    let bare = match asked.path.trim_end_matches('/') {
        "" => "/",
        bare => bare,
    };
    let is_ours = bare == "/"
        || PAGES.contains(&bare)
        || FOLDERS.iter().any(|folder| bare.strip_prefix(folder).is_some_and(|slug| !slug.contains('/')));
    if bare == asked.path || !is_ours {
        return None;
    }
    Some(if asked.query.is_empty() { bare.to_owned() } else { format!("{bare}?{}", asked.query) })
}

/// 404 in the shop's dress.
pub async fn not_found(app: &App, asked: &Asked) -> Response {
    match frame::load(&asked.ctx, &asked.visit(app, "/")).await {
        Ok(frame) => not_found_in(&frame),
        Err(fault) => bare(app, asked.locale, fault),
    }
}

/// The same with a frame that is already loaded.
pub fn not_found_in(frame: &ShopFrame) -> Response {
    private_page(StatusCode::NOT_FOUND, storefront::not_found(frame))
}

/// Whatever went wrong on a page of a shop.
pub async fn page(app: &App, asked: &Asked, fault: AppError) -> Response {
    match fault {
        AppError::NotFound => not_found(app, asked).await,
        other => bare(app, asked.locale, other),
    }
}

/// Whatever went wrong where no shop can be drawn.
pub fn bare(app: &App, locale: Locale, fault: AppError) -> Response {
    let assets = &app.site.assets;
    match fault {
        AppError::TryAgain { retry_after_seconds } | AppError::TooMany { retry_after_seconds } => {
            let mut answer = private_page(StatusCode::SERVICE_UNAVAILABLE, storefront::unavailable(locale, assets));
            answer.headers_mut().insert(RETRY_AFTER, HeaderValue::from(retry_after_seconds));
            answer
        }
        AppError::Broken { reference } => {
            private_page(StatusCode::INTERNAL_SERVER_ERROR, storefront::broken(locale, assets, &reference))
        }
        other => {
            let AppError::Broken { reference } = AppError::broken(format!("a page had no answer for: {other}")) else {
                return private_page(StatusCode::INTERNAL_SERVER_ERROR, String::new());
            };
            private_page(StatusCode::INTERNAL_SERVER_ERROR, storefront::broken(locale, assets, &reference))
        }
    }
}

/// Who asks too often: when to come back.
pub fn too_many(app: &App, locale: Locale, retry_after_seconds: u32) -> Response {
    let html = storefront::unavailable(locale, &app.site.assets);
    let mut answer = private_page(StatusCode::TOO_MANY_REQUESTS, html);
    answer.headers_mut().insert(RETRY_AFTER, HeaderValue::from(retry_after_seconds));
    answer
}

/// A form that is none: too large to read, not one of ours, or with a field that ours does not have, which is named.
pub async fn unreadable_form(app: &App, asked: &Asked, fault: &FormRejection) -> Response {
    let Some(name) = unknown_field(&fault.body_text()) else { return turned_away(app, asked, reason(fault)).await };
    match frame::load(&asked.ctx, &asked.visit(app, "/")).await {
        Ok(frame) => private_page(StatusCode::UNPROCESSABLE_ENTITY, storefront::unknown_field(&frame, &name)),
        Err(_) => turned_away_bare(app, asked.locale, TurnedAway::Unreadable),
    }
}

/// The field in what is said of a form that denies those it does not know. It came from outside, so it is kept short.
fn unknown_field(said: &str) -> Option<String> {
    let (_, rest) = said.split_once("unknown field `")?;
    let (name, _) = rest.split_once('`')?;
    Some(name.chars().take(40).collect())
}

/// Why a form was not read.
pub fn reason(fault: &FormRejection) -> TurnedAway {
    if fault.status() == StatusCode::PAYLOAD_TOO_LARGE { TurnedAway::TooLarge } else { TurnedAway::Unreadable }
}

/// Turned away in the shop's dress and the reader's language.
pub async fn turned_away(app: &App, asked: &Asked, why: TurnedAway) -> Response {
    match frame::load(&asked.ctx, &asked.visit(app, "/")).await {
        Ok(frame) => private_page(status_of(why), storefront::turned_away(&frame, why)),
        Err(_) => turned_away_bare(app, asked.locale, why),
    }
}

/// The same where no shop is known.
pub fn turned_away_bare(app: &App, locale: Locale, why: TurnedAway) -> Response {
    private_page(status_of(why), storefront::turned_away_bare(locale, &app.site.assets, why))
}

const fn status_of(why: TurnedAway) -> StatusCode {
    match why {
        TurnedAway::Unreadable => StatusCode::UNPROCESSABLE_ENTITY,
        TurnedAway::Foreign | TurnedAway::Silent => StatusCode::FORBIDDEN,
        TurnedAway::TooLarge => StatusCode::PAYLOAD_TOO_LARGE,
    }
}
