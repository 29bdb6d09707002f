//! `duka job`: what waits in the queue, and doing it now.

use super::{print_long, with_installation};
use crate::{config::Config, worker::Registry};
use anyhow::bail;
use duka::{
    catalog::import::Fetcher,
    jobs::worker::{Dispatch as _, drain, list as waiting, take_up_given_up},
    kernel::id::TenantId,
    tenancy::ownership::Lookout,
};
use std::{fmt::Write as _, sync::Arc};

/// What can be done at once by its name.
const NAMES: [&str; 9] =
    ["sweep", "hourly", "check_stock", "close_day", "renew_search", "renew_sitemaps", "forget_old", "given_up", "due"];

pub async fn list() -> anyhow::Result<()> {
    with_installation(async |installation| {
        let jobs = waiting(&installation.worker()?.db).await?;
        if jobs.is_empty() {
            println!("nothing waits");
            return Ok(());
        }
        let mut lines = String::new();
        for job in jobs {
            let error = job.last_error.map(|error| format!("  {}", error.replace('\n', " "))).unwrap_or_default();
            writeln!(
                lines,
                "{}  {:<18} tried {} times{}{error}",
                job.run_at.format("%Y-%m-%d %H:%M:%S"),
                job.kind,
                job.attempts,
                if job.is_given_up { ", given up" } else { "" }
            )?;
        }
        Ok(print_long(&lines)?)
    })
    .await
}

pub async fn run(name: &str, tenant: Option<&str>) -> anyhow::Result<()> {
    if !NAMES.contains(&name) {
        bail!("there is no job `{name}`: it can be one of {}", NAMES.join(", "));
    }
    let only = match tenant {
        Some(_) if matches!(name, "sweep" | "hourly" | "given_up" | "due") => {
            bail!("`{name}` is not done merchant by merchant")
        }
        Some(text) => match text.parse::<uuid::Uuid>() {
            Ok(id) => Some(TenantId::from(id)),
            Err(_) => bail!("`{text}` is no merchant's id"),
        },
        None => None,
    };
    with_installation(async |installation| {
        let worker = installation.worker()?;
        let mut registry = Registry::new(worker.clone(), installation.mailer.clone())
            .with_files(installation.media.clone(), Fetcher::new(Lookout::asking(Config::dns_server()?)));
        // People who asked are erased from here too; where there is no such login, their turn comes where there is.
        let operator = installation.operator().ok();
        if let Some(operator) = &operator {
            registry = registry.with_operator(operator.clone());
        }
        match name {
            "sweep" => registry.sweep().await?,
            "hourly" => registry.hourly().await?,
            "check_stock" => {
                let faults = registry.check_stock(only).await?;
                println!("{faults} differences between the ledger and the stock");
                if faults > 0 {
                    println!("the log and the dashboard's Stock page name the goods");
                }
            }
            "close_day" => {
                for one in registry.close_days(only).await? {
                    println!(
                        "{}: {} received, {} without a place, {} gaps",
                        one.day, one.received, one.difference, one.gaps
                    );
                }
            }
            "renew_search" => println!("{} products have new search words", registry.renew_search(only).await?),
            "renew_sitemaps" => println!("{} shops have new sitemaps", registry.renew_sitemaps(only).await?),
            "given_up" => println!("{} jobs are tried again", take_up_given_up(&worker.db).await?),
            "forget_old" => println!("{} rows were kept long enough and are gone", registry.forget_old(only).await?),
            _ => drain(&worker.db, Arc::new(registry)).await?,
        }
        if let Some(operator) = operator {
            operator.close().await;
        }
        println!("done");
        Ok(())
    })
    .await
}
