//! One customer's page with its three forms: who they are, what they said, where it goes.

use crate::{
    doors::{Inside, Named, Posted},
    platform::sheet::{self, Sheet, is_saved, shown_again, to_the_end},
    request::{private_page, see_other},
};
use app::still::{
    customers::{
        CUSTOMERS, of,
        profile::{Of, profile},
    },
    form::{self, SEEN, VERSION},
};
use axum::{
    extract::{Path, RawQuery},
    response::Response,
};
use duka::{
    ctx::Ctx,
    customers::{
        addresses::{self, change_address},
        edit_customer::{FIELDS, change_customer},
        record_consent::record,
    },
    error::AppError,
    kernel::{
        id::{CustomerAddressId, CustomerId},
        typed::Typed,
    },
    pages::dashboard::customers::profile::{CustomerProfile, load},
};
use http::StatusCode;

struct Person;

impl Sheet for Person {
    type Key = CustomerId;
    type Page = CustomerProfile;
    const FIELDS: &'static [&'static str] = FIELDS;

    async fn load(ctx: &Ctx, customer: &CustomerId) -> Result<CustomerProfile, AppError> {
        load(ctx, *customer).await
    }
    fn form(page: &CustomerProfile) -> (i32, Typed) {
        (page.version, page.typed.clone())
    }
    async fn save(ctx: Ctx, customer: CustomerId, version: i32, typed: Typed) -> Result<(), AppError> {
        change_customer(&ctx, customer, version, &typed).await
    }
    fn draw(inside: &Inside, _: &CustomerId, page: &CustomerProfile, shown: &form::Sheet) -> String {
        profile(&inside.still(CUSTOMERS, &page.name), page, Of::Person, shown)
    }
    fn address(customer: &CustomerId) -> String {
        of(*customer)
    }
}

pub(super) async fn page(inside: Inside, Named(customer): Named<CustomerId>, RawQuery(query): RawQuery) -> Response {
    sheet::show::<Person>(&inside, &customer, is_saved(query)).await
}

pub(super) async fn change(inside: Inside, Named(customer): Named<CustomerId>, Posted(typed): Posted) -> Response {
    sheet::save::<Person>(&inside, customer, typed).await
}

pub(super) async fn said(inside: Inside, Named(customer): Named<CustomerId>, Posted(typed): Posted) -> Response {
    let (ctx, sent) = (inside.ctx.clone(), typed.clone());
    match to_the_end(async move { record(&ctx, customer, &sent).await }).await {
        Ok(()) => see_other(&format!("{}?saved", of(customer))),
        Err(error) => again(&inside, customer, Of::Said, typed, error).await,
    }
}

pub(super) async fn place(
    inside: Inside,
    Path((id, place)): Path<(String, String)>,
    Posted(mut typed): Posted,
) -> Response {
    let (Some(customer), Some(place)) = (CustomerId::parse(&id), CustomerAddressId::parse(&place)) else {
        return inside.refuse(AppError::NotFound);
    };
    let version = typed.take(VERSION).parse().unwrap_or(0);
    let seen: Typed = serde_json::from_str(&typed.take(SEEN)).unwrap_or_default();
    let (ctx, sent) = (inside.ctx.clone(), typed.clone());
    let changed = to_the_end(async move { change_address(&ctx, customer, place, version, &sent).await }).await;
    let Err(error) = changed else { return see_other(&format!("{}?saved", of(customer))) };
    let page = match load(&inside.ctx, customer).await {
        Ok(page) => page,
        Err(missing) => return inside.refuse(missing),
    };
    let stands = page.places.iter().find(|one| one.id == place);
    let (status, shown) = match (error, stands) {
        (AppError::ChangedMeanwhile, Some(stands)) => {
            let met = sheet::side_by_side(&addresses::FIELDS, &seen, &typed, stands.version, stands.typed());
            (StatusCode::CONFLICT, met)
        }
        // A form that is wrong was read when it was read: what a colleague has done since is not seen yet.
        (error, _) => match shown_again(typed, error) {
            Ok((status, again)) => (status, form::Sheet { version, seen, ..again }),
            Err(other) => return inside.refuse(other),
        },
    };
    private_page(status, profile(&inside.still(CUSTOMERS, &page.name), &page, Of::Place(place), &shown))
}

async fn again(inside: &Inside, customer: CustomerId, which: Of, typed: Typed, error: AppError) -> Response {
    let (status, shown): (StatusCode, form::Sheet) = match shown_again(typed, error) {
        Ok(again) => again,
        Err(other) => return inside.refuse(other),
    };
    match load(&inside.ctx, customer).await {
        Ok(page) => private_page(status, profile(&inside.still(CUSTOMERS, &page.name), &page, which, &shown)),
        Err(error) => inside.refuse(error),
    }
}
