//! The list of orders, searched and filtered, and whether anything in it has changed.

mod filter;
mod load;

pub use filter::{OrderFilter, TO_PACK};
pub use load::{load, newest_change};

use crate::kernel::{id::OrderId, local_time::LocalTime, money::Money, order_number::OrderNumber};
use crate::orders::{
    channel::Channel,
    status::{OrderStatus, PaymentState},
};

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OrdersPage {
    pub filter: OrderFilter,
    pub rows: Vec<OrderRow>,
    /// At most [`MOST_COUNTED`]; then there are that many or more.
    pub order_count: u32,
    pub page_count: u32,
    /// Areas to choose from: those delivered to.
    pub areas: Vec<String>,
    /// Tags to choose from: those used lately.
    pub tags: Vec<String>,
    /// Becomes another when an order comes or changes.
    pub mark: String,
    /// False for a viewer, who can choose nothing to move.
    pub may_move: bool,
}

/// The list counts no further, and has no more pages than these fill.
pub const MOST_COUNTED: u32 = 10_000;

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OrderRow {
    pub id: OrderId,
    pub number: OrderNumber,
    /// Sent back with a move, which is refused when somebody was faster.
    pub version: i32,
    pub status: OrderStatus,
    pub payment_status: PaymentState,
    pub payment_method: String,
    pub channel: Channel,
    pub customer_name: String,
    pub area: String,
    /// Which shop it came to; told when the merchant has several.
    pub shop: Option<String>,
    pub tags: Vec<String>,
    pub note_count: u32,
    pub item_count: u32,
    pub total: Money,
    /// By the shop's clock.
    pub placed_on: LocalTime,
}
