//! One exchange with the provider: its key, a time-out, a bounded answer.

use super::wire::{Answer, BODY_LIMIT};
use reqwest::{RequestBuilder, StatusCode};
use std::time::Duration;

/// What came back, as far as it came.
pub enum Reply {
    Read {
        status: StatusCode,
        answer: Option<Answer>,
    },
    /// The connection was never made.
    NeverSent,
    /// Sent, but the answer was lost, late or too long.
    Lost,
}

impl Reply {
    /// The answer that was read, or in one line why there is none.
    pub fn read(self) -> Result<(StatusCode, Option<Answer>), String> {
        match self {
            Self::Read { status, answer } => Ok((status, answer)),
            Self::NeverSent => Err("no connection".to_owned()),
            Self::Lost => Err("the answer was lost".to_owned()),
        }
    }
}

pub async fn exchange(request: RequestBuilder, secret_key: &str, patience: Duration) -> Reply {
    match request.bearer_auth(secret_key).timeout(patience).send().await {
        Err(error) if error.is_connect() || error.is_builder() => Reply::NeverSent,
        Err(_) => Reply::Lost,
        Ok(response) => {
            let status = response.status();
            match read_limited(response).await {
                None => Reply::Lost,
                Some(body) => Reply::Read { status, answer: serde_json::from_slice(&body).ok() },
            }
        }
    }
}

/// The body; `None` when it breaks off or is longer than any answer of the provider.
async fn read_limited(mut response: reqwest::Response) -> Option<Vec<u8>> {
    let mut body = Vec::new();
    while let Some(chunk) = response.chunk().await.ok()? {
        if body.len() + chunk.len() > BODY_LIMIT {
            return None;
        }
        body.extend_from_slice(&chunk);
    }
    Some(body)
}
