//! Writes events in batches after the answer; a shopper never waits for a statistic.

use super::event::{Around, Device, Step};
use crate::{
    db::{Db, DbError, TenantTx},
    kernel::id::{CartId, CustomerId, EventId, OrderId, ProductId, TenantId},
};
use chrono::{DateTime, Utc};
use serde_json::{Value, json};
use std::{
    collections::HashMap,
    sync::{
        Arc,
        atomic::{AtomicU64, Ordering},
    },
    time::{Duration, Instant},
};
use tokio::sync::{mpsc, oneshot};
use uuid::Uuid;

/// One step of one visit.
#[derive(Clone, Debug)]
pub struct Event {
    pub tenant: TenantId,
    pub step: Step,
    pub around: Around,
    pub at: DateTime<Utc>,
}

enum Note {
    Event(Box<Event>),
    /// Answer when everything before this is written.
    Flush(oneshot::Sender<()>),
}

/// A bounded box of events; when it is full the newest are dropped and counted.
///
/// It is emptied at five thousand events a second at the most, far more than the shoppers of one process make, and its
/// writer rests longer than it writes: under a flood the processors belong to those who buy, not to their counting.
#[derive(Clone, Debug)]
pub struct Recorder {
    sender: mpsc::Sender<Note>,
    dropped: Arc<AtomicU64>,
}

const WAITING: usize = 10_000;
const BATCH: usize = 500;
/// Between two batches: a longer one while little comes, so that batches fill.
const PAUSE: Duration = Duration::from_millis(250);
const SHORT_PAUSE: Duration = Duration::from_millis(100);
/// How many times as long as it wrote a writer rests: each tenant's events are a transaction of their own, and those of
/// five hundred events may be hundreds.
const REST: u32 = 4;

impl Recorder {
    /// Starts the writer on the running tokio runtime.
    pub fn start(db: Db) -> Self {
        let (sender, receiver) = mpsc::channel(WAITING);
        tokio::spawn(write(db, receiver));
        Self { sender, dropped: Arc::default() }
    }

    /// Puts so many events into the box; they are made only when there is room for all of them.
    pub fn record<E: IntoIterator<Item = Event>>(&self, count: usize, events: impl FnOnce() -> E) {
        if let Ok(places) = self.sender.try_reserve_many(count) {
            for (place, event) in places.zip(events()) {
                place.send(Note::Event(Box::new(event)));
            }
        } else {
            self.dropped.fetch_add(count as u64, Ordering::Relaxed);
        }
    }

    /// Waits until everything recorded so far is written, or could not be.
    pub async fn flush(&self) {
        let (done, wait) = oneshot::channel();
        if self.sender.send(Note::Flush(done)).await.is_ok() {
            let _ = wait.await;
        }
    }

    /// Events that found no room, since the process started.
    pub fn dropped(&self) -> u64 {
        self.dropped.load(Ordering::Relaxed)
    }
}

async fn write(db: Db, mut receiver: mpsc::Receiver<Note>) {
    let mut notes = Vec::with_capacity(BATCH);
    while receiver.recv_many(&mut notes, BATCH).await > 0 {
        let mut by_tenant: HashMap<TenantId, Vec<Event>> = HashMap::new();
        let mut waiting = Vec::new();
        let full = notes.len() == BATCH;
        let began = Instant::now();
        for note in notes.drain(..) {
            match note {
                Note::Event(event) => by_tenant.entry(event.tenant).or_default().push(*event),
                Note::Flush(done) => waiting.push(done),
            }
        }
        for (tenant, events) in by_tenant {
            if let Err(fault) = insert(&db, tenant, &events).await {
                tracing::warn!(tenant.id = %tenant, events.count = events.len(), error.message = %fault, "events were not written");
            }
        }
        let asked = !waiting.is_empty();
        for done in waiting {
            let _ = done.send(());
        }
        if !asked {
            let pause = if full { SHORT_PAUSE } else { PAUSE };
            tokio::time::sleep(pause.max(began.elapsed() * REST)).await;
        }
    }
}

async fn insert(db: &Db, tenant: TenantId, events: &[Event]) -> Result<(), DbError> {
    let ids: Vec<Uuid> = events.iter().map(|_| EventId::mint().uuid()).collect();
    let kinds: Vec<&str> = events.iter().map(|e| e.step.as_str()).collect();
    let sessions: Vec<Option<&str>> = events.iter().map(|e| e.around.visitor.session.as_deref()).collect();
    let devices: Vec<Option<&str>> = events.iter().map(|e| e.around.visitor.device.map(Device::as_str)).collect();
    let areas: Vec<Option<&str>> = events.iter().map(|e| e.around.area.as_deref()).collect();
    let products: Vec<Option<Uuid>> = events.iter().map(|e| e.step.product().map(ProductId::uuid)).collect();
    let orders: Vec<Option<Uuid>> = events.iter().map(|e| e.step.order().map(OrderId::uuid)).collect();
    let customers: Vec<Option<Uuid>> = events.iter().map(|e| e.around.customer.map(CustomerId::uuid)).collect();
    let carts: Vec<Option<Uuid>> = events.iter().map(|e| e.around.cart.map(CartId::uuid)).collect();
    let amounts: Vec<Option<i64>> = events.iter().map(|e| e.step.amount_cents()).collect();
    let properties: Vec<Value> = events.iter().map(|e| properties(&e.step)).collect();
    let times: Vec<DateTime<Utc>> = events.iter().map(|e| e.at).collect();
    let mut tx = db.tenant(tenant).await?;
    sqlx::query!(
        r#"insert into events (tenant_id, id, event_type, session_id, device, city_area, product_id, order_id, amount_cents, properties, occurred_at, customer_id, cart_id, channel)
           select $1, e.id, e.kind, e.session, e.device, e.area, e.product, e.the_order, e.amount, e.properties, e.occurred_at, e.customer, e.cart, 'web'
           from unnest($2::uuid[], $3::text[], $4::text[], $5::text[], $6::text[], $7::uuid[], $8::uuid[], $9::bigint[], $10::jsonb[], $11::timestamptz[], $12::uuid[], $13::uuid[])
                as e (id, kind, session, device, area, product, the_order, amount, properties, occurred_at, customer, cart)"#,
        tx.tenant(),
        &ids,
        &kinds as _,
        &sessions as _,
        &devices as _,
        &areas as _,
        &products as _,
        &orders as _,
        &amounts as _,
        &properties,
        &times,
        &customers as _,
        &carts as _
    )
    .execute(tx.conn())
    .await?;
    note_steps(&mut tx, events).await?;
    tx.commit().await
}

/// What a known person looked at and took: known by the order that their browser placed, until they are erased.
async fn note_steps(tx: &mut TenantTx, events: &[Event]) -> Result<(), DbError> {
    let known: Vec<(&Vec<u8>, &'static str, Uuid, DateTime<Utc>)> = events
        .iter()
        .filter_map(|event| {
            let step = match event.step {
                Step::ProductView { .. } => "view",
                Step::AddToCart { .. } => "add_to_cart",
                _ => return None,
            };
            Some((event.around.buyer.as_ref()?, step, event.step.product()?.uuid(), event.at))
        })
        .collect();
    if known.is_empty() {
        return Ok(());
    }
    let buyers: Vec<Vec<u8>> = known.iter().map(|(buyer, ..)| (*buyer).clone()).collect();
    let steps: Vec<String> = known.iter().map(|(_, step, ..)| (*step).to_owned()).collect();
    let products: Vec<Uuid> = known.iter().map(|(_, _, product, _)| *product).collect();
    let times: Vec<DateTime<Utc>> = known.iter().map(|(.., at)| *at).collect();
    sqlx::query!(
        "insert into customer_events (tenant_id, customer_id, event_type, metadata, occurred_at)
         select $1, c.id, e.step, jsonb_build_object('product', e.product), e.occurred_at
         from unnest($2::bytea[], $3::text[], $4::uuid[], $5::timestamptz[]) as e (buyer, step, product, occurred_at)
         join orders o on o.tenant_id = $1 and o.token_hash = e.buyer
         join customers c on c.tenant_id = $1 and c.id = o.customer_id and c.phone is not null",
        tx.tenant(),
        &buyers,
        &steps,
        &products,
        &times
    )
    .execute(tx.conn())
    .await?;
    Ok(())
}

fn properties(step: &Step) -> Value {
    match step {
        Step::Search { words, found } => json!({ "words": words, "found": found }),
        _ => json!({}),
    }
}
