//! The stores of a merchant: several shops or brands under one sign-in.

use super::{catalogue_version, shop_address};
use crate::{
    ctx::Ctx,
    db::directory::ShopHost,
    error::AppError,
    kernel::{
        access::Permission,
        field_errors::{FieldErrors, FieldProblem, required_text},
        id::{SessionId, StoreId},
        typed::Typed,
    },
};
use serde_json::json;

/// The most stores of one merchant.
const MOST: i64 = 20;
/// The fields of the form for a new store; `id` was made when it was shown, so that the same form twice adds one.
pub const FIELDS: &[&str] = &["id", "name", "slug"];

/// A store in the list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StoreRow {
    pub id: StoreId,
    pub name: String,
    pub slug: String,
    pub is_live: bool,
}

/// All stores, the first one first.
pub async fn list_stores(ctx: &Ctx) -> Result<Vec<StoreRow>, AppError> {
    ctx.require(Permission::SeeDashboard)?;
    let mut tx = ctx.tx().await?;
    let rows = sqlx::query!(
        "select id, name, slug, is_live
         from stores
         where tenant_id = $1
         order by created_at, id
         limit 20",
        tx.tenant()
    )
    .fetch_all(tx.conn())
    .await?;
    Ok(rows
        .into_iter()
        .map(|row| StoreRow { id: row.id.into(), name: row.name, slug: row.slug, is_live: row.is_live })
        .collect())
}

/// One more store of the same business, not open yet. The same form again has done its work.
pub async fn add_store(ctx: &Ctx, typed: &Typed) -> Result<StoreId, AppError> {
    ctx.require(Permission::EditStore)?;
    let asked = StoreId::parse(typed.get("id"));
    let added = add(ctx, asked.unwrap_or_else(StoreId::mint), typed).await;
    let is_refused = matches!(added, Err(AppError::Invalid(_)));
    let Some(store) = asked.filter(|_| is_refused) else { return added };
    let wanted = shop_address::parse(typed.get("slug"));
    match (address_of(ctx, store).await?, wanted) {
        (Some(slug), Ok(wanted)) if slug == wanted.as_str() => Ok(store),
        // Filled in anew on a page that somebody went back to.
        (Some(_), Ok(_)) => add(ctx, StoreId::mint(), typed).await,
        _ => added,
    }
}

async fn address_of(ctx: &Ctx, store: StoreId) -> Result<Option<String>, AppError> {
    let mut tx = ctx.tx().await?;
    let slug =
        sqlx::query_scalar!("select slug from stores where tenant_id = $1 and id = $2", tx.tenant(), store.uuid())
            .fetch_optional(tx.conn())
            .await?;
    Ok(slug)
}

async fn add(ctx: &Ctx, store: StoreId, typed: &Typed) -> Result<StoreId, AppError> {
    let mut errors = FieldErrors::none();
    let name = errors.expect("name", required_text(typed.get("name"), 80));
    let slug = errors.expect("slug", shop_address::parse(typed.get("slug")));
    let (Some(name), Some(slug)) = (name, slug) else { return Err(AppError::Invalid(errors)) };
    // A shop may answer to its label without a row of hosts: a row of ours would take its address away.
    if ctx.platform.db.find_shop(&ShopHost::Subdomain(slug.as_str().to_owned())).await?.is_some() {
        return Err(AppError::Invalid(FieldErrors::one("slug", FieldProblem::Taken)));
    }
    let mut tx = ctx.tx().await?;
    let added = sqlx::query!(
        "insert into stores (tenant_id, id, name, slug, locale, default_currency, is_vat_registered, vat_number, vat_basis_points)
         select tenant_id, $2, $3, $4, locale, default_currency, is_vat_registered, vat_number, vat_basis_points
         from stores
         where tenant_id = $1
           and (select count(*) from stores where tenant_id = $1) < $5
         order by created_at, id
         limit 1
         on conflict do nothing",
        tx.tenant(),
        store.uuid(),
        name,
        slug.as_str(),
        MOST
    )
    .execute(tx.conn())
    .await?;
    let addressed = sqlx::query!(
        "insert into hosts (tenant_id, store_id, kind, name, is_primary)
         select $1, $2, 'subdomain', $3, true
         where exists (select 1 from stores where tenant_id = $1 and id = $2)
         on conflict do nothing",
        tx.tenant(),
        store.uuid(),
        slug.as_str()
    )
    .execute(tx.conn())
    .await?;
    if added.rows_affected() == 0 || addressed.rows_affected() == 0 {
        return Err(AppError::Invalid(FieldErrors::one("slug", FieldProblem::Taken)));
    }
    tx.audit(ctx.actor, "store_added", "stores", store.uuid(), json!({})).await?;
    catalogue_version::raise(&mut tx).await?;
    tx.commit().await?;
    Ok(store)
}

/// Whose dashboard this browser shows from now on.
pub async fn choose_store(ctx: &Ctx, session: SessionId, store: StoreId) -> Result<(), AppError> {
    ctx.require(Permission::SeeDashboard)?;
    let mut tx = ctx.tx().await?;
    let chosen = sqlx::query!(
        "update sessions
         set store_id = $3, updated_at = now()
         where tenant_id = $1
           and id = $2
           and exists (select 1 from stores where tenant_id = $1 and id = $3)",
        tx.tenant(),
        session.uuid(),
        store.uuid()
    )
    .execute(tx.conn())
    .await?;
    if chosen.rows_affected() == 0 {
        return Err(AppError::NotFound);
    }
    Ok(tx.commit().await?)
}
