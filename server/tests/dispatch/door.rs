//! What can go wrong at the door: codes that are guessed, links that are old, shared or somebody else's, ways that are not found.

use crate::{
    code, link,
    orders::{self, shopper, staff, standing, try_to_place},
    packed, packed_and_paid, parcel, picture, send_out, version,
    world::{Browser, KILIMANI, NJERI, World},
    wrong,
};
use duka::{
    checkout::{
        dispatch::renew_link,
        forms::CheckoutForm,
        rider::{Confirmed, confirm},
    },
    error::{AppError, Refusal},
    kernel::{access::Role, token::Token},
    orders::status::OrderStatus,
};
use http::StatusCode;

fn at(token: &Token, rest: &str) -> String {
    format!("/rider/{}{rest}", token.hex())
}

#[tokio::test(flavor = "multi_thread")]
async fn a_code_that_is_guessed_is_guessed_five_times() {
    let world = World::new().await;
    let placed = packed_and_paid(&world, &world.njeri).await;
    send_out(&world, &world.njeri, placed.order).await;
    let ctx = shopper(&world, &world.njeri);
    let token = link(&world, &ctx, placed.order).await;
    let right = code(&world, &placed).await;
    // Twenty at once: five are counted, and no more.
    let guesses: Vec<_> = (0..20)
        .map(|_| {
            let (ctx, token, guess) = (ctx.clone(), token.clone(), wrong(&right));
            tokio::spawn(async move { confirm(&ctx, &token, &guess).await.unwrap() })
        })
        .collect();
    let mut left = Vec::new();
    for guess in guesses {
        match guess.await.unwrap() {
            Confirmed::Wrong { left: so_many } => left.push(so_many),
            other => assert_eq!(other, Confirmed::Locked),
        }
    }
    left.sort_unstable();
    assert_eq!(left, [1, 2, 3, 4]);
    assert_eq!(world.count("select wrong_codes::bigint from delivery_orders").await, 5);
    assert_eq!(confirm(&ctx, &token, &right).await, Ok(Confirmed::Locked), "the right one comes too late");
    let mut rider = Browser::new(&world, NJERI);
    let html = rider.get(&at(&token, "")).await.text();
    assert!(html.contains("Too many codes were wrong.") && !html.contains("name=\"code\""), "{html}");
    assert_eq!(standing(&world, placed.order).await, "dispatched paid");

    // The team helps: another link, fresh tries, the old link is over.
    let staff = staff(&world, &world.njeri, Role::Staff).await;
    renew_link(&staff, placed.order).await.unwrap();
    assert_eq!(confirm(&ctx, &token, &right).await, Err(AppError::NotFound));
    let token = link(&world, &ctx, placed.order).await;
    assert_eq!(confirm(&ctx, &token, &wrong(&right)).await, Ok(Confirmed::Wrong { left: 4 }));
    assert_eq!(confirm(&ctx, &token, &right).await, Ok(Confirmed::Delivered));
    assert_eq!(standing(&world, placed.order).await, "delivered paid");
}

#[tokio::test]
async fn what_is_no_code_is_not_counted() {
    let world = World::new().await;
    let placed = packed_and_paid(&world, &world.njeri).await;
    send_out(&world, &world.njeri, placed.order).await;
    let ctx = shopper(&world, &world.njeri);
    let token = link(&world, &ctx, placed.order).await;
    let before = picture(&world).await;
    for typed in ["", "12", "12345", "abcd"] {
        assert_eq!(confirm(&ctx, &token, typed).await, Ok(Confirmed::NotACode), "{typed}");
    }
    let mut rider = Browser::new(&world, NJERI);
    let answer = rider.post(&at(&token, "/delivered"), &[("code", "1234"), ("order", "1001")]).await;
    assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert_eq!(picture(&world).await, before);
    let right = code(&world, &placed).await;
    let spaced = format!(" {} {} ", &right[..2], &right[2..]);
    assert_eq!(confirm(&ctx, &token, &spaced).await, Ok(Confirmed::Delivered));
}

#[tokio::test]
async fn a_link_that_is_old_shared_foreign_or_made_up_is_one_and_the_same_page() {
    let world = World::new().await;
    let placed = packed_and_paid(&world, &world.njeri).await;
    send_out(&world, &world.njeri, placed.order).await;
    let ctx = shopper(&world, &world.njeri);
    let first = link(&world, &ctx, placed.order).await;
    let staff = staff(&world, &world.njeri, Role::Staff).await;
    renew_link(&staff, placed.order).await.unwrap();
    let second = link(&world, &ctx, placed.order).await;
    let right = code(&world, &placed).await;
    let mut rider = Browser::new(&world, NJERI);
    let gone = rider.get(&at(&Token::random(), "")).await;
    assert_eq!(gone.status, StatusCode::NOT_FOUND);
    let before = picture(&world).await;
    let forms: [(&str, &[(&str, &str)]); 3] = [
        ("/delivered", &[("code", &right)]),
        ("/failed", &[("reason", "refused"), ("note", "")]),
        ("/way", &[("way", "second gate")]),
    ];
    for token in [&first, &Token::random()] {
        assert_eq!(rider.get(&at(token, "")).await.text(), gone.text());
        for (form, fields) in forms {
            let answer = rider.post(&at(token, form), fields).await;
            assert_eq!((answer.status, answer.text()), (StatusCode::NOT_FOUND, gone.text()), "{form}");
        }
    }
    // At the other merchant's shop it opens nothing either.
    let mut elsewhere = Browser::new(&world, KILIMANI);
    for (form, fields) in forms {
        assert_eq!(elsewhere.post(&at(&second, form), fields).await.status, StatusCode::NOT_FOUND, "{form}");
    }
    world.sql("update rider_links set expires_at = now() - interval '1 second'").await;
    for (form, fields) in forms {
        assert_eq!(rider.post(&at(&second, form), fields).await.text(), gone.text(), "{form}");
    }
    assert_eq!(picture(&world).await, before);

    // Delivered by the team: whoever still has the link sees nothing of the buyer any more.
    world.sql("update rider_links set expires_at = now() + interval '1 day'").await;
    orders::walk(&world, &world.njeri, placed.order, &[OrderStatus::Delivered]).await;
    assert_eq!(parcel(&world, placed.order).await, "delivered 1");
    assert_eq!(rider.get(&at(&second, "")).await.text(), gone.text());
    let after = picture(&world).await;
    let refused = rider.post(&at(&second, "/failed"), &[("reason", "refused"), ("note", "")]).await;
    assert_eq!(refused.text(), gone.text());
    assert_eq!(confirm(&ctx, &second, &wrong(&right)).await, Err(AppError::NotFound));
    assert_eq!(picture(&world).await, after);
}

#[tokio::test]
async fn a_link_is_made_anew_only_for_what_is_on_its_way_and_by_who_may() {
    let world = World::new().await;
    let order = packed(&world, &world.njeri).await.order;
    let staff_of = staff(&world, &world.njeri, Role::Staff).await;
    let no_move = Refusal::NoSuchMove { from: "packing".into(), to: "dispatched".into() };
    assert_eq!(renew_link(&staff_of, order).await, Err(AppError::Refused(no_move)));
    send_out(&world, &world.njeri, order).await;
    let before = picture(&world).await;
    let viewer = staff(&world, &world.njeri, Role::Viewer).await;
    let neighbour = staff(&world, &world.kilimani, Role::Owner).await;
    assert_eq!(renew_link(&viewer, order).await, Err(AppError::NotPermitted));
    assert_eq!(renew_link(&neighbour, order).await, Err(AppError::NotFound));
    assert_eq!(picture(&world).await, before);
}

#[tokio::test]
async fn the_riders_note_is_read_by_the_next_rider_to_the_same_place() {
    let world = World::new().await;
    let form = CheckoutForm { instructions: "opposite the mosque".into(), ..orders::form("cod", 1) };
    let first = try_to_place(&world, &world.njeri, 1, form).await.unwrap();
    orders::walk(&world, &world.njeri, first.order, &[OrderStatus::Packing]).await;
    send_out(&world, &world.njeri, first.order).await;
    let ctx = shopper(&world, &world.njeri);
    let token = link(&world, &ctx, first.order).await;
    let mut rider = Browser::new(&world, NJERI);
    let empty = rider.post(&at(&token, "/way"), &[("way", " ")]).await;
    assert_eq!(empty.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert_eq!(world.count("select count(*) from customer_addresses where rider_note is not null").await, 0);
    for _ in 0..2 {
        let noted = rider.post(&at(&token, "/way"), &[("way", "second blue gate, ring at B4")]).await;
        assert_eq!(noted.status, StatusCode::SEE_OTHER);
    }
    assert!(rider.get(&at(&token, "?noted")).await.text().contains("Kept for the next time."));

    let again = packed(&world, &world.njeri).await;
    send_out(&world, &world.njeri, again.order).await;
    let token = link(&world, &ctx, again.order).await;
    let html = rider.get(&at(&token, "")).await.text();
    assert!(html.contains("second blue gate, ring at B4") && html.contains("A rider before you says"), "{html}");
    assert_eq!(version(&world, again.order).await, 3, "noting a way changes no order");
}
