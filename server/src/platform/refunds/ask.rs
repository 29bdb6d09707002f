//! Asking for a refund: the first press shows what it comes to, the second sends it.

use crate::{
    doors::{Inside, Posted},
    platform::sheet::{shown_again, to_the_end},
    request::{private_page, see_other},
};
use app::{
    dashboard::address,
    still::{
        form::Sheet as Shown,
        refunds::{
            SECTION,
            ask::{LOOK, ask},
        },
    },
    text::refunds::words,
};
use axum::{extract::Path, response::Response};
use duka::{
    checkout::refunds::{
        ask::ask_refund,
        asked::{Asked, SEEN_TOTAL, problem},
        sold::{self, SoldOrder},
    },
    error::AppError,
    kernel::{
        id::{OrderId, RefundId},
        money::Money,
        typed::Typed,
    },
    orders::refund_shares::Shares,
};
use http::StatusCode;

pub async fn page(inside: Inside, Path(id): Path<String>) -> Response {
    match find(&inside, &id).await {
        Ok(order) => draw(&inside, StatusCode::OK, &order, &Shown::default(), None),
        Err(error) => inside.refuse(error),
    }
}

async fn find(inside: &Inside, id: &str) -> Result<SoldOrder, AppError> {
    sold::look(&inside.ctx, OrderId::parse(id).ok_or(AppError::NotFound)?).await
}

fn draw(inside: &Inside, status: StatusCode, order: &SoldOrder, shown: &Shown, shares: Option<&Shares>) -> Response {
    let still = inside.still(SECTION, words(inside.locale()).ask);
    // The form names the refund that it would become, so that it is one however often it is sent.
    let refund = RefundId::parse(shown.typed.get("refund")).unwrap_or_else(RefundId::mint).to_string();
    private_page(status, ask(&still, order, &refund, shown, shares))
}

pub async fn send(inside: Inside, Path(id): Path<String>, Posted(mut typed): Posted) -> Response {
    let order = match find(&inside, &id).await {
        Ok(order) => order,
        Err(error) => return inside.refuse(error),
    };
    let seen = typed.take(SEEN_TOTAL);
    let only_looks = !typed.take(LOOK).is_empty() || seen.is_empty();
    let asked = match Asked::read(&typed, &order) {
        Ok(asked) => asked,
        Err(errors) => return again(&inside, &order, typed, AppError::Invalid(errors)),
    };
    if only_looks {
        return match order.share(&asked.wanted) {
            Ok(shares) => draw(&inside, StatusCode::OK, &order, &Shown { typed, ..Shown::default() }, Some(&shares)),
            Err(no) => again(&inside, &order, typed, AppError::Invalid(problem(no))),
        };
    }
    // What cannot be read is no sum that anybody saw.
    let seen = Money::new(seen.parse().unwrap_or(-1), order.sold.total.currency());
    let (ctx, order_id) = (inside.ctx.clone(), order.order);
    match to_the_end(async move { ask_refund(&ctx, order_id, &asked, seen).await }).await {
        Ok(_) => see_other(&address::order(order_id)),
        Err(error) => match find(&inside, &id).await {
            Ok(now) => again(&inside, &now, typed, error),
            Err(missing) => inside.refuse(missing),
        },
    }
}

/// With everything that was typed; where the sums have moved, with what they are now.
fn again(inside: &Inside, order: &SoldOrder, typed: Typed, error: AppError) -> Response {
    let moved = (error == AppError::ChangedMeanwhile)
        .then(|| Asked::read(&typed, order).ok().and_then(|asked| order.share(&asked.wanted).ok()))
        .flatten();
    match shown_again(typed, error) {
        Ok((status, shown)) => draw(inside, status, order, &shown, moved.as_ref()),
        Err(other) => inside.refuse(other),
    }
}
