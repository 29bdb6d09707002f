//! What a rider sees of an order: where it goes and how it is found, what is to be collected, how it can end.

#[cfg(feature = "ssr")]
mod load;
#[cfg(feature = "ssr")]
pub use load::load;

use crate::kernel::{money::Money, order_number::OrderNumber};
use serde::{Deserialize, Serialize};

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RiderPage {
    /// 64 hexadecimal digits of the link.
    pub token: String,
    pub number: OrderNumber,
    pub buyer: String,
    pub area: String,
    pub street: String,
    /// How to find it, in the words of somebody who was there.
    pub found: Option<String>,
    /// The same in the buyer's.
    pub instructions: Option<String>,
    /// As people read it.
    pub phone: Option<String>,
    /// Digits for `wa.me`.
    pub whatsapp: Option<String>,
    /// The parcel that was given away with the link; none when it only collects.
    pub parcel: Option<CarriedParcel>,
    /// What is still to be collected; zero when it is paid.
    pub missing: Money,
    /// Whether the shop sends prompts at all.
    pub takes_mpesa: bool,
    pub prompt: Prompt,
    /// For the form that writes down cash; made when the page is drawn.
    pub key: String,
}

/// What a rider can say of the parcel.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CarriedParcel {
    /// Too many codes were wrong: only the team can go on.
    pub is_locked: bool,
}

/// How the last prompt stands.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Prompt {
    None,
    /// On this phone, masked.
    Open(String),
    Failed,
}
