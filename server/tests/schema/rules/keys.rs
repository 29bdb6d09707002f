//! Keys: everything the database checks without row security must carry the tenant.

use super::{Findings, excepted};
use crate::schema::{
    exceptions::{FOREIGN_TABLES, INDEXES, LOOSE_IDS, PRIMARY_KEYS, TABLES},
    relation::{Catalogue, Constraint, Index, Relation},
};

pub fn judge(schema: &Catalogue, findings: &mut Findings) {
    for table in schema.tables().filter(|table| !excepted(FOREIGN_TABLES, &table.name)) {
        if !table.is_partition() {
            primary_key(schema, table, findings);
            tenant_is_known(schema, table, findings);
            loose_ids(schema, table, findings);
        }
        for index in schema.indexes.iter().filter(|index| index.relation == table.name) {
            leads_with_tenant(index, findings);
        }
        for key in schema.foreign_keys_of(&table.name) {
            foreign_key(schema, key, findings);
        }
    }
    for rule in schema.constraints.iter().filter(|rule| rule.kind == "x") {
        findings.add(&rule.name, "an exclusion rule compares rows of all tenants");
    }
}

fn primary_key(schema: &Catalogue, table: &Relation, findings: &mut Findings) {
    let wanted = PRIMARY_KEYS
        .iter()
        .find(|(name, ..)| *name == table.name)
        .map_or(&["tenant_id", "id"][..], |(_, columns, _)| columns);
    let found = schema.constraints.iter().find(|rule| rule.kind == "p" && rule.relation == table.name);
    match found {
        Some(key) => {
            findings.unless(
                key.columns == wanted,
                &key.name,
                &format!("the primary key is not ({})", wanted.join(", ")),
            );
        }
        None => findings.add(&table.name, "it has no primary key"),
    }
}

/// Every row belongs to a tenant that exists: directly, or by a parent that does.
fn tenant_is_known(schema: &Catalogue, table: &Relation, findings: &mut Findings) {
    let is_bound = schema.foreign_keys_of(&table.name).any(|key| {
        key.columns.first().is_some_and(|column| column == "tenant_id")
            && key.columns.iter().all(|name| schema.column(&table.name, name).is_some_and(|column| column.is_required))
    });
    findings.unless(
        is_bound || excepted(TABLES, &table.name),
        &table.name,
        "no foreign key makes sure that its tenant exists",
    );
}

fn leads_with_tenant(index: &Index, findings: &mut Findings) {
    let key = if index.relation == "tenants" { "id" } else { "tenant_id" };
    findings.unless(
        index.columns.first().is_some_and(|column| column == key) || excepted(INDEXES, &index.name),
        &index.name,
        &format!("the index does not begin with {key}"),
    );
    findings.unless(index.is_valid, &index.name, "the index is not valid; its building was cut short");
}

fn foreign_key(schema: &Catalogue, key: &Constraint, findings: &mut Findings) {
    let target = key.target.as_deref().unwrap_or_default();
    let carries_tenant = if target == "tenants" {
        key.columns == ["tenant_id"] && key.target_columns == ["id"]
    } else {
        key.columns.len() > 1
            && key.columns.first().is_some_and(|column| column == "tenant_id")
            && key.target_columns.first().is_some_and(|column| column == "tenant_id")
    };
    findings.unless(carries_tenant, &key.name, &format!("it lets a row point into another tenant's {target}"));
    findings.unless(key.is_validated, &key.name, "the foreign key is not validated");

    let empties = matches!(key.on_delete.as_deref(), Some("n" | "d"));
    let keeps_tenant =
        !key.emptied_columns.is_empty() && key.emptied_columns.iter().all(|column| column != "tenant_id");
    findings.unless(
        !empties || keeps_tenant,
        &key.name,
        "deleting the parent would empty tenant_id; name the columns to empty",
    );

    let parent_can_go = empties
        || key.on_delete.as_deref() == Some("c")
        || schema.is_granted(target, "duka_app", "DELETE")
        || schema.is_granted(target, "duka_worker", "DELETE");
    let has_index = schema.indexes.iter().any(|index| {
        index.relation == key.relation && index.method == "btree" && index.columns.starts_with(&key.columns)
    });
    findings.unless(
        has_index || !parent_can_go,
        &key.name,
        &format!("{target} can be deleted from, and no index serves the foreign key"),
    );
}

/// An id without a foreign key can name another tenant's row.
fn loose_ids(schema: &Catalogue, table: &Relation, findings: &mut Findings) {
    for column in schema.columns_of(&table.name) {
        let is_reference = column.type_name == "uuid" && !matches!(column.name.as_str(), "id" | "tenant_id");
        let is_bound = schema.foreign_keys_of(&table.name).any(|key| key.columns.contains(&column.name));
        let is_excepted = LOOSE_IDS.iter().any(|(name, id, _)| *name == table.name && *id == column.name);
        findings.unless(
            !is_reference || is_bound || is_excepted,
            &format!("{}.{}", table.name, column.name),
            "the id has no foreign key",
        );
    }
}
