//! Setting up Pickup Mtaani: a key that is only ever written, the merchant's business there, and where parcels are handed in.

use super::{
    account::{PartnerConfig, SealedPartner, lock_pickup_mtaani},
    agents::{NAME, forget_fees},
    contract::Fault,
    refresh::ask_for_refresh,
};
use crate::{
    ctx::Ctx,
    db::{DbError, TenantTx},
    error::AppError,
    kernel::{
        access::Permission,
        field_errors::{FieldErrors, FieldProblem, required_line},
        id::DeliveryPartnerId,
        local_time::LocalTime,
        typed::Typed,
    },
    tenancy::catalogue_version,
    vault::Purpose,
};
use serde_json::json;
use sqlx::types::Json;

pub const FIELDS: &[&str] = &["business", "sender"];
pub const SECRETS: &[&str] = &["api_key"];
/// Far longer than any key of the partner.
const LONGEST_KEY: usize = 200;
/// Far above any number the partner has given.
const HIGHEST: i64 = 1_000_000_000;

/// The account as its page shows it; the key is never in it.
#[derive(Clone, Debug)]
pub struct PartnerSettings {
    pub typed: Typed,
    pub version: i32,
    pub has_key: bool,
    pub is_active: bool,
    /// The partner has answered to a key of the merchant's.
    pub is_proved: bool,
    /// Why the last call did not go through: `not_accepted` or `not_reached`.
    pub problem: Option<String>,
    /// Agents where parcels may be handed in: the partner's number and what it is called.
    pub agents: Vec<(i64, String)>,
    /// To so many of them it is known what a parcel costs.
    pub priced: usize,
    /// By the merchant's clock.
    pub listed_on: Option<LocalTime>,
    pub heard_on: Option<LocalTime>,
}

pub async fn load(ctx: &Ctx) -> Result<PartnerSettings, AppError> {
    ctx.require(Permission::ManagePayments)?;
    let mut tx = ctx.tx().await?;
    let row = sqlx::query!(
        r#"select p.id, p.version, p.config as "config: Json<PartnerConfig>", p.api_key_sealed is not null as "has_key!", p.is_active,
                  p.proved_at is not null as "is_proved!", p.problem,
                  p.agents_listed_at at time zone t.timezone as listed_on, p.heard_at at time zone t.timezone as heard_on
           from delivery_partners p
           join tenants t on t.id = $1
           where p.tenant_id = $1
             and p.provider = 'pickup_mtaani'"#,
        tx.tenant()
    )
    .fetch_optional(tx.conn())
    .await?;
    let Some(row) = row else {
        return Ok(PartnerSettings {
            typed: Typed::default(),
            version: 0,
            has_key: false,
            is_active: false,
            is_proved: false,
            problem: None,
            agents: Vec::new(),
            priced: 0,
            listed_on: None,
            heard_on: None,
        });
    };
    let agents = sqlx::query!(
        r#"select agent_number, title, fee_cents is not null as "is_priced!"
           from partner_agents
           where tenant_id = $1
             and partner_id = $2
             and is_active
           order by area, title
           limit 300"#,
        tx.tenant(),
        row.id
    )
    .fetch_all(tx.conn())
    .await?;
    let written = |number: Option<i64>| number.map(|number| number.to_string()).unwrap_or_default();
    Ok(PartnerSettings {
        typed: Typed::default()
            .with("business", written(row.config.business))
            .with("sender", written(row.config.sender)),
        version: row.version,
        has_key: row.has_key,
        is_active: row.is_active,
        is_proved: row.is_proved,
        problem: row.problem,
        priced: agents.iter().filter(|agent| agent.is_priced).count(),
        agents: agents.into_iter().map(|agent| (agent.agent_number, agent.title)).collect(),
        listed_on: row.listed_on.map(Into::into),
        heard_on: row.heard_on.map(Into::into),
    })
}

fn read_number(typed: &str) -> Result<i64, FieldProblem> {
    match typed.trim() {
        "" => Err(FieldProblem::Missing),
        text if text.len() > 10 || !text.bytes().all(|b| b.is_ascii_digit()) => Err(FieldProblem::NotWhole),
        text => text.parse().ok().filter(|n| (1..=HIGHEST).contains(n)).ok_or(FieldProblem::NotWhole),
    }
}

/// What was typed; `has_key` when one stays that is not typed anew.
fn read(typed: &Typed, has_key: bool) -> Result<(PartnerConfig, Option<String>), FieldErrors> {
    let mut errors = FieldErrors::none();
    let business = errors.expect("business", read_number(typed.get("business")));
    let sender = match typed.get("sender").trim() {
        "" => Some(None),
        text => errors.expect("sender", read_number(text).map_err(|_| FieldProblem::UnknownChoice)).map(Some),
    };
    let api_key = match typed.get("api_key").trim() {
        "" if has_key => Some(None),
        text => errors.expect("api_key", required_line(text, LONGEST_KEY)).map(Some),
    };
    match (sender, api_key) {
        (Some(sender), Some(api_key)) if errors.is_empty() => Ok((PartnerConfig { business, sender }, api_key)),
        _ => Err(errors),
    }
}

/// Writes the account down. An empty key stays what it was; another place of handing in makes the fees unknown.
pub async fn change_partner(ctx: &Ctx, version: i32, typed: &Typed) -> Result<(), AppError> {
    ctx.require(Permission::ManagePayments)?;
    let mut tx = ctx.tx().await?;
    let before = lock_pickup_mtaani(&mut tx).await?;
    if before.as_ref().map_or(0, |account| account.version) != version {
        return Err(AppError::ChangedMeanwhile);
    }
    let has_key = before.as_ref().is_some_and(|account| account.api_key_sealed.is_some());
    let (config, api_key) = read(typed, has_key).map_err(AppError::Invalid)?;
    let id = before.as_ref().map_or_else(DeliveryPartnerId::mint, |account| account.id.into());
    if let Some(sender) = config.sender {
        expect_agent(&mut tx, id, sender).await?;
    }
    let key = ctx.key(&mut tx).await?;
    let sealed = match api_key {
        Some(typed) => Some(key.seal(SealedPartner::place(id.uuid()), &typed)),
        None => before.as_ref().and_then(|account| account.api_key_sealed.clone()),
    };
    sqlx::query!(
        "insert into delivery_partners as known (tenant_id, id, name, provider, config, api_key_sealed, is_active, version)
         values ($1, $2, $3, 'pickup_mtaani', $4, $5, false, $6)
         on conflict on constraint delivery_partners_pk do update
         set config = $4, api_key_sealed = $5, problem = null, is_active = known.proved_at is not null, version = $6,
             updated_at = now()",
        tx.tenant(),
        id.uuid(),
        NAME,
        json!(config),
        sealed,
        version + 1
    )
    .execute(tx.conn())
    .await
    .map_err(|fault| DbError::from(fault).or_changed_meanwhile("delivery_partners_one_pickup_mtaani"))?;
    match &before {
        None => add_hook(&mut tx, id, &key.token(Purpose::DeliveryHook, id.uuid()).hash()).await?,
        Some(before) if before.config.sender != config.sender => forget_fees(&mut tx, id).await?,
        Some(_) => {}
    }
    let facts = json!({ "business": config.business, "sender": config.sender });
    tx.audit(ctx.actor, "delivery_partner_changed", "delivery_partners", id.uuid(), facts).await?;
    catalogue_version::raise(&mut tx).await?;
    Ok(tx.commit().await?)
}

async fn expect_agent(tx: &mut TenantTx, partner: DeliveryPartnerId, number: i64) -> Result<(), AppError> {
    let is_known = sqlx::query_scalar!(
        r#"select exists (
               select
               from partner_agents
               where tenant_id = $1
                 and partner_id = $2
                 and agent_number = $3
                 and is_active
           ) as "is_known!""#,
        tx.tenant(),
        partner.uuid(),
        number
    )
    .fetch_one(tx.conn())
    .await?;
    if is_known { Ok(()) } else { Err(AppError::Invalid(FieldErrors::one("sender", FieldProblem::UnknownChoice))) }
}

async fn add_hook(tx: &mut TenantTx, partner: DeliveryPartnerId, hash: &[u8]) -> Result<(), AppError> {
    sqlx::query!(
        "insert into hook_tokens (tenant_id, token_hash, purpose, subject_id)
         values ($1, $2, 'delivery', $3)",
        tx.tenant(),
        hash,
        partner.uuid()
    )
    .execute(tx.conn())
    .await?;
    Ok(())
}

/// Asks the partner something harmless with the key, and has its agents read when that is answered.
pub async fn prove(ctx: &Ctx) -> Result<(), AppError> {
    ctx.require(Permission::ManagePayments)?;
    let mut tx = ctx.tx().await?;
    let sealed = lock_pickup_mtaani(&mut tx).await?.ok_or(AppError::NotFound)?;
    let key = ctx.key(&mut tx).await?;
    let account = sealed.account(&key)?.ok_or(AppError::NotFound)?;
    drop(tx);
    let tried = ctx.platform.pickup_mtaani.prove(&account).await;
    let problem = match &tried {
        Ok(()) => None,
        Err(Fault::NotAccepted) => Some("not_accepted"),
        Err(_) => Some("not_reached"),
    };
    if let Err(fault) = &tried {
        tracing::warn!(delivery.partner = %sealed.id, error.message = %fault, "a delivery partner could not be proved");
    }
    let mut tx = ctx.tx().await?;
    // What was changed meanwhile has not been tried.
    let done = sqlx::query!(
        "update delivery_partners
         set problem = $4,
             proved_at = case when $4::text is null then coalesce(proved_at, $5) else proved_at end,
             is_active = is_active or $4::text is null,
             updated_at = now()
         where tenant_id = $1
           and id = $2
           and version = $3",
        tx.tenant(),
        sealed.id,
        sealed.version,
        problem,
        ctx.now()
    )
    .execute(tx.conn())
    .await?;
    if done.rows_affected() == 0 {
        return Err(AppError::ChangedMeanwhile);
    }
    let action = if problem.is_none() { "delivery_partner_proved" } else { "delivery_partner_not_proved" };
    tx.audit(ctx.actor, action, "delivery_partners", sealed.id, json!({ "reason": problem })).await?;
    if problem.is_none() {
        ask_for_refresh(&mut tx, sealed.id.into(), None).await?;
        catalogue_version::raise(&mut tx).await?;
    }
    Ok(tx.commit().await?)
}

/// Shoppers are offered its agents no longer; parcels on their way are followed all the same. Twice is once.
pub async fn stop_partner(ctx: &Ctx) -> Result<(), AppError> {
    ctx.require(Permission::ManagePayments)?;
    let mut tx = ctx.tx().await?;
    let stopped = sqlx::query_scalar!(
        "update delivery_partners
         set is_active = false, version = version + 1, updated_at = now()
         where tenant_id = $1
           and provider = 'pickup_mtaani'
           and is_active
         returning id",
        tx.tenant()
    )
    .fetch_optional(tx.conn())
    .await?;
    if let Some(partner) = stopped {
        tx.audit(ctx.actor, "delivery_partner_stopped", "delivery_partners", partner, json!({})).await?;
        catalogue_version::raise(&mut tx).await?;
        tx.commit().await?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn problems(business: &str, sender: &str, key: &str, has_key: bool) -> Vec<(String, FieldProblem)> {
        let typed = Typed::default().with("business", business).with("sender", sender).with("api_key", key);
        let errors = read(&typed, has_key).err().unwrap_or_default();
        errors.iter().map(|(field, problem)| (field.to_owned(), problem)).collect()
    }

    #[test]
    fn each_field_says_what_is_wrong_with_it() {
        assert_eq!(problems("12", "", "key", false), []);
        assert_eq!(problems(" 12 ", "41", "", true), []);
        for (business, sender, key, field, is) in [
            ("", "", "key", "business", FieldProblem::Missing),
            ("twelve", "", "key", "business", FieldProblem::NotWhole),
            ("0", "", "key", "business", FieldProblem::NotWhole),
            ("99999999999", "", "key", "business", FieldProblem::NotWhole),
            ("12", "-1", "key", "sender", FieldProblem::UnknownChoice),
            ("12", "", "", "api_key", FieldProblem::Missing),
            ("12", "", "two\nlines", "api_key", FieldProblem::Unreadable),
        ] {
            assert_eq!(problems(business, sender, key, false), [(field.to_owned(), is)], "{business} {sender} {key}");
        }
        assert_eq!(problems("12", "", &"k".repeat(201), true), [("api_key".to_owned(), FieldProblem::TooLong)]);
    }
}
