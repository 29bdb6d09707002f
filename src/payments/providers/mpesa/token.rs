//! Access tokens: one per consumer key, because a new one ends the one before; one refresh at a time.

use std::{
    collections::HashMap,
    sync::{Arc, Mutex as StdMutex, PoisonError},
    time::Duration,
};

use sha2::{Digest, Sha256};
use tokio::{sync::Mutex, time::Instant};

/// A token is renewed this long before it ends.
const MARGIN: Duration = Duration::from_mins(1);
/// Consumer keys remembered; past it, those that nobody uses right now are forgotten.
const MOST_KEYS: usize = 10_000;

/// A token in force, and the fingerprint of the secret it was given for.
struct Token {
    value: String,
    renew_at: Instant,
    secret: [u8; 32],
}

/// The place of one consumer key; holding its lock is the right to refresh.
#[derive(Default)]
struct Slot(Mutex<Option<Token>>);

/// All tokens of one base address.
#[derive(Default)]
pub struct Tokens(StdMutex<HashMap<String, Arc<Slot>>>);

impl Tokens {
    fn slot(&self, consumer_key: &str) -> Arc<Slot> {
        let mut slots = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if slots.len() >= MOST_KEYS {
            slots.retain(|_, slot| Arc::strong_count(slot) > 1);
        }
        Arc::clone(slots.entry(consumer_key.to_owned()).or_default())
    }

    /// The cached token, or what `fetch` brings: a token and its life in seconds.
    ///
    /// A token is only handed to those who know the secret it was fetched with: a merchant who types
    /// another's consumer key must not act as that merchant.
    pub async fn get<E>(
        &self,
        consumer_key: &str,
        consumer_secret: &str,
        fetch: impl AsyncFnOnce() -> Result<(String, u64), E>,
    ) -> Result<String, E> {
        let slot = self.slot(consumer_key);
        let mut held = slot.0.lock().await;
        let secret: [u8; 32] = Sha256::digest(consumer_secret).into();
        if let Some(token) = held.as_ref()
            && token.secret == secret
            && Instant::now() < token.renew_at
        {
            return Ok(token.value.clone());
        }
        let (value, seconds) = fetch().await?;
        // A day at most: nonsense in the answer must not make a token immortal.
        let life = Duration::from_secs(seconds.min(86_400)).saturating_sub(MARGIN);
        *held = Some(Token { value: value.clone(), renew_at: Instant::now() + life, secret });
        Ok(value)
    }

    /// Forgets a token that the provider refused, unless somebody has renewed it already.
    pub async fn forget(&self, consumer_key: &str, refused: &str) {
        let slot = self.slot(consumer_key);
        let mut held = slot.0.lock().await;
        if held.as_ref().is_some_and(|token| token.value == refused) {
            *held = None;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::{
        convert::Infallible,
        sync::atomic::{AtomicU32, Ordering},
    };

    struct Gateway(AtomicU32);

    impl Gateway {
        async fn give(&self) -> Result<(String, u64), Infallible> {
            tokio::task::yield_now().await;
            Ok((format!("token {}", self.0.fetch_add(1, Ordering::SeqCst) + 1), 3599))
        }
        async fn ask(&self, tokens: &Tokens, secret: &str) -> String {
            let Ok(token) = tokens.get("key", secret, async || self.give().await).await;
            token
        }
    }

    fn run(test: impl Future<Output = ()>) {
        tokio::runtime::Builder::new_current_thread().enable_time().build().unwrap().block_on(test);
    }

    #[test]
    fn many_at_the_same_time_fetch_once() {
        run(async {
            let (gateway, tokens) = (Gateway(AtomicU32::new(0)), Tokens::default());
            let ask = || gateway.ask(&tokens, "secret");
            let (a, b, c) = tokio::join!(ask(), ask(), ask());
            assert_eq!([a, b, c], ["token 1", "token 1", "token 1"]);
        });
    }

    #[test]
    fn a_refused_token_is_forgotten_but_its_successor_stays() {
        run(async {
            let (gateway, tokens) = (Gateway(AtomicU32::new(0)), Tokens::default());
            assert_eq!(gateway.ask(&tokens, "secret").await, "token 1");
            tokens.forget("key", "token 1").await;
            assert_eq!(gateway.ask(&tokens, "secret").await, "token 2");
            tokens.forget("key", "token 1").await;
            assert_eq!(gateway.ask(&tokens, "secret").await, "token 2");
        });
    }

    #[test]
    fn another_secret_never_gets_the_token_of_the_right_one() {
        run(async {
            let (gateway, tokens) = (Gateway(AtomicU32::new(0)), Tokens::default());
            assert_eq!(gateway.ask(&tokens, "secret").await, "token 1");
            assert_eq!(gateway.ask(&tokens, "guess").await, "token 2");
        });
    }
}
