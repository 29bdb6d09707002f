//! Counts a shopper's steps after the answer is made; who does not want cookies is counted without a visit.

use crate::{
    cache::stored::keep_for_one,
    request::{asked::Asked, cookies::Cookie},
    state::App,
};
use axum::response::Response;
use duka::{
    analytics::{
        event::{Device, Step},
        record::Event,
    },
    kernel::token::Token,
};
use http::HeaderMap;

/// Records steps of the visit that the request belongs to.
pub fn record(app: &App, asked: &Asked, headers: &HeaderMap, steps: impl IntoIterator<Item = Step>) {
    let visit = Cookie::Visit.token(headers, &app.config.base);
    write(app, asked, visit.as_ref(), steps);
}

/// Records the view of a page. A browser's first page begins a visit.
pub fn record_view(app: &App, asked: &Asked, headers: &HeaderMap, answer: &mut Response, step: Option<Step>) {
    let base = &app.config.base;
    let visit = match Cookie::Visit.token(headers, base) {
        Some(visit) => Some(visit),
        None if asked.device == Device::Bot => None,
        None => {
            let visit = Token::random();
            Cookie::Visit.set(answer, base, &visit.hex());
            keep_for_one(answer);
            Some(visit)
        }
    };
    write(app, asked, visit.as_ref(), [Some(Step::PageView), step].into_iter().flatten());
}

fn write(app: &App, asked: &Asked, visit: Option<&Token>, steps: impl IntoIterator<Item = Step>) {
    let session = visit.map(|visit| visit.hash_hex()[..32].to_owned());
    let at = app.platform.clock.now();
    for step in steps {
        app.platform.recorder.record(Event {
            tenant: asked.ctx.tenant,
            step,
            session: session.clone(),
            device: Some(asked.device),
            area: None,
            at,
        });
    }
}
