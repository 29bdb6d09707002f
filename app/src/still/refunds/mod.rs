//! Refunds: asking for one, the list, and one of them.

pub mod ask;
pub mod list;
pub mod one;

use super::{form::Sheet, time::time};
use crate::text::refunds::{self, RefundWords};
use duka::kernel::{field_errors::FieldProblem, locale::Locale};
use duka::pages::dashboard::refunds::RefundRow;
use duka::payments::refund::{RefundStatus, RefundWay};
use leptos::prelude::*;

/// The section whose mark the pages carry.
pub const SECTION: &str = "/dashboard/payments";
pub use crate::dashboard::address::REFUNDS;

/// Where it stands, in a word with a tone.
fn badge(words: &'static RefundWords, row: &RefundRow) -> impl IntoView + use<> {
    let (tone, word) = if row.is_given_up {
        ("badge badge--off", words.given_up_status)
    } else if row.is_on_its_way {
        ("badge badge--going", words.on_its_way)
    } else {
        match (row.status, row.way) {
            (RefundStatus::Processed, RefundWay::Credit) => ("badge badge--done", words.credited),
            (RefundStatus::Processed, _) => ("badge badge--done", (words.status)(row.status)),
            (RefundStatus::Failed, _) => ("badge badge--bad", (words.status)(row.status)),
            (RefundStatus::Pending, _) => ("badge badge--do", (words.status)(row.status)),
        }
    };
    view! { <span class=tone>{word}</span> }
}

/// What is wrong with a field of these forms; the words say what it is about.
fn problem(locale: Locale, field: &str, problem: FieldProblem) -> &'static str {
    let words = refunds::words(locale);
    let kind = field.split('-').next().unwrap_or_default();
    match (kind, problem) {
        ("all", FieldProblem::Missing) => words.nothing_chosen,
        ("all", FieldProblem::TooHigh) => words.nothing_comes,
        ("all", FieldProblem::NotTicked) => words.all_or_nothing,
        ("pieces", FieldProblem::TooHigh) => words.too_many,
        ("restock", FieldProblem::TooHigh) => words.restock_too_many,
        ("delivery", FieldProblem::TooHigh) => words.no_delivery,
        ("goodwill", FieldProblem::TooHigh) => words.too_much,
        ("receipt", FieldProblem::Missing) => words.receipt_missing,
        ("receipt", FieldProblem::Taken) => words.receipt_known,
        ("receipt", FieldProblem::NotACode) => words.receipt_wrong,
        ("cash", _) => words.one_of_two,
        _ => crate::text::still::problem(locale, problem),
    }
}

fn tick(sheet: &Sheet, name: &'static str, label: String) -> impl IntoView + use<> {
    let is_on = sheet.typed.is_on(name);
    view! {
        <label class="choice">
            <input type="checkbox" name=name value="on" checked=is_on/>
            <span>{label}</span>
        </label>
    }
}
