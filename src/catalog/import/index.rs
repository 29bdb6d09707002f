//! The first look through a file: which rows make up which product, and what may stand in it once only.
//!
//! Kept of a row is where it begins; the rows themselves are read again when their product has its turn.

use super::{
    column::Column as C,
    format::{Format, Layout, Reading},
    report::ImportRefusal,
    rows::{Place, Records, Row, read_row},
    text_file::TextFile,
    variants::filled,
    woo,
};
use crate::kernel::slug::Slug;
use std::collections::HashMap;

const MOST_ROWS: usize = 100_000;

/// The rows of one product, in the order of the file.
#[derive(Debug, Default)]
pub(super) struct Group {
    /// What the file calls it; empty when it does not say.
    pub handle: String,
    pub slug: Option<Slug>,
    /// The line of the product that has the same address.
    pub taken_by: Option<u64>,
    /// Forms whose product is not in the file, and what they call it.
    pub lost: Option<String>,
    pub places: Vec<Place>,
}

/// What the first look found.
#[derive(Debug)]
pub(super) struct Index {
    pub layout: Layout,
    pub groups: Vec<Group>,
    pub rows: usize,
    /// The line that has a SKU first.
    skus: HashMap<String, u64>,
}

impl Index {
    /// The earlier line with the same SKU.
    pub(super) fn earlier_sku(&self, sku: &str, line: u64) -> Option<u64> {
        self.skus.get(sku).copied().filter(|first| *first < line)
    }
}

/// The file's first lines, for a person who is to say what its columns are.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FileHead {
    pub columns: Vec<String>,
    /// Known by its columns.
    pub format: Option<Format>,
    /// A few rows, cell by cell.
    pub rows: Vec<Vec<String>>,
}

const HEAD_ROWS: usize = 3;
/// What is shown of a cell.
const HEAD_CELL: usize = 60;
/// More columns than any export has.
pub(super) const MOST_COLUMNS: usize = 300;

pub(super) fn head(file: &TextFile) -> Result<FileHead, ImportRefusal> {
    let (mut records, header) = Records::open(file)?;
    if header.len() > MOST_COLUMNS {
        return Err(ImportRefusal::TooManyColumns);
    }
    let mut rows = Vec::new();
    while rows.len() < HEAD_ROWS
        && let Some((record, _)) = records.next()?
    {
        rows.push(record.iter().map(|cell| cell.trim().chars().take(HEAD_CELL).collect()).collect());
    }
    let columns = header.iter().map(|cell| cell.trim().to_owned()).collect();
    Ok(FileHead { columns, format: Format::detect(&header), rows })
}

pub(super) fn index(file: &TextFile, reading: Option<&Reading>) -> Result<Index, ImportRefusal> {
    let (mut records, header) = Records::open(file)?;
    if header.len() > MOST_COLUMNS {
        return Err(ImportRefusal::TooManyColumns);
    }
    let layout = Layout::find(&header, reading)?;
    let mut found = Found::default();
    let mut rows = 0;
    while let Some((record, place)) = records.next()? {
        if rows == MOST_ROWS {
            return Err(ImportRefusal::TooManyRows);
        }
        rows += 1;
        let row = read_row(&layout, &record, place.line);
        if layout.format == Some(Format::WooCommerce) {
            found.take_woo(&row, place);
        } else {
            found.take(&row, place, layout.format.is_none());
        }
    }
    if rows == 0 {
        return Err(ImportRefusal::NoRows);
    }
    Ok(Index { layout, rows, skus: found.skus, groups: found.groups })
}

#[derive(Default)]
struct Found {
    groups: Vec<Group>,
    /// Which group a product's names lead to.
    keys: HashMap<String, usize>,
    /// The first line of the product with an address.
    slugs: HashMap<String, u64>,
    skus: HashMap<String, u64>,
}

impl Found {
    fn take(&mut self, row: &Row, place: Place, may_lack_handle: bool) {
        let mut handle = row.cell(C::Handle);
        if handle.is_empty() && may_lack_handle {
            handle = row.cell(C::Title);
        }
        let at = if handle.is_empty() {
            self.groups.push(Group::default());
            self.groups.len() - 1
        } else {
            self.group(handle, handle)
        };
        self.groups[at].places.push(place);
        self.note_sku(row);
        if !handle.is_empty() {
            self.give_slug(at, row, None);
        }
    }

    fn take_woo(&mut self, row: &Row, place: Place) {
        let name = row.cell(C::Title);
        if woo::is_variation(row) {
            let parent = row.cell(C::WooParent);
            let key = woo::key_of(parent);
            let at = self.group(&key, "");
            if self.groups[at].slug.is_none() && self.groups[at].lost.is_none() && self.groups[at].places.is_empty() {
                self.groups[at].lost = Some(parent.to_owned());
            }
            self.groups[at].places.push(place);
            self.note_sku(row);
            return;
        }
        let keys = woo::keys(row);
        // Its forms may have come before it.
        let at = keys.iter().find_map(|key| self.keys.get(key).copied()).filter(|at| self.groups[*at].lost.is_some());
        let at = at.unwrap_or_else(|| {
            self.groups.push(Group::default());
            self.groups.len() - 1
        });
        let group = &mut self.groups[at];
        group.lost = None;
        name.clone_into(&mut group.handle);
        group.places.insert(0, place);
        for key in keys {
            self.keys.entry(key).or_insert(at);
        }
        if !woo::is_variable(row) {
            self.note_sku(row);
        }
        self.give_slug(at, row, Some(&woo::distinction(row)));
    }

    fn group(&mut self, key: &str, handle: &str) -> usize {
        if let Some(at) = self.keys.get(key) {
            return *at;
        }
        self.groups.push(Group { handle: handle.to_owned(), ..Group::default() });
        self.keys.insert(key.to_owned(), self.groups.len() - 1);
        self.groups.len() - 1
    }

    fn note_sku(&mut self, row: &Row) {
        if let Some(sku) = filled(row.cell(C::Sku)) {
            self.skus.entry(sku).or_insert(row.line);
        }
    }

    /// The handle's own address, else one made of it, else one made of the name; made distinct where the format has no
    /// addresses and so cannot mean the same product.
    fn give_slug(&mut self, at: usize, row: &Row, distinction: Option<&str>) {
        let group = &self.groups[at];
        if group.slug.is_some() {
            return;
        }
        let wish = Slug::parse(&group.handle)
            .or_else(|| Slug::from_name(&group.handle))
            .or_else(|| Slug::from_name(row.cell(C::Title)))
            .or_else(|| Slug::from_name(distinction?));
        let Some(mut slug) = wish else { return };
        let line = group.places.first().map_or(row.line, |first| first.line);
        if self.slugs.contains_key(slug.as_str())
            && let Some(other) = distinction.and_then(|word| Slug::from_name(&format!("{slug} {word}")))
            && !self.slugs.contains_key(other.as_str())
        {
            slug = other;
        }
        let taken_by = self.slugs.get(slug.as_str()).copied();
        self.slugs.entry(slug.as_str().to_owned()).or_insert(line);
        let group = &mut self.groups[at];
        group.slug = Some(slug);
        group.taken_by = taken_by;
    }
}

#[cfg(test)]
mod tests {
    use super::{super::text_file::Source, *};

    fn groups(text: &str) -> Vec<(String, Vec<u64>)> {
        let file = TextFile::open(Source::Bytes(text.as_bytes().to_vec())).expect("text");
        let index = index(&file, None).expect("an index");
        let lines = |group: &Group| group.places.iter().map(|place| place.line).collect();
        index
            .groups
            .iter()
            .map(|group| (group.slug.as_ref().map_or(String::new(), Slug::to_string), lines(group)))
            .collect()
    }

    #[test]
    fn rows_of_one_product_are_found_wherever_they_stand() {
        assert_eq!(
            groups("Handle,Title,Variant Price\na,A,1\nb,B,2\na,,3\n,,\n"),
            [("a".into(), vec![2, 4]), ("b".into(), vec![3]), (String::new(), vec![5])]
        );
    }

    #[test]
    fn a_variation_finds_its_product_by_number_or_sku_before_or_behind_it() {
        let file = "ID,Type,SKU,Name,Regular price,Parent\n\
                    12,variation,K-S,Kiondo - Small,1200,id:10\n\
                    10,variable,K,Kiondo,,\n\
                    13,variation,K-L,Kiondo - Large,1800,K\n\
                    14,simple,M,Mug,600,\n\
                    15,simple,M2,Mug,700,\n\
                    16,variation,X,Lost,1,id:99\n";
        assert_eq!(
            groups(file),
            [
                ("kiondo".into(), vec![3, 2, 4]),
                ("mug".into(), vec![5]),
                ("mug-15".into(), vec![6]),
                (String::new(), vec![7]),
            ]
        );
    }

    #[test]
    fn a_file_that_is_no_table_of_products_is_refused_in_a_sentence() {
        let refusal = |text: &str| {
            let file = TextFile::open(Source::Bytes(text.as_bytes().to_vec())).expect("text");
            index(&file, Some(&Reading::Format(Format::Shopify))).map(|_| ()).unwrap_err().to_string()
        };
        assert_eq!(refusal("Handle,Title,Variant Price"), "the file has a header and no rows");
        assert_eq!(
            refusal("Handle,Vendor\na,b"),
            "the file lacks the columns Title and Variant Price, which a Shopify product file has"
        );
        assert_eq!(
            refusal("Handle,Title\na,b"),
            "the file lacks the column Variant Price, which a Shopify product file has"
        );
        assert_eq!(refusal("Handle,Title,Title,Variant Price\na,b,c,1"), "the file has the column Title twice");
    }
}
