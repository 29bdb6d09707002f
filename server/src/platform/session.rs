//! Whose dashboard it is: the session cookie becomes a context for everything behind it.

use crate::{request::cookies::Cookie, request::origin::is_write, state::App};
use app::api::SignedIn;
use axum::{
    extract::{Request, State},
    middleware::Next,
    response::Response,
};
use duka::{ctx::Ctx, tenancy::session};
use http::header::CACHE_CONTROL;

/// Puts `Ctx` and `SignedIn` into the request when somebody is signed in, and lets shop pages know of writes.
pub async fn enter(State(app): State<App>, mut request: Request, next: Next) -> Response {
    let mut tenant = None;
    if let Some(token) = Cookie::Session.token(request.headers(), &app.config.base) {
        match session::find(&app.platform, &token).await {
            Ok(Some((ctx, member))) => {
                tenant = Some(ctx.tenant);
                request.extensions_mut().insert(SignedIn::of(&member, &app.platform.base_url));
                request.extensions_mut().insert::<Ctx>(ctx);
            }
            Ok(None) => {}
            Err(fault) => return crate::shop::faults::bare(&app, duka::kernel::locale::Locale::En, fault),
        }
    }
    let changes = is_write(request.method());
    let mut answer = next.run(request).await;
    if let Some(tenant) = tenant.filter(|_| changes) {
        app.pages.versions.forget(tenant);
        app.pages.versions.note_move(tenant);
    }
    answer.headers_mut().entry(CACHE_CONTROL).or_insert(http::HeaderValue::from_static("private, no-store"));
    answer
}
