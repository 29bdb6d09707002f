//! Groups of customers.

use crate::{
    doors::{Inside, Named, Posted, Pressed},
    platform::sheet::{self, Sheet, is_saved, shown_again, to_the_end},
    request::{private_page, see_other},
};
use app::{
    still::{
        customers::{
            CUSTOMERS,
            groups::{NEW, group, groups as draw_groups},
        },
        form,
    },
    text::customers::words,
};
use axum::{extract::RawQuery, response::Response};
use duka::{
    ctx::Ctx,
    customers::{
        edit_groups::{Group, add_group, change_group, find, remove_group},
        group::FIELDS,
    },
    error::AppError,
    kernel::{access::Permission, id::CustomerGroupId, typed::Typed},
    pages::dashboard::customers::groups,
};
use http::StatusCode;

struct Asks;

impl Sheet for Asks {
    type Key = CustomerGroupId;
    type Page = Group;
    const FIELDS: &'static [&'static str] = FIELDS;

    async fn load(ctx: &Ctx, id: &CustomerGroupId) -> Result<Group, AppError> {
        find(ctx, *id).await
    }
    fn form(page: &Group) -> (i32, Typed) {
        (page.version, page.form.write())
    }
    async fn save(ctx: Ctx, id: CustomerGroupId, version: i32, typed: Typed) -> Result<(), AppError> {
        change_group(&ctx, id, version, &typed).await
    }
    fn draw(inside: &Inside, _: &CustomerGroupId, page: &Group, shown: &form::Sheet) -> String {
        group(&inside.still(CUSTOMERS, &page.form.name), page, shown)
    }
    fn address(id: &CustomerGroupId) -> String {
        format!("{CUSTOMERS}/groups/{id}")
    }
}

pub(super) async fn page(inside: Inside, RawQuery(query): RawQuery) -> Response {
    let shown = form::Sheet { is_saved: is_saved(query), ..form::Sheet::default() };
    draw(&inside, StatusCode::OK, CustomerGroupId::mint(), &shown).await
}

async fn draw(inside: &Inside, status: StatusCode, new: CustomerGroupId, shown: &form::Sheet) -> Response {
    match groups::load(&inside.ctx).await {
        Ok(found) => {
            let still = inside.still(CUSTOMERS, words(inside.locale()).groups);
            let may_edit = inside.ctx.actor.may(Permission::EditCustomers);
            private_page(status, draw_groups(&still, &found, may_edit, new, shown))
        }
        Err(error) => inside.refuse(error),
    }
}

pub(super) async fn add(inside: Inside, Posted(mut typed): Posted) -> Response {
    let new = CustomerGroupId::parse(&typed.take(NEW)).unwrap_or_else(CustomerGroupId::mint);
    let (ctx, sent) = (inside.ctx.clone(), typed.clone());
    match to_the_end(async move { add_group(&ctx, new, &sent).await }).await {
        Ok(()) => see_other(&format!("{CUSTOMERS}/groups?saved")),
        Err(error) => match shown_again(typed, error) {
            Ok((status, shown)) => draw(&inside, status, new, &shown).await,
            Err(other) => inside.refuse(other),
        },
    }
}

pub(super) async fn one(inside: Inside, Named(id): Named<CustomerGroupId>, RawQuery(query): RawQuery) -> Response {
    sheet::show::<Asks>(&inside, &id, is_saved(query)).await
}

pub(super) async fn change(inside: Inside, Named(id): Named<CustomerGroupId>, Posted(typed): Posted) -> Response {
    sheet::save::<Asks>(&inside, id, typed).await
}

pub(super) async fn remove(inside: Inside, Named(id): Named<CustomerGroupId>, _: Pressed) -> Response {
    let ctx = inside.ctx.clone();
    inside.lead(to_the_end(async move { remove_group(&ctx, id).await }).await, &format!("{CUSTOMERS}/groups?saved"))
}
