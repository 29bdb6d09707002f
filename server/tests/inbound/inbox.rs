//! The inbox over HTTP: what a merchant sees and does with money that has no place.

use crate::{
    merchant::{Member, member},
    provider::told,
    till::order,
    world::{World, field},
};
use duka::kernel::access::Role;

const INBOX: &str = "/dashboard/payments/inbox";

/// A shop with two unpaid orders of KSh 1,150 and so much money in its inbox.
async fn with_money(shillings: i64) -> World {
    let world = World::new().await;
    let token = world.takes(&world.njeri, "paybill").await;
    order(&world, "mpesa_paybill", "Amina Wanjiru", "0711223344").await;
    order(&world, "mpesa_paybill", "Jane Otieno", "0722000111").await;
    world.money(&token, &told("UD25M0RR7C", shillings, "shopping")).await;
    world
}

async fn id(world: &World, what: &str) -> String {
    world.text(&format!("select id::text from {what}")).await
}

async fn held(world: &World, place: &str) -> i64 {
    world
        .count(&format!("select coalesce(sum(amount_cents), 0)::bigint from ledger_entries where place = '{place}'"))
        .await
}

async fn post(person: &mut Member<'_>, path: &str, fields: &[(&str, &str)]) -> (u16, String, String) {
    let answer = person.browser.post(path, fields).await;
    (answer.status.as_u16(), answer.header("location").to_owned(), answer.text())
}

#[tokio::test(flavor = "multi_thread")]
async fn one_tap_puts_money_on_the_proposed_order_and_a_second_tap_changes_nothing() {
    let world = with_money(1_150).await;
    let mut staff = member(&world, &world.njeri, Role::Staff).await;
    let page = staff.browser.get(INBOX).await.text();
    for said in [
        "1 payment, KSh 1,150 waiting",
        "UD25M0RR7C",
        "shopping",
        "AMINA",
        "2547 ••• 344",
        "paid from the buyer's phone",
    ] {
        assert!(page.contains(said), "{said}: {page}");
    }
    let (payment, amina) = (id(&world, "payments").await, id(&world, "orders where order_number = 1001").await);
    let path = format!("{INBOX}/{payment}/assign");
    let tap = [("order", amina.as_str()), ("amount", "1150"), ("seen", "115000")];
    for _ in 0..2 {
        let (status, location, _) = post(&mut staff, &path, &tap).await;
        assert_eq!((status, location.as_str()), (303, "/dashboard/payments/inbox?assigned"));
    }
    assert_eq!(world.text("select payment_status from orders where order_number = 1001").await, "paid");
    assert_eq!((held(&world, "inbox").await, held(&world, "order").await), (0, 115_000));
    assert_eq!(world.count("select count(*) from audit_log where action = 'money_assigned'").await, 1);
    assert_eq!(world.count("select count(*) from payment_audit where event_type = 'assigned'").await, 1);
    assert_eq!(world.count("select count(*) from refunds").await, 0);
    let empty = staff.browser.get(&format!("{INBOX}?assigned")).await.text();
    assert!(empty.contains("Every shilling has its place") && empty.contains("the money is on its order"), "{empty}");
}

#[tokio::test(flavor = "multi_thread")]
async fn money_is_split_over_two_orders() {
    let world = with_money(2_300).await;
    let mut staff = member(&world, &world.njeri, Role::Staff).await;
    let payment = id(&world, "payments").await;
    for (number, seen) in [(1001, "230000"), (1002, "115000")] {
        let order = id(&world, &format!("orders where order_number = {number}")).await;
        let found = staff.browser.get(&format!("{INBOX}/{payment}?words={number}")).await.text();
        assert_eq!(field(&found, "amount"), "1150", "never more than the order lacks");
        assert_eq!(field(&found, "seen"), seen);
        let (status, _, text) = post(
            &mut staff,
            &format!("{INBOX}/{payment}/assign"),
            &[("order", &order), ("amount", "1,150"), ("seen", seen), ("words", "1001")],
        )
        .await;
        assert_eq!(status, 303, "{text}");
    }
    assert_eq!(world.count("select count(*) from orders where payment_status = 'paid'").await, 2);
    assert_eq!((held(&world, "inbox").await, held(&world, "order").await), (0, 230_000));
    assert_eq!(world.count("select count(*) from refunds").await, 0);
}

#[tokio::test(flavor = "multi_thread")]
async fn two_people_who_decide_at_once_are_told() {
    let world = with_money(1_150).await;
    let mut one = member(&world, &world.njeri, Role::Staff).await;
    let mut other = member(&world, &world.njeri, Role::Owner).await;
    let payment = id(&world, "payments").await;
    let (amina, jane) =
        (id(&world, "orders where order_number = 1001").await, id(&world, "orders where order_number = 1002").await);
    let path = format!("{INBOX}/{payment}/assign");
    let (status, ..) = post(&mut one, &path, &[("order", &amina), ("amount", "500"), ("seen", "115000")]).await;
    assert_eq!(status, 303);
    let (status, _, text) = post(&mut other, &path, &[("order", &jane), ("amount", "1150"), ("seen", "115000")]).await;
    assert_eq!(status, 409);
    assert!(text.contains("This money was moved while you were here") && text.contains("KSh 650"), "{text}");
    assert_eq!(world.text("select payment_status from orders where order_number = 1001").await, "partial");
    assert_eq!(world.text("select payment_status from orders where order_number = 1002").await, "unpaid");
    assert_eq!((held(&world, "inbox").await, held(&world, "order").await), (65_000, 50_000));
    // All of it gone: the list says how things stand.
    let (status, ..) = post(&mut one, &path, &[("order", &jane), ("amount", "650"), ("seen", "65000")]).await;
    assert_eq!(status, 303);
    let (status, location, _) =
        post(&mut other, &path, &[("order", &jane), ("amount", "650"), ("seen", "65000")]).await;
    assert_eq!((status, location.as_str()), (303, INBOX));
    assert_eq!(held(&world, "inbox").await, 0);
}

#[tokio::test(flavor = "multi_thread")]
async fn money_becomes_a_customers_credit_or_goes_back() {
    let world = with_money(2_000).await;
    let mut owner = member(&world, &world.njeri, Role::Owner).await;
    let payment = id(&world, "payments").await;
    let (status, location, text) = post(
        &mut owner,
        &format!("{INBOX}/{payment}/credit"),
        &[("phone", "0799 888 777"), ("amount", "500"), ("seen", "200000")],
    )
    .await;
    assert_eq!((status, location.as_str()), (303, "/dashboard/payments/inbox?credited"), "{text}");
    assert_eq!(world.text("select first_name from customers where phone = '+254799888777'").await, "AMINA");
    let page = owner.browser.get(&format!("{INBOX}/{payment}")).await.text();
    let key = field(&page, "key");
    let back = [("amount", "1500"), ("reason", "not ours"), ("seen", "150000"), ("key", key.as_str())];
    for _ in 0..2 {
        let (status, location, text) = post(&mut owner, &format!("{INBOX}/{payment}/refund"), &back).await;
        assert_eq!((status, location.as_str()), (303, "/dashboard/payments/inbox?refund"), "{text}");
    }
    assert_eq!(
        (held(&world, "inbox").await, held(&world, "credit").await, held(&world, "refund").await),
        (0, 50_000, 150_000)
    );
    let refund = world
        .text("select concat_ws(' ', status, kind, way, amount_cents, reason, order_id is null, requested_by is not null) from refunds")
        .await;
    assert_eq!(refund, "pending excess manual 150000 not ours t t");
    for action in ["money_credited", "refund_asked"] {
        assert_eq!(
            world.count(&format!("select count(*) from audit_log where action = '{action}'")).await,
            1,
            "{action}"
        );
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn the_shilling_with_which_an_account_was_tried_is_called_what_it_is() {
    let world = with_money(1).await;
    let mut staff = member(&world, &world.njeri, Role::Staff).await;
    let own = "This is your own shilling";
    assert!(!staff.browser.get(INBOX).await.text().contains(own));
    world
        .sql(
            "insert into mpesa_account_tests (tenant_id, account_id, phone, status, requested_at)
             select p.tenant_id, a.id, '+254711000111', 'succeeded', coalesce(p.completed_at, p.requested_at) - interval '1 minute'
             from payments p
             join mpesa_accounts a on a.tenant_id = p.tenant_id",
        )
        .await;
    assert!(staff.browser.get(INBOX).await.text().contains(own));
    let one = format!("{INBOX}/{}", id(&world, "payments").await);
    assert!(staff.browser.get(&one).await.text().contains(own));
}

#[tokio::test(flavor = "multi_thread")]
async fn credit_of_a_wrong_number_goes_back_into_the_inbox_and_from_there_anywhere() {
    const BACK: &str = "Put it back into the inbox";
    let world = with_money(2_000).await;
    let mut owner = member(&world, &world.njeri, Role::Owner).await;
    let payment = id(&world, "payments").await;
    let fields = [("phone", "0799 888 777"), ("amount", "500"), ("seen", "200000")];
    assert_eq!(post(&mut owner, &format!("{INBOX}/{payment}/credit"), &fields).await.0, 303);
    let page = format!("/dashboard/payments/{payment}");
    let mut viewer = member(&world, &world.njeri, Role::Viewer).await;
    assert!(!viewer.browser.get(&page).await.text().contains(BACK));
    let shown = owner.browser.get(&page).await.text();
    assert!(shown.contains(BACK), "{shown}");
    let (customer, seen) = (field(&shown, "customer"), field(&shown, "seen"));
    assert!(shown.contains(&format!("href=\"/dashboard/customers/{customer}\"")), "whose it is: {shown}");
    let back = format!("{INBOX}/{payment}/take-back");
    let right = [("customer", customer.as_str()), ("seen", seen.as_str())];
    let nobody = uuid::Uuid::from_u128(9).to_string();
    for (fields, status) in [
        ([("customer", customer.as_str()), ("seen", "49900")], 409),
        ([("customer", nobody.as_str()), ("seen", "50000")], 409),
        ([("customer", "x"), ("seen", "50000")], 404),
        ([("customer", customer.as_str()), ("to", "me")], 422),
    ] {
        assert_eq!(post(&mut owner, &back, &fields).await.0, status, "{fields:?}");
    }
    assert_eq!(post(&mut viewer, &back, &right).await.0, 403);
    assert_eq!((held(&world, "inbox").await, held(&world, "credit").await), (150_000, 50_000));
    let (status, location, text) = post(&mut owner, &back, &right).await;
    assert_eq!((status, location), (303, format!("{INBOX}/{payment}")), "{text}");
    assert_eq!(post(&mut owner, &back, &right).await.0, 409, "there is none any more");
    assert_eq!((held(&world, "inbox").await, held(&world, "credit").await), (200_000, 0));
    assert_eq!(world.count("select count(*) from known_payers").await, 0, "nor is that number the payer's");
    assert_eq!(world.count("select count(*) from audit_log where action = 'credit_taken_back'").await, 1);
    let shown = owner.browser.get(&page).await.text();
    assert!(!shown.contains(BACK) && shown.contains("the credit was taken back"), "{shown}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_form_that_cannot_be_is_shown_again_and_nothing_moves() {
    let world = with_money(1_150).await;
    let mut owner = member(&world, &world.njeri, Role::Owner).await;
    let (payment, amina) = (id(&world, "payments").await, id(&world, "orders where order_number = 1001").await);
    let (assign, credit) = (format!("{INBOX}/{payment}/assign"), format!("{INBOX}/{payment}/credit"));
    let refund = format!("{INBOX}/{payment}/refund");
    let none = uuid::Uuid::from_u128(9).to_string();
    for (path, fields, expected) in [
        (&assign, vec![("order", amina.as_str()), ("amount", "0"), ("seen", "115000")], 422),
        (&assign, vec![("order", amina.as_str()), ("amount", "1151"), ("seen", "115000")], 422),
        (&assign, vec![("order", amina.as_str()), ("amount", "-5"), ("seen", "115000")], 422),
        (&assign, vec![("order", amina.as_str()), ("amount", "1150")], 422),
        (&assign, vec![("order", "x"), ("amount", "1150"), ("seen", "115000")], 422),
        (&assign, vec![("order", amina.as_str()), ("amount", "1150"), ("seen", "115000"), ("to", "me")], 422),
        (&assign, vec![("order", none.as_str()), ("amount", "1150"), ("seen", "115000")], 404),
        (&credit, vec![("phone", "12345"), ("amount", "1150"), ("seen", "115000")], 422),
        (&credit, vec![("phone", "0711223344"), ("amount", "2000"), ("seen", "115000")], 422),
        (&refund, vec![("amount", "1150"), ("seen", "115000"), ("key", "x")], 422),
        // No provider moves half a shilling, so what came whole is not parted within one.
        (&assign, vec![("order", amina.as_str()), ("amount", "1.50"), ("seen", "115000")], 422),
        (&credit, vec![("phone", "0711223344"), ("amount", "1.50"), ("seen", "115000")], 422),
        (&refund, vec![("amount", "1.50"), ("seen", "115000"), ("key", none.as_str())], 422),
        (&refund, vec![("amount", "1150"), ("seen", "999"), ("key", none.as_str())], 409),
    ] {
        let (status, _, text) = post(&mut owner, path, &fields).await;
        assert_eq!(status, expected, "{path} {fields:?}: {text}");
    }
    let (_, _, text) = post(&mut owner, &credit, &[("phone", "12345"), ("amount", "77"), ("seen", "115000")]).await;
    let form = text.split("/credit\"").nth(1).unwrap();
    assert_eq!((field(form, "phone"), field(form, "amount")), ("12345".to_owned(), "77".to_owned()));
    assert_eq!(world.count("select count(*) from ledger_entries").await, 2, "received, and nothing since");
    assert_eq!(world.count("select count(*) from refunds").await, 0);
    assert_eq!(world.count("select count(*) from known_payers").await, 0);
}

#[tokio::test(flavor = "multi_thread")]
async fn an_order_that_lacks_nothing_takes_nothing() {
    let world = with_money(1_150).await;
    let mut staff = member(&world, &world.njeri, Role::Staff).await;
    let (payment, amina) = (id(&world, "payments").await, id(&world, "orders where order_number = 1001").await);
    world.sql("update orders set status = 'cancelled', cancelled_at = now() where order_number = 1001").await;
    let fields = [("order", amina.as_str()), ("amount", "1149"), ("seen", "115000")];
    let (status, _, text) = post(&mut staff, &format!("{INBOX}/{payment}/assign"), &fields).await;
    assert_eq!(status, 422);
    assert!(text.contains("That order lacks nothing by now, or is closed"), "{text}");
    assert_eq!((held(&world, "inbox").await, held(&world, "refund").await), (115_000, 0));
}

#[tokio::test(flavor = "multi_thread")]
async fn only_who_may_handle_money_moves_it_and_only_in_their_own_shop() {
    let world = with_money(1_150).await;
    let (payment, amina) = (id(&world, "payments").await, id(&world, "orders where order_number = 1001").await);
    let mut viewer = member(&world, &world.njeri, Role::Viewer).await;
    let seen = viewer.browser.get(INBOX).await;
    assert_eq!(seen.status, 200);
    assert!(!seen.text().contains("Put KSh"), "a viewer only looks");
    let mut staff = member(&world, &world.njeri, Role::Staff).await;
    let mut foreign = member(&world, &world.kilimani, Role::Owner).await;
    let assign = [("order", amina.as_str()), ("amount", "1150"), ("seen", "115000")];
    let key = uuid::Uuid::from_u128(7).to_string();
    let refund = [("amount", "1150"), ("seen", "115000"), ("key", key.as_str())];
    let to = |what: &str| format!("{INBOX}/{payment}/{what}");
    assert_eq!(post(&mut viewer, &to("assign"), &assign).await.0, 403);
    assert_eq!(post(&mut staff, &to("refund"), &refund).await.0, 403);
    assert_eq!(post(&mut foreign, &to("assign"), &assign).await.0, 404);
    assert_eq!(post(&mut foreign, &to("refund"), &refund).await.0, 404);
    assert_eq!(foreign.browser.get(&format!("{INBOX}/{payment}")).await.status, 404);
    assert!(foreign.browser.get(INBOX).await.text().contains("Every shilling has its place"));
    assert_eq!(world.count("select count(*) from ledger_entries").await, 2);
}

#[tokio::test(flavor = "multi_thread")]
async fn full_pages_of_money_are_small_on_a_slow_line() {
    let world = World::new().await;
    let token = world.takes(&world.njeri, "paybill").await;
    order(&world, "mpesa_paybill", "Amina Wanjiru", "0711223344").await;
    order(&world, "mpesa_paybill", "Jane Otieno", "0722000111").await;
    for nth in 0..26 {
        world.money(&token, &told(&format!("UD25M0R{nth:03}"), 1_150, "shopping")).await;
    }
    let mut staff = member(&world, &world.njeri, Role::Staff).await;
    // As they are written, before they are compressed.
    for (path, words, most) in [
        (INBOX, "26 payments", 80_000),
        ("/dashboard/payments", "UD25M0R025", 40_000),
        ("/dashboard/payments/close", "Daily close", 40_000),
    ] {
        let page = staff.browser.get(path).await;
        assert!(page.text().contains(words), "{path} {words}: {}", page.text());
        assert!(page.bytes.len() < most, "{path} has {} bytes", page.bytes.len());
    }
}
