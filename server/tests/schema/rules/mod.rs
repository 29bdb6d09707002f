//! Judges a schema: every rule of `migrations/README.md` and what was found against it.

mod functions;
mod keys;
mod rights;
mod shape;
mod walls;

use super::relation::Catalogue;
use std::fmt;

/// One thing in the schema and what is wrong with it.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Offence {
    pub thing: String,
    pub fault: String,
}

impl fmt::Display for Offence {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.thing, self.fault)
    }
}

/// Where the rules write down what they find.
#[derive(Debug, Default)]
pub struct Findings(Vec<Offence>);

impl Findings {
    fn add(&mut self, thing: impl Into<String>, fault: impl Into<String>) {
        self.0.push(Offence { thing: thing.into(), fault: fault.into() });
    }
    fn has(&self, thing: &str) -> bool {
        self.0.iter().any(|offence| offence.thing == thing)
    }
    fn unless(&mut self, holds: bool, thing: &str, fault: &str) {
        if !holds {
            self.add(thing, fault);
        }
    }
}

/// All offences of a schema, sorted; none when it is sound.
pub fn offences(schema: &Catalogue) -> Vec<Offence> {
    let mut findings = Findings::default();
    walls::judge(schema, &mut findings);
    keys::judge(schema, &mut findings);
    rights::judge(schema, &mut findings);
    functions::judge(schema, &mut findings);
    shape::judge(schema, &mut findings);
    let Findings(mut offences) = findings;
    offences.sort();
    offences
}

/// Is the name one of the first fields of an exception list?
fn excepted(list: &[(&str, &str)], name: &str) -> bool {
    list.iter().any(|(excepted, _)| *excepted == name)
}
