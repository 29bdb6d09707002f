//! Another master key while merchants go on working, and no secret of anybody in a dump of the database.
#![expect(clippy::unwrap_used, reason = "a test that cannot go on fails")]

#[path = "http/dump.rs"]
mod dump;

use base64::{Engine as _, prelude::BASE64_STANDARD};
use duka::{
    ctx::{Ctx, Platform},
    db::{
        Db,
        testing::{Shop, TestDb},
    },
    kernel::{
        access::Actor,
        clock::Clock,
        id::{AccountTokenId, InviteId, MpesaAccountId, UserId},
        token::hex,
    },
    tenancy::{
        password,
        sign_in::{SignInOutcome, Tried, Visitor, sign_in},
    },
    vault::{
        MasterKey, Place, Purpose, Vault,
        rotate::{NotRotated, Rotated, rotate, strangers},
    },
};
use dump::dump;
use server::boot::secrets::{master_keys, next_master_key, turn_master_key};
use sqlx::{AssertSqlSafe, PgConnection};
use std::{
    path::PathBuf,
    process::{Command, Output},
    sync::Arc,
};

const OLD: [u8; 32] = [7; 32];
const NEW: [u8; 32] = [8; 32];
const PLACE: Place = Place { table: "mpesa_accounts", column: "passkey_sealed", row: uuid::Uuid::nil() };

struct World {
    everything: PgConnection,
    operator: Db,
    platform: Arc<Platform>,
    shops: Vec<Shop>,
    /// A secret of each, sealed before anything was rotated.
    sealed: Vec<Vec<u8>>,
    // Last: the database is dropped when nothing uses it any more.
    db: TestDb,
}

impl World {
    /// Three merchants with keys, one of them suspended.
    async fn new() -> Self {
        let _ = rustls::crypto::ring::default_provider().install_default();
        let db = TestDb::new().await;
        let platform = db.platform_with(Clock::system(), "http://127.0.0.1:9");
        let mut world = Self {
            everything: db.superuser().await,
            operator: Db::open(&db.url("duka_ops"), 2).unwrap(),
            platform,
            shops: Vec::new(),
            sealed: Vec::new(),
            db,
        };
        for slug in ["one", "two", "three"] {
            let shop = world.db.seed_shop(&world.platform.clone(), slug).await;
            let sealed = world.sealed_by(&Vault::new(MasterKey::new(OLD)), &shop).await;
            world.sealed.push(sealed);
            world.shops.push(shop);
        }
        let last = world.shops[2].tenant;
        world.run(&format!("update tenants set status = 'suspended' where id = '{last}'")).await;
        world
    }

    fn ctx(&self, vault: &Vault, shop: &Shop) -> Ctx {
        let platform = Platform { vault: vault.clone(), ..(*self.platform).clone() };
        Ctx::new(Arc::new(platform), shop.tenant, Actor::Program)
    }

    async fn sealed_by(&self, vault: &Vault, shop: &Shop) -> Vec<u8> {
        let ctx = self.ctx(vault, shop);
        let mut tx = ctx.tx().await.unwrap();
        let key = ctx.key(&mut tx).await.unwrap();
        tx.commit().await.unwrap();
        key.seal(PLACE, "bfb279")
    }

    /// How many of the merchants' secrets the vault opens.
    async fn opened_by(&self, vault: &Vault) -> usize {
        let mut opened = 0;
        for (shop, sealed) in self.shops.iter().zip(&self.sealed) {
            let ctx = self.ctx(vault, shop);
            let mut tx = ctx.tx().await.unwrap();
            if let Ok(key) = ctx.key(&mut tx).await {
                opened += usize::from(key.open(PLACE, sealed).as_deref() == Ok("bfb279"));
            }
        }
        opened
    }

    async fn run(&mut self, sql: &str) {
        sqlx::raw_sql(AssertSqlSafe(sql.to_owned())).execute(&mut self.everything).await.unwrap();
    }

    async fn wrapped_by(&mut self, key: [u8; 32]) -> i64 {
        sqlx::query_scalar("select count(*) from tenant_keys where master_key_id = $1")
            .bind(MasterKey::new(key).id())
            .fetch_one(&mut self.everything)
            .await
            .unwrap()
    }

    fn folder(&self) -> PathBuf {
        let folder = std::env::temp_dir().join(format!("duka-keys-{}", self.shops[0].tenant));
        std::fs::create_dir_all(&folder).unwrap();
        folder
    }
}

fn keys(of: &[[u8; 32]]) -> Vec<MasterKey> {
    of.iter().copied().map(MasterKey::new).collect()
}

#[tokio::test]
async fn every_key_is_wrapped_again_and_none_of_them_changes() {
    let mut world = World::new().await;
    let done = rotate(&world.operator, &keys(&[OLD]), &MasterKey::new(NEW)).await.unwrap();
    assert_eq!(done, Rotated { tenants: 3, wrapped: 3 });
    assert_eq!((world.wrapped_by(NEW).await, world.wrapped_by(OLD).await), (3, 0));
    assert_eq!(world.opened_by(&Vault::new(MasterKey::new(NEW))).await, 3);
    assert_eq!(world.opened_by(&Vault::new(MasterKey::new(OLD))).await, 0);
    let again = rotate(&world.operator, &keys(&[OLD]), &MasterKey::new(NEW)).await.unwrap();
    assert_eq!(again, Rotated { tenants: 3, wrapped: 0 });
    world.operator.close().await;
}

#[tokio::test]
async fn stopped_halfway_both_keys_open_and_the_next_run_does_the_rest() {
    let mut world = World::new().await;
    world.run("create table kept as select * from tenant_keys").await;
    rotate(&world.operator, &keys(&[OLD]), &MasterKey::new(NEW)).await.unwrap();
    // Two of three as they were: what a run leaves that was killed between two commits.
    world
        .run(
            "update tenant_keys t set wrapped_key = k.wrapped_key, master_key_id = k.master_key_id
              from (select * from kept order by tenant_id limit 2) k where t.id = k.id",
        )
        .await;
    assert_eq!((world.wrapped_by(NEW).await, world.wrapped_by(OLD).await), (1, 2));
    for order in [[NEW, OLD], [OLD, NEW]] {
        assert_eq!(world.opened_by(&Vault::of(keys(&order))).await, 3);
    }
    assert_eq!(strangers(&world.operator, &keys(&[NEW])).await.unwrap(), 2);
    let done = rotate(&world.operator, &keys(&[OLD]), &MasterKey::new(NEW)).await.unwrap();
    assert_eq!(done, Rotated { tenants: 3, wrapped: 2 });
    assert_eq!(world.opened_by(&Vault::new(MasterKey::new(NEW))).await, 3);
    assert_eq!(strangers(&world.operator, &keys(&[NEW])).await.unwrap(), 0);
    world.operator.close().await;
}

#[tokio::test]
async fn with_a_key_that_nobody_has_nothing_is_changed() {
    let mut world = World::new().await;
    let refused = rotate(&world.operator, &keys(&[[9; 32]]), &MasterKey::new(NEW)).await;
    assert!(matches!(refused, Err(NotRotated::UnknownKey(3))), "{refused:?}");
    assert_eq!((world.wrapped_by(OLD).await, world.opened_by(&Vault::new(MasterKey::new(OLD))).await), (3, 3));
    world.operator.close().await;
}

#[tokio::test]
async fn a_server_that_runs_meanwhile_finds_the_new_key_by_itself() {
    let mut world = World::new().await;
    let folder = world.folder();
    std::fs::write(folder.join("secret.key"), BASE64_STANDARD.encode(OLD)).unwrap();
    let looked_at = folder.clone();
    let running = Vault::watching(Box::new(move || keys(&master_keys(&looked_at).unwrap())));

    let new = next_master_key(&folder).unwrap();
    assert_eq!(next_master_key(&folder).unwrap(), new, "another run goes on with the same key");
    assert_eq!(master_keys(&folder).unwrap(), [new, OLD]);
    // A merchant who comes in the middle is wrapped with the key that stays.
    let meanwhile = Arc::new(Platform { vault: running.clone(), ..(*world.platform).clone() });
    let late = world.db.seed_shop(&meanwhile, "late").await;
    let sealed = world.sealed_by(&running, &late).await;
    assert_eq!(world.wrapped_by(new).await, 1);
    rotate(&world.operator, &keys(&master_keys(&folder).unwrap()), &MasterKey::new(new)).await.unwrap();
    turn_master_key(&folder, new).unwrap();
    turn_master_key(&folder, new).unwrap();
    assert_eq!(master_keys(&folder).unwrap(), [new]);
    world.shops.push(late);
    world.sealed.push(sealed);
    assert_eq!(world.opened_by(&running).await, 4, "it had opened none of the first three before");
    assert_eq!(world.opened_by(&Vault::new(MasterKey::new(new))).await, 4);
    std::fs::remove_dir_all(folder).unwrap();
    world.operator.close().await;
}

#[tokio::test]
async fn the_command_reads_the_new_key_from_its_setting_and_says_what_to_do_then() {
    let world = World::new().await;
    let (folder, scattered) =
        (world.folder(), |start: u8| std::array::from_fn::<u8, 32, _>(|at| start + u8::try_from(at).unwrap_or(0)));
    let (old, new) = (scattered(1), scattered(100));
    rotate(&world.operator, &keys(&[OLD]), &MasterKey::new(old)).await.unwrap();
    let urls = [
        ("DATABASE_URL", "duka_app"),
        ("DUKA_WORKER_DATABASE_URL", "duka_worker"),
        ("DUKA_OPS_DATABASE_URL", "duka_ops"),
    ]
    .map(|(name, role)| (name, world.db.url(role)));
    let duka = |next: Option<[u8; 32]>| -> Output {
        let mut command = Command::new(env!("CARGO_BIN_EXE_duka"));
        command
            .args(["keys", "rotate"])
            .current_dir(&folder)
            .envs(urls.iter().map(|(name, url)| (*name, url.as_str())));
        command
            .env("DUKA_DATA_DIR", &folder)
            .env("DUKA_SECRET_KEY", BASE64_STANDARD.encode(old))
            .env("DUKA_LOG", "error");
        if let Some(next) = next {
            command.env("DUKA_SECRET_KEY_NEXT", BASE64_STANDARD.encode(next));
        }
        command.output().unwrap()
    };
    for (next, part) in [(None, "DUKA_SECRET_KEY_NEXT is not set"), (Some(old), "nothing to rotate to")] {
        let refused = duka(next);
        let said = String::from_utf8_lossy(&refused.stderr).into_owned();
        assert_eq!((refused.status.code(), said.lines().count()), (Some(1), 1), "{said}");
        assert!(said.contains(part), "{said}");
    }
    for wrapped in ["3 of 3", "0 of 3"] {
        let done = duka(Some(new));
        let said = String::from_utf8_lossy(&done.stdout).into_owned();
        assert!(done.status.success() && said.starts_with(wrapped), "{said}{}", String::from_utf8_lossy(&done.stderr));
        assert!(said.contains("Change the setting now"), "{said}");
    }
    assert_eq!(world.opened_by(&Vault::new(MasterKey::new(new))).await, 3);
    std::fs::remove_dir_all(folder).unwrap();
    world.operator.close().await;
}

#[tokio::test]
async fn no_secret_is_found_in_a_dump_of_the_database() {
    let mut world = World::new().await;
    let shop = world.shops[0].clone();
    let tenant = shop.tenant;
    let vault = Vault::new(MasterKey::new(OLD));
    let ctx = world.ctx(&vault, &shop);
    let mut tx = ctx.tx().await.unwrap();
    let key = ctx.key(&mut tx).await.unwrap();
    tx.commit().await.unwrap();
    let (account, user, reset, invite) =
        (MpesaAccountId::mint(), UserId::mint(), AccountTokenId::mint(), InviteId::mint());
    let seal =
        |table, column, row, secret: &str| format!(r"\x{}", hex(&key.seal(Place { table, column, row }, secret)));
    let plain = ["consumer-key-4711", "consumer-secret-4712", "passkey-4713", "JBSWY3DPEHPK3PXP", "njeri-nenosiri-9"];
    let (reset_token, invite_token) =
        (key.token(Purpose::AccountLink, reset.uuid()), key.token(Purpose::Invite, invite.uuid()));
    let hash = password::hash(plain[4]).await.unwrap();
    world
        .run(&format!(
            r"insert into mpesa_accounts (tenant_id, id, short_code, consumer_key_sealed, consumer_secret_sealed, passkey_sealed)
              values ('{tenant}', '{account}', '509731', '{}', '{}', '{}');
              insert into users (tenant_id, id, email, password_hash, role, mfa_secret) values ('{tenant}', '{user}', 'owner@one.test', '{hash}', 'owner', '{}');
              insert into account_tokens (tenant_id, id, user_id, purpose, token_hash, expires_at)
              values ('{tenant}', '{reset}', '{user}', 'reset_password', '\x{}', now() + interval '1 hour');
              insert into staff_invites (tenant_id, id, email, invite_token) values ('{tenant}', '{invite}', 'new@one.test', '{}');
              insert into mails (tenant_id, kind, recipient, subject_id) values ('{tenant}', 'reset_password', 'owner@one.test', '{reset}')",
            seal("mpesa_accounts", "consumer_key_sealed", account.uuid(), plain[0]),
            seal("mpesa_accounts", "consumer_secret_sealed", account.uuid(), plain[1]),
            seal("mpesa_accounts", "passkey_sealed", account.uuid(), plain[2]),
            seal("users", "mfa_secret", user.uuid(), plain[3]),
            reset_token.hash_hex(),
            invite_token.hash_hex(),
        ))
        .await;
    let visitor = Visitor { address: "203.0.113.9", user_agent: "Opera Mini", is_exempt: false };
    let SignInOutcome::SignedIn { token, .. } =
        sign_in(&world.platform, Tried { email: "owner@one.test", password: plain[4], code: "", store: "" }, visitor)
            .await
            .unwrap()
    else {
        panic!("not signed in")
    };
    let whole = dump(&mut world.everything).await;
    assert!(whole.contains("owner@one.test") && whole.contains(&token.hash_hex()), "the dump is not whole");
    let mut secrets: Vec<String> = plain.iter().map(|text| (*text).to_lowercase()).collect();
    // Bytes are dumped as hexadecimal digits.
    secrets.extend(plain.iter().map(|text| hex(text.as_bytes())));
    secrets.extend([token.hex(), reset_token.hex(), invite_token.hex(), hex(&OLD)]);
    for secret in secrets {
        assert!(!whole.contains(&secret), "a secret stands in the database: {secret}");
    }
    world.operator.close().await;
}
