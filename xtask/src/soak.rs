//! `make soak`: the long versions of the crash and load tests; minutes each, so no part of `make test`.

use std::process::ExitCode;

use cluster::{Cluster, Options};

use crate::install;
use crate::steps::{self, say};
use crate::workspace::{HOST, Scratch, Workspace};

/// Runs them one after the other and shows what each measured.
pub fn run(here: &Workspace) -> anyhow::Result<ExitCode> {
    install::postgres(here)?;
    let scratch = Scratch::make("soak")?;
    let cluster =
        Cluster::start(Options { data_dir: scratch.path().join("postgres"), durable: true, max_connections: 200 })?;
    say("long tests: rounds of kills, impatient readers, histories and races of money (an hour and more)");
    let done = steps::run(
        // Cargo's own runner: the other one ends a test after three minutes.
        here.cargo(["test"])
            .args(HOST)
            .args(["--test", "crash", "--test", "money", "--", "--ignored", "--nocapture", "--test-threads=1"])
            .env("DUKA_TEST_DATABASE_URL", cluster.superuser_url()),
    );
    cluster.stop()?;
    done.map(|()| ExitCode::SUCCESS)
}
