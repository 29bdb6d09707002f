//! Load from `wrk` on a processor of its own, and medians of sides that are measured in turn.

use duka::db::testing::TestDb;
use std::{
    fs,
    path::{Path, PathBuf},
    process::Stdio,
    time::Duration,
};
use tokio::process::Command;

/// How often each side is measured.
const ROUNDS: usize = 3;

/// What this machine offers for measuring.
pub struct Machine {
    /// The processors of the programs and of the generator; none when they cannot be kept apart.
    apart: Option<[&'static str; 2]>,
    /// One leg's length.
    pub leg: Duration,
}

/// What one leg came to.
pub struct Leg {
    pub per_second: f64,
    /// All answers, whatever they were.
    pub answered: u64,
    /// Answers that were neither 2xx nor 3xx, and connections that broke.
    pub faults: u64,
}

impl Machine {
    pub fn look() -> Self {
        let cores = std::thread::available_parallelism().map_or(1, usize::from);
        let can_pin =
            std::process::Command::new("taskset").arg("--version").stdout(Stdio::null()).stderr(Stdio::null()).status();
        let seconds = std::env::var("DUKA_BENCH_SECONDS").ok().and_then(|text| text.parse().ok()).unwrap_or(3);
        let apart = (cores > 1 && can_pin.is_ok_and(|status| status.success())).then_some(["0", "1"]);
        Self { apart, leg: Duration::from_secs(seconds) }
    }

    pub fn told(&self) -> String {
        let where_ = if self.apart.is_some() {
            "programs on processor 0, load from processor 1, Postgres on both"
        } else {
            "NOT kept apart: programs, load and Postgres share the processors, so ratios lean towards 1"
        };
        format!("{ROUNDS} rounds of {} s per side; {where_}", self.leg.as_secs())
    }

    /// What stands before a program's name.
    pub fn programs(&self) -> Vec<&'static str> {
        self.apart.map_or_else(Vec::new, |[programs, _]| vec!["taskset", "-c", programs])
    }

    /// A command of the generator's side.
    pub fn generator(&self, name: &str) -> Command {
        let mut command = match self.apart {
            Some([_, generator]) => {
                let mut pinned = Command::new("taskset");
                pinned.args(["-c", generator, name]);
                pinned
            }
            None => Command::new(name),
        };
        command.stdin(Stdio::null()).kill_on_drop(true);
        command
    }

    /// Asks with the script for one leg; `arguments` reach the script.
    pub async fn wrk(&self, port: u16, script: &Path, connections: usize, arguments: &[String]) -> Leg {
        self.wrk_for(self.leg, port, script, connections, arguments).await
    }

    /// The same for another time.
    pub async fn wrk_for(
        &self,
        time: Duration,
        port: u16,
        script: &Path,
        connections: usize,
        arguments: &[String],
    ) -> Leg {
        let output = self
            .generator("wrk")
            .args(["-t1", &format!("-c{connections}"), &format!("-d{}s", time.as_secs()), "--timeout", "10s", "-s"])
            .arg(script)
            .arg(format!("http://127.0.0.1:{port}/"))
            .arg("--")
            .args(arguments)
            .output()
            .await
            .expect("wrk runs; Debian has it as a package");
        let text = String::from_utf8_lossy(&output.stdout).into_owned();
        assert!(output.status.success(), "wrk failed:\n{text}{}", String::from_utf8_lossy(&output.stderr));
        let number = |mark: &str| {
            text.split_once(mark)
                .and_then(|(_, rest)| rest.split_whitespace().next()?.trim_end_matches(',').parse::<f64>().ok())
        };
        let sockets = text.lines().find(|line| line.contains("Socket errors:")).map_or(0, |line| {
            line.split(',').filter_map(|part| part.split_whitespace().last()?.parse::<u64>().ok()).sum()
        });
        let refused = text
            .split_once("Non-2xx or 3xx responses:")
            .and_then(|(_, rest)| rest.split_whitespace().next()?.parse::<u64>().ok());
        let answered = text
            .lines()
            .find_map(|line| line.split_once(" requests in ")?.0.trim().parse::<u64>().ok())
            .expect("wrk tells its answers");
        Leg {
            per_second: number("Requests/sec:").expect("wrk tells its rate"),
            answered,
            faults: sockets + refused.unwrap_or(0),
        }
    }

    /// Whether there is a `pgbench` to compare with.
    pub async fn has_pgbench(&self) -> bool {
        self.generator("pgbench").arg("--version").output().await.is_ok_and(|output| output.status.success())
    }

    /// Transactions of the script per second by `pgbench`, as the program's own login; `more` are options.
    /// Its own rate leaves out the time in which it connects: the other side was connected before.
    pub async fn pgbench(
        &self,
        db: &TestDb,
        script: &Path,
        connections: usize,
        time: Duration,
        more: &[String],
    ) -> f64 {
        let output = self
            .generator("pgbench")
            .args(["--no-vacuum", "--jobs=1"])
            .args([format!("--client={connections}"), format!("--time={}", time.as_secs())])
            .args(more)
            .arg("--file")
            .arg(script)
            // Without the options that only our own driver knows.
            .arg(db.url("duka_app").split('?').next().unwrap_or_default())
            .output()
            .await
            .unwrap();
        let text = format!("{}{}", String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr));
        assert!(output.status.success(), "pgbench failed:\n{text}");
        text.split_once("tps = ")
            .and_then(|(_, rest)| rest.split_whitespace().next()?.parse::<f64>().ok())
            .expect("pgbench tells its rate")
    }
}

/// The medians of two sides, measured A B A B ….
pub async fn in_turn(mut a: impl AsyncFnMut() -> f64, mut b: impl AsyncFnMut() -> f64) -> [f64; 2] {
    let mut sides = [Vec::new(), Vec::new()];
    for _ in 0..ROUNDS {
        sides[0].push(a().await);
        sides[1].push(b().await);
    }
    sides.map(|mut side| {
        side.sort_by(f64::total_cmp);
        side[side.len() / 2]
    })
}

/// Puts a script where `wrk` can read it.
pub fn script(name: &str, text: &str) -> PathBuf {
    let path = std::env::temp_dir().join(format!("duka-bench-{}-{name}", std::process::id()));
    fs::write(&path, text).unwrap();
    path
}
