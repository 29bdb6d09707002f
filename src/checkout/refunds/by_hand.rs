//! What a person does with a refund: says that it was sent, or was not, tries again, gives it up.

use super::{
    check::CARD_DAYS,
    finish,
    locks::{LockedRefund, list_held, lock_refund},
    way,
};
use crate::{
    ctx::Ctx,
    db::TenantTx,
    error::{AppError, Refusal},
    jobs::kinds::Job,
    kernel::{
        access::Permission,
        field_errors::{FieldErrors, FieldProblem},
        id::{PaymentId, RefundId},
        money::Money,
        typed::Typed,
    },
    payments::refund::{RefundFailure, RefundKind, RefundStatus, RefundWay},
};
use chrono::TimeDelta;
use serde_json::json;

/// The fields of the form that says it was sent.
pub const FIELDS: [&str; 2] = ["receipt", "cash"];
const LONGEST_RECEIPT: usize = 24;
/// After so long without a word of the provider a person may look for themselves and say what they found.
///
/// A card provider that has taken it may wait for the bank (`is_taken`: we know its number there).
pub const fn patience(way: RefundWay, is_taken: bool) -> TimeDelta {
    match way {
        RefundWay::Card if is_taken => CARD_DAYS,
        _ => TimeDelta::minutes(30),
    }
}

/// The provider may still send it, or has sent another sum: asking once more could send it twice.
pub const fn can_retry(failure: Option<RefundFailure>) -> bool {
    !matches!(failure, Some(RefundFailure::CardNeedsAttention | RefundFailure::CardOtherSum))
}

/// How a person gave the money back.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum GivenBack {
    /// With the receipt of whatever carried it.
    Sent(String),
    /// Out of the till.
    InCash,
}

impl GivenBack {
    /// Reads the form: a receipt, or the box that it was cash.
    pub fn read(typed: &Typed) -> Result<Self, FieldErrors> {
        let receipt = typed.get("receipt").trim();
        match (receipt.is_empty(), typed.is_on("cash")) {
            (true, true) => Ok(Self::InCash),
            (true, false) => Err(FieldErrors::one("receipt", FieldProblem::Missing)),
            (false, true) => Err(FieldErrors::one("cash", FieldProblem::UnknownChoice)),
            (false, false) => read_receipt(receipt).map(Self::Sent).map_err(|it| FieldErrors::one("receipt", it)),
        }
    }
}

/// Letters and digits, in capitals: a receipt is the same however it is typed.
fn read_receipt(typed: &str) -> Result<String, FieldProblem> {
    let receipt: String =
        typed.chars().filter(|c| !matches!(c, ' ' | '-' | '/' | '.')).map(|c| c.to_ascii_uppercase()).collect();
    match receipt.chars().count() {
        0..4 => Err(FieldProblem::NotACode),
        n if n > LONGEST_RECEIPT => Err(FieldProblem::TooLong),
        _ if !receipt.bytes().all(|b| b.is_ascii_alphanumeric()) => Err(FieldProblem::NotACode),
        _ => Ok(receipt),
    }
}

/// Notes that somebody has sent it. The same receipt twice is once; a receipt is for one refund, and never one that
/// brought money in.
///
/// Refused while the provider may still send it ([`Refusal::RefundOnItsWay`]) and when it has ended.
pub async fn mark_sent(ctx: &Ctx, refund: RefundId, given: &GivenBack) -> Result<(), AppError> {
    ctx.require(Permission::HandleMoney)?;
    let mut tx = ctx.tx().await?;
    let locked = lock_refund(&mut tx, refund).await?;
    if let GivenBack::Sent(receipt) = given {
        match find_receipt(&mut tx, receipt).await? {
            Some(known) if known == refund => return Ok(()),
            Some(_) => return Err(AppError::Invalid(FieldErrors::one("receipt", FieldProblem::Taken))),
            None => {}
        }
        if has_brought_money(&mut tx, receipt).await? {
            return Err(AppError::Invalid(FieldErrors::one("receipt", FieldProblem::Taken)));
        }
    }
    check_in_hand(ctx, &locked)?;
    let (way, receipt) = match given {
        GivenBack::InCash => (RefundWay::Cash, None),
        GivenBack::Sent(receipt) => (RefundWay::Manual, Some(receipt.as_str())),
    };
    finish::sent(ctx, &mut tx, &locked, way, receipt).await?;
    let details = json!({ "amount_cents": locked.amount.minor(), "way": way.as_str() });
    tx.audit(ctx.actor, "refund_marked_sent", "refunds", refund.uuid(), details).await?;
    Ok(tx.commit().await?)
}

/// Gives a failed refund to the provider again, or leaves it to a person when the provider cannot send it.
pub async fn retry(ctx: &Ctx, refund: RefundId) -> Result<(), AppError> {
    ctx.require(Permission::RefundMoney)?;
    let mut tx = ctx.tx().await?;
    let locked = lock_refund(&mut tx, refund).await?;
    if locked.status != RefundStatus::Failed || locked.is_given_up {
        return Err(ended(&locked));
    }
    if !can_retry(locked.failure) {
        return Err(AppError::Refused(Refusal::OnlyByHand));
    }
    let payments: Vec<PaymentId> = list_held(&mut tx, &locked).await?.into_iter().map(|(payment, _)| payment).collect();
    let senders = way::senders(&mut tx, &payments).await?;
    let can_send = match locked.way {
        RefundWay::Reversal => matches!(payments[..], [one] if senders.can_reverse(one)),
        RefundWay::Card => senders.can_card,
        RefundWay::Manual | RefundWay::Cash | RefundWay::Credit => false,
    };
    let next = if can_send { locked.way } else { RefundWay::Manual };
    sqlx::query!(
        "update refunds
         set status = 'pending', way = $3, claimed_at = null, next_check_at = null, failure = null, provider_reference = null, updated_at = $4
         where tenant_id = $1
           and id = $2
           and status = 'failed'",
        tx.tenant(),
        refund.uuid(),
        next.as_str(),
        ctx.now()
    )
    .execute(tx.conn())
    .await?;
    if can_send {
        tx.enqueue(&Job::SendRefund(refund), None, Some(&format!("refund:{refund}"))).await?;
    }
    tx.audit(ctx.actor, "refund_retried", "refunds", refund.uuid(), json!({ "way": next.as_str() })).await?;
    Ok(tx.commit().await?)
}

/// Puts the money back where it was asked from. Money that was too much cannot be given up: it is not the shop's.
pub async fn give_up(ctx: &Ctx, refund: RefundId) -> Result<(), AppError> {
    ctx.require(Permission::RefundMoney)?;
    let mut tx = ctx.tx().await?;
    let locked = lock_refund(&mut tx, refund).await?;
    if locked.is_given_up {
        return Ok(());
    }
    check_in_hand(ctx, &locked)?;
    if locked.kind == RefundKind::Excess {
        return Err(AppError::Refused(Refusal::NotOursToKeep));
    }
    finish::given_up(ctx, &mut tx, &locked).await?;
    let details = json!({ "amount_cents": locked.amount.minor() });
    tx.audit(ctx.actor, "refund_given_up", "refunds", refund.uuid(), details).await?;
    Ok(tx.commit().await?)
}

/// Says, after the provider was silent for long, that it has not sent it: it can be tried again then.
pub async fn say_not_sent(ctx: &Ctx, refund: RefundId) -> Result<(), AppError> {
    ctx.require(Permission::RefundMoney)?;
    let mut tx = ctx.tx().await?;
    let locked = lock_refund(&mut tx, refund).await?;
    if locked.status == RefundStatus::Failed {
        return Ok(());
    }
    check_in_hand(ctx, &locked)?;
    if locked.claimed_at.is_none() {
        return Err(ended(&locked));
    }
    finish::failed(ctx, &mut tx, &locked, RefundFailure::NoAnswer).await?;
    tx.audit(ctx.actor, "refund_said_not_sent", "refunds", refund.uuid(), json!({})).await?;
    Ok(tx.commit().await?)
}

/// In a person's hand is what has not ended and what the provider does not have, or has been silent about for long.
/// What waits for the job that sends it can be taken from it: the job claims under the same lock.
pub(super) fn check_in_hand(ctx: &Ctx, refund: &LockedRefund) -> Result<(), AppError> {
    if refund.status == RefundStatus::Processed || refund.is_given_up {
        return Err(ended(refund));
    }
    let is_fresh =
        refund.claimed_at.is_some_and(|at| ctx.now() - at < patience(refund.way, refund.provider_reference.is_some()));
    if refund.is_on_its_way() && is_fresh { Err(AppError::Refused(Refusal::RefundOnItsWay)) } else { Ok(()) }
}

fn ended(refund: &LockedRefund) -> AppError {
    AppError::Refused(match refund.status {
        RefundStatus::Pending => Refusal::RefundOnItsWay,
        RefundStatus::Processed | RefundStatus::Failed => Refusal::RefundEnded,
    })
}

async fn find_receipt(tx: &mut TenantTx, receipt: &str) -> Result<Option<RefundId>, AppError> {
    let known = sqlx::query_scalar!(
        "select id
         from refunds
         where tenant_id = $1
           and receipt = $2",
        tx.tenant(),
        receipt
    )
    .fetch_optional(tx.conn())
    .await?;
    Ok(known.map(Into::into))
}

/// The receipt of a payment is copied by mistake easily.
async fn has_brought_money(tx: &mut TenantTx, receipt: &str) -> Result<bool, AppError> {
    Ok(sqlx::query_scalar!(
        r#"select exists (
               select
               from payments
               where tenant_id = $1
                 and mpesa_receipt = $2
           ) as "has_brought!""#,
        tx.tenant(),
        receipt
    )
    .fetch_one(tx.conn())
    .await?)
}

/// A refund that waits for a person is given to the provider, where the provider can send it.
pub async fn send_owed(ctx: &Ctx, refund: RefundId) -> Result<(), AppError> {
    ctx.require(Permission::RefundMoney)?;
    let mut tx = ctx.tx().await?;
    let locked = lock_refund(&mut tx, refund).await?;
    if locked.status != RefundStatus::Pending || locked.is_on_its_way() {
        return Err(ended(&locked));
    }
    // Both can send no more than one payment's money.
    let [(payment, held)] = list_held(&mut tx, &locked).await?[..] else {
        return Err(AppError::Refused(Refusal::OnlyByHand));
    };
    let senders = way::senders(&mut tx, &[payment]).await?;
    let way = match provider_of(&mut tx, payment, held).await? {
        Some(RefundWay::Reversal) if senders.can_reverse(payment) => RefundWay::Reversal,
        Some(RefundWay::Card) if senders.can_card => RefundWay::Card,
        _ => return Err(AppError::Refused(Refusal::OnlyByHand)),
    };
    sqlx::query!(
        "update refunds
         set way = $3, failure = null, updated_at = $4
         where tenant_id = $1
           and id = $2",
        tx.tenant(),
        refund.uuid(),
        way.as_str(),
        ctx.now()
    )
    .execute(tx.conn())
    .await?;
    tx.enqueue(&Job::SendRefund(refund), None, Some(&format!("refund:{refund}"))).await?;
    tx.audit(ctx.actor, "refund_given_to_provider", "refunds", refund.uuid(), json!({})).await?;
    Ok(tx.commit().await?)
}

/// Who can send it: M-Pesa the whole of one payment whose receipt is known, the card provider any part of one.
async fn provider_of(tx: &mut TenantTx, payment: PaymentId, held: Money) -> Result<Option<RefundWay>, AppError> {
    let row = sqlx::query!(
        r#"select method = 'card' and provider_reference is not null as "is_card!",
                  method in ('mpesa_till', 'mpesa_paybill')
                  and mpesa_receipt is not null
                  and coalesce(paid_amount_cents, amount_cents) = $3 as "is_whole!"
           from payments
           where tenant_id = $1
             and id = $2"#,
        tx.tenant(),
        payment.uuid(),
        held.minor()
    )
    .fetch_one(tx.conn())
    .await?;
    Ok(match row {
        row if row.is_card => Some(RefundWay::Card),
        row if row.is_whole => Some(RefundWay::Reversal),
        _ => None,
    })
}
