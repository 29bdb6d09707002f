//! A shop's logo: one picture in a form of its own, or none.

use crate::{
    doors::{Brought, Inside, Named, Part, Posted, only},
    platform::{product_pictures::reason, sheet},
    request::{limits::MOST_PICTURE, private_page, see_other},
    shop::faults,
    state::App,
};
use app::{
    dashboard::address::SETTINGS,
    still::{
        form::Sheet,
        settings::store::{self, LOGO_SEEN, NoLogo},
    },
    text::{pictures::NotTaken, shop::TurnedAway},
};
use axum::{
    extract::{Request, State},
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

pub async fn change(
    State(app): State<App>,
    inside: Inside,
    Named(store): Named<StoreId>,
    request: Request,
) -> Response {
    // Nothing is read for a shop that is not theirs.
    let settings = match store_settings::load(&inside.ctx, store).await {
        Ok(settings) => settings,
        Err(error) => return inside.refuse(error),
    };
    let (seen, bytes) = match read(request, &app).await {
        Ok(Ok(read)) => read,
        Ok(Err(why)) => return refused(&inside, &settings, why),
        Err(why) => return faults::turned_away_bare(&app, inside.locale(), why),
    };
    let (shared, ctx) = (app.clone(), inside.ctx.clone());
    match sheet::to_the_end(async move { hang(&shared, &ctx, store, &seen, bytes).await }).await {
        Ok(Ok(())) => see_other(&format!("/dashboard/settings/stores/{store}?saved")),
        Ok(Err(why)) => refused(&inside, &settings, why),
        Err(error) => not_changed(&inside, store, error).await,
    }
}

/// The logo that was seen and the bytes of the only file; or why there is none to look at.
async fn read(request: Request, app: &App) -> Result<Result<(String, Vec<u8>), NoLogo>, TurnedAway> {
    let mut brought = Brought::read(request, app, MOST_PICTURE).await?;
    let mut seen = String::new();
    let mut found = Err(NoLogo::NoneChosen);
    while let Some(part) = brought.next().await? {
        match part {
            Part::Text { field, value } if field == LOGO_SEEN => seen = value,
            Part::File { field, bytes, .. } if field == "logo" && matches!(found, Err(NoLogo::NoneChosen)) => {
                found = bytes.ok_or(NoLogo::NotTaken(NotTaken::TooHeavy));
            }
            Part::Text { .. } | Part::File { .. } => return Err(TurnedAway::Unreadable),
        }
    }
    Ok(found.map(|bytes| (seen, bytes)))
}

async fn hang(
    app: &App,
    ctx: &Ctx,
    store: StoreId,
    seen: &str,
    bytes: Vec<u8>,
) -> Result<Result<(), NoLogo>, AppError> {
    let stored = match app.media.put_logo(ctx.tenant, bytes).await {
        Ok(stored) => stored,
        Err(NotStored::Picture(problem)) => return Ok(Err(NoLogo::NotTaken(reason(problem)))),
        Err(NotStored::Store(fault)) => return Err(AppError::broken(fault)),
    };
    let url = stored.url();
    let StoredPicture { width, height, widths, .. } = stored;
    change_logo(ctx, store, seen, Some(&Logo { url, width, height, widths })).await.map(Ok)
}

fn refused(inside: &Inside, settings: &StoreSettings, why: NoLogo) -> Response {
    let typed = settings.typed.clone();
    let shown = Sheet { version: settings.version, seen: typed.clone(), typed, ..Sheet::default() };
    let still = inside.still(SETTINGS, settings.typed.get("name"));
    let status = match why {
        NoLogo::ChangedMeanwhile => StatusCode::CONFLICT,
        NoLogo::NoneChosen | NoLogo::NotTaken(_) => StatusCode::UNPROCESSABLE_ENTITY,
    };
    private_page(status, store::store(&still, settings, Some(why), &shown))
}

/// Where somebody was faster, the page shows the logo that they made.
async fn not_changed(inside: &Inside, store: StoreId, error: AppError) -> Response {
    if error != AppError::ChangedMeanwhile {
        return inside.refuse(error);
    }
    match store_settings::load(&inside.ctx, store).await {
        Ok(settings) => refused(inside, &settings, NoLogo::ChangedMeanwhile),
        Err(error) => inside.refuse(error),
    }
}

pub async fn remove(inside: Inside, Named(store): Named<StoreId>, Posted(typed): Posted) -> Response {
    let changed = match only(&typed, &[LOGO_SEEN]) {
        Ok(()) => change_logo(&inside.ctx, store, typed.get(LOGO_SEEN), None).await,
        Err(error) => Err(error),
    };
    match changed {
        Ok(()) => see_other(&format!("/dashboard/settings/stores/{store}?saved")),
        Err(error) => not_changed(&inside, store, error).await,
    }
}
