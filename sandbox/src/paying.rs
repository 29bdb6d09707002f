//! Paying by hand to a paybill or till: the shop is asked first, then told; the money arrives whether told or not.

use std::{
    collections::{HashMap, VecDeque},
    time::Duration,
};

use chrono::{DateTime, Utc};
use serde_json::{Value, json};
use sha2::{Digest, Sha256};

use crate::{
    kenya,
    ledger::{Ledger, Movement, Way},
    outgoing,
    world::Sandbox,
};

/// How long the shop may think about a payment before M-Pesa decides by what was registered.
const VALIDATION_PATIENCE: Duration = Duration::from_secs(8);
/// Numbers with registered addresses.
const MOST_NUMBERS: usize = 1000;
/// Payments shown on the page.
const MOST_SHOWN: usize = 200;

/// Where a shop wants to hear of money paid by hand.
#[derive(Clone)]
pub struct Registration {
    pub confirmation_url: String,
    pub validation_url: String,
    /// Take the money when the shop does not answer.
    pub completes: bool,
    /// The first version hashes the payer's number, the second hides its middle.
    pub hashes: bool,
}

/// Registered addresses by number.
#[derive(Default)]
pub struct Registrations(HashMap<String, Registration>);

impl Registrations {
    /// Overwrites what was there, as the provider's own sandbox does. `false` when too many are kept.
    pub fn set(&mut self, number: &str, registration: Registration) -> bool {
        if self.0.len() >= MOST_NUMBERS && !self.0.contains_key(number) {
            return false;
        }
        self.0.insert(number.to_owned(), registration);
        true
    }

    /// Those of the number, or of the store that it is a till of.
    fn of(&self, number: &str, ledger: &Ledger) -> Option<Registration> {
        let own = self.0.get(number);
        own.or_else(|| self.0.iter().find(|(other, _)| ledger.belongs(number, other)).map(|(_, found)| found)).cloned()
    }
}

/// What a person types on a phone.
pub struct Paying {
    pub way: Way,
    pub number: String,
    /// Empty for a till.
    pub account: String,
    pub amount: u32,
    pub phone: String,
    /// How often the shop is told; 0 loses the news.
    pub confirmations: u32,
    /// How long after the money the shop is told of it.
    pub told_after: Duration,
}

/// How it ended.
#[derive(Clone)]
pub struct Paid {
    pub receipt: String,
    /// The shop's code when it did not want the money, or `timeout` when it did not say.
    pub refused: Option<String>,
    pub number: String,
    pub account: String,
    pub amount: u32,
    pub phone: String,
    pub at: DateTime<Utc>,
}

/// Payments by hand, newest first, for the page.
#[derive(Default)]
pub struct PaidByHand(VecDeque<Paid>);

impl PaidByHand {
    pub fn newest(&self) -> impl Iterator<Item = &Paid> {
        self.0.iter()
    }

    pub fn clear(&mut self) {
        self.0.clear();
    }

    fn add(&mut self, paid: Paid) {
        self.0.truncate(MOST_SHOWN - 1);
        self.0.push_front(paid);
    }
}

/// What the shop said when it was asked.
enum Verdict {
    Take(Option<String>),
    Refuse(String),
    NoAnswer,
}

/// Pays; returns when the money is there or refused, and the shop has been told as often as it is told. Late news are
/// not waited for.
pub async fn pay(sandbox: &Sandbox, paying: Paying) -> Paid {
    let (at, receipt, registration) = {
        let world = sandbox.world();
        let at = world.now();
        (at, world.ledger.free_receipt(at), world.registrations.of(&paying.number, &world.ledger))
    };
    let mut paid = Paid {
        receipt,
        refused: None,
        number: paying.number.clone(),
        account: paying.account.clone(),
        amount: paying.amount,
        phone: paying.phone.clone(),
        at,
    };
    let movement = Movement {
        receipt: paid.receipt.clone(),
        way: paying.way,
        short_code: paying.number,
        account: paying.account,
        amount: paying.amount,
        phone: paying.phone,
        at,
        reversed_by: None,
        ordered_by: None,
    };
    let mut third_party = None;
    if let Some(registration) = &registration {
        let body = notification(&movement, registration, "", "");
        match ask(sandbox, &registration.validation_url, body).await {
            Verdict::Take(id) => third_party = id,
            Verdict::Refuse(code) => paid.refused = Some(code),
            Verdict::NoAnswer if registration.completes => {}
            Verdict::NoAnswer => paid.refused = Some("timeout".to_owned()),
        }
    }
    let balance = {
        let mut world = sandbox.world();
        world.by_hand.add(paid.clone());
        if paid.refused.is_some() {
            return paid;
        }
        world.ledger.receive(movement.clone());
        world.ledger.balance(&movement.short_code)
    };
    if let Some(registration) = registration {
        let body = notification(
            &movement,
            &registration,
            &format!("{balance}.00"),
            third_party.as_deref().unwrap_or_default(),
        );
        let (sandbox, url) = (sandbox.clone(), registration.confirmation_url);
        let (later, times) = (paying.told_after, paying.confirmations);
        if later.is_zero() {
            tell(&sandbox, &url, &body, times).await;
        } else {
            tokio::spawn(async move {
                tokio::time::sleep(later).await;
                tell(&sandbox, &url, &body, times).await;
            });
        }
    }
    paid
}

/// Tells a registered shop of money that came by a prompt, as M-Pesa may.
pub async fn tell_of_prompt(sandbox: &Sandbox, movement: &Movement) {
    let (registration, balance) = {
        let world = sandbox.world();
        (world.registrations.of(&movement.short_code, &world.ledger), world.ledger.balance(&movement.short_code))
    };
    if let Some(registration) = registration {
        let body = notification(movement, &registration, &format!("{balance}.00"), "");
        tell(sandbox, &registration.confirmation_url, &body, 1).await;
    }
}

async fn tell(sandbox: &Sandbox, url: &str, body: &Value, times: u32) {
    let mut sent = Vec::new();
    for _ in 0..times {
        let (sandbox, url, body) = (sandbox.clone(), url.to_owned(), body.clone());
        sent.push(tokio::spawn(async move { outgoing::post(&sandbox, &url, &body).await }));
    }
    for one in sent {
        // A task that was stopped told nobody, which is one of the ways that news get lost.
        let _ = one.await;
    }
}

async fn ask(sandbox: &Sandbox, url: &str, body: Value) -> Verdict {
    let asked = tokio::time::timeout(VALIDATION_PATIENCE, outgoing::post(sandbox, url, &body)).await;
    let Ok(Some(answer)) = asked else { return Verdict::NoAnswer };
    let code = match &answer["ResultCode"] {
        Value::String(text) => text.clone(),
        Value::Number(number) => number.to_string(),
        _ => return Verdict::NoAnswer,
    };
    if code == "0" {
        Verdict::Take(answer["ThirdPartyTransID"].as_str().filter(|id| !id.is_empty()).map(str::to_owned))
    } else {
        Verdict::Refuse(code)
    }
}

fn notification(movement: &Movement, registration: &Registration, balance: &str, third_party: &str) -> Value {
    let [first, middle, last] = kenya::names(&movement.phone);
    let (msisdn, middle, last) =
        if registration.hashes { (hashed(&movement.phone), middle, last) } else { (masked(&movement.phone), "", "") };
    json!({
        "TransactionType": if movement.way == Way::BuyGoods { "Buy Goods" } else { "Pay Bill" },
        "TransID": movement.receipt,
        "TransTime": kenya::stamp(movement.at),
        "TransAmount": format!("{}.00", movement.amount),
        "BusinessShortCode": movement.short_code,
        "BillRefNumber": movement.account,
        "InvoiceNumber": "",
        "OrgAccountBalance": balance,
        "ThirdPartyTransID": third_party,
        "MSISDN": msisdn,
        "FirstName": first,
        "MiddleName": middle,
        "LastName": last,
    })
}

/// SHA-256 of the number, in hexadecimal.
fn hashed(phone: &str) -> String {
    use std::fmt::Write;
    Sha256::digest(phone).iter().fold(String::new(), |mut out, byte| {
        let _ = write!(out, "{byte:02x}");
        out
    })
}

/// `2547 ***** 344`.
pub fn masked(phone: &str) -> String {
    format!("{} ***** {}", phone.get(..4).unwrap_or_default(), phone.get(9..).unwrap_or_default())
}
