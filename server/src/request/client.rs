//! Who is at the other end: the connection's own address, or what a proxy that we trust says of it.

use crate::config::Config;
use axum::extract::ConnectInfo;
use http::{Extensions, HeaderMap};
use std::net::{IpAddr, SocketAddr};

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
