//! What somebody else tries with a shopper's phone, e-mail or cart, and does not get.

use super::{
    customer_of,
    known::{place, with_cart},
    merchant::member,
    order_of,
    orders::{self, try_to_place, walk},
    shoppers::{ask, codes, give, mailed},
    texts::{AMINA, begin, switch_on, work},
    world::{Answer, Browser, NJERI, World},
};
use axum::{body::Body, extract::ConnectInfo, http::Request};
use duka::{
    checkout::{
        find_order::{Found, find_order},
        forms::CheckoutForm,
    },
    ctx::Ctx,
    customers::{
        erase_later::{Outcome, erase_asked, erase_due},
        shopper::ask_code::{Asked, Named, ask_code},
    },
    db::Db,
    kernel::{
        access::{Actor, Role},
        locale::Locale,
        phone::Phone,
    },
    orders::status::OrderStatus,
};
use http::{StatusCode, header};
use std::net::{IpAddr, SocketAddr};
use tokio::task::JoinSet;

#[tokio::test]
async fn twelve_who_ask_for_one_phone_at_the_same_moment_get_five_codes() {
    let (world, _sandbox) = begin().await;
    order_of(&world, &world.njeri, "Amina Wanjiru", "0711 223 344").await;
    let ctx = orders::shopper(&world, &world.njeri);
    let named = Named { number: 1_001, prefix: String::new(), phone: Phone::parse(AMINA).unwrap() };
    let mut askers = JoinSet::new();
    for _ in 0..12 {
        let (ctx, named) = (ctx.clone(), named.clone());
        askers.spawn(async move { ask_code(&ctx, &named, None, Locale::En).await });
    }
    let mut told = 0;
    while let Some(asked) = askers.join_next().await {
        told += usize::from(matches!(asked.unwrap().unwrap(), Asked::Told(_)));
    }
    assert_eq!(told, 5, "each code may be guessed at, so there are no more of them than one after another");
    assert_eq!(world.count("select count(*) from shopper_codes").await, 5);
    assert_eq!(world.count("select count(*) from mails where kind = 'sign_in_code'").await, 5);
}

/// Asks for a code to this phone from that address.
async fn ask_from(world: &World, from: &str, phone: u32) -> StatusCode {
    let from: IpAddr = from.parse().unwrap();
    let request = Request::post("/account")
        .header(header::HOST, NJERI)
        .header(header::ORIGIN, format!("http://{NJERI}"))
        .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded")
        .extension(ConnectInfo(SocketAddr::from((from, 40_000))));
    world.send(request.body(Body::from(format!("order_number=1001&phone=0{phone}"))).unwrap()).await.status
}

#[tokio::test]
async fn one_household_asks_for_twenty_phones_an_hour_whichever_of_its_addresses_it_takes() {
    let world = World::new().await;
    for nth in 0..20_u32 {
        let from = format!("2001:db8:1:2::{nth:x}");
        assert_eq!(ask_from(&world, &from, 711_000_000 + nth).await, StatusCode::SEE_OTHER, "{from}");
    }
    assert_eq!(ask_from(&world, "2001:db8:1:2:ffff::1", 711_000_020).await, StatusCode::TOO_MANY_REQUESTS);
    assert_eq!(
        ask_from(&world, "2001:db8:1:3::1", 711_000_020).await,
        StatusCode::SEE_OTHER,
        "the neighbours do not wait"
    );
    assert_eq!(world.count("select count(*) from shopper_codes").await, 21);
}

#[tokio::test]
async fn a_code_by_mail_neither_copies_nor_erases_what_the_shop_knew_of_the_phone_besides() {
    let (world, _sandbox) = begin().await;
    let form = CheckoutForm { email: "amina@barua.test".into(), ..orders::form("cod", 1) };
    try_to_place(&world, &world.njeri, 1, form).await.unwrap();
    let mut browser = Browser::new(&world, NJERI);
    ask(&mut browser, "1001", "0711223344").await;
    let code = mailed(&world).await.expect("a letter with a code");
    give(&mut browser, &code).await;
    let is_older = "update customers set created_at = created_at - interval '1 day'";
    let is_new = "update customers set created_at = created_at + interval '1 day'";
    let said_no = format!(
        "insert into customer_consents (tenant_id, customer_id, channel, purpose, is_given, source)
         select tenant_id, id, 'sms', 'marketing', false, 'stop' from customers where phone = '{AMINA}'"
    );
    for (beside, before) in [(is_older, "select 1"), (said_no.as_str(), is_new)] {
        world.sql(before).await;
        assert!(browser.get("/account/own").await.text().contains("Download my data"));
        world.sql(beside).await;
        let own = browser.get("/account/own").await.text();
        assert!(own.contains("Your code came by e-mail") && !own.contains("Download my data"), "{beside}: {own}");
        for path in ["/account/own/copy", "/account/own/erase", "/account/own/keep"] {
            let refused = browser.post(path, &[("sure", "on")]).await;
            assert_eq!((refused.status, refused.header(header::LOCATION)), (StatusCode::SEE_OTHER, "/account/own"));
        }
        assert_eq!(world.count("select count(*) from customers where erase_asked_at is not null").await, 0);
        assert!(browser.get("/account").await.text().contains("Order 1001"), "their orders are theirs all the same");
    }
}

async fn find(browser: &mut Browser<'_>, path: &str, number: &str, phone: &str) -> Answer {
    browser.post(path, &[("order_number", number), ("phone", phone)]).await
}

#[tokio::test]
async fn who_knows_a_phone_does_not_try_one_number_after_the_other() {
    let world = World::new().await;
    let placed = order_of(&world, &world.njeri, "Amina Wanjiru", "0711 223 344").await;
    let neighbours = order_of(&world, &world.njeri, "Otieno", "0722 000 111").await;
    let opens = |order: &duka::checkout::place_order::Placed| format!("/orders/{}", order.token.hex());
    let mut nosy = Browser::new(&world, NJERI);
    for number in ["2001", "2002", "2003", "2004", "2005"] {
        let missed = find(&mut nosy, "/orders/find", number, "0711223344").await;
        assert_eq!((missed.status, missed.header(header::LOCATION)), (StatusCode::OK, ""), "{number}");
    }
    for (path, said) in [("/orders/find", "Nothing was looked for"), ("/sw/orders/find", "Hakuna iliyotafutwa")] {
        let waits = find(&mut nosy, path, "1001", "+254 711 223 344").await;
        assert_eq!((waits.status, waits.header(header::LOCATION)), (StatusCode::TOO_MANY_REQUESTS, ""));
        assert!(waits.text().contains(said) && !waits.header(header::RETRY_AFTER).is_empty(), "{}", waits.text());
        assert!(waits.text().contains("value=\"+254 711 223 344\""), "what was typed is kept: {}", waits.text());
    }
    let other = find(&mut nosy, "/orders/find", "1002", "0722000111").await;
    assert_eq!(other.header(header::LOCATION), opens(&neighbours), "another phone does not wait");

    let moment_later = "update sign_in_throttle set blocked_until = now() - interval '1 second'";
    world.sql(moment_later).await;
    assert_eq!(
        find(&mut nosy, "/orders/find", "1001", "0711223344").await.header(header::LOCATION),
        opens(&placed),
        "whose it is finds it after a while"
    );
    assert_eq!(find(&mut nosy, "/orders/find", "2006", "0711223344").await.status, StatusCode::OK);
    let waits = find(&mut nosy, "/orders/find", "1001", "0711223344").await;
    assert_eq!(waits.status, StatusCode::TOO_MANY_REQUESTS, "finding one forgets no miss");
}

#[tokio::test]
async fn of_twelve_numbers_tried_for_one_phone_at_the_same_moment_five_are_looked_for() {
    let world = World::new().await;
    let ctx = orders::shopper(&world, &world.njeri);
    let mut askers = JoinSet::new();
    for number in 0..12 {
        let ctx = ctx.clone();
        askers.spawn(async move { find_order(&ctx, &(2_000 + number).to_string(), AMINA).await });
    }
    let mut looked_for = 0;
    while let Some(found) = askers.join_next().await {
        looked_for += usize::from(found.unwrap().unwrap() == Found::Nothing);
    }
    assert_eq!(looked_for, 5);
}

/// Looks for an order with this phone from that address.
async fn find_from(world: &World, from: &str, phone: &str) -> StatusCode {
    let from: IpAddr = from.parse().unwrap();
    let request = Request::post("/orders/find")
        .header(header::HOST, NJERI)
        .header(header::ORIGIN, format!("http://{NJERI}"))
        .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded")
        .extension(ConnectInfo(SocketAddr::from((from, 40_000))));
    world.send(request.body(Body::from(format!("order_number=1001&phone={phone}"))).unwrap()).await.status
}

#[tokio::test]
async fn one_household_tries_sixty_phones_an_hour_for_a_number_that_it_knows() {
    let world = World::new().await;
    order_of(&world, &world.njeri, "Amina Wanjiru", "0711 223 344").await;
    for slip in ["071122334", "amina", ""] {
        assert_eq!(
            find_from(&world, "2001:db8:1:2::1", slip).await,
            StatusCode::OK,
            "{slip:?} is no phone, and no try"
        );
    }
    for nth in 0..60_u32 {
        let phone = format!("07220000{nth:02}");
        assert_eq!(find_from(&world, &format!("2001:db8:1:2::{nth:x}"), &phone).await, StatusCode::OK, "{phone}");
    }
    let (household, neighbours) = ("2001:db8:1:2:ffff::1", "2001:db8:1:3::1");
    assert_eq!(
        find_from(&world, household, "0711223344").await,
        StatusCode::TOO_MANY_REQUESTS,
        "the right one waits too"
    );
    assert_eq!(find_from(&world, neighbours, "0711223344").await, StatusCode::SEE_OTHER);
}

/// For how many seconds a browser keeps what its next checkout is filled in from.
fn kept_for(answer: &Answer) -> Option<&str> {
    let mut lines = answer.headers.get_all(header::SET_COOKIE).iter().filter_map(|line| line.to_str().ok());
    lines.find(|line| line.starts_with("duka_buyer="))?.split("Max-Age=").nth(1)?.split(';').next()
}

#[tokio::test]
async fn what_the_next_checkout_begins_with_is_forgotten_as_a_session_is() {
    let (world, sandbox) = begin().await;
    switch_on(&world, "key").await;
    let mut lent = Browser::new(&world, NJERI);
    with_cart(&world, &mut lent).await;
    assert_eq!(kept_for(&place(&mut lent).await), Some("15552000"), "half a year on a phone of one's own");
    ask(&mut lent, "1001", "0711223344").await;
    work(&world).await;
    let code = codes(&sandbox).await.remove(0);
    let inside = give(&mut lent, &code).await;
    assert_eq!(kept_for(&inside), Some("604800"), "a session that is silent is over after a week");
    with_cart(&world, &mut lent).await;
    assert_eq!(kept_for(&place(&mut lent).await), Some("604800"));
    world.sql("update shopper_sessions set last_seen_at = now() - interval '8 days'").await;
    assert!(lent.get("/account").await.text().contains("Send me a code"));
    assert_eq!((lent.cookie("duka_shopper"), lent.cookie("duka_buyer")), (None, None));
}

#[tokio::test]
async fn erasing_that_a_code_by_mail_asked_for_waits_for_a_person_once_the_phone_is_known_otherwise() {
    let (world, _sandbox) = begin().await;
    let delivered = [OrderStatus::Packing, OrderStatus::Dispatched, OrderStatus::Delivered];
    // Somebody orders with her number and an address of their own, and wants all of her forgotten.
    let theirs = CheckoutForm { email: "amina@barua.test".into(), ..orders::form("cod", 1) };
    let first = try_to_place(&world, &world.njeri, 1, theirs.clone()).await.unwrap();
    let mut browser = Browser::new(&world, NJERI);
    ask(&mut browser, "1001", "0711223344").await;
    let code = mailed(&world).await.expect("a letter with a code");
    give(&mut browser, &code).await;
    let asked = browser.post("/account/own/erase", &[("sure", "on")]).await;
    assert_eq!(asked.header(header::LOCATION), "/account/own");
    assert_eq!(world.count("select count(*) from customers where is_erasing_by_mail").await, 1);

    // Then she orders herself.
    let hers = CheckoutForm { email: "wanjiku@barua.test".into(), ..theirs };
    let second = try_to_place(&world, &world.njeri, 1, hers).await.unwrap();
    for placed in [first, second] {
        walk(&world, &world.njeri, placed.order, &delivered).await;
    }
    let operator = Db::open(&world.db.url("duka_ops"), 2).unwrap();
    let program = Ctx::new(world.app.platform.clone(), world.njeri.tenant, Actor::Program);
    assert_eq!(erase_due(&program, &operator).await.unwrap(), 0);
    let customer = customer_of(&world, &world.njeri, AMINA).await;
    assert_eq!(erase_asked(&operator, world.njeri.tenant, customer).await, Ok(Outcome::Doubted));

    // The merchant is told why, and says it.
    let mut owner = member(&world, &world.njeri, Role::Owner).await;
    let data = format!("/dashboard/customers/{customer}/data");
    let page = owner.browser.get(&data).await.text();
    assert!(page.contains("Nothing is erased until you say so") && page.contains("Do not erase"), "{page}");
    assert!(page.contains("If it was them, tick and erase."), "{page}");
    assert_eq!(owner.browser.post(&format!("{data}/erase"), &[("sure", "on")]).await.header(header::LOCATION), data);
    assert_eq!(erase_due(&program, &operator).await.unwrap(), 1);
    assert_eq!(world.count(&format!("select count(*) from customers where phone = '{AMINA}'")).await, 0);
    operator.close().await;
}

#[tokio::test]
async fn erasing_that_was_asked_for_stays_so_when_the_session_ends_and_the_proof_holds() {
    let (world, _sandbox) = begin().await;
    let form = CheckoutForm { email: "amina@barua.test".into(), ..orders::form("cod", 1) };
    let placed = try_to_place(&world, &world.njeri, 1, form).await.unwrap();
    let mut browser = Browser::new(&world, NJERI);
    ask(&mut browser, "1001", "0711223344").await;
    let code = mailed(&world).await.expect("a letter with a code");
    give(&mut browser, &code).await;
    browser.post("/account/own/erase", &[("sure", "on")]).await;
    world.sql("update shopper_sessions set ended_at = now()").await;
    walk(&world, &world.njeri, placed.order, &[OrderStatus::Packing, OrderStatus::Dispatched, OrderStatus::Delivered])
        .await;
    let operator = Db::open(&world.db.url("duka_ops"), 2).unwrap();
    let program = Ctx::new(world.app.platform.clone(), world.njeri.tenant, Actor::Program);
    assert_eq!(erase_due(&program, &operator).await, Ok(1));
    operator.close().await;
}
