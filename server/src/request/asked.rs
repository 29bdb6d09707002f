//! What a shop's handler knows of a request: whose shop, which language, which page, what kind of device.

use super::{class::Class, host::Shop, light::Light};
use crate::{cache::pages::Key, state::App};
use axum::{
    extract::{FromRequestParts, Request},
    response::Response,
};
use duka::{
    analytics::event::Device,
    ctx::Ctx,
    kernel::{access::Actor, locale::Locale},
    pages::storefront::frame::Visit,
};
use http::{HeaderValue, Uri, header::USER_AGENT, request::Parts, uri::PathAndQuery};

/// One request to one shop.
#[derive(Clone, Debug)]
pub struct Asked {
    pub ctx: Ctx,
    pub shop: Shop,
    pub locale: Locale,
    /// Without language prefix.
    pub path: String,
    pub query: String,
    pub light: Light,
    /// What the browser calls itself.
    agent: Option<HeaderValue>,
}

impl Asked {
    /// What a request asks this shop for.
    pub fn of(app: &App, shop: Shop, request: &Request) -> Self {
        let (locale, path) = split_locale(request.uri().path());
        let (path, query) = (path.to_owned(), request.uri().query().unwrap_or_default().to_owned());
        let agent = request.headers().get(USER_AGENT).cloned();
        let light = Light::of(request.headers(), &app.config.base);
        let ctx = Ctx::new(app.platform.clone(), shop.tenant, Actor::Shopper);
        let ctx = if Class::of_shop(&path) == Class::Browse { ctx.browsing() } else { ctx };
        Self { ctx, shop, locale, path, query, light, agent }
    }

    pub fn device(&self) -> Device {
        let agent = self.agent.as_ref().and_then(|agent| agent.to_str().ok());
        Device::from_user_agent(agent.unwrap_or_default())
    }

    /// Takes the language off the request's path and puts what was found into its extensions.
    pub fn enter(self, app: &App, mut request: Request) -> Request {
        if self.path != request.uri().path()
            && let Ok(whole) = PathAndQuery::try_from(self.whole())
        {
            *request.uri_mut() = Uri::from(whole);
        }
        let extensions = request.extensions_mut();
        extensions.insert(self.ctx.clone());
        extensions.insert(self.locale);
        extensions.insert(app::assets::Assets(app.site.assets.clone()));
        extensions.insert(self);
        request
    }

    /// Path and query as they were sent, without language prefix.
    pub fn whole(&self) -> String {
        if self.query.is_empty() { self.path.clone() } else { format!("{}?{}", self.path, self.query) }
    }

    /// This shop's page in the reader's language at `path`, as the cache of pages names it.
    pub fn key(&self, path: String) -> Key {
        let Shop { tenant, store, origin, .. } = &self.shop;
        Key {
            tenant: *tenant,
            store: *store,
            origin: origin.clone(),
            locale: self.locale,
            is_light: self.light.is_on,
            path,
        }
    }

    /// The visit of the page at `path`, which carries only the query that belongs to it.
    pub fn visit(&self, app: &App, path: impl Into<String>) -> Visit {
        Visit {
            store: self.shop.store,
            locale: self.locale,
            origin: self.shop.origin.to_string(),
            path: path.into(),
            assets: app.site.assets.clone(),
            is_light: self.light.is_on,
        }
    }

    /// An address of this shop in the reader's language.
    pub fn to(&self, path: &str) -> String {
        self.locale.path(path)
    }
}

/// `/sw/cart` is the cart in Swahili.
pub fn split_locale(path: &str) -> (Locale, &str) {
    for locale in Locale::ALL {
        let prefix = locale.prefix();
        if prefix.is_empty() {
            continue;
        }
        match path.strip_prefix(prefix) {
            Some("") => return (locale, "/"),
            // One stroke too many: no page, and led to the front page as others are.
            Some("/") => return (locale, "//"),
            Some(rest) if rest.starts_with('/') => return (locale, rest),
            _ => {}
        }
    }
    (Locale::default(), path)
}

impl FromRequestParts<App> for Asked {
    type Rejection = Response;

    async fn from_request_parts(parts: &mut Parts, _: &App) -> Result<Self, Response> {
        let missing =
            || super::plain(http::StatusCode::INTERNAL_SERVER_ERROR, "A shop's page was asked for without its shop.\n");
        parts.extensions.get::<Self>().cloned().ok_or_else(missing)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_first_folder_names_a_language() {
        assert_eq!(split_locale("/sw"), (Locale::Sw, "/"));
        assert_eq!(split_locale("/sw/"), (Locale::Sw, "//"));
        assert_eq!(split_locale("/sw/p/kiondo"), (Locale::Sw, "/p/kiondo"));
        assert_eq!(split_locale("/sweets"), (Locale::En, "/sweets"));
        assert_eq!(split_locale("/p/sw"), (Locale::En, "/p/sw"));
    }
}
