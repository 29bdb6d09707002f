//! Staff call an order off: its goods go back to the shelf, what was paid for it becomes a refund, and it is closed.
//!
//! All of it is one transaction. Locks the order's goods, the order, then the payments by id.

use super::{
    locks::{LockedOrder, lock_order},
    refunds::{
        ask::{ask_in, is_known},
        asked::{Asked, restock_field},
        sold::{self, SoldOrder},
    },
    take_money,
};
use crate::{
    catalog::stock_ledger::{self, Move},
    ctx::Ctx,
    db::TenantTx,
    error::{AppError, Refusal},
    inventory::{holds::release_holds, locks::lock_order_goods},
    kernel::{
        access::Permission,
        field_errors::{FieldErrors, FieldProblem, required_line},
        id::{OrderId, OrderItemId, RefundId, UserId},
        money::Money,
        typed::Typed,
    },
    mail::{kind::MailKind, outbox::tell_buyer},
    orders::{refund_shares::Wanted, status::OrderStatus},
    pricing::redemptions,
    tenancy::catalogue_version,
};
use serde_json::json;

/// The form's own fields, beside the box of each line.
pub const FIELDS: [&str; 3] = ["reason", "refund", "way"];
const RESTOCK: &str = "restock-";
const LONGEST_REASON: usize = 200;

/// An order as the page that calls it off shows it.
#[derive(Clone, Debug)]
pub struct Cancelling {
    pub sold: SoldOrder,
    pub version: i32,
    /// What would go back; none when nothing of its money is here.
    pub goes_back: Option<Money>,
    /// Pieces of each line that would go back on the shelf.
    pub for_shelf: Vec<(OrderItemId, u32)>,
    /// Who carries its parcel or expects it, and the code: that is not called off with the order.
    pub parcel: Option<(String, String)>,
}

impl Cancelling {
    /// Whether its process has that move.
    pub fn is_possible(&self) -> bool {
        self.sold.status.go(OrderStatus::Cancelled).is_ok()
    }
}

/// The same as it was asked for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CallingOff {
    pub version: i32,
    /// The team reads it in the order's story; the buyer in the mail about their money.
    pub reason: String,
    /// Lines whose pieces go back on the shelf, where they have left it.
    pub restock: Vec<OrderItemId>,
    /// The refund it becomes, and the sum that the person saw.
    pub money: Option<(RefundId, Money)>,
    /// A person sends the money, also where the provider could.
    pub by_hand: bool,
}

impl CallingOff {
    /// Reads the form; every mistake is named at once. `seen` is the sum that goes back.
    pub fn read(typed: &Typed, version: i32, seen: Option<Money>) -> Result<Self, FieldErrors> {
        let mut errors = FieldErrors::none();
        let reason = errors.expect("reason", required_line(typed.get("reason"), LONGEST_REASON));
        let refund = seen.and_then(|seen| {
            let refund = RefundId::parse(typed.get("refund")).ok_or(FieldProblem::Unreadable);
            errors.expect("refund", refund).map(|refund| (refund, seen))
        });
        let by_hand = match typed.get("way") {
            "" => false,
            super::refunds::asked::BY_HAND => true,
            _ => {
                errors.add("way", FieldProblem::UnknownChoice);
                false
            }
        };
        let mut restock = Vec::new();
        for (name, _) in typed.iter() {
            if let Some(item) = name.strip_prefix(RESTOCK).and_then(OrderItemId::parse) {
                restock.extend(typed.is_on(name).then_some(item));
            } else if !FIELDS.contains(&name) {
                errors.add(&name.chars().take(40).collect::<String>(), FieldProblem::UnknownField);
            }
        }
        match reason {
            Some(reason) if errors.is_empty() => Ok(Self { version, reason, restock, money: refund, by_hand }),
            _ => Err(errors),
        }
    }
}

/// The order for the page; nothing is locked.
pub async fn look(ctx: &Ctx, order: OrderId) -> Result<Cancelling, AppError> {
    ctx.require(Permission::MoveOrders)?;
    let mut tx = ctx.tx().await?;
    let row = sqlx::query!(
        r#"select o.version, p.name as "carrier?", d.tracking_code as "code?"
           from orders o
           left join lateral (
               select b.partner_id, b.tracking_code
               from delivery_orders b
               where b.tenant_id = $1
                 and b.order_id = o.id
                 and b.status in ('pending', 'accepted', 'in_transit')
                 and b.tracking_code <> ''
               order by b.created_at desc, b.id desc
               limit 1
           ) d on true
           left join delivery_partners p on p.tenant_id = $1 and p.id = d.partner_id
           where o.tenant_id = $1
             and o.id = $2"#,
        tx.tenant(),
        order.uuid()
    )
    .fetch_optional(tx.conn())
    .await?
    .ok_or(AppError::NotFound)?;
    let sold = sold::look_in(&mut tx, order).await?;
    let shares = sold.share(&Wanted::all(sold.sold.total.currency())).ok();
    let (goes_back, for_shelf) = (shares.as_ref().map(|shares| shares.total), sold.for_shelf(shares.as_ref()));
    Ok(Cancelling { sold, version: row.version, goes_back, for_shelf, parcel: row.carrier.zip(row.code) })
}

/// Calls the order off once, however often the same form is sent; one that is closed already stays as it is.
///
/// Refused when somebody moved it or its money moved since it was shown ([`AppError::ChangedMeanwhile`]), when its
/// process has no such move, and while somebody is paying it.
pub async fn cancel_order(ctx: &Ctx, order: OrderId, off: &CallingOff) -> Result<(), AppError> {
    ctx.require(Permission::MoveOrders)?;
    let mut tx = ctx.tx().await?;
    lock_order_goods(&mut tx, order).await?;
    let locked = lock_order(&mut tx, order).await?;
    if locked.status == OrderStatus::Cancelled {
        return Ok(());
    }
    if locked.version != off.version {
        return Err(AppError::ChangedMeanwhile);
    }
    if locked.status.go(OrderStatus::Cancelled).is_err() {
        let (from, to) = (locked.status.as_str().into(), OrderStatus::Cancelled.as_str().into());
        return Err(AppError::Refused(Refusal::NoSuchMove { from, to }));
    }
    check_nobody_pays(&mut tx, order).await?;
    let sold = sold::read_locked(&mut tx, &locked).await?;
    match (&off.money, sold.sold.there.minor() > 0) {
        (Some((refund, seen)), true) => {
            let asked = Asked {
                refund: *refund,
                wanted: Wanted::all(sold.sold.total.currency()),
                restock: off.restock.clone(),
                reason: off.reason.clone(),
                by_hand: off.by_hand,
            };
            if is_known(&mut tx, &locked, &asked, *seen).await? {
                return Ok(());
            }
            ask_in(ctx, &mut tx, &locked, &sold, &asked, *seen).await?;
        }
        (None, false) => {
            put_on_shelf(ctx, &mut tx, &sold, &off.restock).await?;
        }
        // Money has come, or gone, since the person looked.
        _ => return Err(AppError::ChangedMeanwhile),
    }
    release_holds(&mut tx, order).await?;
    redemptions::give_back(&mut tx, order, ctx.now()).await?;
    close(ctx, &mut tx, &locked, &off.reason).await?;
    // Whoever gets money back hears of that.
    if off.money.is_none() {
        tell_buyer(&mut tx, MailKind::OrderCancelled, order, order.uuid()).await?;
    }
    let details = json!({
        "from": locked.status.as_str(),
        "refund": off.money.as_ref().map(|(refund, _)| refund),
        "amount_cents": off.money.as_ref().map_or(0, |(_, seen)| seen.minor()),
        "lines_restocked": off.restock.len(),
    });
    tx.audit(ctx.actor, "order_cancelled", "orders", order.uuid(), details).await?;
    // What was held or sold can be bought again.
    catalogue_version::raise(&mut tx).await?;
    Ok(tx.commit().await?)
}

/// A prompt that is open may still bring the money. A card's page stays open for a day: what it brings is owed back.
pub(super) async fn check_nobody_pays(tx: &mut TenantTx, order: OrderId) -> Result<(), AppError> {
    let is_being_paid = sqlx::query_scalar!(
        r#"select exists (
               select
               from payments
               where tenant_id = $1
                 and order_id = $2
                 and status in ('initiated', 'pending')
                 and method in ('mpesa_till', 'mpesa_paybill')
           ) as "is_being_paid!""#,
        tx.tenant(),
        order.uuid()
    )
    .fetch_one(tx.conn())
    .await?;
    if is_being_paid { Err(AppError::Refused(Refusal::PromptStillOpen)) } else { Ok(()) }
}

/// Goods of an order without money: what has left the shelf goes back where the person ticked it, and only once.
async fn put_on_shelf(ctx: &Ctx, tx: &mut TenantTx, sold: &SoldOrder, restock: &[OrderItemId]) -> Result<(), AppError> {
    let mut errors = FieldErrors::none();
    let mut moves = Vec::new();
    let for_shelf = sold.for_shelf(None);
    for item in restock {
        let Some((line, goods)) = sold.sold.lines.iter().zip(&sold.goods).find(|(line, _)| line.item == *item) else {
            errors.add(&restock_field(*item), FieldProblem::UnknownChoice);
            continue;
        };
        let left = for_shelf.iter().find(|(known, _)| *known == line.item).map_or(0, |(_, pieces)| *pieces);
        match goods.variant.zip(i32::try_from(left).ok()).filter(|(_, left)| *left > 0) {
            Some((variant, pieces)) => moves.push(
                Move::of(variant.uuid(), pieces, "refund").about("order", sold.order.uuid()).by(ctx.actor.user()),
            ),
            None => errors.add(&restock_field(*item), FieldProblem::TooHigh),
        }
    }
    if !errors.is_empty() {
        return Err(AppError::Invalid(errors));
    }
    Ok(stock_ledger::write(tx, &moves, false).await?)
}

/// The order, its story with who and why, and every way in which it could still have been paid.
async fn close(ctx: &Ctx, tx: &mut TenantTx, order: &LockedOrder, reason: &str) -> Result<(), AppError> {
    let state = take_money::find_state(tx, order).await?;
    sqlx::query!(
        "with closed as (
             update orders
             set status = 'cancelled',
                 payment_status = $3,
                 cancelled_at = $4,
                 version = version + 1,
                 updated_at = $4
             where tenant_id = $1
               and id = $2
             returning id
         ), intents as (
             update payment_intents
             set status = 'cancelled', updated_at = $4
             where tenant_id = $1
               and order_id = $2
               and status = 'open'
         ), attempts as (
             update payments
             set status = 'failed', failure_reason = 'order_closed', completed_at = $4, updated_at = $4
             where tenant_id = $1
               and order_id = $2
               and status = 'initiated'
               and method in ('cod', 'manual')
         )
         insert into order_status_history (tenant_id, order_id, from_status, to_status, changed_by, changed_at, note)
         select $1, closed.id, $5, 'cancelled', $6, $4, $7
         from closed",
        tx.tenant(),
        order.id.uuid(),
        state.as_str(),
        ctx.now(),
        order.status.as_str(),
        ctx.actor.user().map(UserId::uuid),
        reason
    )
    .execute(tx.conn())
    .await?;
    Ok(())
}
