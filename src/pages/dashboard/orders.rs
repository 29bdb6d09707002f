//! The list of orders, searched and filtered.

use crate::kernel::{id::OrderId, money::Money};
use crate::orders::status::{OrderStatus, PaymentState};
use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

/// What the address asks for; all fields may be empty text.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct OrderFilter {
    /// Order number, name, phone, or M-Pesa receipt.
    #[serde(default)]
    pub words: String,
    #[serde(default)]
    pub status: String,
    /// From 1.
    #[serde(default)]
    pub page: u32,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct OrdersPage {
    pub filter: OrderFilter,
    pub rows: Vec<OrderRow>,
    pub order_count: u32,
    pub page_count: u32,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct OrderRow {
    pub id: OrderId,
    pub number: i64,
    pub status: OrderStatus,
    pub payment_status: PaymentState,
    pub payment_method: String,
    pub customer_name: String,
    pub area: String,
    pub item_count: u32,
    pub total: Money,
    pub placed_at: DateTime<Utc>,
    /// In the shop's zone: `23 Nov, 14:05`.
    pub placed_text: String,
}
