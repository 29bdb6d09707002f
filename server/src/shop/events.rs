//! Counts a shopper's steps after the answer is made; who does not want cookies is counted without a visit.

use crate::{
    cache::stored::keep_for_one,
    request::{asked::Asked, cookies::Cookie},
    state::App,
};
use axum::response::Response;
use duka::{
    analytics::{
        event::{Around, Device, Step, Visitor},
        record::Event,
    },
    checkout::known_buyer,
    kernel::token::Token,
};
use http::HeaderMap;

/// Whose visit a request belongs to.
pub fn visitor(app: &App, asked: &Asked, headers: &HeaderMap) -> Visitor {
    of_visit(asked, Cookie::Visit.token(headers, &app.config.base).as_ref())
}

/// Records a step of the visit that the request belongs to; `around` brings what is known beside the visitor.
pub fn record(app: &App, asked: &Asked, headers: &HeaderMap, step: Step, around: Around) {
    write(app, asked, step, None, || Around {
        visitor: visitor(app, asked, headers),
        buyer: buyer(app, asked, headers),
        ..around
    });
}

/// Records the view of a page. A browser's first page begins a visit.
pub fn record_view(
    app: &App,
    asked: &Asked,
    headers: &HeaderMap,
    answer: &mut Response,
    step: Option<Step>,
    around: Around,
) {
    let base = &app.config.base;
    let visit = match Cookie::Visit.token(headers, base) {
        Some(visit) => Some(visit),
        None if asked.device() == Device::Bot => None,
        None => {
            let visit = Token::random();
            Cookie::Visit.set(answer, base, &visit.hex());
            keep_for_one(answer);
            Some(visit)
        }
    };
    write(app, asked, Step::PageView, step, || Around {
        visitor: of_visit(asked, visit.as_ref()),
        buyer: buyer(app, asked, headers),
        ..around
    });
}

/// By which order the browser's owner is known; a cookie without our mark names none.
pub fn known_order(app: &App, asked: &Asked, headers: &HeaderMap) -> Option<Token> {
    known_buyer::order_of(&asked.ctx, Cookie::Buyer.read(headers, &app.config.base)?)
}

fn buyer(app: &App, asked: &Asked, headers: &HeaderMap) -> Option<Vec<u8>> {
    known_order(app, asked, headers).map(|order| order.hash())
}

fn of_visit(asked: &Asked, visit: Option<&Token>) -> Visitor {
    Visitor { session: visit.map(|visit| visit.hash_hex()[..32].to_owned()), device: Some(asked.device()) }
}

/// A step, and one that it is as well. Under a flood nobody asks whose they would have been.
fn write(app: &App, asked: &Asked, step: Step, also: Option<Step>, around: impl FnOnce() -> Around) {
    app.platform.recorder.record(1 + usize::from(also.is_some()), || {
        let (around, at) = (around(), app.platform.clock.now());
        [Some(step), also].into_iter().flatten().map(move |step| Event {
            tenant: asked.ctx.tenant,
            step,
            around: around.clone(),
            at,
        })
    });
}
