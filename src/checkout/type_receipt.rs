//! A shopper types the receipt of what they paid: it is noted, and looked into by a job.
//!
//! The answer is the same, and comes as fast, whatever the receipt is: what came of it stands on the order's page later,
//! and a receipt of somebody else's is told like one that does not exist.

use crate::{
    ctx::Ctx,
    error::AppError,
    kernel::{field_errors::FieldErrors, id::OrderId, token::Token},
    payments::{
        questions::{self, Asked},
        receipt::Receipt,
    },
};
use chrono::TimeDelta;
use serde_json::json;

pub const FIELD: &str = "mpesa_receipt";
/// Receipts that one order may be tried with in an hour.
const PER_ORDER: i64 = 5;
/// And one merchant's orders together: nobody guesses receipts by making orders.
const PER_MERCHANT: i64 = 300;
const HOUR: TimeDelta = TimeDelta::hours(1);

/// Notes the receipt and asks for it to be looked into. An order that waits for no money takes none.
///
/// Refused with [`AppError::TooMany`] when too many were tried lately.
pub async fn type_receipt(ctx: &Ctx, token: &Token, typed: &str) -> Result<(), AppError> {
    let receipt = Receipt::parse(typed).map_err(|problem| AppError::Invalid(FieldErrors::one(FIELD, problem)))?;
    let mut tx = ctx.tx().await?;
    // The lock lets no two count at the same time.
    let order = sqlx::query!(
        "select id, payment_status
         from orders
         where tenant_id = $1
           and token_hash = $2
         for update",
        tx.tenant(),
        token.hash()
    )
    .fetch_optional(tx.conn())
    .await?
    .ok_or(AppError::NotFound)?;
    if !matches!(order.payment_status.as_str(), "unpaid" | "partial") {
        return Ok(());
    }
    let lately = sqlx::query!(
        r#"select count(*) filter (where order_id = $2) as "of_order!", count(*) as "of_merchant!"
           from provider_questions
           where tenant_id = $1
             and kind = 'status'
             and receipt is not null
             and created_at > $3"#,
        tx.tenant(),
        order.id,
        ctx.now() - HOUR
    )
    .fetch_one(tx.conn())
    .await?;
    if lately.of_order >= PER_ORDER || lately.of_merchant >= PER_MERCHANT {
        return Err(AppError::TooMany { retry_after_seconds: 3_600 });
    }
    let order = OrderId::from(order.id);
    if let Some(question) = questions::write(ctx, &mut tx, Asked::Typed(order, &receipt)).await? {
        tx.audit(ctx.actor, "receipt_typed", "orders", order.uuid(), json!({ "question": question })).await?;
    }
    Ok(tx.commit().await?)
}
