//! The keeper of a door: nobody passes who is not signed in, may not, or has not been sure of lately.

use super::{Nonce, Who};
use crate::{
    request::{is_read, private_page, see_other},
    state::App,
};
use app::{api::SignedIn, still::refusal::refused};
use axum::{
    extract::{Request, State},
    middleware::Next,
    response::Response,
};
use duka::{ctx::Ctx, error::AppError, tenancy::member::Member};
use http::StatusCode;

/// Lets through, or answers in the door's place; nothing behind it has run then.
pub async fn keep(State((app, who)): State<(App, Who)>, mut request: Request, next: Next) -> Response {
    let (permission, must_be_sure) = match who {
        Who::Anybody | Who::Shopper | Who::Provider => return next.run(request).await,
        Who::Member(permission) => (permission, false),
        Who::Sure(permission) => (permission, true),
    };
    let is_read = is_read(request.method());
    let extensions = request.extensions();
    let (Some(ctx), Some(member)) = (extensions.get::<Ctx>(), extensions.get::<Member>()) else {
        return if is_read { see_other("/sign-in") } else { signed_out(&app) };
    };
    if ctx.require(permission).is_err() {
        let who = extensions.get::<SignedIn>().cloned().unwrap_or_else(SignedIn::nobody);
        return private_page(StatusCode::FORBIDDEN, refused(&who, &app.site.assets, &AppError::NotPermitted));
    }
    if must_be_sure && !member.is_sure(ctx.now()) {
        // A form that was open for too long is filled in again; the page before it asks for the password first.
        let back = if is_read { request.uri().path() } else { "/dashboard/settings" };
        return see_other(&format!("/dashboard/confirm?to={back}"));
    }
    let nonce = Nonce::random();
    request.extensions_mut().insert(nonce.clone());
    let mut answer = next.run(request).await;
    nonce.dress(&mut answer);
    answer
}

fn signed_out(app: &App) -> Response {
    private_page(StatusCode::UNAUTHORIZED, refused(&SignedIn::nobody(), &app.site.assets, &AppError::SignedOut))
}
