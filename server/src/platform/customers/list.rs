//! The list of customers.

use crate::{doors::Inside, request::private_page};
use app::{
    still::customers::{CUSTOMERS, list::list},
    text::customers::words,
};
use axum::{
    extract::{Query, rejection::QueryRejection},
    response::Response,
};
use duka::{
    kernel::id::CustomerGroupId,
    pages::dashboard::customers::list::{CustomerFilter, Sort, load},
};
use http::StatusCode;
use serde::Deserialize;

/// What a hand may write behind the address; what cannot be read counts as absent.
#[derive(Debug, Default, Deserialize)]
pub(super) struct Wanted {
    #[serde(default)]
    words: String,
    #[serde(default)]
    sort: String,
    #[serde(default)]
    group: String,
    #[serde(default)]
    page: String,
}

impl Wanted {
    pub(super) fn filter(self) -> CustomerFilter {
        CustomerFilter {
            words: self.words,
            sort: Sort::parse(&self.sort),
            group: CustomerGroupId::parse(&self.group),
            page: self.page.parse().unwrap_or(1),
        }
    }
}

pub(super) async fn page(inside: Inside, query: Result<Query<Wanted>, QueryRejection>) -> Response {
    let wanted = query.map(|query| query.0).unwrap_or_default();
    match load(&inside.ctx, wanted.filter()).await {
        Ok(found) => {
            let still = inside.still(CUSTOMERS, words(inside.locale()).title);
            private_page(StatusCode::OK, list(&still, &found))
        }
        Err(error) => inside.refuse(error),
    }
}
