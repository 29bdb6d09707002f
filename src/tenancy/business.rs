//! What a merchant says of the whole business: its name, its time zone, the number people write to, and from where its
//! orders are counted.

use crate::{
    ctx::Ctx,
    db::TenantTx,
    error::AppError,
    kernel::{
        access::Permission,
        field_errors::{FieldErrors, FieldProblem, required_text},
        phone::Phone,
        typed::Typed,
    },
};
use serde_json::json;

pub const FIELDS: &[&str] = &["name", "timezone", "whatsapp", "next_order"];

/// No longer than seven digits: longer ones are taken for phone numbers when they stand in an account field.
const HIGHEST_NUMBER: i64 = 9_999_999;

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
    /// The number that the next order gets.
    pub next_order: i64,
    pub typed: Typed,
}

pub async fn load(ctx: &Ctx) -> Result<Business, AppError> {
    ctx.require(Permission::EditStore)?;
    read(&mut ctx.tx().await?).await
}

async fn read(tx: &mut TenantTx) -> Result<Business, AppError> {
    let row = sqlx::query!(
        r#"select name, timezone, whatsapp_number, plan, status, version,
                  coalesce((select c.next_number from order_counters c where c.tenant_id = $1), 1001) as "next_order!"
           from tenants
           where id = $1"#,
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
    Ok(Business { version: row.version, plan: row.plan, status: row.status, next_order: row.next_order, typed })
}

/// Changes a business that is still at `version`. An empty `next_order` counts on as before.
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
    let next_order = match typed.get("next_order").trim() {
        "" => None,
        number => errors.expect("next_order", read_number(number)),
    };
    let (Some(name), Some(whatsapp), true) = (name, whatsapp, errors.is_empty()) else {
        return Err(AppError::Invalid(errors));
    };
    let mut tx = ctx.tx().await?;
    let before = read(&mut tx).await?;
    if let Some(next) = next_order {
        count_on_from(&mut tx, next).await?;
    }
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
    let after = read(&mut tx).await?;
    let fields: Vec<&str> =
        FIELDS.iter().copied().filter(|field| before.typed.get(field) != after.typed.get(field)).collect();
    let details = json!({ "version": version + 1, "fields": fields, "next_order": next_order });
    tx.audit(ctx.actor, "business_changed", "tenants", tenant, details).await?;
    Ok(tx.commit().await?)
}

fn read_number(typed: &str) -> Result<i64, FieldProblem> {
    match typed.parse::<i64>() {
        Ok(number) if number < 1 => Err(FieldProblem::TooLow),
        Ok(number) if number > HIGHEST_NUMBER => Err(FieldProblem::TooHigh),
        Ok(number) => Ok(number),
        Err(_) => Err(FieldProblem::NotWhole),
    }
}

/// The next order gets this number. Only above every number that was used: none is given twice.
async fn count_on_from(tx: &mut TenantTx, next: i64) -> Result<(), AppError> {
    // Whoever places an order holds this row until it is placed, so that the look at the orders below sees it.
    sqlx::query!(
        "insert into order_counters (tenant_id)
         values ($1)
         on conflict (tenant_id) do update set updated_at = now()",
        tx.tenant()
    )
    .execute(tx.conn())
    .await?;
    let moved = sqlx::query!(
        "update order_counters
         set next_number = $2, updated_at = now()
         where tenant_id = $1
           and $2 > coalesce((select max(o.order_number) from orders o where o.tenant_id = $1), 0)",
        tx.tenant(),
        next
    )
    .execute(tx.conn())
    .await?;
    if moved.rows_affected() == 0 {
        return Err(AppError::Invalid(FieldErrors::one("next_order", FieldProblem::TooLow)));
    }
    Ok(())
}
