//! Whom the server runs as: ourselves, or an unprivileged user when we are root.

use std::os::unix::fs::chown;
use std::os::unix::process::CommandExt as _;
use std::path::Path;
use std::process::{Command, Stdio};

use crate::error::ClusterError;

/// The user of the server process.
#[derive(Clone, Debug)]
pub struct Account {
    /// User and group; `None` is whoever runs this program.
    other: Option<(u32, u32)>,
}

impl Account {
    /// Ourselves, or `postgres`, else `nobody`, when we are root: PostgreSQL refuses to run as root.
    pub fn for_server() -> Result<Self, ClusterError> {
        if number(&["-u"]) != Some(0) {
            return Ok(Self { other: None });
        }
        ["postgres", "nobody"]
            .into_iter()
            .find_map(|name| Some((number(&["-u", name])?, number(&["-g", name])?)))
            .map(|other| Self { other: Some(other) })
            .ok_or(ClusterError::NoAccount)
    }

    /// Whether the server runs as somebody else than this program.
    pub fn is_other(&self) -> bool {
        self.other.is_some()
    }

    /// A command that runs as the server's user, in `directory`, which that user can enter.
    pub fn command(&self, program: &Path, directory: &Path) -> Command {
        let mut command = Command::new(program);
        command.current_dir(directory).stdin(Stdio::null());
        if let Some((user, group)) = self.other {
            // The standard library also drops root's supplementary groups here.
            command.uid(user).gid(group).env("HOME", directory);
        }
        command
    }

    /// Gives a file or folder to the server's user.
    pub fn own(&self, path: &Path) -> Result<(), ClusterError> {
        match self.other {
            Some((user, group)) => {
                chown(path, Some(user), Some(group)).map_err(|cause| ClusterError::file("give away", path, cause))
            }
            None => Ok(()),
        }
    }

    /// Whether the server's user can enter the folder and, if asked, write there.
    pub fn can_use(&self, directory: &Path, write: bool) -> bool {
        let test = if write { "-w" } else { "-x" };
        self.command(Path::new("/bin/sh"), Path::new("/"))
            .args(["-c", r#"cd "$1" 2>/dev/null && test "$2" ."#, "sh"])
            .arg(directory)
            .arg(test)
            .status()
            .is_ok_and(|status| status.success())
    }
}

/// What `id` answers, or nothing when it does not know the name.
fn number(arguments: &[&str]) -> Option<u32> {
    let output = Command::new("id").args(arguments).stdin(Stdio::null()).stderr(Stdio::null()).output().ok()?;
    String::from_utf8_lossy(&output.stdout).trim().parse().ok().filter(|_| output.status.success())
}
