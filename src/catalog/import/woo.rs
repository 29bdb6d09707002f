//! WooCommerce's rows put into our own words: a product with its variations below or above it, found by number or SKU.

use super::{
    column::{Column as C, MOST_OPTIONS},
    draft::cut,
    format::Layout,
    price::Decimal,
    remark::Remark,
    rows::{Kind, Row},
};

/// What means the same on both sides.
const SAME: [C; 7] = [C::Title, C::Vendor, C::Tags, C::Barcode, C::Quantity, C::Limit, C::WooInStock];
/// The same for a variation, whose name repeats its product's.
const SAME_OF_FORM: [C; 6] = [C::Sku, C::Barcode, C::Quantity, C::Limit, C::Cost, C::WooInStock];

/// `simple, virtual` and the like: the words of the type.
fn has_type(row: &Row, word: &str) -> bool {
    row.cell(C::WooType).split(',').any(|one| one.trim().eq_ignore_ascii_case(word))
}

pub(super) fn is_variation(row: &Row) -> bool {
    has_type(row, "variation")
}

pub(super) fn is_variable(row: &Row) -> bool {
    has_type(row, "variable")
}

/// What a variation calls its product: `id:12`, or a SKU.
pub(super) fn key_of(parent: &str) -> String {
    match parent.get(..3).filter(|start| start.eq_ignore_ascii_case("id:")) {
        Some(_) => format!("id:{}", parent[3..].trim()),
        None => format!("sku:{parent}"),
    }
}

/// What a product may be called by its variations.
pub(super) fn keys(row: &Row) -> Vec<String> {
    let named = |start: &str, column| {
        Some(row.cell(column)).filter(|cell| !cell.is_empty()).map(|cell| format!("{start}{cell}"))
    };
    named("id:", C::WooId).into_iter().chain(named("sku:", C::Sku)).collect()
}

/// What tells two products of one name apart.
pub(super) fn distinction(row: &Row) -> String {
    let id = row.cell(C::WooId);
    if id.is_empty() { row.cell(C::Sku).to_owned() } else { id.to_owned() }
}

/// The rows of one product, the product itself first.
pub(super) fn translate(layout: &Layout, rows: Vec<Row>) -> Vec<Row> {
    let Some(head) = rows.first() else { return rows };
    if is_variation(head) {
        return rows;
    }
    let options = if is_variable(head) { option_names(head, &rows[1..]) } else { Vec::new() };
    let mut words = vec![product(layout, head, &options)];
    words.extend(rows[1..].iter().map(|row| form(layout, row, &options)));
    words
}

/// Names of the choices that tell its variations apart, in the product's order.
fn option_names(head: &Row, forms: &[Row]) -> Vec<String> {
    let is_used = |name: &str| forms.iter().any(|row| !value_of(row, name).is_empty());
    let own = (0..MOST_OPTIONS).map(|nth| head.cell(C::WooAttributeName(nth)).to_owned());
    own.filter(|name| !name.is_empty() && is_used(name)).collect()
}

fn value_of<'r>(row: &'r Row, name: &str) -> &'r str {
    let nth = (0..MOST_OPTIONS).find(|nth| row.cell(C::WooAttributeName(*nth)).eq_ignore_ascii_case(name));
    nth.map_or("", |nth| row.cell(C::WooAttributeValues(nth)))
}

fn product(layout: &Layout, row: &Row, options: &[String]) -> Row {
    let is_variable = is_variable(row);
    let mut words = row.bare(if is_variable { Kind::Facts } else { Kind::Form });
    if !is_variable && !has_type(row, "simple") && words.damage.is_none() {
        words.damage = Some(Remark::TypeNotSold { says: cut(row.cell(C::WooType), 40) });
    }
    let text = if row.cell(C::Body).is_empty() { row.cell(C::WooShort) } else { row.cell(C::Body) };
    let status = match row.cell(C::Published) {
        "1" => "active",
        "0" | "-1" => "draft",
        other => other,
    };
    words = words
        .with_those_of(row, &SAME)
        .with(C::Handle, row.cell(C::Title))
        .with(C::Body, with_line_breaks(text))
        .with(C::Status, status)
        .with(C::CategoryPath, first_category(row.cell(C::WooCategories)))
        .with(C::Grams, grams(layout, row));
    for (nth, name) in (0..MOST_OPTIONS).zip(options) {
        words = words.with(C::OptionName(nth), name.as_str());
    }
    for picture in pictures(row) {
        words = words.with(C::ImageSrc, picture);
    }
    if is_variable { words } else { with_price(words.with_those_of(row, &[C::Sku, C::Cost]), row) }
}

/// An export writes a line break as `\n`, and `\n` that somebody typed as `\\n`.
fn with_line_breaks(text: &str) -> String {
    text.split("\\\\n").map(|part| part.replace("\\n", "\n")).collect::<Vec<_>>().join("\\n")
}

fn form(layout: &Layout, row: &Row, options: &[String]) -> Row {
    let mut words = row.bare(Kind::Form).with_those_of(row, &SAME_OF_FORM).with(C::Grams, grams(layout, row));
    for (nth, name) in (0..MOST_OPTIONS).zip(options) {
        words = words.with(C::OptionValue(nth), value_of(row, name));
    }
    if matches!(row.cell(C::Published), "0" | "-1") {
        words = words.with(C::Active, "no");
    }
    if let Some(picture) = pictures(row).next() {
        words = words.with(C::VariantImage, picture);
    }
    with_price(words, row)
}

/// While there is a sale its price is paid, and the usual one is what it was.
fn with_price(words: Row, row: &Row) -> Row {
    let (usual, sale) = (row.cell(C::Price), row.cell(C::WooSalePrice));
    if sale.is_empty() { words.with(C::Price, usual) } else { words.with(C::Price, sale).with(C::ComparePrice, usual) }
}

fn pictures(row: &Row) -> impl Iterator<Item = &str> {
    row.cell(C::WooImages).split(',').map(str::trim).filter(|picture| !picture.is_empty())
}

/// The first of `A > B, C`; a comma inside of a name is written `\,`.
fn first_category(cell: &str) -> String {
    let mut path = String::new();
    let mut letters = cell.chars();
    while let Some(letter) = letters.next() {
        match letter {
            '\\' => path.extend(letters.next()),
            ',' => break,
            other => path.push(other),
        }
    }
    path.trim().to_owned()
}

/// Whole grams; an unreadable weight goes on as it is, so that it is told.
fn grams(layout: &Layout, row: &Row) -> String {
    let typed = row.cell(C::WooWeight);
    // A hundred thousandth of a gram to the unit in the column's name.
    let unit: i128 = match layout.name(C::WooWeight).to_ascii_lowercase() {
        name if name.contains("(g)") => 100_000,
        name if name.contains("lbs") => 45_359_237,
        name if name.contains("oz") => 2_834_952,
        _ => 100_000_000,
    };
    Decimal::parse(&typed.replace(',', "."))
        .map_or_else(|| typed.to_owned(), |weight| (weight.rounded(unit) / 100_000).to_string())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_category_is_taken_as_a_path() {
        assert_eq!(first_category("Clothes > Dresses, Sale"), "Clothes > Dresses");
        assert_eq!(first_category("Cups\\, mugs > Enamel"), "Cups, mugs > Enamel");
        assert_eq!(first_category(""), "");
    }

    #[test]
    fn a_line_break_is_one_again() {
        assert_eq!(with_line_breaks(r"By hand.\n\nOf sisal"), "By hand.\n\nOf sisal");
        assert_eq!(with_line_breaks(r"C:\\new"), r"C:\new");
        assert_eq!(with_line_breaks("By hand"), "By hand");
    }

    #[test]
    fn a_parent_is_named_by_number_or_sku() {
        assert_eq!(key_of("id:12"), "id:12");
        assert_eq!(key_of("ID: 12"), "id:12");
        assert_eq!(key_of("KIONDO"), "sku:KIONDO");
        assert_eq!(key_of(""), "sku:");
    }
}
