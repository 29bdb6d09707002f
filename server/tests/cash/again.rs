//! Asking for another prompt on the order's page: what is refused is said, and what was typed is kept.

use crate::{
    orders::{on_the_way, place, shopper, staff},
    rider::take_mpesa,
    world::{Browser, NJERI, World, field},
};
use chrono::TimeDelta;
use duka::{
    checkout::{
        forms::PayForm,
        place_order::Placed,
        request_prompt,
        rider::{collect_by_prompt, make_link},
        settle_payment::{Source, Verdict, settle},
    },
    ctx::{Platform, PromptPauses},
    kernel::{access::Role, clock::Clock},
    payments::providers::mpesa::{Daraja, outcome::StkOutcome},
};
use http::StatusCode;
use sandbox::{Running, Sandbox};
use std::sync::Arc;

/// A shop whose prompts reach a phone, with the provider's own pauses and a clock that stands still.
async fn a_shop() -> (Running, World) {
    let sandbox = Sandbox::start(([127, 0, 0, 1], 0).into()).await.unwrap();
    let mut world = World::new().await;
    let platform = Platform {
        daraja: Daraja::new(&sandbox.daraja_url()),
        clock: Clock::fixed(world.app.platform.clock.now()),
        pauses: PromptPauses::PROVIDER,
        ..(*world.app.platform).clone()
    };
    world.use_platform(Arc::new(platform));
    take_mpesa(&world).await;
    (sandbox, world)
}

/// An order whose first prompt was cancelled on the phone a moment ago.
async fn cancelled(world: &World) -> Placed {
    let placed = place(world, &world.njeri, "mpesa_stk").await;
    let (ctx, payment) = (shopper(world, &world.njeri), placed.prompt.expect("a prompt"));
    request_prompt::send(&ctx.platform, ctx.tenant, payment).await.unwrap();
    assert_eq!(world.count("select count(*) from payments where checkout_request_id is not null").await, 1);
    settle(&ctx, payment, Verdict::failed(StkOutcome::Cancelled, Source::Callback)).await.unwrap();
    placed
}

fn form<'f>(key: &'f str, phone: &'f str) -> [(&'f str, &'f str); 3] {
    [("idempotency_key", key), ("payment_method", "mpesa_stk"), ("mpesa_phone", phone)]
}

#[tokio::test]
async fn who_asks_within_the_pause_is_told_how_long_it_lasts() {
    let (_sandbox, world) = a_shop().await;
    let placed = cancelled(&world).await;
    let mut buyer = Browser::new(&world, NJERI);
    for (page, sentence) in [
        (format!("/orders/{}", placed.token.hex()), "You can send another in 120 seconds."),
        (format!("/sw/orders/{}", placed.token.hex()), "Unaweza kutuma lingine baada ya sekunde 120."),
    ] {
        let seen = buyer.get(&page).await.text();
        assert!(seen.contains(sentence), "{seen}");
        let key = field(&seen, "idempotency_key");
        let refused = buyer.post(&format!("{page}/pay"), &form(&key, "")).await;
        assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert_eq!(refused.text().matches(sentence).count(), 1, "{}", refused.text());
        assert!(refused.text().contains("role=\"alert\""));
        assert_eq!(world.count("select count(*) from payments").await, 1);
    }
    world.app.platform.clock.advance(TimeDelta::seconds(120));
    let page = format!("/orders/{}", placed.token.hex());
    let seen = buyer.get(&page).await.text();
    assert!(!seen.contains("You can send another"), "{seen}");
    let key = field(&seen, "idempotency_key");
    for _ in 0..2 {
        let taken = buyer.post(&format!("{page}/pay"), &form(&key, "")).await;
        assert_eq!((taken.status, taken.header("location")), (StatusCode::SEE_OTHER, page.as_str()));
        assert_eq!(world.count("select count(*) from payments").await, 2, "pressed twice it is one prompt");
    }
}

#[tokio::test]
async fn another_phone_is_asked_without_a_pause() {
    let (_sandbox, world) = a_shop().await;
    let placed = cancelled(&world).await;
    let mut buyer = Browser::new(&world, NJERI);
    let page = format!("/orders/{}", placed.token.hex());
    let taken = buyer.post(&format!("{page}/pay"), &form("k1", "0722 000 111")).await;
    assert_eq!(taken.status, StatusCode::SEE_OTHER);
    assert_eq!(world.count("select count(*) from payments where phone = '+254722000111'").await, 1);
}

#[tokio::test]
async fn what_is_wrong_is_said_beside_what_was_typed() {
    let (_sandbox, world) = a_shop().await;
    let placed = cancelled(&world).await;
    let mut buyer = Browser::new(&world, NJERI);
    for (way, phone, method) in [
        (
            "",
            "This is not a Kenyan mobile number. Write it like 0712 345 678.",
            "The shop does not take this. Please choose another way to pay.",
        ),
        (
            "/sw",
            "Hii si nambari ya simu ya Kenya. Andika kama 0712 345 678.",
            "Duka halipokei hii. Tafadhali chagua njia nyingine ya kulipa.",
        ),
    ] {
        let pay = format!("{way}/orders/{}/pay", placed.token.hex());
        let refused = buyer.post(&pay, &form("k", "12345")).await;
        assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
        let html = refused.text();
        assert!(html.contains(phone), "{html}");
        assert_eq!(field(&html, "mpesa_phone"), "12345");
        let unknown = [("idempotency_key", "k"), ("payment_method", "bitcoin"), ("mpesa_phone", "0722 000 111")];
        let refused = buyer.post(&pay, &unknown).await;
        assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
        let html = refused.text();
        assert!(html.contains(method), "{html}");
        assert_eq!(field(&html, "mpesa_phone"), "0722 000 111");
    }
    assert_eq!(world.count("select count(*) from payments").await, 1);
}

#[tokio::test]
async fn a_phone_that_paid_at_the_door_is_not_taken_for_the_buyers() {
    let (_sandbox, world) = a_shop().await;
    let placed = on_the_way(&world, &world.njeri).await;
    let member = staff(&world, &world.njeri, Role::Staff).await;
    let link = make_link(&member, placed.order).await.expect("a link");
    let ctx = shopper(&world, &world.njeri);
    let neighbours = collect_by_prompt(&ctx, &link, "0722 000 111").await.unwrap();
    let asked = format!("select count(*) from payments where id = '{neighbours}' and phone = '+254722000111'");
    assert_eq!(world.count(&asked).await, 1);
    settle(&ctx, neighbours, Verdict::failed(StkOutcome::Cancelled, Source::Callback)).await.unwrap();

    let page = world.get(NJERI, &format!("/orders/{}", placed.token.hex())).await.text();
    assert!(page.contains("Leave it empty to use 0711 ••• 344"), "{page}");
    let form = PayForm { payment_method: "mpesa_stk".into(), ..PayForm::default() };
    let buyers = request_prompt::pay_again(&ctx, &placed.token, &form).await.unwrap();
    let asked = format!("select count(*) from payments where id = '{buyers}' and phone = '+254711223344'");
    assert_eq!(world.count(&asked).await, 1);
}
