//! What the log keeps to itself: names, phones, addresses, tokens and bodies, at the level of whoever looks for a fault.

use crate::{
    paper::Paper,
    world::{Browser, NJERI, PLATFORM, World, field},
};
use duka::{
    jobs::{kinds::Job, worker::drain},
    kernel::id::{AccountTokenId, MailId, UserId},
    tenancy::password,
    vault::Purpose,
};
use http::StatusCode;
use sandbox::Sandbox;
use server::{mailer::Mailer, worker::Registry};
use std::sync::Arc;

const PASSWORD: &str = "njeri-nenosiri-2026";

#[tokio::test]
async fn signing_in_buying_and_mails_leave_nobody_in_the_log() {
    let _ = any_spawner::Executor::init_tokio();
    let world = World::new().await;
    let (tenant, user, link, mail) = (world.njeri.tenant, UserId::mint(), AccountTokenId::mint(), MailId::mint());
    let mut tx = world.njeri.ctx.tx().await.expect("a transaction");
    let key = world.njeri.ctx.key(&mut tx).await.expect("a key");
    tx.commit().await.expect("it is kept");
    let reset = key.token(Purpose::AccountLink, link.uuid());
    let hash = password::hash(PASSWORD).await.expect("a hash");
    world
        .sql(&format!(
            r"insert into users (tenant_id, id, email, name, role, password_hash) values ('{tenant}', '{user}', 'njeri@barua.test', 'Njeri Mwende', 'owner', '{hash}');
              insert into account_tokens (tenant_id, id, user_id, purpose, token_hash, expires_at)
              values ('{tenant}', '{link}', '{user}', 'reset_password', '\x{}', now() + interval '1 hour');
              insert into mails (tenant_id, id, kind, recipient, subject_id) values ('{tenant}', '{mail}', 'reset_password', 'njeri@barua.test', '{link}')",
            reset.hash_hex()
        ))
        .await;

    let paper = Paper::begin();
    let mut owner = Browser::new(&world, PLATFORM);
    owner.post("/sign-in", &[("email", "njeri@barua.test"), ("password", "wrong-nenosiri-1")]).await;
    let signed_in = owner.post("/sign-in", &[("email", "njeri@barua.test"), ("password", PASSWORD)]).await;
    assert_eq!(signed_in.status, StatusCode::SEE_OTHER);
    let session = owner.cookie("duka_session").expect("a session").to_owned();
    owner.get("/dashboard").await;

    let mut shopper = Browser::new(&world, NJERI);
    shopper.post("/cart/items", &[("variant", &world.njeri.variants[0].to_string()), ("quantity", "1")]).await;
    let cart = shopper.cookie("duka_cart").expect("a cart").to_owned();
    let form = shopper.get("/checkout").await.text();
    let (once, total) = (field(&form, "idempotency_key"), field(&form, "seen_total_cents"));
    let fill = |phone: &'static str| {
        [
            ("idempotency_key", once.clone()),
            ("seen_total_cents", total.clone()),
            ("name", "Wanjiku Kamau".to_owned()),
            ("phone", phone.to_owned()),
            ("email", "wanjiku@barua.test".to_owned()),
            ("area", "Westlands".to_owned()),
            ("street", "Kindaruma Road".to_owned()),
            ("instructions", "third floor".to_owned()),
            ("payment_method", "cod".to_owned()),
        ]
    };
    for (phone, status) in [("0811223344", StatusCode::UNPROCESSABLE_ENTITY), ("0711 223 344", StatusCode::SEE_OTHER)] {
        let fields = fill(phone);
        let fields: Vec<(&str, &str)> = fields.iter().map(|(name, value)| (*name, value.as_str())).collect();
        let answer = shopper.post("/checkout", &fields).await;
        assert_eq!(answer.status, status, "{}", answer.text());
        if status == StatusCode::SEE_OTHER {
            let location = answer.header("location").to_owned();
            assert_eq!(shopper.get(&location).await.status, StatusCode::OK);
            let token = location.trim_start_matches("/orders/").to_owned();
            let said = [token, session.clone(), cart.clone(), reset.hex()];
            send_mail(&world, mail).await;
            expect_silence(&paper, &said);
        }
    }
}

/// Refused, then taken.
async fn send_mail(world: &World, mail: MailId) {
    let sandbox = Sandbox::start(([127, 0, 0, 1], 0).into()).await.expect("a sandbox");
    for url in ["smtp://127.0.0.1:9".to_owned(), sandbox.smtp_url()] {
        let mut tx = world.njeri.ctx.tx().await.expect("a transaction");
        tx.enqueue(&Job::SendMail(mail), None, None).await.expect("a job");
        tx.commit().await.expect("it is kept");
        let mailer = Mailer::smtp(&url, "Duka <no-reply@localhost>").expect("an address");
        let registry = Registry::new(world.app.platform.clone(), mailer);
        drain(&world.db.worker, Arc::new(registry)).await.expect("the queue answers");
    }
    assert_eq!(world.count("select count(*) from mails where status = 'sent'").await, 1);
}

fn expect_silence(paper: &Paper, tokens: &[String]) {
    let secrets = [
        "711223344",
        "711 223 344",
        "811223344",
        "wanjiku",
        "kamau",
        "njeri@",
        "njeri mwende",
        "barua.test",
        "kindaruma",
        "third floor",
        "choose a new password",
        PASSWORD,
        "wrong-nenosiri-1",
    ];
    let secrets: Vec<&str> = secrets.into_iter().chain(tokens.iter().map(String::as_str)).collect();
    paper.expect_silence(&["insert into orders", "a mail could not be sent yet"], &secrets);
}
