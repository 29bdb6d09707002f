//! Staff move many orders at once: each for itself, in a transaction of its own, with what became of it.
//!
//! One that cannot move holds up no other, and sent twice nothing moves twice.

use super::move_order::move_order;
use crate::{
    ctx::Ctx,
    db::DbError,
    error::AppError,
    kernel::{
        access::Permission,
        field_errors::{FieldErrors, FieldProblem},
        id::OrderId,
        order_number::OrderNumber,
    },
    orders::status::OrderStatus,
};
use std::collections::HashMap;
use uuid::Uuid;

/// The most orders that one form moves.
pub const MOST_MOVED: usize = 50;

/// An order that was ticked, at the version that the list showed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Chosen {
    pub order: OrderId,
    pub version: i32,
}

impl Chosen {
    /// Reads the boxes that were ticked, `id:version` each, parted by spaces. Each order once.
    pub fn read(ticked: &str) -> Result<Vec<Self>, FieldErrors> {
        let mut chosen: Vec<Self> = Vec::new();
        for one in ticked.split_whitespace() {
            let Some(one) = Self::parse(one) else {
                return Err(FieldErrors::one("order", FieldProblem::Unreadable));
            };
            if !chosen.iter().any(|known| known.order == one.order) {
                chosen.push(one);
            }
            if chosen.len() > MOST_MOVED {
                return Err(FieldErrors::one("order", FieldProblem::TooMany));
            }
        }
        if chosen.is_empty() { Err(FieldErrors::one("order", FieldProblem::Missing)) } else { Ok(chosen) }
    }

    fn parse(one: &str) -> Option<Self> {
        let (order, version) = one.split_once(':')?;
        Some(Self { order: OrderId::parse(order)?, version: version.parse().ok()? })
    }
}

/// What became of one of them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Outcome {
    Moved,
    /// It stands there already: somebody was faster, or the form was sent twice.
    There,
    /// It stands as it stood, and why.
    Stayed(AppError),
}

/// What became of one of them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MovedOrder {
    pub order: OrderId,
    /// None when it is not ours, or not there.
    pub number: Option<OrderNumber>,
    pub outcome: Outcome,
}

/// Moves each of these orders to `to`, in the order in which they were ticked.
pub async fn move_orders(ctx: &Ctx, chosen: &[Chosen], to: OrderStatus) -> Result<Vec<MovedOrder>, AppError> {
    ctx.require(Permission::MoveOrders)?;
    let before = find_orders(ctx, chosen).await?;
    let mut ends = Vec::with_capacity(chosen.len());
    for one in chosen {
        let known = before.get(&one.order.uuid());
        let outcome = match known {
            None => Outcome::Stayed(AppError::NotFound),
            Some((_, status)) if *status == to => Outcome::There,
            Some(_) => match move_order(ctx, one.order, one.version, to, None).await {
                Ok(()) => Outcome::Moved,
                Err(AppError::ChangedMeanwhile) => again(ctx, *one, to).await?,
                Err(error) => Outcome::Stayed(error),
            },
        };
        ends.push(MovedOrder { order: one.order, number: known.map(|(number, _)| *number), outcome });
    }
    Ok(ends)
}

/// Somebody was faster: with the same step all is well.
async fn again(ctx: &Ctx, one: Chosen, to: OrderStatus) -> Result<Outcome, AppError> {
    let now = find_orders(ctx, &[one]).await?;
    let is_there = now.get(&one.order.uuid()).is_some_and(|(_, status)| *status == to);
    Ok(if is_there { Outcome::There } else { Outcome::Stayed(AppError::ChangedMeanwhile) })
}

/// Number and status of each that is ours.
async fn find_orders(ctx: &Ctx, chosen: &[Chosen]) -> Result<HashMap<Uuid, (OrderNumber, OrderStatus)>, AppError> {
    let ids: Vec<Uuid> = chosen.iter().map(|one| one.order.uuid()).collect();
    let mut tx = ctx.tx().await?;
    let rows = sqlx::query!(
        "select id, order_number, number_prefix, status
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
    rows.into_iter()
        .map(|row| {
            let status =
                OrderStatus::parse(&row.status).ok_or_else(|| DbError::corrupt("orders.status", &row.status))?;
            Ok((row.id, (OrderNumber::of(&row.number_prefix, row.order_number), status)))
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ticked_boxes_are_read_once_each_and_bounded() {
        let id = "01890a5d-ac96-774b-bcce-b302099a8057";
        let read = Chosen::read(&format!("{id}:3 {id}:4")).unwrap();
        assert_eq!(read, [Chosen { order: OrderId::parse(id).unwrap(), version: 3 }]);
        let wrong = |problem| Err(FieldErrors::one("order", problem));
        assert_eq!(Chosen::read("  "), wrong(FieldProblem::Missing));
        assert_eq!(Chosen::read(id), wrong(FieldProblem::Unreadable));
        assert_eq!(Chosen::read(&format!("{id}:x")), wrong(FieldProblem::Unreadable));
        let many: Vec<String> = (0..=MOST_MOVED).map(|at| format!("01890a5d-ac96-774b-bcce-{at:012}:1")).collect();
        assert_eq!(Chosen::read(&many.join(" ")), wrong(FieldProblem::TooMany));
        assert_eq!(Chosen::read(&many[1..].join(" ")).map(|read| read.len()), Ok(MOST_MOVED));
    }
}
