//! The list of payments, one payment, and the file for the accountant.

use crate::{
    doors::{Inside, Named, Posted},
    platform::{
        download,
        sheet::{only, to_the_end},
    },
    request::{private_page, see_other},
};
use app::{
    dashboard::address::PAYMENTS,
    still::payments::{
        INBOX,
        list::{Asked, list},
        payment::payment as draw_payment,
    },
    text::closing::words,
};
use axum::{
    extract::{Query, rejection::QueryRejection},
    response::Response,
};
use duka::{
    checkout::inbox::take_back,
    error::AppError,
    kernel::{
        id::{CustomerId, PaymentId},
        money::Money,
    },
    pages::dashboard::payments::{
        detail,
        export::{Range, export},
        list::{PaymentFilter, Shown, load},
    },
};
use http::StatusCode;
use serde::Deserialize;

/// What a hand may write behind the address; what cannot be read counts as absent.
#[derive(Debug, Default, Deserialize)]
pub(super) struct Wanted {
    #[serde(default)]
    state: String,
    #[serde(default)]
    method: String,
    #[serde(default)]
    day: String,
    #[serde(default)]
    words: String,
    #[serde(default)]
    page: String,
}

pub(super) async fn page(inside: Inside, query: Result<Query<Wanted>, QueryRejection>) -> Response {
    let wanted = query.map(|query| query.0).unwrap_or_default();
    let filter = PaymentFilter {
        shown: Shown::parse(&wanted.state),
        method: wanted.method.chars().take(20).collect(),
        day: wanted.day.parse().ok(),
        words: wanted.words,
        page: wanted.page.parse().unwrap_or(1),
    };
    draw(&inside, StatusCode::OK, filter, &Asked::default()).await
}

async fn draw(inside: &Inside, status: StatusCode, filter: PaymentFilter, asked: &Asked) -> Response {
    match load(&inside.ctx, filter).await {
        Ok(found) => {
            let still = inside.still(PAYMENTS, words(inside.locale()).payments);
            private_page(status, list(&still, &found, asked))
        }
        Err(error) => inside.refuse(error),
    }
}

pub(super) async fn payment(inside: Inside, Named(id): Named<PaymentId>) -> Response {
    draw_one(&inside, StatusCode::OK, id, None).await
}

async fn draw_one(inside: &Inside, status: StatusCode, id: PaymentId, problem: Option<&AppError>) -> Response {
    match detail::load(&inside.ctx, id).await {
        Ok(found) => {
            let still = inside.still(PAYMENTS, words(inside.locale()).payment);
            private_page(status, draw_payment(&still, &found, problem))
        }
        Err(error) => inside.refuse(error),
    }
}

/// A customer's credit of this payment goes back into the inbox; there the person goes on.
pub(super) async fn take_credit_back(inside: Inside, Named(id): Named<PaymentId>, Posted(typed): Posted) -> Response {
    let ctx = inside.ctx.clone();
    let taken = to_the_end(async move {
        only(&typed, &["customer", "seen"])?;
        let customer = CustomerId::parse(typed.get("customer")).ok_or(AppError::NotFound)?;
        let seen = Money::kes(typed.get("seen").parse().unwrap_or(-1));
        take_back(&ctx, id, customer, seen).await
    });
    match taken.await {
        Ok(()) => see_other(&format!("{INBOX}/{id}")),
        Err(changed @ AppError::ChangedMeanwhile) => draw_one(&inside, StatusCode::CONFLICT, id, Some(&changed)).await,
        Err(error) => inside.refuse(error),
    }
}

/// The days a file is asked for.
#[derive(Debug, Default, Deserialize)]
pub(super) struct Days {
    #[serde(default)]
    from: String,
    #[serde(default)]
    to: String,
}

pub(super) async fn file(inside: Inside, query: Result<Query<Days>, QueryRejection>) -> Response {
    let days = query.map(|query| query.0).unwrap_or_default();
    let begun = match Range::parse(&days.from, &days.to) {
        Ok(range) => export(&inside.ctx, range).await.map(|file| (range, file)),
        Err(error) => Err(error),
    };
    match begun {
        Ok((range, file)) => download::csv(&format!("payments-{}-{}.csv", range.from, range.to), file),
        Err(AppError::Invalid(errors)) => {
            let asked = Asked { from: days.from, to: days.to, errors };
            draw(&inside, StatusCode::UNPROCESSABLE_ENTITY, PaymentFilter::default(), &asked).await
        }
        Err(error) => inside.refuse(error),
    }
}
