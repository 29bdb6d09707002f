//! One exchange with the provider: its key, a time-out, a bounded answer.

use super::wire::{Answer, BODY_LIMIT};
use crate::kernel::outgoing::read_limited;
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
            match read_limited(response, BODY_LIMIT).await {
                None => Reply::Lost,
                Some(body) => Reply::Read { status, answer: serde_json::from_slice(&body).ok() },
            }
        }
    }
}
