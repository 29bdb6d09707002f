//! What a mail about low stock says: what was told that morning and is still low.

use super::letter::{About, member};
use crate::db::{DbError, TenantTx};
use uuid::Uuid;

/// How many goods are named.
const NAMED: usize = 20;

/// One of them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RunningOut {
    /// The product, with the variant where it has a name.
    pub name: String,
    /// In the house.
    pub left: i32,
}

/// None when the owner is gone, wants it no more, or all of it is on the shelf again.
pub(super) async fn find(tx: &mut TenantTx, round: Uuid, recipient: &str) -> Result<Option<About>, DbError> {
    let owner = sqlx::query_scalar!(
        "select id
         from users
         where tenant_id = $1
           and email = lower($2)
           and role = 'owner'
           and status = 'active'
           and stock_mail",
        tx.tenant(),
        recipient
    )
    .fetch_optional(tx.conn())
    .await?;
    let Some(owner) = owner else { return Ok(None) };
    let Some(found) = member(tx, owner).await? else { return Ok(None) };
    let rows = sqlx::query!(
        r#"select p.name, v.name as variant_name, v.stock_quantity, count(*) over () as "count!"
           from stock_told t
           join product_variants v on v.tenant_id = $1 and v.id = t.variant_id
           join products p on p.tenant_id = $1 and p.id = v.product_id
           where t.tenant_id = $1
             and t.round_id = $2
           order by v.stock_quantity, p.name, v.position, v.id
           limit $3"#,
        tx.tenant(),
        round,
        i64::try_from(NAMED).unwrap_or(20)
    )
    .fetch_all(tx.conn())
    .await?;
    let Some(count) = rows.first().map(|row| row.count) else { return Ok(None) };
    let goods: Vec<RunningOut> = rows
        .into_iter()
        .map(|row| RunningOut {
            name: if row.variant_name.is_empty() { row.name } else { format!("{}, {}", row.name, row.variant_name) },
            left: row.stock_quantity,
        })
        .collect();
    let more = u32::try_from(count).unwrap_or(u32::MAX).saturating_sub(u32::try_from(goods.len()).unwrap_or(0));
    Ok(Some(About::LowStock { to: found.person, goods, more }))
}
