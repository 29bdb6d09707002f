//! The second factor: switched on, asked for, each code once, and the ways round it.

use crate::world::{Browser, OWNER, PASSWORD, World};
use chrono::TimeDelta;
use duka::tenancy::{
    second_factor::{self, SecondFactor},
    totp::code_at,
};
use http::StatusCode;

const PAGE: &str = "/dashboard/account/second-factor";

#[tokio::test]
async fn switching_it_on_shows_codes_once_and_signs_out_everybody_else() {
    let mut world = World::new().await;
    let router = world.router.clone();
    let (mut here, mut elsewhere) = (Browser::on(&router), Browser::on(&router));
    here.sign_in(OWNER).await;
    elsewhere.sign_in(OWNER).await;
    here.post(&format!("{PAGE}/start"), &[]).await.leads_to(PAGE);
    let SecondFactor::Trying { secret, uri } = second_factor::load(&world.owner).await.unwrap() else { panic!() };
    assert!(uri.starts_with("otpauth://totp/Duka:owner%40ours.test?secret="), "{uri}");
    let page = here.get(PAGE).await;
    assert!(page.text.contains("src=\"data:image/svg+xml;base64,"), "a picture to scan");
    assert!(page.text.contains("href=\"otpauth://totp/Duka:"), "a way into the app on the same phone");
    assert!(!page.text.contains("recovery code"), "there is none yet");
    assert!(page.text.contains(&format!("{} {}", &secret[..4], &secret[4..8])), "the secret in groups");
    let sealed = world.text("select encode(mfa_secret, 'escape') from users where email = 'owner@ours.test'").await;
    assert!(!sealed.contains(&secret));

    let wrong = here.post(&format!("{PAGE}/on"), &[("code", "000000")]).await;
    assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(wrong.text.contains("This code does not fit"), "{}", wrong.text);
    let before = here.session();
    let on = here.post(&format!("{PAGE}/on"), &[("code", &world.next_code(&secret))]).await;
    assert_eq!((on.status, on.text.matches("<li class=\"code\">").count()), (StatusCode::OK, 10));
    assert_ne!(here.session(), before, "the session has a new token");
    assert_eq!(here.get(PAGE).await.status, StatusCode::OK);
    elsewhere.get("/dashboard").await.leads_to("/sign-in");
    elsewhere.cookies.insert("duka_session".into(), before);
    elsewhere.get("/dashboard").await.leads_to("/sign-in");
    world.mails("second_factor_changed", 1).await;
    assert_eq!((world.audited("second_factor_enabled").await, world.audited("code_refused").await), (1, 1));
    assert_eq!(world.audited("second_factor_started").await, 1);
    assert!(!here.get(PAGE).await.text.contains("<li class=\"code\">"), "the codes are shown once");
}

#[tokio::test]
async fn the_password_alone_leads_to_the_code_and_not_into_the_dashboard() {
    let mut world = World::new().await;
    let (secret, _, _) = world.with_second_factor().await;
    let router = world.router.clone();
    let sessions = world.number("select count(*) from sessions").await;
    let mut browser = Browser::on(&router);
    let asked = browser.post("/sign-in", &[("email", OWNER), ("password", PASSWORD)]).await;
    assert_eq!(asked.status, StatusCode::OK);
    assert!(asked.text.contains("name=\"code\"") && !asked.text.contains(PASSWORD), "{}", asked.text);
    assert!(!asked.text.contains("name=\"password\""));
    assert_eq!(browser.session(), "");
    assert_eq!(world.number("select count(*) from sessions").await, sessions);
    let step = browser.cookies["duka_step"].clone();
    assert_eq!(browser.post("/sign-in", &[("code", "")]).await.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert_eq!(browser.post("/sign-in", &[("code", "000000")]).await.status, StatusCode::UNPROCESSABLE_ENTITY);
    browser.post("/sign-in", &[("code", &world.next_code(&secret))]).await.leads_to("/dashboard");
    assert_eq!(browser.get("/dashboard/account").await.status, StatusCode::OK);
    assert!(!browser.cookies.contains_key("duka_step"));

    // The step was for one sign-in.
    let mut thief = Browser::on(&router);
    thief.cookies.insert("duka_step".into(), step);
    let late = thief.post("/sign-in", &[("code", &world.next_code(&secret))]).await;
    assert_eq!((late.status, thief.session()), (StatusCode::UNPROCESSABLE_ENTITY, String::new()));
    assert!(late.text.contains("That took too long"));
}

#[tokio::test]
async fn a_step_ends_after_ten_minutes_and_with_a_new_password() {
    let mut world = World::new().await;
    let (secret, _, _) = world.with_second_factor().await;
    let router = world.router.clone();
    for ended in [
        "update account_tokens set expires_at = now() - interval '1 second'",
        "update account_tokens set used_at = now()",
        "update users set status = 'disabled' where email = 'owner@ours.test'",
    ] {
        let mut browser = Browser::on(&router);
        assert_eq!(browser.post("/sign-in", &[("email", OWNER), ("password", PASSWORD)]).await.status, StatusCode::OK);
        let minutes = world
            .number("select extract(epoch from max(expires_at) - now()) / 60 from account_tokens where purpose = 'second_step' and used_at is null")
            .await;
        assert!((9..=10).contains(&minutes), "{minutes}");
        world.run(ended).await;
        let answer = browser.post("/sign-in", &[("code", &world.next_code(&secret))]).await;
        assert_eq!((answer.status, browser.session()), (StatusCode::UNPROCESSABLE_ENTITY, String::new()), "{ended}");
    }
}

#[tokio::test]
async fn a_code_works_once_and_one_step_around() {
    let world = World::new().await;
    let (secret, _, _) = world.with_second_factor().await;
    let sign_in = async |code: String| {
        let mut browser = Browser::new(&world);
        let fields = [("email", OWNER), ("password", PASSWORD), ("code", code.as_str())];
        browser.post("/sign-in", &fields).await.status
    };
    // Far from every step that was taken.
    let mut taken = Vec::new();
    for late in [-2, -1, 0, 1, 2] {
        world.clock.advance(TimeDelta::seconds(300));
        let code = code_at(&secret, world.clock.now() + TimeDelta::seconds(30 * late));
        let first = sign_in(code.clone()).await;
        taken.push((late, first == StatusCode::SEE_OTHER));
        assert_eq!(sign_in(code).await, StatusCode::UNPROCESSABLE_ENTITY, "{late} again");
    }
    assert_eq!(taken, [(-2, false), (-1, true), (0, true), (1, true), (2, false)]);
}

#[tokio::test]
async fn one_code_in_two_browsers_at_once_lets_one_in() {
    let world = World::new().await;
    let (secret, _, _) = world.with_second_factor().await;
    let code = world.next_code(&secret);
    let fields = [("email", OWNER), ("password", PASSWORD), ("code", code.as_str())];
    let (mut one, mut other) = (Browser::new(&world), Browser::new(&world));
    let (first, second) = tokio::join!(one.post("/sign-in", &fields), other.post("/sign-in", &fields));
    let mut statuses = [first.status.as_u16(), second.status.as_u16()];
    statuses.sort_unstable();
    assert_eq!(statuses, [303, 422]);
}

#[tokio::test]
async fn a_recovery_code_opens_once() {
    let mut world = World::new().await;
    let (_, codes, _) = world.with_second_factor().await;
    let router = world.router.clone();
    assert!(codes.iter().all(|code| code.len() == 19 && code.matches('-').count() == 3), "{codes:?}");
    let typed = codes[3].to_lowercase().replace('-', " ");
    let mut browser = Browser::on(&router);
    browser.post("/sign-in", &[("email", OWNER), ("password", PASSWORD)]).await;
    browser.post("/sign-in", &[("code", &typed)]).await.leads_to("/dashboard");
    let again = [("email", OWNER), ("password", PASSWORD), ("code", typed.as_str())];
    assert_eq!(Browser::on(&router).post("/sign-in", &again).await.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert_eq!(world.audited("recovery_code_used").await, 1);
    assert_eq!(world.number("select count(*) from recovery_codes where used_at is null").await, 9);
    let kept = world.text("select string_agg(encode(code_hash, 'escape'), ' ') from recovery_codes").await;
    assert!(codes.iter().all(|code| !kept.contains(&code.replace('-', ""))), "only hashes are kept");
    assert!(browser.get(PAGE).await.text.contains("9 are left"));
}

#[tokio::test]
async fn guessing_codes_gets_slower_and_the_right_one_must_wait_too() {
    let mut world = World::new().await;
    let (secret, _, _) = world.with_second_factor().await;
    let router = world.router.clone();
    let mut browser = Browser::on(&router);
    browser.post("/sign-in", &[("email", OWNER), ("password", PASSWORD)]).await;
    for _ in 0..5 {
        assert_eq!(browser.post("/sign-in", &[("code", "000000")]).await.status, StatusCode::UNPROCESSABLE_ENTITY);
    }
    let code = world.next_code(&secret);
    let late = browser.post("/sign-in", &[("code", &code)]).await;
    assert_eq!(late.status, StatusCode::TOO_MANY_REQUESTS);
    assert!(late.headers.contains_key("retry-after"));
    // Beginning again does not help.
    let whole = [("email", OWNER), ("password", PASSWORD), ("code", code.as_str())];
    assert_eq!(Browser::on(&router).post("/sign-in", &whole).await.status, StatusCode::TOO_MANY_REQUESTS);
    assert_eq!(world.audited("code_refused").await, 5);
    world.run("update sign_in_throttle set blocked_until = now() - interval '1 second'").await;
    browser.post("/sign-in", &[("code", &code)]).await.leads_to("/dashboard");
}

#[tokio::test]
async fn new_recovery_codes_end_the_old_and_switching_off_ends_all() {
    let mut world = World::new().await;
    let (secret, old, here) = world.with_second_factor().await;
    let (cookies, router) = (here.cookies, world.router.clone());
    let mut here = Browser { cookies, ..Browser::on(&router) };
    let wrong = here.post(&format!("{PAGE}/codes"), &[("code", "123")]).await;
    assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
    let renewed = here.post(&format!("{PAGE}/codes"), &[("code", &world.next_code(&secret))]).await;
    assert_eq!((renewed.status, renewed.text.matches("<li class=\"code\">").count()), (StatusCode::OK, 10));
    assert!(!renewed.text.contains(&old[0]));
    assert_eq!(here.post(&format!("{PAGE}/off"), &[("code", &old[0])]).await.status, StatusCode::UNPROCESSABLE_ENTITY);
    let before = here.session();
    here.post(&format!("{PAGE}/off"), &[("code", &world.next_code(&secret))]).await.leads_to(PAGE);
    assert_ne!(here.session(), before);
    assert_eq!(
        world.number("select count(*) from users where mfa_secret is not null or mfa_enabled_at is not null").await,
        0
    );
    assert_eq!(world.number("select count(*) from recovery_codes").await, 0);
    assert_eq!((world.audited("recovery_codes_renewed").await, world.audited("second_factor_disabled").await), (1, 1));
    world.mails("second_factor_changed", 2).await;
    Browser::on(&router).sign_in(OWNER).await;
}
