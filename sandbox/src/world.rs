//! Everything the sandbox remembers, in memory and bounded; one lock, never held across a wait.

use std::{
    collections::HashMap,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
    time::Duration,
};

use serde::Deserialize;
use tokio::sync::Semaphore;

use crate::{
    daraja::Tokens,
    outgoing,
    paystack::Cards,
    prompts::Prompts,
    recorder::{Faults, Requests},
    scripts::Scripts,
};

/// Whom the sandbox stands in for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Provider {
    Mpesa,
    Paystack,
    Whatsapp,
    PickupMtaani,
    Sms,
    Mail,
}

impl Provider {
    /// Whose address this is; `None` for our own pages and controls.
    pub fn of_path(path: &str) -> Option<Self> {
        let first = path.trim_start_matches('/').split('/').next().unwrap_or_default();
        match first {
            "daraja" => Some(Self::Mpesa),
            // The page is for people: nothing befalls it and nothing of it is a request.
            "paystack" if !path.starts_with("/paystack/checkout/") => Some(Self::Paystack),
            "graph" => Some(Self::Whatsapp),
            "pickup-mtaani" => Some(Self::PickupMtaani),
            "africastalking" => Some(Self::Sms),
            _ => None,
        }
    }
}

/// What is remembered.
#[derive(Default)]
pub struct World {
    pub prompts: Prompts,
    pub cards: Cards,
    pub scripts: Scripts,
    pub faults: HashMap<Provider, Faults>,
    pub requests: HashMap<Provider, Requests>,
    pub tokens: Tokens,
}

/// The sandbox's state; a clone is the same sandbox.
#[derive(Clone)]
pub struct Sandbox(Arc<Inner>);

struct Inner {
    world: Mutex<World>,
    http: reqwest::Client,
    outgoing: Arc<Semaphore>,
}

/// How many callbacks are on their way at the same time.
const OUTGOING_AT_ONCE: usize = 256;

impl Sandbox {
    /// An empty sandbox.
    ///
    /// # Panics
    /// When this machine has no root certificates to check callbacks' servers against.
    pub fn new() -> Self {
        // Somebody else in this process may have installed one already; any of them does.
        let _ = rustls::crypto::ring::default_provider().install_default();
        #[expect(clippy::disallowed_methods, reason = "the one client, with its time-out")]
        let http = reqwest::Client::builder()
            .timeout(Duration::from_secs(10))
            .redirect(reqwest::redirect::Policy::none())
            // Callbacks go to this machine; a proxy of the environment would not find it.
            .no_proxy()
            .build()
            .expect("an HTTP client with the ring provider");
        Self(Arc::new(Inner { world: Mutex::default(), http, outgoing: Arc::new(Semaphore::new(OUTGOING_AT_ONCE)) }))
    }

    /// The memory, locked; a thread that died holding it left nothing half written.
    pub(crate) fn world(&self) -> MutexGuard<'_, World> {
        self.0.world.lock().unwrap_or_else(PoisonError::into_inner)
    }

    pub(crate) fn http(&self) -> &reqwest::Client {
        &self.0.http
    }

    pub(crate) fn outgoing(&self) -> Arc<Semaphore> {
        Arc::clone(&self.0.outgoing)
    }

    /// Answers a prompt once; the callbacks leave by themselves. `false` when it was answered before or is unknown.
    pub(crate) fn answer_prompt(&self, id: u64, result_code: &str) -> bool {
        let answered = self.world().prompts.answer(id, result_code);
        let Some(prompt) = answered else { return false };
        outgoing::send_stk_callbacks(self, &prompt);
        true
    }

    /// Forgets everything but access tokens, which are no memory of what happened.
    pub(crate) fn reset(&self) {
        let mut world = self.world();
        world.prompts.clear();
        world.cards.clear();
        world.scripts = Scripts::default();
        world.faults.clear();
        world.requests.clear();
    }
}

impl Default for Sandbox {
    fn default() -> Self {
        Self::new()
    }
}
