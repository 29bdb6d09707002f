//! The brake on guessing: whoever guessed wrongly waits longer and longer, per account, address or code.

use crate::{
    ctx::{Ctx, Platform},
    db::TenantTx,
    error::AppError,
    kernel::household,
};
use chrono::{DateTime, Utc};
use sha2::{Digest as _, Sha256};
use std::net::IpAddr;

/// Who tries a key waits for whoever tries it too.
const ONE_AT_A_TIME: &str = "select pg_advisory_xact_lock(hashtextextended('tried ' || encode($1, 'hex'), 0))";

/// What is braked, without naming anybody.
pub(crate) fn key(kind: &str, of: &str) -> Vec<u8> {
    Sha256::new().chain_update(kind).chain_update(of).finalize().to_vec()
}

/// An address as it is counted; what is none stays as it is.
pub(crate) fn household(address: &str) -> String {
    match address.parse::<IpAddr>() {
        Ok(address) => household::household(address).to_string(),
        Err(_) => address.to_owned(),
    }
}

/// How many seconds the keys must still wait; none when they need not.
pub(crate) async fn wait(platform: &Platform, keys: &[Vec<u8>]) -> Result<Option<u32>, AppError> {
    for key in keys {
        if let Some(until) = platform.db.sign_in_blocked_until(key).await? {
            return Ok(Some(seconds_until(platform, until)));
        }
    }
    Ok(None)
}

/// The same for one key, whose turn is held until the transaction ends: many who try at the same moment would all be among
/// the first.
pub(crate) async fn take_turn(ctx: &Ctx, tx: &mut TenantTx, key: &[u8]) -> Result<Option<u32>, AppError> {
    sqlx::query(ONE_AT_A_TIME).bind(key).execute(tx.conn()).await?;
    let until = tx.sign_in_blocked_until(key).await?;
    Ok(until.map(|until| seconds_until(&ctx.platform, until)))
}

pub(crate) async fn note_failure(platform: &Platform, keys: &[Vec<u8>]) -> Result<(), AppError> {
    for key in keys {
        platform.db.note_sign_in_failure(key).await?;
    }
    Ok(())
}

/// From 1 to 3600, whatever the two clocks think.
pub(crate) fn seconds_until(platform: &Platform, until: DateTime<Utc>) -> u32 {
    let seconds = (until - platform.clock.now()).num_seconds().clamp(1, 3600);
    u32::try_from(seconds).unwrap_or(60)
}

#[cfg(test)]
mod tests {
    use super::household;

    #[test]
    fn a_household_counts_as_one_and_no_address_as_itself() {
        assert_eq!(household("2001:db8:1:2:3:4:5:6"), household("2001:db8:1:2:ffff::1"));
        assert_eq!(household("::ffff:203.0.113.9"), "203.0.113.9");
        assert_eq!(household("203.0.113.9"), "203.0.113.9");
        assert_eq!(household(""), "");
    }
}
