//! The demo as two processes: the sandbox and `duka serve --demo`; started, awaited, watched, stopped.

use std::ffi::OsString;
use std::fs::{self, File};
use std::net::TcpListener;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, ExitStatus};
use std::time::{Duration, Instant};

use anyhow::{Context as _, bail};

use crate::steps::{self, Stopped, say};
use crate::workspace::Workspace;
use crate::{http, stop};

/// The first start makes the database and all demo data.
const READY: Duration = Duration::from_mins(10);
const PAUSE: Duration = Duration::from_millis(100);

/// The two programs, at paths that no later build of another checkout writes over.
#[derive(Debug)]
pub struct Programs {
    duka: PathBuf,
    sandbox: PathBuf,
}

impl Programs {
    /// Builds them with exactly these choices of packages and features.
    pub fn build(here: &Workspace, selection: &[&str]) -> anyhow::Result<Self> {
        say("building the server and the sandbox");
        steps::run(here.cargo(["build"]).args(selection))?;
        Ok(Self { duka: keep(here, "duka")?, sandbox: keep(here, "sandbox")? })
    }
}

fn keep(here: &Workspace, name: &str) -> anyhow::Result<PathBuf> {
    let built = here.target.join("debug").join(name);
    let kept = here.own().join(name);
    if kept.exists() {
        fs::remove_file(&kept).with_context(|| format!("removing {}", kept.display()))?;
    }
    fs::hard_link(&built, &kept)
        .or_else(|_| fs::copy(&built, &kept).map(drop))
        .with_context(|| format!("keeping {}", built.display()))?;
    Ok(kept)
}

/// Where the demo listens; host and port each.
#[derive(Clone, Debug)]
pub struct Addresses {
    pub public: String,
    pub ops: String,
    pub sandbox: String,
    pub mail: String,
}

impl Addresses {
    /// Those of the settings.
    pub fn set(here: &Workspace) -> Self {
        let setting = |name, usual: &str| here.setting(name).unwrap_or_else(|| usual.to_owned());
        Self {
            public: setting("DUKA_ADDR", "127.0.0.1:3000"),
            ops: setting("DUKA_OPS_ADDR", "127.0.0.1:3001"),
            sandbox: setting("DUKA_SANDBOX_ADDR", "127.0.0.1:3100"),
            mail: setting("DUKA_SANDBOX_SMTP_ADDR", "127.0.0.1:3125"),
        }
    }

    /// Four that are free now.
    pub fn free() -> anyhow::Result<Self> {
        let listeners = [(); 4].map(|()| TcpListener::bind("127.0.0.1:0"));
        let [public, ops, sandbox, mail] = listeners.map(|listener| anyhow::Ok(listener?.local_addr()?.to_string()));
        Ok(Self { public: public?, ops: ops?, sandbox: sandbox?, mail: mail? })
    }

    /// Says in a sentence which of them another program has.
    pub fn expect_free(&self) -> anyhow::Result<()> {
        for (address, name, what) in [
            (&self.public, "DUKA_ADDR", "the shops"),
            (&self.ops, "DUKA_OPS_ADDR", "health checks"),
            (&self.sandbox, "DUKA_SANDBOX_ADDR", "the sandbox"),
            (&self.mail, "DUKA_SANDBOX_SMTP_ADDR", "the sandbox's mails"),
        ] {
            if let Err(cause) = TcpListener::bind(address.as_str()) {
                bail!(
                    "cannot listen on {address} for {what} ({cause}): stop the program that uses it, \
                     or choose another address with {name}"
                );
            }
        }
        Ok(())
    }

    /// The port that shops and dashboard share.
    pub fn public_port(&self) -> &str {
        port(&self.public)
    }

    /// The port of the phones.
    pub fn sandbox_port(&self) -> &str {
        port(&self.sandbox)
    }
}

fn port(address: &str) -> &str {
    address.rsplit(':').next().unwrap_or(address)
}

/// What a demo is started with.
#[derive(Debug)]
pub struct Setup<'a> {
    pub programs: &'a Programs,
    pub addresses: Addresses,
    pub site: &'a Path,
    pub postgres: &'a Path,
    /// `None`: the setting, or the checkout's own.
    pub data_dir: Option<&'a Path>,
    /// `None`: the terminal.
    pub log: Option<&'a Path>,
}

/// A running demo; dropping it stops it.
#[derive(Debug)]
pub struct Demo {
    sandbox: Child,
    duka: Child,
    addresses: Addresses,
}

impl Demo {
    /// Starts both programs; they are not ready yet.
    pub fn start(here: &Workspace, setup: &Setup<'_>) -> anyhow::Result<Self> {
        let variables = variables(here, setup);
        let launch = |program: &Path, arguments: &[&str]| {
            let mut command = steps::command(program, arguments);
            command.current_dir(&here.root);
            for (name, value) in &variables {
                command.env(name, value);
            }
            write_to(&mut command, setup.log)?;
            steps::spawn(&mut command)
        };
        let mut sandbox = launch(&setup.programs.sandbox, &[])?;
        match launch(&setup.programs.duka, &["serve", "--demo"]) {
            Ok(duka) => Ok(Self { sandbox, duka, addresses: setup.addresses.clone() }),
            Err(cause) => {
                steps::end(&mut sandbox);
                Err(cause)
            }
        }
    }

    /// Waits until `/readyz` says so.
    pub fn wait_until_ready(&mut self) -> anyhow::Result<()> {
        let deadline = Instant::now() + READY;
        let mut told = Instant::now();
        loop {
            if http::get(&self.addresses.ops, &self.addresses.ops, "/readyz").is_ok_and(|answer| answer.status == 200) {
                return Ok(());
            }
            if let Some((name, status)) = self.ended()? {
                bail!("{name} ended before it was ready ({status})");
            }
            if stop::asked() {
                bail!(Stopped);
            }
            if Instant::now() > deadline {
                bail!("the demo is not ready after {} minutes", READY.as_secs() / 60);
            }
            if told.elapsed() > Duration::from_secs(30) {
                told = Instant::now();
                say("still making the demo ready");
            }
            std::thread::sleep(PAUSE);
        }
    }

    /// Returns when we are asked to stop; an error when one of the programs ends by itself.
    pub fn watch(&mut self) -> anyhow::Result<()> {
        while !stop::asked() {
            if let Some((name, status)) = self.ended()? {
                bail!("{name} ended by itself ({status}); the rest was stopped too");
            }
            std::thread::sleep(PAUSE);
        }
        Ok(())
    }

    /// Stops the server, which settles what is under way, then the sandbox.
    pub fn stop(&mut self) {
        steps::end(&mut self.duka);
        steps::end(&mut self.sandbox);
    }

    fn ended(&mut self) -> anyhow::Result<Option<(&'static str, ExitStatus)>> {
        for (name, child) in [("the sandbox", &mut self.sandbox), ("the server", &mut self.duka)] {
            if let Some(status) = child.try_wait().context("asking for a program's state")? {
                return Ok(Some((name, status)));
            }
        }
        Ok(None)
    }
}

impl Drop for Demo {
    fn drop(&mut self) {
        self.stop();
    }
}

/// Settings that somebody made stay as they are, except the addresses that we were told.
fn variables(here: &Workspace, setup: &Setup<'_>) -> Vec<(&'static str, OsString)> {
    let addresses = &setup.addresses;
    let sandbox = format!("http://127.0.0.1:{}", addresses.sandbox_port());
    let mut variables: Vec<(&str, OsString)> = vec![
        ("DUKA_ADDR", addresses.public.clone().into()),
        ("DUKA_OPS_ADDR", addresses.ops.clone().into()),
        ("DUKA_SANDBOX_ADDR", addresses.sandbox.clone().into()),
        ("DUKA_SANDBOX_SMTP_ADDR", addresses.mail.clone().into()),
        ("DUKA_SITE_DIR", setup.site.into()),
        ("DUKA_POSTGRES_BIN", setup.postgres.into()),
    ];
    let mut usual = vec![
        ("DUKA_MPESA_URL", format!("{sandbox}/daraja")),
        ("DUKA_MPESA_CERTIFICATE", here.root.join("sandbox/certificate.pem").display().to_string()),
        ("DUKA_PAYSTACK_URL", format!("{sandbox}/paystack")),
        ("DUKA_WHATSAPP_URL", format!("{sandbox}/graph")),
        ("DUKA_PICKUP_MTAANI_URL", format!("{sandbox}/pickup-mtaani")),
        ("DUKA_SMS_URL", format!("{sandbox}/africastalking")),
        ("DUKA_SMTP_URL", format!("smtp://127.0.0.1:{}", port(&addresses.mail))),
    ];
    let base = ("DUKA_BASE_URL", format!("http://localhost:{}", addresses.public_port()));
    if let Some(data_dir) = setup.data_dir {
        // A demo of its own must not reach what the person at this machine set up for theirs.
        variables.push(("DUKA_DATA_DIR", data_dir.into()));
        variables.push(("DUKA_MEDIA_URL", format!("file://{}", data_dir.join("media").display()).into()));
        variables.push((base.0, base.1.into()));
        variables.extend(usual.drain(..).map(|(name, value)| (name, value.into())));
    } else {
        usual.push(base);
        variables.extend(
            usual
                .into_iter()
                .filter(|(name, _)| here.setting(name).is_none())
                .map(|(name, value)| (name, value.into())),
        );
    }
    variables
}

fn write_to(command: &mut Command, log: Option<&Path>) -> anyhow::Result<()> {
    if let Some(log) = log {
        let file = File::options().create(true).append(true).open(log);
        let file = file.with_context(|| format!("writing {}", log.display()))?;
        command.stdout(file.try_clone()?).stderr(file);
    }
    Ok(())
}
