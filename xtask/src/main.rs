//! The tasks behind `make`: build the site, start the demo, run every check.
#![allow(clippy::disallowed_methods, reason = "a program of its own without async: it may sleep and look at the clock")]

mod bench;
mod browser;
mod budgets;
mod demo;
mod fingerprint;
mod gate;
mod http;
mod install;
mod lighthouse;
mod markup;
mod queries;
mod real_files;
mod run;
mod site;
mod soak;
mod steps;
mod stop;
mod tally;
mod workspace;

use std::process::ExitCode;

use steps::Stopped;
use workspace::Workspace;

const USAGE: &str = "\
cargo xtask site [--dev]      build both bundles, the styles and the public files
cargo xtask run               install what is missing, build, start the demo
cargo xtask test              every check; ends with `N passed, N failed`
cargo xtask budgets           the byte budgets of the built site
cargo xtask lighthouse        scores of five pages as a slow phone meets them
cargo xtask bench             speed beside the plainest thing that could do the same
cargo xtask soak              the long versions of the crash and load tests
cargo xtask sqlx [--check]    write .sqlx/ anew, or compare it
";

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
    let done = match arguments.as_slice() {
        ["site"] => begin().and_then(|here| site::build(&here, site::Quality::Release).map(drop)),
        ["site", "--dev"] => begin().and_then(|here| site::build(&here, site::Quality::Dev).map(drop)),
        ["run"] => begin().and_then(|here| run::run(&here)),
        ["test"] => return begin().map_or_else(|cause| refuse(&cause), |here| gate::run(&here)),
        ["budgets"] => return begin().and_then(|here| budgets::run(&here)).unwrap_or_else(|cause| refuse(&cause)),
        ["lighthouse"] => {
            return begin().and_then(|here| lighthouse::run(&here)).unwrap_or_else(|cause| refuse(&cause));
        }
        ["bench"] => return begin().and_then(|here| bench::run(&here)).unwrap_or_else(|cause| refuse(&cause)),
        ["soak"] => return begin().and_then(|here| soak::run(&here)).unwrap_or_else(|cause| refuse(&cause)),
        ["sqlx"] => begin().and_then(|here| queries::write(&here)),
        ["sqlx", "--check"] => begin().and_then(|here| queries::check(&here)),
        [] | ["help" | "--help" | "-h"] => {
            print!("{USAGE}");
            return ExitCode::SUCCESS;
        }
        other => {
            eprintln!("there is no task `{}`\n{USAGE}", other.join(" "));
            return ExitCode::from(2);
        }
    };
    done.map_or_else(|cause| refuse(&cause), |()| ExitCode::SUCCESS)
}

fn begin() -> anyhow::Result<Workspace> {
    stop::listen()?;
    Workspace::find()
}

fn refuse(cause: &anyhow::Error) -> ExitCode {
    if cause.is::<Stopped>() {
        // What a shell reports after Ctrl-C.
        return ExitCode::from(130);
    }
    eprintln!("error: {cause:#}");
    ExitCode::FAILURE
}
