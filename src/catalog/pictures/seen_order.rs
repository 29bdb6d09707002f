//! The order of pictures that a form was opened over, short enough to stand in each of its forms.

use crate::kernel::id::ImageId;
use std::fmt;

/// Twice as many as a product can have; more was made up.
const MOST: usize = 2 * super::MOST;

/// The ends of the pictures' ids, in order: they need to differ within one product only.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct SeenOrder(Vec<String>);

impl SeenOrder {
    pub fn of(pictures: impl IntoIterator<Item = ImageId>) -> Self {
        Self(pictures.into_iter().map(end).collect())
    }

    /// As a form sends it back. What is none of ours is an order that never was.
    pub fn parse(text: &str) -> Self {
        Self(text.split('.').filter(|end| !end.is_empty()).take(MOST).map(str::to_owned).collect())
    }

    /// Where this picture stood, from 0.
    pub fn place_of(&self, picture: ImageId) -> Option<usize> {
        let end = end(picture);
        self.0.iter().position(|seen| *seen == end)
    }
}

impl fmt::Display for SeenOrder {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0.join("."))
    }
}

fn end(picture: ImageId) -> String {
    format!("{:06x}", picture.uuid().as_u128() & 0xff_ffff)
}

#[cfg(test)]
mod tests {
    use super::*;
    use uuid::Uuid;

    #[test]
    fn an_order_comes_back_as_it_was_and_another_is_another() {
        let picture = |number: u128| ImageId::from(Uuid::from_u128(number));
        let seen = SeenOrder::of([picture(1), picture(0x00ab_cdef), picture(3)]);
        assert_eq!(seen.to_string(), "000001.abcdef.000003");
        assert_eq!(SeenOrder::parse(&seen.to_string()), seen);
        assert_ne!(SeenOrder::of([picture(3), picture(0x00ab_cdef), picture(1)]), seen);
        assert_eq!((seen.place_of(picture(3)), seen.place_of(picture(4))), (Some(2), None));
        assert_eq!(SeenOrder::parse(""), SeenOrder::default());
        assert_eq!(SeenOrder::parse(&"a.".repeat(5_000)).0.len(), 40);
    }
}
