//! Where a parcel is comes by call and by clock; a call alone is never believed, and nothing is taken back.

use crate::{
    network::{Network, RONGAI},
    world::{Answer, NJERI, PLATFORM},
};
use axum::body::Body;
use chrono::TimeDelta;
use duka::{
    checkout::parcels::{book_parcel, follow, follow_due},
    kernel::{id::OrderId, token::Token},
    vault::Purpose,
};
use http::{Request, StatusCode, header};
use serde_json::json;

const KEPT: &str = "select count(*) from mpesa_callbacks_raw where kind = 'delivery'";

/// A parcel that the partner has.
async fn booked() -> (Network, OrderId) {
    let network = Network::open().await;
    let order = network.paid_order().await;
    book_parcel(&network.njeri(), order, network.agent(RONGAI).await).await.unwrap();
    network.work().await;
    network.until_heard(1).await;
    network.work().await;
    (network, order)
}

/// Where Njeri's account tells of parcels.
pub async fn hook(network: &Network) -> String {
    let ctx = network.njeri();
    let partner = network.partner(&network.world.njeri).await;
    let mut tx = ctx.tx().await.unwrap();
    let token = ctx.key(&mut tx).await.unwrap().token(Purpose::DeliveryHook, partner.uuid());
    format!("/hooks/delivery/{}", token.hex())
}

pub async fn call(network: &Network, host: &str, path: &str, body: &str) -> Answer {
    let request = Request::post(path).header(header::HOST, host).header(header::CONTENT_TYPE, "application/json");
    network.world.send(request.body(Body::from(body.to_owned())).unwrap()).await
}

#[tokio::test]
async fn a_call_moves_parcel_and_order_and_the_buyer_sees_it() {
    let (network, order) = booked().await;
    network.pull(json!({ "state": "in_transit" })).await;
    network.until_heard(2).await;
    network.work().await;
    assert_eq!(network.standing().await, "booked 1 -, in_transit PM-66001 24000");
    assert_eq!(network.order_status().await, "dispatched");
    network.pull(json!({ "state": "delivered", "hooks": 3 })).await;
    network.until_heard(5).await;
    network.work().await;
    assert_eq!(network.standing().await, "booked 1 -, delivered PM-66001 24000");
    assert_eq!(network.order_status().await, "delivered");
    let moves = "select string_agg(to_status, ' ' order by to_status) from order_status_history where note = 'Pickup Mtaani PM-66001'";
    assert_eq!(network.text(moves).await, "delivered dispatched packing", "once each, with whose parcel it was");
    assert_eq!(
        network
            .world
            .count("select count(*) from delivery_orders where delivered_at is not null and dispatched_at is not null")
            .await,
        1
    );
    let token = crate::booking::token_of(&network, order).await;
    let mut buyer = crate::world::Browser::new(&network.world, NJERI);
    let page = buyer.get(&format!("/orders/{}", token.hex())).await.text();
    assert!(
        page.contains("Your parcel") && page.contains("PM-66001") && page.contains("It has been handed out."),
        "{page}"
    );
    assert_eq!(network.world.count("select count(*) from delivery_partners where heard_at is not null").await, 1);
}

#[tokio::test]
async fn without_any_call_the_clock_finds_where_it_is() {
    let (network, _) = booked().await;
    network.pull(json!({ "state": "delivered", "hooks": 0 })).await;
    follow_due(&network.njeri()).await.unwrap();
    network.work().await;
    assert_eq!(network.order_status().await, "paid", "it was asked about a moment ago");
    network.clock.advance(TimeDelta::hours(1));
    follow_due(&network.njeri()).await.unwrap();
    network.work().await;
    assert_eq!(network.order_status().await, "delivered");
    assert_eq!(network.standing().await, "booked 1 -, delivered PM-66001 24000");
}

#[tokio::test]
async fn a_parcel_and_its_order_move_together_or_stay_for_the_next_look() {
    let (network, _) = booked().await;
    network.pull(json!({ "state": "delivered", "hooks": 0 })).await;
    network
        .world
        .sql(
            "create function keep_it() returns trigger language plpgsql as $$ begin raise exception 'kept'; end $$;
             create trigger keep_it before update on orders for each row when (new.status = 'delivered') execute function keep_it()",
        )
        .await;
    let (platform, tenant, parcel) = (&network.world.app.platform, network.world.njeri.tenant, network.parcel().await);
    assert!(follow(platform, tenant, parcel).await.is_err());
    assert_eq!(network.standing().await, "booked 1 -, accepted PM-66001 24000", "it is asked about again");
    assert_eq!(network.order_status().await, "paid");
    network.world.sql("drop trigger keep_it on orders").await;
    network.follow().await;
    assert_eq!(network.standing().await, "booked 1 -, delivered PM-66001 24000");
    assert_eq!(network.order_status().await, "delivered");
}

#[tokio::test]
async fn a_forged_call_that_says_delivered_changes_nothing() {
    let (network, _) = booked().await;
    let hook = hook(&network).await;
    let before = network.world.count(KEPT).await;
    let lie = json!({ "event_type": "package.delivered", "timestamp": 1, "data": { "package_id": 66_001, "state": "delivered" } });
    assert_eq!(call(&network, PLATFORM, &hook, &lie.to_string()).await.status, StatusCode::OK);
    assert_eq!(network.world.count(KEPT).await, before + 1, "kept word for word before it is acknowledged");
    assert_eq!(
        network.text("select raw_body from mpesa_callbacks_raw order by received_at desc, id desc limit 1").await,
        lie.to_string()
    );
    network.work().await;
    assert_eq!(network.standing().await, "booked 1 -, accepted PM-66001 24000");
    assert_eq!(network.order_status().await, "paid");
}

#[tokio::test]
async fn calls_about_nothing_are_kept_with_a_word_and_a_made_up_address_is_nothing() {
    let (network, _) = booked().await;
    let hook = hook(&network).await;
    for (body, outcome) in [
        ("not json", "malformed"),
        (r#"{"event_type":"package.delivered"}"#, "malformed"),
        (r#"{"event_type":"package.delivered","data":{"package_id":1}}"#, "unknown_reference"),
        (r#"{"event_type":"invoice.paid","data":{}}"#, "not_for_us"),
    ] {
        assert_eq!(call(&network, PLATFORM, &hook, body).await.status, StatusCode::OK);
        network.work().await;
        let said = network.text("select outcome from mpesa_callbacks_raw order by received_at desc, id desc limit 1");
        assert_eq!(said.await, outcome, "{body}");
    }
    let kept = network.world.count(KEPT).await;
    for wrong in [format!("/hooks/delivery/{}", Token::random().hex()), "/hooks/delivery/short".to_owned()] {
        assert_eq!(call(&network, PLATFORM, &wrong, "{}").await.status, StatusCode::NOT_FOUND, "{wrong}");
    }
    assert_eq!(call(&network, NJERI, &hook, "{}").await.status, StatusCode::NOT_FOUND, "hooks are the platform's");
    assert_eq!(network.world.count(KEPT).await, kept);
    assert_eq!(network.standing().await, "booked 1 -, accepted PM-66001 24000");
}

#[tokio::test]
async fn what_was_heard_late_takes_nothing_back() {
    let (network, _) = booked().await;
    network.pull(json!({ "state": "in_transit", "hooks": 0 })).await;
    network.follow().await;
    network.pull(json!({ "state": "pending", "hooks": 0 })).await;
    network.follow().await;
    assert_eq!(network.standing().await, "booked 1 -, in_transit PM-66001 24000");
    network.pull(json!({ "state": "delivered", "hooks": 0 })).await;
    network.follow().await;
    network.pull(json!({ "state": "cancelled", "hooks": 0 })).await;
    network.follow().await;
    assert_eq!(network.standing().await, "booked 1 -, delivered PM-66001 24000");
}

#[tokio::test]
async fn a_cancelled_parcel_can_be_booked_again_and_leaves_the_order_to_people() {
    let (network, order) = booked().await;
    network.pull(json!({ "state": "cancelled", "hooks": 0 })).await;
    network.follow().await;
    assert_eq!(network.standing().await, "booked 1 -, failed PM-66001 24000");
    assert_eq!(network.order_status().await, "paid");
    book_parcel(&network.njeri(), order, network.agent(RONGAI).await).await.unwrap();
    network.work().await;
    assert_eq!(network.standing().await, "booked 1 -, accepted PM-66002 24000");
}

#[tokio::test]
async fn a_partner_that_is_away_is_not_asked_about_every_parcel_and_booking_goes_on() {
    let (network, _) = booked().await;
    let asked = network.count_received("GET", "/packages/agent-agent").await;
    network.fault("500", 5).await;
    for _ in 0..8 {
        network.follow().await;
    }
    let now = network.count_received("GET", "/packages/agent-agent").await;
    assert_eq!(now - asked, 5, "then it is left in peace, and nobody waits for it");
    assert_eq!(network.standing().await, "booked 1 -, accepted PM-66001 24000");
    let order = network.paid_order().await;
    book_parcel(&network.njeri(), order, network.agent(RONGAI).await).await.unwrap();
    network.book_after(TimeDelta::zero()).await;
    assert_eq!(network.standing().await, "booked 1 -, accepted PM-66002 24000");
}

#[tokio::test]
async fn a_parcel_that_comes_to_nothing_on_its_way_waits_on_the_board_unless_a_rider_has_it() {
    for (with_rider, failed) in [(false, 1), (true, 0)] {
        let (network, _) = booked().await;
        network.world.sql("update orders set status = 'dispatched'").await;
        if with_rider {
            network
                .world
                .sql(
                    "insert into delivery_orders (tenant_id, order_id, status, is_current, attempt)
                     select tenant_id, id, 'in_transit', true, 2 from orders",
                )
                .await;
        }
        network.pull(json!({ "state": "cancelled", "hooks": 0 })).await;
        network.follow().await;
        assert_eq!(network.standing().await, "booked 1 -, failed PM-66001 24000");
        assert_eq!(network.world.count("select count(*) from orders where has_failed_delivery").await, failed);
    }
}

#[tokio::test]
async fn while_the_partner_is_away_a_parcel_stays_where_it_was_and_a_call_is_read_again() {
    let (network, _) = booked().await;
    network.pull(json!({ "state": "in_transit", "hooks": 0 })).await;
    network.fault("500", 1).await;
    network.follow().await;
    assert_eq!(network.standing().await, "booked 1 -, accepted PM-66001 24000");
    network.fault("500", 1).await;
    let told = json!({ "event_type": "package.state_changed", "data": { "package_id": 66_001 } }).to_string();
    assert_eq!(call(&network, PLATFORM, &hook(&network).await, &told).await.status, StatusCode::OK);
    network.work().await;
    assert_eq!(network.world.count("select count(*) from mpesa_callbacks_raw where processed_at is null").await, 1);
    network.follow().await;
    assert_eq!(network.order_status().await, "dispatched");
}
