//! A merchant says where is delivered to: areas added, changed, taken away.

use super::{
    bands::{Bands, Measure},
    places::spelling::{key, words},
    zone_form::{FIELDS, ZoneForm, ZoneKind},
};
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
use sqlx::types::{Json, Uuid};
use std::collections::HashSet;

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
    let rows = sqlx::query_as!(
        Row,
        r#"select id, version, city_area, aliases, fee_cents, eta_minutes, min_order_cents, free_from_cents, cut_off_minute, band_by,
                  bands as "bands: Json<Vec<Vec<i64>>>", is_default, is_collection, takes_the_rest
           from delivery_zones
           where tenant_id = $1
             and is_active
           order by position, city_area
           limit 300"#,
        tx.tenant()
    )
    .fetch_all(tx.conn())
    .await?;
    Ok(rows.into_iter().map(Row::edited).collect())
}

/// One of them.
pub async fn load(ctx: &Ctx, id: ZoneId) -> Result<EditedZone, AppError> {
    ctx.require(Permission::EditDelivery)?;
    let mut tx = ctx.tx().await?;
    let row = sqlx::query_as!(
        Row,
        r#"select id, version, city_area, aliases, fee_cents, eta_minutes, min_order_cents, free_from_cents, cut_off_minute, band_by,
                  bands as "bands: Json<Vec<Vec<i64>>>", is_default, is_collection, takes_the_rest
           from delivery_zones
           where tenant_id = $1
             and id = $2
             and is_active"#,
        tx.tenant(),
        id.uuid()
    )
    .fetch_optional(tx.conn())
    .await?
    .ok_or(AppError::NotFound)?;
    Ok(row.edited())
}

struct Row {
    id: Uuid,
    version: i32,
    city_area: String,
    aliases: Vec<String>,
    fee_cents: i64,
    eta_minutes: Option<i32>,
    min_order_cents: i64,
    free_from_cents: Option<i64>,
    cut_off_minute: Option<i32>,
    band_by: Option<String>,
    bands: Json<Vec<Vec<i64>>>,
    is_default: bool,
    is_collection: bool,
    takes_the_rest: bool,
}

impl Row {
    fn edited(self) -> EditedZone {
        let kind = match (self.is_collection, self.takes_the_rest) {
            (true, _) => ZoneKind::Collection,
            (_, true) => ZoneKind::Rest,
            _ => ZoneKind::Place,
        };
        EditedZone {
            id: self.id.into(),
            version: self.version,
            form: ZoneForm {
                area: self.city_area,
                aliases: self.aliases,
                kind,
                fee_cents: self.fee_cents,
                minutes: self.eta_minutes,
                minimum_cents: self.min_order_cents,
                free_from_cents: self.free_from_cents,
                cut_off: self.cut_off_minute.and_then(|minute| u16::try_from(minute).ok()),
                bands: Bands::stored(self.band_by.as_deref().and_then(Measure::parse), &self.bands),
                is_default: self.is_default,
            },
        }
    }
}

/// A form's fields as columns.
struct Columns {
    band_by: Option<&'static str>,
    bands: serde_json::Value,
    cut_off: Option<i32>,
    is_collection: bool,
    takes_the_rest: bool,
}

impl Columns {
    fn of(form: &ZoneForm) -> Self {
        Self {
            band_by: form.bands.as_ref().map(|bands| bands.by.as_str()),
            bands: json!(form.bands.as_ref().map(Bands::rows).unwrap_or_default()),
            cut_off: form.cut_off.map(i32::from),
            is_collection: form.kind == ZoneKind::Collection,
            takes_the_rest: form.kind == ZoneKind::Rest,
        }
    }
}

/// Adds an area at the end; the first of all is the one preselected. One that was taken away before comes back.
pub async fn add_zone(ctx: &Ctx, new: &ZoneForm) -> Result<ZoneId, AppError> {
    ctx.require(Permission::EditDelivery)?;
    let mut tx = ctx.tx().await?;
    // Before anything is read: two who name areas at once come one after the other.
    catalogue_version::raise(&mut tx).await?;
    let known = sqlx::query!(
        r#"select count(*) filter (where is_active) as "active!", coalesce(max(position), 0) as "last!"
           from delivery_zones
           where tenant_id = $1"#,
        tx.tenant()
    )
    .fetch_one(tx.conn())
    .await?;
    if known.active >= MOST {
        return Err(refuse(FieldProblem::TooHigh));
    }
    check_names(&mut tx, None, new).await?;
    let is_default = new.is_default || known.active == 0 && new.kind == ZoneKind::Place;
    if is_default {
        end_default(&mut tx).await?;
    }
    let columns = Columns::of(new);
    let id = sqlx::query_scalar!(
        "insert into delivery_zones as z (tenant_id, id, name, city_area, fee_cents, eta_minutes, is_default, position, aliases,
                                          min_order_cents, free_from_cents, cut_off_minute, band_by, bands, is_collection, takes_the_rest)
         values ($1, $2, $3, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15)
         on conflict (tenant_id, city_area) do update
         set name = excluded.name, fee_cents = excluded.fee_cents, eta_minutes = excluded.eta_minutes,
             is_default = excluded.is_default, position = excluded.position, aliases = excluded.aliases,
             min_order_cents = excluded.min_order_cents, free_from_cents = excluded.free_from_cents,
             cut_off_minute = excluded.cut_off_minute, band_by = excluded.band_by, bands = excluded.bands,
             is_collection = excluded.is_collection, takes_the_rest = excluded.takes_the_rest,
             is_active = true, version = z.version + 1, updated_at = now()
         where not z.is_active
         returning id",
        tx.tenant(),
        ZoneId::mint().uuid(),
        new.area,
        new.fee_cents,
        new.minutes,
        is_default,
        known.last + 1,
        &new.aliases,
        new.minimum_cents,
        new.free_from_cents,
        columns.cut_off,
        columns.band_by,
        columns.bands,
        columns.is_collection,
        columns.takes_the_rest
    )
    .fetch_optional(tx.conn())
    .await
    .map_err(met)?
    .ok_or_else(|| refuse(FieldProblem::Taken))?;
    tx.audit(ctx.actor, "delivery_zone_added", "delivery_zones", id, json!({ "fee_cents": new.fee_cents })).await?;
    tx.commit().await?;
    Ok(id.into())
}

/// Writes what an area is now, when it is still at `version`.
pub async fn change_zone(ctx: &Ctx, id: ZoneId, version: i32, new: &ZoneForm) -> Result<(), AppError> {
    ctx.require(Permission::EditDelivery)?;
    let mut tx = ctx.tx().await?;
    catalogue_version::raise(&mut tx).await?;
    let before = sqlx::query_as!(
        Row,
        r#"select id, version, city_area, aliases, fee_cents, eta_minutes, min_order_cents, free_from_cents, cut_off_minute, band_by,
                  bands as "bands: Json<Vec<Vec<i64>>>", is_default, is_collection, takes_the_rest
           from delivery_zones
           where tenant_id = $1
             and id = $2
             and is_active
           for update"#,
        tx.tenant(),
        id.uuid()
    )
    .fetch_optional(tx.conn())
    .await?
    .ok_or(AppError::NotFound)?
    .edited();
    if before.version != version {
        return Err(AppError::ChangedMeanwhile);
    }
    check_names(&mut tx, Some(id), new).await?;
    if new.is_default && !before.form.is_default {
        end_default(&mut tx).await?;
    }
    let columns = Columns::of(new);
    let done = sqlx::query!(
        "update delivery_zones
         set name = case when name = city_area then $4 else name end, city_area = $4, fee_cents = $5, eta_minutes = $6,
             is_default = $7, aliases = $8, min_order_cents = $9, free_from_cents = $10, cut_off_minute = $11,
             band_by = $12, bands = $13, is_collection = $14, takes_the_rest = $15,
             version = version + 1, updated_at = now()
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
        new.is_default,
        &new.aliases,
        new.minimum_cents,
        new.free_from_cents,
        columns.cut_off,
        columns.band_by,
        columns.bands,
        columns.is_collection,
        columns.takes_the_rest
    )
    .execute(tx.conn())
    .await
    .map_err(met)?;
    if done.rows_affected() == 0 {
        return Err(AppError::ChangedMeanwhile);
    }
    let (was, is) = (before.form.write(), new.write());
    let changed: Vec<&str> = FIELDS.into_iter().filter(|field| was.get(field) != is.get(field)).collect();
    tx.audit(ctx.actor, "delivery_zone_changed", "delivery_zones", id.uuid(), json!({ "fields": changed })).await?;
    Ok(tx.commit().await?)
}

/// Delivers there no more. Orders on their way keep what they were promised; twice is once.
pub async fn remove_zone(ctx: &Ctx, id: ZoneId) -> Result<(), AppError> {
    ctx.require(Permission::EditDelivery)?;
    let mut tx = ctx.tx().await?;
    catalogue_version::raise(&mut tx).await?;
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
         set is_active = false, is_default = false, takes_the_rest = false, version = version + 1, updated_at = now()
         where tenant_id = $1
           and id = $2",
        tx.tenant(),
        id.uuid()
    )
    .execute(tx.conn())
    .await?;
    tx.audit(ctx.actor, "delivery_zone_removed", "delivery_zones", id.uuid(), json!({})).await?;
    Ok(tx.commit().await?)
}

/// A name means one area only: none of these is another's, in any spelling that the buyer's words are compared by.
async fn check_names(tx: &mut TenantTx, own: Option<ZoneId>, new: &ZoneForm) -> Result<(), AppError> {
    let others = sqlx::query!(
        "select city_area, aliases
         from delivery_zones
         where tenant_id = $1
           and is_active
           and ($2::uuid is null or id <> $2)
         limit 300",
        tx.tenant(),
        own.map(ZoneId::uuid)
    )
    .fetch_all(tx.conn())
    .await?;
    let taken: HashSet<String> = others
        .iter()
        .flat_map(|other| std::iter::once(&other.city_area).chain(&other.aliases))
        .map(|name| same(name))
        .collect();
    let mut errors = FieldErrors::none();
    if taken.contains(&same(&new.area)) {
        errors.add("area", FieldProblem::Taken);
    }
    if new.aliases.iter().any(|alias| taken.contains(&same(alias))) {
        errors.add("aliases", FieldProblem::Taken);
    }
    if errors.is_empty() { Ok(()) } else { Err(AppError::Invalid(errors)) }
}

/// Two names that are this are one; a name without a letter is only itself.
fn same(name: &str) -> String {
    let key = key(&words(name));
    if key.is_empty() { name.to_lowercase() } else { key }
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
        Some("delivery_zones_one_rest") => AppError::Invalid(FieldErrors::one("kind", FieldProblem::Taken)),
        _ => fault.into(),
    }
}

fn refuse(problem: FieldProblem) -> AppError {
    AppError::Invalid(FieldErrors::one("area", problem))
}
