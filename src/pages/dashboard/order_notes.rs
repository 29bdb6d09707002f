//! What the team wrote on an order: its notes, newest first, and its tags.

use crate::{
    ctx::Ctx,
    db::TenantTx,
    error::AppError,
    kernel::{access::Permission, id::OrderId, local_time::LocalTime, order_number::OrderNumber},
};

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NotesPage {
    pub order: OrderId,
    pub number: OrderNumber,
    pub version: i32,
    pub tags: Vec<String>,
    pub notes: Vec<Note>,
    /// False for a viewer.
    pub may_write: bool,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Note {
    pub text: String,
    /// A team member's name.
    pub by: Option<String>,
    /// By the shop's clock.
    pub at: LocalTime,
}

pub async fn load(ctx: &Ctx, order: OrderId) -> Result<NotesPage, AppError> {
    ctx.require(Permission::SeeDashboard)?;
    let mut tx = ctx.tx().await?;
    let row = sqlx::query!(
        "select order_number, number_prefix, version, tags
         from orders
         where tenant_id = $1
           and id = $2",
        tx.tenant(),
        order.uuid()
    )
    .fetch_optional(tx.conn())
    .await?
    .ok_or(AppError::NotFound)?;
    let notes = list_notes(&mut tx, order).await?;
    Ok(NotesPage {
        order,
        number: OrderNumber::of(&row.number_prefix, row.order_number),
        version: row.version,
        tags: row.tags,
        notes,
        may_write: ctx.actor.may(Permission::MoveOrders),
    })
}

async fn list_notes(tx: &mut TenantTx, order: OrderId) -> Result<Vec<Note>, AppError> {
    let rows = sqlx::query!(
        r#"select n.note, (n.created_at at time zone t.timezone) as "at!", coalesce(nullif(u.name, ''), u.email) as by
           from order_notes n
           join tenants t on t.id = $1
           left join users u on u.tenant_id = $1 and u.id = n.written_by
           where n.tenant_id = $1
             and n.order_id = $2
           order by n.created_at desc, n.id desc
           limit 200"#,
        tx.tenant(),
        order.uuid()
    )
    .fetch_all(tx.conn())
    .await?;
    Ok(rows.into_iter().map(|row| Note { text: row.note, by: row.by, at: row.at.into() }).collect())
}
