//! Begins a count: all goods, a category with what is beneath it, what a search finds, or one product.

use super::MOST_LINES;
use crate::{
    catalog::{search_text, search_words::Question},
    ctx::Ctx,
    db::TenantTx,
    error::AppError,
    kernel::{
        access::Permission,
        field_errors::{FieldErrors, FieldProblem},
        id::{CategoryId, ProductId, StockCountId, UserId},
    },
};
use serde_json::json;
use uuid::Uuid;

/// Which part of the shelf is counted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Part {
    All,
    Category(CategoryId),
    Search(String),
    /// Every variant of one product; it stands in the list of counts under the product's name.
    Product(ProductId),
}

/// `id` was made when the form was shown: the same form twice is one count.
pub async fn start(ctx: &Ctx, id: StockCountId, part: &Part) -> Result<(), AppError> {
    ctx.require(Permission::AdjustStock)?;
    let mut tx = ctx.tx().await?;
    let (scope, category, words) = match part {
        Part::All => ("all", None, None),
        Part::Category(category) => ("category", Some(category.uuid()), None),
        Part::Search(words) => ("search", None, Some(words.clone())),
        Part::Product(product) => ("search", None, Some(name_of(&mut tx, *product).await?)),
    };
    if let Some(category) = category {
        check_category(&mut tx, category).await?;
    }
    let products = match part {
        Part::Search(words) => match Question::ask(words) {
            Some(asked) => Some(search_text::find(&mut tx, None, &asked, 500).await?),
            None => return Err(refuse("words", FieldProblem::Missing)),
        },
        Part::Product(product) => Some(vec![product.uuid()]),
        Part::All | Part::Category(_) => None,
    };
    let made = sqlx::query!(
        "insert into stock_counts (tenant_id, id, scope, category_id, words, started_by)
         values ($1, $2, $3, $4, $5, $6)
         on conflict (tenant_id, id) do nothing",
        tx.tenant(),
        id.uuid(),
        scope,
        category,
        words.as_deref(),
        ctx.actor.user().map(UserId::uuid)
    )
    .execute(tx.conn())
    .await?;
    if made.rows_affected() == 0 {
        return Ok(());
    }
    let lines = add_lines(&mut tx, id, category, products.as_deref()).await?;
    if lines == 0 {
        return Err(refuse(field(part), FieldProblem::UnknownChoice));
    }
    if lines > MOST_LINES {
        return Err(refuse(field(part), FieldProblem::TooHigh));
    }
    sqlx::query!(
        "update stock_counts
         set line_count = $3, updated_at = now()
         where tenant_id = $1
           and id = $2",
        tx.tenant(),
        id.uuid(),
        i32::try_from(lines).unwrap_or(i32::MAX)
    )
    .execute(tx.conn())
    .await?;
    tx.audit(ctx.actor, "stock_count_started", "stock_counts", id.uuid(), json!({ "scope": scope, "lines": lines }))
        .await?;
    Ok(tx.commit().await?)
}

fn refuse(field: &str, problem: FieldProblem) -> AppError {
    AppError::Invalid(FieldErrors::one(field, problem))
}

const fn field(part: &Part) -> &'static str {
    match part {
        Part::All | Part::Product(_) => "part",
        Part::Category(_) => "category",
        Part::Search(_) => "words",
    }
}

/// As much of its name as stands with a count.
async fn name_of(tx: &mut TenantTx, product: ProductId) -> Result<String, AppError> {
    sqlx::query_scalar!(
        r#"select left(name, 100) as "name!"
           from products
           where tenant_id = $1
             and id = $2
             and status <> 'archived'"#,
        tx.tenant(),
        product.uuid()
    )
    .fetch_optional(tx.conn())
    .await?
    .ok_or(AppError::NotFound)
}

async fn check_category(tx: &mut TenantTx, category: Uuid) -> Result<(), AppError> {
    let found =
        sqlx::query_scalar!("select id from categories where tenant_id = $1 and id = $2", tx.tenant(), category)
            .fetch_optional(tx.conn())
            .await?;
    found.map(|_| ()).ok_or_else(|| refuse("category", FieldProblem::UnknownChoice))
}

/// Writes a line per variant, in id order as everybody locks them; one more than allowed is enough to know.
async fn add_lines(
    tx: &mut TenantTx,
    count: StockCountId,
    category: Option<Uuid>,
    products: Option<&[Uuid]>,
) -> Result<i64, AppError> {
    let done = sqlx::query!(
        "with recursive beneath as (
             select c.id, 1 as depth
             from categories c
             where c.tenant_id = $1
               and c.id = $3
             union all
             select c.id, beneath.depth + 1
             from beneath
             join categories c on c.tenant_id = $1 and c.parent_id = beneath.id
             where beneath.depth < 20
         ), wanted as (
             select v.id, row_number() over (order by p.name, p.id, v.position, v.id) as place
             from product_variants v
             join products p on p.tenant_id = $1 and p.id = v.product_id and p.status <> 'archived'
             where v.tenant_id = $1
               and v.is_active
               and ($3::uuid is null or p.category_id in (select beneath.id from beneath))
               and ($4::uuid[] is null or p.id = any($4))
             limit $5
         )
         insert into stock_count_lines (tenant_id, count_id, variant_id, position)
         select $1, $2, wanted.id, wanted.place
         from wanted
         order by wanted.id",
        tx.tenant(),
        count.uuid(),
        category,
        products,
        MOST_LINES + 1
    )
    .execute(tx.conn())
    .await?;
    Ok(i64::try_from(done.rows_affected()).unwrap_or(i64::MAX))
}
