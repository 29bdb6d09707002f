//! What a hurried reader leaves behind in the pool: nothing.

use duka::db::testing::TestDb;
use std::time::Duration;

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
