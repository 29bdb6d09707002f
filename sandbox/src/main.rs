//! The program `sandbox`: listens on loopback until it is told to stop.

use std::{io::Write, net::SocketAddr, process::ExitCode};

use clap::Parser;
use sandbox::Sandbox;
use tokio::signal::unix::{SignalKind, signal};

/// Stand-ins for M-Pesa and the other providers, with phones on which a person answers.
#[derive(Parser)]
#[command(name = "sandbox", version)]
struct Arguments {
    /// Where to listen. It has no passwords: keep it on loopback.
    #[arg(long, env = "DUKA_SANDBOX_ADDR", default_value = "127.0.0.1:3100")]
    addr: SocketAddr,
    /// Where to take mails, by SMTP.
    #[arg(long, env = "DUKA_SANDBOX_SMTP_ADDR", default_value = "127.0.0.1:3125")]
    smtp_addr: SocketAddr,
}

#[tokio::main]
async fn main() -> ExitCode {
    let arguments = Arguments::parse();
    tracing_subscriber::fmt().with_writer(std::io::stderr).init();
    match run(&arguments).await {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("sandbox: cannot listen on {} and {}: {error}", arguments.addr, arguments.smtp_addr);
            ExitCode::FAILURE
        }
    }
}

async fn run(arguments: &Arguments) -> std::io::Result<()> {
    let mut terminate = signal(SignalKind::terminate())?;
    let mut interrupt = signal(SignalKind::interrupt())?;
    let running = Sandbox::start_with_mail(arguments.addr, arguments.smtp_addr).await?;
    // The reader of our output may be gone; that is no reason to stop.
    let _ = writeln!(std::io::stdout(), "sandbox listens on {}, for mails on {}", running.base_url, running.smtp_addr);
    tokio::select! {
        _ = terminate.recv() => {}
        _ = interrupt.recv() => {}
    }
    running.stop().await;
    Ok(())
}
