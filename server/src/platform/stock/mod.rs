//! The stock's doors: the list, one variant with its ledger, counts.

mod count;
mod variant;

use crate::{
    doors::{Doors, Inside, Posted, Who},
    platform::sheet::{is_saved, only, to_the_end},
    request::private_page,
};
use app::{dashboard::address::STOCK, still::stock::list, text::stock::words};
use axum::{
    extract::{Query, RawQuery, rejection::QueryRejection},
    response::Response,
};
use duka::{
    inventory::low_stock::choose_mail,
    kernel::{
        access::Permission,
        id::{ProductId, StockCountId},
    },
    pages::dashboard::stock::{Shown, StockFilter, load},
};
use http::StatusCode;
use serde::Deserialize;

pub fn doors(doors: Doors) -> Doors {
    let adjust = Who::Member(Permission::AdjustStock);
    doors
        .page("/dashboard/stock", super::MEMBERS, page)
        .form("/dashboard/stock/mail", Who::Member(Permission::EditStore), mail)
        .page("/dashboard/stock/counts", super::MEMBERS, count::list)
        .form("/dashboard/stock/counts", adjust, count::begin)
        .page("/dashboard/stock/counts/{count}", super::MEMBERS, count::page)
        .form("/dashboard/stock/counts/{count}/lines", adjust, count::enter)
        .form("/dashboard/stock/counts/{count}/apply", adjust, count::apply)
        .form("/dashboard/stock/counts/{count}/cancel", adjust, count::cancel)
        .page("/dashboard/stock/{variant}", super::MEMBERS, variant::page)
        .form("/dashboard/stock/{variant}/limit", adjust, variant::limit)
        .form("/dashboard/stock/{variant}/restock", adjust, variant::restock)
        .form("/dashboard/stock/{variant}/adjust", adjust, variant::adjust)
        .form("/dashboard/stock/{variant}/release", Who::Member(Permission::MoveOrders), variant::release)
}

/// What a hand may write behind the address; what cannot be read counts as absent.
#[derive(Debug, Default, Deserialize)]
struct Wanted {
    #[serde(default)]
    filter: String,
    #[serde(default)]
    product: String,
    #[serde(default)]
    words: String,
    #[serde(default)]
    page: String,
}

async fn page(inside: Inside, query: Result<Query<Wanted>, QueryRejection>, RawQuery(raw): RawQuery) -> Response {
    let wanted = query.map(|query| query.0).unwrap_or_default();
    let filter = StockFilter {
        shown: Shown::parse(&wanted.filter),
        product: ProductId::parse(&wanted.product),
        words: wanted.words,
        page: wanted.page.parse().unwrap_or(1),
    };
    match load(&inside.ctx, filter).await {
        Ok(found) => {
            let still = inside.still(STOCK, words(inside.locale()).title);
            private_page(StatusCode::OK, list::list(&still, &found, is_saved(raw), &StockCountId::mint().to_string()))
        }
        Err(error) => inside.refuse(error),
    }
}

async fn mail(inside: Inside, Posted(typed): Posted) -> Response {
    let (ctx, wants) = (inside.ctx.clone(), typed.is_on("wants"));
    let chosen = match only(&typed, &["wants"]) {
        Ok(()) => to_the_end(async move { choose_mail(&ctx, wants).await }).await,
        Err(error) => Err(error),
    };
    inside.lead(chosen, &format!("{STOCK}?saved"))
}
