//! The form that takes more pictures: several files at once; with a script one after the other, each with its progress.

use super::address;
use crate::text::pictures::{NotTaken, PictureWords, most, words};
use duka::{kernel::locale::Locale, pages::dashboard::pictures::PicturesPage};
use leptos::prelude::*;
use serde_json::json;

/// The largest file that is taken, in bytes; a script need not send a larger one to hear no.
const MOST_BYTES: usize = 8 * 1024 * 1024;

/// What became of a form of files when not all of them were taken.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct NotAdded {
    pub taken: usize,
    /// The file's name and why; none of either when no file was chosen.
    pub files: Vec<(String, NotTaken)>,
}

impl NotAdded {
    fn lines(&self, words: &'static PictureWords) -> Vec<String> {
        self.files.iter().map(|(name, why)| format!("{name} {}", (words.not_taken)(*why))).collect()
    }
}

/// The same for a script: how many were taken, and a sentence for each that was not.
pub fn refused_json(locale: Locale, told: &NotAdded) -> String {
    json!({ "taken": told.taken, "refused": told.lines(words(locale)) }).to_string()
}

pub(super) fn add(locale: Locale, shown: &PicturesPage, not_added: Option<&NotAdded>) -> impl IntoView + use<> {
    let words = words(locale);
    let notice = not_added.map(|told| {
        let lines = told.lines(words);
        let sentence = if lines.is_empty() { words.none_chosen.to_owned() } else { (words.some_not_taken)(told.taken) };
        view! {
            <div class="notice notice--bad" role="alert">
                <p>{sentence}</p>
                {(!lines.is_empty()).then(|| view! {
                    <ul>{lines.into_iter().map(|line| view! { <li>{line}</li> }).collect::<Vec<_>>()}</ul>
                })}
            </div>
        }
    });
    let is_full = shown.pictures.len() >= most();
    let form = if is_full {
        view! { <p class="card">{(words.is_full)(most())}</p> }.into_any()
    } else {
        chooser(words, address(shown.product)).into_any()
    };
    view! {
        {notice}
        {form}
    }
}

fn chooser(words: &'static PictureWords, action: String) -> impl IntoView {
    view! {
        <form
            class="card sheet drop" method="post" action=action enctype="multipart/form-data"
            data-wake="pictures" data-most=MOST_BYTES.to_string() data-too-heavy=(words.not_taken)(NotTaken::TooHeavy)
            data-waiting=words.waiting data-done=words.done data-not-sent=words.not_sent data-signed-out=words.signed_out data-list-is-old=words.list_is_old
        >
            <h2>{words.add_title}</h2>
            <div class="field">
                <label for="f-pictures">{words.choose}</label>
                <input class="input" id="f-pictures" name="pictures" type="file" multiple=true accept="image/*" aria-describedby="h-pictures"/>
                <p class="field__hint" id="h-pictures">{words.choose_hint}" "<span data-only="scripts" hidden>{words.drop_hint}</span></p>
            </div>
            <button class="button button--main" type="submit" data-only="no-scripts">{words.upload}</button>
            <ul class="sending" data-out="sending" aria-live="polite"></ul>
            <p class="notice" data-out="list-is-old" role="status" hidden></p>
        </form>
    }
}
