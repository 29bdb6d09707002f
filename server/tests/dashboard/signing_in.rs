//! Signing in and out, and guessing.

use super::world::{PASSWORD, World};
use duka::{
    kernel::{access::Role, token::Token},
    tenancy::{
        password, session,
        sign_in::{SignInOutcome, Tried, Visitor, sign_in},
    },
};

#[tokio::test]
async fn who_knows_the_password_is_let_in_and_out_again() {
    let mut world = World::new().await;
    let SignInOutcome::SignedIn { token, tenant } = world.visit(" Owner@Ours.test", PASSWORD, None).await else {
        panic!("not signed in")
    };
    assert_eq!(tenant, world.ours.tenant);
    assert_eq!(
        world.number("select count(*) from sessions where length(token_hash) = 32 and user_agent = 'Opera Mini'").await,
        1
    );
    let (ctx, member) = session::find(&world.platform, &token).await.unwrap().unwrap();
    assert_eq!(
        (ctx.tenant, member.role, member.email.as_str(), member.store_slug.as_str()),
        (world.ours.tenant, Role::Owner, "owner@ours.test", "ours")
    );
    session::end(&world.platform, &token).await.unwrap();
    assert!(session::find(&world.platform, &token).await.unwrap().is_none());
    assert!(session::find(&world.platform, &Token::random()).await.unwrap().is_none());
}

#[tokio::test]
async fn a_session_ends_by_silence_by_age_and_with_its_user() {
    let mut world = World::new().await;
    for ended in [
        "update sessions set last_seen_at = now() - interval '13 hours'",
        "update sessions set expires_at = now() - interval '1 second'",
        "update users set status = 'disabled' where email = 'owner@ours.test'",
    ] {
        let SignInOutcome::SignedIn { token, .. } = world.visit("owner@ours.test", PASSWORD, None).await else {
            panic!("not signed in")
        };
        assert!(session::find(&world.platform, &token).await.unwrap().is_some());
        world.run(ended).await;
        assert!(session::find(&world.platform, &token).await.unwrap().is_none(), "{ended}");
    }
    assert_eq!(world.visit("owner@ours.test", PASSWORD, None).await, SignInOutcome::Wrong);
}

#[tokio::test]
async fn guessing_gets_slower_whether_the_account_exists_or_not() {
    let world = World::new().await;
    for email in ["owner@ours.test", "nobody@ours.test"] {
        let exempt = Visitor { address: "127.0.0.1", user_agent: "", is_exempt: true };
        let guess = async |password: &str| {
            sign_in(&world.platform, Tried { email, password, ..Tried::default() }, exempt).await.unwrap()
        };
        for _ in 0..5 {
            assert_eq!(guess("wrong-password").await, SignInOutcome::Wrong);
        }
        let SignInOutcome::Throttled { retry_after_seconds } = guess(PASSWORD).await else { panic!("not throttled") };
        assert!((1..=60).contains(&retry_after_seconds), "{retry_after_seconds}");
    }
    assert!(
        matches!(world.visit("viewer@ours.test", PASSWORD, None).await, SignInOutcome::SignedIn { .. }),
        "others are let in"
    );
}

#[tokio::test]
async fn one_address_cannot_try_every_account_and_a_few_slips_close_it_to_nobody() {
    let mut world = World::new().await;
    let home = "2001:db8:1:2::9";
    // Each from another address of the same house: they count together.
    for at in 0..6 {
        let (from, email) = (format!("2001:db8:1:2::{at}"), format!("nobody{at}@ours.test"));
        assert_eq!(world.visit_from(&from, &email, "wrong-password", None).await, SignInOutcome::Wrong);
    }
    let let_in = |outcome: SignInOutcome| matches!(outcome, SignInOutcome::SignedIn { .. });
    assert!(let_in(world.visit_from(home, "owner@ours.test", PASSWORD, None).await), "thousands may share an address");
    world.run("update sign_in_throttle set failures = 100 where failures = 6").await;
    assert_eq!(world.visit_from(home, "nobody6@ours.test", "wrong-password", None).await, SignInOutcome::Wrong);
    assert!(matches!(world.visit_from(home, "owner@ours.test", PASSWORD, None).await, SignInOutcome::Throttled { .. }));
    assert!(let_in(world.visit_from("2001:db8:1:3::9", "owner@ours.test", PASSWORD, None).await), "the next house");

    // One is forgotten every half minute: a quarter of an hour later thirty are.
    world
        .run(
            "update sign_in_throttle
             set blocked_until = null, last_failure_at = now() - interval '15 minutes'
             where failures = 101",
        )
        .await;
    assert_eq!(world.visit_from(home, "nobody7@ours.test", "wrong-password", None).await, SignInOutcome::Wrong);
    assert_eq!(world.number("select max(failures) from sign_in_throttle").await, 72);
    assert!(let_in(world.visit_from(home, "owner@ours.test", PASSWORD, None).await));
}

#[tokio::test]
async fn slips_of_many_who_share_an_address_are_forgotten_however_close_they_come() {
    let mut world = World::new().await;
    let db = world.platform.db.clone();
    // Twenty seconds apart, for ten minutes: of three in a minute two are forgotten.
    for _ in 0..31 {
        db.note_sign_in_failure_from(b"a gateway").await.unwrap();
        world.run("update sign_in_throttle set last_failure_at = last_failure_at - interval '20 seconds'").await;
    }
    assert_eq!(world.number("select failures from sign_in_throttle").await, 11);
    // After an hour of silence the next one is the first.
    world.run("update sign_in_throttle set last_failure_at = now() - interval '1 hour'").await;
    db.note_sign_in_failure_from(b"a gateway").await.unwrap();
    let anew = "select failures from sign_in_throttle where last_failure_at > now() - interval '1 minute'";
    assert_eq!(world.number(anew).await, 1);
}

#[tokio::test]
async fn a_password_for_two_merchants_asks_which_one() {
    let mut world = World::new().await;
    let hash = password::hash(PASSWORD).await.unwrap();
    let (ours, theirs) = (world.ours.clone(), world.theirs.clone());
    world.add_user(&ours, "both@duka.test", Role::Staff, &hash).await;
    world.add_user(&theirs, "both@duka.test", Role::Staff, &hash).await;
    let SignInOutcome::ChooseStore(mut stores) = world.visit("both@duka.test", PASSWORD, None).await else {
        panic!("not asked")
    };
    stores.sort();
    assert_eq!(stores, [("ours".into(), "Shop ours".into()), ("theirs".into(), "Shop theirs".into())]);
    assert_eq!(world.number("select count(*) from sessions").await, 0);
    let SignInOutcome::SignedIn { tenant, .. } = world.visit("both@duka.test", PASSWORD, Some("theirs")).await else {
        panic!("not signed in")
    };
    assert_eq!(tenant, theirs.tenant);
    assert_eq!(world.visit("both@duka.test", PASSWORD, Some("elsewhere")).await, SignInOutcome::Wrong);
}

#[tokio::test]
async fn a_wait_is_over_when_it_is_over() {
    let mut world = World::new().await;
    for _ in 0..5 {
        world.visit("owner@ours.test", "wrong-password", None).await;
    }
    assert!(matches!(world.visit("owner@ours.test", PASSWORD, None).await, SignInOutcome::Throttled { .. }));
    world.run("update sign_in_throttle set blocked_until = now() - interval '1 second'").await;
    assert!(matches!(world.visit("owner@ours.test", PASSWORD, None).await, SignInOutcome::SignedIn { .. }));
}
