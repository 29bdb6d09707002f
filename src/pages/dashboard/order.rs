//! One order with everything on one screen.

use crate::kernel::{id::OrderId, money::Money};
use crate::orders::status::{OrderStatus, PaymentState};
use crate::payments::status::PaymentStatus;
use serde::{Deserialize, Serialize};

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct OrderDetail {
    pub id: OrderId,
    pub number: i64,
    /// Changes with every write; a form sends it back.
    pub version: i32,
    pub status: OrderStatus,
    pub payment_status: PaymentState,
    pub payment_method: String,
    pub placed_text: String,
    pub customer_name: String,
    pub customer_phone: String,
    /// Digits for `wa.me`.
    pub customer_whatsapp: String,
    pub customer_email: Option<String>,
    pub area: String,
    pub street: String,
    pub instructions: Option<String>,
    pub eta_minutes: u32,
    pub lines: Vec<DetailLine>,
    pub subtotal: Money,
    pub delivery: Money,
    pub total: Money,
    pub tax: Money,
    pub payments: Vec<PaymentAttempt>,
    pub timeline: Vec<TimelineEntry>,
    /// Moves this person may press now.
    pub moves: Vec<OrderStatus>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DetailLine {
    pub product_name: String,
    pub variant_name: String,
    pub sku: Option<String>,
    pub picture: Option<String>,
    pub quantity: u32,
    pub unit_price: Money,
    pub total: Money,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PaymentAttempt {
    pub attempt: i32,
    pub method: String,
    pub status: PaymentStatus,
    pub amount: Money,
    pub phone: Option<String>,
    pub receipt: Option<String>,
    /// `snake_case` key of the outcome (`cancelled`, `wrong_pin`, …) when it failed.
    pub failure: Option<String>,
    pub requested_text: String,
    pub completed_text: Option<String>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct TimelineEntry {
    pub from: Option<OrderStatus>,
    pub to: OrderStatus,
    pub at_text: String,
    /// A team member's name; none when money or the program moved it.
    pub by: Option<String>,
    pub note: Option<String>,
}
