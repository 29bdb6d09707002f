//! What the log keeps to itself while buyers are written to by SMS: numbers, names, the merchant's key, and the address
//! that is told what became of it.

use super::{
    orders::{self, try_to_place},
    paper::Paper,
    texts::{begin, switch_on, texts, work},
    told::{reports_to, tell},
};
use http::StatusCode;

#[tokio::test]
async fn text_messages_and_their_reports_leave_nobody_and_no_key_in_the_log() {
    let (world, sandbox) = begin().await;
    let paper = Paper::begin();
    switch_on(&world, "atsk_hidden4711").await;
    try_to_place(&world, &world.njeri, 1, orders::form("cod", 1)).await.unwrap();
    work(&world).await;
    let hook = reports_to(&world).await;
    assert_eq!(tell(&world, &hook, "ATXmadeup", &[("status", "Failed")]).await, StatusCode::OK);
    work(&world).await;
    assert_eq!(texts(&sandbox).await.len(), 1);
    let token = hook.rsplit('/').next().unwrap();
    let secrets = ["atsk_hidden4711", "711223344", "711 223 344", "amina", "wanjiru", "mpaka road", "blue gate", token];
    paper.expect_silence(&["insert into mpesa_callbacks_raw"], &secrets);
}
