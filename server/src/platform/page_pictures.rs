//! The pictures of a page or post: one more, one taken away.

use super::{
    content,
    product_pictures::{NotRead, reason},
    sheet::to_the_end,
};
use crate::{
    doors::{Brought, Inside, Part, Pressed},
    request::{limits::MOST_PICTURE, see_other},
    shop::faults,
    state::App,
};
use app::{
    still::{content::RefusedPicture, pictures::refused_json},
    text::{pictures::NotTaken, shop::TurnedAway},
};
use axum::{
    extract::{Path, Request, State},
    response::{IntoResponse as _, Response},
};
use duka::{
    catalog::media::NotStored,
    content::{Added, AltText, MOST_PICTURES, add_page_picture, load_page, remove_page_picture},
    ctx::Ctx,
    error::AppError,
    kernel::id::{PageId, PagePictureId},
};
use http::header::{ACCEPT, CACHE_CONTROL, CONTENT_TYPE};

/// The fields of the form: what a picture shows comes before it.
const WORDS: &str = "words";
const FIELD: &str = "picture";

/// Takes a picture with its words. A script asks for JSON and reads what a page would say.
pub async fn add(State(app): State<App>, inside: Inside, Path(page): Path<String>, request: Request) -> Response {
    let Some(page) = PageId::parse(&page) else { return inside.refuse(AppError::NotFound) };
    // Nothing is read, and no core is busy, for what is not there.
    let room = match load_page(&inside.ctx, page).await {
        Ok(found) => MOST_PICTURES.saturating_sub(found.pictures.len()),
        Err(error) => return inside.refuse(error),
    };
    let asks_json = request.headers().get(ACCEPT).is_some_and(|kinds| kinds == "application/json");
    let refused = match take_all(&app, &inside.ctx, page, room, request).await {
        Ok(refused) => refused,
        Err(NotRead::Form(why)) => return faults::turned_away_bare(&app, inside.locale(), why),
        Err(NotRead::Broken(error)) => return inside.refuse(error),
    };
    if asks_json {
        let headers = [(CONTENT_TYPE, "application/json"), (CACHE_CONTROL, "no-store")];
        return (headers, refused_json(inside.locale(), &refused.told)).into_response();
    }
    if refused.told.files.is_empty() && refused.told.taken > 0 {
        return see_other(&format!("{}#pictures", content::address(page)));
    }
    content::without_picture(&inside, page, &refused).await
}

async fn take_all(
    app: &App,
    ctx: &Ctx,
    page: PageId,
    mut room: usize,
    request: Request,
) -> Result<RefusedPicture, NotRead> {
    let mut brought = Brought::read(request, app, MOST_PICTURE).await.map_err(NotRead::Form)?;
    let mut refused = RefusedPicture::default();
    while let Some(part) = brought.next().await.map_err(NotRead::Form)? {
        let (name, bytes) = match part {
            Part::Text { field, value } if field == WORDS => {
                refused.words = value;
                continue;
            }
            Part::File { field, name, bytes } if field == FIELD => (name, bytes),
            Part::Text { .. } | Part::File { .. } => return Err(NotRead::Form(TurnedAway::Unreadable)),
        };
        let taken = match (bytes, AltText::parse(&refused.words)) {
            (None, _) => Err(NotTaken::TooHeavy),
            (Some(_), None) => Err(NotTaken::NoWords),
            // Not decoded to learn that there is no place for it.
            (Some(_), Some(_)) if room == 0 => Err(NotTaken::PageIsFull),
            (Some(bytes), Some(words)) => {
                let (app, ctx) = (app.clone(), ctx.clone());
                // Its own task: a browser that hangs up does not stop it half-way.
                let hanging = to_the_end(async move { take(&app, &ctx, page, bytes, &words).await });
                hanging.await.map_err(NotRead::Broken)?
            }
        };
        match taken {
            Ok(is_new) => {
                refused.told.taken += 1;
                room -= usize::from(is_new);
                // What was said of this picture is not true of the next one.
                refused.words.clear();
            }
            Err(why) => refused.told.files.push((name, why)),
        }
    }
    Ok(refused)
}

/// Stores it and gives it to the page; whether that has one more now, or why not.
async fn take(
    app: &App,
    ctx: &Ctx,
    page: PageId,
    bytes: Vec<u8>,
    words: &AltText,
) -> Result<Result<bool, NotTaken>, AppError> {
    let stored = match app.media.put_picture(ctx.tenant, bytes).await {
        Ok(stored) => stored,
        Err(NotStored::Picture(problem)) => return Ok(Err(reason(problem))),
        Err(NotStored::Store(fault)) => return Err(AppError::broken(fault)),
    };
    Ok(match add_page_picture(ctx, page, &stored, words).await? {
        Added::New(_) => Ok(true),
        Added::WasThere => Ok(false),
        Added::SaysElse => Err(NotTaken::SaysElse),
        Added::NoRoom => Err(NotTaken::PageIsFull),
    })
}

pub async fn remove(inside: Inside, Path((page, picture)): Path<(String, String)>, _: Pressed) -> Response {
    let (Some(page), Some(picture)) = (PageId::parse(&page), PagePictureId::parse(&picture)) else {
        return inside.refuse(AppError::NotFound);
    };
    match remove_page_picture(&inside.ctx, page, picture).await {
        Ok(()) => see_other(&format!("{}#pictures", content::address(page))),
        Err(error) => inside.refuse(error),
    }
}
