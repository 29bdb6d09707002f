//! Stand-ins for the outside world: they speak the providers' own contracts over HTTP.
//!
//! A test starts one inside its own process with [`Sandbox::start`]; `make run` starts the program `sandbox`.
//! Nothing here knows the shop program, and the shop program knows nothing of this one but its address.

mod africastalking;
mod control;
mod daraja;
mod kenya;
mod ledger;
mod line;
mod mailbox;
mod menu;
mod others;
mod outgoing;
mod paying;
mod paystack;
mod phones;
mod pickup_mtaani;
mod prompts;
mod recorder;
mod scripts;
mod smtp;
mod world;

use std::{io, net::SocketAddr};

use axum::{
    Router,
    extract::DefaultBodyLimit,
    middleware,
    routing::{get, post},
};
use tokio::{net::TcpListener, sync::oneshot, task::JoinHandle};

pub use daraja::CERTIFICATE;
pub use world::Sandbox;

/// Largest body that any address here reads, in bytes.
pub const BODY_LIMIT: usize = 64 * 1024;

/// Every address of the sandbox, over one shared state.
///
/// The `refuse` fault can cut connections only under [`Sandbox::start`]; over any other server it answers 502.
pub fn router(sandbox: Sandbox) -> Router {
    Router::new()
        .route("/", get(phones::page))
        .route("/phones/{id}/answer", post(phones::answer))
        .route("/parcels", get(pickup_mtaani::page))
        .route("/parcels/{id}", post(pickup_mtaani::answer))
        .route("/menu", get(menu::page).post(menu::pay))
        .route("/certificate.pem", get(async || CERTIFICATE))
        .route("/mails/{number}", get(mailbox::mail))
        .route("/mails/{number}/page", get(mailbox::part))
        .route("/healthz", get(async || "ok\n"))
        .route("/control/mpesa", post(control::mpesa))
        .route("/control/paystack", post(paystack::script))
        .route("/control/paystack/webhook", post(paystack::webhook))
        .route("/control/pickup_mtaani", post(pickup_mtaani::pull))
        .route("/control/pay", post(control::pay))
        .route("/control/clock", post(control::clock))
        .route("/control/fault", post(control::fault))
        .route("/control/reset", post(control::reset))
        .route("/control/requests", get(control::requests))
        .route("/control/sms", post(africastalking::report_to))
        .merge(daraja::routes())
        .merge(paystack::routes())
        .merge(africastalking::routes())
        .merge(pickup_mtaani::routes())
        .merge(others::routes())
        .layer(DefaultBodyLimit::max(BODY_LIMIT))
        .layer(middleware::from_fn_with_state(sandbox.clone(), recorder::gate))
        .with_state(sandbox)
}

/// A sandbox that listens; dropping it stops it.
pub struct Running {
    /// `http://127.0.0.1:PORT`, without a slash at the end.
    pub base_url: String,
    /// Where it listens; the port is the real one when 0 was asked for.
    pub addr: SocketAddr,
    /// Where it takes mails.
    pub smtp_addr: SocketAddr,
    /// The state behind it.
    pub sandbox: Sandbox,
    stop: Option<oneshot::Sender<()>>,
    task: Option<JoinHandle<io::Result<()>>>,
    mails: JoinHandle<()>,
}

impl Running {
    /// What providers' base URL a client is given for M-Pesa.
    pub fn daraja_url(&self) -> String {
        format!("{}/daraja", self.base_url)
    }

    /// What providers' base URL a client is given for cards.
    pub fn paystack_url(&self) -> String {
        format!("{}/paystack", self.base_url)
    }

    /// What providers' base URL a client is given for parcels.
    pub fn pickup_mtaani_url(&self) -> String {
        format!("{}/pickup-mtaani", self.base_url)
    }

    /// What an SMTP client is given.
    pub fn smtp_url(&self) -> String {
        format!("smtp://{}", self.smtp_addr)
    }

    /// Takes no more connections, lets running answers finish for at most two seconds, and returns.
    pub async fn stop(mut self) {
        self.stop.take();
        if let Some(task) = self.task.take() {
            let abort = task.abort_handle();
            if tokio::time::timeout(std::time::Duration::from_secs(2), task).await.is_err() {
                abort.abort();
            }
        }
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        // Dropping the sender is the signal; open connections end by themselves or with the runtime.
        self.stop.take();
        // Mails are spoken of in dialogues that could last; nobody waits for their end.
        self.mails.abort();
    }
}

impl Sandbox {
    /// Listens on `addr` (port 0 picks a free one) and serves from a task of the current runtime. Mails are taken at a
    /// free port of the same machine.
    ///
    /// # Errors
    /// When the address cannot be bound.
    pub async fn start(addr: SocketAddr) -> io::Result<Running> {
        Self::start_with_mail(addr, SocketAddr::new(addr.ip(), 0)).await
    }

    /// The same with an address for mails.
    ///
    /// # Errors
    /// When one of the addresses cannot be bound.
    pub async fn start_with_mail(addr: SocketAddr, smtp_addr: SocketAddr) -> io::Result<Running> {
        let sandbox = Self::new();
        let smtp = TcpListener::bind(smtp_addr).await?;
        let smtp_addr = smtp.local_addr()?;
        let tcp = TcpListener::bind(addr).await?;
        let addr = tcp.local_addr()?;
        let (stop, stopped) = oneshot::channel::<()>();
        let service = router(sandbox.clone()).into_make_service_with_connect_info::<line::Scissors>();
        let task = tokio::spawn(async move {
            axum::serve(line::Door::new(tcp), service)
                .with_graceful_shutdown(async move {
                    // An error means that the sender was dropped: the same wish.
                    let _ = stopped.await;
                })
                .await
        });
        let mails = tokio::spawn(smtp::serve(sandbox.clone(), smtp));
        Ok(Running {
            base_url: format!("http://{addr}"),
            addr,
            smtp_addr,
            sandbox,
            stop: Some(stop),
            task: Some(task),
            mails,
        })
    }
}
