//! Agents as they were last heard of: written by a job, offered at the checkout like areas, also while the partner is away.

use super::contract::Agent;
use crate::{
    db::TenantTx,
    delivery::zones::Zone,
    error::AppError,
    kernel::{
        currency::Currency,
        id::{DeliveryPartnerId, PartnerAgentId, ZoneId},
        money::Money,
    },
};
use chrono::{DateTime, Utc};
use serde::Deserialize;
use std::collections::HashSet;

/// The partner promises no hour; this is what is told.
const MINUTES: u32 = 2 * 24 * 60;
/// How the partner is called where people choose.
pub const NAME: &str = "Pickup Mtaani";

/// An agent as its row has it, collected as JSON.
#[derive(Clone, Debug, Deserialize)]
pub struct AgentRow {
    pub id: PartnerAgentId,
    pub title: String,
    #[serde(default)]
    pub area: String,
    pub fee_cents: i64,
}

impl AgentRow {
    /// As something that an order can go to: priced, quoted and held by the same functions as every area.
    pub fn zone(self, currency: Currency) -> Zone {
        Zone {
            id: ZoneId::from(self.id.uuid()),
            area: self.title,
            aliases: Vec::new(),
            group: format!("{NAME}: {}", self.area),
            fee: Money::new(self.fee_cents, currency),
            minimum: Money::zero(currency),
            eta_minutes: MINUTES,
            free_from: None,
            bands: None,
            cut_off: None,
            is_default: false,
            is_collection: true,
            takes_the_rest: false,
            agent: Some(self.id),
        }
    }
}

/// What the checkout calls each agent; no two are called the same.
fn titles(agents: &[Agent]) -> Vec<String> {
    let mut taken: HashSet<String> = HashSet::new();
    agents
        .iter()
        .map(|agent| {
            let place = if agent.location.is_empty() { &agent.area } else { &agent.location };
            let plain = format!("{}, {place} ({NAME})", agent.name);
            let title = if taken.contains(&plain.to_lowercase()) {
                format!("{}, {place} ({NAME} {})", agent.name, agent.number)
            } else {
                plain
            };
            taken.insert(title.to_lowercase());
            title
        })
        .collect()
}

/// Writes a whole list: who is new comes in, who is known is freshened, who is missing is offered no longer.
pub(super) async fn write_list(
    tx: &mut TenantTx,
    partner: DeliveryPartnerId,
    agents: &[Agent],
    now: DateTime<Utc>,
) -> Result<(), AppError> {
    let numbers: Vec<i64> = agents.iter().map(|agent| agent.number).collect();
    let names: Vec<&str> = agents.iter().map(|agent| agent.name.as_str()).collect();
    let locations: Vec<&str> = agents.iter().map(|agent| agent.location.as_str()).collect();
    let areas: Vec<&str> = agents.iter().map(|agent| agent.area.as_str()).collect();
    let titles = titles(agents);
    sqlx::query!(
        "with gone as (
             update partner_agents
             set is_active = false, updated_at = $8
             where tenant_id = $1
               and partner_id = $2
               and is_active
               and agent_number <> all($3)
         )
         insert into partner_agents as known (tenant_id, partner_id, agent_number, name, location, area, title, created_at, updated_at)
         select $1, $2, one.number, one.name, one.location, one.area, one.title, $8, $8
         from unnest($3::bigint[], $4::text[], $5::text[], $6::text[], $7::text[]) as one (number, name, location, area, title)
         on conflict on constraint partner_agents_number_unique do update
         set name = excluded.name, location = excluded.location, area = excluded.area, title = excluded.title,
             is_active = true, updated_at = excluded.updated_at
         where not known.is_active
            or (known.name, known.location, known.area, known.title)
               is distinct from (excluded.name, excluded.location, excluded.area, excluded.title)",
        tx.tenant(),
        partner.uuid(),
        &numbers,
        &names as &[&str],
        &locations as &[&str],
        &areas as &[&str],
        &titles,
        now
    )
    .execute(tx.conn())
    .await?;
    Ok(())
}

/// Agents whose fee nobody has asked for since `before`, the longest forgotten first.
pub(super) async fn list_unpriced(
    tx: &mut TenantTx,
    partner: DeliveryPartnerId,
    before: DateTime<Utc>,
    most: i64,
) -> Result<Vec<i64>, AppError> {
    Ok(sqlx::query_scalar!(
        "select agent_number
         from partner_agents
         where tenant_id = $1
           and partner_id = $2
           and is_active
           and (fee_asked_at is null or fee_asked_at < $3)
         order by fee_asked_at nulls first, agent_number
         limit $4",
        tx.tenant(),
        partner.uuid(),
        before,
        most
    )
    .fetch_all(tx.conn())
    .await?)
}

/// Writes what parcels cost now. An agent to whom the partner takes none has no fee, and is not offered.
pub(super) async fn write_fees(
    tx: &mut TenantTx,
    partner: DeliveryPartnerId,
    fees: &[(i64, Option<Money>)],
    now: DateTime<Utc>,
) -> Result<(), AppError> {
    let numbers: Vec<i64> = fees.iter().map(|(number, _)| *number).collect();
    let cents: Vec<Option<i64>> = fees.iter().map(|(_, fee)| fee.map(Money::minor)).collect();
    sqlx::query!(
        "update partner_agents a
         set fee_cents = one.cents, fee_asked_at = $5, updated_at = $5
         from unnest($3::bigint[], $4::bigint[]) as one (number, cents)
         where a.tenant_id = $1
           and a.partner_id = $2
           and a.agent_number = one.number",
        tx.tenant(),
        partner.uuid(),
        &numbers,
        &cents as &[Option<i64>],
        now
    )
    .execute(tx.conn())
    .await?;
    Ok(())
}

/// What was asked for another place of handing in says nothing of this one.
pub(super) async fn forget_fees(tx: &mut TenantTx, partner: DeliveryPartnerId) -> Result<(), AppError> {
    sqlx::query!(
        "update partner_agents
         set fee_cents = null, fee_asked_at = null, updated_at = now()
         where tenant_id = $1
           and partner_id = $2
           and (fee_cents is not null or fee_asked_at is not null)",
        tx.tenant(),
        partner.uuid()
    )
    .execute(tx.conn())
    .await?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn two_agents_of_one_name_are_told_apart() {
        let agent = |number, name: &str, location: &str| Agent {
            number,
            name: name.to_owned(),
            location: location.to_owned(),
            area: "CBD".to_owned(),
        };
        let agents = [agent(1, "Cyber", "Moi Avenue"), agent(2, "cyber", "Moi Avenue"), agent(3, "Cyber", "")];
        assert_eq!(
            titles(&agents),
            ["Cyber, Moi Avenue (Pickup Mtaani)", "cyber, Moi Avenue (Pickup Mtaani 2)", "Cyber, CBD (Pickup Mtaani)"]
        );
    }
}
