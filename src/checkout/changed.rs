//! What the shopper saw and what it is now.

use crate::{delivery::offer::Arrival, kernel::money::Money, pricing::priced::CodeRefusal};
use serde::{Deserialize, Serialize};

/// One thing that is not as it was when the shopper saw the total.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Change {
    Total {
        seen: Money,
        now: Money,
    },
    Price {
        product_name: String,
        seen: Money,
        now: Money,
    },
    Stock {
        product_name: String,
        wanted: u32,
        left: u32,
    },
    /// A typed code does not count, or no longer.
    Code {
        code: String,
        why: CodeRefusal,
    },
    /// Delivery was shown for another fee, and the time until which that held is over.
    Fee {
        area: String,
        seen: Money,
        now: Money,
    },
    /// Where it goes was typed, and this is what that costs.
    Unpriced {
        area: String,
        fee: Money,
    },
    /// It comes at another time than was shown.
    Arrival {
        area: String,
        arrival: Arrival,
    },
    /// The order is below what the area asks for.
    BelowMinimum {
        area: String,
        minimum: Money,
    },
}
