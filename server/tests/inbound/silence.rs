//! What the log keeps to itself of people who pay by hand: numbers, names, what they typed, and where we are told.

use crate::{
    merchant::member,
    paper::Paper,
    provider::told,
    till::order,
    world::{World, field},
};
use duka::kernel::access::Role;
use serde_json::json;

#[tokio::test(flavor = "multi_thread")]
async fn questions_and_news_of_money_leave_nobody_in_the_log() {
    let world = World::new().await;
    let token = world.takes(&world.njeri, "paybill").await;
    order(&world, "mpesa_paybill", "Amina Wanjiru", "0711223344").await;
    let paper = Paper::begin();
    order(&world, "mpesa_paybill", "Jane Otieno", "0733000222").await;
    let mut owner = member(&world, &world.njeri, Role::Owner).await.browser;
    let validation = format!("/hooks/c2b/{}/validation", token.hex());
    for account in ["0711 223 344", "rent of mwende"] {
        let mut body = told("UD25M0RR9Z", 1_150, account);
        body["MSISDN"] = json!("254722000111");
        body["MiddleName"] = json!("KERUBO");
        assert_eq!(world.call(&validation, body.to_string()).await.status, 200);
        body["TransID"] = json!(format!("UD25M0R{:03}", account.len()));
        world.money(&token, &body).await;
    }
    let broken = format!("/hooks/c2b/{}/confirmation", token.hex());
    world.call(&broken, "{\"FirstName\":\"KERUBO\",\"MSISDN\":\"254722000111\"").await;
    world.work().await;
    let inbox = "/dashboard/payments/inbox";
    let page = owner.get(inbox).await.text();
    assert!(page.contains("rent of mwende"), "{page}");
    let payment = world.text("select id::text from payments where order_id is null").await;
    owner.get(&format!("{inbox}/{payment}?words=0711223344")).await;
    let seen = field(&owner.get(&format!("{inbox}/{payment}?words=1002")).await.text(), "seen");
    let nobody = [("order", payment.as_str()), ("amount", "1150"), ("seen", seen.as_str())];
    assert_ne!(owner.post(&format!("{inbox}/{payment}/assign"), &nobody).await.status, 303, "no order has that id");

    let (token, hash) = (token.hex(), token.hash_hex());
    let secrets = [
        "711223344",
        "711 223 344",
        "722000111",
        "733000222",
        "otieno",
        "amina",
        "wanjiru",
        "kerubo",
        "mwende",
        "mpaka road",
        token.as_str(),
        hash.as_str(),
    ];
    paper.expect_silence(&["money landed", "insert into mpesa_callbacks_raw"], &secrets);
}
