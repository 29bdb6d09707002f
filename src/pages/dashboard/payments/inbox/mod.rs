//! Money without a place: the list with what it may be for, and one payment's with everything that can be done.

mod load;
mod one;

pub use load::load;
pub use one::load_one;

use crate::{
    kernel::{
        id::{OrderId, PaymentId, RefundId},
        local_time::LocalTime,
        money::Money,
        order_number::OrderNumber,
    },
    orders::status::OrderStatus,
    payments::matching::Why,
};

/// One page of the list, newest first.
#[derive(Clone, Debug)]
pub struct InboxPage {
    pub rows: Vec<InboxRow>,
    /// From 1.
    pub page: u32,
    pub page_count: u32,
    pub count: u32,
    /// All that is in the inbox, in the shop's currency.
    pub total: Money,
    pub may_handle: bool,
    pub may_refund: bool,
}

/// One payment that has money in the inbox.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct InboxRow {
    pub payment: PaymentId,
    /// A word of `payments.method`.
    pub method: String,
    pub received: Money,
    /// What of it has no place yet.
    pub left: Money,
    pub receipt: Option<String>,
    pub payer_name: Option<String>,
    /// As people read it, with its middle hidden.
    pub payer_phone: Option<String>,
    pub typed_account: Option<String>,
    /// The shilling with which the merchant tried the account, by its sum and its time.
    pub is_trial: bool,
    /// By the shop's clock.
    pub came_on: LocalTime,
    pub suggestions: Vec<Suggestion>,
}

/// An order that the money may be for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Suggestion {
    pub order: OrderId,
    pub number: OrderNumber,
    pub status: OrderStatus,
    pub customer_name: String,
    pub due: Money,
    /// What one tap would put there: never more than it lacks.
    pub amount: Money,
    pub why: Vec<Why>,
}

/// One payment, an order searched for, and where its money went before.
#[derive(Clone, Debug)]
pub struct MoneyPage {
    pub row: InboxRow,
    pub words: String,
    /// What the search found; none when nothing was searched.
    pub found: Option<Vec<Suggestion>>,
    pub moves: Vec<Move>,
    /// For the form that gives it back; made when the page is drawn.
    pub refund: RefundId,
    pub may_handle: bool,
    pub may_refund: bool,
}

/// Where money of the payment went.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Move {
    /// A word of `ledger_entries.place`.
    pub place: String,
    pub order_number: Option<OrderNumber>,
    pub customer_name: Option<String>,
    pub amount: Money,
    pub at: LocalTime,
    pub by: Option<String>,
}
