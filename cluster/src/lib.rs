//! Finds, makes, starts and stops a private PostgreSQL cluster for the demo and the tests.
//!
//! The server is a direct child in a process group of its own: a Ctrl-C in the terminal reaches the program
//! first, which then stops the server in order. Killing the program leaves the server running; the next
//! [`Cluster::start`] on the same folder takes it over.
#![allow(clippy::disallowed_methods, reason = "a blocking crate without async: waiting for a process means sleeping")]

mod account;
mod binaries;
mod error;
mod home;
mod process;
mod server;

use std::fmt::Write as _;
use std::fs::{File, TryLockError};
use std::io::Read as _;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

pub use binaries::{Binaries, OLDEST_MAJOR};
pub use error::ClusterError;

use account::Account;
use home::Home;
use server::Server;

/// What the superuser of every cluster is called.
pub const SUPERUSER: &str = "postgres";

/// How long another program may take to bring up a cluster that we want to share.
const SHARED_START: Duration = Duration::from_secs(90);

/// What kind of cluster is wanted, and where.
#[derive(Clone, Debug)]
pub struct Options {
    /// The folder that holds the cluster; made when missing.
    pub data_dir: PathBuf,
    /// `true` survives a power cut; `false` (tests) trades that for speed.
    pub durable: bool,
    /// The server's own limit on connections.
    pub max_connections: u16,
}

/// A running cluster. Dropping it stops the server, unless another program started it.
#[derive(Debug)]
pub struct Cluster {
    home: Home,
    binaries: Binaries,
    password: String,
    port: u16,
    /// `None`: another living program owns the server and we only share it.
    server: Option<Server>,
    /// Held as long as the server is ours, so that a second program can tell.
    lock: Option<File>,
}

impl Cluster {
    /// Starts the cluster in `options.data_dir`, making it first when there is none.
    ///
    /// A server that a killed program left behind is taken over. When another living program runs the cluster,
    /// it is shared: [`Cluster::stop`] then leaves it alone.
    ///
    /// # Errors
    /// A sentence for the person at the terminal: no binaries, no usable folder, a server that does not start.
    pub fn start(options: Options) -> Result<Self, ClusterError> {
        let account = Account::for_server()?;
        let home = Home::prepare(&options.data_dir, &account)?;
        let Some(lock) = lock(&home)? else { return Self::share(home, &account) };

        home.clear_half_made()?;
        let binaries = Binaries::find(home.major()?, &account)?;
        let password = match home.password()? {
            Some(password) => password,
            None => home.keep_password(&random_hex()?, &account)?,
        };
        if home.major()?.is_none() {
            home.initdb(&binaries, &account, options.durable)?;
        }
        let server = Server::start(&home, &binaries, &account, &options)?;
        Ok(Self { port: server.port(), home, binaries, password, server: Some(server), lock: Some(lock) })
    }

    fn share(home: Home, account: &Account) -> Result<Self, ClusterError> {
        let deadline = Instant::now() + SHARED_START;
        loop {
            if let (Some(port), Some(password)) = (server::ready_port(&home), home.password()?) {
                let binaries = Binaries::find(home.major()?, account)?;
                return Ok(Self { home, binaries, password, port, server: None, lock: None });
            }
            if Instant::now() > deadline {
                return Err(ClusterError::InUse { directory: home.directory().to_owned() });
            }
            std::thread::sleep(Duration::from_millis(50));
        }
    }

    /// The connection address of a role; name and password may hold any characters.
    pub fn url(&self, role: &str, password: &str, database: &str) -> String {
        format!("postgresql://{}:{}@127.0.0.1:{}/{}", encode(role), encode(password), self.port, encode(database))
    }

    /// The superuser's connection address to the database `postgres`.
    pub fn superuser_url(&self) -> String {
        self.url(SUPERUSER, &self.password, "postgres")
    }

    /// The TCP port on 127.0.0.1.
    pub fn port(&self) -> u16 {
        self.port
    }

    /// Where the cluster really lies; differs from the wanted folder when the server's user cannot enter that.
    pub fn directory(&self) -> &Path {
        self.home.directory()
    }

    /// The folder of the server's programs.
    pub fn bin_dir(&self) -> &Path {
        self.binaries.directory()
    }

    /// Whether another living program owns the server.
    pub fn is_shared(&self) -> bool {
        self.server.is_none()
    }

    /// Stops the server: connections are cut, data is written out.
    ///
    /// # Errors
    /// When the server had to be killed or does not go away.
    pub fn stop(mut self) -> Result<(), ClusterError> {
        self.halt()
    }

    /// Lets the server outlive this program; the next start takes it over.
    pub fn leave_running(mut self) {
        self.server = None;
    }

    fn halt(&mut self) -> Result<(), ClusterError> {
        let stopped = self.server.take().map_or(Ok(()), Server::stop);
        self.lock = None;
        stopped
    }
}

impl Drop for Cluster {
    fn drop(&mut self) {
        // Nobody is left to tell; the next start cleans up whatever stays.
        let _ = self.halt();
    }
}

/// Removes a stopped cluster and all its data, wherever it lies. A folder without one is left as it is.
///
/// # Errors
/// When a file cannot be removed, or a server that is still there cannot be stopped.
pub fn remove(data_dir: &Path) -> Result<(), ClusterError> {
    Home::remove(data_dir)
}

/// `None` when another living program holds it.
fn lock(home: &Home) -> Result<Option<File>, ClusterError> {
    let path = home.file("lock");
    let file = File::create(&path).map_err(|cause| ClusterError::file("write", &path, cause))?;
    match file.try_lock() {
        Ok(()) => Ok(Some(file)),
        Err(TryLockError::WouldBlock) => Ok(None),
        Err(TryLockError::Error(cause)) => Err(ClusterError::file("lock", &path, cause)),
    }
}

fn random_hex() -> Result<String, ClusterError> {
    let path = Path::new("/dev/urandom");
    let mut bytes = [0_u8; 32];
    File::open(path)
        .and_then(|mut file| file.read_exact(&mut bytes))
        .map_err(|cause| ClusterError::file("read", path, cause))?;
    Ok(bytes.iter().fold(String::with_capacity(64), |mut out, byte| {
        // Writing to a string cannot fail.
        let _ = write!(out, "{byte:02x}");
        out
    }))
}

fn encode(part: &str) -> String {
    part.bytes().fold(String::with_capacity(part.len()), |mut out, byte| {
        if byte.is_ascii_alphanumeric() || b"-._~".contains(&byte) {
            out.push(char::from(byte));
        } else {
            // Writing to a string cannot fail.
            let _ = write!(out, "%{byte:02X}");
        }
        out
    })
}

#[cfg(test)]
mod tests {
    use super::encode;

    #[test]
    fn a_password_with_signs_survives_in_an_address() {
        assert_eq!(encode("p@ss:w/rd?é"), "p%40ss%3Aw%2Frd%3F%C3%A9");
    }
}
