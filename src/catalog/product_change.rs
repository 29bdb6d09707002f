//! A product as its editor's form has it: read field by field, every mistake named at once.

use super::{
    price_form::parse_over,
    product::{ProductStatus, Seo},
};
use crate::kernel::{
    currency::Currency,
    field_errors::{FieldErrors, FieldProblem, optional_line, required_line},
    id::CategoryId,
    money::Money,
    slug::Slug,
    typed::Typed,
    whole_number::parse_whole,
};

/// The fields of the form. The three about money are only there when the product has one variant.
pub const FIELDS: &[&str] = &[
    "name",
    "description",
    "brand",
    "category",
    "status",
    "price",
    "was",
    "cost",
    "weight",
    "tags",
    "slug",
    "seo_title",
    "seo_description",
];
pub const LONGEST_NAME: usize = 200;
pub const LONGEST_DESCRIPTION: usize = 50_000;
pub const LONGEST_LINE: usize = 200;
pub const LONGEST_TAGS: usize = 2_000;
pub const LONGEST_SEO: usize = 500;
const MOST_TAGS: usize = 50;
/// A thousand kilograms.
pub const MOST_GRAMS: i64 = 1_000_000;

/// What a form is read over: values that come back as they were shown stay as they are stored.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Before {
    pub slug: String,
    /// The text that the form showed.
    pub description: String,
    /// A file may have brought some with commas in them.
    pub tags: Vec<String>,
    pub currency: Currency,
    /// Of the only variant.
    pub price: Option<OnePrice>,
}

/// What a product with one variant costs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct OnePrice {
    pub price: Money,
    pub was: Option<Money>,
    pub cost: Option<Money>,
}

/// What was typed, understood.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ProductChange {
    pub name: String,
    /// None: left as it was.
    pub description: Option<String>,
    pub brand: Option<String>,
    pub category: Option<CategoryId>,
    pub status: ProductStatus,
    pub price: Option<OnePrice>,
    pub grams: Option<i64>,
    pub tags: Vec<String>,
    pub slug: String,
    pub seo: Seo,
}

impl ProductChange {
    pub fn parse(typed: &Typed, before: &Before) -> Result<Self, FieldErrors> {
        let mut errors = FieldErrors::none();
        let name = errors.expect("name", required_line(typed.get("name"), LONGEST_NAME));
        let description = errors.expect("description", description(typed.get("description"), &before.description));
        let brand = errors.expect("brand", optional_line(typed.get("brand"), LONGEST_LINE));
        let category = errors.expect("category", category(typed.get("category")));
        let status = ProductStatus::parse(typed.get("status")).ok_or(FieldProblem::UnknownChoice);
        let status = errors.expect("status", status);
        let price = before.price.map(|stored| read_price(typed, &stored, before.currency, &mut errors));
        let grams = errors.expect("weight", parse_whole(typed.get("weight"), MOST_GRAMS));
        let tags = errors.expect("tags", tags(typed.get("tags"), &before.tags));
        let slug = errors.expect("slug", slug(typed.get("slug"), &before.slug));
        let title = errors.expect("seo_title", optional_line(typed.get("seo_title"), LONGEST_SEO));
        let summary = errors.expect("seo_description", optional_line(typed.get("seo_description"), LONGEST_SEO));
        let (Some(name), Some(status), Some(slug), true) = (name, status, slug, errors.is_empty()) else {
            return Err(errors);
        };
        Ok(Self {
            name,
            description: description.flatten(),
            brand: brand.flatten(),
            category: category.flatten(),
            status,
            price: price.flatten(),
            grams: grams.flatten(),
            tags: tags.unwrap_or_default(),
            slug,
            seo: Seo { title: title.flatten(), description: summary.flatten() },
        })
    }
}

/// None when it came back as it was shown: an imported one may be longer than anybody types.
fn description(typed: &str, shown: &str) -> Result<Option<String>, FieldProblem> {
    let plain = typed.replace("\r\n", "\n");
    let text = plain.trim();
    if text == shown.replace("\r\n", "\n").trim() {
        return Ok(None);
    }
    if text.chars().count() > LONGEST_DESCRIPTION {
        return Err(FieldProblem::TooLong);
    }
    if text.chars().any(|c| c.is_control() && !matches!(c, '\n' | '\t')) {
        return Err(FieldProblem::Unreadable);
    }
    Ok(Some(text.to_owned()))
}

fn category(typed: &str) -> Result<Option<CategoryId>, FieldProblem> {
    match typed.trim() {
        "" => Ok(None),
        id => CategoryId::parse(id).map(Some).ok_or(FieldProblem::UnknownChoice),
    }
}

/// None with a mistake noted.
fn read_price(typed: &Typed, stored: &OnePrice, currency: Currency, errors: &mut FieldErrors) -> Option<OnePrice> {
    let price = errors.expect("price", parse_over(typed.get("price"), Some(stored.price), currency))?;
    if price.is_none() {
        errors.add("price", FieldProblem::Missing);
    }
    let was = errors.expect("was", parse_over(typed.get("was"), stored.was, currency));
    let cost = errors.expect("cost", parse_over(typed.get("cost"), stored.cost, currency));
    let (price, was) = (price?, was?);
    errors.expect("was", above(price, was, stored))?;
    Some(OnePrice { price, was, cost: cost? })
}

/// A former price that is not above the price now says nothing, or a lie.
fn above(price: Money, was: Option<Money>, stored: &OnePrice) -> Result<(), FieldProblem> {
    let is_as_it_was = price == stored.price && was == stored.was;
    if is_as_it_was || was.is_none_or(|was| was.minor() > price.minor()) {
        Ok(())
    } else {
        Err(FieldProblem::BelowPrice)
    }
}

/// Words between commas, each once; as they are stored when they come back as they were shown.
fn tags(typed: &str, stored: &[String]) -> Result<Vec<String>, FieldProblem> {
    if typed.trim() == stored.join(", ").trim() {
        return Ok(stored.to_vec());
    }
    let mut tags: Vec<String> = Vec::new();
    for tag in typed.split(',').filter(|tag| !tag.trim().is_empty()) {
        let tag = required_line(tag, LONGEST_LINE)?;
        if !tags.iter().any(|known| known.to_lowercase() == tag.to_lowercase()) {
            tags.push(tag);
        }
    }
    if tags.len() > MOST_TAGS { Err(FieldProblem::TooMany) } else { Ok(tags) }
}

/// What an import wrote may be spelled otherwise than people may type.
fn slug(typed: &str, stored: &str) -> Result<String, FieldProblem> {
    match typed.trim() {
        "" => Err(FieldProblem::Missing),
        same if same == stored => Ok(same.to_owned()),
        // A phone begins every field with a capital letter.
        other => {
            Slug::parse(&other.to_lowercase()).map(|slug| slug.as_str().to_owned()).ok_or(FieldProblem::NotAnAddress)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn before() -> Before {
        let price = OnePrice { price: Money::shillings(1_000), was: None, cost: None };
        Before {
            slug: "kiondo".into(),
            description: "<p>Sisal</p>".into(),
            tags: vec!["sisal, woven".into(), "gift".into()],
            currency: Currency::Kes,
            price: Some(price),
        }
    }

    fn filled() -> Typed {
        Typed::default()
            .with("name", " Kiondo ")
            .with("description", "<p>Sisal</p>\r\n")
            .with("status", "active")
            .with("price", "1,250")
            .with("was", "1500")
            .with("cost", "700")
            .with("weight", "1 200")
            .with("tags", "sisal, Basket ,, sisal")
            .with("slug", "kiondo")
    }

    #[test]
    fn what_was_typed_is_understood() {
        let change = ProductChange::parse(&filled(), &before()).unwrap();
        assert_eq!((change.name.as_str(), change.grams, change.description), ("Kiondo", Some(1_200), None));
        assert_eq!(change.tags, ["sisal", "Basket"]);
        let cents = change.price.map(|one| (one.price.minor(), one.was.map(Money::minor), one.cost.map(Money::minor)));
        assert_eq!(cents, Some((125_000, Some(150_000), Some(70_000))));
    }

    #[test]
    fn each_field_says_what_is_wrong_with_it() {
        let (long, many) = ("a".repeat(501), (0..51).map(|at| at.to_string()).collect::<Vec<_>>().join(","));
        let text = "a".repeat(LONGEST_DESCRIPTION + 1);
        for (field, typed, problem) in [
            ("name", "", FieldProblem::Missing),
            ("name", &long, FieldProblem::TooLong),
            ("name", "a\u{7}b", FieldProblem::Unreadable),
            ("name", "a\nb", FieldProblem::Unreadable),
            ("description", "a\u{0}b", FieldProblem::Unreadable),
            ("description", &text, FieldProblem::TooLong),
            ("brand", &long, FieldProblem::TooLong),
            ("category", "1", FieldProblem::UnknownChoice),
            ("status", "sold", FieldProblem::UnknownChoice),
            ("price", "", FieldProblem::Missing),
            ("price", "-5", FieldProblem::NotAPrice),
            ("price", "99999999", FieldProblem::TooHigh),
            ("was", "1,250", FieldProblem::BelowPrice),
            ("was", "900", FieldProblem::BelowPrice),
            ("cost", "-1", FieldProblem::NotAPrice),
            ("weight", "1.5", FieldProblem::NotWhole),
            ("weight", "1,5", FieldProblem::NotWhole),
            ("weight", "1000001", FieldProblem::TooHigh),
            ("tags", &many, FieldProblem::TooMany),
            ("slug", "", FieldProblem::Missing),
            ("slug", "Kiondo!", FieldProblem::NotAnAddress),
            ("seo_title", &long, FieldProblem::TooLong),
            ("seo_description", "a\nb", FieldProblem::Unreadable),
        ] {
            let errors = ProductChange::parse(&filled().with(field, typed), &before()).unwrap_err();
            assert_eq!(errors, FieldErrors::one(field, problem), "{field}: {}", typed.get(..20).unwrap_or(typed));
        }
        let both = filled().with("was", "900").with("cost", "-1");
        let said = ProductChange::parse(&both, &before()).unwrap_err();
        assert_eq!(
            said.iter().collect::<Vec<_>>(),
            [("cost", FieldProblem::NotAPrice), ("was", FieldProblem::BelowPrice)]
        );
    }

    #[test]
    fn an_address_is_small_however_a_phone_writes_it() {
        let change = ProductChange::parse(&filled().with("slug", " Kiondo-Mkubwa "), &before()).unwrap();
        assert_eq!(change.slug, "kiondo-mkubwa");
    }

    #[test]
    fn tags_with_commas_stay_while_nobody_touches_them() {
        let tags = |typed: &str| ProductChange::parse(&filled().with("tags", typed), &before()).unwrap().tags;
        assert_eq!(tags("sisal, woven, gift"), ["sisal, woven", "gift"]);
        assert_eq!(tags("sisal, woven"), ["sisal", "woven"]);
    }

    #[test]
    fn with_several_variants_the_form_has_no_price() {
        let many = Before { price: None, ..before() };
        assert_eq!(ProductChange::parse(&filled().with("price", "nonsense"), &many).unwrap().price, None);
    }
}
