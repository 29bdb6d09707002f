//! The rider's link at the door: what to collect, a prompt to the buyer's phone, cash.

use super::{checkout::send_prompt, faults};
use crate::{
    doors::{Posted, only, to_the_end},
    request::{asked::Asked, client::Address, private_page, see_other},
    state::App,
};
use ::app::storefront::{self, Pressed};
use axum::{
    extract::{FromRequestParts, Path, RawQuery},
    response::{IntoResponse, Response},
};
use duka::{
    analytics::event::Visitor,
    checkout::rider,
    ctx::Ctx,
    error::AppError,
    kernel::token::Token,
    pages::storefront::{frame, rider as page_of},
};
use http::{HeaderValue, StatusCode, header::REFERRER_POLICY, request::Parts};

/// Somebody at a rider's link: what they hold is the token in its address.
#[derive(Debug)]
pub struct Link {
    pub(super) app: App,
    pub(super) asked: Asked,
    address: Address,
    token: String,
}

impl FromRequestParts<App> for Link {
    type Rejection = Response;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, Response> {
        let asked = Asked::from_request_parts(parts, app).await?;
        let Ok(address) = Address::from_request_parts(parts, app).await;
        let Path(token) = Path::<String>::from_request_parts(parts, app).await.map_err(IntoResponse::into_response)?;
        Ok(Self { app: app.clone(), asked, address, token })
    }
}

impl Link {
    /// Does to the end what was pressed, for the link that was shown.
    pub(super) async fn act<T, F, D>(&self, verb: F) -> Result<T, AppError>
    where
        T: Send + 'static,
        F: FnOnce(Ctx, Token) -> D,
        D: Future<Output = Result<T, AppError>> + Send + 'static,
    {
        let token = Token::parse(&self.token).ok_or(AppError::NotFound)?;
        to_the_end(verb(self.asked.ctx.clone(), token)).await
    }

    /// The order has moved, so pages that were kept from before are drawn anew.
    pub(super) fn note_move(&self) {
        self.app.pages.versions.note_move(self.asked.ctx.tenant);
    }

    pub(super) async fn draw(&self, status: StatusCode, pressed: &Pressed) -> Response {
        let Self { app, asked, .. } = self;
        let found = match Token::parse(&self.token) {
            Some(token) => page_of::load(&asked.ctx, &token).await,
            None => Err(AppError::NotFound),
        };
        let frame = match frame::load(&asked.ctx, &asked.visit(app, "/rider")).await {
            Ok(frame) => frame,
            Err(fault) => return faults::page(app, asked, fault).await,
        };
        let mut answer = match found {
            Ok(page) => private_page(status, storefront::rider(&frame, &page, pressed)),
            Err(AppError::NotFound) => match self.missed() {
                Ok(()) => private_page(StatusCode::NOT_FOUND, storefront::rider_gone(&frame)),
                Err(seconds) => faults::too_many(app, asked.locale, seconds),
            },
            Err(fault) => return faults::page(app, asked, fault).await,
        };
        // The address opens the order's money: no other site may read it off a link.
        answer.headers_mut().insert(REFERRER_POLICY, HeaderValue::from_static("same-origin"));
        answer
    }

    /// Counts a link that opens nothing; the demo lets the machine itself try as often as it likes.
    fn missed(&self) -> Result<(), u32> {
        match self.address.0 {
            Some(from) if !(self.app.is_demo && from.is_loopback()) => self.app.rider_misses.again(from),
            _ => Ok(()),
        }
    }

    /// Back to the page, or the page again with what was typed and what is wrong with it.
    pub(super) async fn after(&self, said: &str, done: Result<(), AppError>, pressed: Pressed) -> Response {
        let (status, problem) = match done {
            Ok(()) => return see_other(&self.asked.to(&format!("/rider/{}{said}", self.token))),
            Err(AppError::NotFound) => (StatusCode::NOT_FOUND, None),
            Err(problem @ (AppError::Invalid(_) | AppError::Refused(_))) => {
                (::app::api::status(&problem), Some(problem))
            }
            Err(fault) => return faults::page(&self.app, &self.asked, fault).await,
        };
        self.draw(status, &Pressed { problem, ..pressed }).await
    }
}

pub async fn page(link: Link, RawQuery(query): RawQuery) -> Response {
    let pressed = Pressed {
        is_still: query.as_deref() == Some("still"),
        is_recorded: query.as_deref() == Some("recorded"),
        is_noted: query.as_deref() == Some("noted"),
        ..Pressed::default()
    };
    link.draw(StatusCode::OK, &pressed).await
}

pub async fn prompt(link: Link, Posted(typed): Posted) -> Response {
    let phone = typed.get("phone").to_owned();
    let (app, to) = (link.app.clone(), phone.clone());
    let asking = link.act(|ctx, token| async move {
        only(&typed, &["phone"])?;
        let payment = rider::collect_by_prompt(&ctx, &token, &to).await?;
        send_prompt(&app, ctx.tenant, payment, Visitor::default());
        Ok(())
    });
    let asked_for = asking.await;
    link.after("", asked_for, Pressed { phone, ..Pressed::default() }).await
}

pub async fn cash(link: Link, Posted(typed): Posted) -> Response {
    let amount = typed.get("amount").to_owned();
    let taking = link.act(|ctx, token| async move {
        only(&typed, &["amount", "key"])?;
        rider::collect_cash(&ctx, &token, &typed).await
    });
    let taken = taking.await.map(|_| link.note_move());
    link.after("?recorded", taken, Pressed { amount, ..Pressed::default() }).await
}
