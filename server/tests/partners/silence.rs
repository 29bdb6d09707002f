//! What the log keeps to itself while a partner brings parcels: buyers, the merchant's key, and where we are told.

use crate::{
    following::{call, hook},
    network::{Network, RONGAI},
    paper::Paper,
    world::PLATFORM,
};
use duka::checkout::parcels::book_parcel;
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
