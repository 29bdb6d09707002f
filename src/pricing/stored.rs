//! Rules and codes as the database packs them, made into what a price is reckoned from.

use super::{
    code::Code,
    price_lines::{KnownCode, TypedCode},
    rule::{Rule, RuleRow},
};
use crate::kernel::{
    currency::Currency,
    id::{PriceRuleCodeId, PriceRuleId},
};
use serde::Deserialize;

/// A row of `price_rule_codes`.
#[derive(Clone, Debug, Deserialize)]
pub struct CodeRow {
    pub id: PriceRuleCodeId,
    pub rule_id: PriceRuleId,
    pub code: String,
    pub most_uses: Option<i32>,
    pub taken_count: i32,
}

/// What a cart's typed codes are and lead to.
#[derive(Clone, Debug, Default, Deserialize)]
pub struct TypedRows {
    /// In the order they were typed.
    pub typed: Vec<String>,
    pub codes: Vec<CodeRow>,
    /// The rules of these codes.
    pub rules: Vec<RuleRow>,
    /// Rules that this buyer has had and may not have again.
    pub had: Vec<PriceRuleId>,
}

/// Rows that make no sense take nothing off, and are told to nobody but us.
pub fn read_rules(rows: Vec<RuleRow>, currency: Currency) -> Vec<Rule> {
    rows.into_iter()
        .filter_map(|row| {
            let id = row.id;
            let rule = row.rule(currency);
            if rule.is_none() {
                tracing::warn!(rule.id = %id, "a price rule cannot be read");
            }
            rule
        })
        .collect()
}

/// Typed codes with what is known of each.
pub fn read_codes(typed: &[String], rows: &[CodeRow]) -> Vec<TypedCode> {
    typed
        .iter()
        .filter_map(|typed| Code::parse(typed))
        .map(|code| {
            let known = rows.iter().find(|row| row.code == code.as_str()).map(|row| KnownCode {
                id: row.id,
                rule: row.rule_id,
                is_used_up: row.most_uses.is_some_and(|most| row.taken_count >= most),
            });
            TypedCode { code, known }
        })
        .collect()
}
