//! From settings to a running installation: database, keys, clients of the outside world.

mod embedded;
pub mod secrets;

use crate::{
    config::{Config, Database},
    mailer::{self, Mailer},
};
use anyhow::{Context as _, bail, ensure};
use duka::{
    analytics::record::Recorder,
    catalog::media::MediaStore,
    ctx::{Platform, PromptPauses},
    db::{
        Db,
        migrate::newest_chapter,
        roles::{Prepared, prepare},
    },
    delivery::partners::pickup_mtaani::PickupMtaani,
    kernel::clock::Clock,
    mail::providers::africastalking::AfricasTalking,
    payments::providers::{
        mpesa::{Certificate, Daraja, DarajaSettings},
        paystack::Paystack,
    },
    vault::{MasterKey, Vault},
};
use embedded::Embedded;
use std::{sync::Arc, time::Duration};

/// Connections of the pages' pool and of the worker's.
const APP_CONNECTIONS: u32 = 24;
const WORKER_CONNECTIONS: u32 = 8;
/// How long a database may take to answer when the program starts.
const PATIENCE: Duration = Duration::from_secs(30);

/// Everything a command needs; closed in order by [`Installation::close`].
#[derive(Debug)]
pub struct Installation {
    pub config: Arc<Config>,
    /// Logs in as the app role.
    pub app: Arc<Platform>,
    /// Logs in as the worker role; none when that login is not set.
    pub worker: Option<Arc<Platform>>,
    pub media: MediaStore,
    pub mailer: Mailer,
    /// The login that sees all tenants, for operators' commands.
    ops_url: Option<String>,
    embedded: Option<Embedded>,
}

impl Installation {
    /// Starts what has to be started and refuses what would be unsafe.
    pub async fn open(config: Config, is_demo: bool) -> anyhow::Result<Self> {
        ensure!(!(is_demo && config.is_production), "the demo does not run in production");
        std::fs::create_dir_all(&config.data_dir).with_context(|| format!("making {}", config.data_dir.display()))?;
        let (urls, embedded) = match &config.database {
            Database::Embedded => {
                let embedded = Embedded::start(&config).await?;
                (embedded.urls(), Some(embedded))
            }
            Database::Server(urls) => (urls.clone(), None),
        };
        let app = Db::open(&urls.app, APP_CONNECTIONS).context("DATABASE_URL")?;
        let worker = match &urls.worker {
            Some(url) => Some(Db::open(url, WORKER_CONNECTIONS).context("DUKA_WORKER_DATABASE_URL")?),
            None => None,
        };
        expect_ready(&app, "DATABASE_URL").await?;
        if let Some(worker) = &worker {
            expect_ready(worker, "DUKA_WORKER_DATABASE_URL").await?;
        }
        let vault = vault(&config)?;
        let mailer = mailer_of(&config)?;
        let first = Platform {
            recorder: Recorder::start(app.clone()),
            db: app,
            clock: Clock::system(),
            vault,
            daraja: Daraja::open(daraja(&config, is_demo)?),
            paystack: Paystack::new(&config.paystack_url),
            texts: AfricasTalking::new(&config.sms_url),
            pickup_mtaani: PickupMtaani::new(&config.pickup_mtaani_url),
            base_url: config.base.origin(),
            pauses: if is_demo { PromptPauses::NONE } else { config.mpesa_pauses },
        };
        let worker = worker.map(|db| Arc::new(Platform { db, ..first.clone() }));
        let media = MediaStore::open(&config.media_url)?;
        Ok(Self { config: Arc::new(config), app: Arc::new(first), worker, media, mailer, ops_url: urls.ops, embedded })
    }

    /// The worker's platform, or a sentence on what is missing.
    pub fn worker(&self) -> anyhow::Result<&Arc<Platform>> {
        self.worker
            .as_ref()
            .context("DUKA_WORKER_DATABASE_URL is not set: background work signs in with a role of its own")
    }

    /// A login that sees all tenants, or a sentence on what is missing.
    pub fn operator(&self) -> anyhow::Result<Db> {
        let url = self.ops_url.as_ref().context(
            "DUKA_OPS_DATABASE_URL is not set: this is done by the operator's login, which sees all merchants",
        )?;
        Db::open(url, 2).context("DUKA_OPS_DATABASE_URL")
    }

    /// The master keys that are known now.
    pub fn master_keys(&self) -> anyhow::Result<Vec<MasterKey>> {
        Ok(known_keys(&self.config)?.into_iter().map(MasterKey::new).collect())
    }

    /// The address of operations' login, or a sentence on what is missing.
    pub fn ops(&self) -> anyhow::Result<&str> {
        self.ops_url.as_deref().context("DUKA_OPS_DATABASE_URL is not set: this needs a login of its own")
    }

    /// Writes out what waits, lets connections go, and stops our own cluster.
    pub async fn close(self) -> anyhow::Result<()> {
        // A database that is away does not keep the program from ending.
        let _ = tokio::time::timeout(Duration::from_secs(3), self.app.recorder.flush()).await;
        if let Some(worker) = &self.worker {
            worker.db.close().await;
        }
        self.app.db.close().await;
        match self.embedded {
            Some(embedded) => embedded.stop().await,
            None => Ok(()),
        }
    }
}

/// The keys of the settings, or those of the data folder, which are looked for again when one is missing.
fn vault(config: &Config) -> anyhow::Result<Vault> {
    let keys = known_keys(config)?;
    if config.secret_key.is_some() {
        return Ok(Vault::of(keys.into_iter().map(MasterKey::new).collect()));
    }
    let folder = config.data_dir.clone();
    Ok(Vault::watching(Box::new(move || match secrets::master_keys(&folder) {
        Ok(keys) => keys.into_iter().map(MasterKey::new).collect(),
        Err(fault) => {
            tracing::error!(error.message = %format!("{fault:#}"), "the master key cannot be read");
            Vec::new()
        }
    })))
}

fn known_keys(config: &Config) -> anyhow::Result<Vec<[u8; 32]>> {
    match config.secret_key {
        Some(key) => Ok(config.secret_key_next.into_iter().chain([key]).collect()),
        None => secrets::master_keys(&config.data_dir),
    }
}

/// By SMTP, or into the data folder.
pub fn mailer_of(config: &Config) -> anyhow::Result<Mailer> {
    match &config.smtp_url {
        Some(url) => Mailer::smtp(url, &config.mail_from),
        None => Mailer::folder(config.data_dir.join(mailer::FOLDER), &config.mail_from),
    }
}

/// Writes the schema; for `duka migrate`. On a server of somebody else's the roles are made first, as far as the owner's
/// login may: when something is left, nothing is written.
pub async fn migrate(config: &Config) -> anyhow::Result<Prepared> {
    match &config.database {
        Database::Embedded => {
            Embedded::start(config).await?.stop().await?;
            Ok(Prepared::Already)
        }
        Database::Server(urls) => {
            let owner = urls
                .owner
                .as_ref()
                .context("DUKA_OWNER_DATABASE_URL is not set: the schema is written by the owner's login")?;
            let prepared = prepare(owner).await.context("the roles could not be looked at")?;
            if !matches!(prepared, Prepared::Left(_)) {
                duka::db::migrate::migrate(owner).await.context("the schema could not be brought up to date")?;
            }
            Ok(prepared)
        }
    }
}

/// The login is no more than it should be, and the schema is at least what this program knows.
async fn expect_ready(db: &Db, name: &str) -> anyhow::Result<()> {
    let began = tokio::time::Instant::now();
    let powers = loop {
        match db.excess_powers().await {
            Ok(powers) => break powers,
            Err(fault) if fault.is_away() && began.elapsed() < PATIENCE => {
                tokio::time::sleep(Duration::from_millis(250)).await;
            }
            Err(fault) => bail!("{name}: the database does not answer: {fault}"),
        }
    };
    if !powers.is_empty() {
        bail!(
            "{name}: this login {}; the program only runs as duka_app and duka_worker, whom row security binds",
            powers.join(" and ")
        );
    }
    let (level, newest) = (db.schema_level().await.unwrap_or(0), newest_chapter());
    ensure!(level >= newest, "{name}: the schema is at {level} and this program needs {newest}: run `duka migrate`");
    Ok(())
}

/// What is known of the provider; a certificate that is set must be one.
fn daraja(config: &Config, is_demo: bool) -> anyhow::Result<DarajaSettings> {
    let certificate = match &config.mpesa_certificate {
        None => None,
        Some(path) => {
            let named = || format!("DUKA_MPESA_CERTIFICATE is {}", path.display());
            let file = std::fs::read(path).with_context(named)?;
            Some(Certificate::read(&file).with_context(named)?)
        }
    };
    Ok(DarajaSettings {
        certificate,
        // The demo's provider is a stand-in on this machine, which takes as many as come.
        per_second: config.mpesa_per_second.filter(|_| !is_demo),
        pull_method: config.mpesa_pull,
        ..DarajaSettings::at(&config.mpesa_url)
    })
}
