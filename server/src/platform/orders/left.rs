//! The page on which a merchant reads why shoppers left at the checkout.

use crate::{doors::Inside, request::private_page};
use app::{dashboard::address::ORDERS, still::orders::left::left, text::left::words};
use axum::response::Response;
use duka::pages::dashboard::left_at_checkout;
use http::StatusCode;

pub async fn page(inside: Inside) -> Response {
    match left_at_checkout::load(&inside.ctx).await {
        Ok(found) => {
            let still = inside.still(ORDERS, words(inside.locale()).title);
            private_page(StatusCode::OK, left(&still, &found))
        }
        Err(error) => inside.refuse(error),
    }
}
