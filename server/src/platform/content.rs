//! What a merchant writes for readers: the list, the editor of one page or post, its preview, its end.

use super::{
    page_pictures,
    sheet::{self, Sheet, only, shown_again, to_the_end},
};
use crate::{
    doors::{Doors, Inside, Posted, Who},
    request::{private_page, see_other},
};
use app::{
    dashboard::address::PAGES as ADDRESS,
    still::{
        content::{self as pages, Editor, RefusedPicture},
        form::{SEEN, Sheet as Shown, VERSION},
    },
    text::content::words,
};
use axum::{
    extract::{Path, RawQuery},
    response::Response,
};
use duka::{
    content::{FIELDS, NEW_FIELDS, PageSheet, add_page, edit_page, load_page, remove_page},
    ctx::Ctx,
    error::AppError,
    kernel::{
        access::Permission,
        field_errors::{FieldErrors, FieldProblem},
        id::PageId,
        typed::Typed,
    },
    pages::dashboard::content,
};
use http::StatusCode;

const MEMBERS: Who = Who::Member(Permission::SeeDashboard);
const EDITORS: Who = Who::Member(Permission::EditContent);

/// Every door of the section.
pub fn doors(doors: Doors) -> Doors {
    doors
        .page("/dashboard/pages", MEMBERS, list)
        .form("/dashboard/pages", EDITORS, add)
        .page("/dashboard/pages/{page}", MEMBERS, page)
        .form("/dashboard/pages/{page}", EDITORS, save)
        .form("/dashboard/pages/{page}/preview", EDITORS, preview)
        .form("/dashboard/pages/{page}/remove", EDITORS, remove)
        .form("/dashboard/pages/{page}/pictures", EDITORS, page_pictures::add)
        .form("/dashboard/pages/{page}/pictures/{picture}/remove", EDITORS, page_pictures::remove)
}

/// One page as something that several people may edit.
struct OnePage;

impl Sheet for OnePage {
    type Key = PageId;
    type Page = PageSheet;
    const FIELDS: &'static [&'static str] = FIELDS;

    async fn load(ctx: &Ctx, page: &PageId) -> Result<PageSheet, AppError> {
        load_page(ctx, *page).await
    }
    fn form(page: &PageSheet) -> (i32, Typed) {
        (page.version, page.typed.clone())
    }
    async fn save(ctx: Ctx, page: PageId, version: i32, typed: Typed) -> Result<(), AppError> {
        edit_page(&ctx, page, version, &typed).await
    }
    fn draw(inside: &Inside, _: &PageId, page: &PageSheet, shown: &Shown) -> String {
        draw(inside, page, shown, false, None)
    }
    fn address(page: &PageId) -> String {
        format!("{ADDRESS}/{page}")
    }
}

/// The editor, or the page to be read for who may not edit.
fn draw(
    inside: &Inside,
    page: &PageSheet,
    shown: &Shown,
    is_preview: bool,
    refused: Option<&RefusedPicture>,
) -> String {
    let still = inside.still(ADDRESS, &page.title);
    if inside.ctx.actor.may(Permission::EditContent) {
        pages::editor(&still, &Editor { page, sheet: shown, is_preview, refused })
    } else {
        pages::reading(&still, page)
    }
}

fn id(page: &str) -> Result<PageId, AppError> {
    PageId::parse(page).ok_or(AppError::NotFound)
}

async fn list(inside: Inside, RawQuery(query): RawQuery) -> Response {
    let shown = Shown { is_saved: sheet::is_saved(query), ..Shown::default() };
    draw_list(&inside, StatusCode::OK, &shown, PageId::mint()).await
}

async fn draw_list(inside: &Inside, status: StatusCode, shown: &Shown, new: PageId) -> Response {
    match content::list(&inside.ctx).await {
        Ok(rows) => {
            let still = inside.still(ADDRESS, words(inside.locale()).title);
            let new = inside.ctx.actor.may(Permission::EditContent).then(|| new.to_string());
            private_page(status, pages::list(&still, &rows, shown, new.as_deref()))
        }
        Err(error) => inside.refuse(error),
    }
}

async fn add(inside: Inside, Posted(typed): Posted) -> Response {
    let new = PageId::parse(typed.get("page")).unwrap_or_else(PageId::mint);
    let (ctx, sent) = (inside.ctx.clone(), typed.clone());
    let added = match only(&typed, NEW_FIELDS) {
        Ok(()) => to_the_end(async move { add_page(&ctx, new, &sent).await }).await,
        Err(error) => Err(error),
    };
    match added {
        Ok(()) => see_other(&OnePage::address(&new)),
        Err(error) => match shown_again(typed, error) {
            Ok((status, shown)) => draw_list(&inside, status, &shown, new).await,
            Err(error) => inside.refuse(error),
        },
    }
}

async fn page(inside: Inside, Path(page): Path<String>, RawQuery(query): RawQuery) -> Response {
    match id(&page) {
        Ok(page) => sheet::show::<OnePage>(&inside, &page, sheet::is_saved(query)).await,
        Err(error) => inside.refuse(error),
    }
}

async fn save(inside: Inside, Path(page): Path<String>, Posted(typed): Posted) -> Response {
    match id(&page) {
        Ok(page) => sheet::save::<OnePage>(&inside, page, typed).await,
        Err(error) => inside.refuse(error),
    }
}

/// Shows what the form would make of the page; nothing is saved.
async fn preview(inside: Inside, Path(page): Path<String>, Posted(mut typed): Posted) -> Response {
    let version = typed.take(VERSION).parse().unwrap_or(0);
    let seen: Typed = serde_json::from_str(&typed.take(SEEN)).unwrap_or_default();
    let found = match id(&page) {
        Ok(page) => load_page(&inside.ctx, page).await,
        Err(error) => Err(error),
    };
    let page = match found {
        Ok(page) => page,
        Err(error) => return inside.refuse(error),
    };
    let mut shown = Shown { version, seen, typed, ..Shown::default() };
    let read = only(&shown.typed, FIELDS).and_then(|()| page.read(&shown.typed).map(|_| ()).map_err(AppError::Invalid));
    if let Err(error) = read {
        let status = app::api::status(&error);
        if let AppError::Invalid(errors) = error {
            shown.errors = errors;
        }
        return private_page(status, draw(&inside, &page, &shown, false, None));
    }
    private_page(StatusCode::OK, draw(&inside, &page, &shown, true, None))
}

async fn remove(inside: Inside, Path(page): Path<String>, Posted(typed): Posted) -> Response {
    let removed = async {
        let (page, version) = (id(&page)?, typed.get("version").parse().unwrap_or(0));
        only(&typed, &["version", "sure"])?;
        if !typed.is_on("sure") {
            // A page of another shop is not there, whatever was ticked.
            load_page(&inside.ctx, page).await?;
            return Err(AppError::Invalid(FieldErrors::one("sure", FieldProblem::NotTicked)));
        }
        let ctx = inside.ctx.clone();
        to_the_end(async move { remove_page(&ctx, page, version).await }).await
    };
    match removed.await {
        Ok(()) => see_other(ADDRESS),
        Err(error) => again(&inside, &page, error).await,
    }
}

/// The editor as it is, with what the small form was refused for.
async fn again(inside: &Inside, page: &str, error: AppError) -> Response {
    let found = match id(page) {
        Ok(page) => load_page(&inside.ctx, page).await,
        Err(missing) => Err(missing),
    };
    let page = match found {
        Ok(page) => page,
        Err(missing) => return inside.refuse(missing),
    };
    let (version, typed) = OnePage::form(&page);
    match shown_again(typed.clone(), error) {
        Ok((status, shown)) => {
            let shown = Shown { version, seen: typed, ..shown };
            private_page(status, draw(inside, &page, &shown, false, None))
        }
        Err(error) => inside.refuse(error),
    }
}

/// The page's editor.
pub(super) fn address(page: PageId) -> String {
    OnePage::address(&page)
}

/// The editor as it is, with the picture that was not taken.
pub(super) async fn without_picture(inside: &Inside, page: PageId, refused: &RefusedPicture) -> Response {
    match load_page(&inside.ctx, page).await {
        Ok(page) => {
            let (version, typed) = OnePage::form(&page);
            let shown = Shown { version, seen: typed.clone(), typed, ..Shown::default() };
            private_page(StatusCode::UNPROCESSABLE_ENTITY, draw(inside, &page, &shown, false, Some(refused)))
        }
        Err(missing) => inside.refuse(missing),
    }
}
