//! Tries to reach another tenant's rows in every way a statement can, and writes down each that worked.

use super::{
    attempt::{Inside, Outcome, attempt, count},
    database::Login,
    relation::{Catalogue, Relation},
    seed::{Tenant, insert, referred, tenant_key},
};
use sqlx::PgConnection;

/// One login at work inside tenant A, with tenant B next door.
pub struct Probe<'a> {
    pub schema: &'a Catalogue,
    pub login: Login,
    pub connection: PgConnection,
    pub leaks: Vec<String>,
}

/// Whose rows tenant A's statements ask for, by the condition they carry.
const HERE: Inside = Inside::Tenant(Tenant::A);

impl Probe<'_> {
    /// All of it, over every relation; `rows` says how many of A's a superuser sees.
    pub async fn run(&mut self, relation: &Relation, rows: i64) -> sqlx::Result<()> {
        self.reading(relation, rows).await?;
        if relation.is_table() {
            self.updating(relation, rows).await?;
            self.deleting(relation, rows).await?;
            self.inserting(relation).await?;
            self.pointing(relation).await?;
        }
        Ok(())
    }

    async fn reading(&mut self, relation: &Relation, rows: i64) -> sqlx::Result<()> {
        let name = relation.name.as_str();
        let may_read = self.schema.is_granted(name, self.login.role(), "SELECT");
        let key = tenant_key(self.schema, name);
        if may_read && key.is_none() {
            self.leaks.push(format!("{}: {name} can be read and belongs to no tenant", self.login.role()));
        }
        for (inside, expected) in [(HERE, (rows, 0)), (Inside::Nobody, (0, 0)), (Inside::Emptied, (0, 0))] {
            let seen = count(&mut self.connection, inside, name, key.unwrap_or("null::uuid"), Tenant::A).await?;
            let is_right = match &seen {
                Ok(seen) => may_read && *seen == expected,
                Err(outcome) => !may_read && *outcome == Outcome::NoRight,
            };
            if !is_right {
                let seen = seen.map_or_else(
                    |outcome| outcome.to_string(),
                    |(own, foreign)| format!("{own} of A's rows and {foreign} of others"),
                );
                self.leaks.push(format!("{}: reading {name} as {} gives {seen}", self.login.role(), whose(inside)));
            }
        }
        Ok(())
    }

    async fn updating(&mut self, table: &Relation, rows: i64) -> sqlx::Result<()> {
        let name = table.name.as_str();
        let granted = self.schema.granted_columns(name, self.login.role(), "UPDATE").first().copied();
        let column = granted.or_else(|| self.schema.columns_of(name).next().map(|column| column.name.as_str()));
        let Some(column) = column else { return Ok(()) };
        let may = granted.is_some();
        let update = format!("update {name} set {column} = {column}");
        self.touching("updating", name, &update, may, |outcome| *outcome == Outcome::Rows(rows.unsigned_abs())).await?;

        if let Some(key) = tenant_key(self.schema, name) {
            let moved = format!("update {name} set {key} = {}", Tenant::B.literal());
            self.expect(HERE, &format!("giving rows of {name} to B"), &moved, |outcome| *outcome == Outcome::NoRight)
                .await?;
        }
        Ok(())
    }

    async fn deleting(&mut self, table: &Relation, rows: i64) -> sqlx::Result<()> {
        let name = table.name.as_str();
        let may = self.schema.is_granted(name, self.login.role(), "DELETE");
        let delete = format!("delete from {name}");
        self.touching("deleting", name, &delete, may, |outcome| {
            matches!(outcome, Outcome::NoParent) || *outcome == Outcome::Rows(rows.unsigned_abs())
        })
        .await?;
        self.expect(HERE, &format!("truncating {name}"), &format!("truncate {name} cascade"), |outcome| {
            *outcome == Outcome::NoRight
        })
        .await
    }

    /// A statement over all rows, over B's, and without a tenant.
    async fn touching(
        &mut self,
        doing: &str,
        name: &str,
        statement: &str,
        may: bool,
        reaches_own: impl Fn(&Outcome) -> bool,
    ) -> sqlx::Result<()> {
        if !may {
            return self
                .expect(HERE, &format!("{doing} {name}"), statement, |outcome| *outcome == Outcome::NoRight)
                .await;
        }
        let none = |outcome: &Outcome| *outcome == Outcome::Rows(0);
        self.expect(HERE, &format!("{doing} all of {name}"), statement, reaches_own).await?;
        if let Some(key) = tenant_key(self.schema, name) {
            let theirs = format!("{statement} where {key} = {}", Tenant::B.literal());
            self.expect(HERE, &format!("{doing} B's {name}"), &theirs, none).await?;
        }
        self.expect(Inside::Nobody, &format!("{doing} all of {name}"), statement, none).await?;
        self.expect(Inside::Emptied, &format!("{doing} all of {name}"), statement, none).await
    }

    async fn inserting(&mut self, table: &Relation) -> sqlx::Result<()> {
        let name = table.name.as_str();
        if table.is_partition() || tenant_key(self.schema, name).is_none() {
            let denied = format!("insert into {name} default values");
            return self
                .expect(HERE, &format!("inserting into {name}"), &denied, |outcome| *outcome == Outcome::NoRight)
                .await;
        }
        let (Ok(own), Ok(foreign)) = (
            insert(self.schema, name, Tenant::A, Some("gen_random_uuid()")),
            insert(self.schema, name, Tenant::B, Some("gen_random_uuid()")),
        ) else {
            // the seed has said so already
            return Ok(());
        };
        let may = !self.schema.granted_columns(name, self.login.role(), "INSERT").is_empty();
        let refusal = if may { Outcome::Walled } else { Outcome::NoRight };
        if may {
            self.expect(HERE, &format!("inserting A's own row into {name}"), &own, |outcome| {
                matches!(outcome, Outcome::Rows(1) | Outcome::Taken)
            })
            .await?;
        }
        for inside in [HERE, Inside::Nobody, Inside::Emptied] {
            self.expect(inside, &format!("inserting B's row into {name}"), &foreign, |outcome| *outcome == refusal)
                .await?;
        }
        Ok(())
    }

    /// Every reference of A's rows, turned to B's parents.
    async fn pointing(&mut self, table: &Relation) -> sqlx::Result<()> {
        let name = table.name.as_str();
        for (column, parent) in references(self.schema, name) {
            if self.schema.granted_columns(name, self.login.role(), "UPDATE").contains(&column) {
                let point = format!("update {name} set {column} = {parent}");
                self.expect(HERE, &format!("pointing {name}.{column} at B's"), &point, |outcome| {
                    *outcome == Outcome::NoParent
                })
                .await?;
            }
        }
        Ok(())
    }

    async fn expect(
        &mut self,
        inside: Inside,
        doing: &str,
        statement: &str,
        is_right: impl Fn(&Outcome) -> bool,
    ) -> sqlx::Result<()> {
        let outcome = attempt(&mut self.connection, inside, statement).await?;
        if !is_right(&outcome) {
            self.leaks.push(format!("{}: {doing} as {} gives {outcome}", self.login.role(), whose(inside)));
        }
        Ok(())
    }
}

/// Foreign keys hold whoever asks, so even a superuser must fail to point A's rows at B's parents.
pub async fn pointing_as_superuser(
    connection: &mut PgConnection,
    schema: &Catalogue,
    leaks: &mut Vec<String>,
) -> sqlx::Result<()> {
    for table in schema.tables().filter(|table| !table.is_partition()) {
        for (column, parent) in references(schema, &table.name) {
            let point =
                format!("update {} set {column} = {parent} where tenant_id = {}", table.name, Tenant::A.literal());
            let outcome = attempt(connection, Inside::Nobody, &point).await?;
            if outcome != Outcome::NoParent {
                leaks.push(format!("superuser: pointing {}.{column} at B's gives {outcome}", table.name));
            }
        }
    }
    Ok(())
}

/// Each column of a table that refers to a row of a tenant, with the key of B's parent.
fn references<'a>(schema: &'a Catalogue, table: &'a str) -> Vec<(&'a str, String)> {
    let mut references = Vec::new();
    for key in schema.foreign_keys_of(table).filter(|key| key.target.as_deref() != Some("tenants")) {
        for column in key.columns.iter().filter(|column| *column != "tenant_id") {
            let parent = if key.target.as_deref() == Some(table) {
                format!("(select md5('{table} id {}')::uuid)", Tenant::B.id())
            } else {
                referred(schema, table, column, Tenant::B).unwrap_or_else(|| "gen_random_uuid()".to_owned())
            };
            references.push((column.as_str(), parent));
        }
    }
    references
}

const fn whose(inside: Inside) -> &'static str {
    match inside {
        Inside::Tenant(_) => "tenant A",
        Inside::Nobody => "no tenant",
        Inside::Emptied => "an emptied tenant",
    }
}
