//! A merchant edits a category: its name, its address, its words, and where it stands.

use super::{
    super::{category_slugs, search_text},
    LONGEST_DESCRIPTION, LONGEST_NAME, Misplaced, Tree,
    load::{load_tree, lock_tree},
};
use crate::{
    ctx::Ctx,
    db::TenantTx,
    error::AppError,
    kernel::{
        access::Permission,
        field_errors::{FieldErrors, FieldProblem, optional_text, required_line},
        id::CategoryId,
        slug::Slug,
        typed::Typed,
    },
    tenancy::catalogue_version,
};
use serde_json::json;

/// A category as its page shows it.
#[derive(Clone, Debug)]
pub struct CategorySheet {
    pub id: CategoryId,
    pub version: i32,
    pub name: String,
    pub tree: Tree,
    /// What stands there, as a form would have it.
    pub typed: Typed,
}

struct Stored {
    version: i32,
    name: String,
    slug: String,
    description: Option<String>,
    parent: Option<CategoryId>,
}

/// The category, for whoever may edit it.
pub async fn load_category(ctx: &Ctx, id: CategoryId) -> Result<CategorySheet, AppError> {
    ctx.require(Permission::EditProducts)?;
    let mut tx = ctx.tx().await?;
    let stored = find(&mut tx, id).await?;
    let typed = Typed::default()
        .with("name", stored.name.clone())
        .with("slug", stored.slug)
        .with("description", stored.description.unwrap_or_default())
        .with("parent", stored.parent.map(|parent| parent.to_string()).unwrap_or_default());
    Ok(CategorySheet { id, version: stored.version, name: stored.name, tree: load_tree(&mut tx).await?, typed })
}

async fn find(tx: &mut TenantTx, id: CategoryId) -> Result<Stored, AppError> {
    let row = sqlx::query!(
        "select version, name, slug, description, parent_id
         from categories
         where tenant_id = $1
           and id = $2",
        tx.tenant(),
        id.uuid()
    )
    .fetch_optional(tx.conn())
    .await?
    .ok_or(AppError::NotFound)?;
    Ok(Stored {
        version: row.version,
        name: row.name,
        slug: row.slug,
        description: row.description,
        parent: row.parent_id.map(Into::into),
    })
}

/// Where it is wanted: empty is on top.
pub(super) fn parent_of(typed: &str) -> Result<Option<CategoryId>, FieldProblem> {
    match typed.trim() {
        "" => Ok(None),
        id => CategoryId::parse(id).map(Some).ok_or(FieldProblem::UnknownChoice),
    }
}

pub(super) fn problem_of(misplaced: Misplaced) -> AppError {
    let problem = match misplaced {
        Misplaced::InsideItself => FieldProblem::InsideItself,
        Misplaced::TooDeep => FieldProblem::TooDeep,
        Misplaced::NoSuchParent => FieldProblem::UnknownChoice,
    };
    AppError::Invalid(FieldErrors::one("parent", problem))
}

/// Saves a category that is still at `version`; all that stands in it goes along. A new address leaves the old one
/// leading to it.
pub async fn edit_category(ctx: &Ctx, id: CategoryId, version: i32, typed: &Typed) -> Result<(), AppError> {
    ctx.require(Permission::EditProducts)?;
    let mut tx = ctx.tx().await?;
    let tree = lock_tree(&mut tx).await?;
    let stored = find(&mut tx, id).await?;
    if stored.version != version {
        return Err(AppError::ChangedMeanwhile);
    }
    let mut errors = FieldErrors::none();
    let name = errors.expect("name", required_line(typed.get("name"), LONGEST_NAME));
    let description = errors.expect("description", optional_text(typed.get("description"), LONGEST_DESCRIPTION));
    let parent = errors.expect("parent", parent_of(typed.get("parent")));
    let slug = match typed.get("slug").trim() {
        "" => Err(FieldProblem::Missing),
        same if same == stored.slug => Ok(same.to_owned()),
        // A phone begins every field with a capital letter.
        other => {
            Slug::parse(&other.to_lowercase()).map(|slug| slug.as_str().to_owned()).ok_or(FieldProblem::NotAnAddress)
        }
    };
    let slug = errors.expect("slug", slug);
    if let Some(slug) = &slug
        && category_slugs::is_anothers(&mut tx, slug, id).await?
    {
        errors.add("slug", FieldProblem::Taken);
    }
    let (Some(name), Some(description), Some(parent), Some(slug), true) =
        (name, description, parent, slug, errors.is_empty())
    else {
        return Err(AppError::Invalid(errors));
    };
    let is_moved = parent != stored.parent;
    if is_moved {
        tree.may_stand(Some(id), parent).map_err(problem_of)?;
    }
    sqlx::query!(
        "update categories
         set name = $3, slug = $4, description = $5, parent_id = $6,
             position = case when $7 then (
                 select coalesce(max(c.position), 0) + 1
                 from categories c
                 where c.tenant_id = $1
                   and c.parent_id is not distinct from $6::uuid
             ) else position end,
             version = version + 1, updated_at = $8
         where tenant_id = $1
           and id = $2",
        tx.tenant(),
        id.uuid(),
        name,
        slug,
        description,
        parent.map(CategoryId::uuid),
        is_moved,
        ctx.now()
    )
    .execute(tx.conn())
    .await?;
    if slug != stored.slug {
        category_slugs::keep(&mut tx, &stored.slug, id).await?;
    }
    let details = json!({ "version": version + 1, "is_moved": is_moved, "parent_id": parent });
    search_text::renew_category(&mut tx, id).await?;
    tx.audit(ctx.actor, "category_edited", "categories", id.uuid(), details).await?;
    catalogue_version::raise(&mut tx).await?;
    Ok(tx.commit().await?)
}
