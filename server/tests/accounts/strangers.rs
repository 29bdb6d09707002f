//! What a stranger learns by trying e-mails: nothing, neither from the words nor from the time.

use crate::world::{Answer, Browser, OWNER, PASSWORD, World};
use duka::kernel::access::Role;
use http::StatusCode;
use std::time::{Duration, Instant};

/// Everything but what is different for each answer.
fn heard(answer: &Answer, email: &str) -> (StatusCode, Vec<(String, String)>, String) {
    let headers = answer
        .headers
        .iter()
        .filter(|(name, _)| *name != "x-request-id")
        .map(|(name, value)| (name.to_string(), value.to_str().unwrap().to_owned()))
        .collect();
    (answer.status, headers, answer.text.replace(email, "•"))
}

#[tokio::test]
async fn known_and_unknown_emails_get_the_same_answers() {
    let mut world = World::new().await;
    let (ours, theirs) = (world.ours.clone(), world.theirs.clone());
    for shop in [&ours, &theirs] {
        world.add_user(shop, "twice@duka.test", Role::Staff).await;
    }
    world
        .run("insert into users (tenant_id, email, status) select id, 'asked@duka.test', 'invited' from tenants")
        .await;
    let router = world.router.clone();
    // All of one length, since a page that repeats what was typed is as long as that.
    let mut answers = Vec::new();
    for email in [OWNER, "nobod@ours.test", "twice@duka.test", "asked@duka.test", "no e-mail there"] {
        let mut heard_of = Vec::new();
        for _ in 0..6 {
            let fields = [("email", email), ("password", "wrong-password")];
            let mut answer = Browser::on(&router).post("/sign-in", &fields).await;
            // Seconds pass between the fifth and the sixth.
            if answer.headers.remove("retry-after").is_some() {
                answer.text = String::new();
            }
            heard_of.push(heard(&answer, email));
        }
        assert_eq!(heard_of[0].0, StatusCode::UNPROCESSABLE_ENTITY);
        assert_eq!(heard_of[5].0, StatusCode::TOO_MANY_REQUESTS);
        answers.push(heard_of);
    }
    answers.dedup();
    assert_eq!(answers.len(), 1);

    let mut answers = Vec::new();
    for email in [OWNER, "nobod@ours.test", "twice@duka.test", "asked@duka.test"] {
        let answer = Browser::on(&router).post("/forgot", &[("email", email)]).await;
        answers.push(heard(&answer, email));
    }
    answers.dedup();
    assert_eq!((answers.len(), answers[0].0), (1, StatusCode::SEE_OTHER));
    world.mails("reset_password", 3).await;
}

#[tokio::test]
async fn a_form_with_more_or_less_than_it_has_is_refused_by_name() {
    let world = World::new().await;
    let mut browser = Browser::new(&world);
    let odd = browser.post("/sign-in", &[("email", OWNER), ("password", PASSWORD), ("role", "owner")]).await;
    assert_eq!((odd.status, browser.session()), (StatusCode::UNPROCESSABLE_ENTITY, String::new()));
    assert!(odd.text.contains("no field “role”"), "{}", odd.text);
    assert!(odd.text.contains(OWNER) && !odd.text.contains(PASSWORD));
    let empty = browser.post("/sign-in", &[]).await;
    assert_eq!(empty.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert_eq!(empty.text.matches("Please fill this in.").count(), 2);
    for (typed, said) in [("", "Please fill this in."), ("owner", "e-mail")] {
        let answer = browser.post("/forgot", &[("email", typed)]).await;
        assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(answer.text.contains(said), "{typed}: {}", answer.text);
    }
}

fn median(mut times: Vec<Duration>) -> Duration {
    times.sort_unstable();
    times[times.len() / 2]
}

#[track_caller]
fn nobody_can_tell(known: Vec<Duration>, unknown: Vec<Duration>) {
    let (known, unknown) = (median(known), median(unknown));
    let apart = known.abs_diff(unknown);
    // A fifth of a millisecond is lost on the way to anybody.
    let allowed = (known.max(unknown) / 10).max(Duration::from_micros(200));
    assert!(apart <= allowed, "known {known:?}, unknown {unknown:?}");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_time_of_a_sign_in_does_not_tell_who_has_an_account() {
    let mut world = World::new().await;
    let ours = world.ours.clone();
    for at in 0..100 {
        world.add_user(&ours, &format!("known{at}@ours.test"), Role::Staff).await;
    }
    let router = world.router.clone();
    let mut browser = Browser::on(&router);
    browser.post("/sign-in", &[("email", "warm@ours.test"), ("password", "wrong-password")]).await;
    let (mut known, mut unknown) = (Vec::new(), Vec::new());
    for at in 0..200 {
        // Each kind follows each kind equally often.
        let is_known = matches!(at % 4, 0 | 3);
        let email = format!("{}{}@ours.test", if is_known { "known" } else { "other" }, at / 2);
        let began = Instant::now();
        let answer = browser.post("/sign-in", &[("email", &email), ("password", "wrong-password")]).await;
        let times = if is_known { &mut known } else { &mut unknown };
        times.push(began.elapsed());
        assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY);
    }
    nobody_can_tell(known, unknown);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_time_of_asking_for_a_link_does_not_tell_who_has_an_account() {
    let mut world = World::new().await;
    let ours = world.ours.clone();
    for at in 0..100 {
        world.add_user(&ours, &format!("known{at}@ours.test"), Role::Staff).await;
    }
    let router = world.router.clone();
    let mut browser = Browser::on(&router);
    browser.post("/forgot", &[("email", "warm@ours.test")]).await;
    let (mut known, mut unknown) = (Vec::new(), Vec::new());
    for at in 0..200 {
        // Each kind follows each kind equally often.
        let is_known = matches!(at % 4, 0 | 3);
        let email = format!("{}{}@ours.test", if is_known { "known" } else { "other" }, at / 2);
        let began = Instant::now();
        browser.post("/forgot", &[("email", &email)]).await.leads_to("/forgot?sent");
        let times = if is_known { &mut known } else { &mut unknown };
        times.push(began.elapsed());
        // What was begun after this answer is not to slow the next one.
        world.mails("reset_password", i64::try_from(known.len()).unwrap()).await;
        while world.number("select count(*) from sign_in_throttle").await < at + 2 {
            tokio::task::yield_now().await;
        }
        browser.get("/forgot").await;
    }
    nobody_can_tell(known, unknown);
}

#[tokio::test]
async fn each_further_wrong_password_waits_twice_as_long_up_to_a_quarter_of_an_hour() {
    let mut world = World::new().await;
    let router = world.router.clone();
    let (wrong, right) =
        ([("email", OWNER), ("password", "wrong-password")], [("email", OWNER), ("password", PASSWORD)]);
    for _ in 0..4 {
        assert_eq!(Browser::on(&router).post("/sign-in", &wrong).await.status, StatusCode::UNPROCESSABLE_ENTITY);
    }
    assert_eq!(world.number("select count(blocked_until) from sign_in_throttle").await, 0, "four slips cost nothing");
    for minutes in [1, 2, 4, 8, 15, 15] {
        assert_eq!(Browser::on(&router).post("/sign-in", &wrong).await.status, StatusCode::UNPROCESSABLE_ENTITY);
        let wait = "select extract(epoch from blocked_until - last_failure_at) / 60 from sign_in_throttle";
        assert_eq!(world.number(wait).await, minutes);
        let late = Browser::on(&router).post("/sign-in", &right).await;
        assert_eq!(late.status, StatusCode::TOO_MANY_REQUESTS, "the right one waits too");
        let seconds: i64 = late.headers["retry-after"].to_str().unwrap().parse().unwrap();
        assert!(seconds > (minutes - 1) * 60, "{minutes} minutes: {seconds}");
        world.run("update sign_in_throttle set blocked_until = now() - interval '1 second'").await;
    }
    // An hour without one, and the count begins anew; the right one ends it.
    world.run("update sign_in_throttle set last_failure_at = now() - interval '61 minutes'").await;
    assert_eq!(Browser::on(&router).post("/sign-in", &wrong).await.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert_eq!(world.number("select failures from sign_in_throttle where blocked_until is null").await, 1);
    Browser::on(&router).post("/sign-in", &right).await.leads_to("/dashboard");
    assert_eq!(world.number("select count(*) from sign_in_throttle").await, 0);
}
