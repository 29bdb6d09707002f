//! The rows that are forms of a product: choices, price, stock.

use super::{
    draft::cut,
    notes::{Notes, Seen},
    price::{Rate, read_cost, read_price},
    table::{Column as C, Row, Table},
};
use crate::kernel::money::Money;

const MOST_VARIANTS: usize = 100;
const MOST_OPTIONS: usize = 3;
const LONGEST_VALUE: usize = 100;
/// More pieces than any shop has of one thing.
const MOST_PIECES: i32 = 1_000_000;

/// One form of a product as the file has it.
#[derive(Clone, Debug)]
pub(super) struct VariantDraft {
    pub row: usize,
    /// One per option, in the order of the options.
    pub values: Vec<String>,
    pub sku: Option<String>,
    pub barcode: Option<String>,
    pub price: Money,
    pub was: Option<Money>,
    pub cost: Option<Money>,
    /// `None`: the file does not say.
    pub stock: Option<i32>,
    /// Which of the product's pictures shows it.
    pub picture: Option<usize>,
}

/// Does the row hold more than a further picture?
pub(super) fn is_variant_row(table: &Table, row: &Row) -> bool {
    [C::Price, C::Sku, C::OptionValue(0), C::OptionValue(1), C::OptionValue(2), C::Barcode]
        .into_iter()
        .any(|column| !table.cell(row, column).is_empty())
}

/// The names of the choices, and every form. Whatever is wrong is in the notes.
pub(super) fn draft_variants(
    table: &Table,
    rows: &[usize],
    rate: Option<Rate>,
    notes: &mut Notes,
    skus: &mut Seen,
) -> (Vec<String>, Vec<VariantDraft>) {
    let forms: Vec<usize> = rows
        .iter()
        .copied()
        .enumerate()
        .filter(|(i, row)| *i == 0 || is_variant_row(table, &table.rows[*row]))
        .map(|(_, row)| row)
        .collect();
    if let Some(extra) = forms.get(MOST_VARIANTS) {
        notes.refuse(*extra, format!("the product has more than {MOST_VARIANTS} variants"));
        return (Vec::new(), Vec::new());
    }
    let options = find_options(table, rows, &forms, notes);
    let mut choices = Seen::default();
    let mut variants = Vec::new();
    for row in &forms {
        let cells = &table.rows[*row];
        let values = read_values(table, cells, &options, *row, notes);
        if let Some(earlier) = choices.earlier(&values.join("\u{1f}").to_lowercase(), *row) {
            let line = notes.line(earlier);
            let which = if values.is_empty() {
                "a product without choices has one form only".to_owned()
            } else {
                format!("the choice {} is there already", values.join(" / "))
            };
            notes.refuse(*row, format!("{which}, on line {line}"));
        }
        let sku = filled(table.cell(cells, C::Sku));
        if let Some(earlier) = sku.as_deref().and_then(|sku| skus.earlier(sku, *row)) {
            let line = notes.line(earlier);
            notes.refuse(
                *row,
                format!("the SKU {} is that of line {line} too", cut(sku.as_deref().unwrap_or_default(), 60)),
            );
        }
        let stock = read_stock(table.cell(cells, C::Quantity));
        let stock = notes.expect(*row, stock).flatten();
        if table.cell(cells, C::Policy).eq_ignore_ascii_case("continue") {
            notes.note(*row, "selling without stock is not offered; what is there can be sold".to_owned());
        }
        let Some((price, was)) = read_prices(table, cells, rate, *row, notes) else { continue };
        let cost = read_own_cost(table.cell(cells, C::Cost), rate, *row, notes);
        variants.push(VariantDraft {
            row: *row,
            values,
            sku,
            barcode: filled(table.cell(cells, C::Barcode)),
            price,
            was,
            cost,
            stock,
            picture: None,
        });
    }
    (options.into_iter().map(|option| option.name).collect(), variants)
}

struct FoundOption {
    /// 0 to 2: which of the file's three.
    place: usize,
    name: String,
}

/// The choices that the product really has. A single form without a named choice has none.
fn find_options(table: &Table, rows: &[usize], forms: &[usize], notes: &mut Notes) -> Vec<FoundOption> {
    let mut options = Vec::new();
    for place in 0..MOST_OPTIONS {
        let values: Vec<&str> = forms.iter().map(|row| table.cell(&table.rows[*row], C::OptionValue(place))).collect();
        if values.iter().all(|value| value.is_empty()) {
            continue;
        }
        let named =
            rows.iter().map(|row| table.cell(&table.rows[*row], C::OptionName(place))).find(|name| !name.is_empty());
        // How an export says that there is nothing to choose.
        let is_stand_in = named.is_none_or(|name| name.eq_ignore_ascii_case("Title"))
            && values.iter().all(|value| value.eq_ignore_ascii_case("Default Title"));
        if is_stand_in && forms.len() == 1 {
            continue;
        }
        let name = named.map_or_else(
            || {
                let name = if place == 0 { "Option".to_owned() } else { format!("Option {}", place + 1) };
                notes.note(forms[0], format!("the choice has no name in the file and is called “{name}”"));
                name
            },
            |name| cut(name, LONGEST_VALUE),
        );
        if options.iter().any(|option: &FoundOption| option.name.eq_ignore_ascii_case(&name)) {
            notes.refuse(forms[0], format!("two choices have the same name, {name}"));
        }
        options.push(FoundOption { place, name });
    }
    options
}

fn read_values(table: &Table, cells: &Row, options: &[FoundOption], row: usize, notes: &mut Notes) -> Vec<String> {
    let mut values = Vec::new();
    for option in options {
        let value = table.cell(cells, C::OptionValue(option.place));
        if value.is_empty() {
            notes.refuse(row, format!("there is no value for the choice {}", option.name));
        }
        if value.chars().count() > LONGEST_VALUE {
            notes.refuse(
                row,
                format!("the value for the choice {} is longer than {LONGEST_VALUE} characters", option.name),
            );
        }
        values.push(value.to_owned());
    }
    values
}

fn read_prices(
    table: &Table,
    cells: &Row,
    rate: Option<Rate>,
    row: usize,
    notes: &mut Notes,
) -> Option<(Money, Option<Money>)> {
    let typed = table.cell(cells, C::Price);
    if typed.is_empty() {
        notes.refuse(row, "there is no Variant Price".to_owned());
        return None;
    }
    let price = notes.expect(row, read_price(typed, rate))?;
    if price.money.is_zero() {
        notes.refuse(row, format!("the price “{}” comes to nothing", cut(typed, 20)));
        return None;
    }
    if let Some(note) = price.note {
        notes.note(row, note);
    }
    let typed = table.cell(cells, C::ComparePrice);
    if typed.is_empty() {
        return Some((price.money, None));
    }
    let was = notes
        .expect(row, read_price(typed, rate).map_err(|fault| fault.replacen("the price", "the former price", 1)))?;
    if was.money.minor() <= price.money.minor() {
        if !was.money.is_zero() {
            notes.note(row, format!("the former price {} is not above the price and was left out", was.money));
        }
        return Some((price.money, None));
    }
    if let Some(note) = was.note {
        notes.note(row, format!("former price {note}"));
    }
    Some((price.money, Some(was.money)))
}

fn read_own_cost(typed: &str, rate: Option<Rate>, row: usize, notes: &mut Notes) -> Option<Money> {
    if typed.is_empty() {
        return None;
    }
    let cost = read_cost(typed, rate);
    if cost.is_none() {
        notes.note(row, format!("the cost “{}” is no plain number and was left out", cut(typed, 20)));
    }
    cost
}

fn read_stock(typed: &str) -> Result<Option<i32>, String> {
    if typed.is_empty() {
        return Ok(None);
    }
    // Some exports write 5.0.
    let whole = typed.strip_suffix(".0").unwrap_or(typed);
    match whole.parse::<i32>() {
        Ok(pieces) if pieces < 0 => Err(format!("the quantity {pieces} is below zero")),
        Ok(pieces) if pieces <= MOST_PIECES && whole.bytes().all(|b| b.is_ascii_digit()) => Ok(Some(pieces)),
        _ => Err(format!("the quantity “{}” is no whole number from 0 to 1,000,000", cut(typed, 20))),
    }
}

fn filled(cell: &str) -> Option<String> {
    // A spreadsheet keeps leading zeroes by a quote in front.
    let cell = cell.strip_prefix('\'').unwrap_or(cell).trim();
    (!cell.is_empty()).then(|| cut(cell, LONGEST_VALUE))
}
