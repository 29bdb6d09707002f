//! Accepts connections: a limit on their number, time-outs on asking and on reading, an end without cutting answers off.

use axum::{Router, extract::ConnectInfo};
use hyper::{body::Incoming, server::conn::http1};
use hyper_util::{
    rt::{TokioIo, TokioTimer},
    server::graceful::GracefulShutdown,
    service::TowerToHyperService,
};
use std::{net::SocketAddr, sync::Arc, time::Duration};
use tokio::{net::TcpListener, sync::Semaphore};
use tokio_io_timeout::TimeoutStream;
use tower::Layer as _;
use tower::{ServiceExt as _, util::MapRequestLayer};

/// Connections at once; more wait in the system's queue.
const MOST: usize = 4096;
/// How long is waited for a client.
#[derive(Clone, Copy, Debug)]
pub struct Patience {
    /// To say what it wants, and to keep a quiet connection.
    pub headers: Duration,
    /// To take the next piece of an answer. A phone on a bad network takes pieces slowly, but it takes them.
    pub answer: Duration,
}

impl Patience {
    pub const USUAL: Self = Self { headers: Duration::from_secs(10), answer: Duration::from_secs(30) };
}

/// All headers of a request together.
const MOST_HEADERS: usize = 64 * 1024;
/// How long running answers may take when the program is told to stop.
const LAST_ANSWERS: Duration = Duration::from_secs(25);

/// Serves until `stop` is done, then until the last answer is given.
pub async fn serve(listener: TcpListener, router: Router, patience: Patience, stop: impl Future<Output = ()>) {
    let mut builder = http1::Builder::new();
    builder.timer(TokioTimer::new()).header_read_timeout(patience.headers).max_buf_size(MOST_HEADERS);
    let (places, graceful) = (Arc::new(Semaphore::new(MOST)), GracefulShutdown::new());
    let mut stop = std::pin::pin!(stop);
    loop {
        let accepted = tokio::select! {
            accepted = accept(&listener, &places) => accepted,
            () = &mut stop => break,
        };
        let Some((stream, peer, place)) = accepted else { continue };
        // Answers are written whole; waiting for more would only delay them.
        let _ = stream.set_nodelay(true);
        let mut stream = TimeoutStream::new(stream);
        stream.set_write_timeout(Some(patience.answer));
        let service = MapRequestLayer::new(move |mut request: http::Request<Incoming>| {
            request.extensions_mut().insert(ConnectInfo(peer));
            request
        })
        .layer(router.clone().into_service::<Incoming>().map_err(|never| match never {}));
        let connection =
            graceful.watch(builder.serve_connection(TokioIo::new(Box::pin(stream)), TowerToHyperService::new(service)));
        tokio::spawn(async move {
            if let Err(fault) = connection.await {
                tracing::debug!(error.message = %fault, "a connection ended early");
            }
            drop(place);
        });
    }
    drop(listener);
    if tokio::time::timeout(LAST_ANSWERS, graceful.shutdown()).await.is_err() {
        tracing::warn!("some answers were not finished in time");
    }
}

async fn accept(
    listener: &TcpListener,
    places: &Arc<Semaphore>,
) -> Option<(tokio::net::TcpStream, SocketAddr, tokio::sync::OwnedSemaphorePermit)> {
    let place = places.clone().acquire_owned().await.ok()?;
    match listener.accept().await {
        Ok((stream, peer)) => Some((stream, peer, place)),
        Err(fault) => {
            // Out of file handles, mostly: a moment later there may be one.
            tracing::warn!(error.message = %fault, "a connection could not be accepted");
            tokio::time::sleep(Duration::from_millis(50)).await;
            None
        }
    }
}
