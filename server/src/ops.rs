//! The internal listener: is it alive, can it serve, what has it counted.

use crate::{request::plain, state::App};
use axum::{Router, extract::State, response::Response, routing::get};
use duka::db::migrate::newest_chapter;
use http::StatusCode;
use std::time::Duration;

const PATIENCE: Duration = Duration::from_secs(2);

/// `/healthz`, `/readyz`, `/metrics`.
pub fn routes(app: App) -> Router {
    Router::new()
        .route("/healthz", get(async || plain(StatusCode::OK, "alive\n")))
        .route("/readyz", get(ready))
        .route("/metrics", get(metrics))
        .with_state(app)
}

/// 200 only when a purchase could be made now.
async fn ready(State(app): State<App>) -> Response {
    if app.health.is_stopping() {
        return plain(StatusCode::SERVICE_UNAVAILABLE, "stopping\n");
    }
    match tokio::time::timeout(PATIENCE, app.platform.db.schema_level()).await {
        Ok(Ok(level)) if level >= newest_chapter() => {}
        Ok(Ok(_)) => return plain(StatusCode::SERVICE_UNAVAILABLE, "the schema is too old\n"),
        Ok(Err(_)) | Err(_) => return plain(StatusCode::SERVICE_UNAVAILABLE, "the database does not answer\n"),
    }
    if app.is_demo {
        if !app.health.is_seeded() {
            return plain(StatusCode::SERVICE_UNAVAILABLE, "the demo is being made\n");
        }
        if !sandbox_answers(&app).await {
            return plain(StatusCode::SERVICE_UNAVAILABLE, "the sandbox does not answer\n");
        }
    }
    plain(StatusCode::OK, "ready\n")
}

/// Asks over a bare connection: one line out, one line back.
async fn sandbox_answers(app: &App) -> bool {
    use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
    let asking = async {
        let mut stream = tokio::net::TcpStream::connect(app.config.sandbox_addr).await.ok()?;
        stream.write_all(b"GET /healthz HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n").await.ok()?;
        let mut head = [0; 12];
        stream.read_exact(&mut head).await.ok()?;
        head.ends_with(b" 200").then_some(())
    };
    tokio::time::timeout(PATIENCE, asking).await.is_ok_and(|answer| answer.is_some())
}

async fn metrics(State(app): State<App>) -> String {
    let (dropped, unknown) = (app.platform.recorder.dropped(), app.strangers.count());
    format!(
        "# TYPE events_dropped_total counter\nevents_dropped_total {dropped}\n\
         # TYPE hooks_unknown_total counter\nhooks_unknown_total {unknown}\n"
    )
}
