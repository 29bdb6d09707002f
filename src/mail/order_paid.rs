//! What a buyer's mail about a paid order says: what it came to, and where its receipt is.

use super::letter::{About, Person};
use crate::{
    ctx::Platform,
    db::{DbError, TenantTx},
    error::AppError,
    kernel::{currency::Currency, money::Money},
    vault::Purpose,
};
use uuid::Uuid;

/// With the address it goes to. None when the buyer gave none, or is gone.
pub(super) async fn find(
    platform: &Platform,
    tx: &mut TenantTx,
    order: Uuid,
) -> Result<Option<(About, String)>, AppError> {
    let row = sqlx::query!(
        r#"select o.order_number, o.total_cents, o.currency, o.locale, coalesce(o.customer_name, '') as "name!", o.customer_email,
                  s.name as shop, h.kind as "host_kind?", coalesce(h.name, s.slug) as "host!"
           from orders o
           join stores s on s.tenant_id = $1 and s.id = o.store_id
           left join lateral (
               select kind, name
               from hosts
               where tenant_id = $1
                 and store_id = s.id
                 and is_primary
               limit 1
           ) h on true
           where o.tenant_id = $1
             and o.id = $2
             and o.token_hash is not null
             and o.paid_at is not null"#,
        tx.tenant(),
        order
    )
    .fetch_optional(tx.conn())
    .await?;
    let Some(row) = row else { return Ok(None) };
    let Some(email) = row.customer_email else { return Ok(None) };
    let currency = Currency::parse(&row.currency).ok_or_else(|| DbError::corrupt("orders.currency", &row.currency))?;
    let token = platform.vault.key(tx).await?.token(Purpose::Order, order);
    let language = if row.locale == "sw" { "/sw" } else { "" };
    let shop = shop_origin(&platform.base_url, row.host_kind.as_deref(), &row.host);
    let about = About::OrderPaid {
        to: Person { name: row.name, shop: row.shop },
        number: row.order_number,
        total: Money::new(row.total_cents, currency),
        page: format!("{shop}{language}/orders/{}/receipt", token.hex()),
    };
    Ok(Some((about, email)))
}

/// Where a shop's own addresses begin.
fn shop_origin(base_url: &str, kind: Option<&str>, name: &str) -> String {
    let (scheme, platform) = base_url.split_once("://").unwrap_or(("https", base_url));
    match kind {
        Some("domain") => format!("{scheme}://{name}"),
        _ => format!("{scheme}://{name}.{platform}"),
    }
}

#[cfg(test)]
mod tests {
    use super::shop_origin;

    #[test]
    fn a_receipt_is_on_the_shops_own_domain_or_below_the_platform() {
        assert_eq!(shop_origin("https://duka.test", Some("domain"), "njeri.co.ke"), "https://njeri.co.ke");
        assert_eq!(shop_origin("https://duka.test", Some("subdomain"), "njeri"), "https://njeri.duka.test");
        assert_eq!(shop_origin("http://localhost:3000", None, "njeri"), "http://njeri.localhost:3000");
    }
}
