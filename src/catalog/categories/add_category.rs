//! A merchant adds a category at the end of its siblings.

use super::{
    super::category_slugs,
    LONGEST_NAME, MOST_CATEGORIES,
    edit_category::{parent_of, problem_of},
    load::{is_full, lock_tree},
};
use crate::{
    ctx::Ctx,
    error::{AppError, Refusal},
    kernel::{
        access::Permission,
        field_errors::{FieldErrors, required_line},
        id::CategoryId,
        typed::Typed,
    },
    tenancy::catalogue_version,
};
use serde_json::json;

/// Writes it. `id` was made when the form was shown, so the same form sent twice is one category.
pub async fn add_category(ctx: &Ctx, id: CategoryId, typed: &Typed) -> Result<(), AppError> {
    ctx.require(Permission::EditProducts)?;
    let mut errors = FieldErrors::none();
    let name = errors.expect("name", required_line(typed.get("name"), LONGEST_NAME));
    let parent = errors.expect("parent", parent_of(typed.get("parent")));
    let (Some(name), Some(parent)) = (name, parent) else { return Err(AppError::Invalid(errors)) };
    let mut tx = ctx.tx().await?;
    let tree = lock_tree(&mut tx).await?;
    if tree.find(id).is_some() {
        return Ok(());
    }
    if is_full(&tree) {
        let limit = u32::try_from(MOST_CATEGORIES).unwrap_or(u32::MAX);
        return Err(AppError::Refused(Refusal::TooManyCategories { limit }));
    }
    tree.may_stand(None, parent).map_err(problem_of)?;
    let slug = category_slugs::free(&mut tx, &name).await?;
    sqlx::query!(
        "insert into categories (tenant_id, id, name, slug, parent_id, position)
         select $1, $2, $3, $4, $5::uuid, coalesce(max(c.position), 0) + 1
         from categories c
         where c.tenant_id = $1
           and c.parent_id is not distinct from $5::uuid",
        tx.tenant(),
        id.uuid(),
        name,
        slug,
        parent.map(CategoryId::uuid)
    )
    .execute(tx.conn())
    .await?;
    tx.audit(ctx.actor, "category_added", "categories", id.uuid(), json!({ "parent_id": parent })).await?;
    catalogue_version::raise(&mut tx).await?;
    Ok(tx.commit().await?)
}
