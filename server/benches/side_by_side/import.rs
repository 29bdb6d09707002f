//! Rows of products per second through `duka import` beside `COPY` of the same rows, and what the program takes of memory.

use crate::{
    load::Machine,
    seed,
    table::{Limit, Table},
};
use duka::{db::testing::TestDb, kernel::clock::Clock};
use sqlx::{AssertSqlSafe, Executor as _, PgConnection};
use std::{
    fmt::Write as _,
    path::Path,
    time::{Duration, Instant},
};

/// Rows of the measured file; its products have two forms each.
const ROWS: usize = 100_000;
/// What the whole process may take, in MiB.
const MOST_MIB: f64 = 300.0;

pub async fn measure(machine: &Machine, table: &mut Table) {
    let rows = std::env::var("DUKA_BENCH_ROWS").ok().and_then(|text| text.parse().ok()).unwrap_or(ROWS);
    let db = TestDb::new().await;
    let platform = db.platform_with(Clock::system(), "http://127.0.0.1:9");
    let ours = db.seed_shop(&platform, "ours").await;
    let theirs = db.seed_shop(&platform, "theirs").await;
    let folder = std::env::temp_dir().join(format!("duka-bench-import-{}", std::process::id()));
    std::fs::create_dir_all(&folder).unwrap();
    let file = folder.join("large.csv");
    std::fs::write(&file, products(rows)).unwrap();
    let began = Instant::now();
    let most = bring(machine, &db, &folder, &file).await;
    let by_import = rows as f64 / began.elapsed().as_secs_f64();
    let mut all = db.superuser().await;
    let count: i64 = sqlx::query_scalar(AssertSqlSafe(format!(
        "select count(*) from product_variants where tenant_id = '{}' and sku is not null",
        ours.tenant
    )))
    .fetch_one(&mut all)
    .await
    .unwrap();
    assert_eq!(count, i64::try_from(rows / 2 * 2).unwrap(), "the import left rows out");
    let by_copy = copy(&mut all, &ours.tenant.to_string(), &theirs.tenant.to_string(), rows).await;
    // Below COPY by what the rules cost: no limit is promised but that it stays of its order.
    table.ratio(
        "rows by import / COPY of the same rows",
        format!("{by_import:.0} / {by_copy:.0} per second, {rows} rows"),
        by_import / by_copy,
        Limit::AtLeast(0.10),
    );
    table.ratio(
        "memory of an import at its peak, MiB",
        format!("{rows} rows, {} MiB of file", std::fs::metadata(&file).map_or(0, |file| file.len() / 1024 / 1024)),
        most,
        Limit::AtMost(MOST_MIB),
    );
    let _ = std::fs::remove_dir_all(&folder);
}

fn products(rows: usize) -> String {
    let mut file = String::from("Slug,Name,Description,Category,Tags,Option 1,Option 1 value,SKU,Price,Stock\n");
    let text = "Woven by hand in Kenya, light and strong. ".repeat(6);
    for nth in 0..rows / 2 {
        let _ = writeln!(
            file,
            "thing-{nth},Thing {nth},\"<p>{text}</p>\",Home > Shelf {},\"one, two\",Size,Small,T-{nth}-S,{},5\n\
             thing-{nth},,,,,,Large,T-{nth}-L,{},3",
            nth % 40,
            100 + nth % 900,
            1_000 + nth % 900
        );
    }
    file
}

/// Runs the program; answers the most memory it had, in MiB.
async fn bring(machine: &Machine, db: &TestDb, folder: &Path, file: &Path) -> f64 {
    let words = machine.programs();
    let program = [&words[..], &[env!("CARGO_BIN_EXE_duka")]].concat();
    let log = std::fs::File::create(folder.join("report")).unwrap();
    let mut child = tokio::process::Command::new(program[0])
        .args(&program[1..])
        .args(["import", "--store", "ours", "--format", "duka"])
        .arg(file)
        .current_dir(folder)
        .envs(seed::settings(db))
        .env("DUKA_DATA_DIR", folder.join("data"))
        .stdout(log.try_clone().unwrap())
        .stderr(log)
        .kill_on_drop(true)
        .spawn()
        .unwrap();
    let process = child.id().unwrap();
    let mut most = 0_u64;
    loop {
        let status = std::fs::read_to_string(format!("/proc/{process}/status")).unwrap_or_default();
        let peak = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
        let peak = peak.and_then(|text| text.trim().strip_suffix(" kB")?.trim().parse::<u64>().ok());
        most = most.max(peak.unwrap_or(0));
        if let Ok(ended) = tokio::time::timeout(Duration::from_millis(20), child.wait()).await {
            assert!(ended.unwrap().success(), "the import failed: see {}", folder.join("report").display());
            return most as f64 / 1024.0;
        }
    }
}

/// The rows that the import wrote, written for another tenant by COPY, table after table as one login with every check
/// and index in place. Answers rows of the file per second.
async fn copy(all: &mut PgConnection, from: &str, to: &str, rows: usize) -> f64 {
    let tables = [
        ("categories", "tenant_id, id, name, slug, parent_id, position"),
        (
            "products",
            "tenant_id, id, store_id, slug, name, description, category_id, status, base_price_cents, seo, tags, option_names",
        ),
        (
            "product_variants",
            "tenant_id, id, product_id, name, sku, price_cents, stock_quantity, low_stock_threshold, attributes, position",
        ),
        ("inventory_movements", "tenant_id, product_id, variant_id, change, reason, note, balance_after"),
    ];
    let mut parts = Vec::new();
    for (name, columns) in tables {
        let others = columns.split_once(", ").map_or("", |(_, others)| others);
        // The other tenant's store stands in for ours; ids are unique within a tenant.
        let others = others.replace("store_id", &format!("(select id from stores where tenant_id = '{to}')"));
        let only = match name {
            "products" => "and slug like 'thing-%'",
            "product_variants" => "and sku like 'T-%'",
            "inventory_movements" => "and reference_type = 'import'",
            _ => "",
        };
        let order = if name == "categories" { "order by parent_id nulls first" } else { "" };
        let sql = format!("select '{to}'::uuid, {others} from {name} where tenant_id = '{from}' {only} {order}");
        // The server writes and reads it itself: no client is in the way.
        let path = std::env::temp_dir().join(format!("duka-copy-{}-{name}", std::process::id()));
        run(all, format!("copy ({sql}) to '{}'", path.display())).await;
        parts.push((name, columns, path));
    }
    let began = Instant::now();
    run(all, "begin".to_owned()).await;
    for (name, columns, path) in &parts {
        run(all, format!("copy {name} ({columns}) from '{}'", path.display())).await;
    }
    run(all, "commit".to_owned()).await;
    let took = began.elapsed().as_secs_f64();
    for (_, _, path) in &parts {
        let _ = std::fs::remove_file(path);
    }
    rows as f64 / took
}

async fn run(all: &mut PgConnection, sql: String) {
    if let Err(fault) = all.execute(AssertSqlSafe(sql.clone())).await {
        panic!("{fault}\n{sql}");
    }
}
