//! The promises that every partner keeps; the same list for each.

use crate::network::{Network, RONGAI};
use duka::{
    delivery::partners::contract::{Booking, Fault, Known, ParcelState, Partner},
    kernel::{money::Money, phone::Phone},
};
use std::collections::HashSet;

/// A parcel that nothing is wrong with, for either kind of partner.
fn booking(key: &str, is_again: bool, agent: Option<i64>) -> Booking {
    Booking {
        key: key.to_owned(),
        is_again,
        agent,
        value: Money::shillings(1_450),
        name: "Amina Wanjiru".to_owned(),
        phone: Phone::parse("0711 223 344").unwrap(),
        typed_code: format!("EC-{key}"),
    }
}

async fn keeps_its_promises(partner: &Partner) {
    let agents = partner.agents().await.unwrap();
    let numbers: HashSet<i64> = agents.iter().map(|agent| agent.number).collect();
    assert_eq!(numbers.len(), agents.len(), "every agent is there once");
    assert!(agents.iter().all(|agent| !agent.name.is_empty() && !agent.area.is_empty()), "and has a name and an area");
    let first = agents.last().map(|agent| agent.number);

    let fee = partner.fee(first.unwrap_or(1)).await.unwrap();
    assert_eq!(fee.is_some(), first.is_some(), "where there are agents there is a fee");
    assert!(fee.is_none_or(|fee| fee.is_whole() && fee.minor() > 0), "in whole shillings");

    let booked = partner.book(&booking("ORD1001-a", false, first)).await.unwrap();
    assert!(!booked.code.is_empty(), "a buyer can name it");
    assert_eq!(booked.state, ParcelState::Booked);
    let again = partner.book(&booking("ORD1001-a", true, first)).await.unwrap();
    assert_eq!(again, booked, "asked for again under one key it is one parcel");
    let other = partner.book(&booking("ORD1002-b", true, first)).await.unwrap();
    assert_ne!(other.code, booked.code, "under another key it is another");

    let known = Known { number: booked.number, last: ParcelState::Booked };
    let found = partner.status(known).await.unwrap();
    assert_eq!((found.number, found.state), (booked.number, ParcelState::Booked), "where it is can be asked");

    let nothing = Booking { typed_code: String::new(), ..booking("ORD1003-c", false, None) };
    assert!(
        matches!(partner.book(&nothing).await, Err(Fault::Refused(_))),
        "without anything to book by it is refused"
    );
}

#[tokio::test]
async fn pickup_mtaani_keeps_the_promises_of_a_partner() {
    let network = Network::bare().await;
    let client = network.world.app.platform.pickup_mtaani.clone();
    keeps_its_promises(&Partner::PickupMtaani { client, account: Network::account("njeris-key") }).await;
    assert_eq!(network.parcels_there().await, 2);
}

#[tokio::test]
async fn a_desk_that_a_person_speaks_to_keeps_the_promises_of_a_partner() {
    keeps_its_promises(&Partner::Manual).await;
}

#[tokio::test]
async fn each_fault_of_the_network_has_one_meaning() {
    let network = Network::bare().await;
    let client = network.world.app.platform.pickup_mtaani.clone();
    let partner = Partner::PickupMtaani { client: client.clone(), account: Network::account("njeris-key") };
    let book = async |key: &str| partner.book(&booking(key, false, Some(RONGAI))).await.map(|booked| booked.code);
    for kind in ["refuse", "500", "garbage"] {
        network.fault(kind, 1).await;
        assert!(matches!(partner.fee(RONGAI).await, Err(Fault::NotReached(_))), "{kind}: a question is asked again");
        network.fault(kind, 1).await;
        assert_eq!(
            book("ORD1-a").await,
            Err(Fault::Lost),
            "{kind}: what may have been booked is not booked again blindly"
        );
    }
    let wrong = Partner::PickupMtaani { client, account: Network::account("njeris-key-wrong") };
    assert_eq!(wrong.fee(RONGAI).await, Err(Fault::NotAccepted));
    assert_eq!(partner.fee(9_999).await, Err(Fault::NotKnown));
    network.control("reset", serde_json::json!({})).await;
    network.pull(serde_json::json!({ "refuse": "Receiver agent is closed" })).await;
    assert_eq!(book("ORD1-a").await, Err(Fault::Refused("Receiver agent is closed".to_owned())));
    assert_eq!(network.parcels_there().await, 0);
    network.control("reset", serde_json::json!({})).await;
    network.fault("slow", 1).await;
    assert!(book("ORD1-b").await.is_ok(), "three seconds are waited for");
    let foreign = Known { number: Some(1), last: ParcelState::Booked };
    assert_eq!(partner.status(foreign).await, Err(Fault::NotKnown));
}

#[tokio::test]
async fn a_partner_that_is_not_there_at_all_is_not_reached_and_nothing_was_booked() {
    let _network = Network::bare().await;
    let client = duka::delivery::partners::pickup_mtaani::PickupMtaani::new("http://127.0.0.1:9/pickup-mtaani");
    let partner = Partner::PickupMtaani { client, account: Network::account("njeris-key") };
    assert!(matches!(partner.book(&booking("ORD1-a", false, Some(RONGAI))).await, Err(Fault::NotReached(_))));
    assert!(matches!(partner.agents().await, Err(Fault::NotReached(_))));
    assert_eq!(format!("{partner:?}").matches("njeris-key").count(), 0, "a key is never written out");
}
