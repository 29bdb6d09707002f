//! An order as its buyer sees it: pay, wait, paid, where it is.

#[cfg(feature = "ssr")]
mod due;
#[cfg(feature = "ssr")]
mod lines;
#[cfg(feature = "ssr")]
mod load;
mod parcel;
#[cfg(feature = "ssr")]
mod rows;
#[cfg(feature = "ssr")]
mod sent;
#[cfg(feature = "ssr")]
mod stage;
#[cfg(feature = "ssr")]
pub use load::{load, progress};
pub use parcel::{Parcel, ParcelStands};

use super::parts::Picture;
use crate::kernel::{field_errors::FieldErrors, money::Money, order_number::OrderNumber};
use crate::orders::status::{OrderStatus, PaymentState};
use crate::payments::method::PaymentMethod;
use crate::payments::providers::{mpesa::outcome::StkOutcome, paystack::outcome::CardOutcome};
use crate::payments::receipt::ReceiptState;
use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct OrderPage {
    /// 64 hexadecimal digits; whoever holds it may see this page.
    pub token: String,
    pub number: OrderNumber,
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
    /// What is asked for now: all that is still to be paid, or the deposit while that is waited for.
    pub missing: Money,
    /// A deposit is waited for; the rest is paid at the door.
    pub waits_for_deposit: bool,
    /// Until when its goods are kept for who pays; none when it waits for no money, or its time is over.
    pub held_until: Option<DateTime<Utc>>,
    /// What came beyond what the order cost, and waits to be sent back.
    pub excess: Money,
    /// How to pay without a prompt, while there is something to pay.
    pub by_hand: Option<ByHand>,
    pub area: String,
    pub street: String,
    /// The buyer comes to the shop for it.
    pub is_collected: bool,
    pub instructions: Option<String>,
    /// When it comes; none when nobody said.
    pub due: Option<Due>,
    /// Where the parcel is, while it is on its way.
    pub parcel: Option<Parcel>,
    /// What somebody else carries, once it has a code.
    pub sent: Option<SentParcel>,
    pub stage: PayStage,
    /// The receipt that was typed for it last.
    pub typed: Option<TypedReceipt>,
    /// What is wrong with the receipt that was sent just now; known only where it was sent to.
    pub receipt_problem: Option<ReceiptProblem>,
    /// Whether a receipt may be typed: it waits for money.
    pub may_type_receipt: bool,
    /// Money that went back to the buyer, or is on its way; newest first.
    pub refunds: Vec<SentBack>,
    /// True when the last card of the page may offer a (new) prompt.
    pub may_prompt: bool,
    /// Until M-Pesa lets another prompt go to that number; none when it may go now.
    pub pause_seconds: Option<u32>,
    /// Why the prompt that was asked for just now was not sent; known only where it was asked for.
    pub pay_problem: Option<PayProblem>,
    /// True when the page may offer to pay by card.
    pub may_card: bool,
    /// The card that paid.
    pub paid_card: Option<PaidCard>,
    /// True once it has been paid.
    pub has_receipt: bool,
    /// The number to prompt, masked for the page.
    pub mpesa_phone: Option<String>,
    /// For the form that asks for a (new) prompt; made when the page is drawn.
    pub idempotency_key: String,
}

/// A parcel that a carrier has.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SentParcel {
    pub carrier: String,
    pub code: String,
    /// Where the buyer picks it up; none when it is brought.
    pub agent: Option<String>,
    pub stage: ParcelStage,
}

/// Where it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ParcelStage {
    Booked,
    OnTheWay,
    Delivered,
}

/// A receipt that the buyer typed, and what came of it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct TypedReceipt {
    pub receipt: String,
    pub state: ReceiptState,
    /// False when its first characters do not look like one of the last days.
    pub looks_recent: bool,
    /// Typed a moment ago: an answer may come while the page is open.
    pub is_fresh: bool,
}

/// Why a receipt was not looked into.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ReceiptProblem {
    /// It is none; as it was typed.
    NotAReceipt(String),
    TooManyTries,
    /// There is none yet: it is about to be typed, and the page stays still for it.
    BeingTyped,
}

/// Why a prompt was not sent.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct PayProblem {
    pub errors: FieldErrors,
    /// The pause between prompts has so much left.
    pub pause_seconds: Option<u32>,
    /// The number as it was typed.
    pub mpesa_phone: String,
}

/// When an order comes, by the merchant's clock.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Due {
    /// Days from today; less than none when it should have come before.
    pub in_days: i64,
    /// `30/11/2026`.
    pub day: String,
    /// `14:30`; none where it was promised for a day.
    pub hour: Option<String>,
}

impl OrderPage {
    /// While true the page refreshes itself.
    pub fn is_moving(&self) -> bool {
        let is_asked = |typed: &TypedReceipt| typed.is_fresh && typed.state == ReceiptState::Asking;
        let is_moving = self.stage.is_moving() || self.may_type_receipt && self.typed.as_ref().is_some_and(is_asked);
        // Somebody is about to type: the page stays.
        is_moving && self.receipt_problem.is_none() && self.pay_problem.is_none()
    }
}

/// What a shopper types into M-Pesa's own menu.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ByHand {
    /// Paybill or till.
    pub method: PaymentMethod,
    /// The merchant's number.
    pub number: String,
    /// At a paybill: the order's number with its letter.
    pub account: Option<String>,
}

/// As much of a card as a receipt needs.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PaidCard {
    pub brand: String,
    pub last_four: String,
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
    /// No prompt was sent: the shopper pays by hand, and the money comes by itself.
    ByHand,
    /// Some of it has come; the order is kept for the rest.
    Partly,
    /// The card provider's page waits for the shopper, as far as we know.
    CardOpen {
        /// Where it is; none while it is being made.
        page: Option<String>,
        /// What the provider is asked about when the shopper says that they have paid.
        reference: Option<String>,
    },
    /// The card provider has not said how it ended.
    CardChecking,
    /// The last payment by card brought nothing; the order is kept.
    CardFailed(CardOutcome),
    Paid {
        receipt: Option<String>,
    },
    /// To be paid when it is delivered.
    CashOnDelivery,
    /// By the merchant's own way: what it is called, and what to do.
    Manual {
        name: String,
        instructions: String,
    },
    /// Nobody paid in time, or it was cancelled.
    Closed,
}

impl PayStage {
    /// While true the page refreshes itself.
    pub const fn is_moving(&self) -> bool {
        matches!(self, Self::Waiting | Self::Checking | Self::CardChecking)
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
    pub number: OrderNumber,
    pub status: OrderStatus,
    pub payment_status: PaymentState,
    pub stage: PayStage,
    pub total: Money,
    pub missing: Money,
    /// Masked.
    pub mpesa_phone: Option<String>,
}
