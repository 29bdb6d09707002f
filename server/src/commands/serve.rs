//! `duka serve`: shops, dashboard and worker, until the program is told to stop.

use super::seed;
use crate::{
    boot::Installation, command::Role, config::Config, listen, ops, request::shares::Shares, router::router,
    site::Site, spool, state::App, worker::Registry,
};
use anyhow::Context as _;
use duka::{catalog::import::Fetcher, jobs::worker, tenancy::ownership::Lookout};
use std::{sync::Arc, time::Duration};
use tokio::{
    net::TcpListener,
    signal::unix::{SignalKind, signal},
    sync::watch,
    task::JoinHandle,
};

/// Jobs at once in this process.
const JOBS: usize = 6;
/// How long running jobs may take when the program is told to stop.
const LAST_JOBS: Duration = Duration::from_secs(20);

/// Serves; ends well on SIGTERM and Ctrl-C.
pub async fn run(role: Role, is_demo: bool) -> anyhow::Result<()> {
    let mut stop = stop_signal()?;
    let config = Config::read()?;
    let site = Site::open(config.site_dir.as_deref())?;
    site.dress_pages();
    // Before the database is started: an address in use is the likeliest thing to be wrong.
    let public = if role.is_web() { Some(bind("DUKA_ADDR", config.addr).await?) } else { None };
    let internal = bind("DUKA_OPS_ADDR", config.ops_addr).await?;
    let installation = tokio::select! {
        opened = Installation::open(config, is_demo) => opened?,
        _ = stop.changed() => return Ok(()),
    };
    let done = work(&installation, site, role, is_demo, public, internal, stop).await;
    let closed = installation.close().await;
    done?;
    closed
}

async fn work(
    installation: &Installation,
    site: Site,
    role: Role,
    is_demo: bool,
    public: Option<TcpListener>,
    internal: TcpListener,
    stop: watch::Receiver<bool>,
) -> anyhow::Result<()> {
    let worker = if role.is_worker() { Some(start_worker(installation, stop.clone()).await?) } else { None };
    // Pages of the dashboard run on it. A second start in one process finds it there.
    let _ = any_spawner::Executor::init_tokio();
    let mut app =
        App::new(installation.config.clone(), installation.app.clone(), installation.media.clone(), site, is_demo);
    app.lookout = Lookout::asking(Config::dns_server()?);
    let (spool, strangers) = (app.spool.clone(), app.strangers.clone());
    let looking_after = tokio::spawn(spool::watch(installation.app.clone(), spool, strangers, stop.clone()));
    let settings = &installation.config;
    let shares = || Shares::for_visitors(settings.connections_per_address, &settings.trusted_proxies);
    let mut serving = vec![tokio::spawn(listen::serve(
        internal,
        ops::routes(app.clone()),
        listen::Patience::USUAL,
        shares(),
        until(stop.clone()),
    ))];
    if let Some(public) = public {
        tracing::info!(http.address = %installation.config.addr, url = %installation.app.base_url, "the shops are open");
        serving.push(tokio::spawn(listen::serve(
            public,
            router(app.clone()),
            listen::Patience::USUAL,
            shares(),
            until(stop.clone()),
        )));
    }
    if is_demo {
        tokio::select! {
            made = seed::make(installation) => {
                tracing::info!("{}", made?);
                seed::register_addresses(installation).await?;
                app.health.note_seeded();
            }
            () = until(stop.clone()) => {}
        }
    }
    until(stop).await;
    app.health.note_stopping();
    tracing::info!("stopping");
    for server in serving {
        server.await.context("a listener broke")?;
    }
    looking_after.await.context("the spool's keeper broke")?;
    if let Some(worker) = worker {
        worker.await.context("the worker broke")?;
    }
    Ok(())
}

async fn bind(name: &str, address: std::net::SocketAddr) -> anyhow::Result<TcpListener> {
    TcpListener::bind(address).await.with_context(|| format!("cannot listen on {address} ({name})"))
}

/// Runs the queue; one that broke is started again.
async fn start_worker(installation: &Installation, stop: watch::Receiver<bool>) -> anyhow::Result<JoinHandle<()>> {
    let platform = installation.worker()?.clone();
    let fetcher = Fetcher::new(Lookout::asking(Config::dns_server()?));
    let registry = Registry::new(platform.clone(), installation.mailer.clone());
    let registry = registry.with_files(installation.media.clone(), fetcher);
    let registry = Arc::new(match installation.operator() {
        Ok(operator) => registry.with_operator(operator),
        Err(missing) => {
            tracing::warn!(error.message = %format!("{missing:#}"), "people who ask for it are not erased by themselves");
            registry
        }
    });
    let mut queue = worker::prepare(&platform.db, registry.clone(), JOBS).await?;
    Ok(tokio::spawn(async move {
        loop {
            let ended = {
                let mut running = std::pin::pin!(queue.run());
                tokio::select! {
                    ended = &mut running => ended,
                    () = until(stop.clone()) => {
                        queue.request_shutdown();
                        if tokio::time::timeout(LAST_JOBS, &mut running).await.is_err() {
                            tracing::warn!("some jobs were not finished in time; another worker takes them up");
                        }
                        return;
                    }
                }
            };
            if *stop.borrow() {
                return;
            }
            tracing::warn!(error.message = ?ended.err(), "the worker stopped and is started again");
            tokio::time::sleep(Duration::from_secs(2)).await;
            match worker::prepare(&platform.db, registry.clone(), JOBS).await {
                Ok(again) => queue = again,
                Err(fault) => tracing::warn!(error.message = %fault, "the worker could not be started"),
            }
        }
    }))
}

/// Turns true once, when the program is asked to end.
fn stop_signal() -> anyhow::Result<watch::Receiver<bool>> {
    let (told, stop) = watch::channel(false);
    let (mut terminate, mut interrupt) = (signal(SignalKind::terminate())?, signal(SignalKind::interrupt())?);
    tokio::spawn(async move {
        tokio::select! {
            _ = terminate.recv() => {}
            _ = interrupt.recv() => {}
        }
        // Nobody listens any more only when the program has ended.
        let _ = told.send(true);
        // Kept, so that receivers see the value and not a closed channel.
        std::future::pending::<()>().await;
        drop(told);
    });
    Ok(stop)
}

async fn until(mut stop: watch::Receiver<bool>) {
    // An error means that the signal's task is gone: the program is ending.
    let _ = stop.wait_for(|is_told| *is_told).await;
}
