//! A product's pictures in their order, each with its words, its place and a way to take it down.

use super::address;
use crate::{
    still::form::{Form, Sheet},
    text::{
        pictures::{PictureWords, words},
        still,
    },
};
use duka::{
    catalog::pictures::{LONGEST_ALT, SeenOrder},
    kernel::{field_errors::FieldProblem, id::VariantId, locale::Locale},
    pages::dashboard::pictures::{HungPicture, PicturesPage},
};
use leptos::prelude::*;

/// Pixels of a picture in the list on a sharp screen.
const WIDTH: u16 = 240;

/// With what is different, when somebody saw them in another order.
pub(super) fn list(locale: Locale, shown: &PicturesPage, met: Option<&SeenOrder>) -> AnyView {
    let words = words(locale);
    if shown.pictures.is_empty() {
        return view! { <p class="card">{words.none_yet}</p> }.into_any();
    }
    let order = SeenOrder::of(shown.pictures.iter().map(|picture| picture.id)).to_string();
    let items: Vec<_> = shown
        .pictures
        .iter()
        .enumerate()
        .map(|(at, picture)| {
            let sheet = Sheet {
                version: picture.version,
                seen: picture.typed.clone(),
                typed: picture.typed.clone(),
                ..Sheet::default()
            };
            let id = format!("picture-{}", picture.id);
            let moved = met.and_then(|seen| match seen.place_of(picture.id) {
                None => Some(words.is_new.to_owned()),
                Some(was) if was != at => Some((words.was_nth)(was + 1)),
                Some(_) => None,
            });
            view! {
                <li class="card shot" id=id>
                    {image(picture)}
                    <div class="shot__words">
                        <p class="shot__nth">
                            <b>{(words.nth)(at + 1)}</b>
                            {(at == 0).then(|| view! { " · "{words.first} })}
                            {moved.map(|moved| view! { " · "<em>{moved}</em> })}
                        </p>
                        {described(locale, shown, picture, &sheet)}
                    </div>
                    {places(words, shown, at, &order)}
                </li>
            }
        })
        .collect();
    view! { <ol class="shots">{items}</ol> }.into_any()
}

/// The words beside it say what it is.
pub(super) fn image(picture: &HungPicture) -> impl IntoView + use<> {
    let shown = &picture.picture;
    view! {
        <img
            class="shot__picture" src=shown.src(WIDTH) width=shown.width.to_string() height=shown.height.to_string()
            alt=shown.alt.clone() loading="lazy"
        />
    }
}

/// The form of its words and its variant; ids carry the picture's, since there are many on the page.
pub(super) fn described(
    locale: Locale,
    shown: &PicturesPage,
    picture: &HungPicture,
    sheet: &Sheet,
) -> impl IntoView + use<> {
    let words = words(locale);
    let labels = [("alt_text", words.alt), ("variant", words.stands_for)];
    let form = Form { locale, sheet, labels: &labels };
    let action = format!("{}/{}", address(shown.product), picture.id);
    let (alt_id, alt_hint) = (format!("alt-{}", picture.id), format!("alt-hint-{}", picture.id));
    let problem = |name: &str| {
        sheet.errors.of(name).map(|problem: FieldProblem| {
            view! { <p class="field__problem">{still::problem(locale, problem)}</p> }
        })
    };
    let (alt_problem, variant_problem) = (problem("alt_text"), problem("variant"));
    let is_wrong = alt_problem.is_some().then_some("true");
    view! {
        <form class="sheet" method="post" action=action>
            {form.top()}
            {form.carried()}
            <div class="field">
                <label for=alt_id.clone()>{words.alt}</label>
                " "
                <small>{still::words(locale).optional}</small>
                <input
                    class="input" id=alt_id name="alt_text" type="text" value=sheet.typed.get("alt_text").to_owned()
                    maxlength=LONGEST_ALT.to_string() placeholder=shown.name.clone() autocomplete="off"
                    aria-invalid=is_wrong aria-describedby=alt_hint.clone()
                />
                {alt_problem}
                <p class="field__hint" id=alt_hint>{words.alt_hint}</p>
            </div>
            {(!shown.variants.is_empty()).then(|| variants(words, shown, picture, sheet))}
            {variant_problem}
            {form.save()}
        </form>
    }
}

fn variants(
    words: &'static PictureWords,
    shown: &PicturesPage,
    picture: &HungPicture,
    sheet: &Sheet,
) -> impl IntoView + use<> {
    let id = format!("variant-{}", picture.id);
    let chosen = VariantId::parse(sheet.typed.get("variant"));
    let options: Vec<_> = shown
        .variants
        .iter()
        .map(|(variant, name)| {
            let is_chosen = chosen == Some(*variant);
            view! { <option value=variant.to_string() selected=is_chosen>{name.clone()}</option> }
        })
        .collect();
    view! {
        <div class="field">
            <label for=id.clone()>{words.stands_for}</label>
            <select class="input" id=id name="variant">
                <option value="">{words.whole_product}</option>
                {options}
            </select>
        </div>
    }
}

/// Each button says the place where the picture then is, so that pressing it twice ends the same; and the order that it
/// stands in, so that nobody moves what somebody else has moved meanwhile.
fn places(words: &'static PictureWords, shown: &PicturesPage, at: usize, order: &str) -> impl IntoView + use<> {
    let base = shown.pictures.get(at).map(|picture| format!("{}/{}", address(shown.product), picture.id));
    let base = base.unwrap_or_default();
    let to = |place: Option<usize>, sign: &'static str, label: String| {
        let is_off = place.is_none();
        view! {
            <form method="post" action=format!("{base}/place")>
                <input type="hidden" name="place" value=place.unwrap_or(at).to_string()/>
                <input type="hidden" name="order" value=order.to_owned()/>
                <button class="button" type="submit" aria-label=label disabled=is_off>{sign}</button>
            </form>
        }
    };
    let (up, down) = (at.checked_sub(1), (at + 1 < shown.pictures.len()).then_some(at + 1));
    view! {
        <div class="shot__doing">
            {to(up, "↑", (words.move_up)(at + 1))}
            {to(down, "↓", (words.move_down)(at + 1))}
            <form method="post" action=format!("{base}/remove")>
                <button class="button button--quiet" type="submit" aria-label=(words.remove_nth)(at + 1)>{words.remove}</button>
            </form>
        </div>
    }
}
