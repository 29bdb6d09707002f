//! A discount that staff give on one order by hand.

use super::sheet::{only, shown_again, to_the_end};
use crate::{
    doors::{Inside, Named, Posted},
    request::{private_page, see_other},
};
use app::{
    dashboard::address::{self, ORDERS},
    still::{
        form::{Sheet as Shown, VERSION},
        order_discount::order_discount,
    },
    text::discounts::words,
};
use axum::response::Response;
use duka::{
    checkout::discount_order::{FIELDS, GivenDiscount, discount_order},
    error::AppError,
    kernel::{currency::Currency, id::OrderId, typed::Typed},
    pages::dashboard::order,
};
use http::StatusCode;

pub async fn page(inside: Inside, Named(id): Named<OrderId>) -> Response {
    draw(&inside, StatusCode::OK, id, &Shown::default()).await
}

async fn draw(inside: &Inside, status: StatusCode, id: OrderId, shown: &Shown) -> Response {
    match order::load(&inside.ctx, id).await {
        Ok(found) => {
            let still = inside.still(ORDERS, words(inside.locale()).title);
            private_page(status, order_discount(&still, &found, shown))
        }
        Err(error) => inside.refuse(error),
    }
}

pub async fn give(inside: Inside, Named(id): Named<OrderId>, Posted(mut typed): Posted) -> Response {
    let version = typed.take(VERSION).parse().unwrap_or(0);
    let (ctx, sent) = (inside.ctx.clone(), typed.clone());
    let given = to_the_end(async move {
        only(&sent, &FIELDS)?;
        let given = GivenDiscount::read(&sent, Currency::Kes).map_err(AppError::Invalid)?;
        discount_order(&ctx, id, version, &given).await
    });
    match given.await {
        Ok(()) => see_other(&address::order(id)),
        Err(error) => again(&inside, id, typed, error).await,
    }
}

async fn again(inside: &Inside, id: OrderId, typed: Typed, error: AppError) -> Response {
    match shown_again(typed, error) {
        Ok((status, shown)) => draw(inside, status, id, &shown).await,
        Err(other) => inside.refuse(other),
    }
}
