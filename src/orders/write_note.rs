//! What the team writes on an order for itself: notes, which stay, and tags, which change.

use super::tags::read_tags;
use crate::{
    ctx::Ctx,
    db::TenantTx,
    error::AppError,
    kernel::{
        access::Permission,
        field_errors::{FieldErrors, FieldProblem, required_text},
        id::{OrderId, OrderNoteId, UserId},
        typed::Typed,
    },
};
use serde_json::json;

/// The fields of the form that adds a note.
pub const NOTE_FIELDS: [&str; 2] = ["id", "note"];
/// The fields of the form that sets the tags.
pub const TAG_FIELDS: [&str; 1] = ["tags"];
/// The most characters of a note.
pub const LONGEST_NOTE: u16 = 1_000;
/// More notes than one order ever has.
const MOST_NOTES: i64 = 200;

/// A note as it was written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewNote {
    /// The id it shall have: a form that is sent twice names the same.
    pub id: OrderNoteId,
    pub text: String,
}

impl NewNote {
    pub fn read(typed: &Typed) -> Result<Self, FieldErrors> {
        let mut errors = FieldErrors::none();
        let id = errors.expect("id", OrderNoteId::parse(typed.get("id")).ok_or(FieldProblem::Unreadable));
        let text = errors.expect("note", required_text(typed.get("note"), LONGEST_NOTE.into()));
        match (id, text) {
            (Some(id), Some(text)) => Ok(Self { id, text }),
            _ => Err(errors),
        }
    }
}

/// Adds a note to an order; sent twice it is there once. Whose order it is not, it is not found.
pub async fn write_note(ctx: &Ctx, order: OrderId, note: &NewNote) -> Result<(), AppError> {
    ctx.require(Permission::MoveOrders)?;
    let mut tx = ctx.tx().await?;
    let written = count_notes(&mut tx, order).await?;
    if written >= MOST_NOTES {
        return Err(AppError::Invalid(FieldErrors::one("note", FieldProblem::TooMany)));
    }
    let done = sqlx::query!(
        "insert into order_notes (tenant_id, id, order_id, note, written_by, created_at, updated_at)
         values ($1, $2, $3, $4, $5, $6, $6)
         on conflict (tenant_id, id) do nothing",
        tx.tenant(),
        note.id.uuid(),
        order.uuid(),
        note.text,
        ctx.actor.user().map(UserId::uuid),
        ctx.now()
    )
    .execute(tx.conn())
    .await?;
    if done.rows_affected() == 0 {
        return Ok(());
    }
    tx.audit(ctx.actor, "order_note_written", "orders", order.uuid(), json!({ "note": note.id })).await?;
    Ok(tx.commit().await?)
}

/// How many notes an order has.
async fn count_notes(tx: &mut TenantTx, order: OrderId) -> Result<i64, AppError> {
    sqlx::query_scalar!(
        r#"select (select count(*)
                   from order_notes n
                   where n.tenant_id = $1
                     and n.order_id = o.id) as "count!"
           from orders o
           where o.tenant_id = $1
             and o.id = $2"#,
        tx.tenant(),
        order.uuid()
    )
    .fetch_optional(tx.conn())
    .await?
    .ok_or(AppError::NotFound)
}

/// Sets the tags of an order that is still at `version`.
pub async fn set_tags(ctx: &Ctx, order: OrderId, version: i32, typed: &Typed) -> Result<(), AppError> {
    ctx.require(Permission::MoveOrders)?;
    let tags = read_tags(typed.get("tags")).map_err(|problem| AppError::Invalid(FieldErrors::one("tags", problem)))?;
    let mut tx = ctx.tx().await?;
    let was = sqlx::query!(
        "select version, tags
         from orders
         where tenant_id = $1
           and id = $2
         for update",
        tx.tenant(),
        order.uuid()
    )
    .fetch_optional(tx.conn())
    .await?
    .ok_or(AppError::NotFound)?;
    if was.tags == tags {
        return Ok(());
    }
    if was.version != version {
        return Err(AppError::ChangedMeanwhile);
    }
    sqlx::query!(
        "update orders
         set tags = $3, version = version + 1, updated_at = $4
         where tenant_id = $1
           and id = $2",
        tx.tenant(),
        order.uuid(),
        &tags,
        ctx.now()
    )
    .execute(tx.conn())
    .await?;
    tx.audit(ctx.actor, "order_tagged", "orders", order.uuid(), json!({ "tags": tags.len() })).await?;
    Ok(tx.commit().await?)
}
