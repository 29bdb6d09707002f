//! The tree of a merchant's categories, in the order in which it is read.

use crate::kernel::id::CategoryId;
use serde::{Deserialize, Serialize};

/// A category in its place.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CategoryNode {
    pub id: CategoryId,
    pub parent: Option<CategoryId>,
    pub name: String,
    pub slug: String,
    pub is_active: bool,
    /// 0 for those that stand in no other.
    pub depth: usize,
    /// Of all stores, whatever their status.
    pub product_count: u32,
}

/// Why a category cannot stand where it was wanted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Misplaced {
    InsideItself,
    TooDeep,
    NoSuchParent,
}

/// One step among its siblings.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Direction {
    Up,
    Down,
}

/// Every category after its parent, siblings in their order.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Tree(Vec<CategoryNode>);

impl Tree {
    /// How many levels there are at most.
    pub const DEEPEST: usize = 5;

    /// From rows in the order of their siblings; what stands in a ring or in nothing that is known comes last, on top.
    pub fn of(rows: Vec<CategoryNode>) -> Self {
        let mut tree = Self(Vec::with_capacity(rows.len()));
        tree.hang(&rows, None, 0);
        let lost: Vec<_> = rows.into_iter().filter(|row| tree.find(row.id).is_none()).collect();
        tree.0.extend(lost.into_iter().map(|row| CategoryNode { depth: 0, ..row }));
        tree
    }

    fn hang(&mut self, rows: &[CategoryNode], parent: Option<CategoryId>, depth: usize) {
        for row in rows.iter().filter(|row| row.parent == parent) {
            self.0.push(CategoryNode { depth, ..row.clone() });
            self.hang(rows, Some(row.id), depth + 1);
        }
    }

    pub fn nodes(&self) -> &[CategoryNode] {
        &self.0
    }

    pub fn find(&self, id: CategoryId) -> Option<&CategoryNode> {
        self.0.iter().find(|node| node.id == id)
    }

    /// The category and all that stand in it.
    pub fn with_all_inside(&self, id: CategoryId) -> &[CategoryNode] {
        let Some(at) = self.0.iter().position(|node| node.id == id) else { return &[] };
        let depth = self.0[at].depth;
        let inside = self.0[at + 1..].iter().take_while(|node| node.depth > depth).count();
        &self.0[at..=at + inside]
    }

    /// Why shoppers do not see it: itself, when it is hidden, or else the nearest hidden one that it stands in.
    pub fn hidden_by(&self, id: CategoryId) -> Option<&CategoryNode> {
        let mut node = self.find(id)?;
        // As deep as categories stand: a ring, which is refused when it is made, ends here.
        for _ in 0..Self::DEEPEST {
            if !node.is_active {
                return Some(node);
            }
            node = self.find(node.parent?)?;
        }
        None
    }

    /// Those that stand beside it, itself among them, in their order.
    pub fn siblings(&self, id: CategoryId) -> Vec<CategoryId> {
        let parent = self.find(id).and_then(|node| node.parent);
        self.0.iter().filter(|node| node.parent == parent).map(|node| node.id).collect()
    }

    /// The sibling that a step in this direction goes past.
    pub fn neighbour(&self, id: CategoryId, direction: Direction) -> Option<CategoryId> {
        let siblings = self.siblings(id);
        let at = siblings.iter().position(|sibling| *sibling == id)?;
        match direction {
            Direction::Up => at.checked_sub(1).map(|before| siblings[before]),
            Direction::Down => siblings.get(at + 1).copied(),
        }
    }

    /// May it, with all that stands in it, stand in `parent`? `id` none is a new one.
    pub fn may_stand(&self, id: Option<CategoryId>, parent: Option<CategoryId>) -> Result<(), Misplaced> {
        let Some(parent) = parent else { return Ok(()) };
        let above = self.find(parent).ok_or(Misplaced::NoSuchParent)?;
        let moved = id.map(|id| self.with_all_inside(id)).unwrap_or_default();
        if moved.iter().any(|node| node.id == parent) {
            return Err(Misplaced::InsideItself);
        }
        let own = moved.first().map_or(0, |node| node.depth);
        let height = moved.iter().map(|node| node.depth - own).max().unwrap_or(0);
        if above.depth + 1 + height < Self::DEEPEST { Ok(()) } else { Err(Misplaced::TooDeep) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn id(nth: u8) -> CategoryId {
        CategoryId::parse(&format!("01890a5d-ac96-774b-bcce-b302099a80{nth:02x}")).unwrap()
    }

    fn row(nth: u8, parent: Option<u8>) -> CategoryNode {
        let name = format!("c{nth}");
        CategoryNode {
            id: id(nth),
            parent: parent.map(id),
            slug: name.clone(),
            name,
            is_active: true,
            depth: 0,
            product_count: 0,
        }
    }

    fn read(tree: &Tree) -> String {
        let each: Vec<_> = tree.nodes().iter().map(|node| format!("{}{}", "-".repeat(node.depth), node.name)).collect();
        each.join(" ")
    }

    #[test]
    fn every_category_comes_after_its_parent_and_nobody_is_lost() {
        let tree = Tree::of(vec![row(3, Some(1)), row(1, None), row(4, Some(3)), row(2, None), row(5, Some(1))]);
        assert_eq!(read(&tree), "c1 -c3 --c4 -c5 c2");
        let ring = Tree::of(vec![row(1, Some(2)), row(2, Some(1)), row(3, None)]);
        assert_eq!(read(&ring), "c3 c1 c2");
    }

    #[test]
    fn what_stands_in_a_hidden_one_is_hidden_with_it() {
        let hidden = CategoryNode { is_active: false, ..row(1, None) };
        let tree = Tree::of(vec![hidden, row(2, Some(1)), row(3, Some(2)), row(4, None), row(5, Some(4))]);
        let by = |nth| tree.hidden_by(id(nth)).map(|node| node.name.as_str());
        assert_eq!([by(1), by(2), by(3), by(4), by(5)], [Some("c1"), Some("c1"), Some("c1"), None, None]);
        assert_eq!(tree.hidden_by(id(9)), None);
    }

    #[test]
    fn a_step_goes_past_a_sibling_and_no_further() {
        let tree = Tree::of(vec![row(1, None), row(2, None), row(3, Some(1))]);
        assert_eq!(tree.neighbour(id(1), Direction::Up), None);
        assert_eq!(tree.neighbour(id(1), Direction::Down), Some(id(2)));
        assert_eq!(tree.neighbour(id(3), Direction::Down), None);
    }

    #[test]
    fn nothing_stands_in_itself_and_nothing_deeper_than_five() {
        let chain = |from: u8, to: u8| (from..=to).map(move |nth| row(nth, (nth > from).then(|| nth - 1)));
        let tree = Tree::of(chain(1, 4).chain(chain(11, 12)).chain([row(20, None)]).collect());
        for (moved, parent, answer) in [
            (Some(1), None, Ok(())),
            (Some(1), Some(1), Err(Misplaced::InsideItself)),
            (Some(1), Some(4), Err(Misplaced::InsideItself)),
            (Some(11), Some(3), Ok(())),
            (Some(11), Some(4), Err(Misplaced::TooDeep)),
            (Some(20), Some(4), Ok(())),
            (None, Some(4), Ok(())),
            (Some(1), Some(12), Err(Misplaced::TooDeep)),
            (Some(1), Some(20), Ok(())),
            (None, Some(99), Err(Misplaced::NoSuchParent)),
        ] {
            assert_eq!(tree.may_stand(moved.map(id), parent.map(id)), answer, "{moved:?} into {parent:?}");
        }
    }
}
