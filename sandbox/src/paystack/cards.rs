//! Card payments and refunds that the sandbox remembers, bounded; and where each account wants its events.

use std::collections::{HashMap, VecDeque};

use chrono::{DateTime, Utc};

use super::script::Script;
use crate::kenya;

/// Payments remembered, and as many refunds.
const MOST: usize = 5000;
/// Accounts that may have an address of their own for events.
const MOST_HOOKS: usize = 1000;

/// How a payment stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum State {
    /// Nobody has finished the page.
    Abandoned,
    Success(DateTime<Utc>),
    /// The card was declined; it may be tried again.
    Failed,
}

#[derive(Clone)]
pub struct Transaction {
    pub id: u64,
    pub secret_key: String,
    pub reference: String,
    pub access_code: String,
    pub email: String,
    /// Cents.
    pub amount: u64,
    pub currency: String,
    pub callback_url: Option<String>,
    pub cancel_action: Option<String>,
    pub created_at: DateTime<Utc>,
    pub state: State,
    pub script: Option<Script>,
}

#[derive(Clone)]
pub struct Refund {
    pub id: u64,
    pub secret_key: String,
    pub transaction: u64,
    pub reference: String,
    pub amount: u64,
    pub currency: String,
    /// `pending`, `processed`, `failed` or `needs-attention`.
    pub status: &'static str,
    pub merchant_note: Option<String>,
    pub created_at: DateTime<Utc>,
}

/// Everything of the card provider.
#[derive(Default)]
pub struct Cards {
    transactions: VecDeque<Transaction>,
    refunds: VecDeque<Refund>,
    last_id: u64,
    script: Option<Script>,
    everybodys_hook: Option<String>,
    hooks: HashMap<String, String>,
}

impl Cards {
    /// Forgets what happened and what was scripted; addresses for events are settings of an account and stay.
    pub fn clear(&mut self) {
        self.transactions.clear();
        self.refunds.clear();
        self.script = None;
    }

    pub fn set_script(&mut self, script: Script) {
        self.script = Some(script);
    }

    pub fn script(&self) -> Option<Script> {
        self.script.clone()
    }

    /// `false` when too many accounts have one.
    pub fn set_hook(&mut self, secret_key: Option<String>, url: String) -> bool {
        match secret_key {
            None => self.everybodys_hook = Some(url),
            Some(key) if self.hooks.len() < MOST_HOOKS || self.hooks.contains_key(&key) => {
                self.hooks.insert(key, url);
            }
            Some(_) => return false,
        }
        true
    }

    pub fn hook_of(&self, secret_key: &str) -> Option<String> {
        self.hooks.get(secret_key).or(self.everybodys_hook.as_ref()).cloned()
    }

    fn next_id(&mut self) -> u64 {
        self.last_id += 1;
        // Larger than 32 bits hold, as the provider's are.
        5_150_884_000 + self.last_id
    }

    /// None when the account has used the reference before.
    pub fn begin(&mut self, make: impl FnOnce(u64) -> Transaction) -> Option<Transaction> {
        let id = self.next_id();
        let made = make(id);
        if self.find(&made.secret_key, &made.reference).is_some() {
            return None;
        }
        if self.transactions.len() >= MOST {
            self.transactions.pop_front();
        }
        self.transactions.push_back(made.clone());
        Some(made)
    }

    pub fn find(&self, secret_key: &str, reference: &str) -> Option<&Transaction> {
        self.transactions
            .iter()
            .rev()
            .find(|one| one.secret_key == secret_key && (one.reference == reference || one.id.to_string() == reference))
    }

    pub fn by_code(&self, access_code: &str) -> Option<&Transaction> {
        self.transactions.iter().rev().find(|one| one.access_code == access_code)
    }

    /// Ends a payment; none when there is none or it had succeeded before.
    pub fn finish(&mut self, access_code: &str, is_paid: bool) -> Option<Transaction> {
        let one = self.transactions.iter_mut().rev().find(|one| one.access_code == access_code)?;
        if matches!(one.state, State::Success(_)) {
            return None;
        }
        one.state = if is_paid { State::Success(kenya::now()) } else { State::Failed };
        Some(one.clone())
    }

    /// What of a payment is not given back yet.
    pub fn left(&self, transaction: &Transaction) -> u64 {
        let back: u64 = self.refunds_of(transaction).filter(|one| one.status != "failed").map(|one| one.amount).sum();
        transaction.amount.saturating_sub(back)
    }

    pub fn refunds_of(&self, transaction: &Transaction) -> impl Iterator<Item = &Refund> {
        let (key, id) = (transaction.secret_key.clone(), transaction.id);
        self.refunds.iter().filter(move |one| one.secret_key == key && one.transaction == id)
    }

    pub fn add_refund(&mut self, transaction: &Transaction, amount: u64, merchant_note: Option<String>) -> Refund {
        let refund = Refund {
            id: self.next_id(),
            secret_key: transaction.secret_key.clone(),
            transaction: transaction.id,
            reference: transaction.reference.clone(),
            amount,
            currency: transaction.currency.clone(),
            status: "pending",
            merchant_note,
            created_at: kenya::now(),
        };
        if self.refunds.len() >= MOST {
            self.refunds.pop_front();
        }
        self.refunds.push_back(refund.clone());
        refund
    }

    pub fn move_refund(&mut self, id: u64, status: &'static str) -> Option<Refund> {
        let refund = self.refunds.iter_mut().find(|one| one.id == id)?;
        refund.status = status;
        Some(refund.clone())
    }

    pub fn find_refund(&self, secret_key: &str, id: u64) -> Option<&Refund> {
        self.refunds.iter().find(|one| one.secret_key == secret_key && one.id == id)
    }

    /// Newest first.
    pub fn newest(&self) -> impl Iterator<Item = &Transaction> {
        self.transactions.iter().rev()
    }
}
