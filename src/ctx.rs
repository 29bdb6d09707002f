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
    pub fn require(&self, permission: Permission) -> Result<(), AppError> {
        if self.actor.may(permission) { Ok(()) } else { Err(AppError::NotPermitted) }
    }
    pub async fn tx(&self) -> Result<TenantTx, DbError> {
        Ok(self.platform.db.tenant_within(self.tenant, self.patience).await?.by(self.origin.clone()))
    }
    pub fn now(&self) -> DateTime<Utc> {
        self.platform.clock.now()
    }
    pub async fn key(&self, tx: &mut TenantTx) -> Result<TenantKey, AppError> {
        self.platform.vault.key(tx).await
    }
}
