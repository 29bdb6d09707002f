//! What holds for any order and any row of refunds: parts sum to the whole, nobody gets more than was paid.

use super::{
    cases::{after, item, order},
    *,
};
use proptest::prelude::*;

#[derive(Clone, Debug)]
struct Ask {
    is_all: bool,
    pieces: Vec<u32>,
    delivery: bool,
    goodwill: i64,
}

fn ask() -> impl Strategy<Value = Ask> {
    (
        prop::bool::weighted(0.1),
        prop::collection::vec(0u32..4, 1..5),
        any::<bool>(),
        prop_oneof![3 => Just(0i64), 1 => 0i64..2_000],
    )
        .prop_map(|(is_all, pieces, delivery, goodwill)| Ask { is_all, pieces, delivery, goodwill })
}

fn wanted(ask: &Ask, sold: &Sold) -> Wanted {
    let lines = ask.pieces.iter().zip(1u8..).take(sold.lines.len()).map(|(pieces, n)| (item(n), *pieces)).collect();
    Wanted { is_all: ask.is_all, lines, delivery: ask.delivery, goodwill: Money::shillings(ask.goodwill) }
}

/// Lines of whole shillings or of cents, whose sum is whole when `unit` is a shilling.
fn any_order(unit: i64) -> impl Strategy<Value = Sold> {
    (prop::collection::vec((1u32..9, 0i64..900_000, 0i64..=100), 1..5), 0i64..600, any::<bool>()).prop_map(
        move |(lines, delivery, has_vat)| {
            let mut lines: Vec<(u32, i64, i64)> = lines
                .into_iter()
                .map(|(quantity, price, percent)| {
                    let gross = price * i64::from(quantity);
                    (quantity, gross, gross - gross * percent / 100)
                })
                .collect();
            let over = lines.iter().map(|(_, _, net)| net).sum::<i64>() % unit;
            if let Some(line) = lines.iter_mut().find(|(_, _, net)| *net >= over) {
                line.2 -= over;
            }
            let over = lines.iter().map(|(_, _, net)| net).sum::<i64>() % unit;
            order(&lines, delivery * 100 - over + if over > 0 { unit } else { 0 }, has_vat)
        },
    )
}

/// Asks for all of it, one after the other, and at last for the rest.
fn hold(mut sold: Sold, asked: &[Ask], unit: i64) -> Result<(), TestCaseError> {
    let whole = sold.clone();
    let rest = Ask { is_all: true, pieces: Vec::new(), delivery: false, goodwill: 0 };
    for one in asked.iter().chain(std::iter::once(&rest)) {
        let Ok(shares) = share(&sold, &wanted(one, &sold), unit) else { continue };
        let sum: i64 = shares.lines.iter().map(|line| line.amount.minor()).sum::<i64>()
            + shares.delivery.minor()
            + shares.goodwill.minor()
            + shares.rounding.minor();
        prop_assert_eq!(sum, shares.total.minor(), "the parts are the whole");
        prop_assert!(shares.total.minor() > 0 && shares.total.minor() <= sold.there.minor());
        prop_assert_eq!(shares.total.minor() % unit, 0, "it can be sent");
        for part in [shares.delivery, shares.goodwill, shares.rounding, shares.discount, shares.tax] {
            prop_assert!(part.minor() >= 0);
        }
        let line_taxes: i64 = shares.lines.iter().map(|line| line.tax.minor()).sum();
        prop_assert!(line_taxes <= shares.tax.minor());
        sold = after(sold, &shares);
        for line in &sold.lines {
            prop_assert!(line.amount_back.minor() <= line.net.minor(), "never more than the line paid");
            prop_assert!(line.pieces_back <= line.quantity);
            prop_assert!(line.tax_back.minor() <= line.tax.minor());
        }
        prop_assert!(sold.delivery_back.minor() <= sold.delivery.minor());
        prop_assert!(sold.tax_back.minor() <= sold.tax.minor());
    }
    prop_assert_eq!(sold.there.minor(), 0, "the last one takes the rest");
    prop_assert_eq!(sold.amount_back, whole.total);
    prop_assert_eq!(sold.tax_back, whole.tax, "and all of the VAT is back with it");
    Ok(())
}

proptest! {
    #[test]
    fn whole_shillings_go_back_until_nothing_is_left(sold in any_order(100), asked in prop::collection::vec(ask(), 0..8)) {
        hold(sold, &asked, 100)?;
    }

    #[test]
    fn cents_go_back_until_nothing_is_left(sold in any_order(1), asked in prop::collection::vec(ask(), 0..8)) {
        hold(sold, &asked, 1)?;
    }

    #[test]
    fn what_is_asked_in_two_parts_is_what_it_is_at_once(quantity in 2u32..50, net in 1i64..5_000, first in 1u32..49) {
        let sold = order(&[(quantity, net * 100, net * 100), (1, 10_000, 10_000)], 0, true);
        let first = first.min(quantity - 1);
        let pieces = |count| Wanted { is_all: false, lines: vec![(item(1), count)], delivery: false, goodwill: Money::kes(0) };
        let at_once = share(&sold, &pieces(quantity), 100).map(|shares| (shares.total.minor(), shares.tax.minor()));
        let amount = |got: &Result<Shares, NoRefund>| got.as_ref().map_or((0, 0), |shares| (shares.total.minor(), shares.tax.minor()));
        let one = share(&sold, &pieces(first), 100);
        let then = match &one { Ok(shares) => after(sold.clone(), shares), Err(_) => sold.clone() };
        // A piece that is worth less than a shilling comes back with the next one.
        let missing = if one.is_ok() { quantity - first } else { quantity };
        let two = share(&then, &pieces(missing), 100);
        let (one, two) = (amount(&one), amount(&two));
        prop_assert_eq!(Ok((one.0 + two.0, one.1 + two.1)), at_once);
    }
}
