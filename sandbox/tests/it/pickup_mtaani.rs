//! Parcels: who is where, what one costs, booking it, moving it along at the desk, and the calls about it.

use reqwest::StatusCode;
use serde_json::{Value, json};

use crate::shop::Shop;

const KEY: &str = "shop-key";

async fn get(shop: &Shop, path: &str) -> (StatusCode, Value) {
    let answer = shop.http.get(shop.url(&format!("/pickup-mtaani{path}"))).header("apiKey", KEY).send().await.unwrap();
    (answer.status(), answer.json().await.unwrap())
}

fn parcel() -> Value {
    json!({
        "senderAgentId": 41, "receiverAgentId": 307, "packageName": "ORD10482", "packageValue": 1450,
        "customerName": "Amina W", "customerPhoneNumber": "0711223344", "paymentOption": "vendor", "on_delivery_balance": 0,
    })
}

async fn post(shop: &Shop, path: &str, body: &Value) -> (StatusCode, Value) {
    let url = shop.url(&format!("/pickup-mtaani{path}"));
    let answer = shop.http.post(url).header("apiKey", KEY).json(body).send().await.unwrap();
    (answer.status(), answer.json().await.unwrap())
}

#[tokio::test]
async fn agents_are_found_by_area_and_place_and_a_parcel_between_two_has_a_price() {
    let shop = Shop::open().await;
    let (_, areas) = get(&shop, "/locations/areas").await;
    assert_eq!((areas["totalCount"].as_u64(), &areas["data"][2]), (Some(4), &json!({ "id": 3, "name": "Rongai" })));
    let (_, places) = get(&shop, "/locations?areaId=3").await;
    assert_eq!(places["data"][1], json!({ "id": 32, "name": "Maasai Mall", "zone_id": 3 }));
    let (_, agents) = get(&shop, "/agents?locationId=32").await;
    assert_eq!(agents["data"][1], json!({ "id": 307, "business_name": "Rongai Parcel Point" }));
    let charge = "/delivery-charge/agent-package?senderAgentID=41&receiverAgentID=";
    assert_eq!(get(&shop, &format!("{charge}307")).await.1, json!({ "data": { "price": 240 } }));
    assert_eq!(get(&shop, &format!("{charge}9")).await.0, 404);
}

#[tokio::test]
async fn a_parcel_is_booked_moved_along_at_the_desk_and_told_of() {
    let mut shop = Shop::open().await;
    let (status, _) = post(&shop, "/webhooks/register", &json!({ "webhook_url": shop.callback_url })).await;
    assert_eq!(status, 200);
    let (status, booked) = post(&shop, "/packages/agent-agent?b_id=12", &parcel()).await;
    assert_eq!(status, 201);
    let id = booked["id"].as_u64().unwrap();
    assert_eq!(
        (&booked["state"], &booked["receipt_no"], &booked["delivery_fee"], &booked["receieverAgentID_id"]),
        (&json!("request"), &json!(format!("PM-{id}")), &json!(240), &json!(307))
    );
    assert_eq!(shop.callback().await.json()["event_type"], "package.created");

    let page = shop.http.get(shop.url("/parcels")).send().await.unwrap().text().await.unwrap();
    assert!(page.contains("ORD10482") && page.contains(">On its way</button>") && !page.contains("<script"), "{page}");
    let pressed = shop.http.post(shop.url(&format!("/parcels/{id}"))).body("state=in_transit").send().await.unwrap();
    assert_eq!(pressed.status(), 303);
    let told = shop.callback().await.json();
    assert_eq!((&told["event_type"], &told["data"]["state"]), (&json!("package.state_changed"), &json!("in_transit")));
    assert_eq!(told["data"]["package_id"], id);
    let (_, one) = get(&shop, &format!("/packages/agent-agent?b_id=12&id={id}")).await;
    assert_eq!(one["data"]["state"], "in_transit");
    let (_, mine) = get(&shop, "/packages/agent-agent/mine?b_id=12&pageNumber=0&pageSize=10").await;
    assert_eq!((&mine["totalCount"], &mine["data"][0]["packageName"]), (&json!(1), &json!("ORD10482")));
    assert_eq!(
        get(&shop, "/packages/agent-agent/mine?b_id=13").await.1["totalCount"],
        0,
        "another business has its own"
    );
}

#[tokio::test]
async fn what_makes_no_sense_is_refused_and_books_nothing() {
    let shop = Shop::open().await;
    for (field, value, status) in [
        ("receiverAgentId", json!(9), 404),
        ("customerPhoneNumber", json!("12345"), 422),
        ("paymentOption", json!("customer"), 422),
        ("packageName", json!(""), 422),
        ("packageValue", json!("much"), 422),
    ] {
        let mut wrong = parcel();
        wrong[field] = value;
        assert_eq!(post(&shop, "/packages/agent-agent?b_id=12", &wrong).await.0, status, "{field}");
    }
    assert_eq!(post(&shop, "/packages/agent-agent", &parcel()).await.0, 422, "whose business?");
    let url = shop.url("/pickup-mtaani/locations/areas");
    assert_eq!(shop.http.get(&url).send().await.unwrap().status(), 401);
    assert_eq!(shop.http.get(&url).header("apiKey", "key-wrong").send().await.unwrap().status(), 401);
    assert_eq!(shop.http.get(&url).header("apiKey", "key-away").send().await.unwrap().status(), 503);
    assert_eq!(get(&shop, "/packages/agent-agent/mine?b_id=12").await.1["totalCount"], 0);
    assert_eq!(shop.http.post(shop.url("/parcels/1")).body("state=delivered").send().await.unwrap().status(), 404);
    assert_eq!(shop.http.post(shop.url("/parcels/1")).body("state=lost").send().await.unwrap().status(), 422);
}

#[tokio::test]
async fn a_test_loses_answers_refuses_bookings_and_moves_parcels_in_silence() {
    let shop = Shop::open().await;
    assert_eq!(shop.control("pickup_mtaani", json!({ "lose_answers": 1 })).await.status(), 204);
    let url = shop.url("/pickup-mtaani/packages/agent-agent?b_id=12");
    assert!(shop.http.post(&url).header("apiKey", KEY).json(&parcel()).send().await.is_err(), "the line was cut");
    assert_eq!(get(&shop, "/packages/agent-agent/mine?b_id=12").await.1["totalCount"], 1, "and yet it was booked");
    assert_eq!(shop.control("pickup_mtaani", json!({ "state": "delivered", "hooks": 0 })).await.status(), 204);
    assert_eq!(get(&shop, "/packages/agent-agent/mine?b_id=12").await.1["data"][0]["state"], "delivered");
    assert_eq!(shop.control("pickup_mtaani", json!({ "away_for": "0711 223 344" })).await.status(), 204);
    assert!(
        shop.http.post(&url).header("apiKey", KEY).json(&parcel()).send().await.is_err(),
        "nobody is there for them"
    );
    let mut other = parcel();
    other["customerPhoneNumber"] = json!("0711223345");
    assert_eq!(post(&shop, "/packages/agent-agent?b_id=12", &other).await.0, 201, "and for everybody else there is");
    assert_eq!(get(&shop, "/packages/agent-agent/mine?b_id=12").await.1["totalCount"], 2);
    assert_eq!(shop.control("pickup_mtaani", json!({ "refuse": "No float" })).await.status(), 204);
    assert_eq!(post(&shop, "/packages/agent-agent?b_id=12", &other).await.1["message"], "No float");
    for wrong in [
        json!({ "state": "lost" }),
        json!({ "state": "pending", "parcel": 1 }),
        json!({ "camel": 1 }),
        json!({ "hooks": 201 }),
    ] {
        assert_eq!(shop.control("pickup_mtaani", wrong.clone()).await.status(), 422, "{wrong}");
    }
    assert_eq!(shop.control("reset", json!({})).await.status(), 204);
    assert_eq!(get(&shop, "/packages/agent-agent/mine?b_id=12").await.1["totalCount"], 0);
}
