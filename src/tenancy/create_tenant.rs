//! A new merchant: account, store, address, owner, in one transaction.

use super::password;
use crate::{
    ctx::{Ctx, Platform},
    error::AppError,
    kernel::{
        access::{Actor, Role},
        email::Email,
        id::{StoreId, TenantId, UserId},
        slug::Slug,
    },
};
use serde_json::json;
use std::sync::Arc;

/// What a merchant begins with.
#[derive(Clone, Debug)]
pub struct NewTenant {
    /// Of the merchant and of the store.
    pub name: String,
    pub store_slug: Slug,
    pub owner_email: Email,
    /// The owner's first.
    pub password: String,
}

/// Why there is no new merchant.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum NotCreated {
    #[error("a store already lives at that address")]
    AddressTaken,
    #[error("a name is missing")]
    NameMissing,
    #[error(transparent)]
    App(#[from] AppError),
}

impl From<sqlx::Error> for NotCreated {
    fn from(error: sqlx::Error) -> Self {
        Self::App(error.into())
    }
}

impl From<crate::db::DbError> for NotCreated {
    fn from(error: crate::db::DbError) -> Self {
        Self::App(error.into())
    }
}

/// Makes the merchant; the store is open at once.
pub async fn create_tenant(platform: &Arc<Platform>, wanted: NewTenant) -> Result<(TenantId, StoreId), NotCreated> {
    if wanted.name.trim().is_empty() {
        return Err(NotCreated::NameMissing);
    }
    // Hashing takes its time, so it is done before anything is locked.
    let hash = password::hash(&wanted.password).await?;
    let (tenant, store, owner) = (TenantId::mint(), StoreId::mint(), UserId::mint());
    let ctx = Ctx::new(platform.clone(), tenant, Actor::Program);
    let mut tx = ctx.tx().await?;
    sqlx::query!("insert into tenants (id, name) values ($1, $2)", tx.tenant(), wanted.name).execute(tx.conn()).await?;
    sqlx::query!(
        "insert into stores (tenant_id, id, name, slug, is_live)
         values ($1, $2, $3, $4, true)",
        tx.tenant(),
        store.uuid(),
        wanted.name,
        wanted.store_slug.as_str()
    )
    .execute(tx.conn())
    .await?;
    let addressed = sqlx::query!(
        "insert into hosts (tenant_id, store_id, kind, name, is_primary)
         values ($1, $2, 'subdomain', $3, true)
         on conflict do nothing",
        tx.tenant(),
        store.uuid(),
        wanted.store_slug.as_str()
    )
    .execute(tx.conn())
    .await?;
    if addressed.rows_affected() == 0 {
        return Err(NotCreated::AddressTaken);
    }
    sqlx::query!(
        "insert into users (tenant_id, id, email, password_hash, role)
         values ($1, $2, $3, $4, $5)",
        tx.tenant(),
        owner.uuid(),
        wanted.owner_email.as_str(),
        hash,
        Role::Owner.as_str()
    )
    .execute(tx.conn())
    .await?;
    // Made here, so that no later transaction has to: a key that one of them took back would leave secrets unopenable.
    ctx.key(&mut tx).await?;
    tx.audit(ctx.actor, "tenant_created", "tenants", tenant.uuid(), json!({})).await?;
    tx.commit().await?;
    Ok((tenant, store))
}
