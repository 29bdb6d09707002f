//! A product's editor: what it is, what it costs, where it stands, how it is found.

use super::{
    Tab, back, category_choices,
    search_result::{SearchResult, search_result},
    tabs,
};
use crate::dashboard::address;
use crate::still::{
    Still,
    form::{Form, Line, Sheet},
    page_awake,
};
use crate::text::{
    catalogue::{self, CatalogueWords},
    dash, start,
};
use duka::catalog::{
    edit_product::ProductSheet,
    price_form::margin_percent,
    product::ProductStatus,
    product_change::{LONGEST_DESCRIPTION, LONGEST_LINE, LONGEST_NAME, LONGEST_SEO, LONGEST_TAGS},
};
use duka::tenancy::address::shop_url;
use leptos::prelude::*;

/// What somebody did to come to the page.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Came {
    #[default]
    Plainly,
    /// The product was added just now.
    Added,
    /// It is the copy that was made just now.
    Copied,
    /// The form came to be looked at, not to be saved.
    ToLook,
}

/// What is shown besides the form.
#[derive(Clone, Copy, Debug)]
pub struct Editor<'a> {
    pub product: &'a ProductSheet,
    pub sheet: &'a Sheet,
    /// The platform's address, of which the shop's is made.
    pub base_url: &'a str,
    /// The id that the form for a copy carries, so that it is made once.
    pub copy: &'a str,
    pub came: Came,
}

pub fn product(still: &Still<'_>, editor: &Editor<'_>) -> String {
    let (locale, product, sheet) = (still.who.locale, editor.product, editor.sheet);
    let words = catalogue::words(locale);
    let form = Form { locale, sheet, labels: words.product_labels };
    let is_preview = editor.came == Came::ToLook;
    let length = |most: usize| u16::try_from(most).unwrap_or(u16::MAX);
    let home = address::product(product.id);
    let shop = shop_url(editor.base_url, &product.store_slug);
    let html = product.described(&sheet.typed);
    let statuses: Vec<(String, String)> = ProductStatus::ALL
        .into_iter()
        .map(|status| (status.as_str().to_owned(), (words.status_of)(status.as_str()).to_owned()))
        .collect();
    let categories = category_choices(words, &product.categories);
    let line = |name, max, hint| form.line(Line { name, max: length(max), hint, is_optional: true, ..Line::default() });
    let result =
        SearchResult { typed: &sheet.typed, description_html: &html, shop_name: &product.store_name, shop_url: &shop };
    page_awake(still, || {
        view! {
            {back(address::PRODUCTS, dash::words(locale).products)}
            <h1>{product.name.clone()}</h1>
            {tabs(locale, &product.id.to_string(), Tab::Details)}
            {(editor.came == Came::Added).then(|| added(locale))}
            {(editor.came == Came::Copied).then(|| view! { <p class="notice notice--done" role="status">{words.copied}</p> })}
            // Under a name of its own, since this browser may keep the page from before the change for a while.
            {(product.status == ProductStatus::Active).then(|| view! {
                <p><a href=format!("{shop}/p/{}?v={}", product.slug, product.version) target="_blank" rel="external noopener">{words.see_in_shop}</a></p>
            })}
            {(product.status == ProductStatus::Archived).then(|| view! { <p class="notice">{words.archived_text}</p> })}
            <form class="sheet" method="post" action=home.clone()>
                {form.top_where(&[("status", &statuses), ("category", &categories)])}
                {is_preview.then(|| view! {
                    <p class="notice notice--done" role="status" data-unsaved="">{words.previewed}</p>
                })}
                {form.carried()}
                <section class="card sheet">
                    <h2>{words.texts}</h2>
                    {form.line(Line { name: "name", max: length(LONGEST_NAME), ..Line::default() })}
                    {form.text("description", length(LONGEST_DESCRIPTION), 10, Some(words.description_hint))}
                    {is_preview.then(|| described(words, html.clone()))}
                </section>
                <section class="card sheet">
                    <h2>{words.money}</h2>
                    {money(words, &form, product)}
                </section>
                <section class="card sheet">
                    <h2>{words.place}</h2>
                    {form.choose("status", &statuses, None)}
                    {form.choose("category", &categories, None)}
                    <div class="sheet__pair">
                        {line("brand", LONGEST_LINE, None)}
                        {form.line(Line {
                            name: "weight", inputmode: Some("numeric"), max: 12, hint: Some(words.weight_hint), is_optional: true,
                            ..Line::default()
                        })}
                    </div>
                    {line("tags", LONGEST_TAGS, Some(words.tags_hint))}
                </section>
                <section class="card sheet">
                    <h2>{words.search_engines}</h2>
                    {form.line(Line { name: "slug", max: 200, hint: Some(words.slug_hint), ..Line::default() })}
                    {line("seo_title", LONGEST_SEO, Some(words.seo_title_hint))}
                    {line("seo_description", LONGEST_SEO, Some(words.seo_description_hint))}
                    {search_result(words, &result)}
                </section>
                <div class="buttons">
                    {form.save()}
                    <button class="button" type="submit" formaction=format!("{home}/preview")>{words.preview}</button>
                </div>
            </form>
            {more(words, product, editor.copy)}
        }
    })
}

fn added(locale: duka::kernel::locale::Locale) -> impl IntoView {
    let words = start::words(locale);
    view! {
        <div class="notice notice--done" role="status">
            <p>
                {words.product_added}" "<a href="/dashboard/products/new">{words.another}</a>" · "
                <a href=address::PRODUCTS>{words.back_to_list}</a>
            </p>
        </div>
    }
}

/// Cleaned on the server, as the shop shows it.
fn described(words: &'static CatalogueWords, html: String) -> impl IntoView {
    view! {
        <figure class="described">
            <figcaption>{words.description_preview}</figcaption>
            <div class="described__text" inner_html=html></div>
        </figure>
    }
}

fn money(words: &'static CatalogueWords, form: &Form<'_>, product: &ProductSheet) -> impl IntoView + use<> {
    let home = address::product(product.id);
    let Some((_, price, stock)) = product.single else {
        return view! {
            <p>{(words.many_prices)(product.variant_count)}</p>
            <p><a class="button" href=format!("{home}/variants")>{words.to_variants}</a></p>
        }
        .into_any();
    };
    let amount = |name, hint, is_optional| {
        form.line(Line { name, inputmode: Some("decimal"), max: 20, hint, is_optional, ..Line::default() })
    };
    let margin = margin_percent(price.price, price.cost).map(words.margin);
    view! {
        <p class="quiet">{(words.price_in)(product.currency.sign())}</p>
        <div class="sheet__pair">
            {amount("price", None, false)}
            {amount("was", Some(words.was_hint), true)}
        </div>
        {product.is_was_withheld.then(|| view! { <p class="notice">{words.was_withheld}</p> })}
        <div class="sheet__pair">
            {amount("cost", Some(words.cost_hint), true)}
            {margin.map(|margin| view! { <p class="margin">{margin}</p> })}
        </div>
        <p>
            {(words.in_stock)(stock)}" · "
            <a href=format!("/dashboard/stock?product={}", product.id)>{words.to_stock}</a>
        </p>
    }
    .into_any()
}

/// What is done with the product as a whole, each by a form of its own.
fn more(words: &'static CatalogueWords, product: &ProductSheet, copy: &str) -> impl IntoView + use<> {
    let home = address::product(product.id);
    let is_archived = product.status == ProductStatus::Archived;
    let (to, word, text) = if is_archived {
        ("draft", words.bring_back, words.bring_back_text)
    } else {
        ("archived", words.archive, words.archive_text)
    };
    view! {
        <section class="card">
            <h2>{words.more_to_do}</h2>
            <ul class="rows">
                <li class="row row--stacked">
                    <span class="row__more">{words.duplicate_text}</span>
                    <form method="post" action=format!("{home}/duplicate")>
                        <input type="hidden" name="copy" value=copy.to_owned()/>
                        <button class="button" type="submit">{words.duplicate}</button>
                    </form>
                </li>
                <li class="row row--stacked">
                    <span class="row__more">{text}</span>
                    <form method="post" action=format!("{home}/status")>
                        <input type="hidden" name="version" value=product.version.to_string()/>
                        <input type="hidden" name="to" value=to/>
                        <button class="button" type="submit">{word}</button>
                    </form>
                </li>
            </ul>
        </section>
    }
}
