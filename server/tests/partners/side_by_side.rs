//! Two merchants with the same partner at once: each has its own account, agents, parcels and codes.

use crate::{
    following::{call, hook},
    merchant::member,
    network::{Network, RONGAI},
    orders,
    world::{Browser, KILIMANI, NJERI, PLATFORM},
};
use duka::{checkout::place_order::Placed, db::testing::Shop, kernel::access::Role};
use http::StatusCode;
use serde_json::json;

/// One merchant's order, and who books its parcel.
struct Side<'w> {
    network: &'w Network,
    shop: &'w Shop,
    host: &'static str,
    placed: Placed,
    staff: Browser<'w>,
    /// Rongai's agent as this merchant knows it.
    agent: String,
}

impl<'w> Side<'w> {
    async fn open(network: &'w Network, shop: &'w Shop, host: &'static str) -> Self {
        let placed = orders::place(&network.world, shop, "cod").await;
        let paid = format!(
            "update orders set status = 'paid', payment_status = 'paid', payment_method = 'mpesa', paid_at = now()
             where id = '{}'",
            placed.order
        );
        network.world.sql(&paid).await;
        let agent = format!(
            "select id::text from partner_agents where tenant_id = '{}' and agent_number = {RONGAI}",
            shop.tenant
        );
        let agent = network.text(&agent).await;
        let staff = member(&network.world, shop, Role::Staff).await.browser;
        Self { network, shop, host, placed, staff, agent }
    }

    fn page(&self) -> String {
        format!("/dashboard/orders/{}/parcel", self.placed.order)
    }

    async fn book(&mut self, order: &str, agent: &str) -> StatusCode {
        self.staff.post(&format!("{order}/book"), &[("agent", agent)]).await.status
    }

    async fn text(&self, question: &str) -> String {
        self.network.text(&format!("{question} where tenant_id = '{}'", self.shop.tenant)).await
    }

    async fn code(&self) -> String {
        self.text("select string_agg(tracking_code, ' ') from delivery_orders").await
    }

    async fn status(&self) -> String {
        self.text("select status from orders").await
    }

    /// The partner hands this merchant's parcel out, and says so.
    async fn hand_out(&self, calls: usize) {
        let parcel: u64 = self.code().await.trim_start_matches("PM-").parse().unwrap();
        self.network.pull(json!({ "parcel": parcel, "state": "delivered" })).await;
        self.network.until_heard(calls).await;
        self.network.work().await;
    }
}

/// Neither the order nor the agent of the one is booked by the other.
async fn expect_shut_out(ours: &mut Side<'_>, theirs: &Side<'_>) {
    let page = ours.staff.get(&ours.page()).await.text();
    assert!(page.contains(&ours.agent) && !page.contains(&theirs.agent), "{page}");
    assert_eq!(ours.staff.get(&theirs.page()).await.status, StatusCode::NOT_FOUND);
    assert_eq!(ours.book(&theirs.page(), &ours.agent.clone()).await, StatusCode::NOT_FOUND);
    assert_eq!(ours.book(&ours.page(), &theirs.agent).await, StatusCode::UNPROCESSABLE_ENTITY);
    let hand = [("carrier", "Easy Coach"), ("code", "EC-1"), ("cost", "")];
    assert_eq!(ours.staff.post(&theirs.page(), &hand).await.status, StatusCode::NOT_FOUND);
    for table in ["partner_parcels", "delivery_orders"] {
        assert_eq!(ours.network.world.count(&format!("select count(*) from {table}")).await, 0, "{table}");
    }
}

#[tokio::test]
async fn two_merchants_book_with_one_partner_at_once_and_each_follows_its_own_parcel() {
    let network = Network::open().await;
    network.set_up(&network.world.kilimani, "kilimanis-key").await;
    let mut njeri = Side::open(&network, &network.world.njeri, NJERI).await;
    let mut kilimani = Side::open(&network, &network.world.kilimani, KILIMANI).await;
    assert_ne!(njeri.agent, kilimani.agent, "one agent in Rongai, and a row of each");
    expect_shut_out(&mut njeri, &kilimani).await;
    expect_shut_out(&mut kilimani, &njeri).await;

    let (ours, our_agent) = (njeri.page(), njeri.agent.clone());
    let (theirs, their_agent) = (kilimani.page(), kilimani.agent.clone());
    let pressed = tokio::join!(njeri.book(&ours, &our_agent), kilimani.book(&theirs, &their_agent));
    assert_eq!(pressed, (StatusCode::SEE_OTHER, StatusCode::SEE_OTHER));
    network.work().await;
    network.until_heard(2).await;
    network.work().await;
    assert_eq!(network.parcels_there().await, 1, "the other one is in the other account");
    let codes = [njeri.code().await, kilimani.code().await];
    assert_ne!(codes[0], codes[1]);
    for (side, own, foreign) in [(&mut njeri, &codes[0], &codes[1]), (&mut kilimani, &codes[1], &codes[0])] {
        let page = side.staff.get(&side.page()).await.text();
        assert!(page.contains(own) && !page.contains(foreign), "{page}");
        let buyers = format!("/orders/{}", side.placed.token.hex());
        let page = side.network.world.get(side.host, &buyers).await.text();
        assert!(page.contains(own) && !page.contains(foreign), "{page}");
        let elsewhere = if side.host == NJERI { KILIMANI } else { NJERI };
        assert_eq!(side.network.world.get(elsewhere, &buyers).await.status, StatusCode::NOT_FOUND);
    }

    // Njeri's own address is told of the other's parcel: it is nobody she knows.
    let number: u64 = codes[1].trim_start_matches("PM-").parse().unwrap();
    let lie = json!({ "event_type": "package.delivered", "data": { "package_id": number } });
    let told = call(&network, PLATFORM, &hook(&network).await, &lie.to_string()).await;
    assert_eq!(told.status, StatusCode::OK);
    network.work().await;
    let said = network.text("select outcome from mpesa_callbacks_raw order by received_at desc, id desc limit 1");
    assert_eq!(said.await, "unknown_reference");
    assert_eq!((njeri.status().await, kilimani.status().await), ("paid".into(), "paid".into()));

    njeri.hand_out(3).await;
    assert_eq!((njeri.status().await, kilimani.status().await), ("delivered".into(), "paid".into()));
    kilimani.hand_out(4).await;
    assert_eq!((njeri.status().await, kilimani.status().await), ("delivered".into(), "delivered".into()));
}
