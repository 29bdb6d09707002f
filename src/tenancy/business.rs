//! What a merchant says of the whole business: its name, its time zone, the number people write to.

use crate::{
    ctx::Ctx,
    error::AppError,
    kernel::{
        access::Permission,
        field_errors::{FieldErrors, FieldProblem, required_text},
        phone::Phone,
        typed::Typed,
    },
};
use serde_json::json;

pub const FIELDS: &[&str] = &["name", "timezone", "whatsapp"];

/// The time zones offered: where merchants of this country and its neighbours sit. All that Postgres knows work.
pub const TIME_ZONES: [&str; 8] = [
    "Africa/Nairobi",
    "Africa/Kampala",
    "Africa/Dar_es_Salaam",
    "Africa/Kigali",
    "Africa/Addis_Ababa",
    "Africa/Johannesburg",
    "Europe/London",
    "UTC",
];

/// The business as its page shows it.
#[derive(Clone, Debug)]
pub struct Business {
    pub version: i32,
    /// Decided by the platform.
    pub plan: String,
    pub status: String,
    pub typed: Typed,
}

pub async fn load(ctx: &Ctx) -> Result<Business, AppError> {
    ctx.require(Permission::EditStore)?;
    let mut tx = ctx.tx().await?;
    let row = sqlx::query!(
        "select name, timezone, whatsapp_number, plan, status, version
         from tenants
         where id = $1",
        tx.tenant()
    )
    .fetch_optional(tx.conn())
    .await?
    .ok_or(AppError::NotFound)?;
    let whatsapp = row
        .whatsapp_number
        .map(|stored| Phone::parse(&stored).map_or(stored, |phone| phone.display()))
        .unwrap_or_default();
    let typed = Typed::default().with("name", row.name).with("timezone", row.timezone).with("whatsapp", whatsapp);
    Ok(Business { version: row.version, plan: row.plan, status: row.status, typed })
}

/// Changes a business that is still at `version`.
pub async fn change_business(ctx: &Ctx, version: i32, typed: &Typed) -> Result<(), AppError> {
    ctx.require(Permission::EditStore)?;
    let mut errors = FieldErrors::none();
    let name = errors.expect("name", required_text(typed.get("name"), 120));
    let zone = typed.get("timezone").trim();
    if !TIME_ZONES.contains(&zone) {
        errors.add("timezone", FieldProblem::UnknownChoice);
    }
    let whatsapp = match typed.get("whatsapp").trim() {
        "" => Some(None),
        number => errors.expect("whatsapp", Phone::parse(number).ok_or(FieldProblem::NotAPhone)).map(Some),
    };
    let (Some(name), Some(whatsapp), true) = (name, whatsapp, errors.is_empty()) else {
        return Err(AppError::Invalid(errors));
    };
    let mut tx = ctx.tx().await?;
    let changed = sqlx::query!(
        "update tenants
         set name = $3, timezone = $4, whatsapp_number = $5, version = version + 1,
             catalogue_version = catalogue_version + 1, updated_at = now()
         where id = $1
           and version = $2",
        tx.tenant(),
        version,
        name,
        zone,
        whatsapp.as_ref().map(Phone::as_str)
    )
    .execute(tx.conn())
    .await?;
    if changed.rows_affected() == 0 {
        return Err(AppError::ChangedMeanwhile);
    }
    let tenant = tx.tenant();
    tx.audit(ctx.actor, "business_changed", "tenants", tenant, json!({ "version": version + 1 })).await?;
    Ok(tx.commit().await?)
}
