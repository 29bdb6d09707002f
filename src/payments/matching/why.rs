//! Why an order is proposed for money, in words that a page can spell out.

use super::slip::Edit;
use crate::kernel::id::OrderId;
use serde::{Deserialize, Serialize};

/// One reason.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Why {
    /// Exactly what is due.
    SameAmount,
    /// Less than what is due.
    PartOfAmount,
    /// More than what is due.
    MoreThanAmount,
    /// The account is the order's reference.
    SameReference,
    /// The account is the order's number.
    SameNumber,
    /// The account is one mistake away from it.
    AlmostReference(Edit),
    /// The account is the buyer's phone.
    PhoneAsAccount,
    /// The buyer's number paid.
    SamePhone,
    /// This payer has paid for this customer before, as a person confirmed.
    KnownPayer,
    SameName,
    /// Paid within two hours of ordering.
    JustOrdered,
}

/// An order that the money may be for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Proposal {
    pub order: OrderId,
    /// The strongest first.
    pub why: Vec<Why>,
}
