//! A merchant edits a product: everything that is said of it, and what it costs when it has one variant.

use super::{
    categories::{Tree, load_tree},
    description,
    price_form::spelled,
    price_history,
    prices_moved::prices_moved,
    product::{ProductStatus, Seo},
    product_change::{Before, OnePrice, ProductChange},
    product_slugs, search_text,
    was_price::{PriceStep, honest_was},
};
use crate::{
    ctx::Ctx,
    db::{DbError, TenantTx},
    error::AppError,
    kernel::{
        access::Permission,
        currency::Currency,
        field_errors::{FieldErrors, FieldProblem},
        id::{CategoryId, ProductId, VariantId},
        money::Money,
        typed::Typed,
    },
    tenancy::catalogue_version,
};
use chrono::{DateTime, Utc};
use serde_json::json;
use sqlx::types::Json;

/// A product as its editor shows it. Only a merchant's own people see one: it knows what things cost the merchant.
#[derive(Clone, Debug)]
pub struct ProductSheet {
    pub id: ProductId,
    pub version: i32,
    pub name: String,
    pub slug: String,
    pub status: ProductStatus,
    pub currency: Currency,
    pub store_name: String,
    pub store_slug: String,
    /// What the shop shows.
    pub description_html: String,
    pub variant_count: usize,
    /// The only variant that is sold, what it costs, and how many pieces there are.
    pub single: Option<(VariantId, OnePrice, i32)>,
    /// The only variant's price before stands there, and shoppers are not shown it: it was not charged.
    pub is_was_withheld: bool,
    pub categories: Tree,
    tags: Vec<String>,
    /// What stands there, as a form would have it.
    pub typed: Typed,
}

impl ProductSheet {
    fn before(&self) -> Before {
        Before {
            slug: self.slug.clone(),
            description: self.typed.get("description").to_owned(),
            tags: self.tags.clone(),
            currency: self.currency,
            price: self.single.map(|(_, price, _)| price),
        }
    }

    /// Reads a form over this product without saving it.
    pub fn read(&self, typed: &Typed) -> Result<ProductChange, FieldErrors> {
        ProductChange::parse(typed, &self.before())
    }

    /// The description that a form would make.
    pub fn described(&self, typed: &Typed) -> String {
        let text = typed.get("description").replace("\r\n", "\n");
        if text.trim() == self.typed.get("description").replace("\r\n", "\n").trim() {
            return self.description_html.clone();
        }
        description::html_of(&text)
    }
}

/// The product, for whoever may edit it.
pub async fn load(ctx: &Ctx, id: ProductId) -> Result<ProductSheet, AppError> {
    ctx.require(Permission::EditProducts)?;
    let mut tx = ctx.tx().await?;
    load_sheet(&mut tx, id, ctx.now()).await
}

async fn load_sheet(tx: &mut TenantTx, id: ProductId, now: DateTime<Utc>) -> Result<ProductSheet, AppError> {
    let row = sqlx::query!(
        r#"select p.version, p.name, p.slug, p.status, p.currency, p.description, p.description_source, p.brand,
                  p.category_id, round(p.weight_kg * 1000)::bigint as grams, p.tags, p.seo as "seo: Json<Seo>",
                  s.name as store_name, s.slug as store_slug
           from products p
           join stores s on s.tenant_id = $1 and s.id = p.store_id
           where p.tenant_id = $1
             and p.id = $2"#,
        tx.tenant(),
        id.uuid()
    )
    .fetch_optional(tx.conn())
    .await?
    .ok_or(AppError::NotFound)?;
    let currency =
        Currency::parse(&row.currency).ok_or_else(|| DbError::corrupt("products.currency", &row.currency))?;
    let status = ProductStatus::parse(&row.status).ok_or_else(|| DbError::corrupt("products.status", &row.status))?;
    let variants = sqlx::query!(
        r#"select v.id, v.price_cents, v.compare_at_price_cents, v.cost_cents, v.stock_quantity,
                  coalesce((
                      select jsonb_agg(to_jsonb(step) order by step.starts_at desc)
                      from (
                          select h.price_cents, h.starts_at, h.is_charged
                          from price_history h
                          where h.tenant_id = $1
                            and h.variant_id = v.id
                            and v.compare_at_price_cents is not null
                          order by h.starts_at desc
                          limit 50
                      ) step
                  ), '[]') as "history!: Json<Vec<PriceStep>>"
           from product_variants v
           where v.tenant_id = $1
             and v.product_id = $2
             and v.is_active
           order by v.position, v.id
           limit 1000"#,
        tx.tenant(),
        id.uuid()
    )
    .fetch_all(tx.conn())
    .await?;
    let money = |cents: i64| Money::new(cents, currency);
    let single = match &variants[..] {
        [only] => Some((
            VariantId::from(only.id),
            OnePrice {
                price: money(only.price_cents),
                was: only.compare_at_price_cents.map(money),
                cost: only.cost_cents.map(money),
            },
            only.stock_quantity,
        )),
        _ => None,
    };
    let is_was_withheld = status == ProductStatus::Active
        && matches!(&variants[..], [only] if only.compare_at_price_cents.is_some()
            && honest_was(money(only.price_cents), only.compare_at_price_cents, &only.history.0, now).is_none());
    let html = row.description.unwrap_or_default();
    let seo = row.seo.0;
    let mut typed = Typed::default()
        .with("name", row.name.clone())
        .with("description", row.description_source.unwrap_or_else(|| html.clone()))
        .with("brand", row.brand.unwrap_or_default())
        .with("category", row.category_id.map(|id| CategoryId::from(id).to_string()).unwrap_or_default())
        .with("status", status.as_str())
        .with("weight", row.grams.map(|grams| grams.to_string()).unwrap_or_default())
        .with("tags", row.tags.join(", "))
        .with("slug", row.slug.clone())
        .with("seo_title", seo.title.unwrap_or_default())
        .with("seo_description", seo.description.unwrap_or_default());
    if let Some((_, one, _)) = &single {
        typed.set("price", spelled(Some(one.price)));
        typed.set("was", spelled(one.was));
        typed.set("cost", spelled(one.cost));
    }
    Ok(ProductSheet {
        id,
        version: row.version,
        name: row.name,
        slug: row.slug,
        status,
        currency,
        store_name: row.store_name,
        store_slug: row.store_slug,
        description_html: html,
        variant_count: variants.len(),
        single,
        is_was_withheld,
        categories: load_tree(tx).await?,
        tags: row.tags,
        typed,
    })
}

/// Saves a product that is still at `version`. A new address leaves the old one leading to it.
pub async fn edit_product(ctx: &Ctx, id: ProductId, version: i32, typed: &Typed) -> Result<(), AppError> {
    ctx.require(Permission::EditProducts)?;
    let mut tx = ctx.tx().await?;
    let sheet = load_sheet(&mut tx, id, ctx.now()).await?;
    if sheet.version != version {
        return Err(AppError::ChangedMeanwhile);
    }
    let mut errors = FieldErrors::none();
    let change = match sheet.read(typed) {
        Ok(change) => change,
        Err(errors) => return Err(AppError::Invalid(errors)),
    };
    if change.category.is_some_and(|category| sheet.categories.find(category).is_none()) {
        errors.add("category", FieldProblem::UnknownChoice);
    }
    if change.slug != sheet.slug && product_slugs::is_anothers(&mut tx, &change.slug, id).await? {
        errors.add("slug", FieldProblem::Taken);
    }
    if !errors.is_empty() {
        return Err(AppError::Invalid(errors));
    }
    // Variants before their product, as everybody else who writes both.
    if change.status != sheet.status {
        price_history::lock_variants(&mut tx, id).await?;
    }
    let priced = match (sheet.single, change.price) {
        (Some((variant, before, _)), Some(now)) if now != before => {
            ctx.require(Permission::EditPrices)?;
            write_price(&mut tx, id, variant, now).await?;
            Some((variant, before, now))
        }
        _ => None,
    };
    write_product(ctx, &mut tx, id, version, &change).await?;
    if change.slug != sheet.slug {
        product_slugs::keep(&mut tx, &sheet.slug, id).await?;
    }
    if change.status != sheet.status {
        price_history::note_products(&mut tx, &[id], ctx.now()).await?;
    }
    let mut details = json!({ "version": version + 1, "fields": changed(&sheet.typed, typed) });
    if let Some((variant, before, now)) = priced {
        prices_moved(&mut tx, id, &[variant], ctx.now()).await?;
        details["variant_id"] = json!(variant);
        details["from_cents"] = json!(before.price.minor());
        details["to_cents"] = json!(now.price.minor());
    }
    search_text::renew(&mut tx, &[id]).await?;
    tx.audit(ctx.actor, "product_edited", "products", id.uuid(), details).await?;
    catalogue_version::raise(&mut tx).await?;
    Ok(tx.commit().await?)
}

/// The names of the fields that are other than they were.
fn changed(before: &Typed, now: &Typed) -> Vec<&'static str> {
    let differs = |field: &&&str| before.get(field).trim() != now.get(field).replace("\r\n", "\n").trim();
    super::product_change::FIELDS.iter().filter(differs).copied().collect()
}

async fn write_price(tx: &mut TenantTx, product: ProductId, variant: VariantId, now: OnePrice) -> Result<(), AppError> {
    let written = sqlx::query!(
        "update product_variants
         set price_cents = $4, compare_at_price_cents = $5, cost_cents = $6, version = version + 1, updated_at = now()
         where tenant_id = $1
           and product_id = $2
           and id = $3",
        tx.tenant(),
        product.uuid(),
        variant.uuid(),
        now.price.minor(),
        now.was.map(Money::minor),
        now.cost.map(Money::minor)
    )
    .execute(tx.conn())
    .await?;
    if written.rows_affected() == 1 { Ok(()) } else { Err(AppError::ChangedMeanwhile) }
}

async fn write_product(
    ctx: &Ctx,
    tx: &mut TenantTx,
    id: ProductId,
    version: i32,
    change: &ProductChange,
) -> Result<(), AppError> {
    let html = change.description.as_deref().map(description::html_of).unwrap_or_default();
    let written = sqlx::query!(
        "update products
         set name = $4,
             description = case when $5 then nullif($6, '') else description end,
             description_source = case when $5 then nullif($7, '') else description_source end,
             brand = $8, category_id = $9, status = $10, weight_kg = $11::bigint / 1000.0::double precision,
             tags = $12, slug = $13, seo = $14, version = version + 1, updated_at = $15
         where tenant_id = $1
           and id = $2
           and version = $3",
        tx.tenant(),
        id.uuid(),
        version,
        change.name,
        change.description.is_some(),
        html,
        change.description.clone().unwrap_or_default(),
        change.brand,
        change.category.map(CategoryId::uuid),
        change.status.as_str(),
        change.grams,
        &change.tags,
        change.slug,
        json!(change.seo),
        ctx.now()
    )
    .execute(tx.conn())
    .await
    .map_err(|fault| {
        // Somebody took the address, or removed the category, between the look and the writing.
        let fault = DbError::from(fault);
        if fault.constraint().is_some() { AppError::ChangedMeanwhile } else { fault.into() }
    })?;
    if written.rows_affected() == 1 { Ok(()) } else { Err(AppError::ChangedMeanwhile) }
}
