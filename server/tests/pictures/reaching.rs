//! Where the shop says "write to us" it says where to.

use crate::world::{Browser, NJERI, World};

#[tokio::test]
async fn an_order_that_is_not_found_says_how_the_shop_is_reached() {
    let world = World::new().await;
    let tenant = world.njeri.tenant;
    let form = [("order_number", "1"), ("phone", "0711 223 344")];
    let mut shopper = Browser::new(&world, NJERI);
    let silent = shopper.post("/orders/find", &form).await.text();
    assert!(silent.contains("or write to us.") && !silent.contains("class=\"reach\""), "{silent}");
    world
        .sql(&format!(
            "update stores set primary_contact_phone = '+254711000111', contact_email = 'njeri@duka.test' where tenant_id = '{tenant}';
             update tenants set catalogue_version = catalogue_version + 1 where id = '{tenant}'"
        ))
        .await;
    let told = shopper.post("/orders/find", &form).await.text();
    let ways = told.split_once("class=\"reach\"").expect("the ways").1.split_once("</p>").unwrap().0;
    for way in ["href=\"/whatsapp\"", "href=\"tel:0711000111\"", "0711 000 111", "href=\"mailto:njeri@duka.test\""] {
        assert!(ways.contains(way), "{way}: {ways}");
    }
}
