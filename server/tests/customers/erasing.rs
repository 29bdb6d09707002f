//! A copy for who asks, and forgetting them: at once, or when their last order has ended; by who may, with a fresh password.

use super::{
    customer_of,
    merchant::{Member, member},
    order_of,
    orders::{money, staff, standing, the_ledger_is_sound, walk},
    picture,
    world::World,
};
use duka::{
    checkout::{
        expire_order::expire_order,
        inbox::{Handled, Return, give_back},
        land_money::{Arrived, Payer, ReceivedBy, land},
        place_order::Placed,
        settle_payment::Source,
        take_by_hand::{HandPayment, take_by_hand},
    },
    customers::erase_later::{Outcome, erase_asked, erase_due},
    db::Db,
    jobs::worker,
    kernel::{
        access::{Actor, Role},
        currency::Currency,
        id::{CustomerId, RefundId},
        money::Money,
        phone::Phone,
        typed::Typed,
    },
    orders::status::OrderStatus,
};
use http::StatusCode;
use server::{mailer::Mailer, worker::Registry};
use std::sync::Arc;

const AMINA: &str = "+254711223344";
const DELIVERED: [OrderStatus; 3] = [OrderStatus::Packing, OrderStatus::Dispatched, OrderStatus::Delivered];

struct Stage<'w> {
    owner: Member<'w>,
    placed: Placed,
    customer: CustomerId,
    data: String,
}

async fn stage(world: &World) -> Stage<'_> {
    let placed = order_of(world, &world.njeri, "Amina Wanjiru", "0711 223 344").await;
    let customer = customer_of(world, &world.njeri, AMINA).await;
    let owner = member(world, &world.njeri, Role::Owner).await;
    Stage { owner, placed, customer, data: format!("/dashboard/customers/{customer}/data") }
}

/// Does what waits in the queue.
async fn work(world: &World) {
    let mailer = Mailer::folder(std::env::temp_dir().join("duka-no-mails"), "Duka <no-reply@localhost>").unwrap();
    let platform = Arc::new(duka::ctx::Platform { db: world.db.worker.clone(), ..(*world.app.platform).clone() });
    let registry = Registry::new(platform, mailer).with_operator(operator(world));
    worker::drain(&world.db.worker, Arc::new(registry)).await.unwrap();
}

fn operator(world: &World) -> Db {
    Db::open(&world.db.url("duka_ops"), 2).unwrap()
}

/// What the tax office asks for: orders, their sums, and where the money stands.
async fn books(world: &World) -> String {
    let mut everything = world.db.superuser().await;
    sqlx::query_scalar(
        "select concat_ws(' ', (select string_agg(concat_ws(':', order_number, total_cents, tax_cents, payment_status), ' ' order by id) from orders),
                               (select coalesce(sum(abs(amount_cents)), 0) from ledger_entries),
                               (select sum(lifetime_value_cents) from customers))",
    )
    .fetch_one(&mut everything)
    .await
    .unwrap()
}

async fn known(world: &World) -> i64 {
    world.count("select count(*) from customers where phone = '+254711223344'").await
}

#[tokio::test]
async fn the_copy_is_a_file_with_everything_of_the_person_and_the_log_says_who_took_it() {
    let world = World::new().await;
    let mut stage = stage(&world).await;
    assert_eq!(stage.owner.browser.get(&stage.data).await.status, StatusCode::OK);
    let file = stage.owner.browser.post(&format!("{}/copy", stage.data), &[]).await;
    assert_eq!(file.status, StatusCode::OK);
    assert!(file.header("content-disposition").starts_with("attachment; filename=\"customer-"));
    assert_eq!(file.header("cache-control"), "private, no-store");
    let document: serde_json::Value = serde_json::from_slice(&file.bytes).unwrap();
    assert_eq!(document["customers"][0]["first_name"], "Amina");
    assert_eq!(document["customer_addresses"][0]["street"], "Mpaka Road, blue gate");
    assert_eq!(
        world.count("select count(*) from audit_log where action = 'customer_exported' and actor_kind = 'user'").await,
        1
    );
}

#[tokio::test]
async fn somebody_with_nothing_open_is_erased_within_the_hour_and_the_books_stay() {
    let world = World::new().await;
    let mut stage = stage(&world).await;
    walk(&world, &world.njeri, stage.placed.order, &DELIVERED).await;
    order_of(&world, &world.kilimani, "Amina Wanjiru", "0711 223 344").await;
    let before = books(&world).await;
    let page = stage.owner.browser.get(&stage.data).await.text();
    assert!(page.contains("Nothing of theirs is open"), "{page}");
    let unsure = stage.owner.browser.post(&format!("{}/erase", stage.data), &[]).await;
    assert_eq!(unsure.status, StatusCode::UNPROCESSABLE_ENTITY);
    let asked = stage.owner.browser.post(&format!("{}/erase", stage.data), &[("sure", "on")]).await;
    assert_eq!(asked.header("location"), stage.data);
    work(&world).await;
    assert_eq!(known(&world).await, 1, "the neighbour's customer stays");
    assert_eq!(books(&world).await, before);
    assert_eq!(world.count("select count(*) from customer_addresses").await, 1);
    assert_eq!(world.count("select count(*) from customer_events").await, 1);
    assert_eq!(stage.owner.browser.get(&stage.data).await.status, StatusCode::NOT_FOUND);
    assert!(!stage.owner.browser.get("/dashboard/customers").await.text().contains("Amina"));
    // Whoever orders with that number afterwards is somebody new.
    order_of(&world, &world.njeri, "Amina Wanjiru", "0711 223 344").await;
    assert_ne!(customer_of(&world, &world.njeri, AMINA).await, stage.customer);
}

#[tokio::test]
async fn money_that_comes_for_somebody_who_was_erased_opens_no_order_that_nobody_could_bring() {
    let world = World::new().await;
    let mut stage = stage(&world).await;
    let order = stage.placed.order;
    world.sql("update stock_holds set expires_at = now() - interval '1 second'").await;
    expire_order(&world.app.platform, world.njeri.tenant, order).await.unwrap();
    stage.owner.browser.post(&format!("{}/erase", stage.data), &[("sure", "on")]).await;
    work(&world).await;
    assert_eq!(known(&world).await, 0);
    let staff = staff(&world, &world.njeri, Role::Staff).await;
    let typed = Typed::default().with("amount", "1150").with("how", "cash").with("key", "late");
    take_by_hand(&staff, order, &HandPayment::read(&typed, Currency::Kes).unwrap()).await.unwrap();
    assert_eq!(standing(&world, order).await, "cancelled paid", "until it has gone back");
    assert_eq!(money(&world, order).await, (0, 1_150), "and it waits for that");
    the_ledger_is_sound(&world).await;
}

#[tokio::test]
async fn with_an_open_order_it_is_explained_scheduled_and_happens_by_itself_when_the_order_has_ended() {
    let world = World::new().await;
    let mut stage = stage(&world).await;
    let number = world.count("select order_number from orders").await;
    let page = stage.owner.browser.get(&stage.data).await.text();
    assert!(page.contains(&format!("Order {number} is still open")), "{page}");
    for _ in 0..2 {
        let asked = stage.owner.browser.post(&format!("{}/erase", stage.data), &[("sure", "on")]).await;
        assert_eq!(asked.status, StatusCode::SEE_OTHER);
    }
    assert_eq!(world.count("select count(*) from audit_log where action = 'customer_erasure_asked'").await, 1);
    work(&world).await;
    assert_eq!(known(&world).await, 1, "the rider still needs the name");
    let page = stage.owner.browser.get(&stage.data).await.text();
    assert!(page.contains("Erasing was asked for") && page.contains("Do not erase"), "{page}");
    let operator = operator(&world);
    let program = duka::ctx::Ctx::new(world.app.platform.clone(), world.njeri.tenant, Actor::Program);
    assert_eq!(erase_due(&program, &operator).await.unwrap(), 0);
    walk(&world, &world.njeri, stage.placed.order, &DELIVERED).await;
    let before = books(&world).await;
    assert_eq!(erase_due(&program, &operator).await.unwrap(), 1);
    assert_eq!(known(&world).await, 0);
    assert_eq!(books(&world).await, before, "totals are as they were");
    assert_eq!(erase_due(&program, &operator).await.unwrap(), 0, "twice is once");
    let again = erase_asked(&operator, world.njeri.tenant, stage.customer).await.unwrap();
    assert_eq!(again, Outcome::NotAsked);
    operator.close().await;
}

#[tokio::test]
async fn money_that_has_not_gone_back_keeps_them_until_it_has() {
    let world = World::new().await;
    let mut stage = stage(&world).await;
    walk(&world, &world.njeri, stage.placed.order, &DELIVERED).await;
    world
        .sql(&format!(
            "insert into refunds (tenant_id, order_id, amount_cents, reason) values ('{}', '{}', 1000, 'torn')",
            world.njeri.tenant, stage.placed.order
        ))
        .await;
    let page = stage.owner.browser.get(&stage.data).await.text();
    assert!(page.contains("Money has not gone back to them yet."), "{page}");
    stage.owner.browser.post(&format!("{}/erase", stage.data), &[("sure", "on")]).await;
    work(&world).await;
    assert_eq!(known(&world).await, 1);
    world.sql("update refunds set status = 'processed', processed_at = now()").await;
    let operator = operator(&world);
    let program = duka::ctx::Ctx::new(world.app.platform.clone(), world.njeri.tenant, Actor::Program);
    assert_eq!(erase_due(&program, &operator).await.unwrap(), 1);
    assert_eq!(known(&world).await, 0);
    operator.close().await;
}

#[tokio::test]
async fn money_of_theirs_in_the_inbox_keeps_them_until_somebody_has_decided_about_it() {
    let world = World::new().await;
    let mut stage = stage(&world).await;
    walk(&world, &world.njeri, stage.placed.order, &DELIVERED).await;
    let program = duka::ctx::Ctx::new(world.app.platform.clone(), world.njeri.tenant, Actor::Program);
    let arrived = Arrived {
        method: ReceivedBy::MpesaPaybill,
        source: Source::C2b,
        receipt: Some("UK23LEFT00".into()),
        amount: Money::shillings(300),
        order: None,
        short_code: None,
        typed_account: None,
        payer: Payer { phone: Phone::parse(AMINA), ..Payer::default() },
        at: program.now(),
    };
    let payment = land(&program, arrived).await.unwrap().payment;
    let page = stage.owner.browser.get(&stage.data).await.text();
    assert!(page.contains("Money has not gone back to them yet."), "{page}");
    stage.owner.browser.post(&format!("{}/erase", stage.data), &[("sure", "on")]).await;
    work(&world).await;
    let operator = operator(&world);
    assert_eq!(erase_due(&program, &operator).await.unwrap(), 0);
    assert_eq!(known(&world).await, 1, "else nobody could give it back");
    // A refund of money that was never on an order keeps them as well.
    let left = Money::shillings(300);
    let money = Handled { payment, amount: left, seen: left };
    let owner = staff(&world, &world.njeri, Role::Owner).await;
    give_back(&owner, &Return { money, reason: None, key: RefundId::mint() }).await.unwrap();
    assert_eq!(erase_due(&program, &operator).await.unwrap(), 0);
    world.sql("update refunds set status = 'processed', processed_at = now()").await;
    assert_eq!(erase_due(&program, &operator).await.unwrap(), 1);
    assert_eq!(known(&world).await, 0);
    operator.close().await;
}

/// As many as one round looks at asked before her: some have an order by their phone alone, the others await money.
#[tokio::test]
async fn who_still_waits_takes_nobodys_turn() {
    let world = World::new().await;
    let mut stage = stage(&world).await;
    stage.owner.browser.post(&format!("{}/erase", stage.data), &[("sure", "on")]).await;
    walk(&world, &world.njeri, stage.placed.order, &DELIVERED).await;
    let (tenant, store) = (world.njeri.tenant, world.njeri.store);
    world
        .sql(&format!(
            "insert into customers (tenant_id, phone, erase_asked_at)
             select '{tenant}', '+254733' || lpad(n::text, 6, '0'), '2026-01-01T00:00:00Z'
             from generate_series(1, 100) n;
             insert into orders (tenant_id, store_id, order_number, customer_phone)
             select '{tenant}', '{store}', 9000 + n, '+254733' || lpad(n::text, 6, '0')
             from generate_series(1, 50) n;
             insert into orders (tenant_id, store_id, order_number, status, customer_id)
             select '{tenant}', '{store}', 9000 + n, 'delivered', c.id
             from generate_series(51, 100) n
             join customers c on c.tenant_id = '{tenant}' and c.phone = '+254733' || lpad(n::text, 6, '0');
             insert into refunds (tenant_id, order_id, amount_cents, reason)
             select o.tenant_id, o.id, 1000, 'torn'
             from orders o
             where o.tenant_id = '{tenant}' and o.order_number > 9050"
        ))
        .await;
    let operator = operator(&world);
    let program = duka::ctx::Ctx::new(world.app.platform.clone(), tenant, Actor::Program);
    assert_eq!(erase_due(&program, &operator).await.unwrap(), 1);
    assert_eq!(known(&world).await, 0);
    assert_eq!(
        world.count("select count(*) from customers where phone is not null and erase_asked_at is not null").await,
        100
    );
    operator.close().await;
}

#[tokio::test]
async fn erasing_is_taken_back_as_long_as_it_waits() {
    let world = World::new().await;
    let mut stage = stage(&world).await;
    stage.owner.browser.post(&format!("{}/erase", stage.data), &[("sure", "on")]).await;
    for _ in 0..2 {
        let kept = stage.owner.browser.post(&format!("{}/keep", stage.data), &[]).await;
        assert_eq!(kept.status, StatusCode::SEE_OTHER);
    }
    walk(&world, &world.njeri, stage.placed.order, &DELIVERED).await;
    work(&world).await;
    assert_eq!(known(&world).await, 1);
    assert_eq!(world.count("select count(*) from audit_log where action = 'customer_erasure_taken_back'").await, 1);
}

#[tokio::test]
async fn only_who_may_and_only_with_a_fresh_password_comes_near_a_persons_data() {
    let world = World::new().await;
    let mut stage = stage(&world).await;
    let before = picture(&world).await;
    let forms = [format!("{}/copy", stage.data), format!("{}/erase", stage.data), format!("{}/keep", stage.data)];
    for role in [Role::Staff, Role::Viewer] {
        let mut other = member(&world, &world.njeri, role).await;
        assert_eq!(other.browser.get(&stage.data).await.status, StatusCode::FORBIDDEN);
        for form in &forms {
            assert_eq!(other.browser.post(form, &[("sure", "on")]).await.status, StatusCode::FORBIDDEN);
        }
    }
    let mut stranger = member(&world, &world.kilimani, Role::Owner).await;
    assert_eq!(stranger.browser.get(&stage.data).await.status, StatusCode::NOT_FOUND);
    for form in &forms {
        let sent: &[(&str, &str)] = if form.ends_with("erase") { &[("sure", "on")] } else { &[] };
        assert_eq!(stranger.browser.post(form, sent).await.status, StatusCode::NOT_FOUND);
    }
    world
        .sql(&format!(
            "update sessions set confirmed_at = now() - interval '1 day' where id = '{}'",
            stage.owner.session
        ))
        .await;
    let asks = stage.owner.browser.get(&stage.data).await;
    assert!(asks.header("location").starts_with("/dashboard/confirm?to="), "{}", asks.status);
    for form in &forms {
        let asks = stage.owner.browser.post(form, &[("sure", "on")]).await;
        assert!(asks.header("location").starts_with("/dashboard/confirm?to="), "{form}: {}", asks.status);
    }
    work(&world).await;
    assert_eq!(picture(&world).await, before);
}

#[tokio::test]
async fn people_who_cannot_be_erased_do_not_keep_others_waiting_for_ever() {
    let world = World::new().await;
    let Stage { customer, placed, .. } = stage(&world).await;
    walk(&world, &world.njeri, placed.order, &DELIVERED).await;
    // A hundred who asked before her, with numbers that nobody can read.
    let tenant = world.njeri.tenant;
    world
        .sql(&format!(
            "insert into customers (tenant_id, phone, first_name, erase_asked_at)
             select '{tenant}', 'x' || n, 'Broken', now() - interval '9 days' from generate_series(1, 100) n;
             update customers set erase_asked_at = now() where id = '{customer}'"
        ))
        .await;
    let program = duka::ctx::Ctx::new(world.app.platform.clone(), tenant, Actor::Program);
    let operator = operator(&world);
    assert_eq!(erase_due(&program, &operator).await.unwrap(), 0);
    assert_eq!(erase_due(&program, &operator).await.unwrap(), 1);
    assert_eq!(world.count("select count(*) from customers where phone like '+%'").await, 0);
    assert_eq!(world.count("select count(*) from customers where phone like 'x%'").await, 100);
}
