//! A field that a form of the dashboard does not have is refused by its name, and nothing is done.

use crate::{
    merchant::member,
    world::{Browser, NJERI, PLATFORM, World},
};
use axum::{body::Body, http::Request};
use duka::kernel::access::Role;
use http::{StatusCode, header};

const ID: &str = "01935f0e-7a1c-7000-8000-3f9a00000003";

#[tokio::test]
async fn every_form_without_a_page_of_its_own_refuses_a_field_that_it_does_not_have_by_its_name() {
    let world = World::new().await;
    let mut owner = member(&world, &world.njeri, Role::Owner).await;
    let (product, store, variant) = (world.njeri.product, world.njeri.store, world.njeri.variants[0]);
    world
        .sql(&format!(
            "insert into customers (tenant_id, id, phone) values ('{}', '{ID}', '+254711223344')",
            world.njeri.tenant
        ))
        .await;
    let forms: Vec<(String, Vec<(&str, &str)>)> = vec![
        ("orders/move".into(), vec![("to", "packing"), ("list-words", "amina"), ("list-page", "2")]),
        ("orders/new".into(), vec![("do", "reckon"), ("words", "kikoi")]),
        ("stock/mail".into(), vec![("wants", "on")]),
        ("stock/counts".into(), vec![("count", ID), ("part", "all"), ("category", ""), ("words", "")]),
        (format!("stock/counts/{ID}/apply"), vec![("note", "")]),
        (format!("stock/counts/{ID}/cancel"), vec![]),
        (format!("stock/{variant}/release"), vec![("order", ID)]),
        ("customers/export".into(), vec![("words", ""), ("sort", ""), ("group", "")]),
        ("customers/import/apply".into(), vec![("list", "UGhvbmU")]),
        (format!("customers/{ID}/data/copy"), vec![]),
        (format!("customers/{ID}/data/erase"), vec![("sure", "on")]),
        (format!("customers/{ID}/data/keep"), vec![]),
        (format!("customers/groups/{ID}/remove"), vec![]),
        (format!("products/{product}/pictures/{ID}/place"), vec![("place", "0")]),
        (format!("products/{product}/pictures/{ID}/remove"), vec![]),
        (format!("products/import/{ID}/start"), vec![]),
        (format!("products/import/{ID}/cancel"), vec![]),
        (format!("discounts/{ID}/pause"), vec![]),
        (format!("discounts/{ID}/resume"), vec![]),
        (format!("discounts/{ID}/codes/{ID}/remove"), vec![]),
        (format!("payments/inbox/{ID}/take-back"), vec![("customer", ID), ("seen", "50000")]),
        (format!("payments/refunds/{ID}/credit"), vec![]),
        (format!("payments/refunds/{ID}/retry"), vec![]),
        (format!("payments/refunds/{ID}/send"), vec![]),
        (format!("payments/refunds/{ID}/give-up"), vec![]),
        (format!("payments/refunds/{ID}/not-sent"), vec![]),
        ("account/second-factor/start".into(), vec![]),
        (format!("account/sessions/{ID}/end"), vec![]),
        ("account/sessions/end-others".into(), vec![]),
        ("start/open".into(), vec![]),
        ("start/close".into(), vec![]),
        (format!("settings/delivery/{ID}/remove"), vec![]),
        ("settings/domains/subdomain/primary".into(), vec![]),
        (format!("settings/domains/{ID}/check"), vec![]),
        (format!("settings/domains/{ID}/primary"), vec![]),
        (format!("settings/domains/{ID}/remove"), vec![]),
        (format!("settings/stores/{store}/logo/remove"), vec![("logo_seen", "")]),
        ("settings/cards/check".into(), vec![]),
        ("settings/cards/stop".into(), vec![]),
        ("settings/partners/check".into(), vec![]),
        ("settings/partners/stop".into(), vec![]),
    ];
    for (path, mut fields) in forms {
        fields.push(("tenant_id", "1"));
        let answer = owner.browser.post(&format!("/dashboard/{path}"), &fields).await;
        assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY, "{path}: {}", answer.text());
        assert!(answer.text().contains("This form has no field “tenant_id”."), "{path}: {}", answer.text());
    }
    assert_eq!(world.count("select count(*) from audit_log").await, 0);
    assert_eq!(world.count("select count(*) from customers where erase_asked_at is not null").await, 0);
    assert_eq!(world.count("select count(*) from stores where is_live").await, 2);
}

#[tokio::test]
async fn every_typed_call_refuses_a_field_that_it_does_not_have_by_its_name() {
    let world = World::new().await;
    let mut owner = member(&world, &world.njeri, Role::Owner).await;
    let mut shopper = Browser::new(&world, NJERI);
    for (path, _) in server::platform::CALL_FIELDS {
        let browser = if path.starts_with("/api/shop/") { &mut shopper } else { &mut owner.browser };
        let answer = browser.post(path, &[("tenant_id", "1")]).await;
        assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY, "{path}: {}", answer.text());
        assert!(answer.text().contains("\"tenant_id\""), "{path}: {}", answer.text());
    }
    let variant = world.njeri.variants[0].to_string();
    let right = [("variant", variant.as_str()), ("version", "1"), ("currency", "KES"), ("price", "900")];
    let more = [&right[..], &[("tenant_id", "1")]].concat();
    let answer = owner.browser.post("/api/dash/product/price", &more).await;
    assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY, "{}", answer.text());
    assert_eq!(world.count("select count(*) from audit_log").await, 0);

    // Without the bundle the browser sends the form itself, and a person reads what is wrong.
    let body = more.iter().map(|(name, value)| format!("{name}={value}")).collect::<Vec<_>>().join("&");
    let session = owner.browser.cookie("duka_session").expect("a session").to_owned();
    let request = Request::post("/api/dash/product/price")
        .header(header::HOST, PLATFORM)
        .header(header::ORIGIN, format!("http://{PLATFORM}"))
        .header(header::ACCEPT, "text/html,*/*")
        .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded")
        .header(header::COOKIE, format!("duka_session={session}"));
    let page = world.send(request.body(Body::from(body)).expect("a request")).await;
    assert_eq!(page.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(page.text().contains("This form has no field “tenant_id”."), "{}", page.text());
    assert_eq!(owner.browser.post("/api/dash/product/price", &right).await.status, StatusCode::OK);
}
