//! A draft that staff fill in: its lines are what the form says, however often it is sent.

use super::{
    queries,
    service::{KEPT, MOST_LINES},
};
use crate::{
    ctx::Ctx,
    db::TenantTx,
    error::{AppError, Refusal},
    kernel::{
        access::Permission,
        id::{CartId, StoreId, VariantId},
        locale::Locale,
        quantity::Quantity,
        token::Token,
    },
};
use uuid::Uuid;

/// Makes the draft of a token hold just these lines. False when it has become an order, and is left as it is; a variant
/// that is not sold here any more is left out. Locks the variants' keys by id, then the draft.
pub async fn set_lines(
    ctx: &Ctx,
    store: StoreId,
    draft: &Token,
    locale: Locale,
    lines: &[(VariantId, Quantity)],
) -> Result<bool, AppError> {
    ctx.require(Permission::MoveOrders)?;
    let limit = MOST_LINES;
    if lines.len() > usize::try_from(limit).unwrap_or(usize::MAX) {
        return Err(AppError::Refused(Refusal::CartFull { limit }));
    }
    let now = ctx.now();
    let mut sorted = lines.to_vec();
    sorted.sort_by_key(|(variant, _)| *variant);
    let mut tx = ctx.tx().await?;
    let mut found = Vec::with_capacity(sorted.len());
    for (variant, quantity) in sorted {
        if let Some(goods) = queries::find_goods(&mut tx, store, variant, now).await? {
            found.push((goods, quantity));
        }
    }
    let Some((first, _)) = found.first() else {
        // Nothing to open a draft for; what one held before is taken out of it.
        if let Some(cart) = queries::lock_cart(&mut tx, store, draft, now).await? {
            keep_only(&mut tx, cart, &[]).await?;
            tx.commit().await?;
        }
        return Ok(true);
    };
    let Some(cart) = queries::open_cart(&mut tx, store, draft, first, locale, now, now + KEPT).await? else {
        return Ok(false);
    };
    let variants: Vec<Uuid> = found.iter().map(|(goods, _)| goods.variant.uuid()).collect();
    keep_only(&mut tx, cart, &variants).await?;
    for (goods, quantity) in &found {
        let total = goods.price.times(quantity.get()).map_err(AppError::broken)?;
        queries::write_item(&mut tx, cart, goods, *quantity, total, None).await?;
    }
    tx.commit().await?;
    Ok(true)
}

async fn keep_only(tx: &mut TenantTx, cart: CartId, variants: &[Uuid]) -> Result<(), AppError> {
    sqlx::query!(
        "delete from cart_items
         where tenant_id = $1
           and cart_id = $2
           and variant_id <> all($3)",
        tx.tenant(),
        cart.uuid(),
        variants
    )
    .execute(tx.conn())
    .await?;
    Ok(())
}
