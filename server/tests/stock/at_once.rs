//! Many hands at one shelf, with the database beside the program and far from it.

use super::{invariants, story::Story};
use duka::{
    checkout::{
        place_order::{Placed, Refused},
        settle_payment::{Settled, Source, Verdict, settle},
    },
    ctx::Ctx,
    error::{AppError, Refusal},
    inventory::{
        adjust_stock::adjust_stock,
        count::{Entry, NotApplied, Part, apply, enter, start},
        stock_form::AdjustReason,
    },
    kernel::{access::Actor, id::StockCountId},
    payments::providers::mpesa::outcome::StkOutcome,
};

fn staff(story: &Story) -> Ctx {
    Ctx::new(story.platform.clone(), story.tenant(), Actor::Program)
}

/// Whoever waited too long for a lock is asked to try again, and does.
const TRIES: usize = 30;

pub async fn pay(story: &Story, placed: &Placed) -> Settled {
    let staff = staff(story);
    for _ in 0..TRIES {
        let verdict =
            Verdict { outcome: StkOutcome::Paid, source: Source::Query, receipt: None, checkout_request_id: None };
        match settle(&staff, placed.prompt.unwrap(), verdict).await {
            Err(AppError::TryAgain { .. }) => {}
            end => return end.unwrap(),
        }
    }
    panic!("{TRIES} tries were not enough");
}

async fn apply_count(staff: &Ctx, count: StockCountId) -> usize {
    for _ in 0..TRIES {
        match apply(staff, count, Some("one is broken")).await {
            Err(NotApplied::App(AppError::TryAgain { .. })) => {}
            end => return end.unwrap(),
        }
    }
    panic!("{TRIES} tries were not enough");
}

/// So many buyers of one piece each at once: who got it, who was told it is short, who is asked to try again.
async fn rush(story: &Story, people: usize) -> [usize; 3] {
    let mut carts = Vec::new();
    for _ in 0..people {
        carts.push(story.cart(&[(0, 1)]).await);
    }
    let buying = carts.into_iter().map(|cart| {
        let story = story.clone();
        tokio::spawn(async move { story.place(&cart, story.form(1_150)).await })
    });
    let mut ends = [0; 3];
    for press in buying.collect::<Vec<_>>() {
        match press.await.unwrap() {
            Ok(_) => ends[0] += 1,
            Err(Refused::Changed(_)) => ends[1] += 1,
            Err(Refused::App(AppError::TryAgain { .. })) => ends[2] += 1,
            Err(other) => panic!("somebody was answered {other:?}"),
        }
    }
    ends
}

#[tokio::test(flavor = "multi_thread")]
async fn a_hundred_buyers_of_the_last_piece_make_one_order_also_when_every_answer_is_late() {
    let story = Story::begin().await;
    story.set_stock(0, 1).await;
    let far = story.far_away().await;
    let [placed, short, later] = rush(&far, 100).await;
    assert_eq!((placed, short + later), (1, 99));
    assert_eq!(story.count("orders").await, 1);
    invariants::hold(&story.everything).await;
}

/// Ten pieces; fifteen buyers want one each while staff take out one at a time, eight times.
async fn adjust_while_placing(story: &Story, shop: &Story) {
    let taking = (0..8).map(|_| {
        let (ctx, variant) = (staff(shop), shop.shop.variants[0]);
        tokio::spawn(async move { adjust_stock(&ctx, variant, None, -1, AdjustReason::Adjustment, None).await })
    });
    let taking: Vec<_> = taking.collect();
    let [placed, ..] = rush(shop, 15).await;
    let mut taken = 0;
    for one in taking {
        match one.await.unwrap() {
            Ok(_) => taken += 1,
            Err(AppError::Refused(Refusal::ShortStock { .. }) | AppError::TryAgain { .. }) => {}
            Err(other) => panic!("staff were answered {other:?}"),
        }
    }
    assert!(placed + taken <= 10, "{placed} were promised and {taken} taken of ten");
    let stock: (i32, i64) = story
        .row(&format!(
            "select stock_quantity, (select coalesce(sum(quantity), 0) from stock_holds where variant_id = v.id)
             from product_variants v where id = '{}'",
            story.shop.variants[0]
        ))
        .await;
    assert_eq!(stock, (10 - i32::try_from(taken).unwrap(), i64::try_from(placed).unwrap()));
    invariants::hold(&story.everything).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn taking_out_while_shoppers_order_never_takes_what_is_promised() {
    let story = Story::begin().await;
    adjust_while_placing(&story, &story).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn taking_out_while_shoppers_order_is_right_when_every_answer_is_late() {
    let story = Story::begin().await;
    let far = story.far_away().await;
    adjust_while_placing(&story, &far).await;
}

/// Ten in the ledger, nine on the shelf; three are sold before the count is entered or after, all at once.
async fn count_while_selling(story: &Story, shop: &Story) {
    let mut orders = Vec::new();
    for _ in 0..3 {
        let cart = story.cart(&[(0, 1)]).await;
        orders.push(story.place(&cart, story.form(1_150)).await.unwrap());
    }
    let (ctx, variant, count) = (staff(shop), story.shop.variants[0], StockCountId::mint());
    start(&ctx, count, &Part::All).await.unwrap();
    // One is sold before the count of its line, so nine less one are on the shelf.
    assert_eq!(pay(story, &orders[0]).await, Settled::Paid);
    let entries = [Entry { variant, seen: None, counted: Some(8) }];
    assert_eq!(enter(&ctx, count, &entries).await.unwrap().saved, 1);
    let selling: Vec<_> = orders[1..]
        .iter()
        .map(|placed| {
            let (shop, placed) = (shop.clone(), placed.clone());
            tokio::spawn(async move { pay(&shop, &placed).await })
        })
        .collect();
    let applied = apply_count(&ctx, count).await;
    for one in selling {
        assert_eq!(one.await.unwrap(), Settled::Paid);
    }
    assert_eq!(applied, 1);
    let stock: (i32,) = story.row(&format!("select stock_quantity from product_variants where id = '{variant}'")).await;
    assert_eq!(stock.0, 10 - 3 - 1);
    assert_eq!(
        story
            .count("inventory_movements where reference_type = 'count' and change = -1 and note = 'one is broken'")
            .await,
        1
    );
    invariants::hold(&story.everything).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_sold_while_it_is_counted_is_not_missing() {
    let story = Story::begin().await;
    count_while_selling(&story, &story).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_sold_while_it_is_counted_is_not_missing_when_every_answer_is_late() {
    let story = Story::begin().await;
    let far = story.far_away().await;
    count_while_selling(&story, &far).await;
}
