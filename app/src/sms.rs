//! A text message as it goes out: one sentence and mostly a link, in letters that every phone has.

use crate::text::sms::notice;
use duka::{mail::letter::Letter, tenancy::address::home_url};

/// The most that is sent of a sentence: with the link it is two parts at the most.
const LONGEST: usize = 180;

/// Writes it in its reader's language; none when a letter of that kind is for no phone. `base_url` is the platform's.
pub fn write(letter: &Letter, base_url: &str) -> Option<String> {
    let sentence: String = plain(&notice(letter.locale, &letter.about)?).chars().take(LONGEST).collect();
    // A code has nowhere to lead: it is typed where it was asked for.
    let Some(page) = letter.about.order_page() else { return Some(sentence) };
    let link = format!("{}{}", home_url(base_url, &page.host), letter.locale.path(&letter.about.path()));
    Some(format!("{sentence} {link}"))
}

/// One line of letters of the oldest alphabet of phones: a single other letter would double what a message costs.
fn plain(text: &str) -> String {
    text.chars()
        .map(|letter| match letter {
            '\u{2018}' | '\u{2019}' | '\u{201b}' => '\'',
            '\u{201c}' | '\u{201d}' | '\u{201e}' => '"',
            '\u{2013}' | '\u{2014}' | '\u{2212}' => '-',
            ' '..='~' if !matches!(letter, '`' | '[' | ']' | '{' | '}' | '\\' | '^' | '~' | '|') => letter,
            letter if letter.is_whitespace() || letter.is_control() => ' ',
            _ => '?',
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use duka::{
        db::directory::ShopHost,
        kernel::{id::MailId, locale::Locale, money::Money, order_number::OrderNumber, phone::Phone, token::Token},
        mail::{
            letter::{About, Person, To},
            order::{Closed, OrderPage, TellFailure, TellParcel, TellRefund, Towards},
            sign_in_code::SignInCode,
        },
    };

    fn all(shop: &str) -> Vec<About> {
        let to = Person { name: "Amina".into(), shop: shop.into() };
        let page = || OrderPage { host: ShopHost::Subdomain("mama-njeri".into()), link: Token::from_bytes([7; 32]) };
        let (number, total) = (OrderNumber::of("MN-", 1_001), Money::shillings(1_150));
        let told = TellRefund {
            to: to.clone(),
            order_number: number,
            amount: total,
            reason: "torn".into(),
            closed: None,
            receipt: None,
            page: page(),
        };
        let parcel = TellParcel {
            to: to.clone(),
            order_number: number,
            carrier: "Pickup Mtaani".into(),
            code: "PM-66001".into(),
            agent: None,
            page: page(),
        };
        let way = |towards, code| About::OrderOnItsWay { to: to.clone(), number, page: page(), towards, code };
        let failed = TellFailure { to: to.clone(), order_number: number, why: "no_money".into(), page: page() };
        vec![
            About::OrderPlaced { to: to.clone(), number, total, page: page() },
            About::OrderPaid { to: to.clone(), number, total, page: page() },
            way(Towards::Door, None),
            way(Towards::Door, Some(Token::from_bytes([7; 32]))),
            way(Towards::Shop, None),
            way(Towards::Agent("Rongai Parcel Point, Maasai Mall (Pickup Mtaani)".into()), None),
            About::OrderDelivered { to: to.clone(), number, page: page(), is_collected: false },
            About::OrderDelivered { to: to.clone(), number, page: page(), is_collected: true },
            About::OrderCancelled { to: to.clone(), number, page: page(), reason: "out of stock".into() },
            About::OrderExpired { to: to.clone(), number, page: page(), is_part_paid: false, is_cash: false },
            About::OrderExpired { to, number, page: page(), is_part_paid: true, is_cash: true },
            About::ParcelBooked(parcel),
            About::DeliveryFailed(failed),
            About::RefundAsked(told.clone()),
            About::RefundAsked(TellRefund { closed: Some(Closed::ByTheShop), ..told.clone() }),
            About::RefundAsked(TellRefund { closed: Some(Closed::ByTheClock), ..told.clone() }),
            About::RefundSent(told),
        ]
    }

    #[test]
    fn every_step_is_one_sentence_with_the_orders_number_and_its_link_in_both_languages() {
        for locale in Locale::ALL {
            for about in all("Mama Njeri’s – Kitenge") {
                let to = To::Sms(Phone::parse("0711223344").unwrap());
                let letter = Letter { id: MailId::mint(), to, locale, about };
                let text = write(&letter, "http://localhost:3000").unwrap();
                assert!(text.starts_with("Mama Njeri's - Kitenge: "), "{text}");
                assert!(text.contains("MN-1001") && text.contains("http://mama-njeri.localhost:3000/"), "{text}");
                assert!(text.is_ascii() && text.len() <= 306, "{} in {text}", text.len());
            }
        }
    }

    #[test]
    fn a_code_is_one_part_without_a_link() {
        let code = SignInCode::of(&Token::from_bytes([0; 32]));
        for locale in Locale::ALL {
            let to = Person { name: "Amina".into(), shop: "Mama Njeri".into() };
            let about = About::SignInCode(to, code.clone());
            let letter = Letter { id: MailId::mint(), to: To::Sms(Phone::parse("0711223344").unwrap()), locale, about };
            let text = write(&letter, "http://localhost:3000").unwrap();
            assert!(text.starts_with("Mama Njeri: ") && text.contains("000000") && text.len() <= 160, "{text}");
            assert!(!text.contains("http"), "{text}");
        }
    }

    #[test]
    fn a_letter_that_old_phones_have_not_is_replaced() {
        assert_eq!(plain("Caf\u{e9} \u{1f600}\nHi"), "Caf? ? Hi");
    }
}
