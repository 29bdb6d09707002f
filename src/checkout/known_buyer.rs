//! Who comes back: what the last order from this browser was filled in with, and nothing that somebody else ever typed.

use super::forms::CheckoutValues;
use crate::{
    ctx::Ctx,
    kernel::{phone::Phone, token::Token},
    vault::marks::MarkFor,
};
use serde::Deserialize;
use std::fmt;

/// What the next form begins with.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KnownBuyer {
    pub area: String,
    /// The place that they named, where the area's name does not say it; else empty.
    pub place: String,
    pub values: CheckoutValues,
}

/// What the browser keeps of its order, in hexadecimal digits: the mark that only we can make, then the token. The token
/// alone opens the order's page, where the buyer is masked, and goes round in links and mails.
pub fn carried(ctx: &Ctx, order: &Token) -> String {
    let token = order.hex();
    let mark = ctx.platform.vault.mark(MarkFor::KnownBuyer, ctx.tenant, token.as_bytes());
    format!("{mark}{token}")
}

/// The order that a browser's cookie names; none when the mark is missing, or not of this merchant and this order.
pub fn order_of(ctx: &Ctx, carried: &str) -> Option<Token> {
    let (mark, token) = carried.split_at_checked(64)?;
    let order = Token::parse(token)?;
    let is_ours = ctx.platform.vault.is_marked(MarkFor::KnownBuyer, ctx.tenant, order.hex().as_bytes(), mark);
    is_ours.then_some(order)
}

/// An order as its row has it, collected as JSON by the statement that needs it anyway.
///
/// The customer of that phone is not asked: who typed a wrong number would see where another lives.
#[derive(Clone, Deserialize)]
pub struct KnownRow {
    phone: String,
    name: Option<String>,
    email: Option<String>,
    area: Option<String>,
    place: Option<String>,
    street: Option<String>,
    instructions: Option<String>,
}

impl fmt::Debug for KnownRow {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("KnownRow(•••)")
    }
}

impl KnownRow {
    /// None when the phone is no number any more.
    pub fn buyer(self) -> Option<KnownBuyer> {
        let phone = Phone::parse(&self.phone)?;
        let place = self.place.unwrap_or_default();
        Some(KnownBuyer {
            area: self.area.unwrap_or_default(),
            values: CheckoutValues {
                name: self.name.unwrap_or_default(),
                phone: phone.display(),
                email: self.email.unwrap_or_default(),
                street: typed(self.street.as_deref().unwrap_or_default(), &place).to_owned(),
                instructions: self.instructions.unwrap_or_default(),
                ..CheckoutValues::default()
            },
            place,
        })
    }
}

/// The street as the form had it: an order writes the place before it, for who carries it.
fn typed<'a>(street: &'a str, place: &str) -> &'a str {
    if place.is_empty() { street } else { street.trim_start_matches(format!("{place}. ").as_str()) }
}

#[cfg(test)]
mod tests {
    use super::typed;

    #[test]
    fn a_street_is_filled_in_without_the_place_that_an_order_wrote_before_it() {
        for (street, place, wanted) in [
            ("Lodwar, Turkana. Mpaka Road", "Lodwar, Turkana", "Mpaka Road"),
            // What grew before it was mended.
            ("Lodwar, Turkana. Lodwar, Turkana. Mpaka Road", "Lodwar, Turkana", "Mpaka Road"),
            ("Lodwar Road 3. Blue gate", "Lodwar", "Lodwar Road 3. Blue gate"),
            (". Mpaka Road", "", ". Mpaka Road"),
            ("", "Lodwar, Turkana", ""),
        ] {
            assert_eq!(typed(street, place), wanted, "{street}");
        }
    }
}
