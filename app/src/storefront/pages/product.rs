//! The product page: pictures, price, choice, one button; then what delivery costs, how to pay, whom to ask.

use crate::storefront::islands::BuyBox;
use crate::storefront::parts::{
    breadcrumbs, delivery_note::delivery_note, gallery::gallery, notice::notice, product_card::products,
    variant_picker::variant_picker,
};
use crate::storefront::{document, frame, head::Head, sheet::Sheet};
use crate::text::shop::{ShopWords, words};
use duka::kernel::query::in_query;
use duka::pages::storefront::{
    cart::CartNotice,
    frame::ShopFrame,
    product::{Availability, ProductPage, VariantChoice},
};
use duka::seo::{
    meta,
    schema_org::{Brand, Offers, Product},
};
use leptos::prelude::*;

/// `refused` is said above the button when the shopper's last form was not taken.
pub fn product(frame: &ShopFrame, page: &ProductPage, refused: Option<&CartNotice>) -> String {
    let words = words(frame.locale);
    let steps = way(page);
    document::page(frame, head(frame, page, &steps), || {
        let form = buy(frame, words, page, refused);
        view! {
            {breadcrumbs::breadcrumbs(frame, &steps)}
            <BuyBox>{form}</BuyBox>
            {(!page.more.is_empty()).then(|| view! {
                <section class="block"><h2>{words.more_like_this}</h2>{products(frame, &page.more, false)}</section>
            })}
        }
    })
}

fn way(page: &ProductPage) -> Vec<(String, String)> {
    let categories = page.categories.iter().map(|category| (category.name.clone(), format!("/c/{}", category.slug)));
    categories.chain([(page.name.clone(), format!("/p/{}", page.slug))]).collect()
}

fn head(frame: &ShopFrame, page: &ProductPage, steps: &[(String, String)]) -> Head {
    let address = meta::address(&frame.origin, frame.locale, &format!("/p/{}", page.slug));
    let plain = meta::description(page.meta_description.as_deref().unwrap_or(&page.description_html));
    let prices: Vec<_> =
        page.variants.iter().map(|variant| (variant.price, variant.stock != Availability::SoldOut)).collect();
    let mut head =
        Head::new(page.meta_title.clone().unwrap_or_else(|| page.name.clone())).described(&plain).styled(Sheet::Browse);
    if let Some(offers) = Offers::of(&address, &prices) {
        let mut product = Product::new(page.name.clone(), address, offers);
        product.description = (!plain.is_empty()).then_some(plain);
        product.image =
            page.pictures.iter().take(3).map(|picture| format!("{}{}", frame.origin, picture.src(1080))).collect();
        let said = |text: Option<String>| text.filter(|text| !text.trim().is_empty());
        product.sku = said(chosen(page).and_then(|variant| variant.sku.clone()));
        product.brand = said(page.brand.clone()).map(|name| Brand { name });
        head = head.with_data(&product);
    }
    head.picture = page.pictures.first().cloned();
    head.price = chosen(page).map(|variant| variant.price);
    head.with_data(&breadcrumbs::data(frame, steps))
}

fn chosen(page: &ProductPage) -> Option<&VariantChoice> {
    page.variants.get(page.selected).or_else(|| page.variants.first())
}

fn buy(
    frame: &ShopFrame,
    words: &'static ShopWords,
    page: &ProductPage,
    refused: Option<&CartNotice>,
) -> impl IntoView + use<> {
    let is_sold_out = page.variants.iter().all(|variant| variant.stock == Availability::SoldOut);
    let bar = if is_sold_out {
        view! { <p class="buy__gone"><b>{words.sold_out}</b>" "{words.sold_out_text}</p> }.into_any()
    } else {
        buy_bar(frame, words).into_any()
    };
    view! {
        <form class="product" method="post" action=frame.locale.path("/cart/items") data-in-stock=words.in_stock>
            {gallery(frame, &page.pictures, &page.name, (words.pictures_of)(&page.name))}
            <div class="product__info">
                <div class="product__head">
                    {page.brand.as_ref().map(|brand| view! { <p class="product__brand">{brand.clone()}</p> })}
                    <h1>{page.name.clone()}</h1>
                    {price(page)}
                    {refused.map(|refused| notice(super::cart::refusal(frame, refused)))}
                    {(!is_sold_out).then(|| stock(words, page))}
                </div>
                {variant_picker(words, page)}
                {bar}
                {facts(frame, words, page)}
                {(!page.description_html.is_empty()).then(|| view! {
                    <section class="prose"><h2>{words.about_product}</h2><div inner_html=page.description_html.clone()></div></section>
                })}
            </div>
        </form>
    }
}

fn price(page: &ProductPage) -> impl IntoView + use<> {
    let now = chosen(page).map(|variant| variant.price.to_string()).unwrap_or_default();
    let was = chosen(page).and_then(|variant| variant.was).map(|was| was.to_string());
    let may_have_been_more = page.variants.iter().any(|variant| variant.was.is_some());
    view! {
        <p class="price price--large">
            <b data-out="price">{now}</b>
            {may_have_been_more.then(|| view! { " "<s data-out="was" hidden=was.is_none()>{was.clone()}</s> })}
        </p>
    }
}

fn stock(words: &'static ShopWords, page: &ProductPage) -> impl IntoView + use<> {
    let text = match chosen(page).map(|variant| variant.stock) {
        Some(Availability::Few(count)) => (words.only_left)(count),
        _ => words.in_stock.to_owned(),
    };
    view! { <p class="stock" data-out="stock">{text}</p> }
}

fn buy_bar(frame: &ShopFrame, words: &'static ShopWords) -> impl IntoView + use<> {
    view! {
        <div class="buy">
            <label class="buy__quantity"><span class="unseen">{words.quantity}</span>
                <input class="input" type="number" name="quantity" value="1" min="1" max="999" inputmode="numeric" required/>
            </label>
            <button class="button">{words.add_to_cart}</button>
            <div class="buy__said" role="status">
                <p data-out="added" hidden>{words.added}" "<a href=frame.locale.path("/cart")>{words.view_cart}</a></p>
                <p data-out="not-added" hidden>{words.not_added}</p>
            </div>
        </div>
    }
}

fn facts(frame: &ShopFrame, words: &'static ShopWords, page: &ProductPage) -> impl IntoView + use<> {
    let address = meta::address(&frame.origin, frame.locale, &format!("/p/{}", page.slug));
    let told = told_price(words, page);
    let ask = frame::whatsapp(frame, &(words.ask_about)(&page.name, &told, &address));
    // To whomever the shopper chooses there: it is no way to the shop's own chat.
    let share = format!("https://wa.me/?text={}", in_query(&format!("{}, {told}: {address}", page.name)));
    view! {
        <dl class="facts">
            {delivery_note(frame, page.delivery.as_ref(), page.spread, page.area_count, &page.areas)}
            <div class="fact fact--pay"><dt>{words.promise_pay}</dt><dd>{words.pay_with_mpesa_or_cash}</dd></div>
            {ask.map(|address| view! { <div class="fact fact--chat"><dt>{words.promise_help}</dt><dd><a href=address rel="nofollow">{words.ask_on_whatsapp}</a></dd></div> })}
            <div class="fact fact--chat"><dt>{words.share}</dt><dd><a href=share rel="external nofollow noopener noreferrer">{words.share_on_whatsapp}</a></dd></div>
        </dl>
    }
}

/// The price in a message, which stays as it is whatever is chosen on the page afterwards.
fn told_price(words: &'static ShopWords, page: &ProductPage) -> String {
    let prices = || page.variants.iter().map(|variant| variant.price);
    let Some(lowest) = prices().min_by_key(|price| price.minor()) else { return String::new() };
    if prices().any(|price| price != lowest) { format!("{} {lowest}", words.from_price) } else { lowest.to_string() }
}
