//! Which areas have a page of their own, at which address, and when search engines may list it.

use crate::kernel::slug::Slug;

/// The folder of these pages, and the address of the list of all.
pub const FOLDER: &str = "/delivery";
/// A page with fewer products in stock says nothing that the front page does not.
pub const ENOUGH: u32 = 3;

/// The last part of an area's address; none for a name without a letter or digit of ours.
pub fn slug(area: &str) -> Option<Slug> {
    Slug::from_name(area)
}

/// The address of an area's page, without language prefix.
pub fn path(slug: &Slug) -> String {
    format!("{FOLDER}/{slug}")
}

/// Whether so many products in stock carry a page.
pub const fn is_enough(in_stock: u32) -> bool {
    in_stock >= ENOUGH
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_area_has_the_address_of_its_name() {
        assert_eq!(slug("Ngong Road").map(|slug| path(&slug)).as_deref(), Some("/delivery/ngong-road"));
        assert_eq!(slug("Murang'a").map(|slug| path(&slug)).as_deref(), Some("/delivery/muranga"));
        assert_eq!(slug("…"), None);
    }

    #[test]
    fn three_products_carry_a_page() {
        assert_eq!([0, 2, 3, 40].map(is_enough), [false, false, true, true]);
    }
}
