//! Who did what, written in the transaction that did it.

use super::{DbError, TenantTx};
use crate::kernel::access::Actor;
use serde_json::Value;
use uuid::Uuid;

impl TenantTx {
    /// Adds a line to the audit log. `action` is in the past tense (`price_changed`), `table` is
    /// where `subject` is a row; `details` names no person and no secret.
    pub(crate) async fn audit(
        &mut self,
        actor: Actor,
        action: &str,
        table: &str,
        subject: Uuid,
        details: Value,
    ) -> Result<(), DbError> {
        let kind = match actor {
            Actor::Member { .. } => "user",
            Actor::Shopper => "customer",
            Actor::Program => "system",
        };
        let origin = self.origin.clone();
        sqlx::query!(
            "insert into audit_log (tenant_id, actor_id, actor_kind, action, subject_type, subject_id, details,
                                    session_id, source_address, source_agent)
             values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)",
            self.tenant(),
            actor.user().map(crate::kernel::id::UserId::uuid),
            kind,
            action,
            table,
            subject,
            details,
            origin.session.map(crate::kernel::id::SessionId::uuid),
            origin.address,
            origin.agent
        )
        .execute(self.conn())
        .await?;
        Ok(())
    }
}
