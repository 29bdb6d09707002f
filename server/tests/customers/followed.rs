//! A shopper's cart goes with them, but not into a hand that is not theirs, and nothing of it is lost on the way.

use super::{
    order_of,
    shoppers::{ask, codes, come_in, give},
    texts::{begin, switch_on, work},
    world::{Browser, NJERI},
};
use http::header;

/// How many lines there are in carts like this.
fn lines(of: &str) -> String {
    format!(
        "select count(*) from cart_items i join carts c on c.tenant_id = i.tenant_id and c.id = i.cart_id where {of}"
    )
}

#[tokio::test]
async fn a_cart_that_a_link_goes_round_of_gets_nothing_that_was_put_in_elsewhere() {
    let (world, sandbox) = begin().await;
    switch_on(&world, "key").await;
    order_of(&world, &world.njeri, "Amina Wanjiru", "0711 223 344").await;
    let [one, two] = [0, 1].map(|at| world.njeri.variants[at].to_string());
    let mut friend = Browser::new(&world, NJERI);
    friend.post("/cart/items", &[("variant", &one), ("quantity", "1")]).await;
    let html = friend.post("/cart/link", &[]).await.text();
    let link = html.split("value=\"http://mama-njeri.localhost:3000").nth(1).unwrap().split('"').next().unwrap();
    let mut first = come_in(&world, &sandbox, "0711223344").await;
    first.post("/cart/items", &[("variant", &two), ("quantity", "1")]).await;

    let mut second = Browser::new(&world, NJERI);
    assert_eq!(second.get(link).await.header(header::LOCATION), "/cart");
    ask(&mut second, "1001", "0711223344").await;
    work(&world).await;
    let code = codes(&sandbox).await.pop().unwrap();
    assert_eq!(give(&mut second, &code).await.header(header::LOCATION), "/account");
    assert_eq!(second.cookie("duka_cart"), friend.cookie("duka_cart"));
    second.post("/cart/items", &[("variant", &one), ("quantity", "1")]).await;
    assert_eq!(world.count(&lines("c.link_hash is not null")).await, 1, "her friend sees nothing of hers");
    assert_eq!(world.count(&lines("c.link_hash is not null and c.customer_id is not null")).await, 0);
    assert_eq!(world.count(&lines("c.customer_id is not null")).await, 1, "and hers waits for her");
}

#[tokio::test]
async fn what_a_full_cart_has_no_room_for_stays_where_it_was() {
    let (world, sandbox) = begin().await;
    switch_on(&world, "key").await;
    order_of(&world, &world.njeri, "Amina Wanjiru", "0711 223 344").await;
    let [one, two] = [0, 1].map(|at| world.njeri.variants[at].to_string());
    let mut first = come_in(&world, &sandbox, "0711223344").await;
    first.post("/cart/items", &[("variant", &one), ("quantity", "1")]).await;
    let mut second = Browser::new(&world, NJERI);
    second.post("/cart/items", &[("variant", &two), ("quantity", "1")]).await;
    world
        .sql(&format!(
            "insert into product_variants (tenant_id, product_id, name, price_cents, attributes, position)
             select v.tenant_id, v.product_id, 'N' || n, 100000, jsonb_build_object('Colour', 'N' || n), n
             from product_variants v, generate_series(2, 50) n where v.id = '{one}';
             insert into cart_items (tenant_id, cart_id, product_id, variant_id, unit_price_cents, line_total_cents)
             select v.tenant_id, c.id, v.product_id, v.id, 100000, 100000
             from product_variants v join carts c on c.tenant_id = v.tenant_id and c.status = 'open' and c.customer_id is null
             where v.name like 'N%'"
        ))
        .await;
    ask(&mut second, "1001", "0711223344").await;
    work(&world).await;
    let code = codes(&sandbox).await.pop().unwrap();
    give(&mut second, &code).await;
    assert_eq!(second.cookie("duka_cart_count"), Some("50"));
    assert_eq!(world.count(&lines("c.customer_id is not null")).await, 51, "one waits for room, and none is lost");
    assert!(first.get("/cart").await.text().contains("Kikoi"));
}
