//! `make bench`: the release build beside the plainest thing that could do the same, as a table of ratios.

use std::process::ExitCode;

use anyhow::bail;
use cluster::{Cluster, Options};

use crate::install;
use crate::steps::{self, command, output, say};
use crate::workspace::{Scratch, Workspace};

/// Builds, starts a durable cluster, and runs the benches on it.
pub fn run(here: &Workspace) -> anyhow::Result<ExitCode> {
    let postgres = install::postgres(here)?;
    wrk()?;
    say("building for release (minutes, the first time)");
    steps::run(&mut here.cargo(["bench", "--no-run", "--package", "server", "--bench", "side_by_side"]))?;
    let scratch = Scratch::make("bench")?;
    // Durable: an order counts when it would survive a power cut, on both sides.
    let cluster =
        Cluster::start(Options { data_dir: scratch.path().join("postgres"), durable: true, max_connections: 200 })?;
    say("measuring");
    let path = std::env::var_os("PATH").unwrap_or_default();
    let path = std::env::join_paths(std::env::split_paths(&path).chain([postgres.directory().to_owned()]))?;
    let measured = steps::run(
        here.cargo(["bench", "--quiet", "--package", "server", "--bench", "side_by_side"])
            .env("DUKA_TEST_DATABASE_URL", cluster.superuser_url())
            .env("PATH", path),
    );
    cluster.stop()?;
    measured.map(|()| ExitCode::SUCCESS)
}

/// The generator of load.
fn wrk() -> anyhow::Result<()> {
    let is_there = || output(command("sh", ["-c", "command -v wrk"]).env("LC_ALL", "C")).is_some();
    if !is_there() {
        say("installing wrk");
        // Without the right to install, the sentence below says what to do.
        let _ = steps::run(&mut command("apt-get", ["install", "--yes", "--no-install-recommends", "wrk"]));
    }
    if !is_there() {
        bail!("the benches need `wrk`, which Debian has as a package: install it and try again");
    }
    Ok(())
}
