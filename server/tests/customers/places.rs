//! Where things go: kept from orders, told better by riders, and never shown to anybody else.

use super::{
    customer_of,
    merchant::member,
    orders::{self, try_to_place},
    picture,
    shoppers::come_in,
    texts::{begin, switch_on},
    world::{World, field},
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

/// The form of a place as the page has it, with one field typed anew.
fn filled<'a>(html: &str, place: CustomerAddressId, name: &'a str, typed: &str) -> Vec<(&'a str, String)> {
    let form = html.split(&format!("/places/{place}\"")).nth(1).unwrap();
    let area = |name: &str| form.split(&format!("name=\"{name}\"")).nth(1).unwrap().split_once('>').unwrap().1;
    let told = |name: &str| area(name).split("</textarea>").next().unwrap().trim_start_matches('\n').to_owned();
    let mut fields = vec![
        ("version", field(form, "version")),
        ("seen", field(form, "seen").replace("&quot;", "\"")),
        ("label", field(form, "label")),
        ("instructions", told("instructions")),
        ("rider_note", told("rider_note")),
        ("is_default", "on".to_owned()),
    ];
    fields.retain(|(known, _)| *known != name);
    fields.push((name, typed.to_owned()));
    fields
}

#[tokio::test]
async fn what_a_rider_found_while_staff_wrote_is_shown_and_not_lost() {
    let world = World::new().await;
    let bought = order(&world, to("Mpaka Road, blue gate", "opposite the mosque")).await;
    let amina = customer_of(&world, &world.njeri, AMINA).await;
    let mut everything = world.db.superuser().await;
    let place: uuid::Uuid =
        sqlx::query_scalar("select id from customer_addresses").fetch_one(&mut everything).await.unwrap();
    let place = CustomerAddressId::from(place);
    let page = format!("/dashboard/customers/{amina}");
    let path = format!("{page}/places/{place}");
    let mut staff = member(&world, &world.njeri, Role::Staff).await;
    let opened = staff.browser.get(&page).await.text();
    assert!(note(&world, bought, "ring twice").await);

    let long = filled(&opened, place, "label", &"x".repeat(41));
    let long: Vec<(&str, &str)> = long.iter().map(|(name, value)| (*name, value.as_str())).collect();
    let refused = staff.browser.post(&path, &long).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    // Mended; it was read before the rider wrote, and still says so.
    let home = filled(&refused.text(), place, "label", "Home");
    let home: Vec<(&str, &str)> = home.iter().map(|(name, value)| (*name, value.as_str())).collect();
    let met = staff.browser.post(&path, &home).await;
    assert_eq!(met.status, StatusCode::CONFLICT, "{}", met.text());
    assert!(met.text().contains("<dd>ring twice</dd>"), "{}", met.text());
    let both = filled(&met.text(), place, "label", "Home");
    let both: Vec<(&str, &str)> = both.iter().map(|(name, value)| (*name, value.as_str())).collect();
    assert_eq!(staff.browser.post(&path, &both).await.status, StatusCode::SEE_OTHER);
    let kept = "select count(*) from customer_addresses where label = 'Home' and rider_note = 'ring twice'";
    assert_eq!(world.count(kept).await, 1);
}

#[tokio::test]
async fn a_shoppers_own_form_keeps_what_they_wrote_and_the_version_it_was_read_at() {
    let (world, sandbox) = begin().await;
    switch_on(&world, "key").await;
    order(&world, to("Mpaka Road, blue gate", "opposite the mosque")).await;
    let mut amina = come_in(&world, &sandbox, "0711223344").await;
    let mut everything = world.db.superuser().await;
    let place: uuid::Uuid =
        sqlx::query_scalar("select id from customer_addresses").fetch_one(&mut everything).await.unwrap();
    let path = format!("/account/addresses/{place}");
    // Somebody of the shop is faster than the first try.
    world.sql("update customer_addresses set instructions = 'by the well', version = 2").await;
    let long = "x".repeat(501);
    let refused = amina.post(&path, &[("version", "1"), ("instructions", &long)]).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert_eq!(field(&refused.text(), "version"), "1", "what they did has not been seen yet");
    let met = amina.post(&path, &[("version", "1"), ("instructions", "my own words")]).await;
    assert_eq!((met.status, field(&met.text(), "version").as_str()), (StatusCode::CONFLICT, "2"));
    assert!(met.text().contains("by the well") && met.text().contains("my own words"), "{}", met.text());
    let saved = amina.post(&path, &[("version", "2"), ("instructions", "my own words")]).await;
    assert_eq!(saved.header("location"), "/account/addresses?saved");
}
