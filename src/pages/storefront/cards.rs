//! Loads products as they stand in lists: one statement for any list of ids.

use super::{
    parts::ProductCard,
    rows::{PictureRow, currency, was},
};
use crate::{db::TenantTx, error::AppError, kernel::money::Money};
use chrono::{DateTime, Utc};
use uuid::Uuid;

/// The cards of `products`, in that order. Those without anything to buy are left out.
pub(super) async fn load_cards(
    tx: &mut TenantTx,
    products: &[Uuid],
    now: DateTime<Utc>,
) -> Result<Vec<ProductCard>, AppError> {
    if products.is_empty() {
        return Ok(Vec::new());
    }
    let rows = sqlx::query!(
        r#"select p.name, p.slug, p.currency,
                  offer.lowest as "lowest!", offer.highest as "highest!", offer.was, offer.is_in_stock as "is_in_stock!",
                  i.url as "url?", i.widths as "widths?", i.width as "width?", i.height as "height?",
                  i.placeholder as "placeholder?", i.alt_text as "alt_text?"
           from unnest($2::uuid[]) with ordinality as wanted (id, place)
           join products p on p.tenant_id = $1 and p.id = wanted.id
           cross join lateral (
               select min(v.price_cents) as lowest,
                      max(v.price_cents) as highest,
                      (array_agg(v.compare_at_price_cents order by v.price_cents, v.position, v.id))[1] as was,
                      bool_or(v.stock_quantity > coalesce(h.held, 0)) as is_in_stock
               from product_variants v
               left join lateral (
                   select sum(s.quantity) as held
                   from stock_holds s
                   where s.tenant_id = $1
                     and s.variant_id = v.id
                     and s.released_at is null
                     and s.converted_at is null
                     and s.expires_at > $3
               ) h on true
               where v.tenant_id = $1
                 and v.product_id = p.id
                 and v.is_active
           ) offer
           left join lateral (
               select pi.url, pi.widths, pi.width, pi.height, pi.placeholder, pi.alt_text
               from product_images pi
               where pi.tenant_id = $1
                 and pi.product_id = p.id
               order by pi.position, pi.id
               limit 1
           ) i on true
           where offer.lowest is not null
           order by wanted.place
           limit 100"#,
        tx.tenant(),
        products,
        now
    )
    .fetch_all(tx.conn())
    .await?;
    rows.into_iter()
        .map(|row| {
            let currency = currency(&row.currency)?;
            let price = Money::new(row.lowest, currency);
            let picture = PictureRow {
                url: row.url,
                widths: row.widths,
                width: row.width,
                height: row.height,
                placeholder: row.placeholder,
                alt_text: row.alt_text,
            };
            Ok(ProductCard {
                picture: picture.picture(&row.name),
                name: row.name,
                slug: row.slug,
                price,
                was: was(price, row.was),
                has_dearer: row.highest > row.lowest,
                is_sold_out: !row.is_in_stock,
            })
        })
        .collect()
}
