//! The page of an order's parcel and its three forms: booking it, writing it down by hand, saying where it is.

use crate::{
    doors::{Inside, Named, Posted},
    platform::sheet::{only, shown_again, to_the_end},
    request::{private_page, see_other},
};
use app::{
    dashboard::address::{self, ORDERS},
    still::{form::Sheet as Shown, orders::parcel::parcel},
    text::parcels::words,
};
use axum::response::Response;
use duka::{
    checkout::parcels::{self, FIELDS, HandParcel, STATES},
    error::AppError,
    kernel::{
        field_errors::{FieldErrors, FieldProblem},
        id::{OrderId, PartnerAgentId},
        typed::Typed,
    },
    pages::dashboard::parcel as parcel_page,
};
use http::StatusCode;

fn address_of(order: OrderId) -> String {
    format!("{}/parcel", address::order(order))
}

async fn draw(inside: &Inside, status: StatusCode, order: OrderId, booking: &Shown, writing: &Shown) -> Response {
    match parcel_page::load(&inside.ctx, order).await {
        Ok(found) => {
            let still = inside.still(ORDERS, words(inside.locale()).title);
            private_page(status, parcel(&still, &found, booking, writing))
        }
        Err(error) => inside.refuse(error),
    }
}

pub async fn page(inside: Inside, Named(order): Named<OrderId>) -> Response {
    draw(&inside, StatusCode::OK, order, &Shown::default(), &Shown::default()).await
}

pub async fn book(inside: Inside, Named(order): Named<OrderId>, Posted(typed): Posted) -> Response {
    let (ctx, sent) = (inside.ctx.clone(), typed.clone());
    let booking = to_the_end(async move {
        only(&sent, &["agent"])?;
        let unknown = || AppError::Invalid(FieldErrors::one("agent", FieldProblem::UnknownChoice));
        let agent = PartnerAgentId::parse(sent.get("agent")).ok_or_else(unknown)?;
        parcels::book_parcel(&ctx, order, agent).await
    });
    match booking.await {
        Ok(()) => see_other(&address_of(order)),
        Err(error) => match shown_again(typed, error) {
            Ok((status, shown)) => draw(&inside, status, order, &shown, &Shown::default()).await,
            Err(other) => inside.refuse(other),
        },
    }
}

pub async fn write_down(inside: Inside, Named(order): Named<OrderId>, Posted(typed): Posted) -> Response {
    let (ctx, sent) = (inside.ctx.clone(), typed.clone());
    let writing = to_the_end(async move {
        only(&sent, &FIELDS)?;
        let parcel = HandParcel::read(&sent).map_err(AppError::Invalid)?;
        parcels::write_down(&ctx, order, &parcel).await
    });
    match writing.await {
        Ok(()) => see_other(&address_of(order)),
        Err(error) => match shown_again(typed, error) {
            Ok((status, shown)) => draw(&inside, status, order, &Shown::default(), &shown).await,
            Err(other) => inside.refuse(other),
        },
    }
}

pub async fn say(inside: Inside, Named(order): Named<OrderId>, Posted(typed): Posted) -> Response {
    let ctx = inside.ctx.clone();
    let saying = to_the_end(async move {
        only(&typed, &["state"])?;
        let state = STATES.into_iter().find(|state| state.as_str() == typed.get("state"));
        parcels::say_state(&ctx, order, state.ok_or(AppError::ChangedMeanwhile)?).await
    });
    match saying.await {
        Ok(()) => see_other(&address_of(order)),
        Err(error) => match shown_again(Typed::default(), error) {
            Ok((status, shown)) => draw(&inside, status, order, &shown, &Shown::default()).await,
            Err(other) => inside.refuse(other),
        },
    }
}
