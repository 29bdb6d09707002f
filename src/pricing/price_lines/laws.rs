//! What holds for any cart and any rules: parts sum to the whole, nothing is below zero, whole shillings stay whole.

use super::{
    cases::{check_parts, line, rule},
    *,
};
use crate::pricing::rules::{
    amount_off::AmountOff, buy_get::BuyGet, free_delivery::FreeDelivery, percentage_off::PercentageOff,
};
use proptest::prelude::*;

fn kind() -> impl Strategy<Value = RuleKind> {
    prop_oneof![
        (1u32..=10_000).prop_map(|basis_points| RuleKind::PercentageOff(PercentageOff { basis_points })),
        (1i64..5_000, any::<bool>())
            .prop_map(|(shillings, is_each)| RuleKind::AmountOff(AmountOff { amount_cents: shillings * 100, is_each })),
        (1u32..5, 1u32..5, proptest::option::of(1u32..4)).prop_map(|(buy, get, most_times)| RuleKind::BuyGet(BuyGet {
            buy,
            get,
            most_times
        })),
        Just(RuleKind::FreeDelivery(FreeDelivery {})),
    ]
}

fn any_rule(n: u8) -> impl Strategy<Value = Rule> {
    (kind(), any::<bool>(), proptest::option::of(1i64..2_000), 0i64..3_000).prop_map(
        move |(kind, combines, most, minimum)| Rule {
            combines,
            most: most.map(Money::shillings),
            minimum: Money::shillings(minimum),
            ..rule(n, kind)
        },
    )
}

proptest! {
    #[test]
    fn parts_sum_to_the_whole_and_nothing_is_below_zero(
        goods in proptest::collection::vec((0u8..6, 0i64..20_000, 1u32..20), 0..8),
        rules in (any_rule(1), any_rule(2), any_rule(3), any_rule(4)),
        count in 0usize..=4,
        delivery in 0i64..1_000,
    ) {
        let lines: Vec<Line> = goods.into_iter().map(line).collect();
        let rules = [rules.0, rules.1, rules.2, rules.3];
        let delivery = Money::shillings(delivery);
        let now = rules[0].created_at + chrono::TimeDelta::days(1);
        let cart = Cart { currency: Currency::Kes, lines: &lines, delivery, rules: &rules[..count], codes: &[], had: &[], now };
        let priced = price_lines(&cart).expect("sums that fit");
        check_parts(&cart, &priced);
        let best = priced.tried.iter().map(|tried| tried.saved.minor()).max().unwrap_or(0);
        prop_assert_eq!(priced.saved().map(Money::minor), Ok(best));
        for discount in &priced.discounts {
            let rule = rules.iter().find(|rule| rule.id == discount.rule).expect("one of them");
            let sum = discount.goods.minor() + discount.delivery.minor();
            prop_assert!(rule.most.is_none_or(|most| sum <= most.minor()));
        }
    }

    #[test]
    fn prices_with_cents_keep_every_cent(
        cents in proptest::collection::vec((1i64..100_000, 1u32..20), 1..6),
        rule in any_rule(1),
    ) {
        let lines: Vec<Line> = cents
            .into_iter()
            .map(|(cents, quantity)| Line { unit_price: Money::kes(cents), ..line((1, 0, quantity)) })
            .collect();
        let now = rule.created_at + chrono::TimeDelta::days(1);
        let rules = [Rule { minimum: Money::shillings(0), ..rule }];
        let cart = Cart { currency: Currency::Kes, lines: &lines, delivery: Money::kes(0), rules: &rules, codes: &[], had: &[], now };
        check_parts(&cart, &price_lines(&cart).expect("sums that fit"));
    }
}
