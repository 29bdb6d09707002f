//! Calling orders off: what goes back where, once, and what is refused without a trace.

use super::{
    invariants,
    shop::{ask, asked, item, money_lands, open_order, paid_order, pieces, places},
    site::{Behind, field, site},
};
use duka::{
    checkout::{
        cancel_order::{CallingOff, cancel_order, look},
        move_order::move_order,
        refunds::asked::restock_field,
        refunds::by_hand::{GivenBack, mark_sent},
    },
    error::{AppError, Refusal},
    kernel::{
        field_errors::{FieldErrors, FieldProblem},
        id::{OrderItemId, RefundId},
        money::Money,
    },
    mail::{
        letter::{About, open},
        order::Closed,
    },
    orders::status::OrderStatus,
};
use http::StatusCode;

fn off(version: i32) -> CallingOff {
    CallingOff { version, reason: "the buyer called".into(), restock: Vec::new(), money: None, by_hand: false }
}

fn with_money(version: i32, shillings: i64) -> CallingOff {
    CallingOff { money: Some((RefundId::mint(), Money::shillings(shillings))), ..off(version) }
}

#[tokio::test(flavor = "multi_thread")]
async fn an_unpaid_order_is_closed_and_its_goods_are_free_at_once() {
    let site = site().await;
    let order = site.cash_order(&[(0, 10)], 10_150).await.order;
    for _ in 0..3 {
        cancel_order(&site.staff, order, &off(1)).await.unwrap();
    }
    assert_eq!(site.standing(order).await, ("cancelled".into(), "unpaid".into(), 2));
    assert_eq!(site.story.count("stock_holds where released_at is null").await, 0);
    assert_eq!(site.story.count("payment_intents where status = 'open'").await, 0);
    let told: (String, bool) = site
        .story
        .row("select note, changed_by is not null from order_status_history where to_status = 'cancelled'")
        .await;
    assert_eq!(told, ("the buyer called".into(), true));
    assert_eq!(site.story.count("audit_log where action = 'order_cancelled'").await, 1);
    assert_eq!(site.story.count("audit_log where details::text like '%called%'").await, 0);
    assert_eq!(site.stock(0).await, 10);
    // All ten can be bought again.
    site.cash_order(&[(0, 10)], 10_150).await;
    invariants::hold(&site.story.everything).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn of_an_accepted_cash_order_only_what_is_ticked_is_on_the_shelf_again() {
    let site = site().await;
    let placed = site.cash_order(&[(0, 2), (1, 1)], 3_650).await;
    move_order(&site.staff, placed.order, 1, OrderStatus::Packing, None).await.unwrap();
    assert_eq!((site.stock(0).await, site.stock(1).await), (8, 9));
    let first = item(&site.story, &placed, 0).await;
    let form = CallingOff { restock: vec![first], ..off(2) };
    for _ in 0..2 {
        cancel_order(&site.staff, placed.order, &form).await.unwrap();
    }
    assert_eq!((site.stock(0).await, site.stock(1).await), (10, 9));
    let moved: (i32, String) = site
        .story
        .row(&format!(
            "select change, reference_type from inventory_movements where reason = 'refund' and reference_id = '{}'",
            placed.order
        ))
        .await;
    assert_eq!(moved, (2, "order".into()));
    invariants::hold(&site.story.everything).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_paid_order_goes_back_whole_in_one_step_and_once() {
    let site = site().await;
    let placed = paid_order(&site.story).await;
    let (.., version) = site.standing(placed.order).await;
    let first = item(&site.story, &placed, 0).await;
    let form = CallingOff { restock: vec![first], ..with_money(version, 3_650) };
    for _ in 0..3 {
        cancel_order(&site.owner, placed.order, &form).await.unwrap();
    }
    let (status, payment, _) = site.standing(placed.order).await;
    assert_eq!((status.as_str(), payment.as_str()), ("cancelled", "paid"), "until the money has left");
    assert_eq!(places(&site.story).await, (0, 365_000, 0, 0, -365_000));
    let refund = form.money.unwrap().0;
    let row: (i64, String, String) =
        site.story.row(&format!("select amount_cents, status, reason from refunds where id = '{refund}'")).await;
    assert_eq!(row, (365_000, "pending".into(), "the buyer called".into()));
    assert_eq!((site.stock(0).await, site.stock(1).await), (10, 9));
    let (mail,): (uuid::Uuid,) = site.story.row("select id from mails where kind = 'refund_asked'").await;
    let letter = open(&site.story.platform, site.story.tenant(), mail.into()).await.unwrap().unwrap();
    let About::RefundAsked(told) = letter.about else { panic!("they are told of the money") };
    assert_eq!(told.closed, Some(Closed::ByTheShop), "they read that nothing comes");
    assert_eq!(site.story.count("order_status_history where to_status = 'cancelled'").await, 1);
    mark_sent(&site.owner, refund, &GivenBack::InCash).await.unwrap();
    let (status, payment, _) = site.standing(placed.order).await;
    assert_eq!((status.as_str(), payment.as_str()), ("cancelled", "refunded"));
    invariants::hold(&site.story.everything).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn an_order_paid_in_part_gives_its_part_back() {
    let site = site().await;
    let placed = open_order(&site.story).await;
    site.story.write("update payments set status = 'failed'").await;
    money_lands(&site.story, placed.order, "UK23PART00", 600).await;
    let (.., version) = site.standing(placed.order).await;
    cancel_order(&site.owner, placed.order, &with_money(version, 600)).await.unwrap();
    let (status, payment, _) = site.standing(placed.order).await;
    assert_eq!((status.as_str(), payment.as_str()), ("cancelled", "partial"));
    assert_eq!(site.story.count("order_status_history where to_status = 'cancelled'").await, 1);
    assert_eq!(places(&site.story).await, (0, 60_000, 0, 0, -60_000));
    assert_eq!(site.story.count("stock_holds where released_at is null").await, 0);
    // The rest comes all the same: what somebody called off stays closed, and this waits to go back too.
    money_lands(&site.story, placed.order, "UK23REST00", 3_050).await;
    assert_eq!(site.standing(placed.order).await.0, "cancelled");
    assert_eq!(places(&site.story).await, (0, 365_000, 0, 0, -365_000));
    assert_eq!(site.story.count("inventory_movements where reason = 'sale'").await, 0);
    invariants::hold(&site.story.everything).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_cannot_be_called_off_stays_as_it_is() {
    let site = site().await;
    let paid = paid_order(&site.story).await;
    let (.., version) = site.standing(paid.order).await;
    let prompted = open_order(&site.story).await.order;
    let cash = site.cash_order(&[(0, 1)], 1_150).await;
    let gone = site.cash_order(&[(0, 1)], 1_150).await.order;
    move_order(&site.staff, gone, 1, OrderStatus::Packing, None).await.unwrap();
    move_order(&site.staff, gone, 2, OrderStatus::Dispatched, None).await.unwrap();
    let nobody = OrderItemId::parse("01935f0e-7a1c-7000-8000-3f9a00000003").unwrap();
    let own = item(&site.story, &cash, 0).await;
    let wrong = |item, problem| AppError::Invalid(FieldErrors::one(&restock_field(item), problem));
    let jump = Refusal::NoSuchMove { from: "dispatched".into(), to: "cancelled".into() };
    let before = site.picture().await;
    for (ctx, order, form, why) in [
        (&site.viewer, cash.order, off(1), AppError::NotPermitted),
        (&site.stranger, cash.order, off(1), AppError::NotFound),
        (&site.staff, cash.order, off(7), AppError::ChangedMeanwhile),
        (&site.staff, prompted, off(1), AppError::Refused(Refusal::PromptStillOpen)),
        (&site.staff, gone, off(3), AppError::Refused(jump)),
        (&site.staff, paid.order, with_money(version, 3_650), AppError::NotPermitted),
        // Its money came after the page was drawn, or went.
        (&site.owner, paid.order, off(version), AppError::ChangedMeanwhile),
        (&site.owner, paid.order, with_money(version, 3_649), AppError::ChangedMeanwhile),
        (&site.owner, cash.order, with_money(1, 1_150), AppError::ChangedMeanwhile),
        (
            &site.staff,
            cash.order,
            CallingOff { restock: vec![nobody], ..off(1) },
            wrong(nobody, FieldProblem::UnknownChoice),
        ),
        // It never left the shelf.
        (&site.staff, cash.order, CallingOff { restock: vec![own], ..off(1) }, wrong(own, FieldProblem::TooHigh)),
    ] {
        assert_eq!(cancel_order(ctx, order, &form).await, Err(why), "{form:?}");
        assert_eq!(site.picture().await, before, "{form:?}");
    }
    assert_eq!(look(&site.stranger, cash.order).await.err(), Some(AppError::NotFound));
    cancel_order(&site.staff, cash.order, &off(1)).await.unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn one_who_calls_off_and_one_who_packs_at_once_do_not_both_succeed() {
    let site = site().await;
    for _ in 0..4 {
        let order = site.cash_order(&[(0, 1)], 1_150).await.order;
        let (calling, packing) = (site.staff.clone(), site.owner.clone());
        let (called, packed) = tokio::join!(
            tokio::spawn(async move { cancel_order(&calling, order, &off(1)).await }),
            tokio::spawn(async move { move_order(&packing, order, 1, OrderStatus::Packing, None).await })
        );
        let ends = (called.unwrap(), packed.unwrap());
        let (status, ..) = site.standing(order).await;
        match ends {
            (Ok(()), Err(_)) => assert_eq!(status, "cancelled"),
            (Err(_), Ok(())) => assert_eq!(status, "packing"),
            both => panic!("{both:?}"),
        }
    }
    invariants::hold(&site.story.everything).await;
}

/// What was there when the page was drawn, sent back with a reason.
async fn form(site: &Behind, email: &str, at: &str) -> Vec<(String, String)> {
    let mut browser = site.signed_in(email).await;
    let page = browser.get(at).await;
    assert_eq!(page.status, StatusCode::OK, "{}", page.text);
    ["version", "refund", "seen_total"]
        .into_iter()
        .filter(|name| page.text.contains(&format!("name=\"{name}\"")))
        .map(|name| (name.to_owned(), field(&page.text, name)))
        .collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn the_owner_calls_a_paid_order_off_on_one_page_and_staff_are_told_why_they_cannot() {
    let site = site().await;
    let placed = paid_order(&site.story).await;
    let at = format!("/dashboard/orders/{}", placed.order);
    let mut staff = site.signed_in("staff@ours.test").await;
    let told = staff.get(&format!("{at}/cancel")).await;
    assert!(
        told.text.contains("Ask the owner to cancel it.") && !told.text.contains("<form class=\"card"),
        "{}",
        told.text
    );
    assert_eq!(staff.get(&format!("{at}/cancel/refund")).await.status, StatusCode::FORBIDDEN);
    let mut owner = site.signed_in("owner@ours.test").await;
    owner.get(&format!("{at}/cancel")).await.leads_to(&format!("{at}/cancel/refund"));
    let carried = form(&site, "owner@ours.test", &format!("{at}/cancel/refund")).await;
    let carried: Vec<(&str, &str)> = carried.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
    let before = site.picture().await;
    let empty = owner.post(&format!("{at}/cancel/refund"), &carried).await;
    assert_eq!(empty.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(empty.text.contains("Please fill this in."), "{}", empty.text);
    let stale: Vec<_> =
        carried.iter().map(|(name, value)| (*name, if *name == "version" { "1" } else { *value })).collect();
    let stale = owner.post(&format!("{at}/cancel/refund"), &[&stale[..], &[("reason", "kept & safe")]].concat()).await;
    assert_eq!(stale.status, StatusCode::CONFLICT);
    assert!(stale.text.contains("Nothing was cancelled") && stale.text.contains("kept &amp; safe"), "{}", stale.text);
    assert_eq!(site.picture().await, before);
    let restock = restock_field(item(&site.story, &placed, 1).await);
    let sent = [&carried[..], &[("reason", "the buyer called"), (restock.as_str(), "on")]].concat();
    for _ in 0..2 {
        owner.post(&format!("{at}/cancel/refund"), &sent).await.leads_to(&at);
    }
    assert_eq!(site.story.count("refunds").await, 1);
    assert_eq!((site.stock(0).await, site.stock(1).await), (8, 10));
    let closed = owner.get(&format!("{at}/cancel")).await;
    assert!(closed.text.contains("This order is closed already."), "{}", closed.text);
}

#[tokio::test(flavor = "multi_thread")]
async fn staff_call_an_unpaid_order_off_with_a_plain_form() {
    let site = site().await;
    let order = site.cash_order(&[(0, 1)], 1_150).await.order;
    let at = format!("/dashboard/orders/{order}");
    let carried = form(&site, "staff@ours.test", &format!("{at}/cancel")).await;
    assert_eq!(carried, [("version".to_owned(), "1".to_owned())]);
    let mut staff = site.signed_in("staff@ours.test").await;
    let odd = staff.post(&format!("{at}/cancel"), &[("version", "1"), ("reason", "x"), ("refund_all", "on")]).await;
    assert_eq!(odd.status, StatusCode::UNPROCESSABLE_ENTITY);
    staff.post(&format!("{at}/cancel"), &[("version", "1"), ("reason", "a prank")]).await.leads_to(&at);
    assert_eq!(site.standing(order).await.0, "cancelled");
}

#[tokio::test(flavor = "multi_thread")]
async fn as_many_pieces_go_back_on_the_shelf_as_the_page_says() {
    let site = site().await;
    let placed = paid_order(&site.story).await;
    let first = item(&site.story, &placed, 0).await;
    // One of two kikois is paid back, and stays with its buyer.
    ask(&site.owner, placed.order, &asked(pieces(&[(first, 1)])), 1_000).await.unwrap();
    let found = look(&site.owner, placed.order).await.unwrap();
    let (said, goes_back) = (found.for_shelf.clone(), found.goes_back.unwrap());
    assert_eq!(said.iter().find(|(item, _)| *item == first).map(|(_, pieces)| *pieces), Some(1));
    let at = format!("/dashboard/orders/{}/cancel/refund", placed.order);
    let page = site.signed_in("owner@ours.test").await.get(&at).await;
    assert!(page.text.contains("1 × ") && !page.text.contains("2 × "), "{}", page.text);
    let before = site.stock(0).await;
    let form = CallingOff { restock: vec![first], money: Some((RefundId::mint(), goes_back)), ..off(found.version) };
    cancel_order(&site.owner, placed.order, &form).await.unwrap();
    assert_eq!(site.stock(0).await - before, 1);
    invariants::hold(&site.story.everything).await;
}
