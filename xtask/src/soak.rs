//! `make soak`: the long versions of the crash and load tests, in half an hour; so no part of `make test`.

use std::process::{Command, ExitCode};
use std::time::Duration;

use anyhow::Context as _;
use cluster::{Cluster, Options};

use crate::install;
use crate::steps::{self, say};
use crate::workspace::{HOST, Scratch, Workspace};

/// What they take together, in minutes; the tests share it out among themselves (`server/tests/checkout/rounds.rs`).
const MINUTES: u64 = 30;
/// So much longer they may take on a slow machine before they are ended.
const GRACE: Duration = Duration::from_mins(10);
/// Who says how many rounds there are gives them the time that they take.
const COUNTED: [&str; 2] = ["DUKA_CRASH_ROUNDS", "DUKA_HISTORIES"];

/// Runs them one after the other and shows what each measured, with its rounds and seeds.
pub fn run(here: &Workspace) -> anyhow::Result<ExitCode> {
    install::postgres(here)?;
    let minutes = match std::env::var("DUKA_SOAK_MINUTES") {
        Ok(text) => text.parse().context("DUKA_SOAK_MINUTES is a whole number")?,
        Err(_) => MINUTES,
    };
    let is_counted = COUNTED.iter().any(|name| std::env::var_os(name).is_some());
    say("building the long tests");
    steps::run(tests(here).arg("--no-run"))?;
    let scratch = Scratch::make("soak")?;
    let cluster =
        Cluster::start(Options { data_dir: scratch.path().join("postgres"), durable: true, max_connections: 200 })?;
    if is_counted {
        say("long tests: rounds of kills, impatient readers, histories and races of money, as many as you said");
    } else {
        say(format_args!(
            "long tests: rounds of kills, impatient readers, histories and races of money ({minutes} minutes)"
        ));
    }
    let mut running = tests(here);
    running
        .args(["--no-fail-fast", "--", "--ignored", "--nocapture", "--test-threads=1"])
        .env("DUKA_TEST_DATABASE_URL", cluster.superuser_url());
    let done = if is_counted {
        steps::run(&mut running)
    } else {
        steps::run_within(&mut running, Duration::from_mins(minutes) + GRACE)
    };
    cluster.stop()?;
    done.map(|()| ExitCode::SUCCESS)
}

/// Cargo's own runner: the other one ends a test after three minutes.
fn tests(here: &Workspace) -> Command {
    let mut command = here.cargo(["test"]);
    command.args(HOST).args(["--test", "crash", "--test", "money"]);
    command
}
