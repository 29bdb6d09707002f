//! One picture alone: where a form of the list comes back when it was wrong, or met another.

use super::{address, hung};
use crate::{
    still::{Still, form::Sheet, page_awake},
    text::{pictures::words, still as words_of_forms},
};
use duka::pages::dashboard::pictures::{HungPicture, PicturesPage};
use leptos::prelude::*;

pub fn one_picture(still: &Still<'_>, shown: &PicturesPage, picture: &HungPicture, sheet: &Sheet) -> String {
    let locale = still.who.locale;
    let nth = shown.pictures.iter().position(|one| one.id == picture.id).map_or(1, |at| at + 1);
    let all = address(shown.product);
    page_awake(still, || {
        view! {
            {super::back(shown)}
            <h1>{(words(locale).nth)(nth)}</h1>
            <div class="card shot">
                {hung::image(picture)}
                <div class="shot__words">{hung::described(locale, shown, picture, sheet)}</div>
            </div>
            <p><a href=all>{words_of_forms::words(locale).back}</a></p>
        }
    })
}
