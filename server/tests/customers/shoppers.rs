//! Shoppers come back: in by a code to the phone of an order, to what is their own and nothing else.

use super::{
    customer_of, order_of,
    orders::{self, try_to_place, walk},
    texts::{AMINA, begin, queue, switch_on, texts, work},
    world::{Answer, Browser, KILIMANI, NJERI, World, field},
};
use duka::{
    checkout::forms::CheckoutForm,
    ctx::Ctx,
    customers::erase_later::erase_due,
    db::Db,
    kernel::{access::Actor, id::MailId},
    mail::letter::{About, To, open},
    orders::status::OrderStatus,
};
use http::{StatusCode, header};
use sandbox::Running;

const DELIVERED: [OrderStatus; 3] = [OrderStatus::Packing, OrderStatus::Dispatched, OrderStatus::Delivered];

pub async fn ask(browser: &mut Browser<'_>, number: &str, phone: &str) -> Answer {
    browser.post("/account", &[("order_number", number), ("phone", phone)]).await
}

/// The codes that came to phones, the oldest first.
pub async fn codes(sandbox: &Running) -> Vec<String> {
    let texts = texts(sandbox).await;
    texts.iter().filter_map(|text| Some(text.split("code+is+").nth(1)?.get(..6)?.to_owned())).collect()
}

pub async fn give(browser: &mut Browser<'_>, code: &str) -> Answer {
    browser.post("/account/code", &[("code", code)]).await
}

/// Somebody with an order on that phone comes in by SMS.
pub async fn come_in<'w>(world: &'w World, sandbox: &Running, phone: &str) -> Browser<'w> {
    let mut browser = Browser::new(world, NJERI);
    let before = codes(sandbox).await.len();
    let number = world
        .count("select max(order_number) from orders o join stores s on s.tenant_id = o.tenant_id and s.id = o.store_id where s.slug = 'mama-njeri'")
        .await;
    assert_eq!(ask(&mut browser, &number.to_string(), phone).await.header(header::LOCATION), "/account/code");
    work(world).await;
    let codes = codes(sandbox).await;
    assert_eq!(codes.len(), before + 1, "one code was sent");
    let inside = give(&mut browser, &codes[before]).await;
    assert_eq!((inside.status, inside.header(header::LOCATION)), (StatusCode::SEE_OTHER, "/account"));
    browser
}

/// Another code than this one.
pub fn another(code: &str) -> &'static str {
    if code == "000000" { "111111" } else { "000000" }
}

#[tokio::test]
async fn the_code_lets_in_once_in_the_browser_that_asked_and_shows_their_orders() {
    let (world, sandbox) = begin().await;
    switch_on(&world, "key").await;
    let placed = order_of(&world, &world.njeri, "Amina Wanjiru", "0711 223 344").await;
    let mut amina = Browser::new(&world, NJERI);
    let asked = ask(&mut amina, "1001", "0711223344").await;
    assert_eq!((asked.status, asked.header(header::LOCATION)), (StatusCode::SEE_OTHER, "/account/code"));
    let page = amina.get("/account/code").await;
    assert_eq!(page.header(header::CACHE_CONTROL), "private, no-store");
    work(&world).await;
    let codes = codes(&sandbox).await;
    let [code] = codes.as_slice() else { panic!("{codes:?}") };

    let mut elsewhere = Browser::new(&world, NJERI);
    assert_eq!(give(&mut elsewhere, code).await.header(header::LOCATION), "/account", "it asked for none");
    let wrong = give(&mut amina, another(code)).await;
    assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(wrong.text().contains("4 more tries"), "{}", wrong.text());
    assert!(give(&mut amina, "12345").await.text().contains("six digits"));
    let ask_cookie = amina.cookie("duka_code").unwrap().to_owned();
    assert_eq!(give(&mut amina, code).await.header(header::LOCATION), "/account");
    assert_eq!(amina.cookie("duka_code"), None);
    world.sql("update shopper_codes set used_at = used_at - interval '1 minute'").await;
    let mut again = Browser::new(&world, NJERI).with_cookie("duka_code", &ask_cookie);
    assert!(give(&mut again, code).await.text().contains("This code is over"), "it works once");

    let page = amina.get("/account").await;
    assert_eq!((page.status, page.header(header::CACHE_CONTROL)), (StatusCode::OK, "private, no-store"));
    let html = page.text();
    let order = format!("/orders/{}", placed.token.hex());
    for shown in ["Order 1001", order.as_str(), "Kikoi", "KSh 1,150", "Amina Wanjiru, 0711 ••• 344", "noindex"] {
        assert!(html.contains(shown), "{shown}: {html}");
    }
    let variant = world.njeri.variants[0].to_string();
    amina.post("/cart/items", &[("variant", &variant), ("quantity", "1")]).await;
    assert_eq!(field(&amina.get("/checkout").await.text(), "name"), "Amina Wanjiru");

    amina.get("/").await;
    let own = ["duka_shopper", "duka_buyer", "duka_cart", "duka_left", "duka_visit"];
    assert!(own.iter().all(|name| amina.cookie(name).is_some()), "all of them are there to be taken away");
    assert_eq!(amina.post("/account/sign-out", &[]).await.header(header::LOCATION), "/");
    assert_eq!(own.map(|name| amina.cookie(name)), [None; 5], "whoever has the phone next is somebody else");
    assert!(amina.get("/account").await.text().contains("Send me a code"));
    assert_eq!(amina.get("/checkout").await.header(header::LOCATION), "/cart", "no cart is left on the phone");
    amina.post("/cart/items", &[("variant", &variant), ("quantity", "1")]).await;
    assert_eq!(field(&amina.get("/checkout").await.text(), "name"), "");
    assert_eq!(world.count("select count(*) from shopper_sessions where ended_at is null").await, 0);
    world.db.logged(&["customer_signed_in"]).await;
}

#[tokio::test]
async fn nobody_learns_whether_a_number_and_a_phone_belong_together() {
    let (world, sandbox) = begin().await;
    switch_on(&world, "key").await;
    order_of(&world, &world.njeri, "Amina Wanjiru", "0711 223 344").await;
    order_of(&world, &world.kilimani, "Otieno Okoth", "0722 000 111").await;
    let asked = [
        ("1001", "0711223344"),
        ("1001", "0733000111"),
        ("1002", "0712000111"),
        ("what?", "0713000111"),
        ("1001", "0722000111"),
    ];
    for (number, phone) in asked {
        let mut browser = Browser::new(&world, NJERI);
        let answer = ask(&mut browser, number, phone).await;
        assert_eq!(
            (answer.status, answer.header(header::LOCATION), answer.bytes.len()),
            (StatusCode::SEE_OTHER, "/account/code", 0),
            "{number} {phone}"
        );
        assert_eq!(answer.cookie("duka_code").as_deref().map(str::len), Some(64));
        let wrong = give(&mut browser, "12345x").await;
        assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
    }
    assert_eq!(world.count("select count(*) from shopper_codes").await, 5);
    assert_eq!(world.count("select count(*) from mails where kind = 'sign_in_code'").await, 5);
    work(&world).await;
    assert_eq!(codes(&sandbox).await.len(), 1);
    assert_eq!(world.count("select count(*) from mails where kind = 'sign_in_code' and status = 'dropped'").await, 4);
    let mut browser = Browser::new(&world, NJERI);
    let no_phone = ask(&mut browser, "1001", "12").await;
    assert_eq!(no_phone.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(no_phone.text().contains("not a Kenyan mobile number"));
}

#[tokio::test]
async fn a_phone_gets_no_sixth_code_within_the_hour_and_another_phone_does_not_wait() {
    let (world, _sandbox) = begin().await;
    let mut browser = Browser::new(&world, NJERI);
    for _ in 0..5 {
        assert_eq!(ask(&mut browser, "1001", "0711223344").await.status, StatusCode::SEE_OTHER);
    }
    let waits = ask(&mut browser, "1001", "0711223344").await;
    assert_eq!(waits.status, StatusCode::TOO_MANY_REQUESTS);
    assert!(waits.text().contains("Nothing was sent") && !waits.header(header::RETRY_AFTER).is_empty());
    assert_eq!(ask(&mut browser, "1001", "0722000111").await.status, StatusCode::SEE_OTHER);
    let mut neighbour = Browser::new(&world, KILIMANI);
    assert_eq!(ask(&mut neighbour, "1001", "0711223344").await.status, StatusCode::SEE_OTHER);
    assert_eq!(world.count("select count(*) from shopper_codes").await, 7);
}

#[tokio::test]
async fn a_session_is_of_one_merchant_and_ends_when_it_is_silent_old_or_its_person_gone() {
    let (world, sandbox) = begin().await;
    switch_on(&world, "key").await;
    order_of(&world, &world.njeri, "Amina Wanjiru", "0711 223 344").await;
    order_of(&world, &world.kilimani, "Amina Wanjiru", "0711 223 344").await;
    let mut amina = come_in(&world, &sandbox, "0711223344").await;
    let cookie = amina.cookie("duka_shopper").unwrap().to_owned();
    assert_eq!(
        world
            .count(&format!("select count(*) from shopper_sessions where encode(token_hash, 'hex') = '{cookie}'"))
            .await,
        0
    );
    let mut next_door = Browser::new(&world, KILIMANI).with_cookie("duka_shopper", &cookie);
    assert!(next_door.get("/account").await.text().contains("Send me a code"));
    for (over, back) in [
        ("last_seen_at = now() - interval '8 days'", "last_seen_at = now()"),
        ("expires_at = now() - interval '1 second'", "expires_at = now() + interval '1 day'"),
        ("ended_at = now()", "ended_at = null"),
    ] {
        world.sql(&format!("update shopper_sessions set {over}")).await;
        let mut browser = Browser::new(&world, NJERI).with_cookie("duka_shopper", &cookie);
        let html = browser.get("/account").await.text();
        assert!(html.contains("Send me a code") && !html.contains("Order 1001"), "{over}");
        assert_eq!(browser.cookie("duka_shopper"), None, "{over}");
        world.sql(&format!("update shopper_sessions set {back}")).await;
    }
    assert!(amina.get("/account").await.text().contains("Order 1001"));
    world.sql("update customers set phone = null").await;
    assert!(amina.get("/account").await.text().contains("Send me a code"));
    for path in ["/account/addresses", "/account/own"] {
        assert_eq!(amina.get(path).await.header(header::LOCATION), "/account", "{path}");
    }
}

#[tokio::test]
async fn they_mend_and_forget_their_own_places_and_nobody_elses() {
    let (world, sandbox) = begin().await;
    switch_on(&world, "key").await;
    let otieno = CheckoutForm { name: "Otieno Okoth".into(), phone: "0722 000 111".into(), ..orders::form("cod", 1) };
    try_to_place(&world, &world.njeri, 1, otieno).await.unwrap();
    let told = CheckoutForm { instructions: "opposite the mosque".into(), ..orders::form("cod", 1) };
    try_to_place(&world, &world.njeri, 1, told).await.unwrap();
    world.sql("update customer_addresses set rider_note = 'second gate'").await;
    let mut amina = come_in(&world, &sandbox, "0711223344").await;
    let customer = customer_of(&world, &world.njeri, AMINA).await;
    let html = amina.get("/account/addresses").await.text();
    assert!(html.contains("Mpaka Road, blue gate, Westlands") && html.contains("opposite the mosque"), "{html}");
    assert!(!html.contains("second gate"), "what riders say is theirs");

    let place = |of: &str| format!("select id::text from customer_addresses where customer_id {of} '{customer}'");
    let (own, theirs) = (text(&world, &place("=")).await, text(&world, &place("<>")).await);
    let form = [("version", "1"), ("label", "Home"), ("instructions", "green gate"), ("is_default", "on")];
    let foreign = amina.post(&format!("/account/addresses/{theirs}"), &form).await;
    assert_eq!(foreign.status, StatusCode::NOT_FOUND);
    amina.post(&format!("/account/addresses/{theirs}/forget"), &[]).await;
    let long = "x".repeat(501);
    let refused = amina.post(&format!("/account/addresses/{own}"), &[form[0], form[1], ("instructions", &long)]).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(refused.text().contains("This is too long."));
    let saved = amina.post(&format!("/account/addresses/{own}"), &form).await;
    assert_eq!(saved.header(header::LOCATION), "/account/addresses?saved");
    let twice = amina.post(&format!("/account/addresses/{own}"), &form).await;
    assert_eq!(twice.header(header::LOCATION), "/account/addresses?saved", "pressed twice it is saved once");
    let other = [form[0], form[1], ("instructions", "blue gate"), form[3]];
    let stale = amina.post(&format!("/account/addresses/{own}"), &other).await;
    assert_eq!(stale.status, StatusCode::CONFLICT);
    let stale = stale.text();
    assert!(stale.contains("blue gate") && stale.contains("green gate"), "theirs and what stands: {stale}");
    let stands = "select string_agg(concat_ws(':', label, instructions, rider_note), ', ' order by label nulls last) from customer_addresses";
    assert_eq!(text(&world, stands).await, "Home:green gate:second gate, second gate");
    for _ in 0..2 {
        let gone = amina.post(&format!("/account/addresses/{own}/forget"), &[]).await;
        assert_eq!(gone.header(header::LOCATION), "/account/addresses?saved");
    }
    assert_eq!(text(&world, stands).await, "second gate");
    world.db.logged(&["customer_place_changed", "customer_place_forgotten"]).await;
}

#[tokio::test]
async fn their_cart_goes_with_them_to_another_phone_and_nothing_is_there_twice() {
    let (world, sandbox) = begin().await;
    switch_on(&world, "key").await;
    order_of(&world, &world.njeri, "Amina Wanjiru", "0711 223 344").await;
    let [one, two] = [0, 1].map(|at| world.njeri.variants[at].to_string());
    let mut first = come_in(&world, &sandbox, "0711223344").await;
    first.post("/cart/items", &[("variant", &one), ("quantity", "2")]).await;
    first.post("/cart/items", &[("variant", &two), ("quantity", "1")]).await;

    let mut second = Browser::new(&world, NJERI);
    second.post("/cart/items", &[("variant", &one), ("quantity", "1")]).await;
    let held = second.cookie("duka_cart").unwrap().to_owned();
    let lines = "select count(*) from cart_items i join carts c on c.tenant_id = i.tenant_id and c.id = i.cart_id where c.status = 'open'";
    assert_eq!(world.count(lines).await, 3);
    ask(&mut second, "1001", "0711223344").await;
    work(&world).await;
    let code = codes(&sandbox).await.pop().unwrap();
    give(&mut second, &code).await;
    assert_eq!((second.cookie("duka_cart"), second.cookie("duka_cart_count")), (Some(held.as_str()), Some("2")));
    assert_eq!(world.count(lines).await, 2, "what both have stays as it is in the hand");

    second.post("/account/sign-out", &[]).await;
    assert_eq!((second.cookie("duka_cart"), second.cookie("duka_cart_count")), (None, None));
    let mut third = Browser::new(&world, NJERI);
    ask(&mut third, "1001", "0711223344").await;
    work(&world).await;
    let code = codes(&sandbox).await.pop().unwrap();
    give(&mut third, &code).await;
    assert_eq!(third.cookie("duka_cart_count"), Some("2"));
    assert_ne!(third.cookie("duka_cart"), Some(held.as_str()));
    assert_eq!(world.count(lines).await, 2);
}

#[tokio::test]
async fn the_language_they_choose_is_that_of_their_pages_and_messages() {
    let (world, sandbox) = begin().await;
    switch_on(&world, "key").await;
    order_of(&world, &world.njeri, "Amina Wanjiru", "0711 223 344").await;
    let mut amina = come_in(&world, &sandbox, "0711223344").await;
    let chosen = amina.post("/account/language", &[("language", "sw")]).await;
    assert_eq!(chosen.header(header::LOCATION), "/sw/account/own");
    order_of(&world, &world.njeri, "Amina Wanjiru", "0711 223 344").await;
    work(&world).await;
    let texts = texts(&sandbox).await;
    assert!(texts.last().is_some_and(|text| text.contains("tumepokea+oda+yako")), "{texts:?}");
    let own = amina.get("/sw/account/own").await.text();
    assert!(own.contains("Pakua taarifa zangu"), "{own}");
    world.db.logged(&["customer_language_chosen"]).await;
}

#[tokio::test]
async fn they_take_a_copy_and_are_erased_when_their_last_order_has_ended() {
    let (world, sandbox) = begin().await;
    switch_on(&world, "key").await;
    let placed = order_of(&world, &world.njeri, "Amina Wanjiru", "0711 223 344").await;
    let mut amina = come_in(&world, &sandbox, "0711223344").await;
    let file = amina.post("/account/own/copy", &[]).await;
    assert_eq!(file.header(header::CONTENT_DISPOSITION), "attachment; filename=\"my-data.json\"");
    let document: serde_json::Value = serde_json::from_slice(&file.bytes).unwrap();
    assert_eq!(document["customers"][0]["first_name"], "Amina");
    assert_eq!(document["shopper_sessions"].as_array().map(Vec::len), Some(1));

    assert!(amina.get("/account/own").await.text().contains("Order 1001 is still open"));
    let unsure = amina.post("/account/own/erase", &[]).await;
    assert_eq!(unsure.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert_eq!(amina.post("/account/own/erase", &[("sure", "on")]).await.header(header::LOCATION), "/account/own");
    assert!(amina.get("/account/own").await.text().contains("You have asked for your data to be erased."));
    amina.post("/account/own/keep", &[]).await;
    assert_eq!(world.count("select count(*) from customers where erase_asked_at is not null").await, 0);
    amina.post("/account/own/erase", &[("sure", "on")]).await;
    walk(&world, &world.njeri, placed.order, &DELIVERED).await;
    let operator = Db::open(&world.db.url("duka_ops"), 2).unwrap();
    let program = Ctx::new(world.app.platform.clone(), world.njeri.tenant, Actor::Program);
    assert_eq!(erase_due(&program, &operator).await.unwrap(), 1);
    operator.close().await;
    assert_eq!(world.count("select count(*) from shopper_sessions").await, 0);
    assert_eq!(world.count("select count(*) from shopper_codes").await, 0);
    assert!(amina.get("/account").await.text().contains("Send me a code"));
    world.db.logged(&["customer_exported", "customer_erasure_asked", "customer_erasure_taken_back"]).await;
}

#[tokio::test]
async fn a_code_by_mail_opens_only_what_was_ordered_with_that_address_alone() {
    let (world, _sandbox) = begin().await;
    let hers = CheckoutForm { email: "amina@barua.test".into(), ..orders::form("cod", 1) };
    try_to_place(&world, &world.njeri, 1, hers.clone()).await.unwrap();
    let mut amina = Browser::new(&world, NJERI);
    ask(&mut amina, "1001", "0711223344").await;
    let code = mailed(&world).await.expect("a letter with a code");
    assert_eq!(give(&mut amina, &code).await.header(header::LOCATION), "/account");
    assert!(amina.get("/account").await.text().contains("Order 1001"));
    assert!(amina.get("/account/own").await.text().contains("Download my data"));

    // Somebody else orders with her number and an address of their own.
    let theirs = CheckoutForm { email: "eve@barua.test".into(), ..hers };
    try_to_place(&world, &world.njeri, 1, theirs).await.unwrap();
    let mut eve = Browser::new(&world, NJERI);
    ask(&mut eve, "1002", "0711223344").await;
    assert_eq!(mailed(&world).await, None, "her address proves nothing any more");
    assert!(amina.get("/account").await.text().contains("Send me a code"), "nor does the one before");
}

/// The code in the newest letter that waits; none when it has nothing to say.
pub async fn mailed(world: &World) -> Option<String> {
    let id =
        text(world, "select id::text from mails where kind = 'sign_in_code' order by created_at desc limit 1").await;
    let mail = MailId::parse(&id).unwrap();
    let letter = open(&world.app.platform, world.njeri.tenant, mail).await.unwrap()?;
    assert!(matches!(&letter.to, To::Mail(email) if email.as_str() == "amina@barua.test"));
    let About::SignInCode(_, code) = letter.about else { panic!("another letter") };
    Some(code.as_str().to_owned())
}

/// The one text that a statement finds.
async fn text(world: &World, statement: &str) -> String {
    let mut everything = world.db.superuser().await;
    sqlx::query_scalar(sqlx::AssertSqlSafe(statement.to_owned())).fetch_one(&mut everything).await.unwrap()
}

#[tokio::test]
async fn where_no_texts_are_sent_the_code_goes_by_mail_and_who_said_no_to_texts_gets_none() {
    let (world, sandbox) = begin().await;
    switch_on(&world, "key").await;
    order_of(&world, &world.njeri, "Amina Wanjiru", "0711 223 344").await;
    let customer = customer_of(&world, &world.njeri, AMINA).await;
    world
        .sql(&format!(
            "insert into customer_consents (tenant_id, customer_id, channel, purpose, is_given, source) values ('{}', '{customer}', 'sms', 'service', false, 'stop')",
            world.njeri.tenant
        ))
        .await;
    let mut amina = Browser::new(&world, NJERI);
    ask(&mut amina, "1001", "0711223344").await;
    work(&world).await;
    assert_eq!(codes(&sandbox).await, Vec::<String>::new());
    assert!(queue(&world).await.ends_with("sign_in_code mail dropped"), "{}", queue(&world).await);
}
