//! Parts of an order's page as its statement brings them.

use super::{BackStage, SentBack, TypedReceipt};
use crate::{
    kernel::{currency::Currency, money::Money},
    payments::receipt::{Receipt, ReceiptState},
};
use chrono::{DateTime, TimeDelta, Utc};
use serde::Deserialize;

/// A refund as the statement packs it.
#[derive(Debug, Deserialize)]
pub(super) struct Back {
    amount_cents: i64,
    stage: BackStage,
    at: DateTime<Utc>,
    receipt: Option<String>,
}

impl Back {
    pub(super) fn view(self, currency: Currency) -> SentBack {
        let amount = Money::new(self.amount_cents, currency);
        SentBack { amount, stage: self.stage, at: self.at, receipt: self.receipt }
    }
}

/// The receipt that was typed last.
pub(super) struct Typed {
    pub receipt: String,
    pub state: ReceiptState,
    pub at: DateTime<Utc>,
}

impl Typed {
    pub(super) fn view(self, now: DateTime<Utc>) -> TypedReceipt {
        TypedReceipt {
            looks_recent: Receipt::parse(&self.receipt).is_ok_and(|receipt| receipt.looks_recent(now)),
            is_fresh: now - self.at < LOOK_AGAIN_FOR,
            receipt: self.receipt,
            state: self.state,
        }
    }
}

/// So long a page waits for the provider's answer about a receipt by itself.
const LOOK_AGAIN_FOR: TimeDelta = TimeDelta::minutes(2);
