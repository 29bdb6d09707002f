//! The page of an order's notes and tags, and its two forms.

use crate::{
    doors::{Inside, Named, Posted},
    platform::sheet::{self, Sheet, is_saved, only, shown_again, to_the_end},
    request::{private_page, see_other},
};
use app::{
    dashboard::address::{self, ORDERS},
    still::{form::Sheet as Shown, orders::notes::notes},
    text::orders::words,
};
use axum::{extract::RawQuery, response::Response};
use duka::{
    ctx::Ctx,
    error::AppError,
    kernel::{
        id::{OrderId, OrderNoteId},
        typed::Typed,
    },
    orders::{
        tags::write_tags,
        write_note::{NOTE_FIELDS, NewNote, TAG_FIELDS, set_tags, write_note},
    },
    pages::dashboard::order_notes::{self, NotesPage},
};

/// The tags of an order, as a form that can meet another.
struct Tags;

impl Sheet for Tags {
    type Key = OrderId;
    type Page = NotesPage;
    const FIELDS: &'static [&'static str] = &TAG_FIELDS;

    async fn load(ctx: &Ctx, order: &OrderId) -> Result<NotesPage, AppError> {
        order_notes::load(ctx, *order).await
    }
    fn form(page: &NotesPage) -> (i32, Typed) {
        (page.version, Typed::default().with("tags", write_tags(&page.tags)))
    }
    async fn save(ctx: Ctx, order: OrderId, version: i32, typed: Typed) -> Result<(), AppError> {
        set_tags(&ctx, order, version, &typed).await
    }
    fn draw(inside: &Inside, _: &OrderId, page: &NotesPage, shown: &Shown) -> String {
        drawn(inside, page, shown, &Shown::default())
    }
    fn address(order: &OrderId) -> String {
        format!("{}/notes", address::order(*order))
    }
}

fn drawn(inside: &Inside, page: &NotesPage, tagging: &Shown, writing: &Shown) -> String {
    let still = inside.still(ORDERS, words(inside.locale()).notes);
    // The form names the note that it would become, so that it is one however often it is sent.
    let note = OrderNoteId::parse(writing.typed.get("id")).unwrap_or_else(OrderNoteId::mint);
    notes(&still, page, tagging, writing, &note.to_string())
}

pub async fn page(inside: Inside, Named(order): Named<OrderId>, RawQuery(query): RawQuery) -> Response {
    sheet::show::<Tags>(&inside, &order, is_saved(query)).await
}

pub async fn tag(inside: Inside, Named(order): Named<OrderId>, Posted(typed): Posted) -> Response {
    sheet::save::<Tags>(&inside, order, typed).await
}

pub async fn write(inside: Inside, Named(order): Named<OrderId>, Posted(typed): Posted) -> Response {
    let (ctx, sent) = (inside.ctx.clone(), typed.clone());
    let writing = to_the_end(async move {
        only(&sent, &NOTE_FIELDS)?;
        let note = NewNote::read(&sent).map_err(AppError::Invalid)?;
        write_note(&ctx, order, &note).await
    });
    let error = match writing.await {
        Ok(()) => return see_other(&Tags::address(&order)),
        Err(error) => error,
    };
    let page = match order_notes::load(&inside.ctx, order).await {
        Ok(page) => page,
        Err(missing) => return inside.refuse(missing),
    };
    match shown_again(typed, error) {
        Ok((status, shown)) => {
            let (version, tags) = Tags::form(&page);
            let tagging = Shown { version, seen: tags.clone(), typed: tags, ..Shown::default() };
            private_page(status, drawn(&inside, &page, &tagging, &shown))
        }
        Err(other) => inside.refuse(other),
    }
}
