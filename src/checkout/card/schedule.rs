//! Asks about a payment by card for as long as the provider keeps its page, soon at first and then ever less often.

use super::{
    super::settle_payment::{Source, settle_card},
    ask::{Heard, ask, watch},
};
use crate::{
    ctx::{Ctx, Platform},
    error::AppError,
    jobs::kinds::Job,
    kernel::{
        access::Actor,
        id::{PaymentId, TenantId},
    },
    payments::providers::paystack::outcome::CardOutcome,
};
use chrono::TimeDelta;
use std::sync::Arc;

/// The provider keeps a page this long; what nobody has finished by then brings nothing.
const LIFE: TimeDelta = TimeDelta::hours(24);
/// When it cannot be asked at the end, it is asked this much longer.
const GIVE_UP: TimeDelta = TimeDelta::hours(72);

/// When to ask next, by the time since the page was asked for; none when its life is over.
fn next_check(age: TimeDelta) -> Option<TimeDelta> {
    let minute = TimeDelta::minutes(1);
    Some(match age {
        age if age < minute * 10 => minute,
        age if age < minute * 60 => minute * 5,
        age if age < minute * 360 => minute * 30,
        age if age < LIFE => (minute * 180).min(LIFE - age),
        _ => return None,
    })
}

/// Asks once; asks for itself again while money may still come.
pub async fn check_card(platform: &Arc<Platform>, tenant: TenantId, payment: PaymentId) -> Result<(), AppError> {
    let ctx = Ctx::new(platform.clone(), tenant, Actor::Program);
    let heard = ask(&ctx, payment, Source::Query).await?;
    let claimed_at = watch(&ctx, payment).await?.and_then(|watched| watched.claimed_at);
    let (Some(claimed_at), Heard::Failed | Heard::Open | Heard::NotReached) = (claimed_at, heard) else {
        return Ok(());
    };
    let age = ctx.now() - claimed_at;
    let pause = match (next_check(age), heard) {
        (Some(pause), _) => pause,
        (None, Heard::NotReached) if age < GIVE_UP => TimeDelta::hours(1),
        (None, _) => {
            settle_card(&ctx, payment, CardOutcome::Abandoned, Source::Query).await?;
            return Ok(());
        }
    };
    let at = ctx.now() + pause;
    let mut tx = ctx.tx().await?;
    sqlx::query!(
        "update payments
         set next_check_at = $3, check_count = check_count + 1, updated_at = now()
         where tenant_id = $1
           and id = $2",
        tx.tenant(),
        payment.uuid(),
        at
    )
    .execute(tx.conn())
    .await?;
    tx.enqueue(&Job::CheckCard(payment), Some(at), Some(&format!("card:{payment}"))).await?;
    Ok(tx.commit().await?)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_open_page_is_asked_about_for_as_long_as_it_lives() {
        let at = |minutes| next_check(TimeDelta::minutes(minutes)).map(|pause| pause.num_minutes());
        assert_eq!(at(1), Some(1));
        assert_eq!(at(10), Some(5));
        assert_eq!(at(60), Some(30));
        assert_eq!(at(360), Some(180));
        assert_eq!(at(1_430), Some(10));
        assert_eq!(at(1_440), None);
    }
}
