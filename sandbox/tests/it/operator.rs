//! Status, reversal and balance: strictness, the password, and the shapes of what is posted.

use base64::{Engine, engine::general_purpose::STANDARD};
use rsa::{PrivateKey, pkcs8::DecodePrivateKey};
use serde_json::{Value, json};

use crate::shop::Shop;

const STATUS: &str = "/daraja/mpesa/transactionstatus/v1/query";
const REVERSAL: &str = "/daraja/mpesa/reversal/v1/request";
const BALANCE: &str = "/daraja/mpesa/accountbalance/v1/query";

fn sealed(password: &str) -> String {
    let key = PrivateKey::from_pkcs8_pem(include_str!("../../key.pem")).unwrap();
    STANDARD.encode(key.to_public_key().pkcs1v15_encrypt(password.as_bytes()).unwrap())
}

fn question(shop: &Shop, command: &str, own: Value) -> Value {
    let mut body = json!({
        "Initiator": "dukaapi",
        "SecurityCredential": sealed("Safe#2026"),
        "CommandID": command,
        "ResultURL": shop.hook("/hooks/ask/71aa/result"),
        "QueueTimeOutURL": shop.hook("/hooks/ask/71aa/timeout"),
        "Remarks": "Test",
    });
    body.as_object_mut().unwrap().extend(own.as_object().unwrap().clone());
    body
}

fn status(shop: &Shop, receipt: &str) -> Value {
    let own = json!({ "TransactionID": receipt, "PartyA": "509731", "IdentifierType": "4" });
    question(shop, "TransactionStatusQuery", own)
}

fn reversal(shop: &Shop, receipt: &str, amount: u32) -> Value {
    let own = json!({
        "TransactionID": receipt, "Amount": amount.to_string(), "ReceiverParty": "509731", "RecieverIdentifierType": "11",
    });
    question(shop, "TransactionReversal", own)
}

fn balance(shop: &Shop) -> Value {
    question(shop, "AccountBalance", json!({ "PartyA": "509731", "IdentifierType": "4" }))
}

async fn paid(shop: &Shop) -> String {
    shop.pay_by_hand(json!({})).await["receipt"].as_str().unwrap().to_owned()
}

async fn asked(shop: &mut Shop, path: &str, body: &Value) -> Value {
    let (code, answer) = shop.call(path, body).await;
    assert_eq!((code.as_u16(), &answer["ResponseCode"]), (200, &json!("0")), "{answer}");
    let callback = shop.callback().await;
    assert_eq!(callback.path, "/hooks/ask/71aa/result");
    let result = callback.json()["Result"].clone();
    assert_eq!(result["ConversationID"], answer["ConversationID"]);
    assert_eq!(result["OriginatorConversationID"], answer["OriginatorConversationID"]);
    result
}

#[tokio::test]
async fn a_status_has_the_providers_oddities() {
    let mut shop = Shop::open().await;
    let receipt = paid(&shop).await;
    let body = status(&shop, &receipt);
    let result = asked(&mut shop, STATUS, &body).await;
    assert_eq!((&result["ResultType"], &result["ResultCode"]), (&json!("0"), &json!("0")));
    assert!(result["TransactionID"].as_str().unwrap().ends_with("0000000"));
    let list = result["ResultParameters"]["ResultParameter"].as_array().unwrap();
    let twice: Vec<&Value> = list.iter().filter(|one| one["Key"] == "DebitPartyName").collect();
    assert_eq!((twice.len(), twice[0].get("Value")), (2, None));
    assert!(list.contains(&json!({ "Key": "ReceiptNo", "Value": receipt })));
    assert!(list.contains(&json!({ "Key": "TransactionStatus", "Value": "Completed" })));
    assert!(list.contains(&json!({ "Key": "CreditPartyName", "Value": "509731 - MAMA NJERI" })));
    assert!(result["ReferenceData"]["ReferenceItem"].is_array());
}

#[tokio::test]
async fn a_reversal_is_done_once_and_has_an_object_where_a_status_has_a_list() {
    let mut shop = Shop::open().await;
    let receipt = paid(&shop).await;
    let body = reversal(&shop, &receipt, 1450);
    let result = asked(&mut shop, REVERSAL, &body).await;
    assert_eq!((&result["ResultType"], &result["ResultCode"]), (&json!(0), &json!(0)));
    assert!(result["ReferenceData"]["ReferenceItem"].is_object());
    assert_eq!(result["TransactionID"].as_str().unwrap().len(), 10);
    for (body, code) in [(reversal(&shop, &receipt, 1450), "R000001"), (reversal(&shop, "UD23K7QX9P", 1450), "R000002")]
    {
        let result = asked(&mut shop, REVERSAL, &body).await;
        assert_eq!(result["ResultCode"], code);
        assert_eq!(result.get("ResultParameters"), None);
    }
    let more = paid(&shop).await;
    let body = reversal(&shop, &more, 1451);
    assert_eq!(asked(&mut shop, REVERSAL, &body).await["ResultCode"], json!(25));
    let body = balance(&shop);
    let text = asked(&mut shop, BALANCE, &body).await["ResultParameters"]["ResultParameter"][0]["Value"].clone();
    assert_eq!(text, "Working Account|KES|0.00|0.00|0.00|0.00&Utility Account|KES|1450.00|1450.00|0.00|0.00");
}

#[tokio::test]
async fn a_wrong_password_or_one_for_another_key_ends_in_the_result() {
    let mut shop = Shop::open().await;
    for (credential, name, code) in [
        (sealed("wrong"), "dukaapi", 2001),
        (sealed("locked"), "dukaapi", 8006),
        (sealed("Safe#2026"), "norole", 21),
        ("Zm9v".to_owned(), "dukaapi", 2001),
        ("not base64!".to_owned(), "dukaapi", 2001),
    ] {
        let mut body = balance(&shop);
        body["SecurityCredential"] = credential.into();
        body["Initiator"] = name.into();
        assert_eq!(asked(&mut shop, BALANCE, &body).await["ResultCode"], json!(code));
    }
}

#[tokio::test]
async fn wrong_fields_are_named_and_nothing_is_done() {
    let mut shop = Shop::open().await;
    let receipt = paid(&shop).await;
    for (path, good, field, value) in [
        (REVERSAL, reversal(&shop, &receipt, 5), "ReceiverIdentifierType", json!("11")),
        (REVERSAL, reversal(&shop, &receipt, 5), "RecieverIdentifierType", json!("4")),
        (REVERSAL, reversal(&shop, &receipt, 5), "CommandID", json!("ReverseTransaction")),
        (REVERSAL, reversal(&shop, &receipt, 5), "Amount", json!("5.50")),
        (REVERSAL, reversal(&shop, &receipt, 5), "Remarks", json!("x")),
        (REVERSAL, reversal(&shop, &receipt, 5), "ResultURL", json!("https://duka.example/mpesa")),
        (REVERSAL, reversal(&shop, &receipt, 5), "QueueTimeOutURL", json!("duka.example")),
        (STATUS, status(&shop, &receipt), "IdentifierType", json!("9")),
        (STATUS, status(&shop, &receipt), "TransactionID", Value::Null),
        (STATUS, status(&shop, &receipt), "Command ID", json!("TransactionStatusQuery")),
        (BALANCE, balance(&shop), "PartyA", json!("12")),
        (BALANCE, balance(&shop), "Initiator", json!("")),
    ] {
        let mut body = good;
        body[field] = value;
        let (code, answer) = shop.call(path, &body).await;
        assert_eq!(code, 400, "{field}");
        assert_eq!(answer["errorMessage"], format!("Bad Request - Invalid {field}"));
    }
    let body = status(&shop, &receipt);
    let result = asked(&mut shop, STATUS, &body).await;
    let list = result["ResultParameters"]["ResultParameter"].as_array().unwrap();
    assert!(list.contains(&json!({ "Key": "TransactionStatus", "Value": "Completed" })));
}

#[tokio::test]
async fn a_script_for_prompts_does_not_fit_a_reversal_and_the_other_way_round() {
    let shop = Shop::open().await;
    for (body, sentence) in [
        (json!({ "operation": "reversal", "result_code": 0, "phone": "0711223344" }), "are for prompts only."),
        (json!({ "operation": "status", "result_code": 0, "query_result_code": 1 }), "are for prompts only."),
        (json!({ "result_code": 0, "queue_timeout": true }), "queue_timeout is for status, reversal and balance."),
        (json!({ "operation": "payout", "result_code": 0 }), "unknown variant `payout`"),
    ] {
        let answer = shop.control("mpesa", body).await;
        assert_eq!(answer.status(), 422);
        let text = answer.text().await.unwrap();
        assert!(text.contains(sentence), "{text}");
    }
}

#[tokio::test]
async fn the_certificate_is_served() {
    let shop = Shop::open().await;
    let answer = shop.http.get(shop.url("/certificate.pem")).send().await.unwrap();
    assert_eq!(answer.text().await.unwrap(), sandbox::CERTIFICATE);
}
