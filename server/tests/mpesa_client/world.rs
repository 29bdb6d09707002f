//! The real Daraja client, the sandbox, and a shop that listens to what the provider posts.

use std::{
    net::SocketAddr,
    sync::{Arc, Mutex},
    time::Duration,
};

use axum::{Router, body::Bytes, http::Uri};
use chrono::{DateTime, TimeZone, Utc};
use duka::payments::providers::mpesa::{
    AccountKind, Certificate, Credentials, Daraja, DarajaSettings, PushAccepted, PushRefused, PushRequest, QueryAnswer,
    QueryFailed,
};
use sandbox::{Running, Sandbox};
use serde_json::{Value, json};
use tokio::{net::TcpListener, sync::mpsc};

pub struct World {
    pub sandbox: Running,
    pub daraja: Daraja,
    pub http: reqwest::Client,
    hooks: Option<Hooks>,
}

pub fn now() -> DateTime<Utc> {
    Utc.with_ymd_and_hms(2026, 4, 2, 11, 30, 5).unwrap()
}

pub fn paybill() -> Credentials {
    Credentials {
        environment: "sandbox".to_owned(),
        kind: AccountKind::Paybill,
        short_code: "509731".to_owned(),
        till_number: None,
        consumer_key: "key".to_owned(),
        consumer_secret: "secret".to_owned(),
        passkey: "passkey".to_owned(),
        initiator: None,
    }
}

pub fn request(phone: &str) -> PushRequest {
    PushRequest {
        amount_cents: 145_000,
        phone_msisdn: phone.to_owned(),
        // Nobody listens there; these tests read the query.
        callback_url: "http://127.0.0.1:9/hooks/pay/9f1c".to_owned(),
        account_reference: "1001".to_owned(),
        description: "Order 1001 of Mama Njeri".to_owned(),
        now: now(),
    }
}

pub const PHONE: &str = "254711223344";

impl World {
    pub async fn new() -> Self {
        let sandbox = Sandbox::start(SocketAddr::from(([127, 0, 0, 1], 0))).await.unwrap();
        let daraja = Daraja::open(DarajaSettings {
            certificate: Some(Certificate::read(sandbox::CERTIFICATE.as_bytes()).unwrap()),
            ..DarajaSettings::at(&sandbox.daraja_url())
        });
        #[expect(clippy::disallowed_methods, reason = "a test's own client")]
        let http = reqwest::Client::builder().no_proxy().timeout(Duration::from_secs(20)).build().unwrap();
        Self { sandbox, daraja, http, hooks: None }
    }

    pub async fn control(&self, what: &str, body: Value) {
        let url = format!("{}/control/{what}", self.sandbox.base_url);
        let answer = self.http.post(url).json(&body).send().await.unwrap();
        assert_eq!(answer.status(), 204);
    }

    pub async fn fault(&self, kind: &str, count: u32) {
        self.control("fault", json!({ "provider": "mpesa", "kind": kind, "count": count })).await;
    }

    /// Method and last part of the path of everything the provider received.
    pub async fn received(&self) -> Vec<String> {
        let url = format!("{}/control/requests?provider=mpesa", self.sandbox.base_url);
        let list: Vec<Value> = self.http.get(url).send().await.unwrap().json().await.unwrap();
        list.iter().map(|one| one["path"].as_str().unwrap().rsplit('/').next().unwrap().to_owned()).collect()
    }

    pub async fn push(&self) -> Result<PushAccepted, PushRefused> {
        self.daraja.push(&paybill(), request(PHONE)).await
    }

    pub async fn query(&self, id: &str) -> Result<QueryAnswer, QueryFailed> {
        self.daraja.query(&paybill(), id, now()).await
    }

    /// Asks until somebody has answered the prompt; fails after ten seconds.
    pub async fn final_query(&self, id: &str) -> QueryAnswer {
        tokio::time::timeout(Duration::from_secs(10), async {
            loop {
                let answer = self.query(id).await.unwrap();
                if answer != QueryAnswer::Open {
                    return answer;
                }
                // A pause between questions, so that they do not push each other out of the sandbox's list.
                tokio::time::sleep(Duration::from_millis(20)).await;
            }
        })
        .await
        .unwrap()
    }

    /// Where the provider posts; listens from now on.
    pub async fn hook(&mut self, path: &str) -> String {
        if self.hooks.is_none() {
            self.hooks = Some(Hooks::listen().await);
        }
        format!("{}{path}", self.hooks.as_ref().unwrap().base)
    }

    /// What is answered from now on.
    pub fn hooks_answer(&self, answer: &str) {
        answer.clone_into(&mut self.hooks.as_ref().unwrap().answer.lock().unwrap());
    }

    /// The next body that was posted, with its path; fails after ten seconds.
    pub async fn posted(&mut self) -> (String, Vec<u8>) {
        let hooks = self.hooks.as_mut().unwrap();
        tokio::time::timeout(Duration::from_secs(10), hooks.posted.recv()).await.unwrap().unwrap()
    }

    pub fn is_quiet(&mut self) -> bool {
        self.hooks.as_mut().is_none_or(|hooks| hooks.posted.try_recv().is_err())
    }

    /// Somebody pays by hand; the receipt, and the code that the shop refused it with.
    pub async fn pay_by_hand(&self, payment: Value) -> (String, Option<String>) {
        let url = format!("{}/control/pay", self.sandbox.base_url);
        let answer = self.http.post(url).json(&payment).send().await.unwrap();
        assert_eq!(answer.status(), 200, "{payment}");
        let answer: Value = answer.json().await.unwrap();
        assert_eq!(answer["refused"], answer["code"].is_string());
        (answer["receipt"].as_str().unwrap().to_owned(), answer["code"].as_str().map(str::to_owned))
    }

    /// The body of the last request that the provider received at a path with this end.
    pub async fn last_sent(&self, end: &str) -> Value {
        let url = format!("{}/control/requests?provider=mpesa", self.sandbox.base_url);
        let list: Vec<Value> = self.http.get(url).send().await.unwrap().json().await.unwrap();
        list.iter().rfind(|one| one["path"].as_str().unwrap().ends_with(end)).unwrap()["body"].clone()
    }
}

/// A shop's side: takes what is posted, and answers as told.
struct Hooks {
    base: String,
    answer: Arc<Mutex<String>>,
    posted: mpsc::UnboundedReceiver<(String, Vec<u8>)>,
}

impl Hooks {
    async fn listen() -> Self {
        let (sender, posted) = mpsc::unbounded_channel();
        let answer = Arc::new(Mutex::new(r#"{"ResultCode":0,"ResultDesc":"Accepted"}"#.to_owned()));
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let base = format!("http://{}", listener.local_addr().unwrap());
        let told = answer.clone();
        let take = move |uri: Uri, body: Bytes| {
            sender.send((uri.path().to_owned(), body.to_vec())).unwrap();
            let answer = told.lock().unwrap().clone();
            async move { answer }
        };
        let router = Router::new().fallback(take);
        tokio::spawn(async move { axum::serve(listener, router).await });
        Self { base, answer, posted }
    }
}
