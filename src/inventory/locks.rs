//! The only row locks on stock, always in id order, always before cart, order and payment.

use crate::{
    db::TenantTx,
    error::AppError,
    kernel::id::{CartId, CategoryId, OrderId, ProductId, VariantId},
};

/// A line of a cart with its goods locked.
pub(crate) struct LockedLine {
    pub product: ProductId,
    pub variant: VariantId,
    /// The product's category and all above it.
    pub categories: Vec<CategoryId>,
    pub product_name: String,
    pub variant_name: String,
    pub image: Option<String>,
    pub quantity: i32,
    pub price_cents: i64,
    /// What one weighs; nothing when nobody said.
    pub grams: i64,
    /// The price when the cart last showed it.
    pub seen_price_cents: i64,
    pub stock: i32,
    pub is_on_sale: bool,
}

/// Locks the variants of a cart's lines.
pub(crate) async fn lock_cart_goods(tx: &mut TenantTx, cart: CartId) -> Result<Vec<LockedLine>, AppError> {
    let rows = sqlx::query!(
        r#"select v.id as variant_id, p.id as product_id, p.name as product_name, v.name as variant_name,
                  i.quantity, v.price_cents, i.unit_price_cents, v.stock_quantity,
                  coalesce(round(p.weight_kg * 1000)::bigint, 0) as "grams!",
                  (v.is_active and p.status = 'active') as "is_on_sale!",
                  array(select above.id from categories_above($1, p.category_id) above) as "categories!",
                  (select pi.url from product_images pi
                   where pi.tenant_id = $1 and pi.product_id = p.id
                   order by pi.position, pi.id limit 1) as image
           from cart_items i
           join product_variants v on v.tenant_id = $1 and v.id = i.variant_id
           join products p on p.tenant_id = $1 and p.id = v.product_id
           where i.tenant_id = $1
             and i.cart_id = $2
           order by v.id
           for update of v"#,
        tx.tenant(),
        cart.uuid()
    )
    .fetch_all(tx.conn())
    .await?;
    Ok(rows
        .into_iter()
        .map(|row| LockedLine {
            product: row.product_id.into(),
            variant: row.variant_id.into(),
            categories: row.categories.into_iter().map(CategoryId::from).collect(),
            product_name: row.product_name,
            variant_name: row.variant_name,
            image: row.image,
            quantity: row.quantity,
            price_cents: row.price_cents,
            grams: row.grams,
            seen_price_cents: row.unit_price_cents,
            stock: row.stock_quantity,
            is_on_sale: row.is_on_sale,
        })
        .collect())
}

/// What an order asks for of one variant, with the variant locked.
pub(crate) struct LockedGoods {
    pub variant: VariantId,
    pub quantity: i64,
    pub stock: i32,
}

/// Locks the variants of an order's lines.
pub(crate) async fn lock_order_goods(tx: &mut TenantTx, order: OrderId) -> Result<Vec<LockedGoods>, AppError> {
    let rows = sqlx::query!(
        r#"select v.id, v.stock_quantity,
                  (select coalesce(sum(i.quantity), 0) from order_items i
                   where i.tenant_id = $1 and i.order_id = $2 and i.variant_id = v.id) as "quantity!"
           from product_variants v
           where v.tenant_id = $1
             and v.id in (select oi.variant_id from order_items oi where oi.tenant_id = $1 and oi.order_id = $2)
           order by v.id
           for update of v"#,
        tx.tenant(),
        order.uuid()
    )
    .fetch_all(tx.conn())
    .await?;
    Ok(rows
        .into_iter()
        .map(|row| LockedGoods { variant: row.id.into(), quantity: row.quantity, stock: row.stock_quantity })
        .collect())
}
