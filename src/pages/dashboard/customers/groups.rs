//! The groups of customers with how many belong to each now.

use crate::{
    ctx::Ctx,
    customers::{
        edit_groups::Group,
        group::{GroupForm, Rules},
    },
    error::AppError,
    kernel::access::Permission,
    pages::dashboard::count,
};

/// Every group, and how many customers belong to it, as the list shows them; one statement.
pub async fn load(ctx: &Ctx) -> Result<Vec<(Group, u32)>, AppError> {
    ctx.require(Permission::SeeDashboard)?;
    let mut tx = ctx.tx().await?;
    let rows = sqlx::query!(
        r#"select g.id, g.version, g.name, g.bought_within_days, g.silent_for_days, g.least_spent_cents, g.city_area, g.tag,
                  (select count(*)
                   from customers c
                   where c.tenant_id = $1
                     and c.phone is not null
                     and (g.bought_within_days is null or c.last_order_at >= $2::timestamptz - g.bought_within_days * interval '24 hours')
                     and (g.silent_for_days is null or c.last_order_at < $2::timestamptz - g.silent_for_days * interval '24 hours')
                     and (g.least_spent_cents is null or c.lifetime_value_cents >= g.least_spent_cents)
                     and (g.city_area is null or lower(c.city_area) = lower(g.city_area))
                     and (g.tag is null or c.tags @> array[g.tag])) as "members!"
           from customer_groups g
           where g.tenant_id = $1
           order by lower(g.name), g.id
           limit 50"#,
        tx.tenant(),
        ctx.now()
    )
    .fetch_all(tx.conn())
    .await?;
    Ok(rows
        .into_iter()
        .map(|row| {
            let rules = Rules {
                within_days: row.bought_within_days,
                silent_days: row.silent_for_days,
                spent_cents: row.least_spent_cents,
                area: row.city_area,
                tag: row.tag,
            };
            let form = GroupForm { name: row.name, rules };
            (Group { id: row.id.into(), version: row.version, form }, count(row.members))
        })
        .collect())
}
