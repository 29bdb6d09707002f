//! A shop's logo: one picture in a form of its own, or none.

use crate::{
    doors::{Brought, Inside, Part, Posted},
    platform::{product_pictures::reason, sheet},
    request::{limits::MOST_PICTURE, private_page, see_other},
    shop::faults,
    state::App,
};
use app::{
    dashboard::address::SETTINGS,
    still::{
        form::Sheet,
        settings::store::{self, NoLogo},
    },
    text::{pictures::NotTaken, shop::TurnedAway},
};
use axum::{
    extract::{Path, Request, State},
    response::Response,
};
use duka::{
    catalog::media::{NotStored, StoredPicture},
    ctx::Ctx,
    error::AppError,
    kernel::id::StoreId,
    tenancy::{
        store_logo::{Logo, change_logo},
        store_settings::{self, StoreSettings},
    },
};
use http::StatusCode;

pub async fn change(State(app): State<App>, inside: Inside, Path(store): Path<String>, request: Request) -> Response {
    let Some(store) = StoreId::parse(&store) else { return inside.refuse(AppError::NotFound) };
    // Nothing is read for a shop that is not theirs.
    let settings = match store_settings::load(&inside.ctx, store).await {
        Ok(settings) => settings,
        Err(error) => return inside.refuse(error),
    };
    let bytes = match read(request, &app).await {
        Ok(Ok(bytes)) => bytes,
        Ok(Err(why)) => return refused(&inside, &settings, why),
        Err(why) => return faults::turned_away_bare(&app, inside.locale(), why),
    };
    let (shared, ctx) = (app.clone(), inside.ctx.clone());
    match sheet::to_the_end(async move { hang(&shared, &ctx, store, bytes).await }).await {
        Ok(Ok(())) => see_other(&format!("/dashboard/settings/stores/{store}?saved")),
        Ok(Err(why)) => refused(&inside, &settings, why),
        Err(error) => inside.refuse(error),
    }
}

/// The bytes of the only file; or why there is none to look at.
async fn read(request: Request, app: &App) -> Result<Result<Vec<u8>, NoLogo>, TurnedAway> {
    let mut brought = Brought::read(request, app, MOST_PICTURE).await?;
    let mut found = Err(NoLogo::NoneChosen);
    while let Some(part) = brought.next().await? {
        let Part::File { field, bytes, .. } = part else { return Err(TurnedAway::Unreadable) };
        if field != "logo" || !matches!(found, Err(NoLogo::NoneChosen)) {
            return Err(TurnedAway::Unreadable);
        }
        found = bytes.ok_or(NoLogo::NotTaken(NotTaken::TooHeavy));
    }
    Ok(found)
}

async fn hang(app: &App, ctx: &Ctx, store: StoreId, bytes: Vec<u8>) -> Result<Result<(), NoLogo>, AppError> {
    let stored = match app.media.put_logo(ctx.tenant, bytes).await {
        Ok(stored) => stored,
        Err(NotStored::Picture(problem)) => return Ok(Err(NoLogo::NotTaken(reason(problem)))),
        Err(NotStored::Store(fault)) => return Err(AppError::broken(fault)),
    };
    let url = stored.url();
    let StoredPicture { width, height, widths, .. } = stored;
    change_logo(ctx, store, Some(&Logo { url, width, height, widths })).await.map(Ok)
}

fn refused(inside: &Inside, settings: &StoreSettings, why: NoLogo) -> Response {
    let typed = settings.typed.clone();
    let shown = Sheet { version: settings.version, seen: typed.clone(), typed, ..Sheet::default() };
    let still = inside.still(SETTINGS, settings.typed.get("name"));
    private_page(StatusCode::UNPROCESSABLE_ENTITY, store::store(&still, settings, Some(why), &shown))
}

pub async fn remove(inside: Inside, Path(store): Path<String>, Posted(_): Posted) -> Response {
    let Some(store) = StoreId::parse(&store) else { return inside.refuse(AppError::NotFound) };
    match change_logo(&inside.ctx, store, None).await {
        Ok(()) => see_other(&format!("/dashboard/settings/stores/{store}?saved")),
        Err(error) => inside.refuse(error),
    }
}
