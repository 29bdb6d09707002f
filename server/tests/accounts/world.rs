//! Two merchants with people, a clock that moves when told to, and browsers that keep their cookies.

use axum::{body::Body, extract::ConnectInfo, http::Request};
use chrono::TimeDelta;
use duka::{
    catalog::media::MediaStore,
    ctx::{Ctx, Platform},
    db::testing::{Shop, TestDb},
    kernel::{
        access::{Actor, Role},
        clock::Clock,
        id::UserId,
        token::Token,
    },
    tenancy::{
        password,
        second_factor::{self, SecondFactor},
        totp::code_at,
    },
    vault::Purpose,
};
use http::{HeaderMap, StatusCode, header};
use server::{
    config::Config,
    router::{Guarded, router},
    site::Site,
    state::App,
};
use sqlx::{AssertSqlSafe, PgConnection};
use std::{collections::BTreeMap, net::SocketAddr, sync::Arc};
use tower::ServiceExt as _;

pub const PASSWORD: &str = "karibu-duka-2026";
pub const OWNER: &str = "owner@ours.test";
pub const VIEWER: &str = "viewer@ours.test";
pub const CHROME: &str =
    "Mozilla/5.0 (Linux; Android 10; K) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/139.0.0.0 Mobile Safari/537.36";

pub struct World {
    pub everything: PgConnection,
    pub platform: Arc<Platform>,
    pub clock: Clock,
    pub router: Guarded,
    pub ours: Shop,
    pub theirs: Shop,
    pub owner: Ctx,
    pub hash: String,
    // Last: the database is dropped when nothing uses it any more.
    _db: TestDb,
}

pub struct Answer {
    pub status: StatusCode,
    pub headers: HeaderMap,
    pub text: String,
}

impl Answer {
    pub fn location(&self) -> &str {
        self.headers.get(header::LOCATION).map_or("", |value| value.to_str().unwrap())
    }
    #[track_caller]
    pub fn leads_to(&self, path: &str) {
        assert_eq!((self.status, self.location()), (StatusCode::SEE_OTHER, path), "{}", self.text);
    }
}

impl World {
    pub async fn new() -> Self {
        let _ = rustls::crypto::ring::default_provider().install_default();
        let db = TestDb::new().await;
        let clock = Clock::fixed(Clock::system().now());
        let platform = db.platform_with(clock.clone(), "http://127.0.0.1:9");
        let (ours, theirs) = (db.seed_shop(&platform, "ours").await, db.seed_shop(&platform, "theirs").await);
        let media = MediaStore::open(&format!("file://{}", std::env::temp_dir().display())).unwrap();
        let app = App::new(
            Arc::new(Config::bare(std::env::temp_dir())),
            platform.clone(),
            media,
            Site::open(None).unwrap(),
            false,
        );
        let mut world = Self {
            everything: db.superuser().await,
            owner: ours.ctx.clone(),
            router: router(app),
            platform,
            clock,
            ours,
            theirs,
            hash: password::hash(PASSWORD).await.unwrap(),
            _db: db,
        };
        let (ours, theirs) = (world.ours.clone(), world.theirs.clone());
        world.owner = world.add_user(&ours, OWNER, Role::Owner).await;
        world.add_user(&ours, VIEWER, Role::Viewer).await;
        world.add_user(&theirs, "owner@theirs.test", Role::Owner).await;
        world
    }

    pub async fn add_user(&mut self, shop: &Shop, email: &str, role: Role) -> Ctx {
        let user = UserId::mint();
        sqlx::query("insert into users (tenant_id, id, email, role, password_hash) values ($1, $2, $3, $4, $5)")
            .bind(shop.tenant.uuid())
            .bind(user.uuid())
            .bind(email)
            .bind(role.as_str())
            .bind(&self.hash)
            .execute(&mut self.everything)
            .await
            .unwrap();
        Ctx::new(self.platform.clone(), shop.tenant, Actor::Member { user, role })
    }

    pub async fn run(&mut self, sql: &str) {
        sqlx::raw_sql(AssertSqlSafe(sql.to_owned())).execute(&mut self.everything).await.unwrap();
    }

    pub async fn number(&mut self, sql: &str) -> i64 {
        sqlx::query_scalar(AssertSqlSafe(format!("select ({sql})::bigint")))
            .fetch_one(&mut self.everything)
            .await
            .unwrap()
    }

    pub async fn text(&mut self, sql: &str) -> String {
        sqlx::query_scalar(AssertSqlSafe(sql.to_owned())).fetch_one(&mut self.everything).await.unwrap()
    }

    pub async fn audited(&mut self, action: &str) -> i64 {
        self.number(&format!("select count(*) from audit_log where action = '{action}'")).await
    }

    /// Everybody may try again.
    pub async fn forgive(&mut self) {
        self.run("delete from sign_in_throttle").await;
    }

    /// Waits for what was begun after an answer: mails of one kind.
    pub async fn mails(&mut self, kind: &str, count: i64) {
        for _ in 0..100_000 {
            if self.number(&format!("select count(*) from mails where kind = '{kind}'")).await == count {
                return;
            }
            tokio::task::yield_now().await;
        }
        panic!("there are not {count} mails of kind {kind}");
    }

    /// The token in the newest mail of a kind, as whoever sends it makes it.
    pub async fn link(&mut self, kind: &str) -> String {
        let id = self
            .text(&format!(
                "select subject_id::text from mails where kind = '{kind}' order by created_at desc, id desc limit 1"
            ))
            .await;
        let mut tx = self.owner.tx().await.unwrap();
        let key = self.owner.key(&mut tx).await.unwrap();
        key.token(Purpose::AccountLink, id.parse().unwrap()).hex()
    }

    /// The code that the app shows after one more step.
    pub fn next_code(&self, secret: &str) -> String {
        self.clock.advance(TimeDelta::seconds(30));
        code_at(secret, self.clock.now())
    }

    /// Switches the owner's second factor on; gives the secret, recovery codes and the browser it was done in.
    pub async fn with_second_factor(&self) -> (String, Vec<String>, Browser<'_>) {
        let mut browser = Browser::new(self);
        browser.sign_in(OWNER).await;
        browser.post("/dashboard/account/second-factor/start", &[]).await.leads_to("/dashboard/account/second-factor");
        let SecondFactor::Trying { secret, .. } = second_factor::load(&self.owner).await.unwrap() else {
            panic!("no secret to try")
        };
        let code = self.next_code(&secret);
        let answer = browser.post("/dashboard/account/second-factor/on", &[("code", &code)]).await;
        assert_eq!(answer.status, StatusCode::OK, "{}", answer.text);
        let codes = answer
            .text
            .split("<li class=\"code\">")
            .skip(1)
            .map(|rest| rest.split('<').next().unwrap().to_owned())
            .collect();
        (secret, codes, browser)
    }
}

/// One person's browser on the platform.
pub struct Browser<'w> {
    pub router: &'w Guarded,
    pub cookies: BTreeMap<String, String>,
    pub agent: &'static str,
    pub address: Option<SocketAddr>,
}

impl<'w> Browser<'w> {
    pub fn new(world: &'w World) -> Self {
        Self::on(&world.router)
    }

    pub fn on(router: &'w Guarded) -> Self {
        Self { router, cookies: BTreeMap::new(), agent: CHROME, address: None }
    }

    pub fn session(&self) -> String {
        self.cookies.get("duka_session").cloned().unwrap_or_default()
    }

    /// Signs in with the password that everybody has here.
    pub async fn sign_in(&mut self, email: &str) {
        self.post("/sign-in", &[("email", email), ("password", PASSWORD)]).await.leads_to("/dashboard");
    }

    pub async fn get(&mut self, path: &str) -> Answer {
        self.send(Request::get(path).body(Body::empty()).unwrap()).await
    }

    pub async fn post(&mut self, path: &str, fields: &[(&str, &str)]) -> Answer {
        let body = fields
            .iter()
            .map(|(name, value)| {
                let value: String = value.bytes().fold(String::new(), |text, byte| format!("{text}%{byte:02X}"));
                format!("{name}={value}")
            })
            .collect::<Vec<_>>()
            .join("&");
        let request = Request::post(path)
            .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded")
            .header(header::ORIGIN, "http://localhost:3000");
        self.send(request.body(Body::from(body)).unwrap()).await
    }

    pub async fn send(&mut self, mut request: Request<Body>) -> Answer {
        let cookies: Vec<String> = self.cookies.iter().map(|(name, value)| format!("{name}={value}")).collect();
        if let Some(address) = self.address {
            request.extensions_mut().insert(ConnectInfo(address));
        }
        let headers = request.headers_mut();
        headers.insert(header::HOST, "localhost:3000".parse().unwrap());
        headers.insert(header::USER_AGENT, self.agent.parse().unwrap());
        if !cookies.is_empty() {
            headers.insert(header::COOKIE, cookies.join("; ").parse().unwrap());
        }
        let answer = self.router.clone().oneshot(request).await.unwrap();
        let (parts, body) = answer.into_parts();
        for line in parts.headers.get_all(header::SET_COOKIE) {
            let (pair, rest) = line.to_str().unwrap().split_once(';').unwrap();
            let (name, value) = pair.split_once('=').unwrap();
            if rest.contains("Max-Age=0") {
                self.cookies.remove(name)
            } else {
                self.cookies.insert(name.to_owned(), value.to_owned())
            };
        }
        let bytes = axum::body::to_bytes(body, 1024 * 1024).await.unwrap();
        Answer { status: parts.status, headers: parts.headers, text: String::from_utf8_lossy(&bytes).into_owned() }
    }
}

/// A token that was never given out.
pub fn stranger() -> String {
    Token::random().hex()
}
