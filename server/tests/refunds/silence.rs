//! What the log keeps to itself while M-Pesa sends money back: the operator's password, the payer, and where it is told.

use super::{paper::Paper, sending::line};
use duka::vault::Purpose;

#[tokio::test(flavor = "multi_thread")]
async fn money_that_goes_back_leaves_nobody_and_no_password_in_the_log() {
    let line = line().await;
    let paper = Paper::begin();
    line.send().await;
    line.until_heard(1).await;
    assert_eq!(line.story.row::<(String,)>("select status from refunds").await.0, "processed");
    let mut tx = line.story.ctx().tx().await.unwrap();
    let hook = line.story.ctx().key(&mut tx).await.unwrap().token(Purpose::RefundHook, line.refund.uuid());
    drop(tx);
    let (token, hash, key) = (hook.hex(), hook.hash_hex(), format!("key-{}", line.story.tenant()));
    let secrets =
        ["safe#2026", "711223344", "amina", "wanjiru", "passkey\"", key.as_str(), token.as_str(), hash.as_str()];
    paper.expect_silence(&["update refunds"], &secrets);
}
