//! The strings a test pulls on parcels: moving them, telling of it or not, losing answers, refusing bookings.

use axum::{
    body::Bytes,
    extract::State,
    http::StatusCode,
    response::{IntoResponse, Response},
};
use serde::Deserialize;

use super::{move_parcel, parcels::STATES};
use crate::{kenya, world::Sandbox};

const MOST_HOOKS: u32 = 200;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Pull {
    /// The newest when absent.
    parcel: Option<u64>,
    /// Where it is from now on.
    state: Option<String>,
    /// How often that is told, all at once; 0 for never.
    #[serde(default = "once")]
    hooks: u32,
    /// So many of the following bookings are done, and their answers lost.
    lose_answers: Option<u32>,
    /// Bookings for this phone break off without an answer, and are not done.
    away_for: Option<String>,
    /// What every following booking is refused with.
    refuse: Option<String>,
}

const fn once() -> u32 {
    1
}

/// `POST /control/pickup_mtaani`.
pub async fn pull(State(sandbox): State<Sandbox>, body: Bytes) -> Response {
    let refused = |sentence: &str| (StatusCode::UNPROCESSABLE_ENTITY, format!("{sentence}\n")).into_response();
    let pull: Pull = match serde_json::from_slice(&body) {
        Ok(pull) => pull,
        Err(error) => return refused(&format!("This body pulls no string: {error}.")),
    };
    if pull.hooks > MOST_HOOKS {
        return refused(&format!("hooks is at most {MOST_HOOKS}."));
    }
    if let Some(count) = pull.lose_answers {
        sandbox.world().parcels.lose_answers(count);
    }
    if let Some(typed) = pull.away_for {
        let Some(phone) = kenya::phone(&typed) else { return refused("away_for is a Kenyan mobile number.") };
        if !sandbox.world().parcels.be_away_for(phone) {
            return refused("Too many phones are waiting for nothing; reset first.");
        }
    }
    if let Some(message) = pull.refuse {
        sandbox.world().parcels.refuse(message);
    }
    if let Some(state) = pull.state {
        let Some(state) = STATES.into_iter().find(|known| *known == state) else {
            return refused("state is request, pending, in_transit, delivered or cancelled.");
        };
        let newest = sandbox.world().parcels.newest().next().map(|parcel| parcel.id);
        let Some(id) = pull.parcel.or(newest) else { return refused("There is no parcel.") };
        if !move_parcel(&sandbox, id, state, pull.hooks) {
            return refused("There is no such parcel.");
        }
    }
    StatusCode::NO_CONTENT.into_response()
}
