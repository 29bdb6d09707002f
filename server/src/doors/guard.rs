//! The keeper of a door: nobody passes who is not signed in, may not, or has not been sure of lately.

use super::{Nonce, Who};
use crate::{
    request::{is_read, limits, private_page, see_other},
    shop::faults,
    state::App,
};
use app::{api::SignedIn, still::refusal::refused};
use axum::{
    extract::{Request, State},
    middleware::Next,
    response::Response,
};
use duka::{
    ctx::Ctx,
    error::AppError,
    kernel::locale::Locale,
    tenancy::{member::Member, session},
};
use http::{StatusCode, header::REFERER};
use std::sync::{Arc, OnceLock};

/// Somebody whom the keeper let in with a file or a long form. They are asked for again when all of it has come, which
/// may take its time: whoever was shown out meanwhile does nothing more by what was on its way.
#[derive(Clone, Debug)]
pub struct LetIn {
    ctx: Ctx,
    fault: Arc<OnceLock<AppError>>,
}

impl LetIn {
    fn of(ctx: &Ctx) -> Self {
        Self { ctx: ctx.clone(), fault: Arc::default() }
    }

    /// Whoever sent this request, if a keeper let them in.
    pub fn at(request: &Request) -> Option<Self> {
        request.extensions().get::<Self>().cloned()
    }

    /// Are they in still? When not, the keeper answers, whatever is answered behind it.
    pub async fn is_in(&self) -> bool {
        match session::require(&self.ctx).await {
            Ok(()) => true,
            Err(fault) => {
                let _ = self.fault.set(fault);
                false
            }
        }
    }
}

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
        return if is_read { see_other("/sign-in") } else { signed_out(&app, Locale::En) };
    };
    if ctx.require(permission).is_err() {
        let who = extensions.get::<SignedIn>().cloned().unwrap_or_else(SignedIn::nobody);
        return private_page(StatusCode::FORBIDDEN, refused(&who, &app.site.assets, &AppError::NotPermitted));
    }
    if must_be_sure && !member.is_sure(ctx.now()) {
        // A form that was open for too long is filled in again; the page before it asks for the password first.
        let back = if is_read { request.uri().path() } else { page_before(&request) };
        return see_other(&format!("/dashboard/confirm?to={back}"));
    }
    let (let_in, locale, nonce) = (LetIn::of(ctx), member.locale, Nonce::random());
    // A short form was whole before anybody asked who sends it.
    if limits::is_long(request.uri().path()) {
        request.extensions_mut().insert(let_in.clone());
    }
    request.extensions_mut().insert(nonce.clone());
    let mut answer = next.run(request).await;
    match let_in.fault.get() {
        None => {}
        Some(AppError::SignedOut) => answer = signed_out(&app, locale),
        Some(fault) => answer = faults::bare(&app, locale, fault.clone()),
    }
    nonce.dress(&mut answer);
    answer
}

/// The page that a form stands on, as the browser says it. Whether it may be led to is judged by the page that asks for
/// the password.
fn page_before(request: &Request) -> &str {
    let said = request.headers().get(REFERER).and_then(|said| said.to_str().ok()).unwrap_or_default();
    let path = said.split_once("://").and_then(|(_, rest)| rest.find('/').map(|start| &rest[start..]));
    let path = path.and_then(|path| path.split(['?', '#', '&']).next());
    path.filter(|path| path.starts_with("/dashboard/")).unwrap_or("/dashboard/settings")
}

fn signed_out(app: &App, locale: Locale) -> Response {
    let nobody = SignedIn { locale, ..SignedIn::nobody() };
    private_page(StatusCode::UNAUTHORIZED, refused(&nobody, &app.site.assets, &AppError::SignedOut))
}
