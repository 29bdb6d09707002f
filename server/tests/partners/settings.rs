//! The settings page: a key that is only written and tried, the place of handing in, and who gets there.

use crate::{
    merchant::member,
    network::{Network, RONGAI, SENDER},
    world::{Answer, Browser},
};
use chrono::TimeDelta;
use duka::{delivery::partners::refresh, kernel::access::Role};
use http::StatusCode;
use serde_json::json;

const PAGE: &str = "/dashboard/settings/partners";

fn typed<'a>(version: &'a str, business: &'a str, key: &'a str, sender: &'a str) -> [(&'a str, &'a str); 4] {
    [("version", version), ("business", business), ("api_key", key), ("sender", sender)]
}

fn expect_saved(answer: &Answer) {
    let found = (answer.status, answer.header("location"));
    assert_eq!(found, (StatusCode::SEE_OTHER, "/dashboard/settings/partners?saved"), "{}", answer.text());
}

/// Njeri, who has just typed her password, by the clock of this world.
async fn sure_owner(network: &Network) -> Browser<'_> {
    let owner = member(&network.world, &network.world.njeri, Role::Owner).await;
    let now = network.clock.now();
    network.world.sql(&format!("update sessions set confirmed_at = '{now}' where id = '{}'", owner.session)).await;
    owner.browser
}

#[tokio::test]
async fn a_key_is_tried_the_agents_are_read_and_the_fees_follow_the_place_of_handing_in() {
    let network = Network::bare().await;
    let mut owner = sure_owner(&network).await;
    assert!(owner.get(PAGE).await.text().contains("Not set up: shoppers are offered no agents."));

    expect_saved(&owner.post(PAGE, &typed("0", "12", "key-wrong", "")).await);
    let page = owner.get(PAGE).await.text();
    assert!(page.contains("does not take this key") && !page.contains("key-wrong"), "a secret is never shown: {page}");
    assert_eq!(network.world.count("select count(*) from delivery_partners where is_active").await, 0);

    expect_saved(&owner.post(PAGE, &typed("1", "12", "njeris-key", "")).await);
    let sealed = "select count(*) from delivery_partners where is_active and proved_at is not null
                  and position('njeris-key'::bytea in api_key_sealed) = 0 and config::text not like '%key%'";
    assert_eq!(network.world.count(sealed).await, 1);
    network.work().await;
    let page = owner.get(PAGE).await.text();
    assert!(page.contains("Choose where you hand parcels in") && page.contains("Star Mall Shop B12"), "{page}");
    assert_eq!(network.world.count("select count(*) from partner_agents where fee_cents is not null").await, 0);

    let sender = SENDER.to_string();
    expect_saved(&owner.post(PAGE, &typed("2", "12", "", &sender)).await);
    network.work().await;
    assert!(owner.get(PAGE).await.text().contains("choose among 10 of 10 agents"));
    let fee = format!("select fee_cents::text from partner_agents where agent_number = {RONGAI}");
    assert_eq!(network.text(&fee).await, "24000");

    // From Rongai itself it is another price; the old one is of the place before, and never charged meanwhile.
    expect_saved(&owner.post(PAGE, &typed("3", "12", "", "301")).await);
    assert_eq!(network.world.count("select count(*) from partner_agents where fee_cents is not null").await, 0);
    network.work().await;
    assert_eq!(network.text(&fee).await, "10000");
    network
        .world
        .db
        .logged(&["delivery_partner_changed", "delivery_partner_not_proved", "delivery_partner_proved"])
        .await;
}

#[tokio::test]
async fn a_partner_that_is_away_is_said_so_and_can_be_asked_again() {
    let network = Network::bare().await;
    let mut owner = sure_owner(&network).await;
    network.fault("500", 1).await;
    expect_saved(&owner.post(PAGE, &typed("0", "12", "njeris-key", "")).await);
    assert!(owner.get(PAGE).await.text().contains("Pickup Mtaani could not be reached just now."));
    let check = owner.post(&format!("{PAGE}/check"), &[]).await;
    assert_eq!((check.status, check.header("location")), (StatusCode::SEE_OTHER, PAGE));
    assert_eq!(network.world.count("select count(*) from delivery_partners where is_active").await, 1);
    for _ in 0..2 {
        assert_eq!(owner.post(&format!("{PAGE}/stop"), &[]).await.status, StatusCode::SEE_OTHER);
    }
    assert_eq!(network.world.count("select count(*) from delivery_partners where is_active").await, 0);
    let stopped = "select count(*) from audit_log where action = 'delivery_partner_stopped'";
    assert_eq!(network.world.count(stopped).await, 1, "twice is once");
}

#[tokio::test]
async fn every_wrong_field_is_named_and_nothing_is_kept() {
    let network = Network::bare().await;
    let mut owner = sure_owner(&network).await;
    for (form, said) in [
        (typed("0", "", "key", ""), "Please fill this in."),
        (typed("0", "twelve", "key", ""), "value=\"twelve\""),
        (typed("0", "12", "", ""), "Please fill this in."),
        (typed("0", "12", "key", "9999"), "aria-invalid"),
    ] {
        let answer = owner.post(PAGE, &form).await;
        assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY, "{form:?}");
        assert!(answer.text().contains(said) || form[3].1 == "9999", "{form:?}: {}", answer.text());
    }
    assert_eq!(owner.post(PAGE, &typed("7", "12", "key", "")).await.status, StatusCode::CONFLICT);
    let unknown = [("version", "0"), ("business", "12"), ("api_key", "key"), ("bank", "x")];
    assert_eq!(owner.post(PAGE, &unknown).await.status, StatusCode::UNPROCESSABLE_ENTITY);
    for table in ["delivery_partners", "partner_agents", "hook_tokens"] {
        assert_eq!(network.world.count(&format!("select count(*) from {table}")).await, 0, "{table}");
    }
    assert_eq!(network.count_received("GET", "").await, 0, "the partner was not troubled");
}

#[tokio::test]
async fn only_the_owner_gets_there() {
    let network = Network::open().await;
    for role in [Role::Staff, Role::Viewer] {
        let mut person = member(&network.world, &network.world.njeri, role).await.browser;
        assert_eq!(person.get(PAGE).await.status, StatusCode::FORBIDDEN);
        for path in [PAGE.to_owned(), format!("{PAGE}/check"), format!("{PAGE}/stop")] {
            assert_eq!(
                person.post(&path, &typed("2", "99", "other", "")).await.status,
                StatusCode::FORBIDDEN,
                "{path}"
            );
        }
    }
    let as_it_was = "select count(*) from delivery_partners where is_active and config @> '{\"business\": 12}'";
    assert_eq!(network.world.count(as_it_was).await, 1);
}

#[tokio::test]
async fn what_is_old_is_read_again_by_the_hour_and_only_then() {
    let network = Network::open().await;
    let asked = async || network.count_received("GET", "/locations/areas").await;
    let before = asked().await;
    refresh::refresh_due(&network.njeri()).await.unwrap();
    network.work().await;
    assert_eq!(asked().await, before);
    network.clock.advance(TimeDelta::hours(21));
    refresh::refresh_due(&network.njeri()).await.unwrap();
    refresh::refresh_due(&network.njeri()).await.unwrap();
    network.work().await;
    assert_eq!(asked().await, before + 1, "asked for twice it is read once");
    network.control("reset", json!({})).await;
    network.clock.advance(TimeDelta::days(4));
    refresh::refresh_due(&network.njeri()).await.unwrap();
    network.work().await;
    assert_eq!(
        network.count_received("GET", "/delivery-charge/agent-package").await,
        10,
        "and every fee asked for again"
    );
}
