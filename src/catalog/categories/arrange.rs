//! A merchant arranges categories: one step up or down among siblings, shown or hidden.

use super::{Direction, load::lock_tree};
use crate::{
    ctx::Ctx,
    error::AppError,
    kernel::{access::Permission, id::CategoryId},
    tenancy::catalogue_version,
};
use serde_json::json;
use uuid::Uuid;

/// Steps past the sibling `past`, which was its neighbour when the page was shown. When it is not any more, somebody
/// was faster, or the same form came twice: nothing is moved.
pub async fn place_category(ctx: &Ctx, id: CategoryId, direction: Direction, past: CategoryId) -> Result<(), AppError> {
    ctx.require(Permission::EditProducts)?;
    let mut tx = ctx.tx().await?;
    let tree = lock_tree(&mut tx).await?;
    if tree.find(id).is_none() {
        return Err(AppError::NotFound);
    }
    let opposite = if direction == Direction::Up { Direction::Down } else { Direction::Up };
    if tree.neighbour(id, direction) != Some(past) {
        let is_done = tree.neighbour(id, opposite) == Some(past);
        return if is_done { Ok(()) } else { Err(AppError::ChangedMeanwhile) };
    }
    let order: Vec<Uuid> = tree
        .siblings(id)
        .into_iter()
        .map(|sibling| {
            if sibling == id {
                past
            } else if sibling == past {
                id
            } else {
                sibling
            }
        })
        .map(CategoryId::uuid)
        .collect();
    sqlx::query!(
        "update categories c
         set position = wanted.place::int, updated_at = $3
         from unnest($2::uuid[]) with ordinality as wanted (id, place)
         where c.tenant_id = $1
           and c.id = wanted.id
           and c.position <> wanted.place::int",
        tx.tenant(),
        &order,
        ctx.now()
    )
    .execute(tx.conn())
    .await?;
    tx.audit(ctx.actor, "category_placed", "categories", id.uuid(), json!({ "past_id": past })).await?;
    catalogue_version::raise(&mut tx).await?;
    Ok(tx.commit().await?)
}

/// Shows a category in the shop, or hides it with all that stands in it. Its products stay where they are.
pub async fn show_category(ctx: &Ctx, id: CategoryId, is_active: bool) -> Result<(), AppError> {
    ctx.require(Permission::EditProducts)?;
    let mut tx = ctx.tx().await?;
    let before = sqlx::query_scalar!(
        "select is_active
         from categories
         where tenant_id = $1
           and id = $2
         for no key update",
        tx.tenant(),
        id.uuid()
    )
    .fetch_optional(tx.conn())
    .await?
    .ok_or(AppError::NotFound)?;
    if before == is_active {
        return Ok(());
    }
    sqlx::query!(
        "update categories
         set is_active = $3, version = version + 1, updated_at = $4
         where tenant_id = $1
           and id = $2
           and is_active = not $3",
        tx.tenant(),
        id.uuid(),
        is_active,
        ctx.now()
    )
    .execute(tx.conn())
    .await?;
    let action = if is_active { "category_shown" } else { "category_hidden" };
    tx.audit(ctx.actor, action, "categories", id.uuid(), json!({})).await?;
    catalogue_version::raise(&mut tx).await?;
    Ok(tx.commit().await?)
}
