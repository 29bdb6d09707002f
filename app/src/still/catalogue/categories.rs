//! The tree of categories: arranged, hidden, shown, and a new one added.

use super::{back, choices};
use crate::dashboard::address;
use crate::still::{
    Still,
    form::{Form, Line, Sheet},
    page_awake,
};
use crate::text::{
    catalogue::{self, CatalogueWords},
    dash,
};
use duka::catalog::categories::{CategoryNode, Direction, LONGEST_NAME, NEW_FIELDS, Tree};
use leptos::prelude::*;

/// The whole page. `new` is the id that the form for a new one carries, so that it is added once.
pub fn categories(still: &Still<'_>, tree: &Tree, sheet: &Sheet, new: &str) -> String {
    let locale = still.who.locale;
    let words = catalogue::words(locale);
    let form = Form { locale, sheet, labels: &words.category_labels[..NEW_FIELDS.len()] };
    let rows: Vec<_> = tree.nodes().iter().map(|node| row(words, tree, node)).collect();
    let new = new.to_owned();
    page_awake(still, || {
        view! {
            {back(address::PRODUCTS, dash::words(locale).products)}
            <h1>{words.categories}</h1>
            <p class="still__lead">{words.categories_lead}</p>
            {form.top()}
            {if rows.is_empty() {
                view! { <p class="card quiet">{words.no_categories}</p> }.into_any()
            } else {
                view! { <ul class="card rows branches">{rows}</ul> }.into_any()
            }}
            <form class="card sheet" method="post" action=address::CATEGORIES>
                <h2>{words.new_category}</h2>
                <input type="hidden" name="category" value=new data-wake="leaving"/>
                {form.line(Line { name: "name", max: u16::try_from(LONGEST_NAME).unwrap_or(u16::MAX), ..Line::default() })}
                {form.choose("parent", &choices(tree, words.on_top), None)}
                <button class="button button--main" type="submit">{words.add_category}</button>
            </form>
        }
    })
}

fn row(words: &'static CatalogueWords, tree: &Tree, node: &CategoryNode) -> impl IntoView + use<> {
    let home = format!("{}/{}", address::CATEGORIES, node.id);
    let products = (words.products)(node.product_count);
    let facts = match tree.hidden_by(node.id) {
        None => products,
        Some(hidden) if hidden.id == node.id => format!("{} · {products}", words.is_hidden),
        Some(above) => format!("{} · {products}", (words.is_hidden_with)(&above.name)),
    };
    let step = |direction: Direction| {
        let (value, sign, label) = match direction {
            Direction::Up => ("up", "↑", (words.up)(&node.name)),
            Direction::Down => ("down", "↓", (words.down)(&node.name)),
        };
        tree.neighbour(node.id, direction).map(|past| {
            view! {
                <form method="post" action=format!("{home}/place")>
                    <input type="hidden" name="direction" value=value/>
                    <input type="hidden" name="past" value=past.to_string()/>
                    <button class="button button--quiet" type="submit" aria-label=label>{sign}</button>
                </form>
            }
        })
    };
    let (shown, word) = if node.is_active { ("", words.hide) } else { ("on", words.show) };
    view! {
        <li class="branch" data-depth=node.depth.to_string()>
            <span class="branch__name">
                <a href=home.clone()>{node.name.clone()}</a>
                <small>{facts}</small>
            </span>
            <div class="branch__doing">
                {step(Direction::Up)}
                {step(Direction::Down)}
                <form method="post" action=format!("{home}/shown")>
                    <input type="hidden" name="shown" value=shown/>
                    <button class="button button--quiet" type="submit" aria-label=format!("{word}: {}", node.name)>{word}</button>
                </form>
            </div>
        </li>
    }
}
