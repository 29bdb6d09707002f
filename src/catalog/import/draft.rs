//! Rows of one handle as one product, or the reasons why they are none.

use super::{
    notes::{Notes, Seen},
    price::Rate,
    table::{Column as C, Row, Table},
    variants::{VariantDraft, draft_variants, is_variant_row},
};
use crate::{
    catalog::{
        description as html,
        product::{ProductStatus, Seo},
    },
    kernel::slug::Slug,
};

const LONGEST_NAME: usize = 200;
const LONGEST_TEXT: usize = 64 * 1024;
const MOST_PICTURES: usize = 20;
const MOST_TAGS: usize = 50;
/// For the short cells: vendor, type, tags, picture texts.
const LONGEST_CELL: usize = 200;
const LONGEST_SEO: usize = 500;

/// A product as the file has it. `None` means that the file does not say: what the shop has stays.
#[derive(Clone, Debug)]
pub(super) struct ProductDraft {
    pub slug: Slug,
    pub name: String,
    pub description_html: Option<String>,
    pub brand: Option<String>,
    pub category: Option<String>,
    pub tags: Option<Vec<String>>,
    pub status: Option<ProductStatus>,
    pub seo: Option<Seo>,
    pub grams: Option<i64>,
    pub option_names: Vec<String>,
    pub variants: Vec<VariantDraft>,
    pub pictures: Vec<PictureDraft>,
    /// The rows that it is made of, as indices of the report.
    pub rows: Vec<usize>,
}

/// A picture as the file names it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct PictureDraft {
    pub row: usize,
    pub src: String,
    pub alt: Option<String>,
}

/// The products of a file and what is to be said about its rows.
pub(super) struct Drafts {
    pub notes: Notes,
    pub products: Vec<ProductDraft>,
    pub refused: usize,
}

pub(super) fn draft_products(table: &Table, rate: Option<Rate>) -> Drafts {
    let mut notes = Notes::default();
    let groups = group(table, &mut notes);
    let (mut slugs, mut skus) = (Seen::default(), Seen::default());
    let (mut products, mut refused) = (Vec::new(), 0);
    for rows in groups {
        let product = draft_product(table, &rows, rate, &mut notes, &mut slugs, &mut skus);
        if notes.settle_refused(&rows) {
            refused += 1;
        } else if let Some(product) = product {
            products.push(product);
        }
    }
    Drafts { notes, products, refused }
}

/// Rows by handle, in the order of the file. Rows without one are settled here.
fn group(table: &Table, notes: &mut Notes) -> Vec<Vec<usize>> {
    let mut groups: Vec<Vec<usize>> = Vec::new();
    let mut by_handle = std::collections::HashMap::new();
    for (index, row) in table.rows.iter().enumerate() {
        let handle = table.cell(row, C::Handle);
        notes.add_row(row.line, handle);
        let damage = table.damage(row);
        if handle.is_empty() {
            if damage.is_none() && is_empty(table, row) {
                notes.note(index, "the row is empty".to_owned());
            } else {
                notes.refuse(
                    index,
                    damage.unwrap_or_else(|| {
                        "the row has no Handle, so nothing says which product it belongs to".to_owned()
                    }),
                );
                notes.settle_refused(&[index]);
            }
            continue;
        }
        if let Some(damage) = damage {
            notes.refuse(index, damage);
        }
        let place = *by_handle.entry(handle).or_insert_with(|| {
            groups.push(Vec::new());
            groups.len() - 1
        });
        if let Some(last) = groups[place].last().filter(|last| **last + 1 != index) {
            let line = notes.line(*last);
            notes.note(index, format!("belongs to the product above; its row before this one is on line {line}"));
        }
        groups[place].push(index);
    }
    groups
}

fn is_empty(table: &Table, row: &Row) -> bool {
    [C::Title, C::Price, C::Sku, C::OptionValue(0), C::ImageSrc]
        .into_iter()
        .all(|column| table.cell(row, column).is_empty())
}

fn draft_product(
    table: &Table,
    rows: &[usize],
    rate: Option<Rate>,
    notes: &mut Notes,
    slugs: &mut Seen,
    skus: &mut Seen,
) -> Option<ProductDraft> {
    let head = *rows.first()?;
    // The first row that fills a cell speaks for the product.
    let first = |column| rows.iter().map(|row| table.cell(&table.rows[*row], column)).find(|cell| !cell.is_empty());
    let name = find_name(table, rows, notes);
    let slug = find_slug(table.cell(&table.rows[head], C::Handle), name.as_deref(), head, notes, slugs);
    if first(C::GiftCard).is_some_and(|cell| cell.eq_ignore_ascii_case("true")) {
        notes.refuse(head, "gift cards are not sold here yet".to_owned());
    }
    let status = notes.expect(head, find_status(first(C::Status), first(C::Published)));
    let description_html = first(C::Body).and_then(|body| describe(body, head, notes));
    let short = |column| first(column).map(|cell| cut(cell, LONGEST_CELL));
    let category = short(C::Type).or_else(|| {
        first(C::ProductCategory).and_then(|path| path.rsplit('>').next()).map(|last| cut(last.trim(), LONGEST_CELL))
    });
    let seo = Seo {
        title: first(C::SeoTitle).map(|text| cut(text, LONGEST_SEO)),
        description: first(C::SeoDescription).map(|text| cut(text, LONGEST_SEO)),
    };
    let (option_names, mut variants) = draft_variants(table, rows, rate, notes, skus);
    let pictures = draft_pictures(table, rows, &mut variants, notes);
    Some(ProductDraft {
        slug: slug?,
        name: name?,
        description_html,
        brand: short(C::Vendor),
        category,
        tags: first(C::Tags).map(split_tags),
        status: status?,
        seo: (!seo.is_empty()).then_some(seo),
        grams: first(C::Grams).and_then(|cell| read_grams(cell, head, notes)),
        option_names,
        variants,
        pictures,
        rows: rows.to_vec(),
    })
}

fn find_name(table: &Table, rows: &[usize], notes: &mut Notes) -> Option<String> {
    let mut found: Option<(usize, &str)> = None;
    for row in rows {
        let title = table.cell(&table.rows[*row], C::Title);
        match found {
            None if !title.is_empty() => found = Some((*row, title)),
            Some((first, name)) if !title.is_empty() && title != name => {
                let line = notes.line(first);
                notes.refuse(
                    *row,
                    format!(
                        "the title “{}” is not that of line {line}, “{}”: two products with one handle",
                        cut(title, 60),
                        cut(name, 60)
                    ),
                );
            }
            _ => {}
        }
    }
    let Some((row, name)) = found else {
        notes.refuse(*rows.first()?, "no row of this handle has a Title".to_owned());
        return None;
    };
    if name.chars().count() > LONGEST_NAME {
        notes.refuse(row, format!("the title is longer than {LONGEST_NAME} characters"));
    }
    Some(name.to_owned())
}

fn find_slug(handle: &str, name: Option<&str>, head: usize, notes: &mut Notes, slugs: &mut Seen) -> Option<Slug> {
    let Some(slug) = Slug::parse(handle).or_else(|| Slug::from_name(handle)).or_else(|| Slug::from_name(name?)) else {
        notes.refuse(head, "neither Handle nor Title can be made an address of letters and digits".to_owned());
        return None;
    };
    if slug.as_str() != handle {
        notes.note(head, format!("the product's address is {slug}"));
    }
    if let Some(earlier) = slugs.earlier(slug.as_str(), head) {
        let line = notes.line(earlier);
        notes.refuse(head, format!("the address {slug} is taken by the product of line {line}"));
    }
    Some(slug)
}

fn find_status(status: Option<&str>, published: Option<&str>) -> Result<Option<ProductStatus>, String> {
    let is_published = match published.map(str::to_ascii_lowercase).as_deref() {
        None => None,
        Some("true" | "yes" | "1") => Some(true),
        Some("false" | "no" | "0") => Some(false),
        Some(other) => return Err(format!("Published is “{other}”, which is neither true nor false")),
    };
    match status {
        None => Ok(is_published.map(|yes| if yes { ProductStatus::Active } else { ProductStatus::Draft })),
        Some(word) => match ProductStatus::parse(&word.to_ascii_lowercase()) {
            Some(ProductStatus::Active) if is_published == Some(false) => Ok(Some(ProductStatus::Draft)),
            Some(status) => Ok(Some(status)),
            None => Err(format!("Status is “{word}”, which is none of active, draft and archived")),
        },
    }
}

fn describe(body: &str, head: usize, notes: &mut Notes) -> Option<String> {
    if body.len() > LONGEST_TEXT {
        notes.refuse(head, "the description is longer than 64 kB".to_owned());
        return None;
    }
    let html = html::clean(body);
    if html::has_pictures(body) {
        notes.note(head, "pictures inside the description were left out".to_owned());
    }
    Some(html)
}

fn split_tags(cell: &str) -> Vec<String> {
    let mut tags: Vec<String> = Vec::new();
    for tag in cell.split(',').map(str::trim).filter(|tag| !tag.is_empty()) {
        let tag = cut(tag, LONGEST_CELL);
        if tags.len() < MOST_TAGS && !tags.contains(&tag) {
            tags.push(tag);
        }
    }
    tags
}

/// Whole grams; 0 is how exports say that nobody weighed it.
fn read_grams(cell: &str, head: usize, notes: &mut Notes) -> Option<i64> {
    let whole = cell.split_once('.').map_or(cell, |(whole, _)| whole);
    match whole.parse::<i64>() {
        Ok(0) => None,
        Ok(grams @ 1..=10_000_000) => Some(grams),
        _ => {
            notes.note(head, format!("the weight “{}” is no number of grams and was left out", cut(cell, 20)));
            None
        }
    }
}

/// The pictures of all rows in the order of their positions; variants learn which one is theirs.
fn draft_pictures(
    table: &Table,
    rows: &[usize],
    variants: &mut [VariantDraft],
    notes: &mut Notes,
) -> Vec<PictureDraft> {
    let mut found: Vec<(u32, PictureDraft)> = Vec::new();
    for row in rows {
        let cells = &table.rows[*row];
        let src = table.cell(cells, C::ImageSrc);
        let is_new = !src.is_empty() && !found.iter().any(|(_, picture)| picture.src == src);
        if is_new {
            let position = table.cell(cells, C::ImagePosition).parse().unwrap_or(u32::MAX);
            let alt = table.cell(cells, C::ImageAlt);
            found.push((
                position,
                PictureDraft { row: *row, src: src.to_owned(), alt: (!alt.is_empty()).then(|| cut(alt, LONGEST_CELL)) },
            ));
        } else if src.is_empty() && !is_variant_row(table, cells) {
            notes.note(*row, "the row adds nothing: neither a variant nor a picture".to_owned());
        }
    }
    found.sort_by_key(|(position, _)| *position);
    let mut pictures: Vec<PictureDraft> = found.into_iter().map(|(_, picture)| picture).collect();
    for variant in &*variants {
        let src = table.cell(&table.rows[variant.row], C::VariantImage);
        if !src.is_empty() && !pictures.iter().any(|picture| picture.src == src) {
            pictures.push(PictureDraft { row: variant.row, src: src.to_owned(), alt: None });
        }
    }
    for extra in pictures.iter().skip(MOST_PICTURES) {
        notes.note(extra.row, format!("the picture was left out: a product has at most {MOST_PICTURES}"));
    }
    pictures.truncate(MOST_PICTURES);
    for variant in variants {
        let src = table.cell(&table.rows[variant.row], C::VariantImage);
        variant.picture = pictures.iter().position(|picture| picture.src == src);
    }
    pictures
}

/// At most so many characters.
pub(super) fn cut(text: &str, most: usize) -> String {
    text.chars().take(most).collect()
}
