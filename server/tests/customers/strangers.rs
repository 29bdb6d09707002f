//! What somebody else tries with a shopper's phone, e-mail or cart, and does not get.

use super::{
    order_of,
    orders::{self, try_to_place},
    shoppers::{ask, give, mailed},
    texts::{AMINA, begin},
    world::{Browser, NJERI, World},
};
use axum::{body::Body, extract::ConnectInfo, http::Request};
use duka::{
    checkout::forms::CheckoutForm,
    customers::shopper::ask_code::{Asked, Named, ask_code},
    kernel::{locale::Locale, phone::Phone},
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
