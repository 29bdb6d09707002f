//! Somebody asks for a refund: the money leaves the order at once, so that it cannot be given back twice.
//!
//! Locks the order's goods, the order, then the payments by id.

use super::{
    super::{
        locks::{LockedOrder, audit_payment, lock_order, move_locked_order},
        take_money,
    },
    asked::{Asked, problem, restock_field},
    letters,
    sold::{self, SoldOrder},
    way::{self, Part, Senders},
};
use crate::{
    catalog::stock_ledger::{self, Move},
    ctx::Ctx,
    db::TenantTx,
    error::{AppError, Refusal},
    inventory::{holds::release_holds, locks::lock_order_goods},
    jobs::kinds::Job,
    kernel::{
        access::Permission,
        field_errors::{FieldErrors, FieldProblem, required_line},
        id::{OrderId, PaymentId, RefundId, UserId},
        money::Money,
    },
    mail::kind::MailKind,
    orders::{refund_shares::Shares, status::OrderStatus},
    payments::{
        account::find_credentials,
        ledger::{self, Place, Transfer, Why},
        refund::{RefundKind, RefundWay},
    },
    pricing::redemptions,
    tenancy::catalogue_version,
    vault::Purpose,
};
use serde_json::json;
use uuid::Uuid;

/// Asks for a refund of an order once, however often the same form is sent. `seen` is the total that the person saw.
///
/// An order that still waits for the rest of its money can only be given up: everything goes back and it is closed.
/// Refused when the sums have moved since ([`AppError::ChangedMeanwhile`]), and when a prompt of the order is open.
pub async fn ask_refund(ctx: &Ctx, order: OrderId, asked: &Asked, seen: Money) -> Result<RefundId, AppError> {
    ctx.require(Permission::RefundMoney)?;
    let mut tx = ctx.tx().await?;
    lock_order_goods(&mut tx, order).await?;
    let locked = lock_order(&mut tx, order).await?;
    if let Some(known) = find_known(&mut tx, asked.refund).await? {
        let is_same = known.order == Some(order.uuid())
            && known.amount_cents == seen.minor()
            && known.reason.as_deref() == Some(&asked.reason);
        return if is_same { Ok(asked.refund) } else { Err(AppError::ChangedMeanwhile) };
    }
    let sold = sold::read_locked(&mut tx, &locked).await?;
    if sold.is_open() {
        check_giving_up(&mut tx, &sold, asked).await?;
    }
    let shares = sold.share(&asked.wanted).map_err(|no| AppError::Invalid(problem(no)))?;
    let restock = restocked(&sold, &shares, asked)?;
    if shares.total != seen {
        return Err(AppError::ChangedMeanwhile);
    }
    let parts = way::take(&sold.sources, shares.total);
    if parts.iter().map(|part| part.amount.minor()).sum::<i64>() != shares.total.minor() {
        return Err(AppError::Refused(Refusal::MoneyIsNotThere));
    }
    let way = way::choose(&parts, asked.by_hand, senders(ctx, &mut tx).await?);
    write(ctx, &mut tx, &locked, asked, &shares, &parts, way).await?;
    write_lines(&mut tx, asked.refund, &shares, &restock).await?;
    take_from(ctx, &mut tx, asked.refund, Place::Order(order), &parts).await?;
    put_on_shelf(ctx, &mut tx, asked.refund, &restock).await?;
    if sold.is_open() {
        close(ctx, &mut tx, &locked).await?;
    } else {
        take_money::note_state(&mut tx, &locked, ctx.now()).await?;
        lower_worth(ctx, &mut tx, &locked, shares.total).await?;
    }
    letters::post(&mut tx, Some(order), asked.refund, MailKind::RefundAsked).await?;
    if way.is_automatic() {
        tx.enqueue(&Job::SendRefund(asked.refund), None, Some(&format!("refund:{}", asked.refund))).await?;
    }
    let details = json!({
        "order": order,
        "amount_cents": shares.total.minor(),
        "goods_cents": shares.goods().minor(),
        "delivery_cents": shares.delivery.minor(),
        "goodwill_cents": shares.goodwill.minor(),
        "way": way.as_str(),
    });
    tx.audit(ctx.actor, "refund_asked", "refunds", asked.refund.uuid(), details).await?;
    tx.commit().await?;
    Ok(asked.refund)
}

/// Asks for money of the inbox to be sent back. The same id twice is once.
pub async fn ask_refund_of_inbox(
    ctx: &Ctx,
    refund: RefundId,
    payment: PaymentId,
    amount: Money,
    reason: &str,
) -> Result<(), AppError> {
    ctx.require(Permission::RefundMoney)?;
    let reason =
        required_line(reason, 200).map_err(|problem| AppError::Invalid(FieldErrors::one("reason", problem)))?;
    let mut tx = ctx.tx().await?;
    if find_known(&mut tx, refund).await?.is_some() {
        return Ok(());
    }
    let found = sqlx::query!(
        r#"select method, mpesa_receipt, coalesce(paid_amount_cents, amount_cents) as "brought_cents!"
           from payments
           where tenant_id = $1
             and id = $2
             and status = 'succeeded'
           for update"#,
        tx.tenant(),
        payment.uuid()
    )
    .fetch_optional(tx.conn())
    .await?
    .ok_or(AppError::NotFound)?;
    let source = sold::Source {
        payment,
        method: found.method,
        receipt: found.mpesa_receipt,
        brought: Money::new(found.brought_cents, amount.currency()),
        there: amount,
    };
    let parts = way::take(&[source], amount);
    let way = way::choose(&parts, false, senders(ctx, &mut tx).await?);
    let made = sqlx::query!(
        "insert into refunds (tenant_id, id, payment_id, amount_cents, currency, reason, kind, way, requested_by, idempotency_key)
         values ($1, $2, $3, $4, $5, $6, 'excess', $7, $8, $9)
         on conflict do nothing",
        tx.tenant(),
        refund.uuid(),
        payment.uuid(),
        amount.minor(),
        amount.currency().code(),
        reason,
        way.as_str(),
        ctx.actor.user().map(UserId::uuid),
        refund.to_string()
    )
    .execute(tx.conn())
    .await?;
    if made.rows_affected() == 0 {
        return Ok(());
    }
    take_from(ctx, &mut tx, refund, Place::Inbox, &parts).await?;
    if way.is_automatic() {
        open_hook(ctx, &mut tx, refund).await?;
        tx.enqueue(&Job::SendRefund(refund), None, Some(&format!("refund:{refund}"))).await?;
    }
    let details = json!({ "payment": payment, "amount_cents": amount.minor(), "way": way.as_str() });
    tx.audit(ctx.actor, "refund_asked", "refunds", refund.uuid(), details).await?;
    tx.commit().await?;
    Ok(())
}

struct Known {
    order: Option<Uuid>,
    amount_cents: i64,
    reason: Option<String>,
}

async fn find_known(tx: &mut TenantTx, refund: RefundId) -> Result<Option<Known>, AppError> {
    Ok(sqlx::query_as!(
        Known,
        r#"select order_id as "order", amount_cents, reason
           from refunds
           where tenant_id = $1
             and id = $2"#,
        tx.tenant(),
        refund.uuid()
    )
    .fetch_optional(tx.conn())
    .await?)
}

/// What can be sent without a person.
pub(super) async fn senders(ctx: &Ctx, tx: &mut TenantTx) -> Result<Senders, AppError> {
    let key = ctx.key(tx).await?;
    let can_reverse = find_credentials(tx, &key).await?.is_some_and(|account| account.initiator.is_some());
    Ok(Senders { can_reverse, can_card: false })
}

/// A part of an order that waits for the rest of its money cannot go back, and nothing while somebody is paying.
async fn check_giving_up(tx: &mut TenantTx, sold: &SoldOrder, asked: &Asked) -> Result<(), AppError> {
    if !asked.wanted.is_all {
        return Err(AppError::Invalid(FieldErrors::one("all", FieldProblem::NotTicked)));
    }
    let is_being_paid = sqlx::query_scalar!(
        r#"select exists (
               select
               from payments
               where tenant_id = $1
                 and order_id = $2
                 and status in ('initiated', 'pending')
                 and method <> 'cod'
           ) as "is_being_paid!""#,
        tx.tenant(),
        sold.order.uuid()
    )
    .fetch_one(tx.conn())
    .await?;
    if is_being_paid { Err(AppError::Refused(Refusal::PromptStillOpen)) } else { Ok(()) }
}

/// A line whose pieces go back on the shelf.
struct Restocked {
    item: Uuid,
    variant: Uuid,
    pieces: i32,
}

/// Only what has left the shelf can go back on it, and only once.
fn restocked(sold: &SoldOrder, shares: &Shares, asked: &Asked) -> Result<Vec<Restocked>, AppError> {
    let mut errors = FieldErrors::none();
    let mut found = Vec::new();
    for item in &asked.restock {
        let Some((line, goods)) =
            sold.sold.lines.iter().zip(&sold.goods).find(|(line, _)| line.item == *item)
        else {
            errors.add(&restock_field(*item), FieldProblem::UnknownChoice);
            continue;
        };
        let Some(share) = shares.lines.iter().find(|share| share.item == *item && share.pieces > 0) else {
            // Ticked, but no piece of it comes back: a box too many, not a mistake about money.
            continue;
        };
        let is_too_much = !sold.has_sold || goods.restocked + share.pieces > line.quantity;
        match goods.variant.zip(i32::try_from(share.pieces).ok()).filter(|_| !is_too_much) {
            Some((variant, pieces)) => found.push(Restocked { item: item.uuid(), variant: variant.uuid(), pieces }),
            None => errors.add(&restock_field(*item), FieldProblem::TooHigh),
        }
    }
    if errors.is_empty() { Ok(found) } else { Err(AppError::Invalid(errors)) }
}

async fn write(
    ctx: &Ctx,
    tx: &mut TenantTx,
    order: &LockedOrder,
    asked: &Asked,
    shares: &Shares,
    parts: &[Part],
    way: RefundWay,
) -> Result<(), AppError> {
    let is_for_nothing = shares.lines.is_empty() && shares.delivery.is_zero() && !asked.wanted.is_all;
    let kind = if is_for_nothing { RefundKind::Goodwill } else { RefundKind::Goods };
    let largest = parts.iter().max_by_key(|part| part.amount.minor()).map(|part| part.payment.uuid());
    sqlx::query!(
        "insert into refunds (tenant_id, id, order_id, payment_id, amount_cents, currency, reason, kind, way, goods_cents,
                              delivery_cents, discount_cents, tax_cents, requested_by, idempotency_key, created_at, updated_at)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $16)",
        tx.tenant(),
        asked.refund.uuid(),
        order.id.uuid(),
        largest,
        shares.total.minor(),
        shares.total.currency().code(),
        asked.reason,
        kind.as_str(),
        way.as_str(),
        shares.goods().minor(),
        shares.delivery.minor(),
        shares.discount.minor(),
        shares.tax.minor(),
        ctx.actor.user().map(UserId::uuid),
        asked.refund.to_string(),
        ctx.now()
    )
    .execute(tx.conn())
    .await?;
    if way.is_automatic() {
        open_hook(ctx, tx, asked.refund).await?;
    }
    Ok(())
}

/// Gives out the address that the provider answers to.
pub(super) async fn open_hook(ctx: &Ctx, tx: &mut TenantTx, refund: RefundId) -> Result<(), AppError> {
    let hook = ctx.key(tx).await?.token(Purpose::RefundHook, refund.uuid());
    sqlx::query!(
        "with hook as (
             insert into hook_tokens (tenant_id, token_hash, purpose, subject_id)
             values ($1, $3, 'refund', $2)
         )
         update refunds
         set hook_token_hash = $3, updated_at = now()
         where tenant_id = $1
           and id = $2",
        tx.tenant(),
        refund.uuid(),
        hook.hash()
    )
    .execute(tx.conn())
    .await?;
    Ok(())
}

async fn write_lines(
    tx: &mut TenantTx,
    refund: RefundId,
    shares: &Shares,
    restock: &[Restocked],
) -> Result<(), AppError> {
    let lines: Vec<_> = shares.lines.iter().filter(|line| line.pieces > 0).collect();
    let items: Vec<Uuid> = lines.iter().map(|line| line.item.uuid()).collect();
    let pieces: Vec<i32> = lines.iter().map(|line| i32::try_from(line.pieces).unwrap_or(i32::MAX)).collect();
    let amounts: Vec<i64> = lines.iter().map(|line| line.amount.minor()).collect();
    let taxes: Vec<i64> = lines.iter().map(|line| line.tax.minor()).collect();
    let are_back: Vec<bool> =
        lines.iter().map(|line| restock.iter().any(|back| back.item == line.item.uuid())).collect();
    sqlx::query!(
        "insert into refund_lines (tenant_id, refund_id, order_item_id, quantity, amount_cents, tax_cents, is_restocked)
         select $1, $2, line.item_id, line.quantity, line.amount_cents, line.tax_cents, line.is_restocked
         from unnest($3::uuid[], $4::int[], $5::bigint[], $6::bigint[], $7::boolean[])
              as line (item_id, quantity, amount_cents, tax_cents, is_restocked)",
        tx.tenant(),
        refund.uuid(),
        &items,
        &pieces,
        &amounts,
        &taxes,
        &are_back
    )
    .execute(tx.conn())
    .await?;
    Ok(())
}

/// The money is the refund's from here on. Booking locks each payment and looks whether it is there.
async fn take_from(
    ctx: &Ctx,
    tx: &mut TenantTx,
    refund: RefundId,
    from: Place,
    parts: &[Part],
) -> Result<(), AppError> {
    for part in parts {
        let transfer = Transfer {
            payment: part.payment,
            from,
            to: Place::Refund(refund),
            amount: part.amount,
            why: Why::RefundAsked,
        };
        ledger::book(tx, ctx.actor, transfer, ctx.now()).await?;
        let facts = json!({ "refund": refund, "amount_cents": part.amount.minor() });
        audit_payment(tx, part.payment, "refund_asked", facts).await?;
    }
    Ok(())
}

async fn put_on_shelf(ctx: &Ctx, tx: &mut TenantTx, refund: RefundId, back: &[Restocked]) -> Result<(), AppError> {
    if back.is_empty() {
        return Ok(());
    }
    let moves: Vec<Move> = back
        .iter()
        .map(|line| {
            Move::of(line.variant, line.pieces, "refund").about("refund", refund.uuid()).by(ctx.actor.user())
        })
        .collect();
    stock_ledger::write(tx, &moves, false).await?;
    catalogue_version::raise(tx).await?;
    Ok(())
}

/// What the customer is worth to the shop: paid less given back.
async fn lower_worth(ctx: &Ctx, tx: &mut TenantTx, order: &LockedOrder, by: Money) -> Result<(), AppError> {
    change_worth(ctx, tx, order, -by.minor()).await
}

/// The same in either direction; an order that was never paid in full had not counted.
pub(super) async fn change_worth(
    ctx: &Ctx,
    tx: &mut TenantTx,
    order: &LockedOrder,
    by_cents: i64,
) -> Result<(), AppError> {
    sqlx::query!(
        "update customers
         set lifetime_value_cents = greatest(0, lifetime_value_cents + $3), updated_at = $4
         where tenant_id = $1
           and id = $2
           and exists (
               select
               from orders
               where tenant_id = $1
                 and id = $5
                 and paid_at is not null
           )",
        tx.tenant(),
        order.customer.map(crate::kernel::id::CustomerId::uuid),
        by_cents,
        ctx.now(),
        order.id.uuid()
    )
    .execute(tx.conn())
    .await?;
    Ok(())
}

/// The order comes to nothing: its goods and its discounts are free again.
async fn close(ctx: &Ctx, tx: &mut TenantTx, order: &LockedOrder) -> Result<(), AppError> {
    let now = ctx.now();
    release_holds(tx, order.id).await?;
    redemptions::give_back(tx, order.id, now).await?;
    let state = take_money::state(tx, order).await?;
    let note = "given up before it was paid in full";
    move_locked_order(tx, order, OrderStatus::Cancelled, state, note, now).await?;
    sqlx::query!(
        "update payment_intents
         set status = 'cancelled', updated_at = $3
         where tenant_id = $1
           and order_id = $2
           and status = 'open'",
        tx.tenant(),
        order.id.uuid(),
        now
    )
    .execute(tx.conn())
    .await?;
    Ok(())
}
