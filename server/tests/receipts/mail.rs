//! The mail of a paid order: asked for in the transaction that pays it, once, and with the receipt's address in it.

use crate::{
    orders::{form, staff, try_to_place, walk},
    world::World,
};
use duka::{
    checkout::{
        forms::CheckoutForm,
        place_order::Placed,
        take_by_hand::{ByHand, HandPayment, take_by_hand},
    },
    db::directory::ShopHost,
    kernel::{access::Role, id::MailId, money::Money},
    mail::letter::{About, To, open},
    orders::status::OrderStatus,
};

async fn accepted(world: &World, email: &str) -> Placed {
    let form = CheckoutForm { email: email.into(), ..form("cod", 1) };
    let placed = try_to_place(world, &world.njeri, 1, form).await.expect("the order is placed");
    walk(world, &world.njeri, placed.order, &[OrderStatus::Packing]).await;
    placed
}

async fn pay(world: &World, placed: &Placed, shillings: i64, key: &str) {
    let staff = staff(world, &world.njeri, Role::Staff).await;
    let given = HandPayment {
        how: ByHand::Cash,
        amount: Money::shillings(shillings),
        brought_by: None,
        note: None,
        key: key.into(),
    };
    take_by_hand(&staff, placed.order, &given).await.unwrap();
}

async fn waiting(world: &World) -> Vec<MailId> {
    let mut everything = world.db.superuser().await;
    let ids: Vec<uuid::Uuid> =
        sqlx::query_scalar("select id from mails where kind = 'order_paid' and recipient = 'buyer'")
            .fetch_all(&mut everything)
            .await
            .unwrap();
    ids.into_iter().map(MailId::from).collect()
}

#[tokio::test]
async fn a_buyer_with_an_address_is_written_to_once_with_the_receipt() {
    let world = World::new().await;
    let placed = accepted(&world, "amina@barua.test").await;
    pay(&world, &placed, 500, "k1").await;
    assert_eq!(waiting(&world).await.len(), 0, "a part is no reason to write");
    pay(&world, &placed, 650, "k2").await;
    pay(&world, &placed, 650, "k2").await;
    let mails = waiting(&world).await;
    assert_eq!(mails.len(), 1);
    let letter = open(&world.app.platform, world.njeri.tenant, mails[0]).await.unwrap().expect("a letter");
    assert!(matches!(&letter.to, To::Mail(email) if email.as_str() == "amina@barua.test"));
    assert_eq!(letter.about.path(), format!("/orders/{}/receipt", placed.token.hex()));
    let About::OrderPaid { number, total, page, .. } = letter.about else { panic!("another letter") };
    assert_eq!((number, total), (1_001.into(), Money::shillings(1_150)));
    assert_eq!(page.host, ShopHost::Subdomain("mama-njeri".into()));
}

#[tokio::test]
async fn a_buyer_without_an_address_is_not_written_to() {
    let world = World::new().await;
    let placed = accepted(&world, "").await;
    pay(&world, &placed, 1_150, "k").await;
    assert_eq!(world.count("select count(*) from mails").await, 0);
    assert_eq!(world.count("select count(*) from receipts").await, 1);
}

#[tokio::test]
async fn a_buyer_who_was_erased_meanwhile_is_left_alone() {
    let world = World::new().await;
    let placed = accepted(&world, "amina@barua.test").await;
    pay(&world, &placed, 1_150, "k").await;
    let mails = waiting(&world).await;
    world.sql("update orders set customer_email = null").await;
    assert!(open(&world.app.platform, world.njeri.tenant, mails[0]).await.unwrap().is_none());
    assert_eq!(world.count("select count(*) from mails where status = 'dropped'").await, 1);
}
