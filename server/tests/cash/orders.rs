//! Orders to begin with: placed by a shopper, moved by staff, looked at by the superuser.

use crate::world::World;
use duka::{
    checkout::{
        forms::CheckoutForm,
        move_order::move_order,
        place_order::{Placed, Refused, place_order},
    },
    ctx::Ctx,
    db::testing::Shop,
    kernel::{
        access::{Actor, Role},
        id::{CartId, OrderId, UserId},
        locale::Locale,
        token::Token,
    },
    orders::status::OrderStatus,
};

pub const PHONE: &str = "0711 223 344";

/// A shopper's own surroundings.
pub fn shopper(world: &World, shop: &Shop) -> Ctx {
    Ctx::new(world.app.platform.clone(), shop.tenant, Actor::Shopper)
}

/// Somebody of that role.
pub async fn staff(world: &World, shop: &Shop, role: Role) -> Ctx {
    let (tenant, user) = (shop.tenant, UserId::mint());
    world
        .sql(&format!(
            "insert into users (tenant_id, id, email, role) values ('{tenant}', '{user}', '{user}@duka.test', '{}')",
            role.as_str()
        ))
        .await;
    Ctx::new(world.app.platform.clone(), tenant, Actor::Member { user, role })
}

/// A cart of so many of the first good, at KSh 1,000 each.
pub async fn cart(world: &World, shop: &Shop, quantity: i32) -> Token {
    let (tenant, store, cart, token) = (shop.tenant, shop.store, CartId::mint(), Token::random());
    world
        .sql(&format!(
            "insert into carts (tenant_id, id, store_id, cart_token) values ('{tenant}', '{cart}', '{store}', '{}');
             insert into cart_items (tenant_id, cart_id, product_id, variant_id, quantity, unit_price_cents, line_total_cents)
             values ('{tenant}', '{cart}', '{}', '{}', {quantity}, 100000, 100000 * {quantity})",
            token.hash_hex(),
            shop.product,
            shop.variants[0],
        ))
        .await;
    token
}

/// The checkout form over such a cart.
pub fn form(method: &str, quantity: i32) -> CheckoutForm {
    CheckoutForm {
        idempotency_key: "key".into(),
        seen_total_cents: (100_000 * i64::from(quantity) + 15_000).to_string(),
        name: "Amina Wanjiru".into(),
        phone: PHONE.into(),
        area: "Westlands".into(),
        street: "Mpaka Road, blue gate".into(),
        payment_method: method.into(),
        ..CheckoutForm::default()
    }
}

pub async fn try_to_place(world: &World, shop: &Shop, quantity: i32, form: CheckoutForm) -> Result<Placed, Refused> {
    let cart = cart(world, shop, quantity).await;
    place_order(&shopper(world, shop), shop.store, &cart, Locale::En, form).await
}

/// One of the first good, delivered to Westlands: KSh 1,150.
pub async fn place(world: &World, shop: &Shop, method: &str) -> Placed {
    try_to_place(world, shop, 1, form(method, 1)).await.expect("the order is placed")
}

/// Moves an order along as staff do.
pub async fn walk(world: &World, shop: &Shop, order: OrderId, way: &[OrderStatus]) {
    let staff = staff(world, shop, Role::Staff).await;
    for to in way {
        let version = world.count(&format!("select version::bigint from orders where id = '{order}'")).await;
        let version = i32::try_from(version).expect("a small number");
        move_order(&staff, order, version, *to, None).await.expect("the order moves");
    }
}

/// A cash order that somebody has accepted and sent.
pub async fn on_the_way(world: &World, shop: &Shop) -> Placed {
    let placed = place(world, shop, "cod").await;
    walk(world, shop, placed.order, &[OrderStatus::Packing, OrderStatus::Dispatched]).await;
    placed
}

/// `status payment_status`.
pub async fn standing(world: &World, order: OrderId) -> String {
    let mut everything = world.db.superuser().await;
    sqlx::query_scalar(sqlx::AssertSqlSafe(format!(
        "select status || ' ' || payment_status from orders where id = '{order}'"
    )))
    .fetch_one(&mut everything)
    .await
    .expect("an order")
}

/// What stands on an order by the ledger, and what waits to be given back for it, in shillings.
pub async fn money(world: &World, order: OrderId) -> (i64, i64) {
    let on = world
        .count(&format!(
            "select coalesce(sum(amount_cents), 0)::bigint / 100 from ledger_entries where order_id = '{order}'"
        ))
        .await;
    let owed = world
        .count(&format!(
            "select coalesce(sum(amount_cents), 0)::bigint / 100 from refunds where order_id = '{order}' and status = 'pending'"
        ))
        .await;
    (on, owed)
}

/// Every transfer of the ledger sums to nothing, and no place but the world is below nothing.
pub async fn the_ledger_is_sound(world: &World) {
    let crooked = world
        .count(
            "select count(*) from (
                 select 1 from ledger_entries group by transfer_id having sum(amount_cents) <> 0 or count(*) <> 2
                 union all
                 select 1 from ledger_entries where place <> 'outside'
                 group by payment_id, place, order_id, customer_id, refund_id having sum(amount_cents) < 0
             ) wrong",
        )
        .await;
    assert_eq!(crooked, 0);
}
