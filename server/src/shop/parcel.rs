//! What a rider says of a parcel by their link: handed over with its code, brought back, how the place is found.

use super::{
    faults,
    rider::{after, draw},
};
use crate::{
    doors::{Posted, only, to_the_end},
    request::{asked::Asked, client::Address, private_page},
    state::App,
};
use ::app::storefront::{self, Pressed};
use axum::{
    extract::{Path, State},
    response::Response,
};
use duka::{
    checkout::rider::{self, Confirmed},
    error::AppError,
    kernel::token::Token,
    pages::storefront::frame,
};
use http::StatusCode;

pub async fn delivered(
    State(app): State<App>,
    asked: Asked,
    address: Address,
    Path(token): Path<String>,
    Posted(typed): Posted,
) -> Response {
    let (ctx, link) = (asked.ctx.clone(), Token::parse(&token));
    let confirming = to_the_end(async move {
        only(&typed, &["code"])?;
        rider::confirm(&ctx, &link.ok_or(AppError::NotFound)?, typed.get("code")).await
    });
    match confirming.await {
        Ok(Confirmed::Delivered) => {
            app.pages.versions.note_move(asked.ctx.tenant);
            done(&app, &asked, true).await
        }
        Ok(refused) => {
            let status = match refused {
                Confirmed::MoneyFirst(_) => StatusCode::CONFLICT,
                _ => StatusCode::UNPROCESSABLE_ENTITY,
            };
            let pressed = Pressed { code: Some(refused), ..Pressed::default() };
            draw(&app, &asked, &address, &token, status, &pressed).await
        }
        Err(fault) => after(&app, &asked, &address, &token, "", Err(fault), Pressed::default()).await,
    }
}

pub async fn failed(
    State(app): State<App>,
    asked: Asked,
    address: Address,
    Path(token): Path<String>,
    Posted(typed): Posted,
) -> Response {
    let (ctx, link, sent) = (asked.ctx.clone(), Token::parse(&token), typed.clone());
    let telling = to_the_end(async move { rider::bring_back(&ctx, &link.ok_or(AppError::NotFound)?, &sent).await });
    match telling.await {
        Ok(()) => {
            app.pages.versions.note_move(asked.ctx.tenant);
            done(&app, &asked, false).await
        }
        Err(fault) => {
            let pressed = Pressed { typed, ..Pressed::default() };
            after(&app, &asked, &address, &token, "", Err(fault), pressed).await
        }
    }
}

pub async fn way(
    State(app): State<App>,
    asked: Asked,
    address: Address,
    Path(token): Path<String>,
    Posted(typed): Posted,
) -> Response {
    let (ctx, link, sent) = (asked.ctx.clone(), Token::parse(&token), typed.clone());
    let noting = to_the_end(async move { rider::note_way(&ctx, &link.ok_or(AppError::NotFound)?, &sent).await });
    let noted = noting.await;
    let pressed = Pressed { typed, ..Pressed::default() };
    after(&app, &asked, &address, &token, "?noted", noted, pressed).await
}

/// The link is over, so this page stands only here.
async fn done(app: &App, asked: &Asked, is_delivered: bool) -> Response {
    match frame::load(&asked.ctx, &asked.visit(app, "/rider")).await {
        Ok(frame) => private_page(StatusCode::OK, storefront::rider_done(&frame, is_delivered)),
        Err(fault) => faults::page(app, asked, fault).await,
    }
}
