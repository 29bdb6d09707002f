//! Who did what, written in the transaction that did it.

use super::{DbError, TenantTx};
use crate::kernel::{access::Actor, acts};
use serde_json::Value;
use uuid::Uuid;

impl TenantTx {
    /// Adds a line to the audit log. `action` is in the past tense (`price_changed`), `table` is
    /// where `subject` is a row; `details` names no person and no secret. Every action is in `kernel::acts`.
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
        let actor = actor.user().map(crate::kernel::id::UserId::uuid);
        self.note_act(actor, kind, action, table, subject, details).await
    }

    /// The same for somebody at the machine itself, who has no account.
    pub(crate) async fn audit_operator(
        &mut self,
        action: &str,
        table: &str,
        subject: Uuid,
        details: Value,
    ) -> Result<(), DbError> {
        self.note_act(None, "operator", action, table, subject, details).await
    }

    async fn note_act(
        &mut self,
        actor: Option<Uuid>,
        kind: &str,
        action: &str,
        table: &str,
        subject: Uuid,
        details: Value,
    ) -> Result<(), DbError> {
        debug_assert!(acts::is_known(action), "{action} is not among the acts that the log knows");
        let origin = self.origin.clone();
        sqlx::query!(
            "insert into audit_log (tenant_id, actor_id, actor_kind, action, subject_type, subject_id, details,
                                    session_id, source_address, source_agent)
             values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)",
            self.tenant(),
            actor,
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
