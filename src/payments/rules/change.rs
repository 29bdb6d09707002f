//! A merchant changes who may pay in cash, and the way of paying that is their own.

use super::form::RulesForm;
use crate::{
    ctx::Ctx,
    db::TenantTx,
    error::AppError,
    kernel::{
        access::Permission,
        field_errors::{FieldErrors, FieldProblem},
        id::{StoreId, ZoneId},
        typed::Typed,
    },
    tenancy::catalogue_version,
};
use serde_json::json;
use uuid::Uuid;

/// Changes the rules of a shop when they are still at `version`; 0 is a shop that has said nothing yet.
pub async fn change_rules(ctx: &Ctx, store: StoreId, version: i32, typed: &Typed) -> Result<(), AppError> {
    ctx.require(Permission::ManagePayments)?;
    let form = RulesForm::read(typed).map_err(AppError::Invalid)?;
    let mut tx = ctx.tx().await?;
    lock_store(&mut tx, store).await?;
    let id = match version {
        0 => first(&mut tx, store, &form).await?,
        _ => again(&mut tx, store, version, &form).await?,
    };
    let id = id.ok_or(AppError::ChangedMeanwhile)?;
    write_areas(&mut tx, store, form.only_in.as_deref().unwrap_or_default()).await?;
    let details = json!({ "version": version + 1, "takes_cash": form.takes_cash, "has_manual": form.manual.is_some(), "has_deposit": form.deposit.is_some() });
    tx.audit(ctx.actor, "payment_rules_changed", "payment_rules", id, details).await?;
    catalogue_version::raise(&mut tx).await?;
    Ok(tx.commit().await?)
}

/// Two people who both say the first word meet here.
async fn lock_store(tx: &mut TenantTx, store: StoreId) -> Result<(), AppError> {
    sqlx::query_scalar!(
        "select id
         from stores
         where tenant_id = $1
           and id = $2
         for no key update",
        tx.tenant(),
        store.uuid()
    )
    .fetch_optional(tx.conn())
    .await?
    .map(|_| ())
    .ok_or(AppError::NotFound)
}

fn small(number: u32) -> i32 {
    i32::try_from(number).unwrap_or(i32::MAX)
}

async fn first(tx: &mut TenantTx, store: StoreId, form: &RulesForm) -> Result<Option<Uuid>, AppError> {
    Ok(sqlx::query_scalar!(
        "insert into payment_rules (tenant_id, store_id, takes_cash, cash_everywhere, cash_most_cents, cash_least_delivered,
                                    cash_most_refused, manual_name, manual_instructions,
                                    cash_deposit_cents, cash_deposit_from_cents, cash_deposit_new_only)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)
         on conflict (tenant_id, store_id) do nothing
         returning id",
        tx.tenant(),
        store.uuid(),
        form.takes_cash,
        form.only_in.is_none(),
        form.most_cents,
        small(form.least_delivered),
        form.most_refused.map(small),
        form.manual.as_ref().map(|(name, _)| name.as_str()),
        form.manual.as_ref().map(|(_, told)| told.as_str()),
        form.deposit.as_ref().map(|deposit| deposit.cents),
        form.deposit.as_ref().and_then(|deposit| deposit.from_cents),
        form.deposit.as_ref().is_some_and(|deposit| deposit.is_for_new)
    )
    .fetch_optional(tx.conn())
    .await?)
}

async fn again(tx: &mut TenantTx, store: StoreId, version: i32, form: &RulesForm) -> Result<Option<Uuid>, AppError> {
    Ok(sqlx::query_scalar!(
        "update payment_rules
         set takes_cash = $4, cash_everywhere = $5, cash_most_cents = $6, cash_least_delivered = $7, cash_most_refused = $8,
             manual_name = $9, manual_instructions = $10,
             cash_deposit_cents = $11, cash_deposit_from_cents = $12, cash_deposit_new_only = $13, version = version + 1, updated_at = now()
         where tenant_id = $1
           and store_id = $2
           and version = $3
         returning id",
        tx.tenant(),
        store.uuid(),
        version,
        form.takes_cash,
        form.only_in.is_none(),
        form.most_cents,
        small(form.least_delivered),
        form.most_refused.map(small),
        form.manual.as_ref().map(|(name, _)| name.as_str()),
        form.manual.as_ref().map(|(_, told)| told.as_str()),
        form.deposit.as_ref().map(|deposit| deposit.cents),
        form.deposit.as_ref().and_then(|deposit| deposit.from_cents),
        form.deposit.as_ref().is_some_and(|deposit| deposit.is_for_new)
    )
    .fetch_optional(tx.conn())
    .await?)
}

/// The chosen areas take the place of the former ones; one that is not delivered to is refused.
async fn write_areas(tx: &mut TenantTx, store: StoreId, zones: &[ZoneId]) -> Result<(), AppError> {
    let ids: Vec<Uuid> = zones.iter().map(|zone| zone.uuid()).collect();
    sqlx::query!(
        "delete from cash_areas
         where tenant_id = $1
           and store_id = $2
           and zone_id <> all($3)",
        tx.tenant(),
        store.uuid(),
        &ids
    )
    .execute(tx.conn())
    .await?;
    let known = sqlx::query_scalar!(
        r#"with added as (
               insert into cash_areas (tenant_id, store_id, zone_id)
               select $1, $2, z.id
               from delivery_zones z
               where z.tenant_id = $1
                 and z.id = any($3)
                 and z.is_active
               on conflict (tenant_id, store_id, zone_id) do nothing
           )
           select count(*) as "known!"
           from delivery_zones z
           where z.tenant_id = $1
             and z.id = any($3)
             and z.is_active"#,
        tx.tenant(),
        store.uuid(),
        &ids
    )
    .fetch_one(tx.conn())
    .await?;
    if usize::try_from(known).ok() == Some(ids.len()) {
        Ok(())
    } else {
        Err(AppError::Invalid(FieldErrors::one("cash_zones", FieldProblem::UnknownArea)))
    }
}
