//! Another password, with the present one.

use super::again;
use crate::{
    doors::{Inside, Posted, only, to_the_end},
    request::{cookies::Cookie, private_page, see_other},
};
use app::{
    still::{account::password_page, form::Sheet},
    text::account,
};
use axum::response::Response;
use duka::{kernel::typed::Typed, tenancy::new_password};
use http::StatusCode;

fn draw(inside: &Inside, sheet: &Sheet) -> String {
    password_page(&inside.still("", account::words(inside.locale()).change_password), sheet)
}

pub async fn page(inside: Inside) -> Response {
    private_page(StatusCode::OK, draw(&inside, &Sheet::default()))
}

pub async fn change(inside: Inside, Posted(typed): Posted) -> Response {
    let changed = match only(&typed, &["current", "password"]) {
        Err(error) => Err(error),
        Ok(()) => {
            let ctx = inside.ctx.clone();
            to_the_end(async move { new_password::change(&ctx, typed.get("current"), typed.get("password")).await })
                .await
        }
    };
    match changed {
        Ok(token) => {
            let mut answer = see_other("/dashboard/account?saved");
            Cookie::Session.set(&mut answer, &inside.app.config.base, &token.hex());
            answer
        }
        Err(error) => again(&inside, Typed::default(), error, |sheet| draw(&inside, sheet)),
    }
}
