//! The job that gives a parcel to a partner: claimed, asked for under a key, finished; tried again while nobody answers.

use super::{super::locks::lock_order, standing::write_delivery};
use crate::{
    ctx::{Ctx, Platform},
    db::TenantTx,
    delivery::partners::{
        account::{find_partner, note_problem},
        contract::{Booked, Booking, Fault, Partner},
    },
    error::AppError,
    jobs::kinds::Job,
    kernel::{
        access::Actor,
        currency::Currency,
        id::{BookingId, DeliveryPartnerId, OrderId, TenantId},
        money::Money,
        phone::Phone,
    },
};
use chrono::TimeDelta;
use serde_json::json;
use std::{sync::Arc, time::Duration};

/// A try is over by then, whatever the partner does.
const PATIENCE: Duration = Duration::from_mins(1);
/// A claim of a process that died is anybody's after this.
const CLAIM_HOLDS: TimeDelta = TimeDelta::minutes(2);
/// A partner that is away is tried again after this, and ever later.
const PAUSE: TimeDelta = TimeDelta::seconds(30);
/// So often, within about ten minutes, before a person is told.
const MOST_TRIES: i32 = 6;
/// The first job after a booking looks where the parcel is.
const FIRST_LOOK: TimeDelta = TimeDelta::minutes(30);

/// A parcel that is this call's to book.
struct Claimed {
    order: OrderId,
    partner: DeliveryPartnerId,
    /// None when the account was taken apart meanwhile.
    account: Option<Partner>,
    booking: Booking,
    tries: i32,
}

/// Why a try did not book it, and whether the next one may.
enum Failed {
    Later(&'static str),
    ForGood { problem: &'static str, said: String },
}

/// Books a parcel that was asked for. Safe to call twice: only one call claims it, and what may have been booked before is
/// looked for first. An order that was called off meanwhile, or given to somebody else, is not booked any more.
pub async fn book(platform: &Arc<Platform>, tenant: TenantId, parcel: BookingId) -> Result<(), AppError> {
    let ctx = Ctx::new(platform.clone(), tenant, Actor::Program);
    let Some(claimed) = claim(&ctx, parcel).await? else { return Ok(()) };
    let answer = match &claimed.account {
        None => Err(Fault::NotAccepted),
        Some(account) => {
            tokio::time::timeout(PATIENCE, account.book(&claimed.booking)).await.unwrap_or(Err(Fault::Lost))
        }
    };
    let fault = match answer {
        Ok(booked) => return finish(&ctx, parcel, &claimed, &booked).await,
        Err(fault) => fault,
    };
    tracing::warn!(parcel.id = %parcel, error.message = %fault, "a parcel was not booked");
    let failed = match fault {
        Fault::NotReached(_) => Failed::Later("not_reached"),
        Fault::Lost => Failed::Later("unclear"),
        Fault::NotAccepted => {
            note_problem(&ctx, claimed.partner, Some("not_accepted")).await?;
            Failed::ForGood { problem: "not_accepted", said: String::new() }
        }
        Fault::Refused(said) => Failed::ForGood { problem: "refused", said },
        Fault::NotKnown => Failed::ForGood { problem: "refused", said: String::new() },
    };
    give_back(&ctx, parcel, &claimed, failed).await
}

async fn claim(ctx: &Ctx, parcel: BookingId) -> Result<Option<Claimed>, AppError> {
    let mut tx = ctx.tx().await?;
    if give_up_needless(ctx, &mut tx, parcel).await? {
        tx.commit().await?;
        return Ok(None);
    }
    let row = sqlx::query!(
        r#"with claimed as (
               update partner_parcels
               set status = 'asking', tries = tries + 1, claimed_at = $3, updated_at = $3
               where tenant_id = $1
                 and id = $2
                 and (status = 'asked' or status = 'asking' and claimed_at < $4)
               returning order_id, partner_id, agent_id, tries
           )
           select c.order_id as "order_id!", c.partner_id as "partner_id!", c.tries as "tries!", a.agent_number as "agent_number?",
                  o.order_number, coalesce(o.customer_name, '') as "name!", coalesce(o.customer_phone, '') as "phone!",
                  o.subtotal_cents, o.currency
           from claimed c
           join orders o on o.tenant_id = $1 and o.id = c.order_id
           left join partner_agents a on a.tenant_id = $1 and a.id = c.agent_id"#,
        tx.tenant(),
        parcel.uuid(),
        ctx.now(),
        ctx.now() - CLAIM_HOLDS
    )
    .fetch_optional(tx.conn())
    .await?;
    let Some(row) = row else {
        let is_claimed = sqlx::query_scalar!(
            r#"select status = 'asking' as "is_claimed!"
               from partner_parcels
               where tenant_id = $1
                 and id = $2"#,
            tx.tenant(),
            parcel.uuid()
        )
        .fetch_optional(tx.conn())
        .await?;
        // Somebody else is at it, or died there: the queue brings it again until it is known which.
        return if is_claimed == Some(true) { Err(AppError::TryAgain { retry_after_seconds: 60 }) } else { Ok(None) };
    };
    let partner = DeliveryPartnerId::from(row.partner_id);
    let account = find_partner(ctx, &mut tx, partner).await?;
    tx.commit().await?;
    let currency = Currency::parse(&row.currency).ok_or_else(|| AppError::broken("an order in no known currency"))?;
    let phone = Phone::parse(&row.phone).ok_or_else(|| AppError::broken("an order without a phone"))?;
    let own = parcel.to_string();
    Ok(Some(Claimed {
        order: row.order_id.into(),
        partner,
        account,
        booking: Booking {
            key: format!("ORD{}-{}", row.order_number, own.rsplit('-').next().unwrap_or_default()),
            is_again: row.tries > 1,
            agent: row.agent_number,
            value: Money::new(row.subtotal_cents, currency),
            name: row.name,
            phone,
            typed_code: String::new(),
        },
        tries: row.tries,
    }))
}

/// Ends a booking that nobody needs any more: whoever asked for it has called the order off since, given its money back, or
/// given it to a rider or a desk. What a try that died may have booked is said to be unclear.
async fn give_up_needless(ctx: &Ctx, tx: &mut TenantTx, parcel: BookingId) -> Result<bool, AppError> {
    let order = sqlx::query_scalar!(
        "update partner_parcels b
         set status = 'given_up', problem = case when b.status = 'asking' then 'unclear' else b.problem end, updated_at = $3
         from orders o
         where b.tenant_id = $1
           and b.id = $2
           and (b.status = 'asked' or b.status = 'asking' and b.claimed_at < $4)
           and o.tenant_id = $1
           and o.id = b.order_id
           and (o.status not in ('paid', 'packing', 'dispatched')
                or o.payment_status <> 'paid'
                or exists (
                    select
                    from delivery_orders d
                    where d.tenant_id = $1
                      and d.order_id = b.order_id
                      and d.status in ('pending', 'accepted', 'in_transit')
                ))
         returning b.order_id",
        tx.tenant(),
        parcel.uuid(),
        ctx.now(),
        ctx.now() - CLAIM_HOLDS
    )
    .fetch_optional(tx.conn())
    .await?;
    let Some(order) = order else { return Ok(false) };
    let facts = json!({ "parcel": parcel, "reason": "not_needed" });
    tx.audit(ctx.actor, "parcel_not_booked", "orders", order, facts).await?;
    Ok(true)
}

/// The partner has it: it is a delivery from now on.
async fn finish(ctx: &Ctx, parcel: BookingId, claimed: &Claimed, booked: &Booked) -> Result<(), AppError> {
    let mut tx = ctx.tx().await?;
    // Before the parcel, as whoever looks what is open for an order: what is written below names the order, and moves it.
    lock_order(&mut tx, claimed.order).await?;
    let is_open = sqlx::query_scalar!(
        "select id
         from partner_parcels
         where tenant_id = $1
           and id = $2
           and status in ('asked', 'asking')
         for update",
        tx.tenant(),
        parcel.uuid()
    )
    .fetch_optional(tx.conn())
    .await?
    .is_some();
    // A slower call that found what a faster one had booked.
    if !is_open {
        return Ok(());
    }
    let delivery = write_delivery(&mut tx, claimed.order, claimed.partner, booked).await?;
    sqlx::query!(
        "update partner_parcels
         set status = 'booked', delivery_id = $3, parcel_number = $4, state = $5, problem = null, said = null,
             checked_at = $6, updated_at = $6
         where tenant_id = $1
           and id = $2",
        tx.tenant(),
        parcel.uuid(),
        delivery,
        booked.number,
        booked.word,
        ctx.now()
    )
    .execute(tx.conn())
    .await?;
    tx.enqueue(&Job::FollowParcel(parcel), Some(ctx.now() + FIRST_LOOK), Some(&format!("follow_parcel:{parcel}")))
        .await?;
    let facts = json!({ "parcel": parcel, "number": booked.number });
    tx.audit(ctx.actor, "parcel_booked", "orders", claimed.order.uuid(), facts).await?;
    Ok(tx.commit().await?)
}

/// Gives the claim back for the next try, or ends it with what a person needs to know.
async fn give_back(ctx: &Ctx, parcel: BookingId, claimed: &Claimed, failed: Failed) -> Result<(), AppError> {
    let (status, problem, said) = match &failed {
        Failed::Later(problem) if claimed.tries < MOST_TRIES => ("asked", *problem, None),
        Failed::Later(problem) => ("failed", *problem, None),
        Failed::ForGood { problem, said } => ("failed", *problem, Some(said.as_str()).filter(|said| !said.is_empty())),
    };
    let mut tx = ctx.tx().await?;
    sqlx::query!(
        "update partner_parcels
         set status = $3, said = $5, updated_at = $6,
             problem = case when problem = 'unclear' and $4 = 'not_reached' then problem else $4 end
         where tenant_id = $1
           and id = $2
           and status = 'asking'",
        tx.tenant(),
        parcel.uuid(),
        status,
        problem,
        said,
        ctx.now()
    )
    .execute(tx.conn())
    .await?;
    if status == "asked" {
        let again = ctx.now() + PAUSE * claimed.tries;
        tx.enqueue(&Job::BookParcel(parcel), Some(again), Some(&format!("book_parcel:{parcel}"))).await?;
    } else {
        let facts = json!({ "parcel": parcel, "reason": problem });
        tx.audit(ctx.actor, "parcel_not_booked", "orders", claimed.order.uuid(), facts).await?;
    }
    Ok(tx.commit().await?)
}
