//! A merchant gives areas their rules on a plain page; what is wrong is named, and nothing is half saved.

use crate::{
    merchant::member,
    world::{NJERI, World, field},
};
use duka::kernel::access::Role;
use http::StatusCode;

const PAGE: &str = "/dashboard/settings/delivery";

/// What stands of the area named so, as one line.
async fn stands(world: &World, area: &str) -> String {
    let mut everything = world.db.superuser().await;
    sqlx::query_scalar(
        "select concat_ws(' ', fee_cents, eta_minutes, min_order_cents, free_from_cents, cut_off_minute, band_by, bands, aliases, is_collection, takes_the_rest)
         from delivery_zones where city_area = $1 and is_active and tenant_id = $2",
    )
    .bind(area)
    .bind(world.njeri.tenant.uuid())
    .fetch_one(&mut everything)
    .await
    .expect("the area")
}

#[tokio::test]
async fn an_area_is_added_with_all_its_rules_and_read_back_as_it_was_typed() {
    let world = World::new().await;
    let mut owner = member(&world, &world.njeri, Role::Owner).await.browser;
    let form = [
        ("area", "Karen"),
        ("aliases", "Hardy, The Hub\nhardy"),
        ("kind", ""),
        ("fee", "300"),
        ("minutes", "180"),
        ("minimum", "1,000"),
        ("free_from", "10000"),
        ("cut_off", "15:30"),
        ("band_by", "weight"),
        ("bands", "5 kg = 700 + 150 per kg\n2.5 kg = 450"),
    ];
    let added = owner.post(PAGE, &form).await;
    assert_eq!((added.status, added.header("location")), (StatusCode::SEE_OTHER, "/dashboard/settings/delivery?saved"));
    let wanted = r#"30000 180 100000 1000000 930 weight [[2500, 45000], [5000, 70000, 15000]] {Hardy,"The Hub"} f f"#;
    assert_eq!(stands(&world, "Karen").await, wanted);
    let list = owner.get(PAGE).await.text();
    assert!(
        list.contains(
            "KSh 300 · within 3 hours · fee in steps · from KSh 1,000 · free from KSh 10,000 · today until 15:30"
        ),
        "{list}"
    );
    let address = list
        .split("href=\"")
        .find_map(|part| part.split('"').next().filter(|to| to.starts_with(PAGE) && part.contains("Change Karen")))
        .expect("a link to the area")
        .to_owned();
    let page = owner.get(&address).await.text();
    for (name, value) in [("minimum", "1000"), ("free_from", "10000"), ("fee", "300"), ("minutes", "180")] {
        assert_eq!(field(&page, name), value);
    }
    assert!(page.contains("2.5 kg = 450\n5 kg = 700 + 150") && page.contains("Hardy\nThe Hub"), "{page}");
    assert!(page.contains("<option value=\"15:30\" selected"), "{page}");
}

#[tokio::test]
async fn every_mistake_is_named_with_what_was_typed_and_nothing_is_saved() {
    let world = World::new().await;
    let mut owner = member(&world, &world.njeri, Role::Owner).await.browser;
    let before = stands(&world, "Westlands").await;
    for (name, value, words) in [
        ("kind", "moon", "Choose one from the list."),
        ("fee", "300.5", "whole number"),
        ("minimum", "a lot", "whole number"),
        ("free_from", "99999999999", "This is too much."),
        ("cut_off", "3 pm", "Choose one from the list."),
        ("bands", "heavy = 3", "cannot be read"),
        ("bands", "2 = 3 + some", "cannot be read"),
        ("bands", "2 = 3\n2 = 4", "Another line here has this too"),
        ("aliases", "a\u{7}", "cannot be read"),
        ("is_active", "on", "has no field “is_active”"),
    ] {
        let mut form = vec![("area", "Karen"), ("fee", "300")];
        form.retain(|(field, _)| *field != name);
        form.push((name, value));
        let answer = owner.post(PAGE, &form).await;
        let text = answer.text();
        assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY, "{name}: {text}");
        assert!(text.contains(words) && text.contains("value=\"Karen\""), "{name} {words}: {text}");
    }
    let charged = [("area", "Shop"), ("kind", "collection"), ("fee", "50")];
    assert!(owner.post(PAGE, &charged).await.text().contains("This is too much."));
    assert_eq!(world.count("select count(*) from delivery_zones").await, 2);
    assert_eq!(stands(&world, "Westlands").await, before);
}

#[tokio::test]
async fn a_name_means_one_area_only_whatever_it_is_called_by() {
    let world = World::new().await;
    let mut owner = member(&world, &world.njeri, Role::Owner).await.browser;
    let karen = [("area", "Karen"), ("fee", "300"), ("aliases", "Hardy\nNgong Rd")];
    assert_eq!(owner.post(PAGE, &karen).await.status, StatusCode::SEE_OTHER);
    let before = stands(&world, "Karen").await;
    for (area, aliases, wrong) in [
        ("Hardy", "", "area"),
        ("hardy's", "", ""),
        ("KAREN", "", "area"),
        ("Ngong Road", "", "area"),
        ("Lavington", "Valley, westlands", "aliases"),
        ("Lavington", "hárdy", "aliases"),
        ("Hardy", "karen", "area aliases"),
    ] {
        let form = [("area", area), ("fee", "250"), ("aliases", aliases)];
        let answer = owner.post(PAGE, &form).await;
        let text = answer.text();
        if wrong.is_empty() {
            assert_eq!(answer.status, StatusCode::SEE_OTHER, "{area}: {text}");
            continue;
        }
        assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY, "{area} {aliases}: {text}");
        for field in wrong.split(' ') {
            assert!(text.contains(&format!("id=\"p-{field}\"")), "{area} {aliases} {field}: {text}");
        }
        assert!(text.contains(&format!("value=\"{area}\"")), "{text}");
    }
    assert_eq!(world.count("select count(*) from delivery_zones where is_active").await, 4);
    // An area that is changed keeps its own names, and takes nobody else's.
    let list = owner.get(PAGE).await.text();
    let address = list
        .split("href=\"")
        .find_map(|part| part.split('"').next().filter(|to| to.starts_with(PAGE) && part.contains("Change Karen")))
        .expect("a link to the area")
        .to_owned();
    let version = field(&owner.get(&address).await.text(), "version");
    let change = |aliases| [("version", version.as_str()), ("area", "Karen"), ("fee", "300"), ("aliases", aliases)];
    let taken = owner.post(&address, &change("Westlands")).await;
    assert_eq!(taken.status, StatusCode::UNPROCESSABLE_ENTITY, "{}", taken.text());
    assert_eq!(stands(&world, "Karen").await, before);
    let own = owner.post(&address, &change("Hardy\nkaren")).await;
    assert_eq!(own.status, StatusCode::SEE_OTHER, "{}", own.text());
    // The neighbour calls theirs as they like, and what was taken away is free again.
    let mut other = member(&world, &world.kilimani, Role::Owner).await.browser;
    assert_eq!(other.post(PAGE, &karen).await.status, StatusCode::SEE_OTHER);
    assert_eq!(owner.post(&format!("{address}/remove"), &[]).await.status, StatusCode::SEE_OTHER);
    assert_eq!(owner.post(PAGE, &[("area", "Hardy"), ("fee", "250")]).await.status, StatusCode::SEE_OTHER);
    world.db.logged(&["delivery_zone_added", "delivery_zone_changed", "delivery_zone_removed"]).await;
}

#[tokio::test]
async fn one_area_at_most_stands_for_everywhere_else() {
    let world = World::new().await;
    let mut owner = member(&world, &world.njeri, Role::Owner).await.browser;
    let rest = |area| [("area", area), ("fee", "500"), ("kind", "rest")];
    assert_eq!(owner.post(PAGE, &rest("Anywhere else")).await.status, StatusCode::SEE_OTHER);
    let second = owner.post(PAGE, &rest("All of Kenya")).await;
    assert_eq!(second.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(second.text().contains("Somebody has this already."));
    assert_eq!(world.count("select count(*) from delivery_zones where takes_the_rest").await, 1);
    // The neighbour has one of their own.
    let mut other = member(&world, &world.kilimani, Role::Owner).await.browser;
    assert_eq!(other.post(PAGE, &rest("Anywhere else")).await.status, StatusCode::SEE_OTHER);
}

#[tokio::test]
async fn what_a_merchant_calls_an_area_is_understood_at_once() {
    let world = World::new().await;
    let mut owner = member(&world, &world.njeri, Role::Owner).await.browser;
    let form = [("area", "Umoja side"), ("aliases", "kwa Mama Otis"), ("fee", "220")];
    assert_eq!(owner.post(PAGE, &form).await.status, StatusCode::SEE_OTHER);
    let variant = world.njeri.variants[0].to_string();
    let mut buyer = crate::world::Browser::new(&world, NJERI);
    buyer.post("/cart/items", &[("variant", &variant), ("quantity", "1")]).await;
    let page = buyer.get("/checkout?place=near+kwa+mama+otis").await.text();
    assert!(page.contains("is in our area Umoja side.") && page.contains("KSh 220, about 1 day"), "{page}");
}
