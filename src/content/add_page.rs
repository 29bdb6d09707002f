//! A merchant begins a page or a post: a draft with a title and an address.

use super::{LONGEST_TITLE, MOST_PAGES, PageKind, page_slugs};
use crate::{
    ctx::Ctx,
    db::DbError,
    error::AppError,
    kernel::{
        access::Permission,
        field_errors::{FieldErrors, FieldProblem, required_line},
        id::PageId,
        typed::Typed,
    },
    tenancy::catalogue_version,
};
use serde_json::json;

/// The fields of the form for a new one.
pub const NEW_FIELDS: &[&str] = &["page", "title", "kind"];

/// Writes the draft. `id` was made when the form was shown, so the same form sent twice is one page.
pub async fn add_page(ctx: &Ctx, id: PageId, typed: &Typed) -> Result<(), AppError> {
    ctx.require(Permission::EditContent)?;
    let mut errors = FieldErrors::none();
    let title = errors.expect("title", required_line(typed.get("title"), LONGEST_TITLE));
    let kind = errors.expect("kind", PageKind::parse(typed.get("kind")).ok_or(FieldProblem::UnknownChoice));
    let (Some(title), Some(kind)) = (title, kind) else { return Err(AppError::Invalid(errors)) };
    let mut tx = ctx.tx().await?;
    let found = sqlx::query!(
        r#"select count(*) as "count!", coalesce(bool_or(id = $2), false) as "is_there!"
           from seo_pages
           where tenant_id = $1"#,
        tx.tenant(),
        id.uuid()
    )
    .fetch_one(tx.conn())
    .await?;
    if found.is_there {
        return Ok(());
    }
    if found.count >= MOST_PAGES {
        return Err(AppError::Invalid(FieldErrors::one("title", FieldProblem::TooMany)));
    }
    let slug = page_slugs::free(&mut tx, &title).await?;
    sqlx::query!(
        "insert into seo_pages (tenant_id, id, type, title, slug, created_at, updated_at)
         values ($1, $2, $3, $4, $5, $6, $6)",
        tx.tenant(),
        id.uuid(),
        kind.as_str(),
        title,
        slug,
        ctx.now()
    )
    .execute(tx.conn())
    .await
    .map_err(|fault| {
        // Somebody took the address, or sent the same form, between the look and the writing.
        let fault = DbError::from(fault);
        if fault.constraint().is_some() { AppError::ChangedMeanwhile } else { fault.into() }
    })?;
    tx.audit(ctx.actor, "page_added", "seo_pages", id.uuid(), json!({ "type": kind.as_str() })).await?;
    catalogue_version::raise(&mut tx).await?;
    Ok(tx.commit().await?)
}
