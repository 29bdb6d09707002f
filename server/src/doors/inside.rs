//! What a handler behind a door knows of who came in.

use super::Nonce;
use crate::{
    request::{plain, private_page, see_other},
    shop::faults,
    state::App,
};
use app::{
    api::{SignedIn, status},
    still::{Still, refusal::refused},
};
use axum::{extract::FromRequestParts, response::Response};
use duka::{ctx::Ctx, error::AppError, kernel::locale::Locale, tenancy::member::Member};
use http::{StatusCode, request::Parts};

/// A signed-in person on a still page.
#[derive(Clone, Debug)]
pub struct Inside {
    pub app: App,
    pub ctx: Ctx,
    pub member: Member,
    pub who: SignedIn,
    pub nonce: Nonce,
}

impl Inside {
    pub const fn locale(&self) -> Locale {
        self.who.locale
    }

    /// The frame of a page.
    pub fn still<'a>(&'a self, section: &'static str, title: &'a str) -> Still<'a> {
        Still { who: &self.who, assets: &self.app.site.assets, section, title, nonce: self.nonce.as_str() }
    }

    /// What was done leads on, what was not is said.
    pub fn lead(&self, done: Result<(), AppError>, to: &str) -> Response {
        match done {
            Ok(()) => see_other(to),
            Err(error) => self.refuse(error),
        }
    }

    /// What cannot be shown or done, in the dashboard's dress.
    pub fn refuse(&self, error: AppError) -> Response {
        match error {
            AppError::NotFound
            | AppError::NotPermitted
            | AppError::SignedOut
            | AppError::Refused(_)
            | AppError::Invalid(_) => private_page(status(&error), refused(&self.who, &self.app.site.assets, &error)),
            other => faults::bare(&self.app, self.locale(), other),
        }
    }
}

impl FromRequestParts<App> for Inside {
    type Rejection = Response;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, Response> {
        let found = (
            parts.extensions.get::<Ctx>().cloned(),
            parts.extensions.get::<Member>().cloned(),
            parts.extensions.get::<SignedIn>().cloned(),
        );
        let (Some(ctx), Some(member), Some(who)) = found else {
            return Err(plain(StatusCode::UNAUTHORIZED, "Please sign in first.\n"));
        };
        // Without a guard there is no policy that would know it, and scripts stay out.
        let nonce = parts.extensions.get::<Nonce>().cloned().unwrap_or_default();
        Ok(Self { app: app.clone(), ctx, member, who, nonce })
    }
}
