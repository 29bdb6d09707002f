//! A week of money as quiet bars from zero, the week before as a lighter line, and the same as a table.

use crate::text::dash::DashWords;
use duka::kernel::money::Money;
use duka::pages::dashboard::today::DayMoney;
use leptos::prelude::*;

/// The height that the dearest day is drawn with; widths and colours are the style sheet's.
const FULL: i64 = 100;

/// Seven columns, each with its amount above and its weekday beneath.
pub fn week_chart(words: &'static DashWords, week: &[DayMoney]) -> impl IntoView + use<> {
    let most = week.iter().flat_map(|day| [day.money.minor(), day.before.minor()]).max().unwrap_or(0).max(1);
    let sum = |of: fn(&DayMoney) -> Money| {
        let currency = week.first().map(|day| day.money.currency()).unwrap_or_default();
        Money::sum(currency, week.iter().map(of)).unwrap_or(Money::zero(currency))
    };
    let summary = (words.week_summary)(&sum(|day| day.money), &sum(|day| day.before));
    let columns: Vec<_> = week
        .iter()
        .map(|day| {
            let height = height(day.money, most);
            let before = height_of_line(day.before, most);
            let line = if before > 0 { "2" } else { "0" };
            view! {
                <div class="week__day">
                    <span class="week__amount">{short(day.money)}</span>
                    <svg class="week__bar" viewBox="0 0 10 100" preserveAspectRatio="none">
                        <rect class="week__now" x="0" width="10" y=(FULL - height).to_string() height=height.to_string()></rect>
                        <rect class="week__before" x="0" width="10" y=(FULL - before).to_string() height=line></rect>
                    </svg>
                    <span class="week__name">{words.weekday_short(&day.day)}</span>
                </div>
            }
        })
        .collect();
    let rows: Vec<_> = week
        .iter()
        .map(|day| {
            view! {
                <tr>
                    <th scope="row">{words.short_day(&day.day)}</th>
                    <td class="amount">{day.money.to_string()}</td>
                    <td class="amount">{day.before.to_string()}</td>
                </tr>
            }
        })
        .collect();
    view! {
        <p class="week__summary">{summary}</p>
        <div class="week" aria-hidden="true">{columns}</div>
        <details class="week__table">
            <summary>{words.as_table}</summary>
            <table>
                <thead>
                    <tr>
                        <th scope="col">{words.day}</th>
                        <th scope="col" class="amount">{words.money}</th>
                        <th scope="col" class="amount">{words.week_before}</th>
                    </tr>
                </thead>
                <tbody>{rows}</tbody>
            </table>
        </details>
    }
}

fn height(money: Money, most: i64) -> i64 {
    if money.minor() <= 0 {
        0
    } else {
        (i128::from(money.minor()) * i128::from(FULL) / i128::from(most))
            .try_into()
            .map_or(FULL, |drawn: i64| drawn.max(1))
    }
}

/// A line at the very top would be cut off.
fn height_of_line(money: Money, most: i64) -> i64 {
    match height(money, most) {
        0 => 0,
        drawn => drawn.max(2),
    }
}

/// What fits above a narrow bar: `850`, `8.5k`, `13k`, `1.2M`; nothing for nothing.
fn short(money: Money) -> String {
    match money.whole() {
        ..=0 => String::new(),
        whole @ 1..1_000 => whole.to_string(),
        whole @ 1_000..10_000 => tenths(whole / 100, "k"),
        whole @ 10_000..1_000_000 => format!("{}k", whole / 1_000),
        whole => tenths(whole / 100_000, "M"),
    }
}

fn tenths(tenths: i64, unit: &str) -> String {
    match tenths % 10 {
        0 => format!("{}{unit}", tenths / 10),
        rest => format!("{}.{rest}{unit}", tenths / 10),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_amount_is_cut_to_what_fits_above_a_bar() {
        let cases = [(0, ""), (850, "850"), (1_000, "1k"), (8_560, "8.5k"), (13_999, "13k"), (1_250_000, "1.2M")];
        for (shillings, text) in cases {
            assert_eq!(short(Money::shillings(shillings)), text);
        }
    }

    #[test]
    fn the_dearest_day_is_full_and_a_small_one_is_still_seen() {
        assert_eq!(height(Money::kes(500), 500), 100);
        assert_eq!(height(Money::kes(1), 1_000_000), 1);
        assert_eq!(height(Money::kes(0), 500), 0);
    }
}
