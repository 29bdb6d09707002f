//! Paying by hand as a shopper sees it: what is offered, what is to be typed, what is missing, what was too much.

use crate::{
    merchant::member,
    provider::told,
    till::order,
    world::{Browser, NJERI, World, field},
};
use duka::kernel::access::Role;
use serde_json::json;

/// What a page says, without its markup.
fn values(html: &str) -> Vec<String> {
    html.split("class=\"by-hand__value\">")
        .skip(1)
        .filter_map(|rest| rest.split('<').next())
        .map(str::to_owned)
        .collect()
}

async fn assign(world: &World, shillings: i64) {
    let mut staff = member(world, &world.njeri, Role::Staff).await;
    let payment = world.text("select payment_id::text from ledger_entries where place = 'inbox' group by payment_id having sum(amount_cents) > 0").await;
    let order = world.text("select id::text from orders where order_number = 1001").await;
    let (amount, seen) = (shillings.to_string(), (shillings * 100).to_string());
    let fields = [("order", order.as_str()), ("amount", amount.as_str()), ("seen", seen.as_str())];
    let done = staff.browser.post(&format!("/dashboard/payments/inbox/{payment}/assign"), &fields).await;
    assert_eq!(done.status, 303, "{}", done.text());
}

#[tokio::test(flavor = "multi_thread")]
async fn a_shop_offers_the_prompt_first_and_its_own_kind_of_account_beside_it() {
    for (kind, offered, not_offered) in [
        (Some("paybill"), vec!["mpesa_stk", "mpesa_paybill", "cod"], vec!["mpesa_till", "card"]),
        (Some("till"), vec!["mpesa_stk", "mpesa_till", "cod"], vec!["mpesa_paybill", "card"]),
        (None, vec!["cod"], vec!["mpesa_stk", "mpesa_paybill", "mpesa_till", "card"]),
    ] {
        let world = World::new().await;
        if let Some(kind) = kind {
            world.takes(&world.njeri, kind).await;
        }
        let mut shopper = Browser::new(&world, NJERI);
        let variant = world.njeri.variants[0].to_string();
        shopper.post("/cart/items", &[("variant", &variant), ("quantity", "1")]).await;
        let html = shopper.get("/checkout").await.text();
        let found: Vec<&str> =
            html.split("name=\"payment_method\" value=\"").skip(1).filter_map(|rest| rest.split('"').next()).collect();
        assert_eq!(found, offered, "{kind:?}");
        for method in not_offered {
            let form = [
                ("idempotency_key", "k"),
                ("seen_total_cents", "115000"),
                ("name", "Amina Wanjiru"),
                ("phone", "0711223344"),
                ("area", "Westlands"),
                ("street", "Mpaka Road"),
                ("payment_method", method),
            ];
            let refused = shopper.post("/checkout", &form).await;
            assert_eq!(refused.status, 422, "{kind:?} {method}");
        }
        assert_eq!(world.count("select count(*) from orders").await, 0, "{kind:?}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn the_orders_page_says_what_to_type_in_both_languages_and_turns_paid() {
    let world = World::new().await;
    let token = world.takes(&world.njeri, "paybill").await;
    let address = order(&world, "mpesa_paybill", "Amina Wanjiru", "0711223344").await;
    assert_eq!(world.count("select count(*) from payments").await, 0, "nothing was attempted");
    let mut shopper = Browser::new(&world, NJERI);
    let english = shopper.get(&address).await.text();
    let swahili = shopper.get(&format!("/sw{address}")).await.text();
    for (html, words) in [
        (&english, ["Pay Bill", "Business number", "Account number", "Amount"]),
        (&swahili, ["Pay Bill", "Nambari ya biashara", "Nambari ya akaunti", "Kiasi"]),
    ] {
        assert_eq!(values(html), ["509731", "1001K", "1150"]);
        for word in words {
            assert!(html.contains(word), "{word}");
        }
    }
    assert!(!english.contains("http-equiv=\"refresh\""), "a page that is being copied from stands still");
    world.money(&token, &told("UD25M0RR7C", 1_150, "1001k")).await;
    let paid = shopper.get(&address).await.text();
    assert!(paid.contains("Paid, thank you") && paid.contains("UD25M0RR7C") && values(&paid).is_empty(), "{paid}");
    let progress: serde_json::Value =
        serde_json::from_str(&shopper.get(&format!("{address}/status")).await.text()).unwrap();
    assert_eq!(progress["payment_status"], json!("paid"));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_till_has_its_own_number_and_no_account() {
    let world = World::new().await;
    world.takes(&world.njeri, "till").await;
    let address = order(&world, "mpesa_till", "Amina Wanjiru", "0711223344").await;
    let html = Browser::new(&world, NJERI).get(&address).await.text();
    assert_eq!(values(&html), ["5556667", "1150"]);
    assert!(html.contains("Buy Goods and Services") && html.contains("Till number"), "{html}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_prompt_that_failed_leads_to_paying_by_hand() {
    let world = World::new().await;
    world.takes(&world.njeri, "paybill").await;
    let address = order(&world, "mpesa_stk", "Amina Wanjiru", "0711223344").await;
    world.sql("update payments set status = 'failed', failure_reason = 'wrong_pin', completed_at = now()").await;
    let html = Browser::new(&world, NJERI).get(&address).await.text();
    assert!(html.contains("The PIN was not right") && html.contains("Or pay it yourself"), "{html}");
    assert_eq!(values(&html), ["509731", "1001K", "1150"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_missing_is_said_and_a_prompt_asks_for_no_more() {
    let world = World::new().await;
    let token = world.takes(&world.njeri, "paybill").await;
    let address = order(&world, "mpesa_paybill", "Amina Wanjiru", "0711223344").await;
    world.money(&token, &told("UD25M0RR7C", 500, "1001K")).await;
    assign(&world, 500).await;
    let mut shopper = Browser::new(&world, NJERI);
    let html = shopper.get(&address).await.text();
    assert!(html.contains("A part has come") && html.contains("KSh 650 is still missing"), "{html}");
    for (name, sum) in [("Paid so far", "KSh 500"), ("Still to pay", "KSh 650")] {
        assert!(html.contains(&format!("<dt>{name}</dt><dd>{sum}</dd>")), "{name}: {html}");
    }
    assert_eq!(values(&html), ["509731", "1001K", "650"]);
    let key = field(&html, "idempotency_key");
    let again = [("idempotency_key", key.as_str()), ("payment_method", "mpesa_stk"), ("mpesa_phone", "0711223344")];
    assert_eq!(shopper.post(&format!("{address}/pay"), &again).await.status, 303);
    assert_eq!(world.count("select amount_cents from payments where attempt_no = 2").await, 65_000);
    world.sql("update payments set status = 'failed', failure_reason = 'cancelled' where attempt_no = 2").await;
    // The rest by hand: exactly what is missing is what the order owes by now.
    world.money(&token, &told("UD25M0RR8D", 650, "1001K")).await;
    assert_eq!(world.text("select payment_status from orders").await, "paid");
    assert!(shopper.get(&address).await.text().contains("Paid, thank you"));
}

#[tokio::test(flavor = "multi_thread")]
async fn what_was_too_much_is_said_and_waits_to_be_sent_back() {
    let world = World::new().await;
    let token = world.takes(&world.njeri, "paybill").await;
    let address = order(&world, "mpesa_paybill", "Amina Wanjiru", "0711223344").await;
    world.money(&token, &told("UD25M0RR7C", 1_200, "1001K")).await;
    assign(&world, 1_200).await;
    let html = Browser::new(&world, NJERI).get(&address).await.text();
    assert!(html.contains("You paid KSh 50 more than the order came to"), "{html}");
    assert_eq!(
        world.text("select concat_ws(' ', status, kind, amount_cents) from refunds").await,
        "pending excess 5000"
    );
}
