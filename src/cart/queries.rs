//! The SQL of carts.

use crate::{
    db::{DbError, TenantTx},
    kernel::{
        currency::Currency,
        id::{CartId, CartItemId, ProductId, StoreId, VariantId},
        locale::Locale,
        money::Money,
        quantity::Quantity,
        token::Token,
    },
};
use chrono::{DateTime, Utc};

/// What somebody wants to put in.
pub(super) struct Goods {
    pub product: ProductId,
    pub variant: VariantId,
    pub product_name: String,
    pub price: Money,
    /// In the house and promised to nobody.
    pub available: u32,
}

/// How the cart stands before something is put in.
pub(super) struct Standing {
    pub lines: u32,
    pub pieces: u32,
    /// Of the variant in question.
    pub quantity: u32,
    /// Whether what has this key was put in before.
    pub is_done: bool,
}

/// A variant that this store sells. Its key is locked, as writing the cart's line would do later anyway:
/// variants come before carts everywhere.
pub(super) async fn find_goods(
    tx: &mut TenantTx,
    store: StoreId,
    variant: VariantId,
    now: DateTime<Utc>,
) -> Result<Option<Goods>, DbError> {
    let row = sqlx::query!(
        r#"select p.id, p.name, p.currency, v.price_cents, v.stock_quantity,
                  (select held.pieces from pieces_held($1, v.id, $4) as held (pieces)) as "held!"
           from product_variants v
           join products p on p.tenant_id = $1 and p.id = v.product_id
           where v.tenant_id = $1
             and v.id = $3
             and v.is_active
             and p.store_id = $2
             and p.status = 'active'
           for key share of v"#,
        tx.tenant(),
        store.uuid(),
        variant.uuid(),
        now
    )
    .fetch_optional(tx.conn())
    .await?;
    let Some(row) = row else { return Ok(None) };
    let currency =
        Currency::parse(&row.currency).ok_or_else(|| DbError::corrupt("products.currency", &row.currency))?;
    Ok(Some(Goods {
        product: row.id.into(),
        variant,
        product_name: row.name,
        price: Money::new(row.price_cents, currency),
        available: Goods::sellable(row.stock_quantity, row.held),
    }))
}

/// Makes or freshens the cart of a token and locks it; none when it is no longer open.
pub(super) async fn open_cart(
    tx: &mut TenantTx,
    store: StoreId,
    token: &Token,
    goods: &Goods,
    locale: Locale,
    now: DateTime<Utc>,
    until: DateTime<Utc>,
) -> Result<Option<CartId>, DbError> {
    let id = sqlx::query_scalar!(
        "insert into carts (tenant_id, id, store_id, cart_token, currency, locale, expires_at)
         values ($1, $2, $3, $4, $5, $6, $8)
         on conflict (tenant_id, cart_token) do update
         set expires_at = excluded.expires_at,
             locale = excluded.locale,
             updated_at = now()
         where carts.status = 'open'
           and carts.store_id = $3
           and carts.expires_at > $7
         returning id",
        tx.tenant(),
        CartId::mint().uuid(),
        store.uuid(),
        token.hash_hex(),
        goods.price.currency().code(),
        locale.tag(),
        now,
        until
    )
    .fetch_optional(tx.conn())
    .await?;
    Ok(id.map(Into::into))
}

pub(super) async fn find_cart(
    tx: &mut TenantTx,
    store: StoreId,
    token: &Token,
    now: DateTime<Utc>,
) -> Result<Option<CartId>, DbError> {
    let id = sqlx::query_scalar!(
        "select id
         from carts
         where tenant_id = $1
           and cart_token = $2
           and store_id = $3
           and status = 'open'
           and expires_at > $4",
        tx.tenant(),
        token.hash_hex(),
        store.uuid(),
        now
    )
    .fetch_optional(tx.conn())
    .await?;
    Ok(id.map(Into::into))
}

/// The same with the cart locked.
pub(super) async fn lock_cart(
    tx: &mut TenantTx,
    store: StoreId,
    token: &Token,
    now: DateTime<Utc>,
) -> Result<Option<CartId>, DbError> {
    let id = sqlx::query_scalar!(
        "select id
         from carts
         where tenant_id = $1
           and cart_token = $2
           and store_id = $3
           and status = 'open'
           and expires_at > $4
         for update",
        tx.tenant(),
        token.hash_hex(),
        store.uuid(),
        now
    )
    .fetch_optional(tx.conn())
    .await?;
    Ok(id.map(Into::into))
}

/// Whether somebody made a link of it, so that another phone may hold it as well.
pub(super) async fn has_link(tx: &mut TenantTx, cart: CartId) -> Result<bool, DbError> {
    Ok(sqlx::query_scalar!(
        r#"select link_hash is not null as "has_link!"
           from carts
           where tenant_id = $1
             and id = $2"#,
        tx.tenant(),
        cart.uuid()
    )
    .fetch_one(tx.conn())
    .await?)
}

pub(super) async fn find_standing(
    tx: &mut TenantTx,
    cart: CartId,
    variant: VariantId,
    key: Option<i64>,
) -> Result<Standing, DbError> {
    let row = sqlx::query!(
        r#"select count(*) as "lines!",
                  coalesce(sum(quantity), 0) as "pieces!",
                  coalesce(sum(quantity) filter (where variant_id = $3), 0) as "quantity!",
                  coalesce(bool_or(last_key = $4) filter (where variant_id = $3), false) as "is_done!"
           from cart_items
           where tenant_id = $1
             and cart_id = $2"#,
        tx.tenant(),
        cart.uuid(),
        variant.uuid(),
        key
    )
    .fetch_one(tx.conn())
    .await?;
    Ok(Standing {
        lines: count(row.lines),
        pieces: count(row.pieces),
        quantity: count(row.quantity),
        is_done: row.is_done,
    })
}

pub(super) async fn write_item(
    tx: &mut TenantTx,
    cart: CartId,
    goods: &Goods,
    quantity: Quantity,
    line_total: Money,
    key: Option<i64>,
) -> Result<(), DbError> {
    sqlx::query!(
        "insert into cart_items (tenant_id, id, cart_id, product_id, variant_id, quantity, unit_price_cents, line_total_cents, last_key)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9)
         on conflict (tenant_id, cart_id, variant_id) do update
         set quantity = excluded.quantity,
             unit_price_cents = excluded.unit_price_cents,
             line_total_cents = excluded.line_total_cents,
             last_key = coalesce(excluded.last_key, cart_items.last_key),
             updated_at = now()",
        tx.tenant(),
        CartItemId::mint().uuid(),
        cart.uuid(),
        goods.product.uuid(),
        goods.variant.uuid(),
        quantity.as_i32(),
        goods.price.minor(),
        line_total.minor(),
        key
    )
    .execute(tx.conn())
    .await?;
    Ok(())
}

pub(super) async fn update_quantity(
    tx: &mut TenantTx,
    cart: CartId,
    item: CartItemId,
    quantity: Quantity,
) -> Result<bool, DbError> {
    let done = sqlx::query!(
        "update cart_items
         set quantity = $4, line_total_cents = unit_price_cents * $4::int, updated_at = now()
         where tenant_id = $1
           and cart_id = $2
           and id = $3",
        tx.tenant(),
        cart.uuid(),
        item.uuid(),
        quantity.as_i32()
    )
    .execute(tx.conn())
    .await?;
    Ok(done.rows_affected() == 1)
}

pub(super) async fn delete_item(tx: &mut TenantTx, cart: CartId, item: CartItemId) -> Result<bool, DbError> {
    let done = sqlx::query!(
        "delete from cart_items
         where tenant_id = $1
           and cart_id = $2
           and id = $3",
        tx.tenant(),
        cart.uuid(),
        item.uuid()
    )
    .execute(tx.conn())
    .await?;
    Ok(done.rows_affected() == 1)
}

pub(super) async fn count_pieces(tx: &mut TenantTx, cart: CartId) -> Result<u32, DbError> {
    let pieces = sqlx::query_scalar!(
        r#"select coalesce(sum(quantity), 0) as "pieces!"
           from cart_items
           where tenant_id = $1
             and cart_id = $2"#,
        tx.tenant(),
        cart.uuid()
    )
    .fetch_one(tx.conn())
    .await?;
    Ok(count(pieces))
}

fn count(rows: i64) -> u32 {
    u32::try_from(rows.max(0)).unwrap_or(u32::MAX)
}
