//! What somebody else carries, as its buyer sees it: who has it, the code it is named by, where it is.

use super::{ParcelStage, SentParcel};
use serde::Deserialize;

/// The newest parcel that has a code, as the statement packs it; what goes with a rider of the shop's own has none.
#[derive(Debug, Deserialize)]
pub(super) struct Sent {
    carrier: String,
    code: String,
    status: String,
    agent: Option<String>,
}

impl Sent {
    /// Nothing of a parcel that came to nothing.
    pub(super) fn view(self) -> Option<SentParcel> {
        let stage = match self.status.as_str() {
            "in_transit" => ParcelStage::OnTheWay,
            "delivered" => ParcelStage::Delivered,
            "failed" => return None,
            _ => ParcelStage::Booked,
        };
        Some(SentParcel { carrier: self.carrier, code: self.code, agent: self.agent, stage })
    }
}
