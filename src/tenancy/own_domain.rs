//! Where a store lives: its sub-domain, and domains of the merchant's own once they are proved.

use super::{ownership::Lookout, shop_address};
use crate::{
    ctx::Ctx,
    db::{TenantTx, directory::ShopHost},
    error::AppError,
    kernel::{
        access::Permission,
        field_errors::{FieldErrors, FieldProblem},
        id::{DomainId, StoreId},
        token::Token,
    },
    tenancy::domain_name,
};
use chrono::{DateTime, Utc};
use serde_json::json;

/// More own domains than any shop needs.
const MOST: i64 = 10;
/// What the record and the file begin with.
const PROOF: &str = "duka-proof=";

/// A domain that a merchant says is theirs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OwnDomain {
    pub id: DomainId,
    pub name: String,
    /// What its record or its file has to say.
    pub proof: String,
    pub checked_at: Option<DateTime<Utc>>,
    pub is_proved: bool,
    /// Whether the shop's own addresses use it.
    pub is_primary: bool,
}

/// Where a store lives.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Addresses {
    pub slug: String,
    pub domains: Vec<OwnDomain>,
}

pub async fn load(ctx: &Ctx, store: StoreId) -> Result<Addresses, AppError> {
    ctx.require(Permission::EditStore)?;
    let mut tx = ctx.tx().await?;
    let slug = slug_of(&mut tx, store).await?;
    let rows = sqlx::query!(
        r#"select d.id, d.name, d.proof, d.checked_at, h.id is not null as "is_proved!",
                  coalesce(h.is_primary, false) as "is_primary!"
           from store_domains d
           left join hosts h on h.tenant_id = $1 and h.store_id = d.store_id and h.kind = 'domain' and h.name = d.name
           where d.tenant_id = $1
             and d.store_id = $2
           order by d.created_at, d.id
           limit 50"#,
        tx.tenant(),
        store.uuid()
    )
    .fetch_all(tx.conn())
    .await?;
    let domains = rows
        .into_iter()
        .map(|row| OwnDomain {
            id: row.id.into(),
            name: row.name,
            proof: format!("{PROOF}{}", row.proof),
            checked_at: row.checked_at,
            is_proved: row.is_proved,
            is_primary: row.is_primary,
        })
        .collect();
    Ok(Addresses { slug, domains })
}

async fn slug_of(tx: &mut TenantTx, store: StoreId) -> Result<String, AppError> {
    let slug =
        sqlx::query_scalar!("select slug from stores where tenant_id = $1 and id = $2", tx.tenant(), store.uuid())
            .fetch_optional(tx.conn())
            .await?;
    slug.ok_or(AppError::NotFound)
}

/// Writes down that a domain is said to be this store's. It leads nowhere yet. The same domain again is no second one.
pub async fn add_domain(ctx: &Ctx, store: StoreId, typed: &str, platform_host: &str) -> Result<(), AppError> {
    ctx.require(Permission::EditStore)?;
    let refuse = |problem| AppError::Invalid(FieldErrors::one("domain", problem));
    let name = domain_name::parse(typed, platform_host).map_err(refuse)?;
    let mut tx = ctx.tx().await?;
    slug_of(&mut tx, store).await?;
    let count =
        sqlx::query_scalar!(r#"select count(*) as "count!" from store_domains where tenant_id = $1"#, tx.tenant())
            .fetch_one(tx.conn())
            .await?;
    if count >= MOST {
        return Err(refuse(FieldProblem::TooHigh));
    }
    let id = DomainId::mint();
    let added = sqlx::query!(
        "insert into store_domains (tenant_id, id, store_id, name, proof)
         values ($1, $2, $3, $4, $5)
         on conflict (tenant_id, name) do nothing",
        tx.tenant(),
        id.uuid(),
        store.uuid(),
        name,
        Token::random().hex()
    )
    .execute(tx.conn())
    .await?;
    if added.rows_affected() == 0 {
        let is_ours = sqlx::query_scalar!(
            "select id from store_domains where tenant_id = $1 and name = $2 and store_id = $3",
            tx.tenant(),
            name,
            store.uuid()
        )
        .fetch_optional(tx.conn())
        .await?;
        return if is_ours.is_some() { Ok(()) } else { Err(refuse(FieldProblem::Taken)) };
    }
    tx.audit(ctx.actor, "domain_added", "store_domains", id.uuid(), json!({ "store_id": store })).await?;
    Ok(tx.commit().await?)
}

/// What a look at a domain came to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Checked {
    /// It leads to the shop now; the host to forget as unknown.
    Proved(ShopHost),
    NotThere,
    /// Proved, but it leads to somebody else's shop.
    Taken,
}

/// Looks at the domain from outside and, when it shows the proof, lets it lead to the store.
pub async fn check_domain(ctx: &Ctx, store: StoreId, id: DomainId, lookout: &Lookout) -> Result<Checked, AppError> {
    ctx.require(Permission::EditStore)?;
    let mut tx = ctx.tx().await?;
    let (name, proof) = find(&mut tx, store, id).await?;
    // Nobody outside is waited for while a transaction is open.
    drop(tx);
    let is_there = lookout.sees(&name, &format!("{PROOF}{proof}")).await;
    let mut tx = ctx.tx().await?;
    let known = sqlx::query!(
        "update store_domains
         set checked_at = now(), verified_at = case when $5 then coalesce(verified_at, now()) else verified_at end,
             updated_at = now()
         where tenant_id = $1
           and id = $2
           and store_id = $3
           and proof = $4",
        tx.tenant(),
        id.uuid(),
        store.uuid(),
        proof,
        is_there
    )
    .execute(tx.conn())
    .await?;
    if known.rows_affected() == 0 {
        return Err(AppError::NotFound);
    }
    if !is_there {
        tx.commit().await?;
        return Ok(Checked::NotThere);
    }
    let host = ShopHost::Domain(name.clone());
    let led = sqlx::query!(
        "insert into hosts (tenant_id, store_id, kind, name)
         values ($1, $2, 'domain', $3)
         on conflict do nothing",
        tx.tenant(),
        store.uuid(),
        name
    )
    .execute(tx.conn())
    .await?;
    if led.rows_affected() == 0 {
        let is_ours = sqlx::query_scalar!(
            "select id from hosts where tenant_id = $1 and kind = 'domain' and name = $2 and store_id = $3",
            tx.tenant(),
            name,
            store.uuid()
        )
        .fetch_optional(tx.conn())
        .await?
        .is_some();
        tx.commit().await?;
        return Ok(if is_ours { Checked::Proved(host) } else { Checked::Taken });
    }
    tx.audit(ctx.actor, "domain_proved", "store_domains", id.uuid(), json!({ "store_id": store })).await?;
    tx.commit().await?;
    Ok(Checked::Proved(host))
}

async fn find(tx: &mut TenantTx, store: StoreId, id: DomainId) -> Result<(String, String), AppError> {
    let row = sqlx::query!(
        "select name, proof from store_domains where tenant_id = $1 and id = $2 and store_id = $3",
        tx.tenant(),
        id.uuid(),
        store.uuid()
    )
    .fetch_optional(tx.conn())
    .await?;
    row.map(|row| (row.name, row.proof)).ok_or(AppError::NotFound)
}

/// Which of a store's hosts its own addresses use.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Home {
    Subdomain,
    Domain(DomainId),
}

/// Makes one host the shop's own; every other leads there from now on. Only a proved domain can be it.
pub async fn choose_primary(ctx: &Ctx, store: StoreId, home: Home) -> Result<(), AppError> {
    ctx.require(Permission::EditStore)?;
    let mut tx = ctx.tx().await?;
    let slug = lock_store(&mut tx, store).await?;
    let (kind, name) = match home {
        Home::Subdomain => ("subdomain", slug),
        Home::Domain(id) => ("domain", find(&mut tx, store, id).await?.0),
    };
    if !set_primary(&mut tx, store, kind, &name).await? {
        return Err(AppError::NotFound);
    }
    tx.audit(ctx.actor, "primary_host_chosen", "stores", store.uuid(), json!({ "kind": kind })).await?;
    super::catalogue_version::raise(&mut tx).await?;
    Ok(tx.commit().await?)
}

/// Takes a domain away again; the sub-domain is the shop's own if the domain was.
pub async fn remove_domain(ctx: &Ctx, store: StoreId, id: DomainId) -> Result<ShopHost, AppError> {
    ctx.require(Permission::EditStore)?;
    let mut tx = ctx.tx().await?;
    let slug = lock_store(&mut tx, store).await?;
    let (name, _) = find(&mut tx, store, id).await?;
    let was_primary = sqlx::query_scalar!(
        "delete from hosts
         where tenant_id = $1
           and store_id = $2
           and kind = 'domain'
           and name = $3
         returning is_primary",
        tx.tenant(),
        store.uuid(),
        name
    )
    .fetch_optional(tx.conn())
    .await?;
    sqlx::query!(
        "delete from store_domains where tenant_id = $1 and id = $2 and store_id = $3",
        tx.tenant(),
        id.uuid(),
        store.uuid()
    )
    .execute(tx.conn())
    .await?;
    if was_primary == Some(true) {
        set_primary(&mut tx, store, "subdomain", &slug).await?;
    }
    tx.audit(ctx.actor, "domain_removed", "store_domains", id.uuid(), json!({ "store_id": store })).await?;
    super::catalogue_version::raise(&mut tx).await?;
    tx.commit().await?;
    Ok(ShopHost::Domain(name))
}

/// Gives the store another address under the platform's host. The one before stays its, and leads to the new one.
pub async fn move_store(ctx: &Ctx, store: StoreId, typed: &str) -> Result<ShopHost, AppError> {
    ctx.require(Permission::EditStore)?;
    let refuse = |problem| AppError::Invalid(FieldErrors::one("slug", problem));
    let slug = shop_address::parse(typed).map_err(refuse)?;
    let new = ShopHost::Subdomain(slug.as_str().to_owned());
    let holder = ctx.platform.db.find_shop(&new).await?;
    if holder.is_some_and(|holder| holder != (ctx.tenant, store)) {
        return Err(refuse(FieldProblem::Taken));
    }
    let mut tx = ctx.tx().await?;
    let before = lock_store(&mut tx, store).await?;
    if before == slug.as_str() {
        return Ok(new);
    }
    // The address before gets its row now if it never had one.
    for name in [before.as_str(), slug.as_str()] {
        sqlx::query!(
            "insert into hosts (tenant_id, store_id, kind, name)
             values ($1, $2, 'subdomain', $3)
             on conflict do nothing",
            tx.tenant(),
            store.uuid(),
            name
        )
        .execute(tx.conn())
        .await?;
    }
    let is_ours = sqlx::query_scalar!(
        "select id from hosts where tenant_id = $1 and store_id = $2 and kind = 'subdomain' and name = $3",
        tx.tenant(),
        store.uuid(),
        slug.as_str()
    )
    .fetch_optional(tx.conn())
    .await?;
    if is_ours.is_none() {
        return Err(refuse(FieldProblem::Taken));
    }
    sqlx::query!(
        "update stores
         set slug = $3, version = version + 1, updated_at = now()
         where tenant_id = $1
           and id = $2",
        tx.tenant(),
        store.uuid(),
        slug.as_str()
    )
    .execute(tx.conn())
    .await?;
    let has_own = sqlx::query_scalar!(
        "select id from hosts where tenant_id = $1 and store_id = $2 and kind = 'domain' and is_primary",
        tx.tenant(),
        store.uuid()
    )
    .fetch_optional(tx.conn())
    .await?;
    if has_own.is_none() {
        set_primary(&mut tx, store, "subdomain", slug.as_str()).await?;
    }
    tx.audit(ctx.actor, "store_moved", "stores", store.uuid(), json!({ "field": "slug" })).await?;
    super::catalogue_version::raise(&mut tx).await?;
    tx.commit().await?;
    Ok(new)
}

async fn lock_store(tx: &mut TenantTx, store: StoreId) -> Result<String, AppError> {
    let slug = sqlx::query_scalar!(
        "select slug
         from stores
         where tenant_id = $1
           and id = $2
         for update",
        tx.tenant(),
        store.uuid()
    )
    .fetch_optional(tx.conn())
    .await?;
    slug.ok_or(AppError::NotFound)
}

/// False when the store has no such host. One of a store's hosts is primary at any time, so the other ends first.
async fn set_primary(tx: &mut TenantTx, store: StoreId, kind: &str, name: &str) -> Result<bool, AppError> {
    sqlx::query!(
        "update hosts
         set is_primary = false, updated_at = now()
         where tenant_id = $1
           and store_id = $2
           and is_primary
           and (kind, name) <> ($3, $4)",
        tx.tenant(),
        store.uuid(),
        kind,
        name
    )
    .execute(tx.conn())
    .await?;
    let done = sqlx::query!(
        "update hosts
         set is_primary = true, updated_at = now()
         where tenant_id = $1
           and store_id = $2
           and kind = $3
           and name = $4",
        tx.tenant(),
        store.uuid(),
        kind,
        name
    )
    .execute(tx.conn())
    .await?;
    Ok(done.rows_affected() > 0)
}
