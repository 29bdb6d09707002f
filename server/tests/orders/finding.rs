//! The list by its address: what each filter leaves, pages, and the mark by which a page knows that something changed.

use super::site::{Behind, site};
use duka::{
    kernel::id::OrderId,
    pages::dashboard::orders::{self, OrderFilter, newest_change},
};
use http::StatusCode;

/// Three orders: one by phone from Westlands with a tag, one delivered, one of last year.
async fn three(site: &Behind) -> [OrderId; 3] {
    let mut made = Vec::new();
    for _ in 0..3 {
        made.push(site.cash_order(&[(0, 1)], 1_150).await.order);
    }
    site.story
        .write(&format!(
            "update orders set channel = 'phone', tags = '{{gift}}', customer_name = 'Otieno 100%', customer_phone = '+254799000111' where id = '{}'",
            made[0]
        ))
        .await;
    site.story
        .write(&format!(
            "update orders set status = 'delivered', payment_status = 'paid', delivery_city_area = 'Karen' where id = '{}'",
            made[1]
        ))
        .await;
    site.story.write(&format!("update orders set placed_at = '2025-03-01 22:30:00+00' where id = '{}'", made[2])).await;
    [made[0], made[1], made[2]]
}

async fn found(site: &Behind, asked: &[(&str, &str)]) -> Vec<OrderId> {
    let filter =
        OrderFilter::read(|name| asked.iter().find(|(field, _)| *field == name).map_or("", |(_, value)| value));
    orders::load(&site.viewer, filter).await.unwrap().rows.iter().map(|row| row.id).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn each_filter_leaves_what_it_says_and_they_hold_together() {
    let site = site().await;
    let [by_phone, delivered, old] = three(&site).await;
    for (asked, expected) in [
        (vec![("tag", "GIFT")], vec![by_phone]),
        (vec![("tag", "none such")], vec![]),
        (vec![("channel", "phone")], vec![by_phone]),
        (vec![("channel", "web")], vec![delivered, old]),
        (vec![("paid", "paid")], vec![delivered]),
        (vec![("paid", "unpaid"), ("channel", "web")], vec![old]),
        (vec![("area", "karen")], vec![delivered]),
        // By the shop's clock it was the second already.
        (vec![("to", "2025-03-01")], vec![]),
        (vec![("from", "2025-03-02"), ("to", "2025-03-02")], vec![old]),
        (vec![("status", "to_pack"), ("from", "2025-03-03")], vec![by_phone]),
        (vec![("words", "100%")], vec![by_phone]),
        (vec![("status", "no such"), ("paid", "maybe"), ("page", "999")], vec![delivered, by_phone, old]),
    ] {
        assert_eq!(found(&site, &asked).await, expected, "{asked:?}");
    }
    for spelling in ["0799 000 111", "+254799000111", "254799000111", "799000111"] {
        assert_eq!(found(&site, &[("words", spelling)]).await, [by_phone], "{spelling}");
    }
    assert_eq!(orders::load(&site.stranger, OrderFilter::default()).await.unwrap().order_count, 0);
}

#[tokio::test(flavor = "multi_thread")]
async fn the_page_keeps_what_was_asked_and_pages_lead_on() {
    let site = site().await;
    site.cash_order(&[(0, 1)], 1_150).await;
    site.story
        .write(
            "insert into orders (tenant_id, store_id, order_number, status, customer_name, total_cents, placed_at)
             select tenant_id, store_id, 5000 + n, 'delivered', 'Many <b>', 1000, now() - make_interval(days => n)
             from orders cross join generate_series(1, 60) n",
        )
        .await;
    let mut viewer = site.signed_in("viewer@ours.test").await;
    let page = viewer.get("/dashboard/orders?words=many&status=delivered&page=2").await;
    assert_eq!(page.status, StatusCode::OK);
    for told in ["60 orders", "Page 2 of 3", "value=\"many\"", "Many &lt;b"] {
        assert!(page.text.contains(told), "{told}:\n{}", page.text);
    }
    assert!(
        page.text.contains("href=\"/dashboard/orders?words=many&amp;status=delivered&amp;page=3\""),
        "{}",
        page.text
    );
    assert!(!page.text.contains("\"/dashboard/orders/new\""), "a viewer enters nothing");
    let beyond = viewer.get("/dashboard/orders?words=many&page=9").await;
    assert!(beyond.text.contains("60 orders") && beyond.text.contains("Order 5001<"), "{}", beyond.text);
    let nothing = viewer.get("/dashboard/orders?words=nobody%00&area=%00&tag=%00").await;
    assert!(nothing.text.contains("No order fits."), "{}", nothing.text);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_page_knows_that_something_changed_by_another_mark() {
    let site = site().await;
    assert_eq!(newest_change(&site.viewer).await.unwrap(), "");
    let order = site.cash_order(&[(0, 1)], 1_150).await.order;
    let first = newest_change(&site.viewer).await.unwrap();
    assert!(!first.is_empty());
    site.story
        .write(&format!("update orders set updated_at = updated_at + interval '1 second' where id = '{order}'"))
        .await;
    let mut viewer = site.signed_in("viewer@ours.test").await;
    let news = viewer.get("/dashboard/orders/news").await.text;
    // The counter of orders, and the moment of the newest change.
    let parts = |mark: &str| mark.split('-').map(|part| part.parse::<i64>().unwrap()).collect::<Vec<_>>();
    assert_eq!(parts(&news), [parts(&first)[0], parts(&first)[1] + 1_000_000]);
    let page = viewer.get("/dashboard/orders").await.text;
    assert!(page.contains(&format!("data-mark=\"{news}\"")), "{page}");
    assert_eq!(newest_change(&site.stranger).await.unwrap(), "");
}
