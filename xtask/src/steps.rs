//! Steps a person can follow: `==> what happens`, a command each, ended in order when we are asked to stop.

use std::ffi::OsStr;
use std::fmt;
use std::io::{BufRead as _, BufReader, Write as _};
use std::os::unix::process::CommandExt as _;
use std::process::{Child, Command, ExitStatus, Stdio};
use std::time::{Duration, Instant};

use anyhow::{Context as _, bail};

use crate::stop;

const PAUSE: Duration = Duration::from_millis(25);
/// How long a child may take to end by itself before it is killed.
const PATIENCE: Duration = Duration::from_secs(40);

/// Somebody asked us to stop; not a fault.
#[derive(Debug)]
pub struct Stopped;

impl fmt::Display for Stopped {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("stopped")
    }
}

impl std::error::Error for Stopped {}

/// Tells what happens now.
pub fn say(what: impl fmt::Display) {
    tell(format_args!("==> {what}"));
}

/// Prints a line. A terminal that was closed is no reason to leave children behind.
pub fn tell(line: impl fmt::Display) {
    let _ = writeln!(std::io::stdout(), "{line}");
}

/// A command with these arguments; its standard input is closed.
pub fn command<S: AsRef<OsStr>>(program: impl AsRef<OsStr>, arguments: impl IntoIterator<Item = S>) -> Command {
    let mut command = Command::new(program);
    command.args(arguments).stdin(Stdio::null());
    command
}

/// Runs to the end; a failure is an error that names the command.
pub fn run(command: &mut Command) -> anyhow::Result<()> {
    let status = status(command)?;
    if !status.success() {
        bail!("`{}` failed ({status})", line(command));
    }
    Ok(())
}

/// The same, and what takes longer than this is ended and is a failure.
pub fn run_within(command: &mut Command, limit: Duration) -> anyhow::Result<()> {
    let mut child = spawn(command)?;
    let status = wait_until(&mut child, Some(Instant::now() + limit))?;
    if !status.success() {
        bail!("`{}` failed ({status})", line(command));
    }
    Ok(())
}

/// Runs to the end.
pub fn status(command: &mut Command) -> anyhow::Result<ExitStatus> {
    let mut child = spawn(command)?;
    wait(&mut child)
}

/// Starts a child in a process group of its own: a Ctrl-C reaches us first, and we pass it on.
pub fn spawn(command: &mut Command) -> anyhow::Result<Child> {
    command.process_group(0).spawn().with_context(|| format!("`{}` cannot be run", line(command)))
}

/// Waits for a child; ends it when we are asked to stop.
pub fn wait(child: &mut Child) -> anyhow::Result<ExitStatus> {
    wait_until(child, None)
}

fn wait_until(child: &mut Child, deadline: Option<Instant>) -> anyhow::Result<ExitStatus> {
    loop {
        if let Some(status) = child.try_wait().context("waiting for a command")? {
            return Ok(status);
        }
        if stop::asked() {
            end(child);
            bail!(Stopped);
        }
        if deadline.is_some_and(|deadline| Instant::now() >= deadline) {
            end(child);
            bail!(
                "it took longer than it may and was ended: the last test that is named above hangs, or the machine is busy"
            );
        }
        std::thread::sleep(PAUSE);
    }
}

/// Runs to the end, shows every line of its standard error and hands it to `see` as well.
pub fn watch(command: &mut Command, mut see: impl FnMut(&str) + Send) -> anyhow::Result<ExitStatus> {
    let mut child = spawn(command.stderr(Stdio::piped()))?;
    let stderr = child.stderr.take().context("no standard error to read")?;
    std::thread::scope(|scope| {
        scope.spawn(move || {
            for line in BufReader::new(stderr).split(b'\n').map_while(Result::ok) {
                let line = String::from_utf8_lossy(&line);
                eprintln!("{line}");
                see(&line);
            }
        });
        wait(&mut child)
    })
}

/// Runs quietly and gives the standard output, when the command succeeds.
pub fn output(command: &mut Command) -> Option<String> {
    let output = command.stderr(Stdio::null()).output().ok()?;
    output.status.success().then(|| String::from_utf8_lossy(&output.stdout).trim().to_owned())
}

/// Asks a child and its group to end, and kills what does not; how it ended, when that is known.
pub fn end(child: &mut Child) -> Option<ExitStatus> {
    for (signal, patience) in [("TERM", PATIENCE), ("KILL", Duration::from_secs(5))] {
        if let Ok(Some(status)) = child.try_wait() {
            return Some(status);
        }
        let script = format!("kill -s {signal} -- -{} 2>/dev/null", child.id());
        // A group that is gone already is what we want.
        let _ = Command::new("/bin/sh").args(["-c", &script]).stdin(Stdio::null()).status();
        let deadline = Instant::now() + patience;
        while Instant::now() < deadline {
            if let Ok(Some(status)) = child.try_wait() {
                return Some(status);
            }
            std::thread::sleep(PAUSE);
        }
    }
    None
}

fn line(command: &Command) -> String {
    std::iter::once(command.get_program())
        .chain(command.get_args())
        .map(OsStr::to_string_lossy)
        .collect::<Vec<_>>()
        .join(" ")
}
