//! One merchant with a person of every role, a neighbour, and a hand that knocks at any door.

use axum::{body::Body, http::Request};
use duka::{
    catalog::media::MediaStore,
    db::testing::{Shop, TestDb},
    kernel::{
        access::Role,
        clock::Clock,
        id::{SessionId, TenantId, UserId},
        token::Token,
    },
};
use http::{Method, header};
use server::{
    config::Config,
    doors::{Door, SERVER_FUNCTIONS},
    platform,
    router::{Guarded, router},
    shop,
    site::Site,
    state::App,
};
use sqlx::{AssertSqlSafe, Connection as _};
use std::sync::Arc;
use tower::ServiceExt as _;

const SHOP: &str = "ours.localhost:3000";
const PLATFORM: &str = "localhost:3000";

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Person {
    Nobody,
    Viewer,
    Staff,
    Owner,
    /// Another merchant's owner.
    Neighbour,
}

impl Person {
    pub const ALL: [Self; 5] = [Self::Nobody, Self::Viewer, Self::Staff, Self::Owner, Self::Neighbour];

    pub const fn name(self) -> &'static str {
        match self {
            Self::Nobody => "nobody",
            Self::Viewer => "viewer",
            Self::Staff => "staff",
            Self::Owner => "owner",
            Self::Neighbour => "neighbour",
        }
    }
    pub const fn role(self) -> Option<Role> {
        match self {
            Self::Nobody => None,
            Self::Viewer => Some(Role::Viewer),
            Self::Staff => Some(Role::Staff),
            Self::Owner | Self::Neighbour => Some(Role::Owner),
        }
    }
}

pub struct World {
    app: App,
    router: Guarded,
    ours: Shop,
    pub theirs: Shop,
    pub db: TestDb,
}

impl World {
    pub async fn new() -> Self {
        let _ = rustls::crypto::ring::default_provider().install_default();
        // Pages of the dashboard run on it.
        let _ = any_spawner::Executor::init_tokio();
        let db = TestDb::new().await;
        let platform = db.platform_with(Clock::system(), "http://127.0.0.1:9/daraja");
        let (ours, theirs) = (db.seed_shop(&platform, "ours").await, db.seed_shop(&platform, "theirs").await);
        let media = std::env::temp_dir().join(format!("duka-access-{}", ours.tenant));
        let media = MediaStore::open(&format!("file://{}", media.display())).unwrap();
        let app =
            App::new(Arc::new(Config::bare(std::env::temp_dir())), platform, media, Site::open(None).unwrap(), false);
        Self { router: router(app.clone()), app, ours, theirs, db }
    }

    /// Everything that can be knocked at: host and door.
    pub fn doors(&self) -> Vec<(&'static str, Door)> {
        let of = |host, doors: server::doors::Doors| {
            doors.list().iter().map(|door| (host, door.clone())).collect::<Vec<_>>()
        };
        let functions = SERVER_FUNCTIONS.iter().map(|(path, who)| {
            let host = if path.starts_with("/api/shop/") { SHOP } else { PLATFORM };
            (host, Door { method: Method::POST, path, who: *who })
        });
        [
            of(SHOP, shop::doors(self.app.clone())),
            of(PLATFORM, platform::hooks(self.app.clone())),
            of(PLATFORM, platform::doors(self.app.clone())),
        ]
        .concat()
        .into_iter()
        .chain(functions)
        .collect()
    }

    /// The status of a request with nothing in its form but what a server function needs, in a fresh session.
    pub async fn knock(&self, host: &str, door: &Door, person: Person) -> u16 {
        let session = self.sign_in(person).await;
        let name = |part: &str| match part {
            "{zone}" => Some(self.ours.zone.to_string()),
            "{product}" if host == SHOP => Some("kikoi".to_owned()),
            "{product}" => Some(self.ours.product.to_string()),
            "{token}" => Some("ab".repeat(32)),
            "{*rest}" => Some("orders".to_owned()),
            // Whatever else is named by an id: one that is ours, and of another thing.
            named => named.starts_with('{').then(|| self.ours.store.to_string()),
        };
        self.ask(host, door, session.as_deref(), name).await
    }

    /// The status of a request in this session, with what stands in the place of each part of the address.
    pub async fn ask(
        &self,
        host: &str,
        door: &Door,
        session: Option<&str>,
        name: impl Fn(&str) -> Option<String>,
    ) -> u16 {
        let path: Vec<String> =
            door.path.split('/').map(|part| name(part).unwrap_or_else(|| part.to_owned())).collect();
        let mut request = Request::builder().method(door.method.clone()).uri(path.join("/")).header(header::HOST, host);
        if let Some(session) = session {
            request = request.header(header::COOKIE, format!("duka_session={session}"));
        }
        let body = if door.method == Method::POST {
            request = request
                .header(header::ORIGIN, format!("http://{host}"))
                .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded");
            self.arguments(door.path)
        } else {
            String::new()
        };
        let answer = self.router.clone().oneshot(request.body(Body::from(body)).unwrap()).await.unwrap();
        answer.status().as_u16()
    }

    /// What a server function takes, so that the refusal is about the person and not about the form.
    fn arguments(&self, path: &str) -> String {
        let variant = self.ours.variants[0];
        match path {
            "/api/dash/order" => format!("order={variant}"),
            "/api/dash/order/move" => format!("order={variant}&version=1&to=packing&note="),
            "/api/dash/product/price" => format!("variant={variant}&version=99&currency=KES&price=10"),
            "/api/dash/product/stock" => format!("variant={variant}&version=99&change=1&reason=restock&note="),
            "/api/shop/payment-progress" => format!("token={}&locale=en", "ab".repeat(32)),
            _ => String::new(),
        }
    }

    async fn sign_in(&self, person: Person) -> Option<String> {
        let role = person.role()?;
        let tenant = if person == Person::Neighbour { self.theirs.tenant } else { self.ours.tenant };
        Some(self.enter(tenant, role).await)
    }

    /// A fresh session of somebody new in that merchant's team.
    pub async fn enter(&self, tenant: TenantId, role: Role) -> String {
        let (user, session, token) = (UserId::mint(), SessionId::mint(), Token::random());
        let hash = token.hash_hex();
        let mut everything = self.db.superuser().await;
        sqlx::raw_sql(AssertSqlSafe(format!(
            "insert into users (tenant_id, id, email, role) values ('{tenant}', '{user}', '{user}@duka.test', '{}');
             insert into sessions (tenant_id, id, user_id, token_hash) values ('{tenant}', '{session}', '{user}', '\\x{hash}')",
            role.as_str()
        )))
        .execute(&mut everything)
        .await
        .unwrap();
        everything.close().await.unwrap();
        token.hex()
    }
}
