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
    write(
        app,
        asked,
        [step],
        Around { visitor: visitor(app, asked, headers), buyer: buyer(app, asked, headers), ..around },
    );
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
        None if asked.device == Device::Bot => None,
        None => {
            let visit = Token::random();
            Cookie::Visit.set(answer, base, &visit.hex());
            keep_for_one(answer);
            Some(visit)
        }
    };
    let around = Around { visitor: of_visit(asked, visit.as_ref()), buyer: buyer(app, asked, headers), ..around };
    write(app, asked, [Some(Step::PageView), step].into_iter().flatten(), around);
}

/// By which order the browser's owner is known; a cookie without our mark names none.
pub fn known_order(app: &App, asked: &Asked, headers: &HeaderMap) -> Option<Token> {
    known_buyer::order_of(&asked.ctx, Cookie::Buyer.read(headers, &app.config.base)?)
}

fn buyer(app: &App, asked: &Asked, headers: &HeaderMap) -> Option<Vec<u8>> {
    known_order(app, asked, headers).map(|order| order.hash())
}

fn of_visit(asked: &Asked, visit: Option<&Token>) -> Visitor {
    Visitor { session: visit.map(|visit| visit.hash_hex()[..32].to_owned()), device: Some(asked.device) }
}

fn write(app: &App, asked: &Asked, steps: impl IntoIterator<Item = Step>, around: Around) {
    let at = app.platform.clock.now();
    for step in steps {
        app.platform.recorder.record(|| Event { tenant: asked.ctx.tenant, step, around: around.clone(), at });
    }
}
