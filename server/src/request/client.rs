//! Who is at the other end: the connection's own address, or what a proxy that we trust says of it.

use crate::{config::Config, request::asked::split_locale, state::App};
use axum::extract::{ConnectInfo, FromRequestParts};
use duka::{ctx::Origin, kernel::locale::Locale, tenancy::sign_in::Visitor};
use http::{Extensions, HeaderMap, header::USER_AGENT, request::Parts};
use std::{
    convert::Infallible,
    net::{IpAddr, SocketAddr},
};

/// Somebody at a page that asks for no session.
#[derive(Clone, Debug)]
pub struct Caller {
    address: String,
    agent: String,
    is_exempt: bool,
    /// By the address: `/sw/sign-in` is read in Swahili.
    pub locale: Locale,
}

impl Caller {
    pub fn visitor(&self) -> Visitor<'_> {
        Visitor { address: &self.address, user_agent: &self.agent, is_exempt: self.is_exempt }
    }
    pub fn origin(&self) -> Origin {
        let address = Some(self.address.clone()).filter(|address| !address.is_empty());
        Origin::new(address, &self.agent, None)
    }
}

impl FromRequestParts<App> for Caller {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, Infallible> {
        let address = address(&app.config, &parts.extensions, &parts.headers);
        let agent = parts.headers.get(USER_AGENT).and_then(|agent| agent.to_str().ok()).unwrap_or_default();
        Ok(Self {
            address: address.map(|address| address.to_string()).unwrap_or_default(),
            agent: agent.to_owned(),
            is_exempt: app.is_demo && address.is_some_and(|address| address.is_loopback()),
            locale: split_locale(parts.uri.path()).0,
        })
    }
}

/// The client's address; none when the request did not come over a connection, as in tests.
pub fn address(config: &Config, extensions: &Extensions, headers: &HeaderMap) -> Option<IpAddr> {
    let peer = extensions.get::<ConnectInfo<SocketAddr>>()?.0.ip().to_canonical();
    let trusted = |address: &IpAddr| config.trusted_proxies.contains(address);
    if !trusted(&peer) {
        return Some(peer);
    }
    // Each proxy adds the address it saw at the end: the last that is not a proxy of ours is the client's.
    let said: Vec<&str> = headers
        .get_all("x-forwarded-for")
        .iter()
        .filter_map(|line| line.to_str().ok())
        .flat_map(|line| line.split(','))
        .collect();
    let client =
        said.into_iter().rev().map_while(|part| part.trim().parse::<IpAddr>().ok()).find(|address| !trusted(address));
    Some(client.unwrap_or(peer))
}

/// The same for a handler that needs no more.
#[derive(Clone, Copy, Debug)]
pub struct Address(pub Option<IpAddr>);

impl FromRequestParts<App> for Address {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, Infallible> {
        Ok(Self(address(&app.config, &parts.extensions, &parts.headers)))
    }
}
