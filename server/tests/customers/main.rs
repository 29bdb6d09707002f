//! Those who buy: found, known, asked what they want, grouped, and forgotten when they ask for it.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test fails here, with a sentence")]

mod erasing;
mod followed;
mod given;
mod groups;
mod known;
mod list;
mod lists;
#[allow(dead_code, reason = "each program of tests uses its part of it")]
#[path = "../people/merchant.rs"]
mod merchant;
#[allow(dead_code, reason = "each program of tests uses its part of it")]
#[path = "../cash/orders.rs"]
mod orders;
#[path = "../http/paper.rs"]
mod paper;
mod places;
mod profile;
mod said;
mod shoppers;
mod silence;
mod strangers;
mod texts;
mod told;
#[allow(dead_code, reason = "each program of tests uses its part of it")]
#[path = "../http/world.rs"]
mod world;

use duka::{
    checkout::{forms::CheckoutForm, place_order::Placed},
    db::testing::Shop,
    kernel::id::CustomerId,
};
use world::World;

/// Somebody orders one of the first good in cash, with this name and phone.
async fn order_of(world: &World, shop: &Shop, name: &str, phone: &str) -> Placed {
    let form = CheckoutForm { name: name.into(), phone: phone.into(), ..orders::form("cod", 1) };
    orders::try_to_place(world, shop, 1, form).await.expect("the order is placed")
}

/// Who that phone is to a shop.
async fn customer_of(world: &World, shop: &Shop, phone: &str) -> CustomerId {
    let mut everything = world.db.superuser().await;
    let id: uuid::Uuid = sqlx::query_scalar("select id from customers where tenant_id = $1 and phone = $2")
        .bind(shop.tenant.uuid())
        .bind(phone)
        .fetch_one(&mut everything)
        .await
        .expect("a customer");
    id.into()
}

/// Everything that a verb about customers could have changed, as one line.
async fn picture(world: &World) -> String {
    let mut everything = world.db.superuser().await;
    sqlx::query_scalar(
        "select concat_ws(' ',
             (select string_agg(concat_ws(':', id, first_name, last_name, email, tags, version, erase_asked_at), ' ' order by id) from customers),
             (select string_agg(concat_ws(':', id, label, instructions, rider_note, is_default, version), ' ' order by id) from customer_addresses),
             (select string_agg(concat_ws(':', id, name, version), ' ' order by id) from customer_groups),
             (select count(*) from customer_consents), (select count(*) from audit_log where action <> 'signed_in'))",
    )
    .fetch_one(&mut everything)
    .await
    .expect("a picture")
}
