//! A file that comes in while the same goods are sold: neither waits for the other in a circle.

use crate::world::{World, rows};
use sqlx::{AssertSqlSafe, Connection as _};
use std::time::Duration;

const FILE: &str =
    "Handle,Title,Option1 Name,Option1 Value,Variant Price\nkikoi,Kikoi,Colour,Blue,1100\nkikoi,,,Red,1600\n";

/// Until somebody waits for a lock.
async fn until_waiting(world: &World) {
    let waiting =
        "select count(*) from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'";
    let end = tokio::time::Instant::now() + Duration::from_secs(20);
    while world.ask::<(i64,)>(waiting).await.0 == 0 {
        assert!(tokio::time::Instant::now() < end, "nobody waits");
        tokio::time::sleep(Duration::from_millis(10)).await;
    }
}

#[tokio::test]
async fn who_buys_while_a_file_comes_in_has_the_goods_first_and_their_product_after() {
    let world = World::new().await;
    let product = world.shop.product;
    // As an order does: the goods' rows, and then lines that name their product.
    let mut connection = world.db.superuser().await;
    let mut buying = connection.begin().await.unwrap();
    let goods = format!("select id from product_variants where product_id = '{product}' order by id for update");
    sqlx::raw_sql(AssertSqlSafe(goods)).execute(&mut *buying).await.unwrap();
    let order = async {
        until_waiting(&world).await;
        let line = format!("select id from products where id = '{product}' for key share nowait");
        sqlx::raw_sql(AssertSqlSafe(line)).execute(&mut *buying).await.expect("the file does not hold it");
        buying.commit().await.unwrap();
    };
    let (report, ()) = tokio::join!(world.bring(FILE), order);
    assert_eq!(rows(&report), ["2 updated", "3 updated"]);
}

#[tokio::test]
async fn what_a_file_holds_can_still_be_put_into_carts() {
    let world = World::new().await;
    let product = world.shop.product;
    // The file holds the product by now, and waits for the number that cached pages are known by.
    let mut connection = world.db.superuser().await;
    let mut reading = connection.begin().await.unwrap();
    let number = format!("select id from tenants where id = '{}' for no key update", world.shop.tenant);
    sqlx::raw_sql(AssertSqlSafe(number)).execute(&mut *reading).await.unwrap();
    let cart = async {
        until_waiting(&world).await;
        let row = format!("select id from products where id = '{product}' for key share nowait");
        sqlx::raw_sql(AssertSqlSafe(row)).execute(&mut *reading).await.expect("a line of a cart may name it");
        reading.commit().await.unwrap();
    };
    let (report, ()) = tokio::join!(world.bring(FILE), cart);
    assert_eq!(report.updated, 1);
}
