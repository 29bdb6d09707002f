//! Shape: names, comments and types that the next reader and the next query rely on.

use super::{Findings, excepted};
use crate::schema::{
    exceptions::{FLOATS, FOREIGN_TABLES, TABLES},
    relation::{Catalogue, Column, Relation},
};

pub fn judge(schema: &Catalogue, findings: &mut Findings) {
    for relation in &schema.relations {
        if excepted(FOREIGN_TABLES, &relation.name) {
            continue;
        }
        findings.unless(
            relation.comment.as_ref().is_some_and(|comment| !comment.is_empty()),
            &relation.name,
            "it has no comment",
        );
        if relation.is_table() && !relation.is_partition() {
            standard_columns(schema, relation, findings);
            names(schema, relation, findings);
        }
        for column in schema.columns_of(&relation.name) {
            column_type(schema, relation, column, findings);
        }
    }
    for name in &schema.enum_types {
        findings.add(name, "an enum's equality may not use an index under row security; use text with a check");
    }
}

fn standard_columns(schema: &Catalogue, table: &Relation, findings: &mut Findings) {
    for name in ["created_at", "updated_at"] {
        let is_there = schema.column(&table.name, name).is_some_and(|column| {
            column.type_name == "timestamp with time zone" && column.is_required && column.has_default
        });
        findings.unless(is_there, &table.name, &format!("it has no {name} timestamptz not null with a default"));
    }
    if let Some(id) = schema.column(&table.name, "id") {
        findings.unless(
            id.type_name == "uuid" && id.is_required && id.has_default,
            &table.name,
            "its id is not a uuid with a default",
        );
    } else {
        findings.unless(
            matches!(table.name.as_str(), "order_counters" | "hook_tokens" | "used_receipts")
                || excepted(TABLES, &table.name),
            &table.name,
            "it has no id",
        );
    }
}

/// Postgres's own names say what a rule is made of, ours say what it means.
fn names(schema: &Catalogue, table: &Relation, findings: &mut Findings) {
    let rules = schema.constraints.iter().filter(|rule| rule.relation == table.name).map(|rule| &rule.name);
    let indexes = schema.indexes.iter().filter(|index| index.relation == table.name).map(|index| &index.name);
    for name in rules.chain(indexes) {
        let tail = name.trim_end_matches(|letter: char| letter.is_ascii_digit());
        let is_given = name.strip_prefix(&table.name).is_some_and(|rest| rest.starts_with('_'))
            && !["_pkey", "_key", "_fkey", "_check", "_excl"].iter().any(|end| tail.ends_with(end));
        // an index behind a constraint has its name; one offence is enough
        let is_told = schema.indexes.iter().any(|index| &index.name == name)
            && schema.constraints.iter().any(|rule| &rule.name == name && rule.relation == table.name);
        if !(is_given || is_told && findings.has(name)) {
            findings.add(name, "it has no name of the form <table>_<what>");
        }
    }
}

fn column_type(schema: &Catalogue, relation: &Relation, column: &Column, findings: &mut Findings) {
    let name = format!("{}.{}", relation.name, column.name);
    let kind = column.type_name.as_str();
    if column.name.ends_with("_cents") {
        findings.unless(kind == "bigint", &name, "money is bigint");
        let is_checked = schema.checks_of(&relation.name, &column.name).next().is_some();
        findings.unless(
            is_checked || relation.is_partition() || !relation.is_table(),
            &name,
            "no check keeps the amount from being negative",
        );
    }
    if column.name.ends_with("_at") {
        findings.unless(kind == "timestamp with time zone", &name, "a moment is timestamptz");
    }
    if matches!(column.name.as_str(), "status" | "type" | "kind" | "role" | "channel" | "direction" | "severity")
        && relation.is_table()
        && !relation.is_partition()
        && relation.name != "events"
    {
        let is_checked = schema.checks_of(&relation.name, &column.name).next().is_some();
        findings.unless(kind == "text" && is_checked, &name, "a status is text with a named check of its words");
    }
    if matches!(kind, "real" | "double precision") || kind.starts_with("numeric") {
        findings.unless(
            FLOATS.iter().any(|(table, float, _)| *table == relation.name && *float == column.name),
            &name,
            "it is not a whole number, and on no list",
        );
    }
    findings.unless(kind != "timestamp without time zone", &name, "a moment without a zone is nobody's");
}
