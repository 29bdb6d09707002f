//! Where a shop delivers to: the list, one more, one that changes, one less, and what a place would pay.

use super::sheet::{self, Sheet, only};
use crate::{
    doors::{Inside, Named, Posted, Pressed},
    request::{private_page, see_other},
};
use app::{
    dashboard::address::SETTINGS,
    still::{
        delivery::{areas, trial as shown_trial},
        form::Sheet as Shown,
    },
    text::{delivery, start::words},
};
use axum::{
    extract::{Path, Query, RawQuery},
    response::Response,
};
use duka::{
    ctx::Ctx,
    delivery::{
        edit_zones::{self, EditedZone},
        zone_form::{FIELDS, ZoneForm},
    },
    error::AppError,
    kernel::{access::Permission, field_errors::FieldErrors, id::ZoneId, typed::Typed},
    pages::dashboard::delivery_trial::{self, Trial},
};
use http::StatusCode;

const ADDRESS: &str = "/dashboard/settings/delivery";

pub async fn page(inside: Inside, RawQuery(query): RawQuery) -> Response {
    let is_saved = query.as_deref() == Some("saved");
    draw(&inside, StatusCode::OK, &Shown { is_saved, ..Shown::default() }).await
}

async fn draw(inside: &Inside, status: StatusCode, shown: &Shown) -> Response {
    match edit_zones::list(&inside.ctx).await {
        Ok(zones) => {
            let still = inside.still(SETTINGS, words(inside.locale()).delivery_title);
            let can_edit = inside.ctx.actor.may(Permission::EditDelivery);
            private_page(status, areas::areas(&still, &zones, can_edit, shown))
        }
        Err(error) => inside.refuse(error),
    }
}

pub async fn add(inside: Inside, Posted(typed): Posted) -> Response {
    let mut errors = FieldErrors::none();
    typed.expect_only(&FIELDS, &mut errors);
    let added = match ZoneForm::read(&typed) {
        Ok(new) if errors.is_empty() => edit_zones::add_zone(&inside.ctx, &new).await.map(|_| ()),
        Ok(_) => Err(AppError::Invalid(errors)),
        Err(found) => {
            found.iter().for_each(|(field, problem)| errors.add(field, problem));
            Err(AppError::Invalid(errors))
        }
    };
    match added {
        Ok(()) => see_other(&format!("{ADDRESS}?saved")),
        Err(AppError::Invalid(errors)) => {
            let shown = Shown { typed, errors, ..Shown::default() };
            draw(&inside, StatusCode::UNPROCESSABLE_ENTITY, &shown).await
        }
        Err(AppError::ChangedMeanwhile) => {
            let shown = Shown { typed, problem: Some(AppError::ChangedMeanwhile), ..Shown::default() };
            draw(&inside, StatusCode::CONFLICT, &shown).await
        }
        Err(error) => inside.refuse(error),
    }
}

/// One area as something that several people may edit.
struct Area;

impl Sheet for Area {
    type Key = ZoneId;
    type Page = EditedZone;
    const FIELDS: &'static [&'static str] = &FIELDS;

    async fn load(ctx: &Ctx, key: &ZoneId) -> Result<EditedZone, AppError> {
        edit_zones::load(ctx, *key).await
    }
    fn form(page: &EditedZone) -> (i32, Typed) {
        (page.version, page.form.write())
    }
    async fn save(ctx: Ctx, key: ZoneId, version: i32, typed: Typed) -> Result<(), AppError> {
        let new = ZoneForm::read(&typed).map_err(AppError::Invalid)?;
        edit_zones::change_zone(&ctx, key, version, &new).await
    }
    fn draw(inside: &Inside, key: &ZoneId, _: &EditedZone, shown: &Shown) -> String {
        let still = inside.still(SETTINGS, words(inside.locale()).delivery_title);
        areas::area(&still, &key.to_string(), shown)
    }
    fn address(key: &ZoneId) -> String {
        format!("{ADDRESS}/{key}")
    }
}

pub async fn area(inside: Inside, Named(id): Named<ZoneId>, RawQuery(query): RawQuery) -> Response {
    sheet::show::<Area>(&inside, &id, query.as_deref() == Some("saved")).await
}

pub async fn change(inside: Inside, Named(id): Named<ZoneId>, Posted(typed): Posted) -> Response {
    sheet::save::<Area>(&inside, id, typed).await
}

pub async fn remove(inside: Inside, Path(id): Path<String>, _: Pressed) -> Response {
    let removed = match ZoneId::parse(&id) {
        Some(id) => edit_zones::remove_zone(&inside.ctx, id).await,
        None => Err(AppError::NotFound),
    };
    inside.lead(removed, ADDRESS)
}

/// What is asked stands in the address, so that it can be sent to a colleague.
pub async fn trial(inside: Inside, Query(asked): Query<Vec<(String, String)>>) -> Response {
    let typed = Typed::read(asked).unwrap_or_default();
    let reckoned = match only(&typed, &delivery_trial::FIELDS) {
        Ok(()) => delivery_trial::reckon(&inside.ctx, &typed).await,
        Err(error) => Err(error),
    };
    let still = inside.still(SETTINGS, delivery::words(inside.locale()).trial_title);
    match reckoned {
        Ok(found) => {
            private_page(StatusCode::OK, shown_trial::trial(&still, &found, &Shown { typed, ..Shown::default() }))
        }
        Err(AppError::Invalid(errors)) => {
            let shown = Shown { typed, errors, ..Shown::default() };
            private_page(StatusCode::UNPROCESSABLE_ENTITY, shown_trial::trial(&still, &Trial::Nothing, &shown))
        }
        Err(error) => inside.refuse(error),
    }
}
