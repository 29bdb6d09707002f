//! What the shopper saw and what it is now.

use crate::{kernel::money::Money, pricing::priced::CodeRefusal};
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
    /// The order is below what the area asks for.
    BelowMinimum {
        area: String,
        minimum: Money,
    },
}
