//! A person's data: the copy they asked for, and erasing them.

use crate::{
    doors::{Inside, Named, Posted, Pressed},
    platform::sheet::{only, to_the_end},
    request::{private_page, see_other},
};
use app::{
    still::{
        customers::{CUSTOMERS, of, privacy::privacy},
        form::Sheet as Shown,
    },
    text::customers::words,
};
use axum::response::{IntoResponse as _, Response};
use duka::{
    customers::{
        erase_later::{ask_erasure, keep_customer},
        privacy::export::export,
    },
    error::AppError,
    kernel::{
        field_errors::{FieldErrors, FieldProblem},
        id::CustomerId,
    },
    pages::dashboard::customers::profile::{file_name, find_phone, load},
};
use http::{StatusCode, header};

pub(super) async fn page(inside: Inside, Named(customer): Named<CustomerId>) -> Response {
    draw(&inside, StatusCode::OK, customer, &Shown::default()).await
}

async fn draw(inside: &Inside, status: StatusCode, customer: CustomerId, shown: &Shown) -> Response {
    match load(&inside.ctx, customer).await {
        Ok(found) => {
            private_page(status, privacy(&inside.still(CUSTOMERS, words(inside.locale()).data), &found, shown))
        }
        Err(error) => inside.refuse(error),
    }
}

pub(super) async fn copy(inside: Inside, Named(customer): Named<CustomerId>, _: Pressed) -> Response {
    let found = match find_phone(&inside.ctx, customer).await {
        Ok(phone) => export(&inside.ctx, &phone).await,
        Err(error) => Err(error),
    };
    let document = match found {
        Ok(Some(document)) => document,
        Ok(None) => return inside.refuse(AppError::NotFound),
        Err(error) => return inside.refuse(error),
    };
    let headers = [
        (header::CONTENT_TYPE, "application/json; charset=utf-8".to_owned()),
        (header::CONTENT_DISPOSITION, format!("attachment; filename=\"{}\"", file_name(customer))),
        (header::CACHE_CONTROL, "private, no-store".to_owned()),
    ];
    (headers, format!("{document:#}\n")).into_response()
}

pub(super) async fn erase(inside: Inside, Named(customer): Named<CustomerId>, Posted(typed): Posted) -> Response {
    if let Err(AppError::Invalid(errors)) = only(&typed, &["sure"]) {
        return draw(&inside, StatusCode::UNPROCESSABLE_ENTITY, customer, &Shown { errors, ..Shown::default() }).await;
    }
    if !typed.is_on("sure") {
        let errors = FieldErrors::one("sure", FieldProblem::NotTicked);
        return draw(&inside, StatusCode::UNPROCESSABLE_ENTITY, customer, &Shown { errors, ..Shown::default() }).await;
    }
    let ctx = inside.ctx.clone();
    match to_the_end(async move { ask_erasure(&ctx, customer).await }).await {
        Ok(_) => see_other(&format!("{}/data", of(customer))),
        Err(error) => inside.refuse(error),
    }
}

pub(super) async fn keep(inside: Inside, Named(customer): Named<CustomerId>, _: Pressed) -> Response {
    let ctx = inside.ctx.clone();
    inside.lead(to_the_end(async move { keep_customer(&ctx, customer).await }).await, &format!("{}/data", of(customer)))
}
