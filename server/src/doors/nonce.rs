//! The number used once by which an answer's policy knows the answer's own scripts.

use app::dashboard::content_security_policy;
use axum::response::Response;
use duka::kernel::token::Token;
use http::{HeaderValue, header::CONTENT_SECURITY_POLICY};

/// New for every request that passes a guarded door.
#[derive(Clone, Debug, Default)]
pub struct Nonce(String);

impl Nonce {
    pub fn random() -> Self {
        Self(Token::random().hex())
    }

    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Puts the policy on an answer that has none of its own.
    pub fn dress(&self, answer: &mut Response) {
        if let Ok(policy) = HeaderValue::from_str(&content_security_policy(&self.0)) {
            answer.headers_mut().entry(CONTENT_SECURITY_POLICY).or_insert(policy);
        }
    }
}
