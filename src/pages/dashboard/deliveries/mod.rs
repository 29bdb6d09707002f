//! Parcels as the team sees them: the board, what was not booked, an order's tries, a rider's stops, fees against cost.

pub mod board;
pub mod figures;
pub mod not_booked;
pub mod order;
pub mod stops;

use crate::{
    db::TenantTx,
    error::AppError,
    kernel::{id::RiderId, phone::Phone},
};

/// Somebody who can be given a parcel.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KnownRider {
    pub id: RiderId,
    pub name: String,
    /// As people read it.
    pub phone: String,
}

/// Those who were given something last, first.
async fn list_riders(tx: &mut TenantTx) -> Result<Vec<KnownRider>, AppError> {
    let rows = sqlx::query!(
        r#"select id, name, phone as "phone!"
           from delivery_partners
           where tenant_id = $1
             and provider = 'manual'
             and phone is not null
             and is_active
           order by updated_at desc, id
           limit 50"#,
        tx.tenant()
    )
    .fetch_all(tx.conn())
    .await?;
    Ok(rows
        .into_iter()
        .map(|row| KnownRider {
            id: row.id.into(),
            name: row.name,
            phone: Phone::parse(&row.phone).map_or(row.phone, |phone| phone.display()),
        })
        .collect())
}
