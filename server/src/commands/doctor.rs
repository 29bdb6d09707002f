//! `duka doctor`: looks at settings, logins, schema and providers, and says what is wrong.

use crate::{
    boot::Installation,
    config::{Config, Database},
};
use anyhow::bail;
use duka::{db::Db, jobs::worker::count_given_up, vault::rotate::strangers};
use std::{net::ToSocketAddrs as _, time::Duration};

const PATIENCE: Duration = Duration::from_secs(5);

/// One line per check; fails when anything is wrong.
pub async fn run() -> anyhow::Result<()> {
    let config = match Config::read() {
        Ok(config) => config,
        Err(fault) => {
            say("settings", Err(fault));
            bail!("something is wrong");
        }
    };
    let mut all_well = say("settings", Ok(if config.is_production { "production" } else { "development" }.to_owned()));
    all_well &= say("site", site(&config));
    all_well &= say("M-Pesa", reach(&config.mpesa_url).await);
    all_well &= say("cards", reach(&config.paystack_url).await);
    all_well &= say("text messages", reach(&config.sms_url).await);
    all_well &= say("Pickup Mtaani", reach(&config.pickup_mtaani_url).await);
    all_well &= say("mail", mail(&config).await);
    all_well &= say("spool", spool(&config));
    let place = match config.database {
        Database::Embedded => "our own cluster",
        Database::Server(_) => "DATABASE_URL",
    };
    // Opening checks the logins' powers and the schema.
    match Installation::open(config, false).await {
        Ok(installation) => {
            all_well &= say(
                "database",
                Ok(format!("{place}: logins bound by row security, schema at {}", duka::db::migrate::newest_chapter())),
            );
            all_well &= say("worker", installation.worker().map(|_| "has its login".to_owned()));
            if let Ok(worker) = installation.worker() {
                all_well &= say("jobs", jobs(&worker.db).await);
            }
            if let Ok(operator) = installation.operator() {
                all_well &= say("keys", keys(&installation, &operator).await);
                operator.close().await;
            }
            all_well &= say("shutdown", installation.close().await.map(|()| "clean".to_owned()));
        }
        Err(fault) => all_well &= say("database", Err(fault)),
    }
    if all_well { Ok(()) } else { bail!("something is wrong") }
}

fn say(what: &str, found: anyhow::Result<String>) -> bool {
    match found {
        Ok(text) => {
            println!("ok     {what}: {text}");
            true
        }
        Err(fault) => {
            println!("wrong  {what}: {fault:#}");
            false
        }
    }
}

fn site(config: &Config) -> anyhow::Result<String> {
    match &config.site_dir {
        None => bail!("DUKA_SITE_DIR is not set: pages have neither style nor script"),
        Some(folder) => crate::site::Site::open(Some(folder)).map(|site| site.assets),
    }
}

/// Do callbacks wait on disk? A program that runs would have stored them.
fn spool(config: &Config) -> anyhow::Result<String> {
    if !crate::spool::Spool::of(&config.data_dir).is_empty() {
        bail!("callbacks wait on disk: start the program, or run `duka callbacks replay --spool`");
    }
    Ok("no callback waits on disk".to_owned())
}

/// Where mails go.
async fn mail(config: &Config) -> anyhow::Result<String> {
    crate::boot::mailer_of(config)?;
    let Some(url) = config.smtp_url.as_deref().and_then(|url| reqwest::Url::parse(url).ok()) else {
        return Ok(format!("written into {}", config.data_dir.join(crate::mailer::FOLDER).display()));
    };
    let usual = if url.scheme() == "smtps" { 465 } else { 587 };
    let host = url.host_str().unwrap_or_default();
    reach(&format!("smtp://{host}:{}", url.port().unwrap_or(usual))).await
}

/// Was anything given up that nobody has looked at?
async fn jobs(worker: &Db) -> anyhow::Result<String> {
    match count_given_up(worker).await? {
        0 => Ok("none was given up".to_owned()),
        some => bail!("{some} were given up: `duka job list` says why, `duka job run given_up` tries them again"),
    }
}

/// Is every merchant's key wrapped by a master key that is known?
async fn keys(installation: &Installation, operator: &Db) -> anyhow::Result<String> {
    match strangers(operator, &installation.master_keys()?).await? {
        0 => Ok("the master key opens every merchant's".to_owned()),
        some => bail!("{some} merchants' keys are wrapped by another master key: finish `duka keys rotate`"),
    }
}

/// Does anybody listen where the provider should be?
async fn reach(url: &str) -> anyhow::Result<String> {
    let (scheme, rest) = url.split_once("://").unwrap_or(("https", url));
    let authority = rest.split('/').next().unwrap_or(rest).to_owned();
    let address = if authority.contains(':') {
        authority
    } else {
        format!("{authority}:{}", if scheme == "http" { 80 } else { 443 })
    };
    let name = address.clone();
    let place = tokio::task::spawn_blocking(move || name.to_socket_addrs().map(|mut found| found.next())).await??;
    let Some(place) = place else { bail!("{address} is nowhere") };
    match tokio::time::timeout(PATIENCE, tokio::net::TcpStream::connect(place)).await {
        Ok(Ok(_)) => Ok(format!("{address} answers")),
        Ok(Err(fault)) => bail!("{address} does not answer: {fault}"),
        Err(_) => bail!("{address} does not answer within {} seconds", PATIENCE.as_secs()),
    }
}
