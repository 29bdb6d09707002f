//! The groups of customers with how many belong to each now.

use super::list::{Sifted, count_customers};
use crate::{
    ctx::Ctx,
    customers::edit_groups::{Group, list},
    error::AppError,
    kernel::access::Permission,
};

/// Every group, and how many customers belong to it.
pub async fn load(ctx: &Ctx) -> Result<Vec<(Group, u32)>, AppError> {
    ctx.require(Permission::SeeDashboard)?;
    let groups = list(ctx).await?;
    let mut tx = ctx.tx().await?;
    let mut counted = Vec::with_capacity(groups.len());
    for group in groups {
        let members = count_customers(&mut tx, &Sifted::by_group(&group.form.rules, ctx.now())).await?;
        counted.push((group, members));
    }
    Ok(counted)
}
