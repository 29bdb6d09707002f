//! What a demo shop sells and where it delivers, read back after the import.

use super::SeedError;
use crate::{ctx::Ctx, db::TenantTx};
use chrono::{DateTime, TimeDelta, Utc};
use uuid::Uuid;

/// A variant that can have been sold.
#[derive(Clone, Debug)]
pub(super) struct Goods {
    pub product: Uuid,
    pub variant: Uuid,
    pub name: String,
    pub variant_name: String,
    pub price_cents: i64,
    /// What it cost before, when that was more.
    pub was_cents: Option<i64>,
    pub stock: i32,
    pub image: Option<String>,
}

/// How long ago what has a price before became cheaper.
pub(super) const CUT: TimeDelta = TimeDelta::days(12);

impl Goods {
    /// What it cost then, in cents.
    pub(super) fn price_at(&self, at: DateTime<Utc>, cut_at: DateTime<Utc>) -> i64 {
        self.was_cents.filter(|_| at < cut_at).unwrap_or(self.price_cents)
    }
}

#[derive(Clone, Debug)]
pub(super) struct Area {
    pub zone: Uuid,
    pub area: String,
    pub fee_cents: i64,
    pub min_order_cents: i64,
    pub eta_minutes: Option<i32>,
}

/// Has the shop's file been brought in to its end?
pub(super) async fn are_there(ctx: &Ctx) -> Result<bool, SeedError> {
    let mut tx = ctx.tx().await?;
    let found = sqlx::query_scalar!(
        r#"select exists (
               select from import_runs
               where tenant_id = $1
                 and status = 'succeeded'
           ) as "exists!""#,
        tx.tenant()
    )
    .fetch_one(tx.conn())
    .await?;
    Ok(found)
}

/// In an order that does not depend on the ids of this run.
pub(super) async fn read_goods(tx: &mut TenantTx) -> Result<Vec<Goods>, SeedError> {
    let rows = sqlx::query_as!(
        Goods,
        r#"select p.id as product, v.id as variant, p.name, v.name as variant_name, v.price_cents,
                  case when v.compare_at_price_cents > v.price_cents then v.compare_at_price_cents end as was_cents, v.stock_quantity as stock,
                  (select i.url
                   from product_images i
                   where i.tenant_id = $1
                     and i.product_id = p.id
                   order by i.position, i.id
                   limit 1) as image
           from product_variants v
           join products p on p.tenant_id = $1 and p.id = v.product_id
           where v.tenant_id = $1
             and v.is_active
             and p.status = 'active'
           order by md5(p.slug), v.position
           limit 5000"#,
        tx.tenant()
    )
    .fetch_all(tx.conn())
    .await?;
    Ok(rows)
}

pub(super) async fn read_areas(tx: &mut TenantTx) -> Result<Vec<Area>, SeedError> {
    let rows = sqlx::query_as!(
        Area,
        "select id as zone, city_area as area, fee_cents, min_order_cents, eta_minutes
         from delivery_zones
         where tenant_id = $1
           and is_active
         order by position
         limit 500",
        tx.tenant()
    )
    .fetch_all(tx.conn())
    .await?;
    Ok(rows)
}
