//! A product's variants: made from its options, and saved all at once from a grid.

use crate::{
    doors::{Inside, Named, Posted, PostedPairs},
    platform::sheet::{self, Sheet, to_the_end},
    request::{private_page, see_other},
};
use app::{
    dashboard::address,
    still::{
        catalogue::variants::{self, Grid},
        form::Sheet as Shown,
    },
    text::{catalogue, dash, still},
};
use axum::{
    extract::{Path, RawQuery},
    response::Response,
};
use duka::{
    catalog::variants::{
        NotSaved, VariantsPage, change_variants,
        grid::{self, TypedRow},
        load, make_variants, options,
    },
    ctx::Ctx,
    error::AppError,
    kernel::{
        field_errors::{FieldErrors, FieldProblem},
        id::ProductId,
        typed::Typed,
    },
};
use http::StatusCode;
use std::collections::BTreeMap;

struct OptionsSheet;

impl Sheet for OptionsSheet {
    type Key = ProductId;
    type Page = VariantsPage;
    const FIELDS: &'static [&'static str] = options::FIELDS;

    async fn load(ctx: &Ctx, product: &ProductId) -> Result<VariantsPage, AppError> {
        load(ctx, *product).await
    }
    fn form(page: &VariantsPage) -> (i32, Typed) {
        (page.version, page.options.clone())
    }
    async fn save(ctx: Ctx, product: ProductId, version: i32, typed: Typed) -> Result<(), AppError> {
        make_variants(&ctx, product, version, &typed).await
    }
    fn draw(inside: &Inside, _: &ProductId, page: &VariantsPage, shown: &Shown) -> String {
        draw(inside, page, shown, &Grid::stored(page))
    }
    fn address(product: &ProductId) -> String {
        format!("{}/variants", address::product(*product))
    }
}

fn draw(inside: &Inside, page: &VariantsPage, shown: &Shown, grid: &Grid) -> String {
    variants::variants(&inside.still(address::PRODUCTS, &page.name), page, shown, grid)
}

/// What the address says after the grid was saved: the sentence stands beside it, not above the options.
const KEPT: &str = "kept";

pub async fn page(inside: Inside, Path(product): Path<String>, RawQuery(query): RawQuery) -> Response {
    match ProductId::parse(&product) {
        Some(product) if query.as_deref() == Some(KEPT) => match load(&inside.ctx, product).await {
            Ok(page) => {
                let (version, options) = OptionsSheet::form(&page);
                let shown = Shown { version, seen: options.clone(), typed: options, ..Shown::default() };
                let grid = Grid { is_saved: true, ..Grid::stored(&page) };
                private_page(StatusCode::OK, draw(&inside, &page, &shown, &grid))
            }
            Err(error) => inside.refuse(error),
        },
        Some(product) => sheet::show::<OptionsSheet>(&inside, &product, sheet::is_saved(query)).await,
        None => inside.refuse(AppError::NotFound),
    }
}

pub async fn make(inside: Inside, Named(product): Named<ProductId>, Posted(typed): Posted) -> Response {
    sheet::save::<OptionsSheet>(&inside, product, typed).await
}

pub async fn save(inside: Inside, Named(product): Named<ProductId>, PostedPairs(pairs): PostedPairs) -> Response {
    let rows = match grid::read(pairs) {
        Ok(rows) => rows,
        Err(errors) => return unread(&inside, product, &errors).await,
    };
    let (ctx, sent) = (inside.ctx.clone(), rows.clone());
    let saving = to_the_end(async move { Ok(change_variants(&ctx, product, &sent).await) });
    match saving.await.unwrap_or_else(|fault| Err(NotSaved::App(fault))) {
        Ok(()) => see_other(&format!("{}?{KEPT}#grid", OptionsSheet::address(&product))),
        Err(not_saved) => again(&inside, product, &rows, not_saved).await,
    }
}

/// The page with every row as it was typed, and what is wrong with which.
async fn again(inside: &Inside, product: ProductId, rows: &[TypedRow], not_saved: NotSaved) -> Response {
    let page = match load(&inside.ctx, product).await {
        Ok(page) => page,
        Err(missing) => return inside.refuse(missing),
    };
    let words = catalogue::words(inside.locale());
    let (troubles, status, problem) = match not_saved {
        NotSaved::Rows(troubles) if troubles.values().any(|trouble| trouble.meeting.is_some()) => {
            (troubles, StatusCode::CONFLICT, words.grid_met.to_owned())
        }
        NotSaved::Rows(troubles) => (troubles, StatusCode::UNPROCESSABLE_ENTITY, words.grid_not_saved.to_owned()),
        NotSaved::App(AppError::ChangedMeanwhile) => {
            let problem = (dash::words(inside.locale()).error)(&AppError::ChangedMeanwhile);
            (BTreeMap::default(), StatusCode::CONFLICT, problem)
        }
        NotSaved::App(other) => return inside.refuse(other),
    };
    let mut grid = Grid { problem: Some(problem), ..Grid::stored(&page) };
    for line in &mut grid.rows {
        let Some(sent) = rows.iter().find(|row| row.id == line.id && row.is_changed()) else { continue };
        let trouble = troubles.get(&line.id).cloned().unwrap_or_default();
        line.errors = trouble.errors;
        match trouble.meeting {
            // The next look compares with what stands there now, and both people's changes are in the cells.
            Some(meeting) => (line.typed, line.changes) = (meeting.merged, meeting.changes),
            None => (line.version, line.seen, line.typed) = (sent.version, sent.seen.clone(), sent.typed.clone()),
        }
    }
    let (version, options) = OptionsSheet::form(&page);
    let shown = Shown { version, seen: options.clone(), typed: options, ..Shown::default() };
    private_page(status, draw(inside, &page, &shown, &grid))
}

/// A form that is not this one: it is not shown again, since nobody types that.
async fn unread(inside: &Inside, product: ProductId, errors: &FieldErrors) -> Response {
    let page = match load(&inside.ctx, product).await {
        Ok(page) => page,
        Err(missing) => return inside.refuse(missing),
    };
    let words = still::words(inside.locale());
    let said = errors.iter().map(|(field, problem)| match problem {
        FieldProblem::UnknownField => (words.unknown_field)(field),
        other => format!("{field}: {}", still::problem(inside.locale(), other)),
    });
    let problem = std::iter::once(words.look_again.to_owned()).chain(said).collect::<Vec<_>>().join(" ");
    let grid = Grid { problem: Some(problem), ..Grid::stored(&page) };
    let (version, options) = OptionsSheet::form(&page);
    let shown = Shown { version, seen: options.clone(), typed: options, ..Shown::default() };
    private_page(StatusCode::UNPROCESSABLE_ENTITY, draw(inside, &page, &shown, &grid))
}
