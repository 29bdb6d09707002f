//! A parcel was not handed over: why, by the rider's link or by the team.

use super::give::mark;
use crate::{
    checkout::{
        locks::{LockedOrder, lock_order},
        rider::end_links,
    },
    ctx::Ctx,
    db::TenantTx,
    delivery::parcel::Failure,
    error::{AppError, Refusal},
    kernel::{
        access::Permission,
        field_errors::{FieldErrors, FieldProblem, optional_text},
        id::{OrderId, ParcelId},
        typed::Typed,
    },
    mail::{kind::MailKind, outbox::tell_buyer},
    orders::status::OrderStatus,
};
use serde_json::json;

/// The fields of the form.
pub const FAILURE_FIELDS: [&str; 2] = ["reason", "note"];
const LONGEST_NOTE: usize = 300;

/// Why, and what else there is to say.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NotHandedOver {
    pub failure: Failure,
    pub note: Option<String>,
}

impl NotHandedOver {
    /// Reads the form; every mistake is named at once.
    pub fn read(typed: &Typed) -> Result<Self, FieldErrors> {
        let mut errors = FieldErrors::none();
        typed.expect_only(&FAILURE_FIELDS, &mut errors);
        let reason = match typed.get("reason") {
            "" => Err(FieldProblem::Missing),
            word => Failure::parse(word)
                .filter(|failure| Failure::OFFERED.contains(failure))
                .ok_or(FieldProblem::UnknownChoice),
        };
        let failure = errors.expect("reason", reason);
        let note = errors.expect("note", optional_text(typed.get("note"), LONGEST_NOTE));
        match (failure, note) {
            (Some(failure), Some(note)) if errors.is_empty() => Ok(Self { failure, note }),
            _ => Err(errors),
        }
    }
}

/// The team writes down that the parcel of an order, still at `version`, was not handed over. Twice is once.
pub async fn fail(ctx: &Ctx, order: OrderId, version: i32, why: &NotHandedOver) -> Result<(), AppError> {
    ctx.require(Permission::MoveOrders)?;
    let mut tx = ctx.tx().await?;
    let locked = lock_order(&mut tx, order).await?;
    let parcel = sqlx::query_scalar!(
        "select id
         from delivery_orders
         where tenant_id = $1
           and order_id = $2
           and is_current",
        tx.tenant(),
        order.uuid()
    )
    .fetch_optional(tx.conn())
    .await?;
    let refusal = || {
        let (from, to) = (locked.status.as_str().into(), OrderStatus::Dispatched.as_str().into());
        AppError::Refused(Refusal::NoSuchMove { from, to })
    };
    let parcel: ParcelId = parcel.ok_or_else(refusal)?.into();
    if is_written(&mut tx, parcel, why).await? {
        return Ok(());
    }
    if locked.version != version {
        return Err(AppError::ChangedMeanwhile);
    }
    write_failure(ctx, &mut tx, &locked, parcel, why).await?;
    Ok(tx.commit().await?)
}

/// Whether just this stands there already.
pub(in crate::checkout) async fn is_written(
    tx: &mut TenantTx,
    parcel: ParcelId,
    why: &NotHandedOver,
) -> Result<bool, AppError> {
    let same = sqlx::query_scalar!(
        r#"select exists (
               select
               from delivery_orders
               where tenant_id = $1
                 and id = $2
                 and status = 'failed'
                 and failure = $3
                 and notes is not distinct from $4
           ) as "same!""#,
        tx.tenant(),
        parcel.uuid(),
        why.failure.as_str(),
        why.note
    )
    .fetch_one(tx.conn())
    .await?;
    Ok(same)
}

/// Ends a try that is under way, and its link. The order stays on its way until somebody has the goods in hand.
pub(in crate::checkout) async fn write_failure(
    ctx: &Ctx,
    tx: &mut TenantTx,
    order: &LockedOrder,
    parcel: ParcelId,
    why: &NotHandedOver,
) -> Result<(), AppError> {
    let ended = sqlx::query!(
        "update delivery_orders
         set status = 'failed', failure = $3, notes = $4, failed_at = $5, updated_at = $5
         where tenant_id = $1
           and id = $2
           and is_current
           and status = 'in_transit'",
        tx.tenant(),
        parcel.uuid(),
        why.failure.as_str(),
        why.note,
        ctx.now()
    )
    .execute(tx.conn())
    .await?;
    if ended.rows_affected() == 0 || order.status != OrderStatus::Dispatched {
        return Err(AppError::NotFound);
    }
    end_links(tx, order.id, ctx.now()).await?;
    mark(ctx, tx, order.id, true).await?;
    tell_buyer(tx, MailKind::DeliveryFailed, order.id, parcel.uuid()).await?;
    let details = json!({ "order": order.id, "failure": why.failure.as_str() });
    tx.audit(ctx.actor, "delivery_failed", "delivery_orders", parcel.uuid(), details).await?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_reason_is_one_of_those_offered() {
        let read =
            |reason: &str, note: &str| NotHandedOver::read(&Typed::default().with("reason", reason).with("note", note));
        let why = NotHandedOver { failure: Failure::NobodyThere, note: Some("rang twice".into()) };
        assert_eq!(read("nobody_there", " rang twice "), Ok(why));
        for (reason, problem) in [
            ("", FieldProblem::Missing),
            ("rain", FieldProblem::UnknownChoice),
            ("brought_back", FieldProblem::UnknownChoice),
        ] {
            assert_eq!(read(reason, ""), Err(FieldErrors::one("reason", problem)), "{reason}");
        }
        let long = "a".repeat(LONGEST_NOTE + 1);
        assert_eq!(read("refused", &long), Err(FieldErrors::one("note", FieldProblem::TooLong)));
    }
}
