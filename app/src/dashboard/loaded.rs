//! What a page loads: once on the server, and again in the browser when its address changes.

use crate::api::ApiError;
use codee::{Decoder, Encoder};
use leptos::prelude::*;
use serde::{Serialize, de::DeserializeOwned};

/// JSON that is read from bytes, as answers of server functions are: one reader in the bundle instead of two.
#[derive(Debug)]
pub struct Bytes;

impl<T: Serialize> Encoder<T> for Bytes {
    type Error = serde_json::Error;
    type Encoded = String;
    fn encode(value: &T) -> Result<String, Self::Error> {
        serde_json::to_string(value)
    }
}

impl<T: DeserializeOwned> Decoder<T> for Bytes {
    type Error = serde_json::Error;
    type Encoded = str;
    fn decode(text: &str) -> Result<T, Self::Error> {
        serde_json::from_slice(text.as_bytes())
    }
}

/// A page's data. Read it in one boundary, with `.await`.
pub type Loaded<T> = Resource<Result<T, ApiError>, Bytes>;

/// Loads what `source` asks for, and again when it asks for something else.
pub fn load<S, T, Fut>(
    source: impl Fn() -> S + Send + Sync + 'static,
    fetch: impl Fn(S) -> Fut + Send + Sync + 'static,
) -> Loaded<T>
where
    S: PartialEq + Clone + Send + Sync + 'static,
    T: Serialize + DeserializeOwned + Send + Sync + 'static,
    Fut: Future<Output = Result<T, ApiError>> + Send + 'static,
{
    Resource::new_with_options(source, fetch, false)
}
