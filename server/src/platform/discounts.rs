//! The dashboard's discounts: the list, a form for each kind, codes, and what a cart would pay.

use super::sheet::{self, Sheet, only, shown_again, to_the_end};
use crate::{
    doors::{Doors, Inside, Named, Posted, Pressed, Who},
    request::{private_page, see_other},
};
use app::{
    dashboard::address::DISCOUNTS as ADDRESS,
    still::{discounts as pages, form::Sheet as Shown},
    text::discounts::words,
};
use axum::{
    extract::{Path, Query, RawQuery},
    response::{IntoResponse as _, Response},
};
use duka::{
    ctx::Ctx,
    error::AppError,
    kernel::{
        access::Permission,
        currency::Currency,
        field_errors::{FieldErrors, FieldProblem},
        id::{PriceRuleCodeId, PriceRuleId},
        typed::Typed,
    },
    pages::dashboard::{
        discounts,
        price_trial::{self, Asked},
    },
    pricing::{
        edit_codes,
        edit_rules::{self, EditedRule},
        rule::KindName,
        rule_form::{FIELDS, RuleForm},
    },
};
use http::{HeaderValue, StatusCode, header};
use serde::Deserialize;

const MEMBERS: Who = Who::Member(Permission::SeeDashboard);
const EDITORS: Who = Who::Member(Permission::EditDiscounts);

/// Every door of the section.
pub fn doors(doors: Doors) -> Doors {
    doors
        .page("/dashboard/discounts", MEMBERS, list)
        .page("/dashboard/discounts/new", EDITORS, new)
        .form("/dashboard/discounts/new", EDITORS, add)
        .page("/dashboard/discounts/try", EDITORS, trial)
        .page("/dashboard/discounts/{rule}", EDITORS, rule)
        .form("/dashboard/discounts/{rule}", EDITORS, change)
        .form("/dashboard/discounts/{rule}/pause", EDITORS, pause)
        .form("/dashboard/discounts/{rule}/resume", EDITORS, resume)
        .page("/dashboard/discounts/{rule}/codes", EDITORS, codes)
        .form("/dashboard/discounts/{rule}/codes", EDITORS, add_code)
        .form("/dashboard/discounts/{rule}/codes/batch", EDITORS, make_batch)
        .form("/dashboard/discounts/{rule}/codes/{code}/remove", EDITORS, remove_code)
        .page("/dashboard/discounts/{rule}/codes.csv", EDITORS, codes_file)
}

async fn list(inside: Inside) -> Response {
    match discounts::list(&inside.ctx).await {
        Ok(rows) => {
            let still = inside.still(ADDRESS, words(inside.locale()).title);
            let can_edit = inside.ctx.actor.may(Permission::EditDiscounts);
            private_page(StatusCode::OK, pages::list(&still, &rows, can_edit))
        }
        Err(error) => inside.refuse(error),
    }
}

#[derive(Debug, Default, Deserialize)]
struct Kind {
    #[serde(default)]
    kind: String,
}

async fn new(inside: Inside, Query(wanted): Query<Kind>) -> Response {
    match KindName::parse(&wanted.kind) {
        Some(kind) => {
            let typed = Typed::default().with("scope", "storewide");
            draw_new(&inside, StatusCode::OK, kind, PriceRuleId::mint(), &Shown { typed, ..Shown::default() }).await
        }
        None => {
            let still = inside.still(ADDRESS, words(inside.locale()).choose_kind);
            private_page(StatusCode::OK, pages::choose(&still))
        }
    }
}

async fn draw_new(inside: &Inside, status: StatusCode, kind: KindName, id: PriceRuleId, shown: &Shown) -> Response {
    match discounts::categories(&inside.ctx).await {
        Ok(categories) => {
            let still = inside.still(ADDRESS, words(inside.locale()).new);
            private_page(status, pages::new(&still, kind, &id.to_string(), &categories, shown))
        }
        Err(error) => inside.refuse(error),
    }
}

async fn add(inside: Inside, Posted(mut typed): Posted) -> Response {
    let Some(kind) = KindName::parse(&typed.take("kind")) else { return see_other(&format!("{ADDRESS}/new")) };
    let id = PriceRuleId::parse(&typed.take("rule")).unwrap_or_else(PriceRuleId::mint);
    let (ctx, sent) = (inside.ctx.clone(), typed.clone());
    let added = to_the_end(async move {
        only(&sent, &FIELDS)?;
        let form = RuleForm::read(kind, &sent, Currency::Kes).map_err(AppError::Invalid)?;
        edit_rules::add_rule(&ctx, id, &form).await.map(|id| (id, form.needs_code))
    });
    match added.await {
        Ok((id, true)) => see_other(&format!("{ADDRESS}/{id}/codes")),
        Ok(_) => see_other(ADDRESS),
        Err(error) => match shown_again(typed, error) {
            Ok((status, shown)) => draw_new(&inside, status, kind, id, &shown).await,
            Err(other) => inside.refuse(other),
        },
    }
}

/// One discount as something that several people may edit.
struct Discount;

impl Sheet for Discount {
    type Key = PriceRuleId;
    type Page = (EditedRule, Vec<(String, String)>);
    const FIELDS: &'static [&'static str] = &FIELDS;

    async fn load(ctx: &Ctx, key: &PriceRuleId) -> Result<Self::Page, AppError> {
        Ok((edit_rules::load(ctx, *key).await?, discounts::categories(ctx).await?))
    }
    fn form((rule, _): &Self::Page) -> (i32, Typed) {
        (rule.version, rule.form.write())
    }
    async fn save(ctx: Ctx, key: PriceRuleId, version: i32, typed: Typed) -> Result<(), AppError> {
        let kind = edit_rules::load(&ctx, key).await?.kind;
        let new = RuleForm::read(kind, &typed, Currency::Kes).map_err(AppError::Invalid)?;
        edit_rules::change_rule(&ctx, key, version, &new).await
    }
    fn draw(inside: &Inside, _: &PriceRuleId, (rule, categories): &Self::Page, shown: &Shown) -> String {
        let still = inside.still(ADDRESS, words(inside.locale()).title);
        pages::edit(&still, rule, categories, shown)
    }
    fn address(key: &PriceRuleId) -> String {
        format!("{ADDRESS}/{key}")
    }
}

async fn rule(inside: Inside, Named(id): Named<PriceRuleId>, RawQuery(query): RawQuery) -> Response {
    sheet::show::<Discount>(&inside, &id, sheet::is_saved(query)).await
}

async fn change(inside: Inside, Named(id): Named<PriceRuleId>, Posted(typed): Posted) -> Response {
    sheet::save::<Discount>(&inside, id, typed).await
}

async fn pause(inside: Inside, Path(id): Path<String>, _: Pressed) -> Response {
    set_active(&inside, &id, false).await
}

async fn resume(inside: Inside, Path(id): Path<String>, _: Pressed) -> Response {
    set_active(&inside, &id, true).await
}

async fn set_active(inside: &Inside, id: &str, is_active: bool) -> Response {
    let done = match PriceRuleId::parse(id) {
        Some(id) => edit_rules::set_active(&inside.ctx, id, is_active).await,
        None => Err(AppError::NotFound),
    };
    inside.lead(done, ADDRESS)
}

async fn codes(inside: Inside, Path(id): Path<String>) -> Response {
    draw_codes(&inside, &id, StatusCode::OK, &Shown::default(), &Shown::default()).await
}

async fn draw_codes(inside: &Inside, id: &str, status: StatusCode, one: &Shown, batch: &Shown) -> Response {
    let found = match PriceRuleId::parse(id) {
        Some(id) => discounts::codes(&inside.ctx, id).await,
        None => Err(AppError::NotFound),
    };
    match found {
        Ok(found) => {
            let still = inside.still(ADDRESS, words(inside.locale()).codes);
            private_page(status, pages::codes(&still, &found, &with_id(one), &with_id(batch)))
        }
        Err(error) => inside.refuse(error),
    }
}

/// A form that comes again keeps the id that it came with.
fn with_id(shown: &Shown) -> Shown {
    let mut shown = shown.clone();
    if shown.typed.get("id").is_empty() {
        shown.typed.set("id", PriceRuleCodeId::mint().to_string());
    }
    shown
}

async fn add_code(inside: Inside, Path(id): Path<String>, Posted(typed): Posted) -> Response {
    let (ctx, rule, sent) = (inside.ctx.clone(), PriceRuleId::parse(&id), typed.clone());
    let added =
        to_the_end(async move { edit_codes::add_code(&ctx, rule.ok_or(AppError::NotFound)?, &sent).await }).await;
    answer(&inside, &id, typed, added, false).await
}

async fn make_batch(inside: Inside, Path(id): Path<String>, Posted(typed): Posted) -> Response {
    let (ctx, rule, sent) = (inside.ctx.clone(), PriceRuleId::parse(&id), typed.clone());
    let made =
        to_the_end(async move { edit_codes::make_batch(&ctx, rule.ok_or(AppError::NotFound)?, &sent).await }).await;
    answer(&inside, &id, typed, made, true).await
}

/// What was done leads back to the codes; what was not is said at its own form.
async fn answer(inside: &Inside, id: &str, typed: Typed, done: Result<(), AppError>, is_batch: bool) -> Response {
    let error = match done {
        Ok(()) => return see_other(&format!("{ADDRESS}/{id}/codes")),
        Err(error) => error,
    };
    match shown_again(typed, error) {
        Ok((status, shown)) if is_batch => draw_codes(inside, id, status, &Shown::default(), &shown).await,
        Ok((status, shown)) => draw_codes(inside, id, status, &shown, &Shown::default()).await,
        Err(other) => inside.refuse(other),
    }
}

async fn remove_code(inside: Inside, Path((id, code)): Path<(String, String)>, _: Pressed) -> Response {
    let done = match (PriceRuleId::parse(&id), PriceRuleCodeId::parse(&code)) {
        (Some(rule), Some(code)) => edit_codes::remove_code(&inside.ctx, rule, code).await,
        _ => Err(AppError::NotFound),
    };
    inside.lead(done, &format!("{ADDRESS}/{id}/codes"))
}

async fn codes_file(inside: Inside, Path(id): Path<String>) -> Response {
    let found = match PriceRuleId::parse(&id) {
        Some(id) => edit_codes::list_for_file(&inside.ctx, id).await,
        None => Err(AppError::NotFound),
    };
    match found {
        Ok(file) => {
            let mut answer = file.into_response();
            let headers = answer.headers_mut();
            headers.insert(header::CONTENT_TYPE, HeaderValue::from_static("text/csv; charset=utf-8"));
            headers.insert(header::CONTENT_DISPOSITION, HeaderValue::from_static("attachment; filename=\"codes.csv\""));
            headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("private, no-store"));
            answer
        }
        Err(error) => inside.refuse(error),
    }
}

/// The form's own fields, as the address has them.
#[derive(Debug, Default, Deserialize)]
struct Tried {
    #[serde(default)]
    goods: String,
    #[serde(default)]
    area: String,
    #[serde(default)]
    codes: String,
    #[serde(default)]
    phone: String,
}

async fn trial(inside: Inside, Query(tried): Query<Tried>) -> Response {
    let Tried { goods, area, codes, phone } = tried;
    let typed =
        Typed::default().with("goods", &*goods).with("area", &*area).with("codes", &*codes).with("phone", &*phone);
    match price_trial::reckon(&inside.ctx, &Asked { goods, area, codes, phone }).await {
        Ok(found) => {
            let still = inside.still(ADDRESS, words(inside.locale()).trial_title);
            let phone = found.is_no_phone.then(|| FieldErrors::one("phone", FieldProblem::NotAPhone));
            let shown = Shown { typed, errors: phone.unwrap_or_default(), ..Shown::default() };
            private_page(StatusCode::OK, pages::trial(&still, &found, &shown))
        }
        Err(error) => inside.refuse(error),
    }
}
