//! The list read of late, every quarter of an hour: money that no notice told of is here before anybody misses it.

use super::{
    compare::take_lines,
    list::{self, Page},
};
use crate::{
    checkout::read_callback::close_callback,
    ctx::{Ctx, Platform},
    db::TenantTx,
    error::AppError,
    jobs::kinds::Job,
    kernel::{
        access::Actor,
        id::{CallbackId, MpesaAccountId, TenantId},
    },
    payments::providers::mpesa::read_list,
};
use chrono::{DateTime, TimeDelta, Utc};
use std::sync::Arc;

/// Between two readings.
const PAUSE: TimeDelta = TimeDelta::minutes(15);
/// A reading goes back at least so far: the list lags, and what was there once may be there late.
const OVERLAP: TimeDelta = TimeDelta::hours(2);
/// What was not read since the last time is read too, as far as the list reaches.
const FARTHEST: TimeDelta = TimeDelta::hours(47);

/// From where a reading begins.
fn from(now: DateTime<Utc>, read_until: Option<DateTime<Utc>>) -> DateTime<Utc> {
    let missed = read_until.map_or(now - FARTHEST, |until| until - PAUSE);
    missed.min(now - OVERLAP).max(now - FARTHEST)
}

/// Begins to read the lists of the accounts that asked for them; does nothing where one is read already.
pub async fn start_pulling(ctx: &Ctx) -> Result<(), AppError> {
    let accounts: Vec<MpesaAccountId> = list::find_accounts(ctx).await?.into_all().map(|account| account.id).collect();
    if accounts.is_empty() {
        return Ok(());
    }
    let mut tx = ctx.tx().await?;
    for account in accounts {
        // At once, by the database's own clock.
        ask_again(&mut tx, account, None).await?;
    }
    Ok(tx.commit().await?)
}

async fn ask_again(tx: &mut TenantTx, account: MpesaAccountId, at: Option<DateTime<Utc>>) -> Result<(), AppError> {
    Ok(tx.enqueue(&Job::PullMoney(account), at, Some(&format!("pull:{account}"))).await?)
}

/// Reads the list, lands what is new, and asks for itself again. The list of an account that was in use before is read
/// when the hour begins it, and no more often.
pub async fn pull_recent(platform: &Arc<Platform>, tenant: TenantId, account: MpesaAccountId) -> Result<(), AppError> {
    let ctx = Ctx::new(platform.clone(), tenant, Actor::Program);
    // The list is no longer asked for: the hour begins it anew where there is one.
    let Some(found) = list::find_accounts(&ctx).await?.into_all().find(|found| found.id == account) else {
        return Ok(());
    };
    let now = ctx.now();
    let read = list::read(&ctx, &found, from(now, found.read_until), now).await?;
    if let Ok(pages) = &read {
        for page in pages {
            take_lines(&ctx, &found, page).await?;
        }
    }
    let mut tx = ctx.tx().await?;
    if read.is_ok() {
        sqlx::query!(
            "update mpesa_accounts
             set pull_read_until = greatest(pull_read_until, $3)
             where tenant_id = $1
               and id = $2",
            tx.tenant(),
            account.uuid(),
            now
        )
        .execute(tx.conn())
        .await?;
    }
    if found.is_in_use {
        ask_again(&mut tx, account, Some(now + PAUSE)).await?;
    }
    Ok(tx.commit().await?)
}

/// Reads a part of the list that the provider brought by itself.
///
/// Nobody signs it, so it lands nothing: it only makes us ask for the list now.
pub(in crate::checkout) async fn read_pulled(ctx: &Ctx, callback: CallbackId, body: &str) -> Result<(), AppError> {
    let Some(page) = read_list(body.as_bytes()) else {
        return close_callback(ctx, callback, None, "malformed", false).await;
    };
    let lines = Page::of(page, ctx.now()).lines;
    if !lines.is_empty() {
        start_pulling(ctx).await?;
    }
    close_callback(ctx, callback, None, if lines.is_empty() { "nothing" } else { "asked" }, false).await
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_reading_overlaps_the_last_one_and_makes_up_for_a_pause() {
        let now = DateTime::UNIX_EPOCH + TimeDelta::days(100);
        let back = |read_until| (now - from(now, read_until)).num_minutes();
        assert_eq!(back(Some(now - PAUSE)), 120);
        assert_eq!(back(Some(now - TimeDelta::hours(10))), 615);
        assert_eq!(back(Some(now - TimeDelta::days(9))), 47 * 60);
        assert_eq!(back(None), 47 * 60);
    }
}
