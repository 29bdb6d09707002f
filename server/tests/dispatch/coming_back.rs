//! A parcel that was not handed over: the reason, a second try, or back on the shelf.

use crate::{
    code, link,
    merchant::member,
    named,
    orders::{shopper, staff, standing},
    otieno, packed, packed_and_paid, parcel, picture, send_out, text, version,
    world::{Browser, NJERI, World, field},
};
use duka::{
    checkout::{
        dispatch::{NotHandedOver, fail, give, take_back},
        parcels::{HandParcel, say_state, write_down},
        rider::{Confirmed, confirm},
    },
    delivery::{
        parcel::{Failure, code_of},
        partners::contract::ParcelState,
    },
    error::{AppError, Refusal},
    kernel::{
        access::Role,
        id::{MailId, OrderId, VariantId},
    },
    mail::letter::{About, open},
};
use http::StatusCode;

const NOBODY: NotHandedOver = NotHandedOver { failure: Failure::NobodyThere, note: None };

async fn stock(world: &World, variant: VariantId) -> i64 {
    world.count(&format!("select stock_quantity::bigint from product_variants where id = '{variant}'")).await
}

async fn has_failed(world: &World, order: OrderId) -> bool {
    world.count(&format!("select has_failed_delivery::int::bigint from orders where id = '{order}'")).await == 1
}

#[tokio::test]
async fn a_rider_says_why_and_the_second_try_has_its_own_link_and_code() {
    let world = World::new().await;
    let placed = packed_and_paid(&world, &world.njeri).await;
    send_out(&world, &world.njeri, placed.order).await;
    let ctx = shopper(&world, &world.njeri);
    let first = link(&world, &ctx, placed.order).await;
    let old_code = code(&world, &placed).await;
    let mut rider = Browser::new(&world, NJERI);
    let form = format!("/rider/{}/failed", first.hex());
    let before = picture(&world).await;
    for (fields, sentence) in [
        ([("reason", ""), ("note", "rang twice")], "Please fill this in."),
        ([("reason", "rain"), ("note", "rang twice")], "Please"),
    ] {
        let refused = rider.post(&form, &fields).await;
        assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(refused.text().contains(sentence) && refused.text().contains("rang twice"), "{}", refused.text());
    }
    assert_eq!(picture(&world).await, before);
    for _ in 0..2 {
        let told = rider.post(&form, &[("reason", "nobody_there"), ("note", "rang twice")]).await;
        assert_eq!(told.status, StatusCode::OK);
        assert!(told.text().contains("Bring it back to the shop"), "{}", told.text());
    }
    assert_eq!(parcel(&world, placed.order).await, "failed 1 nobody_there");
    assert_eq!(standing(&world, placed.order).await, "dispatched paid", "the goods are not in anybody's hands yet");
    assert!(has_failed(&world, placed.order).await);
    assert_eq!(world.count("select count(*) from audit_log where action = 'delivery_failed'").await, 1);
    assert_eq!(rider.get(&format!("/rider/{}", first.hex())).await.status, StatusCode::NOT_FOUND);
    assert_eq!(confirm(&ctx, &first, &old_code).await, Err(AppError::NotFound));
    let buyer = world.get(NJERI, &format!("/orders/{}", placed.token.hex())).await.text();
    assert!(buyer.contains("The rider found nobody at your place.") && !buyer.contains("Delivery code"), "{buyer}");

    let staff = staff(&world, &world.njeri, Role::Staff).await;
    let seen = version(&world, placed.order).await;
    give(&staff, placed.order, seen, &named("Kamau", "0733 000 111")).await.unwrap();
    assert_eq!(parcel(&world, placed.order).await, "in_transit 2");
    assert!(!has_failed(&world, placed.order).await);
    assert_eq!(give(&staff, placed.order, seen, &otieno()).await, Err(AppError::ChangedMeanwhile));
    let second = link(&world, &ctx, placed.order).await;
    let new_code = code(&world, &placed).await;
    assert_ne!(first, second);
    assert_eq!(confirm(&ctx, &second, &new_code).await, Ok(Confirmed::Delivered));
    assert_eq!(standing(&world, placed.order).await, "delivered paid");
    assert_eq!(world.count("select count(*) from order_status_history where to_status = 'dispatched'").await, 1);
    assert_eq!(world.count("select count(*) from delivery_orders where is_current").await, 1);
}

#[tokio::test]
async fn the_buyer_is_told_of_the_try_that_failed_and_of_the_next_one_once_each() {
    let world = World::new().await;
    let placed = packed(&world, &world.njeri).await;
    world.sql("update orders set customer_email = 'amina@barua.test'").await;
    let told = async || {
        let kinds = "select coalesce(string_agg(kind, ' ' order by created_at, id), '') from mails";
        text(&world, kinds).await
    };
    let newest = async || {
        let id = text(&world, "select id::text from mails order by created_at desc limit 1").await;
        MailId::parse(&id).unwrap()
    };
    let (platform, tenant) = (&world.app.platform, world.njeri.tenant);
    send_out(&world, &world.njeri, placed.order).await;
    assert_eq!(told().await, "order_on_its_way");

    let staff = staff(&world, &world.njeri, Role::Staff).await;
    let seen = version(&world, placed.order).await;
    for _ in 0..2 {
        fail(&staff, placed.order, seen, &NOBODY).await.unwrap();
    }
    assert_eq!(told().await, "order_on_its_way delivery_failed");
    let failure = newest().await;
    let letter = open(platform, tenant, failure).await.unwrap().expect("a letter");
    assert_eq!(letter.about.path(), format!("/orders/{}", placed.token.hex()));
    let About::DeliveryFailed(said) = letter.about else { panic!("another letter") };
    assert_eq!((said.order_number.number(), said.why.as_str()), (1_001, "nobody_there"));

    let seen = version(&world, placed.order).await;
    for _ in 0..2 {
        give(&staff, placed.order, seen, &otieno()).await.unwrap();
    }
    assert_eq!(told().await, "order_on_its_way delivery_failed order_on_its_way");
    let letter = open(platform, tenant, newest().await).await.unwrap().expect("a letter");
    assert_eq!(letter.about.path(), format!("/orders/{}", placed.token.hex()));
    let About::OrderOnItsWay { number, code: Some(token), .. } = letter.about else { panic!("no code in the letter") };
    assert_eq!((number.number(), code_of(&token)), (1_001, code(&world, &placed).await));
    // It is on its way again: that it failed is no longer news.
    assert!(open(platform, tenant, failure).await.unwrap().is_none());

    // Taken back to the shop and sent out from there it is another try too.
    let seen = version(&world, placed.order).await;
    fail(&staff, placed.order, seen, &NOBODY).await.unwrap();
    take_back(&staff, placed.order, version(&world, placed.order).await).await.unwrap();
    send_out(&world, &world.njeri, placed.order).await;
    let all = "order_on_its_way delivery_failed order_on_its_way delivery_failed order_on_its_way";
    assert_eq!(told().await, all);
}

#[tokio::test]
async fn what_came_back_is_called_off_and_lies_on_the_shelf_again() {
    let world = World::new().await;
    let variant = world.njeri.variants[0];
    let before = stock(&world, variant).await;
    let placed = packed(&world, &world.njeri).await;
    assert_eq!(stock(&world, variant).await, before - 1);
    send_out(&world, &world.njeri, placed.order).await;
    let mut staff = member(&world, &world.njeri, Role::Staff).await;
    let page = format!("/dashboard/orders/{}/delivery", placed.order);
    let html = staff.browser.get(&page).await.text();
    let seen = field(&html, "version");
    let failed = [("version", seen.as_str()), ("reason", "refused"), ("note", "changed her mind")];
    assert_eq!(staff.browser.post(&format!("{page}/failed"), &failed).await.status, StatusCode::SEE_OTHER);
    let html = staff.browser.get(&page).await.text();
    for said in ["Try again", "The buyer does not want it", "changed her mind", "The parcel is back in the shop"] {
        assert!(html.contains(said), "{said} in {html}");
    }
    // What is out with a rider is not called off.
    let early = staff.browser.get(&format!("/dashboard/orders/{}/cancel", placed.order)).await.text();
    assert!(!early.contains("name=\"reason\""), "{early}");
    let seen = field(&html, "version");
    for _ in 0..2 {
        let back = staff.browser.post(&format!("{page}/back"), &[("version", seen.as_str())]).await;
        assert_eq!(back.status, StatusCode::SEE_OTHER);
    }
    assert_eq!(standing(&world, placed.order).await, "packing unpaid");
    assert_eq!(parcel(&world, placed.order).await, "failed 1 refused");
    assert!(!has_failed(&world, placed.order).await);
    let html = staff.browser.get(&page).await.text();
    assert!(html.contains("Cancel the order") && html.contains("Give to the rider"), "{html}");

    let cancel = format!("/dashboard/orders/{}/cancel", placed.order);
    let html = staff.browser.get(&cancel).await.text();
    let restock = html.split("name=\"restock-").nth(1).expect("a line").split('"').next().unwrap();
    let (seen, restock) = (field(&html, "version"), format!("restock-{restock}"));
    let form = [("version", seen.as_str()), ("reason", "not wanted at the door"), (restock.as_str(), "on")];
    let off = staff.browser.post(&cancel, &form).await;
    assert_eq!(off.status, StatusCode::SEE_OTHER, "{}", off.text());
    assert_eq!(standing(&world, placed.order).await, "cancelled unpaid");
    assert_eq!(stock(&world, variant).await, before);
}

#[tokio::test]
async fn an_order_that_staff_take_back_by_its_own_page_takes_its_parcel_along() {
    let world = World::new().await;
    let placed = packed(&world, &world.njeri).await;
    world.sql("update orders set customer_email = 'amina@barua.test'").await;
    send_out(&world, &world.njeri, placed.order).await;
    let ctx = shopper(&world, &world.njeri);
    let token = link(&world, &ctx, placed.order).await;
    crate::orders::walk(&world, &world.njeri, placed.order, &[duka::orders::status::OrderStatus::Packing]).await;
    assert_eq!(parcel(&world, placed.order).await, "failed 1 brought_back");
    let told = "select string_agg(kind, ' ' order by created_at, id) from mails";
    assert_eq!(text(&world, told).await, "order_on_its_way delivery_failed", "nobody wrote down why, and it is told");
    assert_eq!(world.count("select count(*) from delivery_orders where is_current").await, 0);
    assert_eq!(world.get(NJERI, &format!("/rider/{}", token.hex())).await.status, StatusCode::NOT_FOUND);
    send_out(&world, &world.njeri, placed.order).await;
    assert_eq!(parcel(&world, placed.order).await, "in_transit 2");
}

#[tokio::test]
async fn a_carrier_who_gets_it_after_two_riders_has_the_newest_try() {
    let world = World::new().await;
    let order = packed_and_paid(&world, &world.njeri).await.order;
    let staff = staff(&world, &world.njeri, Role::Staff).await;
    for _ in 0..2 {
        send_out(&world, &world.njeri, order).await;
        fail(&staff, order, version(&world, order).await, &NOBODY).await.unwrap();
    }
    let coach = HandParcel { carrier: "Easy Coach".into(), code: "EC-7".into(), cost: None };
    write_down(&staff, order, &coach).await.unwrap();
    assert_eq!(parcel(&world, order).await, "accepted 3");
    assert!(!has_failed(&world, order).await, "it is no more among those that failed");
    let mut team = member(&world, &world.njeri, Role::Staff).await;
    let html = team.browser.get(&format!("/dashboard/orders/{order}/delivery")).await.text();
    assert!(html.contains("Easy Coach has it.") && !html.contains("Give to the rider"), "{html}");
    say_state(&staff, order, ParcelState::Cancelled).await.unwrap();
    assert!(has_failed(&world, order).await, "it came to nothing, and waits for somebody");
    write_down(&staff, order, &HandParcel { code: "EC-8".into(), ..coach }).await.unwrap();
    assert!(!has_failed(&world, order).await);
    say_state(&staff, order, ParcelState::Delivered).await.unwrap();
    let tries = "select string_agg(status, ' ' order by attempt) from delivery_orders";
    assert_eq!(text(&world, tries).await, "failed failed failed delivered", "no rider has delivered what a coach has");
}

#[tokio::test]
async fn nothing_comes_back_that_is_not_out_and_nobody_else_says_so() {
    let world = World::new().await;
    let placed = packed(&world, &world.njeri).await;
    let order = placed.order;
    let staff_of = staff(&world, &world.njeri, Role::Staff).await;
    let seen = version(&world, order).await;
    let no_move = Refusal::NoSuchMove { from: "packing".into(), to: "dispatched".into() };
    assert_eq!(fail(&staff_of, order, seen, &NOBODY).await, Err(AppError::Refused(no_move)));
    let pending = crate::orders::place(&world, &world.njeri, "cod").await.order;
    let no_move = Refusal::NoSuchMove { from: "pending".into(), to: "packing".into() };
    assert_eq!(take_back(&staff_of, pending, 1).await, Err(AppError::Refused(no_move)));
    send_out(&world, &world.njeri, order).await;
    let seen = version(&world, order).await;
    let viewer = staff(&world, &world.njeri, Role::Viewer).await;
    let neighbour = staff(&world, &world.kilimani, Role::Owner).await;
    let before = picture(&world).await;
    assert_eq!(fail(&viewer, order, seen, &NOBODY).await, Err(AppError::NotPermitted));
    assert_eq!(take_back(&viewer, order, seen).await, Err(AppError::NotPermitted));
    assert_eq!(fail(&neighbour, order, seen, &NOBODY).await, Err(AppError::NotFound));
    assert_eq!(take_back(&neighbour, order, seen).await, Err(AppError::NotFound));
    assert_eq!(fail(&staff_of, order, seen - 1, &NOBODY).await, Err(AppError::ChangedMeanwhile));
    assert_eq!(take_back(&staff_of, order, seen - 1).await, Err(AppError::ChangedMeanwhile));
    assert_eq!(picture(&world).await, before);
    fail(&staff_of, order, seen, &NOBODY).await.unwrap();
    let before = picture(&world).await;
    fail(&staff_of, order, seen, &NOBODY).await.unwrap();
    assert_eq!(picture(&world).await, before, "twice is once");
}
