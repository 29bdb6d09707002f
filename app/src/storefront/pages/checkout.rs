//! Checkout on one page: who, where, how to pay, the total that will be charged.

use crate::storefront::parts::{
    order_lines::{Line, order_lines},
    reach::reach,
    savings,
    totals::totals,
};
use crate::storefront::{document, head::Head, sheet::Sheet};
use crate::text::places::PlaceWords;
use crate::text::shop::{ShopWords, words};
use crate::text::{changed::told, hand, known, line_notes, places};
use crate::ui::field::{Field, beneath, field};
use duka::delivery::zone_form::clock;
use duka::kernel::{field_errors::FieldProblem, locale::Locale};
use duka::pages::storefront::{
    checkout::{Change, CheckoutPage, PlaceAnswer},
    frame::ShopFrame,
    parts::AreaFee,
};
use duka::payments::method::PaymentMethod;
use leptos::prelude::*;

pub fn checkout(frame: &ShopFrame, page: &CheckoutPage) -> String {
    if page.areas.is_empty() {
        return nowhere(frame);
    }
    let words = words(frame.locale);
    let saving_words = crate::text::savings::words(frame.locale);
    document::page(frame, Head::private(words.checkout).styled(Sheet::Buying), || {
        view! {
            <h1>{words.checkout}</h1>
            {changes(frame.locale, &page.changes)}
            {problems(frame.locale, page)}
            {page.is_known.then(|| known_buyer(frame))}
            <form class="checkout" method="post" action=frame.locale.path("/checkout")>
                // Return pressed in a field presses a form's first button: it must not be the one that only asks a price.
                <button class="unseen" tabindex="-1" aria-hidden="true"></button>
                <input type="hidden" name="idempotency_key" value=page.idempotency_key.clone()/>
                <input type="hidden" name="seen_total_cents" value=page.total.minor().to_string()/>
                <input type="hidden" name="quote" value=page.quote.clone()/>
                <div class="checkout__fields">
                    {who(words, page)}
                    {whither(frame, words, page)}
                    {payment(frame.locale, words, page)}
                </div>
                <section class="checkout__order block">
                    <h2>{words.your_order}</h2>
                    {order_lines(frame, &page.lines.iter().map(|line| Line {
                        product: &line.product_name,
                        variant: &line.variant_name,
                        picture: line.picture.as_ref(),
                        quantity: line.quantity,
                        total: line.total,
                        notes: line_notes::price(frame.locale, line).into_iter().chain(line_notes::stock(frame.locale, line)).collect(),
                    }).collect::<Vec<_>>())}
                    {totals(words, page.subtotal, savings::lines(saving_words, &page.savings), page.delivery, page.total, page.tax)}
                    <p><a href=frame.locale.path("/cart")>{words.back_to_cart}</a></p>
                </section>
                <div class="bar">
                    <p class="bar__sum"><small>{words.total}</small>" "<b>{page.total.to_string()}</b></p>
                    <button class="button">{words.place_order}</button>
                </div>
            </form>
        }
    })
}

/// A shop whose merchant took the last area away: nothing can be sent, and whom to ask is said instead of a form that
/// cannot be filled in.
fn nowhere(frame: &ShopFrame) -> String {
    let words = words(frame.locale);
    document::page(frame, Head::private(words.checkout).styled(Sheet::Buying), || {
        view! {
            <h1>{words.checkout}</h1>
            <section class="notice" role="alert">
                <p>{places::words(frame.locale).nowhere}</p>
                {reach(frame)}
            </section>
            <p><a href=frame.locale.path("/cart")>{words.back_to_cart}</a></p>
        }
    })
}

/// On a phone that is lent, the next person begins with an empty form.
fn known_buyer(frame: &ShopFrame) -> impl IntoView + use<> {
    let words = known::words(frame.locale);
    view! {
        <form class="notice" method="post" action=frame.locale.path("/checkout/forget")>
            <p>{words.filled_in}</p>
            <button class="button button--quiet">{words.not_me}</button>
        </form>
    }
}

fn changes(locale: Locale, changes: &[Change]) -> impl IntoView + use<> {
    let words = words(locale);
    let said: Vec<_> = changes.iter().map(|change| view! { <li>{told(locale, change)}</li> }).collect();
    (!said.is_empty()).then(|| {
        view! { <section class="notice" role="alert"><h2>{words.changed_heading}</h2><ul>{said}</ul><p>{words.changed_text}</p></section> }
    })
}

fn problems(locale: Locale, page: &CheckoutPage) -> impl IntoView + use<> {
    let words = words(locale);
    let place = places::words(locale);
    let asked = place.question(&page.answer).map(|question| {
        view! { <li><a href="#f-place">{place.place}</a>": "{question}</li> }
    });
    let links: Vec<_> = page
        .errors
        .iter()
        .map(|(name, problem)| view! { <li><a href=format!("#f-{name}")>{label(words, name)}</a>": "{(words.problem)(problem)}</li> })
        .collect();
    let is_any = asked.is_some() || !links.is_empty();
    is_any.then(|| view! { <section class="notice notice--refusal" role="alert"><p>{words.please_check}</p><ul>{asked}{links}</ul></section> })
}

fn label(words: &'static ShopWords, field: &str) -> &'static str {
    match field {
        "name" => words.name,
        "phone" => words.phone,
        "email" => words.email,
        "area" => words.delivery_area,
        "street" => words.street,
        "instructions" => words.instructions,
        "mpesa_phone" => words.mpesa_phone,
        _ => words.how_to_pay,
    }
}

fn who(words: &'static ShopWords, page: &CheckoutPage) -> impl IntoView + use<> {
    let problem = |name| page.errors.of(name).map(words.problem);
    view! {
        <fieldset class="block">
            <legend>{words.your_details}</legend>
            {field(Field { name: "name", label: words.name, value: page.values.name.clone(), autocomplete: "name", max: 100, problem: problem("name"), ..Field::default() })}
            {field(Field {
                name: "phone",
                label: words.phone,
                value: page.values.phone.clone(),
                kind: "tel",
                autocomplete: "tel",
                inputmode: Some("tel"),
                hint: Some(words.phone_hint),
                max: 40,
                problem: problem("phone"),
                ..Field::default()
            })}
            {field(Field {
                name: "email",
                label: words.email,
                value: page.values.email.clone(),
                kind: "email",
                autocomplete: "email",
                optional: Some(words.optional),
                max: 254,
                problem: problem("email"),
                ..Field::default()
            })}
            <label class="check"><input type="checkbox" name="whatsapp_opt_in" value="on" checked=page.values.whatsapp_opt_in/><span>{words.whatsapp_opt_in}</span></label>
        </fieldset>
    }
}

fn whither(frame: &ShopFrame, words: &'static ShopWords, page: &CheckoutPage) -> impl IntoView + use<> {
    let place = places::words(frame.locale);
    // Asked which area is meant, nothing is told of the one that the total is reckoned with meanwhile.
    let is_asked = page.answer.is_question();
    let chosen = page.areas.get(page.chosen).filter(|_| !is_asked);
    let told = chosen.zip(page.arrival).map(|(area, arrival)| {
        let price = (words.delivery_price)(&area.fee, &place.arrives(arrival, words.about_minutes));
        match arrival.order_before {
            Some(minute) => format!("{price}, {}", (place.order_before)(&clock(minute))),
            None => price,
        }
    });
    let minimum = chosen
        .filter(|area| area.minimum.minor() > page.subtotal.minor())
        .map(|area| (words.minimum_of_area)(&area.minimum));
    let holds = (!page.holds_until.is_empty()).then(|| (place.holds_until)(&page.holds_until));
    let problem = page.errors.of("area").map(words.problem);
    view! {
        <fieldset class="block">
            <legend>{words.where_to}</legend>
            <div class="field">
                <label for="f-area">{words.delivery_area}</label>
                <select class="input" id="f-area" name="area" autocomplete="off" aria-describedby="h-area">{is_asked.then(|| view! { <option value="" selected=true>{place.choose}</option> })}{area_options(&page.areas, (!is_asked).then_some(page.chosen), words.delivery_free)}</select>
                {beneath("area", None, problem)}
            </div>
            {typed(words, place, page)}
            <p class="area__price" id="h-area">{told}{minimum.map(|minimum| view! { ". "<b>{minimum}</b> })}</p>
            {holds.map(|holds| view! { <p class="field__hint">{holds}</p> })}
            {if page.is_collection && !is_asked {
                view! { <p>{if page.is_at_agent { place.collect_from_agent } else { place.collect }}</p> }.into_any()
            } else {
                address(words, page).into_any()
            }}
        </fieldset>
    }
}

/// The place in the buyer's own words, what it was understood as, and the button that asks its price.
fn typed(words: &'static ShopWords, place: &'static PlaceWords, page: &CheckoutPage) -> impl IntoView + use<> {
    let question = place.question(&page.answer);
    let area = page.areas.get(page.chosen).map(|area| area.area.clone()).unwrap_or_default();
    let found = matches!(page.answer, PlaceAnswer::Found(_)).then(|| (place.found)(&page.place, &area));
    let choices: Vec<_> = match &page.answer {
        PlaceAnswer::Several(choices) => choices
            .iter()
            .map(|(said, fee)| {
                view! { <button class="button button--quiet" name="pick" value=said.clone() formnovalidate>{format!("{said} – {fee}")}</button> }
            })
            .collect(),
        _ => Vec::new(),
    };
    let described = if question.is_some() { "p-place h-place" } else { "h-place" };
    view! {
        <div class="field">
            <label for="f-place">{place.place}</label>" "<small>{words.optional}</small>
            <div class="area">
                <input class="input" id="f-place" name="place" value=page.place.clone() maxlength="100" autocomplete="off" aria-invalid=question.is_some().then_some("true") aria-describedby=described/>
                <button class="button button--quiet" name="ask" value="price" formnovalidate>{words.update_delivery}</button>
            </div>
            {question.map(|question| view! { <p class="field__problem" id="p-place">{question}</p> })}
            {(!choices.is_empty()).then(|| view! { <p class="area__choices">{choices}</p> })}
            {found.map(|found| view! { <p role="status">{found}</p> })}
            <p class="field__hint" id="h-place">{place.place_hint}</p>
        </div>
    }
}

fn address(words: &'static ShopWords, page: &CheckoutPage) -> impl IntoView + use<> {
    let problem = |name| page.errors.of(name).map(words.problem);
    view! {
        {field(Field {
            name: "street",
            label: words.street,
            value: page.values.street.clone(),
            autocomplete: "address-line1",
            hint: Some(words.street_hint),
            max: 200,
            problem: problem("street"),
            ..Field::default()
        })}
        {field(Field {
            name: "instructions",
            label: words.instructions,
            value: page.values.instructions.clone(),
            autocomplete: "off",
            hint: Some(words.instructions_hint),
            optional: Some(words.optional),
            max: 500,
            problem: problem("instructions"),
            ..Field::default()
        })}
    }
}

/// Areas under the headings of their groups, each with its price.
fn area_options(areas: &[AreaFee], chosen: Option<usize>, free: &'static str) -> impl IntoView + use<> {
    let option = |at: usize, area: &AreaFee| {
        let price = if area.fee.is_zero() { free.to_owned() } else { area.fee.to_string() };
        view! { <option value=area.area.clone() selected=Some(at) == chosen>{format!("{} – {price}", area.area)}</option> }
    };
    let mut groups: Vec<(String, Vec<_>)> = Vec::new();
    for (at, area) in areas.iter().enumerate() {
        match groups.last_mut() {
            Some((name, options)) if *name == area.group => options.push(option(at, area)),
            _ => groups.push((area.group.clone(), vec![option(at, area)])),
        }
    }
    groups
        .into_iter()
        .map(|(name, options)| {
            if name.is_empty() {
                options.into_any()
            } else {
                view! { <optgroup label=name>{options}</optgroup> }.into_any()
            }
        })
        .collect_view()
}

fn payment(locale: Locale, words: &'static ShopWords, page: &CheckoutPage) -> impl IntoView + use<> {
    let chosen = page.values.payment_method.or(page.methods.first().copied());
    let own = page.manual_name.clone().unwrap_or_default();
    let name_of = |method| match method {
        PaymentMethod::Manual => own.clone(),
        other => (words.method)(other).to_owned(),
    };
    let text_of = |method| match (method, &page.deposit) {
        (PaymentMethod::Cod, Some(deposit)) => (hand::words(locale).deposit)(deposit),
        (PaymentMethod::Manual, _) => hand::words(locale).manual_text.to_owned(),
        (other, _) => (words.method_text)(other).to_owned(),
    };
    let area = page.areas.get(page.chosen).map(|area| area.area.clone()).unwrap_or_default();
    let no_cash = page.no_cash.as_ref().map(|why| {
        view! {
            <p class="check check--card check--off">
                <span>{(words.method)(PaymentMethod::Cod)}" "<small>{(hand::words(locale).no_cash)(why, &area)}</small></span>
            </p>
        }
    });
    let no_mpesa = page.no_mpesa.then(|| {
        view! {
            <p class="check check--card check--off">
                <span>{(words.method)(PaymentMethod::MpesaStk)}" "<small>{(words.problem)(FieldProblem::NotByMpesa)}</small></span>
            </p>
        }
    });
    let choices: Vec<_> = page
        .methods
        .iter()
        .map(|method| {
            view! {
                <label class="check check--card">
                    <input type="radio" name="payment_method" value=method.as_str() required checked=Some(*method) == chosen/>
                    <span>{name_of(*method)}" "<small>{text_of(*method)}</small></span>
                </label>
            }
        })
        .collect();
    let may_prompt = page.methods.contains(&PaymentMethod::MpesaStk);
    let problem = |name| page.errors.of(name).map(words.problem);
    view! {
        <fieldset class="block" id="f-payment_method">
            <legend>{words.how_to_pay}</legend>
            {choices}
            {no_mpesa}
            {no_cash}
            {beneath("payment_method", None, problem("payment_method"))}
            {may_prompt.then(|| field(Field {
                name: "mpesa_phone",
                label: words.mpesa_phone,
                value: page.values.mpesa_phone.clone(),
                kind: "tel",
                autocomplete: "off",
                inputmode: Some("tel"),
                hint: Some(words.mpesa_phone_hint),
                optional: Some(words.optional),
                max: 40,
                problem: problem("mpesa_phone"),
                ..Field::default()
            }))}
            <p class="field__hint">{words.place_order_text}</p>
        </fieldset>
    }
}
