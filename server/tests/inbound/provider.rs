//! The provider's side of these tests: what it posts, spelled as it spells it, and where.

use crate::{
    story::Story,
    world::{Answer, PLATFORM, World},
};
use axum::body::Body;
use duka::{
    checkout::receive_callback::{Call, Received, receive_callback},
    db::testing::Shop,
    jobs::worker::drain,
    kernel::token::{Token, hex},
    vault::{Place, Purpose},
};
use http::{Request, header};
use serde_json::{Value, json};
use server::{mailer::Mailer, worker::Registry};
use std::sync::Arc;
use uuid::Uuid;

pub const PAYBILL: &str = "509731";
pub const ACCOUNT: Uuid = Uuid::from_u128(1);

/// What is told of money at a paybill, from a payer whose number has its middle hidden.
pub fn told(receipt: &str, shillings: i64, account: &str) -> Value {
    json!({
        "TransactionType": "Pay Bill",
        "TransID": receipt,
        "TransTime": "20260402151210",
        "TransAmount": format!("{shillings}.00"),
        "BusinessShortCode": PAYBILL,
        "BillRefNumber": account,
        "InvoiceNumber": "",
        "OrgAccountBalance": "88210.00",
        "ThirdPartyTransID": "",
        "MSISDN": "2547 ***** 344",
        "FirstName": "AMINA",
        "MiddleName": "",
        "LastName": ""
    })
}

/// The address for an account's money, made known to the directory.
pub async fn address_of(story: &Story) -> Token {
    let mut tx = story.ctx().tx().await.unwrap();
    let token = story.ctx().key(&mut tx).await.unwrap().token(Purpose::C2bHook, ACCOUNT);
    drop(tx);
    story
        .write(&format!(
            "insert into hook_tokens (tenant_id, token_hash, purpose, subject_id) values ('{}', '\\x{}', 'c2b', '{ACCOUNT}')",
            story.tenant(),
            hex(&token.hash())
        ))
        .await;
    token
}

/// Tells of money through the real verb, and does the work that it asks for.
pub async fn confirm(story: &Story, token: &Token, body: &Value) {
    store(story, token, body.to_string().as_bytes()).await;
    story.work().await;
}

pub async fn store(story: &Story, token: &Token, body: &[u8]) {
    let stored =
        receive_callback(&story.platform, Call::C2bConfirmation, token, body, "196.201.214.200").await.unwrap();
    assert_eq!(stored, Received::Stored);
}

impl World {
    /// Gives a merchant an account of this kind and the address for its money.
    pub async fn takes(&self, shop: &Shop, kind: &str) -> Token {
        let mut tx = shop.ctx.tx().await.unwrap();
        let key = shop.ctx.key(&mut tx).await.unwrap();
        drop(tx);
        let token = key.token(Purpose::C2bHook, ACCOUNT);
        let seal = |column, text: &str| hex(&key.seal(Place { table: "mpesa_accounts", column, row: ACCOUNT }, text));
        let till = if kind == "till" { "'5556667'" } else { "null" };
        self.sql(&format!(
            "insert into mpesa_accounts (tenant_id, id, environment, kind, short_code, till_number, consumer_key_sealed, consumer_secret_sealed, passkey_sealed)
             values ('{tenant}', '{ACCOUNT}', 'sandbox', '{kind}', '{PAYBILL}', {till}, '\\x{}', '\\x{}', '\\x{}');
             insert into hook_tokens (tenant_id, token_hash, purpose, subject_id) values ('{tenant}', '\\x{}', 'c2b', '{ACCOUNT}')",
            seal("consumer_key_sealed", "key"),
            seal("consumer_secret_sealed", "secret"),
            seal("passkey_sealed", "passkey"),
            hex(&token.hash()),
            tenant = shop.tenant,
        ))
        .await;
        token
    }

    /// Posts to a hook as the provider does: no cookies, no origin.
    pub async fn call(&self, path: &str, body: impl Into<Vec<u8>>) -> Answer {
        let request =
            Request::post(path).header(header::HOST, PLATFORM).header(header::CONTENT_TYPE, "application/json");
        self.send(request.body(Body::from(body.into())).unwrap()).await
    }

    /// Does every job that is due.
    pub async fn work(&self) {
        let mailer = Mailer::folder(std::env::temp_dir().join("duka-no-mails"), "Duka <no-reply@localhost>").unwrap();
        drain(&self.db.worker, Arc::new(Registry::new(self.app.platform.clone(), mailer))).await.unwrap();
    }

    /// Money comes and is matched.
    pub async fn money(&self, token: &Token, body: &Value) {
        let answer = self.call(&format!("/hooks/c2b/{}/confirmation", token.hex()), body.to_string()).await;
        assert_eq!(
            (answer.status.as_u16(), answer.text().as_str()),
            (200, r#"{"ResultCode":0,"ResultDesc":"Success"}"#)
        );
        self.work().await;
    }

    /// The only text that a statement finds.
    pub async fn text(&self, statement: &str) -> String {
        let mut connection = self.db.superuser().await;
        sqlx::query_scalar(sqlx::AssertSqlSafe(statement.to_owned())).fetch_one(&mut connection).await.unwrap()
    }
}
