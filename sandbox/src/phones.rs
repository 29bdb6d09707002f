//! The phones page: every prompt as a phone screen that a person answers, how earlier ones ended, the text messages and the mails.

use std::fmt::Write;

use axum::{
    body::Bytes,
    extract::{Path, State},
    http::StatusCode,
    response::{Html, IntoResponse, Redirect, Response},
};

use crate::{
    africastalking,
    kenya::{in_nairobi, phone_for_people, shillings},
    mailbox,
    prompts::{Answer, Prompt},
    world::Sandbox,
};

pub const STYLE: &str = include_str!("phones.css");
/// Open and past prompts shown; the rest is counted.
const MOST_OPEN: usize = 60;
const MOST_PAST: usize = 60;

/// What a person can do with a prompt: the form's word, the button, M-Pesa's result code.
const ANSWERS: [(&str, &str, &str); 5] = [
    ("approve", "Approve", "0"),
    ("cancel", "Cancel", "1032"),
    ("wrong_pin", "Wrong PIN", "2001"),
    ("no_money", "Not enough money", "1"),
    ("ignore", "Ignore", "1037"),
];

/// `GET /`.
pub async fn page(State(sandbox): State<Sandbox>) -> Html<String> {
    let (open, past): (Vec<Prompt>, Vec<Prompt>) =
        sandbox.world().prompts.newest().cloned().partition(|p| p.answer.is_none());
    let mailbox = format!("{}{}", africastalking::section(&sandbox), mailbox::section(&sandbox));
    Html(whole_page(&open, &past, &mailbox))
}

/// `POST /phones/{id}/answer` with `answer=approve|cancel|wrong_pin|no_money|ignore`.
pub async fn answer(State(sandbox): State<Sandbox>, Path(id): Path<String>, body: Bytes) -> Response {
    let word = std::str::from_utf8(&body).unwrap_or_default().split('&').find_map(|pair| pair.strip_prefix("answer="));
    let Some((_, _, code)) = ANSWERS.iter().find(|(known, _, _)| Some(*known) == word) else {
        let sentence = "An answer is approve, cancel, wrong_pin, no_money or ignore.\n";
        return (StatusCode::UNPROCESSABLE_ENTITY, sentence).into_response();
    };
    match id.parse().ok().filter(|id| sandbox.world().prompts.knows(*id)) {
        Some(id) => {
            // Pressed twice, or a script was quicker: the first answer stands, and the page shows it.
            sandbox.answer_prompt(id, code);
            Redirect::to("/").into_response()
        }
        None => (StatusCode::NOT_FOUND, "There is no such prompt.\n").into_response(),
    }
}

fn whole_page(open: &[Prompt], past: &[Prompt], mailbox: &str) -> String {
    let mut html = format!(
        "<!doctype html><html lang=en><head><meta charset=utf-8>\
         <meta name=viewport content=\"width=device-width,initial-scale=1\">\
         <meta http-equiv=refresh content=3><title>Phones · sandbox</title>\
         <link rel=icon href=\"data:,\"><style>{STYLE}</style></head><body><main>\
         <h1>Phones</h1><p class=lead>The other side of every payment on this machine. \
         No money moves here: you decide what the shopper does with the M-PESA prompt. \
         To pay a paybill or till without one, <a href=\"/menu\">pay by hand</a>. Parcels with agents are at the <a href=\"/parcels\">agents' desk</a>.</p>"
    );
    if open.is_empty() {
        html.push_str(
            "<div class=empty><strong>No phone is ringing</strong>\
             Place an order in a shop and choose M-Pesa. The prompt appears here by itself.</div>",
        );
    } else {
        html.push_str("<ul class=phones aria-label=\"Waiting for an answer\">");
        // The one that waits longest comes first, and stays where it is when others arrive.
        for prompt in open.iter().rev().take(MOST_OPEN) {
            phone(&mut html, prompt);
        }
        html.push_str("</ul>");
        more(&mut html, open.len(), MOST_OPEN);
    }
    if !past.is_empty() {
        html.push_str("<h2>Answered</h2><ul class=past>");
        for prompt in past.iter().take(MOST_PAST) {
            if let Some(answer) = &prompt.answer {
                past_line(&mut html, prompt, answer);
            }
        }
        html.push_str("</ul>");
        more(&mut html, past.len(), MOST_PAST);
    }
    html.push_str(mailbox);
    html.push_str("</main></body></html>\n");
    html
}

fn more(html: &mut String, all: usize, shown: usize) {
    if all > shown {
        let _ = write!(html, "<p class=note>and {} more</p>", all - shown);
    }
}

fn phone(html: &mut String, prompt: &Prompt) {
    let (number, sum) = (phone_for_people(&prompt.phone), shillings(prompt.amount));
    let _ = write!(
        html,
        "<li class=phone><div class=screen><div class=bar><span>{number}</span><span>{time}</span></div>\
         <div class=prompt><p>Do you want to pay {sum} to {business} account {account}? Enter M-PESA PIN</p>\
         <div class=pin></div></div>",
        time = in_nairobi(prompt.asked_at).format("%H:%M:%S"),
        business = escape(&business(prompt)),
        account = escape(&prompt.account_reference),
    );
    if prompt.script.is_some() {
        html.push_str("<p class=note>A script answers this one soon; you may be quicker.</p>");
    }
    let _ = write!(html, "<form method=post action=\"/phones/{}/answer\">", prompt.id);
    for (word, label, _) in ANSWERS {
        let class = if word == "approve" { " class=go" } else { "" };
        let _ = write!(html, "<button name=answer value={word}{class}>{label}</button>");
    }
    html.push_str("</form></div></li>");
}

fn past_line(html: &mut String, prompt: &Prompt, answer: &Answer) {
    let outcome = outcome(&answer.result_code);
    let class = if answer.receipt.is_some() { "paid" } else { "failed" };
    let receipt = answer.receipt.as_deref().map(|r| format!(" · {r}")).unwrap_or_default();
    let _ = write!(
        html,
        "<li><span class=who>{number}</span><span class=sum>{sum}</span>\
         <span class=how><b class={class}>{outcome}</b>{receipt} · {business}, account {account} · {time}</span></li>",
        number = phone_for_people(&prompt.phone),
        sum = shillings(prompt.amount),
        business = escape(&business(prompt)),
        account = escape(&prompt.account_reference),
        time = in_nairobi(answer.at).format("%H:%M:%S"),
    );
}

/// Name and number; the provider knows the names of its merchants, the sandbox only those of the demo.
fn business(prompt: &Prompt) -> String {
    format!("{} ({})", business_name(&prompt.party_b), prompt.party_b)
}

/// The name that payers are shown for a paybill or till.
pub fn business_name(number: &str) -> &'static str {
    match number {
        "509731" => "MAMA NJERI",
        "509732" => "KILIMANI ELECTRONICS",
        _ => "BUSINESS",
    }
}

fn outcome(result_code: &str) -> String {
    match result_code {
        "0" => "Paid".to_owned(),
        "1" => "Not enough money".to_owned(),
        "1019" => "Took too long".to_owned(),
        "1032" => "Cancelled".to_owned(),
        "1037" => "Ignored".to_owned(),
        "2001" => "Wrong PIN".to_owned(),
        other => format!("Ended with code {}", escape(other)),
    }
}

pub fn escape(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&#39;"),
            other => out.push(other),
        }
    }
    out
}
