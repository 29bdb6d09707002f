//! What merchants do in the dashboard: prices, stock, orders, signing in; and what they may not.
#![allow(clippy::unwrap_used, reason = "a test that cannot go on stops here")]

use duka::{
    catalog::change_price::change_price,
    checkout::move_order::move_order,
    ctx::{Ctx, Platform},
    db::testing::{Shop, TestDb},
    error::{AppError, Refusal},
    inventory::{adjust_stock::adjust_stock, stock_form::AdjustReason},
    kernel::{
        access::{Actor, Role},
        clock::Clock,
        id::{OrderId, UserId},
        money::Money,
        token::Token,
    },
    orders::status::{OrderStatus, PaymentState},
    pages::dashboard::{order, orders, orders::OrderFilter, products, products::ProductFilter, today},
    payments::status::PaymentStatus,
    tenancy::{
        password, session,
        sign_in::{SignInOutcome, Visitor, sign_in},
    },
};
use sqlx::{AssertSqlSafe, PgConnection};
use std::sync::Arc;

const PASSWORD: &str = "karibu-duka-2026";

/// Two merchants on one installation, with a person of every role in the first.
struct World {
    everything: PgConnection,
    platform: Arc<Platform>,
    ours: Shop,
    theirs: Shop,
    owner: Ctx,
    viewer: Ctx,
    stranger: Ctx,
    // Last: the database is dropped when nothing uses it any more.
    _db: TestDb,
}

impl World {
    async fn new() -> Self {
        let _ = rustls::crypto::ring::default_provider().install_default();
        let db = TestDb::new().await;
        let platform = db.platform_with(Clock::system(), "http://127.0.0.1:9");
        let (ours, theirs) = (db.seed_shop(&platform, "ours").await, db.seed_shop(&platform, "theirs").await);
        let mut world = Self {
            everything: db.superuser().await,
            owner: ours.ctx.clone(),
            viewer: ours.ctx.clone(),
            stranger: theirs.ctx.clone(),
            platform,
            ours,
            theirs,
            _db: db,
        };
        let hash = password::hash(PASSWORD).await.unwrap();
        world.owner = world.add_user(&world.ours.clone(), "owner@ours.test", Role::Owner, &hash).await;
        world.viewer = world.add_user(&world.ours.clone(), "viewer@ours.test", Role::Viewer, &hash).await;
        world.stranger = world.add_user(&world.theirs.clone(), "owner@theirs.test", Role::Owner, &hash).await;
        world
    }

    async fn add_user(&mut self, shop: &Shop, email: &str, role: Role, hash: &str) -> Ctx {
        let user = UserId::mint();
        sqlx::query("insert into users (tenant_id, id, email, role, password_hash) values ($1, $2, $3, $4, $5)")
            .bind(shop.tenant.uuid())
            .bind(user.uuid())
            .bind(email)
            .bind(role.as_str())
            .bind(hash)
            .execute(&mut self.everything)
            .await
            .unwrap();
        Ctx::new(self.platform.clone(), shop.tenant, Actor::Member { user, role })
    }

    /// An order for two of our first variant, to be paid in cash, its goods held; then put into `status`.
    async fn add_order(&mut self, number: i64, status: OrderStatus, payment: PaymentState) -> OrderId {
        let order = OrderId::mint();
        let (tenant, store, variant) = (self.ours.tenant, self.ours.store, self.ours.variants[0]);
        self.run(&format!(
            "insert into orders (tenant_id, id, store_id, order_number, status, payment_status, payment_method, subtotal_cents, total_cents,
                                 customer_name, customer_phone, delivery_city_area, placed_at)
             values ('{tenant}', '{order}', '{store}', {number}, '{}', '{}', 'cod', 200000, 200000, 'Wanjiku Kamau', '+254711223344', 'Westlands', now() - interval '1 hour');
             insert into order_items (tenant_id, order_id, product_id, variant_id, name_snapshot, quantity, unit_price_cents, line_total_cents)
             values ('{tenant}', '{order}', '{}', '{variant}', 'Kikoi', 2, 100000, 200000);
             insert into order_status_history (tenant_id, order_id, to_status, changed_at) values ('{tenant}', '{order}', '{}', now() - interval '1 hour');
             insert into stock_holds (tenant_id, order_id, variant_id, quantity, expires_at) values ('{tenant}', '{order}', '{variant}', 2, now() + interval '1 hour');
             insert into payments (tenant_id, order_id, method, amount_cents, status) values ('{tenant}', '{order}', 'cod', 200000, 'initiated')",
            status.as_str(),
            payment.as_str(),
            self.ours.product,
            status.as_str(),
        ))
        .await;
        order
    }

    async fn run(&mut self, sql: &str) {
        sqlx::raw_sql(AssertSqlSafe(sql.to_owned())).execute(&mut self.everything).await.unwrap();
    }

    async fn number(&mut self, sql: &str) -> i64 {
        sqlx::query_scalar(AssertSqlSafe(format!("select ({sql})::bigint"))).fetch_one(&mut self.everything).await.unwrap()
    }

    async fn text(&mut self, sql: &str) -> String {
        sqlx::query_scalar(AssertSqlSafe(sql.to_owned())).fetch_one(&mut self.everything).await.unwrap()
    }

    /// Everything that a verb could have changed, as one line.
    async fn picture(&mut self) -> String {
        self.text(
            "select concat_ws(' ',
                 (select string_agg(concat_ws(':', id, price_cents, stock_quantity, version), ' ' order by id) from product_variants),
                 (select string_agg(concat_ws(':', id, version, base_price_cents), ' ' order by id) from products),
                 (select string_agg(concat_ws(':', id, status, payment_status, version), ' ' order by id) from orders),
                 (select string_agg(concat_ws(':', id, catalogue_version), ' ' order by id) from tenants),
                 (select count(*) from inventory_movements), (select count(*) from order_status_history),
                 (select count(*) from payments), (select count(*) from audit_log where action <> 'signed_in'))",
        )
        .await
    }

    async fn visit(&self, email: &str, password: &str, store: Option<&str>) -> SignInOutcome {
        let visitor = Visitor { address: "203.0.113.9", user_agent: "Opera Mini", is_exempt: false };
        sign_in(&self.platform, email, password, store, visitor).await.unwrap()
    }
}

#[tokio::test]
async fn a_price_edited_from_the_same_version_twice_is_changed_once() {
    let mut world = World::new().await;
    let variant = world.ours.variants[1];
    let first = change_price(&world.owner, variant, 1, Money::shillings(900)).await.unwrap();
    assert_eq!((first.price, first.version), (Money::shillings(900), 2));
    let before = world.picture().await;
    let second = change_price(&world.owner, variant, 1, Money::shillings(800)).await;
    assert_eq!(second, Err(AppError::ChangedMeanwhile));
    assert_eq!(world.picture().await, before);
    assert_eq!(world.number(&format!("select price_cents from product_variants where id = '{variant}'")).await, 90_000);
    assert_eq!(world.number(&format!("select catalogue_version from tenants where id = '{}'", world.ours.tenant)).await, 2);
    assert_eq!(world.number("select base_price_cents from products where version = 2").await, 90_000, "the cheapest variant is what lists sort by");
    assert_eq!(
        world.text("select action || ' ' || actor_kind || ' ' || (details->>'from_cents') || ' ' || (details->>'to_cents') from audit_log").await,
        "price_changed user 150000 90000"
    );
}

#[tokio::test]
async fn no_shop_sells_for_nothing_or_for_cents() {
    let mut world = World::new().await;
    let before = world.picture().await;
    for price in [Money::shillings(0), Money::shillings(-5), Money::kes(150)] {
        assert!(matches!(change_price(&world.owner, world.ours.variants[0], 1, price).await, Err(AppError::Invalid(_))), "{price}");
    }
    assert_eq!(world.picture().await, before);
}

#[tokio::test]
async fn a_viewer_sees_everything_and_changes_nothing() {
    let mut world = World::new().await;
    let order = world.add_order(1001, OrderStatus::Paid, PaymentState::Paid).await;
    let before = world.picture().await;
    let (viewer, variant) = (&world.viewer.clone(), world.ours.variants[0]);
    assert_eq!(change_price(viewer, variant, 1, Money::shillings(5)).await, Err(AppError::NotPermitted));
    assert_eq!(adjust_stock(viewer, variant, None, 5, AdjustReason::Restock, None).await, Err(AppError::NotPermitted));
    assert_eq!(move_order(viewer, order, 1, OrderStatus::Packing, None).await, Err(AppError::NotPermitted));
    assert_eq!(world.picture().await, before);
    assert!(order::load(viewer, order).await.unwrap().moves.is_empty());
    assert!(!products::load(viewer, ProductFilter::default()).await.unwrap().may_edit);
    assert_eq!(today::load(viewer).await.unwrap().to_pack_count, 1);
    // The same is possible for the owner.
    assert_eq!(order::load(&world.owner, order).await.unwrap().moves, [OrderStatus::Packing]);
    assert!(move_order(&world.owner, order, 1, OrderStatus::Packing, None).await.is_ok());
}

#[tokio::test]
async fn another_merchants_ids_lead_nowhere() {
    let mut world = World::new().await;
    let order = world.add_order(1001, OrderStatus::Paid, PaymentState::Paid).await;
    let before = world.picture().await;
    let (stranger, variant) = (&world.stranger.clone(), world.ours.variants[0]);
    assert_eq!(change_price(stranger, variant, 1, Money::shillings(5)).await, Err(AppError::NotFound));
    assert_eq!(adjust_stock(stranger, variant, None, 5, AdjustReason::Restock, None).await, Err(AppError::NotFound));
    assert_eq!(move_order(stranger, order, 1, OrderStatus::Packing, None).await, Err(AppError::NotFound));
    assert_eq!(order::load(stranger, order).await, Err(AppError::NotFound));
    assert_eq!(orders::load(stranger, OrderFilter::default()).await.unwrap().order_count, 0);
    assert_eq!(today::load(stranger).await.unwrap().to_pack_count, 0);
    let products = products::load(stranger, ProductFilter::default()).await.unwrap();
    assert_eq!(products.rows.iter().map(|row| row.id).collect::<Vec<_>>(), [world.theirs.product]);
    assert_eq!(world.picture().await, before);
}

#[tokio::test]
async fn stock_never_falls_below_what_is_promised() {
    let mut world = World::new().await;
    world.add_order(1001, OrderStatus::Pending, PaymentState::Unpaid).await;
    let variant = world.ours.variants[0];
    let before = world.picture().await;
    let too_much = adjust_stock(&world.owner, variant, None, -9, AdjustReason::Adjustment, None).await;
    assert_eq!(too_much, Err(AppError::Refused(Refusal::ShortStock { left: 8 })));
    assert_eq!(world.picture().await, before);
    let row = adjust_stock(&world.owner, variant, Some(1), -8, AdjustReason::Adjustment, Some("rain came in")).await.unwrap();
    assert_eq!((row.stock, row.held, row.version), (2, 2, 2));
    let negative = adjust_stock(&world.owner, variant, None, -1, AdjustReason::Restock, None).await;
    assert!(matches!(negative, Err(AppError::Invalid(_))));
    assert_eq!(adjust_stock(&world.owner, variant, Some(1), 5, AdjustReason::Restock, None).await, Err(AppError::ChangedMeanwhile));
    assert_eq!(
        world.text("select concat_ws(' ', change, reason, balance_after, note, created_by is not null) from inventory_movements where reason = 'adjustment'").await,
        "-8 adjustment 2 rain came in t"
    );
    assert_eq!(world.number(&format!("select sum(change) from inventory_movements where variant_id = '{variant}'")).await, 2);
}

#[tokio::test]
async fn many_hands_in_one_shelf_lose_nothing() {
    let mut world = World::new().await;
    let variant = world.ours.variants[0];
    let hands: Vec<_> = (0..20)
        .map(|at| {
            let ctx = world.owner.clone();
            let change = if at % 2 == 0 { 3 } else { -1 };
            tokio::spawn(async move { adjust_stock(&ctx, variant, None, change, AdjustReason::Adjustment, None).await })
        })
        .collect();
    for hand in hands {
        assert!(hand.await.unwrap().is_ok());
    }
    assert_eq!(world.number(&format!("select stock_quantity from product_variants where id = '{variant}'")).await, 30);
    assert_eq!(world.number(&format!("select sum(change) from inventory_movements where variant_id = '{variant}'")).await, 30);
}

#[tokio::test]
async fn staff_move_an_order_only_along_its_process() {
    let mut world = World::new().await;
    let mut grid = Vec::new();
    let mut number = 1000;
    for from in OrderStatus::ALL {
        let payment = match from {
            OrderStatus::Pending | OrderStatus::AwaitingPayment | OrderStatus::Cancelled => PaymentState::Unpaid,
            OrderStatus::Refunded => PaymentState::Refunded,
            _ => PaymentState::Paid,
        };
        let mut line = String::new();
        for to in OrderStatus::ALL {
            number += 1;
            let order = world.add_order(number, from, payment).await;
            // Twenty pieces are enough for every order of this test.
            world.run(&format!("update product_variants set stock_quantity = 200 where id = '{}'", world.ours.variants[0])).await;
            let moved = move_order(&world.owner, order, 1, to, None).await;
            let status = world.text(&format!("select status from orders where id = '{order}'")).await;
            match moved {
                Ok(()) => assert_eq!(status, to.as_str()),
                Err(error) => {
                    assert_eq!(error, AppError::Refused(Refusal::NoSuchMove { from: from.as_str().into(), to: to.as_str().into() }));
                    assert_eq!(status, from.as_str());
                }
            }
            line.push(if status == to.as_str() && from != to { '#' } else { '.' });
        }
        grid.push(line);
    }
    assert_eq!(
        grid,
        [
            "...#....", // pending: accept
            "........", // awaiting payment: money moves it
            "...#....", // paid
            "....#...", // packing
            "...#.#..", // dispatched
            "........", // delivered
            "........", // cancelled
            "........", // refunded
        ]
    );
}

#[tokio::test]
async fn a_cash_order_is_accepted_then_delivered_and_the_cash_is_written_down() {
    let mut world = World::new().await;
    let order = world.add_order(1001, OrderStatus::Pending, PaymentState::Unpaid).await;
    move_order(&world.owner, order, 1, OrderStatus::Packing, Some("ribbon")).await.unwrap();
    assert_eq!(world.number(&format!("select stock_quantity from product_variants where id = '{}'", world.ours.variants[0])).await, 8);
    assert_eq!(world.text("select concat_ws(' ', change, reason, balance_after) from inventory_movements where reference_id is not null").await, "-2 sale 8");
    assert_eq!(world.number("select count(*) from stock_holds where converted_at is null").await, 0);
    move_order(&world.owner, order, 2, OrderStatus::Dispatched, None).await.unwrap();
    assert_eq!(world.number("select count(*) from payments where status = 'succeeded'").await, 0);
    move_order(&world.owner, order, 3, OrderStatus::Delivered, None).await.unwrap();
    assert_eq!(
        world.text("select concat_ws(' ', method, status, paid_amount_cents, result_source, completed_at is not null) from payments").await,
        "cod succeeded 200000 cash t"
    );
    assert_eq!(world.text("select event_type from payment_audit").await, "succeeded");
    let detail = order::load(&world.owner, order).await.unwrap();
    assert_eq!((detail.status, detail.payment_status, detail.version), (OrderStatus::Delivered, PaymentState::Paid, 4));
    assert_eq!(detail.payments.iter().map(|payment| payment.status).collect::<Vec<_>>(), [PaymentStatus::Succeeded]);
    assert_eq!(detail.timeline.iter().map(|entry| entry.to).collect::<Vec<_>>(), [
        OrderStatus::Pending,
        OrderStatus::Packing,
        OrderStatus::Dispatched,
        OrderStatus::Delivered
    ]);
    assert_eq!(detail.timeline[1].note.as_deref(), Some("ribbon"));
    assert_eq!(detail.timeline[1].by.as_deref(), Some("owner@ours.test"));
    assert_eq!(today::load(&world.owner).await.unwrap().today.money, Money::shillings(2_000));
}

#[tokio::test]
async fn a_cash_order_whose_goods_are_gone_is_not_accepted() {
    let mut world = World::new().await;
    let order = world.add_order(1001, OrderStatus::Pending, PaymentState::Unpaid).await;
    world.run(&format!("update product_variants set stock_quantity = 1 where id = '{}'", world.ours.variants[0])).await;
    let before = world.picture().await;
    assert_eq!(move_order(&world.owner, order, 1, OrderStatus::Packing, None).await, Err(AppError::Refused(Refusal::ShortStock { left: 1 })));
    assert_eq!(world.picture().await, before);
}

#[tokio::test(flavor = "multi_thread")]
async fn two_people_who_accept_at_once_sell_the_goods_once() {
    let mut world = World::new().await;
    let order = world.add_order(1001, OrderStatus::Pending, PaymentState::Unpaid).await;
    let hands: Vec<_> = (0..10)
        .map(|_| {
            let ctx = world.owner.clone();
            tokio::spawn(async move { move_order(&ctx, order, 1, OrderStatus::Packing, None).await })
        })
        .collect();
    let mut ends = Vec::new();
    for hand in hands {
        ends.push(hand.await.unwrap());
    }
    assert_eq!(ends.iter().filter(|end| end.is_ok()).count(), 1);
    assert!(ends.iter().filter(|end| end.is_err()).all(|end| *end == Err(AppError::ChangedMeanwhile)), "{ends:?}");
    assert_eq!(world.number("select count(*) from inventory_movements where reason = 'sale'").await, 1);
    assert_eq!(world.number("select count(*) from order_status_history where to_status = 'packing'").await, 1);
}

#[tokio::test]
async fn today_counts_what_happened_today_in_the_shops_own_zone() {
    let mut world = World::new().await;
    let (tenant, store) = (world.ours.tenant, world.ours.store);
    world.add_order(1001, OrderStatus::Paid, PaymentState::Paid).await;
    world.add_order(1002, OrderStatus::Pending, PaymentState::Unpaid).await;
    // A zone where it is now shortly after noon, whatever the hour of the test: the last hours are today, yesterday is not.
    let hour = world.number("select extract(hour from now() at time zone 'UTC')").await;
    let zone = if hour >= 12 { format!("Etc/GMT+{}", hour - 12) } else { format!("Etc/GMT-{}", 12 - hour) };
    world
        .run(&format!(
            "update tenants set timezone = '{zone}' where id = '{tenant}';
             insert into orders (tenant_id, id, store_id, order_number, status, payment_status, payment_method, placed_at)
             values ('{tenant}', '01890a5d-ac96-774b-bcce-b302099a8057', '{store}', 1003, 'delivered', 'paid', 'mpesa', now() - interval '1 day');
             insert into payments (tenant_id, order_id, method, amount_cents, status, completed_at, attempt_no)
             values ('{tenant}', '01890a5d-ac96-774b-bcce-b302099a8057', 'mpesa_till', 70000, 'succeeded', now() - interval '1 day', 1),
                    ('{tenant}', '01890a5d-ac96-774b-bcce-b302099a8057', 'mpesa_till', 30000, 'succeeded', now() - interval '2 hours', 2),
                    ('{tenant}', '01890a5d-ac96-774b-bcce-b302099a8057', 'mpesa_till', 99000, 'failed', now() - interval '2 hours', 3);
             insert into events (tenant_id, event_type, session_id, device, occurred_at)
             values ('{tenant}', 'page_view', 'a', 'phone', now() - interval '1 hour'), ('{tenant}', 'product_view', 'a', 'phone', now() - interval '1 hour'),
                    ('{tenant}', 'page_view', 'b', 'desktop', now() - interval '1 hour'), ('{tenant}', 'page_view', 'c', 'bot', now() - interval '1 hour'),
                    ('{tenant}', 'add_to_cart', 'a', 'phone', now() - interval '1 hour'), ('{tenant}', 'page_view', 'd', 'phone', now() - interval '1 day');
             update product_variants set stock_quantity = 4, low_stock_threshold = 2 where id = '{}'",
            world.ours.variants[0],
        ))
        .await;
    let page = today::load(&world.owner).await.unwrap();
    let figures = |day: today::DayFigures| (day.visits, day.carts, day.orders, day.money);
    assert_eq!(figures(page.today), (2, 1, 2, Money::shillings(300)));
    assert_eq!(figures(page.yesterday), (1, 0, 1, Money::shillings(700)));
    assert_eq!(page.week.len(), 7);
    assert_eq!(page.week.iter().map(|day| day.money.minor()).sum::<i64>(), 100_000);
    assert_eq!(page.to_pack.iter().map(|order| (order.number, order.is_cash)).collect::<Vec<_>>(), [(1001, false), (1002, true)]);
    // Four in the house, of which two orders were promised two each.
    assert_eq!(page.low_stock.iter().map(|low| (low.variant_name.as_str(), low.left)).collect::<Vec<_>>(), [("Blue", 0)]);
    assert_eq!(page.store_url, "http://ours.localhost:3000");
}

#[tokio::test]
async fn an_order_is_found_by_whatever_the_merchant_knows_of_it() {
    let mut world = World::new().await;
    let order = world.add_order(1001, OrderStatus::Paid, PaymentState::Paid).await;
    world.add_order(1002, OrderStatus::Delivered, PaymentState::Paid).await;
    world
        .run(&format!(
            "update orders set customer_name = 'Otieno 100%', customer_phone = '+254799000111' where order_number = 1002;
             update payments set mpesa_receipt = 'SKJ71XQ2AB' where order_id = '{order}'"
        ))
        .await;
    let owner = world.owner.clone();
    let found = async |words: &str, status: &str| {
        let filter = OrderFilter { words: words.into(), status: status.into(), page: 0 };
        orders::load(&owner, filter).await.unwrap().rows.iter().map(|row| row.number).collect::<Vec<_>>()
    };
    for words in ["1001", "#1001", "wanjiku", "0711 223 344", "skj71xq2ab"] {
        assert_eq!(found(words, "").await, [1001], "{words}");
    }
    assert_eq!(found("100%", "").await, [1002], "a percent sign is a percent sign");
    assert_eq!(found("", "to_pack").await, [1001]);
    assert_eq!(found("", "delivered").await, [1002]);
    assert_eq!(found("nobody", "").await, Vec::<i64>::new());
    assert_eq!(found("", "no such status").await.len(), 2);
}

#[tokio::test]
async fn who_knows_the_password_is_let_in_and_out_again() {
    let mut world = World::new().await;
    let SignInOutcome::SignedIn { token, tenant } = world.visit(" Owner@Ours.test", PASSWORD, None).await else { panic!("not signed in") };
    assert_eq!(tenant, world.ours.tenant);
    assert_eq!(world.number("select count(*) from sessions where length(token_hash) = 32 and user_agent = 'Opera Mini'").await, 1);
    let (ctx, member) = session::find(&world.platform, &token).await.unwrap().unwrap();
    assert_eq!((ctx.tenant, member.role, member.email.as_str(), member.store_slug.as_str()), (world.ours.tenant, Role::Owner, "owner@ours.test", "ours"));
    session::end(&world.platform, &token).await.unwrap();
    assert!(session::find(&world.platform, &token).await.unwrap().is_none());
    assert!(session::find(&world.platform, &Token::random()).await.unwrap().is_none());
}

#[tokio::test]
async fn a_session_ends_by_silence_by_age_and_with_its_user() {
    let mut world = World::new().await;
    for ended in [
        "update sessions set last_seen_at = now() - interval '13 hours'",
        "update sessions set expires_at = now() - interval '1 second'",
        "update users set status = 'disabled' where email = 'owner@ours.test'",
    ] {
        let SignInOutcome::SignedIn { token, .. } = world.visit("owner@ours.test", PASSWORD, None).await else { panic!("not signed in") };
        assert!(session::find(&world.platform, &token).await.unwrap().is_some());
        world.run(ended).await;
        assert!(session::find(&world.platform, &token).await.unwrap().is_none(), "{ended}");
    }
    assert_eq!(world.visit("owner@ours.test", PASSWORD, None).await, SignInOutcome::Wrong);
}

#[tokio::test]
async fn guessing_gets_slower_whether_the_account_exists_or_not() {
    let world = World::new().await;
    for email in ["owner@ours.test", "nobody@ours.test"] {
        let exempt = Visitor { address: "127.0.0.1", user_agent: "", is_exempt: true };
        let guess = async |password: &str| sign_in(&world.platform, email, password, None, exempt).await.unwrap();
        for _ in 0..5 {
            assert_eq!(guess("wrong-password").await, SignInOutcome::Wrong);
        }
        let SignInOutcome::Throttled { retry_after_seconds } = guess(PASSWORD).await else { panic!("not throttled") };
        assert!((1..=60).contains(&retry_after_seconds), "{retry_after_seconds}");
    }
    assert!(matches!(world.visit("viewer@ours.test", PASSWORD, None).await, SignInOutcome::SignedIn { .. }), "others are let in");
}

#[tokio::test]
async fn one_address_cannot_try_every_account() {
    let world = World::new().await;
    for at in 0..5 {
        assert_eq!(world.visit(&format!("nobody{at}@ours.test"), "wrong-password", None).await, SignInOutcome::Wrong);
    }
    assert!(matches!(world.visit("owner@ours.test", PASSWORD, None).await, SignInOutcome::Throttled { .. }));
}

#[tokio::test]
async fn a_password_for_two_merchants_asks_which_one() {
    let mut world = World::new().await;
    let hash = password::hash(PASSWORD).await.unwrap();
    let (ours, theirs) = (world.ours.clone(), world.theirs.clone());
    world.add_user(&ours, "both@duka.test", Role::Staff, &hash).await;
    world.add_user(&theirs, "both@duka.test", Role::Staff, &hash).await;
    let SignInOutcome::ChooseStore(mut stores) = world.visit("both@duka.test", PASSWORD, None).await else { panic!("not asked") };
    stores.sort();
    assert_eq!(stores, [("ours".into(), "Shop ours".into()), ("theirs".into(), "Shop theirs".into())]);
    assert_eq!(world.number("select count(*) from sessions").await, 0);
    let SignInOutcome::SignedIn { tenant, .. } = world.visit("both@duka.test", PASSWORD, Some("theirs")).await else { panic!("not signed in") };
    assert_eq!(tenant, theirs.tenant);
    assert_eq!(world.visit("both@duka.test", PASSWORD, Some("elsewhere")).await, SignInOutcome::Wrong);
}

#[tokio::test]
async fn a_wait_is_over_when_it_is_over() {
    let mut world = World::new().await;
    for _ in 0..5 {
        world.visit("owner@ours.test", "wrong-password", None).await;
    }
    assert!(matches!(world.visit("owner@ours.test", PASSWORD, None).await, SignInOutcome::Throttled { .. }));
    world.run("update sign_in_throttle set blocked_until = now() - interval '1 second'").await;
    assert!(matches!(world.visit("owner@ours.test", PASSWORD, None).await, SignInOutcome::SignedIn { .. }));
}
