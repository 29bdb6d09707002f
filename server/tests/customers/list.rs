//! The list: one row for each person, found by name and by phone in any spelling, sorted, a page at a time.

use super::{customer_of, merchant::member, order_of, orders::walk, world::World};
use duka::{
    kernel::access::Role,
    orders::status::OrderStatus,
    pages::dashboard::customers::list::{CustomerFilter, Sort, load},
};
use http::StatusCode;

#[tokio::test]
async fn one_number_in_three_spellings_is_one_customer_with_three_orders() {
    let world = World::new().await;
    for phone in ["0711 223 344", "+254711223344", "254711223344"] {
        order_of(&world, &world.njeri, "Amina Wanjiru", phone).await;
    }
    assert_eq!(world.count("select count(*) from customers").await, 1);
    let mut owner = member(&world, &world.njeri, Role::Owner).await;
    let page = owner.browser.get("/dashboard/customers").await;
    assert_eq!(page.status, StatusCode::OK);
    let html = page.text();
    assert!(html.contains("1 customer") && html.contains("3 orders") && html.contains("0711 223 344"), "{html}");
    assert!(html.contains("aria-current=\"page\""), "the section is marked");
}

#[tokio::test]
async fn somebody_is_found_by_name_and_by_any_spelling_or_part_of_their_number_and_by_nobody_elses_shop() {
    let world = World::new().await;
    order_of(&world, &world.njeri, "Amina Wanjiru", "0711 223 344").await;
    order_of(&world, &world.njeri, "Otieno Okoth", "0722 000 111").await;
    order_of(&world, &world.kilimani, "Amina of the neighbours", "0711 223 344").await;
    let mut viewer = member(&world, &world.njeri, Role::Viewer).await;
    for words in
        ["amina", "WANJIRU", "ina wan", "0711", "%2B254 711", "254711223344", "00254711", "3344", "0711-223-344"]
    {
        let html = viewer.browser.get(&format!("/dashboard/customers?words={}", words.replace(' ', "+"))).await.text();
        assert!(html.contains("Amina Wanjiru") && !html.contains("Otieno"), "{words}");
        assert!(!html.contains("neighbours"), "{words}: another shop's customer");
    }
    for words in ["0733", "nobody", "nobody%00", "%25", "_"] {
        let html = viewer.browser.get(&format!("/dashboard/customers?words={words}")).await.text();
        assert!(html.contains("Nobody fits this."), "{words}: {html}");
    }
}

#[tokio::test]
async fn the_list_is_sorted_by_what_was_asked_for_and_turned_page_by_page() {
    let world = World::new().await;
    let tenant = world.njeri.tenant;
    world
        .sql(&format!(
            "insert into customers (tenant_id, phone, first_name, lifetime_value_cents, last_order_at, created_at)
             select '{tenant}', '+2547000000' || lpad(n::text, 2, '0'), 'Person ' || lpad(n::text, 2, '0'), n * 100,
                    now() - make_interval(days => n), now() - make_interval(days => 100 - n)
             from generate_series(1, 30) n"
        ))
        .await;
    let ctx = super::orders::staff(&world, &world.njeri, Role::Viewer).await;
    for (sort, first, last) in [
        (Sort::Last, "Person 01", "Person 25"),
        (Sort::Spent, "Person 30", "Person 06"),
        (Sort::Name, "Person 01", "Person 25"),
        (Sort::Newest, "Person 30", "Person 06"),
    ] {
        let found = load(&ctx, CustomerFilter { sort, ..CustomerFilter::default() }).await.unwrap();
        assert_eq!((found.customer_count, found.page_count, found.rows.len()), (30, 2, 25));
        assert_eq!(found.rows.first().map(|row| row.name.as_str()), Some(first), "{sort:?}");
        assert_eq!(found.rows.last().map(|row| row.name.as_str()), Some(last), "{sort:?}");
    }
    let second = load(&ctx, CustomerFilter { page: 2, ..CustomerFilter::default() }).await.unwrap();
    assert_eq!(second.rows.len(), 5);
    let beyond = load(&ctx, CustomerFilter { page: u32::MAX, ..CustomerFilter::default() }).await.unwrap();
    assert_eq!(beyond.rows, []);
}

#[tokio::test]
async fn what_they_spent_is_there_once_it_is_paid() {
    let world = World::new().await;
    let placed = order_of(&world, &world.njeri, "Amina Wanjiru", "0711 223 344").await;
    let ctx = super::orders::staff(&world, &world.njeri, Role::Viewer).await;
    let before = load(&ctx, CustomerFilter::default()).await.unwrap();
    assert_eq!((before.rows[0].spent.minor(), before.rows[0].last_on.is_some()), (0, false));
    let way = [OrderStatus::Packing, OrderStatus::Dispatched, OrderStatus::Delivered];
    walk(&world, &world.njeri, placed.order, &way).await;
    let after = load(&ctx, CustomerFilter::default()).await.unwrap();
    assert_eq!((after.rows[0].spent.minor(), after.rows[0].last_on.is_some()), (115_000, true));
    assert_eq!(after.rows[0].id, customer_of(&world, &world.njeri, "+254711223344").await);
}
