//! Pictures put elsewhere, described, tied to a variant, taken down; and two people at once.

use crate::{
    samples::png,
    sending::{add, address, rows, staff, stored},
    world::{Browser, NJERI, World, field},
};
use duka::{
    catalog::pictures::{change_picture, remove_picture},
    ctx::Ctx,
    kernel::{access::Actor, id::ImageId, typed::Typed},
};
use http::StatusCode;
use sqlx::{AssertSqlSafe, Connection as _};
use std::time::Duration;

/// Three pictures of the first merchant's product; their ids in order.
async fn three(world: &World) -> Vec<String> {
    let who = staff(world).await;
    let files = [("a.png", png(40, 40, 1)), ("b.png", png(40, 40, 2)), ("c.png", png(40, 40, 3))];
    assert_eq!(add(world, &who, &files).await.status, StatusCode::SEE_OTHER);
    ordered(world).await
}

async fn ordered(world: &World) -> Vec<String> {
    rows(world, "select id::text from product_images order by position, id").await
}

/// The form of one picture as a browser would send it, with some of it typed anew.
async fn change(browser: &mut Browser<'_>, page: &str, path: &str, alt: &str, variant: &str) -> crate::world::Answer {
    let (version, seen) = (field(page, "version"), field(page, "seen").replace("&quot;", "\""));
    browser.post(path, &[("version", &version), ("seen", &seen), ("alt_text", alt), ("variant", variant)]).await
}

#[tokio::test]
async fn a_picture_goes_where_it_is_put_and_saying_it_twice_ends_the_same() {
    let world = World::new().await;
    let ids = three(&world).await;
    let mut who = staff(&world).await;
    let all = address(&world);
    let path = format!("{all}/{}/place", ids[2]);
    let order = field(&who.browser.get(&all).await.text(), "order");
    for _ in 0..2 {
        let moved = who.browser.post(&path, &[("place", "0"), ("order", &order)]).await;
        assert_eq!(
            (moved.status, moved.header("location")),
            (StatusCode::SEE_OTHER, format!("{all}#picture-{}", ids[2]).as_str())
        );
        assert_eq!(ordered(&world).await, [&*ids[2], &ids[0], &ids[1]]);
    }
    assert_eq!(world.count("select count(*) from audit_log where action = 'pictures_reordered'").await, 1);
    let order = field(&who.browser.get(&all).await.text(), "order");
    who.browser.post(&path, &[("place", "99"), ("order", &order)]).await;
    assert_eq!(ordered(&world).await, ids, "behind the last is the last");
    for wrong in ["-1", "", "two"] {
        let refused = who.browser.post(&path, &[("place", wrong), ("order", &order)]).await;
        assert_eq!(refused.status, StatusCode::NOT_FOUND);
    }
    assert_eq!(ordered(&world).await, ids);
}

#[tokio::test]
async fn two_people_put_pictures_in_order_and_the_second_sees_what_the_first_has_done() {
    let world = World::new().await;
    let ids = three(&world).await;
    let (mut hers, mut mine) = (staff(&world).await, staff(&world).await);
    let all = address(&world);
    let place = |id: &str| format!("{all}/{id}/place");
    let seen = field(&mine.browser.get(&all).await.text(), "order");
    let moved = hers.browser.post(&place(&ids[2]), &[("place", "0"), ("order", &seen)]).await;
    assert_eq!(moved.status, StatusCode::SEE_OTHER);
    let hers_now = [&*ids[2], &ids[0], &ids[1]];
    // A form without an order has seen none.
    for order in [seen.as_str(), ""] {
        let met = mine.browser.post(&place(&ids[0]), &[("place", "2"), ("order", order)]).await;
        assert_eq!(met.status, StatusCode::CONFLICT);
        assert!(met.text().contains("Somebody changed the pictures or their order since you opened this page"));
        assert_eq!(ordered(&world).await, hers_now, "nothing was moved");
    }
    let met = mine.browser.post(&place(&ids[0]), &[("place", "2"), ("order", &seen)]).await.text();
    let first = met.split(&format!("id=\"picture-{}\"", ids[2])).nth(1).unwrap().split("</li>").next().unwrap();
    assert!(first.contains("was picture 3"), "{first}");
    let order = field(&met, "order");
    let again = [("place", "2"), ("order", order.as_str())];
    assert_eq!(mine.browser.post(&place(&ids[0]), &again).await.status, StatusCode::SEE_OTHER);
    assert_eq!(ordered(&world).await, [&*ids[2], &ids[1], &ids[0]]);
    assert_eq!(world.count("select count(*) from audit_log where action = 'pictures_reordered'").await, 2);
}

#[tokio::test]
async fn a_picture_that_is_taken_down_stays_down_and_its_files_stay_for_orders() {
    let world = World::new().await;
    let ids = three(&world).await;
    let files = stored(&world);
    let mut who = staff(&world).await;
    let path = format!("{}/{}/remove", address(&world), ids[0]);
    for _ in 0..2 {
        assert_eq!(who.browser.post(&path, &[]).await.status, StatusCode::SEE_OTHER);
        assert_eq!(ordered(&world).await, ids[1..]);
    }
    assert_eq!(world.count("select count(*) from audit_log where action = 'picture_removed'").await, 1);
    assert_eq!(stored(&world), files);
    let gone = who.browser.get(&format!("{}/{}", address(&world), ids[0])).await;
    assert_eq!(gone.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn a_picture_is_described_and_stands_for_one_variant() {
    let world = World::new().await;
    let ids = three(&world).await;
    let [blue, red] = world.njeri.variants.map(|variant| variant.to_string());
    let mut who = staff(&world).await;
    let one = |at: usize| format!("{}/{}", address(&world), ids[at]);
    let page = who.browser.get(&one(1)).await.text();
    let saved = change(&mut who.browser, &page, &one(1), "A red kikoi, folded", &red).await;
    assert_eq!(
        (saved.status, saved.header("location")),
        (StatusCode::SEE_OTHER, format!("{}?saved", address(&world)).as_str())
    );
    let tied = "select concat_ws(' ', v.name, i.position) from product_variants v join product_images i on i.id = v.image_id and i.variant_id = v.id";
    assert_eq!(rows(&world, tied).await, ["Red 1"]);

    let shop = world.get(NJERI, "/p/kikoi").await.text();
    assert!(shop.contains("alt=\"A red kikoi, folded\""), "{shop}");
    let urls = rows(&world, "select url from product_images order by position").await;
    let order = |html: &str| {
        let gallery = html.split_once("class=\"gallery").unwrap().1.split_once("</div>").unwrap().0.to_owned();
        let mut places: Vec<usize> = (0..3).collect();
        places.sort_by_key(|at| gallery.find(urls[*at].as_str()).unwrap());
        places
    };
    assert_eq!(order(&shop), [0, 1, 2], "as the merchant has them");
    let asked = world.get(NJERI, &format!("/p/kikoi?variant={red}")).await.text();
    assert_eq!(order(&asked), [1, 0, 2], "the chosen one first");
    let asked = world.get(NJERI, &format!("/p/kikoi?variant={blue}")).await.text();
    assert_eq!(order(&asked), [0, 1, 2]);

    // Another picture for the same variant takes the first one's place, and only there.
    let page = who.browser.get(&one(0)).await.text();
    assert_eq!(change(&mut who.browser, &page, &one(0), "", &red).await.status, StatusCode::SEE_OTHER);
    assert_eq!(rows(&world, tied).await, ["Red 0"]);
    let page = who.browser.get(&one(0)).await.text();
    assert_eq!(change(&mut who.browser, &page, &one(0), "", "").await.status, StatusCode::SEE_OTHER);
    assert_eq!(rows(&world, tied).await, Vec::<String>::new());
    assert_eq!(
        rows(&world, "select alt_text from product_images where alt_text is not null").await,
        ["A red kikoi, folded"]
    );
    world.db.logged(&["picture_changed"]).await;
}

#[tokio::test]
async fn two_people_describe_one_picture_and_nothing_of_either_is_lost() {
    let world = World::new().await;
    let ids = three(&world).await;
    let (mut hers, mut mine) = (staff(&world).await, staff(&world).await);
    let path = format!("{}/{}", address(&world), ids[0]);
    let page = mine.browser.get(&path).await.text();
    let red = world.njeri.variants[1].to_string();
    assert_eq!(change(&mut hers.browser, &page, &path, "Folded", "").await.status, StatusCode::SEE_OTHER);
    let met = change(&mut mine.browser, &page, &path, "", &red).await;
    assert_eq!(met.status, StatusCode::CONFLICT);
    let again = met.text();
    assert_eq!(field(&again, "alt_text"), "Folded", "hers has come in");
    assert!(again.contains(&format!("<option value=\"{red}\" selected")), "mine is still chosen: {again}");
    assert_eq!(world.count("select count(*) from product_images where variant_id is not null").await, 0);
    assert_eq!(change(&mut mine.browser, &again, &path, "Folded", &red).await.status, StatusCode::SEE_OTHER);
    assert_eq!(
        world.count("select count(*) from product_images where variant_id is not null and alt_text = 'Folded'").await,
        1
    );
}

#[tokio::test]
async fn a_description_that_is_none_comes_back_and_nothing_changes() {
    let world = World::new().await;
    let ids = three(&world).await;
    let mut who = staff(&world).await;
    let path = format!("{}/{}", address(&world), ids[0]);
    let page = who.browser.get(&path).await.text();
    let theirs = world.kilimani.variants[0].to_string();
    for (alt, variant, said) in [
        ("a".repeat(251), "", "This is too long."),
        ("bell \u{7}".to_owned(), "", "This holds characters that cannot be read."),
        ("Folded".to_owned(), "nonsense", "Choose one from the list."),
        ("Folded".to_owned(), theirs.as_str(), "Choose one from the list."),
    ] {
        let refused = change(&mut who.browser, &page, &path, &alt, variant).await;
        assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
        let text = refused.text();
        assert!(text.contains(said), "{text}");
        assert!(text.contains(&alt), "what was typed is still there");
    }
    assert_eq!(world.count("select count(*) from product_images where alt_text is null and version = 1").await, 3);
    assert_eq!(
        world.count("select count(*) from product_variants where image_id is not null or version <> 1").await,
        0
    );
}

/// Until somebody waits for a lock; `is_over` when they will not any more.
async fn until_waiting(world: &World, is_over: impl Fn() -> bool) {
    let waiting =
        "select count(*) from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'";
    let end = tokio::time::Instant::now() + Duration::from_secs(20);
    while world.count(waiting).await == 0 {
        assert!(tokio::time::Instant::now() < end && !is_over(), "nobody waits");
        tokio::time::sleep(Duration::from_millis(10)).await;
    }
}

#[tokio::test]
async fn who_ties_or_takes_down_a_picture_waits_for_the_goods_without_holding_their_product() {
    let world = World::new().await;
    let ids = three(&world).await;
    let (product, [blue, red]) = (world.njeri.product, world.njeri.variants);
    let picture = ImageId::parse(&ids[1]).unwrap();
    let ctx = || Ctx::new(world.app.platform.clone(), world.njeri.tenant, Actor::Program);
    let tied_to = |variant: &str| Typed::default().with("alt_text", "Folded").with("variant", variant);
    change_picture(&ctx(), product, picture, 1, &tied_to(&red.to_string())).await.unwrap();
    for takes_down in [false, true] {
        // As an order does: the goods' rows, and then lines that name their product.
        let mut connection = world.db.superuser().await;
        let mut buying = connection.begin().await.unwrap();
        let goods = format!("select id from product_variants where product_id = '{product}' order by id for update");
        sqlx::raw_sql(AssertSqlSafe(goods)).execute(&mut *buying).await.unwrap();
        let (ctx, typed) = (ctx(), tied_to(&blue.to_string()));
        let doing = tokio::spawn(async move {
            if takes_down {
                remove_picture(&ctx, product, picture).await
            } else {
                change_picture(&ctx, product, picture, 2, &typed).await
            }
        });
        until_waiting(&world, || doing.is_finished()).await;
        let row = format!("select id from products where id = '{product}' for update nowait");
        sqlx::raw_sql(AssertSqlSafe(row)).execute(&mut *buying).await.expect("nobody holds it");
        buying.commit().await.unwrap();
        doing.await.unwrap().unwrap();
    }
    assert_eq!(world.count("select count(*) from product_variants where image_id is not null").await, 0);
    assert_eq!(ordered(&world).await, [&*ids[0], &ids[2]]);
}
