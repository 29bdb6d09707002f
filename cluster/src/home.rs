//! The folder of one cluster: where it lies, its password, its port, its data.

use std::collections::hash_map::DefaultHasher;
use std::fs::{self, OpenOptions, Permissions};
use std::hash::{Hash as _, Hasher as _};
use std::io::Write as _;
use std::os::unix::fs::{DirBuilderExt as _, OpenOptionsExt as _, PermissionsExt as _};
use std::path::{Path, PathBuf};

use crate::SUPERUSER;
use crate::account::Account;
use crate::binaries::Binaries;
use crate::error::ClusterError;
use crate::server;

/// In the wanted folder: says where the cluster really lies.
const MOVED: &str = "lies-in";
/// In the folder elsewhere: says whose it is.
const OWNER: &str = "belongs-to";

/// A folder that the server's user can use.
#[derive(Clone, Debug)]
pub struct Home {
    directory: PathBuf,
}

impl Home {
    /// The wanted folder, or one elsewhere when the server's user cannot enter that.
    pub fn prepare(wanted: &Path, account: &Account) -> Result<Self, ClusterError> {
        let wanted = std::path::absolute(wanted).map_err(|cause| ClusterError::file("find", wanted, cause))?;
        make(&wanted)?;
        if !account.is_other() {
            return Ok(Self { directory: wanted });
        }
        let note = wanted.join(MOVED);
        if let Some(directory) = read(&note)?.map(PathBuf::from)
            && directory.is_dir()
        {
            account.own(&directory)?;
            return Ok(Self { directory });
        }
        account.own(&wanted)?;
        if account.can_use(&wanted, true) {
            return Ok(Self { directory: wanted });
        }
        Self::elsewhere(&wanted, &note, account)
    }

    fn elsewhere(wanted: &Path, note: &Path, account: &Account) -> Result<Self, ClusterError> {
        let mut hasher = DefaultHasher::new();
        wanted.hash(&mut hasher);
        let name = format!("duka-{:016x}", hasher.finish());
        let mut tried = vec![wanted.to_owned()];
        for root in [PathBuf::from("/var/lib"), std::env::temp_dir()] {
            let home = Self { directory: root.join(&name) };
            home.discard_if_orphaned(wanted)?;
            if make(&home.directory).is_ok()
                && account.own(&home.directory).is_ok()
                && account.can_use(&home.directory, true)
            {
                write(&home.file(OWNER), &wanted.display().to_string())?;
                write(note, &home.directory.display().to_string())?;
                return Ok(home);
            }
            tried.push(home.directory);
        }
        Err(ClusterError::NoPlace { tried })
    }

    /// Removes the wanted folder and, when the cluster lies elsewhere, that folder too.
    pub fn remove(wanted: &Path) -> Result<(), ClusterError> {
        let wanted = std::path::absolute(wanted).map_err(|cause| ClusterError::file("find", wanted, cause))?;
        if let Some(directory) = read(&wanted.join(MOVED))? {
            Self { directory: directory.into() }.discard_if_orphaned(&wanted)?;
        } else if !wanted.join("superuser-password").exists() {
            return Ok(());
        } else {
            server::stop_left_over(&Self { directory: wanted.clone() })?;
        }
        fs::remove_dir_all(&wanted).map_err(|cause| ClusterError::file("remove", &wanted, cause))
    }

    /// Whoever removed the wanted folder, note included, wanted its data gone too.
    fn discard_if_orphaned(&self, wanted: &Path) -> Result<(), ClusterError> {
        if read(&self.file(OWNER))?.is_some_and(|owner| Path::new(&owner) == wanted) {
            server::stop_left_over(self)?;
            fs::remove_dir_all(&self.directory)
                .map_err(|cause| ClusterError::file("remove", &self.directory, cause))?;
        }
        Ok(())
    }

    /// Where the cluster lies.
    pub fn directory(&self) -> &Path {
        &self.directory
    }

    /// One of our own files.
    pub fn file(&self, name: &str) -> PathBuf {
        self.directory.join(name)
    }

    /// The server's own data folder.
    pub fn data(&self) -> PathBuf {
        self.file("data")
    }

    /// The version that wrote the data; `None` when there is none yet.
    pub fn major(&self) -> Result<Option<u32>, ClusterError> {
        Ok(read(&self.data().join("PG_VERSION"))?.and_then(|text| text.parse().ok()))
    }

    /// The superuser's password, when one was made.
    pub fn password(&self) -> Result<Option<String>, ClusterError> {
        Ok(read(&self.file("superuser-password"))?.filter(|password| !password.is_empty()))
    }

    /// Keeps a new password where only the server's user and root can read it.
    pub fn keep_password(&self, password: &str, account: &Account) -> Result<String, ClusterError> {
        let path = self.file("superuser-password");
        write(&path, password)?;
        account.own(&path)?;
        Ok(password.to_owned())
    }

    /// The port of last time.
    pub fn port(&self) -> Option<u16> {
        read(&self.file("port")).ok()??.parse().ok()
    }

    /// Keeps the port for next time.
    pub fn keep_port(&self, port: u16) -> Result<(), ClusterError> {
        write(&self.file("port"), &port.to_string())
    }

    /// Removes what a killed `initdb` left.
    pub fn clear_half_made(&self) -> Result<(), ClusterError> {
        let half = self.file("data.new");
        if half.exists() {
            fs::remove_dir_all(&half).map_err(|cause| ClusterError::file("remove", &half, cause))?;
        }
        Ok(())
    }

    /// Makes the data folder under another name and moves it into place when it is whole.
    pub fn initdb(&self, binaries: &Binaries, account: &Account, durable: bool) -> Result<(), ClusterError> {
        let half = self.file("data.new");
        // Debian always knows C.UTF-8; other systems may only have C.
        let mut said = String::new();
        for locale in ["C.UTF-8", "C"] {
            self.clear_half_made()?;
            let mut command = account.command(&binaries.program("initdb"), &self.directory);
            command
                .arg("--pgdata")
                .arg(&half)
                .args(["--encoding=UTF8", "--auth=scram-sha-256", "--data-checksums"])
                .arg(format!("--username={SUPERUSER}"))
                .arg(format!("--locale={locale}"))
                .arg("--pwfile")
                .arg(self.file("superuser-password"));
            if !durable {
                command.arg("--no-sync");
            }
            let output =
                command.output().map_err(|cause| ClusterError::file("run", &binaries.program("initdb"), cause))?;
            if output.status.success() {
                return fs::rename(&half, self.data()).map_err(|cause| ClusterError::file("move", &half, cause));
            }
            said = String::from_utf8_lossy(&output.stderr).into_owned();
            if !said.contains("locale") {
                break;
            }
        }
        Err(ClusterError::Failed { what: "making the database (initdb)", output: said })
    }
}

fn make(directory: &Path) -> Result<(), ClusterError> {
    let made = match directory.parent() {
        Some(parent) => fs::create_dir_all(parent),
        None => Ok(()),
    }
    .and_then(|()| match fs::DirBuilder::new().mode(0o700).create(directory) {
        Err(cause) if cause.kind() != std::io::ErrorKind::AlreadyExists => Err(cause),
        _ => fs::set_permissions(directory, Permissions::from_mode(0o700)),
    });
    made.map_err(|cause| ClusterError::file("make the folder", directory, cause))
}

/// The trimmed text of a file; `None` when there is no such file.
pub fn read(path: &Path) -> Result<Option<String>, ClusterError> {
    match fs::read_to_string(path) {
        Ok(text) => Ok(Some(text.trim().to_owned())),
        Err(cause) if cause.kind() == std::io::ErrorKind::NotFound => Ok(None),
        Err(cause) => Err(ClusterError::file("read", path, cause)),
    }
}

/// Whole or not at all, and for the owner's eyes only.
pub fn write(path: &Path, text: &str) -> Result<(), ClusterError> {
    let half = path.with_extension("new");
    let written = fs::remove_file(&half)
        .or_else(|cause| if cause.kind() == std::io::ErrorKind::NotFound { Ok(()) } else { Err(cause) })
        .and_then(|()| OpenOptions::new().write(true).create_new(true).mode(0o600).open(&half))
        .and_then(|mut file| file.write_all(text.as_bytes()))
        .and_then(|()| fs::rename(&half, path));
    written.map_err(|cause| ClusterError::file("write", path, cause))
}
