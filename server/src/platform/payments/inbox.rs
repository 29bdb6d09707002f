//! The inbox over HTTP: shown, and each decision a plain form that says what was seen.

use crate::{
    doors::{Inside, Named, Posted},
    platform::sheet::{only, shown_again, to_the_end},
    request::{private_page, see_other},
};
use app::{
    dashboard::address::PAYMENTS,
    still::payments::{
        INBOX,
        inbox::{Said, inbox},
        money::{Tried, Way, money},
    },
    text::inbox::words,
};
use axum::{
    extract::{Query, RawQuery, rejection::QueryRejection},
    response::Response,
};
use duka::{
    checkout::{
        inbox::{Assignment, Credit, Handled, Return, assign, credit, give_back},
        settle_payment::Settled,
    },
    error::AppError,
    kernel::{
        field_errors::{FieldErrors, FieldProblem, optional_line},
        id::{OrderId, PaymentId, RefundId},
        money::Money,
        phone::Phone,
        typed::Typed,
    },
    pages::dashboard::payments::inbox::{load, load_one},
};
use http::StatusCode;
use serde::Deserialize;

#[derive(Debug, Default, Deserialize)]
pub(super) struct Wanted {
    #[serde(default)]
    page: String,
    #[serde(default)]
    words: String,
}

pub(super) async fn list(
    inside: Inside,
    query: Result<Query<Wanted>, QueryRejection>,
    RawQuery(raw): RawQuery,
) -> Response {
    let wanted = query.map(|query| query.0).unwrap_or_default();
    let raw = raw.unwrap_or_default();
    let said = Said::ALL.into_iter().find(|said| raw.split('&').any(|part| part == said.as_str()));
    match load(&inside.ctx, wanted.page.parse().unwrap_or(1)).await {
        Ok(found) => {
            let still = inside.still(PAYMENTS, words(inside.locale()).title);
            private_page(StatusCode::OK, inbox(&still, &found, said))
        }
        Err(error) => inside.refuse(error),
    }
}

pub(super) async fn one(
    inside: Inside,
    Named(id): Named<PaymentId>,
    query: Result<Query<Wanted>, QueryRejection>,
) -> Response {
    let wanted = query.map(|query| query.0).unwrap_or_default();
    draw(&inside, StatusCode::OK, id, &wanted.words, &Tried::default()).await
}

async fn draw(inside: &Inside, status: StatusCode, id: PaymentId, searched: &str, tried: &Tried) -> Response {
    match load_one(&inside.ctx, id, searched).await {
        Ok(found) => {
            let still = inside.still(PAYMENTS, words(inside.locale()).title);
            private_page(status, money(&still, &found, tried))
        }
        // The last of it has been moved by somebody else: the list says how things stand.
        Err(AppError::NotFound) if tried.sheet.problem == Some(AppError::ChangedMeanwhile) => see_other(INBOX),
        Err(error) => inside.refuse(error),
    }
}

/// How much of it, as typed, and how much was seen.
fn read_money(payment: PaymentId, typed: &Typed, errors: &mut FieldErrors) -> Option<Handled> {
    let amount = errors.expect("amount", read_amount(typed.get("amount")));
    let seen = errors.expect("seen", typed.get("seen").parse::<i64>().map_err(|_| FieldProblem::NotAWholeNumber));
    Some(Handled { payment, amount: amount?, seen: Money::kes(seen?) })
}

/// Shillings, with cents where there are any.
fn read_amount(typed: &str) -> Result<Money, FieldProblem> {
    let plain: String = typed.chars().filter(|c| !c.is_whitespace() && *c != ',').collect();
    if plain.is_empty() {
        return Err(FieldProblem::Missing);
    }
    let (whole, part) = plain.split_once('.').unwrap_or((&plain, "0"));
    let digits =
        |text: &str, most: usize| (1..=most).contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_digit());
    if !digits(whole, 9) || !digits(part, 2) {
        return Err(FieldProblem::NotAPrice);
    }
    let hundredths = format!("{part:0<2}").parse::<i64>().map_err(|_| FieldProblem::NotAPrice)?;
    let whole = whole.parse::<i64>().map_err(|_| FieldProblem::NotAPrice)?;
    match whole * 100 + hundredths {
        0 => Err(FieldProblem::TooLow),
        cents => Ok(Money::kes(cents)),
    }
}

fn checked<T>(value: Option<T>, errors: FieldErrors) -> Result<T, AppError> {
    match value {
        Some(value) if errors.is_empty() => Ok(value),
        _ => Err(AppError::Invalid(errors)),
    }
}

fn read_assignment(payment: PaymentId, typed: &Typed) -> Result<Assignment, AppError> {
    only(typed, &["order", "amount", "seen", "words"])?;
    let mut errors = FieldErrors::none();
    let order = errors.expect("order", OrderId::parse(typed.get("order")).ok_or(FieldProblem::UnknownChoice));
    let money = read_money(payment, typed, &mut errors);
    checked(order.zip(money).map(|(order, money)| Assignment { money, order }), errors)
}

fn read_credit(payment: PaymentId, typed: &Typed) -> Result<Credit, AppError> {
    only(typed, &["phone", "amount", "seen"])?;
    let mut errors = FieldErrors::none();
    let phone = match typed.get("phone").trim() {
        "" => Err(FieldProblem::Missing),
        number => Phone::parse(number).ok_or(FieldProblem::NotAPhone),
    };
    let phone = errors.expect("phone", phone);
    let money = read_money(payment, typed, &mut errors);
    checked(phone.zip(money).map(|(phone, money)| Credit { money, phone }), errors)
}

fn read_return(payment: PaymentId, typed: &Typed) -> Result<Return, AppError> {
    only(typed, &["amount", "reason", "seen", "key"])?;
    let mut errors = FieldErrors::none();
    let key = errors.expect("key", RefundId::parse(typed.get("key")).ok_or(FieldProblem::UnknownChoice));
    let reason = errors.expect("reason", optional_line(typed.get("reason"), 200));
    let money = read_money(payment, typed, &mut errors);
    checked(key.zip(money).zip(reason).map(|((key, money), reason)| Return { money, reason, key }), errors)
}

pub(super) async fn put_on_order(inside: Inside, Named(id): Named<PaymentId>, Posted(typed): Posted) -> Response {
    let done = match read_assignment(id, &typed) {
        Ok(assignment) => {
            let ctx = inside.ctx.clone();
            to_the_end(async move { assign(&ctx, assignment).await }).await
        }
        Err(error) => Err(error),
    };
    let said = if done == Ok(Settled::PaidTooLate) { Said::Owed } else { Said::Assigned };
    answer(&inside, id, typed, Way::Assign, done.map(drop), said).await
}

pub(super) async fn keep_as_credit(inside: Inside, Named(id): Named<PaymentId>, Posted(typed): Posted) -> Response {
    let done = match read_credit(id, &typed) {
        Ok(wanted) => {
            let ctx = inside.ctx.clone();
            to_the_end(async move { credit(&ctx, &wanted).await }).await.map(drop)
        }
        Err(error) => Err(error),
    };
    answer(&inside, id, typed, Way::Credit, done, Said::Credited).await
}

pub(super) async fn send_back(inside: Inside, Named(id): Named<PaymentId>, Posted(typed): Posted) -> Response {
    let done = match read_return(id, &typed) {
        Ok(wanted) => {
            let ctx = inside.ctx.clone();
            to_the_end(async move { give_back(&ctx, &wanted).await }).await.map(drop)
        }
        Err(error) => Err(error),
    };
    answer(&inside, id, typed, Way::Refund, done, Said::RefundAsked).await
}

/// Back to the list when it is done; else the payment's page again with what was typed.
async fn answer(
    inside: &Inside,
    id: PaymentId,
    typed: Typed,
    way: Way,
    done: Result<(), AppError>,
    said: Said,
) -> Response {
    let error = match done {
        Ok(()) => return see_other(&format!("{INBOX}?{}", said.as_str())),
        Err(error) => error,
    };
    let searched = typed.get("words").to_owned();
    match shown_again(typed, error) {
        Ok((status, sheet)) => draw(inside, status, id, &searched, &Tried { way: Some(way), sheet }).await,
        Err(other) => inside.refuse(other),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_amount_is_read_to_the_cent_or_not_at_all() {
        for (typed, expected) in [
            ("1150", Ok(Money::shillings(1_150))),
            (" 1,150 ", Ok(Money::shillings(1_150))),
            ("1150.5", Ok(Money::kes(115_050))),
            ("1150.05", Ok(Money::kes(115_005))),
            ("", Err(FieldProblem::Missing)),
            ("0", Err(FieldProblem::TooLow)),
            ("-5", Err(FieldProblem::NotAPrice)),
            ("1.234", Err(FieldProblem::NotAPrice)),
            ("1e3", Err(FieldProblem::NotAPrice)),
            ("9999999999", Err(FieldProblem::NotAPrice)),
        ] {
            assert_eq!(read_amount(typed), expected, "{typed}");
        }
    }
}
