//! Slips and the picking list: what stands on them, in which order, and for whose eyes.

use super::{
    shop::{ask, asked, item, paid_order, pieces},
    site::site,
};
use duka::{
    checkout::refunds::by_hand::give_up,
    error::AppError,
    pages::dashboard::packing::{Pick, load_picking, load_slips},
};
use http::StatusCode;

#[tokio::test(flavor = "multi_thread")]
async fn a_slip_says_who_gets_what_and_what_is_collected() {
    let site = site().await;
    let paid = paid_order(&site.story).await.order;
    let cash = site.cash_order(&[(0, 1)], 1_150).await.order;
    let slips = load_slips(&site.viewer, &[cash, paid]).await.unwrap();
    let told: Vec<_> = slips
        .iter()
        .map(|slip| {
            (slip.number.number(), slip.phone.as_str(), slip.lines.len(), slip.to_collect.map(|sum| sum.to_string()))
        })
        .collect();
    let (first, second) = (site.number_of(paid).await, site.number_of(cash).await);
    assert_eq!(
        told,
        [(first, "0711 223 344", 2, None), (second, "0711 223 344", 1, Some("KSh 1,150".into()))],
        "the oldest first, whatever the address says"
    );
    site.story.write("update stores set primary_contact_phone = '+254711505001'").await;
    let slips = load_slips(&site.viewer, &[cash]).await.unwrap();
    assert_eq!(slips[0].shop_phone.as_deref(), Some("0711 505 001"));
    assert_eq!(load_slips(&site.stranger, &[cash, paid]).await, Err(AppError::NotFound));
    let mut viewer = site.signed_in("viewer@ours.test").await;
    let page = viewer.get(&format!("/dashboard/orders/slips?order={cash}:1&order={paid}")).await;
    assert_eq!(page.status, StatusCode::OK);
    for told in ["Amina Wanjiru", "Mpaka Road, blue gate", "Collect KSh 1,150", "Paid. Nothing to collect."] {
        assert!(page.text.contains(told), "{told}:\n{}", page.text);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn the_picking_list_sums_the_same_good_over_orders_and_leaves_out_what_is_closed() {
    let site = site().await;
    let first = site.cash_order(&[(0, 2), (1, 1)], 3_650).await.order;
    let second = site.cash_order(&[(0, 3)], 3_150).await.order;
    let closed = site.cash_order(&[(1, 5)], 7_650).await.order;
    site.story.write(&format!("update orders set status = 'cancelled' where id = '{closed}'")).await;
    // Renamed between two orders it is still the same good; the newest name counts.
    let good = site.story.shop.variants[0];
    site.story
        .write(&format!(
            "update order_items set name_snapshot = 'aa old name' where order_id = '{first}' and variant_id = '{good}'"
        ))
        .await;
    let list = load_picking(&site.viewer, &[second, first, closed]).await.unwrap();
    let (one, two) = (site.number_of(first).await, site.number_of(second).await);
    assert_eq!(list.numbers, [one, two]);
    let pieces = |pick: &Pick| pick.orders.iter().map(|(order, many)| (order.number(), *many)).collect::<Vec<_>>();
    let mut picks: Vec<_> = list.picks.iter().map(|pick| (pick.quantity, pieces(pick))).collect();
    assert!(list.picks.is_sorted_by_key(|pick| (pick.name.to_lowercase(), pick.variant.to_lowercase())));
    assert!(list.picks.iter().all(|pick| pick.name != "aa old name"));
    picks.sort();
    assert_eq!(picks, [(1, vec![(one, 1)]), (5, vec![(one, 2), (two, 3)])]);
    assert_eq!(load_picking(&site.stranger, &[first, second]).await, Err(AppError::NotFound));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_piece_whose_money_goes_back_is_not_packed() {
    let site = site().await;
    let placed = paid_order(&site.story).await;
    let (first, second) = (item(&site.story, &placed, 0).await, item(&site.story, &placed, 1).await);
    let printed = async || {
        let slips = load_slips(&site.viewer, &[placed.order]).await.unwrap();
        let list = load_picking(&site.viewer, &[placed.order]).await.unwrap();
        let mut slip: Vec<u32> = slips[0].lines.iter().map(|line| line.quantity).collect();
        let mut picks: Vec<u32> = list.picks.iter().map(|pick| pick.quantity).collect();
        slip.sort_unstable();
        picks.sort_unstable();
        (slip, picks)
    };
    assert_eq!(printed().await, (vec![1, 2], vec![1, 2]));
    let refund = ask(&site.owner, placed.order, &asked(pieces(&[(first, 1), (second, 1)])), 2_500).await.unwrap();
    assert_eq!(printed().await, (vec![1], vec![1]), "one of the first good is left");
    give_up(&site.owner, refund).await.unwrap();
    assert_eq!(printed().await, (vec![1, 2], vec![1, 2]), "its money stays, so it is sent");
}

#[tokio::test(flavor = "multi_thread")]
async fn an_address_that_names_no_orders_is_a_sentence() {
    let site = site().await;
    let mut staff = site.signed_in("staff@ours.test").await;
    let many = (0..51).map(|at| format!("&order=01890a5d-ac96-774b-bcce-{at:012}")).collect::<Vec<_>>().concat();
    for (query, told) in [
        ("", "Tick orders in the list first"),
        ("?order=1001", "could not be read"),
        (&format!("?{many}"), "at most 50"),
    ] {
        for page in ["slips", "picking"] {
            let answer = staff.get(&format!("/dashboard/orders/{page}{query}")).await;
            assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY, "{page}{query}");
            assert!(answer.text.contains(told), "{told}:\n{}", answer.text);
        }
    }
    let gone = staff.get("/dashboard/orders/slips?order=01890a5d-ac96-774b-bcce-b302099a8057").await;
    assert_eq!(gone.status, StatusCode::NOT_FOUND);
}
