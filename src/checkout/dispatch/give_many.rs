//! Staff give several parcels to one rider: each for itself, with what became of it.

use super::{give::give, handing::Handing};
use crate::{
    checkout::move_orders::{Chosen, MovedOrder, Outcome},
    ctx::Ctx,
    error::AppError,
    kernel::{
        access::Permission,
        id::{OrderId, ParcelId, RiderId},
        order_number::OrderNumber,
    },
};
use std::collections::HashMap;
use uuid::Uuid;

/// What became of each, and who has them; none when nobody was given anything.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Given {
    pub ends: Vec<MovedOrder>,
    pub rider: Option<RiderId>,
}

/// Gives each of these orders to the rider, in the order in which they were ticked. One that cannot go holds up no other.
pub async fn give_many(ctx: &Ctx, chosen: &[Chosen], handing: &Handing) -> Result<Given, AppError> {
    ctx.require(Permission::MoveOrders)?;
    ctx.require(Permission::HandleMoney)?;
    let numbers = find_numbers(ctx, chosen).await?;
    let mut given = Given { ends: Vec::with_capacity(chosen.len()), rider: None };
    let mut last = None;
    for one in chosen {
        let outcome = match give(ctx, one.order, one.version, handing).await {
            Ok(parcel) => {
                last = Some(parcel);
                Outcome::Moved
            }
            // The rider is the same for all: nobody goes to one who is none.
            Err(AppError::Invalid(errors)) => return Err(AppError::Invalid(errors)),
            Err(error) => Outcome::Stayed(error),
        };
        let number = numbers.get(&one.order.uuid()).copied();
        given.ends.push(MovedOrder { order: one.order, number, outcome });
    }
    if let Some(parcel) = last {
        given.rider = rider_of(ctx, parcel).await?;
    }
    Ok(given)
}

async fn find_numbers(ctx: &Ctx, chosen: &[Chosen]) -> Result<HashMap<Uuid, OrderNumber>, AppError> {
    let ids: Vec<Uuid> = chosen.iter().map(|one| OrderId::uuid(one.order)).collect();
    let mut tx = ctx.tx().await?;
    let rows = sqlx::query!(
        "select id, order_number, number_prefix
         from orders
         where tenant_id = $1
           and id = any($2)
         limit $3",
        tx.tenant(),
        &ids,
        i64::try_from(ids.len()).unwrap_or(i64::MAX)
    )
    .fetch_all(tx.conn())
    .await?;
    Ok(rows.into_iter().map(|row| (row.id, OrderNumber::of(&row.number_prefix, row.order_number))).collect())
}

async fn rider_of(ctx: &Ctx, parcel: ParcelId) -> Result<Option<RiderId>, AppError> {
    let mut tx = ctx.tx().await?;
    let rider = sqlx::query_scalar!(
        "select partner_id
         from delivery_orders
         where tenant_id = $1
           and id = $2",
        tx.tenant(),
        parcel.uuid()
    )
    .fetch_optional(tx.conn())
    .await?;
    Ok(rider.flatten().map(Into::into))
}
