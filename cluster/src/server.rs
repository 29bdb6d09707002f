//! The server process: started as a child, taken over from a killed program, stopped in order.

use std::fs::{self, OpenOptions};
use std::net::{Ipv4Addr, TcpListener, TcpStream};
use std::os::unix::process::CommandExt as _;
use std::path::Path;
use std::process::Child;
use std::time::{Duration, Instant};

use crate::account::Account;
use crate::binaries::Binaries;
use crate::error::ClusterError;
use crate::home::{self, Home};
use crate::{Options, process};

/// Recovery after a crash is part of it.
const START: Duration = Duration::from_mins(2);
/// The last checkpoint of a busy demo on a slow disk is part of it.
const STOP: Duration = Duration::from_secs(30);
const PAUSE: Duration = Duration::from_millis(15);
/// A log larger than this makes room at the next start.
const LOG_BYTES: u64 = 8 * 1024 * 1024;

/// A running server that is ours to stop.
#[derive(Debug)]
pub struct Server {
    pid: u32,
    port: u16,
    /// `None` when a program before us started it.
    child: Option<Child>,
    data: std::path::PathBuf,
}

impl Server {
    /// Takes over the server that a killed program left, or starts one.
    pub fn start(home: &Home, binaries: &Binaries, account: &Account, options: &Options) -> Result<Self, ClusterError> {
        let wanted = settings(options);
        let kept = home::read(&home.file("settings"))?;
        if kept.as_deref() == Some(wanted.join(" ").as_str())
            && let Some(port) = ready_port(home)
            && let Some(pid) = left_over(home)
        {
            return Ok(Self { pid, port, child: None, data: home.data() });
        }
        stop_left_over(home)?;
        home::write(&home.file("settings"), &wanted.join(" "))?;

        let deadline = Instant::now() + START;
        let mut port = home.port().filter(|port| is_free(*port));
        loop {
            let chosen = match port.take() {
                Some(port) => port,
                None => free_port()?,
            };
            home.keep_port(chosen)?;
            let said = match launch(home, binaries, account, chosen, &wanted, deadline)? {
                Launched::Ready(server) => return Ok(server),
                Launched::Ended(said) => said,
            };
            // Another program was quicker at the port, or backends of a killed server still hold its memory.
            let passing = said.contains("could not bind") || said.contains("pre-existing shared memory");
            if !passing || Instant::now() > deadline {
                return Err(ClusterError::Failed { what: "starting PostgreSQL", output: said });
            }
            port = Some(chosen).filter(|port| is_free(*port));
            std::thread::sleep(PAUSE * 10);
        }
    }

    /// The TCP port on 127.0.0.1.
    pub fn port(&self) -> u16 {
        self.port
    }

    /// Cuts connections, writes data out; kills only a server that does not listen.
    pub fn stop(mut self) -> Result<(), ClusterError> {
        for (signal, patience) in [("INT", STOP), ("QUIT", Duration::from_secs(5)), ("KILL", Duration::from_secs(5))] {
            if self.has_ended() {
                return Ok(());
            }
            process::signal(self.pid, signal);
            let deadline = Instant::now() + patience;
            while Instant::now() < deadline {
                if self.has_ended() {
                    return match signal {
                        "INT" => Ok(()),
                        _ => Err(ClusterError::Failed {
                            what: "stopping PostgreSQL in order",
                            output: format!("it ended only on the signal {signal}"),
                        }),
                    };
                }
                std::thread::sleep(PAUSE);
            }
        }
        Err(ClusterError::Failed {
            what: "stopping PostgreSQL",
            output: format!("the process {} does not end", self.pid),
        })
    }

    fn has_ended(&mut self) -> bool {
        match &mut self.child {
            Some(child) => !matches!(child.try_wait(), Ok(None)),
            None => !process::is_server_on(self.pid, &self.data),
        }
    }
}

enum Launched {
    Ready(Server),
    /// What the server wrote to its log before it gave up.
    Ended(String),
}

fn launch(
    home: &Home,
    binaries: &Binaries,
    account: &Account,
    port: u16,
    settings: &[String],
    deadline: Instant,
) -> Result<Launched, ClusterError> {
    let log = home.file("server.log");
    if fs::metadata(&log).is_ok_and(|meta| meta.len() > LOG_BYTES) {
        fs::rename(&log, home.file("server.log.before")).map_err(|cause| ClusterError::file("move", &log, cause))?;
    }
    let mut options = OpenOptions::new();
    let file = options.create(true).append(true).open(&log);
    let file = file.map_err(|cause| ClusterError::file("write", &log, cause))?;
    let seen = file.metadata().map_or(0, |meta| meta.len());
    let again = file.try_clone().map_err(|cause| ClusterError::file("write", &log, cause))?;

    let program = binaries.program("postgres");
    let mut command = account.command(&program, home.directory());
    command.arg("-D").arg(home.data()).args(["-c", &format!("port={port}")]);
    for setting in settings {
        command.args(["-c", setting]);
    }
    let mut child = command
        .process_group(0)
        .stdout(file)
        .stderr(again)
        .spawn()
        .map_err(|cause| ClusterError::file("run", &program, cause))?;

    let pid = child.id();
    loop {
        if !matches!(child.try_wait(), Ok(None)) {
            return Ok(Launched::Ended(tail(&log, seen)));
        }
        if status(home).is_some_and(|status| status.pid == pid && status.ready) {
            return Ok(Launched::Ready(Server { pid, port, child: Some(child), data: home.data() }));
        }
        if Instant::now() > deadline {
            let _ = Server { pid, port, child: Some(child), data: home.data() }.stop();
            return Err(ClusterError::Failed { what: "starting PostgreSQL in time", output: tail(&log, seen) });
        }
        std::thread::sleep(PAUSE);
    }
}

fn settings(options: &Options) -> Vec<String> {
    let on = if options.durable { "on" } else { "off" };
    [
        "listen_addresses=127.0.0.1".to_owned(),
        // A path longer than about 100 characters breaks a socket; nobody needs one here.
        "unix_socket_directories=".to_owned(),
        format!("max_connections={}", options.max_connections),
        format!("fsync={on}"),
        format!("synchronous_commit={on}"),
        format!("full_page_writes={on}"),
        "timezone=UTC".to_owned(),
        "log_timezone=UTC".to_owned(),
        "logging_collector=off".to_owned(),
        "log_destination=stderr".to_owned(),
        // Short statements are all we have: compiling them costs more than it saves.
        "jit=off".to_owned(),
    ]
    .into()
}

/// What `postmaster.pid` says.
struct Status {
    pid: u32,
    port: Option<u16>,
    ready: bool,
}

fn status(home: &Home) -> Option<Status> {
    let text = home::read(&home.data().join("postmaster.pid")).ok()??;
    let line = |number: usize| text.lines().nth(number).map_or("", str::trim);
    Some(Status { pid: line(0).parse().ok()?, port: line(3).parse().ok(), ready: line(7) == "ready" })
}

/// The process of a server that still runs in this folder.
fn left_over(home: &Home) -> Option<u32> {
    status(home).map(|status| status.pid).filter(|pid| process::is_server_on(*pid, &home.data()))
}

/// The port of a server that runs in this folder and takes connections.
pub fn ready_port(home: &Home) -> Option<u16> {
    left_over(home)?;
    let port = status(home).filter(|status| status.ready)?.port?;
    TcpStream::connect((Ipv4Addr::LOCALHOST, port)).ok().map(|_| port)
}

/// Stops a server that nobody looks after any more, and clears a stale `postmaster.pid`.
pub fn stop_left_over(home: &Home) -> Result<(), ClusterError> {
    if let Some(pid) = left_over(home) {
        return Server { pid, port: 0, child: None, data: home.data() }.stop();
    }
    // The number in it may belong to a stranger by now, and the server would then refuse to start.
    let stale = home.data().join("postmaster.pid");
    match fs::remove_file(&stale) {
        Err(cause) if cause.kind() != std::io::ErrorKind::NotFound => Err(ClusterError::file("remove", &stale, cause)),
        _ => Ok(()),
    }
}

fn is_free(port: u16) -> bool {
    TcpListener::bind((Ipv4Addr::LOCALHOST, port)).is_ok()
}

fn free_port() -> Result<u16, ClusterError> {
    TcpListener::bind((Ipv4Addr::LOCALHOST, 0))
        .and_then(|listener| listener.local_addr())
        .map(|address| address.port())
        .map_err(|cause| ClusterError::Failed { what: "finding a free port", output: cause.to_string() })
}

fn tail(log: &Path, from: u64) -> String {
    let text = fs::read(log).unwrap_or_default();
    let start = usize::try_from(from).unwrap_or(0).min(text.len());
    String::from_utf8_lossy(&text[start..]).into_owned()
}
