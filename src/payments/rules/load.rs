//! The rules as they stand, for the page that changes them and for whoever decides by them.

use super::form::RulesForm;
use crate::{
    ctx::Ctx,
    delivery::{
        cash_rules::Deposit,
        edit_zones::{self, EditedZone},
    },
    error::AppError,
    kernel::{
        access::Permission,
        id::{StoreId, ZoneId},
    },
};

/// The rules of one shop, as their page shows them.
#[derive(Clone, Debug)]
pub struct PaymentRules {
    /// 0 while nothing has been said.
    pub version: i32,
    pub form: RulesForm,
    /// Every area delivered to, for ticking.
    pub zones: Vec<EditedZone>,
}

/// What stands there; a shop that has said nothing takes cash from everybody.
pub async fn load(ctx: &Ctx, store: StoreId) -> Result<PaymentRules, AppError> {
    ctx.require(Permission::ManagePayments)?;
    let zones = edit_zones::list(ctx).await?;
    let mut tx = ctx.tx().await?;
    let row = sqlx::query!(
        r#"select r.version as "version?", r.takes_cash as "takes_cash?", r.cash_everywhere as "cash_everywhere?", r.cash_most_cents,
                  r.cash_least_delivered as "least?", r.cash_most_refused, r.manual_name, r.manual_instructions,
                  r.cash_deposit_cents, r.cash_deposit_from_cents, r.cash_deposit_new_only as "cash_deposit_new_only?",
                  array(
                      select a.zone_id
                      from cash_areas a
                      join delivery_zones z on z.tenant_id = $1 and z.id = a.zone_id and z.is_active
                      where a.tenant_id = $1
                        and a.store_id = s.id
                      order by a.zone_id
                      limit 300
                  ) as "areas!"
           from stores s
           left join payment_rules r on r.tenant_id = $1 and r.store_id = s.id
           where s.tenant_id = $1
             and s.id = $2"#,
        tx.tenant(),
        store.uuid()
    )
    .fetch_optional(tx.conn())
    .await?
    .ok_or(AppError::NotFound)?;
    let areas: Vec<ZoneId> = row.areas.into_iter().map(ZoneId::from).collect();
    let count = |number: i32| u32::try_from(number).unwrap_or(0);
    let form = RulesForm {
        takes_cash: row.takes_cash.unwrap_or(true),
        most_cents: row.cash_most_cents,
        only_in: (row.cash_everywhere == Some(false)).then_some(areas),
        least_delivered: row.least.map_or(0, count),
        most_refused: row.cash_most_refused.map(count),
        deposit: row.cash_deposit_cents.map(|cents| Deposit {
            cents,
            from_cents: row.cash_deposit_from_cents,
            is_for_new: row.cash_deposit_new_only.unwrap_or(false),
        }),
        manual: row.manual_name.zip(row.manual_instructions),
    };
    Ok(PaymentRules { version: row.version.unwrap_or(0), form, zones })
}
