//! The pictures of a page or post, beside its editor: the form that takes one, and each with what to put into the text.

use crate::dashboard::address;
use crate::still::pictures::NotAdded;
use crate::text::{
    content::{self, ContentWords},
    pictures::{NotTaken, PictureWords, words as words_of_pictures},
};
use duka::content::{
    LONGEST_ALT, MOST_PICTURES, PagePicture, PageSheet,
    pictured::{Piece, pieces},
};
use duka::kernel::locale::Locale;
use duka::pages::storefront::written::picture_of;
use leptos::prelude::*;

/// The largest file that is taken, in bytes; a script need not send a larger one to hear no.
const MOST_BYTES: usize = 8 * 1024 * 1024;
/// Pixels of a picture in the list on a sharp screen.
const IN_LIST: u16 = 240;
/// The same in the text.
const IN_TEXT: u16 = 720;

/// A form with a picture that was not taken.
#[derive(Clone, Debug, Default)]
pub struct RefusedPicture {
    pub told: NotAdded,
    /// What it was said to show.
    pub words: String,
}

/// Why nothing was added, for the top of the page.
pub(super) fn refused(locale: Locale, refused: &RefusedPicture) -> impl IntoView + use<> {
    let pictures = words_of_pictures(locale);
    let lines: Vec<_> = refused
        .told
        .files
        .iter()
        .map(|(name, why)| view! { <p>{format!("{name} {}", (pictures.not_taken)(*why))}</p> })
        .collect();
    let none = lines.is_empty().then_some(pictures.none_chosen);
    view! { <div class="notice notice--bad" role="alert">{none}{lines}</div> }
}

pub(super) fn pictures(locale: Locale, written: &PageSheet, refused: Option<&RefusedPicture>) -> impl IntoView + use<> {
    let (words, pictures) = (content::words(locale), words_of_pictures(locale));
    let home = format!("{}/{}", address::PAGES, written.id);
    let typed = refused.map(|refused| refused.words.clone()).unwrap_or_default();
    let form = if written.pictures.len() >= MOST_PICTURES {
        view! { <p class="card" id="pictures">{(words.pages_pictures_are_full)(MOST_PICTURES)}</p> }.into_any()
    } else {
        chooser(words, pictures, &home, typed).into_any()
    };
    let items: Vec<_> = written.pictures.iter().map(|picture| item(words, pictures, &home, picture)).collect();
    view! {
        {form}
        <div data-part="pictures">
            {(!items.is_empty()).then(|| view! { <ol class="shots">{items}</ol> })}
        </div>
    }
}

fn chooser(
    words: &'static ContentWords,
    pictures: &'static PictureWords,
    home: &str,
    typed: String,
) -> impl IntoView + use<> {
    view! {
        <form
            class="card sheet drop" id="pictures" method="post" action=format!("{home}/pictures")
            enctype="multipart/form-data" data-wake="pictures" data-list=home.to_owned() data-most=MOST_BYTES.to_string()
            data-too-heavy=(pictures.not_taken)(NotTaken::TooHeavy) data-waiting=pictures.waiting
            data-done=pictures.done data-not-sent=pictures.not_sent data-signed-out=pictures.signed_out data-list-is-old=pictures.list_is_old
        >
            <h2>{pictures.title}</h2>
            <p>{words.pictures_lead}</p>
            <div class="field">
                <label for="f-words">{pictures.alt}</label>
                <input
                    class="input" id="f-words" name="words" type="text" value=typed maxlength=LONGEST_ALT.to_string()
                    required autocomplete="off" aria-describedby="h-words" data-once=""
                />
                <p class="field__hint" id="h-words">{words.picture_words_hint}</p>
            </div>
            <div class="field">
                <label for="f-picture">{words.choose_picture}</label>
                <input
                    class="input" id="f-picture" name="picture" type="file" required accept="image/*"
                    aria-describedby="h-picture"
                />
                <p class="field__hint" id="h-picture">{words.choose_picture_hint}" "<span data-only="scripts" hidden>{pictures.drop_hint}</span></p>
            </div>
            <p data-only="no-scripts">{words.save_text_first}</p>
            <button class="button button--main" type="submit" data-only="no-scripts">{words.add_picture}</button>
            <ul class="sending" data-out="sending" aria-live="polite"></ul>
            <p class="notice" data-out="list-is-old" role="status" hidden></p>
        </form>
    }
}

fn item(
    words: &'static ContentWords,
    pictures: &'static PictureWords,
    home: &str,
    picture: &PagePicture,
) -> impl IntoView + use<> {
    let nth = usize::try_from(picture.number).unwrap_or_default();
    let id = format!("put-{}", picture.id);
    let shown = picture_of(std::slice::from_ref(picture), picture.number, "").map(|shown| {
        view! {
            <img
                class="shot__picture" src=shown.src(IN_LIST) width=shown.width.to_string() height=shown.height.to_string()
                alt=shown.alt.clone() loading="lazy"
            />
        }
    });
    view! {
        <li class="card shot">
            {shown}
            <div class="shot__words">
                <p class="shot__nth"><b>{(pictures.nth)(nth)}</b>" · "{picture.alt_text.clone()}</p>
                <div class="field">
                    <label for=id.clone()>{words.put_into_text}</label>
                    <input class="input code" id=id type="text" readonly value=picture.markdown()/>
                </div>
            </div>
            <div class="shot__doing">
                <form method="post" action=format!("{home}/pictures/{}/remove", picture.id)>
                    <button class="button button--quiet" type="submit" aria-label=(pictures.remove_nth)(nth)>{pictures.remove}</button>
                </form>
            </div>
        </li>
    }
}

/// A body as readers see it, for the preview.
pub(super) fn with_pictures(html: &str, own: &[PagePicture]) -> String {
    pieces(html)
        .into_iter()
        .map(|piece| match piece {
            Piece::Html(html) => html.to_owned(),
            Piece::Picture { number, alt, .. } => picture_of(own, number, &alt).map_or_else(String::new, |shown| {
                let image = || {
                    view! {
                        <img
                            src=shown.src(IN_TEXT) width=shown.width.to_string() height=shown.height.to_string()
                            alt=shown.alt.clone() loading="lazy"
                        />
                    }
                };
                Owner::new().with(|| image().to_html())
            }),
        })
        .collect()
}
