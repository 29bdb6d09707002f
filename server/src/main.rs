//! The program `duka`: picks a command and says in one line what went wrong.

use clap::Parser as _;
use server::command::Cli;
use std::process::ExitCode;

/// Requests are made of many small strings.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> ExitCode {
    // Outgoing connections ask for it; two providers are linked, so one has to be named.
    if rustls::crypto::ring::default_provider().install_default().is_err() {
        eprintln!("duka: a TLS provider was installed before the program began");
        return ExitCode::FAILURE;
    }
    // A missing file is usual, and a broken line is the person's to mend.
    if let Err(fault) = dotenvy::dotenv()
        && !fault.not_found()
    {
        eprintln!("duka: .env cannot be read: {fault}");
        return ExitCode::FAILURE;
    }
    match server::command::run(Cli::parse()) {
        Ok(()) => ExitCode::SUCCESS,
        Err(fault) => {
            eprintln!("duka: {}", format!("{fault:#}").replace('\n', " "));
            ExitCode::FAILURE
        }
    }
}
