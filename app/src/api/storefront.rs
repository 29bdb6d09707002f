//! What a shop page asks while it waits. The island calls it by plain fetch, without scripts nobody does.

use super::{ApiError, open_to_shoppers};
use crate::text::shop::payment_message;
use duka::{
    error::AppError,
    kernel::{locale::Locale, token::Token},
    pages::storefront::order::{PaymentProgress, progress},
};
use leptos::prelude::*;

/// How far the money of an order is, for whoever holds the order's token.
#[server(prefix = "/api/shop", endpoint = "payment-progress")]
pub async fn watch_payment(token: String, locale: String) -> Result<PaymentProgress, ApiError> {
    let door = open_to_shoppers()?;
    let found = async {
        let token = Token::parse(&token).ok_or(AppError::NotFound)?;
        progress(&door.ctx, &token).await
    };
    let found = found.await;
    door.close(found.map(|found| progress_view(found, Locale::parse(&locale).unwrap_or_default())))
}

/// Progress with its sentence; also the answer of `/orders/{token}/status`.
pub fn progress_view(found: duka::pages::storefront::order::Progress, locale: Locale) -> PaymentProgress {
    PaymentProgress {
        order_number: found.number.to_string(),
        message: payment_message(locale, &found.stage, found.total, found.missing, found.mpesa_phone.as_deref()),
        status: found.status,
        payment_status: found.payment_status,
    }
}
