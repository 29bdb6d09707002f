//! A parcel that somebody gave away at a desk, to a bus or to a courier: whose it is, its code, and where it is.

use super::{
    follow::note,
    standing::{NewParcel, lock, write_delivery},
};
use crate::{
    ctx::Ctx,
    db::TenantTx,
    delivery::partners::contract::{Booked, Booking, Fault, ParcelState, Partner},
    error::AppError,
    kernel::{
        access::Permission,
        currency::Currency,
        field_errors::{FieldErrors, FieldProblem, required_line},
        id::{BookingId, DeliveryPartnerId, OrderId},
        money::Money,
        phone::Phone,
        typed::Typed,
    },
};
use serde_json::json;

pub const FIELDS: [&str; 3] = ["carrier", "code", "cost"];
/// What a person may say of such a parcel.
pub const STATES: [ParcelState; 3] = [ParcelState::OnTheWay, ParcelState::Delivered, ParcelState::Cancelled];
/// Whole shillings; what is above is a slip of the finger.
const DEAREST: i64 = 100_000;

/// What somebody typed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HandParcel {
    /// Whose desk it was.
    pub carrier: String,
    pub code: String,
    pub cost: Option<Money>,
}

impl HandParcel {
    pub fn read(typed: &Typed) -> Result<Self, FieldErrors> {
        let mut errors = FieldErrors::none();
        let carrier = errors.expect("carrier", required_line(typed.get("carrier"), 60));
        let code = errors.expect("code", required_line(typed.get("code"), 60));
        let cost = errors.expect("cost", read_cost(typed.get("cost")));
        match (carrier, code, cost) {
            (Some(carrier), Some(code), Some(cost)) if errors.is_empty() => Ok(Self { carrier, code, cost }),
            _ => Err(errors),
        }
    }
}

fn read_cost(typed: &str) -> Result<Option<Money>, FieldProblem> {
    match typed.trim().replace(',', "").as_str() {
        "" => Ok(None),
        text if text.len() > 9 || !text.bytes().all(|b| b.is_ascii_digit()) => Err(FieldProblem::NotWhole),
        text => match text.parse() {
            Ok(shillings) if shillings <= DEAREST => Ok(Some(Money::shillings(shillings))),
            _ => Err(FieldProblem::TooHigh),
        },
    }
}

/// Writes the parcel down as booked. A booking that waits for a partner is given up; sent twice it is one parcel.
pub async fn write_down(ctx: &Ctx, order: OrderId, typed: &HandParcel) -> Result<(), AppError> {
    ctx.require(Permission::MoveOrders)?;
    let id = BookingId::mint();
    let booked = ask_nobody(ctx, order, id, typed).await?;
    let mut tx = ctx.tx().await?;
    let standing = lock(&mut tx, order).await?;
    match (&standing.delivery, standing.open) {
        (Some(code), _) if *code == typed.code => return Ok(()),
        (Some(_), _) | (_, Some((_, true))) => return Err(AppError::ChangedMeanwhile),
        (None, Some((waiting, false))) => give_up(&mut tx, waiting).await?,
        (None, None) => {}
    }
    if !standing.may_be_sent() {
        return Err(AppError::ChangedMeanwhile);
    }
    let partner = find_carrier(&mut tx, &typed.carrier).await?;
    let delivery = write_delivery(&mut tx, order, partner, &booked).await?;
    let parcel = NewParcel { id, order, partner, agent: None, delivery: Some(delivery), by: ctx.actor.user() };
    parcel.write(&mut tx).await?;
    tx.audit(ctx.actor, "parcel_written_down", "orders", order.uuid(), json!({ "parcel": id })).await?;
    Ok(tx.commit().await?)
}

/// The same contract as any partner's, and nobody outside behind it.
async fn ask_nobody(ctx: &Ctx, order: OrderId, id: BookingId, typed: &HandParcel) -> Result<Booked, AppError> {
    let mut tx = ctx.tx().await?;
    let row = sqlx::query!(
        r#"select coalesce(customer_name, '') as "name!", coalesce(customer_phone, '') as "phone!", subtotal_cents, currency
           from orders
           where tenant_id = $1
             and id = $2"#,
        tx.tenant(),
        order.uuid()
    )
    .fetch_optional(tx.conn())
    .await?
    .ok_or(AppError::NotFound)?;
    drop(tx);
    let currency = Currency::parse(&row.currency).ok_or_else(|| AppError::broken("an order in no known currency"))?;
    let booking = Booking {
        key: id.to_string(),
        is_again: false,
        agent: None,
        value: Money::new(row.subtotal_cents, currency),
        name: row.name,
        phone: Phone::parse(&row.phone).ok_or_else(|| AppError::broken("an order without a phone"))?,
        typed_code: typed.code.clone(),
    };
    match Partner::Manual.book(&booking).await {
        Ok(booked) => Ok(Booked { cost: typed.cost, ..booked }),
        Err(Fault::Refused(_)) => Err(AppError::Invalid(FieldErrors::one("code", FieldProblem::Missing))),
        Err(fault) => Err(AppError::broken(fault)),
    }
}

async fn give_up(tx: &mut TenantTx, parcel: BookingId) -> Result<(), AppError> {
    sqlx::query!(
        "update partner_parcels
         set status = 'given_up', updated_at = now()
         where tenant_id = $1
           and id = $2
           and status = 'asked'",
        tx.tenant(),
        parcel.uuid()
    )
    .execute(tx.conn())
    .await?;
    Ok(())
}

/// The carrier of that name; known from the first time it is typed.
async fn find_carrier(tx: &mut TenantTx, name: &str) -> Result<DeliveryPartnerId, AppError> {
    let known = sqlx::query_scalar!(
        "select id
         from delivery_partners
         where tenant_id = $1
           and provider = 'manual'
           and lower(name) = lower($2)
         order by id
         limit 1",
        tx.tenant(),
        name
    )
    .fetch_optional(tx.conn())
    .await?;
    if let Some(id) = known {
        return Ok(id.into());
    }
    let id = DeliveryPartnerId::mint();
    sqlx::query!(
        "insert into delivery_partners (tenant_id, id, name, provider)
         values ($1, $2, $3, 'manual')",
        tx.tenant(),
        id.uuid(),
        name
    )
    .execute(tx.conn())
    .await?;
    Ok(id)
}

/// Says where a parcel is that was written down by hand; the order moves along as with any other.
pub async fn say_state(ctx: &Ctx, order: OrderId, state: ParcelState) -> Result<(), AppError> {
    ctx.require(Permission::MoveOrders)?;
    let mut tx = ctx.tx().await?;
    let parcel = sqlx::query_scalar!(
        "select b.id
         from partner_parcels b
         join delivery_partners p on p.tenant_id = $1 and p.id = b.partner_id and p.provider <> 'pickup_mtaani'
         join delivery_orders d on d.tenant_id = $1 and d.id = b.delivery_id and d.status in ('accepted', 'in_transit')
         where b.tenant_id = $1
           and b.order_id = $2
           and b.status = 'booked'
         order by b.created_at desc, b.id desc
         limit 1",
        tx.tenant(),
        order.uuid()
    )
    .fetch_optional(tx.conn())
    .await?
    .ok_or(AppError::ChangedMeanwhile)?;
    drop(tx);
    let said = Booked { number: None, code: String::new(), cost: None, state, word: state.as_str().to_owned() };
    note(ctx, parcel.into(), &said).await
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_typed_is_a_carrier_a_code_and_maybe_a_cost() {
        let typed = Typed::default().with("carrier", " Easy Coach ").with("code", "EC-1180").with("cost", "1,200");
        let wanted =
            HandParcel { carrier: "Easy Coach".into(), code: "EC-1180".into(), cost: Some(Money::shillings(1_200)) };
        assert_eq!(HandParcel::read(&typed), Ok(wanted));
        for (field, value, problem) in [
            ("carrier", "", FieldProblem::Missing),
            ("code", " ", FieldProblem::Missing),
            ("code", "a\nb", FieldProblem::Unreadable),
            ("cost", "12.50", FieldProblem::NotWhole),
            ("cost", "-5", FieldProblem::NotWhole),
            ("cost", "100001", FieldProblem::TooHigh),
        ] {
            let wrong = typed.clone().with(field, value);
            assert_eq!(HandParcel::read(&wrong), Err(FieldErrors::one(field, problem)), "{field} {value}");
        }
    }
}
