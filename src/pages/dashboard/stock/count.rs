//! Counts of what is in the house: the list of them, and one with its lines.

use super::number;
use crate::{
    catalog::categories::{Tree, load_tree},
    ctx::Ctx,
    error::AppError,
    inventory::count::PER_PAGE,
    kernel::{
        access::Permission,
        id::{StockCountId, VariantId},
        local_time::LocalTime,
    },
};

/// One count.
#[derive(Clone, Debug)]
pub struct CountRow {
    pub id: StockCountId,
    /// `all`, `category` or `search`.
    pub scope: String,
    /// The category's name or the words.
    pub of: String,
    /// `open`, `applied` or `cancelled`.
    pub status: String,
    pub line_count: u32,
    pub counted: u32,
    pub differences: u32,
    pub started_by: String,
    pub started_at: LocalTime,
    pub ended_by: String,
    pub ended_at: Option<LocalTime>,
    pub note: String,
}

#[derive(Clone, Debug)]
pub struct CountsPage {
    /// Newest first, at most 50.
    pub counts: Vec<CountRow>,
    pub categories: Tree,
    pub may_count: bool,
}

/// A line as it stands.
#[derive(Clone, Debug)]
pub struct CountLine {
    pub variant: VariantId,
    pub name: String,
    pub sku: String,
    pub counted: Option<i32>,
    /// What the ledger said when it was counted.
    pub stock_then: Option<i32>,
    pub counted_by: String,
    pub counted_at: Option<LocalTime>,
}

#[derive(Clone, Debug)]
pub struct CountPage {
    pub count: CountRow,
    pub lines: Vec<CountLine>,
    /// Only lines with a difference are listed.
    pub only_differences: bool,
    pub page: u32,
    pub page_count: u32,
    pub may_count: bool,
}

pub async fn load_list(ctx: &Ctx) -> Result<CountsPage, AppError> {
    ctx.require(Permission::SeeDashboard)?;
    let counts = list_counts(ctx, None).await?;
    let mut tx = ctx.tx().await?;
    Ok(CountsPage { counts, categories: load_tree(&mut tx).await?, may_count: ctx.actor.may(Permission::AdjustStock) })
}

pub async fn load(ctx: &Ctx, id: StockCountId, page: u32, only_differences: bool) -> Result<CountPage, AppError> {
    ctx.require(Permission::SeeDashboard)?;
    let count = list_counts(ctx, Some(id)).await?.pop().ok_or(AppError::NotFound)?;
    let shown = if only_differences { count.differences } else { count.line_count };
    let page_count = super::page_count(shown, PER_PAGE);
    let page = page.clamp(1, page_count);
    let mut tx = ctx.tx().await?;
    let lines = sqlx::query!(
        r#"select l.variant_id, concat_ws(', ', p.name, nullif(v.name, '')) as "name!", coalesce(v.sku, '') as "sku!",
                  l.counted, l.stock_then, coalesce(nullif(u.name, ''), u.email, '') as "counted_by!",
                  l.counted_at at time zone t.timezone as counted_at
           from stock_count_lines l
           join tenants t on t.id = $1
           join product_variants v on v.tenant_id = $1 and v.id = l.variant_id
           join products p on p.tenant_id = $1 and p.id = v.product_id
           left join users u on u.tenant_id = $1 and u.id = l.counted_by
           where l.tenant_id = $1
             and l.count_id = $2
             and (not $3 or l.counted <> l.stock_then)
           order by l.position, l.id
           limit $4
           offset $5"#,
        tx.tenant(),
        id.uuid(),
        only_differences,
        i64::from(PER_PAGE),
        i64::from((page - 1) * PER_PAGE)
    )
    .fetch_all(tx.conn())
    .await?;
    Ok(CountPage {
        count,
        lines: lines
            .into_iter()
            .map(|row| CountLine {
                variant: row.variant_id.into(),
                name: row.name,
                sku: row.sku,
                counted: row.counted,
                stock_then: row.stock_then,
                counted_by: row.counted_by,
                counted_at: row.counted_at.map(LocalTime::from),
            })
            .collect(),
        only_differences,
        page,
        page_count,
        may_count: ctx.actor.may(Permission::AdjustStock),
    })
}

async fn list_counts(ctx: &Ctx, only: Option<StockCountId>) -> Result<Vec<CountRow>, AppError> {
    let mut tx = ctx.tx().await?;
    let rows = sqlx::query!(
        r#"select c.id, c.scope, coalesce(g.name, c.words, '') as "of!", c.status, c.line_count, coalesce(c.note, '') as "note!",
                  coalesce(nullif(s.name, ''), s.email, '') as "started_by!", coalesce(nullif(e.name, ''), e.email, '') as "ended_by!",
                  c.created_at at time zone t.timezone as "started_at!", c.ended_at at time zone t.timezone as ended_at,
                  lines.counted as "counted!", lines.differences as "differences!"
           from stock_counts c
           join tenants t on t.id = $1
           left join categories g on g.tenant_id = $1 and g.id = c.category_id
           left join users s on s.tenant_id = $1 and s.id = c.started_by
           left join users e on e.tenant_id = $1 and e.id = c.ended_by
           cross join lateral (
               select count(l.counted) as counted, count(*) filter (where l.counted <> l.stock_then) as differences
               from stock_count_lines l
               where l.tenant_id = $1
                 and l.count_id = c.id
           ) lines
           where c.tenant_id = $1
             and ($2::uuid is null or c.id = $2)
           order by c.created_at desc, c.id
           limit 50"#,
        tx.tenant(),
        only.map(StockCountId::uuid)
    )
    .fetch_all(tx.conn())
    .await?;
    Ok(rows
        .into_iter()
        .map(|row| CountRow {
            id: row.id.into(),
            scope: row.scope,
            of: row.of,
            status: row.status,
            line_count: u32::try_from(row.line_count).unwrap_or(0),
            counted: number(row.counted),
            differences: number(row.differences),
            started_by: row.started_by,
            started_at: LocalTime::from(row.started_at),
            ended_by: row.ended_by,
            ended_at: row.ended_at.map(LocalTime::from),
            note: row.note,
        })
        .collect())
}
