//! STK push: a prompt on a phone, answered at once with its ids and later with a callback.

use axum::{
    Json,
    body::Bytes,
    extract::State,
    http::HeaderMap,
    response::{IntoResponse, Response},
};
use serde_json::json;

use super::{
    answers::{Refusal, refuse_field, refuse_overloaded},
    check_token, description,
    fields::Fields,
    refuse,
};
use crate::{
    prompts::{Ask, CannotAsk, Prompt},
    world::Sandbox,
};

const FIELDS: [&str; 11] = [
    "BusinessShortCode",
    "Password",
    "Timestamp",
    "TransactionType",
    "Amount",
    "PartyA",
    "PartyB",
    "PhoneNumber",
    "CallBackURL",
    "AccountReference",
    "TransactionDesc",
];

/// Words the provider allows nowhere in a callback address, in any case.
const FORBIDDEN: [&str; 8] = ["mpesa", "m-pesa", "safaricom", "exe", "exec", "cmd", "sql", "query"];

/// `POST …/stkpush/v1/processrequest`.
pub async fn process(State(sandbox): State<Sandbox>, headers: HeaderMap, body: Bytes) -> Response {
    match ask(&sandbox, &headers, &body) {
        Err(refusal) => refusal.into_response(),
        Ok(prompt) => {
            let accepted = "Success. Request accepted for processing";
            Json(json!({
                "MerchantRequestID": prompt.merchant_request_id,
                "CheckoutRequestID": prompt.checkout_request_id,
                "ResponseCode": "0",
                "ResponseDescription": accepted,
                "CustomerMessage": accepted,
            }))
            .into_response()
        }
    }
}

fn ask(sandbox: &Sandbox, headers: &HeaderMap, body: &Bytes) -> Result<Prompt, Refusal> {
    check_token(sandbox, headers)?;
    let fields = Fields::read(headers, body, &FIELDS)?;
    let short_code = fields.signed_short_code()?;
    let paybill = match fields.text("TransactionType", 30)?.as_str() {
        "CustomerPayBillOnline" => true,
        "CustomerBuyGoodsOnline" => false,
        _ => return Err(refuse_field("TransactionType")),
    };
    let amount = fields.amount()?;
    fields.msisdn("PartyA")?;
    let party_b = fields.short_code("PartyB")?;
    let phone = fields.msisdn("PhoneNumber")?;
    let callback_url = fields.text("CallBackURL", 500)?;
    if !is_allowed_address(&callback_url) {
        return Err(refuse_field("CallBackURL"));
    }
    let account_reference = fields.text("AccountReference", 12)?;
    fields.maybe_text("TransactionDesc", 13)?;

    let misfit = paybill && party_b != short_code;
    let asked = {
        let mut world = sandbox.world();
        let script = world.scripts.for_phone(&phone);
        world.prompts.ask(Ask { short_code, party_b, phone, amount, account_reference, callback_url, script })
    };
    let prompt = match asked {
        Ok(prompt) => prompt,
        Err(CannotAsk::Locked) => return Err(refuse_overloaded(description("1001"))),
        Err(CannotAsk::Full) => {
            return Err(refuse(500, "500.003.02", "System is busy. Please try again in few minutes."));
        }
    };
    if misfit {
        // A paybill that pays somebody else never reaches the phone; the callback says so.
        sandbox.answer_prompt(prompt.id, "2028");
    } else if let Some(script) = &prompt.script {
        let (sandbox, id) = (sandbox.clone(), prompt.id);
        let (delay, code) = (script.delay(), script.result_code.clone());
        tokio::spawn(async move {
            tokio::time::sleep(delay).await;
            sandbox.answer_prompt(id, &code);
        });
    }
    Ok(prompt)
}

fn is_allowed_address(address: &str) -> bool {
    let lower = address.to_ascii_lowercase();
    (lower.starts_with("http://") || lower.starts_with("https://"))
        && reqwest::Url::parse(address).is_ok()
        && !FORBIDDEN.iter().any(|word| lower.contains(word))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_with_the_providers_forbidden_words_are_refused_in_any_case() {
        assert!(is_allowed_address("http://localhost:3000/hooks/pay/9f1c7be2"));
        for word in FORBIDDEN {
            for address in [
                format!("https://{word}.example/hooks/pay/1"),
                format!("https://duka.example/{}/1", word.to_uppercase()),
                format!("https://duka.example/hooks?to={word}"),
            ] {
                assert!(!is_allowed_address(&address), "{address}");
            }
        }
        assert!(!is_allowed_address("ftp://duka.example/hooks"));
        assert!(!is_allowed_address("duka.example/hooks"));
    }
}
