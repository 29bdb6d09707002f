//! Where the provider's list and our payments do not agree: written down once, closed by a person with a note.

use crate::{
    ctx::Ctx,
    db::TenantTx,
    error::{AppError, Refusal},
    kernel::{
        access::Permission,
        field_errors::{FieldErrors, required_text},
        id::{CloseGapId, PaymentId, UserId},
        typed::Typed,
    },
};
use chrono::{DateTime, Utc};
use serde_json::json;
use uuid::Uuid;

/// What does not agree; the words of `close_gaps.kind`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum GapKind {
    /// Ours, and the list does not have it.
    NotListed,
    /// On the list, and it could not be taken.
    NotTaken,
    /// Both have it, with different sums.
    Amount,
    /// A card's bank asks for it back.
    Disputed,
}

impl GapKind {
    pub const ALL: [Self; 4] = [Self::NotListed, Self::NotTaken, Self::Amount, Self::Disputed];
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::NotListed => "not_listed",
            Self::NotTaken => "not_taken",
            Self::Amount => "amount",
            Self::Disputed => "disputed",
        }
    }
    pub fn parse(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.as_str() == word)
    }
}

/// A gap as a comparison found it, or a card's bank made it.
#[derive(Clone, Debug)]
pub(in crate::checkout) struct Gap<'a> {
    pub kind: GapKind,
    pub receipt: &'a str,
    pub payment: Option<PaymentId>,
    pub ours_cents: Option<i64>,
    pub listed_cents: Option<i64>,
    pub at: DateTime<Utc>,
}

/// Writes it down. One that is known keeps its row; one that somebody closed stays closed.
pub(in crate::checkout) async fn note(tx: &mut TenantTx, gap: &Gap<'_>) -> Result<(), AppError> {
    sqlx::query!(
        "insert into close_gaps (tenant_id, kind, day, receipt, payment_id, ours_cents, listed_cents)
         select $1, $2, ($7::timestamptz at time zone t.timezone)::date, $3, $4, $5, $6
         from tenants t
         where t.id = $1
         on conflict (tenant_id, kind, receipt) do update
         set ours_cents = excluded.ours_cents, listed_cents = excluded.listed_cents, updated_at = now()
         where close_gaps.closed_at is null",
        tx.tenant(),
        gap.kind.as_str(),
        gap.receipt,
        gap.payment.map(PaymentId::uuid),
        gap.ours_cents,
        gap.listed_cents,
        gap.at
    )
    .execute(tx.conn())
    .await?;
    Ok(())
}

/// Gaps of receipts, and of payments that had none, on which both sides agree by now close by themselves.
pub(super) async fn agree(
    tx: &mut TenantTx,
    receipts: &[String],
    payments: &[Uuid],
    now: DateTime<Utc>,
) -> Result<(), AppError> {
    sqlx::query!(
        "update close_gaps
         set closed_at = $3, updated_at = $3
         where tenant_id = $1
           and (receipt = any($2) or kind = 'not_listed' and payment_id = any($4))
           and closed_at is null",
        tx.tenant(),
        receipts,
        now,
        payments
    )
    .execute(tx.conn())
    .await?;
    Ok(())
}

/// What somebody found out about a gap: required, at most 500 letters.
pub fn parse_note(typed: &Typed) -> Result<String, AppError> {
    required_text(typed.get("note"), 500).map_err(|problem| AppError::Invalid(FieldErrors::one("note", problem)))
}

/// A person has looked: the gap is closed, with what they found out. Sent twice it is closed once; a colleague's note
/// is not written over.
pub async fn close_gap(ctx: &Ctx, gap: CloseGapId, note: &str) -> Result<(), AppError> {
    ctx.require(Permission::HandleMoney)?;
    let mut tx = ctx.tx().await?;
    let closed = sqlx::query!(
        "update close_gaps
         set closed_at = $3, closed_by = $4, note = $5, updated_at = $3
         where tenant_id = $1
           and id = $2
           and closed_at is null",
        tx.tenant(),
        gap.uuid(),
        ctx.now(),
        ctx.actor.user().map(UserId::uuid),
        note
    )
    .execute(tx.conn())
    .await?;
    if closed.rows_affected() == 0 {
        let is_there = sqlx::query_scalar!(
            r#"select note = $3 as "is_same"
               from close_gaps
               where tenant_id = $1
                 and id = $2"#,
            tx.tenant(),
            gap.uuid(),
            note
        )
        .fetch_optional(tx.conn())
        .await?;
        return match is_there {
            None => Err(AppError::NotFound),
            Some(Some(true)) => Ok(()),
            Some(_) => Err(AppError::Refused(Refusal::GapClosed)),
        };
    }
    tx.audit(ctx.actor, "close_gap_closed", "close_gaps", gap.uuid(), json!({})).await?;
    Ok(tx.commit().await?)
}
