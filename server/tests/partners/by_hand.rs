//! A parcel that somebody gave away themselves: whom, its code, where it is; and instead of a partner that is away.

use crate::{
    merchant::member,
    network::{Network, RONGAI},
};
use chrono::TimeDelta;
use duka::{
    checkout::parcels::{HandParcel, book_parcel, say_state, write_down},
    delivery::partners::contract::ParcelState,
    error::AppError,
    kernel::{access::Role, money::Money},
};
use http::StatusCode;
use serde_json::json;

fn coach(code: &str) -> HandParcel {
    HandParcel { carrier: "Easy Coach".to_owned(), code: code.to_owned(), cost: Some(Money::shillings(300)) }
}

#[tokio::test]
async fn a_desk_needs_no_partner_and_its_code_reaches_the_buyer() {
    let network = Network::bare().await;
    let order = network.paid_order().await;
    let mut staff = member(&network.world, &network.world.njeri, Role::Staff).await.browser;
    let page = format!("/dashboard/orders/{order}/parcel");
    let form = [("carrier", "Easy Coach"), ("code", "EC-1180"), ("cost", "300")];
    for _ in 0..2 {
        let answer = staff.post(&page, &form).await;
        assert_eq!((answer.status, answer.header("location")), (StatusCode::SEE_OTHER, page.as_str()));
    }
    assert_eq!(network.standing().await, "booked 0 -, accepted EC-1180 30000");
    assert_eq!(network.world.count("select count(*) from delivery_orders").await, 1, "sent twice it is one");
    let shown = staff.get(&page).await.text();
    assert!(shown.contains("EC-1180") && shown.contains("Where is it?"), "{shown}");
    assert!(shown.contains("Say below where it is.") && !shown.contains("Write the code on the parcel"), "{shown}");
    let cancel = format!("/dashboard/orders/{order}/cancel");
    let warned = staff.get(&cancel).await.text();
    assert!(warned.contains("Easy Coach has its parcel under EC-1180."), "{warned}");
    for (state, order_is) in [("in_transit", "dispatched"), ("delivered", "delivered")] {
        let answer = staff.post(&format!("{page}/state"), &[("state", state)]).await;
        assert_eq!(answer.status, StatusCode::SEE_OTHER, "{}", answer.text());
        assert_eq!(network.order_status().await, order_is);
    }
    assert!(!staff.get(&cancel).await.text().contains("has its parcel"), "it has arrived");
    let token = crate::booking::token_of(&network, order).await;
    let seen = duka::pages::storefront::order::load(&network.njeri(), &token).await.unwrap().sent.unwrap();
    assert_eq!((seen.carrier.as_str(), seen.code.as_str(), seen.agent), ("Easy Coach", "EC-1180", None));
}

#[tokio::test]
async fn while_the_partner_is_away_staff_take_it_elsewhere_and_it_is_not_booked_any_more() {
    let network = Network::open().await;
    let order = network.paid_order().await;
    book_parcel(&network.njeri(), order, network.agent(RONGAI).await).await.unwrap();
    let waiting = network.parcel().await;
    network.fault("refuse", 1_000).await;
    network.book_after(TimeDelta::zero()).await;
    write_down(&network.njeri(), order, &coach("EC-7")).await.unwrap();
    assert_eq!(network.standing().await, "booked 0 -, accepted EC-7 30000");
    network.control("reset", json!({})).await;
    duka::checkout::parcels::book(&network.world.app.platform, network.world.njeri.tenant, waiting).await.unwrap();
    assert_eq!(network.parcels_there().await, 0);
    assert_eq!(network.world.count("select count(*) from partner_parcels where status = 'given_up'").await, 1);
    assert_eq!(network.world.count("select count(*) from delivery_orders").await, 1);
}

#[tokio::test]
async fn what_is_being_booked_or_under_way_is_not_written_over() {
    let network = Network::open().await;
    let order = network.paid_order().await;
    book_parcel(&network.njeri(), order, network.agent(RONGAI).await).await.unwrap();
    network.world.sql("update partner_parcels set status = 'asking', claimed_at = now()").await;
    assert_eq!(write_down(&network.njeri(), order, &coach("EC-7")).await, Err(AppError::ChangedMeanwhile));
    assert_eq!(network.world.count("select count(*) from delivery_orders").await, 0);
    network.world.sql("update partner_parcels set status = 'asked'").await;
    network.work().await;
    assert_eq!(write_down(&network.njeri(), order, &coach("EC-7")).await, Err(AppError::ChangedMeanwhile));
    assert_eq!(say_state(&network.njeri(), order, ParcelState::Delivered).await, Err(AppError::ChangedMeanwhile));
    assert_eq!(
        network.standing().await,
        "booked 1 -, accepted PM-66001 24000",
        "the partner says where its parcels are"
    );
}

#[tokio::test]
async fn wrong_fields_are_named_and_kept_and_strangers_find_nothing() {
    let network = Network::bare().await;
    let order = network.paid_order().await;
    let mut staff = member(&network.world, &network.world.njeri, Role::Staff).await.browser;
    let page = format!("/dashboard/orders/{order}/parcel");
    let answer = staff.post(&page, &[("carrier", "Easy Coach"), ("code", " "), ("cost", "a lot")]).await;
    let text = answer.text();
    assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(text.contains("Please fill this in.") && text.contains("value=\"Easy Coach\""), "{text}");
    let unknown = staff.post(&page, &[("carrier", "x"), ("code", "y"), ("bribe", "1")]).await;
    assert_eq!(unknown.status, StatusCode::UNPROCESSABLE_ENTITY);
    let mut viewer = member(&network.world, &network.world.njeri, Role::Viewer).await.browser;
    assert_eq!(viewer.post(&page, &[("carrier", "x"), ("code", "y")]).await.status, StatusCode::FORBIDDEN);
    assert_eq!(viewer.get(&page).await.status, StatusCode::OK);
    let mut neighbour = member(&network.world, &network.world.kilimani, Role::Owner).await.browser;
    assert_eq!(neighbour.get(&page).await.status, StatusCode::NOT_FOUND);
    assert_eq!(neighbour.post(&page, &[("carrier", "x"), ("code", "y")]).await.status, StatusCode::NOT_FOUND);
    network.world.sql("update orders set status = 'cancelled'").await;
    assert_eq!(write_down(&network.njeri(), order, &coach("EC-7")).await, Err(AppError::ChangedMeanwhile));
    for table in ["partner_parcels", "delivery_orders", "delivery_partners"] {
        assert_eq!(network.world.count(&format!("select count(*) from {table}")).await, 0, "{table}");
    }
}

#[tokio::test]
async fn an_order_in_cash_is_moved_by_people_only() {
    let network = Network::bare().await;
    let order = network.paid_order().await;
    network.world.sql("update orders set status = 'packing', payment_status = 'unpaid', payment_method = 'cod'").await;
    write_down(&network.njeri(), order, &coach("EC-7")).await.unwrap();
    say_state(&network.njeri(), order, ParcelState::Delivered).await.unwrap();
    assert_eq!(network.standing().await, "booked 0 -, delivered EC-7 30000");
    assert_eq!(network.order_status().await, "packing", "delivering it would take its money");
}
