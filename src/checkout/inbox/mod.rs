//! Money without a place, and what a person does with it: puts it on an order, to a customer's credit, or sends it back.
//!
//! Whoever decides has seen how much of it was in the inbox, and says so; when that has changed meanwhile nothing is
//! done, unless it is the very same decision come twice. Locks as everywhere: goods, buyer, order, payment.

mod assign;
mod credit;
mod known;
mod refund;
mod take_back;
mod use_credit;

pub use assign::{Assignment, assign};
pub use credit::{Credit, credit};
pub(crate) use known::find_known;
pub use refund::{Return, give_back};
pub use take_back::take_back;
pub use use_credit::use_credit;

use super::locks::lock_payment;
use crate::{
    ctx::Ctx,
    db::TenantTx,
    error::AppError,
    kernel::{
        field_errors::{FieldErrors, FieldProblem},
        id::{CustomerId, OrderId, PaymentId, UserId},
        money::Money,
    },
    payments::ledger::{self, Place},
};
use chrono::TimeDelta;

/// The same press, come twice, is not older than this.
const SAME_PRESS: TimeDelta = TimeDelta::minutes(15);

/// Some of one payment's money in the inbox, as a person saw it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Handled {
    pub payment: PaymentId,
    pub amount: Money,
    /// What the inbox held of it when the page was drawn.
    pub seen: Money,
}

impl Handled {
    /// Whole money would be parted within a shilling: no provider moves the parts, so nobody could send them back.
    fn leaves_cents(&self) -> bool {
        self.seen.is_whole() && !self.amount.is_whole()
    }
}

/// Whether a decision may be carried out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Turn {
    /// All is as it was seen.
    Ours,
    /// It has been carried out: the same person pressed twice.
    Done,
}

/// Locks the payment and compares what its inbox holds with what was seen.
async fn take_turn(ctx: &Ctx, tx: &mut TenantTx, handled: Handled, to: Place) -> Result<Turn, AppError> {
    lock_payment(tx, handled.payment).await?;
    let standing = ledger::standing(tx, handled.payment).await?;
    let held = standing.iter().find(|(place, _)| *place == Place::Inbox).map_or(0, |(_, held)| held.minor());
    if held != handled.seen.minor() {
        return if was_done(ctx, tx, handled, to).await? { Ok(Turn::Done) } else { Err(AppError::ChangedMeanwhile) };
    }
    let refuse = |problem| Err(AppError::Invalid(FieldErrors::one("amount", problem)));
    match handled.amount.minor() {
        ..=0 => refuse(FieldProblem::TooLow),
        amount if amount > held => refuse(FieldProblem::TooHigh),
        // What an order lacks may be in cents, and `assign` knows how much that is.
        _ if handled.leaves_cents() && !matches!(to, Place::Order(_)) => refuse(FieldProblem::NotAPrice),
        _ => Ok(Turn::Ours),
    }
}

async fn was_done(ctx: &Ctx, tx: &mut TenantTx, handled: Handled, to: Place) -> Result<bool, AppError> {
    let (order, customer) = match to {
        Place::Order(order) => (Some(order), None),
        Place::Credit(customer) => (None, Some(customer)),
        _ => return Ok(false),
    };
    Ok(sqlx::query_scalar!(
        r#"select exists (
               select from ledger_entries
               where tenant_id = $1
                 and payment_id = $2
                 and amount_cents = $3
                 and (order_id = $4 or customer_id = $5)
                 and actor_id is not distinct from $6
                 and created_at > $7
           ) as "was_done!""#,
        tx.tenant(),
        handled.payment.uuid(),
        handled.amount.minor(),
        order.map(OrderId::uuid),
        customer.map(CustomerId::uuid),
        ctx.actor.user().map(UserId::uuid),
        ctx.now() - SAME_PRESS
    )
    .fetch_one(tx.conn())
    .await?)
}
