//! The merchant's account with a delivery partner, opened for one call.

use super::{contract::Partner, pickup_mtaani::Account};
use crate::{
    ctx::Ctx,
    db::{DbError, TenantTx},
    error::AppError,
    kernel::id::DeliveryPartnerId,
    vault::{Place, TenantKey},
};
use serde::{Deserialize, Serialize};
use sqlx::types::Json;
use uuid::Uuid;

/// What stands in `delivery_partners.config`; no secret.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct PartnerConfig {
    /// The partner's number of the merchant's business.
    pub business: Option<i64>,
    /// The agent where the merchant hands parcels in.
    pub sender: Option<i64>,
}

/// An account as it is stored.
pub(crate) struct SealedPartner {
    pub id: Uuid,
    pub provider: String,
    pub config: Json<PartnerConfig>,
    pub api_key_sealed: Option<Vec<u8>>,
    pub version: i32,
}

impl SealedPartner {
    /// Where its key is sealed to.
    pub(crate) const fn place(row: Uuid) -> Place {
        Place { table: "delivery_partners", column: "api_key_sealed", row }
    }

    /// The account itself; none while something of it is missing.
    pub(crate) fn account(&self, key: &TenantKey) -> Result<Option<Account>, AppError> {
        let Some((sealed, business)) = self.api_key_sealed.as_ref().zip(self.config.business) else { return Ok(None) };
        let api_key = key.open(Self::place(self.id), sealed).map_err(AppError::broken)?;
        Ok(Some(Account { api_key, business, sender: self.config.sender }))
    }

    /// Ready for a call; none while something of it is missing.
    fn open(&self, ctx: &Ctx, key: &TenantKey) -> Result<Option<Partner>, AppError> {
        match self.provider.as_str() {
            "pickup_mtaani" => {
                let client = ctx.platform.pickup_mtaani.clone();
                Ok(self.account(key)?.map(|account| Partner::PickupMtaani { client, account }))
            }
            "manual" | "other" => Ok(Some(Partner::Manual)),
            word => Err(DbError::corrupt("delivery_partners.provider", &word).into()),
        }
    }
}

/// The partner of a parcel, in use or not: what was booked is followed all the same.
pub(crate) async fn find_partner(
    ctx: &Ctx,
    tx: &mut TenantTx,
    id: DeliveryPartnerId,
) -> Result<Option<Partner>, AppError> {
    let row = sqlx::query_as!(
        SealedPartner,
        r#"select id, provider, config as "config: Json<PartnerConfig>", api_key_sealed, version
           from delivery_partners
           where tenant_id = $1
             and id = $2"#,
        tx.tenant(),
        id.uuid()
    )
    .fetch_optional(tx.conn())
    .await?;
    let key = ctx.key(tx).await?;
    row.map_or(Ok(None), |row| row.open(ctx, &key))
}

/// The account with Pickup Mtaani; locked, since it is about to be changed or tried.
pub(crate) async fn lock_pickup_mtaani(tx: &mut TenantTx) -> Result<Option<SealedPartner>, AppError> {
    Ok(sqlx::query_as!(
        SealedPartner,
        r#"select id, provider, config as "config: Json<PartnerConfig>", api_key_sealed, version
           from delivery_partners
           where tenant_id = $1
             and provider = 'pickup_mtaani'
           for update"#,
        tx.tenant()
    )
    .fetch_optional(tx.conn())
    .await?)
}

/// Notes whether the partner takes the key; a call that went through clears what was noted.
pub(crate) async fn note_problem(ctx: &Ctx, id: DeliveryPartnerId, problem: Option<&str>) -> Result<(), AppError> {
    let mut tx = ctx.tx().await?;
    sqlx::query!(
        "update delivery_partners
         set problem = $3, updated_at = now()
         where tenant_id = $1
           and id = $2
           and problem is distinct from $3",
        tx.tenant(),
        id.uuid(),
        problem
    )
    .execute(tx.conn())
    .await?;
    Ok(tx.commit().await?)
}
