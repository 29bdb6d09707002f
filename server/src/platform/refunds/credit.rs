//! A customer's credit is used on an order.

use crate::{
    doors::{Inside, Posted},
    platform::sheet::{only, shown_again, to_the_end},
    request::{private_page, see_other},
};
use app::{
    dashboard::address,
    still::{
        form::Sheet as Shown,
        refunds::{
            SECTION,
            credit::{SEEN, credit},
        },
    },
    text::refunds::words,
};
use axum::{extract::Path, response::Response};
use duka::{
    checkout::refunds::credit::{look, use_credit},
    error::AppError,
    kernel::{currency::Currency, id::OrderId, money::Money},
};
use http::StatusCode;

pub async fn page(inside: Inside, Path(id): Path<String>) -> Response {
    match OrderId::parse(&id) {
        Some(id) => draw(&inside, StatusCode::OK, id, &Shown::default()).await,
        None => inside.refuse(AppError::NotFound),
    }
}

async fn draw(inside: &Inside, status: StatusCode, id: OrderId, shown: &Shown) -> Response {
    match look(&inside.ctx, id).await {
        Ok(found) => {
            let still = inside.still(SECTION, words(inside.locale()).credited);
            private_page(status, credit(&still, id, &found, shown))
        }
        Err(error) => inside.refuse(error),
    }
}

pub async fn spend(inside: Inside, Path(id): Path<String>, Posted(typed): Posted) -> Response {
    let Some(id) = OrderId::parse(&id) else { return inside.refuse(AppError::NotFound) };
    let (ctx, sent) = (inside.ctx.clone(), typed.clone());
    let used = to_the_end(async move {
        only(&sent, &[SEEN])?;
        let seen = Money::new(sent.get(SEEN).parse().unwrap_or(-1), Currency::Kes);
        use_credit(&ctx, id, seen).await
    });
    match used.await {
        Ok(_) => see_other(&address::order(id)),
        Err(error) => match shown_again(typed, error) {
            Ok((status, shown)) => draw(&inside, status, id, &shown).await,
            Err(other) => inside.refuse(other),
        },
    }
}
