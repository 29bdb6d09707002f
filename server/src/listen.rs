//! Accepts connections: a limit on their number, time-outs on asking and on reading, an end without cutting answers off.

use crate::request::shares::Shares;
use axum::{
    body::{Body, HttpBody as _},
    extract::{ConnectInfo, Request},
    response::Response,
};
use hyper::{body::Incoming, server::conn::http1, service::service_fn};
use hyper_util::{
    rt::{TokioIo, TokioTimer},
    server::graceful::GracefulShutdown,
};
use std::{convert::Infallible, net::SocketAddr, sync::Arc, time::Duration};
use tokio::{net::TcpListener, sync::Semaphore};
use tokio_io_timeout::TimeoutStream;
use tower::Service;

/// Connections at once; more wait in the system's queue.
pub const MOST: usize = 4096;
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
pub async fn serve<S>(
    listener: TcpListener,
    service: S,
    patience: Patience,
    shares: Shares,
    stop: impl Future<Output = ()>,
) where
    S: Service<Request, Response = Response, Error = Infallible, Future: Send + 'static> + Clone + Send + 'static,
{
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
        // Hung up on before a byte is read: whoever holds so many already may use one of them.
        let Some(share) = shares.take(peer.ip()) else {
            tracing::debug!("an address holds all the connections that it may");
            continue;
        };
        // Answers are written whole; waiting for more would only delay them.
        let _ = stream.set_nodelay(true);
        let mut stream = TimeoutStream::new(stream);
        stream.set_write_timeout(Some(patience.answer));
        let service = service.clone();
        // Ours and axum's are always ready, so nobody is asked whether they are.
        let answers = service_fn(move |asked| service.clone().call(received(asked, peer)));
        let connection = graceful.watch(builder.serve_connection(TokioIo::new(Box::pin(stream)), answers));
        tokio::spawn(async move {
            if let Err(fault) = connection.await {
                tracing::debug!(error.message = %fault, "a connection ended early");
            }
            drop((share, place));
        });
    }
    drop(listener);
    if tokio::time::timeout(LAST_ANSWERS, graceful.shutdown()).await.is_err() {
        tracing::warn!("some answers were not finished in time");
    }
}

/// The request as it is handed on, with the address that it came from.
fn received(asked: http::Request<Incoming>, peer: SocketAddr) -> Request {
    // Most bring nothing, and an empty body needs no box.
    let mut request = asked.map(|body| if body.is_end_stream() { Body::empty() } else { Body::new(body) });
    request.extensions_mut().insert(ConnectInfo(peer));
    request
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
