//! The M-PESA menu of a phone: a person types a paybill or till and an amount, and pays by hand.

use std::{collections::HashMap, fmt::Write, time::Duration};

use axum::{
    body::Bytes,
    extract::State,
    http::StatusCode,
    response::{Html, IntoResponse, Redirect, Response},
};

use crate::{
    kenya::{self, in_nairobi, phone_for_people, shillings},
    ledger::Way,
    paying::{self, Paid, Paying},
    phones::{STYLE, business_name, escape},
    world::Sandbox,
};

/// Payments shown.
const MOST: usize = 40;

/// What was typed, so that it is still there when something is wrong.
#[derive(Default)]
struct Typed(HashMap<String, String>);

impl Typed {
    fn read(body: &Bytes) -> Self {
        let text = String::from_utf8_lossy(body);
        let pairs = reqwest::Url::parse(&format!("http://form/?{text}"));
        Self(pairs.map(|url| url.query_pairs().into_owned().collect()).unwrap_or_default())
    }

    fn get(&self, name: &str) -> &str {
        self.0.get(name).map(|text| text.trim()).unwrap_or_default()
    }

    /// What is paid, or a sentence.
    fn paying(&self) -> Result<Paying, &'static str> {
        let way = match self.get("kind") {
            "till" => Way::BuyGoods,
            "paybill" => Way::PayBill,
            _ => return Err("Choose Pay bill or Buy goods."),
        };
        let number = self.get("number");
        if !(5..=7).contains(&number.len()) || !number.bytes().all(|b| b.is_ascii_digit()) {
            return Err("A business or till number has five to seven digits.");
        }
        let account = if way == Way::PayBill { self.get("account") } else { "" };
        if way == Way::PayBill && !(1..=20).contains(&account.chars().count()) {
            return Err("An account number has one to twenty characters.");
        }
        let amount = self.get("amount").replace(',', "").parse().ok().filter(|sum| (1..=250_000).contains(sum));
        Ok(Paying {
            way,
            number: number.to_owned(),
            account: account.to_owned(),
            amount: amount.ok_or("An amount is a whole number of shillings, 1 to 250,000.")?,
            phone: kenya::phone(self.get("phone")).ok_or("A phone number is a Kenyan one, such as 0711 223 344.")?,
            confirmations: 1,
            told_after: Duration::ZERO,
        })
    }
}

/// `GET /menu`.
pub async fn page(State(sandbox): State<Sandbox>) -> Html<String> {
    Html(whole_page(&sandbox, &Typed::default(), None))
}

/// `POST /menu` with `kind`, `number`, `account`, `amount`, `phone`.
pub async fn pay(State(sandbox): State<Sandbox>, body: Bytes) -> Response {
    let typed = Typed::read(&body);
    match typed.paying() {
        Ok(paying) => {
            paying::pay(&sandbox, paying).await;
            Redirect::to("/menu#paid").into_response()
        }
        Err(sentence) => {
            (StatusCode::UNPROCESSABLE_ENTITY, Html(whole_page(&sandbox, &typed, Some(sentence)))).into_response()
        }
    }
}

fn whole_page(sandbox: &Sandbox, typed: &Typed, problem: Option<&str>) -> String {
    let mut html = format!(
        "<!doctype html><html lang=en><head><meta charset=utf-8>\
         <meta name=viewport content=\"width=device-width,initial-scale=1\"><title>Pay by hand · sandbox</title>\
         <link rel=icon href=\"data:,\"><style>{STYLE}</style></head><body><main>\
         <p><a href=\"/\">All phones</a></p><h1>Pay by hand</h1>\
         <p class=lead>What a shopper does in the M-PESA menu of a phone: type a number, an account and an amount. \
         The shop is asked first, then told.</p>"
    );
    if let Some(sentence) = problem {
        let _ = write!(html, "<p class=problem role=alert>{}</p>", escape(sentence));
    }
    html.push_str("<div class=menus>");
    form(&mut html, typed, "paybill", "Pay bill", "Business number", true);
    form(&mut html, typed, "till", "Buy goods", "Till number", false);
    html.push_str("</div>");
    let paid: Vec<Paid> = sandbox.world().by_hand.newest().take(MOST).cloned().collect();
    if !paid.is_empty() {
        html.push_str("<h2 id=paid>Paid by hand</h2><ul class=past>");
        for one in &paid {
            line(&mut html, one);
        }
        html.push_str("</ul>");
    }
    html.push_str("</main></body></html>\n");
    html
}

fn form(html: &mut String, typed: &Typed, kind: &str, title: &str, number: &str, has_account: bool) {
    let is_typed = typed.get("kind") == kind;
    let value = |name: &str| if is_typed { escape(typed.get(name)) } else { String::new() };
    let _ = write!(
        html,
        "<form method=post action=\"/menu\" class=menu aria-label=\"{title}\"><h2>{title}</h2>\
         <input type=hidden name=kind value={kind}>\
         <label>{number}<input name=number inputmode=numeric required value=\"{}\"></label>",
        value("number")
    );
    if has_account {
        let _ =
            write!(html, "<label>Account number<input name=account required value=\"{}\"></label>", value("account"));
    }
    let phone = if is_typed { value("phone") } else { "0711 223 344".to_owned() };
    let _ = write!(
        html,
        "<label>Amount<input name=amount inputmode=numeric required value=\"{}\"></label>\
         <label>From phone<input name=phone inputmode=tel required value=\"{phone}\"></label>\
         <button class=go>{title}</button></form>",
        value("amount")
    );
}

fn line(html: &mut String, paid: &Paid) {
    let how = match paid.refused.as_deref() {
        None => format!("<b class=paid>Paid</b> · {}", paid.receipt),
        Some("timeout") => "<b class=failed>Not taken</b> · the shop did not answer".to_owned(),
        Some(code) => format!("<b class=failed>Refused by the shop</b> · {}", escape(code)),
    };
    let account = if paid.account.is_empty() { String::new() } else { format!(", account {}", escape(&paid.account)) };
    let _ = write!(
        html,
        "<li><span class=who>{phone}</span><span class=sum>{sum}</span>\
         <span class=how>{how} · {business} ({number}){account} · {time}</span></li>",
        phone = phone_for_people(&paid.phone),
        sum = shillings(paid.amount),
        business = business_name(&paid.number),
        number = escape(&paid.number),
        time = in_nairobi(paid.at).format("%H:%M:%S"),
    );
}
