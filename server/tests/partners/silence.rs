//! What the log keeps to itself while a partner brings parcels: buyers, the merchant's key, and where we are told; and
//! that neither of the last two is in a dump of the database.

use crate::{
    dump::dump,
    following::{call, hook},
    network::{Network, RONGAI},
    paper::Paper,
    world::PLATFORM,
};
use duka::{checkout::parcels::book_parcel, kernel::token::hex};
use http::StatusCode;

#[tokio::test]
async fn a_parcel_that_is_booked_and_told_of_leaves_nobody_and_no_key_in_the_log() {
    let network = Network::bare().await;
    let paper = Paper::begin();
    network.set_up(&network.world.njeri, "njeris-key").await;
    let order = network.paid_order().await;
    book_parcel(&network.njeri(), order, network.agent(RONGAI).await).await.unwrap();
    network.work().await;
    network.until_heard(1).await;
    network.work().await;
    let hook = hook(&network).await;
    let broken = "{\"name\":\"KERUBO\",\"phone\":\"0722000111\"";
    assert_eq!(call(&network, PLATFORM, &hook, broken).await.status, StatusCode::OK);
    network.work().await;
    let token = hook.rsplit('/').next().unwrap();
    let secrets = ["njeris-key", "711223344", "711 223 344", "amina", "wanjiru", "kerubo", "722000111", token];
    paper.expect_silence(&["insert into mpesa_callbacks_raw"], &secrets);
}

#[tokio::test]
async fn a_parcel_that_is_booked_and_told_of_leaves_no_key_in_a_dump_of_the_database() {
    const KEY: &str = "partner-hidden-4711";
    let network = Network::bare().await;
    network.set_up(&network.world.njeri, KEY).await;
    let order = network.paid_order().await;
    book_parcel(&network.njeri(), order, network.agent(RONGAI).await).await.unwrap();
    network.work().await;
    network.until_heard(1).await;
    network.work().await;
    let hook = hook(&network).await;
    assert_eq!(call(&network, PLATFORM, &hook, "{}").await.status, StatusCode::OK);
    let token = hook.rsplit('/').next().unwrap();
    let whole = dump(&mut network.world.db.superuser().await).await;
    assert!(whole.contains("pm-66001") && whole.contains("pickup_mtaani"), "the dump is not whole");
    let in_hex = hex(KEY.as_bytes());
    for secret in [KEY, &in_hex, token, &hex(token.as_bytes())] {
        assert!(!whole.contains(secret), "a secret stands in the database: {secret}");
    }
}
