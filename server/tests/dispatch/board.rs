//! The board by state and area, many parcels given to one rider, and fees against cost.

use crate::{
    merchant::member,
    named,
    orders::{place, staff, standing},
    otieno, packed, parcel, picture, send_out, version,
    world::World,
};
use duka::{
    checkout::{
        dispatch::{Given, NotHandedOver, fail, give, give_many},
        move_orders::{Chosen, Outcome},
        parcels::{HandParcel, write_down},
    },
    delivery::parcel::Failure,
    error::{AppError, Refusal},
    kernel::{access::Role, id::OrderId, money::Money},
    pages::dashboard::{
        deliveries::{
            board::{self, BoardFilter, BoardState},
            figures,
        },
        order,
    },
};
use http::StatusCode;

fn of(state: BoardState, area: &str) -> BoardFilter {
    BoardFilter { state, area: area.into(), page: 1 }
}

async fn move_to_area(world: &World, order: OrderId, area: &str) {
    world.sql(&format!("update orders set delivery_city_area = '{area}' where id = '{order}'")).await;
}

async fn fail_it(world: &World, order: OrderId) {
    let ctx = staff(world, &world.njeri, Role::Staff).await;
    let why = NotHandedOver { failure: Failure::NobodyThere, note: None };
    fail(&ctx, order, version(world, order).await, &why).await.unwrap();
}

#[tokio::test]
async fn parcels_stand_by_state_and_area_and_only_ones_own() {
    let world = World::new().await;
    place(&world, &world.njeri, "cod").await;
    let ready = packed(&world, &world.njeri).await.order;
    let karen = packed(&world, &world.njeri).await.order;
    move_to_area(&world, karen, "Karen").await;
    let out = packed(&world, &world.njeri).await.order;
    send_out(&world, &world.njeri, out).await;
    let failed = packed(&world, &world.njeri).await.order;
    send_out(&world, &world.njeri, failed).await;
    fail_it(&world, failed).await;
    let theirs = packed(&world, &world.kilimani).await.order;
    let ctx = staff(&world, &world.njeri, Role::Viewer).await;
    let shown = async |filter| {
        let found = board::load(&ctx, filter).await.unwrap();
        (found.counts, found.rows.iter().map(|row| row.order).collect::<Vec<_>>(), found.areas)
    };
    let areas = vec![("Karen".to_owned(), 1), ("Westlands".to_owned(), 1)];
    assert_eq!(shown(of(BoardState::Ready, "")).await, ([2, 1, 1], vec![karen, ready], areas.clone()));
    assert_eq!(shown(of(BoardState::Ready, "Karen")).await, ([2, 1, 1], vec![karen], areas));
    let westlands = vec![("Westlands".to_owned(), 1)];
    assert_eq!(shown(of(BoardState::Out, "")).await, ([2, 1, 1], vec![out], westlands.clone()));
    assert_eq!(shown(of(BoardState::Failed, "")).await, ([2, 1, 1], vec![failed], westlands.clone()));
    assert_eq!(shown(of(BoardState::Failed, "Karen")).await, ([2, 1, 1], vec![], westlands));
    let neighbour = staff(&world, &world.kilimani, Role::Owner).await;
    let found = board::load(&neighbour, of(BoardState::Ready, "")).await.unwrap();
    assert_eq!((found.counts, found.rows[0].order, found.riders.len()), ([1, 0, 0], theirs, 0));

    let mut viewer = member(&world, &world.njeri, Role::Viewer).await;
    let html = viewer.browser.get("/dashboard/deliveries?state=failed").await.text();
    assert!(html.contains("Nobody was there") && html.contains("Otieno Okoth, try 1"), "{html}");
    assert!(!html.contains("name=\"order\"") && !html.contains("/rider/"), "{html}");
    let rider = crate::text(&world, "select id::text from delivery_partners").await;
    let hidden = viewer.browser.get(&format!("/dashboard/deliveries/riders/{rider}")).await;
    assert_eq!(hidden.status, StatusCode::FORBIDDEN);
}

#[tokio::test]
async fn what_a_carrier_expects_is_not_ticked_for_a_rider_by_mistake() {
    let world = World::new().await;
    let ready = packed(&world, &world.njeri).await.order;
    let booked = packed(&world, &world.njeri).await.order;
    let ctx = staff(&world, &world.njeri, Role::Staff).await;
    let coach = HandParcel { carrier: "Easy Coach".into(), code: "EC-7".into(), cost: None };
    write_down(&ctx, booked, &coach).await.unwrap();
    let mut team = member(&world, &world.njeri, Role::Staff).await;
    let html = team.browser.get("/dashboard/deliveries").await.text();
    assert!(html.contains(&format!("value=\"{ready}:")) && !html.contains(&format!("value=\"{booked}:")), "{html}");
    assert!(
        html.contains("Easy Coach, try 1") && html.contains(&format!("/dashboard/orders/{booked}/delivery")),
        "{html}"
    );
}

#[tokio::test]
async fn what_the_buyer_collects_is_made_ready_and_given_to_no_rider() {
    let world = World::new().await;
    let brought = packed(&world, &world.njeri).await.order;
    let collected = packed(&world, &world.njeri).await.order;
    let no_street = r#"'{"street": ""}'"#;
    world
        .sql(&format!(
            "update orders set shipping_address = shipping_address || {no_street}::jsonb where id = '{collected}'"
        ))
        .await;
    let mut team = member(&world, &world.njeri, Role::Staff).await;
    let html = team.browser.get("/dashboard/deliveries").await.text();
    assert!(
        html.contains(&format!("value=\"{brought}:")) && !html.contains(&format!("value=\"{collected}:")),
        "{html}"
    );
    assert!(html.contains("the buyer collects it"), "{html}");
    let html = team.browser.get(&format!("/dashboard/orders/{collected}/delivery")).await.text();
    assert!(html.contains("no rider is needed") && !html.contains("Give to the rider"), "{html}");
    let ctx = staff(&world, &world.njeri, Role::Viewer).await;
    assert!(order::load(&ctx, collected).await.unwrap().is_collected);
    assert!(!order::load(&ctx, brought).await.unwrap().is_collected);
}

#[tokio::test]
async fn what_is_ticked_goes_to_one_rider_and_the_others_say_why_not() {
    let world = World::new().await;
    let first = packed(&world, &world.njeri).await.order;
    let second = packed(&world, &world.njeri).await.order;
    let stale = packed(&world, &world.njeri).await.order;
    let pending = place(&world, &world.njeri, "cod").await.order;
    let ctx = staff(&world, &world.njeri, Role::Staff).await;
    let chosen: Vec<_> = [(first, 2), (second, 2), (stale, 1), (pending, 1), (OrderId::mint(), 1)]
        .map(|(order, version)| Chosen { order, version })
        .into();
    let Given { ends, rider } = give_many(&ctx, &chosen, &otieno()).await.unwrap();
    let outcomes: Vec<_> = ends.into_iter().map(|end| end.outcome).collect();
    let no_move = Refusal::NoSuchMove { from: "pending".into(), to: "dispatched".into() };
    assert_eq!(
        outcomes,
        [
            Outcome::Moved,
            Outcome::Moved,
            Outcome::Stayed(AppError::ChangedMeanwhile),
            Outcome::Stayed(AppError::Refused(no_move)),
            Outcome::Stayed(AppError::NotFound),
        ]
    );
    assert_eq!(
        (standing(&world, stale).await, standing(&world, pending).await),
        ("packing unpaid".into(), "pending unpaid".into())
    );
    let rider = rider.expect("a rider");
    let again = give_many(&ctx, &chosen[..2], &otieno()).await.unwrap();
    assert!(again.ends.iter().all(|end| end.outcome == Outcome::Moved), "sent twice, nobody has two");
    assert_eq!(world.count("select count(*) from delivery_orders").await, 2);

    let mut page = member(&world, &world.njeri, Role::Staff).await;
    let html = page.browser.get(&format!("/dashboard/deliveries/riders/{rider}")).await.text();
    assert_eq!(html.matches("/rider/").count(), 2, "a link for each stop: {html}");
    assert!(
        html.contains("https://wa.me/254722000111?text=From%20") && html.contains("Order%201001%2C%20Westlands"),
        "{html}"
    );
    let mut neighbour = member(&world, &world.kilimani, Role::Owner).await;
    let hidden = neighbour.browser.get(&format!("/dashboard/deliveries/riders/{rider}")).await;
    assert_eq!(hidden.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn the_form_of_the_board_keeps_the_board_and_names_what_is_missing() {
    let world = World::new().await;
    let order = packed(&world, &world.njeri).await.order;
    let mut staff = member(&world, &world.njeri, Role::Staff).await;
    let html = staff.browser.get("/dashboard/deliveries?area=Westlands").await.text();
    let ticked = format!("{order}:{}", version(&world, order).await);
    assert!(
        html.contains(&format!("value=\"{ticked}\"")) && html.contains("name=\"list-area\" value=\"Westlands\""),
        "{html}"
    );
    let before = picture(&world).await;
    let give = "/dashboard/deliveries/give";
    let rider = [("name", "Otieno"), ("phone", "0722 000 111"), ("cost", "100")];
    let nothing = staff.browser.post(give, &rider).await;
    assert_eq!(nothing.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(nothing.text().contains("value=\"Otieno\""), "{}", nothing.text());
    let nobody = staff.browser.post(give, &[("order", ticked.as_str()), ("name", "Otieno"), ("phone", "")]).await;
    assert_eq!(nobody.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(nobody.text().contains("Please fill this in."), "{}", nobody.text());
    assert_eq!(picture(&world).await, before);
    let form = [
        [("order", ticked.as_str()), ("list-state", "ready"), ("list-area", "Westlands")].as_slice(),
        rider.as_slice(),
    ]
    .concat();
    let given = staff.browser.post(give, &form).await;
    assert_eq!(given.status, StatusCode::OK);
    assert!(
        given.text().contains("1 of 1 given to the rider") && given.text().contains("Send the links to the rider"),
        "{}",
        given.text()
    );
    assert_eq!(parcel(&world, order).await, "in_transit 1");
}

#[tokio::test]
async fn a_board_of_many_turns_its_pages() {
    let world = World::new().await;
    let order = packed(&world, &world.njeri).await.order;
    world
        .sql(&format!(
            "insert into orders (tenant_id, store_id, order_number, status, delivery_city_area, customer_name, total_cents)
             select tenant_id, store_id, 5000 + n, 'packing', 'Area ' || lpad((n % 7)::text, 2, '0'), 'Buyer ' || n, 100000
             from orders
             cross join generate_series(1, 59) n
             where id = '{order}'"
        ))
        .await;
    let ctx = staff(&world, &world.njeri, Role::Staff).await;
    let mut seen = Vec::new();
    for page in 1..=3 {
        let found = board::load(&ctx, BoardFilter { page, ..of(BoardState::Ready, "") }).await.unwrap();
        assert_eq!((found.page_count, found.counts), (3, [60, 0, 0]));
        seen.extend(found.rows.into_iter().map(|row| row.order));
    }
    let shown = seen.len();
    seen.sort_unstable();
    seen.dedup();
    assert_eq!((shown, seen.len()), (60, 60), "every parcel once");
    let beyond = board::load(&ctx, BoardFilter { page: 99, ..of(BoardState::Ready, "") }).await.unwrap();
    assert_eq!((beyond.filter.page, beyond.rows.len()), (3, 10));
    let mut staff = member(&world, &world.njeri, Role::Staff).await;
    let page = staff.browser.get("/dashboard/deliveries").await;
    assert!(page.bytes.len() < 40_000, "a full page is small on a slow line: {} bytes", page.bytes.len());
    assert!(page.text().contains("Page 1 of 3"), "{}", page.text());
}

#[tokio::test]
async fn a_fee_counts_once_and_every_try_costs() {
    let world = World::new().await;
    let twice = packed(&world, &world.njeri).await.order;
    send_out(&world, &world.njeri, twice).await;
    fail_it(&world, twice).await;
    let ctx = staff(&world, &world.njeri, Role::Staff).await;
    let dear = duka::checkout::dispatch::Handing { cost: Money::shillings(130), ..named("Kamau", "0733 000 111") };
    give(&ctx, twice, version(&world, twice).await, &dear).await.unwrap();
    let once = packed(&world, &world.njeri).await.order;
    send_out(&world, &world.njeri, once).await;
    move_to_area(&world, once, "Karen").await;
    let old = packed(&world, &world.njeri).await.order;
    send_out(&world, &world.njeri, old).await;
    world
        .sql(&format!("update delivery_orders set dispatched_at = now() - interval '40 days' where order_id = '{old}'"))
        .await;
    let found = figures::load(&ctx).await.unwrap();
    let areas: Vec<_> = found
        .areas
        .iter()
        .map(|one| (one.area.as_str(), one.orders, one.failed, one.charged.whole(), one.cost.whole()))
        .collect();
    assert_eq!(areas, [("Westlands", 1, 1, 150, 230), ("Karen", 1, 0, 150, 100)], "the dearest first");
    let orders: Vec<_> =
        found.orders.iter().map(|one| (one.order, one.tries, one.charged.whole(), one.cost.whole())).collect();
    assert_eq!(orders, [(once, 1, 150, 100), (twice, 2, 150, 230)]);
    let mut viewer = member(&world, &world.njeri, Role::Viewer).await;
    let html = viewer.browser.get("/dashboard/deliveries/figures").await.text();
    assert!(html.contains("Left −KSh 80") && html.contains("Left KSh 50"), "{html}");
    assert!(html.contains("Buyers paid KSh 150 · You paid KSh 230"), "{html}");
    let neighbour = staff(&world, &world.kilimani, Role::Owner).await;
    assert_eq!(figures::load(&neighbour).await.unwrap(), figures::Figures::default());
}
