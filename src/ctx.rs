//! On whose behalf a verb runs, and what the installation offers it.

use crate::{
    analytics::record::Recorder,
    db::{Db, DbError, TenantTx},
    error::AppError,
    kernel::{
        access::{Actor, Permission},
        clock::Clock,
        id::TenantId,
    },
    payments::providers::mpesa::Daraja,
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

/// A verb's surroundings: the installation, one tenant, and who asks.
#[derive(Clone, Debug)]
pub struct Ctx {
    pub platform: Arc<Platform>,
    pub tenant: TenantId,
    pub actor: Actor,
}

impl Ctx {
    pub const fn new(platform: Arc<Platform>, tenant: TenantId, actor: Actor) -> Self {
        Self { platform, tenant, actor }
    }
    pub fn require(&self, permission: Permission) -> Result<(), AppError> {
        if self.actor.may(permission) { Ok(()) } else { Err(AppError::NotPermitted) }
    }
    pub async fn tx(&self) -> Result<TenantTx, DbError> {
        self.platform.db.tenant(self.tenant).await
    }
    pub fn now(&self) -> DateTime<Utc> {
        self.platform.clock.now()
    }
    pub async fn key(&self, tx: &mut TenantTx) -> Result<TenantKey, AppError> {
        self.platform.vault.key(tx).await
    }
}
