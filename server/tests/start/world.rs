//! An empty installation with one merchant beside it, browsers that keep their cookies, and a name server of our own.

use axum::{body::Body, extract::ConnectInfo, http::Request};
use duka::{
    catalog::media::MediaStore,
    db::testing::{Shop, TestDb},
    kernel::clock::Clock,
};
use http::{HeaderMap, StatusCode, header};
use server::{
    config::Config,
    router::{Guarded, router},
    site::Site,
    state::App,
};
use std::{collections::BTreeMap, net::SocketAddr, path::PathBuf, sync::Arc};
use tower::ServiceExt as _;

pub const PLATFORM: &str = "localhost:3000";
pub const PASSWORD: &str = "mti wa mwembe 2026";

pub struct World {
    pub app: App,
    pub router: Guarded,
    /// Somebody else's shop, open.
    pub theirs: Shop,
    media_dir: PathBuf,
    // Last: the database is dropped when nothing uses it any more.
    pub db: TestDb,
}

pub struct Answer {
    pub status: StatusCode,
    pub headers: HeaderMap,
    pub text: String,
}

impl Answer {
    pub fn header(&self, name: impl header::AsHeaderName) -> &str {
        self.headers.get(name).map_or("", |value| value.to_str().unwrap())
    }
    #[track_caller]
    pub fn leads_to(&self, path: &str) {
        assert_eq!((self.status, self.header(header::LOCATION)), (StatusCode::SEE_OTHER, path), "{}", self.text);
    }
    #[track_caller]
    pub fn is(&self, status: StatusCode) -> &Self {
        assert_eq!(self.status, status, "{}", self.text);
        self
    }
    #[track_caller]
    pub fn says(&self, words: &str) -> &Self {
        assert!(self.text.contains(words), "it does not say {words:?}:\n{}", self.text);
        self
    }
    #[track_caller]
    pub fn says_not(&self, words: &str) -> &Self {
        assert!(!self.text.contains(words), "it says {words:?}:\n{}", self.text);
        self
    }
}

impl World {
    pub async fn new() -> Self {
        Self::with(|_| {}).await
    }

    /// An installation whose parts are changed before the router is made of them.
    pub async fn with(change: impl FnOnce(&mut App)) -> Self {
        let _ = rustls::crypto::ring::default_provider().install_default();
        // The dashboard's living pages run on it; another test of this process may have been first.
        let _ = any_spawner::Executor::init_tokio();
        let db = TestDb::new().await;
        let platform = db.platform_with(Clock::system(), "http://127.0.0.1:9/daraja");
        let theirs = db.seed_shop(&platform, "theirs").await;
        let media_dir = std::env::temp_dir().join(format!("duka-start-{}", theirs.tenant));
        let media = MediaStore::open(&format!("file://{}", media_dir.display())).unwrap();
        let mut app =
            App::new(Arc::new(Config::bare(std::env::temp_dir())), platform, media, Site::open(None).unwrap(), false);
        change(&mut app);
        Self { router: router(app.clone()), app, theirs, media_dir, db }
    }

    pub async fn send(&self, request: Request<Body>) -> Answer {
        let answer = self.router.clone().oneshot(request).await.unwrap();
        let (parts, body) = answer.into_parts();
        let bytes = axum::body::to_bytes(body, 4 * 1024 * 1024).await.unwrap();
        Answer { status: parts.status, headers: parts.headers, text: String::from_utf8_lossy(&bytes).into_owned() }
    }

    /// As anybody, without cookies.
    pub async fn get(&self, host: &str, path: &str) -> Answer {
        self.send(Request::get(path).header(header::HOST, host).body(Body::empty()).unwrap()).await
    }

    /// Statements as the superuser, who sees all tenants.
    pub async fn sql(&self, statement: &str) {
        let mut everything = self.db.superuser().await;
        sqlx::raw_sql(sqlx::AssertSqlSafe(statement.to_owned())).execute(&mut everything).await.unwrap();
    }

    pub async fn number(&self, query: &str) -> i64 {
        let mut everything = self.db.superuser().await;
        sqlx::query_scalar(sqlx::AssertSqlSafe(format!("select ({query})::bigint")))
            .fetch_one(&mut everything)
            .await
            .unwrap()
    }

    pub async fn text(&self, query: &str) -> String {
        let mut everything = self.db.superuser().await;
        sqlx::query_scalar(sqlx::AssertSqlSafe(query.to_owned())).fetch_one(&mut everything).await.unwrap()
    }

    pub fn browser(&self, host: &str) -> Browser<'_> {
        Browser { world: self, host: host.to_owned(), cookies: BTreeMap::new(), from: None }
    }

    /// A merchant who has just signed up at this address.
    pub async fn merchant(&self, slug: &str) -> Browser<'_> {
        let mut browser = self.browser(PLATFORM);
        browser.post("/sign-up", &sign_up_form(slug)).await.leads_to("/dashboard/start");
        browser
    }

    /// An M-Pesa account that was tried with a shilling.
    pub async fn prove_mpesa(&self, slug: &str) {
        self.sql(&format!(
            "insert into mpesa_accounts (tenant_id, short_code, is_active, proved_at)
             select tenant_id, '600000', true, now() from stores where slug = '{slug}'"
        ))
        .await;
    }

    /// A merchant whose shop is open.
    pub async fn open_shop(&self, slug: &str) -> Browser<'_> {
        let mut browser = self.merchant(slug).await;
        browser
            .upload("/dashboard/products/new", &[("name", "Kiondo"), ("price", "1,250"), ("stock", "4")], None)
            .await;
        browser.post("/dashboard/settings/delivery", &[("area", "Westlands"), ("fee", "150"), ("minutes", "90")]).await;
        self.prove_mpesa(slug).await;
        browser.post("/dashboard/start/open", &[]).await.leads_to("/dashboard/start");
        browser
    }
}

impl Drop for World {
    fn drop(&mut self) {
        // Left over, it is in the way of nobody.
        let _ = std::fs::remove_dir_all(&self.media_dir);
    }
}

pub fn sign_up_form(slug: &str) -> Vec<(&'static str, &str)> {
    vec![
        ("business", "Kiondo House"),
        ("owner", "Wanjiku Kamau"),
        ("phone", "0711 223 344"),
        ("email", "wanjiku@kiondo.test"),
        ("password", PASSWORD),
        ("slug", slug),
    ]
}

/// The same form with one field otherwise.
pub fn with<'a>(mut form: Vec<(&'a str, &'a str)>, field: &'a str, value: &'a str) -> Vec<(&'a str, &'a str)> {
    form.retain(|(name, _)| *name != field);
    form.push((field, value));
    form
}

/// One browser on one host.
pub struct Browser<'w> {
    world: &'w World,
    host: String,
    cookies: BTreeMap<String, String>,
    /// The connection's address, where it matters.
    pub from: Option<SocketAddr>,
}

impl Browser<'_> {
    pub async fn get(&mut self, path: &str) -> Answer {
        self.send(Request::get(path).body(Body::empty()).unwrap()).await
    }

    pub async fn post(&mut self, path: &str, fields: &[(&str, &str)]) -> Answer {
        let encode = |text: &str| {
            text.bytes().fold(String::new(), |mut out, byte| {
                use std::fmt::Write as _;
                if byte.is_ascii_alphanumeric() {
                    out.push(char::from(byte));
                } else {
                    write!(out, "%{byte:02X}").unwrap();
                }
                out
            })
        };
        let body: Vec<_> = fields.iter().map(|(name, value)| format!("{}={}", encode(name), encode(value))).collect();
        let request = Request::post(path).header(header::CONTENT_TYPE, "application/x-www-form-urlencoded");
        self.send(request.body(Body::from(body.join("&"))).unwrap()).await
    }

    /// A form with a file in the field `picture`.
    pub async fn upload(&mut self, path: &str, fields: &[(&str, &str)], picture: Option<&[u8]>) -> Answer {
        let mut body = Vec::new();
        for (name, value) in fields {
            body.extend(format!("--cut\r\nContent-Disposition: form-data; name=\"{name}\"\r\n\r\n{value}\r\n").bytes());
        }
        if let Some(picture) = picture {
            let head = "--cut\r\nContent-Disposition: form-data; name=\"picture\"; filename=\"a.png\"\r\nContent-Type: image/png\r\n\r\n";
            body.extend(head.bytes());
            body.extend(picture);
            body.extend(b"\r\n");
        }
        body.extend(b"--cut--\r\n");
        let request = Request::post(path).header(header::CONTENT_TYPE, "multipart/form-data; boundary=cut");
        self.send(request.body(Body::from(body)).unwrap()).await
    }

    async fn send(&mut self, mut request: Request<Body>) -> Answer {
        let cookies: Vec<String> = self.cookies.iter().map(|(name, value)| format!("{name}={value}")).collect();
        let headers = request.headers_mut();
        headers.insert(header::HOST, self.host.parse().unwrap());
        headers.insert(header::ORIGIN, format!("http://{}", self.host).parse().unwrap());
        if !cookies.is_empty() {
            headers.insert(header::COOKIE, cookies.join("; ").parse().unwrap());
        }
        if let Some(from) = self.from {
            request.extensions_mut().insert(ConnectInfo(from));
        }
        let answer = self.world.send(request).await;
        for line in answer.headers.get_all(header::SET_COOKIE) {
            let (pair, rest) = line.to_str().unwrap().split_once(';').unwrap();
            let (name, value) = pair.split_once('=').unwrap();
            if rest.contains("Max-Age=0") {
                self.cookies.remove(name)
            } else {
                self.cookies.insert(name.to_owned(), value.to_owned())
            };
        }
        answer
    }

    pub fn has_cookie(&self, name: &str) -> bool {
        self.cookies.contains_key(name)
    }
}

/// The value of the first field of that name in a page.
pub fn field(html: &str, name: &str) -> String {
    let at = html.find(&format!("name=\"{name}\"")).unwrap_or_else(|| panic!("the page has no field {name}"));
    let start = html[..at].rfind('<').unwrap();
    let tag = &html[start..start + html[start..].find('>').unwrap()];
    let value = tag.split(" value=\"").nth(1).unwrap_or_default();
    value.split('"').next().unwrap_or_default().to_owned()
}

/// What stands between two words of a page.
pub fn between<'a>(html: &'a str, before: &str, after: &str) -> &'a str {
    let start = html.find(before).unwrap_or_else(|| panic!("no {before:?} in {html}")) + before.len();
    &html[start..start + html[start..].find(after).unwrap()]
}
