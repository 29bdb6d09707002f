//! A form as it was sent: text by field name.

use crate::{request::asked::split_locale, shop::faults, state::App};
use app::{api::SignedIn, text::shop::TurnedAway};
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
        let locale = request
            .extensions()
            .get::<SignedIn>()
            .map_or_else(|| split_locale(request.uri().path()).0, |who| who.locale);
        let pairs = match Form::<Vec<(String, String)>>::from_request(request, app).await {
            Ok(Form(pairs)) => pairs,
            Err(fault) => return Err(faults::turned_away_bare(app, locale, faults::reason(&fault))),
        };
        Typed::read(pairs).map(Self).ok_or_else(|| faults::turned_away_bare(app, locale, TurnedAway::Unreadable))
    }
}
