//! Account balance: what the ledger holds for a number, as one text.

use axum::{Json, body::Bytes, extract::State, http::HeaderMap};
use serde_json::{Value, json};

use super::{
    answers::Refusal,
    operator::{self, Ending},
};
use crate::{kenya, scripts::Operation, world::Sandbox};

const FIELDS: [&str; 8] = [
    "Initiator",
    "SecurityCredential",
    "CommandID",
    "PartyA",
    "IdentifierType",
    "Remarks",
    "QueueTimeOutURL",
    "ResultURL",
];

/// `POST …/accountbalance/v1/query`.
pub async fn query(State(sandbox): State<Sandbox>, headers: HeaderMap, body: Bytes) -> Result<Json<Value>, Refusal> {
    ask(&sandbox, &headers, &body).map(Json)
}

fn ask(sandbox: &Sandbox, headers: &HeaderMap, body: &Bytes) -> Result<Value, Refusal> {
    let (fields, taken) = operator::take(sandbox, headers, body, (Operation::Balance, "AccountBalance", &FIELDS))?;
    let short_code = fields.short_code("PartyA")?;
    fields.word("IdentifierType", &["2", "4"])?;
    let answer = operator::acknowledgement(&taken);
    operator::end(sandbox, taken, |_, _| {
        let world = sandbox.world();
        let total = world.ledger.balance(&short_code);
        let accounts =
            format!("Working Account|KES|0.00|0.00|0.00|0.00&Utility Account|KES|{total}.00|{total}.00|0.00|0.00");
        let stamp = kenya::stamp(world.now()).parse::<u64>().ok();
        Ending {
            code: "0".to_owned(),
            receipt: None,
            parameters: vec![
                ("AccountBalance", Some(json!(accounts))),
                ("BOCompletedTime", stamp.map(|stamp| json!(stamp))),
            ],
        }
    });
    Ok(answer)
}
