//! The password once more, on the way to a page that wants to be sure.

use super::again;
use crate::{
    doors::{Inside, Posted, only},
    request::{private_page, see_other},
};
use app::{
    still::{account::confirm_page, form::Sheet},
    text::account,
};
use axum::{
    extract::{Query, rejection::QueryRejection},
    response::Response,
};
use duka::{kernel::typed::Typed, tenancy::confirm as verbs};
use http::StatusCode;
use serde::Deserialize;

#[derive(Debug, Default, Deserialize)]
pub struct Way {
    #[serde(default)]
    to: String,
}

fn draw(inside: &Inside, sheet: &Sheet, to: &str) -> String {
    let title = account::words(inside.locale()).confirm_title;
    confirm_page(&inside.still("", title), sheet, to, inside.member.has_second_factor)
}

pub async fn page(inside: Inside, way: Result<Query<Way>, QueryRejection>) -> Response {
    let to = way.map(|Query(way)| way.to).unwrap_or_default();
    private_page(StatusCode::OK, draw(&inside, &Sheet::default(), inner(&to)))
}

pub async fn confirm(inside: Inside, Posted(typed): Posted) -> Response {
    let to = inner(typed.get("to"));
    let confirmed = match only(&typed, &["password", "code", "to"]) {
        Ok(()) => verbs::confirm(&inside.ctx, typed.get("password"), typed.get("code")).await,
        Err(error) => Err(error),
    };
    match confirmed {
        Ok(()) => see_other(to),
        Err(error) => again(&inside, Typed::default(), error, |sheet| draw(&inside, sheet, to)),
    }
}

/// A page of the dashboard by its plain path, or the account page: nobody is led away from here.
fn inner(to: &str) -> &str {
    let is_plain = to.len() <= 200 && to.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'/' | b'-' | b'_'));
    let is_below = to.strip_prefix("/dashboard").is_some_and(|rest| rest.is_empty() || rest.starts_with('/'));
    if is_plain && is_below && !to.contains("//") { to } else { app::dashboard::address::ACCOUNT }
}

#[cfg(test)]
mod tests {
    use super::inner;

    #[test]
    fn only_pages_of_the_dashboard_are_led_to() {
        for to in ["/dashboard", "/dashboard/account/second-factor", "/dashboard/settings/payments"] {
            assert_eq!(inner(to), to);
        }
        for to in [
            "",
            "/",
            "//evil.example",
            "/dashboard//evil.example",
            "/dashboards",
            "https://evil.example/dashboard",
            "/dashboard/../sign-out",
            "/dashboard\\evil",
            "/dashboard/%2e%2e",
            "/dashboard?x=1",
            "/dashboard\r\nSet-Cookie: a=b",
        ] {
            assert_eq!(inner(to), "/dashboard/account", "{to}");
        }
    }
}
