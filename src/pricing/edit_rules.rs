//! A merchant makes discounts, changes them, and lets them rest.

use super::{
    rule::{KindName, Rule, RuleRow, Season, config},
    rule_form::{RuleForm, TypedScope},
    scope::Scope,
};
use crate::{
    ctx::Ctx,
    db::{DbError, TenantTx},
    error::AppError,
    kernel::{
        access::Permission,
        currency::Currency,
        field_errors::{FieldErrors, FieldProblem},
        id::{PriceRuleId, ProductId},
    },
    tenancy::catalogue_version,
};
use chrono::NaiveDateTime;
use serde_json::json;
use sqlx::types::Json;
use uuid::Uuid;

/// How many discounts that are not over a merchant may have: every cart is priced with all of them.
const MOST: i64 = 100;

/// A discount with what an editor needs to know.
#[derive(Clone, Debug)]
pub struct EditedRule {
    pub id: PriceRuleId,
    pub version: i32,
    pub kind: KindName,
    pub form: RuleForm,
    pub season: Season,
    /// Orders that hold or have used it.
    pub taken: u32,
}

/// One discount, for its form.
pub async fn load(ctx: &Ctx, id: PriceRuleId) -> Result<EditedRule, AppError> {
    ctx.require(Permission::EditDiscounts)?;
    let mut tx = ctx.tx().await?;
    let row = sqlx::query!(
        r#"select r.version, to_jsonb(r) as "rule!: Json<RuleRow>",
                  (r.starts_at at time zone t.timezone) as starts, (r.ends_at at time zone t.timezone) as ends,
                  array(
                      select p.slug
                      from products p
                      where p.tenant_id = $1
                        and p.id in (select (named.id)::uuid from jsonb_array_elements_text(coalesce(r.config -> 'products', '[]')) as named (id))
                      order by p.slug
                      limit 200
                  ) as "products!",
                  coalesce((select s.default_currency from stores s where s.tenant_id = $1 order by s.created_at, s.id limit 1), 'KES') as "currency!"
           from price_rules r
           join tenants t on t.id = $1
           where r.tenant_id = $1
             and r.id = $2"#,
        tx.tenant(),
        id.uuid()
    )
    .fetch_optional(tx.conn())
    .await?
    .ok_or(AppError::NotFound)?;
    let currency = read_currency(&row.currency)?;
    let rule = row.rule.0.rule(currency).ok_or_else(|| DbError::corrupt("price_rules.config", &id))?;
    let season = rule.season(ctx.now());
    let scope = match &rule.scope {
        Scope::Storewide => TypedScope::Storewide,
        Scope::Categories(categories) => TypedScope::Categories(categories.clone()),
        Scope::Products(_) => TypedScope::Products(row.products),
    };
    let Rule { name, kind, combines, needs_code, minimum, most, total_cap, is_once, taken, .. } = rule;
    let (starts, ends) = (row.starts, row.ends);
    let form = RuleForm {
        name,
        kind,
        scope,
        is_alone: !combines,
        needs_code,
        minimum,
        most,
        total_cap,
        is_once,
        starts,
        ends,
    };
    Ok(EditedRule { id, version: row.version, kind: kind.name(), form, season, taken })
}

/// Makes a discount, in force from its beginning. `id` was made when the form was shown, so that sent twice it is one.
pub async fn add_rule(ctx: &Ctx, id: PriceRuleId, new: &RuleForm) -> Result<PriceRuleId, AppError> {
    ctx.require(Permission::EditDiscounts)?;
    let mut tx = ctx.tx().await?;
    let count = sqlx::query_scalar!(
        r#"select count(*) as "count!"
           from price_rules
           where tenant_id = $1
             and id <> $2
             and (ends_at is null or ends_at > $3)"#,
        tx.tenant(),
        id.uuid(),
        ctx.now()
    )
    .fetch_one(tx.conn())
    .await?;
    if count >= MOST {
        return Err(AppError::Invalid(FieldErrors::one("name", FieldProblem::TooMany)));
    }
    let scope = find_scope(&mut tx, &new.scope).await?;
    let done = sqlx::query!(
        "insert into price_rules (tenant_id, id, name, type, scope, config, combines, needs_code, minimum_cents, most_cents,
                                  total_cap, is_once, starts_at, ends_at, created_at, updated_at)
         select $1, $2, $3, $4, $5, $6, $7, $8, $9, $10,
                $11, $12, $13::timestamp at time zone t.timezone, $14::timestamp at time zone t.timezone, $15, $15
         from tenants t
         where t.id = $1
         on conflict (tenant_id, id) do nothing",
        tx.tenant(),
        id.uuid(),
        new.name,
        new.kind.name().as_str(),
        scope.as_str(),
        config(new.kind, &scope),
        !new.is_alone,
        new.needs_code,
        new.minimum.minor(),
        new.most.map(crate::kernel::money::Money::minor),
        new.total_cap.and_then(|cap| i32::try_from(cap).ok()),
        new.is_once,
        new.starts as Option<NaiveDateTime>,
        new.ends as Option<NaiveDateTime>,
        ctx.now()
    )
    .execute(tx.conn())
    .await?;
    if done.rows_affected() == 0 {
        return Ok(id);
    }
    let details = json!({ "type": new.kind.name().as_str(), "needs_code": new.needs_code });
    tx.audit(ctx.actor, "discount_added", "price_rules", id.uuid(), details).await?;
    catalogue_version::raise(&mut tx).await?;
    tx.commit().await?;
    Ok(id)
}

/// Writes what a discount is now, when it is still at `version`. Its kind stays; orders keep what they were given.
pub async fn change_rule(ctx: &Ctx, id: PriceRuleId, version: i32, new: &RuleForm) -> Result<(), AppError> {
    let before = load(ctx, id).await?;
    if before.version != version {
        return Err(AppError::ChangedMeanwhile);
    }
    if before.kind != new.kind.name() {
        return Err(AppError::Invalid(FieldErrors::one("kind", FieldProblem::UnknownChoice)));
    }
    let mut tx = ctx.tx().await?;
    let scope = find_scope(&mut tx, &new.scope).await?;
    let done = sqlx::query!(
        "update price_rules r
         set name = $4, scope = $5, config = $6, combines = $7, needs_code = $8, minimum_cents = $9, most_cents = $10,
             total_cap = $11, is_once = $12, starts_at = $13::timestamp at time zone t.timezone,
             ends_at = $14::timestamp at time zone t.timezone, version = r.version + 1, updated_at = $15
         from tenants t
         where r.tenant_id = $1
           and r.id = $2
           and r.version = $3
           and t.id = $1",
        tx.tenant(),
        id.uuid(),
        version,
        new.name,
        scope.as_str(),
        config(new.kind, &scope),
        !new.is_alone,
        new.needs_code,
        new.minimum.minor(),
        new.most.map(crate::kernel::money::Money::minor),
        new.total_cap.and_then(|cap| i32::try_from(cap).ok()),
        new.is_once,
        new.starts as Option<NaiveDateTime>,
        new.ends as Option<NaiveDateTime>,
        ctx.now()
    )
    .execute(tx.conn())
    .await?;
    if done.rows_affected() == 0 {
        return Err(AppError::ChangedMeanwhile);
    }
    let (was, now) = (before.form.write(), new.write());
    let changed: Vec<&str> =
        super::rule_form::FIELDS.into_iter().filter(|field| was.get(field) != now.get(field)).collect();
    tx.audit(ctx.actor, "discount_changed", "price_rules", id.uuid(), json!({ "fields": changed })).await?;
    catalogue_version::raise(&mut tx).await?;
    Ok(tx.commit().await?)
}

/// Lets a discount rest, or go on. Twice is once.
pub async fn set_active(ctx: &Ctx, id: PriceRuleId, is_active: bool) -> Result<(), AppError> {
    ctx.require(Permission::EditDiscounts)?;
    let mut tx = ctx.tx().await?;
    let found = sqlx::query_scalar!(
        "select is_active
         from price_rules
         where tenant_id = $1
           and id = $2
         for update",
        tx.tenant(),
        id.uuid()
    )
    .fetch_optional(tx.conn())
    .await?
    .ok_or(AppError::NotFound)?;
    if found == is_active {
        return Ok(());
    }
    sqlx::query!(
        "update price_rules
         set is_active = $3, version = version + 1, updated_at = $4
         where tenant_id = $1
           and id = $2",
        tx.tenant(),
        id.uuid(),
        is_active,
        ctx.now()
    )
    .execute(tx.conn())
    .await?;
    let action = if is_active { "discount_resumed" } else { "discount_paused" };
    tx.audit(ctx.actor, action, "price_rules", id.uuid(), json!({})).await?;
    catalogue_version::raise(&mut tx).await?;
    Ok(tx.commit().await?)
}

pub(super) fn read_currency(code: &str) -> Result<Currency, DbError> {
    Currency::parse(code).ok_or_else(|| DbError::corrupt("stores.default_currency", &code))
}

/// Products by their addresses or SKUs, categories as they are; one that is not this merchant's is no choice.
async fn find_scope(tx: &mut TenantTx, typed: &TypedScope) -> Result<Scope, AppError> {
    let unknown = |field| AppError::Invalid(FieldErrors::one(field, FieldProblem::UnknownChoice));
    match typed {
        TypedScope::Storewide => Ok(Scope::Storewide),
        TypedScope::Categories(categories) => {
            let ids: Vec<Uuid> = categories.iter().map(|category| category.uuid()).collect();
            let found = sqlx::query_scalar!(
                r#"select count(*) as "count!" from categories where tenant_id = $1 and id = any($2)"#,
                tx.tenant(),
                &ids
            )
            .fetch_one(tx.conn())
            .await?;
            if usize::try_from(found).is_ok_and(|found| found == ids.len()) {
                Ok(Scope::Categories(categories.clone()))
            } else {
                Err(unknown("categories"))
            }
        }
        TypedScope::Products(slugs) => {
            let found = sqlx::query_scalar!(
                r#"select coalesce(p.id, v.product_id) as "product?"
                   from unnest($2::text[]) as named (word)
                   left join products p on p.tenant_id = $1 and p.slug = named.word
                   left join product_variants v on v.tenant_id = $1 and p.id is null and lower(v.sku) = named.word
                   order by 1
                   limit 1000"#,
                tx.tenant(),
                slugs
            )
            .fetch_all(tx.conn())
            .await?;
            let found: Option<Vec<Uuid>> = found.into_iter().collect();
            let Some(mut ids) = found else {
                return Err(AppError::Invalid(FieldErrors::one("products", FieldProblem::NoSuchProduct)));
            };
            ids.dedup();
            Ok(Scope::Products(ids.into_iter().map(ProductId::from).collect()))
        }
    }
}
