//! The rules an order is priced with, those that can run out locked until it is written.
//!
//! Locked are rules with a cap and codes that go a certain number of times, each in id order; after stock and cart,
//! before order and payment. Rules that anybody may have are only read.

use super::{
    price_lines::TypedCode,
    rule::{Rule, RuleRow},
    stored::{CodeRow, read_codes, read_rules},
};
use crate::{
    db::TenantTx,
    error::AppError,
    kernel::{
        currency::Currency,
        id::{CartId, CustomerId, PriceRuleId},
    },
};
use chrono::{DateTime, Utc};
use sqlx::types::Json;
use std::collections::BTreeMap;
use uuid::Uuid;

/// What counts for one cart and its buyer.
#[derive(Debug)]
pub(crate) struct LockedRules {
    pub rules: Vec<Rule>,
    pub codes: Vec<TypedCode>,
    pub had: Vec<PriceRuleId>,
    /// What lies in the cart at this moment: how many of each variant.
    pub pieces: BTreeMap<Uuid, i32>,
}

/// One statement. A buyer's row is locked by the caller, so that what they had is not about to change.
pub(crate) async fn lock_rules(
    tx: &mut TenantTx,
    cart: CartId,
    customer: Option<CustomerId>,
    currency: Currency,
    now: DateTime<Utc>,
) -> Result<LockedRules, AppError> {
    let row = sqlx::query!(
        r#"with typed as (
               select k.id, k.rule_id
               from carts c
               join price_rule_codes k on k.tenant_id = $1 and k.code = any (c.codes)
               where c.tenant_id = $1
                 and c.id = $2
           ), capped as (
               select r.id, to_jsonb(r) as rule
               from price_rules r
               where r.tenant_id = $1
                 and r.total_cap is not null
                 and (r.id in (select typed.rule_id from typed)
                      or not r.needs_code and r.is_active and (r.starts_at is null or r.starts_at <= $4) and (r.ends_at is null or r.ends_at > $4))
               order by r.id
               for no key update
           ), open as (
               select r.id, to_jsonb(r) as rule
               from price_rules r
               where r.tenant_id = $1
                 and r.total_cap is null
                 and (r.id in (select typed.rule_id from typed)
                      or not r.needs_code and r.is_active and (r.starts_at is null or r.starts_at <= $4) and (r.ends_at is null or r.ends_at > $4))
               limit 200
           ), counted as (
               select k.id, to_jsonb(k) as code
               from price_rule_codes k
               where k.tenant_id = $1
                 and k.most_uses is not null
                 and k.id in (select typed.id from typed)
               order by k.id
               for no key update
           ), free as (
               select k.id, to_jsonb(k) as code
               from price_rule_codes k
               where k.tenant_id = $1
                 and k.most_uses is null
                 and k.id in (select typed.id from typed)
           )
           select (select coalesce(jsonb_agg(one.rule), '[]')
                   from (select capped.rule from capped union all select open.rule from open) one) as "rules!: Json<Vec<RuleRow>>",
                  (select coalesce(jsonb_agg(one.code), '[]')
                   from (select counted.code from counted union all select free.code from free) one) as "codes!: Json<Vec<CodeRow>>",
                  (select c.codes from carts c where c.tenant_id = $1 and c.id = $2) as "typed!",
                  coalesce((
                      select jsonb_object_agg(i.variant_id, i.quantity)
                      from cart_items i
                      where i.tenant_id = $1
                        and i.cart_id = $2
                  ), '{}') as "pieces!: Json<BTreeMap<Uuid, i32>>",
                  array(
                      select x.rule_id
                      from price_rule_redemptions x
                      where x.tenant_id = $1
                        and x.customer_id = $3
                        and x.is_once
                        and (x.given_back_at is null or x.used_at is not null)
                      limit 1000
                  ) as "had!""#,
        tx.tenant(),
        cart.uuid(),
        customer.map(CustomerId::uuid),
        now
    )
    .fetch_one(tx.conn())
    .await?;
    Ok(LockedRules {
        rules: read_rules(row.rules.0, currency),
        codes: read_codes(&row.typed, &row.codes.0),
        had: row.had.into_iter().map(PriceRuleId::from).collect(),
        pieces: row.pieces.0,
    })
}
