//! The stock's pages over the real router: what a thumb can do, twice, wrongly, and with another merchant's ids.

use super::world::{Browser, World, between, field};
use http::StatusCode;

const STOCK: &str = "/dashboard/stock";

/// A shop with four kiondos and the address of their variant.
async fn shop(world: &World) -> (Browser<'_>, String) {
    let browser = world.open_shop("kiondo-house").await;
    let variant = world
        .text("select v.id::text from product_variants v join products p on p.tenant_id = v.tenant_id and p.id = v.product_id where p.name = 'Kiondo'")
        .await;
    (browser, format!("{STOCK}/{variant}"))
}

async fn pieces(world: &World, page: &str) -> i64 {
    let id = page.rsplit('/').next().unwrap();
    world.number(&format!("select stock_quantity from product_variants where id = '{id}'")).await
}

async fn lines(world: &World, page: &str) -> i64 {
    let id = page.rsplit('/').next().unwrap();
    world.number(&format!("select count(*) from inventory_movements where variant_id = '{id}'")).await
}

#[tokio::test]
async fn goods_that_came_in_are_there_once_however_often_the_form_is_sent() {
    let world = World::new().await;
    let (mut browser, page) = shop(&world).await;
    let shown = browser.get(&page).await;
    let movement = field(&shown.is(StatusCode::OK).text, "movement");
    let form = [("movement", movement.as_str()), ("pieces", "6"), ("goods_note", "from Machakos")];
    for _ in 0..3 {
        browser.post(&format!("{page}/restock"), &form).await.leads_to(&format!("{page}?saved"));
    }
    assert_eq!((pieces(&world, &page).await, lines(&world, &page).await), (10, 2));
    let after = browser.get(&format!("{page}?saved")).await;
    after.says("+6 New goods").says("from Machakos").says("then 10").says("Wanjiku Kamau").says("Saved.");
    assert_ne!(field(&after.text, "movement"), movement, "the next form is another line");
}

#[tokio::test]
async fn a_correction_says_how_many_more_or_how_many_there_are() {
    let world = World::new().await;
    let (mut browser, page) = shop(&world).await;
    let adjust = format!("{page}/adjust");
    browser.post(&adjust, &[("change", "-1"), ("note", "broken")]).await.leads_to(&format!("{page}?saved"));
    assert_eq!(pieces(&world, &page).await, 3);
    browser.post(&adjust, &[("counted", "7")]).await.leads_to(&format!("{page}?saved"));
    assert_eq!((pieces(&world, &page).await, lines(&world, &page).await), (7, 3));
    browser.post(&adjust, &[("counted", "7")]).await.leads_to(&format!("{page}?saved"));
    assert_eq!(lines(&world, &page).await, 3, "what fits is no line");
    browser.get(&page).await.says("−1 Corrected").says("+4 Corrected").says("broken");
}

#[tokio::test]
async fn what_is_no_number_of_pieces_changes_nothing_and_stays_in_the_form() {
    let world = World::new().await;
    let (mut browser, page) = shop(&world).await;
    let (restock, adjust, limit) = (format!("{page}/restock"), format!("{page}/adjust"), format!("{page}/limit"));
    for typed in ["", "many", "1.5", "-3", "0", "99999999999999", "100001", "\u{663}"] {
        let answer = browser.post(&restock, &[("pieces", typed), ("goods_note", "kept &")]).await;
        answer.is(StatusCode::UNPROCESSABLE_ENTITY).says("kept &amp;").says(&format!("value=\"{typed}\""));
    }
    for (name, typed) in
        [("change", "1e3"), ("change", "100001"), ("counted", "-1"), ("counted", "1000001"), ("counted", "three")]
    {
        let answer = browser.post(&adjust, &[(name, typed)]).await;
        answer.is(StatusCode::UNPROCESSABLE_ENTITY).says(&format!("value=\"{typed}\""));
    }
    let restocked = browser.post(&restock, &[("pieces", "many")]).await;
    restocked.says("A whole number, please, like 10.");
    assert_eq!(restocked.text.matches(" autofocus").count(), 1, "the page opens where the mistake is");
    let neither = [("change", ""), ("counted", " ")];
    browser.post(&adjust, &neither).await.is(StatusCode::UNPROCESSABLE_ENTITY).says("Fill in one of the two");
    let both = [("change", "1"), ("counted", "2")];
    browser.post(&adjust, &both).await.is(StatusCode::UNPROCESSABLE_ENTITY).says("Fill in one of the two");
    let long = "x".repeat(201);
    browser.post(&adjust, &[("change", "1"), ("note", &long)]).await.is(StatusCode::UNPROCESSABLE_ENTITY);
    let odd = browser.post(&adjust, &[("change", "1"), ("reason", "gift")]).await;
    odd.is(StatusCode::UNPROCESSABLE_ENTITY).says("no field “reason”");
    // Below zero, and a limit that is none.
    browser
        .post(&adjust, &[("change", "-5")])
        .await
        .is(StatusCode::UNPROCESSABLE_ENTITY)
        .says("at most 4 can be taken, there are no more");
    for typed in ["-1", "few", "", "1000001"] {
        browser.post(&limit, &[("version", "1"), ("limit", typed)]).await.is(StatusCode::UNPROCESSABLE_ENTITY);
    }
    assert_eq!((pieces(&world, &page).await, lines(&world, &page).await), (4, 1));
    assert_eq!(world.number("select count(*) from audit_log where action like 'stock_%'").await, 0);
}

#[tokio::test]
async fn the_limit_is_changed_in_the_list_and_two_people_meet() {
    let world = World::new().await;
    let (mut browser, page) = shop(&world).await;
    browser.get(STOCK).await.is(StatusCode::OK).says("Kiondo").says_not("badge--wait");
    let version = field(&browser.get(STOCK).await.text, "version");
    let form = [
        ("version", version.as_str()),
        ("seen", "{\"limit\":\"0\"}"),
        ("limit", "5"),
        ("from", "/dashboard/stock?filter=all"),
    ];
    browser.post(&format!("{page}/limit"), &form).await.leads_to("/dashboard/stock?filter=all&saved");
    browser.get("/dashboard/stock?filter=low").await.says("Kiondo").says("badge--wait");
    browser.get("/dashboard/stock?filter=out").await.says_not("Kiondo</a>");
    // As on the page of today, a draft is neither low nor sold out.
    world.sql("update products set status = 'draft' where name = 'Kiondo'").await;
    browser.get("/dashboard/stock?filter=low").await.says_not("Kiondo</a>");
    browser.get(STOCK).await.says("Kiondo</a>");
    world.sql("update products set status = 'active' where name = 'Kiondo'").await;
    browser.get("/dashboard/stock?words=kiodno").await.says("Kiondo</a>");
    browser.get("/dashboard/stock?words=%25_%5C").await.says("Nothing fits here.");
    browser.get("/dashboard/stock?filter=nonsense&page=-7&product=x").await.is(StatusCode::OK);
    // The same form again is an older version: what stands there now is laid beside it.
    let met = browser.post(&format!("{page}/limit"), &[form[0], form[1], ("limit", "2")]).await;
    met.is(StatusCode::CONFLICT).says("somebody changed this");
    let away = [form[0], form[1], ("limit", "x"), ("from", "https://elsewhere.test")];
    browser.post(&format!("{page}/limit"), &away).await.is(StatusCode::UNPROCESSABLE_ENTITY);
    assert_eq!(world.number("select count(*) from product_variants where low_stock_threshold = 5").await, 1);
    world.db.logged(&["stock_limit_changed"]).await;
}

#[tokio::test]
async fn another_merchants_shelf_is_nothing() {
    let world = World::new().await;
    let (mut browser, _) = shop(&world).await;
    let page = format!("{STOCK}/{}", world.theirs.variants[0]);
    browser.get(&page).await.is(StatusCode::NOT_FOUND);
    browser.post(&format!("{page}/restock"), &[("pieces", "5")]).await.is(StatusCode::NOT_FOUND);
    browser.post(&format!("{page}/adjust"), &[("counted", "5")]).await.is(StatusCode::NOT_FOUND);
    browser.post(&format!("{page}/limit"), &[("version", "1"), ("limit", "5")]).await.is(StatusCode::NOT_FOUND);
    browser.get(&format!("{STOCK}?product={}", world.theirs.product)).await.says_not("Kikoi");
    browser.get(&format!("{STOCK}/not-an-id")).await.is(StatusCode::NOT_FOUND);
    assert_eq!(
        world
            .number(&format!("select count(*) from inventory_movements where tenant_id = '{}'", world.theirs.tenant))
            .await,
        2
    );
}

#[tokio::test]
async fn who_holds_goods_is_named_with_the_hour_and_giving_back_closes_that_order() {
    let world = World::new().await;
    let (mut browser, page) = shop(&world).await;
    let id = page.rsplit('/').next().unwrap();
    world
        .sql(&format!(
            "with o as (
                 insert into orders (tenant_id, store_id, order_number, status, payment_method, customer_name, customer_phone)
                 select v.tenant_id, p.store_id, 1001, 'awaiting_payment', 'mpesa', 'Achieng Otieno', '+254712345678'
                 from product_variants v join products p on p.tenant_id = v.tenant_id and p.id = v.product_id
                 where v.id = '{id}'
                 returning tenant_id, id
             )
             insert into stock_holds (tenant_id, order_id, variant_id, quantity, expires_at)
             select tenant_id, id, '{id}', 3, now() + interval '20 minutes' from o"
        ))
        .await;
    let until = world
        .text(&format!(
            "select to_char(expires_at at time zone 'Africa/Nairobi', 'YYYY-MM-DD\"T\"HH24:MI') from stock_holds where variant_id = '{id}'"
        ))
        .await;
    let order = world.text("select id::text from orders where order_number = 1001").await;
    let release = format!("{page}/release");
    let shown = browser.get(&page).await;
    shown.says("Order 1001").says("Achieng Otieno").says(&format!("datetime=\"{until}\"")).says(&release);
    shown.says("Giving back closes the order").says_not("What is being paid now");
    let held = browser.post(&format!("{page}/adjust"), &[("change", "-2")]).await;
    held.says("at most 1 can be taken, the rest is promised to orders");
    assert_eq!(field(&shown.text, "order"), order);
    browser.post(&release, &[("order", world.theirs.product.to_string().as_str())]).await.is(StatusCode::NOT_FOUND);
    browser.post(&release, &[("order", order.as_str()), ("all", "1")]).await.is(StatusCode::UNPROCESSABLE_ENTITY);
    assert_eq!(world.number("select count(*) from stock_holds where released_at is null").await, 1);
    browser.post(&release, &[("order", order.as_str())]).await.leads_to(&format!("{page}?released"));
    browser
        .get(&format!("{page}?released"))
        .await
        .says("The goods are back on the shelf")
        .says("Nobody holds any of it.");
    assert_eq!(world.text("select status from orders where order_number = 1001").await, "cancelled");
    assert_eq!(pieces(&world, &page).await, 4, "held goods had not left the shelf");
    browser.post(&release, &[("order", order.as_str())]).await.is(StatusCode::UNPROCESSABLE_ENTITY);
}

#[tokio::test]
async fn a_count_is_begun_left_found_again_and_applied() {
    let world = World::new().await;
    let (mut browser, page) = shop(&world).await;
    let counts = format!("{STOCK}/counts");
    let id = field(&browser.get(&counts).await.is(StatusCode::OK).text, "count");
    let begin = [("count", id.as_str()), ("part", "search"), ("words", "kiondo"), ("category", "")];
    let count = format!("{counts}/{id}");
    browser.post(&counts, &begin).await.leads_to(&count);
    browser.post(&counts, &begin).await.leads_to(&count);
    let variant = page.rsplit('/').next().unwrap();
    let (name, seen) = (format!("count-{variant}"), format!("seen-{variant}"));
    let fields = |typed| [(name.as_str(), typed), (seen.as_str(), ""), ("page", "1")];
    for typed in ["many", "-1", "1000001", "1.5"] {
        let answer = browser.post(&format!("{count}/lines"), &fields(typed)).await;
        answer.is(StatusCode::UNPROCESSABLE_ENTITY).says(&format!("value=\"{typed}\""));
    }
    browser.post(&format!("{count}/apply"), &[]).await.is(StatusCode::CONFLICT).says("Nothing was counted yet");
    browser.post(&format!("{count}/lines"), &fields("3")).await.leads_to(&format!("{count}?page=1&saved"));
    browser.post(&format!("{count}/lines"), &fields("2")).await.is(StatusCode::CONFLICT).says("came to another number");
    // Left and found again.
    let listed = browser.get(&counts).await;
    listed.says("1 of 1 counted · 1 differs");
    let again = browser.get(&count).await;
    assert_eq!(field(&again.text, &name), "3");
    again.says("ledger 4").says("1 fewer");
    assert!(between(&again.text, "<h1>", "</h1>").contains("kiondo"));
    for _ in 0..2 {
        let answer = browser.post(&format!("{count}/apply"), &[("note", "fell down")]).await;
        answer.leads_to(&format!("{count}?applied"));
    }
    assert_eq!((pieces(&world, &page).await, lines(&world, &page).await), (3, 2));
    browser.get(&page).await.says(&format!("href=\"{count}\"")).says("fell down");
    browser.get(&count).await.says("Applied").says_not("name=\"note\"");
    browser.post(&format!("{count}/lines"), &fields("9")).await.is(StatusCode::UNPROCESSABLE_ENTITY);
    let over = browser.post(&format!("{count}/cancel"), &[]).await;
    over.is(StatusCode::UNPROCESSABLE_ENTITY).says("This was not done").says("was applied or put away already");
}

#[tokio::test]
async fn the_variants_of_one_product_are_counted_together() {
    let world = World::new().await;
    let (mut browser, page) = shop(&world).await;
    let id = page.rsplit('/').next().unwrap();
    world
        .sql(&format!(
            "insert into product_variants (tenant_id, product_id, name, price_cents, position)
             select tenant_id, product_id, 'Large', price_cents, 1 from product_variants where id = '{id}';
             insert into products (tenant_id, store_id, name, slug, status)
             select p.tenant_id, p.store_id, 'Kiondo', 'kiondo-again', 'active'
             from products p join product_variants v on v.tenant_id = p.tenant_id and v.product_id = p.id where v.id = '{id}';
             insert into product_variants (tenant_id, product_id)
             select tenant_id, id from products where slug = 'kiondo-again'"
        ))
        .await;
    let product = world.text(&format!("select product_id::text from product_variants where id = '{id}'")).await;
    let shown = browser.get(&format!("{STOCK}?product={product}")).await;
    shown.is(StatusCode::OK).says("<h1>Kiondo</h1>").says(&format!("/dashboard/products/{product}/variants"));
    shown.says("Count these").says("2 lines");
    let count = field(&shown.text, "count");
    let begin = [("count", count.as_str()), ("part", "product"), ("product", product.as_str())];
    let at = format!("{STOCK}/counts/{count}");
    for _ in 0..2 {
        browser.post(&format!("{STOCK}/counts"), &begin).await.leads_to(&at);
    }
    browser.get(&at).await.says("<h1>Kiondo</h1>").says("0 of 2 counted").says("Kiondo, Large");
    // Scanned, a variant stands before those that merely belong to it.
    let large = world.text("select id::text from product_variants where name = 'Large'").await;
    let row = [
        ("0.id", large.as_str()),
        ("0.version", "1"),
        ("0.seen", "{}"),
        ("0.sku", "KIO-L"),
        ("0.barcode", "6161100"),
        ("0.price", "1,250"),
        ("0.active", "on"),
    ];
    let variants = format!("/dashboard/products/{product}/variants");
    browser.post(&variants, &row).await.leads_to(&format!("{variants}?kept#grid"));
    for scanned in ["6161100", "kio-l"] {
        let found = browser.get(&format!("{STOCK}?words={scanned}")).await.text.clone();
        let at = |name: &str| found.find(name).unwrap_or_else(|| panic!("no {name} in {found}"));
        assert!(at(">Kiondo, Large</a>") < at(">Kiondo</a>"), "{scanned}: {found}");
        let found = browser.get(&format!("/dashboard/products?words={scanned}")).await.text.clone();
        let at = |name: &str| found.find(name).unwrap_or_else(|| panic!("no {name} in {found}"));
        assert!(at(">Large<") < at(">One kind<"), "{scanned}: {found}");
    }
    let theirs = world.theirs.product.to_string();
    let foreign = [("part", "product"), ("product", theirs.as_str())];
    browser.post(&format!("{STOCK}/counts"), &foreign).await.is(StatusCode::NOT_FOUND);
    let none = [("part", "product"), ("product", "none")];
    browser.post(&format!("{STOCK}/counts"), &none).await.is(StatusCode::UNPROCESSABLE_ENTITY);
    assert_eq!(world.number("select count(*) from stock_counts").await, 1);
}

#[tokio::test]
async fn what_is_typed_when_a_count_is_applied_was_counted() {
    let world = World::new().await;
    let (mut browser, page) = shop(&world).await;
    let counts = format!("{STOCK}/counts");
    let id = field(&browser.get(&counts).await.is(StatusCode::OK).text, "count");
    let (count, lines_at) = (format!("{counts}/{id}"), format!("{counts}/{id}/lines"));
    browser.post(&counts, &[("count", id.as_str()), ("part", "search"), ("words", "kiondo")]).await.leads_to(&count);
    let apply = format!("{count}/apply");
    browser.get(&count).await.says(&format!("formaction=\"{apply}\"")).says("data-wake=\"leaving\"");
    let variant = page.rsplit('/').next().unwrap();
    let (name, before) = (format!("count-{variant}"), format!("seen-{variant}"));
    let fields = |typed, seen| {
        [(name.as_str(), typed), (before.as_str(), seen), ("page", "1"), ("only", ""), ("note", "fell down")]
    };
    let refused = browser.post(&apply, &fields("many", "")).await;
    refused.is(StatusCode::UNPROCESSABLE_ENTITY).says("value=\"many\"").says("value=\"fell down\"");
    assert_eq!((pieces(&world, &page).await, lines(&world, &page).await), (4, 1));
    // The reason outlives a page of numbers that is saved before.
    browser.post(&lines_at, &fields("2", "")).await.is(StatusCode::OK).says("Saved.").says("value=\"fell down\"");
    for _ in 0..2 {
        browser.post(&apply, &fields("3", "2")).await.leads_to(&format!("{count}?applied"));
    }
    assert_eq!((pieces(&world, &page).await, lines(&world, &page).await), (3, 2));
    browser.get(&page).await.says("−1 Corrected").says("fell down");
    let late = browser.post(&apply, &fields("1", "3")).await;
    late.is(StatusCode::UNPROCESSABLE_ENTITY).says("was applied or put away already").says("<h1>kiondo</h1>");
    assert_eq!(pieces(&world, &page).await, 3);
}

#[tokio::test]
async fn the_pages_speak_swahili_and_the_mail_can_be_switched_off() {
    let world = World::new().await;
    let (mut browser, page) = shop(&world).await;
    browser.get(STOCK).await.says("Write to me at seven").says("checked");
    browser.post(&format!("{STOCK}/mail"), &[]).await.leads_to("/dashboard/stock?saved");
    assert_eq!(world.number("select count(*) from users where not stock_mail").await, 1);
    world.sql("update users set locale = 'sw'").await;
    browser.get(STOCK).await.says("Za kuuza").says("Stoki");
    browser.get(&page).await.says("Bidhaa mpya zimefika").says("Daftari");
    browser.get(&format!("{STOCK}/counts")).await.says("Hesabu za rafu");
}
