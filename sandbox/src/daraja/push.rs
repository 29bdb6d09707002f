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
    ledger::Way,
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
    let callback_url = fields.address("CallBackURL")?;
    let account_reference = fields.text("AccountReference", 12)?;
    fields.maybe_text("TransactionDesc", 13)?;

    let misfit = paybill && party_b != short_code;
    let asked = {
        let mut world = sandbox.world();
        // A till signs with its store's number; with its own it is no merchant, in both kinds of prompt.
        if world.ledger.is_till(&short_code) || (!paybill && party_b == short_code) {
            return Err(refuse_overloaded("Merchant does not exist"));
        }
        if !paybill {
            world.ledger.learn_till(&party_b, &short_code);
        }
        let way = if paybill { Way::PayBill } else { Way::BuyGoods };
        let script = world.scripts.for_phone(&phone);
        world.prompts.ask(Ask { way, short_code, party_b, phone, amount, account_reference, callback_url, script })
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
