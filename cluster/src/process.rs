//! Signals to processes and questions about them, without a line of unsafe code.

use std::path::Path;
use std::process::{Command, Stdio};

/// Sends a signal by name (`INT`, `QUIT`, `KILL`); whether it could be sent.
pub fn signal(pid: u32, name: &str) -> bool {
    shell(&format!("kill -s {name} {pid}"))
}

/// Whether the process exists and is a PostgreSQL server on this data folder; a number may have been reused.
pub fn is_server_on(pid: u32, data: &Path) -> bool {
    command_line(pid).is_some_and(|line| line.contains("postgres") && line.contains(&*data.to_string_lossy()))
}

fn command_line(pid: u32) -> Option<String> {
    if Path::new("/proc/self/cmdline").exists() {
        // A zombie has an empty line: nothing runs there any more.
        let raw = std::fs::read(format!("/proc/{pid}/cmdline")).ok()?;
        return (!raw.is_empty()).then(|| String::from_utf8_lossy(&raw).replace('\0', " "));
    }
    let output = Command::new("ps").args(["-o", "command=", "-p", &pid.to_string()]).output().ok()?;
    output.status.success().then(|| String::from_utf8_lossy(&output.stdout).into_owned())
}

fn shell(script: &str) -> bool {
    Command::new("/bin/sh")
        .args(["-c", script])
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .status()
        .is_ok_and(|status| status.success())
}
