//! What may be said of a row of a file, with what it is about; kept as it is, and told in the reader's language.
//!
//! `Display` is the sentence in English, as the command line prints it. The stored form is one object with the word
//! under `kind`: `samples/remarks.json` has one of each, and what was stored once must read for good.

use super::fetch::FetchProblem;
use crate::{catalog::media::PictureProblem, kernel::money::Money};
use serde::{Deserialize, Serialize};
use std::fmt;

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, thiserror::Error)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Remark {
    // Whole rows.
    #[error("not brought in, because line {line} of the same product is wrong")]
    OtherLineWrong { line: u64 },
    #[error("the file was read as {encoding}; look whether letters with accents are right")]
    Encoding { encoding: String },
    #[error(
        "the row has {cells} cells where the header has {columns}; a quotation mark or a separator may be missing or too many"
    )]
    CellCount { cells: usize, columns: usize },
    #[error("the row holds characters that are no text")]
    NoText,
    #[error("the row is empty")]
    EmptyRow,
    #[error("the row has no Name")]
    RowWithoutName,
    /// Without a `column` it is the name that would say so.
    #[error("the row has no {}, so nothing says which product it belongs to", .column.as_deref().unwrap_or("name"))]
    RowOfNoProduct { column: Option<String> },
    #[error("belongs to the product above; its row before this one is on line {line}")]
    RowApart { line: u64 },
    #[error("the row adds nothing: neither a variant nor a picture")]
    RowAddsNothing,
    #[error("the product {parent}, which this is a variation of, is not in the file")]
    ParentMissing { parent: String },
    #[error("a product of the type “{says}” cannot be sold here; simple and variable ones can")]
    TypeNotSold { says: String },
    // What a product is.
    #[error("gift cards are not sold here yet")]
    GiftCard,
    #[error("the title “{title}” is not that of line {line}, “{other}”: two products with one handle")]
    TwoTitles { title: String, line: u64, other: String },
    #[error("no row of this handle has a Title")]
    HandleWithoutTitle,
    #[error("no row of this product has a name")]
    ProductWithoutName,
    #[error("the title is longer than {most} characters")]
    TitleTooLong { most: usize },
    #[error("neither Handle nor Title can be made an address of letters and digits")]
    NoAddress,
    #[error("the product's address is {address}")]
    AddressMade { address: String },
    #[error("the address {address} is taken by the product of line {line}")]
    AddressTaken { address: String, line: u64 },
    #[error("the address {address} leads to a product that comes under another one too")]
    AddressTwice { address: String },
    #[error("the address {address} belongs to a product of another store")]
    AddressOfOtherStore { address: String },
    #[error("its address was given to another product at the same time")]
    AddressGivenMeanwhile,
    #[error("Published is “{says}”, which is neither true nor false")]
    PublishedUnclear { says: String },
    #[error("Status is “{says}”, which is none of active, draft and archived")]
    StatusUnknown { says: String },
    #[error("the description is longer than 64 kB")]
    DescriptionTooLong,
    #[error("pictures inside the description were left out")]
    DescriptionPictures,
    #[error("the category is deeper than {most} levels and was cut")]
    CategoryTooDeep { most: usize },
    #[error(
        "the category {category} was left out: its name gives no address, or the shop has 2,000 categories already"
    )]
    CategoryLeftOut { category: String },
    #[error("the weight “{says}” is no number of grams and was left out")]
    WeightUnclear { says: String },
    #[error("the shop does not take it ({rule})")]
    NotTaken { rule: String },
    // Its forms.
    #[error("none of its variations is in the file, so there is nothing to buy")]
    NoVariations,
    #[error("the product has more than {most} variants")]
    TooManyVariants { most: usize },
    #[error("a product without choices has one form only, on line {line}")]
    OneFormOnly { line: u64 },
    #[error("the choice {choice} is there already, on line {line}")]
    ChoiceTwice { choice: String, line: u64 },
    #[error("the choice has no name in the file and is called “{name}”")]
    ChoiceUnnamed { name: String },
    #[error("two choices have the same name, {name}")]
    ChoiceNameTwice { name: String },
    #[error("there is no value for the choice {choice}")]
    NoValue { choice: String },
    #[error("the value for the choice {choice} is longer than {most} characters")]
    ValueTooLong { choice: String, most: usize },
    #[error("the variant {} is not in the file and stays as it is", .name.as_deref().unwrap_or("without a name"))]
    VariantNotInFile { name: Option<String> },
    #[error(
        "the variant {} is not in the file, which gives the product other choices, and is switched off",
        .name.as_deref().unwrap_or("without a name")
    )]
    VariantOfOtherChoices { name: Option<String> },
    #[error("the product has choices here, and neither they nor the SKU of a variant stand in the row")]
    ChoicesUnsaid,
    #[error("the SKU {sku} is that of line {line} too")]
    SkuTwice { sku: String, line: u64 },
    #[error("the SKU {sku} belongs to the product {product} already")]
    SkuOfOther { sku: String, product: String },
    #[error("a SKU of it was given to another product or form at the same time")]
    SkuGivenMeanwhile,
    #[error("“{says}” is neither yes nor no")]
    NeitherYesNorNo { says: String },
    // Its pieces.
    #[error("the {of} {pieces} is below zero")]
    BelowZero { of: Pieces, pieces: i32 },
    #[error("the {of} “{says}” is no whole number from 0 to 1,000,000")]
    PiecesUnclear { of: Pieces, says: String },
    #[error("selling without stock is not offered; what is there can be sold")]
    NoSaleWithoutStock,
    #[error("its pieces are not counted in the file; only what is counted here can be sold")]
    NotCounted,
    #[error("{pieces} pieces are promised to shoppers who are paying, so the stock is set to {pieces}")]
    StockPromised { pieces: i32 },
    // Its prices.
    #[error("there is no {column}")]
    NoPrice { column: String },
    #[error("the {which} “{says}” is not a number like 1250 or 1,250.50")]
    PriceNoNumber { which: PriceOf, says: String },
    #[error("the {which} “{says}” may be a thousand or a fraction; write it without the point")]
    PriceAmbiguous { which: PriceOf, says: String },
    #[error("the {which} “{says}” is too large to be real")]
    PriceTooLarge { which: PriceOf, says: String },
    #[error("the {which} {says} is no whole shilling; if it is in another currency, give a rate")]
    PriceNotWhole { which: PriceOf, says: String },
    #[error("the price “{says}” comes to nothing")]
    PriceOfNothing { says: String },
    #[error("{}{says} × {rate} = {money}", .which.before_sum())]
    PriceConverted { which: PriceOf, says: String, rate: String, money: Money },
    #[error("{}{says} × {rate} = {exact}, rounded to {money}", .which.before_sum())]
    PriceRounded { which: PriceOf, says: String, rate: String, exact: String, money: Money },
    #[error("the former price {money} is not above the price and was left out")]
    FormerPriceNotAbove { money: Money },
    #[error("the cost “{says}” is no plain number and was left out")]
    CostUnclear { says: String },
    // Its pictures.
    #[error("the picture was left out: a product has at most {most}")]
    TooManyPictures { most: usize },
    #[error("the picture {picture} is not a file in the folder of the products")]
    PictureNotInFolder { picture: String },
    #[error("the picture {picture} was not found")]
    PictureNotFound { picture: String },
    #[error("the picture {picture} cannot be read")]
    PictureUnreadable { picture: String },
    #[error("the picture {picture} {problem}")]
    PictureNotTaken { picture: String, problem: PictureProblem },
    #[error("the picture at {host} {problem}")]
    PictureOfHostNotTaken { host: String, problem: PictureProblem },
    #[error("the picture at {host} was not fetched")]
    PictureElsewhere { host: String },
    #[error("the picture at {host} was not fetched: {problem}")]
    PictureNotFetched { host: String, problem: FetchProblem },
}

/// Which price of a form a sentence is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PriceOf {
    Now,
    Before,
}

impl PriceOf {
    const fn before_sum(self) -> &'static str {
        match self {
            Self::Now => "",
            Self::Before => "former price ",
        }
    }
}

impl fmt::Display for PriceOf {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Now => "price",
            Self::Before => "former price",
        })
    }
}

/// Which number of pieces a sentence is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Pieces {
    Quantity,
    Limit,
}

impl fmt::Display for Pieces {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Quantity => "quantity",
            Self::Limit => "low stock limit",
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::Value;
    use std::collections::BTreeSet;

    #[test]
    fn what_was_stored_once_reads_and_is_written_the_same() {
        let samples: Vec<Value> = serde_json::from_str(include_str!("samples/remarks.json")).expect("samples");
        let mut kinds = BTreeSet::new();
        for sample in samples {
            let remark: Remark = serde_json::from_value(sample.clone()).expect("a remark");
            assert_eq!(serde_json::to_value(&remark).expect("an object"), sample, "{remark}");
            kinds.insert(sample["kind"].to_string());
        }
        // One sentence each, above.
        let sentences = include_str!("remark.rs").lines().filter(|line| line.starts_with("    #[error(")).count();
        assert_eq!(kinds.len(), sentences);
    }

    #[test]
    fn a_word_in_the_middle_changes_with_what_it_is_about() {
        let unclear = |which| Remark::PriceNoNumber { which, says: "cheap".to_owned() }.to_string();
        assert_eq!(unclear(PriceOf::Now), "the price “cheap” is not a number like 1250 or 1,250.50");
        assert_eq!(unclear(PriceOf::Before), "the former price “cheap” is not a number like 1250 or 1,250.50");
        let (says, rate, money) = ("50.00".to_owned(), "129.5".to_owned(), Money::shillings(6_475));
        let converted = Remark::PriceConverted { which: PriceOf::Before, says, rate, money };
        assert_eq!(converted.to_string(), "former price 50.00 × 129.5 = KSh 6,475");
        let nowhere = |column: Option<&str>| Remark::RowOfNoProduct { column: column.map(str::to_owned) }.to_string();
        assert_eq!(nowhere(None), "the row has no name, so nothing says which product it belongs to");
        assert_eq!(nowhere(Some("Slug")), "the row has no Slug, so nothing says which product it belongs to");
        assert_eq!(
            Remark::BelowZero { of: Pieces::Limit, pieces: -2 }.to_string(),
            "the low stock limit -2 is below zero"
        );
    }
}
