//! What a shop needs before shoppers may enter, and the moment they may.
//!
//! It stands here because only a checkout that works makes a shop: goods, a way to the shopper, a way to be paid.

use crate::{
    ctx::Ctx,
    db::{DbError, TenantTx},
    error::AppError,
    kernel::{access::Permission, id::StoreId},
    tenancy::catalogue_version,
};
use serde_json::json;

/// The steps of the first day, in their order.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Step {
    Product,
    Picture,
    DeliveryZone,
    Mpesa,
}

impl Step {
    pub const ALL: [Self; 4] = [Self::Product, Self::Picture, Self::DeliveryZone, Self::Mpesa];

    /// Whether a shop stays closed without it. A picture is only good advice.
    pub const fn is_needed(self) -> bool {
        !matches!(self, Self::Picture)
    }
}

/// How far a shop is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Readiness {
    pub done: Vec<Step>,
    pub is_live: bool,
    pub was_live: bool,
}

impl Readiness {
    pub fn has(&self, step: Step) -> bool {
        self.done.contains(&step)
    }
    /// What still keeps it closed.
    pub fn missing(&self) -> Vec<Step> {
        Step::ALL.into_iter().filter(|step| step.is_needed() && !self.has(*step)).collect()
    }
}

/// Why a shop was not opened.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum NotOpened {
    #[error("steps are missing")]
    Missing(Vec<Step>),
    #[error(transparent)]
    App(#[from] AppError),
}

impl From<DbError> for NotOpened {
    fn from(error: DbError) -> Self {
        Self::App(error.into())
    }
}

impl From<sqlx::Error> for NotOpened {
    fn from(error: sqlx::Error) -> Self {
        Self::App(error.into())
    }
}

pub async fn load(ctx: &Ctx, store: StoreId) -> Result<Readiness, AppError> {
    ctx.require(Permission::SeeDashboard)?;
    let mut tx = ctx.tx().await?;
    read(&mut tx, store).await
}

async fn read(tx: &mut TenantTx, store: StoreId) -> Result<Readiness, AppError> {
    let row = sqlx::query!(
        r#"select s.is_live, s.went_live_at is not null as "was_live!",
                  exists (
                      select from products p
                      join product_variants v on v.tenant_id = $1 and v.product_id = p.id and v.is_active
                      where p.tenant_id = $1
                        and p.store_id = $2
                        and p.status = 'active'
                  ) as "has_product!",
                  exists (
                      select from products p
                      join product_images i on i.tenant_id = $1 and i.product_id = p.id
                      where p.tenant_id = $1
                        and p.store_id = $2
                        and p.status = 'active'
                  ) as "has_picture!",
                  exists (
                      select from delivery_zones z
                      where z.tenant_id = $1
                        and z.is_active
                  ) as "has_zone!",
                  exists (
                      select from mpesa_accounts m
                      where m.tenant_id = $1
                        and m.is_active
                        and m.proved_at is not null
                  ) as "has_mpesa!"
           from stores s
           where s.tenant_id = $1
             and s.id = $2"#,
        tx.tenant(),
        store.uuid()
    )
    .fetch_optional(tx.conn())
    .await?
    .ok_or(AppError::NotFound)?;
    let done = [
        (Step::Product, row.has_product),
        (Step::Picture, row.has_picture),
        (Step::DeliveryZone, row.has_zone),
        (Step::Mpesa, row.has_mpesa),
    ];
    Ok(Readiness {
        done: done.into_iter().filter(|(_, is_done)| *is_done).map(|(step, _)| step).collect(),
        is_live: row.is_live,
        was_live: row.was_live,
    })
}

/// Lets shoppers in. A shop that is open already stays so.
pub async fn open_shop(ctx: &Ctx, store: StoreId) -> Result<(), NotOpened> {
    ctx.require(Permission::EditStore)?;
    let mut tx = ctx.tx().await?;
    let missing = read(&mut tx, store).await?.missing();
    if !missing.is_empty() {
        return Err(NotOpened::Missing(missing));
    }
    let done = sqlx::query!(
        "update stores
         set is_live = true, went_live_at = coalesce(went_live_at, now()), version = version + 1, updated_at = now()
         where tenant_id = $1
           and id = $2
           and not is_live",
        tx.tenant(),
        store.uuid()
    )
    .execute(tx.conn())
    .await?;
    if done.rows_affected() == 0 {
        return Ok(());
    }
    tx.audit(ctx.actor, "shop_opened", "stores", store.uuid(), json!({})).await?;
    catalogue_version::raise(&mut tx).await?;
    Ok(tx.commit().await?)
}

/// Closes the shop to shoppers; orders that were placed go on. A shop that is closed already stays so.
pub async fn close_shop(ctx: &Ctx, store: StoreId) -> Result<(), AppError> {
    ctx.require(Permission::EditStore)?;
    let mut tx = ctx.tx().await?;
    let done = sqlx::query!(
        "update stores
         set is_live = false, version = version + 1, updated_at = now()
         where tenant_id = $1
           and id = $2
           and is_live",
        tx.tenant(),
        store.uuid()
    )
    .execute(tx.conn())
    .await?;
    if done.rows_affected() == 0 {
        return Ok(());
    }
    tx.audit(ctx.actor, "shop_closed", "stores", store.uuid(), json!({})).await?;
    catalogue_version::raise(&mut tx).await?;
    Ok(tx.commit().await?)
}
