//! A picture in the widths it is stored in, with its space kept before it has loaded.

use duka::pages::storefront::parts::Picture;
use leptos::prelude::*;

/// Where a picture stands, which decides how wide it is and when it loads.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Place {
    /// The first picture of a product: wanted at once.
    Main,
    /// Another one of the same product.
    Gallery,
    /// In a list, four of which are on the first screen.
    Card { is_early: bool },
    /// A thumbnail.
    Line,
}

impl Place {
    const fn sizes(self) -> &'static str {
        match self {
            // Two thirds on purpose: a phone with three dots per pixel would fetch the widest file for what nobody sees.
            Self::Main | Self::Gallery => "(min-width:900px) 36rem,66vw",
            Self::Card { .. } => "(min-width:900px) 18rem,48vw",
            Self::Line => "5rem",
        }
    }
    const fn waits(self) -> bool {
        matches!(self, Self::Gallery | Self::Card { is_early: false } | Self::Line)
    }
}

pub fn picture(picture: &Picture, place: Place, alt: &str) -> impl IntoView + use<> {
    view! {
        <img
            src=picture.src(if place == Place::Line { 160 } else { 360 })
            srcset=(picture.widths.len() > 1).then(|| picture.srcset())
            sizes=place.sizes()
            width=picture.width.to_string()
            height=picture.height.to_string()
            alt=alt.to_owned()
            loading=place.waits().then_some("lazy")
            fetchpriority=(place == Place::Main).then_some("high")
        />
    }
}
