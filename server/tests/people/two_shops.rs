//! One merchant with two shops: each sells its own goods, and the dashboard says which is whose.

use crate::{merchant::member, world::World};
use duka::kernel::access::Role;
use http::StatusCode;

const KIDS: &str = "njeri-kids.localhost:3000";

#[tokio::test]
async fn two_shops_of_one_merchant_sell_each_its_own_and_the_lists_say_which() {
    let world = World::new().await;
    let mut owner = member(&world, &world.njeri, Role::Owner).await;
    let list = owner.browser.get("/dashboard/products").await.text();
    assert!(list.contains(">Kikoi</a>") && !list.contains("<small>Shop mama-njeri</small>"), "{list}");

    let form = [("name", "Njeri Kids"), ("slug", "njeri-kids")];
    let added = owner.browser.post("/dashboard/settings/stores", &form).await;
    assert_eq!(added.status, StatusCode::SEE_OTHER);
    let second = added.header("location").rsplit('/').next().unwrap().to_owned();
    owner.browser.post("/dashboard/stores/choose", &[("store", &second)]).await;
    world.sql("update stores set is_live = true where slug = 'njeri-kids'").await;
    world
        .sql(&format!("update products set store_id = '{second}', slug = 'kofia', name = 'Kofia' where id = (select product_id from product_variants where id = '{}')", world.njeri.variants[0]))
        .await;

    for path in ["/", "/sw", "/sitemaps/1.xml"] {
        let page = world.get(KIDS, path).await.text();
        assert!(page.contains("/p/kofia"), "{path} lacks the shop's own: {page}");
        let other = world.get(crate::world::NJERI, path).await.text();
        assert!(!other.contains("/p/kofia"), "{path} sells what is another shop's: {other}");
    }
    assert_eq!(world.get(KIDS, "/p/kofia").await.status, StatusCode::OK);
    assert_eq!(world.get(crate::world::NJERI, "/p/kofia").await.status, StatusCode::NOT_FOUND);
    let list = owner.browser.get("/dashboard/products").await.text();
    assert!(list.contains("<small>Njeri Kids</small>"), "{list}");
}

#[tokio::test]
async fn a_shop_whose_form_is_sent_twice_is_added_once_and_not_told_as_taken() {
    let world = World::new().await;
    let mut owner = member(&world, &world.njeri, Role::Owner).await;
    let page = owner.browser.get("/dashboard/settings/stores").await.text();
    let id = page.split_once("name=\"id\" value=\"").unwrap().1.split('"').next().unwrap().to_owned();
    let mut send = async |name: &str, slug: &str| {
        let form = [("id", id.as_str()), ("name", name), ("slug", slug)];
        owner.browser.post("/dashboard/settings/stores", &form).await
    };
    for _ in 0..2 {
        let added = send("Njeri Kids", "njeri-kids").await;
        assert_eq!(added.status, StatusCode::SEE_OTHER, "{}", added.text());
        assert_eq!(added.header("location"), format!("/dashboard/settings/stores/{id}"));
    }
    assert_eq!(world.count("select count(*) from stores where slug = 'njeri-kids'").await, 1);
    assert_eq!(world.count("select count(*) from audit_log where action = 'store_added'").await, 1);
    // Filled in anew on the page that they went back to, it is another shop; what is taken is told.
    let other = send("Njeri Men", "njeri-men").await;
    assert_eq!(other.status, StatusCode::SEE_OTHER, "{}", other.text());
    assert_ne!(other.header("location"), format!("/dashboard/settings/stores/{id}"));
    let taken = send("Another", "kilimani").await;
    assert!(taken.text().contains("Somebody has this already"), "{}", taken.text());
    assert_eq!(world.count("select count(*) from stores where slug like 'njeri-%'").await, 2);
}
