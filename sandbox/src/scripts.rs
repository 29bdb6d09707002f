//! Scripts: what a test decided about prompts, in place of a person, and about the provider's other answers.
//!
//! `POST /control/mpesa` takes `{"phone"?, "result_code", "delay_ms"?, "callbacks"?, "drop_callback"?, "amount"?,
//! "query_result_code"?, "phone_number"?, "confirmation"?, "late_payment_ms"?}` for prompts: `phone_number` is `whole`,
//! `masked` or `missing` in the callback; `confirmation` tells of a paid prompt by the registered C2B address too;
//! `late_payment_ms` pays a prompt that had failed, so long after its failure.
//!
//! With `"operation": "status" | "reversal" | "balance"` it decides what is posted to the result address of such
//! requests: `{"operation", "result_code", "delay_ms"?, "callbacks"?, "drop_callback"?, "amount"?, "queue_timeout"?}`.
//! A code other than 0 stands in place of the truth, and no money goes back; with 0 the truth is told. `amount` lies
//! about a status's sum. `queue_timeout` posts to the time-out address in place of the result address.

use std::{collections::HashMap, time::Duration};

use serde::{Deserialize, Deserializer, de};

use crate::kenya;

/// Phones with a script of their own.
const MOST: usize = 1000;
/// Longest wait before a script answers: a quarter of an hour.
pub const LONGEST_DELAY_MS: u64 = 15 * 60 * 1000;
/// How often one callback may be sent.
const MOST_CALLBACKS: u32 = 200;

/// What a script is about.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Operation {
    #[default]
    Stk,
    Status,
    Reversal,
    Balance,
}

/// How the payer's number stands in a prompt's callback.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PhoneNumber {
    #[default]
    Whole,
    Masked,
    Missing,
}

/// How prompts end, or requests of one kind.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Script {
    #[serde(default)]
    pub operation: Operation,
    /// Whose prompts; all when absent.
    pub phone: Option<String>,
    /// 0 pays.
    #[serde(deserialize_with = "code")]
    pub result_code: String,
    /// Milliseconds between the prompt and its answer.
    #[serde(default)]
    pub delay_ms: u64,
    /// How often the callback is sent, all at once.
    #[serde(default = "one")]
    pub callbacks: u32,
    /// Answer, but tell nobody.
    #[serde(default)]
    pub drop_callback: bool,
    /// Shillings that the callback claims, in place of the true sum.
    pub amount: Option<serde_json::Number>,
    /// What the status query claims once the prompt is answered, in place of the truth.
    #[serde(default, deserialize_with = "maybe_code")]
    pub query_result_code: Option<String>,
    #[serde(default)]
    pub phone_number: PhoneNumber,
    /// Tell of a paid prompt by the registered address for payments by hand as well.
    #[serde(default)]
    pub confirmation: bool,
    /// Milliseconds after a failure until the prompt is paid all the same, with a callback of its own.
    pub late_payment_ms: Option<u64>,
    /// The request is said to have waited too long in a queue.
    #[serde(default)]
    pub queue_timeout: bool,
}

impl Script {
    pub fn delay(&self) -> Duration {
        Duration::from_millis(self.delay_ms)
    }
}

fn one() -> u32 {
    1
}

#[derive(Deserialize)]
#[serde(untagged)]
enum NumberOrText {
    Number(i64),
    Text(String),
}

fn code<'de, D: Deserializer<'de>>(from: D) -> Result<String, D::Error> {
    let text = match NumberOrText::deserialize(from) {
        Ok(NumberOrText::Number(number)) => number.to_string(),
        Ok(NumberOrText::Text(text)) => text,
        Err(_) => return Err(de::Error::custom("a result code is a whole number or a short text")),
    };
    let valid =
        (1..=32).contains(&text.len()) && text.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'_' | b'.'));
    if valid {
        Ok(text)
    } else {
        Err(de::Error::custom("a result code has 1 to 32 letters, digits, dots or underscores"))
    }
}

fn maybe_code<'de, D: Deserializer<'de>>(from: D) -> Result<Option<String>, D::Error> {
    #[derive(Deserialize)]
    struct Given(#[serde(deserialize_with = "code")] String);
    Ok(Option::<Given>::deserialize(from)?.map(|given| given.0))
}

/// The scripts in force.
#[derive(Default)]
pub struct Scripts {
    everybody: Option<Script>,
    by_phone: HashMap<String, Script>,
    by_operation: HashMap<Operation, Script>,
}

impl Scripts {
    /// Puts a script in force for all prompts that follow; a later one for the same phone replaces it.
    /// The error is a sentence.
    pub fn add(&mut self, mut script: Script) -> Result<(), String> {
        for (name, delay) in [("delay_ms", Some(script.delay_ms)), ("late_payment_ms", script.late_payment_ms)] {
            if delay.is_some_and(|delay| delay > LONGEST_DELAY_MS) {
                return Err(format!("{name} is at most {LONGEST_DELAY_MS}."));
            }
        }
        if !(1..=MOST_CALLBACKS).contains(&script.callbacks) {
            return Err(format!("callbacks is between 1 and {MOST_CALLBACKS}; to send none, say drop_callback."));
        }
        if let Some(amount) = &script.amount
            && amount.to_string().bytes().any(|b| !b.is_ascii_digit() && b != b'.')
        {
            return Err("amount is a sum in shillings such as 1450 or 1450.5.".to_owned());
        }
        let of_prompts = script.query_result_code.is_some()
            || script.phone.is_some()
            || script.confirmation
            || script.late_payment_ms.is_some()
            || script.phone_number != PhoneNumber::Whole;
        match script.operation {
            Operation::Stk if script.queue_timeout => {
                return Err("queue_timeout is for status, reversal and balance.".to_owned());
            }
            Operation::Stk => {}
            _ if of_prompts => {
                let names = "phone, query_result_code, phone_number, confirmation and late_payment_ms";
                return Err(format!("{names} are for prompts only."));
            }
            operation => {
                self.by_operation.insert(operation, script);
                return Ok(());
            }
        }
        match script.phone.take() {
            None => self.everybody = Some(script),
            Some(typed) => {
                let Some(phone) = kenya::phone(&typed) else {
                    return Err(format!("{typed:?} is no Kenyan mobile number."));
                };
                if self.by_phone.len() >= MOST && !self.by_phone.contains_key(&phone) {
                    return Err(format!("{MOST} phones have scripts already; reset first."));
                }
                self.by_phone.insert(phone, script);
            }
        }
        Ok(())
    }

    pub fn for_operation(&self, operation: Operation) -> Option<Script> {
        self.by_operation.get(&operation).cloned()
    }

    /// The script for a prompt on this phone (`2547…`): its own before everybody's.
    pub fn for_phone(&self, phone: &str) -> Option<Script> {
        self.by_phone.get(phone).or(self.everybody.as_ref()).cloned()
    }
}
