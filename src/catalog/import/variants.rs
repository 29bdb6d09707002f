//! The rows that are forms of a product: choices, price, stock.

use super::{
    column::{Column as C, MOST_OPTIONS},
    draft::{Surroundings, cut},
    notes::{Notes, Seen},
    price::{Rate, read_cost, read_price},
    remark::{Pieces, PriceOf, Remark},
    rows::{Kind, Row},
};
use crate::{catalog::variants::options::MOST_VARIANTS, kernel::money::Money};

const LONGEST_VALUE: usize = 100;
/// A form's name is made of a value for each choice.
const LONGEST_FORM_NAME: usize = 3 * LONGEST_VALUE + 2 * " / ".len();
/// More pieces than any shop has of one thing.
const MOST_PIECES: i32 = 1_000_000;

/// One form of a product as the file has it.
#[derive(Clone, Debug)]
pub(super) struct VariantDraft {
    pub row: usize,
    /// Where that row begins in the file.
    pub line: u64,
    /// One per option, in the order of the options.
    pub values: Vec<String>,
    /// `None`: made of its values.
    pub name: Option<String>,
    pub sku: Option<String>,
    pub barcode: Option<String>,
    pub price: Money,
    pub was: FormerPrice,
    pub cost: Option<Money>,
    /// `None`: the file does not say.
    pub stock: Option<i32>,
    /// At or below this many the merchant is told; `None`: the file does not say.
    pub limit: Option<i32>,
    /// `None`: the file does not say.
    pub is_active: Option<bool>,
    /// Its place among the others; `None`: the file does not say.
    pub position: Option<i32>,
    /// Which of the product's pictures shows it.
    pub picture: Option<usize>,
}

/// What a form cost before, as far as the file knows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum FormerPrice {
    /// The file has no column for it.
    Unsaid,
    Nothing,
    Was(Money),
}

/// Does the row hold more than a further picture?
pub(super) fn is_variant_row(row: &Row) -> bool {
    match row.kind {
        Kind::Form => true,
        Kind::Facts => false,
        Kind::Usual => [C::Price, C::Sku, C::OptionValue(0), C::OptionValue(1), C::OptionValue(2), C::Barcode]
            .into_iter()
            .any(|column| !row.cell(column).is_empty()),
    }
}

/// The names of the choices, and every form. Whatever is wrong is in the notes.
pub(super) fn draft_variants(
    around: &Surroundings<'_>,
    rows: &[Row],
    notes: &mut Notes,
) -> (Vec<String>, Vec<VariantDraft>) {
    let is_form = |(nth, row): &(usize, &Row)| (*nth == 0 && row.kind != Kind::Facts) || is_variant_row(row);
    let forms: Vec<usize> = rows.iter().enumerate().filter(is_form).map(|(nth, _)| nth).collect();
    if forms.is_empty() {
        notes.refuse(0, None, Remark::NoVariations);
        return (Vec::new(), Vec::new());
    }
    if let Some(extra) = forms.get(MOST_VARIANTS) {
        notes.refuse(*extra, None, Remark::TooManyVariants { most: MOST_VARIANTS });
        return (Vec::new(), Vec::new());
    }
    let options = find_options(rows, &forms, notes);
    // A list by SKU need not say the choices of what the shop has; whether it has them is seen when it is written.
    let is_by_sku = options.is_empty() && forms.iter().all(|row| !rows[*row].cell(C::Sku).is_empty());
    let mut choices = Seen::default();
    let mut variants = Vec::new();
    for row in forms {
        let cells = &rows[row];
        let values = read_values(cells, &options, row, notes);
        let earlier = choices.earlier(&values.join("\u{1f}").to_lowercase(), row);
        if let Some(earlier) = earlier.filter(|_| !is_by_sku) {
            let line = notes.line(earlier);
            let remark = if values.is_empty() {
                Remark::OneFormOnly { line }
            } else {
                Remark::ChoiceTwice { choice: values.join(" / "), line }
            };
            notes.refuse(row, Some(C::OptionValue(0)), remark);
        }
        let sku = filled(cells.cell(C::Sku));
        if let Some(line) = sku.as_deref().and_then(|sku| around.index.earlier_sku(sku, cells.line)) {
            let sku = cut(sku.as_deref().unwrap_or_default(), 60);
            notes.refuse(row, Some(C::Sku), Remark::SkuTwice { sku, line });
        }
        let stock = notes.expect(row, C::Quantity, read_pieces(cells.cell(C::Quantity), Pieces::Quantity)).flatten();
        let limit = notes.expect(row, C::Limit, read_pieces(cells.cell(C::Limit), Pieces::Limit)).flatten();
        let is_active = notes.expect(row, C::Active, read_yes(cells.cell(C::Active))).flatten();
        if ["continue", "true"].iter().any(|word| cells.cell(C::Policy).eq_ignore_ascii_case(word)) {
            notes.note(row, Some(C::Policy), Remark::NoSaleWithoutStock);
        }
        if is_uncounted(cells, around, stock) {
            notes.note(row, Some(C::Quantity), Remark::NotCounted);
        }
        let Some((price, was)) = read_prices(cells, around, row, notes) else { continue };
        let cost = read_own_cost(cells.cell(C::Cost), around.rate, row, notes);
        variants.push(VariantDraft {
            row,
            line: cells.line,
            values,
            name: Some(cut(cells.cell(C::VariantName), LONGEST_FORM_NAME)).filter(|name| !name.is_empty()),
            sku,
            barcode: filled(cells.cell(C::Barcode)),
            price,
            was,
            cost,
            stock,
            limit,
            is_active,
            position: cells.cell(C::Position).parse().ok(),
            picture: None,
        });
    }
    (options.into_iter().map(|option| option.name).collect(), variants)
}

struct FoundOption {
    /// 0 to 2: which of the file's three.
    place: u8,
    name: String,
}

/// The choices that the product really has. A single form without a named choice has none.
fn find_options(rows: &[Row], forms: &[usize], notes: &mut Notes) -> Vec<FoundOption> {
    let mut options = Vec::new();
    for place in 0..MOST_OPTIONS {
        let values: Vec<&str> = forms.iter().map(|row| rows[*row].cell(C::OptionValue(place))).collect();
        if values.iter().all(|value| value.is_empty()) {
            continue;
        }
        let named = rows.iter().map(|row| row.cell(C::OptionName(place))).find(|name| !name.is_empty());
        // How an export says that there is nothing to choose.
        let is_stand_in = named.is_none_or(|name| name.eq_ignore_ascii_case("Title"))
            && values.iter().all(|value| value.eq_ignore_ascii_case("Default Title"));
        if is_stand_in && forms.len() == 1 {
            continue;
        }
        let name = named.map_or_else(
            || {
                let name = if place == 0 { "Option".to_owned() } else { format!("Option {}", place + 1) };
                notes.note(forms[0], Some(C::OptionName(place)), Remark::ChoiceUnnamed { name: name.clone() });
                name
            },
            |name| cut(name, LONGEST_VALUE),
        );
        if options.iter().any(|option: &FoundOption| option.name.eq_ignore_ascii_case(&name)) {
            notes.refuse(forms[0], Some(C::OptionName(place)), Remark::ChoiceNameTwice { name: name.clone() });
        }
        options.push(FoundOption { place, name });
    }
    options
}

fn read_values(cells: &Row, options: &[FoundOption], row: usize, notes: &mut Notes) -> Vec<String> {
    let mut values = Vec::new();
    for option in options {
        let column = C::OptionValue(option.place);
        let value = cells.cell(column);
        if value.is_empty() {
            notes.refuse(row, Some(column), Remark::NoValue { choice: option.name.clone() });
        }
        if value.chars().count() > LONGEST_VALUE {
            let remark = Remark::ValueTooLong { choice: option.name.clone(), most: LONGEST_VALUE };
            notes.refuse(row, Some(column), remark);
        }
        values.push(value.to_owned());
    }
    values
}

fn read_prices(cells: &Row, around: &Surroundings<'_>, row: usize, notes: &mut Notes) -> Option<(Money, FormerPrice)> {
    let typed = cells.cell(C::Price);
    if typed.is_empty() {
        let column = around.index.layout.name(C::Price).to_owned();
        notes.refuse(row, Some(C::Price), Remark::NoPrice { column });
        return None;
    }
    let price = notes.expect(row, C::Price, read_price(typed, around.rate, PriceOf::Now))?;
    if price.money.is_zero() {
        notes.refuse(row, Some(C::Price), Remark::PriceOfNothing { says: cut(typed, 20) });
        return None;
    }
    if let Some(note) = price.note {
        notes.note(row, Some(C::Price), note);
    }
    if !around.index.layout.has_former_price() {
        return Some((price.money, FormerPrice::Unsaid));
    }
    let typed = cells.cell(C::ComparePrice);
    if typed.is_empty() {
        return Some((price.money, FormerPrice::Nothing));
    }
    let was = notes.expect(row, C::ComparePrice, read_price(typed, around.rate, PriceOf::Before))?;
    if was.money.minor() <= price.money.minor() {
        if !was.money.is_zero() {
            notes.note(row, Some(C::ComparePrice), Remark::FormerPriceNotAbove { money: was.money });
        }
        return Some((price.money, FormerPrice::Nothing));
    }
    if let Some(note) = was.note {
        notes.note(row, Some(C::ComparePrice), note);
    }
    Some((price.money, FormerPrice::Was(was.money)))
}

fn read_own_cost(typed: &str, rate: Option<Rate>, row: usize, notes: &mut Notes) -> Option<Money> {
    if typed.is_empty() {
        return None;
    }
    let cost = read_cost(typed, rate);
    if cost.is_none() {
        notes.note(row, Some(C::Cost), Remark::CostUnclear { says: cut(typed, 20) });
    }
    cost
}

/// Is it sold where it comes from without anybody counting it? Here that is sold out.
fn is_uncounted(cells: &Row, around: &Surroundings<'_>, stock: Option<i32>) -> bool {
    let is_untracked = around.index.layout.has(C::Tracker) && cells.cell(C::Tracker).is_empty();
    (is_untracked && stock.is_none_or(|pieces| pieces == 0)) || (cells.cell(C::WooInStock) == "1" && stock.is_none())
}

fn read_pieces(typed: &str, of: Pieces) -> Result<Option<i32>, Remark> {
    if typed.is_empty() {
        return Ok(None);
    }
    // Some exports write 5.0, and people 1,000.
    let whole = without_commas(typed.strip_suffix(".0").unwrap_or(typed));
    match whole.parse::<i32>() {
        Ok(pieces) if pieces < 0 => Err(Remark::BelowZero { of, pieces }),
        Ok(pieces) if pieces <= MOST_PIECES && whole.bytes().all(|b| b.is_ascii_digit()) => Ok(Some(pieces)),
        _ => Err(Remark::PiecesUnclear { of, says: cut(typed, 20) }),
    }
}

/// The digits without the commas between thousands; anything else as it is.
fn without_commas(typed: &str) -> String {
    let mut groups = typed.split(',');
    let is_first = groups.next().is_some_and(|first| (1..=3).contains(&first.len()));
    let is_grouped = is_first && groups.all(|group| group.len() == 3);
    if is_grouped { typed.replace(',', "") } else { typed.to_owned() }
}

fn read_yes(typed: &str) -> Result<Option<bool>, Remark> {
    match typed.to_ascii_lowercase().as_str() {
        "" => Ok(None),
        "yes" | "true" | "1" | "ndiyo" => Ok(Some(true)),
        "no" | "false" | "0" | "hapana" => Ok(Some(false)),
        other => Err(Remark::NeitherYesNorNo { says: cut(other, 20) }),
    }
}

pub(super) fn filled(cell: &str) -> Option<String> {
    (!cell.is_empty()).then(|| cut(cell, LONGEST_VALUE))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pieces_are_read_as_people_and_programs_write_them() {
        let read = |typed| read_pieces(typed, Pieces::Quantity);
        for (typed, pieces) in
            [("12", 12), ("5.0", 5), ("1,000", 1_000), ("12,500.0", 12_500), ("1,000,000", 1_000_000)]
        {
            assert_eq!(read(typed), Ok(Some(pieces)), "{typed}");
        }
        assert_eq!(read(""), Ok(None));
        assert_eq!(read("-1,000"), Err(Remark::BelowZero { of: Pieces::Quantity, pieces: -1_000 }));
        for typed in ["1,00", ",100", "1,0000", "10,00,000", "1.5", "+5", "1,000,001"] {
            assert!(matches!(read(typed), Err(Remark::PiecesUnclear { .. })), "{typed}");
        }
    }
}
