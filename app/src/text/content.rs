//! Words of the dashboard's section of pages and posts.

mod en;
mod sw;

use duka::content::{PageKind, PageState};
use duka::kernel::locale::Locale;

/// Every word and sentence, so that a language with a gap does not compile.
pub struct ContentWords {
    pub title: &'static str,
    pub lead: &'static str,
    /// Leads to the policies, which stand in the settings.
    pub policies: &'static str,
    pub nothing_yet: &'static str,
    pub kind: fn(PageKind) -> &'static str,
    pub state: fn(PageState) -> &'static str,
    pub from: fn(&str) -> String,
    pub new: &'static str,
    pub new_labels: &'static [(&'static str, &'static str)],
    pub begin: &'static str,
    // The editor.
    pub labels: &'static [(&'static str, &'static str)],
    pub body_hint: &'static str,
    pub when: &'static str,
    pub states: [(&'static str, &'static str); 3],
    pub at_hint: &'static str,
    pub found: &'static str,
    pub slug_hint: &'static str,
    pub summary_hint: &'static str,
    pub indexable: &'static str,
    pub preview: &'static str,
    pub previewed: &'static str,
    pub how_it_looks: &'static str,
    pub see_in_shop: &'static str,
    pub not_hidden_from_links: &'static str,
    // Its pictures.
    pub pictures_lead: &'static str,
    pub picture_words_hint: &'static str,
    pub choose_picture: &'static str,
    pub choose_picture_hint: &'static str,
    /// For who has no scripts: the page is loaded anew.
    pub save_text_first: &'static str,
    pub add_picture: &'static str,
    pub put_into_text: &'static str,
    pub pages_pictures_are_full: fn(usize) -> String,
    pub remove: &'static str,
    pub remove_text: &'static str,
    pub sure: &'static str,
}

/// The words of a language.
pub const fn words(locale: Locale) -> &'static ContentWords {
    match locale {
        Locale::En => &en::WORDS,
        Locale::Sw => &sw::WORDS,
    }
}
