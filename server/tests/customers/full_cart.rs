//! A cart that is full takes no more of what its shopper has elsewhere, and nothing of that is lost.

use super::{
    order_of,
    shoppers::{ask, codes, come_in, give},
    texts::{begin, switch_on, work},
    world::{Browser, NJERI},
};

const LINES: &str = "select count(*) from cart_items i join carts c on c.tenant_id = i.tenant_id and c.id = i.cart_id where c.status = 'open'";

#[tokio::test]
async fn what_a_full_cart_has_no_room_for_stays_in_the_one_on_the_other_phone() {
    let (world, sandbox) = begin().await;
    switch_on(&world, "key").await;
    order_of(&world, &world.njeri, "Amina Wanjiru", "0711 223 344").await;
    let [one, two] = [0, 1].map(|at| world.njeri.variants[at].to_string());
    let mut first = come_in(&world, &sandbox, "0711223344").await;
    first.post("/cart/items", &[("variant", &one), ("quantity", "2")]).await;
    first.post("/cart/items", &[("variant", &two), ("quantity", "1")]).await;

    let mut second = Browser::new(&world, NJERI);
    second.post("/cart/items", &[("variant", &one), ("quantity", "1")]).await;
    world
        .sql(&format!(
            "with made as (
                 insert into product_variants (tenant_id, product_id, name, price_cents, stock_quantity, position)
                 select v.tenant_id, v.product_id, 'Shade ' || n, 100000, 5, 10 + n
                 from product_variants v, generate_series(1, 49) n
                 where v.id = '{one}'
                 returning tenant_id, id, product_id
             )
             insert into cart_items (tenant_id, cart_id, product_id, variant_id)
             select m.tenant_id, c.id, m.product_id, m.id
             from made m
             join carts c on c.tenant_id = m.tenant_id and c.status = 'open' and c.customer_id is null"
        ))
        .await;
    assert_eq!(world.count(LINES).await, 52);
    ask(&mut second, "1001", "0711223344").await;
    work(&world).await;
    let code = codes(&sandbox).await.pop().unwrap();
    give(&mut second, &code).await;
    assert_eq!(second.cookie("duka_cart_count"), Some("50"));
    assert_eq!(world.count(LINES).await, 51, "what both have is here, and what does not fit is where it was");
    let left = format!("{LINES} and i.variant_id = '{two}'");
    assert_eq!(world.count(&left).await, 1);
}
