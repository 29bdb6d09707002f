//! Sessions: new at each sign-in, over when they are over, listed and ended.

use crate::world::{Browser, OWNER, PASSWORD, VIEWER, World, stranger};
use axum::{body::Body, http::Request};
use http::StatusCode;

const PAGE: &str = "/dashboard/account/sessions";

#[tokio::test]
async fn a_cookie_from_before_the_sign_in_opens_nothing() {
    let world = World::new().await;
    let planted = stranger();
    let mut victim = Browser::new(&world);
    victim.cookies.insert("duka_session".into(), planted.clone());
    victim.sign_in(OWNER).await;
    assert_ne!(victim.session(), planted);
    let mut thief = Browser::new(&world);
    thief.cookies.insert("duka_session".into(), planted);
    thief.get("/dashboard").await.leads_to("/sign-in");

    // The thief's own session, planted: it ends when the victim signs in, and never becomes the victim's.
    thief.sign_in(VIEWER).await;
    victim.cookies.insert("duka_session".into(), thief.session());
    victim.sign_in(OWNER).await;
    assert_ne!(victim.session(), thief.session());
    thief.get("/dashboard").await.leads_to("/sign-in");
}

#[tokio::test]
async fn a_session_that_was_signed_out_is_not_taken_up_again() {
    let world = World::new().await;
    let mut browser = Browser::new(&world);
    browser.sign_in(OWNER).await;
    let kept = browser.session();
    browser.post("/sign-out", &[]).await.leads_to("/");
    assert_eq!(browser.session(), "");
    browser.cookies.insert("duka_session".into(), kept);
    browser.get("/dashboard").await.leads_to("/sign-in");
    let form = browser.post("/dashboard/account", &[("name", "Thief")]).await;
    assert_eq!(form.status, StatusCode::UNAUTHORIZED);
    // What they typed is not lost: signed in beside this page, they load it again, which sends the form again.
    for words in ["load this page again", "href=\"/sign-in\" target=\"_blank\""] {
        assert!(form.text.contains(words), "{words}: {}", form.text);
    }
}

#[tokio::test]
async fn browsers_are_listed_and_ended_one_by_one_or_all() {
    let mut world = World::new().await;
    let router = world.router.clone();
    let mut here = Browser::on(&router);
    here.address = Some(([203, 0, 113, 9], 4000).into());
    let mut mini = Browser::on(&router);
    mini.agent = "Opera/9.80 (Android; Opera Mini/81.0/191.308; U; en) Presto/2.12.423 Version/12.16";
    mini.address = Some(([198, 51, 100, 7], 4000).into());
    let mut third = Browser::on(&router);
    third.agent = "";
    let mut colleague = Browser::on(&router);
    here.sign_in(OWNER).await;
    mini.sign_in(OWNER).await;
    third.sign_in(OWNER).await;
    colleague.sign_in(VIEWER).await;
    let page = here.get(PAGE).await;
    for words in [
        "Chrome on Android",
        "Opera Mini on Android",
        "A browser we do not know",
        "from 203.0.113.9",
        "from 198.51.100.7",
        "This browser",
    ] {
        assert!(page.text.contains(words), "{words}: {}", page.text);
    }
    assert_eq!(page.text.matches("This browser").count(), 1);
    assert_eq!(page.text.matches("/end\"").count(), 2, "not this one, and nobody else's");

    let id = |address: &str| format!("select id::text from sessions where address = '{address}'");
    let (minis, own) = (world.text(&id("198.51.100.7")).await, world.text(&id("203.0.113.9")).await);
    let foreign = colleague.post(&format!("{PAGE}/{own}/end"), &[]).await;
    assert_eq!(foreign.status, StatusCode::NOT_FOUND);
    assert_eq!(here.post(&format!("{PAGE}/no-id/end"), &[]).await.status, StatusCode::NOT_FOUND);
    for _ in 0..2 {
        here.post(&format!("{PAGE}/{minis}/end"), &[]).await.leads_to(PAGE);
    }
    mini.get("/dashboard").await.leads_to("/sign-in");
    assert_eq!(world.audited("session_ended").await, 1, "twice is once");
    assert_eq!(third.get(PAGE).await.status, StatusCode::OK);
    here.post(&format!("{PAGE}/end-others"), &[]).await.leads_to(PAGE);
    third.get("/dashboard").await.leads_to("/sign-in");
    assert!(here.get(PAGE).await.text.contains("You are signed in nowhere else."));
    assert_eq!(colleague.get(PAGE).await.status, StatusCode::OK, "others stay");
    assert_eq!(world.audited("other_sessions_ended").await, 1);
    let from = world
        .text("select concat_ws(' ', source_address, session_id) from audit_log where action = 'session_ended'")
        .await;
    assert_eq!(from, format!("203.0.113.9 {own}"));
}

#[tokio::test]
async fn whoever_is_disabled_is_out_at_once() {
    let mut world = World::new().await;
    let router = world.router.clone();
    let mut browser = Browser::on(&router);
    browser.sign_in(VIEWER).await;
    assert_eq!(browser.get("/dashboard/account").await.status, StatusCode::OK);
    world.run("update users set status = 'disabled' where email = 'viewer@ours.test'").await;
    browser.get("/dashboard/account").await.leads_to("/sign-in");
    let form = browser.post("/dashboard/account", &[("name", "Wanjiku")]).await;
    assert_eq!(form.status, StatusCode::UNAUTHORIZED);
    let again = browser.post("/sign-in", &[("email", VIEWER), ("password", PASSWORD)]).await;
    assert_eq!(again.status, StatusCode::UNPROCESSABLE_ENTITY);
}

#[tokio::test]
async fn a_sign_in_is_written_down_with_where_it_came_from() {
    let mut world = World::new().await;
    let router = world.router.clone();
    let mut browser = Browser::on(&router);
    browser.address = Some(([203, 0, 113, 9], 4000).into());
    browser.sign_in(OWNER).await;
    let line = world
        .text("select concat_ws(' ', action, subject_type, source_address, source_agent like '%Chrome/139%') from audit_log where action = 'signed_in'")
        .await;
    assert_eq!(line, "signed_in sessions 203.0.113.9 t");
    browser.post("/sign-out", &[]).await;
    browser.post("/sign-in", &[("email", OWNER), ("password", "wrong-password")]).await;
    assert_eq!(world.audited("signed_out").await, 1);
    let others = "select count(*) from audit_log where action not in ('signed_in', 'signed_out')";
    assert_eq!(world.number(others).await, 0, "a wrong password is in nobody's log");
}

#[tokio::test]
async fn what_an_open_page_asks_by_itself_keeps_no_session_awake() {
    let mut world = World::new().await;
    let router = world.router.clone();
    let mut browser = Browser::on(&router);
    browser.sign_in(OWNER).await;
    let awake = "select count(*) from sessions where last_seen_at > now() - interval '1 minute'";
    world.run("update sessions set last_seen_at = now() - interval '11 hours'").await;
    let by_itself = Request::get("/dashboard/account").header("sec-fetch-dest", "empty").body(Body::empty()).unwrap();
    assert_eq!(browser.send(by_itself).await.status, StatusCode::OK);
    assert_eq!(browser.get("/dashboard/orders/news").await.status, StatusCode::OK);
    assert_eq!(world.number(awake).await, 0, "nobody need be sitting there");
    assert_eq!(browser.get("/dashboard/account").await.status, StatusCode::OK);
    assert_eq!(world.number(awake).await, 1);
    world.run("update sessions set last_seen_at = now() - interval '13 hours'").await;
    browser.get("/dashboard/orders/news").await.leads_to("/sign-in");
}
