//! Writes one row per tenant into every table, made from the catalogue alone, so that a new table cannot be forgotten.

use super::{
    attempt::Outcome,
    exceptions::TABLES,
    relation::{Catalogue, Column, Relation},
};
use sqlx::{AssertSqlSafe, PgConnection};
use std::collections::BTreeSet;

/// One of the two tenants of the test.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Tenant {
    A,
    B,
}

impl Tenant {
    pub const ALL: [Self; 2] = [Self::A, Self::B];

    pub const fn id(self) -> &'static str {
        match self {
            Self::A => "0a000000-0000-4000-8000-00000000000a",
            Self::B => "0b000000-0000-4000-8000-00000000000b",
        }
    }
    pub fn literal(self) -> String {
        format!("'{}'::uuid", self.id())
    }
}

/// The column that says whose a row is; none for tables that belong to no tenant.
pub fn tenant_key(schema: &Catalogue, relation: &str) -> Option<&'static str> {
    if relation == "tenants" {
        return Some("id");
    }
    schema.column(relation, "tenant_id").map(|_| "tenant_id")
}

/// The tables that must get rows: all but partitions and those that belong to no tenant.
pub fn tenant_tables(schema: &Catalogue) -> impl Iterator<Item = &Relation> {
    schema
        .tables()
        .filter(|table| !table.is_partition())
        .filter(|table| table.name == "tenants" || !TABLES.iter().any(|(name, _)| *name == table.name))
}

/// Puts both tenants' rows in, parents first, as a superuser. Answers with the tables that got none, and why.
pub async fn plant(connection: &mut PgConnection, schema: &Catalogue) -> Vec<String> {
    let mut faults = Vec::new();
    let mut planted = BTreeSet::new();
    let mut waiting: Vec<&str> = tenant_tables(schema).map(|table| table.name.as_str()).collect();
    while !waiting.is_empty() {
        let (ready, later): (Vec<&str>, Vec<&str>) =
            waiting.iter().partition(|table| parents(schema, table).all(|parent| planted.contains(parent)));
        if ready.is_empty() {
            faults.extend(later.iter().map(|table| format!("{table} got no row: its parents wait for each other")));
            break;
        }
        for table in ready {
            for tenant in Tenant::ALL {
                if let Err(fault) = plant_row(connection, schema, table, tenant).await {
                    faults.push(format!("{table} got no row: {fault}"));
                }
            }
            planted.insert(table);
        }
        waiting = later;
    }
    // references that may be empty can go round in circles, so they are filled when every row is there
    for table in tenant_tables(schema) {
        for column in schema.columns_of(&table.name).filter(|column| !column.is_required) {
            for tenant in Tenant::ALL {
                if let Some(parent) = referred(schema, &column.relation, &column.name, tenant)
                    && let Err(fault) = set(connection, column, &parent, tenant).await
                {
                    faults.push(format!("{}.{} could not be filled: {fault}", table.name, column.name));
                }
            }
        }
    }
    faults
}

/// The tables a row cannot do without.
fn parents<'a>(schema: &'a Catalogue, table: &'a str) -> impl Iterator<Item = &'a str> {
    schema
        .foreign_keys_of(table)
        .filter(move |key| {
            key.columns.iter().all(|name| schema.column(table, name).is_some_and(|column| column.is_required))
        })
        .filter_map(|key| key.target.as_deref())
}

async fn plant_row(
    connection: &mut PgConnection,
    schema: &Catalogue,
    table: &str,
    tenant: Tenant,
) -> Result<(), String> {
    let insert = insert(schema, table, tenant, None)?;
    sqlx::query(AssertSqlSafe(insert)).execute(connection).await.map_err(|error| Outcome::from(error).to_string())?;
    Ok(())
}

async fn set(connection: &mut PgConnection, column: &Column, value: &str, tenant: Tenant) -> sqlx::Result<()> {
    let Column { relation, name, .. } = column;
    let update = format!("update {relation} set {name} = {value} where tenant_id = {}", tenant.literal());
    sqlx::query(AssertSqlSafe(update)).execute(connection).await?;
    Ok(())
}

/// An insert of the tenant's row, with every column that has no default. Another id makes another row of it.
pub fn insert(schema: &Catalogue, table: &str, tenant: Tenant, id: Option<&str>) -> Result<String, String> {
    let mut names = Vec::new();
    let mut values = Vec::new();
    for column in schema.columns_of(table) {
        let is_tenant = tenant_key(schema, table) == Some(column.name.as_str());
        let is_id = column.name == "id" && !is_tenant;
        if !is_tenant && !is_id && (column.has_default || column.is_generated || !column.is_required) {
            continue;
        }
        names.push(column.name.as_str());
        values.push(match id {
            Some(id) if is_id => id.to_owned(),
            _ => value(schema, column, tenant)?,
        });
    }
    Ok(format!("insert into {table} ({}) values ({})", names.join(", "), values.join(", ")))
}

/// What the tenant's row has in a column, as SQL. Both tenants have the same, so that a rule that is unique across
/// tenants by mistake refuses the second.
fn value(schema: &Catalogue, column: &Column, tenant: Tenant) -> Result<String, String> {
    let table = column.relation.as_str();
    if tenant_key(schema, table) == Some(column.name.as_str()) {
        return Ok(tenant.literal());
    }
    if let Some(parent) = referred(schema, table, &column.name, tenant) {
        return Ok(parent);
    }
    let mark = if column.name == "id" || is_unique_everywhere(schema, column) {
        format!("{table} {} {}", column.name, tenant.id())
    } else {
        format!("{table} {}", column.name)
    };
    let value = match column.type_name.as_str() {
        "text" => match known_word(schema, column) {
            Some(word) => format!("'{word}'"),
            None => format!("'{}'", mark.replace([' ', '_'], "-")),
        },
        "uuid" => format!("md5('{mark}')::uuid"),
        "bytea" => format!("decode(md5('{mark}'), 'hex')"),
        "smallint" | "integer" | "bigint" | "double precision" => "100".to_owned(),
        "boolean" => "false".to_owned(),
        "date" => "current_date".to_owned(),
        "timestamp with time zone" => "now()".to_owned(),
        "jsonb" | "text[]" | "integer[]" => "'{}'".to_owned(),
        other => return Err(format!("the seed knows no value of type {other} for {}", column.name)),
    };
    Ok(value)
}

/// The key of the tenant's row that a column refers to; nothing when it refers to none, or to its own table.
pub fn referred(schema: &Catalogue, table: &str, column: &str, tenant: Tenant) -> Option<String> {
    let key = schema.foreign_keys_of(table).find(|key| {
        key.columns.iter().any(|name| name == column) && key.target.as_deref() != Some(table) && column != "tenant_id"
    })?;
    let nth = key.columns.iter().position(|name| name == column)?;
    let target = schema.column(key.target.as_deref()?, key.target_columns.get(nth)?)?;
    value(schema, target, tenant).ok()
}

/// Is there a unique rule on the column that does not know tenants?
fn is_unique_everywhere(schema: &Catalogue, column: &Column) -> bool {
    schema.indexes.iter().any(|index| {
        index.relation == column.relation
            && index.is_unique
            && index.columns.contains(&column.name)
            && !index.columns.iter().any(|name| name == "tenant_id")
    })
}

/// The first word a check allows.
fn known_word<'a>(schema: &'a Catalogue, column: &'a Column) -> Option<&'a str> {
    schema
        .checks_of(&column.relation, &column.name)
        .filter(|check| check.columns.len() == 1)
        .find_map(|check| check.definition.split_once("ANY (ARRAY['")?.1.split('\'').next())
}
