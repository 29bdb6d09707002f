//! What the catalogue and isolation tests share: the schema as Postgres itself describes it, and the rules for it.

pub mod attempt;
pub mod database;
pub mod draft;
pub mod exceptions;
pub mod probes;
pub mod reading;
pub mod relation;
pub mod rules;
pub mod seed;
