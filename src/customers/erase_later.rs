//! Somebody asks to be forgotten: at once when nothing of theirs is open, else by itself when their last order has ended
//! and no money of theirs is left to go back.

use super::privacy::erase::{Erased, take_away};
use crate::{
    ctx::Ctx,
    db::{Db, TenantTx},
    error::AppError,
    jobs::kinds::Job,
    kernel::{
        access::{Actor, Permission},
        id::{CustomerId, TenantId},
        phone::Phone,
    },
};
use serde_json::json;

/// Of one merchant in one round; the rest comes with the next.
const AT_ONCE: i64 = 100;

/// What keeps somebody's data where they are: they are needed to bring goods or money to them.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Open {
    /// Orders that have not ended, as they are called.
    pub orders: Vec<String>,
    /// Sums that have not gone back yet: refunds that were not sent, and money that lies in the inbox.
    pub refunds: u32,
}

impl Open {
    pub const fn is_nothing(&self) -> bool {
        self.orders.is_empty() && self.refunds == 0
    }
}

/// What became of asking for one person.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Outcome {
    Erased(Erased),
    /// Not before this has ended.
    Waits(Open),
    /// Only a code by mail said that it was them, and proves the phone no longer: somebody else ordered with it, or it is
    /// known otherwise. A member of the team decides.
    Doubted,
    /// Nobody asked, somebody took it back, or it was done before.
    NotAsked,
}

/// What of theirs is open now.
pub async fn find_open(tx: &mut TenantTx, customer: CustomerId) -> Result<Open, AppError> {
    let row = sqlx::query!(
        r#"with who as (
               select c.id, c.phone
               from customers c
               where c.tenant_id = $1
                 and c.id = $2
           ), bought as (
               select o.id
               from orders o
               join who c on o.customer_id = c.id
               where o.tenant_id = $1
           ), paid as (
               select p.id
               from payments p
               join who c on p.phone = c.phone
               where p.tenant_id = $1
               union
               select p.id
               from payments p
               join bought on p.order_id = bought.id
               where p.tenant_id = $1
           )
           select coalesce((
                      select array_agg(o.number_prefix || o.order_number order by o.order_number)
                      from (
                          select w.order_number, w.number_prefix
                          from orders w
                          join who c on w.customer_id = c.id or w.customer_phone = c.phone
                          where w.tenant_id = $1
                            and w.status not in ('delivered', 'cancelled', 'refunded')
                          order by w.order_number
                          limit 20
                      ) o
                  ), '{}') as "orders!",
                  (select count(*)
                   from refunds r
                   where r.tenant_id = $1
                     and r.status <> 'processed'
                     and r.given_up_at is null
                     and (r.order_id in (select bought.id from bought) or r.payment_id in (select paid.id from paid)))
                  + (select count(*)
                     from paid
                     where exists (
                         select 1
                         from ledger_entries e
                         where e.tenant_id = $1
                           and e.payment_id = paid.id
                           and e.place = 'inbox'
                         having sum(e.amount_cents) > 0
                     )) as "refunds!""#,
        tx.tenant(),
        customer.uuid()
    )
    .fetch_one(tx.conn())
    .await?;
    Ok(Open { orders: row.orders, refunds: u32::try_from(row.refunds).unwrap_or(u32::MAX) })
}

/// Writes down that this person wants to be forgotten. Answers what it waits for; nothing is at once. Twice is once.
pub async fn ask_erasure(ctx: &Ctx, customer: CustomerId) -> Result<Open, AppError> {
    ctx.require(Permission::ManageData)?;
    note_asked(ctx, customer, false).await
}

/// The same for who may because it is themself; `is_by_mail` when only a code by mail said so. Whoever asks with more than
/// that takes the doubt away.
pub(super) async fn note_asked(ctx: &Ctx, customer: CustomerId, is_by_mail: bool) -> Result<Open, AppError> {
    let mut tx = ctx.tx().await?;
    let asked = sqlx::query_scalar!(
        r#"with known as (
               select id, erase_asked_at, is_erasing_by_mail
               from customers
               where tenant_id = $1
                 and id = $2
                 and phone is not null
               for no key update
           ), noted as (
               update customers c
               set erase_asked_at = coalesce(known.erase_asked_at, $3),
                   is_erasing_by_mail = $4,
                   version = c.version + 1,
                   updated_at = $3
               from known
               where c.tenant_id = $1
                 and c.id = known.id
                 and (known.erase_asked_at is null or known.is_erasing_by_mail and not $4)
               returning c.id
           )
           select exists (select from noted) as "is_new!"
           from known"#,
        tx.tenant(),
        customer.uuid(),
        ctx.now(),
        is_by_mail
    )
    .fetch_optional(tx.conn())
    .await?
    .ok_or(AppError::NotFound)?;
    let open = find_open(&mut tx, customer).await?;
    if asked {
        let details = json!({ "open_orders": open.orders.len(), "open_refunds": open.refunds });
        tx.audit(ctx.actor, "customer_erasure_asked", "customers", customer.uuid(), details).await?;
    }
    tx.enqueue(&Job::EraseCustomer(customer), None, Some(&format!("erase:{customer}"))).await?;
    tx.commit().await?;
    Ok(open)
}

/// They changed their mind, or it was the wrong person. Twice is once; too late is not found.
pub async fn keep_customer(ctx: &Ctx, customer: CustomerId) -> Result<(), AppError> {
    ctx.require(Permission::ManageData)?;
    keep(ctx, customer).await
}

/// The same for who may because it is themself.
pub(super) async fn keep(ctx: &Ctx, customer: CustomerId) -> Result<(), AppError> {
    let mut tx = ctx.tx().await?;
    let is_kept = sqlx::query_scalar!(
        r#"with known as (
               select id, erase_asked_at
               from customers
               where tenant_id = $1
                 and id = $2
                 and phone is not null
               for no key update
           ), kept as (
               update customers c
               set erase_asked_at = null, is_erasing_by_mail = false, version = c.version + 1, updated_at = $3
               from known
               where c.tenant_id = $1
                 and c.id = known.id
                 and known.erase_asked_at is not null
               returning c.id
           )
           select exists (select from kept) as "is_kept!"
           from known"#,
        tx.tenant(),
        customer.uuid(),
        ctx.now()
    )
    .fetch_optional(tx.conn())
    .await?
    .ok_or(AppError::NotFound)?;
    if is_kept {
        tx.audit(ctx.actor, "customer_erasure_taken_back", "customers", customer.uuid(), json!({})).await?;
        tx.commit().await?;
    }
    Ok(())
}

/// Erases somebody who asked, when nothing of theirs is open. By a login that may change ledgers; whoever orders at the
/// same time with that phone waits, and is somebody new afterwards.
pub async fn erase_asked(operator: &Db, tenant: TenantId, customer: CustomerId) -> Result<Outcome, AppError> {
    let mut tx = operator.tenant(tenant).await?;
    let phone = sqlx::query_scalar!(
        r#"select phone as "phone!"
           from customers
           where tenant_id = $1
             and id = $2
             and phone is not null
             and erase_asked_at is not null
           for update"#,
        tx.tenant(),
        customer.uuid()
    )
    .fetch_optional(tx.conn())
    .await?;
    let Some(phone) = phone.as_deref().and_then(Phone::parse) else { return Ok(Outcome::NotAsked) };
    let open = find_open(&mut tx, customer).await?;
    if !open.is_nothing() {
        return Ok(Outcome::Waits(open));
    }
    // Asked with the row locked: whoever orders with that phone is known now, or waits.
    let is_proved = sqlx::query_scalar!(
        r#"select not c.is_erasing_by_mail or (m.is_held and m.is_sure) as "is_proved!"
           from customers c
           cross join lateral proved_by_mail($1, c.id) m
           where c.tenant_id = $1
             and c.id = $2"#,
        tx.tenant(),
        customer.uuid()
    )
    .fetch_one(tx.conn())
    .await?;
    if !is_proved {
        return Ok(Outcome::Doubted);
    }
    let Some(erased) = take_away(&mut tx, &phone).await? else { return Ok(Outcome::NotAsked) };
    tx.commit().await?;
    Ok(Outcome::Erased(erased))
}

/// Everybody of one merchant whose data wait and need not wait any longer, as [`find_open`] has it. Answers how many were
/// erased; where one fails, that is logged.
pub async fn erase_due(ctx: &Ctx, operator: &Db) -> Result<u32, AppError> {
    if ctx.actor != Actor::Program {
        return Err(AppError::NotPermitted);
    }
    let mut tx = ctx.tx().await?;
    // Noted before it is tried: whoever fails again and again stands behind those whose turn has not come yet.
    let waiting = sqlx::query_scalar!(
        "with due as (
             select c.id
             from customers c
             where c.tenant_id = $1
               and c.erase_asked_at is not null
               and c.phone is not null
               and not exists (
                   select
                   from orders o
                   where o.tenant_id = $1
                     and (o.customer_id = c.id or o.customer_phone = c.phone)
                     and o.status not in ('delivered', 'cancelled', 'refunded')
               )
               and not exists (
                   select
                   from refunds r
                   where r.tenant_id = $1
                     and r.status <> 'processed'
                     and r.given_up_at is null
                     and (r.order_id in (select o.id from orders o where o.tenant_id = $1 and o.customer_id = c.id)
                          or r.payment_id in (select p.id from payments p where p.tenant_id = $1 and p.phone = c.phone))
               )
               and not exists (
                   select
                   from (
                       select p.id
                       from payments p
                       where p.tenant_id = $1
                         and p.phone = c.phone
                       union all
                       select p.id
                       from orders o
                       join payments p on p.tenant_id = $1 and p.order_id = o.id
                       where o.tenant_id = $1
                         and o.customer_id = c.id
                   ) paid
                   where exists (
                       select 1
                       from ledger_entries e
                       where e.tenant_id = $1
                         and e.payment_id = paid.id
                         and e.place = 'inbox'
                       having sum(e.amount_cents) > 0
                   )
               )
               and (not c.is_erasing_by_mail
                    or exists (select from proved_by_mail($1, c.id) m where m.is_held and m.is_sure))
             order by c.erase_tried_at nulls first, c.erase_asked_at
             limit $2
         )
         update customers c
         set erase_tried_at = $3
         from due
         where c.tenant_id = $1
           and c.id = due.id
         returning c.id",
        tx.tenant(),
        AT_ONCE,
        ctx.now()
    )
    .fetch_all(tx.conn())
    .await?;
    tx.commit().await?;
    let mut erased = 0;
    for customer in waiting {
        let customer = CustomerId::from(customer);
        match erase_asked(operator, ctx.tenant, customer).await {
            Ok(Outcome::Erased(_)) => erased += 1,
            Ok(Outcome::Waits(_) | Outcome::Doubted | Outcome::NotAsked) => {}
            // One person's fault is not another's: their turn comes again with the next round.
            Err(fault) => {
                tracing::warn!(tenant.id = %ctx.tenant, customer.id = %customer, error.message = %fault, "somebody who asked was not erased");
            }
        }
    }
    Ok(erased)
}
