//! Calling an order off, with and without money that goes back.

use crate::{
    doors::{Inside, Posted},
    platform::sheet::{shown_again, to_the_end},
    request::{private_page, see_other},
};
use app::{
    dashboard::address::{self, ORDERS},
    still::{
        form::{Sheet as Shown, VERSION},
        orders::cancel::cancel as drawn,
    },
    text::orders::words,
};
use axum::{extract::Path, response::Response};
use duka::{
    checkout::{
        cancel_order::{CallingOff, Cancelling, cancel_order, look},
        refunds::asked::{SEEN_TOTAL, restock_field},
    },
    error::AppError,
    kernel::{
        access::Permission,
        id::{OrderId, RefundId},
        money::Money,
        typed::Typed,
    },
};
use http::StatusCode;

pub async fn page(inside: Inside, Path(id): Path<String>) -> Response {
    let found = match find(&inside, &id).await {
        Ok(found) => found,
        Err(error) => return inside.refuse(error),
    };
    if found.goes_back.is_some() && found.is_possible() && inside.ctx.actor.may(Permission::RefundMoney) {
        return see_other(&format!("{}/cancel/refund", address::order(found.sold.order)));
    }
    draw(&inside, StatusCode::OK, &found, &first(&found))
}

pub async fn page_with_money(inside: Inside, Path(id): Path<String>) -> Response {
    match find(&inside, &id).await {
        Ok(found) => draw(&inside, StatusCode::OK, &found, &first(&found)),
        Err(error) => inside.refuse(error),
    }
}

async fn find(inside: &Inside, id: &str) -> Result<Cancelling, AppError> {
    look(&inside.ctx, OrderId::parse(id).ok_or(AppError::NotFound)?).await
}

/// The form as it is first seen: everything goes back on the shelf.
fn first(found: &Cancelling) -> Shown {
    let typed =
        found.sold.goods.iter().fold(Typed::default(), |typed, goods| typed.with(&restock_field(goods.item), "on"));
    Shown { typed, ..Shown::default() }
}

fn draw(inside: &Inside, status: StatusCode, found: &Cancelling, shown: &Shown) -> Response {
    let still = inside.still(ORDERS, words(inside.locale()).cancel);
    // The form names the refund that it would become, so that it is one however often it is sent.
    let refund = RefundId::parse(shown.typed.get("refund")).unwrap_or_else(RefundId::mint).to_string();
    let may_refund = inside.ctx.actor.may(Permission::RefundMoney);
    private_page(status, drawn(&still, found, shown, &refund, may_refund))
}

pub async fn cancel(inside: Inside, Path(id): Path<String>, Posted(typed): Posted) -> Response {
    call_off(inside, &id, typed, false).await
}

pub async fn cancel_with_money(inside: Inside, Path(id): Path<String>, Posted(typed): Posted) -> Response {
    call_off(inside, &id, typed, true).await
}

async fn call_off(inside: Inside, id: &str, mut typed: Typed, is_with_money: bool) -> Response {
    let Some(order) = OrderId::parse(id) else { return inside.refuse(AppError::NotFound) };
    let version = typed.take(VERSION).parse().unwrap_or(0);
    let seen = typed.take(SEEN_TOTAL);
    let found = match look(&inside.ctx, order).await {
        Ok(found) => found,
        Err(error) => return inside.refuse(error),
    };
    // What cannot be read is no sum that anybody saw.
    let seen = is_with_money.then(|| Money::new(seen.parse().unwrap_or(-1), found.sold.sold.total.currency()));
    let (ctx, sent) = (inside.ctx.clone(), typed.clone());
    let calling = to_the_end(async move {
        let off = CallingOff::read(&sent, version, seen).map_err(AppError::Invalid)?;
        cancel_order(&ctx, order, &off).await
    });
    let error = match calling.await {
        Ok(()) => {
            inside.app.pages.versions.note_move(inside.ctx.tenant);
            return see_other(&address::order(order));
        }
        Err(error) => error,
    };
    let now = match look(&inside.ctx, order).await {
        Ok(now) => now,
        Err(missing) => return inside.refuse(missing),
    };
    match shown_again(typed, error) {
        Ok((status, shown)) => draw(&inside, status, &now, &shown),
        Err(other) => inside.refuse(other),
    }
}
