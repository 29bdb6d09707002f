//! What would this place pay: staff type it as a buyer would, and see the area, the fee, the rule and when it comes.

use crate::{
    buyer::{area, at_ten},
    merchant::member,
    world::World,
};
use duka::kernel::access::Role;
use http::StatusCode;

const PAGE: &str = "/dashboard/settings/delivery/try";

async fn shop() -> World {
    let (world, _) = at_ten().await;
    area(
        &world,
        "Rongai",
        350,
        &[
            ("cut_off_minute", "16 * 60"),
            ("band_by", "'weight'"),
            ("bands", "'[[2000, 55000]]'"),
            ("min_order_cents", "50000"),
        ],
    )
    .await;
    area(&world, "Kahawa West", 250, &[("cut_off_minute", "9 * 60")]).await;
    area(&world, "Kahawa Sukari", 300, &[("free_from_cents", "500000")]).await;
    world
}

#[tokio::test]
async fn area_fee_rule_and_time_are_shown_as_a_buyer_would_be_told() {
    let world = shop().await;
    let mut viewer = member(&world, &world.njeri, Role::Viewer).await.browser;
    let empty = viewer.get(PAGE).await;
    assert_eq!(empty.status, StatusCode::OK);
    assert!(!empty.text().contains("role=\"status\""));
    for (query, words) in [
        (
            "place=ronga&goods=1,000",
            vec!["Rongai", "KSh 350", "the area's own fee", "within 2 hours, when ordered before 16:00"],
        ),
        ("place=Ronga&goods=1000&grams=2500", vec!["KSh 550", "step by weight: from 2 kg"]),
        ("place=rongai&goods=400", vec!["Goods there start at KSh 500, so this order would be refused."]),
        ("place=kahawa+west", vec!["KSh 250", "tomorrow"]),
        ("place=kahawa+sukari&goods=5000", vec!["KSh 0", "free from KSh 5,000"]),
        ("place=kahawa", vec!["The buyer is asked which:", "Understood as Kahawa West", "Understood as Kahawa Sukari"]),
        ("place=lodwar", vec!["You do not deliver to Lodwar, Turkana yet."]),
        ("place=atlantis", vec!["Nobody would know this place"]),
    ] {
        let answer = viewer.get(&format!("{PAGE}?{query}")).await;
        let text = answer.text().replace("&#x27;", "'").replace("&#39;", "'");
        assert_eq!(answer.status, StatusCode::OK, "{query}");
        for words in words {
            assert!(text.contains(words), "{query} does not say {words:?}: {text}");
        }
    }
}

#[tokio::test]
async fn what_cannot_be_reckoned_is_named_and_only_our_own_areas_are_tried() {
    let world = shop().await;
    let mut staff = member(&world, &world.kilimani, Role::Staff).await.browser;
    for (query, words) in [
        ("place=cbd&goods=much", "whole number"),
        ("place=cbd&grams=999999999999", "This is too much."),
        ("place=cbd&tenant=x", "has no field “tenant”"),
    ] {
        let answer = staff.get(&format!("{PAGE}?{query}")).await;
        assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY, "{query}");
        assert!(answer.text().contains(words), "{query}: {}", answer.text());
        assert!(!answer.text().contains("Not saved yet"), "{query}: {}", answer.text());
    }
    let theirs = staff.get(&format!("{PAGE}?place=rongai")).await.text();
    assert!(theirs.contains("You do not deliver to Ongata Rongai, Kajiado yet."), "{theirs}");
}
