//! Which category a product of a file goes into: found by name or by its path in the tree, made when it is not there.

use super::{column::Column as C, draft::cut, notes::Notes, remark::Remark};
use crate::{
    db::{DbError, TenantTx},
    kernel::{id::CategoryId, slug::Slug},
};
use uuid::Uuid;

const LONGEST_NAME: usize = 200;
/// Levels of the tree.
const DEEPEST: usize = 5;
/// More categories than a shop has.
const MOST: i64 = 10_000;
/// As many as the dashboard reads: a file makes no more.
const MOST_MADE: usize = 2_000;
/// Addresses that are tried for one name.
const MOST_ALIKE: usize = 50;

/// As the file names it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum CategoryDraft {
    /// Wherever it stands.
    Name(String),
    /// From the root down.
    Path(Vec<String>),
}

pub(super) fn draft<'r>(first: impl Fn(C) -> Option<&'r str>, notes: &mut Notes) -> Option<CategoryDraft> {
    if let Some(cell) = first(C::CategoryPath) {
        let mut path = split_path(cell);
        if path.len() > DEEPEST {
            notes.note(0, Some(C::CategoryPath), Remark::CategoryTooDeep { most: DEEPEST });
            path.truncate(DEEPEST);
        }
        return (!path.is_empty()).then_some(CategoryDraft::Path(path));
    }
    let other = || first(C::ProductCategory).and_then(|path| path.rsplit('>').next()).map(str::trim);
    let name = first(C::Type).or_else(other).filter(|name| !name.is_empty())?;
    Some(CategoryDraft::Name(cut(name, LONGEST_NAME)))
}

/// `Clothes > Dresses`; inside of a name the sign is written `\>`.
fn split_path(cell: &str) -> Vec<String> {
    let mut parts = vec![String::new()];
    let mut letters = cell.chars().peekable();
    while let Some(letter) = letters.next() {
        match (letter, letters.peek()) {
            ('\\', Some('>' | '\\')) => {
                if let (Some(part), Some(letter)) = (parts.last_mut(), letters.next()) {
                    part.push(letter);
                }
            }
            ('>', _) => parts.push(String::new()),
            _ => {
                if let Some(part) = parts.last_mut() {
                    part.push(letter);
                }
            }
        }
    }
    parts.iter().map(|part| cut(part.trim(), LONGEST_NAME)).filter(|part| !part.is_empty()).collect()
}

/// The other way.
pub fn joined_path(parts: &[&str]) -> String {
    let safe = |part: &&str| part.replace('\\', "\\\\").replace('>', "\\>");
    parts.iter().map(safe).collect::<Vec<_>>().join(" > ")
}

#[derive(Clone, Debug)]
struct Known {
    id: Uuid,
    parent: Option<Uuid>,
    name: String,
    slug: String,
}

/// The merchant's categories, read once and kept while a file comes in.
#[derive(Debug, Default)]
pub(super) struct CategoryBook {
    known: Option<Vec<Known>>,
    /// Addresses that categories had before.
    former: Vec<(String, Uuid)>,
    has_added: bool,
}

impl CategoryDraft {
    /// What is said when there is none and none was made.
    pub(super) fn left_out(&self) -> (C, Remark) {
        match self {
            Self::Name(name) => (C::Type, Remark::CategoryLeftOut { category: cut(name, 80) }),
            Self::Path(path) => {
                let names: Vec<&str> = path.iter().map(String::as_str).collect();
                (C::CategoryPath, Remark::CategoryLeftOut { category: cut(&joined_path(&names), 80) })
            }
        }
    }
}

impl CategoryBook {
    /// What was added has been undone with its transaction.
    pub(super) fn forget_added(&mut self) {
        if self.has_added {
            *self = Self::default();
        }
    }

    /// What was added is in for good.
    pub(super) fn keep_added(&mut self) {
        self.has_added = false;
    }

    /// The category, made with what is missing above it; `None` when a name of it gives no address, or there are too
    /// many.
    /// `own` is where the product is now; it stays when it is as the file says.
    pub(super) async fn find_or_add(
        &mut self,
        tx: &mut TenantTx,
        draft: &CategoryDraft,
        own: Option<Uuid>,
    ) -> Result<Option<Uuid>, DbError> {
        if self.known.is_none() {
            self.known = Some(load(tx).await?);
            self.former = load_former(tx).await?;
        }
        match draft {
            CategoryDraft::Name(name) => match self.named(name, own) {
                Some(id) => Ok(Some(id)),
                None => self.add(tx, name, None).await,
            },
            CategoryDraft::Path(path) => {
                if own.is_some_and(|own| self.is_at(own, path)) {
                    return Ok(own);
                }
                let mut parent = None;
                for name in path {
                    let found = match self.child(parent, name) {
                        Some(id) => Some(id),
                        None => self.add(tx, name, parent).await?,
                    };
                    match found {
                        Some(id) => parent = Some(id),
                        None => return Ok(None),
                    }
                }
                Ok(parent)
            }
        }
    }

    fn all(&self) -> &[Known] {
        self.known.as_deref().unwrap_or_default()
    }

    fn named(&self, name: &str, own: Option<Uuid>) -> Option<Uuid> {
        let is_same = |known: &&Known| known.name.to_lowercase() == name.to_lowercase();
        let slug = Slug::from_name(name);
        self.all()
            .iter()
            .filter(is_same)
            .min_by_key(|known| Some(known.id) != own)
            .or_else(|| self.all().iter().find(|known| slug.as_ref().is_some_and(|slug| slug.as_str() == known.slug)))
            .map(|known| known.id)
            .or_else(|| {
                let is_former =
                    |(former, _): &&(String, Uuid)| slug.as_ref().is_some_and(|slug| slug.as_str() == former);
                self.former.iter().find(is_former).map(|(_, id)| *id)
            })
    }

    fn child(&self, parent: Option<Uuid>, name: &str) -> Option<Uuid> {
        let is_same = |known: &&Known| known.parent == parent && known.name.to_lowercase() == name.to_lowercase();
        self.all().iter().find(is_same).map(|known| known.id)
    }

    /// Is the category that which the path leads to?
    fn is_at(&self, id: Uuid, path: &[String]) -> bool {
        let mut at = Some(id);
        for name in path.iter().rev() {
            let Some(known) = at.and_then(|id| self.all().iter().find(|known| known.id == id)) else { return false };
            if known.name.to_lowercase() != name.to_lowercase() {
                return false;
            }
            at = known.parent;
        }
        at.is_none()
    }

    async fn add(&mut self, tx: &mut TenantTx, name: &str, parent: Option<Uuid>) -> Result<Option<Uuid>, DbError> {
        let Some(plain) = Slug::from_name(name).filter(|_| self.all().len() < MOST_MADE) else { return Ok(None) };
        let above =
            parent.and_then(|id| self.all().iter().find(|known| known.id == id)).map(|known| known.slug.clone());
        let nested = above.and_then(|above| Slug::from_name(&format!("{above} {plain}")));
        let counted = (2..MOST_ALIKE).filter_map(|nth| Slug::from_name(&format!("{plain} {nth}")));
        for slug in std::iter::once(plain.clone()).chain(nested).chain(counted) {
            if self.all().iter().any(|known| known.slug == slug.as_str()) {
                continue;
            }
            if let Some(id) = insert(tx, name, &slug, parent).await? {
                self.has_added = true;
                let added = Known { id, parent, name: name.to_owned(), slug: slug.as_str().to_owned() };
                self.known.get_or_insert_default().push(added);
                return Ok(Some(id));
            }
            // Somebody made it a moment ago.
            self.known = Some(load(tx).await?);
            if let Some(id) = self.child(parent, name) {
                return Ok(Some(id));
            }
        }
        Ok(None)
    }
}

async fn load(tx: &mut TenantTx) -> Result<Vec<Known>, DbError> {
    let rows = sqlx::query_as!(
        Known,
        "select id, parent_id as parent, name, slug
         from categories
         where tenant_id = $1
         order by id
         limit $2",
        tx.tenant(),
        MOST
    )
    .fetch_all(tx.conn())
    .await?;
    Ok(rows)
}

async fn load_former(tx: &mut TenantTx) -> Result<Vec<(String, Uuid)>, DbError> {
    let rows = sqlx::query!(
        "select slug, category_id
         from former_category_slugs
         where tenant_id = $1
         order by slug
         limit $2",
        tx.tenant(),
        MOST
    )
    .fetch_all(tx.conn())
    .await?;
    Ok(rows.into_iter().map(|row| (row.slug, row.category_id)).collect())
}

/// At the end of its siblings; `None` when the address is taken, or was another's and still leads there.
async fn insert(tx: &mut TenantTx, name: &str, slug: &Slug, parent: Option<Uuid>) -> Result<Option<Uuid>, DbError> {
    let id = sqlx::query_scalar!(
        "insert into categories (tenant_id, id, name, slug, parent_id, position)
         select $1, $2, $3, $4, $5, coalesce(max(position), 0) + 1
         from categories
         where tenant_id = $1
           and parent_id is not distinct from $5
         having not exists (select from former_category_slugs f where f.tenant_id = $1 and f.slug = $4)
         on conflict (tenant_id, slug) do nothing
         returning id",
        tx.tenant(),
        CategoryId::mint().uuid(),
        name,
        slug.as_str(),
        parent
    )
    .fetch_optional(tx.conn())
    .await?;
    Ok(id)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_path_goes_out_and_comes_back() {
        for parts in [vec!["Clothes", "Dresses"], vec!["A > B", "C\\D"], vec!["One"]] {
            assert_eq!(split_path(&joined_path(&parts)), parts);
        }
        assert_eq!(split_path(" Clothes>Dresses > "), ["Clothes", "Dresses"]);
    }
}
