//! The cart: lines that can be changed, a code, the way to checkout.

use crate::storefront::islands::CartQuantity;
use crate::storefront::parts::{
    delivery_note::delivery_note,
    empty::empty,
    notice::notice,
    picture::{Place, picture},
    recent::recent,
    savings,
    why_left::why_left,
};
use crate::storefront::{document, head::Head, sheet::Sheet};
use crate::text::{
    cart_link, line_notes,
    shop::{ShopWords, words},
};
use duka::pages::storefront::{
    cart::{CartLine, CartNotice, CartPage},
    frame::ShopFrame,
    parts::FeeSpread,
};
use leptos::prelude::*;

/// `refused` is what the shopper's last form ran into.
pub fn cart(frame: &ShopFrame, page: &CartPage, refused: Option<&CartNotice>) -> String {
    let words = words(frame.locale);
    document::page(frame, Head::private(words.your_cart).styled(Sheet::Buying), || {
        let is_about_code = matches!(refused, Some(CartNotice::Code { .. } | CartNotice::TooManyCodes { .. }));
        let refused = refused.map(|refused| notice(refusal(frame, refused)));
        if page.lines.is_empty() {
            let home = Some((frame.locale.path("/"), words.continue_shopping));
            return view! { {refused}{empty(words.cart_empty.to_owned(), words.cart_empty_text, home)}{recent(frame)} }
                .into_any();
        }
        let lines: Vec<_> = page.lines.iter().map(|line| cart_line(frame, words, line)).collect();
        // What the goods cost is not called what is left of it.
        let is_less = page.total != page.subtotal;
        let sum = if is_less { crate::text::savings::words(frame.locale).after_discounts } else { words.subtotal };
        view! {
            <h1>{words.your_cart}</h1>
            {refused}
            <div class="cart">
                <CartQuantity><ul class="cart__lines">{lines}</ul></CartQuantity>
                <div class="cart__end">
                    <div class="bar">
                        <p class="bar__sum"><small>{sum}</small>" "<b>{page.total.to_string()}</b></p>
                        <a class="button" href=frame.locale.path("/checkout")>{words.checkout}</a>
                    </div>
                    {savings::savings(frame, page.subtotal, page.total, &page.savings)}
                    <dl class="facts">
                        {delivery_note(frame, page.delivery.as_ref(), FeeSpread::default(), 1, &[])}
                        <div class="fact fact--pay"><dt>{words.promise_pay}</dt><dd>{words.promise_pay_text}</dd></div>
                    </dl>
                    {savings::codes(frame, &page.savings)}
                    <details class="code" open=is_about_code>
                        <summary>{words.code_question}</summary>
                        <form class="code__form" method="post" action=frame.locale.path("/cart/code")>
                            <input class="input" name="code" maxlength="40" required aria-label=words.code autocapitalize="characters" autocomplete="off"/>
                            <button class="button button--quiet">{words.use_code}</button>
                        </form>
                    </details>
                    {page.asks_why.then(|| why_left(frame))}
                    <form class="cart__ways" method="post" action=frame.locale.path("/cart/link")>
                        <a href=frame.locale.path("/")>{words.continue_shopping}</a>
                        <button class="button button--plain">{cart_link::words(frame.locale).another_phone}</button>
                    </form>
                </div>
            </div>
        }
        .into_any()
    })
}

fn cart_line(frame: &ShopFrame, words: &'static ShopWords, line: &CartLine) -> impl IntoView + use<> {
    let action = frame.locale.path(&format!("/cart/items/{}", line.item));
    let product = frame.locale.path(&format!("/p/{}?variant={}", line.product_slug, line.variant));
    let (short, dearer) = (line_notes::stock(frame.locale, line), line_notes::price(frame.locale, line));
    // Named, so that a script can put the focus back after it has drawn the lines again.
    let (input, button) = (format!("q-{}", line.item), format!("u-{}", line.item));
    view! {
        <li class="item">
            <span class="item__picture">{line.picture.as_ref().map(|shown| picture(frame, shown, Place::Line, "", &line.product_name))}</span>
            <div class="item__what">
                <a class="item__name" href=product>{line.product_name.clone()}</a>
                <p>{(!line.variant_name.is_empty()).then(|| view! { {line.variant_name.clone()}" · " })}{(words.each)(&line.unit_price)}</p>
                {dearer.map(|note| view! { <p><small>{note}</small></p> })}
                {short.map(|short| view! { <p class="field__problem" role="alert">{short}</p> })}
            </div>
            <p class="item__total">{line.total.to_string()}</p>
            <div class="item__change">
                <form method="post" action=action.clone()>
                    <input class="input" id=input type="number" name="quantity" value=line.quantity.to_string() min="0" max="999" inputmode="numeric" required aria-label=(words.quantity_of)(&line.product_name)/>
                    <button class="button button--quiet" id=button>{words.update}</button>
                </form>
                <form method="post" action=action>
                    <input type="hidden" name="quantity" value="0"/>
                    <button class="button button--plain" aria-label=(words.remove_what)(&line.product_name)>{words.remove}</button>
                </form>
            </div>
        </li>
    }
}

/// The sentence for what was refused.
pub fn refusal(frame: &ShopFrame, refused: &CartNotice) -> String {
    let words = words(frame.locale);
    let about_codes = crate::text::savings::words(frame.locale);
    match refused {
        CartNotice::BadQuantity => words.bad_quantity.to_owned(),
        CartNotice::ShortStock { product_name, left } => (words.short_stock)(product_name, *left),
        CartNotice::CartFull { limit } => (words.cart_full)(*limit),
        CartNotice::UnknownVariant => words.unknown_variant.to_owned(),
        CartNotice::Code { code, why } => (about_codes.not_taken)(code, why),
        CartNotice::TooManyCodes { limit } => (about_codes.too_many_codes)(*limit),
    }
}
