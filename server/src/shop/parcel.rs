//! What a rider says of a parcel by their link: handed over with its code, brought back, how the place is found.

use super::{faults, rider::Link};
use crate::{
    doors::{Posted, only},
    request::private_page,
};
use ::app::storefront::{self, Pressed};
use axum::response::Response;
use duka::{
    checkout::rider::{self, Confirmed},
    pages::storefront::frame,
};
use http::StatusCode;

pub async fn delivered(link: Link, Posted(typed): Posted) -> Response {
    let confirming = link.act(|ctx, token| async move {
        only(&typed, &["code"])?;
        rider::confirm(&ctx, &token, typed.get("code")).await
    });
    match confirming.await {
        Ok(Confirmed::Delivered) => done(&link, true).await,
        Ok(refused) => {
            let status = match refused {
                Confirmed::MoneyFirst(_) => StatusCode::CONFLICT,
                _ => StatusCode::UNPROCESSABLE_ENTITY,
            };
            link.draw(status, &Pressed { code: Some(refused), ..Pressed::default() }).await
        }
        Err(fault) => link.after("", Err(fault), Pressed::default()).await,
    }
}

pub async fn failed(link: Link, Posted(typed): Posted) -> Response {
    let sent = typed.clone();
    match link.act(|ctx, token| async move { rider::bring_back(&ctx, &token, &sent).await }).await {
        Ok(()) => done(&link, false).await,
        Err(fault) => link.after("", Err(fault), Pressed { typed, ..Pressed::default() }).await,
    }
}

pub async fn way(link: Link, Posted(typed): Posted) -> Response {
    let sent = typed.clone();
    let noted = link.act(|ctx, token| async move { rider::note_way(&ctx, &token, &sent).await }).await;
    link.after("?noted", noted, Pressed { typed, ..Pressed::default() }).await
}

/// The link is over, so this page stands only here.
async fn done(link: &Link, is_delivered: bool) -> Response {
    link.note_move();
    let Link { app, asked, .. } = link;
    match frame::load(&asked.ctx, &asked.visit(app, "/rider")).await {
        Ok(frame) => private_page(StatusCode::OK, storefront::rider_done(&frame, is_delivered)),
        Err(fault) => faults::page(app, asked, fault).await,
    }
}
