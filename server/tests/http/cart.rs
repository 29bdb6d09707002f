//! The cart's forms: every status of the contract, and that a refusal changes nothing.

use crate::world::{Browser, NJERI, World, field};
use http::StatusCode;

const ALL_ITEMS: &str = "select coalesce(sum(quantity), 0) from cart_items";

#[tokio::test]
async fn things_are_put_in_changed_and_taken_out() {
    let world = World::new().await;
    let mut shopper = Browser::new(&world, NJERI);
    let variant = world.njeri.variants[0].to_string();
    let added = shopper.post("/cart/items", &[("variant", &variant), ("quantity", "2")]).await;
    assert_eq!((added.status, added.header("location")), (StatusCode::SEE_OTHER, "/cart"));
    shopper.post("/cart/items", &[("variant", &variant), ("quantity", "1")]).await;
    assert_eq!(shopper.cookie("duka_cart_count"), Some("3"));
    assert_eq!(world.count("select count(*) from cart_items").await, 1, "one line per variant");
    let page = shopper.get("/cart").await;
    assert_eq!(page.header("cache-control"), "private, no-store");
    let html = page.text();
    assert!(html.contains("KSh 3,000"), "{html}");
    let action =
        html.split("action=\"/cart/items/").nth(1).and_then(|rest| rest.split('"').next()).expect("a form").to_owned();
    let path = format!("/cart/items/{action}");
    assert_eq!(shopper.post(&path, &[("quantity", "5")]).await.status, StatusCode::SEE_OTHER);
    assert_eq!(world.count(ALL_ITEMS).await, 5);
    for wrong in ["-1", "1000", "1e9", "two", ""] {
        let refused = shopper.post(&path, &[("quantity", wrong)]).await;
        assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY, "{wrong}");
    }
    assert_eq!(world.count(ALL_ITEMS).await, 5);
    let mut stranger = Browser::new(&world, NJERI);
    assert_eq!(stranger.post(&path, &[("quantity", "1")]).await.status, StatusCode::NOT_FOUND);
    stranger.post("/cart/items", &[("variant", &variant), ("quantity", "1")]).await;
    assert_eq!(
        stranger.post(&path, &[("quantity", "1")]).await.status,
        StatusCode::NOT_FOUND,
        "another's line is nobody's"
    );
    assert_eq!(shopper.post(&path, &[("quantity", "0")]).await.status, StatusCode::SEE_OTHER);
    assert_eq!(shopper.cookie("duka_cart_count"), None);
    assert_eq!(world.count(ALL_ITEMS).await, 1, "the stranger's");
}

#[tokio::test]
async fn what_a_phone_sends_again_under_the_same_key_is_put_in_once() {
    let world = World::new().await;
    let mut shopper = Browser::new(&world, NJERI);
    let variant = world.njeri.variants[0].to_string();
    let form = [("variant", variant.as_str()), ("quantity", "2")];
    for (path, pieces) in [
        ("/cart/items?1764364800000", 2),
        ("/cart/items?1764364800000", 2),
        ("/sw/cart/items?1764364800000", 2),
        ("/cart/items?1764364800001", 4),
        ("/cart/items?1764364800001", 4),
        ("/cart/items", 6),
        ("/cart/items?1764364800001", 6),
        ("/cart/items?nonsense", 8),
    ] {
        assert_eq!(shopper.post(path, &form).await.status, StatusCode::SEE_OTHER, "{path}");
        assert_eq!(world.count(ALL_ITEMS).await, pieces, "{path}");
        assert_eq!(shopper.cookie("duka_cart_count"), Some(pieces.to_string().as_str()), "{path}");
    }
    let mut another = Browser::new(&world, NJERI);
    another.post("/cart/items?1764364800001", &form).await;
    assert_eq!(world.count(ALL_ITEMS).await, 10, "a key is one cart's own");
}

#[tokio::test]
async fn what_changed_since_it_was_put_in_is_said_at_its_line_before_paying() {
    let world = World::new().await;
    let mut shopper = Browser::new(&world, NJERI);
    let variant = world.njeri.variants[0].to_string();
    shopper.post("/cart/items", &[("variant", &variant), ("quantity", "2")]).await;
    let unchanged = shopper.get("/cart").await.text();
    assert!(!unchanged.contains("when you put it in") && !unchanged.contains("left. Please"), "{unchanged}");
    world
        .sql(&format!("update product_variants set price_cents = 120000, stock_quantity = 1 where id = '{variant}'"))
        .await;
    for path in ["/cart", "/checkout"] {
        let html = shopper.get(path).await.text();
        assert!(html.contains("Was KSh 1,000 when you put it in, now KSh 1,200."), "{path}: {html}");
        assert!(html.contains("Only 1 left. Please lower the quantity."), "{path}: {html}");
    }
    assert!(shopper.get("/sw/cart").await.text().contains("Ilikuwa KSh 1,000 ulipoiweka, sasa ni KSh 1,200."));
    // Put in once more after the price was seen, it is what was agreed to.
    world.sql(&format!("update product_variants set stock_quantity = 9 where id = '{variant}'")).await;
    shopper.post("/cart/items", &[("variant", &variant), ("quantity", "1")]).await;
    let agreed = shopper.get("/cart").await.text();
    assert!(agreed.contains("KSh 3,600") && !agreed.contains("when you put it in"), "{agreed}");
}

#[tokio::test]
async fn who_comes_back_from_the_checkout_is_asked_why_once_for_each_cart() {
    let world = World::new().await;
    let mut shopper = Browser::new(&world, NJERI);
    let variant = world.njeri.variants[0].to_string();
    shopper.post("/cart/items", &[("variant", &variant), ("quantity", "1")]).await;
    let question = "Did something stop you?";
    assert!(!shopper.get("/cart").await.text().contains(question), "nobody has been at the checkout");
    shopper.get("/checkout").await;
    assert!(shopper.get("/cart").await.text().contains(question));
    for (said, counted) in [("nonsense", 0), ("", 0), ("delivery_cost", 1), ("other", 1)] {
        let done = shopper.post("/cart/why", &[("reason", said)]).await;
        assert_eq!((done.status, done.header("location")), (StatusCode::SEE_OTHER, "/cart"), "{said}");
        let reasons = "select count(*) from checkout_abandonment_reasons where reason = 'delivery_cost'";
        assert_eq!(world.count(reasons).await, counted, "{said}");
        shopper.get("/checkout").await;
        assert!(!shopper.get("/cart").await.text().contains(question), "{said}: asked once");
    }
    assert_eq!(world.count("select count(*) from checkout_abandonment_reasons").await, 1);
    let mut nobody = Browser::new(&world, NJERI);
    assert_eq!(nobody.post("/cart/why", &[("reason", "other")]).await.status, StatusCode::SEE_OTHER);
    assert_eq!(world.count("select count(*) from checkout_abandonment_reasons").await, 1);
}

#[tokio::test]
async fn what_cannot_be_put_in_is_said_and_nothing_is_written() {
    let world = World::new().await;
    let (variant, foreign) = (world.njeri.variants[0].to_string(), world.kilimani.variants[0].to_string());
    world.sql(&format!("update product_variants set is_active = false where id = '{}'", world.njeri.variants[1])).await;
    let retired = world.njeri.variants[1].to_string();
    for (variant, quantity, status) in [
        (variant.as_str(), "0", 422),
        (&variant, "-1", 422),
        (&variant, "1000000000", 422),
        (&variant, "two", 422),
        (&variant, "", 422),
        ("nonsense", "1", 404),
        ("", "1", 404),
        ("0190a0f2-7c1e-7d30-9a55-3f1f6b1f0c11", "1", 404),
        (&foreign, "1", 404),
        (&retired, "1", 404),
        (&variant, "11", 409),
    ] {
        let mut shopper = Browser::new(&world, NJERI);
        let answer = shopper.post("/cart/items", &[("variant", variant), ("quantity", quantity)]).await;
        assert_eq!(answer.status.as_u16(), status, "{variant} × {quantity}");
        assert!(answer.text().contains("Shop mama-njeri"), "a page in the shop's dress");
        assert_eq!(shopper.cookie("duka_cart"), None);
    }
    assert_eq!(world.count("select count(*) from carts").await, 0);
    let mut shopper = Browser::new(&world, NJERI);
    assert_eq!(
        shopper.post("/cart/items", &[("variant", &variant), ("quantity", "10")]).await.status,
        StatusCode::SEE_OTHER,
        "it could have been written"
    );
}

#[tokio::test]
async fn what_others_are_paying_for_is_not_sold_twice() {
    let world = World::new().await;
    let (tenant, store, variant) = (world.njeri.tenant, world.njeri.store, world.njeri.variants[0]);
    world
        .sql(&format!(
            "insert into orders (tenant_id, id, store_id, order_number) values ('{tenant}', '{tenant}', '{store}', 1);
             insert into stock_holds (tenant_id, order_id, variant_id, quantity, expires_at) values ('{tenant}', '{tenant}', '{variant}', 8, now() + interval '5 minutes')"
        ))
        .await;
    let mut shopper = Browser::new(&world, NJERI);
    let variant = variant.to_string();
    assert_eq!(
        shopper.post("/cart/items", &[("variant", &variant), ("quantity", "3")]).await.status,
        StatusCode::CONFLICT
    );
    assert_eq!(
        shopper.post("/cart/items", &[("variant", &variant), ("quantity", "2")]).await.status,
        StatusCode::SEE_OTHER
    );
}

#[tokio::test]
async fn two_tabs_fill_one_cart() {
    let world = World::new().await;
    let mut shopper = Browser::new(&world, NJERI);
    let (blue, red) = (world.njeri.variants[0].to_string(), world.njeri.variants[1].to_string());
    shopper.post("/cart/items", &[("variant", &blue), ("quantity", "1")]).await;
    let cart = shopper.cookie("duka_cart").expect("a cart").to_owned();
    let post = |variant: String| {
        let request = axum::http::Request::post("/cart/items")
            .header("host", NJERI)
            .header("cookie", format!("duka_cart={cart}"))
            .header("content-type", "application/x-www-form-urlencoded")
            .body(axum::body::Body::from(format!("variant={variant}&quantity=1")))
            .expect("a request");
        world.send(request)
    };
    let answers = tokio::join!(
        post(blue.clone()),
        post(red.clone()),
        post(blue.clone()),
        post(red.clone()),
        post(blue),
        post(red)
    );
    for answer in [answers.0, answers.1, answers.2, answers.3, answers.4, answers.5] {
        assert_eq!(answer.status, StatusCode::SEE_OTHER);
    }
    assert_eq!(world.count("select count(*) from carts").await, 1);
    assert_eq!(world.count(ALL_ITEMS).await, 7);
}

#[tokio::test]
async fn a_cart_that_is_over_makes_room_for_a_new_one() {
    let world = World::new().await;
    let mut shopper = Browser::new(&world, NJERI);
    let variant = world.njeri.variants[0].to_string();
    shopper.post("/cart/items", &[("variant", &variant), ("quantity", "1")]).await;
    let first = shopper.cookie("duka_cart").expect("a cart").to_owned();
    world.sql("update carts set status = 'converted'").await;
    assert!(!shopper.get("/cart").await.text().contains("href=\"/checkout\""), "the cart is empty");
    shopper.post("/cart/items", &[("variant", &variant), ("quantity", "1")]).await;
    let second = shopper.cookie("duka_cart").expect("a cart").to_owned();
    assert_ne!(first, second);
    world.sql("update carts set expires_at = now() - interval '1 second' where status = 'open'").await;
    shopper.post("/cart/items", &[("variant", &variant), ("quantity", "1")]).await;
    assert_ne!(shopper.cookie("duka_cart"), Some(second.as_str()));
    assert_eq!(world.count("select count(*) from carts").await, 3);
}

#[tokio::test]
async fn a_cart_of_fifty_things_is_full() {
    let world = World::new().await;
    let mut shopper = Browser::new(&world, NJERI);
    let (tenant, product, variant) = (world.njeri.tenant, world.njeri.product, world.njeri.variants[0].to_string());
    shopper.post("/cart/items", &[("variant", &variant), ("quantity", "1")]).await;
    world
        .sql(&format!(
            "insert into product_variants (tenant_id, id, product_id, price_cents, stock_quantity)
             select '{tenant}', md5('v' || n)::uuid, '{product}', 100, 5 from generate_series(1, 50) n;
             insert into cart_items (tenant_id, cart_id, product_id, variant_id)
             select '{tenant}', c.id, '{product}', md5('v' || n)::uuid from carts c, generate_series(1, 49) n"
        ))
        .await;
    let last = world.count("select count(*) from product_variants v where not exists (select from cart_items i where i.variant_id = v.id) and price_cents = 100").await;
    assert_eq!(last, 1);
    let mut connection = world.db.superuser().await;
    let fifty_first: uuid::Uuid =
        sqlx::query_scalar("select md5('v50')::uuid").fetch_one(&mut connection).await.expect("an id");
    let refused = shopper.post("/cart/items", &[("variant", &fifty_first.to_string()), ("quantity", "1")]).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(refused.text().contains("50"));
    assert_eq!(
        shopper.post("/cart/items", &[("variant", &variant), ("quantity", "1")]).await.status,
        StatusCode::SEE_OTHER,
        "more of the same fits"
    );
    assert_eq!(shopper.post("/cart/code", &[("code", "KARIBU")]).await.status, StatusCode::UNPROCESSABLE_ENTITY);
}

#[tokio::test]
async fn the_checkout_form_as_served_places_the_order_it_shows() {
    let world = World::new().await;
    let mut shopper = Browser::new(&world, NJERI);
    let empty = shopper.get("/checkout").await;
    assert_eq!((empty.status, empty.header("location")), (StatusCode::SEE_OTHER, "/cart"));
    let variant = world.njeri.variants[0].to_string();
    shopper.post("/cart/items", &[("variant", &variant), ("quantity", "2")]).await;
    let html = shopper.get("/checkout").await.text();
    assert_eq!(field(&html, "seen_total_cents"), "215000");
    let (key, total) = (field(&html, "idempotency_key"), field(&html, "seen_total_cents"));
    let mut form = vec![
        ("idempotency_key", key.as_str()),
        ("seen_total_cents", &total),
        ("name", "Amina Wanjiru"),
        ("phone", "12345"),
        ("area", "Westlands"),
        ("street", "Mpaka Road"),
        ("payment_method", "cod"),
    ];
    let refused = shopper.post("/checkout", &form).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(
        refused.text().contains("value=\"Amina Wanjiru\"") && refused.text().contains("value=\"12345\""),
        "what was typed is kept"
    );
    assert_eq!(world.count("select count(*) from orders").await, 0);
    form[3].1 = "0711 223 344";
    for nowhere in ["\0", "West\0lands", "Atlantis"] {
        form[4].1 = nowhere;
        let refused = shopper.post("/checkout", &form).await;
        assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY, "{nowhere:?}");
    }
    form[4].1 = "Westlands";
    form[1].1 = "200000";
    let changed = shopper.post("/checkout", &form).await;
    assert_eq!(changed.status, StatusCode::CONFLICT);
    assert_eq!(world.count("select count(*) from orders").await, 0);
    let total = field(&changed.text(), "seen_total_cents");
    form[1].1 = &total;
    let placed = shopper.post("/checkout", &form).await;
    assert_eq!(placed.status, StatusCode::SEE_OTHER, "{}", placed.text());
    let order = placed.header("location").to_owned();
    assert!(order.starts_with("/orders/") && order.len() == 72, "{order}");
    assert_eq!(shopper.post("/checkout", &form).await.header("location"), order, "pressed twice, it is one order");
    assert_eq!(world.count("select count(*) from orders").await, 1);
    let page = shopper.get(&order).await;
    assert_eq!(
        (page.status, page.header("referrer-policy"), page.header("cache-control")),
        (StatusCode::OK, "same-origin", "private, no-store")
    );
    let status: serde_json::Value =
        serde_json::from_slice(&shopper.get(&format!("{order}/status")).await.bytes).expect("JSON");
    assert_eq!(
        (status["order_number"].as_str(), status["status"].as_str(), status["payment_status"].as_str()),
        (Some("1001"), Some("pending"), Some("unpaid"))
    );
    let mut later = Browser::new(&world, NJERI);
    assert_eq!(
        later.post("/orders/find", &[("order_number", "1001"), ("phone", "0711223344")]).await.header("location"),
        order
    );
    for (number, phone) in [("1001", "0711223345"), ("1002", "0711223344"), ("x", "y")] {
        assert_eq!(
            later.post("/orders/find", &[("order_number", number), ("phone", phone)]).await.status,
            StatusCode::OK
        );
    }
}
