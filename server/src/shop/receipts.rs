//! The receipt of a paid order: its page, and the same as a PDF.

use super::faults;
use crate::{
    request::{asked::Asked, private_page},
    state::App,
};
use app::{paper, storefront};
use axum::{
    extract::{Path, State},
    response::{IntoResponse as _, Response},
};
use duka::{
    error::AppError,
    kernel::token::Token,
    orders::receipts,
    pages::storefront::{
        frame,
        receipt::{self, Receipt},
    },
};
use http::{
    HeaderValue, StatusCode,
    header::{CACHE_CONTROL, CONTENT_DISPOSITION, CONTENT_TYPE, REFERRER_POLICY},
};

/// The receipt; one of an order that was paid before there were receipts is written now.
async fn find(asked: &Asked, token: &Token) -> Result<Option<Receipt>, AppError> {
    if let Some(found) = receipt::load(&asked.ctx, token).await? {
        return Ok(Some(found));
    }
    receipts::issue_late(&asked.ctx, token).await?;
    receipt::load(&asked.ctx, token).await
}

pub async fn page(State(app): State<App>, asked: Asked, Path(token): Path<String>) -> Response {
    let Some(token) = Token::parse(&token) else { return faults::not_found(&app, &asked).await };
    let found = match find(&asked, &token).await {
        Ok(found) => found,
        Err(fault) => return faults::page(&app, &asked, fault).await,
    };
    let path = format!("/orders/{}/receipt", token.hex());
    match frame::load(&asked.ctx, &asked.visit(&app, path)).await {
        Ok(frame) => {
            let mut answer = match &found {
                Some(found) => private_page(StatusCode::OK, storefront::receipt(&frame, &token.hex(), found)),
                None => private_page(StatusCode::NOT_FOUND, storefront::no_receipt(&frame, &token.hex())),
            };
            // The address opens the order: no other site may read it off a link.
            answer.headers_mut().insert(REFERRER_POLICY, HeaderValue::from_static("same-origin"));
            answer
        }
        Err(fault) => faults::page(&app, &asked, fault).await,
    }
}

pub async fn pdf(State(app): State<App>, asked: Asked, path: Path<String>) -> Response {
    let Some(token) = Token::parse(&path) else { return faults::not_found(&app, &asked).await };
    let found = match find(&asked, &token).await {
        Ok(Some(found)) => found,
        Ok(None) => return page(State(app), asked, path).await,
        Err(fault) => return faults::page(&app, &asked, fault).await,
    };
    let (locale, name) = (asked.locale, format!("inline; filename=\"receipt-{}.pdf\"", found.number));
    // Hundreds of lines take a while to set, and nobody else waits for it.
    let made = tokio::task::spawn_blocking(move || paper::receipt(&found, locale)).await;
    let Ok(Some(bytes)) = made else {
        return faults::bare(&app, locale, AppError::broken("a receipt could not be set"));
    };
    let mut answer = bytes.into_response();
    let headers = answer.headers_mut();
    headers.insert(CONTENT_TYPE, HeaderValue::from_static("application/pdf"));
    headers.insert(CACHE_CONTROL, HeaderValue::from_static("private, no-store"));
    headers.insert(REFERRER_POLICY, HeaderValue::from_static("same-origin"));
    if let Ok(name) = HeaderValue::from_str(&name) {
        headers.insert(CONTENT_DISPOSITION, name);
    }
    answer
}
