//! The list of refunds, and what a person does with one of them.

use crate::{
    doors::{Inside, Named, Posted, Pressed},
    platform::sheet::{is_saved, only, shown_again, to_the_end},
    request::{private_page, see_other},
};
use app::{
    still::{
        form::Sheet as Shown,
        refunds::{REFUNDS, SECTION, list, one as page_of},
    },
    text::refunds::words,
};
use axum::{
    extract::{Path, Query, RawQuery, rejection::QueryRejection},
    response::Response,
};
use duka::{
    checkout::refunds::{
        by_hand::{self, FIELDS, GivenBack},
        credit::turn_into_credit,
    },
    ctx::Ctx,
    error::AppError,
    kernel::{id::RefundId, typed::Typed},
    pages::dashboard::refunds::{self, Shown as Which},
};
use http::StatusCode;
use serde::Deserialize;

/// What a hand may write behind the address; what cannot be read counts as absent.
#[derive(Debug, Default, Deserialize)]
pub struct Wanted {
    #[serde(default)]
    shown: String,
    #[serde(default)]
    page: String,
}

pub async fn page(inside: Inside, query: Result<Query<Wanted>, QueryRejection>) -> Response {
    let wanted = query.map(|query| query.0).unwrap_or_default();
    match refunds::load(&inside.ctx, Which::parse(&wanted.shown), wanted.page.parse().unwrap_or(1)).await {
        Ok(found) => {
            let still = inside.still(SECTION, words(inside.locale()).title);
            private_page(StatusCode::OK, list::list(&still, &found))
        }
        Err(error) => inside.refuse(error),
    }
}

pub async fn one(inside: Inside, Named(id): Named<RefundId>, RawQuery(query): RawQuery) -> Response {
    let shown = Shown { is_saved: is_saved(query), ..Shown::default() };
    draw(&inside, StatusCode::OK, id, &shown).await
}

async fn draw(inside: &Inside, status: StatusCode, id: RefundId, shown: &Shown) -> Response {
    match refunds::find(&inside.ctx, id).await {
        Ok(row) => {
            let still = inside.still(SECTION, words(inside.locale()).title);
            private_page(status, page_of::one(&still, &row, shown))
        }
        Err(error) => inside.refuse(error),
    }
}

pub async fn mark_sent(inside: Inside, Path(id): Path<String>, Posted(typed): Posted) -> Response {
    let sent = typed.clone();
    act(inside, &id, typed, |ctx, refund| async move {
        only(&sent, &FIELDS)?;
        let given = GivenBack::read(&sent).map_err(AppError::Invalid)?;
        by_hand::mark_sent(&ctx, refund, &given).await
    })
    .await
}

pub async fn keep_as_credit(inside: Inside, Path(id): Path<String>, _: Pressed) -> Response {
    act(inside, &id, Typed::default(), |ctx, refund| async move { turn_into_credit(&ctx, refund).await }).await
}

pub async fn retry(inside: Inside, Path(id): Path<String>, _: Pressed) -> Response {
    act(inside, &id, Typed::default(), |ctx, refund| async move { by_hand::retry(&ctx, refund).await }).await
}

pub async fn send(inside: Inside, Path(id): Path<String>, _: Pressed) -> Response {
    act(inside, &id, Typed::default(), |ctx, refund| async move { by_hand::send_owed(&ctx, refund).await }).await
}

pub async fn give_up(inside: Inside, Path(id): Path<String>, _: Pressed) -> Response {
    act(inside, &id, Typed::default(), |ctx, refund| async move { by_hand::give_up(&ctx, refund).await }).await
}

pub async fn say_not_sent(inside: Inside, Path(id): Path<String>, _: Pressed) -> Response {
    act(inside, &id, Typed::default(), |ctx, refund| async move { by_hand::say_not_sent(&ctx, refund).await }).await
}

/// Does it, and leads back to the refund; or shows it again with what was typed and why not.
async fn act<F, D>(inside: Inside, id: &str, typed: Typed, verb: F) -> Response
where
    F: FnOnce(Ctx, RefundId) -> D,
    D: Future<Output = Result<(), AppError>> + Send + 'static,
{
    let Some(refund) = RefundId::parse(id) else { return inside.refuse(AppError::NotFound) };
    match to_the_end(verb(inside.ctx.clone(), refund)).await {
        Ok(()) => see_other(&format!("{REFUNDS}/{refund}?saved")),
        Err(error) => match shown_again(typed, error) {
            Ok((status, shown)) => draw(&inside, status, refund, &shown).await,
            Err(other) => inside.refuse(other),
        },
    }
}
