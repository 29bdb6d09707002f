//! Paying by card: to the provider's page, and back from it.

use super::events;
use crate::{
    request::{asked::Asked, headers::lead_to, see_other},
    state::App,
};
use axum::response::Response;
use duka::{
    analytics::event::Visitor,
    checkout::card::{self, Opened},
    ctx::Ctx,
    error::AppError,
    kernel::{id::PaymentId, token::Token},
};
use http::HeaderMap;

/// What a page needs to know to lead a shopper to the provider, also in a task of its own.
#[derive(Clone, Debug)]
pub struct Way {
    ctx: Ctx,
    /// The order's page without its token, absolute: the provider leads back to it.
    orders: String,
    visitor: Visitor,
}

impl Way {
    pub fn new(app: &App, asked: &Asked, headers: &HeaderMap) -> Self {
        Self {
            ctx: asked.ctx.clone(),
            orders: format!("{}{}", asked.shop.origin, asked.to("/orders")),
            visitor: events::visitor(app, asked, headers),
        }
    }

    /// Asks for the page of a payment. Whatever goes wrong stands on the order's page.
    pub async fn open(&self, order: &Token, payment: PaymentId) -> Option<String> {
        let address = format!("{}/{}", self.orders, order.hex());
        match card::open_page(&self.ctx, payment, &address, self.visitor.clone()).await {
            Ok(Opened::Page(page)) => Some(page),
            Ok(Opened::Order) => None,
            Err(fault) => {
                tracing::warn!(payment.id = %payment, error.message = %fault, "a card page could not be asked for");
                None
            }
        }
    }
}

/// A shopper presses "Pay by card" on the order's page.
pub async fn pay(way: &Way, order: &Token) -> Result<Option<String>, AppError> {
    let payment = card::begin(&way.ctx, order).await?;
    Ok(way.open(order, payment).await)
}

/// The shopper is back, with a reference in the address: asked about once, then shown the order's page without it.
pub async fn returned(asked: &Asked, order: &Token, reference: &str) -> Response {
    let (ctx, token, reference) = (asked.ctx.clone(), order.clone(), reference.to_owned());
    // Its own task: whoever closes the page has paid all the same.
    let asking = tokio::spawn(async move { card::returned(&ctx, &token, &reference).await });
    match asking.await {
        Ok(Ok(())) => {}
        Ok(Err(fault)) => tracing::warn!(error.message = %fault, "a return from the card page could not be looked at"),
        Err(fault) => tracing::warn!(error.message = %fault, "a return from the card page broke"),
    }
    see_other(&asked.to(&format!("/orders/{}", order.hex())))
}

/// The reference in an order page's query.
pub fn reference_in(query: &str) -> Option<&str> {
    query.split('&').find_map(|pair| pair.strip_prefix("card=")).filter(|value| {
        (1..=100).contains(&value.len()) && value.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-')
    })
}

/// Lets the page's forms lead to the provider's pages: browsers look at where a form ends up.
pub fn may_lead_away(app: &App, answer: &mut Response) {
    lead_to(answer, &app.platform.paystack.pages_source());
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_reference_is_read_from_among_what_the_provider_adds() {
        let reference = "d-0197a1b2c3d47000800000000000000a";
        let query = format!("card={reference}&trxref={reference}&reference={reference}");
        assert_eq!(reference_in(&query), Some(reference));
        for wrong in ["", "card=", "card=a%20b", "reference=d-1", "card=../x"] {
            assert_eq!(reference_in(wrong), None, "{wrong}");
        }
    }
}
