//! Parcels on their way: given to riders, proved by a code, brought back, tried again, and what that costs.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test fails here, with a sentence")]

mod board;
mod coming_back;
mod door;
mod giving;
#[allow(dead_code, reason = "each program of tests uses its part of it")]
#[path = "../people/merchant.rs"]
mod merchant;
#[allow(dead_code, reason = "each program of tests uses its part of it")]
#[path = "../cash/orders.rs"]
mod orders;
mod side_by_side;
#[allow(dead_code, reason = "each program of tests uses its part of it")]
#[path = "../http/world.rs"]
mod world;

use duka::{
    checkout::{
        dispatch::{Handing, Rider, give},
        place_order::Placed,
    },
    ctx::Ctx,
    db::testing::Shop,
    kernel::{
        access::Role,
        id::{OrderId, ParcelId},
        money::Money,
        phone::Phone,
        token::Token,
    },
    orders::status::OrderStatus,
    vault::Purpose,
};
use world::{NJERI, World};

/// Otieno, for KSh 100 a parcel.
pub fn otieno() -> Handing {
    named("Otieno Okoth", "0722 000 111")
}

pub fn named(name: &str, phone: &str) -> Handing {
    let rider = Rider::Named { name: name.into(), phone: Phone::parse(phone).unwrap() };
    Handing { rider, cost: Money::shillings(100) }
}

/// A cash order that is packed, KSh 1,150 to collect.
pub async fn packed(world: &World, shop: &Shop) -> Placed {
    let placed = orders::place(world, shop, "cod").await;
    orders::walk(world, shop, placed.order, &[OrderStatus::Packing]).await;
    placed
}

/// A packed order that costs nothing more at the door.
pub async fn packed_and_paid(world: &World, shop: &Shop) -> Placed {
    let placed = packed(world, shop).await;
    let staff = orders::staff(world, shop, Role::Staff).await;
    let typed = duka::kernel::typed::Typed::default().with("amount", "1150").with("how", "cash").with("key", "paid");
    let given = duka::checkout::take_by_hand::HandPayment::read(&typed, duka::kernel::currency::Currency::Kes).unwrap();
    duka::checkout::take_by_hand::take_by_hand(&staff, placed.order, &given).await.unwrap();
    placed
}

pub async fn version(world: &World, order: OrderId) -> i32 {
    let version = world.count(&format!("select version::bigint from orders where id = '{order}'")).await;
    i32::try_from(version).unwrap()
}

/// Gives an order away as it stands now.
pub async fn send_out(world: &World, shop: &Shop, order: OrderId) -> ParcelId {
    let staff = orders::staff(world, shop, Role::Staff).await;
    give(&staff, order, version(world, order).await, &otieno()).await.expect("it goes out")
}

/// The rider's link that works now.
pub async fn link(world: &World, ctx: &Ctx, order: OrderId) -> Token {
    let id =
        text(world, &format!("select id::text from rider_links where order_id = '{order}' and ended_at is null")).await;
    let mut tx = ctx.tx().await.unwrap();
    ctx.key(&mut tx).await.unwrap().token(Purpose::RiderLink, id.parse().unwrap())
}

/// The code on the page of Njeri's buyer.
pub async fn code(world: &World, placed: &Placed) -> String {
    code_at(world, NJERI, placed).await
}

/// The code on the buyer's page at one shop.
pub async fn code_at(world: &World, host: &str, placed: &Placed) -> String {
    let page = world.get(host, &format!("/orders/{}", placed.token.hex())).await.text();
    let rest = page.split("Delivery code</span> <b>").nth(1).unwrap_or_else(|| panic!("no code in {page}"));
    rest.split('<').next().unwrap().to_owned()
}

/// Another code than that.
pub fn wrong(code: &str) -> String {
    let number: u32 = code.parse().unwrap();
    format!("{:04}", (number + 1) % 10_000)
}

pub async fn text(world: &World, statement: &str) -> String {
    let mut everything = world.db.superuser().await;
    sqlx::query_scalar(sqlx::AssertSqlSafe(statement.to_owned())).fetch_one(&mut everything).await.expect("a text")
}

/// Everything that a verb of dispatch could have changed, as one line.
pub async fn picture(world: &World) -> String {
    text(
        world,
        "select concat_ws(' ',
             (select string_agg(concat_ws(':', id, status, payment_status, version, has_failed_delivery), ' ' order by id) from orders),
             (select string_agg(concat_ws(':', id, status, attempt, is_current, failure, notes, wrong_codes, cost_cents), ' ' order by id) from delivery_orders),
             (select string_agg(concat_ws(':', id, name, phone), ' ' order by id) from delivery_partners),
             (select string_agg(concat_ws(':', id, ended_at is null), ' ' order by id) from rider_links),
             (select string_agg(concat_ws(':', id, rider_note), ' ' order by id) from customer_addresses),
             (select count(*) from order_status_history), (select count(*) from ledger_entries),
             (select count(*) from audit_log where action <> 'signed_in'))",
    )
    .await
}

/// `status attempt failure` of the try that counts, or of the last one.
pub async fn parcel(world: &World, order: OrderId) -> String {
    text(
        world,
        &format!(
            "select concat_ws(' ', status, attempt, failure) from delivery_orders where order_id = '{order}' order by attempt desc limit 1"
        ),
    )
    .await
}
