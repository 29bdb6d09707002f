//! The categories: added, edited, moved, arranged, hidden and shown.

use crate::{
    doors::{Inside, Posted},
    platform::sheet::{self, Sheet, only, shown_again, to_the_end},
    request::{private_page, see_other},
};
use app::{
    dashboard::address,
    still::{
        catalogue::{categories, category},
        form::Sheet as Shown,
    },
    text::catalogue,
};
use axum::{
    extract::{Path, RawQuery},
    response::Response,
};
use duka::{
    catalog::categories::{
        CategorySheet, Direction, FIELDS, NEW_FIELDS, add_category, edit_category, load_categories, load_category,
        place_category, show_category,
    },
    ctx::Ctx,
    error::AppError,
    kernel::{
        field_errors::{FieldErrors, FieldProblem},
        id::CategoryId,
        typed::Typed,
    },
};
use http::StatusCode;

struct OneCategory;

impl Sheet for OneCategory {
    type Key = CategoryId;
    type Page = CategorySheet;
    const FIELDS: &'static [&'static str] = FIELDS;

    async fn load(ctx: &Ctx, category: &CategoryId) -> Result<CategorySheet, AppError> {
        load_category(ctx, *category).await
    }
    fn form(page: &CategorySheet) -> (i32, Typed) {
        (page.version, page.typed.clone())
    }
    async fn save(ctx: Ctx, category: CategoryId, version: i32, typed: Typed) -> Result<(), AppError> {
        edit_category(&ctx, category, version, &typed).await
    }
    fn draw(inside: &Inside, _: &CategoryId, page: &CategorySheet, shown: &Shown) -> String {
        category::category(&inside.still(address::PRODUCTS, &page.name), page, shown)
    }
    fn address(category: &CategoryId) -> String {
        format!("{}/{category}", address::CATEGORIES)
    }
}

fn id(category: &str) -> Result<CategoryId, AppError> {
    CategoryId::parse(category).ok_or(AppError::NotFound)
}

pub async fn page(inside: Inside, RawQuery(query): RawQuery) -> Response {
    let shown = Shown { is_saved: sheet::is_saved(query), ..Shown::default() };
    draw(&inside, StatusCode::OK, &shown, CategoryId::mint()).await
}

async fn draw(inside: &Inside, status: StatusCode, shown: &Shown, new: CategoryId) -> Response {
    match load_categories(&inside.ctx).await {
        Ok(tree) => {
            let title = catalogue::words(inside.locale()).categories;
            let still = inside.still(address::PRODUCTS, title);
            private_page(status, categories::categories(&still, &tree, shown, &new.to_string()))
        }
        Err(error) => inside.refuse(error),
    }
}

pub async fn add(inside: Inside, Posted(typed): Posted) -> Response {
    let new = CategoryId::parse(typed.get("category")).unwrap_or_else(CategoryId::mint);
    let (ctx, sent) = (inside.ctx.clone(), typed.clone());
    let added = match only(&typed, NEW_FIELDS) {
        Ok(()) => to_the_end(async move { add_category(&ctx, new, &sent).await }).await,
        Err(error) => Err(error),
    };
    match added {
        Ok(()) => see_other(&format!("{}?saved", address::CATEGORIES)),
        Err(error) => again(&inside, typed, error, new).await,
    }
}

/// The list with what a form was refused for.
async fn again(inside: &Inside, typed: Typed, error: AppError, new: CategoryId) -> Response {
    match shown_again(typed, error) {
        Ok((status, shown)) => draw(inside, status, &shown, new).await,
        Err(error) => inside.refuse(error),
    }
}

pub async fn category(inside: Inside, Path(category): Path<String>, RawQuery(query): RawQuery) -> Response {
    match id(&category) {
        Ok(category) => sheet::show::<OneCategory>(&inside, &category, sheet::is_saved(query)).await,
        Err(error) => inside.refuse(error),
    }
}

pub async fn save(inside: Inside, Path(category): Path<String>, Posted(typed): Posted) -> Response {
    match id(&category) {
        Ok(category) => sheet::save::<OneCategory>(&inside, category, typed).await,
        Err(error) => inside.refuse(error),
    }
}

pub async fn place(inside: Inside, Path(category): Path<String>, Posted(typed): Posted) -> Response {
    let placed = async {
        only(&typed, &["direction", "past"])?;
        let category = id(&category)?;
        let direction = match typed.get("direction") {
            "up" => Direction::Up,
            "down" => Direction::Down,
            _ => return Err(unknown("direction")),
        };
        let past = CategoryId::parse(typed.get("past")).ok_or_else(|| unknown("past"))?;
        let ctx = inside.ctx.clone();
        to_the_end(async move { place_category(&ctx, category, direction, past).await }).await
    };
    arranged(&inside, placed.await).await
}

pub async fn set_shown(inside: Inside, Path(category): Path<String>, Posted(typed): Posted) -> Response {
    let shown = async {
        only(&typed, &["shown"])?;
        let (ctx, category, is_active) = (inside.ctx.clone(), id(&category)?, typed.is_on("shown"));
        to_the_end(async move { show_category(&ctx, category, is_active).await }).await
    };
    arranged(&inside, shown.await).await
}

async fn arranged(inside: &Inside, done: Result<(), AppError>) -> Response {
    match done {
        Ok(()) => see_other(address::CATEGORIES),
        Err(error) => again(inside, Typed::default(), error, CategoryId::mint()).await,
    }
}

fn unknown(field: &str) -> AppError {
    AppError::Invalid(FieldErrors::one(field, FieldProblem::UnknownChoice))
}
