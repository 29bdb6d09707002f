//! What each variant cost from when, and whether anybody could pay it: noted by whoever writes prices or puts things in
//! or out of the shop, in the same transaction.

use crate::{
    db::{DbError, TenantTx},
    kernel::id::{ProductId, VariantId},
};
use chrono::{DateTime, Utc};
use uuid::Uuid;

/// Adds a row for each of these variants whose price is another than its last one noted, or that is sold now and was
/// not, or the other way round. Call it after product and variants are written; safe to repeat. Two changes of one
/// moment are one.
///
/// Locks the products, after their variants.
pub async fn note(tx: &mut TenantTx, variants: &[VariantId], now: DateTime<Utc>) -> Result<(), DbError> {
    if variants.is_empty() {
        return Ok(());
    }
    let variants: Vec<Uuid> = variants.iter().map(|variant| variant.uuid()).collect();
    // Who prices a product and who puts it in the shop at the same moment wait for each other: the later one sees both.
    sqlx::query!(
        "select p.id
         from products p
         where p.tenant_id = $1
           and p.id in (select v.product_id from product_variants v where v.tenant_id = $1 and v.id = any($2))
         order by p.id
         limit 100000
         for no key update",
        tx.tenant(),
        &variants
    )
    .fetch_all(tx.conn())
    .await?;
    sqlx::query!(
        "insert into price_history (tenant_id, variant_id, price_cents, is_charged, starts_at)
         select $1, v.id, v.price_cents, v.is_active and p.status = 'active', $3
         from product_variants v
         join products p on p.tenant_id = $1 and p.id = v.product_id
         left join lateral (
             select h.price_cents, h.is_charged
             from price_history h
             where h.tenant_id = $1
               and h.variant_id = v.id
             order by h.starts_at desc
             limit 1
         ) last on true
         where v.tenant_id = $1
           and v.id = any($2)
           and (last.price_cents is distinct from v.price_cents
                or last.is_charged is distinct from (v.is_active and p.status = 'active'))
         on conflict (tenant_id, variant_id, starts_at) do update
         set price_cents = excluded.price_cents, is_charged = excluded.is_charged, updated_at = now()",
        tx.tenant(),
        &variants,
        now
    )
    .execute(tx.conn())
    .await?;
    Ok(())
}

/// The same for every variant of products that went into the shop or out of it.
pub async fn note_products(tx: &mut TenantTx, products: &[ProductId], now: DateTime<Utc>) -> Result<(), DbError> {
    if products.is_empty() {
        return Ok(());
    }
    let products: Vec<Uuid> = products.iter().map(|product| product.uuid()).collect();
    let variants = sqlx::query_scalar!(
        "select id
         from product_variants
         where tenant_id = $1
           and product_id = any($2)
         order by id
         limit 100000",
        tx.tenant(),
        &products
    )
    .fetch_all(tx.conn())
    .await?;
    let variants: Vec<VariantId> = variants.into_iter().map(VariantId::from).collect();
    note(tx, &variants, now).await
}

/// Called before a product is locked that goes into the shop or out of it: its variants' rows are named by what is noted
/// of them, and variants are locked before their product.
pub async fn lock_variants(tx: &mut TenantTx, product: ProductId) -> Result<(), DbError> {
    sqlx::query!(
        "select id
         from product_variants
         where tenant_id = $1
           and product_id = $2
         order by id
         limit 100000
         for key share",
        tx.tenant(),
        product.uuid()
    )
    .fetch_all(tx.conn())
    .await?;
    Ok(())
}
