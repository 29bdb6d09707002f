//! The daily close: every shilling that came stands somewhere, and the provider's own list says the same.
//!
//! It books what came before there was a ledger, lands what only the provider's list tells of, and writes down where the
//! two do not agree. It mends nothing else: a gap is for a person, who closes it and says why.
//!
//! Invariants: a day is closed once, by a row that is begun before anything is reckoned, so that a night that was cut
//! short goes on where it stopped; a receipt is one gap however many nights find it; no transaction is open while the
//! provider is waited for.

mod book_old;
mod compare;
mod days;
pub mod gaps;
mod list;
mod pull;

pub use list::NoList;
pub(super) use pull::read_pulled;
pub use pull::{pull_recent, start_pulling};

use crate::{
    ctx::Ctx,
    error::AppError,
    kernel::{access::Permission, money::Money},
};
use chrono::{NaiveDate, TimeDelta};
use compare::Compared;

/// The provider's list reaches back two days; an hour less, so that its beginning is whole.
const LIST_REACHES: TimeDelta = TimeDelta::hours(47);

/// A day that was closed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ClosedDay {
    pub day: NaiveDate,
    pub received: Money,
    /// What came and stands nowhere.
    pub difference: Money,
    /// Of this day and open.
    pub gaps: u32,
}

impl ClosedDay {
    pub const fn is_zero(&self) -> bool {
        self.difference.is_zero() && self.gaps == 0
    }
}

/// Closes every day that is over and was not closed yet, from the third hour of the merchant's day on.
pub async fn close_due(ctx: &Ctx) -> Result<Vec<ClosedDay>, AppError> {
    ctx.require(Permission::HandleMoney)?;
    days::begin_due(ctx).await?;
    let days = days::list_open(ctx).await?;
    if days.is_empty() { Ok(Vec::new()) } else { close(ctx, &days).await }
}

/// Closes what is due, and yesterday anew, for whoever does not want to wait for the night.
pub async fn close_now(ctx: &Ctx) -> Result<Vec<ClosedDay>, AppError> {
    ctx.require(Permission::HandleMoney)?;
    days::begin_due(ctx).await?;
    days::open_yesterday(ctx).await?;
    let days = days::list_open(ctx).await?;
    close(ctx, &days).await
}

async fn close(ctx: &Ctx, days: &[NaiveDate]) -> Result<Vec<ClosedDay>, AppError> {
    let booked = book_old::book_old(ctx).await?;
    let until = ctx.now();
    let compared: Result<Compared, NoList> = compare::compare(ctx, until - LIST_REACHES, until).await?;
    if let Err(why) = &compared {
        tracing::warn!(tenant.id = %ctx.tenant, list.problem = why.as_str(), "the money was closed without the provider's list");
    }
    let mut closed = Vec::new();
    for (nth, day) in days.iter().enumerate() {
        // What came before the ledger is booked once, whatever the day.
        let booked = if nth == 0 { booked } else { 0 };
        let one = days::finish(ctx, *day, booked, &compared).await?;
        if !one.is_zero() {
            tracing::error!(
                tenant.id = %ctx.tenant,
                close.day = %one.day,
                close.difference_cents = one.difference.minor(),
                close.gaps = one.gaps,
                "a day's money does not come to zero"
            );
        }
        closed.push(one);
    }
    Ok(closed)
}
