//! Money at a till, where nobody types an account: it waits with proposals, and payers are learned.

use crate::{
    merchant::member,
    provider::told,
    world::{Browser, NJERI, World},
};
use duka::kernel::{access::Role, token::Token};
use serde_json::{Value, json};

/// Places an order of the first good by whoever has this phone, paid by hand at the till.
pub async fn order(world: &World, method: &str, name: &str, phone: &str) -> String {
    let mut shopper = Browser::new(world, NJERI);
    let variant = world.njeri.variants[0].to_string();
    shopper.post("/cart/items", &[("variant", &variant), ("quantity", "1")]).await;
    let placed = shopper
        .post(
            "/checkout",
            &[
                ("idempotency_key", phone),
                ("seen_total_cents", "115000"),
                ("name", name),
                ("phone", phone),
                ("area", "Westlands"),
                ("street", "Mpaka Road"),
                ("payment_method", method),
            ],
        )
        .await;
    assert_eq!(placed.status, 303, "{}", placed.text());
    placed.header("location").to_owned()
}

fn at_till(receipt: &str, msisdn: &str, name: &str, world: &World) -> Value {
    let mut body = told(receipt, 1_150, "");
    body["TransactionType"] = json!("Buy Goods");
    body["BusinessShortCode"] = json!("5556667");
    body["MSISDN"] = json!(msisdn);
    body["FirstName"] = json!(name);
    let now = world.app.platform.clock.now() + chrono::TimeDelta::hours(3);
    body["TransTime"] = json!(now.format("%Y%m%d%H%M%S").to_string());
    body
}

#[tokio::test(flavor = "multi_thread")]
async fn till_money_is_proposed_and_a_payer_is_known_once_a_person_has_said_so() {
    let world = World::new().await;
    let token: Token = world.takes(&world.njeri, "till").await;
    // A husband's phone pays for her order, another customer owes the same.
    order(&world, "mpesa_till", "Amina Wanjiru", "0711223344").await;
    order(&world, "mpesa_till", "Jane Otieno", "0722000111").await;
    let husband = "7".repeat(64);
    let husband = husband.as_str();
    world.money(&token, &at_till("UD25M0RR7C", husband, "PETER", &world)).await;
    assert_eq!(world.count("select count(*) from orders where payment_status <> 'unpaid'").await, 0);

    let mut staff = member(&world, &world.njeri, Role::Staff).await;
    let page = staff.browser.get("/dashboard/payments/inbox").await.text();
    assert!(page.contains("Put KSh 1,150 on order 1001") && page.contains("Put KSh 1,150 on order 1002"), "{page}");
    assert!(!page.contains("this payer paid for this customer before"));
    let payment = world.text("select id::text from payments").await;
    let amina = world.text("select id::text from orders where order_number = 1001").await;
    let path = format!("/dashboard/payments/inbox/{payment}/assign");
    let done = staff.browser.post(&path, &[("order", &amina), ("amount", "1150"), ("seen", "115000")]).await;
    assert_eq!((done.status.as_u16(), done.header("location")), (303, "/dashboard/payments/inbox?assigned"));
    assert_eq!(
        world.count("select count(*) from known_payers k join orders o on o.customer_id = k.customer_id where o.order_number = 1001").await,
        1
    );

    // She buys again, and so does Jane; the same phone pays.
    order(&world, "mpesa_till", "Jane Otieno", "0722000111").await;
    order(&world, "mpesa_till", "Amina Wanjiru", "0711223344").await;
    world.money(&token, &at_till("UD25M0RR8D", husband, "PETER", &world)).await;
    let page = staff.browser.get("/dashboard/payments/inbox").await.text();
    let first = page.find("Put KSh 1,150 on order").unwrap();
    assert!(page[first..].starts_with("Put KSh 1,150 on order 1004"), "{page}");
    assert!(page.contains("this payer paid for this customer before"), "{page}");
}
