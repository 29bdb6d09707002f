//! The list of orders by its address, whether it has changed, and the form that moves what was ticked.

use crate::{
    doors::{Inside, Posted},
    platform::sheet::{only, to_the_end},
    request::private_page,
};
use app::{
    dashboard::address::ORDERS,
    still::orders::list::{MOVES, Moved, list},
    text::dash::words,
};
use axum::{
    extract::{Query, rejection::QueryRejection},
    response::Response,
};
use duka::{
    checkout::move_orders::{Chosen, move_orders},
    error::AppError,
    kernel::{field_errors::FieldProblem, typed::Typed},
    orders::status::OrderStatus,
    pages::dashboard::orders::{self, OrderFilter},
};
use http::StatusCode;

type Pairs = Result<Query<Vec<(String, String)>>, QueryRejection>;

pub async fn page(inside: Inside, query: Pairs) -> Response {
    // What cannot be read asks for the whole list.
    let typed = query.ok().and_then(|query| Typed::read(query.0)).unwrap_or_default();
    draw(&inside, StatusCode::OK, OrderFilter::read(|name| typed.get(name)), None).await
}

async fn draw(inside: &Inside, status: StatusCode, filter: OrderFilter, moved: Option<Moved>) -> Response {
    match orders::load(&inside.ctx, filter).await {
        Ok(found) => {
            let still = inside.still(ORDERS, words(inside.locale()).orders);
            private_page(status, list(&still, &found, moved.as_ref()))
        }
        Err(error) => inside.refuse(error),
    }
}

/// The mark of the newest change: a few digits that a page compares with its own.
pub async fn news(inside: Inside) -> Response {
    match orders::newest_change(&inside.ctx).await {
        Ok(mark) => private_page(StatusCode::OK, mark),
        Err(error) => inside.refuse(error),
    }
}

/// Moves what was ticked, and shows the same list again with what became of each.
pub async fn move_chosen(inside: Inside, Posted(typed): Posted) -> Response {
    let own: Vec<String> = OrderFilter::FIELDS.into_iter().chain(["page"]).map(|name| format!("list-{name}")).collect();
    let fields: Vec<&str> = ["order", "to"].into_iter().chain(own.iter().map(String::as_str)).collect();
    if let Err(error) = only(&typed, &fields) {
        return inside.refuse(error);
    }
    let filter = OrderFilter::read(|name| typed.get(&format!("list-{name}")));
    let to = OrderStatus::parse(typed.get("to")).filter(|to| MOVES.contains(to));
    let chosen = match (Chosen::read(typed.get("order")), to) {
        (Ok(chosen), Some(to)) => (chosen, to),
        (Err(errors), _) => {
            let problem = errors.of("order").unwrap_or(FieldProblem::Unreadable);
            return draw(&inside, StatusCode::UNPROCESSABLE_ENTITY, filter, Some(Moved::Nothing(problem))).await;
        }
        (Ok(_), None) => {
            let nothing = Moved::Nothing(FieldProblem::UnknownChoice);
            return draw(&inside, StatusCode::UNPROCESSABLE_ENTITY, filter, Some(nothing)).await;
        }
    };
    let (chosen, to) = chosen;
    let ctx = inside.ctx.clone();
    match to_the_end(async move { move_orders(&ctx, &chosen, to).await }).await {
        Ok(ends) => {
            inside.app.pages.versions.note_move(inside.ctx.tenant);
            let is_stuck =
                ends.iter().all(|end| matches!(end.outcome, duka::checkout::move_orders::Outcome::Stayed(_)));
            let status = if is_stuck { StatusCode::CONFLICT } else { StatusCode::OK };
            draw(&inside, status, filter, Some(Moved::Ends(to, ends))).await
        }
        Err(AppError::Invalid(_)) => {
            let nothing = Moved::Nothing(FieldProblem::Unreadable);
            draw(&inside, StatusCode::UNPROCESSABLE_ENTITY, filter, Some(nothing)).await
        }
        Err(error) => inside.refuse(error),
    }
}
