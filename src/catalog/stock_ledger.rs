//! The one writer of stock: how many pieces a variant has and the lines of its ledger, by one statement.
//!
//! It stands on the catalogue's floor because goods come onto the shelf with their product; sales, counts and
//! corrections above it use the same. Callers hold the rows' locks and have seen that enough is left.

use crate::{
    db::{DbError, TenantTx},
    kernel::id::{OrderId, StockCountId, UserId, VariantId},
};
use chrono::{DateTime, Utc};
use serde::Serialize;
use uuid::Uuid;

/// One line of the ledger.
#[derive(Clone, Debug, Serialize)]
pub(crate) struct Move {
    id: Option<Uuid>,
    variant_id: Uuid,
    change: i32,
    reason: &'static str,
    reference_type: Option<&'static str>,
    reference_id: Option<Uuid>,
    note: Option<String>,
    created_by: Option<Uuid>,
    at: Option<DateTime<Utc>>,
}

impl Move {
    /// `change` pieces, in or out; never none.
    pub(crate) const fn of(variant: Uuid, change: i32, reason: &'static str) -> Self {
        Self {
            id: None,
            variant_id: variant,
            change,
            reason,
            reference_type: None,
            reference_id: None,
            note: None,
            created_by: None,
            at: None,
        }
    }
    pub(crate) fn new_goods(variant: VariantId, pieces: i32, by: Option<UserId>) -> Self {
        Self::of(variant.uuid(), pieces, "restock").by(by)
    }
    pub(crate) fn sale(variant: VariantId, pieces: i32, order: OrderId, by: Option<UserId>) -> Self {
        Self::of(variant.uuid(), -pieces, "sale").about("order", order.uuid()).by(by)
    }
    pub(crate) fn counted(variant: VariantId, change: i32, count: StockCountId, by: Option<UserId>) -> Self {
        Self::of(variant.uuid(), change, "adjustment").about("count", count.uuid()).by(by)
    }
    /// The id it shall have: a form that is sent twice names the same.
    #[must_use]
    pub(crate) const fn named(mut self, id: Uuid) -> Self {
        self.id = Some(id);
        self
    }
    #[must_use]
    pub(crate) const fn about(mut self, kind: &'static str, id: Uuid) -> Self {
        self.reference_type = Some(kind);
        self.reference_id = Some(id);
        self
    }
    #[must_use]
    pub(crate) fn by(mut self, user: Option<UserId>) -> Self {
        self.created_by = user.map(UserId::uuid);
        self
    }
    #[must_use]
    pub(crate) fn with_note(mut self, note: Option<&str>) -> Self {
        self.note = note.map(str::to_owned);
        self
    }
    /// When it happened, where that is not now.
    #[must_use]
    pub(crate) const fn at(mut self, at: DateTime<Utc>) -> Self {
        self.at = Some(at);
        self
    }
}

/// Writes lines in this order and moves the totals with them. With `is_edit` the variants' versions rise, so that a
/// form that showed the stock before is refused; a sale does not stop a merchant who is changing a price.
pub(crate) async fn write(tx: &mut TenantTx, moves: &[Move], is_edit: bool) -> Result<(), DbError> {
    if moves.is_empty() {
        return Ok(());
    }
    let lines = serde_json::to_value(moves).map_err(|fault| DbError::corrupt("a movement", &fault))?;
    // The clock of each line, not of the transaction: who waited for the row's lock is later.
    let done = sqlx::query!(
        "with line as (
             select r.id, r.variant_id, r.change, r.reason, r.reference_type, r.reference_id, r.note, r.created_by, r.at,
                    row_number() over () as place
             from jsonb_to_recordset($2) as r (id uuid, variant_id uuid, change int, reason text, reference_type text,
                                               reference_id uuid, note text, created_by uuid, at timestamptz)
         ), total as (
             select variant_id, sum(change)::int as change
             from line
             group by variant_id
         ), moved as (
             update product_variants v
             set stock_quantity = v.stock_quantity + total.change,
                 version = v.version + case when $3 then 1 else 0 end,
                 updated_at = now()
             from total
             where v.tenant_id = $1
               and v.id = total.variant_id
             returning v.id, v.product_id, v.stock_quantity - total.change as before
         )
         insert into inventory_movements (tenant_id, id, product_id, variant_id, change, reason, reference_type, reference_id,
                                          note, balance_after, created_by, created_at, updated_at)
         select $1, coalesce(line.id, gen_random_uuid()), moved.product_id, moved.id, line.change, line.reason, line.reference_type,
                line.reference_id, line.note,
                moved.before + (sum(line.change) over (partition by line.variant_id order by line.place))::int,
                line.created_by, coalesce(line.at, clock_timestamp()), coalesce(line.at, clock_timestamp())
         from line
         join moved on moved.id = line.variant_id
         order by line.place",
        tx.tenant(),
        lines,
        is_edit
    )
    .execute(tx.conn())
    .await?;
    if usize::try_from(done.rows_affected()).is_ok_and(|written| written == moves.len()) {
        Ok(())
    } else {
        Err(DbError::corrupt("inventory_movements", &"a variant that moves is not there"))
    }
}
