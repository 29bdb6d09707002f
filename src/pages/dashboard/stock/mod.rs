//! The stock: every variant with what is there, what is promised, what can be sold, and when it is low.

pub mod count;
pub mod variant;

use super::{count as number, looked_at, page_count};
use crate::{
    catalog::{search_text, search_words::Question},
    ctx::Ctx,
    db::TenantTx,
    error::AppError,
    kernel::{
        access::Permission,
        id::{ProductId, VariantId},
        local_time::LocalTime,
    },
};

const PER_PAGE: u32 = 40;
const LAST_PAGE: u32 = 1_000;
const WORDS_LENGTH: usize = 100;

/// Which variants are listed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Shown {
    #[default]
    All,
    /// At or below their limit, of goods that are on sale.
    Low,
    /// Nothing left to sell, of the same.
    Out,
}

impl Shown {
    pub const ALL: [Self; 3] = [Self::All, Self::Low, Self::Out];
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::All => "all",
            Self::Low => "low",
            Self::Out => "out",
        }
    }
    /// What cannot be read is everything.
    pub fn parse(text: &str) -> Self {
        Self::ALL.into_iter().find(|shown| shown.as_str() == text).unwrap_or_default()
    }
}

#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct StockFilter {
    pub shown: Shown,
    pub product: Option<ProductId>,
    pub words: String,
    /// From 1.
    pub page: u32,
}

#[derive(Clone, Debug)]
pub struct StockPage {
    pub filter: StockFilter,
    pub rows: Vec<StockRow>,
    pub count: u32,
    pub page_count: u32,
    pub may_adjust: bool,
    /// For an owner: whether they are written to.
    pub mail: Option<bool>,
    pub faults: Vec<StockFault>,
}

/// One variant.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StockRow {
    pub variant: VariantId,
    pub product: ProductId,
    pub product_name: String,
    pub variant_name: String,
    pub sku: String,
    /// In the house.
    pub stock: i32,
    /// Promised to orders that are being paid.
    pub held: i32,
    pub limit: i32,
    pub version: i32,
}

impl StockRow {
    pub const fn for_sale(&self) -> i32 {
        self.stock - self.held
    }
    pub const fn is_low(&self) -> bool {
        self.for_sale() <= self.limit
    }
}

/// A difference that the nightly check found.
#[derive(Clone, Debug)]
pub struct StockFault {
    pub variant: VariantId,
    pub name: String,
    pub kind: String,
    pub shown: i32,
    pub reckoned: i32,
    pub found_at: LocalTime,
}

pub async fn load(ctx: &Ctx, mut filter: StockFilter) -> Result<StockPage, AppError> {
    ctx.require(Permission::SeeDashboard)?;
    filter.words = looked_at(&filter.words, WORDS_LENGTH);
    filter.page = filter.page.clamp(1, LAST_PAGE);
    let mut tx = ctx.tx().await?;
    let (rows, count) = list(ctx, &mut tx, &filter).await?;
    let faults = list_faults(&mut tx).await?;
    let mail = match ctx.actor.user() {
        Some(user) if ctx.actor.may(Permission::EditStore) => {
            sqlx::query_scalar!(
                "select stock_mail from users where tenant_id = $1 and id = $2",
                tx.tenant(),
                user.uuid()
            )
            .fetch_optional(tx.conn())
            .await?
        }
        _ => None,
    };
    Ok(StockPage {
        filter,
        rows,
        count,
        page_count: page_count(count, PER_PAGE).min(LAST_PAGE),
        may_adjust: ctx.actor.may(Permission::AdjustStock),
        mail,
        faults,
    })
}

/// What is scanned comes first: the variant whose SKU or barcode the words are.
async fn list(ctx: &Ctx, tx: &mut TenantTx, filter: &StockFilter) -> Result<(Vec<StockRow>, u32), AppError> {
    let found = match Question::ask(&filter.words) {
        Some(asked) => Some(search_text::find(tx, None, &asked, 500).await?),
        None => (!filter.words.is_empty()).then(Vec::new),
    };
    let rows = sqlx::query!(
        r#"with held as (
               select h.variant_id, sum(h.quantity)::int as pieces
               from stock_holds h
               where h.tenant_id = $1
                 and h.released_at is null
                 and h.converted_at is null
                 and h.expires_at > $2
               group by h.variant_id
           )
           select v.id, v.product_id, p.name as product_name, v.name as variant_name, coalesce(v.sku, '') as "sku!",
                  v.stock_quantity, coalesce(held.pieces, 0) as "held!", v.low_stock_threshold, v.version,
                  count(*) over () as "count!"
           from product_variants v
           join products p on p.tenant_id = $1 and p.id = v.product_id and p.status <> 'archived'
           left join held on held.variant_id = v.id
           where v.tenant_id = $1
             and v.is_active
             and ($3::uuid is null or v.product_id = $3)
             and ($4::uuid[] is null or v.product_id = any($4))
             and (p.status = 'active' or $5 = 'all')
             and case $5
                     when 'low' then v.stock_quantity - coalesce(held.pieces, 0) <= v.low_stock_threshold
                     when 'out' then v.stock_quantity - coalesce(held.pieces, 0) <= 0
                     else true
                 end
           order by coalesce(lower(v.sku) = lower($8) or v.barcode = $8, false) desc, array_position($4, v.product_id),
                    p.name, p.id, v.position, v.id
           limit $6
           offset $7"#,
        tx.tenant(),
        ctx.now(),
        filter.product.map(ProductId::uuid),
        found.as_deref(),
        filter.shown.as_str(),
        i64::from(PER_PAGE),
        i64::from((filter.page - 1) * PER_PAGE),
        filter.words
    )
    .fetch_all(tx.conn())
    .await?;
    let count = rows.first().map_or(0, |row| number(row.count));
    let rows = rows
        .into_iter()
        .map(|row| StockRow {
            variant: row.id.into(),
            product: row.product_id.into(),
            product_name: row.product_name,
            variant_name: row.variant_name,
            sku: row.sku,
            stock: row.stock_quantity,
            held: row.held,
            limit: row.low_stock_threshold,
            version: row.version,
        })
        .collect();
    Ok((rows, count))
}

async fn list_faults(tx: &mut TenantTx) -> Result<Vec<StockFault>, AppError> {
    let rows = sqlx::query!(
        r#"select f.variant_id, concat_ws(', ', p.name, nullif(v.name, '')) as "name!", f.kind, f.shown, f.reckoned,
                  f.created_at at time zone t.timezone as "found_at!"
           from stock_faults f
           join tenants t on t.id = $1
           join product_variants v on v.tenant_id = $1 and v.id = f.variant_id
           join products p on p.tenant_id = $1 and p.id = v.product_id
           where f.tenant_id = $1
           order by f.created_at, f.id
           limit 20"#,
        tx.tenant()
    )
    .fetch_all(tx.conn())
    .await?;
    Ok(rows
        .into_iter()
        .map(|row| StockFault {
            variant: row.variant_id.into(),
            name: row.name,
            kind: row.kind,
            shown: row.shown,
            reckoned: row.reckoned,
            found_at: LocalTime::from(row.found_at),
        })
        .collect())
}
