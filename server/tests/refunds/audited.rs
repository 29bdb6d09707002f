//! Every call to the provider stands in our books: what it received, by its own list, is what we have written down.

use super::{sending::line, story::Story};
use duka::{
    checkout::{close::pull_recent, request_prompt},
    kernel::id::MpesaAccountId,
    payments::register_addresses,
};
use serde_json::{Value, json};
use uuid::Uuid;

/// Where the provider is called, and what we write of each call there.
const WRITTEN: [(&str, &str); 7] = [
    ("/mpesa/stkpush/", "payment_audit where event_type = 'requested' or metadata ->> 'call' = 'prompt'"),
    ("/mpesa/stkpushquery/", "payment_audit where event_type = 'asked' and metadata ->> 'call' = 'query'"),
    (
        "/mpesa/reversal/",
        "payment_audit where event_type = 'asked' and (metadata ->> 'conversation' is not null or metadata ->> 'call' = 'reversal')",
    ),
    ("/mpesa/transactionstatus/", "provider_questions where asked_at is not null"),
    ("/mpesa/c2b/", "mpesa_callbacks_raw where kind = 'registration' and payload ->> 'call' = 'addresses'"),
    (
        "/pulltransactions/v1/register",
        "mpesa_callbacks_raw where kind = 'registration' and payload ->> 'call' = 'list'",
    ),
    ("/pulltransactions/v1/query", "mpesa_callbacks_raw where kind = 'pull'"),
];

/// How often the provider was called at each of these places, and that it was called nowhere else but for its tokens.
async fn calls(story: &Story) -> [i64; 7] {
    let mut calls = [0; 7];
    for (nth, (path, written)) in WRITTEN.into_iter().enumerate() {
        calls[nth] = i64::try_from(story.requests_to(path).await).unwrap();
        assert_eq!(story.count(written).await, calls[nth], "{path}");
    }
    let all = story.requests_to("/").await - story.requests_to("/oauth/").await;
    assert_eq!(calls.iter().sum::<i64>(), i64::try_from(all).unwrap(), "it was called elsewhere");
    calls
}

/// The answer to the next call is lost.
async fn lose_the_next_answer(story: &Story) {
    let control = format!("{}/control/fault", story.sandbox.base_url);
    let fault = json!({ "provider": "mpesa", "kind": "refuse", "count": 1 });
    assert_eq!(story.http().post(control).json(&fault).send().await.unwrap().status(), 204);
}

/// What came of the calls of this kind, in the order of words.
async fn answers(story: &Story, call: &str) -> Value {
    story
        .row::<(Value,)>(&format!(
            "select coalesce(jsonb_agg(metadata ->> 'answer' order by metadata ->> 'answer'), '[]') from payment_audit where metadata ->> 'call' = '{call}'"
        ))
        .await
        .0
}

#[tokio::test(flavor = "multi_thread")]
async fn prompt_query_reversal_registration_and_list_are_each_written_down() {
    let line = line().await;
    let story = &line.story;
    assert_eq!(calls(story).await, [1, 1, 0, 0, 0, 0, 0], "a prompt, and the question whether its callback is true");
    assert_eq!((answers(story, "prompt").await, answers(story, "query").await), (json!([]), json!(["0"])));
    line.send().await;
    line.until_heard(1).await;
    assert_eq!(calls(story).await, [1, 1, 1, 0, 0, 0, 0]);

    lose_the_next_answer(story).await;
    let cart = story.cart(&[(0, 1)]).await;
    let lost = story.place(&cart, story.form(1_150)).await.unwrap();
    request_prompt::send(&story.platform, story.tenant(), lost.prompt.unwrap()).await.unwrap();
    assert_eq!(answers(story, "prompt").await, json!(["lost"]));
    story.script(json!({ "result_code": 0, "delay_ms": 600_000 })).await;
    let open = story.buy(1).await;
    story.ask(&open).await;
    lose_the_next_answer(story).await;
    story.ask(&open).await;
    assert_eq!(answers(story, "query").await, json!(["0", "not_reached", "open"]));
    assert_eq!(calls(story).await, [3, 3, 1, 0, 0, 0, 0]);

    // The list may be asked for in the name of the phone that tried the account.
    story
        .write(&format!(
            "insert into mpesa_account_tests (tenant_id, account_id, phone, status) values ('{}', '{}', '+254711000111', 'succeeded')",
            story.tenant(),
            Uuid::from_u128(1)
        ))
        .await;
    register_addresses::register(&line.owner).await.unwrap();
    let account = MpesaAccountId::from(Uuid::from_u128(1));
    pull_recent(&story.platform, story.tenant(), account).await.unwrap();
    lose_the_next_answer(story).await;
    pull_recent(&story.platform, story.tenant(), account).await.unwrap();
    assert_eq!(calls(story).await, [3, 3, 1, 0, 1, 1, 2]);
    let outcomes: (String,) = story
        .row("select string_agg(outcome, ', ' order by outcome) from mpesa_callbacks_raw where kind in ('pull', 'registration')")
        .await;
    assert_eq!(outcomes.0, "lost, nothing_new, registered, registered");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_reversal_whose_answer_was_lost_is_written_down() {
    let line = line().await;
    lose_the_next_answer(&line.story).await;
    line.send().await;
    assert_eq!(calls(&line.story).await, [1, 1, 1, 0, 0, 0, 0]);
    assert_eq!(answers(&line.story, "reversal").await, json!(["lost"]));
}
