//! A form as a shopper sent it, or the page that says what is wrong with it before anybody has read it.

use super::faults;
use crate::{request::asked::Asked, state::App};
use axum::{
    Form,
    extract::{FromRequest, FromRequestParts as _, Request},
    response::Response,
};
use serde::de::DeserializeOwned;

/// The fields of a form of this shop's.
#[derive(Clone, Debug)]
pub struct Sent<T>(pub T);

impl<T: DeserializeOwned + Send> FromRequest<App> for Sent<T> {
    type Rejection = Response;

    async fn from_request(request: Request, app: &App) -> Result<Self, Response> {
        let (mut parts, body) = request.into_parts();
        let asked = Asked::from_request_parts(&mut parts, app).await?;
        let fault = match Form::<T>::from_request(Request::from_parts(parts, body), app).await {
            Ok(Form(form)) => return Ok(Self(form)),
            Err(fault) => fault,
        };
        Err(faults::unreadable_form(app, &asked, &fault).await)
    }
}
