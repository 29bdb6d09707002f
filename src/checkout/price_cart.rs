//! What a locked cart costs its buyer now, by the one function that prices.

use super::open_cart::Opening;
pub(super) use crate::pricing::priced::Priced;
use crate::{
    db::TenantTx,
    error::AppError,
    inventory::locks::LockedLine,
    kernel::{id::CustomerId, money::Money},
    pricing::{
        lock_rules::lock_rules,
        price_lines::{Cart, Line, price_lines},
    },
};
use chrono::{DateTime, Utc};
use std::collections::BTreeMap;
use uuid::Uuid;

/// Locks the rules that can run out. The order of the lines is kept. With the cart locked, so that what lies in it now
/// stays: lines that came, went or grew while its goods were waited for are no order, and it is begun anew.
pub(super) async fn price(
    tx: &mut TenantTx,
    opening: &Opening,
    delivery: Money,
    lines: &[LockedLine],
    customer: CustomerId,
    now: DateTime<Utc>,
) -> Result<Priced, AppError> {
    let locked = lock_rules(tx, opening.cart, Some(customer), opening.currency, now).await?;
    let before: BTreeMap<Uuid, i32> = lines.iter().map(|line| (line.variant.uuid(), line.quantity)).collect();
    if locked.pieces != before {
        return Err(AppError::TryAgain { retry_after_seconds: 1 });
    }
    let lines: Vec<Line> = lines
        .iter()
        .map(|line| Line {
            variant: line.variant,
            product: line.product,
            categories: line.categories.clone(),
            unit_price: Money::new(line.price_cents, opening.currency),
            quantity: u32::try_from(line.quantity).unwrap_or(0),
        })
        .collect();
    price_lines(&Cart {
        currency: opening.currency,
        lines: &lines,
        delivery,
        rules: &locked.rules,
        codes: &locked.codes,
        had: &locked.had,
        now,
    })
    .map_err(AppError::broken)
}
