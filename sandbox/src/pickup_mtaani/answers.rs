//! The partner's addresses: who is where, what a parcel costs, booking one, and asking about it.

use axum::{
    Json,
    body::to_bytes,
    extract::{ConnectInfo, Query, Request, State},
    http::{HeaderMap, StatusCode},
    response::{IntoResponse, Response},
};
use serde_json::{Value, json};
use std::collections::HashMap;

use super::{
    Refusal, key_of,
    network::{AGENTS, AREAS, LOCATIONS, price},
    parcels::Parcel,
    refuse, tell,
};
use crate::{BODY_LIMIT, kenya, line::Scissors, recorder::cut, world::Sandbox};

type Asked = Query<HashMap<String, String>>;

fn number(asked: &Asked, name: &str) -> Option<u64> {
    asked.get(name).and_then(|text| text.parse().ok())
}

/// A list in its envelope.
fn list(items: Vec<Value>) -> Response {
    let count = items.len();
    Json(json!({ "totalCount": count, "pageNumber": 0, "pageSize": count, "data": items })).into_response()
}

/// Answers with a key that is taken, and refuses without one.
fn with_key(headers: &HeaderMap, answer: impl FnOnce(String) -> Result<Response, Refusal>) -> Response {
    key_of(headers).and_then(answer).unwrap_or_else(IntoResponse::into_response)
}

/// `GET …/locations/areas`.
pub async fn areas(headers: HeaderMap) -> Response {
    with_key(&headers, |_| Ok(list(AREAS.iter().map(|(id, name)| json!({ "id": id, "name": name })).collect())))
}

/// `GET …/locations?areaId=`.
pub async fn locations(headers: HeaderMap, asked: Asked) -> Response {
    let wanted = number(&asked, "areaId");
    with_key(&headers, |_| {
        let found = LOCATIONS.iter().filter(|(_, area, _)| wanted.is_none_or(|wanted| wanted == *area));
        Ok(list(found.map(|(id, area, name)| json!({ "id": id, "name": name, "zone_id": area })).collect()))
    })
}

/// `GET …/agents?locationId=`.
pub async fn agents(headers: HeaderMap, asked: Asked) -> Response {
    let wanted = number(&asked, "locationId");
    with_key(&headers, |_| {
        let found = AGENTS.iter().filter(|(_, place, _)| wanted.is_none_or(|wanted| wanted == *place));
        Ok(list(found.map(|(id, _, name)| json!({ "id": id, "business_name": name })).collect()))
    })
}

/// `GET …/delivery-charge/agent-package?senderAgentID=&receiverAgentID=`.
pub async fn charge(headers: HeaderMap, asked: Asked) -> Response {
    let between = number(&asked, "senderAgentID").zip(number(&asked, "receiverAgentID"));
    with_key(&headers, |_| {
        let price = between.and_then(|(sender, receiver)| price(sender, receiver));
        let price = price.ok_or_else(|| refuse(404, "Agent not found"))?;
        Ok(Json(json!({ "data": { "price": price } })).into_response())
    })
}

/// `POST …/packages/agent-agent?b_id=`. A test may lose the answer of what was done.
pub async fn create(State(sandbox): State<Sandbox>, asked: Asked, request: Request) -> Response {
    let (parts, body) = request.into_parts();
    let Ok(body) = to_bytes(body, BODY_LIMIT).await else { return refuse(413, "Too large").into_response() };
    let business = number(&asked, "b_id");
    let fields: Value = serde_json::from_slice(&body).unwrap_or(Value::Null);
    let phone = fields["customerPhoneNumber"].as_str().and_then(kenya::phone);
    if phone.is_some_and(|phone| sandbox.world().parcels.is_away_for(&phone)) {
        return cut(parts.extensions.get::<ConnectInfo<Scissors>>());
    }
    let made = key_of(&parts.headers).and_then(|key| {
        let business = business.ok_or_else(|| refuse(422, "b_id is required"))?;
        book(&sandbox, key, business, &fields)
    });
    let parcel = match made {
        Ok(parcel) => parcel,
        Err(refusal) => return refusal.into_response(),
    };
    tell(&sandbox, &parcel, "package.created", 1);
    if sandbox.world().parcels.loses_answer() {
        return cut(parts.extensions.get::<ConnectInfo<Scissors>>());
    }
    (StatusCode::CREATED, Json(parcel.describe())).into_response()
}

fn book(sandbox: &Sandbox, key: String, business: u64, fields: &Value) -> Result<Parcel, Refusal> {
    let text = |name: &str| fields[name].as_str().map(str::trim).filter(|text| !text.is_empty()).map(str::to_owned);
    let missing = |name: &str| refuse(422, &format!("{name} is required"));
    let whole = |name: &str| fields[name].as_u64().ok_or_else(|| missing(name));
    let (sender, receiver) = (whole("senderAgentId")?, whole("receiverAgentId")?);
    let fee = price(sender, receiver).ok_or_else(|| refuse(404, "Agent not found"))?;
    if fields["paymentOption"] != "vendor" {
        return Err(refuse(422, "paymentOption must be vendor"));
    }
    let phone = text("customerPhoneNumber").ok_or_else(|| missing("customerPhoneNumber"))?;
    let local = phone.strip_prefix("+254").or_else(|| phone.strip_prefix('0')).unwrap_or_default();
    if local.len() != 9 || !local.bytes().all(|b| b.is_ascii_digit()) || !local.starts_with(['1', '7']) {
        return Err(refuse(422, "customerPhoneNumber is not valid"));
    }
    let (name, customer) = (
        text("packageName").ok_or_else(|| missing("packageName"))?,
        text("customerName").ok_or_else(|| missing("customerName"))?,
    );
    let value = whole("packageValue")?;
    let mut world = sandbox.world();
    if let Some(message) = world.parcels.refusal() {
        return Err(refuse(422, &message));
    }
    Ok(world.parcels.add(|id| Parcel {
        id,
        key,
        business,
        name,
        value,
        customer,
        phone,
        sender,
        receiver,
        fee,
        state: "request",
        created_at: kenya::now(),
    }))
}

/// `GET …/packages/agent-agent?b_id=&id=`.
pub async fn one(State(sandbox): State<Sandbox>, headers: HeaderMap, asked: Asked) -> Response {
    let wanted = number(&asked, "b_id").zip(number(&asked, "id"));
    with_key(&headers, |key| {
        let world = sandbox.world();
        let found = wanted.and_then(|(business, id)| world.parcels.find(&key, business, id));
        let parcel = found.ok_or_else(|| refuse(404, "Package not found"))?;
        Ok(Json(json!({ "success": true, "data": parcel.describe() })).into_response())
    })
}

/// `GET …/packages/agent-agent/mine?b_id=&pageNumber=&pageSize=`, newest first.
pub async fn mine(State(sandbox): State<Sandbox>, headers: HeaderMap, asked: Asked) -> Response {
    let business = number(&asked, "b_id");
    let page = number(&asked, "pageNumber").and_then(|page| usize::try_from(page).ok()).unwrap_or(0);
    let size = number(&asked, "pageSize").and_then(|size| usize::try_from(size).ok()).unwrap_or(10).clamp(1, 100);
    with_key(&headers, |key| {
        let business = business.ok_or_else(|| refuse(422, "b_id is required"))?;
        let world = sandbox.world();
        let count = world.parcels.of(&key, business).count();
        let shown: Vec<Value> =
            world.parcels.of(&key, business).skip(page.saturating_mul(size)).take(size).map(Parcel::describe).collect();
        Ok(Json(json!({ "totalCount": count, "pageNumber": page, "pageSize": size, "data": shown })).into_response())
    })
}

/// `POST …/webhooks/register` with `webhook_url`.
pub async fn register(State(sandbox): State<Sandbox>, headers: HeaderMap, body: Json<Value>) -> Response {
    let url = body["webhook_url"].as_str().map(str::to_owned);
    with_key(&headers, |key| {
        let url = url.filter(|url| reqwest::Url::parse(url).is_ok());
        let url = url.ok_or_else(|| refuse(422, "webhook_url is required"))?;
        if !sandbox.world().parcels.set_hook(key, url) {
            return Err(refuse(429, "Too many webhooks"));
        }
        Ok(Json(json!({ "success": true, "message": "Webhook registered" })).into_response())
    })
}
