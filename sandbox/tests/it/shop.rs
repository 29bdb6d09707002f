//! A small shop program for tests: it asks for money and listens for callbacks.

use std::{
    net::SocketAddr,
    sync::{Arc, Mutex},
    time::Duration,
};

use axum::{
    Router,
    body::Bytes,
    extract::State,
    http::{HeaderMap, Uri},
};
use base64::{Engine, engine::general_purpose::STANDARD};
use reqwest::{Client, Response, StatusCode};
use sandbox::{Running, Sandbox};
use serde_json::{Value, json};
use tokio::{net::TcpListener, sync::mpsc};

/// One callback as it arrived.
pub struct Callback {
    pub path: String,
    pub headers: HeaderMap,
    pub text: String,
}

impl Callback {
    pub fn stk(&self) -> Value {
        let body: Value = serde_json::from_str(&self.text).unwrap();
        body["Body"]["stkCallback"].clone()
    }

    pub fn json(&self) -> Value {
        serde_json::from_str(&self.text).unwrap()
    }
}

pub struct Shop {
    pub sandbox: Running,
    pub http: Client,
    pub token: String,
    pub callback_url: String,
    /// What callbacks are answered with, and after how long.
    answer: Arc<Mutex<(String, Duration)>>,
    callbacks: mpsc::UnboundedReceiver<Callback>,
}

impl Shop {
    /// A fresh sandbox, a listener for callbacks, and an access token.
    pub async fn open() -> Self {
        let sandbox = Sandbox::start(SocketAddr::from(([127, 0, 0, 1], 0))).await.unwrap();
        let (sender, callbacks) = mpsc::unbounded_channel();
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let callback_url = format!("http://{}/hooks/pay/9f1c", listener.local_addr().unwrap());
        let accepted = r#"{"ResultCode":0,"ResultDesc":"Accepted"}"#.to_owned();
        let answer = Arc::new(Mutex::new((accepted, Duration::ZERO)));
        let hooks = Router::new().fallback(take).with_state((sender, answer.clone()));
        tokio::spawn(async move { axum::serve(listener, hooks).await });
        #[expect(clippy::disallowed_methods, reason = "a test's own client")]
        let http = Client::builder()
            .no_proxy()
            .redirect(reqwest::redirect::Policy::none())
            .timeout(Duration::from_secs(20))
            .build()
            .unwrap();
        let mut shop = Self { sandbox, http, token: String::new(), callback_url, answer, callbacks };
        shop.token = shop.new_token("key").await;
        shop
    }

    pub fn url(&self, path: &str) -> String {
        format!("{}{path}", self.sandbox.base_url)
    }

    /// An address of the shop.
    pub fn hook(&self, path: &str) -> String {
        self.callback_url.replace("/hooks/pay/9f1c", path)
    }

    /// What callbacks are answered with from now on.
    pub fn answer_with(&self, answer: &str, after: Duration) {
        *self.answer.lock().unwrap() = (answer.to_owned(), after);
    }

    /// Posts with the access token; status and body.
    pub async fn call(&self, path: &str, body: &Value) -> (StatusCode, Value) {
        read(self.post(path, body).await).await
    }

    /// Pays by hand, with everything right but what `other` says.
    pub async fn pay_by_hand(&self, other: Value) -> Value {
        let mut payment = json!({
            "short_code": "509731", "kind": "paybill", "account": "1001", "amount": 1450, "phone": "0711 223 344",
        });
        payment.as_object_mut().unwrap().extend(other.as_object().unwrap().clone());
        let (status, answer) = read(self.control("pay", payment).await).await;
        assert_eq!(status, 200, "{answer}");
        answer
    }

    pub async fn ask_token(&self, key: &str, secret: &str) -> Response {
        self.http
            .get(self.url("/daraja/oauth/v1/generate?grant_type=client_credentials"))
            .basic_auth(key, Some(secret))
            .send()
            .await
            .unwrap()
    }

    pub async fn new_token(&self, key: &str) -> String {
        let answer: Value = self.ask_token(key, "secret").await.json().await.unwrap();
        answer["access_token"].as_str().unwrap().to_owned()
    }

    /// A push that everything is right with.
    pub fn good_push(&self) -> Value {
        json!({
            "BusinessShortCode": "509731",
            "Password": password("20260402143005"),
            "Timestamp": "20260402143005",
            "TransactionType": "CustomerPayBillOnline",
            "Amount": 1450,
            "PartyA": "254711223344",
            "PartyB": "509731",
            "PhoneNumber": "254711223344",
            "CallBackURL": self.callback_url,
            "AccountReference": "1001",
            "TransactionDesc": "Order 1001",
        })
    }

    pub fn push_to(&self, phone: &str) -> Value {
        let mut push = self.good_push();
        push["PartyA"] = phone.into();
        push["PhoneNumber"] = phone.into();
        push
    }

    pub async fn post(&self, path: &str, body: &Value) -> Response {
        self.http.post(self.url(path)).bearer_auth(&self.token).json(body).send().await.unwrap()
    }

    pub async fn push(&self, body: &Value) -> (StatusCode, Value) {
        read(self.post("/daraja/mpesa/stkpush/v1/processrequest", body).await).await
    }

    /// A push that is accepted; its checkout request id.
    pub async fn accepted(&self, body: &Value) -> String {
        let (status, answer) = self.push(body).await;
        assert_eq!(status, 200, "{answer}");
        answer["CheckoutRequestID"].as_str().unwrap().to_owned()
    }

    pub async fn query(&self, checkout_request_id: &str) -> (StatusCode, Value) {
        let body = json!({
            "BusinessShortCode": "509731",
            "Password": password("20260402143105"),
            "Timestamp": "20260402143105",
            "CheckoutRequestID": checkout_request_id,
        });
        read(self.post("/daraja/mpesa/stkpushquery/v1/query", &body).await).await
    }

    /// Asks until the prompt is answered; fails after ten seconds.
    pub async fn final_query(&self, checkout_request_id: &str) -> Value {
        tokio::time::timeout(Duration::from_secs(10), async {
            loop {
                let (status, answer) = self.query(checkout_request_id).await;
                if status != 200 || answer["ResultCode"] != "4999" {
                    return answer;
                }
                tokio::task::yield_now().await;
            }
        })
        .await
        .unwrap()
    }

    pub async fn control(&self, what: &str, body: Value) -> Response {
        self.http.post(self.url(&format!("/control/{what}"))).json(&body).send().await.unwrap()
    }

    /// Puts a script in force.
    pub async fn script(&self, script: Value) {
        assert_eq!(self.control("mpesa", script).await.status(), 204);
    }

    pub async fn requests(&self, provider: &str) -> Vec<Value> {
        let url = self.url(&format!("/control/requests?provider={provider}"));
        let answer = self.http.get(url).send().await.unwrap();
        assert_eq!(answer.status(), 200);
        answer.json().await.unwrap()
    }

    /// The next callback; fails after ten seconds.
    pub async fn callback(&mut self) -> Callback {
        tokio::time::timeout(Duration::from_secs(10), self.callbacks.recv()).await.unwrap().unwrap()
    }

    /// Whether nothing more has arrived up to now.
    pub fn is_quiet(&mut self) -> bool {
        self.callbacks.try_recv().is_err()
    }
}

pub fn password(timestamp: &str) -> String {
    STANDARD.encode(format!("509731passkey{timestamp}"))
}

async fn read(answer: Response) -> (StatusCode, Value) {
    let status = answer.status();
    (status, answer.json().await.unwrap())
}

type Told = (mpsc::UnboundedSender<Callback>, Arc<Mutex<(String, Duration)>>);

async fn take(State((sender, answer)): State<Told>, uri: Uri, headers: HeaderMap, body: Bytes) -> String {
    let text = String::from_utf8(body.to_vec()).unwrap();
    sender.send(Callback { path: uri.path().to_owned(), headers, text }).unwrap();
    let (answer, after) = answer.lock().unwrap().clone();
    tokio::time::sleep(after).await;
    answer
}
