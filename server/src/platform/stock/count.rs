//! Counts: begun, entered a page at a time, applied, put away.

use crate::{
    doors::{Inside, Named, Posted, Pressed},
    platform::sheet::{only, shown_again, to_the_end},
    request::{private_page, see_other},
};
use app::{
    dashboard::address::STOCK,
    still::{
        form::Sheet as Shown,
        stock::{
            count::{self, Entries, Said},
            counts,
        },
    },
    text::stock::words,
};
use axum::{
    extract::{Query, RawQuery, rejection::QueryRejection},
    response::Response,
};
use duka::{
    error::{AppError, Refusal},
    inventory::{
        count as counting,
        count::{Entered, Entry, NotApplied, Part},
        stock_form::parse_count,
    },
    kernel::{
        field_errors::{FieldErrors, FieldProblem, optional_text, required_text},
        id::{CategoryId, ProductId, StockCountId, VariantId},
        typed::Typed,
    },
    pages::dashboard::stock::count::{load, load_list},
};
use http::StatusCode;
use serde::Deserialize;

const ADDRESS: &str = "/dashboard/stock/counts";

pub(super) async fn list(inside: Inside) -> Response {
    let shown = Shown { typed: Typed::default().with("part", "all"), ..Shown::default() };
    draw_list(&inside, StatusCode::OK, StockCountId::mint(), &shown).await
}

async fn draw_list(inside: &Inside, status: StatusCode, id: StockCountId, shown: &Shown) -> Response {
    match load_list(&inside.ctx).await {
        Ok(found) => {
            let still = inside.still(STOCK, words(inside.locale()).counts);
            private_page(status, counts::counts(&still, &found, &id.to_string(), shown))
        }
        Err(error) => inside.refuse(error),
    }
}

fn read_part(typed: &Typed) -> Result<Part, AppError> {
    let refuse = |field: &str, problem| AppError::Invalid(FieldErrors::one(field, problem));
    match typed.get("part") {
        "all" => Ok(Part::All),
        "category" => CategoryId::parse(typed.get("category"))
            .map(Part::Category)
            .ok_or_else(|| refuse("category", FieldProblem::Missing)),
        "search" => {
            required_text(typed.get("words"), 100).map(Part::Search).map_err(|problem| refuse("words", problem))
        }
        "product" => ProductId::parse(typed.get("product"))
            .map(Part::Product)
            .ok_or_else(|| refuse("part", FieldProblem::UnknownChoice)),
        _ => Err(refuse("part", FieldProblem::UnknownChoice)),
    }
}

pub(super) async fn begin(inside: Inside, Posted(typed): Posted) -> Response {
    let id = StockCountId::parse(typed.get("count")).unwrap_or_else(StockCountId::mint);
    let part = only(&typed, &["count", "part", "category", "words", "product"]).and_then(|()| read_part(&typed));
    let begun = match part {
        Ok(part) => {
            let ctx = inside.ctx.clone();
            to_the_end(async move { counting::start(&ctx, id, &part).await }).await
        }
        Err(error) => Err(error),
    };
    match begun.map_err(|error| shown_again(typed, error)) {
        Ok(()) => see_other(&format!("{ADDRESS}/{id}")),
        Err(Ok((status, shown))) => draw_list(&inside, status, id, &shown).await,
        Err(Err(error)) => inside.refuse(error),
    }
}

#[derive(Debug, Default, Deserialize)]
pub(super) struct Wanted {
    #[serde(default)]
    page: String,
    #[serde(default)]
    only: String,
}

impl Wanted {
    fn read(page: &str, only: &str) -> (u32, bool) {
        (page.parse().unwrap_or(1), only == "differences")
    }
}

pub(super) async fn page(
    inside: Inside,
    Named(id): Named<StockCountId>,
    query: Result<Query<Wanted>, QueryRejection>,
    RawQuery(raw): RawQuery,
) -> Response {
    let wanted = query.map(|query| query.0).unwrap_or_default();
    let has = |word: &str| raw.as_deref().is_some_and(|raw| raw.split('&').any(|part| part == word));
    let said = if has("applied") {
        Some(Said::Applied)
    } else if has("saved") {
        Some(Said::Saved)
    } else {
        None
    };
    let (page, only) = Wanted::read(&wanted.page, &wanted.only);
    draw(&inside, StatusCode::OK, id, (page, only), &Entries::default(), said).await
}

async fn draw(
    inside: &Inside,
    status: StatusCode,
    id: StockCountId,
    (page, only): (u32, bool),
    entries: &Entries,
    said: Option<Said>,
) -> Response {
    match load(&inside.ctx, id, page, only).await {
        Ok(found) => {
            let still = inside.still(STOCK, words(inside.locale()).counts);
            private_page(status, count::count(&still, &found, entries, said.as_ref()))
        }
        Err(error) => inside.refuse(error),
    }
}

/// The fields of a page of lines: `count-{variant}` and what it showed, `seen-{variant}`; `note` waits for applying.
fn read_entries(typed: &Typed) -> Result<Vec<Entry>, AppError> {
    let mut errors = FieldErrors::none();
    let mut entries = Vec::new();
    for (name, value) in typed.iter() {
        let Some(variant) = name.strip_prefix("count-") else {
            if !matches!(name, "page" | "only" | "then" | "note") && !name.starts_with("seen-") {
                errors.add(&name.chars().take(40).collect::<String>(), FieldProblem::UnknownField);
            }
            continue;
        };
        let Some(variant) = VariantId::parse(variant) else { return Err(AppError::NotFound) };
        let seen = parse_count(typed.get(&format!("seen-{variant}"))).ok();
        let counted = match value.trim() {
            "" => Some(None),
            text => errors.expect(name, parse_count(text)).map(Some),
        };
        if let Some(counted) = counted {
            entries.push(Entry { variant, seen, counted });
        }
    }
    if errors.is_empty() { Ok(entries) } else { Err(AppError::Invalid(errors)) }
}

async fn write_entries(inside: &Inside, id: StockCountId, typed: &Typed) -> Result<Entered, AppError> {
    let entries = read_entries(typed)?;
    let ctx = inside.ctx.clone();
    to_the_end(async move { counting::enter(&ctx, id, &entries).await }).await
}

/// The page again with everything that was typed; it names what is wrong, or the lines that others counted meanwhile.
async fn not_entered(inside: &Inside, id: StockCountId, typed: Typed, why: Result<Entered, AppError>) -> Response {
    let place = Wanted::read(typed.get("page"), typed.get("only"));
    let note = typed.get("note").to_owned();
    match why {
        Ok(entered) => {
            let said = Said::Met(u32::try_from(entered.met.len()).unwrap_or(u32::MAX));
            draw(inside, StatusCode::CONFLICT, id, place, &Entries { note, ..Entries::default() }, Some(said)).await
        }
        Err(AppError::Invalid(errors)) if errors.iter().all(|(_, problem)| problem != FieldProblem::UnknownField) => {
            let entries = Entries { typed, errors, note };
            draw(inside, StatusCode::UNPROCESSABLE_ENTITY, id, place, &entries, Some(Said::Wrong)).await
        }
        Err(AppError::Refused(Refusal::CountEnded)) => {
            let status = StatusCode::UNPROCESSABLE_ENTITY;
            draw(inside, status, id, place, &Entries::default(), Some(Said::Ended)).await
        }
        Err(error) => inside.refuse(error),
    }
}

pub(super) async fn enter(inside: Inside, Named(id): Named<StockCountId>, Posted(typed): Posted) -> Response {
    match write_entries(&inside, id, &typed).await {
        Ok(entered) if entered.met.is_empty() => {}
        why => return not_entered(&inside, id, typed, why).await,
    }
    let (page, only) = Wanted::read(typed.get("page"), typed.get("only"));
    let page = if typed.get("then") == "next" { page.saturating_add(1) } else { page };
    // A reason that is written already stays for when the differences are applied.
    if !typed.get("note").trim().is_empty() {
        let entries = Entries { note: typed.get("note").to_owned(), ..Entries::default() };
        return draw(&inside, StatusCode::OK, id, (page, only), &entries, Some(Said::Saved)).await;
    }
    let only = if only { "&only=differences" } else { "" };
    see_other(&format!("{ADDRESS}/{id}?page={page}{only}&saved"))
}

/// What stands in the fields is entered first: who types and then presses this has counted it.
pub(super) async fn apply(inside: Inside, Named(id): Named<StockCountId>, Posted(typed): Posted) -> Response {
    match write_entries(&inside, id, &typed).await {
        Ok(entered) if entered.met.is_empty() => {}
        why => return not_entered(&inside, id, typed, why).await,
    }
    let place = Wanted::read(typed.get("page"), typed.get("only"));
    let entries = Entries { note: typed.get("note").to_owned(), ..Entries::default() };
    let Ok(note) = optional_text(typed.get("note"), 200) else {
        let status = StatusCode::UNPROCESSABLE_ENTITY;
        return draw(&inside, status, id, place, &entries, Some(Said::NoteTooLong)).await;
    };
    let ctx = inside.ctx.clone();
    let applied = tokio::spawn(async move { counting::apply(&ctx, id, note.as_deref()).await });
    let (place, refused) = match applied.await.unwrap_or_else(|fault| Err(AppError::broken(fault).into())) {
        Ok(_) => return see_other(&format!("{ADDRESS}/{id}?applied")),
        Err(NotApplied::App(error)) => return inside.refuse(error),
        Err(NotApplied::InTheWay(lines)) => ((1, true), Said::InTheWay(lines)),
        Err(NotApplied::Empty) => (place, Said::NothingCounted),
        Err(NotApplied::Cancelled) => (place, Said::Cancelled),
    };
    draw(&inside, StatusCode::CONFLICT, id, place, &entries, Some(refused)).await
}

pub(super) async fn cancel(inside: Inside, Named(id): Named<StockCountId>, _: Pressed) -> Response {
    let ctx = inside.ctx.clone();
    inside.lead(to_the_end(async move { counting::cancel(&ctx, id).await }).await, ADDRESS)
}
