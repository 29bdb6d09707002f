//! Reads a partner's agents and fees into our own tables, a bounded number of questions at a time.

use super::{
    account::{find_partner, note_problem},
    agents::{list_unpriced, write_fees, write_list},
    contract::{Fault, Partner},
};
use crate::{
    ctx::{Ctx, Platform},
    error::AppError,
    jobs::kinds::Job,
    kernel::{
        access::Actor,
        id::{DeliveryPartnerId, TenantId},
        money::Money,
        token::Token,
    },
    tenancy::catalogue_version,
    vault::Purpose,
};
use chrono::{DateTime, TimeDelta, Utc};
use std::sync::Arc;

/// A list is read again after this, and a fee asked for again.
const LIST_HOLDS: TimeDelta = TimeDelta::hours(20);
const FEE_HOLDS: TimeDelta = TimeDelta::days(3);
/// Fees asked for in one run.
const FEES_AT_ONCE: i64 = 100;
const AGAIN_SECONDS: u32 = 60;

/// Asks for the work that is due; the same work twice is once.
pub async fn refresh_due(ctx: &Ctx) -> Result<(), AppError> {
    let mut tx = ctx.tx().await?;
    let due = sqlx::query_scalar!(
        r#"select p.id
           from delivery_partners p
           where p.tenant_id = $1
             and p.provider = 'pickup_mtaani'
             and p.is_active
             and p.proved_at is not null
             and (p.agents_listed_at is null
                  or p.agents_listed_at < $2
                  or exists (
                      select
                      from partner_agents a
                      where a.tenant_id = $1
                        and a.partner_id = p.id
                        and a.is_active
                        and (a.fee_asked_at is null or a.fee_asked_at < $3)
                  ))"#,
        tx.tenant(),
        ctx.now() - LIST_HOLDS,
        ctx.now() - FEE_HOLDS
    )
    .fetch_optional(tx.conn())
    .await?;
    if let Some(partner) = due {
        ask_for_refresh(&mut tx, partner.into(), None).await?;
        tx.commit().await?;
    }
    Ok(())
}

/// Asks for the agents of a partner to be read; the same work twice is once.
pub(super) async fn ask_for_refresh(
    tx: &mut crate::db::TenantTx,
    partner: DeliveryPartnerId,
    at: Option<DateTime<Utc>>,
) -> Result<(), AppError> {
    Ok(tx.enqueue(&Job::RefreshPartner(partner), at, Some(&format!("refresh_partner:{partner}"))).await?)
}

/// Reads the list when it is old, then fees until none is missing. While the partner is away everything stays as it was.
pub async fn refresh(platform: &Arc<Platform>, tenant: TenantId, partner: DeliveryPartnerId) -> Result<(), AppError> {
    let ctx = Ctx::new(platform.clone(), tenant, Actor::Program);
    let mut tx = ctx.tx().await?;
    let row = sqlx::query!(
        "select is_active, agents_listed_at, version
         from delivery_partners
         where tenant_id = $1
           and id = $2",
        tx.tenant(),
        partner.uuid()
    )
    .fetch_optional(tx.conn())
    .await?;
    let account = find_partner(&ctx, &mut tx, partner).await?;
    let hook = ctx.key(&mut tx).await?.token(Purpose::DeliveryHook, partner.uuid());
    drop(tx);
    let Some((row, account)) = row.zip(account).filter(|(row, _)| row.is_active) else { return Ok(()) };
    if row.agents_listed_at.is_none_or(|at| at < ctx.now() - LIST_HOLDS) {
        let agents = match account.agents().await {
            Ok(agents) if !agents.is_empty() => agents,
            // A network without anybody is one that has lost its list: what is known stays.
            Ok(_) => return stand_back(&ctx, partner, &Fault::NotReached("an empty list".to_owned())).await,
            Err(fault) => return stand_back(&ctx, partner, &fault).await,
        };
        listen(&ctx, partner, &account, &hook).await;
        let mut tx = ctx.tx().await?;
        write_list(&mut tx, partner, &agents, ctx.now()).await?;
        sqlx::query!(
            "update delivery_partners
             set agents_listed_at = $3, problem = null, updated_at = $3
             where tenant_id = $1
               and id = $2",
            tx.tenant(),
            partner.uuid(),
            ctx.now()
        )
        .execute(tx.conn())
        .await?;
        catalogue_version::raise(&mut tx).await?;
        tx.commit().await?;
    }
    let has_sender = matches!(&account, Partner::PickupMtaani { account, .. } if account.sender.is_some());
    if has_sender { price(&ctx, partner, &account, row.version).await } else { Ok(()) }
}

/// Says where parcels are to be told of, anew with every list. Where that fails they are found by asking.
async fn listen(ctx: &Ctx, partner: DeliveryPartnerId, account: &Partner, hook: &Token) {
    let Partner::PickupMtaani { client, account } = account else { return };
    let address = format!("{}/hooks/delivery/{}", ctx.platform.base_url, hook.hex());
    if let Err(fault) = client.listen(account, &address).await {
        tracing::warn!(delivery.partner = %partner, error.message = %fault, "a delivery partner was not told where to call");
    }
}

/// Asks for some of the fees that are missing or old, and comes again for the rest.
async fn price(ctx: &Ctx, partner: DeliveryPartnerId, account: &Partner, version: i32) -> Result<(), AppError> {
    let mut tx = ctx.tx().await?;
    let numbers = list_unpriced(&mut tx, partner, ctx.now() - FEE_HOLDS, FEES_AT_ONCE).await?;
    drop(tx);
    let mut fees: Vec<(i64, Option<Money>)> = Vec::new();
    let mut stopped = None;
    for number in &numbers {
        match account.fee(*number).await {
            Ok(fee) => fees.push((*number, fee)),
            // A price that cannot be read is none, and holds up nobody else's.
            Err(Fault::NotKnown | Fault::Refused(_) | Fault::Lost) => fees.push((*number, None)),
            Err(fault) => {
                stopped = Some(fault);
                break;
            }
        }
    }
    if !fees.is_empty() {
        let mut tx = ctx.tx().await?;
        // Where parcels are handed in may have been changed meanwhile: these fees are of the place before.
        let is_same = sqlx::query_scalar!(
            "select version
             from delivery_partners
             where tenant_id = $1
               and id = $2
             for update",
            tx.tenant(),
            partner.uuid()
        )
        .fetch_one(tx.conn())
        .await?
            == version;
        if is_same {
            write_fees(&mut tx, partner, &fees, ctx.now()).await?;
        }
        if !is_same || i64::try_from(numbers.len()).unwrap_or(0) == FEES_AT_ONCE {
            ask_for_refresh(&mut tx, partner, Some(ctx.now() + TimeDelta::seconds(1))).await?;
        }
        tx.commit().await?;
    }
    match stopped {
        Some(fault) => stand_back(ctx, partner, &fault).await,
        None => note_problem(ctx, partner, None).await,
    }
}

/// Notes why nothing came; what only needs time is tried again, a key that is not taken waits for a person.
async fn stand_back(ctx: &Ctx, partner: DeliveryPartnerId, fault: &Fault) -> Result<(), AppError> {
    tracing::warn!(delivery.partner = %partner, error.message = %fault, "a delivery partner's agents could not be read");
    if matches!(fault, Fault::NotAccepted) {
        return note_problem(ctx, partner, Some("not_accepted")).await;
    }
    note_problem(ctx, partner, Some("not_reached")).await?;
    Err(AppError::TryAgain { retry_after_seconds: AGAIN_SECONDS })
}
