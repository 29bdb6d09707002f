//! A new merchant: account, key, store, address, owner, in one transaction.

use super::password;
use crate::{
    ctx::{Ctx, Platform},
    db::{DbError, TenantTx},
    error::AppError,
    kernel::{
        access::{Actor, Role},
        email::Email,
        id::{StoreId, TenantId, UserId},
        locale::Locale,
        phone::Phone,
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

impl From<DbError> for NotCreated {
    fn from(error: DbError) -> Self {
        Self::App(error.into())
    }
}

/// The rows that every merchant begins with.
pub(super) struct Beginning<'a> {
    pub name: &'a str,
    pub slug: &'a Slug,
    pub email: &'a Email,
    pub password_hash: &'a str,
    pub owner_name: Option<&'a str>,
    pub phone: Option<&'a Phone>,
    pub locale: Locale,
    /// Whether shoppers may enter at once.
    pub is_live: bool,
}

/// Ids of what was made.
#[derive(Clone, Copy, Debug)]
pub(super) struct Begun {
    pub store: StoreId,
    pub owner: UserId,
}

/// Makes the merchant; the store is open at once.
pub async fn create_tenant(platform: &Arc<Platform>, wanted: NewTenant) -> Result<(TenantId, StoreId), NotCreated> {
    if wanted.name.trim().is_empty() {
        return Err(NotCreated::NameMissing);
    }
    // Hashing takes its time, so it is done before anything is locked.
    let hash = password::hash(&wanted.password).await?;
    let ctx = Ctx::new(platform.clone(), TenantId::mint(), Actor::Program);
    let mut tx = ctx.tx().await?;
    let beginning = Beginning {
        name: &wanted.name,
        slug: &wanted.store_slug,
        email: &wanted.owner_email,
        password_hash: &hash,
        owner_name: None,
        phone: None,
        locale: Locale::En,
        is_live: true,
    };
    let begun = begin(&ctx, &mut tx, &beginning).await?;
    tx.commit().await?;
    Ok((ctx.tenant, begun.store))
}

/// Writes them, with the tenant's key, in a transaction of the tenant that is to be.
pub(super) async fn begin(ctx: &Ctx, tx: &mut TenantTx, new: &Beginning<'_>) -> Result<Begun, NotCreated> {
    let (store, owner) = (StoreId::mint(), UserId::mint());
    sqlx::query!("insert into tenants (id, name) values ($1, $2)", tx.tenant(), new.name).execute(tx.conn()).await?;
    // Made here, so that no later transaction has to: a key that one of them took back would leave secrets unopenable.
    ctx.key(tx).await?;
    // Nobody is registered for VAT until they say so, with the PIN that the receipts then name.
    sqlx::query!(
        "insert into stores (tenant_id, id, name, slug, primary_contact_phone, is_live, went_live_at, is_vat_registered)
         values ($1, $2, $3, $4, $5, $6, case when $6 then now() end, false)",
        tx.tenant(),
        store.uuid(),
        new.name,
        new.slug.as_str(),
        new.phone.map(Phone::as_str),
        new.is_live
    )
    .execute(tx.conn())
    .await?;
    // The name is unique across merchants: of two at once, one waits here and finds it taken.
    let addressed = sqlx::query!(
        "insert into hosts (tenant_id, store_id, kind, name, is_primary)
         values ($1, $2, 'subdomain', $3, true)
         on conflict do nothing",
        tx.tenant(),
        store.uuid(),
        new.slug.as_str()
    )
    .execute(tx.conn())
    .await?;
    if addressed.rows_affected() == 0 {
        return Err(NotCreated::AddressTaken);
    }
    sqlx::query!(
        "insert into users (tenant_id, id, email, password_hash, role, name, phone, locale)
         values ($1, $2, $3, $4, $5, $6, $7, $8)",
        tx.tenant(),
        owner.uuid(),
        new.email.as_str(),
        new.password_hash,
        Role::Owner.as_str(),
        new.owner_name,
        new.phone.map(Phone::as_str),
        new.locale.tag()
    )
    .execute(tx.conn())
    .await?;
    tx.audit(ctx.actor, "tenant_created", "tenants", ctx.tenant.uuid(), json!({})).await?;
    Ok(Begun { store, owner })
}
