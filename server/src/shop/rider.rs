//! The rider's link at the door: what to collect, a prompt to the buyer's phone, cash.

use super::{checkout::send_prompt, faults};
use crate::{
    doors::{Posted, only, to_the_end},
    request::{asked::Asked, client::Address, private_page, see_other},
    state::App,
};
use ::app::storefront::{self, Pressed};
use axum::{
    extract::{Path, RawQuery, State},
    response::Response,
};
use duka::{
    analytics::event::Visitor,
    checkout::rider,
    error::AppError,
    kernel::token::Token,
    pages::storefront::{frame, rider as page_of},
};
use http::{HeaderValue, StatusCode, header::REFERRER_POLICY};

pub async fn page(
    State(app): State<App>,
    asked: Asked,
    address: Address,
    Path(token): Path<String>,
    RawQuery(query): RawQuery,
) -> Response {
    let pressed = Pressed {
        is_recorded: query.as_deref() == Some("recorded"),
        is_noted: query.as_deref() == Some("noted"),
        ..Pressed::default()
    };
    draw(&app, &asked, &address, &token, StatusCode::OK, &pressed).await
}

pub(super) async fn draw(
    app: &App,
    asked: &Asked,
    address: &Address,
    token: &str,
    status: StatusCode,
    pressed: &Pressed,
) -> Response {
    let found = match Token::parse(token) {
        Some(token) => page_of::load(&asked.ctx, &token).await,
        None => Err(AppError::NotFound),
    };
    let frame = match frame::load(&asked.ctx, &asked.visit(app, "/rider")).await {
        Ok(frame) => frame,
        Err(fault) => return faults::page(app, asked, fault).await,
    };
    let mut answer = match found {
        Ok(page) => private_page(status, storefront::rider(&frame, &page, pressed)),
        Err(AppError::NotFound) => match missed(app, address) {
            Ok(()) => private_page(StatusCode::NOT_FOUND, storefront::rider_gone(&frame)),
            Err(seconds) => faults::too_many(app, asked.locale, seconds),
        },
        Err(fault) => return faults::page(app, asked, fault).await,
    };
    // The address opens the order's money: no other site may read it off a link.
    answer.headers_mut().insert(REFERRER_POLICY, HeaderValue::from_static("same-origin"));
    answer
}

/// Counts a link that opens nothing; the demo lets the machine itself try as often as it likes.
fn missed(app: &App, address: &Address) -> Result<(), u32> {
    match address.0 {
        Some(from) if !(app.is_demo && from.is_loopback()) => app.rider_misses.again(from),
        _ => Ok(()),
    }
}

pub async fn prompt(
    State(app): State<App>,
    asked: Asked,
    address: Address,
    Path(token): Path<String>,
    Posted(typed): Posted,
) -> Response {
    let phone = typed.get("phone").to_owned();
    let (shared, ctx, link, to) = (app.clone(), asked.ctx.clone(), Token::parse(&token), phone.clone());
    let asking = to_the_end(async move {
        only(&typed, &["phone"])?;
        let payment = rider::collect_by_prompt(&ctx, &link.ok_or(AppError::NotFound)?, &to).await?;
        send_prompt(&shared, ctx.tenant, payment, Visitor::default());
        Ok(())
    });
    let asked_for = asking.await;
    let pressed = Pressed { phone, ..Pressed::default() };
    after(&app, &asked, &address, &token, "", asked_for, pressed).await
}

pub async fn cash(
    State(app): State<App>,
    asked: Asked,
    address: Address,
    Path(token): Path<String>,
    Posted(typed): Posted,
) -> Response {
    let amount = typed.get("amount").to_owned();
    let (ctx, link) = (asked.ctx.clone(), Token::parse(&token));
    let taking = to_the_end(async move {
        only(&typed, &["amount", "key"])?;
        rider::collect_cash(&ctx, &link.ok_or(AppError::NotFound)?, &typed).await
    });
    let taken = taking.await.map(|_| ());
    if taken.is_ok() {
        app.pages.versions.note_move(asked.ctx.tenant);
    }
    let pressed = Pressed { amount, ..Pressed::default() };
    after(&app, &asked, &address, &token, "?recorded", taken, pressed).await
}

/// Back to the page, or the page again with what was typed and what is wrong with it.
pub(super) async fn after(
    app: &App,
    asked: &Asked,
    address: &Address,
    token: &str,
    said: &str,
    done: Result<(), AppError>,
    pressed: Pressed,
) -> Response {
    let (status, problem) = match done {
        Ok(()) => return see_other(&asked.to(&format!("/rider/{token}{said}"))),
        Err(AppError::NotFound) => (StatusCode::NOT_FOUND, None),
        Err(problem @ (AppError::Invalid(_) | AppError::Refused(_))) => (::app::api::status(&problem), Some(problem)),
        Err(fault) => return faults::page(app, asked, fault).await,
    };
    draw(app, asked, address, token, status, &Pressed { problem, ..pressed }).await
}
