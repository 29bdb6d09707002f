//! The form that asks for a refund, read.

use super::sold::SoldOrder;
use crate::{
    catalog::price_form::parse_price,
    kernel::{
        field_errors::{FieldErrors, FieldProblem, required_line},
        id::{OrderItemId, RefundId},
        money::Money,
        typed::Typed,
    },
    orders::refund_shares::{NoRefund, Wanted},
};

/// The form's own fields, beside those of each line.
pub const FIELDS: [&str; 6] = ["refund", "all", "delivery", "goodwill", "reason", "way"];
/// What a person saw before they pressed; empty when they only look.
pub const SEEN_TOTAL: &str = "seen_total";
const PIECES: &str = "pieces-";
const RESTOCK: &str = "restock-";
const LONGEST_REASON: usize = 200;
/// What `way` says when a person wants to send it themselves.
pub const BY_HAND: &str = "by_hand";

/// How many pieces of a line; the field's name.
pub fn pieces_field(item: OrderItemId) -> String {
    format!("{PIECES}{item}")
}

/// Whether they go back on the shelf; the field's name.
pub fn restock_field(item: OrderItemId) -> String {
    format!("{RESTOCK}{item}")
}

/// A refund as it was asked for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Asked {
    /// The id it shall have: a form that is sent twice names the same.
    pub refund: RefundId,
    pub wanted: Wanted,
    /// Lines whose pieces go back on the shelf.
    pub restock: Vec<OrderItemId>,
    pub reason: String,
    /// Also where the provider could send it.
    pub by_hand: bool,
}

impl Asked {
    /// Reads the form of one order; every mistake is named at once.
    pub fn read(typed: &Typed, order: &SoldOrder) -> Result<Self, FieldErrors> {
        let mut errors = FieldErrors::none();
        let currency = order.sold.total.currency();
        let is_all = typed.is_on("all");
        let goodwill = match typed.get("goodwill").trim() {
            "" => Some(Money::zero(currency)),
            amount => errors.expect("goodwill", parse_price(amount, currency)),
        };
        let refund = errors.expect("refund", RefundId::parse(typed.get("refund")).ok_or(FieldProblem::Unreadable));
        let reason = errors.expect("reason", required_line(typed.get("reason"), LONGEST_REASON));
        let by_hand = match typed.get("way") {
            "" => false,
            BY_HAND => true,
            _ => {
                errors.add("way", FieldProblem::UnknownChoice);
                false
            }
        };
        let mut lines = Vec::new();
        let mut restock = Vec::new();
        for (name, value) in typed.iter() {
            if let Some(item) = name.strip_prefix(PIECES).and_then(OrderItemId::parse) {
                if let Some(pieces) = errors.expect(name, read_pieces(value)).filter(|pieces| *pieces > 0) {
                    lines.push((item, pieces));
                }
            } else if let Some(item) = name.strip_prefix(RESTOCK).and_then(OrderItemId::parse) {
                restock.extend(typed.is_on(name).then_some(item));
            } else if !FIELDS.contains(&name) && name != SEEN_TOTAL {
                errors.add(&name.chars().take(40).collect::<String>(), FieldProblem::UnknownField);
            }
        }
        let wanted = goodwill.map(|goodwill| Wanted { is_all, lines, delivery: typed.is_on("delivery"), goodwill });
        match (refund, wanted, reason) {
            (Some(refund), Some(wanted), Some(reason)) if errors.is_empty() => {
                Ok(Self { refund, wanted, restock, reason, by_hand })
            }
            _ => Err(errors),
        }
    }
}

/// Plain digits; nothing is none.
fn read_pieces(typed: &str) -> Result<u32, FieldProblem> {
    let typed = typed.trim();
    if typed.is_empty() {
        return Ok(0);
    }
    if typed.len() > 6 || !typed.bytes().all(|b| b.is_ascii_digit()) {
        return Err(FieldProblem::NotWhole);
    }
    typed.parse().map_err(|_| FieldProblem::NotWhole)
}

/// Why there is no such refund, at the field that asked for it.
pub fn problem(no: NoRefund) -> FieldErrors {
    match no {
        NoRefund::NothingAsked => FieldErrors::one("all", FieldProblem::Missing),
        NoRefund::NothingThere => FieldErrors::one("all", FieldProblem::TooHigh),
        NoRefund::TooManyPieces { item, .. } => FieldErrors::one(&pieces_field(item), FieldProblem::TooHigh),
        NoRefund::NoSuchLine { item } => FieldErrors::one(&pieces_field(item), FieldProblem::UnknownChoice),
        NoRefund::NoDelivery => FieldErrors::one("delivery", FieldProblem::TooHigh),
        NoRefund::TooMuch { .. } => FieldErrors::one("goodwill", FieldProblem::TooHigh),
        NoRefund::NotWhole => FieldErrors::one("goodwill", FieldProblem::NotAPrice),
    }
}
