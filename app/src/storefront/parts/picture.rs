//! A picture in the widths it is stored in, with its space kept before it has loaded; in light mode a link to it.

use crate::text::light::words;
use duka::pages::storefront::frame::ShopFrame;
use duka::pages::storefront::parts::Picture;
use leptos::prelude::*;

/// Where a picture stands, which decides how wide it is and when it loads.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Place {
    /// The first picture of a product: wanted at once.
    Main,
    /// Another one of the same product.
    Gallery,
    /// In what somebody wrote.
    Text,
    /// In a list.
    Card(Turn),
    /// A thumbnail.
    Line,
}

/// When the picture of a card comes: on a slow line two halves at once are later than one after the other.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Turn {
    /// The first thing to see: before all others.
    First,
    /// Beside it in a phone's first row: asked for with it, and behind it.
    Next,
    /// Below: asked for when the page stands.
    Later,
}

impl Turn {
    /// Of the card with this index in a list that begins on the first screen.
    pub const fn of(index: usize) -> Self {
        match index {
            0 => Self::First,
            1 => Self::Next,
            _ => Self::Later,
        }
    }
}

impl Place {
    const fn sizes(self) -> &'static str {
        match self {
            // Two thirds on purpose: a phone with three dots per pixel would fetch the widest file for what nobody sees.
            Self::Main | Self::Gallery | Self::Text => "(min-width:900px) 36rem,66vw",
            Self::Card(_) => "(min-width:900px) 18rem,48vw",
            Self::Line => "5rem",
        }
    }
    /// The one picture that a first screen is judged by.
    const fn is_foremost(self) -> bool {
        matches!(self, Self::Main | Self::Card(Turn::First))
    }
    const fn waits(self) -> bool {
        matches!(self, Self::Gallery | Self::Text | Self::Card(Turn::Later) | Self::Line)
    }
    /// On a slow line every picture that comes beside the first makes that one late.
    const fn priority(self) -> Option<&'static str> {
        match self {
            Self::Main | Self::Card(Turn::First) => Some("high"),
            Self::Gallery | Self::Card(_) | Self::Line => Some("low"),
            Self::Text => None,
        }
    }
}

/// `name` is whose picture it is, for the link of the light mode.
pub fn picture(frame: &ShopFrame, picture: &Picture, place: Place, alt: &str, name: &str) -> impl IntoView + use<> {
    let src = picture.src(if place == Place::Line { 160 } else { 360 });
    if frame.is_light {
        return on_tap(frame, picture, place, alt, name, src).into_any();
    }
    // Of one width there is nothing to choose from, and nothing may be said about choosing.
    let has_widths = picture.widths.len() > 1;
    view! {
        <img
            src=src
            srcset=has_widths.then(|| picture.srcset())
            sizes=has_widths.then_some(place.sizes())
            width=picture.width.to_string()
            height=picture.height.to_string()
            alt=alt.to_owned()
            loading=place.waits().then_some("lazy")
            fetchpriority=place.priority()
            decoding=place.is_foremost().then_some("sync")
        />
    }
    .into_any()
}

/// A link to the file, over the few pixels that are here already. The loader puts the picture into its place.
fn on_tap(
    frame: &ShopFrame,
    picture: &Picture,
    place: Place,
    alt: &str,
    name: &str,
    src: String,
) -> impl IntoView + use<> {
    let words = words(frame.locale);
    let backdrop = picture.placeholder.as_deref().filter(|pixels| is_pixels(pixels));
    view! {
        <a class="picture" href=src data-tap=alt.to_owned() aria-label=format!("{}: {name}", words.show)
            style=backdrop.map(|pixels| format!("background-image:url({pixels})"))>
            <span>{if place == Place::Line { words.show_small } else { words.show }}</span>
        </a>
    }
}

/// A data address as we make them; nothing else gets near a style.
fn is_pixels(text: &str) -> bool {
    text.strip_prefix("data:image/webp;base64,").is_some_and(|rest| {
        !rest.is_empty() && rest.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"+/=".contains(&byte))
    })
}

#[cfg(test)]
mod tests {
    use super::is_pixels;

    #[test]
    fn only_pixels_of_ours_stand_behind_a_link() {
        assert!(is_pixels("data:image/webp;base64,UklGRh4="));
        for foreign in
            ["", "#b4532a", "data:image/webp;base64,", "data:image/webp;base64,a);color:red", "/media/1.webp"]
        {
            assert!(!is_pixels(foreign), "{foreign}");
        }
    }
}
