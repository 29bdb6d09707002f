//! An order as its buyer sees it: pay, wait, paid, where it is.

#[cfg(feature = "ssr")]
mod load;
#[cfg(feature = "ssr")]
pub use load::{find, load, progress};

use super::parts::Picture;
use crate::kernel::money::Money;
use crate::orders::status::{OrderStatus, PaymentState};
use crate::payments::method::PaymentMethod;
use crate::payments::providers::mpesa::outcome::StkOutcome;
use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct OrderPage {
    /// 64 hexadecimal digits; whoever holds it may see this page.
    pub token: String,
    pub number: i64,
    pub status: OrderStatus,
    pub payment_status: PaymentState,
    pub method: PaymentMethod,
    pub placed_at: DateTime<Utc>,
    pub lines: Vec<OrderLine>,
    pub subtotal: Money,
    pub discount: Money,
    pub delivery: Money,
    pub total: Money,
    pub tax: Money,
    pub area: String,
    pub street: String,
    pub instructions: Option<String>,
    pub eta_minutes: u32,
    pub stage: PayStage,
    /// Money that went back to the buyer, or is on its way; newest first.
    pub refunds: Vec<SentBack>,
    /// True when the last card of the page may offer a (new) prompt.
    pub may_prompt: bool,
    /// The number to prompt, masked for the page.
    pub mpesa_phone: Option<String>,
    /// For the form that asks for a (new) prompt; made when the page is drawn.
    pub idempotency_key: String,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct OrderLine {
    pub product_name: String,
    pub variant_name: String,
    pub picture: Option<Picture>,
    pub quantity: u32,
    pub unit_price: Money,
    pub total: Money,
}

/// Money that goes back to the buyer.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SentBack {
    pub amount: Money,
    pub stage: BackStage,
    /// When it was asked for, or when it went.
    pub at: DateTime<Utc>,
    pub receipt: Option<String>,
}

/// How far it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum BackStage {
    Coming,
    Sent,
    /// The shop keeps it for them to buy with.
    Credit,
}

/// What the buyer is told about the money.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PayStage {
    /// The prompt is on its way or on the phone.
    Waiting,
    /// An answer came that needs a second look at the provider; no money is lost.
    Checking,
    /// The last prompt did not end in money; the order is kept.
    Failed(StkOutcome),
    Paid {
        receipt: Option<String>,
    },
    /// To be paid when it is delivered.
    CashOnDelivery,
    /// Nobody paid in time, or it was cancelled.
    Closed,
}

impl PayStage {
    /// While true the page refreshes itself.
    pub const fn is_moving(&self) -> bool {
        matches!(self, Self::Waiting | Self::Checking)
    }
}

/// The answer of `/orders/{token}/status` and of the waiting page's server function.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PaymentProgress {
    pub order_number: String,
    pub status: OrderStatus,
    pub payment_status: PaymentState,
    /// One sentence in the reader's language.
    pub message: String,
}

/// How far the money is, for the waiting page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Progress {
    pub number: i64,
    pub status: OrderStatus,
    pub payment_status: PaymentState,
    pub stage: PayStage,
    pub total: Money,
    /// Masked.
    pub mpesa_phone: Option<String>,
}
