//! What holds for any cart and any rules: parts sum to the whole, nothing is below zero, whole shillings stay whole.

use super::{
    cases::{category, check_parts, line, product, rule, rule_id, typed},
    *,
};
use crate::pricing::{
    rules::{amount_off::AmountOff, buy_get::BuyGet, free_delivery::FreeDelivery, percentage_off::PercentageOff},
    scope::Scope,
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

/// A rule for some of the goods or all, with conditions of every kind.
fn limited_rule(n: u8) -> impl Strategy<Value = Rule> {
    let conditions = (any::<bool>(), any::<bool>(), proptest::option::of(0u32..3), proptest::bool::weighted(0.8));
    (any_rule(n), 0u8..4, conditions).prop_map(|(rule, scope, (needs_code, is_once, total_cap, is_active))| Rule {
        scope: match scope {
            0 => Scope::Products(vec![product(1), product(2)]),
            1 => Scope::Categories(vec![category(2)]),
            2 => Scope::Categories(vec![category(100)]),
            _ => Scope::Storewide,
        },
        needs_code,
        is_once,
        total_cap,
        taken: 1,
        is_active,
        ..rule
    })
}

/// Whether a rule is about what is on this line.
fn is_meant(rule: &Rule, line: &Line) -> bool {
    match &rule.scope {
        Scope::Storewide => true,
        Scope::Products(products) => products.contains(&line.product),
        Scope::Categories(categories) => categories.iter().any(|one| line.categories.contains(one)),
    }
}

proptest! {
    #[test]
    fn only_rules_that_count_take_something_off_and_only_where_they_say(
        goods in proptest::collection::vec((0u8..6, 0i64..20_000, 1u32..20), 1..8),
        rules in (limited_rule(1), limited_rule(2), limited_rule(3)),
        is_typed in any::<[bool; 3]>(),
        is_used_up in any::<[bool; 3]>(),
        was_had in any::<[bool; 3]>(),
        delivery in 0i64..1_000,
    ) {
        let lines: Vec<Line> = goods.into_iter().map(line).collect();
        let rules = [rules.0, rules.1, rules.2];
        let numbered = || (1u8..).zip(0usize..3);
        let codes: Vec<TypedCode> =
            numbered().filter(|(_, at)| is_typed[*at]).map(|(n, at)| typed(n, n, is_used_up[at])).collect();
        let had: Vec<PriceRuleId> = numbered().filter(|(_, at)| was_had[*at]).map(|(n, _)| rule_id(n)).collect();
        let now = rules[0].created_at + chrono::TimeDelta::days(1);
        let delivery = Money::shillings(delivery);
        let cart = Cart { currency: Currency::Kes, lines: &lines, delivery, rules: &rules, codes: &codes, had: &had, now };
        let priced = price_lines(&cart).expect("sums that fit");
        check_parts(&cart, &priced);
        for discount in &priced.discounts {
            let at = rules.iter().position(|rule| rule.id == discount.rule).expect("one of them");
            let rule = &rules[at];
            prop_assert!(rule.is_active);
            prop_assert!(rule.total_cap.is_none_or(|cap| cap > rule.taken));
            prop_assert!(!rule.is_once || !was_had[at]);
            prop_assert!(!rule.needs_code || is_typed[at] && !is_used_up[at]);
            prop_assert!(priced.discounts.len() == 1 || rule.combines);
        }
        for (line, paid) in lines.iter().zip(&priced.lines) {
            for (id, _) in &paid.shares {
                let rule = rules.iter().find(|rule| rule.id == *id).expect("one of them");
                prop_assert!(is_meant(rule, line));
            }
        }
    }

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
