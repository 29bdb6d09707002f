//! Own domains: proved from outside, theirs alone, and every other address leads there for good.

use crate::{
    names::{Names, web},
    world::{Browser, World, between},
};
use duka::tenancy::ownership::Lookout;
use http::{StatusCode, header};

const SHOP: &str = "kiondo-house.localhost:3000";
const OWN: &str = "kiondo.example.ke:3000";
const PAGE: &str = "/dashboard/settings/domains";

/// Adds the domain and answers its form's address and what it has to show.
async fn add(owner: &mut Browser<'_>, domain: &str) -> (String, String) {
    owner.post(PAGE, &[("domain", domain)]).await.leads_to(PAGE);
    let page = owner.get(PAGE).await;
    let id = between(&page.text, &format!("action=\"{PAGE}/"), "/check\"");
    let id = id.rsplit('/').next().unwrap().to_owned();
    let proof = between(&page.text, "duka-proof=", "<");
    (id, format!("duka-proof={proof}"))
}

#[tokio::test]
async fn a_proved_domain_becomes_the_shops_and_the_old_address_leads_there() {
    let names = Names::default();
    let server = names.serve().await;
    let world = World::with(|app| app.lookout = Lookout::asking(Some(server))).await;
    let mut owner = world.open_shop("kiondo-house").await;
    let (id, proof) = add(&mut owner, " Kiondo.Example.KE ").await;
    assert_eq!(proof.len(), "duka-proof=".len() + 64);
    // It leads nowhere before it is proved, and cannot be chosen.
    world.get(OWN, "/").await.is(StatusCode::NOT_FOUND);
    owner.post(&format!("{PAGE}/{id}/check"), &[]).await.is(StatusCode::UNPROCESSABLE_ENTITY).says("could not see");
    names.put("_duka.kiondo.example.ke", "duka-proof=wrong");
    owner.post(&format!("{PAGE}/{id}/check"), &[]).await.is(StatusCode::UNPROCESSABLE_ENTITY);
    owner.post(&format!("{PAGE}/{id}/primary"), &[]).await.is(StatusCode::NOT_FOUND);

    names.put("_duka.kiondo.example.ke", &proof);
    owner.post(&format!("{PAGE}/{id}/check"), &[]).await.leads_to(PAGE);
    owner.post(&format!("{PAGE}/{id}/check"), &[]).await.leads_to(PAGE);
    owner.get(PAGE).await.says("CNAME").says("<dd class=\"code\">kiondo-house.localhost</dd>");
    // Both serve until one of them is chosen.
    world.get(OWN, "/p/kiondo").await.is(StatusCode::OK);
    world.get(SHOP, "/p/kiondo").await.is(StatusCode::OK);
    owner.post(&format!("{PAGE}/{id}/primary"), &[]).await.leads_to(PAGE);
    world.get(OWN, "/p/kiondo").await.is(StatusCode::OK).says("http://kiondo.example.ke:3000/p/kiondo");
    let moved = world.get(SHOP, "/sw/search?q=kiondo&x=1").await;
    moved.is(StatusCode::MOVED_PERMANENTLY);
    assert_eq!(moved.header(header::LOCATION), "http://kiondo.example.ke:3000/sw/search?q=kiondo&x=1");
    // What is sent to the old address is still taken there.
    world
        .browser(SHOP)
        .post("/orders/find", &[("order_number", "1"), ("phone", "0711223344")])
        .await
        .is(StatusCode::OK);
    assert_eq!(world.number("select count(*) from audit_log where action in ('domain_added', 'domain_proved', 'primary_host_chosen')").await, 3);

    owner.post(&format!("{PAGE}/{id}/remove"), &[]).await.leads_to(PAGE);
    world.get(OWN, "/").await.is(StatusCode::NOT_FOUND);
    world.get(SHOP, "/p/kiondo").await.is(StatusCode::OK);
    assert_eq!(world.number("select count(*) from audit_log where action = 'domain_removed'").await, 1);
}

#[tokio::test]
async fn another_merchant_cannot_take_a_domain_that_leads_somewhere() {
    let names = Names::default();
    let server = names.serve().await;
    let world = World::with(|app| app.lookout = Lookout::asking(Some(server))).await;
    let mut owner = world.open_shop("kiondo-house").await;
    let (id, proof) = add(&mut owner, "kiondo.example.ke").await;
    names.put("_duka.kiondo.example.ke", &proof);
    owner.post(&format!("{PAGE}/{id}/check"), &[]).await.leads_to(PAGE);

    let mut other = world.open_shop("other-house").await;
    // The first one's row is not the other's to check, choose or remove.
    for what in ["check", "primary", "remove"] {
        other.post(&format!("{PAGE}/{id}/{what}"), &[]).await.is(StatusCode::NOT_FOUND);
    }
    let (theirs, proof) = add(&mut other, "kiondo.example.ke").await;
    other.post(&format!("{PAGE}/{theirs}/check"), &[]).await.is(StatusCode::UNPROCESSABLE_ENTITY);
    // Even whoever can write the record does not get what leads to another shop.
    names.put("_duka.kiondo.example.ke", &proof);
    other.post(&format!("{PAGE}/{theirs}/check"), &[]).await.is(StatusCode::CONFLICT).says("leads to another shop");
    assert_eq!(
        world.number("select count(*) from hosts h join stores s on s.id = h.store_id where h.name = 'kiondo.example.ke' and s.slug = 'kiondo-house'").await,
        1
    );
}

#[tokio::test]
async fn a_file_proves_it_too_and_a_redirect_does_not() {
    let _ = rustls::crypto::ring::default_provider().install_default();
    let names = Names::default();
    let server = names.serve().await;
    let lookout = Lookout::asking(Some(server));
    let proof = "duka-proof=ab12";
    let right = web("200 OK", format!("{proof}\n")).await;
    assert!(lookout.clone().with_web(right).sees("kiondo.example.ke", proof).await);
    for (status, text) in [
        ("200 OK", "duka-proof=other".to_owned()),
        ("302 Found", proof.to_owned()),
        ("404 Not Found", proof.to_owned()),
        ("200 OK", proof.to_owned() + &" ".repeat(5000)),
    ] {
        let wrong = web(status, text).await;
        assert!(!lookout.clone().with_web(wrong).sees("kiondo.example.ke", proof).await, "{status}");
    }
}

#[tokio::test]
async fn what_cannot_be_a_merchants_domain_is_refused_by_name() {
    let world = World::new().await;
    let mut owner = world.merchant("kiondo-house").await;
    let long = format!("{}.ke", "a".repeat(300));
    for (typed, words) in [
        ("", "Please fill this in"),
        ("njeri", "A domain like"),
        ("10.0.0.1", "A domain like"),
        ("http://kiondo.ke", "A domain like"),
        ("ki\u{0}ondo.ke", "A domain like"),
        ("printer.local", "A domain like"),
        (&long, "This is too long"),
        ("x.localhost", "A domain like"),
    ] {
        let answer = owner.post(PAGE, &[("domain", typed)]).await;
        answer.is(StatusCode::UNPROCESSABLE_ENTITY).says(words);
    }
    let answer = owner.post(PAGE, &[("domain", "kiondo.ke"), ("store_id", "x")]).await;
    answer.is(StatusCode::UNPROCESSABLE_ENTITY).says("has no field “store_id”").says("value=\"kiondo.ke\"");
    owner.post(&format!("{PAGE}/not-an-id/check"), &[]).await.is(StatusCode::NOT_FOUND);
    assert_eq!(world.number("select count(*) from store_domains").await, 0);
    // Adding twice is adding once.
    for _ in 0..2 {
        owner.post(PAGE, &[("domain", "bücher.ke")]).await.leads_to(PAGE);
    }
    assert_eq!(world.text("select string_agg(name, ' ') from store_domains").await, "xn--bcher-kva.ke");
}

#[tokio::test]
async fn another_address_with_duka_keeps_the_one_before() {
    let world = World::new().await;
    let mut owner = world.open_shop("kiondo-house").await;
    let address = format!("{PAGE}/subdomain");
    owner.post(&address, &[("slug", "theirs")]).await.is(StatusCode::UNPROCESSABLE_ENTITY).says("Somebody has this");
    owner.post(&address, &[("slug", "www")]).await.is(StatusCode::UNPROCESSABLE_ENTITY).says("not for shops");
    owner.post(&address, &[("slug", "kiondo-nairobi")]).await.leads_to(PAGE);
    let moved = world.get(SHOP, "/p/kiondo").await;
    moved.is(StatusCode::MOVED_PERMANENTLY);
    assert_eq!(moved.header(header::LOCATION), "http://kiondo-nairobi.localhost:3000/p/kiondo");
    world.get("kiondo-nairobi.localhost:3000", "/p/kiondo").await.is(StatusCode::OK);
    // Nobody else gets the address before; its shop may have it back.
    let mut stranger = world.browser(crate::world::PLATFORM);
    let answer = stranger.post("/sign-up", &crate::world::sign_up_form("kiondo-house")).await;
    answer.is(StatusCode::UNPROCESSABLE_ENTITY).says("Somebody has this");
    owner.post(&address, &[("slug", "kiondo-house")]).await.leads_to(PAGE);
    world.get(SHOP, "/p/kiondo").await.is(StatusCode::OK);
    world.get("kiondo-nairobi.localhost:3000", "/").await.is(StatusCode::MOVED_PERMANENTLY);
    world.db.logged(&["store_moved"]).await;
}

#[tokio::test]
async fn changing_addresses_asks_for_the_password_when_it_was_long_ago() {
    let world = World::new().await;
    let mut owner = world.merchant("kiondo-house").await;
    world.sql("update sessions set confirmed_at = now() - interval '1 hour'").await;
    let answer = owner.post(PAGE, &[("domain", "kiondo.ke")]).await;
    assert!(answer.header(header::LOCATION).starts_with("/dashboard/confirm"));
    assert_eq!(world.number("select count(*) from store_domains").await, 0);
}
