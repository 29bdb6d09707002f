//! A form as it was sent: text by field name.

use crate::{shop::faults, state::App};
use axum::{
    Form,
    extract::{FromRequest, Request},
    response::Response,
};
use duka::kernel::typed::Typed;

/// The fields of a form; which of them are known is the form's own business.
#[derive(Clone, Debug)]
pub struct Posted(pub Typed);

impl FromRequest<App> for Posted {
    type Rejection = Response;

    async fn from_request(request: Request, app: &App) -> Result<Self, Response> {
        let Ok(Form(pairs)) = Form::<Vec<(String, String)>>::from_request(request, app).await else {
            return Err(faults::unreadable_form());
        };
        Typed::read(pairs).map(Self).ok_or_else(faults::unreadable_form)
    }
}
