//! The real client against the stand-in, over real HTTP: what each answer and each fault comes to.

use crate::till::{NJERIS_KEY, Till};
use duka::{
    kernel::money::Money,
    payments::providers::paystack::{
        AskFailed, CardCredentials, CardEnvironment, PageRefused, PageRequest, Paystack, RefundRefused, RefundStatus,
        TransactionStatus, Verified,
    },
};
use serde_json::json;

fn keys(secret: &str) -> CardCredentials {
    CardCredentials { environment: CardEnvironment::Sandbox, secret_key: secret.to_owned() }
}

fn request(reference: &str, shillings: i64) -> PageRequest {
    PageRequest {
        reference: reference.to_owned(),
        amount: Money::shillings(shillings),
        email: "amina@barua.test".to_owned(),
        return_address: "http://shop.localhost/orders/ab?card=d-1".to_owned(),
        order_number: 1001,
    }
}

async fn status(client: &Paystack, reference: &str) -> TransactionStatus {
    match client.verify(&keys(NJERIS_KEY), reference).await.unwrap() {
        Verified::Known(known) => known.status,
        Verified::Unknown => panic!("it is known"),
    }
}

async fn until_paid(client: &Paystack, reference: &str) {
    let paid = async {
        while status(client, reference).await != TransactionStatus::Success {
            tokio::task::yield_now().await;
        }
    };
    tokio::time::timeout(std::time::Duration::from_secs(20), paid).await.expect("the script pays");
}

#[tokio::test]
async fn a_page_is_made_once_for_a_reference_and_followed_to_its_end() {
    let till = Till::without_account().await;
    let client = &till.world.app.platform.paystack;
    client.prove(&keys(NJERIS_KEY)).await.unwrap();
    let page = client.open_page(&keys(NJERIS_KEY), request("d-1", 1_450)).await.unwrap();
    assert!(page.address.starts_with(&till.sandbox.base_url));
    let again = client.open_page(&keys(NJERIS_KEY), request("d-1", 1_450)).await;
    assert!(matches!(again, Err(PageRefused::BadRequest(_))), "{again:?}");
    assert_eq!(status(client, "d-1").await, TransactionStatus::Abandoned);
    assert_eq!(client.verify(&keys("sk_test_other"), "d-1").await, Ok(Verified::Unknown), "accounts are apart");
    till.script(json!({ "outcome": "success" })).await;
    client.open_page(&keys(NJERIS_KEY), request("d-2", 1_450)).await.unwrap();
    until_paid(client, "d-2").await;
}

#[tokio::test]
async fn wrong_keys_and_sums_are_told_apart_from_a_provider_that_is_away() {
    let till = Till::without_account().await;
    let client = &till.world.app.platform.paystack;
    let wrong = keys("sk_test_wrong");
    assert!(matches!(client.prove(&wrong).await, Err(AskFailed::BadSettings(_))));
    assert!(matches!(client.verify(&wrong, "d-1").await, Err(AskFailed::BadSettings(_))));
    assert!(matches!(client.open_page(&wrong, request("d-1", 10)).await, Err(PageRefused::BadSettings(_))));
    let little = client.open_page(&keys(NJERIS_KEY), request("d-1", 2)).await;
    assert!(matches!(little, Err(PageRefused::BadRequest(_))), "{little:?}");
    let away = Paystack::new("http://127.0.0.1:9/paystack");
    assert!(matches!(away.prove(&keys(NJERIS_KEY)).await, Err(AskFailed::NotReached(_))));
    assert!(matches!(away.open_page(&keys(NJERIS_KEY), request("d-1", 10)).await, Err(PageRefused::NotReached(_))));
    for kind in ["refuse", "500", "garbage"] {
        till.fault(kind, 2).await;
        let page = client.open_page(&keys(NJERIS_KEY), request("d-3", 10)).await;
        assert!(matches!(page, Err(PageRefused::NotReached(_))), "{kind}: {page:?}");
        let asked = client.verify(&keys(NJERIS_KEY), "d-3").await;
        assert!(matches!(asked, Err(AskFailed::NotReached(_))), "{kind}: {asked:?}");
    }
}

#[tokio::test]
async fn a_refund_asked_for_twice_under_one_key_is_one_refund() {
    let till = Till::without_account().await;
    let client = &till.world.app.platform.paystack;
    till.script(json!({ "outcome": "success", "refund": "pending" })).await;
    client.open_page(&keys(NJERIS_KEY), request("d-1", 1_000)).await.unwrap();
    until_paid(client, "d-1").await;
    let ask = async |shillings, key| client.refund(&keys(NJERIS_KEY), "d-1", Money::shillings(shillings), key).await;
    let first = ask(600, "key-1").await.unwrap();
    assert_eq!((first.status, first.amount_cents), (RefundStatus::Pending, Some(60_000)));
    assert_eq!(ask(600, "key-1").await.unwrap().id, first.id);
    let too_much = ask(600, "key-2").await;
    assert!(matches!(too_much, Err(RefundRefused::Refused(_))), "{too_much:?}");
    let second = ask(400, "key-2").await.unwrap();
    assert_ne!(second.id, first.id);
    assert_eq!(client.refunds_of(&keys(NJERIS_KEY), "d-1").await.unwrap().len(), 2);
    assert_eq!(client.find_refund(&keys(NJERIS_KEY), &first.id).await.unwrap(), first);
    // The answer was lost: the next try looks first.
    till.fault("500", 1).await;
    assert!(matches!(ask(1, "key-3").await, Err(RefundRefused::NotSent(_))));
}
