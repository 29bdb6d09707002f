//! Where every received shilling stands: on an order, in the inbox, as a customer's credit, on its way back, or gone.
//!
//! Double entry. A transfer takes from one place what it gives to another, and belongs to one payment. Who books holds
//! the payment's row lock from here on, so no place can be emptied twice.

use crate::{
    db::{DbError, TenantTx},
    error::{AppError, Refusal},
    kernel::{
        access::Actor,
        currency::Currency,
        id::{CustomerId, OrderId, PaymentId, RefundId, TransferId, UserId},
        money::Money,
    },
};
use chrono::{DateTime, Utc};
use uuid::Uuid;

/// Where money can stand; the words of `ledger_entries.place`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Place {
    /// The world: money comes from there and goes back to it.
    Outside,
    /// It came, and nobody knows what for.
    Inbox,
    Order(OrderId),
    /// The customer may buy with it.
    Credit(CustomerId),
    /// Owed: on its way back to the payer.
    Refund(RefundId),
}

impl Place {
    const fn word(self) -> &'static str {
        match self {
            Self::Outside => "outside",
            Self::Inbox => "inbox",
            Self::Order(_) => "order",
            Self::Credit(_) => "credit",
            Self::Refund(_) => "refund",
        }
    }
    fn order(self) -> Option<Uuid> {
        if let Self::Order(id) = self { Some(id.uuid()) } else { None }
    }
    fn customer(self) -> Option<Uuid> {
        if let Self::Credit(id) = self { Some(id.uuid()) } else { None }
    }
    fn refund(self) -> Option<Uuid> {
        if let Self::Refund(id) = self { Some(id.uuid()) } else { None }
    }
    fn read(word: &str, order: Option<Uuid>, customer: Option<Uuid>, refund: Option<Uuid>) -> Option<Self> {
        match word {
            "outside" => Some(Self::Outside),
            "inbox" => Some(Self::Inbox),
            "order" => order.map(|id| Self::Order(id.into())),
            "credit" => customer.map(|id| Self::Credit(id.into())),
            "refund" => refund.map(|id| Self::Refund(id.into())),
            _ => None,
        }
    }
}

/// Why money moved; the words of `ledger_entries.reason`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Why {
    Received,
    /// A person, or a rule that was sure, found the order it is for.
    Assigned,
    /// More came than the order lacked.
    Excess,
    /// The order could not take it any more.
    TooLate,
    /// The order was closed before it was paid in full.
    OrderClosed,
    Credited,
    CreditUsed,
    /// It was the wrong customer's, or is to go another way.
    CreditTakenBack,
    RefundAsked,
    RefundSent,
    RefundGivenUp,
    /// The provider took it back.
    Reversed,
    /// It was a prompt's that had been counted already: it never came a second time.
    ToldTwice,
}

impl Why {
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Received => "received",
            Self::Assigned => "assigned",
            Self::Excess => "excess",
            Self::TooLate => "too_late",
            Self::OrderClosed => "order_closed",
            Self::Credited => "credited",
            Self::CreditUsed => "credit_used",
            Self::CreditTakenBack => "credit_taken_back",
            Self::RefundAsked => "refund_asked",
            Self::RefundSent => "refund_sent",
            Self::RefundGivenUp => "refund_given_up",
            Self::Reversed => "reversed",
            Self::ToldTwice => "told_twice",
        }
    }
}

/// One transfer of one payment's money.
#[derive(Clone, Copy, Debug)]
pub struct Transfer {
    pub payment: PaymentId,
    pub from: Place,
    pub to: Place,
    pub amount: Money,
    pub why: Why,
}

/// Books a transfer. Locks the payment.
///
/// Refused with [`Refusal::MoneyIsNotThere`] when `from` holds less of that payment; nothing is refused that comes from
/// outside. An amount of nothing, or from a place to itself, is ours to mend.
pub(crate) async fn book(
    tx: &mut TenantTx,
    actor: Actor,
    transfer: Transfer,
    now: DateTime<Utc>,
) -> Result<(), AppError> {
    let Transfer { payment, from, to, amount, why } = transfer;
    if amount.minor() <= 0 || from == to {
        return Err(AppError::broken(format!("a transfer of {amount:?} from {from:?} to {to:?}")));
    }
    lock(tx, payment).await?;
    // Read under the lock, in a statement of its own: what others booked while this one waited counts.
    let there = if from == Place::Outside { i64::MAX } else { holding(tx, payment, from).await? };
    if there < amount.minor() {
        return Err(AppError::Refused(Refusal::MoneyIsNotThere));
    }
    // Both sides have one id in common, which is nobody else's.
    sqlx::query!(
        "insert into ledger_entries (tenant_id, transfer_id, payment_id, place, order_id, customer_id, refund_id, amount_cents,
                                     currency, reason, actor_id, created_at, updated_at)
         select $1, $2, $3, side.place, side.order_id, side.customer_id, side.refund_id, side.amount_cents,
                $4, $5, $6, $7, $7
         from (values ($8::text, $9::uuid, $10::uuid, $11::uuid, -$12::bigint),
                      ($13::text, $14::uuid, $15::uuid, $16::uuid, $12::bigint))
              as side (place, order_id, customer_id, refund_id, amount_cents)",
        tx.tenant(),
        TransferId::mint().uuid(),
        payment.uuid(),
        amount.currency().code(),
        why.as_str(),
        actor.user().map(UserId::uuid),
        now,
        from.word(),
        from.order(),
        from.customer(),
        from.refund(),
        amount.minor(),
        to.word(),
        to.order(),
        to.customer(),
        to.refund()
    )
    .execute(tx.conn())
    .await?;
    Ok(())
}

async fn lock(tx: &mut TenantTx, payment: PaymentId) -> Result<(), AppError> {
    sqlx::query!(
        "select id
         from payments
         where tenant_id = $1
           and id = $2
         for update",
        tx.tenant(),
        payment.uuid()
    )
    .fetch_optional(tx.conn())
    .await?
    .map(|_| ())
    .ok_or(AppError::NotFound)
}

/// What a place holds of a payment, in minor units.
async fn holding(tx: &mut TenantTx, payment: PaymentId, place: Place) -> Result<i64, AppError> {
    Ok(sqlx::query_scalar!(
        r#"select coalesce(sum(amount_cents), 0)::bigint as "there!"
           from ledger_entries
           where tenant_id = $1
             and payment_id = $2
             and place = $3
             and order_id is not distinct from $4
             and customer_id is not distinct from $5
             and refund_id is not distinct from $6"#,
        tx.tenant(),
        payment.uuid(),
        place.word(),
        place.order(),
        place.customer(),
        place.refund()
    )
    .fetch_one(tx.conn())
    .await?)
}

/// Where a payment's money stands now; places that hold nothing, and the world, are left out.
pub(crate) async fn standing(tx: &mut TenantTx, payment: PaymentId) -> Result<Vec<(Place, Money)>, AppError> {
    let rows = sqlx::query!(
        r#"select place, order_id, customer_id, refund_id, currency, sum(amount_cents)::bigint as "amount_cents!"
           from ledger_entries
           where tenant_id = $1
             and payment_id = $2
             and place <> 'outside'
           group by place, order_id, customer_id, refund_id, currency
           having sum(amount_cents) <> 0
           order by place, order_id, customer_id, refund_id
           limit 200"#,
        tx.tenant(),
        payment.uuid()
    )
    .fetch_all(tx.conn())
    .await?;
    rows.into_iter()
        .map(|row| {
            let place = Place::read(&row.place, row.order_id, row.customer_id, row.refund_id)
                .ok_or_else(|| DbError::corrupt("ledger_entries.place", &row.place))?;
            let currency = Currency::parse(&row.currency)
                .ok_or_else(|| DbError::corrupt("ledger_entries.currency", &row.currency))?;
            Ok((place, Money::new(row.amount_cents, currency)))
        })
        .collect()
}

/// What came for an order and where it stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct OrderMoney {
    /// Everything that ever came for it, what was too much included; what went on to the inbox is not.
    pub received: Money,
    /// What pays for it now.
    pub on_order: Money,
    /// Taken off it for refunds and credits, given-up ones not counted: the order costs that much less.
    pub refunded: Money,
    /// Came for it beyond what it lacked, and waits to be sent back.
    pub excess: Money,
    /// Taken off it for refunds that have not been sent yet.
    pub in_refund: Money,
}

impl OrderMoney {
    /// What is still to be paid of `total`; nothing when there is too much.
    pub fn missing(&self, total: Money) -> Result<Money, AppError> {
        let due = total.minus(self.refunded).and_then(|due| due.minus(self.on_order)).map_err(AppError::broken)?;
        Ok(if due.minor() > 0 { due } else { Money::zero(total.currency()) })
    }
}

/// Sums up an order's money. The caller holds the order's lock when it acts on it.
pub(crate) async fn on_order(tx: &mut TenantTx, order: OrderId, currency: Currency) -> Result<OrderMoney, AppError> {
    let row = sqlx::query!(
        r#"select coalesce(sum(e.amount_cents) filter (where e.place = 'order'), 0)::bigint as "on_order!",
                  coalesce(-sum(e.amount_cents) filter (where e.place = 'order' and e.reason in ('refund_asked', 'refund_given_up', 'credited', 'reversed')), 0)::bigint as "refunded!",
                  coalesce(sum(e.amount_cents) filter (where e.place = 'order' and e.reason not in ('refund_asked', 'refund_given_up', 'credited', 'reversed')
                                                          or r.kind = 'excess' and e.amount_cents > 0), 0)::bigint as "received!",
                  coalesce(sum(e.amount_cents) filter (where r.kind = 'excess'), 0)::bigint as "excess!",
                  coalesce(sum(e.amount_cents) filter (where r.kind <> 'excess'), 0)::bigint as "in_refund!"
           from (
               select place, reason, amount_cents, refund_id
               from ledger_entries
               where tenant_id = $1
                 and order_id = $2
               union all
               select l.place, l.reason, l.amount_cents, l.refund_id
               from refunds f
               join ledger_entries l on l.tenant_id = $1 and l.refund_id = f.id
               where f.tenant_id = $1
                 and f.order_id = $2
           ) e
           left join refunds r on r.tenant_id = $1 and r.id = e.refund_id"#,
        tx.tenant(),
        order.uuid()
    )
    .fetch_one(tx.conn())
    .await?;
    let money = |cents| Money::new(cents, currency);
    Ok(OrderMoney {
        received: money(row.received),
        on_order: money(row.on_order),
        refunded: money(row.refunded),
        excess: money(row.excess),
        in_refund: money(row.in_refund),
    })
}
