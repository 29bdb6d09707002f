//! Giving a shopper's code: how often it may be wrong, how long it holds, and that pressing twice is giving it once.

use super::{
    order_of,
    shoppers::{another, ask, codes, give},
    texts::{begin, switch_on, work},
    world::{Browser, NJERI},
};
use http::{StatusCode, header};

#[tokio::test]
async fn five_wrong_codes_or_ten_minutes_end_it() {
    let (world, sandbox) = begin().await;
    switch_on(&world, "key").await;
    order_of(&world, &world.njeri, "Amina Wanjiru", "0711 223 344").await;
    let mut amina = Browser::new(&world, NJERI);
    ask(&mut amina, "1001", "0711223344").await;
    let held = amina.cookie("duka_code").unwrap().to_owned();
    work(&world).await;
    let code = codes(&sandbox).await.remove(0);
    for left in ["4 more tries", "3 more tries", "2 more tries", "One more try", "This code is over"] {
        let wrong = give(&mut amina, another(&code)).await;
        assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(wrong.text().contains(left), "{left}: {}", wrong.text());
    }
    let mut amina = Browser::new(&world, NJERI).with_cookie("duka_code", &held);
    assert!(give(&mut amina, &code).await.text().contains("This code is over"));

    ask(&mut amina, "1001", "0711223344").await;
    work(&world).await;
    let code = codes(&sandbox).await.remove(1);
    world.sql("update shopper_codes set expires_at = now() - interval '1 second'").await;
    assert!(give(&mut amina, &code).await.text().contains("This code is over"));
    assert_eq!(world.count("select count(*) from shopper_sessions").await, 0);
}

#[tokio::test]
async fn a_code_that_is_pressed_twice_lets_in_although_the_first_answer_never_came() {
    let (world, sandbox) = begin().await;
    switch_on(&world, "key").await;
    order_of(&world, &world.njeri, "Amina Wanjiru", "0711 223 344").await;
    let mut lost = Browser::new(&world, NJERI);
    ask(&mut lost, "1001", "0711223344").await;
    work(&world).await;
    let code = codes(&sandbox).await.pop().unwrap();
    let asked = lost.cookie("duka_code").unwrap().to_owned();
    assert_eq!(give(&mut lost, &code).await.header(header::LOCATION), "/account");

    let mut guessing = Browser::new(&world, NJERI).with_cookie("duka_code", &asked);
    assert!(give(&mut guessing, another(&code)).await.text().contains("This code is over"));
    let mut amina = Browser::new(&world, NJERI).with_cookie("duka_code", &asked);
    assert_eq!(give(&mut amina, &code).await.header(header::LOCATION), "/account");
    assert!(amina.get("/account").await.text().contains("Order 1001"));
    assert!(lost.get("/account").await.text().contains("Send me a code"), "what nobody heard of opens nothing");
    assert_eq!(world.count("select count(*) from shopper_sessions where ended_at is null").await, 1);
}
