//! The one door to the data: a transaction that already belongs to one tenant.

mod audit;
pub mod directory;
pub mod error;
pub mod migrate;
pub mod powers;
pub mod roles;
pub mod tenant_tx;
#[cfg(feature = "testing")]
pub mod testing;

pub use error::DbError;
pub use tenant_tx::TenantTx;

use crate::kernel::id::TenantId;
use sqlx::{
    AssertSqlSafe, PgPool, Postgres, Transaction,
    postgres::{PgConnectOptions, PgPoolOptions},
};
use std::{str::FromStr as _, time::Duration};

/// How long one statement may take; the login's own limit is the longest.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Patience {
    /// As the login has it: five seconds for the app.
    #[default]
    Usual,
    /// Somebody looks around a shop, and has gone after two.
    Browsing,
}

impl Patience {
    const fn statement(self) -> &'static str {
        match self {
            Self::Usual => "",
            Self::Browsing => "; set local statement_timeout = '2s'",
        }
    }
}

/// A bounded pool of connections; nobody outside this folder sees it.
#[derive(Clone, Debug)]
pub struct Db {
    pool: PgPool,
}

impl Db {
    /// How long a request waits for a connection before it is told to come back.
    const WAIT: Duration = Duration::from_secs(2);

    /// Opens a pool of at most `max` connections. It connects when first used, so a database that
    /// is away at the start is found again without a restart.
    pub fn open(url: &str, max: u32) -> Result<Self, DbError> {
        let options = PgConnectOptions::from_str(url)?.application_name("duka");
        let pool = PgPoolOptions::new()
            .max_connections(max)
            .acquire_timeout(Self::WAIT)
            .idle_timeout(Duration::from_mins(5))
            .max_lifetime(Duration::from_mins(30))
            .connect_lazy_with(options);
        Ok(Self { pool })
    }

    /// Opens a transaction inside one tenant: begin and the tenant travel as one message.
    /// Nothing is read or written outside of such a transaction.
    pub async fn tenant(&self, tenant: TenantId) -> Result<TenantTx, DbError> {
        self.tenant_within(tenant, Patience::Usual).await
    }

    /// The same with a limit of its own for each statement, in the same message.
    pub(crate) async fn tenant_within(&self, tenant: TenantId, patience: Patience) -> Result<TenantTx, DbError> {
        // SET takes no bind parameters; a typed uuid has no way of being anything else.
        let begin = AssertSqlSafe(format!("begin; set local app.tenant_id = '{tenant}'{}", patience.statement()));
        // In a task of its own: a request that is cut while it waits here would otherwise leave a connection with
        // an open transaction in the pool (sqlx 0.9.0). Left alone, the task ends and its transaction is undone.
        let pool = self.pool.clone();
        let begun = tokio::spawn(async move { pool.begin_with(begin).await }).await;
        let tx = begun.map_err(|fault| DbError::corrupt("begin", &fault))??;
        Ok(TenantTx::inside(tx, tenant))
    }

    /// Does the database answer, at this schema level? For `/readyz`.
    pub async fn answers(&self) -> Result<(), DbError> {
        sqlx::query("select 1").execute(&self.pool).await?;
        Ok(())
    }

    /// A transaction in no tenant, for logins that see all of them: operators' commands only. What it finds of the app's
    /// and the worker's logins is nothing.
    pub(crate) async fn everywhere(&self) -> Result<Transaction<'static, Postgres>, DbError> {
        Ok(self.pool.begin().await?)
    }

    /// The pool for the queue's own worker, which brings its own statements.
    pub(crate) fn queue_pool(&self) -> PgPool {
        self.pool.clone()
    }

    /// Lets go of every connection; whoever asks afterwards gets none.
    pub async fn close(&self) {
        self.pool.close().await;
    }
}
