//! Keys and people stay out of the log, and keys out of a dump of the database.

use crate::{dump::dump, paper::Paper, till::Till};
use serde_json::json;

#[tokio::test]
async fn a_whole_purchase_leaves_no_key_and_nobody_in_the_log_and_no_key_in_a_dump() {
    const SECRET: &str = "sk_test_hidden4711";
    let paper = Paper::begin();
    let till = Till::without_account().await;
    till.take_cards(&till.world.njeri, SECRET).await;
    till.fault("garbage", 1).await;
    till.check_out(&mut till.shopper(), "1", "card").await;
    till.script(json!({ "drop_webhook": true })).await;
    let bought = till.buy().await;
    let hook = till.hook(&till.world.njeri).await;
    till.post_event(&hook, "{}", &"0".repeat(128)).await;
    till.press(&bought, "decline").await;
    till.come_back(&bought).await;
    till.press(&bought, "pay").await;
    till.come_back(&bought).await;
    assert_eq!(till.world.count("select count(*) from orders where payment_status = 'paid'").await, 1);

    let token = bought.order.rsplit('/').next().unwrap();
    let code = bought.page.rsplit('/').next().unwrap();
    let hook = hook.rsplit('/').next().unwrap();
    paper.expect_silence(
        &["a payment was settled", "gave no page to pay on"],
        &[SECRET, token, code, hook, "amina", "wanjiru", "711223344", "711 223 344", "mpaka"],
    );
    let whole = dump(&mut till.world.db.superuser().await).await;
    assert!(whole.contains("pk_test_hidden4711"), "the dump is not whole");
    let in_hex = duka::kernel::token::hex(SECRET.as_bytes());
    for secret in [SECRET, &in_hex, token, hook] {
        assert!(!whole.contains(secret), "a secret stands in the database: {secret}");
    }
}
