//! What a merchant wrote, with the page's pictures in the places where the text names them.

use super::picture::{Place, picture};
use duka::{
    content::pictured::{Piece, pieces},
    pages::storefront::{frame::ShopFrame, written::WrittenPage},
};
use leptos::prelude::*;

/// The whole body as HTML. A number that no picture has shows nothing.
pub fn pictured(frame: &ShopFrame, page: &WrittenPage) -> String {
    pieces(&page.html)
        .into_iter()
        .map(|piece| match piece {
            Piece::Html(html) => html.to_owned(),
            Piece::Picture { number, alt, is_in_link } => {
                let Some(shown) = page.picture(number, &alt) else { return String::new() };
                if frame.is_light && is_in_link {
                    // There is no link within a link: what it shows is said, and the link leads where it led.
                    view! { <span>{shown.alt}</span> }.to_html()
                } else {
                    picture(frame, &shown, Place::Text, &shown.alt, &shown.alt).to_html()
                }
            }
        })
        .collect()
}
