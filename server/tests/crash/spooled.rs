//! What providers told us while the database was away survives the program too, and a command brings it in: each once.

use crate::{
    invariants,
    shopper::{Shopper, http},
    world::{SHOP, World, until},
};
use duka::{kernel::token::Token, vault::Purpose};
use reqwest::header;
use serde_json::{Value, json};
use std::{fs::OpenOptions, io::Write as _, os::unix::fs::PermissionsExt as _, time::Duration};
use uuid::Uuid;

const SOON: Duration = Duration::from_secs(30);

async fn tell(port: u16, token: &Token, body: &Value) -> u16 {
    let sent = http()
        .post(format!("http://127.0.0.1:{port}/hooks/pay/{}", token.hex()))
        .header(header::HOST, format!("localhost:{port}"))
        .json(body)
        .send();
    sent.await.unwrap().status().as_u16()
}

/// What the command says, and whether it was content.
async fn replay(world: &World, words: &[&str]) -> (String, bool) {
    let output = world.program.command(&[&["callbacks", "replay"], words].concat()).await;
    let said = String::from_utf8_lossy(&output.stdout).into_owned();
    (format!("{said}{}", String::from_utf8_lossy(&output.stderr)), output.status.success())
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_command_stores_what_the_spool_holds_once_and_settles_it() {
    let mut world = World::begin(50).await;
    let port = world.program.port;
    world.script(json!({ "result_code": 0, "delay_ms": 900_000 })).await;
    let mut shopper = Shopper::new(port, SHOP, 1);
    shopper.add(world.shop.variants[0].uuid(), 1).await.unwrap();
    let form = shopper.fill(&shopper.open("/checkout").await.unwrap().body, "mpesa_stk");
    assert_eq!(shopper.place(&form).await.unwrap().status, 303);
    until("the prompt is out", SOON, || async {
        world.count("payments where checkout_request_id is not null").await == 1
    })
    .await;
    let (payment, checkout): (Uuid, String) =
        sqlx::query_as("select id, checkout_request_id from payments").fetch_one(&world.everything).await.unwrap();
    let mut tx = world.ctx.tx().await.unwrap();
    let hook = world.ctx.key(&mut tx).await.unwrap().token(Purpose::PayHook, payment);
    drop(tx);
    let cancelled = json!({ "Body": { "stkCallback": { "MerchantRequestID": "1-2-3", "CheckoutRequestID": checkout, "ResultCode": 1032, "ResultDesc": "Request cancelled by user" } } });

    world.cable.pull().await;
    for (token, count) in [(&hook, 2), (&Token::random(), 1)] {
        for _ in 0..count {
            assert_eq!(tell(port, token, &cancelled).await, 200, "it is on disk");
        }
    }
    let file = world.program.file("spool/open.log");
    let kept = std::fs::read_to_string(&file).unwrap();
    assert_eq!(kept.lines().count(), 3);
    assert!(!kept.contains(&hook.hex()), "the token itself is not on disk");
    assert_eq!(std::fs::metadata(&file).unwrap().permissions().mode() & 0o777, 0o600);

    world.program.kill().await;
    // The machine stopped in the middle of a line.
    let torn = kept.lines().next().unwrap();
    OpenOptions::new().append(true).open(&file).unwrap().write_all(&torn.as_bytes()[..80]).unwrap();
    world.cable.plug_in().await;
    let (said, is_content) = replay(&world, &["--spool"]).await;
    assert!(is_content, "{said}");
    assert!(said.contains("spool: 2 stored, 1 came to no address of ours, 1 were not whole"), "{said}");
    assert!(said.contains("stored callbacks: 2 settled, 0 stay open"), "{said}");
    assert_eq!(world.count("mpesa_callbacks_raw where processed_at is not null").await, 2);
    assert_eq!(world.count("payments where status = 'failed' and failure_reason = 'cancelled'").await, 1);
    let (said, is_content) = replay(&world, &["--spool"]).await;
    assert!(is_content && said.contains("spool: 0 stored, 0 came") && said.contains("0 settled"), "{said}");
    assert_eq!(world.count("mpesa_callbacks_raw").await, 2);
    invariants::hold(&world.everything).await;
    // Nothing of it is in the way of the program.
    world.program.start_again().await;
    assert_eq!(world.program.readiness().await, Some(200));
}
