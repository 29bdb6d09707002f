//! Where things are brought to a customer: kept from their orders, with the way to the gate as they and the riders tell it.

use crate::{
    ctx::Ctx,
    db::{DbError, TenantTx},
    error::AppError,
    kernel::{
        access::Permission,
        field_errors::{FieldErrors, optional_line, optional_text},
        id::{CustomerAddressId, CustomerId, OrderId},
        typed::Typed,
    },
};
use serde_json::json;

/// The fields of the form that changes one.
pub const FIELDS: [&str; 4] = ["label", "instructions", "rider_note", "is_default"];
/// Of a note.
pub const LONGEST_NOTE: usize = 500;
pub const LONGEST_LABEL: usize = 40;

/// How to find a place.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Directions {
    /// In the customer's words.
    pub told: Option<String>,
    /// In the words of somebody who was there; read these first.
    pub found: Option<String>,
}

/// What is known of the place that an order goes to: its customer's, and nobody else's.
pub async fn directions(tx: &mut TenantTx, order: OrderId) -> Result<Directions, DbError> {
    let row = sqlx::query!(
        r#"select o.notes as told, a.instructions, a.rider_note
           from orders o
           left join customer_addresses a on a.tenant_id = $1
                                         and a.customer_id = o.customer_id
                                         and a.place = regexp_replace(lower(coalesce(o.delivery_city_area, '')), '[^[:alnum:]]+', ' ', 'g')
                                                       || '|' || trim(regexp_replace(lower(coalesce(o.shipping_address ->> 'street', '')), '[^[:alnum:]]+', ' ', 'g'))
           where o.tenant_id = $1
             and o.id = $2"#,
        tx.tenant(),
        order.uuid()
    )
    .fetch_optional(tx.conn())
    .await?;
    Ok(row.map_or_else(Directions::default, |row| Directions {
        told: row.told.or(row.instructions),
        found: row.rider_note,
    }))
}

/// Whoever was there says how to find it, for the next time. False when the order's place is kept nowhere, as after
/// erasing. Twice is once.
pub async fn note_way(tx: &mut TenantTx, order: OrderId, note: &str) -> Result<bool, DbError> {
    let noted = sqlx::query!(
        r#"update customer_addresses a
           set rider_note = left($3, 500), version = a.version + 1, updated_at = now()
           from orders o
           where a.tenant_id = $1
             and o.tenant_id = $1
             and o.id = $2
             and a.customer_id = o.customer_id
             and a.place = regexp_replace(lower(coalesce(o.delivery_city_area, '')), '[^[:alnum:]]+', ' ', 'g')
                           || '|' || trim(regexp_replace(lower(coalesce(o.shipping_address ->> 'street', '')), '[^[:alnum:]]+', ' ', 'g'))
             and trim($3) <> ''"#,
        tx.tenant(),
        order.uuid(),
        note
    )
    .execute(tx.conn())
    .await?;
    Ok(noted.rows_affected() == 1)
}

/// Writes what is known of a place, over `version`. The address of another customer is not found.
pub async fn change_address(
    ctx: &Ctx,
    customer: CustomerId,
    address: CustomerAddressId,
    version: i32,
    typed: &Typed,
) -> Result<(), AppError> {
    ctx.require(Permission::EditCustomers)?;
    let mut errors = FieldErrors::none();
    typed.expect_only(&FIELDS, &mut errors);
    let found = errors.expect("rider_note", optional_text(typed.get("rider_note"), LONGEST_NOTE));
    let words = Words { found: found.flatten(), keeps_found: false, ..Words::read(typed, errors)? };
    let mut tx = ctx.tx().await?;
    write(ctx, &mut tx, (customer, address), version, &words).await?;
    tx.commit().await?;
    Ok(())
}

/// What is written of a place.
pub(super) struct Words {
    label: Option<String>,
    told: Option<String>,
    found: Option<String>,
    /// What riders say stays as it is: it is not the customer's own.
    keeps_found: bool,
    is_default: bool,
}

impl Words {
    /// Reads what is the customer's own; `errors` are those of the rest.
    pub(super) fn read(typed: &Typed, mut errors: FieldErrors) -> Result<Self, AppError> {
        let label = errors.expect("label", optional_line(typed.get("label"), LONGEST_LABEL));
        let told = errors.expect("instructions", optional_text(typed.get("instructions"), LONGEST_NOTE));
        match (label, told) {
            (Some(label), Some(told)) if errors.is_empty() => {
                Ok(Self { label, told, found: None, keeps_found: true, is_default: typed.is_on("is_default") })
            }
            _ => Err(AppError::Invalid(errors)),
        }
    }
}

/// Over `version`; what stands there already, because the form came twice, is written.
pub(super) async fn write(
    ctx: &Ctx,
    tx: &mut TenantTx,
    (customer, address): (CustomerId, CustomerAddressId),
    version: i32,
    words: &Words,
) -> Result<(), AppError> {
    if words.is_default {
        sqlx::query!(
            "update customer_addresses
             set is_default = false, updated_at = $4
             where tenant_id = $1
               and customer_id = $2
               and id <> $3
               and is_default",
            tx.tenant(),
            customer.uuid(),
            address.uuid(),
            ctx.now()
        )
        .execute(tx.conn())
        .await?;
    }
    let found = sqlx::query!(
        r#"with known as (
               select id, version, label, instructions, rider_note, is_default
               from customer_addresses
               where tenant_id = $1
                 and customer_id = $2
                 and id = $3
               for no key update
           ), written as (
               update customer_addresses a
               set label = $5, instructions = $6, rider_note = case when $10 then a.rider_note else $7 end, is_default = $8,
                   version = a.version + 1, updated_at = $9
               from known
               where a.tenant_id = $1
                 and a.id = known.id
                 and known.version = $4
               returning a.id
           )
           select exists (select from written) as "is_written!",
                  (known.label is not distinct from $5 and known.instructions is not distinct from $6
                      and ($10 or known.rider_note is not distinct from $7) and known.is_default = $8) as "is_there!"
           from known"#,
        tx.tenant(),
        customer.uuid(),
        address.uuid(),
        version,
        words.label.as_deref(),
        words.told.as_deref(),
        words.found.as_deref(),
        words.is_default,
        ctx.now(),
        words.keeps_found
    )
    .fetch_optional(tx.conn())
    .await?;
    let found = found.ok_or(AppError::NotFound)?;
    if !found.is_written {
        return if found.is_there { Ok(()) } else { Err(AppError::ChangedMeanwhile) };
    }
    let details = json!({ "customer": customer });
    tx.audit(ctx.actor, "customer_place_changed", "customer_addresses", address.uuid(), details).await?;
    Ok(())
}
