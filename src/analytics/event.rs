//! The closed list of steps that are counted, and what each carries.

use crate::kernel::id::{CartId, CustomerId, OrderId, ProductId};
use serde::{Deserialize, Serialize};

/// The words of `events.event_type`, each with what belongs to it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Step {
    PageView,
    ProductView { product: ProductId },
    AddToCart { product: ProductId, amount_cents: i64 },
    CheckoutStart { amount_cents: i64 },
    PaymentStarted { order: OrderId, amount_cents: i64 },
    PaymentFailed { order: OrderId, amount_cents: i64 },
    PaymentSucceeded { order: OrderId, amount_cents: i64 },
    OrderCompleted { order: OrderId, amount_cents: i64 },
    Search { words: String, found: u32 },
    WhatsappClick,
}

impl Step {
    pub const fn as_str(&self) -> &'static str {
        match self {
            Self::PageView => "page_view",
            Self::ProductView { .. } => "product_view",
            Self::AddToCart { .. } => "add_to_cart",
            Self::CheckoutStart { .. } => "checkout_start",
            Self::PaymentStarted { .. } => "payment_started",
            Self::PaymentFailed { .. } => "payment_failed",
            Self::PaymentSucceeded { .. } => "payment_succeeded",
            Self::OrderCompleted { .. } => "order_completed",
            Self::Search { .. } => "search",
            Self::WhatsappClick => "whatsapp_click",
        }
    }
    pub const fn product(&self) -> Option<ProductId> {
        match self {
            Self::ProductView { product } | Self::AddToCart { product, .. } => Some(*product),
            _ => None,
        }
    }
    pub const fn order(&self) -> Option<OrderId> {
        match self {
            Self::PaymentStarted { order, .. }
            | Self::PaymentFailed { order, .. }
            | Self::PaymentSucceeded { order, .. }
            | Self::OrderCompleted { order, .. } => Some(*order),
            _ => None,
        }
    }
    /// In minor units, for the steps that are about money.
    pub const fn amount_cents(&self) -> Option<i64> {
        match self {
            Self::AddToCart { amount_cents, .. }
            | Self::CheckoutStart { amount_cents }
            | Self::PaymentStarted { amount_cents, .. }
            | Self::PaymentFailed { amount_cents, .. }
            | Self::PaymentSucceeded { amount_cents, .. }
            | Self::OrderCompleted { amount_cents, .. } => Some(*amount_cents),
            _ => None,
        }
    }
}

/// Whose step it is. Empty for what the program sees by itself, like a callback.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Visitor {
    /// Hash of the visit's cookie; names nobody.
    pub session: Option<String>,
    pub device: Option<Device>,
}

/// What surrounds a step, as far as it is known without asking the database again.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Around {
    pub visitor: Visitor,
    pub customer: Option<CustomerId>,
    pub cart: Option<CartId>,
    /// The delivery area that was chosen.
    pub area: Option<String>,
    /// Hash of an order's token that this browser got when it ordered: whose steps these are.
    pub buyer: Option<Vec<u8>>,
}

/// What kind of device asked, as far as its own word goes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Device {
    Phone,
    Tablet,
    #[default]
    Desktop,
    Bot,
}

impl Device {
    /// By what a browser or machine says of itself; who says nothing is a machine.
    pub fn from_user_agent(agent: &str) -> Self {
        let agent = agent.to_ascii_lowercase();
        let has = |words: &[&str]| words.iter().any(|word| agent.contains(word));
        if agent.is_empty() || has(&["bot", "crawler", "spider", "curl/", "wget/", "facebookexternalhit"]) {
            Self::Bot
        } else if has(&["ipad", "tablet"]) {
            Self::Tablet
        } else if has(&["mobi", "android", "iphone", "opera mini"]) {
            Self::Phone
        } else {
            Self::Desktop
        }
    }
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Phone => "phone",
            Self::Tablet => "tablet",
            Self::Desktop => "desktop",
            Self::Bot => "bot",
        }
    }
}
