//! What a cart would pay: the one function that prices, on goods that a merchant makes up, with every step shown.

use super::currency;
use crate::{
    ctx::Ctx,
    db::TenantTx,
    error::AppError,
    kernel::{
        access::Permission,
        currency::Currency,
        id::{CategoryId, PriceRuleId},
        money::Money,
        phone::Phone,
    },
    pricing::{
        code::Code,
        price_lines::{Cart, Line, price_lines},
        priced::CodeRefusal,
        rule::Rule,
        stored::{CodeRow, read_codes, read_rules},
    },
};
use sqlx::types::Json;
use std::collections::HashMap;

/// As many different things as a cart holds.
const MOST_LINES: usize = 50;

/// What is asked for, as it was typed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Asked {
    pub goods: String,
    pub area: String,
    pub codes: String,
    pub phone: String,
}

/// The reckoning, or as much of it as could be made.
#[derive(Clone, Debug)]
pub struct Trial {
    /// Where is delivered to, for the choice.
    pub areas: Vec<String>,
    /// What was typed and is not sold here.
    pub unknown: Vec<String>,
    /// A phone was typed, and it is none.
    pub is_no_phone: bool,
    /// None when there is nothing to reckon.
    pub result: Option<TrialResult>,
}

#[derive(Clone, Debug)]
pub struct TrialResult {
    pub lines: Vec<TrialLine>,
    pub discounts: Vec<(String, Money)>,
    pub subtotal: Money,
    pub goods: Money,
    pub full_delivery: Money,
    pub delivery: Money,
    pub total: Money,
    /// Each set that was compared, best first, with what it saves.
    pub tried: Vec<(Vec<String>, Money)>,
    pub codes: Vec<(String, Option<CodeRefusal>)>,
}

#[derive(Clone, Debug)]
pub struct TrialLine {
    pub name: String,
    pub quantity: u32,
    pub gross: Money,
    pub net: Money,
    /// What each discount takes off it.
    pub shares: Vec<(String, Money)>,
}

struct Terms {
    currency: Currency,
    areas: Vec<(String, i64)>,
    rules: Vec<Rule>,
    codes: Vec<CodeRow>,
    had: Vec<PriceRuleId>,
}

/// Reads only: nothing is held or used up.
pub async fn reckon(ctx: &Ctx, asked: &Asked) -> Result<Trial, AppError> {
    ctx.require(Permission::EditDiscounts)?;
    let mut tx = ctx.tx().await?;
    let typed: Vec<String> = asked
        .codes
        .split_whitespace()
        .filter_map(Code::parse)
        .take(crate::cart::codes::MOST_CODES)
        .map(|code| code.as_str().to_owned())
        .collect();
    let buyer = Phone::parse(&asked.phone);
    let is_no_phone = buyer.is_none() && !asked.phone.trim().is_empty();
    let terms = find_terms(&mut tx, &typed, buyer).await?;
    let wanted = wanted(&asked.goods);
    let (names, lines, unknown) = list_goods(&mut tx, &wanted, terms.currency).await?;
    let areas = terms.areas.iter().map(|(area, _)| area.clone()).collect();
    if lines.is_empty() {
        return Ok(Trial { areas, unknown, is_no_phone, result: None });
    }
    let fee = terms.areas.iter().find(|(area, _)| *area == asked.area).or(terms.areas.first());
    let codes = read_codes(&typed, &terms.codes);
    let priced = price_lines(&Cart {
        currency: terms.currency,
        lines: &lines,
        delivery: Money::new(fee.map_or(0, |(_, fee)| *fee), terms.currency),
        rules: &terms.rules,
        codes: &codes,
        had: &terms.had,
        now: ctx.now(),
    })
    .map_err(AppError::broken)?;
    let name_of =
        |id: PriceRuleId| terms.rules.iter().find(|rule| rule.id == id).map_or(String::new(), |rule| rule.name.clone());
    let goods = priced.goods().map_err(AppError::broken)?;
    let result = TrialResult {
        lines: names
            .into_iter()
            .zip(&lines)
            .zip(&priced.lines)
            .map(|((name, line), priced)| TrialLine {
                name,
                quantity: line.quantity,
                gross: priced.gross,
                net: priced.net,
                shares: priced.shares.iter().map(|(rule, share)| (name_of(*rule), *share)).collect(),
            })
            .collect(),
        discounts: priced
            .discounts
            .iter()
            .map(|one| (one.name.clone(), if one.delivery.is_zero() { one.goods } else { one.delivery }))
            .collect(),
        subtotal: priced.subtotal,
        goods,
        full_delivery: priced.full_delivery,
        delivery: priced.delivery,
        total: goods.plus(priced.delivery).map_err(AppError::broken)?,
        tried: priced
            .tried
            .iter()
            .enumerate()
            .map(|(at, tried)| {
                // Of the set that is taken, those that take something off.
                let counts = |rule: &&PriceRuleId| {
                    at > 0 || tried.saved.is_zero() || priced.discounts.iter().any(|discount| discount.rule == **rule)
                };
                (tried.rules.iter().filter(counts).map(|rule| name_of(*rule)).collect(), tried.saved)
            })
            .collect(),
        codes: priced.codes.into_iter().map(|(code, why)| (code.as_str().to_owned(), why)).collect(),
    };
    Ok(Trial { areas, unknown, is_no_phone, result: Some(result) })
}

/// `kikoi 2` on each line: what, and how many.
fn wanted(typed: &str) -> Vec<(String, u32)> {
    typed
        .lines()
        .map(str::trim)
        .filter(|line| !line.is_empty())
        .take(MOST_LINES)
        .map(|line| {
            let (what, count) = line.rsplit_once(char::is_whitespace).unwrap_or((line, ""));
            let count = count.trim().trim_start_matches(['x', '×']).parse::<u32>().ok();
            match count.filter(|count| (1..=999).contains(count)) {
                Some(count) => (end_of(what.trim()), count),
                None => (end_of(line), 1),
            }
        })
        .collect()
}

/// A whole address is as good as its end.
fn end_of(what: &str) -> String {
    let is_address = what.starts_with("http://") || what.starts_with("https://");
    let end = what.trim_end_matches('/').rsplit('/').next().filter(|_| is_address);
    end.unwrap_or(what).to_owned()
}

async fn find_terms(tx: &mut TenantTx, typed: &[String], buyer: Option<Phone>) -> Result<Terms, AppError> {
    let row = sqlx::query!(
        r#"select coalesce((select s.default_currency from stores s where s.tenant_id = $1 order by s.created_at, s.id limit 1), 'KES') as "currency!",
                  coalesce((
                      select jsonb_agg(jsonb_build_array(zone.city_area, zone.fee_cents))
                      from (
                          select z.city_area, z.fee_cents
                          from delivery_zones z
                          where z.tenant_id = $1
                            and z.is_active
                          order by z.is_default desc, z.position, z.city_area
                          limit 300
                      ) zone
                  ), '[]') as "areas!: Json<Vec<(String, i64)>>",
                  coalesce((
                      select jsonb_agg(live.rule)
                      from (
                          select to_jsonb(r) as rule
                          from price_rules r
                          where r.tenant_id = $1
                            and (not r.needs_code and r.is_active
                                 or r.id in (select k.rule_id from price_rule_codes k where k.tenant_id = $1 and k.code = any ($2)))
                          order by r.id
                          limit 300
                      ) live
                  ), '[]') as "rules!: Json<Vec<crate::pricing::rule::RuleRow>>",
                  coalesce((
                      select jsonb_agg(to_jsonb(k))
                      from price_rule_codes k
                      where k.tenant_id = $1
                        and k.code = any ($2)
                  ), '[]') as "codes!: Json<Vec<CodeRow>>",
                  array(
                      select x.rule_id
                      from customers u
                      join price_rule_redemptions x on x.tenant_id = $1 and x.customer_id = u.id
                      where u.tenant_id = $1
                        and u.phone = $3
                        and x.is_once
                        and (x.given_back_at is null or x.used_at is not null)
                      limit 1000
                  ) as "had!"
           from tenants t
           where t.id = $1"#,
        tx.tenant(),
        typed,
        buyer.as_ref().map(Phone::as_str)
    )
    .fetch_one(tx.conn())
    .await?;
    let currency = currency(&row.currency)?;
    Ok(Terms {
        currency,
        areas: row.areas.0,
        rules: read_rules(row.rules.0, currency),
        codes: row.codes.0,
        had: row.had.into_iter().map(PriceRuleId::from).collect(),
    })
}

/// What was asked for with its name, by SKU or by the product's address; and what is not there.
async fn list_goods(
    tx: &mut TenantTx,
    wanted: &[(String, u32)],
    currency: Currency,
) -> Result<(Vec<String>, Vec<Line>, Vec<String>), AppError> {
    let words: Vec<String> = wanted.iter().map(|(what, _)| what.to_lowercase()).collect();
    let rows = sqlx::query!(
        r#"select asked.word as "word!", found.variant_id, found.product_id, found.price_cents, found.name as "name!", found.variant_name as "variant_name!",
                  array(select above.id from categories_above($1, found.category_id) above) as "categories!"
           from unnest($2::text[]) as asked (word)
           cross join lateral (
               select v.id as variant_id, p.id as product_id, v.price_cents, p.name, v.name as variant_name, p.category_id
               from product_variants v
               join products p on p.tenant_id = $1 and p.id = v.product_id
               where v.tenant_id = $1
                 and v.is_active
                 and (p.slug = asked.word or lower(v.sku) = asked.word)
               order by lower(v.sku) = asked.word desc nulls last, v.position, v.id
               limit 1
           ) found
           limit 50"#,
        tx.tenant(),
        &words
    )
    .fetch_all(tx.conn())
    .await?;
    let by_word: HashMap<&str, _> = rows.iter().map(|row| (row.word.as_str(), row)).collect();
    let (mut names, mut lines, mut unknown) = (Vec::new(), Vec::new(), Vec::new());
    for (what, quantity) in wanted {
        let Some(row) = by_word.get(what.to_lowercase().as_str()) else {
            unknown.push(what.chars().take(80).collect());
            continue;
        };
        names.push(if row.variant_name.is_empty() {
            row.name.clone()
        } else {
            format!("{}, {}", row.name, row.variant_name)
        });
        lines.push(Line {
            variant: row.variant_id.into(),
            product: row.product_id.into(),
            categories: row.categories.iter().copied().map(CategoryId::from).collect(),
            unit_price: Money::new(row.price_cents, currency),
            quantity: *quantity,
        });
    }
    Ok((names, lines, unknown))
}

#[cfg(test)]
mod tests {
    use super::wanted;

    #[test]
    fn each_line_is_a_thing_and_how_many() {
        assert_eq!(
            wanted("kikoi 2\n\n  MN-001-S x3\nkiondo\nhttps://shop.example/p/jembe/ 2\nA/B 1\nkikoi red 0\n"),
            [
                ("kikoi".to_owned(), 2),
                ("MN-001-S".to_owned(), 3),
                ("kiondo".to_owned(), 1),
                ("jembe".to_owned(), 2),
                ("A/B".to_owned(), 1),
                ("kikoi red 0".to_owned(), 1),
            ]
        );
    }
}
