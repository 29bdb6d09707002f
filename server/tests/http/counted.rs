//! What a shopper does is counted by the server: every step of the list, without a script.

use crate::world::{Browser, NJERI, World};
use http::StatusCode;

#[tokio::test]
async fn every_step_up_to_the_checkout_is_counted_with_what_is_known_of_it() {
    let world = World::new().await;
    world
        .sql(&format!("update stores set whatsapp_number = '+254711000111' where tenant_id = '{}'", world.njeri.tenant))
        .await;
    let mut shopper = Browser::new(&world, NJERI);
    shopper.get("/p/kikoi").await;
    shopper.get("/search?q=kikoi").await;
    let variant = world.njeri.variants[1].to_string();
    shopper.post("/cart/items", &[("variant", &variant), ("quantity", "2")]).await;
    shopper.get("/checkout?area=Westlands").await;
    shopper.get("/whatsapp").await;
    world.app.platform.recorder.flush().await;
    let count = |what: &str| {
        format!("select count(*) from events where device = 'phone' and session_id is not null and {what}")
    };
    for (what, times) in [
        ("event_type = 'page_view'".to_owned(), 3),
        (format!("event_type = 'product_view' and product_id = '{}'", world.njeri.product), 1),
        ("event_type = 'search' and properties = '{\"words\": \"kikoi\", \"found\": 1}'".to_owned(), 1),
        (
            format!(
                "event_type = 'add_to_cart' and product_id = '{}' and amount_cents = 300000 and cart_id = (select id from carts)",
                world.njeri.product
            ),
            1,
        ),
        (
            "event_type = 'checkout_start' and amount_cents = 315000 and city_area = 'Westlands' and cart_id = (select id from carts)".to_owned(),
            1,
        ),
        ("event_type = 'whatsapp_click'".to_owned(), 1),
    ] {
        assert_eq!(world.count(&count(&what)).await, times, "{what}");
    }
    assert_eq!(world.count("select count(*) from events").await, 8);
    assert_eq!(world.count("select count(distinct session_id) from events").await, 1, "it was one visit");
}

#[tokio::test]
async fn the_way_to_the_merchants_chat_leads_through_the_shop() {
    let world = World::new().await;
    let without = world.get(NJERI, "/whatsapp").await;
    assert_eq!(without.status, StatusCode::NOT_FOUND);
    assert!(without.text().contains("Shop mama-njeri"));
    assert!(!world.get(NJERI, "/p/kikoi").await.text().contains("whatsapp?"));
    world.sql(&format!("update stores set whatsapp_number = '+254711000111' where tenant_id = '{}'; update tenants set catalogue_version = catalogue_version + 1", world.njeri.tenant)).await;
    world.app.pages.versions.forget(world.njeri.tenant);

    let page = world.get(NJERI, "/sw/p/kikoi").await.text();
    assert!(page.contains("href=\"/sw/whatsapp?text="), "{page}");
    assert!(!page.contains("wa.me/254"), "every way to the chat is counted: {page}");
    let page = world.get(NJERI, "/p/kikoi").await.text();
    let good = "Kikoi%2C%20from%20KSh%201%2C000%3A%20http%3A%2F%2Fmama-njeri.localhost%3A3000%2Fp%2Fkikoi\"";
    for (way, said) in [
        ("/whatsapp?text=Hello%2C%20I%20have%20a%20question%20about%20", "the chat begins with the good and its price"),
        ("https://wa.me/?text=", "and so does what is sent to somebody else"),
    ] {
        assert!(page.contains(&format!("href=\"{way}{good}")), "{said}: {page}");
    }
    for (path, to) in [
        ("/whatsapp", "https://wa.me/254711000111"),
        ("/sw/whatsapp", "https://wa.me/254711000111"),
        ("/whatsapp?text=Habari%20%26%20karibu%3F", "https://wa.me/254711000111?text=Habari%20%26%20karibu%3F"),
        ("/whatsapp?text=a%0D%0ASet-Cookie:x", "https://wa.me/254711000111?text=a%0D%0ASet-Cookie%3Ax"),
        ("/whatsapp?text=a&text=b", "https://wa.me/254711000111"),
    ] {
        let answer = world.get(NJERI, path).await;
        assert_eq!((answer.status, answer.header("location")), (StatusCode::SEE_OTHER, to), "{path}");
    }
    world.app.platform.recorder.flush().await;
    assert_eq!(world.count("select count(*) from events where event_type = 'whatsapp_click'").await, 5);
    assert!(world.get(NJERI, "/robots.txt").await.text().contains("Disallow: /sw/whatsapp\n"));
}

#[tokio::test]
async fn months_are_made_ahead_and_take_along_what_came_before_they_were_there() {
    let world = World::new().await;
    let month = "(date_trunc('month', now() at time zone 'UTC') + interval '5 months')";
    world
        .sql(&format!(
            "insert into events (tenant_id, event_type, occurred_at)
             values ('{}', 'page_view', ({month} + interval '10 days') at time zone 'UTC')",
            world.njeri.tenant
        ))
        .await;
    let lies_in = |place: &str| format!("select count(*) from events where tableoid::regclass::text = {place}");
    assert_eq!(world.count(&lies_in("'events_default'")).await, 1, "nobody made that month yet");
    for _ in 0..2 {
        world.db.worker.make_event_partitions(6).await.expect("the months are made, and a second time they are there");
        assert_eq!(world.count(&lies_in(&format!("'events_' || to_char({month}, 'YYYY_MM')"))).await, 1);
        assert_eq!(world.count("select count(*) from events").await, 1);
    }
    let open = "select count(*) from pg_class where relname like 'events\\_%' and relkind = 'r' and not (relrowsecurity and relforcerowsecurity)";
    assert_eq!(world.count(open).await, 0, "no month stands without a wall, nor the one for all others");
    let ahead = "select count(*) from generate_series(0, 6) as step where to_regclass('events_' || to_char(now() at time zone 'UTC' + make_interval(months => step), 'YYYY_MM')) is null";
    assert_eq!(world.count(ahead).await, 0);
}
