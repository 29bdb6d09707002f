//! A shop's addresses: pages that anybody may keep, and forms of one shopper.

mod browse;
mod cart;
mod checkout;
pub mod closed;
mod events;
pub mod faults;
mod machines;
pub mod media;
mod orders;

use crate::{platform::server_functions, site, state::App};
use axum::{
    Router,
    routing::{get, post},
};

/// The table of addresses. The language prefix is already gone when a request comes here.
pub fn routes(app: App) -> Router {
    Router::new()
        .route("/", get(browse::home))
        .route("/c/{category}", get(browse::category))
        .route("/p/{product}", get(browse::product))
        .route("/search", get(browse::search))
        .route("/cart", get(cart::page))
        .route("/cart/items", post(cart::add))
        .route("/cart/items/{item}", post(cart::set_quantity))
        .route("/cart/code", post(cart::code))
        .route("/checkout", get(checkout::page).post(checkout::place))
        .route("/orders/find", get(orders::find_page).post(orders::find))
        .route("/orders/{token}", get(orders::page))
        .route("/orders/{token}/status", get(orders::status))
        .route("/orders/{token}/pay", post(orders::pay))
        .route("/preview/{token}", get(closed::preview))
        .route("/media/{tenant}/{file}", get(media::picture))
        .route("/s/{build}/{*file}", get(site::asset))
        .route("/favicon.ico", get(site::favicon))
        .route("/manifest.webmanifest", get(machines::manifest))
        .route("/robots.txt", get(machines::robots))
        .route("/sitemap.xml", get(machines::sitemap))
        .route("/api/{*function}", server_functions())
        .fallback(faults::no_such_page)
        .method_not_allowed_fallback(faults::no_such_page)
        .with_state(app)
}
