//! The settings page for cards: keys that are only written, tried before they are used, and never shown.

use crate::{
    merchant::member,
    till::Till,
    world::{Answer, NJERI},
};
use duka::{
    ctx::{Ctx, Platform},
    kernel::{access::Role, typed::Typed},
    payments::card_settings,
};
use http::StatusCode;
use std::sync::Arc;

const PAGE: &str = "/dashboard/settings/cards";

fn typed<'a>(version: &'a str, public: &'a str, secret: &'a str) -> [(&'a str, &'a str); 3] {
    [("version", version), ("public_key", public), ("secret_key", secret)]
}

async fn in_use(till: &Till) -> i64 {
    till.world.count("select count(*) from card_accounts where is_active and proved_at is not null").await
}

fn expect_saved(answer: &Answer) {
    assert_eq!((answer.status, answer.header("location")), (StatusCode::SEE_OTHER, "/dashboard/settings/cards?saved"));
}

#[tokio::test]
async fn keys_are_used_once_the_provider_has_answered_to_them() {
    let till = Till::without_account().await;
    let mut owner = member(&till.world, &till.world.njeri, Role::Owner).await;
    let first = owner.browser.get(PAGE).await.text();
    assert!(first.contains("shoppers cannot pay by card yet") && !first.contains("/hooks/card/"));

    expect_saved(&owner.browser.post(PAGE, &typed("0", "pk_test_a", "sk_test_wrong")).await);
    assert_eq!(in_use(&till).await, 0);
    let page = owner.browser.get(PAGE).await.text();
    assert!(page.contains("Paystack does not take this secret key."), "{page}");
    assert!(page.contains("/hooks/card/"), "where events are to go");
    assert!(page.contains("pk_test_a") && !page.contains("sk_test_wrong"), "a secret is never shown");

    expect_saved(&owner.browser.post(PAGE, &typed("1", "pk_test_a", "sk_test_right")).await);
    assert_eq!(in_use(&till).await, 1);
    let page = owner.browser.get(PAGE).await.text();
    assert!(page.contains("these keys are for trying") && !page.contains("sk_test_right"));
    assert_eq!(till.world.count("select count(*) from card_accounts").await, 1);

    // Another key beside the one in use, which stays until the new one is proved.
    let version = till.text("select version::text from card_accounts").await;
    expect_saved(&owner.browser.post(PAGE, &typed(&version, "pk_test_b", "sk_test_b_wrong")).await);
    assert_eq!(till.text("select public_key from card_accounts where is_active").await, "pk_test_a");
    let version = till.text("select version::text from card_accounts where not is_active").await;
    expect_saved(&owner.browser.post(PAGE, &typed(&version, "pk_test_b", "sk_test_b")).await);
    assert_eq!(till.text("select public_key from card_accounts where is_active").await, "pk_test_b");
    assert_eq!(in_use(&till).await, 1);
    till.world.db.logged(&["card_account_changed", "card_account_not_proved", "card_account_proved"]).await;
}

#[tokio::test]
async fn an_empty_secret_stays_and_a_provider_that_is_away_can_be_asked_again() {
    let till = Till::without_account().await;
    let mut owner = member(&till.world, &till.world.njeri, Role::Owner).await;
    till.fault("500", 1).await;
    expect_saved(&owner.browser.post(PAGE, &typed("0", "pk_test_a", "sk_test_a")).await);
    assert!(owner.browser.get(PAGE).await.text().contains("Paystack could not be reached."));
    expect_saved(&owner.browser.post(PAGE, &typed("1", "pk_test_renamed", "")).await);
    assert_eq!(in_use(&till).await, 1, "the key that was kept is tried");
    let check = owner.browser.post("/dashboard/settings/cards/check", &[]).await;
    assert_eq!((check.status, check.header("location")), (StatusCode::SEE_OTHER, PAGE));
    assert_eq!(in_use(&till).await, 1);
}

#[tokio::test]
async fn every_wrong_field_is_named_and_nothing_is_kept() {
    let till = Till::without_account().await;
    let mut owner = member(&till.world, &till.world.njeri, Role::Owner).await;
    for (public, secret, said) in [
        ("", "sk_test_a", "Please fill this in."),
        ("pk_test_a", "", "Please fill this in."),
        ("pk_test_a", "pk_test_a", "This is no such key."),
        ("pk_live_a", "sk_test_a", "One key is for real money and the other for trying."),
    ] {
        let answer = owner.browser.post(PAGE, &typed("0", public, secret)).await;
        assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY, "{public} {secret}");
        let text = answer.text();
        assert!(text.contains(said), "{public} {secret}: {text}");
        assert!(secret.is_empty() || !text.contains(&format!("value=\"{secret}\"")) || secret == public);
    }
    let unknown = [("version", "0"), ("public_key", "pk_test_a"), ("secret_key", "sk_test_a"), ("bank", "x")];
    assert_eq!(owner.browser.post(PAGE, &unknown).await.status, StatusCode::UNPROCESSABLE_ENTITY);
    let stale = owner.browser.post(PAGE, &typed("7", "pk_test_a", "sk_test_a")).await;
    assert_eq!(stale.status, StatusCode::CONFLICT);
    assert_eq!(till.world.count("select count(*) from card_accounts").await, 0);
    assert_eq!(till.world.count("select count(*) from hook_tokens").await, 0);
    assert_eq!(till.received().await.len(), 0, "the provider was not troubled");
}

#[tokio::test]
async fn a_shop_on_the_open_internet_takes_no_test_keys() {
    let till = Till::without_account().await;
    let platform =
        Arc::new(Platform { base_url: "https://duka.example".to_owned(), ..(*till.world.app.platform).clone() });
    let ctx = Ctx::new(platform, till.world.njeri.tenant, duka::kernel::access::Actor::Program);
    let keys = |world: &str| {
        Typed::default().with("public_key", format!("pk_{world}_a")).with("secret_key", format!("sk_{world}_a"))
    };
    card_settings::change_account(&ctx, 0, &keys("test")).await.unwrap();
    card_settings::prove(&ctx).await.unwrap();
    assert_eq!(in_use(&till).await, 0);
    assert_eq!(till.text("select problem from card_accounts").await, "test_keys");
    card_settings::change_account(&ctx, 1, &keys("live")).await.unwrap();
    card_settings::prove(&ctx).await.unwrap();
    assert_eq!(in_use(&till).await, 1);
}

#[tokio::test]
async fn a_shop_that_stops_taking_cards_offers_none_and_settles_what_is_under_way() {
    let till = Till::open().await;
    let bought = till.buy().await;
    let mut owner = member(&till.world, &till.world.njeri, Role::Owner).await;
    let stopped = owner.browser.post("/dashboard/settings/cards/stop", &[]).await;
    assert_eq!((stopped.status, stopped.header("location")), (StatusCode::SEE_OTHER, PAGE));
    let answer = till.check_out(&mut till.shopper(), "1", "card").await;
    assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY);
    let again = [("idempotency_key", "k"), ("payment_method", "card")];
    let refused = till.shopper().post(&format!("{}/pay", bought.order), &again).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    till.press(&bought, "pay").await;
    till.come_back(&bought).await;
    till.is_paid_once().await;
    assert_eq!(till.world.get(NJERI, "/checkout").await.status, StatusCode::SEE_OTHER);
    till.world.db.logged(&["card_account_stopped"]).await;
}

#[tokio::test]
async fn only_the_owner_gets_there() {
    let till = Till::open().await;
    for role in [Role::Staff, Role::Viewer] {
        let mut person = member(&till.world, &till.world.njeri, role).await;
        assert_eq!(person.browser.get(PAGE).await.status, StatusCode::FORBIDDEN);
        for path in [PAGE, "/dashboard/settings/cards/check", "/dashboard/settings/cards/stop"] {
            let answer = person.browser.post(path, &typed("2", "pk_test_x", "sk_test_x")).await;
            assert_eq!(answer.status, StatusCode::FORBIDDEN, "{path}");
        }
    }
    assert_eq!(in_use(&till).await, 2, "both shops' accounts are as they were");
    assert_eq!(till.world.count("select count(*) from card_accounts where public_key = 'pk_test_x'").await, 0);
}
