//! A new product as a merchant types it: name, price, how many there are, a few words.

use super::price_form::parse_price;
use crate::kernel::{
    currency::Currency,
    field_errors::{FieldErrors, optional_text, required_line},
    money::Money,
    typed::Typed,
    whole_number::parse_whole,
};

/// The fields of the form; the picture travels beside them.
pub const FIELDS: [&str; 5] = ["product", "name", "price", "stock", "description"];
pub const LONGEST_NAME: usize = 120;
pub const LONGEST_DESCRIPTION: usize = 5_000;
/// More pieces than anybody puts on a shelf in one go.
const MOST_PIECES: i32 = 100_000;

/// What a product begins with.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewProduct {
    pub name: String,
    pub price: Money,
    pub pieces: i32,
    pub description: Option<String>,
}

impl NewProduct {
    /// Reads the form; every mistake is named at once. An empty number of pieces is none.
    pub fn read(typed: &Typed) -> Result<Self, FieldErrors> {
        let mut errors = FieldErrors::none();
        let name = errors.expect("name", required_line(typed.get("name"), LONGEST_NAME));
        let price = errors.expect("price", parse_price(typed.get("price"), Currency::Kes));
        let pieces =
            errors.expect("stock", parse_whole(typed.get("stock"), MOST_PIECES)).map(Option::unwrap_or_default);
        let description = errors.expect("description", optional_text(typed.get("description"), LONGEST_DESCRIPTION));
        match (name, price, pieces, description) {
            (Some(name), Some(price), Some(pieces), Some(description)) if errors.is_empty() => {
                Ok(Self { name, price, pieces, description })
            }
            _ => Err(errors),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::kernel::field_errors::FieldProblem;

    fn form(name: &str, price: &str, stock: &str) -> Typed {
        Typed::default().with("name", name).with("price", price).with("stock", stock)
    }

    #[test]
    fn a_name_and_a_price_are_enough() {
        let read = NewProduct::read(&form(" Kiondo ", "1,250", "")).unwrap();
        let kiondo = NewProduct { name: "Kiondo".into(), price: Money::shillings(1_250), pieces: 0, description: None };
        assert_eq!(read, kiondo);
    }

    #[test]
    fn every_mistake_is_named_at_once() {
        let errors = NewProduct::read(&form("a\u{7}b", "12.50", "-1")).unwrap_err();
        let named: Vec<_> = errors.iter().collect();
        let wanted =
            [("name", FieldProblem::Unreadable), ("price", FieldProblem::NotAPrice), ("stock", FieldProblem::NotWhole)];
        assert_eq!(named, wanted);
        assert_eq!(
            NewProduct::read(&form("x", "1", "1,5")).unwrap_err(),
            FieldErrors::one("stock", FieldProblem::NotWhole)
        );
        assert_eq!(
            NewProduct::read(&form("x", "1", "100001")).unwrap_err(),
            FieldErrors::one("stock", FieldProblem::TooHigh)
        );
    }
}
