//! A product's variants: its options, which make them, and a grid in which all are edited at once.

use super::{Tab, back, tabs};
use crate::dashboard::address;
use crate::still::{
    Still,
    form::{Form, Line, Sheet},
    page_awake,
};
use crate::text::{
    catalogue::{self, CatalogueWords},
    dash, still,
};
use duka::catalog::variants::{
    PictureChoice, VariantsPage,
    grid::{CELLS, LONGEST_NUMBER},
    options::{FIELDS, LONGEST_NAME, LONGEST_VALUE, MOST_VALUES},
};
use duka::kernel::{
    field_errors::FieldErrors,
    id::{ProductId, VariantId},
    locale::Locale,
    meeting::Change,
    typed::Typed,
};
use leptos::prelude::*;

/// Variants that the notice of pieces left behind names.
const MOST_NAMED: usize = 6;

/// A row as it is to be shown.
#[derive(Clone, Debug)]
pub struct GridRow {
    pub id: VariantId,
    pub version: i32,
    pub name: String,
    pub stock: i32,
    pub is_off: bool,
    /// What the cells came with; other than `typed` in rows that are not saved yet.
    pub seen: Typed,
    pub typed: Typed,
    pub errors: FieldErrors,
    pub changes: Vec<Change>,
}

/// The grid as it is to be shown.
#[derive(Clone, Debug, Default)]
pub struct Grid {
    pub rows: Vec<GridRow>,
    /// Why it was not saved.
    pub problem: Option<String>,
    pub is_saved: bool,
}

impl Grid {
    /// Every variant as it is stored.
    pub fn stored(page: &VariantsPage) -> Self {
        let rows = page.lines.iter().map(|line| GridRow {
            id: line.id,
            version: line.version,
            name: line.name.clone(),
            stock: line.stock,
            is_off: !line.is_active,
            seen: line.cells.clone(),
            typed: line.cells.clone(),
            errors: FieldErrors::none(),
            changes: Vec::new(),
        });
        Self { rows: rows.collect(), problem: None, is_saved: false }
    }
}

pub fn variants(still: &Still<'_>, page: &VariantsPage, sheet: &Sheet, grid: &Grid) -> String {
    let locale = still.who.locale;
    let words = catalogue::words(locale);
    let home = address::product(page.id);
    page_awake(still, || {
        view! {
            {back(address::PRODUCTS, dash::words(locale).products)}
            <h1>{page.name.clone()}</h1>
            {tabs(locale, &page.id.to_string(), Tab::Variants)}
            {left_behind(words, grid).map(|sentence| view! { <p class="notice" role="status">{sentence}</p> })}
            {options(locale, words, format!("{home}/variants/options"), sheet)}
            {whole_grid(locale, words, format!("{home}/variants"), page, grid)}
        }
    })
}

/// Pieces of variants that are not sold any more, so that nobody who renames a choice loses sight of them.
fn left_behind(words: &'static CatalogueWords, grid: &Grid) -> Option<String> {
    let named: Vec<String> = grid
        .rows
        .iter()
        .filter(|row| row.is_off && row.stock > 0)
        .map(|row| {
            let name = if row.name.is_empty() { words.only_form } else { row.name.as_str() };
            format!("{name} ({})", row.stock)
        })
        .collect();
    let more = if named.len() > MOST_NAMED { ", …" } else { "" };
    let names = named.iter().take(MOST_NAMED).cloned().collect::<Vec<_>>().join(", ");
    (!named.is_empty()).then(|| (words.left_behind)(&(names + more)))
}

fn options(locale: Locale, words: &'static CatalogueWords, action: String, sheet: &Sheet) -> impl IntoView + use<> {
    let form = Form { locale, sheet, labels: words.option_labels };
    let length = |most: usize| u16::try_from(most).unwrap_or(u16::MAX);
    let pairs: Vec<_> = FIELDS
        .chunks(2)
        .map(|pair| {
            view! {
                <div class="option">
                    {form.line(Line { name: pair[0], max: length(LONGEST_NAME), is_optional: true, ..Line::default() })}
                    {form.text(pair[1], length(LONGEST_VALUE * MOST_VALUES), 2, Some(words.values_hint))}
                </div>
            }
        })
        .collect();
    view! {
        <form class="card sheet" method="post" action=action>
            <h2>{words.options}</h2>
            <p class="quiet">{words.options_lead}</p>
            {form.top()}
            {form.carried()}
            {pairs}
            <button class="button button--main" type="submit">{words.make}</button>
        </form>
    }
}

fn whole_grid(
    locale: Locale,
    words: &'static CatalogueWords,
    action: String,
    page: &VariantsPage,
    grid: &Grid,
) -> impl IntoView + use<> {
    let heads: Vec<_> =
        CELLS.iter().map(|cell| view! { <th scope="col" role="columnheader">{(words.cell)(cell)}</th> }).collect();
    let rows: Vec<_> =
        grid.rows.iter().enumerate().map(|(at, row)| line(locale, words, page.id, at, row, &page.pictures)).collect();
    let saved = still::words(locale).saved;
    let at_grid = format!("{action}#grid");
    let price_in = (words.price_in)(page.currency.sign());
    view! {
        <form
            class="card sheet sheet--wide" method="post" action=action data-wake="grid" data-one=words.one_unsaved
            data-some=words.some_unsaved data-lost=words.without_place
        >
            <h2 id="grid">{words.grid}</h2>
            <p class="quiet">{words.grid_lead}" "{price_in}</p>
            {(grid.is_saved && grid.problem.is_none()).then(|| view! { <p class="notice notice--done" role="status">{saved}</p> })}
            {grid.problem.clone().map(|problem| {
                view! { <div class="notice notice--bad" role="alert" data-unsaved=""><p>{problem}</p></div> }
            })}
            // As around the list of orders: a phone shows the rows as cards.
            <div role="table" aria-labelledby="grid">
                <table class="grid" role="presentation">
                    <thead role="rowgroup">
                        <tr role="row">
                            <th scope="col" role="columnheader">{words.variant}</th>
                            {heads}
                        </tr>
                    </thead>
                    <tbody role="rowgroup">{rows}</tbody>
                </table>
            </div>
            <div class="grid__end">
                // Whatever comes back is read at the grid, and not above the options.
                <button class="button button--main" type="submit" formaction=at_grid>{words.save_all}</button>
                <p class="grid__unsaved" role="status" data-part="unsaved"></p>
            </div>
            // Leaving with rows that are not saved asks.
            <input type="hidden" data-wake="leaving" disabled/>
        </form>
    }
}

fn line(
    locale: Locale,
    words: &'static CatalogueWords,
    product: ProductId,
    at: usize,
    row: &GridRow,
    pictures: &[PictureChoice],
) -> impl IntoView + use<> {
    let name = if row.name.is_empty() { words.only_form.to_owned() } else { row.name.clone() };
    let seen = serde_json::to_string(&row.seen).unwrap_or_default();
    let is_wrong = !row.errors.is_empty() || !row.changes.is_empty();
    let cells: Vec<_> = CELLS.iter().map(|cell| one_cell(locale, words, at, cell, &name, row, pictures)).collect();
    let stock = format!("{}: {}", words.pieces, row.stock);
    view! {
        <tr
            class="grid__row" class:grid__row--off=row.is_off class:grid__row--wrong=is_wrong role="row"
            data-unsaved=(row.typed != row.seen).then_some("")
        >
            <th scope="row" role="rowheader">
                {name}
                <small>
                    <a href=format!("/dashboard/stock?product={product}")>{stock}</a>
                    {row.is_off.then(|| format!(" · {}", words.switched_off))}
                </small>
                {met(locale, words, &row.changes)}
                <input type="hidden" name=format!("{at}.id") value=row.id.to_string()/>
                <input type="hidden" name=format!("{at}.version") value=row.version.to_string()/>
                <input type="hidden" name=format!("{at}.seen") value=seen/>
            </th>
            {cells}
        </tr>
    }
}

/// What a colleague made of the row while it was being edited here.
fn met(locale: Locale, words: &'static CatalogueWords, changes: &[Change]) -> Option<impl IntoView + use<>> {
    let said = still::words(locale);
    let shown = |text: &str| if text.is_empty() { said.nothing.to_owned() } else { text.to_owned() };
    let changes: Vec<_> = changes
        .iter()
        .map(|change| {
            let mine = change.mine.as_deref().map(|mine| view! { <dt>{said.you_typed}</dt><dd>{shown(mine)}</dd> });
            view! {
                <li class="change">
                    <b>{(words.cell)(&change.field)}</b>
                    <dl>
                        <dt>{said.it_was}</dt>
                        <dd>{shown(&change.was)}</dd>
                        <dt>{said.it_is_now}</dt>
                        <dd>{shown(&change.now)}</dd>
                        {mine}
                    </dl>
                </li>
            }
        })
        .collect();
    (!changes.is_empty()).then(|| view! { <ul class="changes">{changes}</ul> })
}

fn one_cell(
    locale: Locale,
    words: &'static CatalogueWords,
    at: usize,
    cell: &'static str,
    variant: &str,
    row: &GridRow,
    pictures: &[PictureChoice],
) -> impl IntoView + use<> {
    let word = (words.cell)(cell);
    let (name, problem_id) = (format!("{at}.{cell}"), format!("p-{at}-{cell}"));
    let label = format!("{word}, {variant}");
    let problem = row.errors.of(cell).map(|problem| still::problem(locale, problem));
    let (is_wrong, described) = (problem.map(|_| "true"), problem.map(|_| problem_id.clone()));
    let value = row.typed.get(cell).to_owned();
    let field = match cell {
        "active" => view! {
            <input type="checkbox" name=name value="on" checked=value == "on" aria-label=label data-cell=cell/>
        }
        .into_any(),
        "image" => {
            let choices: Vec<_> = std::iter::once((String::new(), words.no_picture.to_owned()))
                .chain(
                    pictures
                        .iter()
                        .enumerate()
                        .map(|(nth, one)| (one.id.to_string(), (words.picture)(nth + 1, &one.alt))),
                )
                .map(|(id, word)| {
                    let is_chosen = id == value;
                    view! { <option value=id selected=is_chosen>{word}</option> }
                })
                .collect();
            view! {
                <select
                    class="input" name=name aria-label=label data-cell=cell aria-invalid=is_wrong aria-describedby=described
                >
                    {choices}
                </select>
            }
            .into_any()
        }
        _ => {
            let is_number = !matches!(cell, "sku" | "barcode");
            view! {
                <input
                    class="input" class:input--amount=is_number name=name value=value aria-label=label data-cell=cell
                    inputmode=is_number.then_some("decimal") autocomplete="off"
                    maxlength=if is_number { "20".to_owned() } else { LONGEST_NUMBER.to_string() }
                    aria-invalid=is_wrong aria-describedby=described
                />
            }
            .into_any()
        }
    };
    view! {
        <td role="cell" data-label=word>
            {field}
            {problem.map(|problem| view! { <p class="field__problem" id=problem_id>{problem}</p> })}
        </td>
    }
}
