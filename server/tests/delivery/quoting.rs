//! A fee that was shown holds until the shown time; after it the buyer is asked again, and nothing is changed in silence.

use crate::{
    buyer::{Buyer, area, at_ten, moment, nothing_was_placed, says, taken},
    world::{World, field},
};
use chrono::TimeDelta;
use http::StatusCode;

async fn raise_fee(world: &World) {
    world.sql("update delivery_zones set fee_cents = 20000, version = version + 1").await;
}

#[tokio::test]
async fn a_fee_that_was_shown_is_kept_until_its_time_although_the_merchant_has_raised_it() {
    let (world, clock) = at_ten().await;
    let mut buyer = Buyer::with(&world, 1).await;
    let page = buyer.look().await;
    assert!(page.contains("KSh 150, about 1½ hours") && page.contains("This price is yours until 11:00."), "{page}");
    let shown = clock.now();
    raise_fee(&world).await;
    clock.advance(TimeDelta::minutes(59));
    says(&buyer.send(&page, &[]).await, StatusCode::SEE_OTHER, &[]);
    assert_eq!(taken(&world).await, ("Westlands".into(), 15_000, "flat fee of Westlands".into(), 90));
    let until = moment(&world, "select expires_at from delivery_quotes").await;
    assert_eq!(until, shown + TimeDelta::hours(1));
    assert_eq!(world.count("select total_cents from orders").await, 115_000);
}

#[tokio::test]
async fn a_mistake_in_another_field_does_not_lose_the_fee() {
    let (world, clock) = at_ten().await;
    let mut buyer = Buyer::with(&world, 1).await;
    let page = buyer.look().await;
    raise_fee(&world).await;
    clock.advance(TimeDelta::minutes(30));
    let answer = buyer.send(&page, &[("phone", "12345")]).await;
    let page = says(&answer, StatusCode::UNPROCESSABLE_ENTITY, &["until 11:00", "Westlands – KSh 150"]);
    says(&buyer.send(&page, &[]).await, StatusCode::SEE_OTHER, &[]);
    assert_eq!(taken(&world).await.1, 15_000);
    // Who looks now is told the new fee.
    assert!(Buyer::with(&world, 1).await.look().await.contains("Westlands – KSh 200"));
}

#[tokio::test]
async fn after_its_time_the_new_fee_is_shown_and_asked_about_and_nothing_is_written() {
    let (world, clock) = at_ten().await;
    let mut buyer = Buyer::with(&world, 1).await;
    let page = buyer.look().await;
    raise_fee(&world).await;
    clock.advance(TimeDelta::minutes(60));
    let answer = buyer.send(&page, &[]).await;
    let words = [
        "Delivery to Westlands is now KSh 200. It was KSh 150.",
        "The total is now KSh 1,200. It was KSh 1,150.",
        "until 12:00",
    ];
    let page = says(&answer, StatusCode::CONFLICT, &words);
    nothing_was_placed(&world).await;
    assert_eq!(field(&page, "seen_total_cents"), "120000");
    says(&buyer.send(&page, &[]).await, StatusCode::SEE_OTHER, &[]);
    assert_eq!(taken(&world).await.1, 20_000);
}

#[tokio::test]
async fn after_its_time_the_same_fee_needs_no_question() {
    let (world, clock) = at_ten().await;
    let mut buyer = Buyer::with(&world, 1).await;
    let page = buyer.look().await;
    clock.advance(TimeDelta::minutes(200));
    says(&buyer.send(&page, &[]).await, StatusCode::SEE_OTHER, &[]);
    assert_eq!(taken(&world).await.1, 15_000);
}

#[tokio::test]
async fn a_fee_is_kept_for_the_cart_and_the_goods_it_was_shown_for_and_for_no_other() {
    let (world, _) = at_ten().await;
    let mut early = Buyer::with(&world, 1).await;
    let old = field(&early.look().await, "quote");
    raise_fee(&world).await;
    let mut late = Buyer::with(&world, 1).await;
    let page = late.look().await;
    let cheap = [("quote", &*old), ("seen_total_cents", "115000")];
    says(&late.send(&page, &cheap).await, StatusCode::CONFLICT, &["KSh 1,200"]);
    let forged = format!("{}{}", "0".repeat(64), &old[64..]);
    says(&late.send(&page, &[("quote", &forged), ("seen_total_cents", "115000")]).await, StatusCode::CONFLICT, &[]);
    nothing_was_placed(&world).await;
    // One more piece is another parcel.
    world.sql("update cart_items set quantity = 2").await;
    let page = early.browser.get("/checkout").await.text();
    let more = [("quote", &*old), ("seen_total_cents", "215000")];
    says(&early.send(&page, &more).await, StatusCode::CONFLICT, &["Delivery to Westlands is now KSh 200"]);
    nothing_was_placed(&world).await;
}

#[tokio::test]
async fn what_was_told_of_today_ends_with_the_last_hour_of_the_day() {
    let (world, clock) = at_ten().await;
    world.sql("update delivery_zones set cut_off_minute = 11 * 60, eta_minutes = 120").await;
    clock.advance(TimeDelta::minutes(30));
    let mut buyer = Buyer::with(&world, 1).await;
    let page = buyer.look().await;
    assert!(page.contains("KSh 150, about 2 hours, if you order before 11:00"), "{page}");
    assert!(page.contains("This price is yours until 11:00."), "{page}");
    clock.advance(TimeDelta::minutes(31));
    let answer = buyer.send(&page, &[]).await;
    let page = says(&answer, StatusCode::CONFLICT, &["Delivery to Westlands now arrives: tomorrow."]);
    nothing_was_placed(&world).await;
    says(&buyer.send(&page, &[]).await, StatusCode::SEE_OTHER, &[]);
    // Until the end of tomorrow: 12 hours and 59 minutes of today, and a day.
    assert_eq!(taken(&world).await.3, 12 * 60 + 59 + 24 * 60);
}

#[tokio::test]
async fn an_area_that_is_no_longer_served_is_not_sold_by_an_old_promise() {
    let (world, _) = at_ten().await;
    area(&world, "Karen", 300, &[]).await;
    let mut buyer = Buyer::with(&world, 1).await;
    let page = buyer.browser.get("/checkout?area=Karen").await.text();
    world.sql("update delivery_zones set is_active = false where city_area = 'Karen'").await;
    let answer = buyer.send(&page, &[]).await;
    says(&answer, StatusCode::UNPROCESSABLE_ENTITY, &["We do not deliver there. Please choose from the list."]);
    nothing_was_placed(&world).await;
}

#[tokio::test]
async fn an_orders_page_says_the_day_or_hour_that_was_told() {
    let (world, clock) = at_ten().await;
    let mut today = Buyer::with(&world, 1).await;
    let page = today.look().await;
    let placed = today.send(&page, &[]).await;
    let order = placed.header("location").to_owned();
    let html = today.browser.get(&order).await.text();
    assert!(html.contains("Delivery: today, about 11:30"), "{html}");
    // After the morning's last hour it comes tomorrow, however many minutes that is.
    world.sql("update delivery_zones set cut_off_minute = 9 * 60").await;
    let mut late = Buyer::with(&world, 1).await;
    let page = late.look().await;
    assert!(page.contains("KSh 150, tomorrow"), "{page}");
    let placed = late.send(&page, &[]).await;
    let order = placed.header("location").to_owned();
    let html = late.browser.get(&order).await.text();
    assert!(html.contains("Delivery: tomorrow<"), "{html}");
    let html = late.browser.get(&format!("/sw{order}")).await.text();
    assert!(html.contains(": kesho<"), "{html}");
    clock.advance(TimeDelta::hours(20));
    let html = late.browser.get(&order).await.text();
    assert!(html.contains("Delivery: today<"), "{html}");
}
