//! Parcels that the sandbox remembers, bounded; and where each account wants to be told of them.

use chrono::{DateTime, Utc};
use serde_json::{Value, json};
use std::collections::{HashMap, HashSet, VecDeque};

/// Parcels remembered.
const MOST: usize = 5000;
/// Accounts that may have an address of their own.
const MOST_HOOKS: usize = 1000;

/// The words for where a parcel is.
pub const STATES: [&str; 5] = ["request", "pending", "in_transit", "delivered", "cancelled"];

#[derive(Clone)]
pub struct Parcel {
    pub id: u64,
    /// Whose it is.
    pub key: String,
    pub business: u64,
    pub name: String,
    /// Whole shillings.
    pub value: u64,
    pub customer: String,
    pub phone: String,
    pub sender: u64,
    pub receiver: u64,
    /// Whole shillings.
    pub fee: u64,
    pub state: &'static str,
    pub created_at: DateTime<Utc>,
}

impl Parcel {
    pub fn receipt(&self) -> String {
        format!("PM-{}", self.id)
    }
    pub fn track(&self) -> String {
        format!("a{:x}", self.id)
    }
    /// In the partner's words, with its slip of spelling.
    pub fn describe(&self) -> Value {
        json!({
            "id": self.id, "type": "agent", "state": self.state, "receipt_no": self.receipt(), "trackId": self.track(),
            "delivery_fee": self.fee, "payment_option": "vendor", "on_delivery_balance": 0,
            "customerName": self.customer, "customerPhoneNumber": self.phone, "packageName": self.name,
            "packageValue": self.value, "businessId_id": self.business, "senderAgentID_id": self.sender,
            "receieverAgentID_id": self.receiver, "createdAt": self.created_at.to_rfc3339(),
            "agent_package_tracks": { "descriptions": [
                { "time": self.created_at.timestamp(), "state": "request", "descriptions": "Package created" },
            ] },
        })
    }
}

/// Everything of the delivery partner.
#[derive(Default)]
pub struct Parcels {
    list: VecDeque<Parcel>,
    last_id: u64,
    hooks: HashMap<String, String>,
    /// So many bookings are done and their answers lost.
    lost_answers: u32,
    /// What every booking is refused with.
    refusal: Option<String>,
    /// Whose bookings break off without an answer, and without being done.
    away_for: HashSet<String>,
}

impl Parcels {
    /// Forgets parcels and what was scripted; addresses are settings of an account and stay.
    pub fn clear(&mut self) {
        self.list.clear();
        self.lost_answers = 0;
        self.refusal = None;
        self.away_for.clear();
    }

    pub fn lose_answers(&mut self, count: u32) {
        self.lost_answers = count;
    }

    /// Whether this answer is to be lost.
    pub fn loses_answer(&mut self) -> bool {
        let is_lost = self.lost_answers > 0;
        self.lost_answers = self.lost_answers.saturating_sub(1);
        is_lost
    }

    /// `false` when too many are waiting for nothing.
    pub fn be_away_for(&mut self, phone: String) -> bool {
        let has_room = self.away_for.len() < MOST_HOOKS;
        if has_room {
            self.away_for.insert(phone);
        }
        has_room
    }

    pub fn is_away_for(&self, phone: &str) -> bool {
        self.away_for.contains(phone)
    }

    pub fn refuse(&mut self, message: String) {
        self.refusal = Some(message);
    }

    pub fn refusal(&self) -> Option<String> {
        self.refusal.clone()
    }

    /// `false` when too many accounts have one.
    pub fn set_hook(&mut self, key: String, url: String) -> bool {
        if self.hooks.len() >= MOST_HOOKS && !self.hooks.contains_key(&key) {
            return false;
        }
        self.hooks.insert(key, url);
        true
    }

    pub fn hook_of(&self, key: &str) -> Option<String> {
        self.hooks.get(key).cloned()
    }

    pub fn add(&mut self, make: impl FnOnce(u64) -> Parcel) -> Parcel {
        self.last_id += 1;
        let parcel = make(66_000 + self.last_id);
        if self.list.len() >= MOST {
            self.list.pop_front();
        }
        self.list.push_back(parcel.clone());
        parcel
    }

    pub fn find(&self, key: &str, business: u64, id: u64) -> Option<&Parcel> {
        self.of(key, business).find(|parcel| parcel.id == id)
    }

    /// An account's parcels, newest first.
    pub fn of(&self, key: &str, business: u64) -> impl Iterator<Item = &Parcel> {
        let key = key.to_owned();
        self.list.iter().rev().filter(move |parcel| parcel.key == key && parcel.business == business)
    }

    pub fn set_state(&mut self, id: u64, state: &'static str) -> Option<Parcel> {
        let parcel = self.list.iter_mut().find(|parcel| parcel.id == id)?;
        parcel.state = state;
        Some(parcel.clone())
    }

    /// Newest first.
    pub fn newest(&self) -> impl Iterator<Item = &Parcel> {
        self.list.iter().rev()
    }
}
