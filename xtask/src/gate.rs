//! `make test`: every check, in the order in which they are cheap, ended by one line that counts.

use std::fs;
use std::path::Path;
use std::process::{Command, ExitCode};

use anyhow::Context as _;
use cluster::{Binaries, Cluster, Options};

use crate::demo::{Addresses, Demo, Programs, Setup};
use crate::site::{self, Quality};
use crate::steps::{self, Stopped, say, tell};
use crate::tally::{self, Tally};
use crate::workspace::{HOST, Scratch, Workspace};
use crate::{browser, budgets, install, markup, queries, real_files};

/// Runs everything; the last line is `N passed, N failed`.
pub fn run(here: &Workspace) -> ExitCode {
    let mut tally = Tally::default();
    let done = every_check(here, &mut tally);
    let stopped = matches!(&done, Err(cause) if cause.is::<Stopped>());
    if let Err(cause) = &done
        && !stopped
    {
        eprintln!("error: {cause:#}");
    }
    for name in &tally.names {
        tell(format!("failed: {name}"));
    }
    if let Some(said) = real_files::missing(&here.root) {
        tell(said);
    }
    tell(format!("{} passed, {} failed", tally.passed, tally.failed));
    match done {
        _ if stopped => ExitCode::from(130),
        Ok(()) if tally.failed == 0 => ExitCode::SUCCESS,
        _ => ExitCode::FAILURE,
    }
}

/// Formatting, lints and builds end the run when they fail: what follows would only repeat it.
fn every_check(here: &Workspace, tally: &mut Tally) -> anyhow::Result<()> {
    step(tally, "format", || steps::run(&mut here.cargo(["fmt", "--all", "--check"])))?;
    let postgres = step(tally, "PostgreSQL", || install::postgres(here))?;
    step(tally, "lints", || steps::run(lint(here).args(HOST).arg("--all-targets")))?;
    step(tally, "the compiler's target for browsers", || install::wasm_target(here))?;
    for bundle in ["shop", "dash"] {
        step(tally, &format!("lints of the {bundle} bundle"), || {
            steps::run(lint(here).args(["--package", "frontend", "--target", "wasm32-unknown-unknown"]).args([
                "--no-default-features",
                "--features",
                bundle,
            ]))
        })?;
    }
    step(tally, "saved queries", || queries::check(here))?;
    let site = step(tally, "site", || site::build(here, Quality::Release))?;
    step(tally, "test runner", || install::nextest(here))?;

    let scratch = Scratch::make("test")?;
    let tests =
        step_of_many(tally, "unit, database and HTTP tests", || host_tests(here, &postgres, &site, scratch.path()))?;
    let pages = in_browser(here, tally, &postgres, &site, scratch.path());
    // A failed test has been counted; here only what kept a runner from running is left to tell.
    tests.and(pages)
}

fn host_tests(here: &Workspace, postgres: &Binaries, site: &Path, scratch: &Path) -> anyhow::Result<Tally> {
    let data_dir = scratch.join("postgres");
    let cluster = Cluster::start(Options { data_dir, durable: false, max_connections: 400 })?;
    let mut command = here.cargo(["nextest", "run", "--no-fail-fast"]);
    command
        .args(HOST)
        .env("DUKA_TEST_DATABASE_URL", cluster.superuser_url())
        .env("DUKA_POSTGRES_BIN", postgres.directory())
        .env("DUKA_SITE_DIR", site);
    let mut found = None;
    let mut failures = tally::Failures::default();
    let status = steps::watch(&mut command, |line| {
        found = tally::nextest(line).or(found.take());
        failures.read(line);
    })?;
    cluster.stop()?;
    let mut counted = found.context("the tests could not be run")?;
    if !status.success() && counted.failed == 0 {
        counted.failed = 1;
    }
    counted.names = failures.lines();
    Ok(counted)
}

fn in_browser(
    here: &Workspace,
    tally: &mut Tally,
    postgres: &Binaries,
    site: &Path,
    scratch: &Path,
) -> anyhow::Result<()> {
    let addresses = Addresses::free()?;
    let log = scratch.join("demo.log");
    let mut demo = step(tally, "a fresh demo", || {
        let selection: Vec<&str> = HOST.into_iter().chain(["--bins"]).collect();
        let programs = Programs::build(here, &selection)?;
        let mut demo = Demo::start(
            here,
            &Setup {
                programs: &programs,
                addresses: addresses.clone(),
                site,
                postgres: postgres.directory(),
                data_dir: Some(&scratch.join("data")),
                log: Some(&log),
            },
        )?;
        demo.wait_until_ready().inspect_err(|_| show_end_of(&log))?;
        Ok(demo)
    })?;
    // Before the errands: they put goods on the shelf that have no picture to measure.
    tally.add(budgets::measure(here, site, &format!("http://localhost:{}", addresses.public_port())));
    let before = tally.failed;
    let pages = step_of_many(tally, "browser", || browser::run(here, &addresses, scratch))?;
    if tally.failed > before {
        show_end_of(&log);
    }
    demo.stop();
    let markup =
        step_of_many(tally, "HTML of every kind of page", || markup::check(here, &scratch.join(browser::PAGES)))?;
    pages.and(markup)
}

/// A cargo command that lints; warnings are errors.
fn lint(here: &Workspace) -> Command {
    let mut command = here.cargo(["check"]);
    command
        .env("RUSTC_WORKSPACE_WRAPPER", here.root.join("scripts/clippy"))
        // How `cargo clippy -- -D warnings` tells its driver.
        .env("CLIPPY_ARGS", "-D__CLIPPY_HACKERY__warnings__CLIPPY_HACKERY__");
    command
}

/// A step that counts one.
fn step<T>(tally: &mut Tally, name: &str, work: impl FnOnce() -> anyhow::Result<T>) -> anyhow::Result<T> {
    say(name);
    let done = work();
    if !matches!(&done, Err(cause) if cause.is::<Stopped>()) {
        tally.count(name, done.is_ok());
    }
    done.with_context(|| name.to_owned())
}

/// A step that counts its tests. That it could not run at all is a failure, but the next runner gets its turn.
fn step_of_many(
    tally: &mut Tally,
    name: &str,
    work: impl FnOnce() -> anyhow::Result<Tally>,
) -> anyhow::Result<anyhow::Result<()>> {
    say(name);
    match work() {
        Ok(counted) => {
            tally.add(counted);
            Ok(Ok(()))
        }
        Err(cause) if cause.is::<Stopped>() => Err(cause),
        Err(cause) => {
            tally.count(name, false);
            Ok(Err(cause.context(name.to_owned())))
        }
    }
}

/// The demo's last words, which usually name the fault.
fn show_end_of(log: &Path) {
    let text = fs::read(log).unwrap_or_default();
    let text = String::from_utf8_lossy(&text);
    let lines: Vec<&str> = text.lines().collect();
    eprintln!("the demo's last lines:");
    for line in &lines[lines.len().saturating_sub(40)..] {
        eprintln!("  {line}");
    }
}
