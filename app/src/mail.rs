//! A mail as it goes out: subject, plain text, and a page with its dress inside, as mail programs want it.

use crate::text::mail::{copy_this, wording};
use duka::{mail::letter::Letter, tenancy::address::home_url};
use std::fmt::Write as _;

/// Three texts that say the same.
#[derive(Clone, PartialEq, Eq)]
pub struct Written {
    pub subject: String,
    pub plain: String,
    pub html: String,
}

const FONT: &str = "font-family:system-ui,-apple-system,'Segoe UI',Roboto,Arial,sans-serif";

/// Writes a letter in its reader's language. `base_url` is the platform's address, without a slash at the end.
pub fn write(letter: &Letter, base_url: &str) -> Written {
    let words = wording(letter.locale, &letter.about);
    let link = words.button.map(|button| (button, address(letter, base_url)));
    let subject = one_line(&words.subject);

    let mut plain = format!("{}\n", one_line(&words.greeting));
    for line in &words.before {
        let _ = write!(plain, "\n{}\n", one_line(line));
    }
    if let Some((button, address)) = &link {
        let _ = write!(plain, "\n{button}:\n{address}\n");
    }
    for line in &words.after {
        let _ = write!(plain, "\n{}\n", one_line(line));
    }
    let _ = write!(plain, "\n-- \n{}\n", one_line(&words.footer));

    let paragraph = |text: &str| {
        format!("<p style=\"margin:0 0 16px;font-size:16px;line-height:1.5;{FONT}\">{}</p>", escape(&one_line(text)))
    };
    let mut body = paragraph(&words.greeting);
    body.extend(words.before.iter().map(|line| paragraph(line)));
    if let Some((button, address)) = &link {
        let address = escape(address);
        let _ = write!(
            body,
            "<p style=\"margin:24px 0\"><a href=\"{address}\" style=\"display:inline-block;padding:13px 22px;border-radius:10px;\
             background:#14532d;color:#ffffff;font-size:16px;font-weight:600;text-decoration:none;{FONT}\">{}</a></p>\
             <p style=\"margin:0 0 16px;font-size:13px;line-height:1.5;color:#5d635d;{FONT}\">{}<br>\
             <a href=\"{address}\" style=\"color:#14532d;word-break:break-all\">{address}</a></p>",
            escape(button),
            escape(copy_this(letter.locale)),
        );
    }
    body.extend(words.after.iter().map(|line| paragraph(line)));
    let html = format!(
        "<!doctype html><html lang=\"{lang}\"><head><meta charset=\"utf-8\">\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\
         <meta name=\"color-scheme\" content=\"light\"><title>{title}</title></head>\
         <body style=\"margin:0;padding:0;background:#f5f5f2;color:#1b1d1b\">\
         <table role=\"presentation\" width=\"100%\" cellpadding=\"0\" cellspacing=\"0\"><tr>\
         <td align=\"center\" style=\"padding:24px 12px\">\
         <table role=\"presentation\" width=\"100%\" cellpadding=\"0\" cellspacing=\"0\" style=\"max-width:560px\"><tr>\
         <td style=\"padding:28px 24px;background:#ffffff;border:1px solid #dfe1dc;border-radius:16px\">\
         <h1 style=\"margin:0 0 20px;font-size:21px;line-height:1.3;{FONT}\">{title}</h1>{body}</td></tr><tr>\
         <td style=\"padding:16px 24px;font-size:13px;line-height:1.5;color:#5d635d;{FONT}\">{footer}</td>\
         </tr></table></td></tr></table></body></html>\n",
        lang = letter.locale.tag(),
        title = escape(&subject),
        footer = escape(&one_line(&words.footer)),
    );
    Written { subject, plain, html }
}

/// Where its button leads: on the platform, or in the shop of the order it is about, in its reader's language. Only
/// the dashboard has one address for both: it knows whom it talks to.
fn address(letter: &Letter, base_url: &str) -> String {
    let path = letter.about.path();
    match letter.about.order_page() {
        Some(page) => format!("{}{}", home_url(base_url, &page.host), letter.locale.path(&path)),
        None if path.starts_with("/dashboard") => format!("{base_url}{path}"),
        None => format!("{base_url}{}", letter.locale.path(&path)),
    }
}

/// Names come from people: a line break in one must not begin a new line of a mail.
fn one_line(text: &str) -> String {
    text.chars().map(|letter| if letter.is_control() { ' ' } else { letter }).collect()
}

fn escape(text: &str) -> String {
    let mut safe = String::with_capacity(text.len());
    for letter in text.chars() {
        match letter {
            '&' => safe.push_str("&amp;"),
            '<' => safe.push_str("&lt;"),
            '>' => safe.push_str("&gt;"),
            '"' => safe.push_str("&quot;"),
            '\'' => safe.push_str("&#39;"),
            other => safe.push(other),
        }
    }
    safe
}

#[cfg(test)]
mod tests {
    use super::*;
    use duka::{
        db::directory::ShopHost,
        kernel::{access::Role, email::Email, id::MailId, locale::Locale, money::Money, token::Token},
        mail::{
            letter::{About, Person, To},
            low_stock::RunningOut,
            order::{Closed, OrderPage, TellFailure, TellParcel, TellRefund, Towards},
            sign_in_code::SignInCode,
        },
    };

    fn all(to: &Person) -> Vec<About> {
        let (to, link) = (to.clone(), Token::from_bytes([7; 32]));
        vec![
            About::Welcome { to: to.clone() },
            About::ResetPassword { to: to.clone(), link: link.clone() },
            About::ChangeEmail { to: to.clone(), link: link.clone(), is_own: false },
            About::ChangeEmail { to: to.clone(), link: link.clone(), is_own: true },
            About::EmailChanged { to: to.clone() },
            About::PasswordChanged { to: to.clone() },
            About::SecondFactorChanged { to: to.clone(), is_on: true },
            About::SecondFactorChanged { to: to.clone(), is_on: false },
            About::Invite { to: to.clone(), role: Role::Staff, link },
            About::OrderExpired {
                to: to.clone(),
                number: 1042.into(),
                page: page(),
                is_part_paid: true,
                is_cash: false,
            },
            About::OrderExpired {
                to: to.clone(),
                number: 1042.into(),
                page: page(),
                is_part_paid: false,
                is_cash: true,
            },
            About::LowStock { to: to.clone(), goods: vec![RunningOut { name: "Kikoi".into(), left: 2 }], more: 3 },
            About::OrderPaid { to: to.clone(), number: 1_001.into(), total: Money::shillings(1_150), page: page() },
            About::OrderPlaced { to: to.clone(), number: 1_001.into(), total: Money::shillings(1_150), page: page() },
            on_its_way(&to, Towards::Door, None),
            on_its_way(&to, Towards::Door, Some(Token::from_bytes([7; 32]))),
            on_its_way(&to, Towards::Shop, None),
            on_its_way(&to, to_rongai(), None),
            About::OrderDelivered { to: to.clone(), number: 1_001.into(), page: page(), is_collected: false },
            About::OrderDelivered { to: to.clone(), number: 1_001.into(), page: page(), is_collected: true },
            About::OrderCancelled { to: to.clone(), number: 1_001.into(), page: page(), reason: "Sold out".into() },
            About::ParcelBooked(parcel(to.clone(), None)),
            About::ParcelBooked(parcel(to.clone(), Some("Rongai Parcel Point, Maasai Mall".into()))),
            About::SignInCode(to.clone(), SignInCode::of(&Token::from_bytes([9; 32]))),
            About::DeliveryFailed(TellFailure {
                to: to.clone(),
                order_number: 1_001.into(),
                why: "nobody_there".into(),
                page: page(),
            }),
            About::RefundAsked(refund(to.clone(), None)),
            About::RefundSent(refund(to, Some("UK23AB45CD".into()))),
        ]
    }

    fn refund(to: Person, receipt: Option<String>) -> TellRefund {
        TellRefund {
            to,
            order_number: 1_001.into(),
            amount: Money::shillings(450),
            reason: "The kikoi was torn".into(),
            closed: None,
            receipt,
            page: page(),
        }
    }

    fn parcel(to: Person, agent: Option<String>) -> TellParcel {
        TellParcel {
            to,
            order_number: 1_001.into(),
            carrier: "Pickup Mtaani".into(),
            code: "PM-66001".into(),
            agent,
            page: page(),
        }
    }

    fn to_rongai() -> Towards {
        Towards::Agent("Rongai Parcel Point, Maasai Mall (Pickup Mtaani)".into())
    }

    fn on_its_way(to: &Person, towards: Towards, code: Option<Token>) -> About {
        About::OrderOnItsWay { to: to.clone(), number: 1_001.into(), page: page(), towards, code }
    }

    fn page() -> OrderPage {
        OrderPage { host: ShopHost::Subdomain("mama-njeri".into()), link: Token::from_bytes([7; 32]) }
    }

    fn letter(locale: Locale, about: About) -> Letter {
        Letter { id: MailId::mint(), to: To::Mail(Email::parse("njeri@duka.test").unwrap()), locale, about }
    }

    #[test]
    fn every_mail_says_the_same_in_both_parts_and_differs_by_language() {
        let to = Person { name: "Njeri".into(), shop: "Mama Njeri".into() };
        for about in all(&to) {
            let letters = Locale::ALL.map(|locale| letter(locale, about.clone()));
            let written = letters.each_ref().map(|letter| write(letter, "https://duka.test"));
            assert_ne!(written[0].subject, written[1].subject);
            for (letter, one) in letters.iter().zip(written) {
                assert!(one.plain.contains("Njeri"), "{}", one.plain);
                assert!(one.html.contains("Mama Njeri"), "{}", one.html);
                if one.plain.contains("https://") {
                    let address = address(letter, "https://duka.test");
                    assert!(one.plain.contains(&format!("\n{address}\n")), "{}", one.plain);
                    assert!(one.html.contains(&format!("href=\"{address}\"")), "{}", one.html);
                }
            }
        }
    }

    #[test]
    fn who_reads_swahili_is_led_to_pages_in_swahili_and_the_dashboard_is_everybodys() {
        let to = Person { name: "Njeri".into(), shop: "Mama Njeri".into() };
        let link = || Token::from_bytes([7; 32]);
        let led = |locale, about| address(&letter(locale, about), "https://duka.test");
        for about in [
            About::ResetPassword { to: to.clone(), link: link() },
            About::ChangeEmail { to: to.clone(), link: link(), is_own: true },
            About::Invite { to: to.clone(), role: Role::Staff, link: link() },
            About::PasswordChanged { to: to.clone() },
        ] {
            let path = about.path();
            assert_eq!(led(Locale::En, about.clone()), format!("https://duka.test{path}"));
            assert_eq!(led(Locale::Sw, about), format!("https://duka.test/sw{path}"));
        }
        assert_eq!(led(Locale::Sw, About::Welcome { to }), "https://duka.test/dashboard");
    }

    #[test]
    fn a_buyer_is_led_to_the_order_in_their_shop_and_told_the_sum() {
        let to = Person { name: "Amina".into(), shop: "Mama Njeri".into() };
        let told = refund(to, Some("UK23AB45CD".into()));
        let path = format!("/orders/{}", told.page.link.hex());
        let about = About::RefundSent(told);
        let english = write(&letter(Locale::En, about.clone()), "https://duka.test");
        assert!(english.plain.contains(&format!("\nhttps://mama-njeri.duka.test{path}\n")), "{}", english.plain);
        assert!(english.plain.contains("KSh 450") && english.plain.contains("UK23AB45CD"), "{}", english.plain);
        let swahili = write(&letter(Locale::Sw, about), "https://duka.test");
        assert!(swahili.plain.contains(&format!("\nhttps://mama-njeri.duka.test/sw{path}\n")), "{}", swahili.plain);
    }

    #[test]
    fn who_chose_an_agent_is_sent_there_and_not_to_the_shop() {
        let to = Person { name: "Amina".into(), shop: "Mama Njeri".into() };
        let about = on_its_way(&to, to_rongai(), None);
        let both = Locale::ALL.map(|locale| write(&letter(locale, about.clone()), "https://duka.test").plain);
        for plain in &both {
            assert!(plain.contains("Rongai Parcel Point") && plain.contains("SMS"), "{plain}");
        }
        assert!(!both[0].contains("collect it at") && !both[1].contains("Njoo uichukue"), "{both:?}");
    }

    #[test]
    fn whose_order_is_called_off_reads_that_beside_the_money_that_comes_back() {
        let to = Person { name: "Amina".into(), shop: "Mama Njeri".into() };
        let told = |closed| {
            let about = About::RefundAsked(TellRefund { closed: Some(closed), ..refund(to.clone(), None) });
            Locale::ALL.map(|locale| write(&letter(locale, about.clone()), "https://duka.test").plain)
        };
        let both = told(Closed::ByTheShop);
        assert!(both[0].contains("Mama Njeri has cancelled your order 1001."), "{}", both[0]);
        assert!(both[1].contains("Mama Njeri imefuta oda yako 1001."), "{}", both[1]);
        let late = told(Closed::ByTheClock);
        assert!(
            late[0].contains("Your order 1001 was closed because it was not paid") && !late[0].contains("cancelled"),
            "{}",
            late[0]
        );
        assert!(
            late[1].contains("Oda yako 1001 ilifungwa kwa kuwa haikulipwa") && !late[1].contains("imefuta"),
            "{}",
            late[1]
        );
        let part = write(&letter(Locale::En, About::RefundAsked(refund(to, None))), "https://duka.test").plain;
        assert!(part.contains("KSh 450") && !part.contains("cancelled"), "{part}");
    }

    #[test]
    fn the_programs_own_reason_for_a_refund_is_told_in_the_buyers_language() {
        let to = Person { name: "Amina".into(), shop: "Mama Njeri".into() };
        let about = About::RefundSent(TellRefund { reason: "paid twice".into(), ..refund(to, None) });
        let both = Locale::ALL.map(|locale| write(&letter(locale, about.clone()), "https://duka.test").plain);
        assert!(both[0].contains("The shop says: paid twice"), "{}", both[0]);
        assert!(both[1].contains("Duka linasema: ililipwa mara mbili"), "{}", both[1]);
    }

    #[test]
    fn a_buyer_is_told_whose_parcel_it_is_its_code_and_where_to_pick_it_up() {
        let to = Person { name: "Amina".into(), shop: "Mama Njeri".into() };
        let about = About::ParcelBooked(parcel(to, Some("Rongai Parcel Point".into())));
        let both = Locale::ALL.map(|locale| write(&letter(locale, about.clone()), "https://duka.test").plain);
        for plain in &both {
            for words in ["Pickup Mtaani", "PM-66001", "1001", "Rongai Parcel Point"] {
                assert!(plain.contains(words), "{words}: {plain}");
            }
        }
        assert!(both[0].contains("Your order 1001 comes with Pickup Mtaani."), "{}", both[0]);
        assert!(both[1].contains("Oda yako 1001 inakuja na Pickup Mtaani."), "{}", both[1]);
    }

    #[test]
    fn a_buyer_reads_why_it_did_not_come_and_what_comes_next_and_when() {
        let to = Person { name: "Amina".into(), shop: "Mama Njeri".into() };
        let about = About::DeliveryFailed(TellFailure {
            to,
            order_number: 1_001.into(),
            why: "unreachable".into(),
            page: page(),
        });
        let both = Locale::ALL.map(|locale| write(&letter(locale, about.clone()), "https://duka.test").plain);
        let said = [
            ["could not reach you by phone", "arrange another time with you", "as soon as it does, you get another"],
            ["hakukupata kwa simu", "litapanga nawe wakati mwingine", "ikitoka tu, utapata ujumbe mwingine"],
        ];
        for (plain, words) in both.iter().zip(said) {
            for words in words {
                assert!(plain.contains(words), "{words}: {plain}");
            }
            assert!(plain.contains("1001") && plain.contains("/orders/"), "{plain}");
        }
    }

    #[test]
    fn a_name_is_a_name_and_neither_markup_nor_a_second_line() {
        let to = Person { name: "Eve\r\nBcc: all@duka.test".into(), shop: "<script>alert(1)</script>&\"".into() };
        for about in all(&to) {
            let written = write(&letter(Locale::En, about), "https://duka.test");
            assert!(!written.html.contains("<script>"), "{}", written.html);
            assert!(!written.subject.contains(['\r', '\n']));
            assert!(!written.plain.contains("\nBcc:") && !written.plain.contains('\r'), "{}", written.plain);
        }
    }
}
