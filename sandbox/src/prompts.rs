//! PIN prompts on phones: asked, answered once, remembered for the query and for the page.

use std::collections::VecDeque;

use chrono::{DateTime, Duration, Utc};

use crate::{kenya, ledger::Way, scripts::Script};

/// Prompts remembered, open ones included.
const MOST: usize = 5000;

/// What a push asks for.
pub struct Ask {
    pub way: Way,
    pub short_code: String,
    /// The till for Buy Goods; the paybill itself otherwise.
    pub party_b: String,
    pub phone: String,
    /// Whole shillings.
    pub amount: u32,
    pub account_reference: String,
    pub callback_url: String,
    pub script: Option<Script>,
}

/// One prompt.
#[derive(Clone)]
pub struct Prompt {
    pub id: u64,
    pub merchant_request_id: String,
    pub checkout_request_id: String,
    pub way: Way,
    pub short_code: String,
    pub party_b: String,
    pub phone: String,
    pub amount: u32,
    pub account_reference: String,
    pub callback_url: String,
    pub asked_at: DateTime<Utc>,
    pub script: Option<Script>,
    pub answer: Option<Answer>,
}

/// How a prompt ended.
#[derive(Clone)]
pub struct Answer {
    pub result_code: String,
    pub at: DateTime<Utc>,
    /// Only when it was paid.
    pub receipt: Option<String>,
}

/// Why a prompt cannot be shown.
pub enum CannotAsk {
    /// The phone shows another one.
    Locked,
    /// As many as the sandbox can hold are open.
    Full,
}

/// All prompts, oldest first.
#[derive(Default)]
pub struct Prompts {
    list: VecDeque<Prompt>,
    last_id: u64,
}

impl Prompts {
    /// Shows a prompt on a phone and locks that phone until it is answered.
    pub fn ask(&mut self, ask: Ask) -> Result<Prompt, CannotAsk> {
        if self.list.iter().any(|p| p.answer.is_none() && p.phone == ask.phone) {
            return Err(CannotAsk::Locked);
        }
        if self.list.len() >= MOST {
            let oldest = self.list.iter().position(|p| p.answer.is_some()).ok_or(CannotAsk::Full)?;
            self.list.remove(oldest);
        }
        self.last_id += 1;
        let asked_at = kenya::now();
        let prompt = Prompt {
            id: self.last_id,
            merchant_request_id: kenya::request_id(),
            checkout_request_id: self.free_checkout_request_id(asked_at, &ask.phone),
            way: ask.way,
            short_code: ask.short_code,
            party_b: ask.party_b,
            phone: ask.phone,
            amount: ask.amount,
            account_reference: ask.account_reference,
            callback_url: ask.callback_url,
            asked_at,
            script: ask.script,
            answer: None,
        };
        self.list.push_back(prompt.clone());
        Ok(prompt)
    }

    /// Day, time, milliseconds and the number without its country code; a millisecond later when taken.
    fn free_checkout_request_id(&self, mut at: DateTime<Utc>, phone: &str) -> String {
        loop {
            let time = kenya::in_nairobi(at).format("%d%m%Y%H%M%S%3f");
            let id = format!("ws_CO_{time}{}", phone.strip_prefix("254").unwrap_or(phone));
            if self.find(&id).is_none() {
                return id;
            }
            at += Duration::milliseconds(1);
        }
    }

    /// Ends a prompt; `None` when there is none or it had ended before.
    pub fn answer(&mut self, id: u64, result_code: &str, at: DateTime<Utc>) -> Option<Prompt> {
        let prompt = self.list.iter_mut().rev().find(|p| p.id == id && p.answer.is_none())?;
        prompt.answer = Some(Answer {
            result_code: result_code.to_owned(),
            at,
            receipt: (result_code == "0").then(|| kenya::receipt(at)),
        });
        Some(prompt.clone())
    }

    /// Money that comes although the prompt had failed; `None` when it has not failed.
    pub fn pay_late(&mut self, id: u64, at: DateTime<Utc>) -> Option<Prompt> {
        let prompt = self.list.iter_mut().rev().find(|p| p.id == id)?;
        let answer = prompt.answer.as_mut().filter(|answer| answer.receipt.is_none())?;
        *answer = Answer { result_code: "0".to_owned(), at, receipt: Some(kenya::receipt(at)) };
        Some(prompt.clone())
    }

    pub fn find(&self, checkout_request_id: &str) -> Option<&Prompt> {
        self.list.iter().rev().find(|p| p.checkout_request_id == checkout_request_id)
    }

    pub fn knows(&self, id: u64) -> bool {
        self.list.iter().any(|p| p.id == id)
    }

    /// Newest first.
    pub fn newest(&self) -> impl Iterator<Item = &Prompt> {
        self.list.iter().rev()
    }

    /// Forgets all, locks included; ids go on, so a late script finds nothing to answer.
    pub fn clear(&mut self) {
        self.list.clear();
    }
}
