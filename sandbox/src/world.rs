//! Everything the sandbox remembers, in memory and bounded; one lock, never held across a wait.

use std::{
    collections::HashMap,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
    time::Duration,
};

use chrono::{DateTime, TimeDelta, Utc};
use serde::Deserialize;
use tokio::sync::Semaphore;

use crate::{
    africastalking::SmsReports,
    daraja::{PullNumbers, Tokens},
    kenya,
    ledger::{Ledger, Movement, Way},
    outgoing,
    paying::{self, PaidByHand, Registrations},
    paystack::Cards,
    pickup_mtaani::Parcels,
    prompts::{Prompt, Prompts},
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
    pub parcels: Parcels,
    pub scripts: Scripts,
    pub faults: HashMap<Provider, Faults>,
    pub requests: HashMap<Provider, Requests>,
    pub tokens: Tokens,
    pub ledger: Ledger,
    pub registrations: Registrations,
    pub pull_numbers: PullNumbers,
    pub by_hand: PaidByHand,
    pub sms_reports: SmsReports,
    /// By how much the provider's clock is ahead of this machine's.
    pub ahead: TimeDelta,
}

impl World {
    /// The time on the provider's clock, which stamps receipts, notifications and lists.
    pub fn now(&self) -> DateTime<Utc> {
        kenya::now() + self.ahead
    }
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
        let answered = {
            let mut world = self.world();
            let at = world.now();
            world.prompts.answer(id, result_code, at)
        };
        let Some(prompt) = answered else { return false };
        self.follow(&prompt);
        let late = prompt.script.as_ref().and_then(|script| script.late_payment_ms);
        if let Some(late) = late.filter(|_| result_code != "0") {
            let sandbox = self.clone();
            tokio::spawn(async move {
                tokio::time::sleep(Duration::from_millis(late)).await;
                let paid = {
                    let mut world = sandbox.world();
                    let at = world.now();
                    world.prompts.pay_late(id, at)
                };
                if let Some(prompt) = paid {
                    sandbox.follow(&prompt);
                }
            });
        }
        true
    }

    /// What follows a prompt's answer: its money arrives, and the shop is called back.
    fn follow(&self, prompt: &Prompt) {
        let arrived = movement(prompt);
        if let Some(movement) = &arrived {
            self.world().ledger.receive(movement.clone());
        }
        outgoing::send_stk_callbacks(self, prompt);
        if let Some(movement) = arrived.filter(|_| prompt.script.as_ref().is_some_and(|script| script.confirmation)) {
            let sandbox = self.clone();
            tokio::spawn(async move { paying::tell_of_prompt(&sandbox, &movement).await });
        }
    }

    /// Forgets what was scripted, received and shown, but neither access tokens, nor registered addresses, nor money
    /// that has moved.
    pub(crate) fn reset(&self) {
        let mut world = self.world();
        world.ahead = TimeDelta::zero();
        world.by_hand.clear();
        world.prompts.clear();
        world.cards.clear();
        world.parcels.clear();
        world.scripts = Scripts::default();
        world.faults.clear();
        world.requests.clear();
        world.sms_reports.clear();
    }
}

/// The money of a prompt that was paid.
fn movement(prompt: &Prompt) -> Option<Movement> {
    let answer = prompt.answer.as_ref()?;
    Some(Movement {
        receipt: answer.receipt.clone()?,
        way: prompt.way,
        short_code: prompt.party_b.clone(),
        account: if prompt.way == Way::PayBill { prompt.account_reference.clone() } else { String::new() },
        amount: prompt.amount,
        phone: prompt.phone.clone(),
        at: answer.at,
        reversed_by: None,
        ordered_by: None,
    })
}

impl Default for Sandbox {
    fn default() -> Self {
        Self::new()
    }
}
