//! Still pages that are awake: their bundle, the policy that lets it run, and the plain form underneath.

use crate::{
    merchant::member,
    world::{World, field},
};
use duka::kernel::access::Role;
use http::StatusCode;

/// What stands between two quotes after `before`.
fn quoted<'a>(html: &'a str, before: &str) -> &'a str {
    html.split_once(before).and_then(|(_, rest)| rest.split('"').next()).unwrap_or_default()
}

#[tokio::test]
async fn a_page_that_is_awake_carries_the_bundle_and_lets_only_its_own_script_run() {
    let world = World::new().await;
    let mut owner = member(&world, &world.njeri, Role::Owner).await;
    let store = format!("/dashboard/settings/stores/{}", world.njeri.store);
    let mut seen = Vec::new();
    for path in [store.as_str(), "/dashboard/settings/business", "/dashboard/settings/mpesa", "/dashboard/account"] {
        let answer = owner.browser.get(path).await;
        let (policy, html) = (answer.header("content-security-policy").to_owned(), answer.text());
        let nonce = quoted(&html, "<script type=\"module\" nonce=\"").to_owned();
        assert_eq!(nonce.len(), 64, "{path}: {html}");
        assert!(policy.contains(&format!("script-src 'nonce-{nonce}' 'strict-dynamic'")), "{path}: {policy}");
        assert!(!policy.contains("unsafe-inline") && policy.contains("frame-ancestors 'none'"), "{path}: {policy}");
        assert_eq!(html.matches("<script").count(), 1, "{path}");
        assert!(html.contains("/dash/app.js") && html.contains("data-awake"), "{path}");
        assert!(html.contains("data-wake=\"leaving\"") && !html.contains("data-unsaved"), "{path}");
        assert!(["0", "1"].contains(&field(&html, "version").as_str()), "the form is the plain one");
        seen.push(nonce);
    }
    seen.dedup();
    assert_eq!(seen.len(), 4, "a number used once");
}

#[tokio::test]
async fn a_page_that_asks_for_nothing_has_no_script_and_the_same_policy() {
    let world = World::new().await;
    let mut owner = member(&world, &world.njeri, Role::Owner).await;
    for path in ["/dashboard/settings", "/dashboard/settings/team", "/dashboard/start"] {
        let answer = owner.browser.get(path).await;
        assert_eq!(answer.status, StatusCode::OK, "{path}");
        assert!(answer.header("content-security-policy").contains("script-src 'nonce-"), "{path}");
        let html = answer.text();
        assert!(!html.contains("<script") && !html.contains("data-awake"), "{path}");
    }
    let refused = owner.browser.post("/dashboard/settings/business", &[("version", "1"), ("name", "")]).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(refused.text().contains("data-unsaved"), "what came back is saved nowhere");
}
