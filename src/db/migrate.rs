//! Brings a database to the schema of this program: roles, chapters, the queue's own tables, its rights.

use graphile_worker::WorkerOptions;
use sqlx::{
    AssertSqlSafe, Connection as _, Executor as _, PgConnection,
    migrate::Migrator,
    postgres::{PgConnectOptions, PgPoolOptions},
};
use std::str::FromStr as _;

static CHAPTERS: Migrator = sqlx::migrate!("./migrations");
pub(super) const ROLES: &str = include_str!("../../migrations/roles.sql");
const QUEUE_GRANTS: &str = include_str!("../../migrations/queue-grants.sql");
/// Two programs that start on one new cluster do not alter the same role at once.
pub(super) const ROLES_LOCK: &str = "select pg_advisory_lock(hashtext('duka roles'))";

/// What a database does not take.
#[derive(Debug, thiserror::Error)]
pub enum MigrateError {
    #[error("the database does not answer as it should: {0}")]
    Database(#[from] sqlx::Error),
    #[error("a migration failed: {0}")]
    Chapter(#[from] sqlx::migrate::MigrateError),
    #[error("the queue's tables could not be made: {0}")]
    Queue(String),
}

/// The passwords of the four roles that sign in.
#[derive(Clone)]
pub struct RolePasswords {
    pub migrator: String,
    pub app: String,
    pub worker: String,
    pub ops: String,
}

/// The number of the newest chapter that this program knows.
pub fn newest_chapter() -> i64 {
    CHAPTERS.iter().map(|chapter| chapter.version).max().unwrap_or(0)
}

/// The chapter a database is at, 0 for none; any login may ask. Fails on a database without any schema.
pub async fn schema_level(url: &str) -> Result<i64, MigrateError> {
    let mut connection = PgConnection::connect(url).await?;
    let level = sqlx::query_scalar("select duka_schema_level()").fetch_one(&mut connection).await?;
    connection.close().await?;
    Ok(level)
}

/// Makes the roles and hands them the database of `superuser_url`; again changes nothing but the passwords.
pub async fn make_roles(superuser_url: &str, passwords: &RolePasswords) -> Result<(), MigrateError> {
    let mut connection = PgConnection::connect(superuser_url).await?;
    connection.execute(ROLES_LOCK).await?;
    connection.execute(ROLES).await?;
    for (role, password) in [
        ("duka_migrator", &passwords.migrator),
        ("duka_app", &passwords.app),
        ("duka_worker", &passwords.worker),
        ("duka_ops", &passwords.ops),
    ] {
        let quoted: String =
            sqlx::query_scalar("select quote_literal($1)").bind(password).fetch_one(&mut connection).await?;
        connection.execute(AssertSqlSafe(format!("alter role {role} password {quoted}"))).await?;
    }
    connection.close().await?;
    Ok(())
}

/// Runs what is missing, as the owner of the tables. `migrator_url` signs in as `duka_migrator`, or as another login that
/// [`prepare`](super::roles::prepare) has found ready.
pub async fn migrate(migrator_url: &str) -> Result<(), MigrateError> {
    let options = PgConnectOptions::from_str(migrator_url)?.application_name("duka migrate");
    // One connection, so that every statement has stepped into the owner.
    let pool = PgPoolOptions::new()
        .max_connections(1)
        .after_connect(|connection, _| {
            Box::pin(async move {
                connection.execute("set role duka_owner").await?;
                Ok(())
            })
        })
        .connect_with(options)
        .await?;
    CHAPTERS.run(&pool).await?;
    WorkerOptions::default()
        .pg_pool(pool.clone())
        .concurrency(1)
        .listen_os_shutdown_signals(false)
        .init()
        .await
        .map_err(|fault| MigrateError::Queue(fault.to_string()))?;
    pool.execute(QUEUE_GRANTS).await?;
    pool.close().await;
    Ok(())
}
