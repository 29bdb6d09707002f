//! Whose dashboard it is: the session cookie becomes a context for everything behind it.

use crate::{
    request::{asked::split_locale, client, cookies::Cookie, is_read, origin::is_write},
    shop::faults,
    state::App,
};
use app::api::SignedIn;
use axum::{
    extract::{Request, State},
    middleware::Next,
    response::Response,
};
use duka::{
    ctx::{Ctx, Origin},
    tenancy::session,
};
use http::header::{CACHE_CONTROL, USER_AGENT};

/// Puts `Ctx` and `SignedIn` into the request when somebody is signed in, and lets shop pages know of writes.
pub async fn enter(State(app): State<App>, mut request: Request, next: Next) -> Response {
    let mut tenant = None;
    if let Some(token) = Cookie::Session.token(request.headers(), &app.config.base) {
        let found = if is_by_itself(&request) {
            session::find_unseen(&app.platform, &token).await
        } else {
            session::find(&app.platform, &token).await
        };
        match found {
            Ok(Some((ctx, member))) => {
                tenant = Some(ctx.tenant);
                let address = client::address(&app.config, request.extensions(), request.headers());
                let agent = request.headers().get(USER_AGENT).and_then(|agent| agent.to_str().ok()).unwrap_or_default();
                let origin = Origin::new(address.map(|address| address.to_string()), agent, Some(member.session));
                let extensions = request.extensions_mut();
                extensions.insert(SignedIn::of(&member, &app.platform.base_url));
                extensions.insert::<Ctx>(ctx.from(origin));
                extensions.insert(member);
            }
            Ok(None) => {}
            Err(fault) => return faults::bare(&app, split_locale(request.uri().path()).0, fault),
        }
    }
    let changes = is_write(request.method());
    let mut answer = next.run(request).await;
    if let Some(tenant) = tenant.filter(|_| changes) {
        app.pages.versions.forget(tenant);
        app.pages.versions.note_move(tenant);
        app.hosts.forget(tenant);
    }
    answer.headers_mut().entry(CACHE_CONTROL).or_insert(http::HeaderValue::from_static("private, no-store"));
    answer
}

/// Does an open page ask this by itself, as the list of orders does every ten seconds? Browsers say what an answer is
/// for: a page that somebody opens is a document. Those that say nothing are known by the address.
fn is_by_itself(request: &Request) -> bool {
    let is_for_a_script = request.headers().get("sec-fetch-dest").is_some_and(|purpose| purpose == "empty");
    is_read(request.method()) && (is_for_a_script || request.uri().path() == "/dashboard/orders/news")
}
