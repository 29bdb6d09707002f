//! A merchant gives out codes of a discount: one that many may use, or a batch of which each goes once.

use super::code::Code;
use crate::{
    ctx::Ctx,
    db::{DbError, TenantTx},
    error::AppError,
    kernel::{
        access::Permission,
        field_errors::{FieldErrors, FieldProblem, required_text},
        id::{PriceRuleCodeId, PriceRuleId},
        typed::Typed,
        whole_number::parse_positive,
    },
};
use serde_json::json;
use std::fmt::Write as _;
use uuid::Uuid;

/// How many codes are made at a time.
pub const LARGEST_BATCH: u32 = 1_000;
/// How many a discount may have.
const MOST_CODES: i64 = 50_000;
const LONGEST_LABEL: usize = 60;
/// `id` was made when the form was shown, so that the same form twice gives out once.
pub const CODE_FIELDS: [&str; 3] = ["id", "code", "uses"];
pub const BATCH_FIELDS: [&str; 3] = ["id", "label", "count"];

/// Gives out one code. The same form again has done its work; another one with this code is told that it is taken.
pub async fn add_code(ctx: &Ctx, rule: PriceRuleId, typed: &Typed) -> Result<(), AppError> {
    ctx.require(Permission::EditDiscounts)?;
    let mut errors = FieldErrors::none();
    typed.expect_only(&CODE_FIELDS, &mut errors);
    let code = errors.expect("code", read_code(typed.get("code")));
    let uses = errors.expect("uses", parse_positive(typed.get("uses"), 1_000_000_u32));
    let (Some(code), Some(uses), true) = (code, uses, errors.is_empty()) else { return Err(AppError::Invalid(errors)) };
    let mut tx = ctx.tx().await?;
    lock_rule(&mut tx, rule, 1).await?;
    let Some(id) = free_id(&mut tx, rule, typed, |given, _| given == code.as_str()).await? else { return Ok(()) };
    sqlx::query!(
        "insert into price_rule_codes (tenant_id, id, rule_id, code, most_uses, created_at)
         values ($1, $2, $3, $4, $5, $6)",
        tx.tenant(),
        id.uuid(),
        rule.uuid(),
        code.as_str(),
        uses.and_then(|uses| i32::try_from(uses).ok()),
        ctx.now()
    )
    .execute(tx.conn())
    .await
    .map_err(|fault| taken("code", fault))?;
    tx.audit(ctx.actor, "discount_code_added", "price_rules", rule.uuid(), json!({ "code_id": id })).await?;
    Ok(tx.commit().await?)
}

/// Makes a batch of codes that nobody can guess and that go once each; a label names one batch of a discount. The same
/// form again has done its work.
pub async fn make_batch(ctx: &Ctx, rule: PriceRuleId, typed: &Typed) -> Result<(), AppError> {
    ctx.require(Permission::EditDiscounts)?;
    let mut errors = FieldErrors::none();
    typed.expect_only(&BATCH_FIELDS, &mut errors);
    let label = errors.expect("label", required_text(typed.get("label"), LONGEST_LABEL));
    let count = parse_positive(typed.get("count"), LARGEST_BATCH).and_then(|count| count.ok_or(FieldProblem::Missing));
    let count = errors.expect("count", count);
    let (Some(label), Some(count), true) = (label, count, errors.is_empty()) else {
        return Err(AppError::Invalid(errors));
    };
    let mut tx = ctx.tx().await?;
    lock_rule(&mut tx, rule, i64::from(count)).await?;
    let Some(first) = free_id(&mut tx, rule, typed, |_, given| given == Some(label.as_str())).await? else {
        return Ok(());
    };
    let ids: Vec<Uuid> =
        std::iter::once(first.uuid()).chain((1..count).map(|_| PriceRuleCodeId::mint().uuid())).collect();
    let codes: Vec<String> = (0..count).map(|_| Code::random().as_str().to_owned()).collect();
    let done = sqlx::query!(
        "insert into price_rule_codes (tenant_id, id, rule_id, code, label, most_uses, created_at)
         select $1, made.id, $2, made.code, $4, 1, $5
         from unnest($3::text[], $6::uuid[]) as made (code, id)
         where not exists (
             select from price_rule_codes k
             where k.tenant_id = $1
               and k.rule_id = $2
               and k.label = $4
         )",
        tx.tenant(),
        rule.uuid(),
        &codes,
        label,
        ctx.now(),
        &ids
    )
    .execute(tx.conn())
    .await
    .map_err(|fault| taken("label", fault))?;
    if done.rows_affected() == 0 {
        return Err(AppError::Invalid(FieldErrors::one("label", FieldProblem::Taken)));
    }
    tx.audit(ctx.actor, "discount_codes_made", "price_rules", rule.uuid(), json!({ "count": count })).await?;
    Ok(tx.commit().await?)
}

/// Takes a code away; orders keep what it gave them. Twice is once.
pub async fn remove_code(ctx: &Ctx, rule: PriceRuleId, code: PriceRuleCodeId) -> Result<(), AppError> {
    ctx.require(Permission::EditDiscounts)?;
    let mut tx = ctx.tx().await?;
    let known = sqlx::query_scalar!(
        "select id
         from price_rules
         where tenant_id = $1
           and id = $2",
        tx.tenant(),
        rule.uuid()
    )
    .fetch_optional(tx.conn())
    .await?;
    if known.is_none() {
        return Err(AppError::NotFound);
    }
    // Orders forget which code it was: their rows before the code's, as when a place is given back, and not the rule's,
    // which comes before some codes and after others.
    sqlx::query!(
        "select id
         from price_rule_redemptions
         where tenant_id = $1
           and code_id = $2
         order by id
         for no key update",
        tx.tenant(),
        code.uuid()
    )
    .fetch_all(tx.conn())
    .await?;
    let done = sqlx::query!(
        "delete from price_rule_codes
         where tenant_id = $1
           and rule_id = $2
           and id = $3",
        tx.tenant(),
        rule.uuid(),
        code.uuid()
    )
    .execute(tx.conn())
    .await?;
    if done.rows_affected() == 1 {
        tx.audit(ctx.actor, "discount_code_removed", "price_rules", rule.uuid(), json!({ "code_id": code })).await?;
    }
    Ok(tx.commit().await?)
}

/// Every code of a discount as lines of a file: code, batch, how many orders have it, how many may.
pub async fn list_for_file(ctx: &Ctx, rule: PriceRuleId) -> Result<String, AppError> {
    ctx.require(Permission::EditDiscounts)?;
    let mut tx = ctx.tx().await?;
    lock_rule(&mut tx, rule, 0).await?;
    let rows = sqlx::query!(
        "select code, label, taken_count, most_uses
         from price_rule_codes
         where tenant_id = $1
           and rule_id = $2
         order by created_at, id
         limit $3",
        tx.tenant(),
        rule.uuid(),
        MOST_CODES
    )
    .fetch_all(tx.conn())
    .await?;
    let mut file = String::from("code,batch,used,most\r\n");
    for row in rows {
        let label = in_cell(&row.label.unwrap_or_default());
        let most = row.most_uses.map(|most| most.to_string()).unwrap_or_default();
        // Writing into a string cannot fail.
        let _ = write!(file, "{},{label},{},{most}\r\n", row.code, row.taken_count);
    }
    Ok(file)
}

/// As a cell that no spreadsheet takes for a formula.
fn in_cell(text: &str) -> String {
    let safe = if text.starts_with(['=', '+', '-', '@', '\t', '\r']) { format!("'{text}") } else { text.to_owned() };
    if safe.contains(['"', ',', '\n', '\r']) { format!("\"{}\"", safe.replace('"', "\"\"")) } else { safe }
}

/// Only this merchant's, and not more codes than it may have. Those who give out codes wait for each other.
async fn lock_rule(tx: &mut TenantTx, rule: PriceRuleId, more: i64) -> Result<(), AppError> {
    let found = sqlx::query_scalar!(
        r#"select (select count(*) from price_rule_codes k where k.tenant_id = $1 and k.rule_id = r.id) as "count!"
           from price_rules r
           where r.tenant_id = $1
             and r.id = $2
           for no key update"#,
        tx.tenant(),
        rule.uuid()
    )
    .fetch_optional(tx.conn())
    .await?
    .ok_or(AppError::NotFound)?;
    if found + more > MOST_CODES {
        return Err(AppError::Invalid(FieldErrors::one("count", FieldProblem::TooMany)));
    }
    Ok(())
}

/// The id that the form names for what it gives out; none when it has done so, which `is_same` tells by the code and
/// the batch's label. A page that somebody goes back to and fills in anew gets another id.
async fn free_id(
    tx: &mut TenantTx,
    rule: PriceRuleId,
    typed: &Typed,
    is_same: impl Fn(&str, Option<&str>) -> bool,
) -> Result<Option<PriceRuleCodeId>, AppError> {
    let Some(id) = PriceRuleCodeId::parse(typed.get("id")) else { return Ok(Some(PriceRuleCodeId::mint())) };
    let given = sqlx::query!(
        "select rule_id, code, label
         from price_rule_codes
         where tenant_id = $1
           and id = $2",
        tx.tenant(),
        id.uuid()
    )
    .fetch_optional(tx.conn())
    .await?;
    Ok(match given {
        None => Some(id),
        Some(row) if row.rule_id == rule.uuid() && is_same(&row.code, row.label.as_deref()) => None,
        Some(_) => Some(PriceRuleCodeId::mint()),
    })
}

fn read_code(typed: &str) -> Result<Code, FieldProblem> {
    match typed.trim() {
        "" => Err(FieldProblem::Missing),
        typed => Code::parse(typed).ok_or(FieldProblem::NotACode),
    }
}

fn taken(field: &'static str, fault: sqlx::Error) -> AppError {
    let fault = DbError::from(fault);
    match fault.constraint() {
        Some("price_rule_codes_code_unique") => AppError::Invalid(FieldErrors::one(field, FieldProblem::Taken)),
        _ => fault.into(),
    }
}

#[cfg(test)]
mod tests {
    use super::in_cell;

    #[test]
    fn a_label_is_never_a_formula() {
        assert_eq!(in_cell("=cmd()"), "'=cmd()");
        assert_eq!(in_cell("a \"b\", c"), "\"a \"\"b\"\", c\"");
        assert_eq!(in_cell("December"), "December");
    }
}
