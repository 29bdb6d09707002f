//! How a merchant and their stores stand with the public: open, not yet, suspended; and where each store lives.

use crate::{
    ctx::Platform,
    db::{DbError, TenantTx, directory::ShopHost},
    error::AppError,
    kernel::{
        id::{StoreId, TenantId},
        token::Token,
    },
    vault::Purpose,
};
use sqlx::{Connection as _, PgConnection};

/// The words of `tenants.status`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TenantStatus {
    Active,
    /// The shops are closed to shoppers; nothing is lost and the team may enter.
    Suspended,
    /// As if it were not there.
    Closed,
}

impl TenantStatus {
    pub const ALL: [Self; 3] = [Self::Active, Self::Suspended, Self::Closed];

    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Active => "active",
            Self::Suspended => "suspended",
            Self::Closed => "closed",
        }
    }
    pub fn parse(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|status| status.as_str() == word)
    }
}

/// One store.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Standing {
    pub store: StoreId,
    pub is_live: bool,
    /// Whether its pages are offered in Swahili too.
    pub offers_swahili: bool,
    /// The host whose addresses are the shop's own; none for a store without a row in `hosts`.
    pub primary: Option<ShopHost>,
}

/// A merchant with every store; a few, never many.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Standings {
    pub status: TenantStatus,
    pub stores: Vec<Standing>,
}

impl Standings {
    pub fn of(&self, store: StoreId) -> Option<&Standing> {
        self.stores.iter().find(|standing| standing.store == store)
    }
}

/// How a merchant's stores stand, in one statement.
pub async fn load(platform: &Platform, tenant: TenantId) -> Result<Standings, AppError> {
    let mut tx = platform.db.tenant(tenant).await?;
    Ok(read(&mut tx).await?)
}

async fn read(tx: &mut TenantTx) -> Result<Standings, DbError> {
    let rows = sqlx::query!(
        r#"select t.status, s.id, s.is_live, 'sw' = any (s.languages) as "offers_swahili!", h.kind as "kind?", h.name as "name?"
           from tenants t
           join stores s on s.tenant_id = $1
           left join hosts h on h.tenant_id = $1 and h.store_id = s.id and h.is_primary
           where t.id = $1
           limit 200"#,
        tx.tenant()
    )
    .fetch_all(tx.conn())
    .await?;
    let mut standings = Standings { status: TenantStatus::Closed, stores: Vec::with_capacity(rows.len()) };
    for row in rows {
        standings.status =
            TenantStatus::parse(&row.status).ok_or_else(|| DbError::corrupt("tenants.status", &row.status))?;
        let primary = row.kind.zip(row.name).map(|(kind, name)| host(&kind, name));
        standings.stores.push(Standing {
            store: row.id.into(),
            is_live: row.is_live,
            offers_swahili: row.offers_swahili,
            primary,
        });
    }
    Ok(standings)
}

/// A row of `hosts` as it is asked for.
pub(super) fn host(kind: &str, name: String) -> ShopHost {
    if kind == "domain" { ShopHost::Domain(name) } else { ShopHost::Subdomain(name) }
}

/// What lets the team see a store that is closed; the same for as long as the tenant's key is.
pub async fn preview_token(platform: &Platform, tenant: TenantId, store: StoreId) -> Result<Token, AppError> {
    let mut tx = platform.db.tenant(tenant).await?;
    let token = platform.vault.key(&mut tx).await?.token(Purpose::Preview, store.uuid());
    // The key may have been made just now.
    tx.commit().await?;
    Ok(token)
}

/// Suspends a merchant, or takes that back; false when it stood so already. Status is the platform's to decide, so
/// this signs in as operations: `ops_url` is that login.
pub async fn set_status(ops_url: &str, tenant: TenantId, status: TenantStatus) -> Result<bool, AppError> {
    let mut connection = PgConnection::connect(ops_url).await?;
    let mut tx = connection.begin().await?;
    let done = sqlx::query!(
        "update tenants
         set status = $2, version = version + 1, updated_at = now()
         where id = $1
           and status <> $2
           and status <> 'closed'",
        tenant.uuid(),
        status.as_str()
    )
    .execute(&mut *tx)
    .await?;
    if done.rows_affected() > 0 {
        let action = if status == TenantStatus::Suspended { "tenant_suspended" } else { "tenant_resumed" };
        sqlx::query!(
            "insert into audit_log (tenant_id, actor_kind, action, subject_type, subject_id, details)
             values ($1, 'system', $2, 'tenants', $1, '{}')",
            tenant.uuid(),
            action
        )
        .execute(&mut *tx)
        .await?;
    }
    tx.commit().await?;
    connection.close().await?;
    Ok(done.rows_affected() > 0)
}
