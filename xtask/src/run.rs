//! `make run`: from a fresh checkout to a demo one can buy from.

use crate::demo::{Addresses, Demo, Programs, Setup};
use crate::install;
use crate::site::{self, Quality};
use crate::steps::{Stopped, say, tell};
use crate::workspace::Workspace;

/// Runs until Ctrl-C or SIGTERM, which is a good end.
pub fn run(here: &Workspace) -> anyhow::Result<()> {
    match demo(here) {
        Err(cause) if cause.is::<Stopped>() => Ok(()),
        done => done,
    }
}

fn demo(here: &Workspace) -> anyhow::Result<()> {
    let addresses = Addresses::set(here);
    // Before minutes of building, not after.
    addresses.expect_free()?;
    let postgres = install::postgres(here)?;
    let site = site::build(here, Quality::Release)?;
    let programs = Programs::build(here, &["--package", "server", "--package", "sandbox"])?;
    say("starting Duka and the sandbox");
    let mut demo = Demo::start(
        here,
        &Setup {
            programs: &programs,
            addresses: addresses.clone(),
            site: &site,
            postgres: postgres.directory(),
            data_dir: None,
            log: None,
        },
    )?;
    demo.wait_until_ready()?;
    welcome(&addresses);
    let watched = demo.watch();
    say("stopping");
    demo.stop();
    watched
}

fn welcome(addresses: &Addresses) {
    let (port, phones) = (addresses.public_port(), addresses.sandbox_port());
    tell(format!(
        "
Duka is ready.

  Shops      http://mama-njeri.localhost:{port}
             http://kilimani-electronics.localhost:{port}
  Dashboard  http://localhost:{port}/sign-in
  Phones     http://localhost:{phones}   (answer M-Pesa prompts, read mails and messages)
  Health     http://{ops}/readyz

  Sign in    owner@mama-njeri.test   owner@kilimani-electronics.test
             staff@… and viewer@… of the same names
  Password   karibu-duka-2026

Ctrl-C stops it.
",
        ops = addresses.ops
    ));
}
