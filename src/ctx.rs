//! On whose behalf a verb runs, and what the installation offers it.

use crate::{
    analytics::record::Recorder,
    db::{Db, DbError, Patience, TenantTx},
    delivery::partners::pickup_mtaani::PickupMtaani,
    error::AppError,
    kernel::{
        access::{Actor, Permission},
        clock::Clock,
        id::{SessionId, TenantId},
    },
    mail::providers::africastalking::AfricasTalking,
    payments::providers::{mpesa::Daraja, paystack::Paystack},
    vault::{TenantKey, Vault},
};
use chrono::{DateTime, TimeDelta, Utc};
use serde::Deserialize;
use std::sync::Arc;

/// One installation: everything that all its tenants share. Holds no tenant's data.
#[derive(Clone, Debug)]
pub struct Platform {
    pub db: Db,
    pub clock: Clock,
    pub vault: Vault,
    pub daraja: Daraja,
    pub paystack: Paystack,
    pub texts: AfricasTalking,
    pub pickup_mtaani: PickupMtaani,
    pub recorder: Recorder,
    /// Where providers reach us, without a slash at the end.
    pub base_url: String,
    pub pauses: PromptPauses,
}

/// The provider's minimum pauses between two prompts to one phone.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PromptPauses {
    pub same_phone: TimeDelta,
    /// When the amount is the same too.
    pub same_amount: TimeDelta,
}

impl PromptPauses {
    /// What Safaricom asks for: one minute, two for the same amount.
    pub const PROVIDER: Self = Self { same_phone: TimeDelta::seconds(60), same_amount: TimeDelta::seconds(120) };
    /// For the demo and tests against the sandbox.
    pub const NONE: Self = Self { same_phone: TimeDelta::zero(), same_amount: TimeDelta::zero() };

    /// What was sent longer ago is in nobody's way.
    pub fn longest(self) -> TimeDelta {
        self.same_phone.max(self.same_amount)
    }
    /// The seconds until a prompt for that sum may go to the phone that these were sent to; none when it may go now.
    pub fn left(self, sent: &[SentPrompt], amount_cents: i64, now: DateTime<Utc>) -> Option<u32> {
        let pause = |prompt: &SentPrompt| {
            if prompt.amount_cents == amount_cents { self.same_amount } else { self.same_phone }
        };
        let left = sent.iter().map(|prompt| prompt.at + pause(prompt)).max()? - now;
        // Who waits as long as they are told is not told to wait again.
        let seconds = (left + TimeDelta::milliseconds(999)).num_seconds().max(1);
        (left > TimeDelta::zero()).then(|| u32::try_from(seconds).unwrap_or(u32::MAX))
    }
}

/// A prompt that went to a phone.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
pub struct SentPrompt {
    pub at: DateTime<Utc>,
    pub amount_cents: i64,
}

/// From where somebody asks, for the audit log and the list of sessions.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Origin {
    /// The client's address as the program saw it.
    pub address: Option<String>,
    /// What the browser says of itself, cut to a bearable length.
    pub agent: Option<String>,
    pub session: Option<SessionId>,
}

impl Origin {
    /// The most that is kept of what a browser says of itself.
    const LONGEST_AGENT: usize = 200;

    pub fn new(address: Option<String>, agent: &str, session: Option<SessionId>) -> Self {
        let agent: String = agent.chars().filter(|c| !c.is_control()).take(Self::LONGEST_AGENT).collect();
        Self { address, agent: (!agent.is_empty()).then_some(agent), session }
    }
}

/// A verb's surroundings: the installation, one tenant, who asks and from where.
#[derive(Clone, Debug)]
pub struct Ctx {
    pub platform: Arc<Platform>,
    pub tenant: TenantId,
    pub actor: Actor,
    pub origin: Origin,
    /// How long its statements may take.
    pub patience: Patience,
}

impl Ctx {
    pub const fn new(platform: Arc<Platform>, tenant: TenantId, actor: Actor) -> Self {
        let origin = Origin { address: None, agent: None, session: None };
        Self { platform, tenant, actor, origin, patience: Patience::Usual }
    }
    /// The same, with where the request came from, for the audit.
    #[must_use]
    pub fn from(mut self, origin: Origin) -> Self {
        self.origin = origin;
        self
    }
    /// For somebody who only looks around: no statement is waited for longer than they would wait.
    #[must_use]
    pub fn browsing(mut self) -> Self {
        self.patience = Patience::Browsing;
        self
    }
    /// [`AppError::NotPermitted`] unless the actor may.
    pub fn require(&self, permission: Permission) -> Result<(), AppError> {
        if self.actor.may(permission) { Ok(()) } else { Err(AppError::NotPermitted) }
    }
    /// A transaction in this tenant, and in no other; nothing is kept without its commit.
    pub async fn tx(&self) -> Result<TenantTx, DbError> {
        Ok(self.platform.db.tenant_within(self.tenant, self.patience).await?.by(self.origin.clone()))
    }
    pub fn now(&self) -> DateTime<Utc> {
        self.platform.clock.now()
    }
    /// The tenant's own key; made when it is asked for first.
    pub async fn key(&self, tx: &mut TenantTx) -> Result<TenantKey, AppError> {
        self.platform.vault.key(tx).await
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_same_sum_waits_longer_than_another_and_nobody_waits_for_what_is_over() {
        let now = DateTime::from_timestamp(1_795_000_000, 0).unwrap();
        let sent = |ago: i64, amount_cents| SentPrompt { at: now - TimeDelta::milliseconds(ago), amount_cents };
        let left = |sent: &[SentPrompt]| PromptPauses::PROVIDER.left(sent, 115_000, now);
        assert_eq!(left(&[]), None);
        assert_eq!(left(&[sent(0, 115_000)]), Some(120));
        assert_eq!(left(&[sent(0, 50_000)]), Some(60));
        assert_eq!(left(&[sent(50_000, 50_000), sent(100_000, 115_000)]), Some(20));
        assert_eq!(left(&[sent(119_900, 115_000)]), Some(1));
        assert_eq!(left(&[sent(60_000, 50_000), sent(120_000, 115_000)]), None);
        assert_eq!(PromptPauses::NONE.left(&[sent(0, 115_000)], 115_000, now), None);
    }
}
