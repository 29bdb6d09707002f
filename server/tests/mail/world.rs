//! One merchant with a team of one, the worker, and the sandbox's mailbox.

use duka::{
    ctx::{Ctx, Platform},
    db::testing::{Shop, TestDb},
    jobs::{kinds::Job, worker::drain},
    kernel::{
        clock::Clock,
        id::{AccountTokenId, InviteId, MailId, UserId},
        token::Token,
    },
    vault::Purpose,
};
use sandbox::{Running, Sandbox};
use serde_json::Value;
use server::{mailer::Mailer, worker::Registry};
use sqlx::{AssertSqlSafe, PgConnection};
use std::sync::Arc;

pub const FROM: &str = "Duka <no-reply@duka.test>";
pub const NJERI: &str = "njeri@mama-njeri.test";

pub struct World {
    pub everything: PgConnection,
    pub app: PgConnection,
    pub platform: Arc<Platform>,
    pub shop: Shop,
    pub user: UserId,
    pub sandbox: Running,
    // Last: the database is dropped when nothing uses it any more.
    pub db: TestDb,
}

impl World {
    pub async fn new() -> Self {
        let _ = rustls::crypto::ring::default_provider().install_default();
        let db = TestDb::new().await;
        let platform = db.platform_with(Clock::system(), "http://127.0.0.1:9");
        let shop = db.seed_shop(&platform, "mama-njeri").await;
        let sandbox = Sandbox::start(([127, 0, 0, 1], 0).into()).await.unwrap();
        let app = <PgConnection as sqlx::Connection>::connect(&db.url("duka_app")).await.unwrap();
        let user = UserId::mint();
        let mut world = Self { everything: db.superuser().await, app, platform, shop, user, sandbox, db };
        world
            .run(&format!(
                "insert into users (tenant_id, id, email, name, role) values ('{}', '{user}', '{NJERI}', 'Njeri <b>', 'owner')",
                world.shop.tenant
            ))
            .await;
        world
    }

    pub const fn ctx(&self) -> &Ctx {
        &self.shop.ctx
    }

    pub async fn run(&mut self, sql: &str) {
        sqlx::raw_sql(AssertSqlSafe(sql.to_owned())).execute(&mut self.everything).await.unwrap();
    }

    pub async fn text(&mut self, sql: &str) -> String {
        sqlx::query_scalar(AssertSqlSafe(sql.to_owned())).fetch_one(&mut self.everything).await.unwrap()
    }

    /// A link that resets the password, as an account would have made it.
    pub async fn reset_link(&mut self) -> (AccountTokenId, Token) {
        let id = AccountTokenId::mint();
        let token = self.derived(Purpose::AccountLink, id.uuid()).await;
        self.run(&format!(
            r"insert into account_tokens (tenant_id, id, user_id, purpose, token_hash, expires_at)
              values ('{}', '{id}', '{}', 'reset_password', '\x{}', now() + interval '1 hour')",
            self.shop.tenant,
            self.user,
            token.hash_hex()
        ))
        .await;
        (id, token)
    }

    pub async fn invite(&mut self) -> (InviteId, Token) {
        let id = InviteId::mint();
        let token = self.derived(Purpose::Invite, id.uuid()).await;
        self.run(&format!(
            "insert into staff_invites (tenant_id, id, email, invite_token) values ('{}', '{id}', 'new@mama-njeri.test', '{}')",
            self.shop.tenant,
            token.hash_hex()
        ))
        .await;
        (id, token)
    }

    async fn derived(&self, purpose: Purpose, row: uuid::Uuid) -> Token {
        let mut tx = self.ctx().tx().await.unwrap();
        let token = self.ctx().key(&mut tx).await.unwrap().token(purpose, row);
        tx.commit().await.unwrap();
        token
    }

    /// Asks for a mail.
    pub async fn ask(&mut self, kind: &str, locale: &str, subject: uuid::Uuid) -> MailId {
        let id = MailId::mint();
        self.run(&format!(
            "insert into mails (tenant_id, id, kind, recipient, locale, subject_id)
             values ('{}', '{id}', '{kind}', '{NJERI}', '{locale}', '{subject}')",
            self.shop.tenant
        ))
        .await;
        self.enqueue(id).await;
        id
    }

    pub async fn enqueue(&self, mail: MailId) {
        let mut tx = self.ctx().tx().await.unwrap();
        tx.enqueue(&Job::SendMail(mail), None, None).await.unwrap();
        tx.commit().await.unwrap();
    }

    pub fn registry(&self, mailer: Mailer) -> Registry {
        let worker = Platform { db: self.db.worker.clone(), ..(*self.platform).clone() };
        Registry::new(Arc::new(worker), mailer)
    }

    pub fn by_smtp(&self) -> Mailer {
        Mailer::smtp(&self.sandbox.smtp_url(), FROM).unwrap()
    }

    /// Does every job that is due.
    pub async fn work(&self) {
        drain(&self.db.worker, Arc::new(self.registry(self.by_smtp()))).await.unwrap();
    }

    pub async fn status(&mut self, mail: MailId) -> String {
        self.text(&format!("select status from mails where id = '{mail}'")).await
    }

    /// What arrived, oldest first.
    pub async fn mailbox(&self) -> Vec<Value> {
        let url = format!("{}/control/requests?provider=mail", self.sandbox.base_url);
        http().get(url).send().await.unwrap().json().await.unwrap()
    }

    pub async fn fault(&self, kind: &str) {
        let url = format!("{}/control/fault", self.sandbox.base_url);
        let fault = serde_json::json!({ "provider": "mail", "kind": kind });
        assert_eq!(http().post(url).json(&fault).send().await.unwrap().status(), 204);
    }
}

#[expect(clippy::disallowed_methods, reason = "a test's own client")]
fn http() -> reqwest::Client {
    reqwest::Client::builder().no_proxy().timeout(std::time::Duration::from_secs(10)).build().unwrap()
}
