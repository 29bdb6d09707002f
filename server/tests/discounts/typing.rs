//! A shopper types codes: each answer of the contract, in both languages, and what cart and checkout show.

use crate::{
    rules::{TEN_PERCENT, code, rule},
    world::{Answer, Browser, NJERI, World, field},
};
use http::StatusCode;

async fn type_code(shopper: &mut Browser<'_>, path: &str, code: &str) -> Answer {
    shopper.post(path, &[("code", code)]).await
}

#[tokio::test]
async fn a_code_that_counts_is_a_line_of_cart_checkout_and_order() {
    let world = World::new().await;
    let ten = rule(&world, &world.njeri, "percentage_off", TEN_PERCENT, "needs_code", "true").await;
    code(&world, &world.njeri, ten, "KARIBU10", "null").await;
    rule(&world, &world.njeri, "free_delivery", "{}", "minimum_cents", "500000").await;
    let mut shopper = Browser::new(&world, NJERI);
    let variant = world.njeri.variants[0].to_string();
    shopper.post("/cart/items", &[("variant", &variant), ("quantity", "2")]).await;
    let taken = type_code(&mut shopper, "/cart/code", " karibu-10 ").await;
    assert_eq!((taken.status, taken.header("location")), (StatusCode::SEE_OTHER, "/cart"));
    let cart = shopper.get("/cart").await.text();
    for words in [
        "Easter sale (code KARIBU10)",
        "− KSh 200",
        "You save KSh 200",
        "KSh 1,800",
        "KSh 3,000 more for free delivery",
    ] {
        assert!(cart.contains(words), "{words}: {cart}");
    }
    let kiswahili = shopper.get("/sw/cart").await.text();
    assert!(kiswahili.contains("Ongeza KSh 3,000 upelekewe bure") && kiswahili.contains("Umeokoa KSh 200"));
    let html = shopper.get("/checkout").await.text();
    assert_eq!(field(&html, "seen_total_cents"), "195000");
    assert!(html.contains("Easter sale (code KARIBU10)"));
    let (key, total) = (field(&html, "idempotency_key"), field(&html, "seen_total_cents"));
    let form = [
        ("idempotency_key", key.as_str()),
        ("seen_total_cents", &total),
        ("name", "Amina Wanjiru"),
        ("phone", "0711 223 344"),
        ("area", "Westlands"),
        ("street", "Mpaka Road"),
        ("payment_method", "cod"),
    ];
    let placed = shopper.post("/checkout", &form).await;
    assert_eq!(placed.status, StatusCode::SEE_OTHER, "{}", placed.text());
    let order = shopper.get(placed.header("location")).await.text();
    assert!(order.contains("<dt>Discount</dt><dd>− KSh 200</dd>") && order.contains("KSh 1,950"), "{order}");
}

#[tokio::test]
async fn a_code_that_does_not_count_is_refused_in_words_and_the_cart_is_as_it_was() {
    let world = World::new().await;
    let shop = &world.njeri;
    for (name, columns, values) in [
        ("SOON", "needs_code, starts_at", "true, '2099-01-01T06:00:00Z'"),
        ("OLD", "needs_code, ends_at", "true, now() - interval '1 day'"),
        ("REST", "needs_code, is_active", "true, false"),
        ("LARGE", "needs_code, minimum_cents", "true, 300000"),
        ("FULL", "needs_code, total_cap, taken_count", "true, 5, 5"),
    ] {
        let made = rule(&world, shop, "percentage_off", TEN_PERCENT, columns, values).await;
        code(&world, shop, made, name, "null").await;
    }
    let other = r#"{"basis_points": 1000, "products": ["01935f0e-7a1c-7000-8000-3f9a00000001"]}"#;
    let elsewhere = rule(&world, shop, "percentage_off", other, "needs_code, scope", "true, 'product'").await;
    code(&world, shop, elsewhere, "OTHER", "null").await;
    let theirs = rule(&world, &world.kilimani, "percentage_off", TEN_PERCENT, "needs_code", "true").await;
    code(&world, &world.kilimani, theirs, "THEIRS", "null").await;
    let mut shopper = Browser::new(&world, NJERI);
    let variant = shop.variants[0].to_string();
    shopper.post("/cart/items", &[("variant", &variant), ("quantity", "1")]).await;
    for (typed, english, kiswahili) in [
        ("NOBODY", "We do not know the code NOBODY", "Hatuujui msimbo NOBODY"),
        ("THEIRS", "We do not know the code THEIRS", "Hatuujui msimbo THEIRS"),
        ("<b>", "We do not know the code &lt;b", "Hatuujui msimbo &lt;b"),
        ("", "Type the code first. Your cart is unchanged.", "Andika msimbo kwanza. Kikapu chako hakijabadilika."),
        ("SOON", "The code SOON can be used from 1/1/2099, 09:00.", "Msimbo SOON utaanza kutumika 1/1/2099, 09:00."),
        ("OLD", "The code OLD has expired.", "Muda wa msimbo OLD umekwisha."),
        ("REST", "The code REST cannot be used at the moment.", "Msimbo REST hauwezi kutumika kwa sasa."),
        ("LARGE", "The code LARGE needs KSh 2,000 more", "Msimbo LARGE unahitaji KSh 2,000 zaidi"),
        ("FULL", "The code FULL has been used up.", "Msimbo FULL umeshatumika wote."),
        ("OTHER", "The code OTHER is for other products", "Msimbo OTHER ni wa bidhaa nyingine"),
    ] {
        for (path, words) in [("/cart/code", english), ("/sw/cart/code", kiswahili)] {
            let refused = type_code(&mut shopper, path, typed).await;
            assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY, "{path} {typed}");
            assert!(refused.text().contains(words), "{path} {typed}: {}", refused.text());
        }
    }
    assert_eq!(world.count("select count(*) from carts where codes <> '{}'").await, 0);
    let mut nobody = Browser::new(&world, NJERI);
    assert_eq!(type_code(&mut nobody, "/cart/code", "LARGE").await.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert_eq!(world.count("select count(*) from carts").await, 1);
    shopper.post("/cart/items", &[("variant", &variant), ("quantity", "2")]).await;
    assert_eq!(type_code(&mut shopper, "/cart/code", "LARGE").await.status, StatusCode::SEE_OTHER, "it could count");
}

#[tokio::test]
async fn a_code_can_be_taken_out_and_one_that_ends_in_the_cart_says_so() {
    let world = World::new().await;
    let ten = rule(&world, &world.njeri, "percentage_off", TEN_PERCENT, "needs_code", "true").await;
    code(&world, &world.njeri, ten, "KARIBU10", "null").await;
    let mut shopper = Browser::new(&world, NJERI);
    let variant = world.njeri.variants[0].to_string();
    shopper.post("/cart/items", &[("variant", &variant), ("quantity", "1")]).await;
    assert_eq!(type_code(&mut shopper, "/cart/code", "KARIBU10").await.status, StatusCode::SEE_OTHER);
    world.sql("update price_rules set ends_at = now() - interval '1 second'").await;
    let cart = shopper.get("/cart").await.text();
    assert!(cart.contains("The code KARIBU10 has expired.") && !cart.contains("You save"), "{cart}");
    assert_eq!(field(&shopper.get("/checkout").await.text(), "seen_total_cents"), "115000");
    let mut stranger = Browser::new(&world, NJERI);
    stranger.post("/cart/code/remove", &[("code", "KARIBU10")]).await;
    assert_eq!(world.count("select count(*) from carts where codes = '{KARIBU10}'").await, 1);
    let gone = shopper.post("/cart/code/remove", &[("code", "KARIBU10")]).await;
    assert_eq!((gone.status, gone.header("location")), (StatusCode::SEE_OTHER, "/cart"));
    assert!(!shopper.get("/cart").await.text().contains("KARIBU10"));
}

#[tokio::test]
async fn a_code_that_somebody_else_was_faster_with_is_said_like_a_changed_price() {
    let world = World::new().await;
    let ten = rule(&world, &world.njeri, "percentage_off", TEN_PERCENT, "needs_code", "true").await;
    code(&world, &world.njeri, ten, "GIFT7K2", "1").await;
    let variant = world.njeri.variants[0].to_string();
    let mut pages = Vec::new();
    for phone in ["0711 223 344", "0722 000 001"] {
        let mut shopper = Browser::new(&world, NJERI);
        shopper.post("/cart/items", &[("variant", &variant), ("quantity", "1")]).await;
        type_code(&mut shopper, "/cart/code", "GIFT7K2").await;
        let html = shopper.get("/checkout").await.text();
        pages.push((shopper, html, phone));
    }
    let mut answers = Vec::new();
    for (shopper, html, phone) in &mut pages {
        let (key, total) = (field(html, "idempotency_key"), field(html, "seen_total_cents"));
        assert_eq!(total, "105000");
        let form = [
            ("idempotency_key", key.as_str()),
            ("seen_total_cents", &total),
            ("name", "Amina Wanjiru"),
            ("phone", phone),
            ("area", "Westlands"),
            ("street", "Mpaka Road"),
            ("payment_method", "cod"),
        ];
        answers.push(shopper.post("/checkout", &form).await);
    }
    assert_eq!(answers[0].status, StatusCode::SEE_OTHER);
    assert_eq!(answers[1].status, StatusCode::CONFLICT);
    let page = answers[1].text();
    assert!(
        page.contains("The code GIFT7K2 has been used up.") && page.contains("The total is now KSh 1,150"),
        "{page}"
    );
    let (key, total) = (field(&page, "idempotency_key"), field(&page, "seen_total_cents"));
    let form = [
        ("idempotency_key", key.as_str()),
        ("seen_total_cents", &total),
        ("name", "Amina Wanjiru"),
        ("phone", "0722 000 001"),
        ("area", "Westlands"),
        ("street", "Mpaka Road"),
        ("payment_method", "cod"),
    ];
    assert_eq!(pages[1].0.post("/checkout", &form).await.status, StatusCode::SEE_OTHER);
    assert_eq!(world.count("select count(*) from orders where discount_cents > 0").await, 1);
}

#[tokio::test]
async fn what_goes_once_is_priced_for_the_phone_that_was_typed() {
    let world = World::new().await;
    rule(&world, &world.njeri, "percentage_off", TEN_PERCENT, "is_once", "true").await;
    let variant = world.njeri.variants[0].to_string();
    for (phone, statuses) in [
        ("0711 223 344", &[StatusCode::SEE_OTHER][..]),
        ("+254 711 223344", &[StatusCode::CONFLICT, StatusCode::SEE_OTHER]),
    ] {
        let mut shopper = Browser::new(&world, NJERI);
        shopper.post("/cart/items", &[("variant", &variant), ("quantity", "1")]).await;
        let mut html = shopper.get("/checkout").await.text();
        assert_eq!(field(&html, "seen_total_cents"), "105000");
        for status in statuses {
            let (key, total) = (field(&html, "idempotency_key"), field(&html, "seen_total_cents"));
            let form = [
                ("idempotency_key", key.as_str()),
                ("seen_total_cents", &total),
                ("name", "Amina Wanjiru"),
                ("phone", phone),
                ("area", "Westlands"),
                ("street", "Mpaka Road"),
                ("payment_method", "cod"),
            ];
            let answer = shopper.post("/checkout", &form).await;
            assert_eq!(answer.status, *status, "{phone}");
            html = answer.text();
        }
    }
    assert_eq!(world.count("select total_cents from orders where order_number = 1002").await, 115_000);
}
