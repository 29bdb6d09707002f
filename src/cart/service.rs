//! The verbs of a cart: put in, change how many. Each is one transaction; a refusal writes nothing.

use super::queries::{self, Goods};
use crate::{
    ctx::Ctx,
    error::AppError,
    kernel::{
        id::{CartId, CartItemId, ProductId, StoreId, VariantId},
        locale::Locale,
        money::Money,
        quantity::Quantity,
        token::Token,
    },
};
use chrono::TimeDelta;

/// How many different things a cart holds.
pub const MOST_LINES: u32 = 50;
/// How long a cart is kept after it was last touched.
pub const KEPT: TimeDelta = TimeDelta::days(30);

/// What became of putting something in.
#[derive(Clone, Debug)]
pub struct Added {
    /// Opens the cart; another one than was given when that cart was over.
    pub cart: Token,
    pub cart_id: CartId,
    /// Pieces in the cart now.
    pub count: u32,
    pub product: ProductId,
    /// Price of what was added.
    pub amount: Money,
    /// It had been put in before: the same thing was sent again.
    pub is_repeat: bool,
}

/// Why nothing was put in, with what the page needs to say so.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum NotAdded {
    /// Not sold here: unknown, retired, or another merchant's.
    UnknownVariant,
    /// One line holds 999 at most.
    TooMany,
    ShortStock {
        product_name: String,
        left: u32,
    },
    CartFull,
    App(AppError),
}

impl<E: Into<AppError>> From<E> for NotAdded {
    fn from(error: E) -> Self {
        Self::App(error.into())
    }
}

/// Puts `quantity` of a variant into the cart that `cart` opens, or into a new one. What a phone sends again because
/// no answer reached it has the same `key`, and changes nothing.
///
/// Locks the variant's key, then the cart: the order in which an order is placed.
pub async fn add_item(
    ctx: &Ctx,
    store: StoreId,
    cart: Option<&Token>,
    locale: Locale,
    variant: VariantId,
    quantity: Quantity,
    key: Option<i64>,
) -> Result<Added, NotAdded> {
    let now = ctx.now();
    let mut tx = ctx.tx().await?;
    let goods = queries::find_goods(&mut tx, store, variant, now).await?.ok_or(NotAdded::UnknownVariant)?;
    let mut token = cart.cloned().unwrap_or_else(Token::random);
    let opened = match queries::open_cart(&mut tx, store, &token, &goods, locale, now, now + KEPT).await? {
        Some(opened) => opened,
        // That cart has become an order, or its time is over.
        None => {
            token = Token::random();
            let opened = queries::open_cart(&mut tx, store, &token, &goods, locale, now, now + KEPT).await?;
            opened.ok_or_else(|| AppError::broken("a cart with a new token is not open"))?
        }
    };
    let standing = queries::find_standing(&mut tx, opened, variant, key).await?;
    let unit = goods.price;
    if standing.is_done {
        return Ok(Added {
            cart: token,
            cart_id: opened,
            count: standing.pieces,
            product: goods.product,
            amount: unit.times(quantity.get()).map_err(AppError::broken)?,
            is_repeat: true,
        });
    }
    if standing.quantity == 0 && standing.lines >= MOST_LINES {
        return Err(NotAdded::CartFull);
    }
    let wanted = Quantity::new(standing.quantity + quantity.get()).ok_or(NotAdded::TooMany)?;
    if wanted.get() > goods.available {
        return Err(NotAdded::ShortStock { product_name: goods.product_name, left: goods.available });
    }
    let line_total = unit.times(wanted.get()).map_err(AppError::broken)?;
    queries::write_item(&mut tx, opened, &goods, wanted, line_total, key).await?;
    tx.commit().await?;
    Ok(Added {
        cart: token,
        cart_id: opened,
        count: standing.pieces + quantity.get(),
        product: goods.product,
        amount: unit.times(quantity.get()).map_err(AppError::broken)?,
        is_repeat: false,
    })
}

/// Sets how many of a line are wanted; none removes it. Answers how many pieces the cart has now.
/// "Not found" when the line is not in the cart that `cart` opens.
pub async fn set_quantity(
    ctx: &Ctx,
    store: StoreId,
    cart: &Token,
    item: CartItemId,
    quantity: Option<Quantity>,
) -> Result<u32, AppError> {
    let mut tx = ctx.tx().await?;
    let cart = queries::lock_cart(&mut tx, store, cart, ctx.now()).await?.ok_or(AppError::NotFound)?;
    let changed = match quantity {
        Some(quantity) => queries::update_quantity(&mut tx, cart, item, quantity).await?,
        None => queries::delete_item(&mut tx, cart, item).await?,
    };
    if !changed {
        return Err(AppError::NotFound);
    }
    let pieces = queries::count_pieces(&mut tx, cart).await?;
    tx.commit().await?;
    Ok(pieces)
}

/// How many pieces are in a cart; none when it is over.
pub async fn count_pieces(ctx: &Ctx, store: StoreId, cart: &Token) -> Result<u32, AppError> {
    let mut tx = ctx.tx().await?;
    match queries::find_cart(&mut tx, store, cart, ctx.now()).await? {
        Some(cart) => Ok(queries::count_pieces(&mut tx, cart).await?),
        None => Ok(0),
    }
}

impl Goods {
    pub(super) fn sellable(stock: i32, held: i64) -> u32 {
        u32::try_from((i64::from(stock) - held).max(0)).unwrap_or(u32::MAX)
    }
}
