//! The rules of cash and the merchant's own way of paying, as typed.

use crate::{
    delivery::cash_rules::Deposit,
    kernel::{
        currency::Currency,
        field_errors::{FieldErrors, FieldProblem, optional_line, optional_text},
        id::ZoneId,
        typed::Typed,
        whole_number::{parse_positive, parse_whole},
    },
};

/// The fields of the form.
pub const FIELDS: &[&str] = &[
    "takes_cash",
    "cash_most",
    "cash_where",
    "cash_zones",
    "least_delivered",
    "most_refused",
    "deposit",
    "deposit_from",
    "deposit_new_only",
    "manual_name",
    "manual_instructions",
];

pub const LONGEST_NAME: usize = 40;
pub const LONGEST_INSTRUCTIONS: usize = 600;
/// In whole units; more is a slip of the finger.
const HIGHEST: i64 = 1_000_000;
/// Nobody asks for more deliveries, or forgives more, than that.
const MOST_ORDERS: u32 = 100;
/// As many as a shop may deliver to.
const MOST_ZONES: usize = 300;

/// What was typed, understood.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RulesForm {
    pub takes_cash: bool,
    pub most_cents: Option<i64>,
    /// None: wherever the shop delivers.
    pub only_in: Option<Vec<ZoneId>>,
    pub least_delivered: u32,
    pub most_refused: Option<u32>,
    /// What is asked for by prompt before a cash order is accepted.
    pub deposit: Option<Deposit>,
    /// What shoppers read, and what they are told to do.
    pub manual: Option<(String, String)>,
}

impl RulesForm {
    /// Reads the form; every mistake is named at once.
    pub fn read(typed: &Typed) -> Result<Self, FieldErrors> {
        let mut errors = FieldErrors::none();
        let most_cents = errors.expect("cash_most", most(typed.get("cash_most")));
        let only_in = errors.expect("cash_zones", zones(typed.get("cash_where"), typed.get("cash_zones")));
        let least = errors.expect("least_delivered", parse_whole(typed.get("least_delivered"), MOST_ORDERS));
        let most_refused = errors.expect("most_refused", parse_whole(typed.get("most_refused"), MOST_ORDERS));
        let deposit = errors.expect("deposit", most(typed.get("deposit")));
        let from_cents = errors.expect("deposit_from", most(typed.get("deposit_from")));
        let name = errors.expect("manual_name", optional_line(typed.get("manual_name"), LONGEST_NAME));
        let told =
            errors.expect("manual_instructions", optional_text(typed.get("manual_instructions"), LONGEST_INSTRUCTIONS));
        let manual = match (name, told) {
            (Some(None), Some(None)) => Some(None),
            (Some(Some(name)), Some(Some(told))) => Some(Some((name, told))),
            (Some(Some(_)), Some(None)) => {
                errors.add("manual_instructions", FieldProblem::Missing);
                None
            }
            (Some(None), Some(Some(_))) => {
                errors.add("manual_name", FieldProblem::Missing);
                None
            }
            _ => None,
        };
        match (most_cents, only_in, least, most_refused, deposit, from_cents, manual) {
            (
                Some(most_cents),
                Some(only_in),
                Some(least),
                Some(most_refused),
                Some(deposit),
                Some(from_cents),
                Some(manual),
            ) if errors.is_empty() => Ok(Self {
                takes_cash: typed.is_on("takes_cash"),
                most_cents,
                only_in,
                least_delivered: least.unwrap_or(0),
                most_refused,
                // Without a sum nothing is asked for, whatever the other two say.
                deposit: deposit.map(|cents| Deposit {
                    cents,
                    from_cents,
                    is_for_new: typed.is_on("deposit_new_only"),
                }),
                manual,
            }),
            _ => Err(errors),
        }
    }

    /// As the form shows it.
    pub fn write(&self) -> Typed {
        let number = |number: Option<u32>| number.map(|number| number.to_string()).unwrap_or_default();
        let whole = |cents: Option<i64>| cents.map(|cents| (cents / Currency::Kes.minor_per_whole()).to_string());
        let most = whole(self.most_cents);
        let deposit = self.deposit.as_ref();
        let zones = self.only_in.iter().flatten().map(ZoneId::to_string).collect::<Vec<_>>().join(" ");
        let (name, told) = self.manual.clone().unwrap_or_default();
        Typed::default()
            .with("takes_cash", if self.takes_cash { "on" } else { "" })
            .with("cash_most", most.unwrap_or_default())
            .with("cash_where", if self.only_in.is_some() { "chosen" } else { "everywhere" })
            .with("cash_zones", zones)
            .with("least_delivered", number((self.least_delivered > 0).then_some(self.least_delivered)))
            .with("most_refused", number(self.most_refused))
            .with("deposit", whole(deposit.map(|deposit| deposit.cents)).unwrap_or_default())
            .with("deposit_from", whole(deposit.and_then(|deposit| deposit.from_cents)).unwrap_or_default())
            .with("deposit_new_only", if deposit.is_some_and(|deposit| deposit.is_for_new) { "on" } else { "" })
            .with("manual_name", name)
            .with("manual_instructions", told)
    }
}

fn most(typed: &str) -> Result<Option<i64>, FieldProblem> {
    let shillings = parse_positive(&typed.replace("KSh", ""), HIGHEST)?;
    Ok(shillings.map(|whole| whole * Currency::Kes.minor_per_whole()))
}

/// Areas that are ticked count only where chosen ones are asked for, so that a choice is not lost by looking.
fn zones(whence: &str, typed: &str) -> Result<Option<Vec<ZoneId>>, FieldProblem> {
    match whence {
        "" | "everywhere" => Ok(None),
        "chosen" => {
            let zones: Option<Vec<ZoneId>> = typed.split_whitespace().map(ZoneId::parse).collect();
            let mut zones = zones.ok_or(FieldProblem::UnknownArea)?;
            if zones.len() > MOST_ZONES {
                return Err(FieldProblem::TooMany);
            }
            zones.sort_unstable();
            zones.dedup();
            if zones.is_empty() { Err(FieldProblem::Missing) } else { Ok(Some(zones)) }
        }
        _ => Err(FieldProblem::UnknownChoice),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const ZONE: &str = "00000000-0000-7000-8000-000000000001";

    fn filled() -> Typed {
        Typed::default()
            .with("takes_cash", "on")
            .with("cash_most", "KSh 5,000")
            .with("cash_where", "chosen")
            .with("cash_zones", format!("{ZONE} {ZONE}"))
            .with("least_delivered", "2")
            .with("most_refused", "0")
            .with("deposit", "200")
            .with("deposit_from", "KSh 2,000")
            .with("deposit_new_only", "on")
            .with("manual_name", "Airtel Money")
            .with("manual_instructions", "Send to 0733 000 000\nwith your order number.")
    }

    #[test]
    fn what_was_typed_is_understood_and_written_back() {
        let read = RulesForm::read(&filled()).unwrap();
        assert_eq!(read.only_in.as_ref().map(Vec::len), Some(1));
        assert_eq!((read.most_cents, read.least_delivered, read.most_refused), (Some(500_000), 2, Some(0)));
        assert_eq!(read.deposit, Some(Deposit { cents: 20_000, from_cents: Some(200_000), is_for_new: true }));
        assert_eq!(RulesForm::read(&read.write()), Ok(read));
        let bare = RulesForm::read(&Typed::default()).unwrap();
        assert!(!bare.takes_cash && bare.only_in.is_none() && bare.deposit.is_none() && bare.manual.is_none());
        assert_eq!(RulesForm::read(&bare.write()), Ok(bare));
    }

    #[test]
    fn ticked_areas_do_not_count_while_cash_is_taken_everywhere() {
        let read = RulesForm::read(&filled().with("cash_where", "everywhere")).unwrap();
        assert_eq!(read.only_in, None);
    }

    #[test]
    fn each_field_says_what_is_wrong_with_it() {
        let long = "a".repeat(LONGEST_INSTRUCTIONS + 1);
        for (field, typed, problem) in [
            ("cash_most", "-5", FieldProblem::NotWhole),
            ("cash_most", "0", FieldProblem::TooLow),
            ("cash_most", "99999999", FieldProblem::TooHigh),
            ("cash_zones", "", FieldProblem::Missing),
            ("cash_zones", "Westlands", FieldProblem::UnknownArea),
            ("least_delivered", "two", FieldProblem::NotWhole),
            ("most_refused", "101", FieldProblem::TooHigh),
            ("deposit", "a little", FieldProblem::NotWhole),
            ("deposit", "0", FieldProblem::TooLow),
            ("deposit_from", "1.5", FieldProblem::NotWhole),
            ("manual_name", "", FieldProblem::Missing),
            ("manual_name", "a\nb", FieldProblem::Unreadable),
            ("manual_instructions", "", FieldProblem::Missing),
            ("manual_instructions", long.as_str(), FieldProblem::TooLong),
        ] {
            let errors = RulesForm::read(&filled().with(field, typed)).unwrap_err();
            assert_eq!(errors, FieldErrors::one(field, problem), "{field} {typed}");
        }
        let errors = RulesForm::read(&filled().with("cash_where", "moon")).unwrap_err();
        assert_eq!(errors, FieldErrors::one("cash_zones", FieldProblem::UnknownChoice));
    }
}
