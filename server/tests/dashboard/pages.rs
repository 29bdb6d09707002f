//! What the pages show: to whom, of which day, for which words.

use super::world::World;
use duka::{
    catalog::change_price::change_price,
    checkout::move_order::move_order,
    error::AppError,
    inventory::{adjust_stock::adjust_stock, stock_form::AdjustReason},
    kernel::money::Money,
    orders::status::{OrderStatus, PaymentState},
    pages::dashboard::{order, orders, orders::OrderFilter, products, products::ProductFilter, today},
};

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
    assert_eq!(
        page.to_pack.iter().map(|order| (order.number.number(), order.is_cash)).collect::<Vec<_>>(),
        [(1001, false), (1002, true)]
    );
    // Four in the house, of which two orders were promised two each.
    assert_eq!(
        page.low_stock.iter().map(|low| (low.variant_name.as_str(), low.left)).collect::<Vec<_>>(),
        [("Blue", 0)]
    );
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
        let filter = OrderFilter::read(|name| match name {
            "words" => words,
            "status" => status,
            _ => "",
        });
        orders::load(&owner, filter).await.unwrap().rows.iter().map(|row| row.number.number()).collect::<Vec<_>>()
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
async fn a_product_of_hundreds_shows_its_first_variants_and_says_how_many_there_are() {
    let mut world = World::new().await;
    let variant = world.ours.variants[0];
    world
        .run(&format!(
            "insert into product_variants (tenant_id, product_id, name, price_cents, position)
             select v.tenant_id, v.product_id, 'Thread ' || n, 8000, 10 + n
             from product_variants v, generate_series(1, 100) n where v.id = '{variant}'"
        ))
        .await;
    let own = world
        .number(&format!(
            "select count(*) from product_variants where product_id = (select product_id from product_variants where id = '{variant}')"
        ))
        .await;
    let page = products::load(&world.owner, ProductFilter::default()).await.unwrap();
    let row = page.rows.iter().find(|row| row.variants.iter().any(|shown| shown.id == variant)).unwrap();
    assert_eq!((row.variants.len(), i64::from(row.variant_count)), (24, own));
    for other in page.rows.iter().filter(|other| other.id != row.id) {
        assert_eq!(other.variants.len(), usize::try_from(other.variant_count).unwrap());
    }
}
