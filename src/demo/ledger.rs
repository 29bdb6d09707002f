//! The stock ledger of the past: sales, returns, and deliveries in time, in the order of time.

use super::{
    goods::Goods,
    past_rows::{MoveRow, Past},
};
use chrono::{DateTime, TimeDelta, Utc};
use std::collections::BTreeMap;
use uuid::Uuid;

/// So many always stay on the shelf, also for what is promised.
const LEAST: i32 = 3;

struct Shelf {
    /// What the import brought.
    begins_with: i32,
    moves: Vec<MoveRow>,
}

/// Collects movements in any order.
pub(super) struct Ledger(BTreeMap<Uuid, Shelf>);

impl Ledger {
    pub(super) fn new(goods: &[Goods]) -> Self {
        Self(goods.iter().map(|one| (one.variant, Shelf { begins_with: one.stock, moves: Vec::new() })).collect())
    }

    pub(super) fn sell(&mut self, goods: &Goods, quantity: i32, order: Uuid, at: DateTime<Utc>, by: Option<Uuid>) {
        self.add(goods.variant, -quantity, "sale", Some(("order", order)), at, by);
    }

    pub(super) fn take_back(&mut self, goods: &Goods, quantity: i32, refund: Uuid, at: DateTime<Utc>, by: Uuid) {
        self.add(goods.variant, quantity, "refund", Some(("refund", refund)), at, Some(by));
    }

    fn add(
        &mut self,
        variant: Uuid,
        change: i32,
        reason: &'static str,
        reference: Option<(&'static str, Uuid)>,
        created_at: DateTime<Utc>,
        created_by: Option<Uuid>,
    ) {
        let Some(shelf) = self.0.get_mut(&variant) else { return };
        shelf.moves.push(MoveRow {
            variant_id: variant,
            change,
            reason,
            reference_type: reference.map(|(kind, _)| kind),
            reference_id: reference.map(|(_, id)| id),
            note: None,
            created_by,
            created_at,
        });
    }

    /// Orders each shelf's movements by time, has goods delivered before they run out.
    pub(super) fn write(self, past: &mut Past) {
        for mut shelf in self.0.into_values() {
            if shelf.moves.is_empty() {
                continue;
            }
            shelf.moves.sort_by_key(|one| one.created_at);
            let mut balance = shelf.begins_with;
            let mut before: Option<DateTime<Utc>> = None;
            for one in shelf.moves {
                if balance + one.change < LEAST {
                    let refill = shelf.begins_with.max(6);
                    let morning = one.created_at - TimeDelta::hours(5);
                    let at = before
                        .map_or(morning, |before| morning.max(before + TimeDelta::seconds(1)))
                        .min(one.created_at);
                    balance += refill;
                    past.moves.push(MoveRow {
                        change: refill,
                        reason: "restock",
                        reference_type: None,
                        reference_id: None,
                        note: Some("delivery from the supplier"),
                        created_at: at,
                        ..one.clone()
                    });
                }
                balance += one.change;
                before = Some(one.created_at);
                past.moves.push(one);
            }
        }
    }
}
