//! What was bought, as it was called and priced when it was.

use super::OrderLine;
use crate::{
    db::TenantTx,
    error::AppError,
    kernel::{currency::Currency, id::OrderId, money::Money},
    pages::storefront::parts::Picture,
};

pub(super) async fn list(tx: &mut TenantTx, order: OrderId, currency: Currency) -> Result<Vec<OrderLine>, AppError> {
    let rows = sqlx::query!(
        r#"select i.name_snapshot, i.variant_snapshot, i.quantity, i.unit_price_cents, i.image_url,
                  pi.widths as "widths?", pi.width as "width?", pi.height as "height?", pi.placeholder as "placeholder?"
           from order_items i
           left join lateral (
               select widths, width, height, placeholder
               from product_images
               where tenant_id = $1
                 and product_id = i.product_id
                 and url = i.image_url
               limit 1
           ) pi on true
           where i.tenant_id = $1
             and i.order_id = $2
           order by i.position, i.id
           limit 100"#,
        tx.tenant(),
        order.uuid()
    )
    .fetch_all(tx.conn())
    .await?;
    let small = |n: i32| u16::try_from(n).unwrap_or(0);
    Ok(rows
        .into_iter()
        .map(|row| OrderLine {
            picture: row.image_url.filter(|_| row.widths.is_some()).map(|base| Picture {
                base,
                widths: row.widths.unwrap_or_default().into_iter().map(small).collect(),
                width: small(row.width.unwrap_or(0)),
                height: small(row.height.unwrap_or(0)),
                alt: row.name_snapshot.clone(),
                placeholder: row.placeholder,
            }),
            product_name: row.name_snapshot,
            variant_name: row.variant_snapshot.unwrap_or_default(),
            quantity: u32::try_from(row.quantity).unwrap_or(0),
            unit_price: Money::new(row.unit_price_cents, currency),
            // What was taken off stands below, once.
            total: Money::new(row.unit_price_cents.saturating_mul(i64::from(row.quantity)), currency),
        })
        .collect())
}
