//! Rights: who may do what with which table and column, and what the roles themselves are.

use super::Findings;
use crate::schema::{
    exceptions::{CHANGEABLE, DIRECTORY, DIRECTORY_ROLE, EXTRA_RIGHTS, OWNER, RIGHTS, TENANT_LOGINS},
    relation::{Catalogue, Grant, Relation, Role},
};
use std::collections::BTreeSet;

const EVERYTHING: &[&str] = &["SELECT", "INSERT", "UPDATE", "DELETE"];

pub fn judge(schema: &Catalogue, findings: &mut Findings) {
    for relation in &schema.relations {
        findings.unless(relation.owner == OWNER, &relation.name, &format!("it belongs to {}", relation.owner));
        relation_rights(schema, relation, findings);
    }
    for role in &schema.roles {
        role_attributes(role, findings);
    }
    schema_rights(schema, findings);
}

/// The rights that should be there, as lines that can be compared with those that are.
fn relation_rights(schema: &Catalogue, relation: &Relation, findings: &mut Findings) {
    let mut wanted = BTreeSet::new();
    for login in TENANT_LOGINS {
        wanted.extend(login_rights(schema, relation, login));
    }
    if let Some((_, command, columns)) = DIRECTORY.iter().find(|(name, ..)| *name == relation.name) {
        if *command == "ALL" {
            wanted.extend(EVERYTHING.iter().map(|right| line(DIRECTORY_ROLE, right, None)));
        }
        wanted.extend(columns.iter().map(|column| line(DIRECTORY_ROLE, command, Some(column))));
    }
    if relation.kind != "S" {
        wanted.extend(EVERYTHING.iter().map(|right| line("duka_ops", right, None)));
    }

    let found: BTreeSet<String> =
        schema.grants.iter().filter(|grant| grant.relation == relation.name).map(grant_line).collect();
    for line in found.difference(&wanted) {
        findings.add(&relation.name, format!("a right too many: {line}"));
    }
    for line in wanted.difference(&found) {
        findings.add(&relation.name, format!("a right is missing: {line}"));
    }
}

/// Insert and update are listed by column; the tenant, the id and the birthday of a row never change.
fn login_rights(schema: &Catalogue, relation: &Relation, login: &str) -> Vec<String> {
    if relation.is_view() {
        return vec![line(login, "SELECT", None)];
    }
    // a partition addressed directly would be judged by its own rights, so it has none
    if !relation.is_table() || relation.is_partition() {
        return Vec::new();
    }
    let verbs = RIGHTS.iter().find(|(name, ..)| *name == relation.name).map_or(EVERYTHING, |(_, verbs, _)| verbs);
    let changeable = CHANGEABLE.iter().find(|(name, ..)| *name == relation.name).map(|(_, columns, _)| *columns);

    let mut rights = Vec::new();
    for verb in verbs {
        if matches!(*verb, "SELECT" | "DELETE") {
            rights.push(line(login, verb, None));
            continue;
        }
        for column in schema.columns_of(&relation.name).filter(|column| !column.is_generated) {
            let name = column.name.as_str();
            let may = *verb == "INSERT"
                || changeable.map_or(!matches!(name, "tenant_id" | "id" | "created_at"), |names| names.contains(&name));
            if may {
                rights.push(line(login, verb, Some(name)));
            }
        }
    }
    for (_, _, verb, _) in EXTRA_RIGHTS.iter().filter(|(name, extra, ..)| *name == relation.name && *extra == login) {
        rights.push(line(login, verb, None));
    }
    rights
}

fn line(grantee: &str, right: &str, column: Option<&str>) -> String {
    column.map_or_else(|| format!("{grantee} {right}"), |column| format!("{grantee} {right} ({column})"))
}

fn grant_line(grant: &Grant) -> String {
    let mut line = line(&grant.grantee, &grant.privilege, grant.column.as_deref());
    if grant.may_pass_on {
        line.push_str(" with grant option");
    }
    line
}

fn role_attributes(role: &Role, findings: &mut Findings) {
    let is_login = matches!(role.name.as_str(), "duka_app" | "duka_worker" | "duka_migrator" | "duka_ops");
    findings.unless(!role.is_superuser, &role.name, "the role is a superuser");
    findings.unless(!role.creates_roles, &role.name, "the role may create roles");
    findings.unless(!role.creates_databases, &role.name, "the role may create databases");
    findings.unless(!role.replicates, &role.name, "the role may replicate");
    findings.unless(role.signs_in == is_login, &role.name, "only app, worker, migrator and ops sign in");
    findings.unless(
        role.bypasses_row_security == (role.name == "duka_ops"),
        &role.name,
        "only operations may go around row security",
    );
    let groups: &[&str] = match role.name.as_str() {
        // the owner hands functions to the directory role, without inheriting what it may read
        "duka_owner" => &["duka_directory"],
        "duka_migrator" => &["duka_directory", "duka_owner"],
        _ => &[],
    };
    findings.unless(
        role.member_of == groups,
        &role.name,
        &format!("the role is a member of {}", role.member_of.join(", ")),
    );
    if role.name == OWNER {
        findings.unless(!role.inherits, &role.name, "the owner would read through the directory's policies");
    }
}

fn schema_rights(schema: &Catalogue, findings: &mut Findings) {
    for right in &schema.schemas {
        let may_use: &[&str] = match right.schema.as_str() {
            "public" => &["duka_app", "duka_directory", "duka_ops", "duka_worker"],
            "graphile_worker" => &["duka_ops", "duka_worker"],
            _ => &[],
        };
        let is_known = right.privilege == "USAGE" && may_use.contains(&right.grantee.as_str());
        findings.unless(
            is_known,
            &format!("schema {}", right.schema),
            &format!("a right too many: {} {}", right.grantee, right.privilege),
        );
    }
    for name in ["duka_app", "duka_directory", "duka_migrator", "duka_ops", OWNER, "duka_worker"] {
        findings.unless(schema.roles.iter().any(|role| role.name == name), name, "the role does not exist");
    }
}
