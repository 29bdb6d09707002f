//! What the log keeps to itself while money moves: phones, names, tokens, keys, and what providers say of people.

use super::{
    bank::{ask_for_list, close_all, pay_unheard, prompted_in_silence, pull},
    paper::Paper,
    story::Story,
};
use duka::{checkout::type_receipt::type_receipt, vault::Purpose};
use serde_json::json;

#[tokio::test(flavor = "multi_thread")]
async fn prompts_callbacks_lists_and_closes_leave_nobody_in_the_log() {
    let story = Story::begin().await;
    ask_for_list(&story).await;
    let paper = Paper::begin();
    story.script(json!({ "result_code": 0 })).await;
    let paid = story.buy(1).await;
    story.until_settled(&paid).await;
    let silent = prompted_in_silence(&story, 0).await;
    story.ask(&silent).await;
    pay_unheard(&story, 640, "0722000111").await;
    story.call_back(&paid, b"{\"Name\":\"MWENDE\", not json").await;
    let body = story.callback_of(&paid, 0, 1_150).await;
    story.call_back(&paid, body.as_bytes()).await;
    pull(&story).await;
    story.work().await;
    close_all(&story).await;
    story.use_operator("dukaapi", "Safe#2026").await;
    story.script(json!({ "result_code": 1032 })).await;
    let unpaid = story.buy(1).await;
    story.until_settled(&unpaid).await;
    type_receipt(&story.ctx(), &unpaid.token, "UD25M0RR7C").await.unwrap();
    story.work().await;

    let mut tx = story.ctx().tx().await.unwrap();
    let key = story.ctx().key(&mut tx).await.unwrap();
    let hook = key.token(Purpose::PayHook, paid.prompt.unwrap().uuid());
    drop(tx);
    let (checkout,): (String,) = story.row("select min(checkout_request_id) from payments").await;
    let (key, hook) = (format!("key-{}", story.tenant()), [hook.hex(), hook.hash_hex()]);
    let token = paid.token.hex();
    let secrets = [
        "711223344",
        "711 223 344",
        "722000111",
        "wanjiru",
        "amina",
        "mwende",
        "safe#2026",
        "passkey\"",
        key.as_str(),
        hook[0].as_str(),
        hook[1].as_str(),
        token.as_str(),
        checkout.as_str(),
    ];
    paper.expect_silence(&["money landed", "a payment was settled"], &secrets);
}
