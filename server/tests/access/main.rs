//! Every door, tried as nobody, viewer, staff, owner and another merchant's owner; the answers stand in `access.table`.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test fails here, with a sentence")]

mod foreign;
#[allow(dead_code, reason = "a row of every table is all that is wanted of it")]
#[path = "../schema/mod.rs"]
mod schema;
mod world;

use http::Method;
use leptos::server_fn::axum::server_fn_paths;
use server::doors::{Door, SERVER_FUNCTIONS, Who};
use std::{collections::BTreeSet, fmt::Write as _, fs};
use world::{Person, World};

const GOLDEN: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/access/access.table");

#[tokio::test]
async fn every_door_answers_each_person_as_the_table_says() {
    let world = World::new().await;
    let mut table = String::from(
        "# Status of every form, page and server function, as each person. Regenerate: DUKA_REGENERATE=1.\n",
    );
    let heads = Person::ALL.map(Person::name).join(" ");
    let _ = writeln!(table, "# {:<4} {:<42} {:<24} {heads}", "how", "where", "who may");
    for (host, door) in world.doors() {
        let mut statuses = Vec::new();
        for person in Person::ALL {
            statuses.push(world.knock(host, &door, person).await.to_string());
        }
        let _ = writeln!(
            table,
            "{:<6} {:<42} {:<24} {}",
            door.method.as_str(),
            door.path,
            said(door.who),
            statuses.join(" ")
        );
    }
    if std::env::var_os("DUKA_REGENERATE").is_some() {
        fs::write(GOLDEN, &table).unwrap();
    }
    let golden = fs::read_to_string(GOLDEN).unwrap_or_default();
    let changed: Vec<_> = table
        .lines()
        .filter(|line| !golden.lines().any(|kept| kept == *line))
        .map(|line| format!("is   {line}"))
        .chain(
            golden.lines().filter(|kept| !table.lines().any(|line| line == *kept)).map(|kept| format!("was  {kept}")),
        )
        .collect();
    assert!(changed.is_empty(), "doors answer otherwise than access.table says:\n{}", changed.join("\n"));
}

/// What the table must say whatever stands in it.
#[tokio::test]
async fn no_door_lets_in_whom_it_is_not_for() {
    let world = World::new().await;
    for (host, door) in world.doors() {
        let (Who::Member(permission) | Who::Sure(permission)) = door.who else { continue };
        for person in Person::ALL {
            let status = world.knock(host, &door, person).await;
            let may = person.role().is_some_and(|role| role.may(permission));
            let is_refused = matches!(status, 401 | 403) || (status == 303 && person == Person::Nobody);
            assert_eq!(is_refused, !may, "{} {} as {}: {status}", door.method, door.path, person.name());
            if person == Person::Neighbour && door.path.contains('{') && door.path.contains("/dashboard/settings/") {
                assert_eq!(status, 404, "{} {}: another merchant's thing is nothing", door.method, door.path);
            }
        }
    }
}

#[test]
fn every_server_function_is_in_the_registry() {
    let made: BTreeSet<String> = server_fn_paths()
        .map(|(path, method)| {
            assert_eq!(method, Method::POST, "{path} changes nothing by GET");
            path.to_owned()
        })
        .collect();
    let listed: BTreeSet<String> = SERVER_FUNCTIONS.iter().map(|(path, _)| (*path).to_owned()).collect();
    assert_eq!(made, listed);
    let told: BTreeSet<String> = server::platform::CALL_FIELDS.iter().map(|(path, _)| (*path).to_owned()).collect();
    assert_eq!(told, listed, "each has a list of what it may be told");
}

fn said(who: Who) -> String {
    match who {
        Who::Anybody => "anybody".into(),
        Who::Shopper => "shopper".into(),
        Who::Provider => "provider".into(),
        Who::Member(permission) => permission.as_str().into(),
        Who::Sure(permission) => format!("{}, sure", permission.as_str()),
    }
}

/// Two doors of one address and method would hide one another.
#[tokio::test]
async fn no_door_stands_twice() {
    let world = World::new().await;
    let mut seen = BTreeSet::new();
    for (host, Door { method, path, .. }) in world.doors() {
        assert!(seen.insert(format!("{host} {method} {path}")), "{method} {path} stands twice");
    }
}
