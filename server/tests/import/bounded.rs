//! A large file comes in with little memory: the program itself is measured, as a process of its own.

use crate::world::World;
use std::{fmt::Write as _, path::Path, process::Stdio, time::Duration};
use tokio::process::Command;

/// What the whole process may take, in KiB.
const MOST_KIB: u64 = 300 * 1024;
/// What a debug build brings in within half a minute; the bench does a hundred thousand.
const ROWS: usize = 4_000;

/// Products of two variants each, a few categories, and every hundredth row of its product far away from it.
pub fn large_file(rows: usize) -> String {
    let mut file = String::from("Slug,Name,Description,Category,Tags,Option 1,Option 1 value,SKU,Price,Stock\n");
    let mut late = String::new();
    for nth in 0..rows / 2 {
        let text = "Woven by hand in Kenya, light and strong. ".repeat(6);
        let category = nth % 40;
        let _ = writeln!(
            file,
            "thing-{nth},Thing {nth},\"<p>{text}</p>\",Home > Shelf {category},\"one, two\",Size,Small,T-{nth}-S,{},5",
            100 + nth % 900
        );
        let row = format!("thing-{nth},,,,,,Large,T-{nth}-L,{},3\n", 1_000 + nth % 900);
        if nth % 100 == 0 { late.push_str(&row) } else { file.push_str(&row) }
    }
    file + &late
}

/// The most memory the process has had so far, in KiB.
fn peak(process: u32) -> Option<u64> {
    let status = std::fs::read_to_string(format!("/proc/{process}/status")).ok()?;
    status.lines().find_map(|line| line.strip_prefix("VmHWM:"))?.trim().strip_suffix(" kB")?.trim().parse().ok()
}

/// Runs `duka import` and says whether it went well and what it took at the most.
async fn bring(world: &World, file: &Path) -> (bool, u64) {
    let output = std::fs::File::create(world.folder.join("report")).unwrap();
    let mut child = Command::new(env!("CARGO_BIN_EXE_duka"))
        .args(["import", "--store", "mama-njeri"])
        .arg(file)
        .current_dir(&world.folder)
        .env("DATABASE_URL", world.db.url("duka_app"))
        .env("DUKA_DATA_DIR", world.folder.join("data"))
        .env("DUKA_SECRET_KEY", "iQI9beGQMKpv2fPBBWHzH/6OZsoRcjWH8yyZItpSogw=")
        .env("DUKA_LOG", "warn")
        .stdin(Stdio::null())
        .stdout(output.try_clone().unwrap())
        .stderr(output)
        .kill_on_drop(true)
        .spawn()
        .unwrap();
    let process = child.id().unwrap();
    let mut most = 0;
    loop {
        most = most.max(peak(process).unwrap_or(0));
        if let Ok(ended) = tokio::time::timeout(Duration::from_millis(20), child.wait()).await {
            return (ended.unwrap().success(), most);
        }
    }
}

#[tokio::test]
async fn a_large_file_takes_little_memory() {
    let world = World::new().await;
    let path = world.folder.join("large.csv");
    std::fs::write(&path, large_file(ROWS)).unwrap();
    let began = std::time::Instant::now();
    let (went_well, most) = bring(&world, &path).await;
    let said = std::fs::read_to_string(world.folder.join("report")).unwrap();
    let last = said.lines().last().unwrap_or_default();
    assert!(went_well, "{last}");
    assert_eq!(last, "4000 rows, 2000 products: 2000 created, 0 updated, 0 unchanged, 0 refused");
    println!("{ROWS} rows in {} s, {} MiB at the most", began.elapsed().as_secs(), most / 1024);
    assert!(most > 0 && most < MOST_KIB, "{most} KiB");
    let counts = world.counts().await;
    assert_eq!((counts.products, counts.variants, counts.pieces, counts.ledger), (2_000, 4_000, 16_000, 16_000));
}
