//! Transaction status: what the ledger knows of a receipt, or of a reversal that was ordered.

use axum::{Json, body::Bytes, extract::State, http::HeaderMap};
use serde_json::{Value, json};

use super::{
    answers::{Refusal, refuse_field},
    operator::{self, Ending},
};
use crate::{
    kenya,
    ledger::{Movement, Way},
    phones::business_name,
    scripts::{Operation, Script},
    world::Sandbox,
};

const FIELDS: [&str; 11] = [
    "Initiator",
    "SecurityCredential",
    "CommandID",
    "TransactionID",
    "OriginalConversationID",
    "PartyA",
    "IdentifierType",
    "ResultURL",
    "QueueTimeOutURL",
    "Remarks",
    "Occasion",
];

/// `POST …/transactionstatus/v1/query`.
pub async fn query(State(sandbox): State<Sandbox>, headers: HeaderMap, body: Bytes) -> Result<Json<Value>, Refusal> {
    ask(&sandbox, &headers, &body).map(Json)
}

fn ask(sandbox: &Sandbox, headers: &HeaderMap, body: &Bytes) -> Result<Value, Refusal> {
    let (fields, taken) =
        operator::take(sandbox, headers, body, (Operation::Status, "TransactionStatusQuery", &FIELDS))?;
    fields.short_code("PartyA")?;
    fields.word("IdentifierType", &["1", "2", "4"])?;
    fields.maybe_text("Occasion", 100)?;
    let found = if fields.has("TransactionID") {
        let receipt = fields.text("TransactionID", 20)?;
        sandbox.world().ledger.find(&receipt).cloned()
    } else if fields.has("OriginalConversationID") {
        let id = fields.text("OriginalConversationID", 100)?;
        sandbox.world().ledger.ordered_by(&id).cloned()
    } else {
        return Err(refuse_field("TransactionID"));
    };
    let answer = operator::acknowledgement(&taken);
    operator::end(sandbox, taken, |_, script| found.map_or_else(|| Ending::of("R000002"), |one| told(&one, script)));
    Ok(answer)
}

fn told(movement: &Movement, script: Option<&Script>) -> Ending {
    let payer = format!("{} - {}", movement.phone, kenya::names(&movement.phone).join(" "));
    let shop = format!("{} - {}", movement.short_code, business_name(&movement.short_code));
    let back = movement.way == Way::Reversal;
    let (debited, credited) = if back { (shop, payer) } else { (payer, shop) };
    let reason = match movement.way {
        Way::PayBill => "Pay Bill Online",
        Way::BuyGoods => "Merchant Payment Online",
        Way::Reversal => "Reversal",
    };
    let lie = script.and_then(|script| script.amount.as_ref()).map(|amount| json!(amount));
    let state = if movement.reversed_by.is_some() { "Cancelled" } else { "Completed" };
    Ending {
        code: "0".to_owned(),
        receipt: None,
        parameters: vec![
            ("DebitPartyName", None),
            ("DebitPartyName", Some(json!(debited))),
            ("CreditPartyName", Some(json!(credited))),
            ("OriginatorConversationID", movement.ordered_by.as_ref().map(|id| json!(id))),
            ("InitiatedTime", kenya::stamp(movement.at).parse::<u64>().ok().map(|stamp| json!(stamp))),
            ("DebitAccountType", Some(json!("MMF Account For Customer"))),
            ("DebitPartyCharges", None),
            ("TransactionReason", None),
            ("ReasonType", Some(json!(reason))),
            ("TransactionStatus", Some(json!(state))),
            ("FinalisedTime", Some(json!(kenya::in_nairobi(movement.at).format("%d.%m.%Y %H:%M:%S").to_string()))),
            ("Amount", Some(lie.unwrap_or_else(|| json!(f64::from(movement.amount))))),
            ("ConversationID", None),
            ("ReceiptNo", Some(json!(movement.receipt))),
        ],
    }
}
