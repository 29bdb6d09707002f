//! Whatever happens to stock, in whatever order: the ledger adds up, nothing is below zero, nothing is promised twice.

use super::{at_once::pay, invariants, story::Story};
use duka::{
    checkout::place_order::Placed,
    ctx::Ctx,
    inventory::{
        adjust_stock::{Adjustment, adjust, adjust_stock},
        check_stock,
        count::{Entry, Part, apply, enter, start},
        stock_form::{AdjustReason, Amount},
    },
    kernel::{
        access::Actor,
        id::{MovementId, StockCountId},
    },
};

/// Numbers that look random and are the same every time.
struct Dice(u64);

impl Dice {
    fn below(&mut self, most: u64) -> u64 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) % most
    }
    fn pieces(&mut self) -> i32 {
        i32::try_from(1 + self.below(6)).unwrap()
    }
}

async fn step(story: &Story, staff: &Ctx, dice: &mut Dice, open: &mut Vec<Placed>) {
    let good = usize::try_from(dice.below(2)).unwrap();
    let variant = story.shop.variants[good];
    // What a rule refuses is refused; that nothing is wrong afterwards is the point.
    match dice.below(8) {
        0 => drop(adjust_stock(staff, variant, None, dice.pieces(), AdjustReason::Restock, None).await),
        1 => drop(adjust_stock(staff, variant, None, -dice.pieces(), AdjustReason::Adjustment, None).await),
        2 => {
            let wanted = Adjustment {
                variant,
                version: None,
                movement: Some(MovementId::mint()),
                amount: Amount::Counted(dice.pieces()),
                reason: AdjustReason::Adjustment,
                note: Some("counted".into()),
            };
            let first = adjust(staff, &wanted).await;
            assert_eq!(adjust(staff, &wanted).await.is_ok(), first.is_ok(), "twice is once");
        }
        3 | 4 => {
            let quantity = dice.pieces();
            let cart = story.cart(&[(good, quantity)]).await;
            let price = if good == 0 { 1_000 } else { 1_500 };
            if let Ok(placed) = story.place(&cart, story.form(price * i64::from(quantity) + 150)).await {
                open.push(placed);
            }
        }
        5 if !open.is_empty() => {
            let at = usize::try_from(dice.below(open.len() as u64)).unwrap();
            pay(story, &open.swap_remove(at)).await;
        }
        6 if !open.is_empty() => {
            let at = usize::try_from(dice.below(open.len() as u64)).unwrap();
            // Nobody answered the prompt, and the time is over; half of those are paid afterwards all the same.
            let placed = if dice.below(2) == 0 { open.swap_remove(at) } else { open[at].clone() };
            let order = placed.order;
            story
                .write(&format!(
                    "with p as (update payments set status = 'failed', failure_reason = 'no_answer', completed_at = now() where order_id = '{order}' and status = 'initiated')
                     update stock_holds set expires_at = now() - interval '1 minute' where order_id = '{order}' and released_at is null and converted_at is null"
                ))
                .await;
            story.expire(&placed).await;
        }
        _ => {
            let count = StockCountId::mint();
            start(staff, count, &Part::All).await.unwrap();
            let counted = dice.pieces() + 4;
            let entries = [Entry { variant, seen: None, counted: Some(counted) }];
            assert_eq!(enter(staff, count, &entries).await.unwrap().saved, 1);
            if dice.below(2) == 0 {
                let cart = story.cart(&[(good, 1)]).await;
                let price = if good == 0 { 1_000 } else { 1_500 };
                if let Ok(placed) = story.place(&cart, story.form(price + 150)).await {
                    pay(story, &placed).await;
                }
            }
            if apply(staff, count, None).await.is_ok() {
                assert_eq!(apply(staff, count, None).await.unwrap(), 0, "applied twice it is applied once");
            }
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn the_ledger_adds_up_after_any_sequence() {
    let story = Story::begin().await;
    let staff = Ctx::new(story.platform.clone(), story.tenant(), Actor::Program);
    for seed in 1..=4 {
        let (mut dice, mut open) = (Dice(seed), Vec::new());
        for _ in 0..40 {
            step(&story, &staff, &mut dice, &mut open).await;
            invariants::hold(&story.everything).await;
        }
    }
    assert!(story.count("inventory_movements where reason = 'sale'").await > 5, "something was sold");
    assert!(story.count("inventory_movements where reference_type = 'count'").await > 3, "counts were applied");
    let off = "inventory_movements m where balance_after is distinct from
        (select sum(change) from inventory_movements b where b.variant_id = m.variant_id and (b.created_at, b.id) <= (m.created_at, m.id))";
    // The clock of a line is taken under the row's lock, so lines stand in the order in which they happened.
    assert_eq!(story.count(off).await, 0);
    assert_eq!(check_stock::check(&staff).await.unwrap(), 0);
}
