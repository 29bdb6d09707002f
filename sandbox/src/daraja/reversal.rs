//! Reversal: money goes back to its payer, once, and the result says so or why not.

use axum::{Json, body::Bytes, extract::State, http::HeaderMap};
use serde_json::{Value, json};

use super::{
    answers::Refusal,
    operator::{self, Ending},
};
use crate::{
    kenya,
    ledger::{CannotReverse, Movement},
    phones::business_name,
    scripts::Operation,
    world::Sandbox,
};

const FIELDS: [&str; 11] = [
    "Initiator",
    "SecurityCredential",
    "CommandID",
    "TransactionID",
    "Amount",
    "ReceiverParty",
    // Spelled as the provider spells it.
    "RecieverIdentifierType",
    "ResultURL",
    "QueueTimeOutURL",
    "Remarks",
    "Occasion",
];

/// `POST …/reversal/v1/request`.
pub async fn request(State(sandbox): State<Sandbox>, headers: HeaderMap, body: Bytes) -> Result<Json<Value>, Refusal> {
    order(&sandbox, &headers, &body).map(Json)
}

fn order(sandbox: &Sandbox, headers: &HeaderMap, body: &Bytes) -> Result<Value, Refusal> {
    let (fields, taken) =
        operator::take(sandbox, headers, body, (Operation::Reversal, "TransactionReversal", &FIELDS))?;
    let receipt = fields.text("TransactionID", 20)?;
    let amount = fields.amount()?;
    let short_code = fields.short_code("ReceiverParty")?;
    fields.word("RecieverIdentifierType", &["11"])?;
    fields.maybe_text("Occasion", 100)?;
    let answer = operator::acknowledgement(&taken);
    operator::end(sandbox, taken, |taken, _| {
        let mut world = sandbox.world();
        let now = world.now();
        let back = world.ledger.reverse(&receipt, &short_code, amount, &taken.originator_conversation_id, now);
        match back {
            Ok(back) => done(&receipt, &back, world.ledger.balance(&short_code)),
            Err(CannotReverse::Already) => Ending::of("R000001"),
            Err(CannotReverse::Unknown) => Ending::of("R000002"),
            Err(CannotReverse::TooMuch) => Ending::of("25"),
        }
    });
    Ok(answer)
}

fn done(receipt: &str, back: &Movement, balance: u64) -> Ending {
    let payer = format!("{} - {}", back.phone, kenya::names(&back.phone).join(" "));
    let shop = format!("{} - {}", back.short_code, business_name(&back.short_code));
    Ending {
        code: "0".to_owned(),
        receipt: Some(back.receipt.clone()),
        parameters: vec![
            ("DebitAccountBalance", Some(json!(format!("Utility Account|KES|{balance}.00|{balance}.00|0.00|0.00")))),
            ("Amount", Some(json!(format!("{}.00", back.amount)))),
            ("TransCompletedTime", kenya::stamp(back.at).parse::<u64>().ok().map(|stamp| json!(stamp))),
            ("OriginalTransactionID", Some(json!(receipt))),
            ("Charge", Some(json!(0))),
            ("CreditPartyPublicName", Some(json!(payer))),
            ("DebitPartyPublicName", Some(json!(shop))),
        ],
    }
}
