//! A discount as a merchant types it: one form for all kinds, of which each shows its own fields.

use super::{
    AmountOff, BuyGet, FreeDelivery, PercentageOff,
    rule::{KindName, RuleKind},
    scope::Scope,
};
use crate::{
    catalog::price_form::parse_price,
    kernel::{
        currency::Currency,
        field_errors::{FieldErrors, FieldProblem, required_line},
        id::CategoryId,
        moment_field::{parse_moment, write_moment},
        money::Money,
        typed::Typed,
        whole_number::parse_positive,
    },
};
use chrono::NaiveDateTime;

/// The fields of every kind's form.
pub const FIELDS: [&str; 18] = [
    "name",
    "percent",
    "amount",
    "each",
    "buy",
    "get",
    "times",
    "scope",
    "categories",
    "products",
    "alone",
    "needs_code",
    "minimum",
    "most",
    "cap",
    "once",
    "starts",
    "ends",
];
pub const LONGEST_NAME: usize = 80;
/// Counting who has it must stay quick.
const LARGEST_CAP: u32 = 100_000;

/// What a rule is for, as it was typed: products by their addresses.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum TypedScope {
    Storewide,
    Categories(Vec<CategoryId>),
    Products(Vec<String>),
}

/// A discount that makes sense. Moments are by the shop's own clock.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RuleForm {
    pub name: String,
    pub kind: RuleKind,
    pub scope: TypedScope,
    /// Not to be taken together with others.
    pub is_alone: bool,
    pub needs_code: bool,
    pub minimum: Money,
    pub most: Option<Money>,
    pub total_cap: Option<u32>,
    pub is_once: bool,
    pub starts: Option<NaiveDateTime>,
    pub ends: Option<NaiveDateTime>,
}

impl RuleForm {
    /// Reads the form of a kind; every mistake is named at once.
    pub fn read(kind: KindName, typed: &Typed, currency: Currency) -> Result<Self, FieldErrors> {
        let mut errors = FieldErrors::none();
        let name = errors.expect("name", required_line(typed.get("name"), LONGEST_NAME));
        let kind = read_kind(kind, typed, currency, &mut errors);
        let scope = read_scope(typed, &mut errors);
        let minimum = errors.expect("minimum", amount(typed.get("minimum"), currency));
        let most = errors.expect("most", amount(typed.get("most"), currency));
        let cap = errors.expect("cap", parse_positive(typed.get("cap"), LARGEST_CAP));
        let starts = errors.expect("starts", parse_moment(typed.get("starts")));
        let ends = errors.expect("ends", parse_moment(typed.get("ends")));
        if let (Some(Some(starts)), Some(Some(ends))) = (starts, ends)
            && ends <= starts
        {
            errors.add("ends", FieldProblem::EndsTooEarly);
        }
        match (name, kind, scope, minimum, most, cap, starts, ends) {
            (
                Some(name),
                Some(kind),
                Some(scope),
                Some(minimum),
                Some(most),
                Some(total_cap),
                Some(starts),
                Some(ends),
            ) if errors.is_empty() => Ok(Self {
                name,
                kind,
                scope,
                is_alone: typed.is_on("alone"),
                needs_code: typed.is_on("needs_code"),
                minimum: minimum.unwrap_or(Money::zero(currency)),
                most,
                total_cap,
                is_once: typed.is_on("once"),
                starts,
                ends,
            }),
            _ => Err(errors),
        }
    }

    /// As the form shows it.
    pub fn write(&self) -> Typed {
        let on = |is_on: bool| if is_on { "on" } else { "" };
        let number = |number: Option<u32>| number.map(|number| number.to_string()).unwrap_or_default();
        let whole = |money: Option<Money>| money.map(|money| money.whole().to_string()).unwrap_or_default();
        let mut typed = Typed::default()
            .with("name", &*self.name)
            .with("alone", on(self.is_alone))
            .with("needs_code", on(self.needs_code))
            .with("minimum", whole(Some(self.minimum).filter(|minimum| !minimum.is_zero())))
            .with("most", whole(self.most))
            .with("cap", number(self.total_cap))
            .with("once", on(self.is_once))
            .with("starts", write_moment(self.starts))
            .with("ends", write_moment(self.ends));
        match self.kind {
            RuleKind::PercentageOff(told) => typed.set("percent", percent(told.basis_points)),
            RuleKind::AmountOff(told) => {
                typed.set("amount", whole(Some(Money::new(told.amount_cents, self.minimum.currency()))));
                typed.set("each", on(told.is_each));
            }
            RuleKind::BuyGet(told) => {
                typed.set("buy", told.buy.to_string());
                typed.set("get", told.get.to_string());
                typed.set("times", number(told.most_times));
            }
            RuleKind::FreeDelivery(_) => {}
        }
        match &self.scope {
            TypedScope::Storewide => typed.set("scope", "storewide"),
            TypedScope::Categories(categories) => {
                typed.set("scope", "category");
                let ids: Vec<String> = categories.iter().map(CategoryId::to_string).collect();
                typed.set("categories", ids.join(" "));
            }
            TypedScope::Products(products) => {
                typed.set("scope", "product");
                typed.set("products", products.join("\n"));
            }
        }
        typed
    }
}

fn read_scope(typed: &Typed, errors: &mut FieldErrors) -> Option<TypedScope> {
    match typed.get("scope") {
        "" | "storewide" => Some(TypedScope::Storewide),
        "category" => {
            let ids = typed.get("categories").split_whitespace().map(CategoryId::parse).collect();
            errors.expect("categories", some_of(ids)).map(TypedScope::Categories)
        }
        "product" => {
            let parts = typed.get("products").split(|c: char| c.is_whitespace() || c == ',');
            // A whole address is as good as its end.
            let slugs = parts.filter_map(|typed| typed.trim_end_matches('/').rsplit('/').next());
            let slugs: Vec<String> = slugs.filter(|slug| !slug.is_empty()).map(str::to_lowercase).collect();
            errors.expect("products", some_of(Some(slugs))).map(TypedScope::Products)
        }
        _ => {
            errors.add("scope", FieldProblem::UnknownChoice);
            None
        }
    }
}

/// At least one, and not more than anybody reads through; none of them twice.
fn some_of<T: PartialEq>(found: Option<Vec<T>>) -> Result<Vec<T>, FieldProblem> {
    let found = found.ok_or(FieldProblem::UnknownChoice)?;
    let mut once: Vec<T> = Vec::with_capacity(found.len());
    for one in found {
        if !once.contains(&one) {
            once.push(one);
        }
    }
    match once.len() {
        0 => Err(FieldProblem::Missing),
        many if many > Scope::MOST => Err(FieldProblem::TooHigh),
        _ => Ok(once),
    }
}

fn read_kind(kind: KindName, typed: &Typed, currency: Currency, errors: &mut FieldErrors) -> Option<RuleKind> {
    match kind {
        KindName::PercentageOff => errors
            .expect("percent", basis_points(typed.get("percent")))
            .and_then(PercentageOff::parse)
            .map(RuleKind::PercentageOff),
        KindName::AmountOff => errors
            .expect("amount", parse_price(typed.get("amount"), currency))
            .and_then(|amount| AmountOff::parse(amount.minor(), typed.is_on("each")))
            .map(RuleKind::AmountOff),
        KindName::BuyGet => {
            let needed =
                |typed| parse_positive(typed, BuyGet::MOST).and_then(|number| number.ok_or(FieldProblem::Missing));
            let buy = errors.expect("buy", needed(typed.get("buy")));
            let get = errors.expect("get", needed(typed.get("get")));
            let times = errors.expect("times", parse_positive(typed.get("times"), BuyGet::MOST));
            BuyGet::parse(buy?, get?, times?).map(RuleKind::BuyGet)
        }
        KindName::FreeDelivery => Some(RuleKind::FreeDelivery(FreeDelivery {})),
    }
}

/// `10`, `12.5` or `7,25 %` of a hundred, as hundredths of a percent.
fn basis_points(typed: &str) -> Result<u32, FieldProblem> {
    let bare = typed.replace('%', "").replace(',', ".");
    let bare = bare.trim();
    if bare.is_empty() {
        return Err(FieldProblem::Missing);
    }
    let (whole, part) = bare.split_once('.').unwrap_or((bare, ""));
    let digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
    if whole.is_empty() || whole.len() > 4 || part.len() > 2 || !digits(whole) || !digits(part) {
        return Err(FieldProblem::NotAPercentage);
    }
    let hundredths = format!("{part:0<2}").parse::<u32>().map_err(|_| FieldProblem::NotAPercentage)?;
    match whole.parse::<u32>().map(|whole| whole * 100 + hundredths) {
        Ok(0) => Err(FieldProblem::TooLow),
        Ok(points) if points <= PercentageOff::MOST => Ok(points),
        _ => Err(FieldProblem::TooHigh),
    }
}

fn percent(basis_points: u32) -> String {
    let text = format!("{}.{:02}", basis_points / 100, basis_points % 100);
    text.trim_end_matches('0').trim_end_matches('.').to_owned()
}

fn amount(typed: &str, currency: Currency) -> Result<Option<Money>, FieldProblem> {
    match typed.trim() {
        "" | "0" => Ok(None),
        typed => parse_price(typed, currency).map(Some),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn form(pairs: &[(&str, &str)]) -> Typed {
        pairs.iter().fold(Typed::default().with("name", "Sale"), |typed, (name, value)| typed.with(name, *value))
    }
    fn read(kind: KindName, pairs: &[(&str, &str)]) -> Result<RuleForm, FieldErrors> {
        RuleForm::read(kind, &form(pairs), Currency::Kes)
    }

    #[test]
    fn every_kind_is_written_as_it_was_read() {
        let whole: &[(&str, &str)] = &[
            ("scope", "product"),
            ("products", "kikoi, http://shop.example/p/Kiondo/\nkikoi"),
            ("alone", "on"),
            ("minimum", "1,500"),
            ("most", "KSh 300"),
            ("cap", "100"),
            ("once", "on"),
            ("starts", "2026-11-28T08:00"),
            ("ends", "2026-11-30T20:00:00"),
        ];
        for (kind, own) in [
            (KindName::PercentageOff, &[("percent", "12.5")][..]),
            (KindName::AmountOff, &[("amount", "200"), ("each", "on")]),
            (KindName::BuyGet, &[("buy", "2"), ("get", "1"), ("times", "3")]),
            (KindName::FreeDelivery, &[]),
        ] {
            let read = read(kind, &[own, whole].concat()).unwrap();
            assert_eq!(read.scope, TypedScope::Products(vec!["kikoi".into(), "kiondo".into()]));
            assert_eq!((read.minimum, read.most), (Money::shillings(1_500), Some(Money::shillings(300))));
            assert_eq!(RuleForm::read(kind, &read.write(), Currency::Kes), Ok(read));
        }
    }

    #[test]
    fn every_mistake_is_named_at_once() {
        let errors = read(
            KindName::BuyGet,
            &[
                ("name", "  "),
                ("buy", "0"),
                ("get", "two"),
                ("times", "1000"),
                ("scope", "category"),
                ("minimum", "-5"),
                ("cap", "100001"),
                ("starts", "yesterday"),
            ],
        )
        .unwrap_err();
        let wanted = [
            ("buy", FieldProblem::TooLow),
            ("cap", FieldProblem::TooHigh),
            ("categories", FieldProblem::Missing),
            ("get", FieldProblem::NotWhole),
            ("minimum", FieldProblem::NotAPrice),
            ("name", FieldProblem::Missing),
            ("starts", FieldProblem::NotAMoment),
            ("times", FieldProblem::TooHigh),
        ];
        assert_eq!(errors.iter().collect::<Vec<_>>(), wanted);
        let ends = read(KindName::FreeDelivery, &[("starts", "2026-11-28T08:00"), ("ends", "2026-11-28T08:00")]);
        assert_eq!(ends, Err(FieldErrors::one("ends", FieldProblem::EndsTooEarly)));
    }

    #[test]
    fn a_percentage_is_read_to_the_hundredth() {
        let points = |typed| basis_points(typed);
        assert_eq!(points("10"), Ok(1_000));
        assert_eq!(points("7,25 %"), Ok(725));
        assert_eq!(points("100"), Ok(10_000));
        assert_eq!(points("0.01"), Ok(1));
        assert_eq!(points("0"), Err(FieldProblem::TooLow));
        assert_eq!(points("100.01"), Err(FieldProblem::TooHigh));
        for typed in ["abc", "-5", "1e2", ".5", "5.555", "99999"] {
            assert_eq!(points(typed), Err(FieldProblem::NotAPercentage), "{typed}");
        }
    }
}
