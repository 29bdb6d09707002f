//! The switch at the foot of every page: pictures on tap, or all of them.

use super::sent::Sent;
use crate::{
    request::{asked::Asked, cookies::Cookie, light::saves_data, see_other},
    state::App,
};
use axum::{extract::State, response::Response};
use http::HeaderMap;
use serde::Deserialize;

/// Our own addresses are shorter; a longer one leads to the front page.
const LONGEST_BACK: usize = 600;

/// The fields of `POST /light`.
#[derive(Debug, Default, Deserialize)]
pub struct LightForm {
    #[serde(default)]
    light: String,
    /// The page that it was pressed on, without language prefix.
    #[serde(default)]
    back: String,
}

/// Remembers the choice and leads back to the page.
pub async fn switch(State(app): State<App>, asked: Asked, headers: HeaderMap, Sent(form): Sent<LightForm>) -> Response {
    let is_on = form.light == "on";
    let mut answer = see_other(&asked.to(&back(&form.back, is_on)));
    if is_on {
        Cookie::Light.set(&mut answer, &app.config.base, "on");
    } else if saves_data(&headers) {
        Cookie::Light.set(&mut answer, &app.config.base, "off");
    } else {
        // What everybody gets is what is wanted: these pages may come out of shared caches again.
        Cookie::Light.end(&mut answer, &app.config.base);
    }
    answer
}

/// Back on this shop only, and at an address of its own: the browser may still keep the page as it was a moment ago.
fn back(path: &str, is_on: bool) -> String {
    let is_ours = path.len() <= LONGEST_BACK
        && path.starts_with('/')
        && !path.starts_with("//")
        && !path.contains(|c: char| c == '\\' || c == '#' || c.is_control());
    let path = if is_ours { path } else { "/" };
    let joint = if path.contains('?') { '&' } else { '?' };
    format!("{path}{joint}light={}", if is_on { "on" } else { "off" })
}

#[cfg(test)]
mod tests {
    use super::back;

    #[test]
    fn the_way_back_never_leaves_the_shop() {
        assert_eq!(back("/p/kikoi", true), "/p/kikoi?light=on");
        assert_eq!(back("/search?q=kikoi", false), "/search?q=kikoi&light=off");
        for foreign in ["//evil.example", "https://evil.example", "/\\evil.example", "", "/p\r\nx: y"] {
            assert_eq!(back(foreign, true), "/?light=on", "{foreign}");
        }
    }
}
