//! Setting up M-Pesa: an account is in use only after KSh 1 has gone through it, and the one before stays until then.

use crate::{
    merchant::member,
    world::{Answer, World},
};
use duka::{ctx::Platform, jobs::worker, kernel::access::Role, payments::providers::mpesa::Daraja};
use http::StatusCode;
use sandbox::Sandbox;
use server::{mailer::Mailer, worker::Registry};
use std::sync::Arc;

const PAGE: &str = "/dashboard/settings/mpesa";

fn account<'a>(version: &'a str, till: &'a str, secret: &'a str) -> [(&'a str, &'a str); 7] {
    [
        ("version", version),
        ("kind", "till"),
        ("short_code", "600000"),
        ("till_number", till),
        ("consumer_key", "key"),
        ("consumer_secret", secret),
        ("passkey", "pass"),
    ]
}

async fn drain(platform: &Arc<Platform>, world: &World) {
    let mailer = Mailer::folder(std::env::temp_dir(), "Duka <no-reply@localhost>").unwrap();
    let worker = Arc::new(Platform { db: world.db.worker.clone(), ..(**platform).clone() });
    worker::drain(&world.db.worker, Arc::new(Registry::new(worker, mailer))).await.unwrap();
}

async fn tried(world: &World) -> String {
    let mut everything = world.db.superuser().await;
    sqlx::query_scalar(
        "select status || ' ' || coalesce(result_code, '') from mpesa_account_tests order by requested_at desc limit 1",
    )
    .fetch_one(&mut everything)
    .await
    .unwrap()
}

#[tokio::test]
async fn a_shilling_proves_an_account_and_only_then_it_is_used() {
    let sandbox = Sandbox::start(([127, 0, 0, 1], 0).into()).await.unwrap();
    let mut world = World::new().await;
    let platform = Arc::new(Platform { daraja: Daraja::new(&sandbox.daraja_url()), ..(*world.app.platform).clone() });
    world.use_platform(platform.clone());
    let control = format!("{}/control/mpesa", sandbox.base_url);
    #[expect(clippy::disallowed_methods, reason = "the sandbox's controls, not a provider")]
    let http = reqwest::Client::builder().no_proxy().build().unwrap();
    let decide = async |code: u32| {
        let script = serde_json::json!({ "result_code": code, "drop_callback": true });
        assert_eq!(http.post(&control).json(&script).send().await.unwrap().status(), 204);
    };
    let mut owner = member(&world, &world.njeri, Role::Owner).await;
    let tries = async |owner: &mut crate::merchant::Member<'_>| -> Answer {
        owner.browser.post("/dashboard/settings/mpesa/test", &[("phone", "0711 223 344")]).await
    };
    assert_eq!(owner.browser.post(PAGE, &account("0", "5123456", "wrong")).await.status, StatusCode::SEE_OTHER);
    assert_eq!(tries(&mut owner).await.status, StatusCode::SEE_OTHER);
    assert_eq!(tried(&world).await, "failed bad_settings", "the keys are not taken");
    assert!(owner.browser.get(PAGE).await.text().contains("M-Pesa does not take these numbers and keys."));

    assert_eq!(owner.browser.post(PAGE, &account("1", "5123456", "right")).await.status, StatusCode::SEE_OTHER);
    decide(1032).await;
    tries(&mut owner).await;
    world.sql("update graphile_worker._private_jobs set run_at = now()").await;
    drain(&platform, &world).await;
    assert_eq!(tried(&world).await, "failed cancelled");
    assert_eq!(world.count("select count(*) from mpesa_accounts where is_active").await, 0);

    decide(0).await;
    assert_eq!(tries(&mut owner).await.status, StatusCode::SEE_OTHER);
    let waiting = owner.browser.get(PAGE).await;
    assert_eq!(waiting.header("refresh"), "4");
    world.sql("update graphile_worker._private_jobs set run_at = now()").await;
    drain(&platform, &world).await;
    assert_eq!(tried(&world).await, "succeeded 0");
    assert_eq!(world.count("select count(*) from mpesa_accounts where is_active and proved_at is not null and till_number = '5123456'").await, 1);
    assert_eq!(world.count("select count(*) from tenants where mpesa_short_code = '5123456'").await, 1);

    // What is changed while it is tried has not been tried.
    let version = world.count("select version::bigint from mpesa_accounts where is_active").await.to_string();
    owner.browser.post(PAGE, &account(&version, "5888888", "right")).await;
    tries(&mut owner).await;
    let version = world.count("select version::bigint from mpesa_accounts where not is_active").await.to_string();
    assert_eq!(owner.browser.post(PAGE, &account(&version, "5777777", "right")).await.status, StatusCode::SEE_OTHER);
    assert_eq!(tried(&world).await, "failed changed");
    world.sql("update graphile_worker._private_jobs set run_at = now()").await;
    drain(&platform, &world).await;
    assert_eq!(world.count("select count(*) from mpesa_accounts where is_active and till_number = '5123456'").await, 1);

    let version = world.count("select version::bigint from mpesa_accounts where not is_active").await.to_string();
    assert_eq!(owner.browser.post(PAGE, &account(&version, "5999999", "right")).await.status, StatusCode::SEE_OTHER);
    assert_eq!(
        world.count("select count(*) from mpesa_accounts where is_active and till_number = '5123456'").await,
        1,
        "the proved one stays in use"
    );
    tries(&mut owner).await;
    world.sql("update graphile_worker._private_jobs set run_at = now()").await;
    drain(&platform, &world).await;
    assert_eq!(world.count("select count(*) from mpesa_accounts where is_active and till_number = '5999999'").await, 1);
    assert_eq!(world.count("select count(*) from mpesa_accounts").await, 2, "the one before is kept, out of use");
    world
        .db
        .logged(&["mpesa_account_changed", "mpesa_account_tried", "mpesa_account_not_proved", "mpesa_account_proved"])
        .await;
}
