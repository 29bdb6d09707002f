//! The way to the merchant's chat: counted here, then led on to WhatsApp.

use super::{events, faults};
use crate::{
    request::{asked::Asked, see_other},
    state::App,
};
use app::storefront;
use axum::{
    extract::{Query, State, rejection::QueryRejection},
    response::Response,
};
use duka::{
    analytics::event::{Around, Step},
    pages::storefront::frame,
};
use http::HeaderMap;
use serde::Deserialize;

/// Our own messages are far shorter; a longer one was written by somebody else.
const LONGEST: usize = 600;

#[derive(Debug, Default, Deserialize)]
pub struct Message {
    #[serde(default)]
    text: String,
}

/// 303 to the store's chat with the message typed; 404 when the store has none.
pub async fn open(
    State(app): State<App>,
    asked: Asked,
    headers: HeaderMap,
    query: Result<Query<Message>, QueryRejection>,
) -> Response {
    let frame = match frame::load(&asked.ctx, &asked.visit(&app, "/")).await {
        Ok(frame) => frame,
        Err(fault) => return faults::page(&app, &asked, fault).await,
    };
    let text: String = query.map(|query| query.0.text).unwrap_or_default().chars().take(LONGEST).collect();
    let Some(address) = storefront::chat_address(&frame, &text) else { return faults::not_found_in(&frame) };
    events::record(&app, &asked, &headers, Step::WhatsappClick, Around::default());
    see_other(&address)
}
