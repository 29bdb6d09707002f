//! The door of a shop: open to everybody, to its team alone, or to nobody for a while.

use super::faults;
use crate::{
    request::{
        asked::Asked, cookies::Cookie, guard::Front, host::Standing, origin::is_write, plain, private_page, see_other,
    },
    state::App,
};
use app::storefront::{holding, paused, preview_bar, preview_refused};
use axum::{
    body::{Body, to_bytes},
    extract::Request,
    response::{IntoResponse as _, Response},
};
use duka::{
    kernel::{locale::Locale, token::Token},
    pages::storefront::frame::{self, ShopFrame},
    tenancy::standing,
};
use http::{
    HeaderValue, StatusCode,
    header::{ACCEPT_ENCODING, CACHE_CONTROL, CONTENT_LENGTH, CONTENT_TYPE, ETAG, IF_NONE_MATCH, RETRY_AFTER, VARY},
};
use tower::ServiceExt as _;

/// No page of a shop is longer.
const LONGEST_PAGE: usize = 8 * 1024 * 1024;
/// When a suspended shop may be asked for again, in seconds.
const COME_BACK: u32 = 3600;

/// Lets in, shows the holding page, or lets the team look.
pub async fn enter(front: &Front, asked: Asked, standing: Standing, request: Request) -> Response {
    if standing == Standing::Open {
        return pass(front, asked.enter(&front.app, request)).await;
    }
    let request = asked.clone().enter(&front.app, request);
    if is_for_every_page(request.uri().path()) {
        return pass(front, request).await;
    }
    match standing {
        // What was paid for is still looked up.
        Standing::Suspended if is_of_an_order(&asked.path) && !is_write(request.method()) => pass(front, request).await,
        Standing::Suspended => suspended(&front.app, &asked).await,
        _ => closed(front, &asked, request).await,
    }
}

async fn pass(front: &Front, request: Request) -> Response {
    let Ok(answer) = front.shop.clone().oneshot(request).await;
    answer
}

/// What every page is made of: also that of an order, which stays open and has the shop's logo above it.
fn is_for_every_page(path: &str) -> bool {
    path.starts_with("/s/") || path.starts_with("/media/") || path == "/favicon.ico"
}

/// Whoever has ordered before finds the order again, whatever becomes of the shop.
fn is_of_an_order(path: &str) -> bool {
    let order = ["/orders/", "/rider/"].into_iter().find_map(|folder| path.strip_prefix(folder));
    let order = order.and_then(|rest| rest.split('/').next());
    order.is_some_and(|token| Token::parse(token).is_some()) || path == "/api/shop/payment-progress"
}

async fn closed(front: &Front, asked: &Asked, request: Request) -> Response {
    let app = &front.app;
    // The holding page says how to reach the merchant, too.
    if is_of_an_order(&asked.path) || asked.path == "/whatsapp" {
        return pass(front, request).await;
    }
    if let Some(token) = asked.path.strip_prefix("/preview/") {
        return match Token::parse(token) {
            Some(token) if is_key(app, asked, &token).await => {
                let mut answer = see_other(&asked.to("/"));
                Cookie::Preview.set(&mut answer, &app.config.base, &token.hex());
                answer
            }
            _ => stand_in(app, asked, StatusCode::OK, holding).await,
        };
    }
    if let Some(token) = Cookie::Preview.token(request.headers(), &app.config.base)
        && is_key(app, asked, &token).await
    {
        return look(front, asked, request).await;
    }
    if asked.path == "/robots.txt" {
        return nothing_for_robots();
    }
    if is_write(request.method()) {
        return plain(StatusCode::FORBIDDEN, app::text::start::words(asked.locale).not_open);
    }
    stand_in(app, asked, StatusCode::OK, holding).await
}

async fn suspended(app: &App, asked: &Asked) -> Response {
    let mut answer = stand_in(app, asked, StatusCode::SERVICE_UNAVAILABLE, paused).await;
    answer.headers_mut().insert(RETRY_AFTER, HeaderValue::from(COME_BACK));
    answer
}

/// A page in the shop's colour that offers nothing to browse.
async fn stand_in(app: &App, asked: &Asked, status: StatusCode, draw: fn(&ShopFrame) -> String) -> Response {
    match frame::load(&asked.ctx, &asked.visit(app, "/")).await {
        Ok(frame) => private_page(status, draw(&frame)),
        Err(fault) => faults::bare(app, asked.locale, fault),
    }
}

fn nothing_for_robots() -> Response {
    let headers = [(CONTENT_TYPE, "text/plain; charset=utf-8"), (CACHE_CONTROL, "no-store")];
    (headers, "User-agent: *\nDisallow: /\n").into_response()
}

fn missing() -> Response {
    plain(StatusCode::INTERNAL_SERVER_ERROR, "A shop's page was asked for without its shop.\n")
}

/// Whether this token opens a preview of this store. A database that is away opens nothing.
async fn is_key(app: &App, asked: &Asked, token: &Token) -> bool {
    let known = standing::preview_token(&app.platform, asked.shop.tenant, asked.shop.store).await;
    // Hashes are compared, so how long it takes tells nothing.
    known.is_ok_and(|known| known.hash() == token.hash())
}

/// The shop as if it were open, with a bar on top; nothing can be ordered.
async fn look(front: &Front, asked: &Asked, mut request: Request) -> Response {
    if is_write(request.method()) && (asked.path == "/checkout" || asked.path.starts_with("/orders/")) {
        return stand_in(&front.app, asked, StatusCode::FORBIDDEN, preview_refused).await;
    }
    // The bar goes into the page's own text.
    request.headers_mut().remove(ACCEPT_ENCODING);
    request.headers_mut().remove(IF_NONE_MATCH);
    let answer = pass(front, request).await;
    let is_page = answer
        .headers()
        .get(CONTENT_TYPE)
        .and_then(|kind| kind.to_str().ok())
        .is_some_and(|kind| kind.starts_with("text/html"));
    if is_page { barred(answer, asked.locale).await } else { answer }
}

async fn barred(answer: Response, locale: Locale) -> Response {
    let (mut parts, body) = answer.into_parts();
    for name in [ETAG, CONTENT_LENGTH, VARY] {
        parts.headers.remove(name);
    }
    parts.headers.insert(CACHE_CONTROL, HeaderValue::from_static("private, no-store"));
    let Ok(bytes) = to_bytes(body, LONGEST_PAGE).await else { return missing() };
    let html = String::from_utf8_lossy(&bytes).replacen("<body>", &format!("<body>{}", preview_bar(locale)), 1);
    Response::from_parts(parts, Body::from(html))
}

/// A preview of a shop that is open is the shop.
pub async fn preview(asked: Asked) -> Response {
    see_other(&asked.to("/"))
}

#[cfg(test)]
mod tests {
    use super::is_of_an_order;

    #[test]
    fn only_an_orders_own_pages_stay_open() {
        let token = "ab".repeat(32);
        assert!(is_of_an_order(&format!("/orders/{token}")));
        assert!(is_of_an_order(&format!("/orders/{token}/status")));
        for path in ["/orders/find", "/orders/", "/checkout", "/", "/api/shop/product"] {
            assert!(!is_of_an_order(path), "{path}");
        }
    }
}
