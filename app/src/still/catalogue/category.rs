//! One category: its name, its address, its words, and what it stands in.

use super::{back, choices};
use crate::dashboard::address;
use crate::still::{
    Still,
    form::{Form, Line, Sheet},
    page_awake,
};
use crate::text::catalogue;
use duka::catalog::categories::{CategorySheet, LONGEST_DESCRIPTION, LONGEST_NAME};
use leptos::prelude::*;

pub fn category(still: &Still<'_>, category: &CategorySheet, sheet: &Sheet) -> String {
    let locale = still.who.locale;
    let words = catalogue::words(locale);
    let form = Form { locale, sheet, labels: words.category_labels };
    let length = |most: usize| u16::try_from(most).unwrap_or(u16::MAX);
    let action = format!("{}/{}", address::CATEGORIES, category.id);
    let parents = choices(&category.tree, words.on_top);
    page_awake(still, || {
        view! {
            {back(address::CATEGORIES, words.categories)}
            <h1>{category.name.clone()}</h1>
            <form class="card sheet" method="post" action=action>
                {form.top_where(&[("parent", &parents)])}
                {form.carried()}
                {form.line(Line { name: "name", max: length(LONGEST_NAME), ..Line::default() })}
                {form.choose("parent", &parents, Some(words.parent_hint))}
                {form.text("description", length(LONGEST_DESCRIPTION), 4, None)}
                {form.line(Line { name: "slug", max: 200, hint: Some(words.category_slug_hint), ..Line::default() })}
                {form.save()}
            </form>
        }
    })
}
