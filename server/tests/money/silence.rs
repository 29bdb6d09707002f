//! What the log keeps to itself while money moves: phones, names, tokens, keys, and what providers say of people.

use super::{
    bank::{ask_for_list, close_all, pay_unheard, prompted_in_silence, pull},
    story::Story,
};
use duka::vault::Purpose;
use serde_json::json;
use std::{
    io::{self, Write},
    sync::{Arc, Mutex},
};
use tracing_subscriber::fmt::MakeWriter;

/// Everything that was logged.
#[derive(Clone, Default)]
struct Paper(Arc<Mutex<Vec<u8>>>);

impl Write for Paper {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.lock().unwrap().extend_from_slice(bytes);
        Ok(bytes.len())
    }
    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

impl<'a> MakeWriter<'a> for Paper {
    type Writer = Self;
    fn make_writer(&'a self) -> Self {
        self.clone()
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn prompts_callbacks_lists_and_closes_leave_nobody_in_the_log() {
    let story = Story::begin().await;
    ask_for_list(&story).await;
    // From here on: what the test itself put into the database is not the program's doing.
    let paper = Paper::default();
    tracing_subscriber::fmt()
        .with_max_level(tracing::Level::DEBUG)
        .with_ansi(false)
        .with_writer(paper.clone())
        .try_init()
        .expect("the first of this process");
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

    let mut tx = story.ctx().tx().await.unwrap();
    let key = story.ctx().key(&mut tx).await.unwrap();
    let hook = key.token(Purpose::PayHook, paid.prompt.unwrap().uuid());
    drop(tx);
    let (checkout,): (String,) = story.row("select min(checkout_request_id) from payments").await;
    let log = String::from_utf8_lossy(&paper.0.lock().unwrap()).to_lowercase();
    assert!(log.contains("money landed") && log.contains("a payment was settled"), "the log was not caught");
    let secrets = [
        "711223344".to_owned(),
        "711 223 344".to_owned(),
        "722000111".to_owned(),
        "wanjiru".to_owned(),
        "amina".to_owned(),
        "mwende".to_owned(),
        "passkey\"".to_owned(),
        format!("key-{}", story.tenant()),
        hook.hex(),
        hook.hash_hex(),
        paid.token.hex(),
        checkout,
    ];
    for secret in secrets {
        let secret = secret.to_lowercase();
        let at = log.find(&secret);
        let around = at.map(|at| log[at.saturating_sub(200)..].chars().take(400).collect::<String>());
        assert_eq!(around, None, "{secret} stands in the log");
    }
}
