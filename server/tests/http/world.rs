//! Two merchants, the router in front of them, and a browser that keeps its cookies.

use axum::{body::Body, http::Request};
use duka::{
    analytics::record::Recorder,
    catalog::media::MediaStore,
    ctx::Platform,
    db::testing::{Shop, TestDb},
    kernel::clock::Clock,
};
use http::{HeaderMap, StatusCode, header};
use server::{
    config::Config,
    request::guard::Answers,
    router::{Guarded, router},
    site::Site,
    state::App,
};
use sqlx::Connection as _;
use std::{collections::BTreeMap, path::PathBuf, sync::Arc};
use tower::ServiceExt as _;

pub const NJERI: &str = "mama-njeri.localhost:3000";
pub const KILIMANI: &str = "kilimani.localhost:3000";
pub const PLATFORM: &str = "localhost:3000";

pub struct World {
    pub db: TestDb,
    pub app: App,
    pub router: Guarded,
    pub njeri: Shop,
    pub kilimani: Shop,
    pub media_dir: PathBuf,
}

pub struct Answer {
    pub status: StatusCode,
    pub headers: HeaderMap,
    pub bytes: Vec<u8>,
}

impl Answer {
    pub fn text(&self) -> String {
        String::from_utf8_lossy(&self.bytes).into_owned()
    }
    pub fn header(&self, name: impl header::AsHeaderName) -> &str {
        self.headers.get(name).map_or("", |value| value.to_str().expect("headers are text"))
    }
    pub fn cookie(&self, name: &str) -> Option<String> {
        self.headers.get_all(header::SET_COOKIE).iter().find_map(|line| {
            let (pair, _) = line.to_str().ok()?.split_once(';')?;
            pair.strip_prefix(name)?.strip_prefix('=').map(str::to_owned)
        })
    }
}

impl World {
    pub async fn new() -> Self {
        let _ = rustls::crypto::ring::default_provider().install_default();
        // Pages of the dashboard run on it.
        let _ = any_spawner::Executor::init_tokio();
        let db = TestDb::new().await;
        let made = db.platform_with(Clock::system(), "http://127.0.0.1:9/daraja");
        // Events are written by another login, so that a page's own statements can be told from theirs.
        let platform = Arc::new(Platform { recorder: Recorder::start(db.worker.clone()), ..(*made).clone() });
        let njeri = db.seed_shop(&platform, "mama-njeri").await;
        let kilimani = db.seed_shop(&platform, "kilimani").await;
        let media_dir = std::env::temp_dir().join(format!("duka-http-{}", njeri.tenant));
        let media = MediaStore::open(&format!("file://{}", media_dir.display())).expect("a media store");
        let app = App::new(
            Arc::new(Config::bare(media_dir.clone())),
            platform,
            media,
            Site::open(None).expect("no site is a site"),
            false,
        );
        Self { db, router: router(app.clone()), app, njeri, kilimani, media_dir }
    }

    /// Another program on the same database, with a memory of its own.
    pub fn another_process(&self) -> Guarded {
        router(App::new(
            self.app.config.clone(),
            self.app.platform.clone(),
            self.app.media.clone(),
            Site::open(None).expect("no site is a site"),
            false,
        ))
    }

    /// Puts another platform behind the same router, such as one whose provider answers.
    pub fn use_platform(&mut self, platform: Arc<Platform>) {
        self.app.hosts = server::request::host::Hosts::new(platform.clone(), self.app.config.base.clone());
        self.app.platform = platform;
        self.router = router(self.app.clone());
    }

    pub async fn send(&self, request: Request<Body>) -> Answer {
        self.send_to(&self.router, request).await
    }

    /// To other addresses behind the same gate.
    pub async fn send_to<A: Answers>(&self, router: &Guarded<A>, request: Request<Body>) -> Answer {
        let answer = router.clone().oneshot(request).await.expect("the router answers everything");
        let (parts, body) = answer.into_parts();
        let bytes = axum::body::to_bytes(body, 4 * 1024 * 1024).await.expect("a body").to_vec();
        Answer { status: parts.status, headers: parts.headers, bytes }
    }

    pub async fn get(&self, host: &str, path: &str) -> Answer {
        self.send(Request::get(path).header(header::HOST, host).body(Body::empty()).expect("a request")).await
    }

    /// Statements as the superuser, who sees all tenants.
    pub async fn sql(&self, statement: &str) {
        let mut connection = self.db.superuser().await;
        sqlx::raw_sql(sqlx::AssertSqlSafe(statement.to_owned()))
            .execute(&mut connection)
            .await
            .expect("the statement runs");
        connection.close().await.expect("a connection closes");
    }

    pub async fn count(&self, statement: &str) -> i64 {
        let mut connection = self.db.superuser().await;
        let found = sqlx::query_scalar(sqlx::AssertSqlSafe(statement.to_owned()))
            .fetch_one(&mut connection)
            .await
            .expect("a number");
        connection.close().await.expect("a connection closes");
        found
    }
}

impl Drop for World {
    fn drop(&mut self) {
        // Left over, it is in the way of nobody.
        let _ = std::fs::remove_dir_all(&self.media_dir);
    }
}

/// One shopper's browser on one host.
pub struct Browser<'w> {
    world: &'w World,
    host: &'static str,
    cookies: BTreeMap<String, String>,
}

impl<'w> Browser<'w> {
    pub fn new(world: &'w World, host: &'static str) -> Self {
        Self { world, host, cookies: BTreeMap::new() }
    }

    pub async fn get(&mut self, path: &str) -> Answer {
        let request = Request::get(path);
        self.send(request.body(Body::empty()).expect("a request")).await
    }

    pub async fn post(&mut self, path: &str, fields: &[(&str, &str)]) -> Answer {
        let body = fields
            .iter()
            .map(|(name, value)| {
                format!(
                    "{name}={}",
                    value.replace('%', "%25").replace('&', "%26").replace('+', "%2B").replace(' ', "+")
                )
            })
            .collect::<Vec<_>>()
            .join("&");
        let request = Request::post(path)
            .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded")
            .header(header::ORIGIN, format!("http://{}", self.host));
        self.send(request.body(Body::from(body)).expect("a request")).await
    }

    async fn send(&mut self, mut request: Request<Body>) -> Answer {
        let cookies: Vec<String> = self.cookies.iter().map(|(name, value)| format!("{name}={value}")).collect();
        let headers = request.headers_mut();
        headers.insert(header::HOST, self.host.parse().expect("a host"));
        headers.insert(header::USER_AGENT, "Mozilla/5.0 (Linux; Android 13) Mobile".parse().expect("a name"));
        if !cookies.is_empty() {
            headers.insert(header::COOKIE, cookies.join("; ").parse().expect("cookies"));
        }
        let answer = self.world.send(request).await;
        for line in answer.headers.get_all(header::SET_COOKIE) {
            let line = line.to_str().expect("text");
            let (pair, rest) = line.split_once(';').expect("attributes");
            let (name, value) = pair.split_once('=').expect("a value");
            if rest.contains("Max-Age=0") {
                self.cookies.remove(name)
            } else {
                self.cookies.insert(name.to_owned(), value.to_owned())
            };
        }
        answer
    }

    #[must_use]
    pub fn with_cookie(mut self, name: &str, value: &str) -> Self {
        self.cookies.insert(name.to_owned(), value.to_owned());
        self
    }

    pub fn cookie(&self, name: &str) -> Option<&str> {
        self.cookies.get(name).map(String::as_str)
    }
}

/// The value of the first field of that name in a page.
pub fn field(html: &str, name: &str) -> String {
    let at = html.find(&format!("name=\"{name}\"")).unwrap_or_else(|| panic!("the page has no field {name}"));
    let start = html[..at].rfind('<').expect("a tag");
    let tag = &html[start..start + html[start..].find('>').expect("an end")];
    let value = tag.split("value=\"").nth(1).unwrap_or_default();
    value.split('"').next().unwrap_or_default().to_owned()
}
