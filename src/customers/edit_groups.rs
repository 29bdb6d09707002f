//! Groups of customers: listed, added, changed, removed.

use super::group::{GroupForm, Rules};
use crate::{
    ctx::Ctx,
    db::DbError,
    error::AppError,
    kernel::{
        access::Permission,
        field_errors::{FieldErrors, FieldProblem},
        id::CustomerGroupId,
        typed::Typed,
    },
};
use serde_json::json;

/// More than fit beside each other.
pub const MOST: i64 = 50;

/// A group that was saved.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Group {
    pub id: CustomerGroupId,
    pub version: i32,
    pub form: GroupForm,
}

/// All of them, by name.
pub async fn list(ctx: &Ctx) -> Result<Vec<Group>, AppError> {
    ctx.require(Permission::SeeDashboard)?;
    let mut tx = ctx.tx().await?;
    let rows = sqlx::query!(
        "select id, version, name, bought_within_days, silent_for_days, least_spent_cents, city_area, tag
         from customer_groups
         where tenant_id = $1
         order by lower(name), id
         limit 50",
        tx.tenant()
    )
    .fetch_all(tx.conn())
    .await?;
    Ok(rows
        .into_iter()
        .map(|row| Group {
            id: row.id.into(),
            version: row.version,
            form: GroupForm {
                name: row.name,
                rules: Rules {
                    within_days: row.bought_within_days,
                    silent_days: row.silent_for_days,
                    spent_cents: row.least_spent_cents,
                    area: row.city_area,
                    tag: row.tag,
                },
            },
        })
        .collect())
}

/// One of them.
pub async fn find(ctx: &Ctx, id: CustomerGroupId) -> Result<Group, AppError> {
    list(ctx).await?.into_iter().find(|group| group.id == id).ok_or(AppError::NotFound)
}

/// Adds one. The form names what it adds, so that it is one however often it is sent.
pub async fn add_group(ctx: &Ctx, id: CustomerGroupId, typed: &Typed) -> Result<(), AppError> {
    ctx.require(Permission::EditCustomers)?;
    let GroupForm { name, rules } = GroupForm::read(typed).map_err(AppError::Invalid)?;
    let mut tx = ctx.tx().await?;
    let known = sqlx::query!(
        r#"select count(*) as "count!", coalesce(bool_or(id = $2), false) as "is_there!"
           from customer_groups
           where tenant_id = $1"#,
        tx.tenant(),
        id.uuid()
    )
    .fetch_one(tx.conn())
    .await?;
    if known.is_there {
        return Ok(());
    }
    if known.count >= MOST {
        return Err(AppError::Invalid(FieldErrors::one("name", FieldProblem::TooMany)));
    }
    sqlx::query!(
        "insert into customer_groups (tenant_id, id, name, bought_within_days, silent_for_days, least_spent_cents, city_area, tag)
         values ($1, $2, $3, $4, $5, $6, $7, $8)",
        tx.tenant(),
        id.uuid(),
        name,
        rules.within_days,
        rules.silent_days,
        rules.spent_cents,
        rules.area,
        rules.tag
    )
    .execute(tx.conn())
    .await
    .map_err(met)?;
    tx.audit(ctx.actor, "customer_group_added", "customer_groups", id.uuid(), json!({})).await?;
    tx.commit().await?;
    Ok(())
}

/// Writes what it asks now, over `version`.
pub async fn change_group(ctx: &Ctx, id: CustomerGroupId, version: i32, typed: &Typed) -> Result<(), AppError> {
    ctx.require(Permission::EditCustomers)?;
    let GroupForm { name, rules } = GroupForm::read(typed).map_err(AppError::Invalid)?;
    let mut tx = ctx.tx().await?;
    let is_changed = sqlx::query_scalar!(
        r#"with known as (
               select id, version
               from customer_groups
               where tenant_id = $1
                 and id = $2
               for no key update
           ), written as (
               update customer_groups g
               set name = $4, bought_within_days = $5, silent_for_days = $6, least_spent_cents = $7, city_area = $8, tag = $9,
                   version = g.version + 1, updated_at = $10
               from known
               where g.tenant_id = $1
                 and g.id = known.id
                 and known.version = $3
               returning g.id
           )
           select exists (select from written) as "is_written!"
           from known"#,
        tx.tenant(),
        id.uuid(),
        version,
        name,
        rules.within_days,
        rules.silent_days,
        rules.spent_cents,
        rules.area,
        rules.tag,
        ctx.now()
    )
    .fetch_optional(tx.conn())
    .await
    .map_err(met)?;
    match is_changed {
        None => return Err(AppError::NotFound),
        Some(false) => return Err(AppError::ChangedMeanwhile),
        Some(true) => {}
    }
    tx.audit(ctx.actor, "customer_group_changed", "customer_groups", id.uuid(), json!({})).await?;
    tx.commit().await?;
    Ok(())
}

/// Forgets it; the customers stay. Twice is once.
pub async fn remove_group(ctx: &Ctx, id: CustomerGroupId) -> Result<(), AppError> {
    ctx.require(Permission::EditCustomers)?;
    let mut tx = ctx.tx().await?;
    let removed = sqlx::query!(
        "delete from customer_groups
         where tenant_id = $1
           and id = $2",
        tx.tenant(),
        id.uuid()
    )
    .execute(tx.conn())
    .await?;
    if removed.rows_affected() == 1 {
        tx.audit(ctx.actor, "customer_group_removed", "customer_groups", id.uuid(), json!({})).await?;
        tx.commit().await?;
    }
    Ok(())
}

fn met(fault: sqlx::Error) -> AppError {
    let fault = DbError::from(fault);
    match fault.constraint() {
        Some("customer_groups_name_unique") => AppError::Invalid(FieldErrors::one("name", FieldProblem::Taken)),
        _ => fault.into(),
    }
}
