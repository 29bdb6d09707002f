//! A suspended merchant's shop closes kindly, a closed one is gone, and their team still gets in.

use crate::world::World;
use duka::tenancy::standing::{TenantStatus, set_status};
use http::{StatusCode, header};

const SHOP: &str = "kiondo-house.localhost:3000";

#[tokio::test]
async fn a_suspended_shop_is_closed_kindly_and_comes_back_whole() {
    let world = World::new().await;
    let mut owner = world.open_shop("kiondo-house").await;
    let tenant = world.text("select tenant_id::text from stores where slug = 'kiondo-house'").await;
    let tenant = duka::kernel::id::TenantId::from(tenant.parse::<uuid::Uuid>().unwrap());
    let ops = world.db.url("duka_ops");
    assert_eq!(set_status(&ops, tenant, TenantStatus::Suspended).await, Ok(true));
    assert_eq!(set_status(&ops, tenant, TenantStatus::Suspended).await, Ok(false));
    world.app.hosts.forget(tenant);

    for path in ["/", "/p/kiondo", "/checkout", "/robots.txt", "/preview/ab"] {
        let page = world.get(SHOP, path).await;
        page.is(StatusCode::SERVICE_UNAVAILABLE)
            .says("This shop is taking a break")
            .says("Kiondo House")
            .says("noindex");
        assert_eq!(page.header(header::RETRY_AFTER), "3600");
    }
    world.get(SHOP, "/sw/cart").await.is(StatusCode::SERVICE_UNAVAILABLE).says("limepumzika");
    world.browser(SHOP).post("/checkout", &[]).await.is(StatusCode::SERVICE_UNAVAILABLE);
    // The neighbour's shop is open as before.
    world.get("theirs.localhost:3000", "/").await.is(StatusCode::OK);
    // The team comes in and is told.
    owner
        .get("/dashboard/start")
        .await
        .is(StatusCode::OK)
        .says("This account is suspended")
        .says_not("Your shop is open");
    owner.get("/dashboard").await.is(StatusCode::OK).says("This account is suspended");

    assert_eq!(set_status(&ops, tenant, TenantStatus::Active).await, Ok(true));
    world.app.hosts.forget(tenant);
    world.get(SHOP, "/p/kiondo").await.is(StatusCode::OK).says("Add to cart");
    owner.get("/dashboard/start").await.says_not("This account is suspended");
    let said =
        world.number("select count(*) from audit_log where action in ('tenant_suspended', 'tenant_resumed')").await;
    assert_eq!(said, 2);
}

#[tokio::test]
async fn a_closed_merchants_shop_is_no_shop() {
    let world = World::new().await;
    let mut owner = world.open_shop("kiondo-house").await;
    world.sql("update tenants set status = 'closed' where id = (select tenant_id from stores where slug = 'kiondo-house')").await;
    let tenant = world.text("select tenant_id::text from stores where slug = 'kiondo-house'").await;
    world.app.hosts.forget(tenant.parse::<uuid::Uuid>().unwrap().into());
    let (gone, unknown) = (world.get(SHOP, "/").await, world.get("no-such.localhost:3000", "/").await);
    assert_eq!((gone.status, gone.text), (unknown.status, unknown.text));
    owner.get("/dashboard/start").await.leads_to("/sign-in");
}

#[tokio::test]
async fn whoever_ordered_finds_the_order_while_the_shop_is_closed() {
    let world = World::new().await;
    let mut owner = world.open_shop("kiondo-house").await;
    owner.post("/dashboard/start/close", &[]).await.leads_to("/dashboard/start");
    // No order of that token: the shop's own answer, not the holding page.
    let page = world.get(SHOP, &format!("/orders/{}", "ab".repeat(32))).await;
    page.is(StatusCode::NOT_FOUND).says_not("Opening soon");
    // Its pictures are looked up as well: a page in a picture's place is a broken picture.
    world.get(SHOP, "/media/x/y").await.is(StatusCode::NOT_FOUND).says_not("Opening soon");
    world.get(SHOP, "/orders/find").await.is(StatusCode::OK).says("Opening soon");
}
