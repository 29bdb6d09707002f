//! Why shoppers left at the checkout, as they said it: how often each reason in a week and in a month, and their own words.

use super::count;
use crate::{
    cart::why_left::WhyLeft,
    ctx::Ctx,
    error::AppError,
    kernel::{access::Permission, local_time::LocalDay},
};
use chrono::TimeDelta;
use serde::Deserialize;
use sqlx::types::Json;

/// More of them nobody reads on a phone.
const MOST_SAID: i64 = 20;
/// The two spans that are counted, in days; what is older is not shown.
const WEEK: i64 = 7;
const MONTH: i64 = 30;

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LeftPage {
    /// Those that somebody gave within the month, the most frequent first.
    pub reasons: Vec<ReasonCount>,
    /// What was written beside a reason, the newest first.
    pub said: Vec<Said>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ReasonCount {
    pub why: WhyLeft,
    pub week: u32,
    pub month: u32,
}

/// Words of somebody whom nobody knows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Said {
    pub why: WhyLeft,
    pub words: String,
    /// By the shop's clock.
    pub day: LocalDay,
}

#[derive(Debug, Deserialize)]
struct ReasonRow {
    reason: String,
    week: i64,
    month: i64,
}

#[derive(Debug, Deserialize)]
struct SaidRow {
    reason: String,
    words: String,
    day: LocalDay,
}

/// All shops of the merchant together; one statement.
pub async fn load(ctx: &Ctx) -> Result<LeftPage, AppError> {
    ctx.require(Permission::SeeDashboard)?;
    let mut tx = ctx.tx().await?;
    let row = sqlx::query!(
        r#"select coalesce((
                      select jsonb_agg(to_jsonb(given) order by given.month desc, given.week desc, given.reason)
                      from (
                          select r.reason, count(*) filter (where r.created_at > $2) as week, count(*) as month
                          from checkout_abandonment_reasons r
                          where r.tenant_id = $1
                            and r.created_at > $3
                          group by r.reason
                      ) given
                  ), '[]') as "reasons!: Json<Vec<ReasonRow>>",
                  coalesce((
                      select jsonb_agg(to_jsonb(said) - 'created_at' - 'id' order by said.created_at desc, said.id)
                      from (
                          select r.id, r.reason, r.note as words, r.created_at,
                                 (r.created_at at time zone t.timezone)::date as day
                          from checkout_abandonment_reasons r
                          where r.tenant_id = $1
                            and r.created_at > $3
                            and r.note <> ''
                          order by r.created_at desc, r.id
                          limit $4
                      ) said
                  ), '[]') as "said!: Json<Vec<SaidRow>>"
           from tenants t
           where t.id = $1"#,
        tx.tenant(),
        ctx.now() - TimeDelta::days(WEEK),
        ctx.now() - TimeDelta::days(MONTH),
        MOST_SAID
    )
    .fetch_one(tx.conn())
    .await?;
    let counted = |row: ReasonRow| {
        Some(ReasonCount { why: WhyLeft::parse(&row.reason)?, week: count(row.week), month: count(row.month) })
    };
    let told = |row: SaidRow| Some(Said { why: WhyLeft::parse(&row.reason)?, words: row.words, day: row.day });
    Ok(LeftPage {
        reasons: row.reasons.0.into_iter().filter_map(counted).collect(),
        said: row.said.0.into_iter().filter_map(told).collect(),
    })
}
