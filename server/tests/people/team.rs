//! Invites and roles: who joins, as what, and how somebody is shown out.

use crate::{
    merchant::{Member, member},
    world::{Browser, PLATFORM, World},
};
use axum::{body::Body, http::Request};
use duka::{
    ctx::Ctx,
    error::{AppError, Refusal},
    kernel::access::{Actor, Role},
    tenancy::team::{change_role, set_active},
};
use http::{StatusCode, header};
use std::convert::Infallible;
use tokio::sync::oneshot;

/// Invites by the form, and reads the link off the team's page.
async fn invited(owner: &mut Member<'_>, email: &str, role: Role) -> String {
    let sent =
        owner.browser.post("/dashboard/settings/team/invite", &[("email", email), ("role", role.as_str())]).await;
    assert_eq!((sent.status, sent.header("location")), (StatusCode::SEE_OTHER, "/dashboard/settings/team"));
    let page = owner.browser.get("/dashboard/settings/team").await.text();
    assert!(page.contains("opens for 7 more days"), "{page}");
    let link = page.split("/invites/").nth(1).and_then(|rest| rest.get(..64)).expect("a link");
    format!("/invites/{link}")
}

const JOINING: [(&str, &str); 2] = [("name", "Otieno"), ("password", "viatu vya mvua nne")];

#[tokio::test]
async fn who_has_the_link_joins_once_and_is_signed_in() {
    let world = World::new().await;
    let mut owner = member(&world, &world.njeri, Role::Owner).await;
    let link = invited(&mut owner, "Otieno@Duka.test", Role::Staff).await;
    assert_eq!(
        world.count("select count(*) from mails where kind = 'invite' and recipient = 'otieno@duka.test'").await,
        1
    );
    let mut otieno = Browser::new(&world, PLATFORM);
    let page = otieno.get(&link).await;
    assert_eq!((page.status, page.header("referrer-policy")), (StatusCode::OK, "same-origin"));
    assert!(page.text().contains("otieno@duka.test"), "{}", page.text());
    let short = otieno.post(&link, &[("name", "Otieno"), ("password", "short")]).await;
    assert_eq!(short.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(short.text().contains("This is too short.") && !short.text().contains("value=\"short\""));
    // A browser has one session: whoever joins in that of somebody else leaves theirs behind.
    let mut neighbour = member(&world, &world.kilimani, Role::Viewer).await;
    let before = neighbour.browser.cookie("duka_session").unwrap().to_owned();
    let mut otieno = otieno.with_cookie("duka_session", &before);
    let joined = otieno.post(&link, &JOINING).await;
    assert_eq!((joined.status, joined.header("location")), (StatusCode::SEE_OTHER, "/dashboard"));
    assert_eq!(neighbour.browser.get("/dashboard").await.status, StatusCode::SEE_OTHER, "it is over");
    assert_eq!(otieno.get("/dashboard").await.status, StatusCode::OK);
    assert_eq!(otieno.get("/dashboard/settings/team").await.status, StatusCode::FORBIDDEN);
    let mut again = Browser::new(&world, PLATFORM);
    assert_eq!(again.get(&link).await.status, StatusCode::GONE);
    assert_eq!(again.post(&link, &JOINING).await.status, StatusCode::GONE);
    assert_eq!(world.count("select count(*) from users where email = 'otieno@duka.test' and role = 'staff'").await, 1);
    world.db.logged(&["member_invited", "invite_accepted"]).await;
}

#[tokio::test]
async fn of_twenty_who_press_at_once_one_joins() {
    let world = World::new().await;
    let mut owner = member(&world, &world.njeri, Role::Owner).await;
    let link = invited(&mut owner, "otieno@duka.test", Role::Viewer).await;
    let mut pressing = Vec::new();
    for _ in 0..20 {
        let (platform, token) = (world.app.platform.clone(), link.trim_start_matches("/invites/").to_owned());
        pressing.push(tokio::spawn(async move {
            let typed = JOINING
                .iter()
                .fold(duka::kernel::typed::Typed::default(), |typed, (name, value)| typed.with(name, *value));
            let token = duka::kernel::token::Token::parse(&token).unwrap();
            let locale = duka::kernel::locale::Locale::En;
            duka::tenancy::invites::accept(&platform, &token, &typed, locale, duka::ctx::Origin::default())
                .await
                .is_ok()
        }));
    }
    let mut joined = 0;
    for press in pressing {
        joined += i32::from(press.await.unwrap());
    }
    assert_eq!(joined, 1);
    assert_eq!(world.count("select count(*) from users where email = 'otieno@duka.test'").await, 1);
    assert_eq!(
        world
            .count(
                "select count(*) from sessions s join users u on u.id = s.user_id where u.email = 'otieno@duka.test'"
            )
            .await,
        1
    );
}

#[tokio::test]
async fn links_that_are_over_taken_back_or_made_up_are_one_and_the_same_page() {
    let world = World::new().await;
    let mut owner = member(&world, &world.njeri, Role::Owner).await;
    let old = invited(&mut owner, "otieno@duka.test", Role::Staff).await;
    let newer = invited(&mut owner, "otieno@duka.test", Role::Viewer).await;
    let late = invited(&mut owner, "late@duka.test", Role::Staff).await;
    world.sql("update staff_invites set expires_at = now() - interval '1 second' where email = 'late@duka.test'").await;
    let invite = owner.browser.get("/dashboard/settings/team").await.text();
    let id =
        invite.split("name=\"invite\" value=\"").nth(2).and_then(|rest| rest.get(..36)).expect("an invite").to_owned();
    assert_eq!(
        owner.browser.post("/dashboard/settings/team/revoke", &[("invite", &id)]).await.status,
        StatusCode::SEE_OTHER
    );
    let made_up = format!("/invites/{}", "ab".repeat(32));
    let mut pages = Vec::new();
    for link in [&old, &newer, &late, &made_up, "/invites/nonsense"] {
        let mut browser = Browser::new(&world, PLATFORM);
        let page = browser.get(link).await;
        assert_eq!(page.status, StatusCode::GONE, "{link}");
        pages.push(page.text());
        assert_eq!(browser.post(link, &JOINING).await.status, StatusCode::GONE, "{link}");
    }
    pages.dedup();
    assert_eq!(pages.len(), 1);
    assert_eq!(
        world.count("select count(*) from users where email in ('otieno@duka.test', 'late@duka.test')").await,
        0
    );
    world.db.logged(&["invite_revoked"]).await;
}

#[tokio::test]
async fn somebody_who_is_shown_out_is_out_with_the_next_step() {
    let world = World::new().await;
    let mut owner = member(&world, &world.njeri, Role::Owner).await;
    let mut staff = member(&world, &world.njeri, Role::Staff).await;
    assert_eq!(staff.browser.get("/dashboard").await.status, StatusCode::OK);
    let form = [("member", staff.user.to_string()), ("version", "1".to_owned()), ("active", String::new())];
    let form: Vec<_> = form.iter().map(|(name, value)| (*name, value.as_str())).collect();
    assert_eq!(owner.browser.post("/dashboard/settings/team/active", &form).await.status, StatusCode::SEE_OTHER);
    let out = staff.browser.get("/dashboard").await;
    assert_eq!((out.status, out.header("location")), (StatusCode::SEE_OTHER, "/sign-in"));
    assert_eq!(staff.browser.post("/api/dash/today", &[]).await.status, StatusCode::UNAUTHORIZED);
    assert_eq!(
        owner.browser.post("/dashboard/settings/team/active", &form).await.status,
        StatusCode::CONFLICT,
        "seen at another version"
    );
    let back = [form[0], ("version", "2"), ("active", "on")];
    assert_eq!(owner.browser.post("/dashboard/settings/team/active", &back).await.status, StatusCode::SEE_OTHER);
    let there = format!("select count(*) from users where id = '{}' and status = 'active'", staff.user);
    assert_eq!(world.count(&there).await, 1, "they may come in again");
    world.db.logged(&["member_disabled", "member_enabled"]).await;
}

#[tokio::test]
async fn what_was_on_its_way_when_somebody_was_shown_out_does_nothing() {
    let world = World::new().await;
    let mut owner = member(&world, &world.njeri, Role::Owner).await;
    let seen = "--x\r\nContent-Disposition: form-data; name=\"logo_seen\"\r\n\r\n\r\n--x--\r\n".to_owned();
    let form = "application/x-www-form-urlencoded";
    let product = format!("/dashboard/products/{}", world.njeri.product);
    let logo = format!("/dashboard/settings/stores/{}/logo", world.njeri.store);
    let price = format!("variant={}&version=1&currency=KES&price=9", world.njeri.variants[0]);
    for (path, kind, sent) in [
        ("/dashboard/settings/team/invite", form, "email=friend%40duka.test&role=owner".to_owned()),
        ("/api/dash/product/price", form, price),
        (product.as_str(), form, "version=1&name=Kofia".to_owned()),
        (logo.as_str(), "multipart/form-data; boundary=x", seen),
    ] {
        let other = member(&world, &world.njeri, Role::Owner).await;
        // Half-way through a request: its head is there, and the form is still to come.
        let ((awaited, is_awaited), (go, comes)) = (oneshot::channel::<()>(), oneshot::channel::<()>());
        let body = Body::from_stream(futures_util::stream::once(async move {
            let _ = awaited.send(());
            let _ = comes.await;
            Ok::<_, Infallible>(sent)
        }));
        let request = Request::post(path)
            .header(header::HOST, PLATFORM)
            .header(header::ORIGIN, format!("http://{PLATFORM}"))
            .header(header::CONTENT_TYPE, kind)
            .header(header::COOKIE, format!("duka_session={}", other.browser.cookie("duka_session").unwrap()))
            .body(body)
            .unwrap();
        let shown_out = async {
            is_awaited.await.unwrap();
            let who = other.user.to_string();
            let out = [("member", who.as_str()), ("version", "1"), ("active", "")];
            let done = owner.browser.post("/dashboard/settings/team/active", &out).await;
            go.send(()).unwrap();
            done.status
        };
        let (late, out) = tokio::join!(world.send(request), shown_out);
        assert_eq!((out, late.status), (StatusCode::SEE_OTHER, StatusCode::UNAUTHORIZED), "{path}: {}", late.text());
    }
    assert_eq!(world.count("select count(*) from staff_invites").await, 0);
    assert_eq!(world.count("select count(*) from audit_log where action <> 'member_disabled'").await, 0);
}

#[tokio::test]
async fn who_is_shown_out_leaves_no_link_behind() {
    let world = World::new().await;
    let mut owner = member(&world, &world.njeri, Role::Owner).await;
    let mut other = member(&world, &world.njeri, Role::Owner).await;
    let link = invited(&mut other, "friend@duka.test", Role::Owner).await;
    let who = other.user.to_string();
    let out = [("member", who.as_str()), ("version", "1"), ("active", "")];
    assert_eq!(owner.browser.post("/dashboard/settings/team/active", &out).await.status, StatusCode::SEE_OTHER);
    assert_eq!(Browser::new(&world, PLATFORM).post(&link, &JOINING).await.status, StatusCode::GONE);
    assert_eq!(world.count("select count(*) from users where email = 'friend@duka.test'").await, 0);
}

#[tokio::test]
async fn invites_to_strangers_are_few_an_hour() {
    let world = World::new().await;
    let mut owner = member(&world, &world.njeri, Role::Owner).await;
    for _ in 0..20 {
        let sent =
            owner.browser.post("/dashboard/settings/team/invite", &[("email", "a@duka.test"), ("role", "viewer")]);
        assert_eq!(sent.await.status, StatusCode::SEE_OTHER);
    }
    let refused =
        owner.browser.post("/dashboard/settings/team/invite", &[("email", "a@duka.test"), ("role", "viewer")]);
    assert_eq!(refused.await.status, StatusCode::TOO_MANY_REQUESTS);
    assert_eq!(world.count("select count(*) from mails").await, 20);
    assert_eq!(
        world.count("select count(*) from staff_invites where revoked_at is null").await,
        1,
        "the last one holds"
    );
}

#[tokio::test]
async fn a_new_role_begins_with_a_new_session() {
    let world = World::new().await;
    let mut owner = member(&world, &world.njeri, Role::Owner).await;
    let mut staff = member(&world, &world.njeri, Role::Staff).await;
    let (who, role) = (staff.user.to_string(), [("version", "1"), ("role", "owner")]);
    let form = [("member", who.as_str()), role[0], role[1]];
    assert_eq!(owner.browser.post("/dashboard/settings/team/role", &form).await.status, StatusCode::SEE_OTHER);
    assert_eq!(
        staff.browser.get("/dashboard").await.status,
        StatusCode::SEE_OTHER,
        "the session of the old role is over"
    );
    let unknown = [("member", who.as_str()), ("version", "2"), ("role", "king")];
    assert_eq!(
        owner.browser.post("/dashboard/settings/team/role", &unknown).await.status,
        StatusCode::UNPROCESSABLE_ENTITY
    );
    let neighbour = member(&world, &world.kilimani, Role::Owner).await;
    let foreign = [("member", neighbour.user.to_string()), ("version", "1".into()), ("role", "viewer".into())];
    let foreign: Vec<_> = foreign.iter().map(|(name, value): &(&str, String)| (*name, value.as_str())).collect();
    assert_eq!(owner.browser.post("/dashboard/settings/team/role", &foreign).await.status, StatusCode::NOT_FOUND);
    world.db.logged(&["role_changed"]).await;
}

#[tokio::test]
async fn the_last_owner_cannot_leave_and_two_cannot_leave_at_once() {
    let world = World::new().await;
    let mut owner = member(&world, &world.njeri, Role::Owner).await;
    let me = owner.user.to_string();
    let leaving = [("member", me.as_str()), ("version", "1"), ("role", "staff")];
    let refused = owner.browser.post("/dashboard/settings/team/role", &leaving).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(refused.text().contains("A shop needs an owner."), "{}", refused.text());
    let out = [("member", me.as_str()), ("version", "1"), ("active", "")];
    assert_eq!(
        owner.browser.post("/dashboard/settings/team/active", &out).await.status,
        StatusCode::UNPROCESSABLE_ENTITY
    );

    let other = member(&world, &world.njeri, Role::Owner).await;
    for round in 0..25 {
        let mut leaving = Vec::new();
        for user in [owner.user, other.user] {
            let actor = Actor::Member { user, role: Role::Owner };
            let ctx = Ctx::new(world.app.platform.clone(), world.njeri.tenant, actor);
            leaving.push(tokio::spawn(async move {
                if round % 2 == 0 {
                    set_active(&ctx, user, 1, false).await
                } else {
                    change_role(&ctx, user, 1, Role::Staff).await
                }
            }));
        }
        let mut said = Vec::new();
        for one in leaving {
            said.push(one.await.unwrap());
        }
        said.sort_by_key(Result::is_err);
        assert_eq!(said, [Ok(()), Err(AppError::Refused(Refusal::LastOwner))], "round {round}");
        assert_eq!(world.count("select count(*) from users where role = 'owner' and status = 'active'").await, 1);
        world.sql("update users set role = 'owner', status = 'active', version = 1").await;
    }
}
