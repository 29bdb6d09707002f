//! The program's own PostgreSQL: cluster, database, roles, schema, and a file that says where it is.

use super::secrets;
use crate::config::{Config, Urls};
use anyhow::Context as _;
use cluster::{Cluster, Options, SUPERUSER};
use duka::{
    db::{
        migrate::{RolePasswords, make_roles, migrate},
        powers::make_database,
    },
    kernel::token::Token,
};
use std::path::PathBuf;

const DATABASE: &str = "duka";
/// Pages, worker, migrations, and somebody with `psql`.
const MOST_CONNECTIONS: u16 = 100;

/// A running cluster with an up-to-date database in it.
#[derive(Debug)]
pub struct Embedded {
    cluster: Cluster,
    urls: Urls,
    /// Where the addresses are written while it runs; none when another program wrote them.
    note: Option<PathBuf>,
}

impl Embedded {
    /// Starts the cluster, or shares the one that another `duka` runs in the same folder.
    pub async fn start(config: &Config) -> anyhow::Result<Self> {
        let options =
            Options { data_dir: config.data_dir.join("postgres"), durable: true, max_connections: MOST_CONNECTIONS };
        let cluster = tokio::task::spawn_blocking(move || Cluster::start(options)).await??;
        let names = ["app", "worker", "migrator", "ops"];
        let text = secrets::kept(&config.data_dir.join("roles.key"), || {
            names.map(|name| format!("{name}={}\n", Token::random().hex())).concat()
        })?;
        let password = |wanted: &str| {
            let found = text.lines().find_map(|line| line.strip_prefix(wanted)?.strip_prefix('='));
            found.map(str::to_owned).with_context(|| {
                format!("{} has no password for {wanted}", config.data_dir.join("roles.key").display())
            })
        };
        let passwords = RolePasswords {
            app: password("app")?,
            worker: password("worker")?,
            migrator: password("migrator")?,
            ops: password("ops")?,
        };
        let owner = cluster.url("duka_migrator", &passwords.migrator, DATABASE);
        let urls = Urls {
            app: cluster.url("duka_app", &passwords.app, DATABASE),
            worker: Some(cluster.url("duka_worker", &passwords.worker, DATABASE)),
            ops: Some(cluster.url("duka_ops", &passwords.ops, DATABASE)),
            owner: Some(owner.clone()),
        };
        if cluster.is_shared() {
            return Ok(Self { cluster, urls, note: None });
        }
        let superuser = cluster.superuser_url();
        make_database(&superuser, DATABASE).await.context("the database could not be made")?;
        make_roles(&superuser_of(&superuser), &passwords).await.context("the database's roles could not be made")?;
        migrate(&owner).await.context("the schema could not be brought up to date")?;
        let note = config.data_dir.join("urls.env");
        secrets::write(&note, &note_of(&urls))?;
        tracing::info!(database.directory = %cluster.directory().display(), database.port = cluster.port(), "our own PostgreSQL runs");
        Ok(Self { cluster, urls, note: Some(note) })
    }

    pub fn urls(&self) -> Urls {
        self.urls.clone()
    }

    /// Stops the server and takes the note away, unless another program owns them.
    pub async fn stop(self) -> anyhow::Result<()> {
        if let Some(note) = &self.note {
            // Whoever removed it before us wanted the same.
            let _ = std::fs::remove_file(note);
        }
        tokio::task::spawn_blocking(move || self.cluster.stop()).await??;
        Ok(())
    }
}

/// The superuser's address of our database, from that of the cluster's first one.
fn superuser_of(cluster_url: &str) -> String {
    match cluster_url.strip_suffix(&format!("/{SUPERUSER}")) {
        Some(server) => format!("{server}/{DATABASE}"),
        None => cluster_url.to_owned(),
    }
}

fn note_of(urls: &Urls) -> String {
    let line = |name: &str, url: Option<&String>| url.map(|url| format!("{name}={url}\n")).unwrap_or_default();
    [
        line("DATABASE_URL", Some(&urls.app)),
        line("DUKA_WORKER_DATABASE_URL", urls.worker.as_ref()),
        line("DUKA_OWNER_DATABASE_URL", urls.owner.as_ref()),
        line("DUKA_OPS_DATABASE_URL", urls.ops.as_ref()),
    ]
    .concat()
}
