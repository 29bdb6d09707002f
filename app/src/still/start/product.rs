//! A new product in one form: name, price, how many, a few words, a picture.

use crate::still::{
    form::{Form, Line, Sheet},
    frame::{Still, page_awake},
};
use crate::text::{start, still as words_of_forms};
use crate::ui::field::{beneath, described_by};
use duka::catalog::product_form::{LONGEST_DESCRIPTION, LONGEST_NAME};
use leptos::prelude::*;

/// The whole page. `product` is the id that the form carries, so that it is added once.
pub fn new_product(still: &Still<'_>, product: &str, sheet: &Sheet) -> String {
    let locale = still.who.locale;
    let words = start::words(locale);
    let labels = [
        ("product", ""),
        ("name", words.product_name),
        ("price", words.price),
        ("stock", words.pieces),
        ("description", words.description),
        ("picture", words.picture),
    ];
    let form = Form { locale, sheet, labels: &labels };
    let picture = sheet.errors.of("picture").map(|problem| words_of_forms::problem(locale, problem));
    let described = described_by("picture", true, picture.is_some());
    let product = product.to_owned();
    let length = |most: usize| u16::try_from(most).unwrap_or(u16::MAX);
    let is_unsaved = !sheet.errors.is_empty();
    page_awake(still, || {
        view! {
            <h1>{words.product_title}</h1>
            <p class="still__lead">{words.product_lead}</p>
            <form class="card sheet" method="post" action="/dashboard/products/new" enctype="multipart/form-data">
                {form.top()}
                <input type="hidden" name="product" value=product data-wake="leaving" data-unsaved=is_unsaved.then_some("")/>
                {form.line(Line { name: "name", max: length(LONGEST_NAME), ..Line::default() })}
                <div class="sheet__pair">
                    {form.line(Line { name: "price", inputmode: Some("numeric"), placeholder: Some("1,250"), max: 20, ..Line::default() })}
                    {form.line(Line {
                        name: "stock", inputmode: Some("numeric"), placeholder: Some("10"), hint: Some(words.pieces_hint), is_optional: true,
                        max: 12, ..Line::default()
                    })}
                </div>
                {form.text("description", length(LONGEST_DESCRIPTION), 4, None)}
                <div class="field">
                    <label for="f-picture">{words.picture}</label>
                    " "
                    <small>{words_of_forms::words(locale).optional}</small>
                    <input
                        class="input" id="f-picture" name="picture" type="file" accept="image/jpeg,image/png,image/webp"
                        aria-invalid=picture.is_some().then_some("true") aria-describedby=described
                    />
                    {beneath("picture", Some(words.picture_hint), picture)}
                </div>
                <button class="button button--main" type="submit">{words.put_on_shelf}</button>
            </form>
        }
    })
}
