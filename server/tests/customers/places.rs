//! Where things go: kept from orders, told better by riders, and never shown to anybody else.

use super::{
    customer_of,
    merchant::member,
    orders::{self, try_to_place},
    picture,
    world::World,
};
use duka::{
    checkout::forms::CheckoutForm,
    customers::addresses::{Directions, directions, note_way},
    kernel::{
        access::Role,
        id::{CustomerAddressId, OrderId},
    },
};
use http::StatusCode;

const AMINA: &str = "+254711223344";

fn to(street: &str, told: &str) -> CheckoutForm {
    CheckoutForm { street: street.into(), instructions: told.into(), ..orders::form("cod", 1) }
}

async fn order(world: &World, form: CheckoutForm) -> OrderId {
    try_to_place(world, &world.njeri, 1, form).await.unwrap().order
}

async fn note(world: &World, order: OrderId, words: &str) -> bool {
    let ctx = orders::shopper(world, &world.njeri);
    let mut tx = ctx.tx().await.unwrap();
    let noted = note_way(&mut tx, order, words).await.unwrap();
    tx.commit().await.unwrap();
    noted
}

async fn way_to(world: &World, order: OrderId) -> Directions {
    let ctx = orders::shopper(world, &world.njeri);
    directions(&mut ctx.tx().await.unwrap(), order).await.unwrap()
}

#[tokio::test]
async fn the_riders_note_is_there_at_the_second_order_to_the_same_place_however_it_is_spelled() {
    let world = World::new().await;
    let first = order(&world, to("Mpaka Road, blue gate", "opposite the mosque")).await;
    assert!(note(&world, first, "second blue gate, call at the barrier").await);
    let again = order(&world, to("mpaka road  Blue Gate", "")).await;
    let way = way_to(&world, again).await;
    assert_eq!(way.told.as_deref(), Some("opposite the mosque"));
    assert_eq!(way.found.as_deref(), Some("second blue gate, call at the barrier"));
    assert_eq!(world.count("select count(*) from customer_addresses").await, 1);
    let elsewhere = order(&world, to("Rhapta Road 12", "")).await;
    assert_eq!(way_to(&world, elsewhere).await, Directions::default());
    assert_eq!(world.count("select count(*) from customer_addresses where is_default").await, 1);
}

#[tokio::test]
async fn one_persons_directions_are_nobody_elses_at_the_same_place() {
    let world = World::new().await;
    let hers = order(&world, to("Mpaka Road, blue gate", "ask for Amina")).await;
    note(&world, hers, "third floor").await;
    let form =
        CheckoutForm { name: "Otieno Okoth".into(), phone: "0722 000 111".into(), ..to("Mpaka Road, blue gate", "") };
    let his = order(&world, form.clone()).await;
    assert_eq!(way_to(&world, his).await, Directions::default());
    let theirs = try_to_place(&world, &world.kilimani, 1, CheckoutForm { phone: "0711 223 344".into(), ..form }).await;
    let ctx = orders::shopper(&world, &world.kilimani);
    let way = directions(&mut ctx.tx().await.unwrap(), theirs.unwrap().order).await.unwrap();
    assert_eq!(way, Directions::default(), "the same person at another shop");
    let stranger = orders::shopper(&world, &world.kilimani);
    let mut tx = stranger.tx().await.unwrap();
    assert!(!note_way(&mut tx, hers, "forged").await.unwrap());
    assert_eq!(directions(&mut tx, hers).await.unwrap(), Directions::default());
}

#[tokio::test]
async fn staff_mend_a_place_and_the_address_of_another_customer_is_not_found() {
    let world = World::new().await;
    order(&world, to("Mpaka Road, blue gate", "opposite the mosque")).await;
    let form = CheckoutForm { name: "Otieno Okoth".into(), phone: "0722 000 111".into(), ..to("Rhapta Road 12", "") };
    order(&world, form).await;
    let amina = customer_of(&world, &world.njeri, AMINA).await;
    let otieno = customer_of(&world, &world.njeri, "+254722000111").await;
    let mut everything = world.db.superuser().await;
    let place: uuid::Uuid = sqlx::query_scalar("select id from customer_addresses where customer_id = $1")
        .bind(amina.uuid())
        .fetch_one(&mut everything)
        .await
        .unwrap();
    let place = CustomerAddressId::from(place);
    let form = [
        ("version", "1"),
        ("label", "Home"),
        ("instructions", "opposite the mosque"),
        ("rider_note", "blue gate, ring twice"),
        ("is_default", "on"),
    ];
    let before = picture(&world).await;
    let mut staff = member(&world, &world.njeri, Role::Staff).await;
    let another = staff.browser.post(&format!("/dashboard/customers/{otieno}/places/{place}"), &form).await;
    assert_eq!(another.status, StatusCode::NOT_FOUND);
    let mut stranger = member(&world, &world.kilimani, Role::Owner).await;
    let theirs = stranger.browser.post(&format!("/dashboard/customers/{amina}/places/{place}"), &form).await;
    assert_eq!(theirs.status, StatusCode::NOT_FOUND);
    let long = "x".repeat(501);
    let path = format!("/dashboard/customers/{amina}/places/{place}");
    let refused = staff.browser.post(&path, &[form[0], form[1], ("instructions", &long), form[3]]).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(refused.text().contains("This is too long."));
    assert_eq!(picture(&world).await, before);

    let saved = staff.browser.post(&path, &form).await;
    assert_eq!(saved.header("location"), format!("/dashboard/customers/{amina}?saved"));
    let html = staff.browser.get(&format!("/dashboard/customers/{amina}")).await.text();
    assert!(
        html.contains("Home: Westlands, Mpaka Road, blue gate") && html.contains("blue gate, ring twice"),
        "{html}"
    );
    let twice = staff.browser.post(&path, &form).await;
    assert_eq!(twice.header("location"), format!("/dashboard/customers/{amina}?saved"), "sent twice it is saved once");
    let stale = staff.browser.post(&path, &[form[0], form[1], ("instructions", "green gate"), form[3]]).await;
    assert_eq!(stale.status, StatusCode::CONFLICT);
}
