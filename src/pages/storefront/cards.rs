//! Loads products as they stand in lists: one statement for any list of ids.

use super::{
    frame::Standing,
    parts::ProductCard,
    rows::{PictureRow, Shown, currency},
};
use crate::{
    catalog::was_price::PriceStep,
    db::TenantTx,
    error::AppError,
    kernel::{
        id::{CategoryId, ProductId},
        money::Money,
    },
};
use chrono::{DateTime, Utc};
use sqlx::types::Json;
use uuid::Uuid;

/// The cards of `products`, in that order. Those without anything to buy are left out.
pub(super) async fn load_cards(
    tx: &mut TenantTx,
    products: &[Uuid],
    standing: &Standing,
    now: DateTime<Utc>,
) -> Result<Vec<ProductCard>, AppError> {
    if products.is_empty() {
        return Ok(Vec::new());
    }
    let rows = sqlx::query!(
        r#"select p.id, p.name, p.slug, p.currency,
                  array(select above.id from categories_above($1, p.category_id) above) as "categories!",
                  offer.cheapest as "cheapest!",
                  coalesce((
                      select jsonb_agg(to_jsonb(step) order by step.starts_at desc)
                      from (
                          select h.price_cents, h.starts_at, h.is_charged
                          from price_history h
                          where h.tenant_id = $1
                            and h.variant_id = offer.cheapest
                          order by h.starts_at desc
                          limit 50
                      ) step
                  ), '[]') as "history!: Json<Vec<PriceStep>>",
                  offer.lowest as "lowest!", offer.highest as "highest!", offer.was, offer.is_in_stock as "is_in_stock!",
                  i.url as "url?", i.widths as "widths?", i.width as "width?", i.height as "height?",
                  i.placeholder as "placeholder?", i.alt_text as "alt_text?"
           from unnest($2::uuid[]) with ordinality as wanted (id, place)
           join products p on p.tenant_id = $1 and p.id = wanted.id
           cross join lateral (
               select min(v.price_cents) as lowest,
                      max(v.price_cents) as highest,
                      (array_agg(v.compare_at_price_cents order by v.price_cents, v.position, v.id))[1] as was,
                      (array_agg(v.id order by v.price_cents, v.position, v.id))[1] as cheapest,
                      bool_or(v.stock_quantity > held.pieces) as is_in_stock
               from product_variants v
               cross join lateral pieces_held($1, v.id, $3) as held (pieces)
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
            let categories: Vec<CategoryId> = row.categories.into_iter().map(CategoryId::from).collect();
            let product = ProductId::from(row.id);
            let shown = |cents| Shown {
                rules: &standing.rules,
                product,
                categories: &categories,
                variant: row.cheapest.into(),
                price: Money::new(cents, currency),
                now,
            };
            let (price, was) = shown(row.lowest).price(row.was, &row.history.0);
            let highest = shown(row.highest).price(None, &[]).0;
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
                was,
                has_dearer: highest.minor() > price.minor(),
                is_sold_out: !row.is_in_stock,
            })
        })
        .collect()
}
