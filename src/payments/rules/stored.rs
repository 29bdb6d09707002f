//! The rules as a statement packs them into one column, for those who decide by them.

use crate::{
    delivery::cash_rules::{CashRules, Deposit},
    kernel::id::ZoneId,
};
use serde::Deserialize;
use uuid::Uuid;

/// A row of `payment_rules` with its areas; a shop without one has the default.
#[derive(Debug, Deserialize)]
pub(crate) struct StoredRules {
    takes_cash: bool,
    everywhere: bool,
    zones: Vec<Uuid>,
    most_cents: Option<i64>,
    least_delivered: u32,
    most_refused: Option<u32>,
    deposit_cents: Option<i64>,
    deposit_from_cents: Option<i64>,
    deposit_new_only: bool,
    manual_name: Option<String>,
    manual_instructions: Option<String>,
}

impl StoredRules {
    pub(crate) fn cash(&self) -> CashRules {
        CashRules {
            takes_cash: self.takes_cash,
            most_cents: self.most_cents,
            only_in: (!self.everywhere).then(|| self.zones.iter().copied().map(ZoneId::from).collect()),
            least_delivered: self.least_delivered,
            most_refused: self.most_refused,
            deposit: self.deposit_cents.map(|cents| Deposit {
                cents,
                from_cents: self.deposit_from_cents,
                is_for_new: self.deposit_new_only,
            }),
        }
    }
    /// What the merchant's own way is called, and what to do.
    pub(crate) fn manual(self) -> Option<(String, String)> {
        self.manual_name.zip(self.manual_instructions)
    }
}
