//! What can go wrong with a private cluster, said so that a person knows what to do next.

use std::fmt;
use std::io;
use std::path::{Path, PathBuf};

/// Why a cluster could not be made, started or stopped.
#[derive(Debug)]
pub enum ClusterError {
    /// No PostgreSQL programs anywhere; `looked` lists the places.
    NoBinaries { looked: Vec<String> },
    /// `DUKA_POSTGRES_BIN` names a folder without the programs.
    WrongBinaries { directory: PathBuf, why: String },
    /// The data was written by a version whose programs are not here.
    OtherVersion { directory: PathBuf, data: u32, found: Vec<u32> },
    /// Started by root, and there is no user to hand the server to.
    NoAccount,
    /// The server's user can enter no folder that we tried.
    NoPlace { tried: Vec<PathBuf> },
    /// Another program holds the cluster and its server does not get ready.
    InUse { directory: PathBuf },
    /// One of the server's programs failed; `output` is what it said.
    Failed { what: &'static str, output: String },
    /// A file or a folder could not be used.
    File { action: &'static str, path: PathBuf, cause: io::Error },
}

impl ClusterError {
    pub(crate) fn file(action: &'static str, path: &Path, cause: io::Error) -> Self {
        Self::File { action, path: path.to_owned(), cause }
    }
}

impl fmt::Display for ClusterError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NoBinaries { looked } => write!(
                f,
                "no PostgreSQL programs were found (looked at: {}); install the Debian package `postgresql`, \
                 or set DUKA_POSTGRES_BIN to the folder that holds `postgres` and `initdb`",
                looked.join("; ")
            ),
            Self::WrongBinaries { directory, why } => {
                write!(f, "DUKA_POSTGRES_BIN is {}, which cannot be used: {why}", directory.display())
            }
            Self::OtherVersion { directory, data, found } => write!(
                f,
                "the data in {} was written by PostgreSQL {data}, but here is only version {}; \
                 install version {data}, or move that folder away to start afresh",
                directory.display(),
                found.iter().map(u32::to_string).collect::<Vec<_>>().join(", ")
            ),
            Self::NoAccount => f.write_str(
                "PostgreSQL refuses to run as root and this machine has neither a user `postgres` nor `nobody`",
            ),
            Self::NoPlace { tried } => write!(
                f,
                "the user who runs PostgreSQL cannot use any of these folders: {}",
                tried.iter().map(|path| path.display().to_string()).collect::<Vec<_>>().join(", ")
            ),
            Self::InUse { directory } => write!(
                f,
                "another program is using the database in {}, and its server does not answer; stop that program first",
                directory.display()
            ),
            Self::Failed { what, output } => write!(f, "{what} failed: {}", output.trim()),
            Self::File { action, path, cause } => write!(f, "cannot {action} {}: {cause}", path.display()),
        }
    }
}

impl std::error::Error for ClusterError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            Self::File { cause, .. } => Some(cause),
            _ => None,
        }
    }
}
