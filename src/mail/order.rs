//! What a mail to a buyer says of their order: found when it is sent, so that their address stands on the order only.

use super::letter::{About, Person};
use crate::{
    ctx::Platform,
    db::{TenantTx, directory::ShopHost},
    error::AppError,
    kernel::locale::Locale,
    vault::Purpose,
};
use uuid::Uuid;

/// None when the buyer left no address, or money has come for the order meanwhile.
pub(super) async fn find_expired(
    platform: &Platform,
    tx: &mut TenantTx,
    order: Uuid,
) -> Result<Option<(About, String)>, AppError> {
    let row = sqlx::query!(
        r#"select o.order_number, coalesce(o.customer_name, '') as "name!", o.customer_email as "email!", o.locale,
                  s.name as shop, s.slug, h.kind as "kind?", h.name as "host?",
                  exists (
                      select 1
                      from payments p
                      where p.tenant_id = $1
                        and p.order_id = o.id
                        and p.status = 'succeeded'
                  ) as "is_part_paid!"
           from orders o
           join stores s on s.tenant_id = $1 and s.id = o.store_id
           left join hosts h on h.tenant_id = $1 and h.store_id = s.id and h.is_primary
           where o.tenant_id = $1
             and o.id = $2
             and o.status = 'cancelled'
             and o.customer_email <> ''"#,
        tx.tenant(),
        order
    )
    .fetch_optional(tx.conn())
    .await?;
    let Some(row) = row else { return Ok(None) };
    let host = match (row.kind.as_deref(), row.host) {
        (Some("domain"), Some(name)) => ShopHost::Domain(name),
        (_, Some(name)) => ShopHost::Subdomain(name),
        (_, None) => ShopHost::Subdomain(row.slug),
    };
    let link = platform.vault.key(tx).await?.token(Purpose::Order, order);
    let about = About::OrderExpired {
        to: Person { name: row.name, shop: row.shop },
        number: row.order_number,
        host,
        link,
        locale: Locale::parse(&row.locale).unwrap_or_default(),
        is_part_paid: row.is_part_paid,
    };
    Ok(Some((about, row.email)))
}
