//! The key that a merchant's secrets are sealed with: stored before it is relied upon, and from the first day.

use duka::{
    ctx::{Ctx, Platform},
    db::testing::TestDb,
    kernel::{access::Actor, clock::Clock, email::Email, id::TenantId, slug::Slug},
    tenancy::create_tenant::{NewTenant, create_tenant},
    vault::{MasterKey, Purpose, TenantKey, Vault},
};
use std::sync::Arc;

/// The same installation after a restart: it remembers nothing.
fn restarted(platform: &Platform) -> Arc<Platform> {
    Arc::new(Platform { vault: Vault::new(MasterKey::new([7; 32])), ..platform.clone() })
}

fn ctx(platform: &Arc<Platform>, tenant: TenantId) -> Ctx {
    Ctx::new(platform.clone(), tenant, Actor::Program)
}

/// Tells one key from another without showing either.
fn mark(key: &TenantKey) -> String {
    key.token(Purpose::Order, uuid::Uuid::nil()).hex()
}

#[tokio::test]
async fn a_key_whose_transaction_was_undone_is_forgotten_with_it() {
    let _ = rustls::crypto::ring::default_provider().install_default();
    let db = TestDb::new().await;
    let platform = db.platform_with(Clock::system(), "http://127.0.0.1:9");
    let shop = db.seed_shop(&platform, "mama-njeri").await;
    let platform = restarted(&platform);
    let ctx = ctx(&platform, shop.tenant);
    sqlx::query("delete from tenant_keys").execute(&mut db.superuser().await).await.unwrap();

    let mut undone = ctx.tx().await.unwrap();
    let phantom = mark(&ctx.key(&mut undone).await.unwrap());
    assert_eq!(mark(&ctx.key(&mut undone).await.unwrap()), phantom, "inside the transaction it is the key");
    drop(undone);

    let mut kept = ctx.tx().await.unwrap();
    let stored = mark(&ctx.key(&mut kept).await.unwrap());
    kept.commit().await.unwrap();
    assert_ne!(stored, phantom);
    let mut later = ctx.tx().await.unwrap();
    assert_eq!(mark(&ctx.key(&mut later).await.unwrap()), stored);
    let after = Ctx { platform: restarted(&platform), ..ctx.clone() };
    assert_eq!(mark(&after.key(&mut later).await.unwrap()), stored, "what is sealed today opens tomorrow");
}

#[tokio::test]
async fn a_new_merchant_has_a_key_before_anything_is_sealed() {
    let _ = rustls::crypto::ring::default_provider().install_default();
    let db = TestDb::new().await;
    let platform = db.platform_with(Clock::system(), "http://127.0.0.1:9");
    let wanted = NewTenant {
        name: "Mama Njeri".into(),
        store_slug: Slug::parse("mama-njeri").unwrap(),
        owner_email: Email::parse("owner@mama-njeri.test").unwrap(),
        password: "karibu-duka-2026".into(),
    };
    let (tenant, _) = create_tenant(&platform, wanted).await.unwrap();
    let keys: i64 = sqlx::query_scalar("select count(*) from tenant_keys where tenant_id = $1")
        .bind(tenant.uuid())
        .fetch_one(&mut db.superuser().await)
        .await
        .unwrap();
    assert_eq!(keys, 1);
    let ctx = ctx(&platform, tenant);
    let mut tx = ctx.tx().await.unwrap();
    let known = mark(&ctx.key(&mut tx).await.unwrap());
    let after = Ctx { platform: restarted(&platform), ..ctx.clone() };
    assert_eq!(mark(&after.key(&mut tx).await.unwrap()), known);
}
