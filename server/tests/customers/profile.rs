//! One person's page: what is known of them, and what staff may change of it.

use super::{
    customer_of,
    merchant::member,
    order_of,
    orders::{self, walk},
    picture,
    world::{Browser, NJERI, World, field},
};
use duka::{checkout::known_buyer, kernel::access::Role, orders::status::OrderStatus};
use http::StatusCode;

const AMINA: &str = "+254711223344";

#[tokio::test]
async fn the_page_shows_spend_orders_areas_places_and_the_way_to_reach_them() {
    let world = World::new().await;
    let placed = order_of(&world, &world.njeri, "Amina Wanjiru", "0711 223 344").await;
    let way = [OrderStatus::Packing, OrderStatus::Dispatched, OrderStatus::Delivered];
    walk(&world, &world.njeri, placed.order, &way).await;
    order_of(&world, &world.njeri, "Amina Wanjiru", "0711 223 344").await;
    let customer = customer_of(&world, &world.njeri, AMINA).await;
    let mut viewer = member(&world, &world.njeri, Role::Viewer).await;
    let html = viewer.browser.get(&format!("/dashboard/customers/{customer}")).await.text();
    for said in [
        "Amina Wanjiru",
        "KSh 1,150",
        "Westlands (2)",
        "Westlands, Mpaka Road, blue gate",
        "https://wa.me/254711223344",
        "tel:+254711223344",
        "Ordered",
        "Paid for an order",
    ] {
        assert!(html.contains(said), "{said}: {html}");
    }
    assert!(!html.contains("method=\"post\" action=\"/dashboard/customers/"), "a viewer has no forms");
}

#[tokio::test]
async fn staff_change_name_and_tags_and_a_colleagues_change_is_shown() {
    let world = World::new().await;
    order_of(&world, &world.njeri, "Amina Wanjiru", "0711 223 344").await;
    let customer = customer_of(&world, &world.njeri, AMINA).await;
    let path = format!("/dashboard/customers/{customer}");
    let mut staff = member(&world, &world.njeri, Role::Staff).await;
    let html = staff.browser.get(&path).await.text();
    let form = html.split(&format!("action=\"{path}\"")).nth(1).unwrap().to_owned();
    let (version, seen) = (field(&form, "version"), field(&form, "seen").replace("&quot;", "\""));
    let filled = [
        ("version", version.as_str()),
        ("seen", &seen),
        ("name", "Amina W. Njeri"),
        ("email", "amina@duka.test"),
        ("tags", "VIP, kitenge lover"),
    ];
    let saved = staff.browser.post(&path, &filled).await;
    assert_eq!((saved.status, saved.header("location")), (StatusCode::SEE_OTHER, format!("{path}?saved").as_str()));
    assert!(staff.browser.get(&path).await.text().contains("kitenge lover"));
    let before = picture(&world).await;
    let stale = staff.browser.post(&path, &[filled[0], filled[1], ("name", "Other"), filled[3], filled[4]]).await;
    assert_eq!(stale.status, StatusCode::CONFLICT);
    assert!(stale.text().contains("Amina W. Njeri"), "what stands now is shown");
    assert_eq!(picture(&world).await, before);
}

#[tokio::test]
async fn a_wrong_form_is_shown_again_and_nothing_is_changed() {
    let world = World::new().await;
    order_of(&world, &world.njeri, "Amina Wanjiru", "0711 223 344").await;
    let customer = customer_of(&world, &world.njeri, AMINA).await;
    let path = format!("/dashboard/customers/{customer}");
    let before = picture(&world).await;
    let mut staff = member(&world, &world.njeri, Role::Staff).await;
    let many = (0..21).map(|nth| format!("t{nth}")).collect::<Vec<_>>().join(",");
    for (fields, said) in [
        (vec![("name", ""), ("email", ""), ("tags", "")], "Please fill this in."),
        (vec![("name", "A"), ("email", ""), ("tags", many.as_str())], "These are too many."),
        (vec![("name", "A"), ("phone", "0733 000 000")], "This form has no field “phone”."),
    ] {
        let refused = staff.browser.post(&path, &[vec![("version", "1")], fields].concat()).await;
        assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(refused.text().contains(said), "{said}: {}", refused.text());
    }
    let mut viewer = member(&world, &world.njeri, Role::Viewer).await;
    let not_theirs = viewer.browser.post(&path, &[("version", "1"), ("name", "X")]).await;
    assert_eq!(not_theirs.status, StatusCode::FORBIDDEN);
    let mut stranger = member(&world, &world.kilimani, Role::Owner).await;
    for answer in [
        stranger.browser.get(&path).await,
        stranger.browser.post(&path, &[("version", "1"), ("name", "X"), ("email", ""), ("tags", "")]).await,
        stranger.browser.get("/dashboard/customers/nonsense").await,
    ] {
        assert_eq!(answer.status, StatusCode::NOT_FOUND);
    }
    assert_eq!(picture(&world).await, before);
}

/// What a known person looks at and takes is noted from then on; a stranger's steps are nobody's.
#[tokio::test]
async fn the_steps_of_somebody_who_has_ordered_are_theirs() {
    let world = World::new().await;
    let placed = order_of(&world, &world.njeri, "Amina Wanjiru", "0711 223 344").await;
    let carried = known_buyer::carried(&orders::shopper(&world, &world.njeri), &placed.token);
    let mut known = Browser::new(&world, NJERI).with_cookie("duka_buyer", &carried);
    let mut stranger = Browser::new(&world, NJERI);
    let variant = world.njeri.variants[0].to_string();
    for browser in [&mut known, &mut stranger] {
        assert_eq!(browser.get("/p/kikoi").await.status, StatusCode::OK);
        let added = browser.post("/cart/items", &[("variant", &variant), ("quantity", "1")]).await;
        assert_eq!(added.status, StatusCode::SEE_OTHER);
    }
    // Another shop's order opens nothing here.
    let mut elsewhere = Browser::new(&world, super::world::KILIMANI).with_cookie("duka_buyer", &carried);
    elsewhere.get("/p/kikoi").await;
    // And who only has the order's link is not its buyer.
    let mut linked = Browser::new(&world, NJERI).with_cookie("duka_buyer", &placed.token.hex());
    linked.get("/p/kikoi").await;
    world.app.platform.recorder.flush().await;
    let mut everything = world.db.superuser().await;
    let steps: Vec<(String, bool)> = sqlx::query_as(
        "select event_type, metadata ->> 'product' = $1 from customer_events where event_type in ('view', 'add_to_cart') order by event_type",
    )
    .bind(world.njeri.product.to_string())
    .fetch_all(&mut everything)
    .await
    .unwrap();
    assert_eq!(steps, [("add_to_cart".to_owned(), true), ("view".to_owned(), true)]);
    assert_eq!(world.count("select count(*) from customer_events where event_type = 'order_created'").await, 1);
}
