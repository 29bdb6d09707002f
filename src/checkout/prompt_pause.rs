//! The provider's pause between two prompts: it looks at the phone alone, whichever order asks.

use crate::{
    ctx::{Ctx, PromptPauses, SentPrompt},
    db::TenantTx,
    error::AppError,
    kernel::id::PaymentId,
};

/// Until a prompt for that sum may go to the phone; none when it may go now.
pub(super) async fn seconds_left(
    ctx: &Ctx,
    tx: &mut TenantTx,
    phone: &str,
    amount_cents: i64,
) -> Result<Option<u32>, AppError> {
    let (now, pauses) = (ctx.now(), ctx.platform.pauses);
    // A prompt that never left this machine has given its claim back and is in nobody's way.
    let sent = sqlx::query_as!(
        SentPrompt,
        r#"select claimed_at as "at!", amount_cents
           from payments
           where tenant_id = $1
             and phone = $2
             and hook_token_hash is not null
             and claimed_at > $3
           order by claimed_at desc
           limit 20"#,
        tx.tenant(),
        phone,
        now - pauses.longest()
    )
    .fetch_all(tx.conn())
    .await?;
    Ok(pauses.left(&sent, amount_cents, now))
}

/// Whether a prompt that waits to be sent would come within the pause, because another order's went to the phone.
pub(super) async fn comes_too_soon(ctx: &Ctx, payment: PaymentId) -> Result<bool, AppError> {
    if ctx.platform.pauses == PromptPauses::NONE {
        return Ok(false);
    }
    let mut tx = ctx.tx().await?;
    let waiting = sqlx::query!(
        r#"select phone as "phone!", amount_cents
           from payments
           where tenant_id = $1
             and id = $2
             and status = 'initiated'
             and method in ('mpesa_till', 'mpesa_paybill')
             and phone is not null"#,
        tx.tenant(),
        payment.uuid()
    )
    .fetch_optional(tx.conn())
    .await?;
    match waiting {
        Some(waiting) => Ok(seconds_left(ctx, &mut tx, &waiting.phone, waiting.amount_cents).await?.is_some()),
        None => Ok(false),
    }
}
