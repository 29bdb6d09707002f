//! Loads what a rider's link opens; two statements.

use super::{CarriedParcel, Prompt, RiderPage};
use crate::{
    ctx::Ctx,
    customers::addresses::directions,
    delivery::parcel::MOST_GUESSES,
    error::AppError,
    kernel::{money::Money, order_number::OrderNumber, phone::Phone, token::Token},
    pages::storefront::rows::currency,
};

/// The page. Links that are over, replaced, foreign or made up are the same "not found".
pub async fn load(ctx: &Ctx, token: &Token) -> Result<RiderPage, AppError> {
    let mut tx = ctx.tx().await?;
    let row = sqlx::query!(
        r#"select o.id, o.order_number, o.number_prefix, o.currency, o.total_cents, coalesce(o.customer_name, '') as "buyer!", o.customer_phone,
                  coalesce(o.delivery_city_area, '') as "area!", coalesce(o.shipping_address ->> 'street', '') as "street!",
                  (select there.cents from order_money($1, o.id) as there (cents)) as "there_cents!",
                  d.wrong_codes as "wrong_codes?",
                  exists (select from mpesa_accounts m where m.tenant_id = $1 and m.is_active) as "takes_mpesa!",
                  p.status as "prompt_status?", p.phone as "prompt_phone?"
           from rider_links l
           join orders o on o.tenant_id = $1 and o.id = l.order_id
           left join delivery_orders d on d.tenant_id = $1 and d.id = l.delivery_id and d.is_current and d.status = 'in_transit'
           left join lateral (
               select a.status, a.phone
               from payments a
               where a.tenant_id = $1
                 and a.order_id = o.id
                 and a.method in ('mpesa_till', 'mpesa_paybill')
                 and a.hook_token_hash is not null
               order by a.attempt_no desc
               limit 1
           ) p on true
           where l.tenant_id = $1
             and l.token_hash = $2
             and l.ended_at is null
             and l.expires_at > $3
             and o.status not in ('delivered', 'cancelled', 'refunded')"#,
        tx.tenant(),
        token.hash(),
        ctx.now()
    )
    .fetch_optional(tx.conn())
    .await?
    .ok_or(AppError::NotFound)?;
    let currency = currency(&row.currency)?;
    let way = directions(&mut tx, row.id.into()).await?;
    let phone = row.customer_phone.as_deref().and_then(Phone::parse);
    let prompt = match row.prompt_status.as_deref() {
        Some("initiated" | "pending") => {
            let phone = row.prompt_phone.as_deref().and_then(Phone::parse);
            Prompt::Open(phone.map(|phone| phone.masked()).unwrap_or_default())
        }
        Some("failed") => Prompt::Failed,
        _ => Prompt::None,
    };
    Ok(RiderPage {
        token: token.hex(),
        number: OrderNumber::of(&row.number_prefix, row.order_number),
        buyer: row.buyer,
        area: row.area,
        street: row.street,
        found: way.found,
        instructions: way.told.filter(|text| !text.trim().is_empty()),
        phone: phone.as_ref().map(Phone::display),
        whatsapp: phone.map(|phone| phone.msisdn().to_owned()),
        parcel: row
            .wrong_codes
            .map(|wrong| CarriedParcel { is_locked: u32::try_from(wrong).unwrap_or(0) >= MOST_GUESSES }),
        missing: Money::new((row.total_cents - row.there_cents).max(0), currency),
        takes_mpesa: row.takes_mpesa,
        prompt,
        key: Token::random().hex(),
    })
}
