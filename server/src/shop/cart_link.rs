//! Going on with a cart on another phone: the link is made by a form, and opening it hands over the cart's own cookie.

use super::{cart::show_count, events, faults};
use crate::{
    doors::to_the_end,
    request::{asked::Asked, client::Address, cookies::Cookie, private_page, see_other},
    state::App,
};
use ::app::storefront;
use axum::{
    extract::{Path, State},
    response::Response,
};
use duka::{
    cart::link_token::LinkToken,
    checkout::cart_link::{Opened, make_link, open_link},
    error::AppError,
    pages::storefront::frame,
};
use http::{HeaderMap, HeaderValue, StatusCode, header::REFERRER_POLICY};

/// Makes the cart's link and shows it. An empty cart has none.
pub async fn make(State(app): State<App>, asked: Asked, headers: HeaderMap) -> Response {
    let Some(cart) = Cookie::Cart.token(&headers, &app.config.base) else { return see_other(&asked.to("/cart")) };
    let (ctx, store) = (asked.ctx.clone(), asked.shop.store);
    let link = match to_the_end(async move { make_link(&ctx, store, &cart).await }).await {
        Ok(Some(link)) => link,
        Ok(None) => return see_other(&asked.to("/cart")),
        Err(fault) => return faults::page(&app, &asked, fault).await,
    };
    let address = format!("{}{}", asked.shop.origin, asked.to(&format!("/cart/{}", link.spelled())));
    match frame::load(&asked.ctx, &asked.visit(&app, "/cart")).await {
        Ok(frame) => private_page(StatusCode::OK, storefront::cart_link(&frame, &address)),
        Err(fault) => faults::page(&app, &asked, fault).await,
    }
}

/// Opens a link. Where this phone has a cart of its own with something in it, it is asked first.
pub async fn open(
    State(app): State<App>,
    asked: Asked,
    address: Address,
    headers: HeaderMap,
    Path(link): Path<String>,
) -> Response {
    go_on(&app, &asked, &address, &headers, &link, false).await
}

/// The same when it was asked.
pub async fn choose(
    State(app): State<App>,
    asked: Asked,
    address: Address,
    headers: HeaderMap,
    Path(link): Path<String>,
) -> Response {
    go_on(&app, &asked, &address, &headers, &link, true).await
}

async fn go_on(
    app: &App,
    asked: &Asked,
    address: &Address,
    headers: &HeaderMap,
    link: &str,
    is_chosen: bool,
) -> Response {
    let own = Cookie::Cart.token(headers, &app.config.base);
    let found = match LinkToken::parse(link) {
        Some(link) => open_link(&asked.ctx, asked.shop.store, &link, own.as_ref()).await,
        None => Err(AppError::NotFound),
    };
    let mut answer = match found {
        Ok(Opened::Order(order)) if events::known_order(app, asked, headers).as_ref() == Some(&order) => {
            see_other(&asked.to(&format!("/orders/{}", order.hex())))
        }
        Ok(Opened::Order(_)) => ordered(app, asked, StatusCode::GONE).await,
        Ok(Opened::Cart { pieces, leaves_another: true, .. }) if !is_chosen => choice(app, asked, link, pieces).await,
        Ok(Opened::Cart { token, pieces, .. }) => {
            let mut answer = see_other(&asked.to("/cart"));
            Cookie::Cart.set(&mut answer, &app.config.base, &token.hex());
            show_count(app, &mut answer, pieces);
            answer
        }
        Err(AppError::NotFound) => match missed(app, address) {
            Ok(()) => gone(app, asked).await,
            Err(seconds) => faults::too_many(app, asked.locale, seconds),
        },
        Err(fault) => faults::page(app, asked, fault).await,
    };
    // The address opens the cart: no other site may read it off a link. A form of this page still says where it is from.
    answer.headers_mut().insert(REFERRER_POLICY, HeaderValue::from_static("same-origin"));
    answer
}

async fn choice(app: &App, asked: &Asked, link: &str, pieces: u32) -> Response {
    match frame::load(&asked.ctx, &asked.visit(app, "/cart")).await {
        Ok(frame) => private_page(StatusCode::OK, storefront::cart_link_choice(&frame, link, pieces)),
        Err(fault) => faults::page(app, asked, fault).await,
    }
}

/// For who did not place the order that the cart has become.
pub async fn ordered(app: &App, asked: &Asked, status: StatusCode) -> Response {
    match frame::load(&asked.ctx, &asked.visit(app, "/cart")).await {
        Ok(frame) => private_page(status, storefront::cart_ordered(&frame)),
        Err(fault) => faults::page(app, asked, fault).await,
    }
}

async fn gone(app: &App, asked: &Asked) -> Response {
    match frame::load(&asked.ctx, &asked.visit(app, "/cart")).await {
        Ok(frame) => private_page(StatusCode::NOT_FOUND, storefront::cart_link_gone(&frame)),
        Err(fault) => faults::page(app, asked, fault).await,
    }
}

/// Counts a link that opens nothing; the demo lets the machine itself try as often as it likes.
fn missed(app: &App, address: &Address) -> Result<(), u32> {
    match address.0 {
        Some(from) if !(app.is_demo && from.is_loopback()) => app.cart_link_misses.again(from),
        _ => Ok(()),
    }
}
