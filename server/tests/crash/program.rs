//! The real program as a process of its own, which a test may kill and start again at the same address.

use std::{
    fs::{self, File},
    net::TcpListener,
    path::{Path, PathBuf},
    process::{ExitStatus, Stdio},
    time::Duration,
};
use tokio::{
    process::{Child, Command},
    time::{Instant, sleep},
};

/// The furthest a test waits for the program to be ready.
const START: Duration = Duration::from_mins(1);
/// Between two looks at a condition.
pub const LOOK: Duration = Duration::from_millis(50);

/// A running `duka serve`; dropping it kills it.
pub struct Program {
    /// Where shops and platform listen.
    pub port: u16,
    /// Where health is asked for.
    pub ops_port: u16,
    folder: PathBuf,
    words: Vec<String>,
    settings: Vec<(String, String)>,
    child: Child,
}

impl Program {
    /// Starts it on two free ports with a data folder of its own and waits until it is ready.
    /// `words` come before the program's name: what pins it to a processor, say.
    pub async fn start(words: &[&str], role: &str, settings: &[(&str, String)]) -> Self {
        // Two that are free now; nobody else takes a port that the system did not give them.
        let listeners = [(); 2].map(|()| TcpListener::bind(("127.0.0.1", 0)).unwrap());
        let [port, ops_port] = listeners.map(|listener| listener.local_addr().unwrap().port());
        let folder = std::env::temp_dir().join(format!("duka-crash-{}-{port}", std::process::id()));
        fs::create_dir_all(&folder).unwrap();
        let mut all = vec![
            ("DUKA_ADDR".to_owned(), format!("127.0.0.1:{port}")),
            ("DUKA_OPS_ADDR".to_owned(), format!("127.0.0.1:{ops_port}")),
            ("DUKA_BASE_URL".to_owned(), format!("http://localhost:{port}")),
            ("DUKA_DATA_DIR".to_owned(), folder.display().to_string()),
            // Each shopper comes from an address of their own, as behind a proxy.
            ("DUKA_TRUSTED_PROXIES".to_owned(), "127.0.0.1".to_owned()),
        ];
        all.extend(settings.iter().map(|(name, value)| ((*name).to_owned(), value.clone())));
        let words: Vec<String> = [words, &[env!("CARGO_BIN_EXE_duka"), "serve", "--role", role]]
            .concat()
            .into_iter()
            .map(str::to_owned)
            .collect();
        let child = launch(&folder, &words, &all);
        let mut program = Self { port, ops_port, folder, words, settings: all, child };
        program.until_ready().await;
        program
    }

    /// SIGKILL: no goodbye, nothing written out.
    pub async fn kill(&mut self) {
        self.child.kill().await.unwrap();
    }

    /// SIGTERM: it ends what it has begun. How that went.
    pub async fn stop(&mut self) -> ExitStatus {
        let asked = Command::new("kill").args(["-TERM", &self.id().to_string()]).status().await.unwrap();
        assert!(asked.success());
        tokio::time::timeout(START, self.child.wait()).await.expect("it ends when it is asked to").unwrap()
    }

    /// The same program at the same address, after a kill.
    pub async fn start_again(&mut self) {
        self.child = launch(&self.folder, &self.words, &self.settings);
        self.until_ready().await;
    }

    /// Another verb of the program, with the same settings and the same data folder.
    pub async fn command(&self, words: &[&str]) -> std::process::Output {
        Command::new(env!("CARGO_BIN_EXE_duka"))
            .args(words)
            .current_dir(&self.folder)
            .envs(self.settings.iter().map(|(name, value)| (name, value)))
            .stdin(Stdio::null())
            .output()
            .await
            .unwrap()
    }

    /// What lies in the data folder under this name.
    pub fn file(&self, name: &str) -> PathBuf {
        self.folder.join(name)
    }

    /// The number the system knows it by.
    pub fn id(&self) -> u32 {
        self.child.id().expect("it runs")
    }

    /// The status of `/readyz`; none when nobody answers.
    pub async fn readiness(&self) -> Option<u16> {
        let url = format!("http://127.0.0.1:{}/readyz", self.ops_port);
        Some(crate::shopper::http().get(url).send().await.ok()?.status().as_u16())
    }

    async fn until_ready(&mut self) {
        let end = Instant::now() + START;
        while self.readiness().await != Some(200) {
            if let Some(status) = self.child.try_wait().unwrap() {
                panic!("the program ended before it was ready ({status}):\n{}", self.last_words());
            }
            assert!(Instant::now() < end, "the program is not ready after {START:?}:\n{}", self.last_words());
            sleep(LOOK).await;
        }
    }

    /// The end of its log, for the message of a failed test.
    pub fn last_words(&self) -> String {
        let text = fs::read_to_string(self.folder.join("log")).unwrap_or_default();
        let lines: Vec<&str> = text.lines().collect();
        lines[lines.len().saturating_sub(30)..].join("\n")
    }
}

impl Drop for Program {
    fn drop(&mut self) {
        if std::thread::panicking() {
            eprintln!("the program's last lines:\n{}", self.last_words());
        }
        // The child itself is killed by its own drop; its folder holds nothing that anybody needs.
        let _ = self.child.start_kill();
        let _ = fs::remove_dir_all(&self.folder);
    }
}

fn launch(folder: &Path, words: &[String], settings: &[(String, String)]) -> Child {
    let log = File::options().create(true).append(true).open(folder.join("log")).unwrap();
    Command::new(&words[0])
        .args(&words[1..])
        // A folder without a `.env`: what somebody set up for their own demo is not meant for this one.
        .current_dir(folder)
        // Without one among the settings the program runs a database of its own.
        .env_remove("DATABASE_URL")
        .envs(settings.iter().map(|(name, value)| (name, value)))
        .stdin(Stdio::null())
        .stdout(log.try_clone().unwrap())
        .stderr(log)
        .kill_on_drop(true)
        .spawn()
        .unwrap()
}
