//! The grid of variants as a form sends it: many rows of few cells, bounded, and what each cell means.

use crate::catalog::price_form::{parse_over, spelled};
use crate::kernel::{
    currency::Currency,
    field_errors::{FieldErrors, FieldProblem, optional_line},
    id::{ImageId, VariantId},
    money::Money,
    typed::Typed,
    whole_number::parse_whole,
};
use std::collections::BTreeMap;

/// What may be typed in a row; `active` is a tick.
pub const CELLS: &[&str] = &["sku", "barcode", "price", "was", "cost", "limit", "image", "active"];
/// Rows of one form: a matrix, and what was switched off besides.
pub const MOST_ROWS: usize = 500;
/// What a row carries for itself.
const OWN: [&str; 3] = ["id", "version", "seen"];
const LONGEST_CELL: usize = 200;
const LONGEST_SEEN: usize = 4_000;
pub const LONGEST_NUMBER: usize = 100;
const HIGHEST_LIMIT: i32 = 1_000_000;

/// A row as it was sent.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TypedRow {
    pub id: VariantId,
    /// What the row was read at.
    pub version: i32,
    /// What it showed then.
    pub seen: Typed,
    pub typed: Typed,
}

impl TypedRow {
    /// Did this person change anything in it?
    pub fn is_changed(&self) -> bool {
        CELLS.iter().any(|cell| self.typed.get(cell).trim() != self.seen.get(cell).trim())
    }
}

/// Reads `3.price=1250` and its like. Fields that the form does not have are named; a form with too many rows or with
/// rows that are none is not read at all.
pub fn read(pairs: Vec<(String, String)>) -> Result<Vec<TypedRow>, FieldErrors> {
    let mut errors = FieldErrors::none();
    let mut rows: BTreeMap<usize, Typed> = BTreeMap::new();
    for (name, value) in pairs {
        let cell = name.split_once('.').and_then(|(row, cell)| Some((row.parse::<usize>().ok()?, cell)));
        let known = cell.filter(|(row, cell)| *row < MOST_ROWS && (CELLS.contains(cell) || OWN.contains(cell)));
        let Some((row, cell)) = known else {
            errors.add(&name.chars().take(40).collect::<String>(), FieldProblem::UnknownField);
            // One is enough to refuse it, and a hundred would be a long page.
            if errors.iter().count() > 20 {
                return Err(errors);
            }
            continue;
        };
        let most = if cell == "seen" { LONGEST_SEEN } else { LONGEST_CELL };
        if value.chars().count() > most {
            errors.add(&name, FieldProblem::TooLong);
        }
        rows.entry(row).or_default().set(cell, value);
    }
    let mut read: Vec<TypedRow> = Vec::new();
    for (row, mut typed) in rows {
        let (id, version) = (typed.take("id"), typed.take("version"));
        let seen = serde_json::from_str(&typed.take("seen")).unwrap_or_default();
        match (VariantId::parse(&id), version.parse()) {
            (Some(id), Ok(version)) if read.iter().all(|known| known.id != id) => {
                read.push(TypedRow { id, version, seen, typed });
            }
            _ => errors.add(&format!("{row}.id"), FieldProblem::Unreadable),
        }
    }
    if errors.is_empty() { Ok(read) } else { Err(errors) }
}

/// What a row's cells mean.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Cells {
    pub sku: Option<String>,
    pub barcode: Option<String>,
    pub price: Money,
    pub was: Option<Money>,
    pub cost: Option<Money>,
    /// At or below this many pieces the merchant is told.
    pub limit: i32,
    pub image: Option<ImageId>,
    pub is_active: bool,
}

impl Cells {
    /// As the form has them.
    pub fn spelled(&self) -> Typed {
        Typed::default()
            .with("sku", self.sku.clone().unwrap_or_default())
            .with("barcode", self.barcode.clone().unwrap_or_default())
            .with("price", spelled(Some(self.price)))
            .with("was", spelled(self.was))
            .with("cost", spelled(self.cost))
            .with("limit", self.limit.to_string())
            .with("image", self.image.map(|image| image.to_string()).unwrap_or_default())
            .with("active", if self.is_active { "on" } else { "" })
    }

    /// Reads a row over what is stored; every mistake is named at once. `pictures` are those of the product.
    pub fn parse(typed: &Typed, stored: &Self, currency: Currency, pictures: &[ImageId]) -> Result<Self, FieldErrors> {
        let mut errors = FieldErrors::none();
        let sku = errors.expect("sku", read_number(typed.get("sku"), stored.sku.as_deref()));
        let barcode = errors.expect("barcode", read_number(typed.get("barcode"), stored.barcode.as_deref()));
        let price = errors.expect("price", parse_over(typed.get("price"), Some(stored.price), currency)).flatten();
        if price.is_none() {
            errors.add("price", FieldProblem::Missing);
        }
        let was = errors.expect("was", parse_over(typed.get("was"), stored.was, currency));
        let cost = errors.expect("cost", parse_over(typed.get("cost"), stored.cost, currency));
        let limit =
            errors.expect("limit", parse_whole(typed.get("limit"), HIGHEST_LIMIT)).map(Option::unwrap_or_default);
        let image = errors.expect("image", image(typed.get("image"), pictures));
        if let (Some(price), Some(Some(was))) = (price, was)
            && (price, Some(was)) != (stored.price, stored.was)
            && was.minor() <= price.minor()
        {
            errors.add("was", FieldProblem::BelowPrice);
        }
        match (sku, barcode, price, was, cost, limit, image) {
            (Some(sku), Some(barcode), Some(price), Some(was), Some(cost), Some(limit), Some(image))
                if errors.is_empty() =>
            {
                Ok(Self { sku, barcode, price, was, cost, limit, image, is_active: typed.is_on("active") })
            }
            _ => Err(errors),
        }
    }
}

/// An SKU or barcode; what an import wrote may be longer than people may type.
pub(super) fn read_number(typed: &str, stored: Option<&str>) -> Result<Option<String>, FieldProblem> {
    if stored.is_some_and(|stored| stored.trim() == typed.trim()) {
        return Ok(stored.map(str::to_owned));
    }
    optional_line(typed, LONGEST_NUMBER)
}

fn image(typed: &str, pictures: &[ImageId]) -> Result<Option<ImageId>, FieldProblem> {
    match typed.trim() {
        "" => Ok(None),
        id => ImageId::parse(id).filter(|id| pictures.contains(id)).map(Some).ok_or(FieldProblem::UnknownChoice),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const ID: &str = "01890a5d-ac96-774b-bcce-b302099a8057";

    fn pairs(pairs: &[(&str, &str)]) -> Vec<(String, String)> {
        pairs.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect()
    }

    fn stored() -> Cells {
        Cells {
            sku: Some("K-1".into()),
            barcode: None,
            price: Money::shillings(1_000),
            was: None,
            cost: None,
            limit: 2,
            image: None,
            is_active: true,
        }
    }

    #[test]
    fn a_row_is_read_with_what_it_showed() {
        let seen = r#"{"price":"1000","active":"on"}"#;
        let sent =
            pairs(&[("7.id", ID), ("7.version", "3"), ("7.seen", seen), ("7.price", "1200"), ("7.active", "on")]);
        let rows = read(sent).unwrap();
        assert_eq!((rows.len(), rows[0].version, rows[0].typed.get("price")), (1, 3, "1200"));
        assert!(rows[0].is_changed());
        let same = TypedRow { typed: rows[0].seen.clone(), ..rows[0].clone() };
        assert!(!same.is_changed());
    }

    #[test]
    fn what_is_no_cell_is_named_and_what_is_no_row_is_not_read() {
        let problem = |sent: &[(&str, &str)]| {
            let all = [&[("0.id", ID), ("0.version", "1")][..], sent].concat();
            read(pairs(&all)).unwrap_err().iter().next().map(|(field, problem)| (field.to_owned(), problem))
        };
        assert_eq!(problem(&[("0.stock", "9")]), Some(("0.stock".into(), FieldProblem::UnknownField)));
        assert_eq!(problem(&[("tenant_id", "9")]), Some(("tenant_id".into(), FieldProblem::UnknownField)));
        assert_eq!(problem(&[("500.id", ID)]), Some(("500.id".into(), FieldProblem::UnknownField)));
        assert_eq!(problem(&[("1.id", ID), ("1.version", "1")]), Some(("1.id".into(), FieldProblem::Unreadable)));
        assert_eq!(problem(&[("1.id", "x"), ("1.version", "1")]), Some(("1.id".into(), FieldProblem::Unreadable)));
        assert_eq!(problem(&[("0.sku", &"a".repeat(201))]), Some(("0.sku".into(), FieldProblem::TooLong)));
    }

    #[test]
    fn each_cell_says_what_is_wrong_with_it() {
        let picture = ImageId::parse(ID).unwrap();
        let parse = |typed: &Typed| Cells::parse(typed, &stored(), Currency::Kes, &[picture]);
        assert_eq!(parse(&stored().spelled()), Ok(stored()));
        assert_eq!(parse(&stored().spelled().with("image", ID)).map(|cells| cells.image), Ok(Some(picture)));
        let long = "a".repeat(101);
        for (cell, typed, problem) in [
            ("sku", long.as_str(), FieldProblem::TooLong),
            ("barcode", "1\u{7}2", FieldProblem::Unreadable),
            ("price", "", FieldProblem::Missing),
            ("price", "-5", FieldProblem::NotAPrice),
            ("price", "99999999", FieldProblem::TooHigh),
            ("was", "1000", FieldProblem::BelowPrice),
            ("was", "999", FieldProblem::BelowPrice),
            ("cost", "-1", FieldProblem::NotAPrice),
            ("limit", "-1", FieldProblem::NotWhole),
            ("limit", "1000001", FieldProblem::TooHigh),
            ("image", "01890a5d-ac96-774b-bcce-b302099a8058", FieldProblem::UnknownChoice),
        ] {
            let errors = parse(&stored().spelled().with(cell, typed)).unwrap_err();
            assert_eq!(errors, FieldErrors::one(cell, problem), "{cell}: {typed}");
        }
        let both = parse(&stored().spelled().with("was", "900").with("cost", "-1")).unwrap_err();
        let said: Vec<_> = both.iter().collect();
        assert_eq!(said, [("cost", FieldProblem::NotAPrice), ("was", FieldProblem::BelowPrice)]);
    }
}
