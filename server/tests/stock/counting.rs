//! Counts: begun, entered by several, applied once or put away; and everything that is refused.

use super::{invariants, story::Story};
use duka::{
    ctx::Ctx,
    error::{AppError, Refusal},
    inventory::count::{Entered, Entry, InTheWay, NotApplied, Part, apply, cancel, enter, start},
    kernel::{
        access::{Actor, Role},
        field_errors::{FieldErrors, FieldProblem},
        id::{CategoryId, StockCountId, UserId, VariantId},
    },
    pages::dashboard::stock::count::load,
};

fn staff(story: &Story) -> Ctx {
    Ctx::new(story.platform.clone(), story.tenant(), Actor::Program)
}

const fn entry(variant: VariantId, seen: Option<i32>, counted: Option<i32>) -> Entry {
    Entry { variant, seen, counted }
}

async fn begin(story: &Story) -> (Ctx, StockCountId) {
    let (ctx, count) = (staff(story), StockCountId::mint());
    start(&ctx, count, &Part::All).await.unwrap();
    (ctx, count)
}

#[tokio::test(flavor = "multi_thread")]
async fn a_count_is_begun_for_a_part_of_the_shelf_once() {
    let story = Story::begin().await;
    let (ctx, category) = (staff(&story), CategoryId::mint());
    story
        .write(&format!(
            "insert into categories (tenant_id, id, name, slug) values ('{}', '{category}', 'Cloth', 'cloth')",
            story.tenant()
        ))
        .await;
    let count = StockCountId::mint();
    let empty = start(&ctx, count, &Part::Category(category)).await;
    assert_eq!(empty, Err(AppError::Invalid(FieldErrors::one("category", FieldProblem::UnknownChoice))));
    let foreign = start(&ctx, count, &Part::Category(CategoryId::mint())).await;
    assert_eq!(foreign, Err(AppError::Invalid(FieldErrors::one("category", FieldProblem::UnknownChoice))));
    let signs = start(&ctx, count, &Part::Search("%_".into())).await;
    assert_eq!(signs, Err(AppError::Invalid(FieldErrors::one("words", FieldProblem::Missing))));
    assert_eq!(story.count("stock_counts").await, 0, "nothing is half begun");
    story.write(&format!("update products set category_id = '{category}'")).await;
    for part in [Part::Category(category), Part::Search("kikoi".into()), Part::All] {
        let count = StockCountId::mint();
        start(&ctx, count, &part).await.unwrap();
        start(&ctx, count, &part).await.unwrap();
        assert_eq!(story.count(&format!("stock_count_lines where count_id = '{count}'")).await, 2, "{part:?}");
    }
    assert_eq!(story.count("stock_counts").await, 3);
}

#[tokio::test(flavor = "multi_thread")]
async fn two_people_at_one_count_keep_each_others_numbers() {
    let story = Story::begin().await;
    let (ctx, count) = begin(&story).await;
    let [one, other] = story.shop.variants;
    assert_eq!(enter(&ctx, count, &[entry(one, None, Some(9))]).await.unwrap(), Entered { saved: 1, met: vec![] });
    // Somebody whose page was older counted the same line to another number, and one of their own.
    let late = enter(&ctx, count, &[entry(one, None, Some(7)), entry(other, None, Some(10))]).await.unwrap();
    assert_eq!(late, Entered { saved: 1, met: vec![one] });
    let same = enter(&ctx, count, &[entry(one, None, Some(9))]).await.unwrap();
    assert_eq!(same, Entered { saved: 0, met: vec![] });
    let corrected = enter(&ctx, count, &[entry(one, Some(9), Some(8))]).await.unwrap();
    assert_eq!(corrected, Entered { saved: 1, met: vec![] });
    let page = load(&ctx, count, 1, false).await.unwrap();
    assert_eq!((page.count.counted, page.count.differences), (2, 1));
    // Emptied again it is not counted.
    enter(&ctx, count, &[entry(one, Some(8), None)]).await.unwrap();
    let page = load(&ctx, count, 1, true).await.unwrap();
    assert_eq!((page.count.counted, page.lines.len()), (1, 0));
}

#[tokio::test(flavor = "multi_thread")]
async fn applied_twice_it_is_applied_once_and_then_nothing_can_be_entered() {
    let story = Story::begin().await;
    let (ctx, count) = begin(&story).await;
    let [one, other] = story.shop.variants;
    assert_eq!(apply(&ctx, count, None).await, Err(NotApplied::Empty));
    enter(&ctx, count, &[entry(one, None, Some(12)), entry(other, None, Some(10))]).await.unwrap();
    let both = futures(&ctx, count).await;
    assert_eq!(both, 1, "one difference, once");
    assert_eq!(story.count("inventory_movements where reference_type = 'count'").await, 1);
    assert_eq!(story.count("inventory_movements where change = 2 and note = 'found two'").await, 1);
    let late = enter(&ctx, count, &[entry(one, Some(12), Some(1))]).await;
    assert_eq!(late, Err(AppError::Refused(Refusal::CountEnded)));
    assert_eq!(cancel(&ctx, count).await, Err(AppError::Refused(Refusal::CountEnded)));
    invariants::hold(&story.everything).await;
    let acts =
        "(select distinct action from audit_log where action in ('stock_count_started', 'stock_count_applied')) acts";
    assert_eq!(story.count(acts).await, 2, "each is in the log");
}

/// Two presses at once; how many differences both applied together.
async fn futures(ctx: &Ctx, count: StockCountId) -> usize {
    let press = || {
        let ctx = ctx.clone();
        tokio::spawn(async move { apply(&ctx, count, Some("found two")).await.unwrap() })
    };
    let (one, other) = (press(), press());
    one.await.unwrap() + other.await.unwrap()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_count_below_what_is_promised_changes_nothing_and_says_which() {
    let story = Story::begin().await;
    let cart = story.cart(&[(0, 4)]).await;
    story.place(&cart, story.form(4_150)).await.unwrap();
    let (ctx, count) = begin(&story).await;
    let [one, other] = story.shop.variants;
    enter(&ctx, count, &[entry(one, None, Some(3)), entry(other, None, Some(1))]).await.unwrap();
    let refused = apply(&ctx, count, None).await;
    let expected = InTheWay { variant: one, name: "Kikoi, Blue".into(), after: 3, held: 4 };
    assert_eq!(refused, Err(NotApplied::InTheWay(vec![expected])));
    assert_eq!(story.count("inventory_movements where reference_type = 'count'").await, 0);
    assert_eq!(story.count("stock_counts where status = 'open'").await, 1);
    // Counted again it goes.
    enter(&ctx, count, &[entry(one, Some(3), Some(4))]).await.unwrap();
    assert_eq!(apply(&ctx, count, None).await, Ok(2));
    invariants::hold(&story.everything).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn put_away_it_changes_nothing_and_stays_away() {
    let story = Story::begin().await;
    let (ctx, count) = begin(&story).await;
    enter(&ctx, count, &[entry(story.shop.variants[0], None, Some(1))]).await.unwrap();
    cancel(&ctx, count).await.unwrap();
    cancel(&ctx, count).await.unwrap();
    assert_eq!(apply(&ctx, count, None).await, Err(NotApplied::Cancelled));
    assert_eq!(story.count("inventory_movements where reason <> 'restock'").await, 0);
    assert_eq!(story.count("audit_log where action = 'stock_count_cancelled'").await, 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn nobody_counts_for_another_merchant_or_as_a_viewer() {
    let story = Story::begin().await;
    let (ctx, count) = begin(&story).await;
    let stranger = story.stranger().await;
    let theirs = staff(&stranger);
    let line = [entry(story.shop.variants[0], None, Some(1))];
    assert_eq!(enter(&theirs, count, &line).await, Err(AppError::NotFound));
    assert_eq!(apply(&theirs, count, None).await, Err(NotApplied::App(AppError::NotFound)));
    assert_eq!(cancel(&theirs, count).await, Err(AppError::NotFound));
    assert!(matches!(load(&theirs, count, 1, false).await, Err(AppError::NotFound)));
    // A variant of theirs is no line of ours, and one bad line leaves the others unsaved.
    let mixed = [line[0], entry(stranger.shop.variants[0], None, Some(1))];
    assert_eq!(enter(&ctx, count, &mixed).await, Err(AppError::NotFound));
    let viewer = Actor::Member { user: UserId::mint(), role: Role::Viewer };
    let viewer = Ctx::new(story.platform.clone(), story.tenant(), viewer);
    assert_eq!(enter(&viewer, count, &line).await, Err(AppError::NotPermitted));
    assert_eq!(start(&viewer, StockCountId::mint(), &Part::All).await, Err(AppError::NotPermitted));
    assert_eq!(apply(&viewer, count, None).await, Err(NotApplied::App(AppError::NotPermitted)));
    assert_eq!(story.count("stock_count_lines where counted is not null").await, 0);
    assert_eq!(story.count("stock_counts").await, 1);
}
