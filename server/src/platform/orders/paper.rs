//! Slips and picking lists of the orders that an address names.

use crate::{doors::Inside, request::private_page};
use app::{
    dashboard::address::ORDERS,
    still::orders::paper::{nothing, picking as picking_of, slips as slips_of},
    text::orders::words,
};
use axum::{
    extract::{Query, rejection::QueryRejection},
    response::Response,
};
use duka::{
    error::AppError,
    kernel::{id::OrderId, typed::Typed},
    pages::dashboard::packing::{load_picking, load_slips, read_orders},
};
use http::StatusCode;

type Pairs = Result<Query<Vec<(String, String)>>, QueryRejection>;

fn named(query: Pairs) -> Result<Vec<OrderId>, AppError> {
    let typed = query.ok().and_then(|query| Typed::read(query.0)).unwrap_or_default();
    read_orders(typed.get("order"))
}

pub async fn slips(inside: Inside, query: Pairs) -> Response {
    let title = words(inside.locale()).slips_title;
    let found = match named(query) {
        Ok(orders) => load_slips(&inside.ctx, &orders).await,
        Err(error) => Err(error),
    };
    match found {
        Ok(found) => private_page(StatusCode::OK, slips_of(&inside.still(ORDERS, title), &found)),
        Err(error) => refused(&inside, title, error),
    }
}

pub async fn picking(inside: Inside, query: Pairs) -> Response {
    let title = words(inside.locale()).picking_title;
    let found = match named(query) {
        Ok(orders) => load_picking(&inside.ctx, &orders).await,
        Err(error) => Err(error),
    };
    match found {
        Ok(found) => private_page(StatusCode::OK, picking_of(&inside.still(ORDERS, title), &found)),
        Err(error) => refused(&inside, title, error),
    }
}

fn refused(inside: &Inside, title: &'static str, error: AppError) -> Response {
    match error {
        AppError::Invalid(errors) => {
            let problem = errors.of("order");
            private_page(StatusCode::UNPROCESSABLE_ENTITY, nothing(&inside.still(ORDERS, title), title, problem))
        }
        other => inside.refuse(other),
    }
}
