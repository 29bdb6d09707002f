//! What happened in the shop: who did what, when, from where; newest first, filtered by person, kind and day.

use super::looked_at;
use crate::{
    ctx::Ctx,
    error::AppError,
    kernel::{access::Permission, id::UserId, local_time::LocalTime},
};
use chrono::{Datelike as _, NaiveDate};
use serde_json::Value;
use uuid::Uuid;

/// Lines of a page.
pub const PAGE: i64 = 50;
/// No act has a longer name.
const LONGEST_ACTION: usize = 60;

/// What is asked for; empty is everything.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ActivityFilter {
    pub person: Option<UserId>,
    pub action: String,
    /// By the shop's clock.
    pub day: Option<NaiveDate>,
    pub page: u32,
}

/// One thing that happened.
#[derive(Clone, Debug)]
pub struct ActivityRow {
    pub action: String,
    /// The person's name; none when the program, a shopper or a provider did it.
    pub person: Option<String>,
    /// `user`, `customer`, `system`, `operator` or `provider`.
    pub actor_kind: String,
    pub subject_type: Option<String>,
    pub subject_id: Option<Uuid>,
    pub details: Value,
    pub address: Option<String>,
    pub agent: Option<String>,
    /// By the shop's clock.
    pub at: LocalTime,
}

/// A page of the log.
#[derive(Clone, Debug)]
pub struct ActivityPage {
    pub filter: ActivityFilter,
    pub rows: Vec<ActivityRow>,
    /// Who may be chosen: everybody who ever was in the team.
    pub people: Vec<(UserId, String)>,
    /// The kinds of things that happened.
    pub actions: Vec<String>,
    pub has_more: bool,
}

pub async fn load(ctx: &Ctx, mut filter: ActivityFilter) -> Result<ActivityPage, AppError> {
    ctx.require(Permission::SeeAudit)?;
    let mut tx = ctx.tx().await?;
    filter.action = looked_at(&filter.action, LONGEST_ACTION);
    let page = filter.page.clamp(1, 1_000);
    // Years that nobody means are further away than the database can count.
    let day = filter.day.filter(|day| (1..=9_999).contains(&day.year()));
    let mut rows = sqlx::query!(
        r#"select a.action, a.actor_kind, a.subject_type, a.subject_id, a.details, a.source_address, a.source_agent,
                  coalesce(nullif(u.name, ''), u.email) as "person?",
                  a.created_at at time zone t.timezone as "at!"
           from audit_log a
           join tenants t on t.id = $1
           left join users u on u.tenant_id = $1 and u.id = a.actor_id
           where a.tenant_id = $1
             and ($2::uuid is null or a.actor_id = $2)
             and ($3 = '' or a.action = $3)
             and ($6::date is null or a.created_at >= $6::date::timestamp at time zone t.timezone)
             and ($6::date is null or a.created_at < ($6::date + 1)::timestamp at time zone t.timezone)
           order by a.created_at desc, a.id desc
           limit $4
           offset $5"#,
        tx.tenant(),
        filter.person.map(UserId::uuid),
        filter.action,
        PAGE + 1,
        i64::from(page - 1) * PAGE,
        day
    )
    .fetch_all(tx.conn())
    .await?;
    let people = sqlx::query!(
        r#"select id, coalesce(nullif(name, ''), email) as "name!"
           from users
           where tenant_id = $1
           order by 2
           limit 200"#,
        tx.tenant()
    )
    .fetch_all(tx.conn())
    .await?;
    let actions = sqlx::query_scalar!(
        "select distinct action from audit_log where tenant_id = $1 order by action limit 300",
        tx.tenant()
    )
    .fetch_all(tx.conn())
    .await?;
    let has_more = i64::try_from(rows.len()).is_ok_and(|count| count > PAGE);
    rows.truncate(usize::try_from(PAGE).unwrap_or(50));
    Ok(ActivityPage {
        filter: ActivityFilter { day, page, ..filter },
        rows: rows
            .into_iter()
            .map(|row| ActivityRow {
                action: row.action,
                person: row.person,
                actor_kind: row.actor_kind,
                subject_type: row.subject_type,
                subject_id: row.subject_id,
                details: row.details,
                address: row.source_address,
                agent: row.source_agent,
                at: LocalTime::from(row.at),
            })
            .collect(),
        people: people.into_iter().map(|row| (row.id.into(), row.name)).collect(),
        actions,
        has_more,
    })
}
