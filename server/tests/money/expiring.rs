//! Orders that nobody paid in time: goods and codes go back, the buyer is told once, and late money finds its way.

use super::{
    bank::{arrive, places_of, status_of},
    invariants,
    story::Story,
};
use chrono::TimeDelta;
use duka::{
    checkout::{forms::CheckoutForm, place_order::Placed},
    jobs::worker,
    kernel::locale::Locale,
    pages::storefront::order::load,
};
use serde_json::json;
use server::{mailer::Mailer, worker::Registry};
use std::sync::Arc;

/// An unpaid order whose time is over, of a buyer who left an address.
async fn expired(story: &Story) -> Placed {
    story.script(json!({ "result_code": 1032 })).await;
    let placed = story.buy(1).await;
    story.until_settled(&placed).await;
    story.write("update orders set customer_email = 'amina@barua.test'").await;
    story.platform.clock.advance(TimeDelta::minutes(31));
    story.expire(&placed).await;
    placed
}

/// The mails that the sandbox has got: subject and text.
async fn mails(story: &Story) -> Vec<(String, String)> {
    let mailer = Mailer::smtp(&story.sandbox.smtp_url(), "Duka <no-reply@duka.test>").unwrap();
    worker::drain(&story.worker(), Arc::new(Registry::new(story.platform.clone(), mailer))).await.unwrap();
    let all: Vec<serde_json::Value> = story
        .http()
        .get(format!("{}/control/requests?provider=mail", story.sandbox.base_url))
        .send()
        .await
        .unwrap()
        .json()
        .await
        .unwrap();
    all.iter()
        .map(|mail| (mail["headers"]["subject"].as_str().unwrap_or_default().to_owned(), mail["body"].to_string()))
        .collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn the_buyer_is_told_once_in_their_language_with_a_link_to_the_order() {
    for (locale, subject, words) in [
        (Locale::En, "Shop mama-njeri: order 1001 was closed", "No money was taken."),
        (Locale::Sw, "Shop mama-njeri: oda 1001 imefungwa", "Hakuna pesa iliyochukuliwa."),
    ] {
        let story = Story::begin().await;
        story.script(json!({ "result_code": 1032 })).await;
        let placed = story.buy(1).await;
        story.until_settled(&placed).await;
        story
            .write(&format!("update orders set customer_email = 'amina@barua.test', locale = '{}'", locale.tag()))
            .await;
        story.platform.clock.advance(TimeDelta::minutes(31));
        for _ in 0..3 {
            story.expire(&placed).await;
        }
        let mails = mails(&story).await;
        assert_eq!(mails.len(), 1, "{mails:?}");
        assert_eq!(mails[0].0, subject);
        assert!(mails[0].1.contains(words), "{}", mails[0].1);
        assert!(mails[0].1.contains(&format!("/orders/{}", placed.token.hex())), "{}", mails[0].1);
        assert_eq!(
            story.count("mails where recipient like '%barua%'").await,
            0,
            "their address stands on the order only"
        );
        invariants::hold(&story.everything).await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn prompts_that_fail_leave_the_goods_held_as_long_as_the_page_says() {
    let story = Story::begin().await;
    story.script(json!({ "result_code": 1032 })).await;
    let placed = story.buy(2).await;
    story.until_settled(&placed).await;
    let told = async || load(&story.ctx(), &placed.token).await.unwrap().held_until;
    let until = told().await.expect("the page says until when");
    let away = until - story.platform.clock.now() - TimeDelta::minutes(30);
    assert!(away.abs() < TimeDelta::seconds(1), "{until}");
    let held = "stock_holds where released_at is null and converted_at is null";
    assert_eq!(story.count(held).await, 1, "a failed prompt gives nothing back");

    // Trying again changes nothing of it, however it ends.
    story.platform.clock.advance(TimeDelta::minutes(10));
    story.pay_again(&placed).await.unwrap();
    story.until_settled(&placed).await;
    assert_eq!(told().await, Some(until));
    assert_eq!(story.count(held).await, 1);

    story.platform.clock.advance(TimeDelta::minutes(21));
    assert_eq!(told().await, None);
    story.expire(&placed).await;
    assert_eq!(story.count(held).await, 0);
    assert_eq!(status_of(&story, placed.order).await, ("cancelled".into(), "unpaid".into()));
    assert_eq!(told().await, None);
    invariants::hold(&story.everything).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn who_left_no_address_gets_no_mail() {
    let story = Story::begin().await;
    story.script(json!({ "result_code": 1032 })).await;
    let placed = story.buy(1).await;
    story.until_settled(&placed).await;
    story.platform.clock.advance(TimeDelta::minutes(31));
    story.expire(&placed).await;
    assert_eq!(status_of(&story, placed.order).await.0, "cancelled");
    assert_eq!(story.count("mails").await, 0);
}

#[tokio::test(flavor = "multi_thread")]
async fn who_was_to_pay_in_cash_is_told_once_that_nobody_accepted_the_order() {
    for (locale, subject, words) in [
        (Locale::En, "Shop mama-njeri: order 1001 was closed", "did not accept"),
        (Locale::Sw, "Shop mama-njeri: oda 1001 imefungwa", "haikuikubali"),
    ] {
        let story = Story::begin().await;
        let cart = story.cart(&[(0, 1)]).await;
        let form = CheckoutForm { payment_method: "cod".into(), ..story.form(1_150) };
        let placed = story.place(&cart, form).await.unwrap();
        assert_eq!(status_of(&story, placed.order).await.0, "pending");
        story
            .write(&format!("update orders set customer_email = 'amina@barua.test', locale = '{}'", locale.tag()))
            .await;
        story.write("update stock_holds set expires_at = now() - interval '1 minute'").await;
        for _ in 0..3 {
            story.expire(&placed).await;
        }
        assert_eq!(status_of(&story, placed.order).await.0, "cancelled");
        let mails = mails(&story).await;
        assert_eq!(mails.len(), 1, "{mails:?}");
        assert_eq!(mails[0].0, subject);
        assert!(mails[0].1.contains(words), "{}", mails[0].1);
        assert!(mails[0].1.contains(&format!("/orders/{}", placed.token.hex())), "{}", mails[0].1);
        for (_, body) in &mails {
            assert!(!body.contains("not paid in time") && !body.contains("haikulipwa kwa wakati"), "{body}");
        }
        invariants::hold(&story.everything).await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn the_shops_pages_are_drawn_anew_when_goods_come_back_to_the_shelf() {
    let story = Story::begin().await;
    let version = async || story.row::<(i64,)>("select catalogue_version from tenants").await.0;
    let cart = story.cart(&[(0, 1)]).await;
    let form = CheckoutForm { payment_method: "cod".into(), ..story.form(1_150) };
    let placed = story.place(&cart, form).await.unwrap();
    let before = version().await;
    story.expire(&placed).await;
    assert_eq!(version().await, before, "its time is not over");
    story.write("update stock_holds set expires_at = now() - interval '1 minute'").await;
    story.expire(&placed).await;
    assert_eq!(status_of(&story, placed.order).await.0, "cancelled");
    assert_eq!(version().await, before + 1);
    story.expire(&placed).await;
    assert_eq!(version().await, before + 1, "nothing has changed again");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_mail_that_money_has_overtaken_is_dropped() {
    let story = Story::begin().await;
    let placed = expired(&story).await;
    arrive(&story, "UKS1LATE01", 1_150, Some(placed.order)).await;
    assert_eq!(status_of(&story, placed.order).await, ("paid".into(), "paid".into()));
    let subjects: Vec<String> = mails(&story).await.into_iter().map(|(subject, _)| subject).collect();
    assert_eq!(subjects, ["Shop mama-njeri: order 1001 is paid"], "only the receipt is sent");
    assert_eq!(story.count("mails where status = 'dropped'").await, 1);
    invariants::hold(&story.everything).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn late_money_takes_the_goods_again_or_waits_to_be_given_back() {
    let story = Story::begin().await;
    story.set_stock(0, 1).await;
    let placed = expired(&story).await;
    let other = story.cart(&[(0, 1)]).await;
    let winner = story.place(&other, story.form(1_150)).await.unwrap();
    let late = arrive(&story, "UKS1LATE02", 1_150, Some(placed.order)).await;
    assert_eq!(places_of(&story, late.payment).await, "refund 1150");
    let (kind, status): (String, String) = story.row("select kind, status from refunds").await;
    assert_eq!((kind.as_str(), status.as_str()), ("excess", "pending"));
    let paid = arrive(&story, "UKS1GOOD03", 1_150, Some(winner.order)).await;
    assert_eq!(places_of(&story, paid.payment).await, "order 1150");
    // They paid in vain, and are told so: nobody of the shop has called their order off.
    let mails = mails(&story).await;
    let back = mails.iter().filter(|(subject, _)| subject == "Shop mama-njeri: KSh 1,150 is going back to you");
    let texts: Vec<&String> = back.map(|(_, text)| text).collect();
    assert_eq!(texts.len(), 1, "{mails:?}");
    assert!(texts[0].contains("Your order 1001 was closed because it was not paid in full in time."), "{mails:?}");
    assert!(!texts[0].contains("cancelled"), "{mails:?}");
    invariants::hold(&story.everything).await;
}
