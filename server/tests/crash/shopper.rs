//! A shopper with a browser that knows nothing but forms: a cart, the checkout as served, and patience.

use reqwest::{Client, Response, header};
use std::time::Duration;
use uuid::Uuid;

/// What came back, as far as a shopper cares.
#[derive(Debug)]
pub struct Answer {
    pub status: u16,
    pub location: String,
    pub retry_after: Option<String>,
    pub body: String,
}

/// One person with one cart, one phone and one address on the network.
#[derive(Clone, Debug)]
pub struct Shopper {
    http: Client,
    port: u16,
    shop: String,
    number: usize,
    cookies: String,
}

/// The checkout form as the page offered it; posting it again means the same.
#[derive(Clone, Debug)]
pub struct Filled {
    body: String,
}

impl Shopper {
    /// The `number`th shopper of the shop with this sub-domain.
    pub fn new(port: u16, shop: &str, number: usize) -> Self {
        Self { http: http(), port, shop: shop.to_owned(), number, cookies: String::new() }
    }

    /// As the merchant's order will show it.
    pub fn phone(&self) -> String {
        format!("0711{:06}", self.number)
    }

    /// Puts some pieces of a variant into the cart; the cart's cookie is kept.
    pub async fn add(&mut self, variant: Uuid, quantity: u32) -> Option<Answer> {
        let body = format!("variant={variant}&quantity={quantity}");
        let answer = self.send(self.http.post(self.url("/cart/items")), Some(body)).await?;
        for cookie in answer.headers().get_all(header::SET_COOKIE) {
            let pair = cookie.to_str().unwrap().split(';').next().unwrap();
            if !self.cookies.is_empty() {
                self.cookies.push_str("; ");
            }
            self.cookies.push_str(pair);
        }
        read(answer).await
    }

    /// What the browser sends with every request.
    pub fn cookies(&self) -> &str {
        &self.cookies
    }

    /// Opens a page.
    pub async fn open(&self, path: &str) -> Option<Answer> {
        read(self.send(self.http.get(self.url(path)), None).await?).await
    }

    /// The form of this page with name, phone and street filled in and nothing else touched.
    pub fn fill(&self, page: &str, method: &str) -> Filled {
        let fields = [
            ("idempotency_key", hidden(page, "idempotency_key")),
            ("seen_total_cents", hidden(page, "seen_total_cents")),
            ("name", format!("Shopper {}", self.number)),
            ("phone", self.phone()),
            ("area", "Westlands".to_owned()),
            ("street", "Mpaka Road, blue gate".to_owned()),
            ("payment_method", method.to_owned()),
        ];
        Filled { body: fields.map(|(name, value)| format!("{name}={}", encoded(&value))).join("&") }
    }

    /// Presses "Place order".
    pub async fn place(&self, form: &Filled) -> Option<Answer> {
        self.post("/checkout", &form.body).await
    }

    /// Posts a form; none when no answer came.
    pub async fn post(&self, path: &str, body: &str) -> Option<Answer> {
        read(self.send(self.http.post(self.url(path)), Some(body.to_owned())).await?).await
    }

    fn url(&self, path: &str) -> String {
        format!("http://127.0.0.1:{}{path}", self.port)
    }

    async fn send(&self, request: reqwest::RequestBuilder, form: Option<String>) -> Option<Response> {
        let mut request = request
            .header(header::HOST, format!("{}.localhost:{}", self.shop, self.port))
            .header("X-Forwarded-For", format!("41.90.{}.{}", self.number / 250, self.number % 250 + 1));
        if !self.cookies.is_empty() {
            request = request.header(header::COOKIE, &self.cookies);
        }
        if let Some(body) = form {
            request = request.header(header::CONTENT_TYPE, "application/x-www-form-urlencoded").body(body);
        }
        request.send().await.ok()
    }
}

/// None when the connection was cut before the answer was whole.
async fn read(answer: Response) -> Option<Answer> {
    let header = |name| answer.headers().get(name).map(|value| value.to_str().unwrap().to_owned());
    let (status, location) = (answer.status().as_u16(), header(header::LOCATION).unwrap_or_default());
    let retry_after = header(header::RETRY_AFTER);
    let body = answer.text().await.ok()?;
    Some(Answer { status, location, retry_after, body })
}

fn hidden(page: &str, name: &str) -> String {
    let tag = page
        .split("<input")
        .find(|tag| tag.contains(&format!("name=\"{name}\"")))
        .unwrap_or_else(|| panic!("the page has no field {name}:\n{page}"));
    tag.split_once("value=\"").unwrap().1.split('"').next().unwrap().to_owned()
}

fn encoded(text: &str) -> String {
    text.bytes()
        .map(|byte| if byte.is_ascii_alphanumeric() { char::from(byte).to_string() } else { format!("%{byte:02X}") })
        .collect()
}

/// A client that follows nothing, so that every answer is seen as it was given.
pub fn http() -> Client {
    // The first one wins; all are the same.
    let _ = rustls::crypto::ring::default_provider().install_default();
    #[expect(clippy::disallowed_methods, reason = "a shopper's own client")]
    Client::builder()
        .no_proxy()
        .redirect(reqwest::redirect::Policy::none())
        .timeout(Duration::from_secs(20))
        .build()
        .unwrap()
}
