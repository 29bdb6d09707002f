//! The ways to a shop, right where a sentence says to write to it.

use crate::storefront::frame::whatsapp;
use crate::text::shop::words;
use duka::pages::storefront::frame::ShopFrame;
use leptos::prelude::*;

/// The address that a phone dials, of a number as a person wrote it.
pub fn tel(phone: &str) -> String {
    let dialled: String = phone.chars().filter(|letter| letter.is_ascii_digit() || *letter == '+').collect();
    format!("tel:{dialled}")
}

/// WhatsApp, telephone, e-mail: those that the merchant gave. Nothing when there is none.
pub fn reach(frame: &ShopFrame) -> impl IntoView + use<> {
    let words = words(frame.locale);
    let chat = whatsapp(frame, "").map(|address| (address, words.on_whatsapp.to_owned()));
    let phone = frame.contact_phone.clone().map(|phone| (tel(&phone), phone));
    let email = frame.contact_email.clone().map(|email| (format!("mailto:{email}"), email));
    let ways: Vec<_> = [chat, phone, email].into_iter().flatten().collect();
    (!ways.is_empty()).then(|| {
        let links: Vec<_> = ways
            .into_iter()
            .enumerate()
            .map(|(at, (address, name))| {
                view! { {(at > 0).then_some(" · ")}<a href=address rel="nofollow">{name}</a> }
            })
            .collect();
        view! { <p class="reach">{links}</p> }
    })
}

#[cfg(test)]
mod tests {
    use super::tel;

    #[test]
    fn a_number_as_people_write_it_is_dialled_without_its_gaps() {
        assert_eq!(tel("0711 223 344"), "tel:0711223344");
        assert_eq!(tel("+254 (711) 223-344"), "tel:+254711223344");
    }
}
