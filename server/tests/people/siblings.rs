//! Shops live beside the dashboard, and browsers send its cookies along: what their pages send there is refused.

use crate::{
    merchant::member,
    world::{PLATFORM, World},
};
use axum::{body::Body, http::Request};
use duka::kernel::access::Role;
use http::{StatusCode, header};

const INVITE: (&str, &str) = ("/dashboard/settings/team/invite", "email=friend%40duka.test&role=owner");

#[tokio::test]
async fn a_page_of_a_shop_cannot_use_the_session_of_a_merchant_who_looks_at_it() {
    let world = World::new().await;
    let owner = member(&world, &world.njeri, Role::Owner).await;
    let cookie = format!("duka_session={}", owner.browser.cookie("duka_session").unwrap());
    let post = async |path: &str, body: &str, said: &[(&str, &str)]| {
        let mut request = Request::post(path)
            .header(header::HOST, PLATFORM)
            .header(header::COOKIE, &cookie)
            .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded");
        for (name, value) in said {
            request = request.header(*name, *value);
        }
        world.send(request.body(Body::from(body.to_owned())).unwrap()).await
    };
    for said in [
        // A merchant's own shop is no nearer than a sibling's: what stands on it may be somebody else's words.
        &[("origin", "http://mama-njeri.localhost:3000")] as &[_],
        &[("origin", "http://kilimani.localhost:3000")],
        &[("origin", "http://kilimani.localhost:3000"), ("sec-fetch-site", "same-site")],
        &[("sec-fetch-site", "same-site")],
        &[("origin", "http://localhost:3000"), ("sec-fetch-site", "same-site")],
        &[("origin", "null")],
        &[],
    ] {
        for (path, body) in
            [INVITE, ("/dashboard/account/sessions/end-others", ""), ("/api/dash/today", ""), ("/sign-out", "")]
        {
            let answer = post(path, body, said).await;
            assert_eq!(answer.status, StatusCode::FORBIDDEN, "{path} {said:?}: {}", answer.text());
        }
    }
    assert_eq!(world.count("select count(*) from staff_invites").await, 0);
    assert_eq!(world.count("select count(*) from audit_log").await, 0);
    assert_eq!(world.count("select count(*) from sessions where ended_at is not null").await, 0);
    let ours = post(INVITE.0, INVITE.1, &[("origin", "http://localhost:3000")]).await;
    assert_eq!(ours.status, StatusCode::SEE_OTHER, "{}", ours.text());
}
