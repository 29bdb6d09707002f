//! Proposes orders for money without an account: by amount, time and payer. Never certain, always for a person.

use super::{
    account::{MOST, OpenOrder, PaidIn},
    payer::same_first_name,
    why::{Proposal, Why},
};
use crate::payments::providers::mpesa::PayerNumber;
use chrono::TimeDelta;

/// Below this an order is no proposal: the amount alone must at least come at a likely time.
const ENOUGH: i32 = 45;

/// The orders that money may be for, the likeliest first.
pub fn propose(paid: &PaidIn<'_>, orders: &[OpenOrder]) -> Vec<Proposal> {
    let mut ranked: Vec<(i32, TimeDelta, Proposal)> = orders
        .iter()
        .filter(|order| order.due_cents > 0)
        .filter_map(|order| {
            let (weight, why) = evidence(paid, order);
            let apart = (paid.at - order.placed_at).abs();
            (weight >= ENOUGH).then_some((weight, apart, Proposal { order: order.id, why }))
        })
        .collect();
    ranked.sort_by_key(|(weight, apart, _)| (std::cmp::Reverse(*weight), *apart));
    ranked.into_iter().take(MOST).map(|(_, _, proposal)| proposal).collect()
}

/// What speaks for an order beside the account, and how much.
pub(super) fn evidence(paid: &PaidIn<'_>, order: &OpenOrder) -> (i32, Vec<Why>) {
    let mut found: Vec<(i32, Why)> = Vec::new();
    found.push(match paid.amount_cents.cmp(&order.due_cents) {
        std::cmp::Ordering::Equal => (40, Why::SameAmount),
        std::cmp::Ordering::Less => (0, Why::PartOfAmount),
        std::cmp::Ordering::Greater => (0, Why::MoreThanAmount),
    });
    if let Some(payer) = paid.payer
        && order.phones.iter().any(|phone| payer.may_be(phone))
    {
        // Five hidden digits still leave room for a neighbour.
        found.push((if matches!(payer, PayerNumber::Masked(_)) { 35 } else { 50 }, Why::SamePhone));
    } else if paid.known.is_some() && paid.known == order.customer {
        found.push((45, Why::KnownPayer));
    }
    if same_first_name(paid.name, &order.name) {
        found.push((15, Why::SameName));
    }
    let waited = paid.at - order.placed_at;
    // Clocks differ by a little, so a payment may seem to come first.
    let weight = if waited < TimeDelta::minutes(-5) {
        -30
    } else if waited <= TimeDelta::hours(2) {
        found.push((15, Why::JustOrdered));
        0
    } else if waited <= TimeDelta::hours(24) {
        5
    } else {
        0
    };
    found.sort_by_key(|(weight, _)| std::cmp::Reverse(*weight));
    let sum = found.iter().map(|(weight, _)| weight).sum::<i32>() + weight;
    (sum, found.into_iter().map(|(_, why)| why).collect())
}
