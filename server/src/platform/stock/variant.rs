//! One variant's stock: shown, restocked, corrected, its limit changed, goods given back.

use crate::{
    doors::{Inside, Named, Posted},
    platform::sheet::{self, Sheet, only, shown_again, to_the_end},
    request::{private_page, see_other},
};
use app::{
    dashboard::address::STOCK,
    still::{
        form::Sheet as Shown,
        stock::variant::{self, Forms, Notice},
    },
    text::stock::words,
};
use axum::{
    extract::{Path, Query, RawQuery, rejection::QueryRejection},
    response::Response,
};
use duka::{
    checkout::release_goods::release_goods,
    ctx::Ctx,
    error::{AppError, Refusal},
    inventory::{
        adjust_stock::{self, Adjustment},
        change_limit::change_limit,
        stock_form::{AdjustReason, Amount, parse_change, parse_count},
    },
    kernel::{
        field_errors::{FieldErrors, FieldProblem, optional_text},
        id::{MovementId, OrderId, VariantId},
        typed::Typed,
    },
    pages::dashboard::stock::variant::{VariantStock, load},
};
use http::{StatusCode, header::LOCATION};
use serde::Deserialize;

const LONGEST_NOTE: usize = 200;

fn address(variant: VariantId) -> String {
    format!("{STOCK}/{variant}")
}

/// The forms as a fresh page has them.
fn fresh(found: &VariantStock) -> Forms {
    let typed = Typed::default().with("limit", found.row.limit.to_string());
    let limit = Shown { version: found.row.version, seen: typed.clone(), typed, ..Shown::default() };
    Forms {
        limit,
        restock: (MovementId::mint().to_string(), Shown::default()),
        correct: (MovementId::mint().to_string(), Shown::default()),
        notice: None,
    }
}

fn draw(inside: &Inside, found: &VariantStock, forms: &Forms) -> String {
    variant::variant(&inside.still(STOCK, words(inside.locale()).title), found, forms)
}

/// The page with forms that were changed for it.
async fn again(
    inside: &Inside,
    variant: VariantId,
    page: u32,
    status: StatusCode,
    change: impl FnOnce(&mut Forms),
) -> Response {
    match load(&inside.ctx, variant, page).await {
        Ok(found) => {
            let mut forms = fresh(&found);
            change(&mut forms);
            private_page(status, draw(inside, &found, &forms))
        }
        Err(error) => inside.refuse(error),
    }
}

#[derive(Debug, Default, Deserialize)]
pub(super) struct Wanted {
    #[serde(default)]
    page: String,
}

pub(super) async fn page(
    inside: Inside,
    Named(variant): Named<VariantId>,
    query: Result<Query<Wanted>, QueryRejection>,
    RawQuery(raw): RawQuery,
) -> Response {
    let page = query.ok().and_then(|query| query.0.page.parse().ok()).unwrap_or(1);
    again(&inside, variant, page, StatusCode::OK, |forms| {
        forms.notice = match raw.as_deref() {
            Some("released") => Some(Notice::Released),
            Some("saved") => Some(Notice::Saved),
            _ => None,
        };
    })
    .await
}

/// The limit as something that several people may edit.
struct Limit;

impl Sheet for Limit {
    type Key = VariantId;
    type Page = VariantStock;
    const FIELDS: &'static [&'static str] = &["limit"];

    async fn load(ctx: &Ctx, key: &VariantId) -> Result<VariantStock, AppError> {
        load(ctx, *key, 1).await
    }
    fn form(page: &VariantStock) -> (i32, Typed) {
        (page.row.version, Typed::default().with("limit", page.row.limit.to_string()))
    }
    async fn save(ctx: Ctx, key: VariantId, version: i32, typed: Typed) -> Result<(), AppError> {
        let refuse = |problem| AppError::Invalid(FieldErrors::one("limit", problem));
        let limit = parse_count(typed.get("limit")).map_err(refuse)?;
        change_limit(&ctx, key, version, limit).await
    }
    fn draw(inside: &Inside, _: &VariantId, page: &VariantStock, shown: &Shown) -> String {
        let forms = Forms { limit: shown.clone(), ..fresh(page) };
        draw(inside, page, &forms)
    }
    fn address(key: &VariantId) -> String {
        address(*key)
    }
}

/// Saved from the list it leads back to the same place of the list.
pub(super) async fn limit(inside: Inside, Named(variant): Named<VariantId>, Posted(mut typed): Posted) -> Response {
    let from = typed.take("from");
    let mut answer = sheet::save::<Limit>(&inside, variant, typed).await;
    let is_ours = from == STOCK || from.strip_prefix(STOCK).is_some_and(|rest| rest.starts_with('?'));
    if answer.status() == StatusCode::SEE_OTHER && is_ours {
        let mark = if from.contains('?') { '&' } else { '?' };
        if let Ok(place) = format!("{from}{mark}saved").parse() {
            answer.headers_mut().insert(LOCATION, place);
        }
    }
    answer
}

pub(super) async fn restock(inside: Inside, Named(variant): Named<VariantId>, Posted(typed): Posted) -> Response {
    let wanted = read_goods(variant, &typed);
    let movement = typed.get("movement").to_owned();
    // A change of the form's that the verb calls by its own name.
    let own_name = |error| match error {
        AppError::Invalid(errors) => {
            let mut named = FieldErrors::none();
            errors
                .iter()
                .for_each(|(field, problem)| named.add(if field == "change" { "pieces" } else { field }, problem));
            AppError::Invalid(named)
        }
        other => other,
    };
    let done = do_it(&inside, wanted).await.map_err(own_name);
    answer(&inside, variant, done, typed, |forms, shown| forms.restock = (movement_or_new(&movement), shown)).await
}

pub(super) async fn adjust(inside: Inside, Named(variant): Named<VariantId>, Posted(typed): Posted) -> Response {
    let movement = typed.get("movement").to_owned();
    if typed.get("change").trim().is_empty() == typed.get("counted").trim().is_empty() {
        return again(&inside, variant, 1, StatusCode::UNPROCESSABLE_ENTITY, |forms| {
            forms.correct = (movement_or_new(&movement), Shown { typed, ..Shown::default() });
            forms.notice = Some(Notice::Either);
        })
        .await;
    }
    let done = do_it(&inside, read_correction(variant, &typed)).await;
    answer(&inside, variant, done, typed, |forms, shown| forms.correct = (movement_or_new(&movement), shown)).await
}

fn movement_or_new(typed: &str) -> String {
    MovementId::parse(typed).unwrap_or_else(MovementId::mint).to_string()
}

fn read_goods(variant: VariantId, typed: &Typed) -> Result<Adjustment, AppError> {
    only(typed, &["movement", "pieces", "goods_note"])?;
    let mut errors = FieldErrors::none();
    // None can be taken out here, so the example of a correction would mislead.
    let plain = |problem| if problem == FieldProblem::NotAWholeNumber { FieldProblem::NotWhole } else { problem };
    let pieces = errors.expect("pieces", parse_change(typed.get("pieces")).map_err(plain));
    let note = errors.expect("goods_note", optional_text(typed.get("goods_note"), LONGEST_NOTE));
    if pieces.is_some_and(|pieces| pieces < 0) {
        errors.add("pieces", FieldProblem::TooLow);
    }
    match (pieces, note) {
        (Some(pieces), Some(note)) if errors.is_empty() => Ok(Adjustment {
            variant,
            version: None,
            movement: Some(MovementId::parse(typed.get("movement")).unwrap_or_else(MovementId::mint)),
            amount: Amount::Change(pieces),
            reason: AdjustReason::Restock,
            note,
        }),
        _ => Err(AppError::Invalid(errors)),
    }
}

fn read_correction(variant: VariantId, typed: &Typed) -> Result<Adjustment, AppError> {
    only(typed, &["movement", "change", "counted", "note"])?;
    let mut errors = FieldErrors::none();
    let amount = if typed.get("change").trim().is_empty() {
        errors.expect("counted", parse_count(typed.get("counted"))).map(Amount::Counted)
    } else {
        errors.expect("change", parse_change(typed.get("change"))).map(Amount::Change)
    };
    let note = errors.expect("note", optional_text(typed.get("note"), LONGEST_NOTE));
    match (amount, note) {
        (Some(amount), Some(note)) => Ok(Adjustment {
            variant,
            version: None,
            movement: Some(MovementId::parse(typed.get("movement")).unwrap_or_else(MovementId::mint)),
            amount,
            reason: AdjustReason::Adjustment,
            note,
        }),
        _ => Err(AppError::Invalid(errors)),
    }
}

async fn do_it(inside: &Inside, wanted: Result<Adjustment, AppError>) -> Result<(), AppError> {
    let (ctx, wanted) = (inside.ctx.clone(), wanted?);
    to_the_end(async move { adjust_stock::adjust(&ctx, &wanted).await.map(|_| ()) }).await
}

/// Back to the page; or the same page with what was typed and why not.
async fn answer(
    inside: &Inside,
    variant: VariantId,
    done: Result<(), AppError>,
    typed: Typed,
    put: impl FnOnce(&mut Forms, Shown),
) -> Response {
    let error = match done {
        Ok(()) => return see_other(&format!("{}?saved", address(variant))),
        Err(error) => error,
    };
    let short = match &error {
        AppError::Refused(Refusal::ShortStock { left }) => Some(Notice::Short(*left)),
        _ => None,
    };
    let (status, mut shown) = match shown_again(typed, error) {
        Ok(shown) => shown,
        Err(error) => return inside.refuse(error),
    };
    if short.is_some() {
        shown.problem = None;
    }
    again(inside, variant, 1, status, |forms| {
        put(forms, shown);
        forms.notice = short;
    })
    .await
}

pub(super) async fn release(inside: Inside, Path(id): Path<String>, Posted(typed): Posted) -> Response {
    let (Some(variant), Some(order)) = (VariantId::parse(&id), OrderId::parse(typed.get("order"))) else {
        return inside.refuse(AppError::NotFound);
    };
    let ctx = inside.ctx.clone();
    let released = match only(&typed, &["order"]) {
        Ok(()) => to_the_end(async move { release_goods(&ctx, order).await }).await,
        Err(error) => Err(error),
    };
    match released {
        Ok(()) => see_other(&format!("{}?released", address(variant))),
        Err(error @ AppError::Refused(_)) => {
            let status = app::api::status(&error);
            again(&inside, variant, 1, status, |forms| forms.limit.problem = Some(error)).await
        }
        Err(error) => inside.refuse(error),
    }
}
