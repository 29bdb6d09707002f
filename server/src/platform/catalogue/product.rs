//! A product's editor: saved, looked at before it is saved, copied, put away and brought back.

use crate::{
    doors::{Inside, Posted},
    platform::sheet::{self, Sheet, only, to_the_end},
    request::{private_page, see_other},
};
use app::{
    dashboard::address,
    still::{
        catalogue::product::{self, Came, Editor},
        form::{SEEN, Sheet as Shown, VERSION},
    },
    text::catalogue,
};
use axum::{
    extract::{Path, RawQuery},
    response::Response,
};
use duka::{
    catalog::{
        duplicate_product::duplicate_product,
        edit_product::{self, ProductSheet},
        product::ProductStatus,
        product_change, product_standing,
    },
    ctx::Ctx,
    error::AppError,
    kernel::{id::ProductId, typed::Typed},
};
use http::StatusCode;

pub struct Details;

impl Sheet for Details {
    type Key = ProductId;
    type Page = ProductSheet;
    const FIELDS: &'static [&'static str] = product_change::FIELDS;

    async fn load(ctx: &Ctx, product: &ProductId) -> Result<ProductSheet, AppError> {
        edit_product::load(ctx, *product).await
    }
    fn form(page: &ProductSheet) -> (i32, Typed) {
        (page.version, page.typed.clone())
    }
    async fn save(ctx: Ctx, product: ProductId, version: i32, typed: Typed) -> Result<(), AppError> {
        edit_product::edit_product(&ctx, product, version, &typed).await
    }
    fn draw(inside: &Inside, _: &ProductId, page: &ProductSheet, shown: &Shown) -> String {
        draw(inside, page, shown, Came::Plainly)
    }
    fn address(product: &ProductId) -> String {
        address::product(*product)
    }
}

fn draw(inside: &Inside, page: &ProductSheet, shown: &Shown, came: Came) -> String {
    let (base_url, copy) = (&inside.app.platform.base_url, ProductId::mint().to_string());
    let editor = Editor { product: page, sheet: shown, base_url, copy: &copy, came };
    product::product(&inside.still(address::PRODUCTS, &page.name), &editor)
}

fn id(product: &str) -> Result<ProductId, AppError> {
    ProductId::parse(product).ok_or(AppError::NotFound)
}

pub async fn page(inside: Inside, Path(product): Path<String>, RawQuery(query): RawQuery) -> Response {
    let came = match query.as_deref() {
        Some("added") => Came::Added,
        Some("copied") => Came::Copied,
        _ => Came::Plainly,
    };
    match id(&product) {
        Ok(product) if came != Came::Plainly => match edit_product::load(&inside.ctx, product).await {
            Ok(page) => {
                let (version, typed) = Details::form(&page);
                let shown = Shown { version, seen: typed.clone(), typed, ..Shown::default() };
                private_page(StatusCode::OK, draw(&inside, &page, &shown, came))
            }
            Err(error) => inside.refuse(error),
        },
        Ok(product) => sheet::show::<Details>(&inside, &product, sheet::is_saved(query)).await,
        Err(error) => inside.refuse(error),
    }
}

pub async fn save(inside: Inside, Path(product): Path<String>, Posted(typed): Posted) -> Response {
    match id(&product) {
        Ok(product) => sheet::save::<Details>(&inside, product, typed).await,
        Err(error) => inside.refuse(error),
    }
}

/// Shows what the form would make of the product; nothing is saved.
pub async fn preview(inside: Inside, Path(product): Path<String>, Posted(mut typed): Posted) -> Response {
    let version = typed.take(VERSION).parse().unwrap_or(0);
    let seen: Typed = serde_json::from_str(&typed.take(SEEN)).unwrap_or_default();
    let page = match id(&product) {
        Ok(product) => edit_product::load(&inside.ctx, product).await,
        Err(error) => Err(error),
    };
    let page = match page {
        Ok(page) => page,
        Err(error) => return inside.refuse(error),
    };
    let mut shown = Shown { version, seen, typed, ..Shown::default() };
    let read = only(&shown.typed, product_change::FIELDS)
        .and_then(|()| page.read(&shown.typed).map(|_| ()).map_err(AppError::Invalid));
    if let Err(error) = read {
        let status = app::api::status(&error);
        if let AppError::Invalid(errors) = error {
            shown.errors = errors;
        }
        return private_page(status, draw(&inside, &page, &shown, Came::Plainly));
    }
    private_page(StatusCode::OK, draw(&inside, &page, &shown, Came::ToLook))
}

pub async fn duplicate(inside: Inside, Path(product): Path<String>, Posted(typed): Posted) -> Response {
    let copied = async {
        only(&typed, &["copy"])?;
        let (source, copy) = (id(&product)?, ProductId::parse(typed.get("copy")).unwrap_or_else(ProductId::mint));
        let before = edit_product::load(&inside.ctx, source).await?;
        let name = (catalogue::words(inside.locale()).copy_of)(&before.name);
        let name: String = name.chars().take(product_change::LONGEST_NAME).collect();
        let ctx = inside.ctx.clone();
        to_the_end(async move { duplicate_product(&ctx, source, copy, &name).await }).await?;
        Ok(copy)
    };
    match copied.await {
        Ok(copy) => see_other(&format!("{}?copied", address::product(copy))),
        Err(error) => again(&inside, &product, error).await,
    }
}

pub async fn set_status(inside: Inside, Path(product): Path<String>, Posted(typed): Posted) -> Response {
    let moved = async {
        only(&typed, &["version", "to"])?;
        let (product, version) = (id(&product)?, typed.get("version").parse().unwrap_or(0));
        let to = ProductStatus::parse(typed.get("to")).ok_or_else(|| unknown("to"))?;
        let ctx = inside.ctx.clone();
        to_the_end(async move { product_standing::set_status(&ctx, product, version, to).await }).await?;
        Ok(product)
    };
    match moved.await {
        Ok(product) => see_other(&format!("{}?saved", address::product(product))),
        Err(error) => again(&inside, &product, error).await,
    }
}

fn unknown(field: &str) -> AppError {
    use duka::kernel::field_errors::{FieldErrors, FieldProblem};
    AppError::Invalid(FieldErrors::one(field, FieldProblem::UnknownChoice))
}

/// The editor as it is, with what one of the small forms was refused for.
async fn again(inside: &Inside, product: &str, error: AppError) -> Response {
    let page = match id(product) {
        Ok(product) => edit_product::load(&inside.ctx, product).await,
        Err(missing) => Err(missing),
    };
    let page = match page {
        Ok(page) => page,
        Err(missing) => return inside.refuse(missing),
    };
    let (version, typed) = Details::form(&page);
    match sheet::shown_again(typed.clone(), error) {
        Ok((status, shown)) => {
            let shown = Shown { version, seen: typed, ..shown };
            private_page(status, draw(inside, &page, &shown, Came::Plainly))
        }
        Err(error) => inside.refuse(error),
    }
}
