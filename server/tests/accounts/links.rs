//! Links in mails: each opens one thing of one account, once.

use crate::world::{Answer, Browser, OWNER, PASSWORD, VIEWER, World, stranger};
use duka::{ctx::Origin, kernel::email::Email, tenancy::forgot};
use http::StatusCode;

const NEW: &str = "kikoi mabati fundi jua";

async fn asked(world: &mut World, email: &str, count: i64) -> String {
    let router = world.router.clone();
    Browser::on(&router).post("/forgot", &[("email", email)]).await.leads_to("/forgot?sent");
    world.mails("reset_password", count).await;
    world.link("reset_password").await
}

#[tokio::test]
async fn a_forgotten_password_is_replaced_once_and_everybody_is_out() {
    let mut world = World::new().await;
    let (secret, _, here) = world.with_second_factor().await;
    let (cookies, router) = (here.cookies, world.router.clone());
    let mut here = Browser { cookies, ..Browser::on(&router) };
    let link = asked(&mut world, " Owner@Ours.test", 1).await;
    let path = format!("/reset/{link}");
    let mut reader = Browser::on(&router);
    let page = reader.get(&path).await;
    assert_eq!((page.status, page.headers["referrer-policy"].to_str().unwrap()), (StatusCode::OK, "same-origin"));
    for (typed, said) in [
        ("", "Please fill this in."),
        ("short", "This is too short."),
        ("owner@ours.test", "easy to guess"),
        (&"x".repeat(129), "This is too long."),
    ] {
        let answer = reader.post(&path, &[("password", typed)]).await;
        assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY, "{typed}");
        assert!(answer.text.contains(said), "{typed}: {}", answer.text);
    }
    let odd = reader.post(&path, &[("password", NEW), ("role", "owner")]).await;
    assert_eq!(odd.status, StatusCode::UNPROCESSABLE_ENTITY);
    reader.post(&path, &[("password", NEW)]).await.leads_to("/sign-in?reset");
    assert!(reader.get("/sign-in?reset").await.text.contains("Your new password is set"));
    here.get("/dashboard").await.leads_to("/sign-in");
    assert_eq!(
        reader.post("/sign-in", &[("email", OWNER), ("password", PASSWORD)]).await.status,
        StatusCode::UNPROCESSABLE_ENTITY
    );
    let code = reader.post("/sign-in", &[("email", OWNER), ("password", NEW)]).await;
    assert!(code.status == StatusCode::OK && code.text.contains("name=\"code\""), "the second factor stays");
    reader.post("/sign-in", &[("code", &world.next_code(&secret))]).await.leads_to("/dashboard");
    assert_eq!(reader.get(&path).await.status, StatusCode::GONE);
    assert_eq!(reader.post(&path, &[("password", "another jiko sufuria 9")]).await.status, StatusCode::GONE);
    world.mails("password_changed", 1).await;
    assert_eq!((world.audited("password_reset_asked").await, world.audited("password_reset").await), (1, 1));
}

#[tokio::test]
async fn one_link_in_two_browsers_at_once_sets_one_password() {
    let mut world = World::new().await;
    let path = format!("/reset/{}", asked(&mut world, VIEWER, 1).await);
    let (mut one, mut other) = (Browser::new(&world), Browser::new(&world));
    let (first, second) = tokio::join!(
        one.post(&path, &[("password", "kikoi mabati fundi one")]),
        other.post(&path, &[("password", "kikoi mabati fundi two")])
    );
    let mut statuses = [first.status.as_u16(), second.status.as_u16()];
    statuses.sort_unstable();
    assert_eq!(statuses, [303, 410]);
    drop((one, other));
    assert_eq!(world.audited("password_reset").await, 1);
}

#[tokio::test]
async fn expired_used_foreign_and_malformed_links_read_the_same() {
    let mut world = World::new().await;
    let over = asked(&mut world, VIEWER, 1).await;
    world.run("update account_tokens set expires_at = now() - interval '1 second'").await;
    let used = asked(&mut world, VIEWER, 2).await;
    world.run("update account_tokens set used_at = now()").await;
    let of_a_disabled = asked(&mut world, VIEWER, 3).await;
    world.run("update users set status = 'disabled' where email = 'viewer@ours.test'").await;
    let router = world.router.clone();
    let mut browser = Browser::on(&router);
    let mut seen: Vec<String> = Vec::new();
    for token in [over.as_str(), &used, &of_a_disabled, &stranger(), "short", "%2e%2e", &"g".repeat(64)] {
        for path in ["reset", "email"] {
            let got = browser.get(&format!("/{path}/{token}")).await;
            let posted = browser.post(&format!("/{path}/{token}"), &[]).await;
            for answer in [got, posted] {
                assert_eq!(answer.status, StatusCode::GONE, "{path} {token}");
                assert_eq!(answer.headers["referrer-policy"], "same-origin");
                seen.push(answer.text);
            }
        }
    }
    seen.dedup();
    assert_eq!(seen.len(), 1);
    assert!(seen[0].contains("This link does not open any more"));
    assert!(seen[0].contains("href=\"/forgot\""), "the way to a new one");
    assert!(browser.get("/sw/reset/short").await.text.contains("Kiungo hiki hakifunguki tena"));
}

#[tokio::test]
async fn five_links_are_open_at_the_most_and_too_many_askings_wait() {
    let mut world = World::new().await;
    for at in 0..5 {
        world.forgive().await;
        asked(&mut world, VIEWER, at + 1).await;
    }
    world.forgive().await;
    // Asked and waited for, as the page does after its answer.
    let (platform, email) = (world.platform.clone(), Email::parse(VIEWER).unwrap());
    let ask = async || forgot::ask(&platform, &email, &Origin::default()).await.unwrap();
    ask().await;
    assert_eq!(world.number("select count(*) from mails where recipient = 'viewer@ours.test'").await, 5);

    // Five askings within the hour of one address for one e-mail; then it is as if nobody had asked.
    world.forgive().await;
    world.run("delete from account_tokens; delete from mails").await;
    for _ in 0..7 {
        ask().await;
        world.run("update account_tokens set used_at = now()").await;
    }
    assert_eq!(world.number("select count(*) from mails where recipient = 'viewer@ours.test'").await, 5);
}

async fn wants_email(browser: &mut Browser<'_>, email: &str) -> Answer {
    browser.post("/dashboard/account/email", &[("email", email)]).await
}

#[tokio::test]
async fn an_email_is_changed_by_its_own_link_and_the_old_one_hears_of_it() {
    let mut world = World::new().await;
    let router = world.router.clone();
    let (mut here, mut elsewhere) = (Browser::on(&router), Browser::on(&router));
    here.sign_in(OWNER).await;
    elsewhere.sign_in(OWNER).await;
    for (typed, said) in [("", "Please fill this in."), ("owner", "e-mail"), (VIEWER, "Somebody has this already")] {
        let answer = wants_email(&mut here, typed).await;
        assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY, "{typed}");
        assert!(answer.text.contains(said), "{typed}: {}", answer.text);
    }
    wants_email(&mut here, "first@new.test").await.leads_to("/dashboard/account/email?sent");
    let first = world.link("change_email").await;
    wants_email(&mut here, " New@New.test ").await.leads_to("/dashboard/account/email?sent");
    let link = world.link("change_email").await;
    assert_eq!(here.get(&format!("/email/{first}")).await.status, StatusCode::GONE, "the newest link holds");
    assert_eq!(world.text("select recipient from mails order by created_at desc limit 1").await, "new@new.test");
    let reset = asked(&mut world, OWNER, 1).await;

    let page = here.get(&format!("/email/{link}")).await;
    assert!(page.status == StatusCode::OK && page.text.contains("new@new.test"), "{}", page.text);
    assert_eq!(
        world.number("select count(*) from users where email = 'new@new.test'").await,
        0,
        "looking changes nothing"
    );
    assert_eq!(here.post(&format!("/email/{link}"), &[]).await.status, StatusCode::OK);
    assert_eq!(here.get("/dashboard/account").await.status, StatusCode::OK, "this browser stays");
    elsewhere.get("/dashboard/account").await.leads_to("/sign-in");
    assert_eq!(here.post(&format!("/email/{link}"), &[]).await.status, StatusCode::GONE);
    assert_eq!(here.get(&format!("/reset/{reset}")).await.status, StatusCode::GONE, "what the old mailbox holds");
    assert_eq!(world.text("select recipient from mails where kind = 'email_changed'").await, OWNER);
    assert_eq!((world.audited("email_change_asked").await, world.audited("email_changed").await), (2, 1));
    Browser::on(&router).sign_in("new@new.test").await;
}

#[tokio::test]
async fn ones_own_email_is_confirmed_once_by_its_link_and_nobody_is_signed_out() {
    let mut world = World::new().await;
    let router = world.router.clone();
    let (mut here, mut elsewhere) = (Browser::on(&router), Browser::on(&router));
    here.sign_in(OWNER).await;
    elsewhere.sign_in(OWNER).await;
    let asks = "Your e-mail is not confirmed yet.";
    assert!(here.get("/dashboard/account").await.text.contains(asks));
    wants_email(&mut here, OWNER).await.leads_to("/dashboard/account/email?sent");
    let link = world.link("change_email").await;
    let page = here.get(&format!("/email/{link}")).await;
    assert_eq!(page.status, StatusCode::OK);
    assert!(page.text.contains("Is this your e-mail?") && page.text.contains(OWNER), "{}", page.text);
    let proved = "select count(*) from users where email_proved_at is not null";
    assert_eq!(world.number(proved).await, 0, "looking changes nothing");

    // In whichever browser mails are read.
    let done = Browser::on(&router).post(&format!("/email/{link}"), &[]).await;
    assert!(done.status == StatusCode::OK && done.text.contains("Your e-mail is confirmed"), "{}", done.text);
    assert_eq!(world.number(proved).await, 1);
    for browser in [&mut here, &mut elsewhere] {
        let page = browser.get("/dashboard/account").await;
        assert!(page.status == StatusCode::OK && !page.text.contains(asks), "{}", page.text);
    }
    assert_eq!(here.post(&format!("/email/{link}"), &[]).await.status, StatusCode::GONE);
    assert_eq!(wants_email(&mut here, OWNER).await.status, StatusCode::UNPROCESSABLE_ENTITY, "it is confirmed");
    assert_eq!(world.number("select count(*) from mails where kind = 'email_changed'").await, 0);
    assert_eq!((world.audited("email_confirmed").await, world.audited("email_changed").await), (1, 0));
}

#[tokio::test]
async fn a_link_is_good_for_its_purpose_and_its_account_only() {
    let mut world = World::new().await;
    let router = world.router.clone();
    let reset = asked(&mut world, OWNER, 1).await;
    let mut here = Browser::on(&router);
    here.sign_in(OWNER).await;
    wants_email(&mut here, "new@new.test").await.leads_to("/dashboard/account/email?sent");
    let change = world.link("change_email").await;
    assert_eq!(here.post(&format!("/email/{reset}"), &[]).await.status, StatusCode::GONE);
    assert_eq!(here.post(&format!("/reset/{change}"), &[("password", NEW)]).await.status, StatusCode::GONE);
    here.cookies.insert("duka_step".into(), reset.clone());
    assert_eq!(here.post("/sign-in", &[("code", "000000")]).await.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert_eq!(world.number("select count(*) from account_tokens where used_at is null").await, 2, "nothing was used");

    // The address was taken between asking and opening.
    let ours = world.ours.clone();
    world.add_user(&ours, "new@new.test", duka::kernel::access::Role::Staff).await;
    assert_eq!(here.post(&format!("/email/{change}"), &[]).await.status, StatusCode::GONE);
    assert_eq!(world.number("select count(*) from users where email = 'owner@ours.test'").await, 1);

    // A colleague's browser opens the owner's link: the owner's account changes, not the colleague's.
    world.run("delete from users where email = 'new@new.test'").await;
    let mut colleague = Browser::on(&router);
    colleague.sign_in(VIEWER).await;
    assert_eq!(colleague.post(&format!("/email/{change}"), &[]).await.status, StatusCode::OK);
    assert_eq!(world.number("select count(*) from users where email in ('new@new.test', 'viewer@ours.test')").await, 2);
    here.get("/dashboard/account").await.leads_to("/sign-in");
}

#[tokio::test]
async fn strangers_mailboxes_are_not_filled_from_an_account() {
    let world = World::new().await;
    let mut here = Browser::new(&world);
    here.sign_in(OWNER).await;
    for at in 0..5 {
        wants_email(&mut here, &format!("victim{at}@new.test")).await.leads_to("/dashboard/account/email?sent");
    }
    assert_eq!(wants_email(&mut here, "victim5@new.test").await.status, StatusCode::TOO_MANY_REQUESTS);
}
