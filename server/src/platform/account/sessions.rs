//! Where somebody is signed in, and the end of it.

use crate::{
    doors::{Inside, Named, Pressed},
    request::private_page,
};
use app::{
    still::account::{SESSIONS, sessions_page},
    text::account,
};
use axum::response::Response;
use duka::{kernel::id::SessionId, tenancy::session_list};
use http::StatusCode;

pub async fn page(inside: Inside) -> Response {
    match session_list::list(&inside.ctx).await {
        Ok(sessions) => {
            let title = account::words(inside.locale()).sessions;
            private_page(StatusCode::OK, sessions_page(&inside.still("", title), &sessions))
        }
        Err(error) => inside.refuse(error),
    }
}

pub async fn end_one(inside: Inside, Named(id): Named<SessionId>, _: Pressed) -> Response {
    inside.lead(session_list::end_one(&inside.ctx, id).await, SESSIONS)
}

pub async fn end_others(inside: Inside, _: Pressed) -> Response {
    inside.lead(session_list::end_others(&inside.ctx).await, SESSIONS)
}
