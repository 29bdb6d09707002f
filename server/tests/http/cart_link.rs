//! A cart goes on on another phone: by one link, for a week, and it becomes one order all the same.

use crate::world::{Answer, Browser, KILIMANI, NJERI, World, field};
use http::{StatusCode, header};

/// Makes a link by the cart's form; the path that it leads to.
async fn link_of(shopper: &mut Browser<'_>) -> String {
    let made = shopper.post("/cart/link", &[]).await;
    assert_eq!((made.status, made.header(header::CACHE_CONTROL)), (StatusCode::OK, "private, no-store"));
    let html = made.text();
    let address = html.split("value=\"http://mama-njeri.localhost:3000").nth(1).expect("a link");
    let path = address.split('"').next().expect("its end").to_owned();
    assert_eq!(path.len(), "/cart/".len() + 22, "short enough for a text message: {path}");
    assert!(html.contains("https://wa.me/?text="), "{html}");
    path
}

async fn fill(world: &World, shopper: &mut Browser<'_>, pieces: &str) {
    let variant = world.njeri.variants[0].to_string();
    let added = shopper.post("/cart/items", &[("variant", &variant), ("quantity", pieces)]).await;
    assert_eq!(added.status, StatusCode::SEE_OTHER);
}

/// The checkout's form as it was served, filled in.
fn filled(html: &str) -> Vec<(&'static str, String)> {
    let typed = [
        ("name", "Amina Wanjiru"),
        ("phone", "0711 223 344"),
        ("area", "Westlands"),
        ("street", "Mpaka Road"),
        ("payment_method", "cod"),
    ];
    let own = ["idempotency_key", "seen_total_cents"].map(|name| (name, field(html, name)));
    own.into_iter().chain(typed.map(|(name, value)| (name, value.to_owned()))).collect()
}

async fn place(shopper: &mut Browser<'_>, form: &[(&str, String)]) -> Answer {
    let pairs: Vec<(&str, &str)> = form.iter().map(|(name, value)| (*name, value.as_str())).collect();
    shopper.post("/checkout", &pairs).await
}

#[tokio::test]
async fn a_second_phone_has_the_same_cart_and_together_they_make_one_order() {
    let world = World::new().await;
    let (mut first, mut second) = (Browser::new(&world, NJERI), Browser::new(&world, NJERI));
    fill(&world, &mut first, "2").await;
    let path = link_of(&mut first).await;
    let cookie = first.cookie("duka_cart").expect("a cart").to_owned();
    let kept = world
        .count(&format!("select count(*) from carts where encode(link_sealed, 'hex') = '{cookie}' or encode(link_hash, 'hex') = '{cookie}'"))
        .await;
    assert_eq!(kept, 0, "the database alone opens no cart");
    let opened = second.get(&path).await;
    assert_eq!((opened.status, opened.header("location")), (StatusCode::SEE_OTHER, "/cart"));
    assert_eq!(opened.header(header::CACHE_CONTROL), "no-store");
    assert_eq!(opened.header(header::REFERRER_POLICY), "same-origin");
    assert_eq!((second.cookie("duka_cart"), second.cookie("duka_cart_count")), (Some(cookie.as_str()), Some("2")));
    fill(&world, &mut second, "1").await;
    assert!(first.get("/cart").await.text().contains("KSh 3,000"), "what one puts in, the other sees");
    let stale = filled(&first.get("/checkout").await.text());
    let form = filled(&second.get("/checkout").await.text());
    let order = place(&mut second, &form).await.header("location").to_owned();
    assert!(order.starts_with("/orders/"), "{order}");
    assert_eq!(second.post("/checkout", &[]).await.header("location"), order, "the same cart is the same order");
    assert_eq!(second.get(&path).await.header("location"), order);
    let mut cut_off = Browser::new(&world, NJERI).with_cookie("duka_cart", &cookie);
    assert_eq!(place(&mut cut_off, &form).await.header("location"), order, "its answer was lost on the way");

    // Who holds the link learns that it was ordered, and not where its buyer lives.
    let pressed = place(&mut first, &stale).await;
    let late = first.get(&path).await;
    assert_eq!((pressed.status, late.status), (StatusCode::CONFLICT, StatusCode::GONE));
    for answer in [pressed, late] {
        let html = answer.text();
        assert!(html.contains("This cart has been ordered") && html.contains("href=\"/orders/find\""), "{html}");
        assert!(answer.header("location").is_empty() && !html.contains(order.as_str()), "{html}");
    }
    assert_eq!(first.cookie("duka_buyer"), None, "nor does their next checkout begin with it");
    assert_eq!(world.count("select count(*) from orders").await, 1);
}

#[tokio::test]
async fn a_link_that_is_over_replaced_foreign_or_made_up_is_one_kind_page() {
    let world = World::new().await;
    let mut shopper = Browser::new(&world, NJERI);
    assert_eq!(shopper.post("/cart/link", &[]).await.header("location"), "/cart", "there is nothing to go on with");
    fill(&world, &mut shopper, "1").await;
    let replaced = link_of(&mut shopper).await;
    let path = link_of(&mut shopper).await;
    let mut stranger = Browser::new(&world, KILIMANI);
    assert_eq!(stranger.get(&path).await.status, StatusCode::NOT_FOUND);
    assert_eq!(stranger.cookie("duka_cart"), None);
    let mut other = Browser::new(&world, NJERI);
    for wrong in [replaced.as_str(), "/cart/AAAAAAAAAAAAAAAAAAAAAA", "/cart/x", "/sw/cart/x"] {
        let gone = other.get(wrong).await;
        assert_eq!((gone.status, gone.header(header::CACHE_CONTROL)), (StatusCode::NOT_FOUND, "private, no-store"));
        let html = gone.text();
        assert!(html.contains("opens no cart any more") || html.contains("hakifungui kikapu tena"), "{wrong}: {html}");
    }
    world.sql("update carts set link_expires_at = now() - interval '1 second'").await;
    assert_eq!(other.get(&path).await.status, StatusCode::NOT_FOUND);
    assert_eq!(other.cookie("duka_cart"), None, "nothing that opens a cart was given out");
    assert_eq!(world.count("select sum(quantity) from cart_items").await, 1);
}

#[tokio::test]
async fn a_phone_with_a_cart_of_its_own_is_asked_before_that_is_left() {
    let world = World::new().await;
    let (mut first, mut second) = (Browser::new(&world, NJERI), Browser::new(&world, NJERI));
    fill(&world, &mut first, "2").await;
    fill(&world, &mut second, "1").await;
    let path = link_of(&mut first).await;
    let own = second.cookie("duka_cart").expect("a cart").to_owned();
    let asked = second.get(&path).await;
    assert_eq!(asked.status, StatusCode::OK);
    assert!(asked.text().contains("another cart with 2 items"), "{}", asked.text());
    assert_eq!(second.cookie("duka_cart"), Some(own.as_str()));
    let chosen = second.post(&path, &[]).await;
    assert_eq!((chosen.status, chosen.header("location")), (StatusCode::SEE_OTHER, "/cart"));
    assert_eq!(second.cookie("duka_cart"), first.cookie("duka_cart"));
}
