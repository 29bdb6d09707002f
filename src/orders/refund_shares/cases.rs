//! Orders and what is asked back of them, and what that comes to: amounts to the cent.

use super::*;

const SHILLING: i64 = 100;

pub(super) fn item(n: u8) -> OrderItemId {
    OrderItemId::parse(&format!("00000000-0000-7000-8000-{n:012}")).expect("sums that fit")
}

/// Quantity, what the line cost before discounts and what was paid for it, in cents; VAT of 16 % inside.
pub(super) fn order(lines: &[(u32, i64, i64)], delivery: i64, has_vat: bool) -> Sold {
    let kes = Money::kes;
    let total: i64 = lines.iter().map(|(_, _, net)| net).sum::<i64>() + delivery;
    let tax = if has_vat {
        kes(total).tax_inside(crate::kernel::money::BasisPoints(1_600)).expect("sums that fit")
    } else {
        kes(0)
    };
    let mut weights: Vec<u64> = lines.iter().map(|(_, _, net)| net.unsigned_abs()).collect();
    weights.push(delivery.unsigned_abs());
    let taxes = tax.prorate(&weights);
    let lines = lines
        .iter()
        .zip(taxes)
        .zip(1..)
        .map(|(((quantity, gross, net), tax), n)| SoldLine {
            item: item(n),
            quantity: *quantity,
            gross: kes(*gross),
            net: kes(*net),
            tax,
            pieces_back: 0,
            amount_back: kes(0),
            tax_back: kes(0),
        })
        .collect();
    Sold {
        lines,
        delivery: kes(delivery),
        total: kes(total),
        tax,
        delivery_back: kes(0),
        amount_back: kes(0),
        tax_back: kes(0),
        there: kes(total),
    }
}

/// The order once this refund has been asked for.
pub(super) fn after(mut sold: Sold, shares: &Shares) -> Sold {
    let more = |before: Money, by: Money| before.plus(by).expect("sums that fit");
    for share in &shares.lines {
        let line = sold.lines.iter_mut().find(|line| line.item == share.item).expect("sums that fit");
        line.pieces_back += share.pieces;
        line.amount_back = more(line.amount_back, share.amount);
        line.tax_back = more(line.tax_back, share.tax);
    }
    sold.delivery_back = more(sold.delivery_back, shares.delivery);
    sold.amount_back = more(sold.amount_back, shares.total);
    sold.tax_back = more(sold.tax_back, shares.tax);
    sold.there = sold.there.minus(shares.total).expect("sums that fit");
    sold
}

pub(super) fn pieces(lines: &[(u8, u32)]) -> Wanted {
    let lines = lines.iter().map(|(n, pieces)| (item(*n), *pieces)).collect();
    Wanted { is_all: false, lines, delivery: false, goodwill: Money::kes(0) }
}

/// Lines, delivery, goodwill, rounding, discount, VAT, total: in cents.
type Parts = (Vec<i64>, i64, i64, i64, i64, i64, i64);

fn parts(shares: &Shares) -> Parts {
    (
        shares.lines.iter().map(|line| line.amount.minor()).collect(),
        shares.delivery.minor(),
        shares.goodwill.minor(),
        shares.rounding.minor(),
        shares.discount.minor(),
        shares.tax.minor(),
        shares.total.minor(),
    )
}

/// Asks one after the other and gives the parts of each.
fn story(mut sold: Sold, asked: &[Wanted]) -> Vec<Result<Parts, NoRefund>> {
    asked
        .iter()
        .map(|wanted| {
            let shares = share(&sold, wanted, SHILLING)?;
            sold = after(sold.clone(), &shares);
            Ok(parts(&shares))
        })
        .collect()
}

fn all() -> Wanted {
    Wanted::all(Currency::Kes)
}
fn goodwill(shillings: i64) -> Wanted {
    Wanted::goodwill(Money::shillings(shillings))
}
fn with_delivery(wanted: Wanted) -> Wanted {
    Wanted { delivery: true, ..wanted }
}

#[test]
fn everything_at_once_is_everything_that_was_paid() {
    let sold = order(&[(2, 200_000, 200_000), (1, 150_000, 135_000)], 15_000, true);
    let got = story(sold, &[all(), all()]);
    assert_eq!(got[0], Ok((vec![200_000, 135_000], 15_000, 0, 0, 15_000, 48_276, 350_000)));
    assert_eq!(got[1], Err(NoRefund::NothingThere));
}

#[test]
fn a_line_gives_back_its_own_share_of_discount_and_vat() {
    // 2 for 2,000 less 10 %; 1 for 1,500; delivery 150. VAT in 3,450: 475.86.
    let sold = order(&[(2, 200_000, 180_000), (1, 150_000, 150_000)], 15_000, true);
    assert_eq!(sold.tax.minor(), 47_586);
    let got = story(sold, &[pieces(&[(1, 1)]), pieces(&[(2, 1)]), pieces(&[(1, 1)]), with_delivery(pieces(&[]))]);
    assert_eq!(got[0], Ok((vec![90_000], 0, 0, 0, 10_000, 12_414, 90_000)));
    assert_eq!(got[1], Ok((vec![150_000], 0, 0, 0, 0, 20_690, 150_000)));
    assert_eq!(got[2], Ok((vec![90_000], 0, 0, 0, 10_000, 12_413, 90_000)));
    assert_eq!(got[3], Ok((vec![], 15_000, 0, 0, 0, 2_069, 15_000)));
    let tax: i64 = got.iter().flatten().map(|parts| parts.5).sum();
    assert_eq!(tax, 47_586, "all of the VAT is back, and not a cent more");
}

#[test]
fn three_for_a_thousand_come_back_one_by_one_and_the_last_takes_the_rest() {
    let sold = order(&[(3, 100_000, 100_000)], 0, false);
    let amounts: Vec<i64> =
        story(sold, &vec![pieces(&[(1, 1)]); 3]).into_iter().map(|got| got.expect("sums that fit").6).collect();
    assert_eq!(amounts, [33_300, 33_300, 33_400]);
}

#[test]
fn cents_on_lines_stay_until_the_last_refund_takes_them() {
    let sold = order(&[(1, 1_050, 1_050), (1, 950, 950)], 0, false);
    let got = story(sold, &[pieces(&[(1, 1)]), pieces(&[(2, 1)])]);
    assert_eq!(got[0], Ok((vec![1_000], 0, 0, 0, 0, 0, 1_000)));
    assert_eq!(got[1].as_ref().map(|parts| (parts.0.clone(), parts.3, parts.6)), Ok((vec![900], 100, 1_000)));
}

#[test]
fn goodwill_has_its_part_of_the_vat_and_is_missing_from_what_comes_after() {
    let sold = order(&[(1, 100_000, 100_000), (1, 300_000, 300_000)], 15_000, true);
    let got = story(sold, &[goodwill(500), pieces(&[(1, 1)]), all()]);
    assert_eq!(got[0], Ok((vec![], 0, 50_000, 0, 0, 6_897, 50_000)));
    assert_eq!(got[1].as_ref().map(|parts| parts.6), Ok(100_000), "the line as long as the money is there");
    assert_eq!(got[2].as_ref().map(|parts| parts.6), Ok(265_000));
    let tax: i64 = got.iter().flatten().map(|parts| parts.5).sum();
    assert_eq!(tax, 57_241);
}

#[test]
fn after_goodwill_the_goods_give_back_only_what_is_there() {
    let sold = order(&[(1, 30_000, 30_000), (2, 60_000, 60_000)], 10_000, false);
    let got = story(sold, &[goodwill(700), with_delivery(pieces(&[(1, 1), (2, 2)]))]);
    assert_eq!(got[1], Ok((vec![9_000, 18_000], 3_000, 0, 0, 0, 0, 30_000)));
}

#[test]
fn goods_delivery_and_goodwill_go_back_together() {
    let sold = order(&[(2, 100_000, 100_000)], 20_000, false);
    let wanted = Wanted { goodwill: Money::shillings(100), ..with_delivery(pieces(&[(1, 1)])) };
    assert_eq!(story(sold, &[wanted])[0], Ok((vec![50_000], 20_000, 10_000, 0, 0, 0, 80_000)));
}

#[test]
fn of_an_order_that_was_paid_in_part_only_what_came_can_go_back() {
    let mut sold = order(&[(1, 100_000, 100_000)], 0, true);
    sold.there = Money::shillings(600);
    let got = story(sold.clone(), &[all()]);
    assert_eq!(got[0].as_ref().map(|parts| (parts.0.clone(), parts.6)), Ok((vec![60_000], 60_000)));
    assert_eq!(story(sold, &[goodwill(601)])[0], Err(NoRefund::TooMuch { left: Money::shillings(600) }));
}

#[test]
fn what_cannot_be_is_named() {
    let sold = order(&[(2, 100_000, 100_000), (1, 50_000, 0)], 0, false);
    let stranger = item(9);
    for (wanted, why) in [
        (pieces(&[]), NoRefund::NothingAsked),
        (pieces(&[(1, 0)]), NoRefund::NothingAsked),
        (pieces(&[(1, 3)]), NoRefund::TooManyPieces { item: item(1), left: 2 }),
        (pieces(&[(1, 1), (1, 2)]), NoRefund::TooManyPieces { item: item(1), left: 2 }),
        (pieces(&[(1, u32::MAX), (1, u32::MAX)]), NoRefund::TooManyPieces { item: item(1), left: 2 }),
        (pieces(&[(9, 1)]), NoRefund::NoSuchLine { item: stranger }),
        (with_delivery(pieces(&[(1, 1)])), NoRefund::NoDelivery),
        (goodwill(1_001), NoRefund::TooMuch { left: Money::shillings(1_000) }),
        (Wanted::goodwill(Money::kes(50)), NoRefund::NotWhole),
        (Wanted::goodwill(Money::kes(-100)), NoRefund::NotWhole),
        // A present costs nothing, so nothing comes back for it alone.
        (pieces(&[(2, 1)]), NoRefund::NothingThere),
    ] {
        assert_eq!(share(&sold, &wanted, SHILLING), Err(why), "{wanted:?}");
    }
    let twice = [with_delivery(pieces(&[])), with_delivery(pieces(&[]))];
    assert_eq!(story(order(&[(1, 100_000, 100_000)], 5_000, false), &twice)[1], Err(NoRefund::NoDelivery));
}

#[test]
fn a_free_piece_that_comes_with_a_paid_one_is_counted_back() {
    let sold = order(&[(1, 100_000, 100_000), (1, 50_000, 0)], 0, false);
    let shares = share(&sold, &pieces(&[(1, 1), (2, 1)]), SHILLING).expect("sums that fit");
    let lines: Vec<(u32, i64)> = shares.lines.iter().map(|line| (line.pieces, line.amount.minor())).collect();
    assert_eq!((lines, shares.total), (vec![(1, 100_000), (1, 0)], Money::shillings(1_000)));
}
