//! A parcel that was not booked stands on the board and in a list until somebody has done something about it.

use crate::{
    merchant::member,
    network::{Network, RONGAI},
};
use duka::{
    checkout::parcels::{HandParcel, book_parcel, write_down},
    kernel::{access::Role, id::OrderId},
    pages::dashboard::{deliveries::not_booked, parcel::Problem},
};
use serde_json::json;

const BOARD: &str = "/dashboard/deliveries";
const LIST: &str = "/dashboard/deliveries/not-booked";

/// The partner refuses the order's parcel.
async fn refused(network: &Network, order: OrderId) {
    network.pull(json!({ "refuse": "Receiver agent is closed" })).await;
    book_parcel(&network.njeri(), order, network.agent(RONGAI).await).await.unwrap();
    network.work().await;
    assert_eq!(network.standing().await, "failed 1 refused, no delivery");
    network.control("reset", json!({})).await;
}

async fn listed(network: &Network) -> Vec<(OrderId, Problem)> {
    let found = not_booked::load(&network.njeri()).await.unwrap();
    found.into_iter().map(|one| (one.order, one.problem)).collect()
}

#[tokio::test]
async fn the_board_says_how_many_were_not_booked_and_leads_to_them() {
    let network = Network::open().await;
    let order = network.paid_order().await;
    let mut viewer = member(&network.world, &network.world.njeri, Role::Viewer).await.browser;
    assert!(!viewer.get(BOARD).await.text().contains(LIST));
    refused(&network, order).await;
    let board = viewer.get(BOARD).await.text();
    assert!(board.contains(&format!("href=\"{LIST}\"")) && board.contains("1 parcel was not booked"), "{board}");
    let list = viewer.get(LIST).await.text();
    for words in ["Order 1001", "Amina Wanjiru", "Choose another agent", &format!("/dashboard/orders/{order}/parcel")] {
        assert!(list.contains(words), "{words}: {list}");
    }
    let mut neighbour = member(&network.world, &network.world.kilimani, Role::Owner).await.browser;
    assert!(neighbour.get(LIST).await.text().contains("Every parcel that was to be booked is booked"));
    assert!(!neighbour.get(BOARD).await.text().contains(LIST));
}

#[tokio::test]
async fn an_order_is_listed_once_and_only_while_its_parcel_waits_for_somebody() {
    let network = Network::open().await;
    let order = network.paid_order().await;
    for _ in 0..2 {
        refused(&network, order).await;
        assert_eq!(listed(&network).await, [(order, Problem::Refused)]);
    }
    for (status, many) in [("dispatched", 0), ("cancelled", 0), ("packing", 1)] {
        network.world.sql(&format!("update orders set status = '{status}'")).await;
        assert_eq!(listed(&network).await.len(), many, "{status}");
    }
    // While it is asked for again nobody has to do anything.
    book_parcel(&network.njeri(), order, network.agent(RONGAI).await).await.unwrap();
    assert_eq!(listed(&network).await, []);
    let coach = HandParcel { carrier: "Easy Coach".to_owned(), code: "EC-7".to_owned(), cost: None };
    write_down(&network.njeri(), order, &coach).await.unwrap();
    assert_eq!(listed(&network).await, []);
}
