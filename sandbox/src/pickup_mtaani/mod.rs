//! Pickup Mtaani as its clients see it: agents by area, prices, parcels, and calls about them.

mod answers;
mod desk;
mod network;
mod parcels;
mod pull;

use axum::{
    Json, Router,
    http::{HeaderMap, StatusCode},
    response::{IntoResponse, Response},
    routing::{any, get, post},
};
use serde_json::{Value, json};

pub use desk::{answer, page};
pub use parcels::Parcels;
pub use pull::pull;

use crate::{outgoing, world::Sandbox};
use parcels::Parcel;

/// The addresses that exist, and a proper refusal for all others.
pub fn routes() -> Router<Sandbox> {
    Router::new()
        .route("/pickup-mtaani/locations/areas", get(answers::areas))
        .route("/pickup-mtaani/locations", get(answers::locations))
        .route("/pickup-mtaani/agents", get(answers::agents))
        .route("/pickup-mtaani/delivery-charge/agent-package", get(answers::charge))
        .route("/pickup-mtaani/packages/agent-agent", post(answers::create).get(answers::one))
        .route("/pickup-mtaani/packages/agent-agent/mine", get(answers::mine))
        .route("/pickup-mtaani/webhooks/register", post(answers::register))
        .route("/pickup-mtaani", any(nothing_here))
        .route("/pickup-mtaani/{*rest}", any(nothing_here))
}

async fn nothing_here() -> Refusal {
    refuse(404, "Not found")
}

/// What the partner says when it does not do as it is asked.
struct Refusal(u16, String);

fn refuse(status: u16, message: &str) -> Refusal {
    Refusal(status, message.to_owned())
}

impl IntoResponse for Refusal {
    fn into_response(self) -> Response {
        let status = StatusCode::from_u16(self.0).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
        (status, Json(json!({ "success": false, "message": self.1 }))).into_response()
    }
}

/// The key of a request. Every key is right but those that end in `wrong`; for those that end in `away` the partner is.
fn key_of(headers: &HeaderMap) -> Result<String, Refusal> {
    match headers.get("apikey").and_then(|value| value.to_str().ok()).map(str::trim) {
        Some(key) if key.ends_with("away") => Err(refuse(503, "Service unavailable")),
        Some(key) if !key.is_empty() && !key.ends_with("wrong") => Ok(key.to_owned()),
        _ => Err(refuse(401, "Invalid API key")),
    }
}

/// Moves a parcel and tells of it, as often as asked; `false` when there is none.
fn move_parcel(sandbox: &Sandbox, id: u64, state: &'static str, hooks: u32) -> bool {
    let moved = sandbox.world().parcels.set_state(id, state);
    let Some(parcel) = moved else { return false };
    tell(sandbox, &parcel, "package.state_changed", hooks);
    true
}

/// Calls the address that the account has registered. Nothing signs it, as with the real one.
fn tell(sandbox: &Sandbox, parcel: &Parcel, word: &str, times: u32) {
    let Some(url) = sandbox.world().parcels.hook_of(&parcel.key) else { return };
    let body: Value = json!({
        "event_type": word,
        "timestamp": crate::kenya::now().timestamp(),
        "data": {
            "package_id": parcel.id, "package_type": "agent", "receipt_no": parcel.receipt(), "state": parcel.state,
            "track_id": parcel.track(),
        },
    });
    for _ in 0..times {
        let (sandbox, url, body) = (sandbox.clone(), url.clone(), body.clone());
        tokio::spawn(async move { outgoing::post(&sandbox, &url, &body).await });
    }
}
