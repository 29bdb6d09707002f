//! Suggestions while a search is typed: a piece of a page, kept and named as pages are, and counted as nothing.

use super::{
    browse::{Typed, first, pairs},
    faults,
};
use crate::{
    cache::{
        pages::{Drawn, Found},
        stored::{Stored, keep_while_chosen},
    },
    request::{asked::Asked, private_page},
    state::App,
};
use app::storefront;
use axum::{extract::State, response::Response};
use duka::{kernel::query::in_query, pages::storefront::suggest};
use http::{HeaderMap, StatusCode};

/// `/search/suggest?q=`: a list of links, or nothing at all.
pub async fn suggest(State(app): State<App>, asked: Asked, headers: HeaderMap, query: Typed) -> Response {
    let Some(words) = suggest::asked(&first(&pairs(query), "q")) else {
        return Stored::new(String::new()).answer(&headers, None);
    };
    let draw = || {
        Box::pin(async {
            let (found, catalogue) = suggest::load(&asked.ctx, asked.shop.store, &words).await?;
            let html = storefront::suggestions(asked.locale, asked.light.is_on, &found);
            Ok(Drawn { html, step: None, catalogue })
        })
    };
    let path = format!("/search/suggest?q={}", in_query(&words));
    match app.pages.get(&asked.ctx, asked.key(path), draw).await {
        Ok(Found::Today(page)) => {
            let mut answer = page.stored.answer(&headers, page.lasts(asked.ctx.now()));
            if asked.light.is_chosen {
                keep_while_chosen(&mut answer);
            }
            answer
        }
        Ok(Found::Remembered(page)) => private_page(StatusCode::OK, page.stored.html().into_owned()),
        Err(fault) => faults::bare(&app, asked.locale, fault),
    }
}
