//! Functions: those that run with their owner's rights are few and known, and nobody calls one without a grant.

use super::Findings;
use crate::schema::{
    exceptions::{DEFINERS, INVOKERS, OF_AN_INDEX, OWNER, TENANT_LOGINS},
    relation::{Catalogue, Function},
};

/// With it no table or function of a caller's own can stand in front of ours.
const SEARCH_PATH: &str = "search_path=pg_catalog, public, pg_temp";

pub fn judge(schema: &Catalogue, findings: &mut Findings) {
    for function in &schema.functions {
        findings.unless(
            function.callers.iter().all(|caller| caller != "PUBLIC"),
            &function.signature,
            "anybody may call the function",
        );
        findings.unless(function.comment.is_some(), &function.signature, "the function has no comment");
        if function.is_definer {
            definer(function, findings);
        } else {
            findings.unless(
                function.owner == OWNER,
                &function.signature,
                &format!("the function belongs to {}", function.owner),
            );
            for login in TENANT_LOGINS {
                findings.unless(
                    [INVOKERS, OF_AN_INDEX].concat().contains(&function.signature.as_str())
                        || !function.callers.iter().any(|caller| caller == login),
                    &function.signature,
                    &format!("{login} may call a function that is on no list"),
                );
            }
        }
    }
    for (signature, ..) in DEFINERS {
        findings.unless(
            schema.functions.iter().any(|function| function.signature == *signature && function.is_definer),
            signature,
            "the list of definer functions names it, and it is not there",
        );
    }
    for signature in [INVOKERS, OF_AN_INDEX].concat() {
        findings.unless(
            schema.functions.iter().any(|function| function.signature == signature && !function.is_definer),
            signature,
            "the list of functions that anybody's statement calls names it, and it is not there with its caller's rights",
        );
    }
    for trigger in &schema.triggers {
        findings.add(format!("{}.{}", trigger.relation, trigger.name), "a trigger does what no statement says");
    }
}

fn definer(function: &Function, findings: &mut Findings) {
    findings.unless(
        function.settings.iter().any(|setting| setting == SEARCH_PATH),
        &function.signature,
        "it runs with its owner's rights and without the fixed search_path",
    );
    let Some((_, owner, callers)) = DEFINERS.iter().find(|(signature, ..)| *signature == function.signature) else {
        findings.add(&function.signature, "it runs with its owner's rights and is on no list");
        return;
    };
    findings.unless(
        function.owner == *owner,
        &function.signature,
        &format!("it runs with the rights of {}, not of {owner}", function.owner),
    );
    findings.unless(
        function.callers == *callers,
        &function.signature,
        &format!("it may be called by {}, not by {}", function.callers.join(", "), callers.join(", ")),
    );
}
