//! What a hurried reader leaves behind in the pool, which is nothing, and what a login may do before there is a schema.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test fails here, with a sentence")]

use duka::db::{
    migrate::{newest_chapter, schema_level},
    roles::{Prepared, prepare},
    testing::TestDb,
};
use server::config::{Config, Database, Urls};
use sqlx::{AssertSqlSafe, Executor as _, postgres::PgConnectOptions};
use std::{str::FromStr as _, time::Duration};

#[tokio::test(flavor = "multi_thread")]
async fn a_request_that_is_cut_while_it_begins_leaves_no_open_transaction() {
    let _ = rustls::crypto::ring::default_provider().install_default();
    let db = TestDb::new().await;
    let tenant = duka::kernel::id::TenantId::mint();
    let mut cut = 0;
    for n in 0..200u64 {
        let app = db.app.clone();
        let begin = tokio::spawn(async move { app.tenant(tenant).await.map(drop) });
        tokio::time::sleep(Duration::from_micros(n * 7 % 600)).await;
        begin.abort();
        cut += usize::from(begin.await.is_err());
    }
    assert!(cut > 0, "the machine was too quick to cut anything");
    let mut superuser = db.superuser().await;
    let end = tokio::time::Instant::now() + Duration::from_secs(5);
    loop {
        let left: i64 = sqlx::query_scalar(
            "select count(*) from pg_stat_activity where datname = current_database() and state like 'idle in transaction%'",
        )
        .fetch_one(&mut superuser)
        .await
        .expect("the server answers");
        if left == 0 {
            break;
        }
        assert!(tokio::time::Instant::now() < end, "{left} connections still stand in a transaction");
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
}

/// As `duka migrate` would with this login.
async fn migrate(owner: &str) -> Prepared {
    let urls = Urls { app: String::new(), worker: None, owner: Some(owner.to_owned()), ops: None };
    let config = Config { database: Database::Server(urls), ..Config::bare(std::env::temp_dir()) };
    server::boot::migrate(&config).await.unwrap()
}

/// The address of another database, or login, of the same server.
fn elsewhere(url: &str, change: impl FnOnce(PgConnectOptions) -> PgConnectOptions) -> String {
    use sqlx::ConnectOptions as _;
    change(PgConnectOptions::from_str(url).unwrap()).to_url_lossy().to_string()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_login_that_may_not_make_roles_writes_nothing_and_is_told_what_to_run() {
    let _ = rustls::crypto::ring::default_provider().install_default();
    let db = TestDb::new().await;
    let mut superuser = db.superuser().await;
    let name = format!("nobody_{}", &duka::kernel::token::Token::random().hex()[..12]);
    superuser.execute(AssertSqlSafe(format!("create role {name} login password 'nobody'"))).await.unwrap();
    let nobody = elsewhere(&db.url("postgres"), |options| options.username(&name).password("nobody"));
    let Prepared::Left(sql) = migrate(&nobody).await else { panic!("nobody may make roles") };
    for wanted in ["alter role duka_owner nologin", "grant duka_owner to duka_migrator;", "alter schema public owner"] {
        assert!(sql.contains(wanted), "{wanted} in {sql}");
    }
    superuser.execute(AssertSqlSafe(format!("drop role {name}"))).await.unwrap();
    // The usual login needs nothing of this.
    assert_eq!(prepare(&db.url("duka_migrator")).await.unwrap(), Prepared::Already);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_login_that_may_brings_an_empty_database_all_the_way() {
    let _ = rustls::crypto::ring::default_provider().install_default();
    let db = TestDb::new().await;
    let mut superuser = db.superuser().await;
    let name = format!("duka_bare_{}", &duka::kernel::token::Token::random().hex()[..12]);
    superuser.execute(AssertSqlSafe(format!("create database {name}"))).await.unwrap();
    let bare = elsewhere(&db.url("postgres"), |options| options.database(&name));
    assert_eq!(migrate(&bare).await, Prepared::Made);
    assert_eq!(schema_level(&bare).await.unwrap(), newest_chapter());
    assert_eq!(migrate(&bare).await, Prepared::Already, "again changes nothing");
    superuser.execute(AssertSqlSafe(format!("drop database {name} with (force)"))).await.unwrap();
}
