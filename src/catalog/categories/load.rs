//! Reads the tree of categories, and locks it for those who change it.

use super::{CategoryNode, MOST_CATEGORIES, Tree};
use crate::{ctx::Ctx, db::TenantTx, error::AppError, kernel::access::Permission};

/// Rows that are read: more than a merchant may have, since imports add some too.
const MOST_READ: i64 = 2_000;

/// The tree, for whoever may change it.
pub async fn load_categories(ctx: &Ctx) -> Result<Tree, AppError> {
    ctx.require(Permission::EditProducts)?;
    let mut tx = ctx.tx().await?;
    load_tree(&mut tx).await
}

pub(crate) async fn load_tree(tx: &mut TenantTx) -> Result<Tree, AppError> {
    let rows = sqlx::query!(
        r#"select c.id, c.parent_id, c.name, c.slug, c.is_active,
                  (select count(*) from products p where p.tenant_id = $1 and p.category_id = c.id) as "product_count!"
           from categories c
           where c.tenant_id = $1
           order by c.position, c.name, c.id
           limit $2"#,
        tx.tenant(),
        MOST_READ
    )
    .fetch_all(tx.conn())
    .await?;
    let nodes = rows.into_iter().map(|row| CategoryNode {
        id: row.id.into(),
        parent: row.parent_id.map(Into::into),
        name: row.name,
        slug: row.slug,
        is_active: row.is_active,
        depth: 0,
        product_count: u32::try_from(row.product_count).unwrap_or(u32::MAX),
    });
    Ok(Tree::of(nodes.collect()))
}

/// Locks every category, then reads the tree anew: whoever waited sees what was committed meanwhile.
pub(super) async fn lock_tree(tx: &mut TenantTx) -> Result<Tree, AppError> {
    sqlx::query!(
        "select id
         from categories
         where tenant_id = $1
         order by id
         limit $2
         for no key update",
        tx.tenant(),
        MOST_READ
    )
    .fetch_all(tx.conn())
    .await?;
    load_tree(tx).await
}

/// True when there is no room for one more.
pub(super) fn is_full(tree: &Tree) -> bool {
    tree.nodes().len() >= MOST_CATEGORIES
}
