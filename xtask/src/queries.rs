//! `.sqlx/`: what the database said about every checked query, written anew or compared.

use std::collections::BTreeMap;
use std::fs::{self, File};
use std::path::{Path, PathBuf};
use std::time::SystemTime;

use anyhow::{Context as _, bail};
use cluster::{Cluster, Options};

use crate::steps::{self, command, output, say};
use crate::workspace::{HOST, Scratch, Workspace};
use crate::{fingerprint, install};

/// A change in any of these may change an answer.
const INPUTS: [&str; 4] = [".sqlx", "Cargo.lock", "migrations", "src"];

/// Writes `.sqlx/` anew.
pub fn write(here: &Workspace) -> anyhow::Result<()> {
    let fresh = describe(here)?;
    let folder = here.root.join(".sqlx");
    if folder.exists() {
        fs::remove_dir_all(&folder).context("removing the old .sqlx")?;
    }
    fs::create_dir(&folder).context("making .sqlx")?;
    for (name, text) in &fresh {
        fs::write(folder.join(name), text).with_context(|| format!("writing .sqlx/{name}"))?;
    }
    say(format!("{} queries written to .sqlx/", fresh.len()));
    Ok(())
}

/// Compares `.sqlx/` with what the database says now, unless nothing changed since that was last done.
pub fn check(here: &Workspace) -> anyhow::Result<()> {
    let inputs = fingerprint::of(&here.root, &INPUTS, "")?;
    let done = here.own().join("queries-checked");
    if fs::read_to_string(&done).is_ok_and(|checked| checked == inputs) {
        say("the saved queries are up to date");
        return Ok(());
    }
    let (fresh, kept) = (describe(here)?, read(&here.root.join(".sqlx"))?);
    let wrong: Vec<_> = fresh
        .iter()
        .filter(|&(name, text)| kept.get(name) != Some(text))
        .map(|(name, _)| format!("{name} is missing or old"))
        .chain(kept.keys().filter(|name| !fresh.contains_key(*name)).map(|name| format!("{name} is not used")))
        .collect();
    if !wrong.is_empty() {
        bail!(".sqlx/ is out of date; run `cargo xtask sqlx` and commit it:\n  {}", wrong.join("\n  "));
    }
    fs::write(done, inputs).context("noting that the queries were checked")
}

/// Checks every query of the library against a database at today's schema.
fn describe(here: &Workspace) -> anyhow::Result<BTreeMap<String, String>> {
    let postgres = install::postgres(here)?;
    let scratch = Scratch::make("queries")?;
    let data_dir = scratch.path().join("postgres");
    let cluster = Cluster::start(Options { data_dir, durable: false, max_connections: 40 })?;
    // The files first: a server whose queries are new does not build until they are saved.
    match psql(postgres.directory()) {
        Some(psql) => migrate_with_files(here, &psql, &cluster)?,
        None => migrate_with_server(here, &cluster, scratch.path())?,
    }

    say("checking every query against the database");
    let answers = scratch.path().join("answers");
    fs::create_dir(&answers).context("making a folder for the answers")?;
    // The queries are read while the library is compiled, and cargo only does that when it seems changed.
    let library = here.root.join("src/lib.rs");
    File::open(&library)
        .and_then(|file| file.set_modified(SystemTime::now()))
        .with_context(|| format!("touching {}", library.display()))?;
    let checked = steps::run(
        here.cargo(["check", "--quiet", "--package", "duka", "--features", "ssr,testing", "--all-targets"])
            .env("SQLX_OFFLINE", "false")
            .env("SQLX_OFFLINE_DIR", &answers)
            .env("DATABASE_URL", cluster.superuser_url()),
    );
    checked.context("a query does not fit the schema")?;
    cluster.stop()?;
    read(&answers)
}

fn psql(postgres: &Path) -> Option<PathBuf> {
    [postgres.join("psql"), PathBuf::from("psql")]
        .into_iter()
        .find(|program| output(&mut command(program, ["--version"])).is_some())
}

/// npm's build of PostgreSQL comes without `psql`.
fn migrate_with_server(here: &Workspace, cluster: &Cluster, scratch: &Path) -> anyhow::Result<()> {
    say("building the server for its migrations");
    steps::run(here.cargo(["build", "--quiet", "--bins"]).args(HOST)).context(
        "without `psql` the server must build before its queries can be saved anew; \
         install the Debian package `postgresql-client`",
    )?;
    say("migrating with `duka migrate`");
    let mut migrate = command(here.target.join("debug/duka"), ["migrate"]);
    for name in ["DATABASE_URL", "DUKA_WORKER_DATABASE_URL", "DUKA_OWNER_DATABASE_URL", "DUKA_OPS_DATABASE_URL"] {
        migrate.env(name, cluster.superuser_url());
    }
    steps::run(migrate.env("DUKA_DATA_DIR", scratch.join("data")).current_dir(&here.root))
}

/// In the order and as the roles that migrations/README.md says.
fn migrate_with_files(here: &Workspace, psql: &Path, cluster: &Cluster) -> anyhow::Result<()> {
    say("migrating with the files in migrations/");
    let folder = here.root.join("migrations");
    let apply = |before: &str, file: &Path| {
        // The same marker as the program's own runner reads.
        let is_apart = std::fs::read_to_string(file)?.starts_with("-- no-transaction");
        steps::run(
            command(psql, ["--no-psqlrc", "--quiet", "--set=ON_ERROR_STOP=1"])
                .args((!is_apart).then_some("--single-transaction"))
                .args(["--dbname", &cluster.superuser_url(), "--output=/dev/null", "--command", before, "--file"])
                .arg(file)
                .env("PGOPTIONS", "-c client_min_messages=warning"),
        )
    };
    apply("select 1", &folder.join("roles.sql"))?;
    for file in fingerprint::files(&folder)? {
        let name = file.file_name().unwrap_or_default().to_string_lossy();
        if name.starts_with(|first: char| first.is_ascii_digit()) && name.ends_with(".sql") {
            apply("set role duka_owner", &file)?;
        }
    }
    Ok(())
}

fn read(folder: &Path) -> anyhow::Result<BTreeMap<String, String>> {
    fingerprint::files(folder)?
        .into_iter()
        .map(|path| {
            let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
            let text = fs::read_to_string(&path).with_context(|| format!("reading {}", path.display()))?;
            Ok((name, text))
        })
        .collect()
}
