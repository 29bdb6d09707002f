//! A merchant's discounts with how far each is used, and the codes of one.

use super::{count, currency};
use crate::{
    catalog::categories::{CategoryNode, Tree},
    ctx::Ctx,
    error::AppError,
    kernel::{
        access::Permission,
        id::{PriceRuleCodeId, PriceRuleId},
        local_time::LocalTime,
        money::Money,
    },
    pricing::{
        rule::{RuleKind, RuleRow, Season},
        scope::Scope,
    },
};
use sqlx::types::Json;

/// A discount in the list.
#[derive(Clone, Debug)]
pub struct DiscountRow {
    pub id: PriceRuleId,
    pub name: String,
    pub kind: RuleKind,
    pub scope: Scope,
    /// What the goods it is for must come to.
    pub minimum: Money,
    pub season: Season,
    pub combines: bool,
    pub needs_code: bool,
    /// By the shop's clock.
    pub starts: Option<LocalTime>,
    pub ends: Option<LocalTime>,
    /// Orders that wait for their money with it, and those that had it.
    pub held: u32,
    pub used: u32,
    pub cap: Option<u32>,
}

/// Every discount, the newest first.
pub async fn list(ctx: &Ctx) -> Result<Vec<DiscountRow>, AppError> {
    ctx.require(Permission::SeeDashboard)?;
    let mut tx = ctx.tx().await?;
    let rows = sqlx::query!(
        r#"select to_jsonb(r) as "rule!: Json<RuleRow>",
                  (r.starts_at at time zone t.timezone) as starts, (r.ends_at at time zone t.timezone) as ends,
                  (select count(*)
                   from price_rule_redemptions x
                   where x.tenant_id = $1
                     and x.rule_id = r.id
                     and x.used_at is null
                     and x.given_back_at is null) as "held!",
                  coalesce((select s.default_currency from stores s where s.tenant_id = $1 order by s.created_at, s.id limit 1), 'KES') as "currency!"
           from price_rules r
           join tenants t on t.id = $1
           where r.tenant_id = $1
           order by r.created_at desc, r.id
           limit 500"#,
        tx.tenant()
    )
    .fetch_all(tx.conn())
    .await?;
    let mut list = Vec::with_capacity(rows.len());
    for row in rows {
        // One that cannot be read takes nothing off, and there is nothing to say of it.
        let Some(rule) = row.rule.0.rule(currency(&row.currency)?) else { continue };
        let held = count(row.held);
        list.push(DiscountRow {
            id: rule.id,
            season: rule.season(ctx.now()),
            name: rule.name,
            kind: rule.kind,
            scope: rule.scope,
            minimum: rule.minimum,
            combines: rule.combines,
            needs_code: rule.needs_code,
            starts: row.starts.map(LocalTime::from),
            ends: row.ends.map(LocalTime::from),
            held,
            used: rule.taken.saturating_sub(held),
            cap: rule.total_cap,
        });
    }
    Ok(list)
}

/// The codes of one discount.
#[derive(Clone, Debug)]
pub struct CodesPage {
    pub rule: PriceRuleId,
    pub name: String,
    pub needs_code: bool,
    /// Those that were typed by hand, the newest first.
    pub codes: Vec<CodeLine>,
    pub batches: Vec<BatchLine>,
}

/// A code, how many orders have it, and how many may.
#[derive(Clone, Debug)]
pub struct CodeLine {
    pub id: PriceRuleCodeId,
    pub code: String,
    pub taken: u32,
    pub most: Option<u32>,
}

/// Codes that were made together.
#[derive(Clone, Debug)]
pub struct BatchLine {
    pub label: String,
    pub count: u32,
    pub taken: u32,
}

pub async fn codes(ctx: &Ctx, rule: PriceRuleId) -> Result<CodesPage, AppError> {
    ctx.require(Permission::EditDiscounts)?;
    let mut tx = ctx.tx().await?;
    let head = sqlx::query!(
        "select name, needs_code
         from price_rules
         where tenant_id = $1
           and id = $2",
        tx.tenant(),
        rule.uuid()
    )
    .fetch_optional(tx.conn())
    .await?
    .ok_or(AppError::NotFound)?;
    let codes = sqlx::query!(
        "select id, code, taken_count, most_uses
         from price_rule_codes
         where tenant_id = $1
           and rule_id = $2
           and label is null
         order by created_at desc, id
         limit 200",
        tx.tenant(),
        rule.uuid()
    )
    .fetch_all(tx.conn())
    .await?;
    let batches = sqlx::query!(
        r#"select label as "label!", count(*) as "count!", count(*) filter (where taken_count > 0) as "taken!"
           from price_rule_codes
           where tenant_id = $1
             and rule_id = $2
             and label is not null
           group by label
           order by min(created_at) desc
           limit 200"#,
        tx.tenant(),
        rule.uuid()
    )
    .fetch_all(tx.conn())
    .await?;
    let small = |number: i32| u32::try_from(number).unwrap_or(0);
    Ok(CodesPage {
        rule,
        name: head.name,
        needs_code: head.needs_code,
        codes: codes
            .into_iter()
            .map(|row| CodeLine {
                id: row.id.into(),
                code: row.code,
                taken: small(row.taken_count),
                most: row.most_uses.map(small),
            })
            .collect(),
        batches: batches
            .into_iter()
            .map(|row| BatchLine { label: row.label, count: count(row.count), taken: count(row.taken) })
            .collect(),
    })
}

/// The categories a discount may be for, each with its name and after the one it stands in.
pub async fn categories(ctx: &Ctx) -> Result<Vec<(String, String)>, AppError> {
    ctx.require(Permission::SeeDashboard)?;
    let mut tx = ctx.tx().await?;
    let rows = sqlx::query!(
        "select id, parent_id, name, slug, is_active
         from categories
         where tenant_id = $1
         order by position, name, id
         limit 2000",
        tx.tenant()
    )
    .fetch_all(tx.conn())
    .await?;
    let nodes = rows.into_iter().map(|row| CategoryNode {
        id: row.id.into(),
        parent: row.parent_id.map(Into::into),
        name: row.name,
        slug: row.slug,
        is_active: row.is_active,
        depth: 0,
        product_count: 0,
    });
    let tree = Tree::of(nodes.collect());
    let named =
        tree.nodes().iter().map(|node| (node.id.to_string(), format!("{}{}", "– ".repeat(node.depth), node.name)));
    Ok(named.collect())
}
