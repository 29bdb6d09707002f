//! A product's pictures: the list, more of them, one put elsewhere, described, taken down.

use super::sheet::{self, Sheet, only};
use crate::{
    doors::{Brought, Inside, Named, Part, Posted, Pressed},
    request::{limits::MOST_PICTURE, private_page, see_other},
    shop::faults,
    state::App,
};
use app::{
    dashboard::address::PRODUCTS,
    still::{
        form::Sheet as Shown,
        pictures::{self, NotAdded, Told, address, refused_json},
    },
    text::{
        pictures::{NotTaken, words},
        shop::TurnedAway,
    },
};
use axum::{
    extract::{Path, RawQuery, Request, State},
    response::{IntoResponse as _, Response},
};
use duka::{
    catalog::{
        media::{NotStored, PictureProblem},
        pictures::{FIELDS, Hung, MOST, SeenOrder, change_picture, hang_picture, place_picture, remove_picture},
    },
    ctx::Ctx,
    error::AppError,
    kernel::{
        id::{ImageId, ProductId},
        typed::Typed,
    },
    pages::dashboard::pictures::{PicturesPage, load},
};
use http::{
    StatusCode,
    header::{ACCEPT, CACHE_CONTROL, CONTENT_TYPE},
};

/// The field that files come in.
const FIELD: &str = "pictures";

pub async fn page(inside: Inside, Named(product): Named<ProductId>, RawQuery(query): RawQuery) -> Response {
    match load(&inside.ctx, product).await {
        Ok(shown) => {
            draw(&inside, StatusCode::OK, &shown, &Told { is_saved: sheet::is_saved(query), ..Told::default() })
        }
        Err(error) => inside.refuse(error),
    }
}

fn draw(inside: &Inside, status: StatusCode, shown: &PicturesPage, told: &Told) -> Response {
    let title = words(inside.locale()).title;
    private_page(status, pictures::pictures(&inside.still(PRODUCTS, title), shown, told))
}

/// Takes every file that is a picture and names every other. A script asks for JSON and reads what a page would say.
pub async fn add(
    State(app): State<App>,
    inside: Inside,
    Named(product): Named<ProductId>,
    request: Request,
) -> Response {
    // Nothing is read, and no core is busy, for what is not there.
    let room = match load(&inside.ctx, product).await {
        Ok(shown) => MOST.saturating_sub(shown.pictures.len()),
        Err(error) => return inside.refuse(error),
    };
    let asks_json = request.headers().get(ACCEPT).is_some_and(|kinds| kinds == "application/json");
    let told = match take_all(&app, &inside.ctx, product, room, request).await {
        Ok(told) => told,
        Err(NotRead::Form(why)) => return faults::turned_away_bare(&app, inside.locale(), why),
        Err(NotRead::Broken(error)) => return inside.refuse(error),
    };
    if asks_json {
        let headers = [(CONTENT_TYPE, "application/json"), (CACHE_CONTROL, "no-store")];
        return (headers, refused_json(inside.locale(), &told)).into_response();
    }
    if told.files.is_empty() && told.taken > 0 {
        return see_other(&format!("{}?saved", address(product)));
    }
    match load(&inside.ctx, product).await {
        Ok(shown) => {
            let told = Told { not_added: Some(told), ..Told::default() };
            draw(&inside, StatusCode::UNPROCESSABLE_ENTITY, &shown, &told)
        }
        Err(error) => inside.refuse(error),
    }
}

/// Why a form of files ended early; what came before it is hung.
pub(super) enum NotRead {
    Form(TurnedAway),
    Broken(AppError),
}

async fn take_all(
    app: &App,
    ctx: &Ctx,
    product: ProductId,
    mut room: usize,
    request: Request,
) -> Result<NotAdded, NotRead> {
    let mut brought = Brought::read(request, app, MOST_PICTURE).await.map_err(NotRead::Form)?;
    let mut told = NotAdded::default();
    while let Some(part) = brought.next().await.map_err(NotRead::Form)? {
        let Part::File { field, name, bytes } = part else { return Err(NotRead::Form(TurnedAway::Unreadable)) };
        if field != FIELD {
            return Err(NotRead::Form(TurnedAway::Unreadable));
        }
        let taken = match bytes {
            None => Err(NotTaken::TooHeavy),
            // Not decoded to learn that there is no place for it.
            Some(_) if room == 0 => Err(NotTaken::NoRoom),
            Some(bytes) => {
                let (app, ctx) = (app.clone(), ctx.clone());
                // Its own task: a browser that hangs up does not stop it half-way.
                let hanging = sheet::to_the_end(async move { take(&app, &ctx, product, bytes).await });
                hanging.await.map_err(NotRead::Broken)?
            }
        };
        match taken {
            Ok(is_new) => {
                told.taken += 1;
                room -= usize::from(is_new);
            }
            Err(why) => told.files.push((name, why)),
        }
    }
    Ok(told)
}

/// Stores and hangs one; whether the product has one more now, or why not.
async fn take(app: &App, ctx: &Ctx, product: ProductId, bytes: Vec<u8>) -> Result<Result<bool, NotTaken>, AppError> {
    let stored = match app.media.put_picture(ctx.tenant, bytes).await {
        Ok(stored) => stored,
        Err(NotStored::Picture(problem)) => return Ok(Err(reason(problem))),
        Err(NotStored::Store(fault)) => return Err(AppError::broken(fault)),
    };
    Ok(match hang_picture(ctx, product, &stored).await? {
        Hung::New(_) => Ok(true),
        Hung::WasThere => Ok(false),
        Hung::NoRoom => Err(NotTaken::NoRoom),
    })
}

/// What the media store found, for the words.
pub const fn reason(problem: PictureProblem) -> NotTaken {
    match problem {
        PictureProblem::TooHeavy => NotTaken::TooHeavy,
        PictureProblem::TooManyPixels => NotTaken::TooManyPixels,
        PictureProblem::UnknownKind => NotTaken::NotAPicture,
        PictureProblem::Damaged => NotTaken::Damaged,
    }
}

/// One picture's words and variant, as something that several people may edit.
struct Described;

impl Sheet for Described {
    type Key = (ProductId, ImageId);
    /// All of them, and where this one stands.
    type Page = (PicturesPage, usize);
    const FIELDS: &'static [&'static str] = FIELDS;

    async fn load(ctx: &Ctx, (product, picture): &Self::Key) -> Result<Self::Page, AppError> {
        let shown = load(ctx, *product).await?;
        let at = shown.pictures.iter().position(|one| one.id == *picture).ok_or(AppError::NotFound)?;
        Ok((shown, at))
    }
    fn form((shown, at): &Self::Page) -> (i32, Typed) {
        shown.pictures.get(*at).map(|one| (one.version, one.typed.clone())).unwrap_or_default()
    }
    async fn save(ctx: Ctx, (product, picture): Self::Key, version: i32, typed: Typed) -> Result<(), AppError> {
        change_picture(&ctx, product, picture, version, &typed).await
    }
    fn draw(inside: &Inside, _: &Self::Key, (shown, at): &Self::Page, sheet: &Shown) -> String {
        let title = (words(inside.locale()).nth)(at + 1);
        let still = inside.still(PRODUCTS, &title);
        shown.pictures.get(*at).map_or_else(String::new, |one| pictures::one_picture(&still, shown, one, sheet))
    }
    fn address((product, _): &Self::Key) -> String {
        address(*product)
    }
}

fn key(product: &str, picture: &str) -> Option<(ProductId, ImageId)> {
    Some((ProductId::parse(product)?, ImageId::parse(picture)?))
}

pub async fn picture(inside: Inside, Path((product, picture)): Path<(String, String)>) -> Response {
    match key(&product, &picture) {
        Some(key) => sheet::show::<Described>(&inside, &key, false).await,
        None => inside.refuse(AppError::NotFound),
    }
}

pub async fn change(
    inside: Inside,
    Path((product, picture)): Path<(String, String)>,
    Posted(typed): Posted,
) -> Response {
    match key(&product, &picture) {
        Some(key) => sheet::save::<Described>(&inside, key, typed).await,
        None => inside.refuse(AppError::NotFound),
    }
}

pub async fn place(
    inside: Inside,
    Path((product, picture)): Path<(String, String)>,
    Posted(typed): Posted,
) -> Response {
    if let Err(error) = only(&typed, &["place", "order"]) {
        return inside.refuse(error);
    }
    let wanted = typed.get("place").parse::<usize>();
    let (Some((product, picture)), Ok(place)) = (key(&product, &picture), wanted) else {
        return inside.refuse(AppError::NotFound);
    };
    let seen = SeenOrder::parse(typed.get("order"));
    let (ctx, over) = (inside.ctx.clone(), seen.clone());
    match sheet::to_the_end(async move { place_picture(&ctx, product, picture, place, &over).await }).await {
        // Two people put pictures in order: the second sees what the first has made of it, and nothing was moved.
        Err(AppError::ChangedMeanwhile) => match load(&inside.ctx, product).await {
            Ok(shown) => draw(&inside, StatusCode::CONFLICT, &shown, &Told { met: Some(seen), ..Told::default() }),
            Err(error) => inside.refuse(error),
        },
        done => inside.lead(done, &format!("{}#picture-{picture}", address(product))),
    }
}

pub async fn remove(inside: Inside, Path((product, picture)): Path<(String, String)>, _: Pressed) -> Response {
    let Some((product, picture)) = key(&product, &picture) else { return inside.refuse(AppError::NotFound) };
    inside.lead(remove_picture(&inside.ctx, product, picture).await, &format!("{}?saved", address(product)))
}
