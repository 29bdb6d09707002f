//! A shop's addresses: pages that anybody may keep, and forms of one shopper.

mod account;
pub mod browse;
mod card;
mod cart;
mod cart_link;
mod checkout;
pub mod closed;
mod events;
pub mod faults;
mod feed;
mod icons;
mod light;
mod machines;
pub mod media;
mod offline;
mod orders;
mod parcel;
mod receipts;
mod rider;
mod sent;
mod sitemap;
mod suggest;
mod visit_cost;
mod whatsapp;
mod xml;

use crate::{
    doors::{Doors, Who},
    platform::server_functions,
    site,
    state::App,
};
use axum::{Router, routing::get};

/// Every page and form of a shop. The language prefix is already gone when a request comes here.
pub fn doors(app: App) -> Doors {
    Doors::new(app)
        .page("/", Who::Shopper, browse::home)
        .page("/c/{category}", Who::Shopper, browse::category)
        .page("/p/{product}", Who::Shopper, browse::product)
        .page("/search", Who::Shopper, browse::search)
        .page("/search/suggest", Who::Shopper, suggest::suggest)
        .page("/blog", Who::Shopper, browse::blog)
        .page("/blog/{post}", Who::Shopper, browse::post)
        .page("/pages/{slug}", Who::Shopper, browse::plain)
        .page("/delivery", Who::Shopper, browse::areas)
        .page("/delivery/{area}", Who::Shopper, browse::area)
        .page("/data", Who::Shopper, visit_cost::page)
        .page("/offline", Who::Shopper, offline::page)
        .form("/light", Who::Shopper, light::switch)
        .page("/cart", Who::Shopper, cart::page)
        .form("/cart/items", Who::Shopper, cart::add)
        .form("/cart/items/{item}", Who::Shopper, cart::set_quantity)
        .form("/cart/code", Who::Shopper, cart::code)
        .form("/cart/code/remove", Who::Shopper, cart::remove_code)
        .form("/cart/why", Who::Shopper, cart::why)
        .form("/cart/link", Who::Shopper, cart_link::make)
        .page("/cart/{link}", Who::Shopper, cart_link::open)
        .form("/cart/{link}", Who::Shopper, cart_link::choose)
        .page("/checkout", Who::Shopper, checkout::page)
        .form("/checkout", Who::Shopper, checkout::place)
        .form("/checkout/forget", Who::Shopper, checkout::forget)
        .page("/account", Who::Shopper, account::page)
        .form("/account", Who::Shopper, account::ask)
        .page("/account/code", Who::Shopper, account::code_page)
        .form("/account/code", Who::Shopper, account::code)
        .page("/account/addresses", Who::Shopper, account::places::page)
        .form("/account/addresses/{place}", Who::Shopper, account::places::change)
        .form("/account/addresses/{place}/forget", Who::Shopper, account::places::forget)
        .form("/account/language", Who::Shopper, account::own::language)
        .page("/account/own", Who::Shopper, account::own::page)
        .form("/account/own/copy", Who::Shopper, account::own::copy)
        .form("/account/own/erase", Who::Shopper, account::own::erase)
        .form("/account/own/keep", Who::Shopper, account::own::keep)
        .form("/account/sign-out", Who::Shopper, account::leave)
        .page("/orders/find", Who::Shopper, orders::find_page)
        .form("/orders/find", Who::Shopper, orders::find)
        .page("/orders/{token}", Who::Shopper, orders::page)
        .page("/orders/{token}/status", Who::Shopper, orders::status)
        .form("/orders/{token}/pay", Who::Shopper, orders::pay)
        .form("/orders/{token}/receipt", Who::Shopper, orders::receipt)
        .page("/orders/{token}/receipt", Who::Shopper, receipts::page)
        .page("/orders/{token}/receipt.pdf", Who::Shopper, receipts::pdf)
        .page("/rider/{token}", Who::Shopper, rider::page)
        .form("/rider/{token}/prompt", Who::Shopper, rider::prompt)
        .form("/rider/{token}/cash", Who::Shopper, rider::cash)
        .form("/rider/{token}/delivered", Who::Shopper, parcel::delivered)
        .form("/rider/{token}/failed", Who::Shopper, parcel::failed)
        .form("/rider/{token}/way", Who::Shopper, parcel::way)
        .page("/whatsapp", Who::Shopper, whatsapp::open)
        .page("/preview/{token}", Who::Shopper, closed::preview)
}

/// The table of addresses.
pub fn routes(app: App) -> Router {
    doors(app.clone())
        .into_router()
        .route("/media/{tenant}/{file}", get(media::picture))
        .route("/s/{build}/{*file}", get(site::asset))
        .route("/favicon.ico", get(site::favicon))
        .route("/manifest.webmanifest", get(machines::manifest))
        .route("/icon.svg", get(machines::icon))
        .route("/icons/{sign}/{file}", get(icons::icon))
        .route("/worker.js", get(site::worker))
        .route("/robots.txt", get(machines::robots))
        .route("/sitemap.xml", get(sitemap::index))
        .route("/sitemaps/{file}", get(sitemap::file))
        .route("/feed.xml", get(feed::products))
        .route("/api/{*function}", server_functions())
        .fallback(faults::no_such_page)
        .method_not_allowed_fallback(faults::only_a_form)
        .with_state(app)
}
