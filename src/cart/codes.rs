//! Codes that a shopper types into their cart: one is kept only if it takes something off as the cart stands.

use super::queries;
use crate::{
    ctx::Ctx,
    db::{DbError, TenantTx},
    error::AppError,
    kernel::{
        currency::Currency,
        id::{CartId, CategoryId, StoreId},
        money::Money,
        token::Token,
    },
    pricing::{
        code::Code,
        lock_rules::lock_rules,
        price_lines::{Cart, Line, price_lines},
        priced::CodeRefusal,
    },
};

/// How many codes one cart takes.
pub const MOST_CODES: usize = 5;

/// Why a code was not taken; the cart is as it was.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum NotTaken {
    Refused(CodeRefusal),
    TooMany,
    App(AppError),
}

impl<E: Into<AppError>> From<E> for NotTaken {
    fn from(error: E) -> Self {
        Self::App(error.into())
    }
}

/// Keeps the code with the cart if it counts now. Typed twice it is there once. An empty cart takes none.
pub async fn type_code(ctx: &Ctx, store: StoreId, cart: Option<&Token>, typed: &str) -> Result<(), NotTaken> {
    let code = Code::parse(typed).ok_or(NotTaken::Refused(CodeRefusal::Unknown))?;
    let now = ctx.now();
    let mut tx = ctx.tx().await?;
    let nothing_fits = NotTaken::Refused(CodeRefusal::NothingFits);
    let Some(token) = cart else { return Err(nothing_fits) };
    let Some(cart) = queries::lock_cart(&mut tx, store, token, now).await? else { return Err(nothing_fits) };
    if !add_code(&mut tx, cart, &code).await? {
        return Err(NotTaken::TooMany);
    }
    let (currency, delivery) = find_terms(&mut tx, store).await?;
    let lines = list_goods(&mut tx, cart, currency).await?;
    let locked = lock_rules(&mut tx, cart, None, currency, now).await?;
    let priced = price_lines(&Cart {
        currency,
        lines: &lines,
        delivery,
        rules: &locked.rules,
        codes: &locked.codes,
        had: &[],
        now,
    })
    .map_err(AppError::broken)?;
    match priced.codes.into_iter().find(|(known, _)| *known == code).and_then(|(_, why)| why) {
        Some(why) => Err(NotTaken::Refused(why)),
        None => Ok(tx.commit().await?),
    }
}

/// Takes a code out of the cart; one that is not in it is out already.
pub async fn remove_code(ctx: &Ctx, store: StoreId, cart: &Token, typed: &str) -> Result<(), AppError> {
    let Some(code) = Code::parse(typed) else { return Ok(()) };
    let mut tx = ctx.tx().await?;
    let Some(cart) = queries::lock_cart(&mut tx, store, cart, ctx.now()).await? else { return Ok(()) };
    sqlx::query!(
        "update carts
         set codes = array_remove(codes, $3), updated_at = now()
         where tenant_id = $1
           and id = $2",
        tx.tenant(),
        cart.uuid(),
        code.as_str()
    )
    .execute(tx.conn())
    .await?;
    Ok(tx.commit().await?)
}

/// False when the cart has as many as it takes.
async fn add_code(tx: &mut TenantTx, cart: CartId, code: &Code) -> Result<bool, AppError> {
    let most = i32::try_from(MOST_CODES).unwrap_or(i32::MAX);
    let done = sqlx::query!(
        "update carts
         set codes = case when $3 = any (codes) then codes else array_append(codes, $3) end, updated_at = now()
         where tenant_id = $1
           and id = $2
           and ($3 = any (codes) or cardinality(codes) < $4)",
        tx.tenant(),
        cart.uuid(),
        code.as_str(),
        most
    )
    .execute(tx.conn())
    .await?;
    Ok(done.rows_affected() == 1)
}

/// The store's money, and what delivery to the usual area costs.
async fn find_terms(tx: &mut TenantTx, store: StoreId) -> Result<(Currency, Money), AppError> {
    let row = sqlx::query!(
        r#"select s.default_currency,
                  coalesce((
                      select z.fee_cents
                      from delivery_zones z
                      where z.tenant_id = $1
                        and z.is_active
                        and not z.is_collection
                      order by z.is_default desc, z.position, z.city_area
                      limit 1
                  ), 0) as "fee_cents!"
           from stores s
           where s.tenant_id = $1
             and s.id = $2"#,
        tx.tenant(),
        store.uuid()
    )
    .fetch_one(tx.conn())
    .await?;
    let currency = Currency::parse(&row.default_currency)
        .ok_or_else(|| DbError::corrupt("stores.default_currency", &row.default_currency))?;
    Ok((currency, Money::new(row.fee_cents, currency)))
}

async fn list_goods(tx: &mut TenantTx, cart: CartId, currency: Currency) -> Result<Vec<Line>, AppError> {
    let rows = sqlx::query!(
        r#"select i.variant_id, i.product_id, i.quantity, v.price_cents,
                  array(select above.id from categories_above($1, p.category_id) above) as "categories!"
           from cart_items i
           join product_variants v on v.tenant_id = $1 and v.id = i.variant_id
           join products p on p.tenant_id = $1 and p.id = v.product_id
           where i.tenant_id = $1
             and i.cart_id = $2
           order by i.created_at, i.id
           limit 100"#,
        tx.tenant(),
        cart.uuid()
    )
    .fetch_all(tx.conn())
    .await?;
    Ok(rows
        .into_iter()
        .map(|row| Line {
            variant: row.variant_id.into(),
            product: row.product_id.into(),
            categories: row.categories.into_iter().map(CategoryId::from).collect(),
            unit_price: Money::new(row.price_cents, currency),
            quantity: u32::try_from(row.quantity).unwrap_or(0),
        })
        .collect())
}
