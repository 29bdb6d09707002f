//! Who comes back: what the last order from this browser was filled in with, and nothing that somebody else ever typed.

use super::forms::CheckoutValues;
use crate::{
    ctx::Ctx,
    error::AppError,
    kernel::{phone::Phone, token::Token},
};

/// What the next form begins with.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KnownBuyer {
    pub area: String,
    pub values: CheckoutValues,
}

/// By the order's own token, which only its browser and its buyer have. None for an order whose person was erased.
///
/// The customer of that phone is not asked: who typed a wrong number would see where another lives.
pub async fn find(ctx: &Ctx, order: &Token) -> Result<Option<KnownBuyer>, AppError> {
    let mut tx = ctx.tx().await?;
    let row = sqlx::query!(
        r#"select customer_phone as "phone!", coalesce(customer_name, '') as "name!", coalesce(customer_email, '') as "email!",
                  coalesce(delivery_city_area, '') as "area!", coalesce(shipping_address ->> 'street', '') as "street!",
                  coalesce(notes, '') as "instructions!"
           from orders
           where tenant_id = $1
             and token_hash = $2
             and customer_phone is not null"#,
        tx.tenant(),
        order.hash()
    )
    .fetch_optional(tx.conn())
    .await?;
    Ok(row.and_then(|row| {
        let phone = Phone::parse(&row.phone)?;
        Some(KnownBuyer {
            area: row.area,
            values: CheckoutValues {
                name: row.name,
                phone: phone.display(),
                email: row.email,
                street: row.street,
                instructions: row.instructions,
                ..CheckoutValues::default()
            },
        })
    }))
}
