//! Today: how much, what to pack, what runs out.

use crate::kernel::{id::{OrderId, VariantId}, money::Money};
use serde::{Deserialize, Serialize};

/// The figures of one day in the shop's own zone, and the same of the day before.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct TodayPage {
    pub store_name: String,
    /// Address of the shop, for a link.
    pub store_url: String,
    /// `2026-11-23`.
    pub day: String,
    pub today: DayFigures,
    pub yesterday: DayFigures,
    /// Paid or accepted, not yet packed: oldest first, at most 10.
    pub to_pack: Vec<ToPack>,
    pub to_pack_count: u32,
    /// At or below their threshold: lowest first, at most 10.
    pub low_stock: Vec<LowStock>,
    pub low_stock_count: u32,
    /// Orders whose payment is open now.
    pub awaiting_payment_count: u32,
    /// The last seven days, oldest first, today last.
    pub week: Vec<DayMoney>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DayFigures {
    /// Sessions with at least one page view.
    pub visits: u32,
    /// Sessions that put something into a cart.
    pub carts: u32,
    pub orders: u32,
    /// Money received.
    pub money: Money,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ToPack {
    pub order: OrderId,
    pub number: i64,
    pub customer_name: String,
    pub area: String,
    pub item_count: u32,
    pub total: Money,
    /// Minutes since it was placed.
    pub age_minutes: u32,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct LowStock {
    pub variant: VariantId,
    pub product_name: String,
    pub variant_name: String,
    pub left: i32,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DayMoney {
    /// `2026-11-23`.
    pub day: String,
    pub money: Money,
}
