//! A merchant's own pictures in the dashboard, which lives on the platform's host.

use crate::{request::plain, shop::media, state::App};
use axum::{
    Extension,
    extract::{Path, State},
    response::Response,
};
use duka::ctx::Ctx;
use http::StatusCode;

/// The same files as on the shop's host, for members of that tenant only.
pub async fn picture(
    State(app): State<App>,
    member: Option<Extension<Ctx>>,
    Path((tenant, file)): Path<(String, String)>,
) -> Response {
    match member {
        Some(Extension(ctx)) if ctx.tenant.to_string() == tenant => media::stored(&app, &tenant, &file).await,
        _ => plain(StatusCode::NOT_FOUND, "There is no such picture.\n"),
    }
}
