//! Money that a person says has come: cash that was handed over, a transfer seen at the bank.
//!
//! Locks the order's goods, the order, the payment. A form that is sent twice is one payment.

use super::{
    form_key::scoped_key,
    land_money::{Arrived, Payer, ReceivedBy, write_arrival},
    locks::{LockedOrder, audit_payment, lock_order},
    settle_payment::{Settled, Source, record_end},
    take_money::{Incoming, take},
};
use crate::{
    catalog::price_form::parse_price,
    ctx::Ctx,
    db::TenantTx,
    error::{AppError, Refusal},
    inventory::locks::lock_order_goods,
    kernel::{
        access::Permission,
        currency::Currency,
        field_errors::{FieldErrors, FieldProblem, optional_line},
        id::{OrderId, PaymentId, RiderLinkId, UserId},
        money::Money,
        typed::Typed,
    },
    orders::status::OrderStatus,
    payments::ledger::{self, Place, Why},
};
use serde_json::json;

/// The fields of the form.
pub const FIELDS: [&str; 5] = ["amount", "how", "brought_by", "note", "key"];
pub const LONGEST_NAME: usize = 80;
pub const LONGEST_NOTE: usize = 200;
const LONGEST_KEY: usize = 100;

/// How it came.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ByHand {
    Cash,
    /// A way of the merchant's own: a bank, another network.
    Manual,
}

impl ByHand {
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Cash => "cash",
            Self::Manual => "manual",
        }
    }
    fn parse(text: &str) -> Option<Self> {
        [Self::Cash, Self::Manual].into_iter().find(|how| how.as_str() == text)
    }
    const fn received_by(self) -> ReceivedBy {
        match self {
            Self::Cash => ReceivedBy::Cod,
            Self::Manual => ReceivedBy::Manual,
        }
    }
    const fn source(self) -> Source {
        match self {
            Self::Cash => Source::Cash,
            Self::Manual => Source::Operator,
        }
    }
}

/// What somebody says has come.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HandPayment {
    pub how: ByHand,
    pub amount: Money,
    pub brought_by: Option<String>,
    pub note: Option<String>,
    /// The form's own; the same one again is the same money.
    pub key: String,
}

impl HandPayment {
    /// Reads the form; every mistake is named at once.
    pub fn read(typed: &Typed, currency: Currency) -> Result<Self, FieldErrors> {
        let mut errors = FieldErrors::none();
        let amount = errors.expect("amount", parse_price(typed.get("amount"), currency));
        let how = errors.expect("how", ByHand::parse(typed.get("how")).ok_or(FieldProblem::UnknownChoice));
        let brought_by = errors.expect("brought_by", optional_line(typed.get("brought_by"), LONGEST_NAME));
        let note = errors.expect("note", optional_line(typed.get("note"), LONGEST_NOTE));
        let key = typed.get("key").trim();
        if key.is_empty() || key.len() > LONGEST_KEY {
            errors.add("key", FieldProblem::Missing);
        }
        match (amount, how, brought_by, note) {
            (Some(amount), Some(how), Some(brought_by), Some(note)) if errors.is_empty() => {
                Ok(Self { how, amount, brought_by, note, key: key.to_owned() })
            }
            _ => Err(errors),
        }
    }
}

/// What became of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Recorded {
    pub settled: Settled,
    /// Some of it, or all, waits to be given back.
    pub is_too_much: bool,
}

/// Writes down money for an order: it counts at once. Too little leaves the order paid in part; what is too much waits as
/// a refund for a person.
///
/// Refused with [`Refusal::NotAccepted`] while nobody has accepted a cash order: its goods are only held for a while.
pub async fn take_by_hand(ctx: &Ctx, order: OrderId, given: &HandPayment) -> Result<Recorded, AppError> {
    ctx.require(Permission::HandleMoney)?;
    let mut tx = ctx.tx().await?;
    let (order, recorded) = take_in(ctx, &mut tx, order, given, None).await?;
    tx.commit().await?;
    record_end(ctx, &order, given.amount, recorded.settled);
    Ok(recorded)
}

/// The same inside a transaction that the caller ends; `rider` is by whose link it was said. A rider takes at most what
/// the order lacks.
pub(super) async fn take_in(
    ctx: &Ctx,
    tx: &mut TenantTx,
    order: OrderId,
    given: &HandPayment,
    rider: Option<RiderLinkId>,
) -> Result<(LockedOrder, Recorded), AppError> {
    let goods = lock_order_goods(tx, order).await?;
    let order = lock_order(tx, order).await?;
    if order.status == OrderStatus::Pending {
        return Err(AppError::Refused(Refusal::NotAccepted));
    }
    let payment = PaymentId::mint();
    if !write_down(ctx, tx, &order, given, rider).await? {
        return Ok((order, Recorded { settled: Settled::Unchanged, is_too_much: false }));
    }
    let missing = ledger::on_order(tx, order.id, given.amount.currency()).await?.missing(order.total)?;
    let is_too_much = given.amount.minor() > missing.minor();
    if is_too_much && rider.is_some() {
        // A slip of the finger at the door would have to be given back.
        return Err(AppError::Invalid(FieldErrors::one("amount", FieldProblem::TooHigh)));
    }
    let payment = find_or_make(ctx, tx, &order, given, payment).await?;
    let money = Incoming { payment, amount: given.amount, from: Place::Outside, why: Why::Received };
    let settled = Settled::from(take(ctx, tx, &order, &goods, money).await?);
    sqlx::query!(
        "update hand_payments
         set payment_id = $3, updated_at = $4
         where tenant_id = $1
           and idempotency_key = $2",
        tx.tenant(),
        scoped_key(order.id.uuid().as_bytes(), &given.key),
        payment.uuid(),
        ctx.now()
    )
    .execute(tx.conn())
    .await?;
    let source = given.how.source().as_str();
    audit_payment(tx, payment, "succeeded", json!({ "source": source })).await?;
    let details = json!({ "payment": payment, "amount_cents": given.amount.minor(), "how": given.how.as_str(), "rider_link": rider });
    tx.audit(ctx.actor, "money_recorded", "orders", order.id.uuid(), details).await?;
    Ok((order, Recorded { settled, is_too_much }))
}

/// False when this form was sent before.
async fn write_down(
    ctx: &Ctx,
    tx: &mut TenantTx,
    order: &LockedOrder,
    given: &HandPayment,
    rider: Option<RiderLinkId>,
) -> Result<bool, AppError> {
    let written = sqlx::query!(
        "insert into hand_payments (tenant_id, order_id, idempotency_key, amount_cents, brought_by, note, recorded_by, rider_link_id,
                                    created_at, updated_at)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $9)
         on conflict (tenant_id, idempotency_key) do nothing",
        tx.tenant(),
        order.id.uuid(),
        scoped_key(order.id.uuid().as_bytes(), &given.key),
        given.amount.minor(),
        given.brought_by,
        given.note,
        ctx.actor.user().map(UserId::uuid),
        rider.map(RiderLinkId::uuid),
        ctx.now()
    )
    .execute(tx.conn())
    .await?;
    Ok(written.rows_affected() == 1)
}

/// The payment that was expected of just this sum, or a new one.
async fn find_or_make(
    ctx: &Ctx,
    tx: &mut TenantTx,
    order: &LockedOrder,
    given: &HandPayment,
    fresh: PaymentId,
) -> Result<PaymentId, AppError> {
    let (method, source) = (given.how.received_by(), given.how.source());
    let expected = sqlx::query_scalar!(
        "update payments
         set status = 'succeeded', completed_at = $5, paid_amount_cents = amount_cents, result_source = $6, updated_at = $5
         where tenant_id = $1
           and order_id = $2
           and method = $3
           and amount_cents = $4
           and status = 'initiated'
         returning id",
        tx.tenant(),
        order.id.uuid(),
        method.as_str(),
        given.amount.minor(),
        ctx.now(),
        source.as_str()
    )
    .fetch_optional(tx.conn())
    .await?;
    if let Some(expected) = expected {
        return Ok(expected.into());
    }
    let arrived = Arrived {
        method,
        source,
        receipt: None,
        amount: given.amount,
        order: Some(order.id),
        short_code: None,
        typed_account: None,
        payer: Payer::default(),
        at: ctx.now(),
    };
    write_arrival(ctx, tx, fresh, &arrived).await?;
    Ok(fresh)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn filled() -> Typed {
        Typed::default().with("amount", "1,150").with("how", "cash").with("brought_by", "Otieno").with("key", "k1")
    }

    #[test]
    fn what_was_typed_is_understood() {
        let given = HandPayment::read(&filled(), Currency::Kes).unwrap();
        assert_eq!((given.amount, given.how), (Money::shillings(1_150), ByHand::Cash));
        assert_eq!((given.brought_by.as_deref(), given.note), (Some("Otieno"), None));
    }

    #[test]
    fn each_field_says_what_is_wrong_with_it() {
        let long = "a".repeat(LONGEST_NOTE + 1);
        for (field, typed, problem) in [
            ("amount", "0", FieldProblem::NotAPrice),
            ("amount", "-5", FieldProblem::NotAPrice),
            ("amount", "ten", FieldProblem::NotAPrice),
            ("how", "gold", FieldProblem::UnknownChoice),
            ("brought_by", long.as_str(), FieldProblem::TooLong),
            ("note", "a\nb", FieldProblem::Unreadable),
            ("key", " ", FieldProblem::Missing),
        ] {
            let errors = HandPayment::read(&filled().with(field, typed), Currency::Kes).unwrap_err();
            assert_eq!(errors, FieldErrors::one(field, problem), "{field} {typed}");
        }
    }
}
