//! What stands around every page: the shop's name, search, categories, cart, and how to reach the merchant.

use super::{islands::SearchBox, parts::reach::tel};
use crate::text::{
    blog, light,
    shop::{ShopWords, words},
    shopper, visit_cost,
};
use duka::kernel::query::in_query;
use duka::pages::storefront::frame::ShopFrame;
use duka::seo::area_page::FOLDER;
use leptos::prelude::*;

/// Header, the page, footer.
pub fn around<V: IntoView>(frame: &ShopFrame, page: V) -> impl IntoView + use<V> {
    let words = words(frame.locale);
    view! {
        <a class="skip" href="#main">{words.skip}</a>
        {header(frame, words)}
        <main class="page" id="main">{page}</main>
        {footer(frame, words)}
    }
}

fn header(frame: &ShopFrame, words: &'static ShopWords) -> impl IntoView + use<> {
    let to = |path: &str| frame.locale.path(path);
    let other = frame.locale.other();
    let is_front_page = frame.path == "/";
    let categories: Vec<_> = frame
        .categories
        .iter()
        .map(|category| {
            let path = format!("/c/{}", category.slug);
            let here = (frame.path == path || frame.path.starts_with(&format!("{path}?"))).then_some("page");
            view! { <a href=to(&path) aria-current=here>{category.name.clone()}</a>" " }
        })
        .collect();
    // A phone's first screen belongs to the product, and nothing leads away from paying.
    let is_paying = ["/account", "/cart", "/checkout", "/orders"].iter().any(|path| frame.path.starts_with(path));
    let is_quiet = is_paying || frame.path.starts_with("/p/");
    let find =
        is_quiet.then(|| view! { <a class="header__link header__find" href=to("/search")>{words.search}</a>" " });
    view! {
        <header class=if is_quiet { "header header--quiet" } else { "header" }>
            <div class="header__bar">
                <a class="header__name" href=to("/") aria-current=is_front_page.then_some("page")>{name(frame)}</a>
                {search(frame, words)}
                {find}
                {frame.offers_swahili.then(|| view! {
                    <a class="header__link" href=other.path(&frame.path) lang=other.tag() hreflang=other.tag()>{words.other_language}</a>
                    " "
                })}
                <a class="header__link header__cart" href=to("/cart")>{words.cart}<b class="badge" data-cart-count=""></b></a>
            </div>
            {(!categories.is_empty()).then(|| view! { <nav class="header__nav" aria-label=words.categories>{categories}</nav> })}
        </header>
    }
}

/// A plain form; while somebody types, the island around it suggests. Who saves data is spared its questions.
fn search(frame: &ShopFrame, words: &'static ShopWords) -> impl IntoView + use<> {
    let form = view! {
        <form class="header__search" action=frame.locale.path("/search") role="search">
            <input class="input" type="search" name="q" maxlength="100" required aria-label=words.search placeholder=words.search_hint enterkeyhint="search"/>
            <button class="header__go">{words.search}</button>
        </form>
    };
    if frame.is_light { form.into_any() } else { view! { <SearchBox>{form}</SearchBox> }.into_any() }
}

/// A wide logo says the name itself; another one stands beside it.
fn name(frame: &ShopFrame) -> impl IntoView + use<> {
    // A logo is a picture too, and has no place of its own to wait in.
    let logo = frame.logo.as_ref().filter(|_| !frame.is_light);
    let is_wide = logo.is_some_and(|logo| logo.width >= 2 * logo.height);
    let logo = logo.map(|logo| {
        let (src, alt) = if is_wide { (logo.src(320), logo.alt.clone()) } else { (logo.src(96), String::new()) };
        view! { <img class="header__logo" src=src width=logo.width.to_string() height=logo.height.to_string() alt=alt/> }
    });
    view! {
        {logo}
        {(!is_wide).then(|| frame.name.clone())}
    }
}

fn footer(frame: &ShopFrame, words: &'static ShopWords) -> impl IntoView + use<> {
    let chat = whatsapp(frame, "");
    let phone = frame.contact_phone.clone();
    let email = frame.contact_email.clone();
    let rider = frame.delivery_phone.clone();
    let rider_name = frame.delivery_name.clone();
    let pin = frame.vat_number.as_ref().map(|pin| format!("PIN {pin}"));
    let policies: Vec<_> = frame
        .policies
        .iter()
        .map(|kind| {
            let href = frame.locale.path(&format!("/pages/{}", kind.slug()));
            view! { <p><a href=href>{(words.policy)(*kind)}</a></p> }
        })
        .collect();
    let pages: Vec<_> = frame
        .pages
        .iter()
        .map(|page| {
            let href = frame.locale.path(&format!("/pages/{}", page.slug));
            view! { <p><a href=href>{page.title.clone()}</a></p> }
        })
        .collect();
    let blog = frame.has_blog.then(|| {
        view! { <p><a href=frame.locale.path("/blog")>{blog::words(frame.locale).title}</a></p> }
    });
    let place = match (&frame.address, &frame.area) {
        (Some(address), Some(area)) => Some(format!("{address}, {area}")),
        (Some(one), None) | (None, Some(one)) => Some(one.clone()),
        (None, None) => None,
    };
    view! {
        <footer class="footer">
            <div class="footer__part">
                <h2>{words.contact_us}</h2>
                {chat.map(|address| view! { <p><a href=address rel="nofollow">{words.on_whatsapp}</a></p> })}
                {phone.map(|phone| view! { <p><a href=tel(&phone)>{(words.call)(&phone)}</a></p> })}
                {email.map(|email| view! { <p><a href=format!("mailto:{email}")>{email.clone()}</a></p> })}
                {place.map(|place| view! { <p>{place}</p> })}
                {blog}
                {pages}
            </div>
            <div class="footer__part">
                <h2>{words.delivery_heading}</h2>
                <p><a href=frame.locale.path(FOLDER)>{words.footer_delivery}</a></p>
                {rider.map(|phone| view! { <p><a href=tel(&phone)>{(words.call)(&phone)}</a></p> })}
                {rider_name.map(|name| view! { <p>{name}</p> })}
                {policies}
                <p><a href=frame.locale.path("/orders/find")>{words.find_order}</a></p>
                <p><a href=frame.locale.path("/account")>{shopper::words(frame.locale).title}</a></p>
            </div>
            <div class="footer__part">
                <h2>{words.payment_heading}</h2>
                <p>{words.footer_payment}</p>
                <p><a href=frame.locale.path("/data")>{visit_cost::words(frame.locale).title}</a></p>
                {light_switch(frame)}
            </div>
            <p class="footer__end"><span>{frame.name.clone()}</span>" "{pin.map(|pin| view! { <span>{pin}</span>" " })}<span>{words.powered_by}</span></p>
        </footer>
    }
}

/// The same form for everybody who sees this form of the page, so it may be kept with it.
fn light_switch(frame: &ShopFrame) -> impl IntoView + use<> {
    let words = light::words(frame.locale);
    let (asked, said) = if frame.is_light { ("off", words.turn_off) } else { ("on", words.turn_on) };
    view! {
        <form method="post" action=frame.locale.path("/light")>
            <input type="hidden" name="back" value=frame.path.clone()/>
            <button class="button button--plain" name="light" value=asked>{said}</button>
        </form>
    }
}

/// A link to the shop's chat with the message already typed, when the shop has a number. It leads through the
/// shop's own address, so that it is counted without a script.
pub fn whatsapp(frame: &ShopFrame, message: &str) -> Option<String> {
    frame.whatsapp.as_ref()?;
    Some(with_text(frame.locale.path("/whatsapp"), message))
}

/// Where the shop's own address leads to.
pub fn chat_address(frame: &ShopFrame, message: &str) -> Option<String> {
    let digits = frame.whatsapp.as_ref()?;
    Some(with_text(format!("https://wa.me/{digits}"), message))
}

fn with_text(address: String, message: &str) -> String {
    if message.is_empty() { address } else { format!("{address}?text={}", in_query(message)) }
}
