//! Variants from options: every combination in one step, rows that stay, rows that are switched off.

use crate::{
    forms::{Filled, make_plain, picture, problem, text},
    merchant::member,
    world::{NJERI, World},
};
use duka::kernel::access::Role;
use http::StatusCode;

async fn variants(world: &World) -> String {
    let query = format!(
        "select string_agg(concat_ws(' ', name, price_cents / 100, stock_quantity, attributes::text, case when is_active then 'on' else 'off' end), E'\\n' order by is_active desc, position)
         from product_variants where product_id = '{}'",
        world.njeri.product
    );
    text(world, &query).await
}

#[tokio::test]
async fn a_plain_product_gets_six_variants_in_one_step_and_keeps_its_stock() {
    let world = World::new().await;
    make_plain(&world, &world.njeri).await;
    let mut staff = member(&world, &world.njeri, Role::Staff).await;
    let page = format!("/dashboard/products/{}/variants", world.njeri.product);
    let make = format!("{page}/options");
    let html = staff.browser.get(&page).await.text();
    let form = Filled::of(&html, &make)
        .with("option_1", "Size")
        .with("values_1", "S, M, L")
        .with("option_2", "Colour")
        .with("values_2", "Blue\r\nRed");
    let made = form.send(&mut staff.browser, &make).await;
    assert_eq!((made.status, made.header("location")), (StatusCode::SEE_OTHER, format!("{page}?saved").as_str()));
    let six = "S / Blue 1000 10 {\"Size\": \"S\", \"Colour\": \"Blue\"} on
S / Red 1000 0 {\"Size\": \"S\", \"Colour\": \"Red\"} on
M / Blue 1000 0 {\"Size\": \"M\", \"Colour\": \"Blue\"} on
M / Red 1000 0 {\"Size\": \"M\", \"Colour\": \"Red\"} on
L / Blue 1000 0 {\"Size\": \"L\", \"Colour\": \"Blue\"} on
L / Red 1000 0 {\"Size\": \"L\", \"Colour\": \"Red\"} on";
    assert_eq!(variants(&world).await, six);
    assert_eq!(
        world
            .count(&format!(
                "select count(*) from product_variants where id = '{}' and name = 'S / Blue'",
                world.njeri.variants[0]
            ))
            .await,
        1,
        "the first plain one became the first combination"
    );
    let before = picture(&world).await;
    assert_eq!(form.send(&mut staff.browser, &make).await.status, StatusCode::SEE_OTHER);
    assert_eq!(picture(&world).await, before, "the same form twice is once");
    let shop = world.get(NJERI, "/p/kikoi").await.text();
    assert!(shop.contains("Size") && shop.contains("Colour"), "{shop}");
    let html = staff.browser.get(&page).await.text();
    assert_eq!(Filled::of(&html, &make).get("values_1"), "S, M, L");
    assert_eq!(
        Filled::of(&html, &page)
            .0
            .iter()
            .filter(|(name, _)| name.rsplit_once('.').is_some_and(|(_, cell)| cell == "sku"))
            .count(),
        6
    );

    // Values come and go: what is not wanted is switched off, since an order may name it.
    let fewer = Filled::of(&html, &make).with("values_1", "M, S").with("values_2", "Blue");
    assert_eq!(fewer.send(&mut staff.browser, &make).await.status, StatusCode::SEE_OTHER);
    let now = variants(&world).await;
    assert!(now.starts_with("M / Blue 1000 0 {\"Size\": \"M\", \"Colour\": \"Blue\"} on\nS / Blue 1000 10 "), "{now}");
    assert_eq!(now.matches(" off").count(), 4);
    assert_eq!(
        world.count("select sum(stock_quantity) from product_variants where name = 'S / Blue' and is_active").await,
        10
    );
    let html = staff.browser.get(&page).await.text();
    let back = Filled::of(&html, &make).with("values_1", "S, M, L").with("values_2", "Blue, Red");
    assert_eq!(back.send(&mut staff.browser, &make).await.status, StatusCode::SEE_OTHER);
    assert_eq!(variants(&world).await, six, "a combination that comes back has its old row");
    assert_eq!(
        text(&world, "select string_agg(concat_ws('/', details->>'made', details->>'kept', details->>'switched_off'), ' ' order by created_at) from audit_log where action = 'variants_made'").await,
        "5/1/0 0/2/4 0/6/0"
    );
}

#[tokio::test]
async fn ten_thousand_variants_and_other_mistakes_are_refused_in_words_and_nothing_is_written() {
    let world = World::new().await;
    let mut owner = member(&world, &world.njeri, Role::Owner).await;
    let page = format!("/dashboard/products/{}/variants", world.njeri.product);
    let make = format!("{page}/options");
    let html = owner.browser.get(&page).await.text();
    let before = picture(&world).await;
    let fifty = (0..50).map(|at| format!("v{at}")).collect::<Vec<_>>().join(", ");
    let huge = Filled::of(&html, &make)
        .with("values_1", &fifty)
        .with("option_2", "B")
        .with("values_2", &fifty)
        .with("option_3", "C")
        .with("values_3", "1, 2, 3, 4");
    let refused = huge.send(&mut owner.browser, &make).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    let said = refused.text();
    assert!(said.contains("more than 250 variants. Nothing was made or changed"), "{said}");
    assert_eq!(Filled::of(&said, &make).get("values_3"), "1, 2, 3, 4", "what was typed is still there");
    let many = (0..51).map(|at| format!("v{at}")).collect::<Vec<_>>().join(", ");
    let long = "a".repeat(61);
    for (name, value, words) in [
        ("values_1", many.as_str(), "These are too many."),
        ("values_1", &long, "This is too long."),
        ("values_1", "S\u{7}", "This holds characters that cannot be read."),
        ("values_1", "", "Please fill this in."),
        ("option_1", "", "Please fill this in."),
    ] {
        let refused = Filled::of(&html, &make).with(name, value).send(&mut owner.browser, &make).await;
        assert_eq!(
            (refused.status, problem(&refused.text(), name).as_str()),
            (StatusCode::UNPROCESSABLE_ENTITY, words)
        );
    }
    let unknown = Filled::of(&html, &make).with("option_4", "D").send(&mut owner.browser, &make).await;
    assert!(unknown.status == StatusCode::UNPROCESSABLE_ENTITY && unknown.text().contains("no field “option_4”"));
    assert_eq!(picture(&world).await, before);
}

#[tokio::test]
async fn options_that_a_colleague_changed_meanwhile_are_laid_side_by_side() {
    let world = World::new().await;
    let (mut mine, mut hers) =
        (member(&world, &world.njeri, Role::Owner).await, member(&world, &world.njeri, Role::Staff).await);
    let page = format!("/dashboard/products/{}/variants", world.njeri.product);
    let make = format!("{page}/options");
    let html = mine.browser.get(&page).await.text();
    let first = Filled::of(&html, &make).with("values_1", "Blue, Red, Green");
    assert_eq!(first.send(&mut hers.browser, &make).await.status, StatusCode::SEE_OTHER);
    let before = picture(&world).await;
    let met = Filled::of(&html, &make).with("values_1", "Blue, Red, Black").send(&mut mine.browser, &make).await;
    assert_eq!(met.status, StatusCode::CONFLICT);
    let said = met.text();
    assert!(said.contains("<dd>Blue, Red, Green</dd>") && said.contains("<dd>Blue, Red, Black</dd>"), "{said}");
    assert_eq!(picture(&world).await, before);
    assert_eq!(Filled::of(&said, &make).send(&mut mine.browser, &make).await.status, StatusCode::SEE_OTHER);
    assert_eq!(world.count("select count(*) from product_variants where name = 'Black' and is_active").await, 1);
}
