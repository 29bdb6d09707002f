//! An order paid with what its customer has standing with the shop.

use crate::{
    doors::{Inside, Named, Posted},
    platform::sheet::{only, shown_again, to_the_end},
    request::{private_page, see_other},
};
use app::{
    dashboard::address::{self, ORDERS},
    still::{form::Sheet as Shown, payments::credit::use_credit},
    text::inbox::words,
};
use axum::response::Response;
use duka::{
    checkout::inbox::use_credit as pay_with_credit,
    kernel::{id::OrderId, money::Money},
    pages::dashboard::order,
};
use http::StatusCode;

pub(super) async fn page(inside: Inside, Named(id): Named<OrderId>) -> Response {
    draw(&inside, StatusCode::OK, id, &Shown::default()).await
}

async fn draw(inside: &Inside, status: StatusCode, id: OrderId, shown: &Shown) -> Response {
    match order::load(&inside.ctx, id).await {
        Ok(found) => {
            let still = inside.still(ORDERS, words(inside.locale()).use_credit_title);
            private_page(status, use_credit(&still, &found, shown))
        }
        Err(error) => inside.refuse(error),
    }
}

pub(super) async fn pay(inside: Inside, Named(id): Named<OrderId>, Posted(typed): Posted) -> Response {
    let (ctx, sent) = (inside.ctx.clone(), typed.clone());
    let paid = to_the_end(async move {
        only(&sent, &["seen"])?;
        let seen = Money::kes(sent.get("seen").parse().unwrap_or(-1));
        pay_with_credit(&ctx, id, seen).await
    });
    match paid.await {
        Ok(_) => see_other(&address::order(id)),
        Err(error) => match shown_again(typed, error) {
            Ok((status, shown)) => draw(&inside, status, id, &shown).await,
            Err(other) => inside.refuse(other),
        },
    }
}
