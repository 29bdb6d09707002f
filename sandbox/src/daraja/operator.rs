//! What status, reversal and balance have in common: an operator, its encrypted password, a result that comes later.

use std::{sync::OnceLock, time::Duration};

use axum::{body::Bytes, http::HeaderMap};
use base64::{Engine, engine::general_purpose::STANDARD};
use rsa::{PrivateKey, pkcs8::DecodePrivateKey};
use serde_json::{Value, json};

use super::{
    answers::{Refusal, description, refuse_field},
    check_token,
    fields::Fields,
};
use crate::{
    kenya, outgoing,
    scripts::{Operation, Script},
    world::Sandbox,
};

/// The certificate that passwords are encrypted for. Its key stands beside it and guards nothing.
pub const CERTIFICATE: &str = include_str!("../../certificate.pem");
const KEY: &str = include_str!("../../key.pem");
/// Between a request and its result when no script says otherwise.
const USUAL_DELAY: Duration = Duration::from_millis(100);

/// A request that was taken.
pub struct Taken {
    pub operation: Operation,
    pub conversation_id: String,
    pub originator_conversation_id: String,
    result_url: String,
    timeout_url: String,
    /// The code that the operator's name or password ends with.
    trouble: Option<&'static str>,
}

/// How a request ends.
pub struct Ending {
    pub code: String,
    /// The receipt of what was done.
    pub receipt: Option<String>,
    /// Names and values; a value may be missing, and a name may come twice.
    pub parameters: Vec<(&'static str, Option<Value>)>,
}

impl Ending {
    pub fn of(code: &str) -> Self {
        Self { code: code.to_owned(), receipt: None, parameters: Vec::new() }
    }
}

/// Reads what is common to the three requests; `known` are the names of all their fields.
pub fn take(
    sandbox: &Sandbox,
    headers: &HeaderMap,
    body: &Bytes,
    (operation, command, known): (Operation, &str, &[&str]),
) -> Result<(Fields, Taken), Refusal> {
    check_token(sandbox, headers)?;
    let fields = Fields::read(headers, body, known)?;
    let initiator = fields.text("Initiator", 100)?;
    let credential = fields.text("SecurityCredential", 1000)?;
    fields.word("CommandID", &[command])?;
    let remarks = fields.text("Remarks", 100)?;
    if remarks.chars().count() < 2 {
        return Err(refuse_field("Remarks"));
    }
    let now = sandbox.world().now();
    let taken = Taken {
        operation,
        conversation_id: kenya::conversation_id(now),
        originator_conversation_id: kenya::request_id(),
        result_url: fields.address("ResultURL")?,
        timeout_url: fields.address("QueueTimeOutURL")?,
        trouble: trouble(&initiator, &credential),
    };
    Ok((fields, taken))
}

/// Every operator and password is right, but the password `wrong` or one that was encrypted for somebody else, the
/// password `locked`, and the operator `norole`.
fn trouble(initiator: &str, credential: &str) -> Option<&'static str> {
    static OPENED: OnceLock<Option<PrivateKey>> = OnceLock::new();
    let key = OPENED.get_or_init(|| PrivateKey::from_pkcs8_pem(KEY).ok()).as_ref();
    let opened = STANDARD.decode(credential).ok().and_then(|sealed| key?.pkcs1v15_decrypt(&sealed).ok());
    match opened.as_deref() {
        None | Some(b"wrong" | b"") => Some("2001"),
        Some(b"locked") => Some("8006"),
        Some(_) if initiator == "norole" => Some("21"),
        Some(_) => None,
    }
}

/// The answer at once.
pub fn acknowledgement(taken: &Taken) -> Value {
    json!({
        "OriginatorConversationID": taken.originator_conversation_id,
        "ConversationID": taken.conversation_id,
        "ResponseCode": "0",
        "ResponseDescription": "Accept the service request successfully.",
    })
}

/// Lets a request end: what `act` does and says, or what its operator or a script has in place of that. The result is
/// posted later, as often as the script says.
pub fn end(sandbox: &Sandbox, taken: Taken, act: impl FnOnce(&Taken, Option<&Script>) -> Ending) {
    let script = sandbox.world().scripts.for_operation(taken.operation);
    let ending = match (taken.trouble, &script) {
        (Some(code), _) => Ending::of(code),
        (None, Some(script)) if script.result_code != "0" => Ending::of(&script.result_code),
        (None, script) => act(&taken, script.as_ref()),
    };
    let times = script.as_ref().map_or(1, |script| if script.drop_callback { 0 } else { script.callbacks });
    let (url, body) = if script.as_ref().is_some_and(|script| script.queue_timeout) {
        // The body is not documented; this much can be expected of it.
        (taken.timeout_url.clone(), envelope(&taken, &Ending::of("1037")))
    } else {
        (taken.result_url.clone(), envelope(&taken, &ending))
    };
    let delay = script.map_or(USUAL_DELAY, |script| script.delay());
    for _ in 0..times {
        let (sandbox, url, body) = (sandbox.clone(), url.clone(), body.clone());
        tokio::spawn(async move {
            tokio::time::sleep(delay).await;
            outgoing::post(&sandbox, &url, &body).await;
        });
    }
}

/// The shapes differ between the operations as they do in the provider's own samples.
fn envelope(taken: &Taken, ending: &Ending) -> Value {
    let number = ending.code.parse::<i64>().ok().filter(|_| taken.operation != Operation::Status);
    let code = number.map_or_else(|| Value::from(ending.code.clone()), Value::from);
    let date = kenya::receipt(kenya::now()).chars().take(3).collect::<String>();
    let mut result = json!({
        "ResultType": if taken.operation == Operation::Status { json!("0") } else { json!(0) },
        "ResultCode": code,
        "ResultDesc": description(&ending.code),
        "OriginatorConversationID": taken.originator_conversation_id,
        "ConversationID": taken.conversation_id,
        "TransactionID": ending.receipt.clone().unwrap_or_else(|| format!("{date}0000000")),
    });
    if !ending.parameters.is_empty() {
        let list: Vec<Value> = ending
            .parameters
            .iter()
            .map(|(key, value)| match value {
                Some(value) => json!({ "Key": key, "Value": value }),
                None => json!({ "Key": key }),
            })
            .collect();
        result["ResultParameters"] = json!({ "ResultParameter": list });
    }
    let reference = json!({ "Key": "QueueTimeoutURL", "Value": "https://internal.example/x" });
    result["ReferenceData"] = if taken.operation == Operation::Status {
        json!({ "ReferenceItem": [{ "Key": "Occasion" }, reference] })
    } else {
        json!({ "ReferenceItem": reference })
    };
    json!({ "Result": result })
}
