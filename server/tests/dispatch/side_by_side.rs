//! Two merchants at once: what goes out, is paid and comes back at one shop stands nowhere at the other.

use crate::{
    code_at, link,
    merchant::{Member, member},
    orders::{form, money, shopper, standing, the_ledger_is_sound, try_to_place, walk},
    parcel, picture, text, version,
    world::{Answer, Browser, KILIMANI, NJERI, World, field},
    wrong,
};
use duka::{
    checkout::{forms::CheckoutForm, place_order::Placed},
    db::testing::Shop,
    kernel::{access::Role, token::Token},
    orders::status::OrderStatus,
};
use http::StatusCode;

/// One merchant's half of the day: a parcel that is brought, and one that nobody wants.
struct Side<'w> {
    world: &'w World,
    shop: &'w Shop,
    host: &'static str,
    buyer: &'static str,
    staff: Member<'w>,
    brought: Placed,
    returned: Placed,
}

fn at(token: &Token, rest: &str) -> String {
    format!("/rider/{}{rest}", token.hex())
}

impl<'w> Side<'w> {
    async fn open(world: &'w World, shop: &'w Shop, host: &'static str, buyer: &'static str) -> Self {
        let packed = async || {
            let form = CheckoutForm { name: buyer.into(), ..form("cod", 1) };
            let placed = try_to_place(world, shop, 1, form).await.unwrap();
            walk(world, shop, placed.order, &[OrderStatus::Packing]).await;
            placed
        };
        let (brought, returned) = (packed().await, packed().await);
        Self { world, shop, host, buyer, staff: member(world, shop, Role::Staff).await, brought, returned }
    }

    fn ids(&self) -> [String; 2] {
        [self.brought.order.to_string(), self.returned.order.to_string()]
    }

    /// Both parcels as the board's boxes name them.
    async fn ticks(&self) -> [String; 2] {
        let [brought, returned] = self.ids();
        [
            format!("{brought}:{}", version(self.world, self.brought.order).await),
            format!("{returned}:{}", version(self.world, self.returned.order).await),
        ]
    }

    /// To the one rider of the town, who works for both shops.
    async fn give(&mut self, [one, other]: &[String; 2]) -> Answer {
        let form = [
            ("order", one.as_str()),
            ("order", other.as_str()),
            ("name", "Otieno Okoth"),
            ("phone", "0722 000 111"),
            ("cost", "100"),
        ];
        self.staff.browser.post("/dashboard/deliveries/give", &form).await
    }

    async fn link(&self, placed: &Placed) -> Token {
        link(self.world, &shopper(self.world, self.shop), placed.order).await
    }

    /// The rider that this merchant knows.
    async fn rider(&self) -> String {
        text(self.world, &format!("select id::text from delivery_partners where tenant_id = '{}'", self.shop.tenant))
            .await
    }

    /// A page of the dashboard has both of these parcels, and nothing of the other merchant's.
    async fn reads_its_own(&mut self, path: &str, theirs: &Side<'_>) -> String {
        let html = self.staff.browser.get(path).await.text();
        for id in self.ids() {
            assert!(html.contains(&id), "{path} lacks {id}: {html}");
        }
        for foreign in theirs.ids().iter().map(String::as_str).chain([theirs.buyer]) {
            assert!(!html.contains(foreign), "{path} has {foreign}: {html}");
        }
        html
    }

    /// Cash and code for the one parcel, a reason for the other.
    async fn ride(&self) {
        let mut rider = Browser::new(self.world, self.host);
        let token = self.link(&self.brought).await;
        let page = rider.get(&at(&token, "")).await.text();
        assert!(page.contains(self.buyer) && page.contains("Collect KSh 1,150"), "{page}");
        let cash = [("amount", "1150".to_owned()), ("key", field(&page, "key"))];
        let cash: Vec<_> = cash.iter().map(|(name, value)| (*name, value.as_str())).collect();
        assert_eq!(rider.post(&at(&token, "/cash"), &cash).await.status, StatusCode::SEE_OTHER);
        let code = code_at(self.world, self.host, &self.brought).await;
        let done = rider.post(&at(&token, "/delivered"), &[("code", &code)]).await;
        assert!(done.text().contains("<h1>Delivered</h1>"), "{}", done.text());
        let token = self.link(&self.returned).await;
        let failed = rider.post(&at(&token, "/failed"), &[("reason", "refused"), ("note", "")]).await;
        assert!(failed.text().contains("Bring it back to the shop"), "{}", failed.text());
    }

    /// What came back is put on the shelf again.
    async fn put_back(&mut self) {
        let order = format!("/dashboard/orders/{}", self.returned.order);
        let seen = field(&self.staff.browser.get(&format!("{order}/delivery")).await.text(), "version");
        let back = self.staff.browser.post(&format!("{order}/delivery/back"), &[("version", &seen)]).await;
        assert_eq!(back.status, StatusCode::SEE_OTHER, "{}", back.text());
        let html = self.staff.browser.get(&format!("{order}/cancel")).await.text();
        let line = html.split("name=\"restock-").nth(1).and_then(|rest| rest.split('"').next()).expect("a line");
        let (seen, restock) = (field(&html, "version"), format!("restock-{line}"));
        let form = [("version", seen.as_str()), ("reason", "not wanted"), (restock.as_str(), "on")];
        let off = self.staff.browser.post(&format!("{order}/cancel"), &form).await;
        assert_eq!(off.status, StatusCode::SEE_OTHER, "{}", off.text());
    }

    async fn count(&self, what: &str) -> i64 {
        self.world.count(&format!("{what} and tenant_id = '{}'", self.shop.tenant)).await
    }

    /// One delivered and paid, one on the shelf again, and all of it written down at this merchant's.
    async fn expect_finished(&self) {
        assert_eq!(standing(self.world, self.brought.order).await, "delivered paid");
        assert_eq!(standing(self.world, self.returned.order).await, "cancelled unpaid");
        assert_eq!(parcel(self.world, self.brought.order).await, "delivered 1");
        assert_eq!(parcel(self.world, self.returned.order).await, "failed 1 refused");
        assert_eq!(money(self.world, self.brought.order).await, (1_150, 0));
        assert_eq!(money(self.world, self.returned.order).await, (0, 0));
        let stock =
            format!("select stock_quantity::bigint from product_variants where id = '{}'", self.shop.variants[0]);
        assert_eq!(self.world.count(&stock).await, 9);
        for (what, times) in [
            ("select count(*) from delivery_orders where true", 2),
            ("select count(*) from hand_payments where rider_link_id is not null", 1),
            ("select count(*) from receipts where true", 1),
            ("select count(*) from audit_log where action = 'parcel_given'", 2),
            ("select count(*) from audit_log where action = 'delivery_confirmed'", 1),
            ("select count(*) from audit_log where action = 'delivery_failed'", 1),
        ] {
            assert_eq!(self.count(what).await, times, "{what}");
        }
    }
}

/// Neither the dashboard nor a link, an address or a code of the one does anything at the other.
async fn expect_shut_out(ours: &mut Side<'_>, theirs: &Side<'_>) {
    let before = picture(ours.world).await;
    let order = format!("/dashboard/orders/{}/delivery", theirs.brought.order);
    let rider = format!("/dashboard/deliveries/riders/{}", theirs.rider().await);
    for page in [&order, &rider] {
        assert_eq!(ours.staff.browser.get(page).await.status, StatusCode::NOT_FOUND, "{page}");
    }
    let seen = version(ours.world, theirs.brought.order).await.to_string();
    let failed = [("version", seen.as_str()), ("reason", "refused"), ("note", "")];
    let back = [("version", seen.as_str())];
    for (form, fields) in [("failed", failed.as_slice()), ("back", back.as_slice())] {
        let answer = ours.staff.browser.post(&format!("{order}/{form}"), fields).await;
        assert_eq!(answer.status, StatusCode::NOT_FOUND, "{form}");
    }

    let token = theirs.link(&theirs.brought).await;
    let code = code_at(theirs.world, theirs.host, &theirs.brought).await;
    let mut elsewhere = Browser::new(ours.world, ours.host);
    assert_eq!(elsewhere.get(&at(&token, "")).await.status, StatusCode::NOT_FOUND);
    let forms: [(&str, &[(&str, &str)]); 4] = [
        ("/cash", &[("amount", "1150"), ("key", "k")]),
        ("/delivered", &[("code", &code)]),
        ("/failed", &[("reason", "refused"), ("note", "")]),
        ("/way", &[("way", "second gate")]),
    ];
    for (form, fields) in forms {
        assert_eq!(elsewhere.post(&at(&token, form), fields).await.status, StatusCode::NOT_FOUND, "{form}");
    }
    let page = format!("/orders/{}", theirs.brought.token.hex());
    assert_eq!(elsewhere.get(&page).await.status, StatusCode::NOT_FOUND);
    assert_eq!(picture(ours.world).await, before);

    // Their buyer's code, told to our rider, is a wrong one.
    let own = code_at(ours.world, ours.host, &ours.brought).await;
    let told = if code == own { wrong(&own) } else { code };
    let token = ours.link(&ours.brought).await;
    let refused = elsewhere.post(&at(&token, "/delivered"), &[("code", &told)]).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY, "{}", refused.text());
}

#[tokio::test]
async fn two_merchants_send_out_collect_and_take_back_side_by_side() {
    let world = World::new().await;
    let mut njeri = Side::open(&world, &world.njeri, NJERI, "Amina Wanjiru").await;
    let mut kilimani = Side::open(&world, &world.kilimani, KILIMANI, "Barasa Wekesa").await;
    njeri.reads_its_own("/dashboard/deliveries", &kilimani).await;
    kilimani.reads_its_own("/dashboard/deliveries", &njeri).await;

    // What the other shop has ready is given to nobody from here.
    let (ours, theirs) = (njeri.ticks().await, kilimani.ticks().await);
    let before = picture(&world).await;
    for refused in [njeri.give(&theirs).await, kilimani.give(&ours).await] {
        assert_eq!(refused.status, StatusCode::CONFLICT);
        assert_eq!(refused.text().matches("An order that is not here").count(), 2, "{}", refused.text());
    }
    assert_eq!(picture(&world).await, before);

    let (one, other) = tokio::join!(njeri.give(&ours), kilimani.give(&theirs));
    for given in [one, other] {
        assert!(given.text().contains("2 of 2 given to the rider"), "{}", given.text());
    }
    njeri.reads_its_own("/dashboard/deliveries?state=out", &kilimani).await;
    kilimani.reads_its_own("/dashboard/deliveries?state=out", &njeri).await;
    let riders = [njeri.rider().await, kilimani.rider().await];
    assert_ne!(riders[0], riders[1], "one phone, and a rider of each");
    let stops = njeri.reads_its_own(&format!("/dashboard/deliveries/riders/{}", riders[0]), &kilimani).await;
    assert_eq!(stops.matches("http://mama-njeri.localhost:3000/rider/").count(), 2, "{stops}");
    let stops = kilimani.reads_its_own(&format!("/dashboard/deliveries/riders/{}", riders[1]), &njeri).await;
    assert_eq!(stops.matches("http://kilimani.localhost:3000/rider/").count(), 2, "{stops}");

    expect_shut_out(&mut njeri, &kilimani).await;
    expect_shut_out(&mut kilimani, &njeri).await;

    tokio::join!(njeri.ride(), kilimani.ride());
    tokio::join!(njeri.put_back(), kilimani.put_back());
    for side in [&njeri, &kilimani] {
        side.expect_finished().await;
    }
    njeri.reads_its_own("/dashboard/deliveries/figures", &kilimani).await;
    kilimani.reads_its_own("/dashboard/deliveries/figures", &njeri).await;
    the_ledger_is_sound(&world).await;
}
