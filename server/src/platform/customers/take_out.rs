//! The list of customers as a file: who would be in it, and the file.

use super::list::Wanted;
use crate::{
    doors::{Inside, Posted, only},
    platform::download,
    request::private_page,
};
use app::{
    still::customers::{CUSTOMERS, files::take_out},
    text::customer_files::words,
};
use axum::{
    extract::{Query, rejection::QueryRejection},
    response::Response,
};
use duka::{
    kernel::id::CustomerGroupId,
    pages::dashboard::customers::{
        export::{ask, export},
        list::{CustomerFilter, Sort},
    },
};
use http::StatusCode;

pub(super) async fn page(inside: Inside, query: Result<Query<Wanted>, QueryRejection>) -> Response {
    let wanted = query.map(|query| query.0).unwrap_or_default();
    match ask(&inside.ctx, wanted.filter()).await {
        Ok(asked) => {
            let still = inside.still(CUSTOMERS, words(inside.locale()).take_out);
            private_page(StatusCode::OK, take_out(&still, &asked))
        }
        Err(error) => inside.refuse(error),
    }
}

pub(super) async fn file(inside: Inside, Posted(typed): Posted) -> Response {
    if let Err(error) = only(&typed, &["words", "sort", "group"]) {
        return inside.refuse(error);
    }
    let filter = CustomerFilter {
        words: typed.get("words").to_owned(),
        sort: Sort::parse(typed.get("sort")),
        group: CustomerGroupId::parse(typed.get("group")),
        page: 1,
    };
    match export(&inside.ctx, filter).await {
        Ok(file) => download::csv("customers.csv", file),
        Err(error) => inside.refuse(error),
    }
}
