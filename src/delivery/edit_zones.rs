//! A merchant says where is delivered to: areas added, changed, taken away.

use super::zone_form::ZoneForm;
use crate::{
    ctx::Ctx,
    db::{DbError, TenantTx},
    error::AppError,
    kernel::{
        access::Permission,
        field_errors::{FieldErrors, FieldProblem},
        id::ZoneId,
    },
    tenancy::catalogue_version,
};
use serde_json::json;

/// More areas than shoppers would read through.
const MOST: i64 = 300;

/// An area with what an editor needs to know.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EditedZone {
    pub id: ZoneId,
    pub version: i32,
    pub form: ZoneForm,
}

/// Every area that is delivered to, in the merchant's order.
pub async fn list(ctx: &Ctx) -> Result<Vec<EditedZone>, AppError> {
    ctx.require(Permission::SeeDashboard)?;
    let mut tx = ctx.tx().await?;
    let rows = sqlx::query!(
        "select id, version, city_area, fee_cents, eta_minutes, is_default
         from delivery_zones
         where tenant_id = $1
           and is_active
         order by position, city_area
         limit 300",
        tx.tenant()
    )
    .fetch_all(tx.conn())
    .await?;
    Ok(rows
        .into_iter()
        .map(|row| EditedZone {
            id: row.id.into(),
            version: row.version,
            form: ZoneForm {
                area: row.city_area,
                fee_cents: row.fee_cents,
                minutes: row.eta_minutes,
                is_default: row.is_default,
            },
        })
        .collect())
}

/// One of them.
pub async fn load(ctx: &Ctx, id: ZoneId) -> Result<EditedZone, AppError> {
    ctx.require(Permission::EditDelivery)?;
    let mut tx = ctx.tx().await?;
    let row = sqlx::query!(
        "select version, city_area, fee_cents, eta_minutes, is_default
         from delivery_zones
         where tenant_id = $1
           and id = $2
           and is_active",
        tx.tenant(),
        id.uuid()
    )
    .fetch_optional(tx.conn())
    .await?
    .ok_or(AppError::NotFound)?;
    let form = ZoneForm {
        area: row.city_area,
        fee_cents: row.fee_cents,
        minutes: row.eta_minutes,
        is_default: row.is_default,
    };
    Ok(EditedZone { id, version: row.version, form })
}

/// Adds an area at the end; the first of all is the one preselected. One that was taken away before comes back.
pub async fn add_zone(ctx: &Ctx, new: &ZoneForm) -> Result<ZoneId, AppError> {
    ctx.require(Permission::EditDelivery)?;
    let mut tx = ctx.tx().await?;
    let known = sqlx::query!(
        r#"select count(*) filter (where is_active) as "active!", coalesce(max(position), 0) as "last!",
                  count(*) filter (where is_active and lower(city_area) = lower($2)) as "alike!"
           from delivery_zones
           where tenant_id = $1"#,
        tx.tenant(),
        new.area
    )
    .fetch_one(tx.conn())
    .await?;
    if known.active >= MOST {
        return Err(refuse(FieldProblem::TooHigh));
    }
    if known.alike > 0 {
        return Err(refuse(FieldProblem::Taken));
    }
    let is_default = new.is_default || known.active == 0;
    if is_default {
        end_default(&mut tx).await?;
    }
    let id = sqlx::query_scalar!(
        "insert into delivery_zones as z (tenant_id, id, name, city_area, fee_cents, eta_minutes, is_default, position)
         values ($1, $2, $3, $3, $4, $5, $6, $7)
         on conflict (tenant_id, city_area) do update
         set name = excluded.name, fee_cents = excluded.fee_cents, eta_minutes = excluded.eta_minutes,
             is_default = excluded.is_default, position = excluded.position, is_active = true,
             version = z.version + 1, updated_at = now()
         where not z.is_active
         returning id",
        tx.tenant(),
        ZoneId::mint().uuid(),
        new.area,
        new.fee_cents,
        new.minutes,
        is_default,
        known.last + 1
    )
    .fetch_optional(tx.conn())
    .await
    .map_err(met)?
    .ok_or_else(|| refuse(FieldProblem::Taken))?;
    tx.audit(ctx.actor, "delivery_zone_added", "delivery_zones", id, json!({ "fee_cents": new.fee_cents })).await?;
    catalogue_version::raise(&mut tx).await?;
    tx.commit().await?;
    Ok(id.into())
}

/// Writes what an area is now, when it is still at `version`.
pub async fn change_zone(ctx: &Ctx, id: ZoneId, version: i32, new: &ZoneForm) -> Result<(), AppError> {
    ctx.require(Permission::EditDelivery)?;
    let mut tx = ctx.tx().await?;
    let before = sqlx::query!(
        "select version, city_area, fee_cents, eta_minutes, is_default
         from delivery_zones
         where tenant_id = $1
           and id = $2
           and is_active
         for update",
        tx.tenant(),
        id.uuid()
    )
    .fetch_optional(tx.conn())
    .await?
    .ok_or(AppError::NotFound)?;
    if before.version != version {
        return Err(AppError::ChangedMeanwhile);
    }
    if new.is_default && !before.is_default {
        end_default(&mut tx).await?;
    }
    let done = sqlx::query!(
        "update delivery_zones
         set name = case when name = city_area then $4 else name end, city_area = $4, fee_cents = $5, eta_minutes = $6,
             is_default = $7, version = version + 1, updated_at = now()
         where tenant_id = $1
           and id = $2
           and version = $3
           and is_active",
        tx.tenant(),
        id.uuid(),
        version,
        new.area,
        new.fee_cents,
        new.minutes,
        new.is_default
    )
    .execute(tx.conn())
    .await
    .map_err(met)?;
    if done.rows_affected() == 0 {
        return Err(AppError::ChangedMeanwhile);
    }
    let mut changed = Vec::new();
    for (field, is_other) in [
        ("area", before.city_area != new.area),
        ("fee", before.fee_cents != new.fee_cents),
        ("minutes", before.eta_minutes != new.minutes),
        ("default", before.is_default != new.is_default),
    ] {
        if is_other {
            changed.push(field);
        }
    }
    tx.audit(ctx.actor, "delivery_zone_changed", "delivery_zones", id.uuid(), json!({ "fields": changed })).await?;
    catalogue_version::raise(&mut tx).await?;
    Ok(tx.commit().await?)
}

/// Delivers there no more. Orders on their way keep what they were promised; twice is once.
pub async fn remove_zone(ctx: &Ctx, id: ZoneId) -> Result<(), AppError> {
    ctx.require(Permission::EditDelivery)?;
    let mut tx = ctx.tx().await?;
    let found = sqlx::query_scalar!(
        "select is_active
         from delivery_zones
         where tenant_id = $1
           and id = $2
         for update",
        tx.tenant(),
        id.uuid()
    )
    .fetch_optional(tx.conn())
    .await?
    .ok_or(AppError::NotFound)?;
    if !found {
        return Ok(());
    }
    sqlx::query!(
        "update delivery_zones
         set is_active = false, is_default = false, version = version + 1, updated_at = now()
         where tenant_id = $1
           and id = $2",
        tx.tenant(),
        id.uuid()
    )
    .execute(tx.conn())
    .await?;
    tx.audit(ctx.actor, "delivery_zone_removed", "delivery_zones", id.uuid(), json!({})).await?;
    catalogue_version::raise(&mut tx).await?;
    Ok(tx.commit().await?)
}

/// One area is preselected at any time, so the other ends first.
async fn end_default(tx: &mut TenantTx) -> Result<(), AppError> {
    sqlx::query!(
        "update delivery_zones
         set is_default = false, version = version + 1, updated_at = now()
         where tenant_id = $1
           and is_default",
        tx.tenant()
    )
    .execute(tx.conn())
    .await?;
    Ok(())
}

/// Two merchants' hands at one area: the second is told.
fn met(fault: sqlx::Error) -> AppError {
    let fault = DbError::from(fault);
    match fault.constraint() {
        Some("delivery_zones_city_area_unique") => refuse(FieldProblem::Taken),
        Some("delivery_zones_one_default") => AppError::ChangedMeanwhile,
        _ => fault.into(),
    }
}

fn refuse(problem: FieldProblem) -> AppError {
    AppError::Invalid(FieldErrors::one("area", problem))
}
