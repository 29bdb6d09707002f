//! The walls between tenants: the tenant column, row security, the one policy, and views that respect it.

use super::{Findings, excepted};
use crate::schema::{
    exceptions::{DIRECTORY, DIRECTORY_ROLE, FOREIGN_TABLES, TABLES, TENANT_LOGINS},
    relation::{Catalogue, Policy, Relation},
};

pub fn judge(schema: &Catalogue, findings: &mut Findings) {
    for relation in &schema.relations {
        match relation.kind.as_str() {
            "r" | "p" => {
                if !excepted(FOREIGN_TABLES, &relation.name) {
                    tenant_column(schema, relation, findings);
                    row_security(relation, findings);
                    policies(schema, relation, findings);
                }
            }
            "v" => {
                let is_invoker = relation.options.iter().any(|option| option == "security_invoker=true");
                findings.unless(
                    is_invoker,
                    &relation.name,
                    "the view runs with its owner's rights; it needs security_invoker = true",
                );
            }
            "m" => findings.add(&relation.name, "policies do not reach a materialised view"),
            "f" => findings.add(&relation.name, "policies do not reach a foreign table"),
            _ => findings.add(&relation.name, "a sequence counts for all tenants together"),
        }
    }
    for policy in &schema.policies {
        findings.unless(
            schema.relation(&policy.relation).is_some_and(Relation::is_table),
            &policy.relation,
            "a policy stands on something that is no table",
        );
    }
}

fn tenant_column(schema: &Catalogue, table: &Relation, findings: &mut Findings) {
    if excepted(TABLES, &table.name) {
        return;
    }
    let is_there = schema
        .column(&table.name, "tenant_id")
        .is_some_and(|column| column.type_name == "uuid" && column.is_required && !column.has_default);
    findings.unless(is_there, &table.name, "it has no column tenant_id uuid not null without default");
}

fn row_security(table: &Relation, findings: &mut Findings) {
    findings.unless(table.has_row_security, &table.name, "row security is not enabled");
    findings.unless(table.is_forced, &table.name, "row security is not forced");
}

fn policies(schema: &Catalogue, table: &Relation, findings: &mut Findings) {
    let key = match table.name.as_str() {
        "sign_in_throttle" => None,
        "tenants" => Some("id"),
        _ => Some("tenant_id"),
    };
    let mut expected: Vec<String> = key.map(|key| tenant_policy(&table.name, key)).into_iter().collect();
    expected.extend(directory_policy(&table.name));

    let found: Vec<(String, &Policy)> = schema
        .policies
        .iter()
        .filter(|policy| policy.relation == table.name)
        .map(|policy| (describe(policy), policy))
        .collect();
    for (text, policy) in &found {
        findings.unless(
            expected.contains(text),
            &table.name,
            &format!("its policy {} is not a generated one: {text}", policy.name),
        );
    }
    for text in &expected {
        findings.unless(
            found.iter().any(|(found, _)| found == text),
            &table.name,
            &format!("it lacks the policy {text}"),
        );
    }
}

/// The one policy, in the words `duka_guard` leads to.
fn tenant_policy(table: &str, key: &str) -> String {
    let rule = format!("({key} = (NULLIF(current_setting('app.tenant_id'::text, true), ''::text))::uuid)");
    format!("{table}_tenant permissive for ALL to {} using {rule} with check {rule}", TENANT_LOGINS.join(", "))
}

fn directory_policy(table: &str) -> Option<String> {
    let (_, command, _) = DIRECTORY.iter().find(|(name, ..)| *name == table)?;
    let check = if *command == "ALL" { "true" } else { "nothing" };
    Some(format!("{table}_directory permissive for {command} to {DIRECTORY_ROLE} using true with check {check}"))
}

fn describe(policy: &Policy) -> String {
    let mut roles = policy.roles.clone();
    roles.sort();
    format!(
        "{} {} for {} to {} using {} with check {}",
        policy.name,
        if policy.is_permissive { "permissive" } else { "restrictive" },
        policy.command,
        roles.join(", "),
        policy.reads.as_deref().unwrap_or("nothing"),
        policy.writes.as_deref().unwrap_or("nothing"),
    )
}
