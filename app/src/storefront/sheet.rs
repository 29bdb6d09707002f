//! The styles of a page: what its kind needs stands in the page itself, so that the first bytes can be drawn.

use super::brand;
use duka::pages::storefront::frame::ShopFrame;
use leptos::prelude::*;
use std::sync::OnceLock;

/// The kinds of pages that carry their styles. All others name the whole sheet, which a browser keeps.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sheet {
    /// Where somebody looks around, and pages that stand alone.
    Browse,
    /// Cart and checkout.
    Buying,
}

impl Sheet {
    /// Its name in the folder of the built site.
    pub const fn file(self) -> &'static str {
        match self {
            Self::Browse => "browse.css",
            Self::Buying => "buying.css",
        }
    }

    /// Its text, where this build has it.
    fn of_build(self, assets: &str) -> Option<&'static str> {
        let build = BUILD.get().filter(|build| build.assets == assets)?;
        match self {
            Self::Browse => build.browse.as_deref(),
            Self::Buying => build.buying.as_deref(),
        }
    }
}

/// The sheets of the one build that a process serves; pages of another one name their files.
struct Build {
    assets: String,
    browse: Option<String>,
    buying: Option<String>,
}

static BUILD: OnceLock<Build> = OnceLock::new();

/// Remembers the sheets of the build whose files lie below `assets`, read by their names. One that is not there is not
/// set into pages, nor is one that would end its element.
pub fn remember(assets: &str, read: impl Fn(&str) -> Option<String>) {
    BUILD.get_or_init(|| {
        let text = |sheet: Sheet| read(sheet.file()).filter(|text| !text.contains("</"));
        Build { assets: assets.to_owned(), browse: text(Sheet::Browse), buying: text(Sheet::Buying) }
    });
}

/// What a head says of styles: the shop's two colours, then the sheet or where it lies.
pub fn view(frame: &ShopFrame, sheet: Option<Sheet>) -> impl IntoView + use<> {
    let colours = brand::style(frame.theme_color.as_deref());
    match sheet.and_then(|sheet| sheet.of_build(&frame.assets)) {
        Some(text) => view! { <style inner_html=format!("{colours}{text}")></style> }.into_any(),
        None => view! {
            <style inner_html=colours></style>
            <link rel="stylesheet" href=format!("{}/shop.css", frame.assets)/>
        }
        .into_any(),
    }
}
