//! The rules of the house that a machine can check: layers, first lines, sizes, names; each is shown able to fail.

#[path = "house/acts.rs"]
mod acts;
#[path = "house/floors.rs"]
mod floors;
#[path = "house/habits.rs"]
mod habits;
#[path = "house/source.rs"]
mod source;

use source::{File, Rust, project};

#[track_caller]
fn holds(rule: impl Fn(&[File]) -> Vec<String>) {
    let offences = rule(&project());
    assert!(offences.is_empty(), "{} found:\n  {}\n", offences.len(), offences.join("\n  "));
}

#[track_caller]
fn finds(rule: impl Fn(&[File]) -> Vec<String>, path: &str, text: &str, offences: &[&str]) {
    assert_eq!(rule(&[File::new(path, text)]), offences, "in {path}: {text}");
}

#[test]
fn imports_only_go_down() {
    holds(floors::climbing);
}

#[test]
fn an_import_that_goes_up_or_sideways_is_found() {
    let rule = floors::climbing;
    finds(rule, "src/pricing/rule.rs", "use crate::{kernel::{id, money}, catalog::product};", &[]);
    finds(rule, "src/checkout/place.rs", "use crate::orders;\nuse crate::cart::{a, b};", &[]);
    finds(rule, "src/cart/line.rs", "// crate::orders\nconst A: &str = \"crate::orders\";", &[]);
    finds(
        rule,
        "src/tenancy/host.rs",
        "use crate::{\n    kernel::{id, money},\n    orders::Order,\n};",
        &[
            "src/tenancy/host.rs:1: tenancy imports orders; it may import kernel, error, ctx, db, jobs, vault, mail, tenancy",
        ],
    );
    finds(
        rule,
        "src/analytics/record.rs",
        "fn f() { crate::tenancy::host(); }",
        &[
            "src/analytics/record.rs:1: analytics imports tenancy; it may import kernel, error, ctx, db, jobs, vault, mail, analytics",
        ],
    );
    finds(rule, "src/kernel/id.rs", "use crate::db;", &["src/kernel/id.rs:1: kernel imports db; it may import kernel"]);
    finds(rule, "src/gadgets/mod.rs", "", &["src/gadgets/mod.rs: gadgets is on no floor; give it one"]);
    finds(
        rule,
        "src/cart/line.rs",
        "use super::super::orders;",
        &["src/cart/line.rs: it climbs to the top by super; say crate:: instead"],
    );
}

#[test]
fn no_package_names_what_it_must_not_know() {
    holds(floors::strangers);
}

#[test]
fn a_package_that_names_a_stranger_is_found() {
    let rule = floors::strangers;
    finds(
        rule,
        "src/orders/order.rs",
        "use axum::Json;",
        &["src/orders/order.rs:1: it names axum; models and verbs know no pages"],
    );
    finds(
        rule,
        "app/src/lib.rs",
        "\nfn f() { sqlx::query(\"\"); }",
        &["app/src/lib.rs:2: it names sqlx; pages ask verbs and views, never the database"],
    );
    finds(rule, "server/src/router.rs", "use axum::Router;", &[]);
}

#[test]
fn the_server_writes_no_sql() {
    holds(floors::sql_in_server);
}

#[test]
fn sql_in_the_server_is_found() {
    let rule = floors::sql_in_server;
    finds(rule, "server/src/a.rs", "f(\"select one of these\")", &[]);
    finds(rule, "src/a.rs", "f(\"delete from orders\")", &[]);
    finds(
        rule,
        "server/src/a.rs",
        "f(\"select 1\n from orders\")",
        &["server/src/a.rs: SQL in the server: select 1\n from orders"],
    );
    finds(
        rule,
        "server/src/a.rs",
        "f(r#\"DELETE FROM orders\"#)",
        &["server/src/a.rs: SQL in the server: DELETE FROM orders"],
    );
    finds(
        rule,
        "server/src/a.rs",
        "sqlx::query_as(q)",
        &["server/src/a.rs: it asks the database itself; that is a verb's or a page's work"],
    );
}

#[test]
fn every_file_says_first_what_it_is_for() {
    holds(habits::without_first_line);
}

#[test]
fn a_file_without_a_first_line_is_found() {
    let rule = habits::without_first_line;
    finds(rule, "a.rs", "//! Counts what is sold.\n", &[]);
    finds(rule, "a.sql", "-- no-transaction\n-- Adds the index for search.\n", &[]);
    finds(rule, "a.rs", "use std::fmt;\n", &["a.rs: its first line does not say what it is for"]);
    finds(rule, "a.rs", "//! todo\n", &["a.rs: its first line does not say what it is for"]);
    finds(
        rule,
        "a.css",
        "\n/* Dresses the price of a product. */\n",
        &["a.css: its first line does not say what it is for"],
    );
    finds(rule, "a.ts", "import x\n", &["a.ts: its first line does not say what it is for"]);
}

#[test]
fn no_file_has_outgrown_itself() {
    holds(habits::too_long);
}

#[test]
fn a_file_that_is_too_long_is_found() {
    let rule = habits::too_long;
    finds(rule, "a.rs", &"\n".repeat(400), &[]);
    finds(rule, "a.rs", &"\n".repeat(401), &["a.rs: 401 lines, and 400 are enough; cut it by noun or by verb"]);
    finds(rule, "a.css", &"\n".repeat(251), &["a.css: 251 lines, and 250 are enough; cut it by noun or by verb"]);
    finds(rule, "Cargo.lock", &"\n".repeat(9000), &[]);
}

#[test]
fn names_say_what_a_thing_is() {
    holds(habits::empty_names);
}

#[test]
fn an_empty_name_is_found() {
    let rule = habits::empty_names;
    finds(rule, "src/db/database.rs", "struct Database; use base64::Engine;", &[]);
    finds(rule, "src/text_util.rs", "", &["src/text_util.rs: util says nothing; name it after what it does"]);
    finds(rule, "src/cart.rs", "\npub struct CartManager;", &["src/cart.rs:2: manager in CartManager says nothing"]);
}

#[test]
fn nothing_unwraps_outside_of_tests() {
    holds(habits::unwraps);
}

#[test]
fn an_unwrap_outside_of_tests_is_found() {
    let rule = habits::unwraps;
    finds(rule, "src/a.rs", "fn f() { x.unwrap_or(1) } // x.unwrap()", &[]);
    finds(rule, "server/tests/a.rs", "fn f() { x.unwrap() }", &[]);
    finds(rule, "src/a.rs", "#[cfg(test)]\nmod tests {\n    fn f() { x.unwrap() }\n}\n", &[]);
    finds(rule, "src/a.rs", "#[cfg(all(test, feature = \"ssr\"))]\nmod tests {\n    fn f() { x.unwrap() }\n}\n", &[]);
    finds(
        rule,
        "src/a.rs",
        "#[cfg(test)]\nmod tests {\n    const C: char = '}';\n    fn f() { \"}\"; }\n}\nfn g<'a>() { x.unwrap() }",
        &["src/a.rs:6: unwrap outside of tests"],
    );
}

#[test]
fn no_connection_is_held_while_a_provider_is_asked() {
    holds(habits::held_lines);
}

#[test]
fn a_connection_that_is_held_while_a_provider_is_asked_is_found() {
    let rule = habits::held_lines;
    let asked = "ctx.platform.daraja.push(&keys, request).await";
    for ended in ["tx.commit().await?;", "drop(tx);", "}\nasync fn g(ctx: &Ctx) {"] {
        finds(rule, "src/a.rs", &format!("async fn f() {{ let mut tx = ctx.tx().await?; {ended} {asked}; }}"), &[]);
    }
    let found = ["src/a.rs:1: daraja is asked while a transaction is open"];
    finds(rule, "src/a.rs", &format!("async fn f() {{ let mut tx = ctx.tx().await?; {asked}; drop(tx) }}"), &found);
    finds(rule, "src/a.rs", &format!("async fn f(ctx: &Ctx, tx: &mut TenantTx) {{ {asked} }}"), &found);
    let early = "if is_over { return Ok(tx.commit().await?); }";
    finds(rule, "src/a.rs", &format!("async fn f() {{ let mut tx = ctx.tx().await?; {early} {asked}; }}"), &found);
}

#[test]
fn no_float_comes_near_money() {
    holds(habits::floats);
}

#[test]
fn a_float_near_money_is_found() {
    let rule = habits::floats;
    finds(rule, "src/catalog/import/weight.rs", "kilograms: f64", &[]);
    finds(
        rule,
        "src/kernel/money.rs",
        "fn f(x: f64) {}",
        &["src/kernel/money.rs:1: f64; money and its neighbours are whole numbers"],
    );
}

#[test]
fn text_boxes_come_from_the_one_component() {
    holds(habits::raw_textareas);
}

#[test]
fn a_text_box_by_hand_is_found() {
    let rule = habits::raw_textareas;
    finds(rule, "app/src/ui/text_area.rs", "view! { <textarea>{value}</textarea> }", &[]);
    finds(
        rule,
        "app/src/shop.rs",
        "view! { <textarea>{value}</textarea> }",
        &["app/src/shop.rs: a textarea by hand; use the component in text_area.rs"],
    );
}

#[test]
fn no_file_knows_one_machine() {
    holds(habits::machine_paths);
}

#[test]
fn a_path_of_one_machine_is_found() {
    let rule = habits::machine_paths;
    finds(rule, "a.md", "see https://example.org/work/list and ~/home/ and ./root/x", &[]);
    finds(rule, "a.sh", "\ncd /root/duka", &["a.sh:2: /root/ is a place on one machine"]);
    finds(rule, "a.toml", "path = \"/home/ann/duka\"", &["a.toml:1: /home/ is a place on one machine"]);
}

#[test]
fn no_file_names_a_package_registry() {
    holds(habits::registries);
}

#[test]
fn a_package_registry_that_is_named_is_found() {
    let rule = habits::registries;
    finds(rule, "Cargo.lock", "source = \"registry+https://github.com/rust-lang/crates.io-index\"", &[]);
    finds(rule, "end2end/package-lock.json", "\"resolved\": \"https://registry.npmjs.org/a/-/a-1.tgz\"", &[]);
    finds(rule, "README.md", "see https://docs.rs/a and https://www.postgresql.org", &[]);
    for host in ["static.crates.io", "registry.npmjs.org", "pypi.org", "deb.debian.org"] {
        let offences = habits::registries(&[File::new("Makefile", &format!("get:\n\tcurl https://{host}/a"))]);
        assert_eq!(offences.len(), 1, "{host}: {offences:?}");
    }
}

#[test]
fn guides_lead_to_what_is_there() {
    holds(habits::dead_paths);
}

#[test]
fn a_path_that_leads_nowhere_is_found() {
    let there = ["src/lib.rs", "src/pages/cart/load.rs"].map(|path| File::new(path, ""));
    let guide =
        "see `src/lib.rs`, src/pages/…, (src/<domain>/x.rs), src/pages/cart/.\nand src/http/… or src/pages/cart.rs";
    let files = [&there[..], &[File::new("ARCHITECTURE.md", guide)]].concat();
    assert_eq!(
        habits::dead_paths(&files),
        ["ARCHITECTURE.md:2: src/http/ is not there", "ARCHITECTURE.md:2: src/pages/cart.rs is not there"]
    );
}

#[test]
fn the_example_tells_which_settings_are_read() {
    holds(habits::unread_settings);
    holds(habits::untold_settings);
}

#[test]
fn a_setting_that_the_example_does_not_tell_of_is_found() {
    let files = [
        File::new(".env.example", "# Where to listen.\nDUKA_ADDR=a\n# DUKA_LOG=b"),
        File::new("server/src/config.rs", "f(\"DUKA_ADDR\"); f(\"DUKA_FAX\"); f(\"DUKA_ADDR is wrong\")"),
        File::new("src/db/testing.rs", "\"DUKA_TEST_DATABASE_URL\""),
        File::new("xtask/src/main.rs", "\"DUKA_INNER\""),
    ];
    assert_eq!(habits::untold_settings(&files), ["server/src/config.rs: DUKA_FAX is not in .env.example"]);
}

#[test]
fn a_setting_that_nobody_reads_is_found() {
    let example = "# All.\nDUKA_ADDR=a\n# DUKA_FAX=b\n# --- Not read yet ---\n# DUKA_SMS=\n# DUKA_LOG=";
    let files = [
        File::new(".env.example", example),
        File::new("server/src/config.rs", "f(\"DUKA_ADDR\"); f(\"DUKA_LOG\")"),
        File::new("server/tests/a.rs", "\"DUKA_FAX\""),
    ];
    assert_eq!(
        habits::unread_settings(&files),
        [".env.example: DUKA_FAX is read by nobody", ".env.example: DUKA_LOG is read, and the example says it is not"]
    );
}

#[test]
fn every_migration_has_its_own_number() {
    holds(habits::shared_numbers);
}

#[test]
fn a_number_given_twice_is_found() {
    let files = ["0001_a.sql", "0002_b.sql", "0002_c.sql", "roles.sql"]
        .map(|name| File::new(&format!("migrations/{name}"), ""));
    assert_eq!(habits::shared_numbers(&files), ["migrations/0002_c.sql: its number is taken by migrations/0002_b.sql"]);
}

#[test]
fn what_the_log_is_told_is_in_one_list_and_tested() {
    holds(acts::unlisted);
    holds(acts::unwritten);
    holds(acts::untested);
}

#[test]
fn an_act_that_the_log_does_not_know_is_found() {
    let rule = acts::unlisted;
    let path = "src/catalog/price.rs";
    finds(rule, path, "tx.audit(ctx.actor, \"price_changed\", \"products\", id, x).await?;", &[]);
    finds(rule, path, "tx.audit(actor, action, \"products\", id, x)", &[]);
    finds(
        rule,
        path,
        "tx.audit(ctx.actor, \"price_change\", \"products\", id, x)\ntx.audit_operator(\"seen\", \"a\", id, x)",
        &[
            "src/catalog/price.rs: price_change is not in src/kernel/acts.rs",
            "src/catalog/price.rs: seen is not in src/kernel/acts.rs",
        ],
    );
    let told = [
        File::new(path, "\"price_changed\" \"role_changed\""),
        File::new("server/tests/goods/a.rs", "'price_changed' role_changed"),
    ];
    let offence = |offences: Vec<String>, name: &str| offences.iter().any(|line| line.starts_with(name));
    assert!(!offence(acts::unwritten(&told), "price_changed ") && offence(acts::unwritten(&told), "store_added "));
    assert!(!offence(acts::untested(&told), "price_changed ") && offence(acts::untested(&told), "role_changed "));
}

#[test]
fn rust_is_read_without_comments_quotes_and_tests() {
    let rust = Rust::read("a /* b /* c */ d */ e // f\ng(\"h \\\" i\", 'j', '\\'', r#\"k\"l\"#, b\"m\") n<'o>");
    let left: Vec<&str> = source::words(&rust.code).map(|(_, word)| word).collect();
    assert_eq!(left, ["a", "e", "g", "b", "n", "o"]);
    assert_eq!(rust.quoted, ["h \\\" i", "k\"l", "m"]);
}
