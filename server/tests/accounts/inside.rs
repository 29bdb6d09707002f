//! One's own account from inside: being sure, the profile, another password.

use crate::world::{Answer, Browser, OWNER, PASSWORD, VIEWER, World};
use axum::{body::Body, http::Request};
use chrono::TimeDelta;
use http::{StatusCode, header};

const NEW: &str = "kikoi mabati fundi jua";

fn field(html: &str, name: &str) -> String {
    let tag = html.split(&format!("name=\"{name}\"")).nth(1).unwrap().split('>').next().unwrap();
    tag.split("value=\"").nth(1).unwrap_or_default().split('"').next().unwrap().replace("&quot;", "\"")
}

#[tokio::test]
async fn dangerous_pages_want_the_password_again() {
    let mut world = World::new().await;
    let router = world.router.clone();
    let mut browser = Browser::on(&router);
    browser.sign_in(OWNER).await;
    for path in ["/dashboard/account/second-factor", "/dashboard/account/email"] {
        assert_eq!(browser.get(path).await.status, StatusCode::OK, "just signed in: {path}");
    }
    world.clock.advance(TimeDelta::minutes(16));
    for path in ["/dashboard/account/second-factor", "/dashboard/account/email"] {
        browser.get(path).await.leads_to(&format!("/dashboard/confirm?to={path}"));
    }
    for form in ["email", "second-factor/start", "second-factor/on", "second-factor/codes", "second-factor/off"] {
        let answer = browser.post(&format!("/dashboard/account/{form}"), &[("code", "1"), ("email", "a@b.test")]).await;
        assert!(answer.location().starts_with("/dashboard/confirm?to="), "{form}: {}", answer.status);
    }
    assert_eq!(world.number("select count(*) from account_tokens").await, 0);
    assert_eq!(world.number("select count(*) from users where mfa_secret is not null").await, 0);

    let page = browser.get("/dashboard/confirm?to=/dashboard/account/email").await;
    assert_eq!(field(&page.text, "to"), "/dashboard/account/email");
    assert!(!page.text.contains("name=\"code\""));
    let to = "/dashboard/account/email";
    let wrong = browser.post("/dashboard/confirm", &[("password", "wrong-password"), ("to", to)]).await;
    assert_eq!((wrong.status, field(&wrong.text, "to").as_str()), (StatusCode::UNPROCESSABLE_ENTITY, to));
    assert!(wrong.text.contains("This is not your password."));
    // The database's clock did not move: put the world's back to it.
    browser.post("/dashboard/confirm", &[("password", PASSWORD), ("to", to)]).await.leads_to(to);
    world.clock.advance(TimeDelta::minutes(-16));
    assert_eq!(browser.get(to).await.status, StatusCode::OK);
    assert_eq!(world.audited("password_confirmed").await, 1);
    let away = browser.post("/dashboard/confirm", &[("password", PASSWORD), ("to", "//evil.example")]).await;
    away.leads_to("/dashboard/account");
}

#[tokio::test]
async fn whoever_gives_the_password_comes_back_to_the_page_they_were_on() {
    let mut world = World::new().await;
    let router = world.router.clone();
    let mut browser = Browser::on(&router);
    browser.sign_in(OWNER).await;
    world.run("update sessions set confirmed_at = now() - interval '16 minutes'").await;
    // Before anything is typed, and not when it is sent.
    let domains = "/dashboard/settings/domains";
    browser.get(domains).await.leads_to(&format!("/dashboard/confirm?to={domains}"));
    for (page, back) in [
        ("http://localhost:3000/dashboard/settings/domains?x=1", domains),
        ("http://localhost:3000/dashboard/account/email", "/dashboard/account/email"),
        ("https://evil.example/", "/dashboard/settings"),
        ("https://evil.example//dashboard/x", "/dashboard/settings"),
        ("nonsense", "/dashboard/settings"),
    ] {
        let sent = Request::post(domains)
            .header(header::ORIGIN, "http://localhost:3000")
            .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded")
            .header(header::REFERER, page)
            .body(Body::from("domain=kiondo.ke"))
            .unwrap();
        browser.send(sent).await.leads_to(&format!("/dashboard/confirm?to={back}"));
    }
    assert_eq!(world.number("select count(*) from store_domains").await, 0);
}

#[tokio::test]
async fn confirming_sets_the_time_and_guessing_there_is_slowed() {
    let mut world = World::new().await;
    let router = world.router.clone();
    let mut browser = Browser::on(&router);
    browser.sign_in(OWNER).await;
    world.run("update sessions set confirmed_at = now() - interval '16 minutes'").await;
    browser.get("/dashboard/account/email").await.leads_to("/dashboard/confirm?to=/dashboard/account/email");
    browser.post("/dashboard/confirm", &[("password", PASSWORD), ("to", "")]).await.leads_to("/dashboard/account");
    assert_eq!(browser.get("/dashboard/account/email").await.status, StatusCode::OK);
    for _ in 0..5 {
        let wrong = browser.post("/dashboard/confirm", &[("password", "wrong-password")]).await;
        assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
    }
    let late = browser.post("/dashboard/confirm", &[("password", PASSWORD)]).await;
    assert_eq!(late.status, StatusCode::TOO_MANY_REQUESTS);
    assert!(late.headers.contains_key("retry-after"));
    let elsewhere = [("current", PASSWORD), ("password", NEW)];
    let late = browser.post("/dashboard/account/password", &elsewhere).await;
    assert_eq!(late.status, StatusCode::TOO_MANY_REQUESTS, "the same brake");
}

#[tokio::test]
async fn who_has_a_second_factor_confirms_with_both() {
    let mut world = World::new().await;
    let (secret, _, here) = world.with_second_factor().await;
    let (cookies, router) = (here.cookies, world.router.clone());
    let mut here = Browser { cookies, ..Browser::on(&router) };
    world.run("update sessions set confirmed_at = now() - interval '16 minutes'").await;
    let to = "/dashboard/account/second-factor";
    assert!(here.get(&format!("/dashboard/confirm?to={to}")).await.text.contains("name=\"code\""));
    let sent = |code: &str| {
        let code = code.to_owned();
        [("password", PASSWORD.to_owned()), ("code", code), ("to", to.to_owned())]
    };
    for (code, said) in [("", "Please fill this in."), ("000000", "This code does not fit")] {
        let fields = sent(code);
        let fields: Vec<_> = fields.iter().map(|(name, value)| (*name, value.as_str())).collect();
        let answer = here.post("/dashboard/confirm", &fields).await;
        assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY, "{code}");
        assert!(answer.text.contains(said), "{code}: {}", answer.text);
        assert!(!here.get(to).await.location().is_empty(), "not sure yet");
    }
    let code = world.next_code(&secret);
    here.post("/dashboard/confirm", &[("password", PASSWORD), ("code", &code), ("to", to)]).await.leads_to(to);
    assert_eq!(here.get(to).await.status, StatusCode::OK);
}

#[tokio::test]
async fn another_password_signs_out_the_others_and_renews_this_session() {
    let mut world = World::new().await;
    let router = world.router.clone();
    let (mut here, mut elsewhere) = (Browser::on(&router), Browser::on(&router));
    here.sign_in(VIEWER).await;
    elsewhere.sign_in(VIEWER).await;
    let path = "/dashboard/account/password";
    for (current, typed, said) in [
        ("wrong-password", NEW, "This is not your password."),
        (PASSWORD, "password123", "easy to guess"),
        (PASSWORD, "viewer@ours.test", "easy to guess"),
        (PASSWORD, "short", "This is too short."),
    ] {
        let answer = here.post(path, &[("current", current), ("password", typed)]).await;
        assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY, "{typed}");
        assert!(answer.text.contains(said) && !answer.text.contains(PASSWORD), "{typed}: {}", answer.text);
    }
    let before = here.session();
    here.post(path, &[("current", PASSWORD), ("password", NEW)]).await.leads_to("/dashboard/account?saved");
    assert_ne!(here.session(), before);
    assert_eq!(here.get("/dashboard/account").await.status, StatusCode::OK);
    elsewhere.get("/dashboard").await.leads_to("/sign-in");
    elsewhere.cookies.insert("duka_session".into(), before);
    elsewhere.get("/dashboard").await.leads_to("/sign-in");
    world.mails("password_changed", 1).await;
    assert_eq!(world.audited("password_changed").await, 1);
    let fields = [("email", VIEWER), ("password", NEW)];
    Browser::on(&router).post("/sign-in", &fields).await.leads_to("/dashboard");
}

async fn save(browser: &mut Browser<'_>, page: &Answer, name: &str, phone: &str, locale: &str) -> Answer {
    let (version, seen) = (field(&page.text, "version"), field(&page.text, "seen"));
    let fields = [("version", version.as_str()), ("seen", &seen), ("name", name), ("phone", phone), ("locale", locale)];
    browser.post("/dashboard/account", &fields).await
}

#[tokio::test]
async fn a_person_is_named_and_two_edits_meet() {
    let mut world = World::new().await;
    let router = world.router.clone();
    let mut browser = Browser::on(&router);
    browser.sign_in(VIEWER).await;
    let page = browser.get("/dashboard/account").await;
    let wrong = save(&mut browser, &page, &"x".repeat(81), "0811", "fr").await;
    assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(wrong.text.contains("This is too long.") && wrong.text.contains("value=\"0811\""), "{}", wrong.text);
    save(&mut browser, &page, "Wanjiku", "0711 223 344", "sw").await.leads_to("/dashboard/account?saved");
    let row = world
        .text("select concat_ws(' ', name, phone, locale, version) from users where email = 'viewer@ours.test'")
        .await;
    assert_eq!(row, "Wanjiku +254711223344 sw 2");
    assert!(browser.get("/dashboard/account?saved").await.text.contains("Akaunti yako"), "at once in Swahili");
    let late = save(&mut browser, &page, "Wambui", "", "en").await;
    assert_eq!(late.status, StatusCode::CONFLICT);
    assert!(late.text.contains("Wanjiku") && late.text.contains("value=\"Wambui\""), "{}", late.text);
    save(&mut browser, &late, "Wambui", "0711 223 344", "sw").await.leads_to("/dashboard/account?saved");
    let details = world
        .text(
            "select string_agg(details::text, ' ' order by created_at) from audit_log where action = 'profile_changed'",
        )
        .await;
    assert_eq!(details, r#"{"fields": ["name", "phone", "locale"]} {"fields": ["name"]}"#);
    assert!(!details.contains("Wanjiku"));
}

#[tokio::test]
async fn every_page_is_there_in_swahili() {
    let mut world = World::new().await;
    world.run("update users set locale = 'sw'").await;
    let router = world.router.clone();
    let mut browser = Browser::on(&router);
    for (path, words) in [
        ("/sw/sign-in", "Ingia kwenye duka lako"),
        ("/sw/forgot", "Chagua nenosiri jipya"),
        ("/sw/forgot?sent", "Angalia barua pepe yako"),
        ("/sw/email/x", "Kiungo hiki hakifunguki tena"),
    ] {
        assert!(browser.get(path).await.text.contains(words), "{path}");
    }
    let fields = [("email", OWNER), ("password", "wrong-password")];
    assert!(browser.post("/sw/sign-in", &fields).await.text.contains("halilingani"));
    browser.sign_in(OWNER).await;
    for (path, words) in [
        ("/dashboard/account", "Ulikoingia"),
        ("/dashboard/account/password", "Nenosiri la sasa"),
        ("/dashboard/account/email", "Barua pepe mpya"),
        ("/dashboard/account/second-factor", "Hatua ya pili ya kuingia"),
        ("/dashboard/account/sessions", "Kivinjari hiki"),
        ("/dashboard/confirm", "Ni wewe?"),
    ] {
        let page = browser.get(path).await;
        assert_eq!(page.status, StatusCode::OK, "{path}");
        assert!(page.text.contains(words) && page.text.contains("lang=\"sw\""), "{path}: {}", page.text);
    }
}
