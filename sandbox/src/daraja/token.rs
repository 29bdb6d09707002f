//! Access tokens: one per consumer key, and a new one ends the one before.

use std::{
    collections::HashMap,
    time::{Duration, Instant},
};

use axum::{
    Json,
    extract::{RawQuery, State},
    http::{HeaderMap, StatusCode, header},
    response::{IntoResponse, Response},
};
use base64::{Engine, engine::general_purpose::STANDARD};
use serde_json::json;

use super::refuse;
use crate::{kenya, world::Sandbox};

const LIFE: Duration = Duration::from_secs(3599);
/// Consumer keys that may hold a token at the same time.
const MOST: usize = 1000;

/// The tokens in force, by consumer key.
#[derive(Default)]
pub struct Tokens(HashMap<String, (String, Instant)>);

impl Tokens {
    fn renew(&mut self, consumer_key: &str) -> String {
        if self.0.len() >= MOST && !self.0.contains_key(consumer_key) {
            let oldest = self.0.iter().min_by_key(|(_, (_, made))| *made).map(|(key, _)| key.clone());
            if let Some(oldest) = oldest {
                self.0.remove(&oldest);
            }
        }
        let token = kenya::from_alphabet(b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789", 28);
        self.0.insert(consumer_key.to_owned(), (token.clone(), Instant::now()));
        token
    }

    /// Whether this is some key's newest token, younger than an hour.
    pub fn is_live(&self, token: &str) -> bool {
        self.0.values().any(|(known, made)| known == token && made.elapsed() < LIFE)
    }
}

/// The token of an `Authorization: Bearer …` header.
pub fn bearer(headers: &HeaderMap) -> Option<&str> {
    headers.get(header::AUTHORIZATION)?.to_str().ok()?.strip_prefix("Bearer ")
}

/// `GET …/oauth/v1/generate?grant_type=client_credentials`. Every key and secret is right, but the secret "wrong".
pub async fn generate(State(sandbox): State<Sandbox>, RawQuery(query): RawQuery, headers: HeaderMap) -> Response {
    if !query.unwrap_or_default().split('&').any(|pair| pair == "grant_type=client_credentials") {
        return refuse(400, "400.008.02", "Invalid grant type passed").into_response();
    }
    let basic = headers
        .get(header::AUTHORIZATION)
        .and_then(|value| value.to_str().ok())
        .and_then(|value| value.strip_prefix("Basic "));
    let Some(basic) = basic else {
        return refuse(400, "400.008.01", "Invalid Authentication passed").into_response();
    };
    let pair = STANDARD.decode(basic).ok().and_then(|bytes| String::from_utf8(bytes).ok());
    match pair.as_deref().and_then(|pair| pair.split_once(':')) {
        Some((key, secret)) if !key.is_empty() && !secret.is_empty() && secret != "wrong" => {
            let token = sandbox.world().tokens.renew(key);
            Json(json!({ "access_token": token, "expires_in": "3599" })).into_response()
        }
        _ => StatusCode::BAD_REQUEST.into_response(),
    }
}
