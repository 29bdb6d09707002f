//! The list of products: searched and paged in the address, edited in place.

use super::variant::Variant;
use crate::api::dashboard::products::load_products;
use crate::dashboard::address;
use crate::dashboard::here::{here, words};
use crate::dashboard::loaded::load;
use crate::dashboard::parts::{failed::Failed, pager::pager, search::Search, thumb::thumb};
use crate::text::dash::DashWords;
use duka::kernel::access::Permission;
use duka::pages::dashboard::products::{ProductFilter, ProductRow, ProductsPage};
use leptos::either::Either;
use leptos::prelude::*;
use leptos_meta::Title;
use leptos_router::hooks::use_query_map;

#[component]
pub fn Products() -> impl IntoView {
    let words = words();
    let may_edit = here().role.may(Permission::EditProducts);
    let query = use_query_map();
    let filter = Memo::new(move |_| {
        query.with(|query| ProductFilter {
            words: query.get("words").unwrap_or_default(),
            status: query.get("status").unwrap_or_default(),
            page: query.get_str("page").and_then(|page| page.parse().ok()).unwrap_or(1),
        })
    });
    let page = load(move || filter.get(), |filter| load_products(filter.words, filter.status, filter.page));
    let reload = Callback::new(move |()| page.refetch());
    view! {
        <Title text=words.products/>
        <header class="head">
            <h1>{words.products}</h1>
            {may_edit.then(|| view! {
                <span class="head__doing">
                    <a class="button button--quiet" href=address::CATEGORIES rel="external">{words.categories}</a>
                    <a class="button button--quiet" href="/dashboard/products/import" rel="external">{words.product_files}</a>
                    <a class="button" href="/dashboard/products/new" rel="external">{words.add_product}</a>
                </span>
            })}
        </header>
        <Search
            path=address::PRODUCTS
            hint=words.search_products_hint
            typed=Signal::derive(move || filter.get().words)
            status=Signal::derive(move || filter.get().status)
        />
        <nav class="tabs" aria-label=words.status>
            {ProductFilter::OFFERED.into_iter().map(|status| tab(words, filter, status)).collect::<Vec<_>>()}
        </nav>
        <Transition fallback=move || view! { <p class="waiting">{words.loading}</p> }>
            {move || Suspend::new(async move {
                match page.await {
                    Ok(page) => Either::Left(found(words, page, reload)),
                    Err(error) => Either::Right(view! { <Failed error=error.0/> }),
                }
            })}
        </Transition>
    }
}

fn tab(words: &'static DashWords, filter: Memo<ProductFilter>, status: &'static str) -> impl IntoView + use<> {
    let name = if status.is_empty() { words.all } else { (words.product_status)(status) };
    let is_here = move || (filter.read().status == status).then_some("true");
    view! { <a class="tab" href=move || address::list(address::PRODUCTS, &filter.read().words, status, 1) aria-current=is_here>{name}</a> }
}

fn found(words: &'static DashWords, page: ProductsPage, reload: Callback<()>) -> impl IntoView + use<> {
    let filter = page.filter;
    let is_filtered = !filter.words.is_empty() || !filter.status.is_empty();
    if page.rows.is_empty() {
        return Either::Left(view! {
            <section class="empty">
                <h2>{if is_filtered { (words.products_found)(0) } else { words.no_products.to_owned() }}</h2>
                <p>{if is_filtered { words.no_products_here } else { words.no_products_text }}</p>
                {is_filtered.then(|| view! { <p><a class="button" href=address::PRODUCTS>{words.clear_search}</a></p> })}
            </section>
        });
    }
    let may_edit = page.may_edit;
    let products: Vec<_> = page.rows.into_iter().map(|row| product(words, row, may_edit, reload)).collect();
    Either::Right(view! {
        <p class="count" role="status">
            {(words.products_found)(page.product_count)}
            {(!may_edit).then(|| format!(" · {}", words.view_only))}
        </p>
        <ul class="goods">{products}</ul>
        {pager(words, filter.page, page.page_count, move |to| address::list(address::PRODUCTS, &filter.words, &filter.status, to))}
    })
}

fn product(words: &'static DashWords, row: ProductRow, may_edit: bool, reload: Callback<()>) -> impl IntoView + use<> {
    let is_on_sale = row.status == "active";
    let status = (words.product_status)(&row.status);
    let has_more = usize::try_from(row.variant_count).is_ok_and(|count| count > row.variants.len());
    let all = has_more.then(|| {
        let name = (words.all_variants)(row.variant_count);
        if may_edit {
            Either::Left(view! { <a href=format!("{}/variants", address::product(row.id)) rel="external">{name}</a> })
        } else {
            Either::Right(name)
        }
    });
    let variants: Vec<_> = row
        .variants
        .into_iter()
        .map(|variant| view! { <Variant row=variant may_edit=may_edit reload=reload/> })
        .collect();
    view! {
        <li class="card good">
            <header class="good__head">
                {thumb(row.picture)}
                <h2 class="good__name">
                    {if may_edit {
                        Either::Left(view! { <a href=address::product(row.id) rel="external">{row.name}</a> })
                    } else {
                        Either::Right(row.name)
                    }}
                    {row.shop.map(|shop| view! { " " <small>{shop}</small> })}
                </h2>
                {if is_on_sale {
                    Either::Left(view! { <a class="good__link" href=row.url target="_blank" rel="external noopener">{words.see_in_shop}</a> })
                } else {
                    Either::Right(view! { <span class="badge badge--off">{status}</span> })
                }}
            </header>
            <div class="variants">{variants}</div>
            {all.map(|all| view! { <p class="good__all">{all}</p> })}
        </li>
    }
}
