//! A rider at the door: a link that opens one order's money, a prompt on the buyer's phone, cash in the hand.

use crate::{
    merchant::member,
    orders::{money, on_the_way, place, staff, standing, the_ledger_is_sound, walk},
    world::{Browser, KILIMANI, NJERI, World, field},
};
use duka::{
    checkout::rider::make_link,
    ctx::Platform,
    error::{AppError, Refusal},
    jobs::worker,
    kernel::{access::Role, id::OrderId, token::Token},
    orders::status::OrderStatus,
    payments::providers::mpesa::Daraja,
    vault::Place,
};
use http::StatusCode;
use sandbox::{Running, Sandbox};
use server::{mailer::Mailer, worker::Registry};
use std::sync::Arc;

pub async fn link(world: &World, order: OrderId) -> Token {
    let staff = staff(world, &world.njeri, Role::Staff).await;
    make_link(&staff, order).await.expect("a link")
}

fn at(token: &Token, rest: &str) -> String {
    format!("/rider/{}{rest}", token.hex())
}

#[tokio::test]
async fn staff_make_a_link_and_the_page_says_what_to_collect() {
    let world = World::new().await;
    let placed = on_the_way(&world, &world.njeri).await;
    let mut staff = member(&world, &world.njeri, Role::Staff).await;
    let page = format!("/dashboard/orders/{}/rider", placed.order);
    assert!(staff.browser.get(&page).await.text().contains("There is no link yet."));
    assert_eq!(staff.browser.post(&page, &[]).await.status, StatusCode::SEE_OTHER);
    let html = staff.browser.get(&page).await.text();
    let link = html.split("value=\"http://mama-njeri.localhost:3000").nth(1).expect("a link");
    let path = link.split('"').next().expect("an end").to_owned();
    assert!(path.starts_with("/rider/"), "{path}");

    let opened = world.get(NJERI, &path).await;
    assert_eq!(opened.status, StatusCode::OK);
    assert_eq!(opened.header("referrer-policy"), "same-origin");
    let html = opened.text();
    for said in ["Order 1001", "Collect KSh 1,150", "Amina Wanjiru", "Mpaka Road, blue gate", "Cash received"] {
        assert!(html.contains(said), "{said} in {html}");
    }
    assert!(opened.bytes.len() < 20_000 && !html.contains("<script"), "{} bytes", opened.bytes.len());
    assert!(world.get(NJERI, &format!("/sw{path}")).await.text().contains("Pokea KSh 1,150"));
    assert_eq!(world.count("select count(*) from audit_log where action = 'rider_link_made'").await, 1);
}

#[tokio::test]
async fn cash_at_the_door_pays_the_order_once() {
    let world = World::new().await;
    let placed = on_the_way(&world, &world.njeri).await;
    let token = link(&world, placed.order).await;
    let mut rider = Browser::new(&world, NJERI);
    let key = field(&rider.get(&at(&token, "")).await.text(), "key");
    for (amount, sentence) in
        [("", "Please fill this in."), ("ten", "whole shillings"), ("1151", "This is more than is to be collected.")]
    {
        let answer = rider.post(&at(&token, "/cash"), &[("amount", amount), ("key", &key)]).await;
        assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY, "{amount}");
        assert!(answer.text().contains(sentence), "{amount}: {}", answer.text());
        assert_eq!(standing(&world, placed.order).await, "dispatched unpaid");
        assert_eq!(world.count("select count(*) from hand_payments").await, 0);
    }
    for _ in 0..2 {
        let answer = rider.post(&at(&token, "/cash"), &[("amount", "1150"), ("key", &key)]).await;
        assert_eq!(answer.status, StatusCode::SEE_OTHER);
    }
    assert_eq!(standing(&world, placed.order).await, "dispatched paid");
    assert_eq!(money(&world, placed.order).await, (1_150, 0));
    assert_eq!(world.count("select count(*) from hand_payments where rider_link_id is not null").await, 1);
    let html = rider.get(&at(&token, "?recorded")).await.text();
    assert!(html.contains("Nothing more to collect.") && !html.contains("Cash received</button>"), "{html}");
    the_ledger_is_sound(&world).await;
}

#[tokio::test]
async fn two_presses_at_once_are_not_paid_twice() {
    let world = World::new().await;
    let placed = on_the_way(&world, &world.njeri).await;
    let token = link(&world, placed.order).await;
    let ctx = crate::orders::shopper(&world, &world.njeri);
    let presses: Vec<_> = ["k1", "k2", "k3", "k4"]
        .map(|key| {
            let (ctx, token) = (ctx.clone(), token.clone());
            tokio::spawn(async move {
                let typed = duka::kernel::typed::Typed::default().with("amount", "1150").with("key", key);
                duka::checkout::rider::collect_cash(&ctx, &token, &typed).await.is_ok()
            })
        })
        .into_iter()
        .collect();
    let mut taken = 0;
    for press in presses {
        taken += u32::from(press.await.unwrap());
    }
    assert_eq!(taken, 1);
    assert_eq!(money(&world, placed.order).await, (1_150, 0));
}

#[tokio::test]
async fn a_link_ends_with_the_delivery_with_its_time_and_with_the_next_one() {
    let world = World::new().await;
    let placed = on_the_way(&world, &world.njeri).await;
    let first = link(&world, placed.order).await;
    let second = link(&world, placed.order).await;
    assert_ne!(first, second);
    let gone = world.get(NJERI, &at(&first, "")).await;
    assert_eq!(gone.status, StatusCode::NOT_FOUND);
    assert_eq!(world.get(NJERI, &at(&second, "")).await.status, StatusCode::OK);
    // Made up, over, of another shop: one and the same page.
    let made_up = world.get(NJERI, &at(&Token::random(), "")).await;
    assert_eq!((made_up.status, made_up.text()), (StatusCode::NOT_FOUND, gone.text()));
    assert_eq!(world.get(NJERI, "/rider/1001").await.text(), gone.text());
    assert_eq!(world.get(KILIMANI, &at(&second, "")).await.status, StatusCode::NOT_FOUND);
    let mut rider = Browser::new(&world, NJERI);
    let form = [("amount", "1150"), ("key", "k")];
    assert_eq!(rider.post(&at(&first, "/cash"), &form).await.status, StatusCode::NOT_FOUND);
    assert_eq!(rider.post(&at(&first, "/prompt"), &[("phone", "")]).await.status, StatusCode::NOT_FOUND);
    assert_eq!(standing(&world, placed.order).await, "dispatched unpaid");

    walk(&world, &world.njeri, placed.order, &[OrderStatus::Delivered]).await;
    assert_eq!(world.get(NJERI, &at(&second, "")).await.text(), gone.text());

    let other = on_the_way(&world, &world.njeri).await;
    let third = link(&world, other.order).await;
    world.sql("update rider_links set expires_at = now() - interval '1 second'").await;
    assert_eq!(world.get(NJERI, &at(&third, "")).await.text(), gone.text());
    assert_eq!(rider.post(&at(&third, "/cash"), &form).await.status, StatusCode::NOT_FOUND);
    assert_eq!(standing(&world, other.order).await, "dispatched unpaid");
}

#[tokio::test]
async fn who_tries_out_links_waits_and_the_right_one_still_opens() {
    let world = World::new().await;
    let placed = on_the_way(&world, &world.njeri).await;
    let token = link(&world, placed.order).await;
    let ask = async |path: String| {
        let from: std::net::SocketAddr = ([41, 89, 1, 1], 4711).into();
        let request = axum::http::Request::get(path)
            .header("host", NJERI)
            .extension(axum::extract::ConnectInfo(from))
            .body(axum::body::Body::empty())
            .unwrap();
        world.send(request).await.status
    };
    for _ in 0..60 {
        assert_eq!(ask(at(&Token::random(), "")).await, StatusCode::NOT_FOUND);
    }
    assert_eq!(ask(at(&Token::random(), "")).await, StatusCode::TOO_MANY_REQUESTS);
    assert_eq!(ask(at(&token, "")).await, StatusCode::OK);
}

#[tokio::test]
async fn no_link_is_made_before_the_order_is_accepted_or_when_nothing_is_owed() {
    let world = World::new().await;
    let staff = staff(&world, &world.njeri, Role::Staff).await;
    let pending = place(&world, &world.njeri, "cod").await;
    assert_eq!(make_link(&staff, pending.order).await, Err(AppError::Refused(Refusal::NotAccepted)));
    let done = on_the_way(&world, &world.njeri).await;
    walk(&world, &world.njeri, done.order, &[OrderStatus::Delivered]).await;
    assert_eq!(make_link(&staff, done.order).await, Err(AppError::Refused(Refusal::NothingToPay)));
    let viewer = crate::orders::staff(&world, &world.njeri, Role::Viewer).await;
    assert_eq!(make_link(&viewer, done.order).await, Err(AppError::NotPermitted));
    let neighbour = crate::orders::staff(&world, &world.kilimani, Role::Owner).await;
    assert_eq!(make_link(&neighbour, done.order).await, Err(AppError::NotFound));
    assert_eq!(world.count("select count(*) from rider_links").await, 0);
}

#[tokio::test]
async fn a_prompt_on_the_buyers_phone_turns_the_order_paid() {
    let (_sandbox, world, platform) = at_the_sandbox().await;
    let placed = on_the_way(&world, &world.njeri).await;
    let token = link(&world, placed.order).await;
    let mut rider = Browser::new(&world, NJERI);
    assert!(rider.get(&at(&token, "")).await.text().contains("Send the prompt"));
    let wrong = rider.post(&at(&token, "/prompt"), &[("phone", "12345")]).await;
    assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(wrong.text().contains("This is not a Kenyan mobile number."));
    assert_eq!(world.count("select count(*) from payments where method like 'mpesa%'").await, 0);

    assert_eq!(rider.post(&at(&token, "/prompt"), &[("phone", "")]).await.status, StatusCode::SEE_OTHER);
    assert_eq!(
        world.count("select amount_cents from payments where method like 'mpesa%' and phone = '+254711223344'").await,
        115_000
    );
    let waiting = rider.get(&at(&token, "")).await.text();
    assert!(waiting.contains("http-equiv=\"refresh\"") && waiting.contains("We sent the request to"), "{waiting}");
    let again = rider.post(&at(&token, "/prompt"), &[("phone", "")]).await;
    assert_eq!(again.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(again.text().contains("A request is on the phone already."));

    // A page that draws itself anew takes nothing away that somebody types: what there is to type stands on one that does not.
    assert!(!waiting.contains("<input") && !waiting.contains("<textarea"), "{waiting}");
    assert!(waiting.contains(&format!("href=\"{}\"", at(&token, "?still"))), "{waiting}");
    let still = rider.get(&at(&token, "?still")).await.text();
    assert!(still.contains("Cash received</button>") && still.contains("We sent the request to"), "{still}");
    let wrong = rider.post(&at(&token, "/cash"), &[("amount", "1,2"), ("key", "k")]).await.text();
    assert!(wrong.contains("value=\"1,2\"") && wrong.contains("whole shillings"), "{wrong}");
    assert!(![still, wrong, again.text()].iter().any(|page| page.contains("http-equiv=\"refresh\"")));

    settle(&platform, &world).await;
    assert_eq!(standing(&world, placed.order).await, "dispatched paid");
    assert_eq!(money(&world, placed.order).await, (1_150, 0));
    assert!(rider.get(&at(&token, "")).await.text().contains("Nothing more to collect."));
    assert_eq!(world.count("select count(*) from receipts").await, 1);
    assert_eq!(
        world.count("select count(*) from payments where method = 'cod' and failure_reason = 'paid_otherwise'").await,
        1,
        "nobody waits for the cash any more"
    );
    walk(&world, &world.njeri, placed.order, &[OrderStatus::Delivered]).await;
    assert_eq!(money(&world, placed.order).await, (1_150, 0), "delivering takes no second money");
    the_ledger_is_sound(&world).await;
}

#[tokio::test]
async fn a_prompt_that_m_pesa_could_not_take_is_not_offered() {
    let world = World::new().await;
    take_mpesa(&world).await;
    let placed = on_the_way(&world, &world.njeri).await;
    let token = link(&world, placed.order).await;
    for (cents, is_offered) in [(25_000_100, false), (25_000_000, true), (115_050, false)] {
        world.sql(&format!("update orders set total_cents = {cents}, subtotal_cents = {cents} - 15000")).await;
        let html = world.get(NJERI, &at(&token, "")).await.text();
        assert_eq!(html.contains("Send the prompt"), is_offered, "{cents}: {html}");
        assert_eq!(html.contains("at most KSh 250,000 at once"), !is_offered, "{cents}: {html}");
        assert!(html.contains("Cash received</button>"), "{cents}: {html}");
    }
}

/// Two shops of which Njeri's sends prompts to a sandbox, where every one is paid without a callback.
pub async fn at_the_sandbox() -> (Running, World, Arc<Platform>) {
    let sandbox = Sandbox::start(([127, 0, 0, 1], 0).into()).await.unwrap();
    let mut world = World::new().await;
    let platform = Arc::new(Platform { daraja: Daraja::new(&sandbox.daraja_url()), ..(*world.app.platform).clone() });
    world.use_platform(platform.clone());
    take_mpesa(&world).await;
    #[expect(clippy::disallowed_methods, reason = "the sandbox's controls, not a provider")]
    let http = reqwest::Client::builder().no_proxy().build().unwrap();
    let script = serde_json::json!({ "result_code": 0, "drop_callback": true });
    let control = format!("{}/control/mpesa", sandbox.base_url);
    assert_eq!(http.post(&control).json(&script).send().await.unwrap().status(), 204);
    (sandbox, world, platform)
}

/// Gives the merchant an account whose prompts go to the sandbox.
pub async fn take_mpesa(world: &World) {
    let ctx = world.njeri.ctx.clone();
    let mut tx = ctx.tx().await.unwrap();
    let key = ctx.key(&mut tx).await.unwrap();
    tx.commit().await.unwrap();
    let row = uuid::Uuid::from_u128(1);
    let hex =
        |column, text: &str| duka::kernel::token::hex(&key.seal(Place { table: "mpesa_accounts", column, row }, text));
    world
        .sql(&format!(
            "insert into mpesa_accounts (tenant_id, id, environment, kind, short_code, consumer_key_sealed, consumer_secret_sealed, passkey_sealed)
             values ('{}', '{row}', 'sandbox', 'paybill', '509731', '\\x{}', '\\x{}', '\\x{}')",
            world.njeri.tenant,
            hex("consumer_key_sealed", "key"),
            hex("consumer_secret_sealed", "secret"),
            hex("passkey_sealed", "passkey"),
        ))
        .await;
}

/// Does the work that waits until the provider has been asked and the prompt has ended.
pub async fn settle(platform: &Arc<Platform>, world: &World) {
    let worker = Arc::new(Platform { db: world.db.worker.clone(), ..(**platform).clone() });
    for _ in 0..40 {
        let mailer = Mailer::folder(std::env::temp_dir().join("duka-no-mails"), "Duka <no-reply@localhost>").unwrap();
        world.sql("update graphile_worker._private_jobs set run_at = now() where run_at > now()").await;
        worker::drain(&world.db.worker, Arc::new(Registry::new(worker.clone(), mailer))).await.unwrap();
        if world.count("select count(*) from payments where method like 'mpesa%' and status = 'succeeded'").await == 1 {
            return;
        }
        tokio::time::sleep(std::time::Duration::from_millis(50)).await;
    }
    panic!("the prompt never ended");
}
