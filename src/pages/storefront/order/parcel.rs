//! Where a parcel is, as its buyer is told: who brings it and by which code it is handed over, or why it was not.

use crate::delivery::parcel::Failure;
use serde::{Deserialize, Serialize};

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Parcel {
    /// The first name of who brings it; empty when nobody said.
    pub rider: String,
    pub stands: ParcelStands,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ParcelStands {
    /// On its way; the buyer says the code when it is in their hands.
    Coming { code: String },
    /// The last try failed; the shop decides what is next.
    NotHandedOver(Option<Failure>),
}

/// The try that counts, as the statement packs it.
#[cfg(feature = "ssr")]
#[derive(Debug, Deserialize)]
pub(super) struct Carried {
    id: uuid::Uuid,
    status: String,
    failure: Option<String>,
    rider: Option<String>,
}

/// Nothing while the order is not on its way, and nothing after it has come.
#[cfg(feature = "ssr")]
pub(super) async fn view(
    carried: Option<Carried>,
    ctx: &crate::ctx::Ctx,
    tx: &mut crate::db::TenantTx,
    status: crate::orders::status::OrderStatus,
) -> Result<Option<Parcel>, crate::error::AppError> {
    use crate::delivery::parcel::{ParcelStatus, code_of, first_name};
    let Some(carried) = carried.filter(|_| status == crate::orders::status::OrderStatus::Dispatched) else {
        return Ok(None);
    };
    let stands = match ParcelStatus::parse(&carried.status) {
        Some(ParcelStatus::InTransit) => {
            let token = ctx.key(tx).await?.token(crate::vault::Purpose::DeliveryCode, carried.id);
            ParcelStands::Coming { code: code_of(&token) }
        }
        Some(ParcelStatus::Failed) => ParcelStands::NotHandedOver(carried.failure.as_deref().and_then(Failure::parse)),
        _ => return Ok(None),
    };
    Ok(Some(Parcel { rider: first_name(carried.rider.as_deref().unwrap_or_default()).to_owned(), stands }))
}
