//! What a delivery partner tells by itself: kept as it came, and believed only as far as asking confirms it.

use super::{
    super::read_callback::close_callback,
    follow::{Looked, look},
};
use crate::{
    ctx::Ctx,
    delivery::partners::pickup_mtaani::{Event, read_event},
    error::AppError,
    kernel::id::{BookingId, CallbackId, DeliveryPartnerId},
};
use chrono::TimeDelta;

/// Reads one stored call. Repeats, late ones and ones about nothing are all welcome.
pub(in crate::checkout) async fn read_parcel_event(
    ctx: &Ctx,
    callback: CallbackId,
    partner: DeliveryPartnerId,
    body: &str,
) -> Result<(), AppError> {
    note_heard(ctx, partner).await?;
    let number = match read_event(body) {
        Event::Parcel(number) => number,
        Event::Other => return close_callback(ctx, callback, None, "not_for_us", false).await,
        Event::Malformed => return close_callback(ctx, callback, None, "malformed", false).await,
    };
    // Only this merchant's own: a number of somebody else's is nothing here.
    let Some(parcel) = find_parcel(ctx, partner, number).await? else {
        return close_callback(ctx, callback, None, "unknown_reference", false).await;
    };
    match look(ctx, parcel).await? {
        Looked::Done => close_callback(ctx, callback, None, "settled", true).await,
        // The queue brings this call again.
        Looked::NotReached => Err(AppError::TryAgain { retry_after_seconds: 5 }),
    }
}

async fn find_parcel(ctx: &Ctx, partner: DeliveryPartnerId, number: i64) -> Result<Option<BookingId>, AppError> {
    let mut tx = ctx.tx().await?;
    let found = sqlx::query_scalar!(
        "select id
         from partner_parcels
         where tenant_id = $1
           and partner_id = $2
           and parcel_number = $3",
        tx.tenant(),
        partner.uuid(),
        number
    )
    .fetch_optional(tx.conn())
    .await?;
    Ok(found.map(Into::into))
}

/// The light on the merchant's page. To the hour, so that a rush of calls does not queue for one row.
async fn note_heard(ctx: &Ctx, partner: DeliveryPartnerId) -> Result<(), AppError> {
    let mut tx = ctx.tx().await?;
    sqlx::query!(
        "update delivery_partners
         set heard_at = $3, updated_at = now()
         where tenant_id = $1
           and id = $2
           and (heard_at is null or heard_at < $4)",
        tx.tenant(),
        partner.uuid(),
        ctx.now(),
        ctx.now() - TimeDelta::hours(1)
    )
    .execute(tx.conn())
    .await?;
    Ok(tx.commit().await?)
}
