//! The tasks behind `make`: build the site, start the demo, run every check.
#![allow(clippy::disallowed_methods, reason = "a program of its own without async: it may sleep and look at the clock")]
#![allow(dead_code)]
mod fingerprint;
mod install;
mod site;
mod steps;
mod stop;
mod workspace;
fn main() -> anyhow::Result<()> {
    stop::listen()?;
    let here = workspace::Workspace::find()?;
    site::build(&here, if std::env::args().any(|a| a == "--dev") { site::Quality::Dev } else { site::Quality::Release })
        .map(drop)
}
