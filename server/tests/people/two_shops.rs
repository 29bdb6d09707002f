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
