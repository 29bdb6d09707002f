//! A hundred thousand products of one merchant: the index finds them, under row security, whoever asks.

use super::world::World;
use duka::catalog::search_words::Question;
use sqlx::{AssertSqlSafe, Connection as _, Executor as _, PgConnection, Row as _};
use std::fmt::Write as _;

const PRODUCTS: u32 = 100_000;

/// Past the verbs: the words are what they would have written.
async fn seed(world: &World) {
    let mut all = world.db.superuser().await;
    all.execute("set session_replication_role = replica").await.unwrap();
    all.execute("set synchronous_commit = off").await.unwrap();
    let (tenant, store) = (world.ours.tenant, world.ours.store);
    let name = "'kikoi ' || md5(p::text) || case when p = 77777 then ' kiondo' else '' end";
    let statement = format!(
        "insert into product_search (tenant_id, product_id, store_id, name, words)
         select '{tenant}', gen_random_uuid(), '{store}', {name},
                setweight(to_tsvector('simple', {name}), 'A')
                || setweight(to_tsvector('simple', 'woven by hand in kenya'), 'D')
                || ('''+kikoi'':1A ''+' || md5(p::text) || ''':1A ''~' || substr(md5(p::text), 2) || ''':1')::tsvector
                || case when p = 77777 then '''+kiondo'':1A ''~kiono'':1 ''=kio1'':1B'::tsvector else ''::tsvector end
         from generate_series(1, {PRODUCTS}) p"
    );
    all.execute(AssertSqlSafe(statement)).await.unwrap();
    all.execute("analyze product_search").await.unwrap();
}

#[tokio::test]
async fn the_index_finds_one_of_a_hundred_thousand() {
    let world = World::new().await;
    seed(&world).await;
    let mut app = PgConnection::connect(&world.db.url("duka_app")).await.unwrap();
    app.execute("begin").await.unwrap();
    sqlx::query("select set_config('app.tenant_id', $1, true)")
        .bind(world.ours.tenant.to_string())
        .execute(&mut app)
        .await
        .unwrap();
    // The last two say what a word costs that every product has.
    for (typed, least, most_read) in [
        ("kiondo", 1, 10),
        ("KIO-1", 1, 10),
        ("kiodno", 1, 10),
        ("nothinglikeit", 0, 5),
        ("kikoi", 500, 1_100),
        ("woven", 500, 1_100),
    ] {
        let before = read_so_far(&mut app).await;
        let asked = Question::ask(typed).unwrap();
        let found: Vec<uuid::Uuid> = sqlx::query_scalar(
            "select search_products($1, $2::tsquery, $3, $4::tsquery, $5::tsquery, $6::tsquery, 500)",
        )
        .bind(world.ours.store.uuid())
        .bind(&asked.code)
        .bind(&asked.prefix)
        .bind(&asked.named)
        .bind(&asked.anywhere)
        .bind(&asked.misspelt)
        .fetch_all(&mut app)
        .await
        .unwrap();
        assert!(found.len() >= least, "{typed} found {}", found.len());
        let after = read_so_far(&mut app).await;
        assert_eq!(after.0, before.0, "{typed}: the table was read from one end to the other");
        let read = after.1 - before.1;
        println!("{typed}: {} found, {read} rows of the table read", found.len());
        assert!(read <= most_read, "{typed} read {read} rows, and {most_read} are enough");
    }
    let near: Vec<uuid::Uuid> = sqlx::query_scalar("select search_nearest($1, 'kiondoo', 5)")
        .bind(world.ours.store.uuid())
        .fetch_all(&mut app)
        .await
        .unwrap();
    assert_eq!(near.len(), 1);
    assert_eq!(read_so_far(&mut app).await.0, 0);
    app.execute("rollback").await.unwrap();
    look_at_the_plan(&world).await;
}

/// Sequential reads of the table, and rows fetched by way of an index, in this transaction.
async fn read_so_far(app: &mut PgConnection) -> (i64, i64) {
    sqlx::query_as(
        "select coalesce(seq_scan, 0), coalesce(idx_tup_fetch, 0) from pg_stat_xact_user_tables where relname = 'product_search'",
    )
    .fetch_one(app)
    .await
    .unwrap()
}

/// Why there is a function: the same question by the program's own login must read all of the merchant's products.
async fn look_at_the_plan(world: &World) {
    let tenant = world.ours.tenant.to_string();
    let word = format!("{}kiondo", &tenant[tenant.len() - 6..]);
    let question = format!(
        "select product_id from product_search
         where tenant_id = '{tenant}' and in_tenant(tenant_id, words) @@ '''{word}'':*'::tsquery limit 500"
    );
    let mut all = world.db.superuser().await;
    let inside = explain(&mut all, "duka_directory", &tenant, &question).await;
    assert!(inside.contains("Bitmap Index Scan on product_search_words_idx"), "{inside}");
    assert!(inside.contains("words) @@") && !inside.contains("Seq Scan"), "{inside}");
    let outside = explain(&mut all, "duka_app", &tenant, &question).await;
    let condition = outside.lines().find(|line| line.contains("Index Cond")).unwrap_or_default();
    assert!(!condition.contains("words) @@"), "the function may have become needless:\n{outside}");
}

async fn explain(all: &mut PgConnection, role: &str, tenant: &str, question: &str) -> String {
    all.execute("begin").await.unwrap();
    all.execute(AssertSqlSafe(format!("set local role {role}"))).await.unwrap();
    all.execute(AssertSqlSafe(format!("select set_config('app.tenant_id', '{tenant}', true)"))).await.unwrap();
    let lines = all.fetch_all(AssertSqlSafe(format!("explain (costs off) {question}"))).await.unwrap();
    all.execute("rollback").await.unwrap();
    lines.iter().fold(String::new(), |mut plan, line| {
        let _ = writeln!(plan, "{}", line.get::<String, _>(0));
        plan
    })
}
