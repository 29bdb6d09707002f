//! A packed order is given to a rider, who proves with the buyer's code that it was handed over.

use crate::{
    code, link,
    merchant::member,
    named,
    orders::{place, shopper, staff, standing, the_ledger_is_sound, walk},
    otieno, packed, packed_and_paid, parcel, picture, send_out, version,
    world::{Browser, NJERI, World, field},
    wrong,
};
use duka::{
    checkout::{
        dispatch::{Handing, Rider, give},
        parcels::{HandParcel, say_state, write_down},
        rider::{Confirmed, confirm},
    },
    delivery::partners::contract::ParcelState,
    error::{AppError, Refusal},
    kernel::{
        access::Role,
        field_errors::{FieldErrors, FieldProblem},
        id::{OrderId, RiderId},
    },
    orders::status::OrderStatus,
    pages::dashboard::order,
};
use http::StatusCode;

#[tokio::test]
async fn from_the_shelf_to_the_door_and_the_buyer_sees_every_step() {
    let world = World::new().await;
    let placed = packed(&world, &world.njeri).await;
    let mut staff = member(&world, &world.njeri, Role::Staff).await;
    let page = format!("/dashboard/orders/{}/delivery", placed.order);
    let form = staff.browser.get(&page).await.text();
    let fields = [
        ("version", field(&form, "version")),
        ("name", "Otieno Okoth".to_owned()),
        ("phone", "0722 000 111".to_owned()),
        ("cost", "120".to_owned()),
    ];
    let fields: Vec<_> = fields.iter().map(|(name, value)| (*name, value.as_str())).collect();
    assert_eq!(staff.browser.post(&page, &fields).await.status, StatusCode::SEE_OTHER);
    assert_eq!(standing(&world, placed.order).await, "dispatched unpaid");
    let html = staff.browser.get(&page).await.text();
    assert!(html.contains("Otieno Okoth has it.") && html.contains("costs KSh 120"), "{html}");
    assert!(html.contains("https://wa.me/254722000111?text=Order%201001%2C%20Westlands%3A%20http"), "{html}");
    let path = html.split("value=\"http://mama-njeri.localhost:3000").nth(1).expect("a link");
    let path = path.split('"').next().unwrap().to_owned();
    assert!(path.starts_with("/rider/"), "{path}");

    let buyer = world.get(NJERI, &format!("/orders/{}", placed.token.hex())).await.text();
    assert!(buyer.contains("Otieno is bringing it to you.") && !buyer.contains("Okoth"), "{buyer}");
    let code = code(&world, &placed).await;

    let mut rider = Browser::new(&world, NJERI);
    let opened = rider.get(&path).await;
    assert!(opened.bytes.len() < 20_000, "{} bytes", opened.bytes.len());
    let html = opened.text();
    for said in [
        "Amina Wanjiru",
        "Mpaka Road, blue gate",
        "tel:0711223344",
        "https://wa.me/254711223344",
        "Collect KSh 1,150",
        "buyer&#x27;s code",
    ] {
        assert!(html.contains(said) || html.contains(&said.replace("&#x27;", "'")), "{said} in {html}");
    }
    assert!(!html.contains("<script") && !html.contains(&code), "neither a script nor the code");

    let refused = rider.post(&format!("{path}/delivered"), &[("code", &wrong(&code))]).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(refused.text().contains("You have 4 more tries."), "{}", refused.text());
    let early = rider.post(&format!("{path}/delivered"), &[("code", &code)]).await;
    assert_eq!(early.status, StatusCode::CONFLICT);
    assert!(early.text().contains("KSh 1,150 is still to be collected."), "{}", early.text());
    assert_eq!(standing(&world, placed.order).await, "dispatched unpaid");

    let key = field(&rider.get(&path).await.text(), "key");
    assert_eq!(
        rider.post(&format!("{path}/cash"), &[("amount", "1150"), ("key", &key)]).await.status,
        StatusCode::SEE_OTHER
    );
    for _ in 0..2 {
        let done = rider.post(&format!("{path}/delivered"), &[("code", &code)]).await;
        assert_eq!(done.status, StatusCode::OK);
        assert!(done.text().contains("<h1>Delivered</h1>"), "{}", done.text());
    }
    assert_eq!(standing(&world, placed.order).await, "delivered paid");
    assert_eq!(parcel(&world, placed.order).await, "delivered 1");
    assert_eq!(rider.get(&path).await.status, StatusCode::NOT_FOUND, "the link dies with the delivery");
    let buyer = world.get(NJERI, &format!("/orders/{}", placed.token.hex())).await.text();
    assert!(
        buyer.contains("<li aria-current=\"step\" class=\"progress__step progress__step--done\">Delivered")
            && !buyer.contains(&format!("<b>{code}</b>")),
        "{buyer}"
    );
    for (action, times) in [("parcel_given", 1), ("delivery_code_wrong", 1), ("delivery_confirmed", 1)] {
        assert_eq!(
            world.count(&format!("select count(*) from audit_log where action = '{action}'")).await,
            times,
            "{action}"
        );
    }
    assert_eq!(world.count("select count(*) from order_status_history where to_status = 'delivered'").await, 1);
    the_ledger_is_sound(&world).await;
}

#[tokio::test]
async fn the_orders_story_names_the_rider_who_handed_it_over_or_who_of_the_team_said_so() {
    let world = World::new().await;
    let ctx = shopper(&world, &world.njeri);
    let placed = packed_and_paid(&world, &world.njeri).await;
    send_out(&world, &world.njeri, placed.order).await;
    let token = link(&world, &ctx, placed.order).await;
    assert_eq!(confirm(&ctx, &token, &code(&world, &placed).await).await, Ok(Confirmed::Delivered));
    let said = packed_and_paid(&world, &world.njeri).await;
    send_out(&world, &world.njeri, said.order).await;
    walk(&world, &world.njeri, said.order, &[OrderStatus::Delivered]).await;

    let viewer = staff(&world, &world.njeri, Role::Viewer).await;
    let story = order::load(&viewer, placed.order).await.unwrap().timeline;
    let delivered: Vec<_> = story.iter().filter(|entry| entry.by.as_deref() == Some("Otieno Okoth")).collect();
    let [entry] = delivered.as_slice() else { panic!("{story:?}") };
    assert_eq!((entry.from, entry.to), (Some(OrderStatus::Dispatched), OrderStatus::Delivered));
    let story = order::load(&viewer, said.order).await.unwrap().timeline;
    let last = story.last().and_then(|entry| entry.by.as_deref()).unwrap_or_default();
    assert!(last.ends_with("@duka.test"), "{story:?}");
}

#[tokio::test]
async fn a_jump_that_the_process_does_not_have_moves_nothing() {
    let world = World::new().await;
    let staff = staff(&world, &world.njeri, Role::Staff).await;
    let pending = place(&world, &world.njeri, "cod").await.order;
    let out = packed(&world, &world.njeri).await.order;
    send_out(&world, &world.njeri, out).await;
    let done = packed(&world, &world.njeri).await.order;
    walk(&world, &world.njeri, done, &[OrderStatus::Dispatched, OrderStatus::Delivered]).await;
    let before = picture(&world).await;
    for (order, from) in [(pending, "pending"), (out, "dispatched"), (done, "delivered")] {
        let refused = give(&staff, order, version(&world, order).await, &named("Kamau", "0733 000 111")).await;
        let no_move = Refusal::NoSuchMove { from: from.into(), to: "dispatched".into() };
        assert_eq!(refused, Err(AppError::Refused(no_move)), "{from}");
    }
    assert_eq!(give(&staff, OrderId::mint(), 1, &otieno()).await, Err(AppError::NotFound));
    assert_eq!(picture(&world).await, before);
    let nobody = Handing { rider: Rider::Known(RiderId::mint()), ..otieno() };
    let ready = packed(&world, &world.njeri).await.order;
    assert_eq!(
        give(&staff, ready, version(&world, ready).await, &nobody).await,
        Err(AppError::Invalid(FieldErrors::one("rider", FieldProblem::UnknownChoice)))
    );
    assert_eq!(standing(&world, ready).await, "packing unpaid");
    let mut page = member(&world, &world.njeri, Role::Staff).await;
    let html = page.browser.get(&format!("/dashboard/orders/{pending}/delivery")).await.text();
    assert!(html.contains("not accepted or paid yet") && !html.contains("Give to the rider"), "{html}");
}

#[tokio::test]
async fn what_a_carrier_has_is_no_riders_and_what_a_rider_has_is_booked_nowhere() {
    let world = World::new().await;
    let by_coach = packed_and_paid(&world, &world.njeri).await.order;
    let by_rider = packed_and_paid(&world, &world.njeri).await.order;
    let mut team = member(&world, &world.njeri, Role::Staff).await;
    let ctx = staff(&world, &world.njeri, Role::Staff).await;
    let coach = HandParcel { carrier: "Easy Coach".into(), code: "EC-7".into(), cost: None };
    write_down(&ctx, by_coach, &coach).await.unwrap();
    say_state(&ctx, by_coach, ParcelState::OnTheWay).await.unwrap();
    send_out(&world, &world.njeri, by_rider).await;

    let [coach, rider] = [by_coach, by_rider].map(|order| format!("/dashboard/orders/{order}"));
    // Nobody has a link to it, and it did not fail at the door.
    let html = team.browser.get(&format!("{coach}/delivery")).await.text();
    assert!(html.contains("Easy Coach has it.") && html.contains(&format!("href=\"{coach}/parcel\"")), "{html}");
    assert!(!html.contains("/delivery/link") && !html.contains("name=\"reason\""), "{html}");
    let html = team.browser.get(&format!("{rider}/delivery")).await.text();
    assert!(html.contains("/delivery/link") && html.contains("name=\"reason\""), "{html}");

    let html = team.browser.get(&format!("{rider}/parcel")).await.text();
    assert!(html.contains("Otieno Okoth has it.") && html.contains(&format!("href=\"{rider}/delivery\"")), "{html}");
    assert!(!html.contains("name=\"carrier\"") && !html.contains("Nobody has this parcel yet."), "{html}");
}

#[tokio::test]
async fn what_was_sent_without_a_rider_can_be_given_to_one() {
    let world = World::new().await;
    let placed = packed(&world, &world.njeri).await;
    walk(&world, &world.njeri, placed.order, &[OrderStatus::Dispatched]).await;
    let buyer = world.get(NJERI, &format!("/orders/{}", placed.token.hex())).await.text();
    assert!(!buyer.contains("Delivery code"), "nobody has it: {buyer}");
    send_out(&world, &world.njeri, placed.order).await;
    assert_eq!(parcel(&world, placed.order).await, "in_transit 1");
    assert_eq!(code(&world, &placed).await.len(), 4);
}

#[tokio::test(flavor = "multi_thread")]
async fn two_people_who_give_the_same_parcel_away_at_once_give_it_to_one_rider() {
    let world = World::new().await;
    let order = packed(&world, &world.njeri).await.order;
    let seen = version(&world, order).await;
    let mut hands = Vec::new();
    for (name, phone) in [("Otieno", "0722 000 111"), ("Kamau", "0733 000 111"), ("Achieng", "0744 000 111")] {
        let (ctx, handing) = (staff(&world, &world.njeri, Role::Staff).await, named(name, phone));
        hands.push(tokio::spawn(async move { give(&ctx, order, seen, &handing).await }));
    }
    let mut given = 0;
    for hand in hands {
        match hand.await.unwrap() {
            Ok(_) => given += 1,
            Err(error) => assert_eq!(error, AppError::ChangedMeanwhile),
        }
    }
    assert_eq!(given, 1);
    assert_eq!(world.count("select count(*) from delivery_orders").await, 1);
    assert_eq!(world.count("select count(*) from rider_links where ended_at is null").await, 1);
    assert_eq!(world.count("select count(*) from delivery_partners").await, 1, "who got nothing is not kept");
    assert_eq!(world.count("select count(*) from order_status_history where to_status = 'dispatched'").await, 1);
}

#[tokio::test]
async fn the_same_form_sent_twice_is_one_parcel_and_a_phone_is_one_rider() {
    let world = World::new().await;
    let order = packed(&world, &world.njeri).await.order;
    let staff = staff(&world, &world.njeri, Role::Staff).await;
    let seen = version(&world, order).await;
    let first = give(&staff, order, seen, &otieno()).await.unwrap();
    let before = picture(&world).await;
    assert_eq!(give(&staff, order, seen, &otieno()).await, Ok(first));
    assert_eq!(picture(&world).await, before);
    let second = packed(&world, &world.njeri).await.order;
    give(&staff, second, version(&world, second).await, &named("Otieno O.", "+254722000111")).await.unwrap();
    assert_eq!(world.count("select count(*) from delivery_partners where name = 'Otieno O.'").await, 1);
    assert_eq!(world.count("select count(*) from delivery_partners").await, 1);
}

#[tokio::test]
async fn nobody_else_gives_anything_away() {
    let world = World::new().await;
    let order = packed(&world, &world.njeri).await.order;
    let seen = version(&world, order).await;
    let viewer = staff(&world, &world.njeri, Role::Viewer).await;
    let neighbour = staff(&world, &world.kilimani, Role::Owner).await;
    let before = picture(&world).await;
    assert_eq!(give(&viewer, order, seen, &otieno()).await, Err(AppError::NotPermitted));
    assert_eq!(give(&shopper(&world, &world.njeri), order, seen, &otieno()).await, Err(AppError::NotPermitted));
    assert_eq!(give(&neighbour, order, seen, &otieno()).await, Err(AppError::NotFound));
    assert_eq!(picture(&world).await, before);
    // A rider of one shop is nobody at another.
    send_out(&world, &world.njeri, order).await;
    let id = crate::text(&world, "select id::text from delivery_partners").await;
    let theirs = packed(&world, &world.kilimani).await.order;
    let known = Handing { rider: Rider::Known(RiderId::parse(&id).unwrap()), ..otieno() };
    let refused = give(&neighbour, theirs, version(&world, theirs).await, &known).await;
    assert_eq!(refused, Err(AppError::Invalid(FieldErrors::one("rider", FieldProblem::UnknownChoice))));
    assert_eq!(standing(&world, theirs).await, "packing unpaid");
}

#[tokio::test]
async fn a_form_with_a_mistake_keeps_what_was_typed_and_gives_nothing_away() {
    let world = World::new().await;
    let order = packed(&world, &world.njeri).await.order;
    let mut staff = member(&world, &world.njeri, Role::Staff).await;
    let page = format!("/dashboard/orders/{order}/delivery");
    let seen = version(&world, order).await.to_string();
    let before = picture(&world).await;
    for (field, value, sentence) in [
        ("name", "", "Please fill this in."),
        ("phone", "12345", "This is not a Kenyan mobile number."),
        ("cost", "a lot", "Whole shillings above zero"),
        ("gift", "yes", "This form has no field “gift”."),
    ] {
        let mut form = vec![("version", seen.as_str()), ("name", "Otieno"), ("phone", "0722 000 111"), ("cost", "")];
        form.retain(|(name, _)| *name != field);
        form.push((field, value));
        let answer = staff.browser.post(&page, &form).await;
        assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY, "{field}");
        let html = answer.text();
        assert!(html.contains(sentence), "{field}: {html}");
        assert!(html.contains(if field == "name" { "0722 000 111" } else { "value=\"Otieno\"" }), "{field}: {html}");
    }
    let stale = [("version", "1"), ("name", "Otieno"), ("phone", "0722 000 111"), ("cost", "")];
    assert_eq!(staff.browser.post(&page, &stale).await.status, StatusCode::CONFLICT);
    assert_eq!(picture(&world).await, before);
}

#[tokio::test]
async fn a_link_made_anew_for_the_money_still_belongs_to_the_parcel() {
    let world = World::new().await;
    let placed = packed(&world, &world.njeri).await;
    send_out(&world, &world.njeri, placed.order).await;
    let staff = staff(&world, &world.njeri, Role::Staff).await;
    let old = link(&world, &staff, placed.order).await;
    let new = duka::checkout::rider::make_link(&staff, placed.order).await.unwrap();
    assert_eq!(world.get(NJERI, &format!("/rider/{}", old.hex())).await.status, StatusCode::NOT_FOUND);
    let html = world.get(NJERI, &format!("/rider/{}", new.hex())).await.text();
    assert!(html.contains("name=\"code\""), "{html}");
}
