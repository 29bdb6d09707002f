//! The client: prices, parcels, and where calls are to go, each with a time-out and a bounded answer.

use super::{
    super::contract::{Booked, Booking, Fault},
    answers::{Reply, read_list, read_parcel, read_price},
    wire::{BODY_LIMIT, CreateParcel, RegisterWebhook, inside, number_of, text_of},
};
use crate::kernel::{
    breaker::Breakers,
    money::Money,
    outgoing::{self, Waits, read_limited},
};
use reqwest::Method;
use serde::Serialize;
use serde_json::Value;
use std::{fmt, sync::Arc, time::Duration};
use tokio::{sync::Semaphore, time::Instant};

const CONNECT_TIMEOUT: Duration = Duration::from_secs(2);
/// Turn and call together; only jobs and a settings page wait.
const PATIENCE: Duration = Duration::from_secs(10);
/// Calls of one client at the same time.
const AT_ONCE: usize = 4;
/// Parcels on a page of a list, and pages that are looked through for one of ours.
const PAGE: i64 = 100;
const MOST_PAGES: i64 = 10;

/// One merchant's access. The key is written out nowhere.
#[derive(Clone)]
pub struct Account {
    pub api_key: String,
    /// The partner's own number of the merchant's business.
    pub business: i64,
    /// Where the merchant hands parcels in; none while nobody has said.
    pub sender: Option<i64>,
}

impl fmt::Debug for Account {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Account")
            .field("business", &self.business)
            .field("sender", &self.sender)
            .finish_non_exhaustive()
    }
}

/// A client of one address for all merchants; a clone shares connections and limits.
#[derive(Clone)]
pub struct PickupMtaani(Arc<Inner>);

struct Inner {
    base_url: String,
    http: reqwest::Client,
    at_once: Semaphore,
    breakers: Breakers,
}

impl fmt::Debug for PickupMtaani {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("PickupMtaani").field(&self.0.base_url).finish()
    }
}

impl PickupMtaani {
    /// `base_url` is `https://api.pickupmtaani.com/api/v1`, or wherever the same addresses are found.
    ///
    /// # Panics
    /// When the process has installed no TLS provider, or this machine has no root certificates.
    pub fn new(base_url: &str) -> Self {
        let waits = Waits { to_connect: CONNECT_TIMEOUT, in_all: PATIENCE };
        Self(Arc::new(Inner {
            base_url: base_url.trim_end_matches('/').to_owned(),
            http: outgoing::client(base_url, waits),
            at_once: Semaphore::new(AT_ONCE),
            breakers: Breakers::default(),
        }))
    }

    /// Asks something harmless, which only a key that is taken is answered.
    pub async fn prove(&self, account: &Account) -> Result<(), Fault> {
        let answer = self.ask(account, "/locations/areas", &[]).await?;
        read_list(&answer).map(|_| ())
    }

    /// Says where the partner is to tell of this merchant's parcels.
    pub async fn listen(&self, account: &Account, address: &str) -> Result<(), Fault> {
        let body = RegisterWebhook { webhook_url: address };
        self.send(account, Method::POST, "/webhooks/register", &[], Some(&body)).await.read().map(|_| ())
    }

    /// What a parcel to this agent costs.
    pub async fn fee(&self, account: &Account, agent: i64) -> Result<Money, Fault> {
        let sender = account.sender.ok_or(Fault::NotKnown)?.to_string();
        let query = [("senderAgentID", sender), ("receiverAgentID", agent.to_string())];
        read_price(&self.ask(account, "/delivery-charge/agent-package", &query).await?)
    }

    /// Books a parcel. The partner has no key for repeats, so ours is the parcel's name, and what may have been booked
    /// before is looked for under it.
    pub async fn book(&self, account: &Account, booking: &Booking) -> Result<Booked, Fault> {
        let agents = account.sender.zip(booking.agent);
        let (sender, receiver) = agents.ok_or_else(|| Fault::Refused("no agent".to_owned()))?;
        if booking.is_again
            && let Some(found) = self.find(account, &booking.key).await?
        {
            return Ok(found);
        }
        let phone = format!("0{}", booking.phone.msisdn().trim_start_matches("254"));
        let body = CreateParcel {
            sender_agent_id: sender,
            receiver_agent_id: receiver,
            package_name: &booking.key,
            package_value: booking.value.whole(),
            customer_name: &booking.name,
            customer_phone_number: &phone,
            payment_option: "vendor",
            on_delivery_balance: 0,
        };
        let query = business(account);
        let answer = self.send(account, Method::POST, "/packages/agent-agent", &query, Some(&body)).await.read()?;
        read_parcel(&answer)
    }

    /// The parcel of that name, if the partner has one. Fails when there are more parcels than can be looked through,
    /// since then nobody knows.
    async fn find(&self, account: &Account, name: &str) -> Result<Option<Booked>, Fault> {
        for page in 0..MOST_PAGES {
            let mut query = business(account).to_vec();
            query.extend([("pageNumber", page.to_string()), ("pageSize", PAGE.to_string())]);
            let answer = self.ask(account, "/packages/agent-agent/mine", &query).await?;
            let parcels = read_list(&answer)?;
            let is_ours = |parcel: &&Value| text_of(parcel, "packageName").as_deref() == Some(name);
            if let Some(ours) = parcels.iter().find(is_ours) {
                return read_parcel(ours).map(Some);
            }
            let all = number_of(&answer, "totalCount").unwrap_or(i64::MAX);
            if parcels.is_empty() || (page + 1) * PAGE >= all {
                return Ok(None);
            }
        }
        Err(Fault::Lost)
    }

    /// Where a parcel is.
    pub async fn status(&self, account: &Account, number: i64) -> Result<Booked, Fault> {
        let mut query = business(account).to_vec();
        query.push(("id", number.to_string()));
        let found = self.ask(account, "/packages/agent-agent", &query).await?;
        let parcel = read_parcel(inside(&found))?;
        if parcel.number == Some(number) { Ok(parcel) } else { Err(Fault::Lost) }
    }

    /// A question that changes nothing: whatever did not come back can be asked again. At once not, while the partner is
    /// left in peace: questions come by the hundred, and payments wait for the same hands.
    pub(super) async fn ask(&self, account: &Account, path: &str, query: &[(&str, String)]) -> Result<Value, Fault> {
        if !self.0.breakers.lets_through(&account.api_key, Instant::now()) {
            return Err(Fault::NotReached("the partner is left in peace for a while".to_owned()));
        }
        let reply = self.send(account, Method::GET, path, query, None::<&()>).await;
        // Every answer is well that is no fault of theirs: what one merchant is refused for says nothing of the line.
        let is_well = matches!(&reply, Reply::Read { status, .. } if !status.is_server_error());
        self.0.breakers.note(&account.api_key, is_well, Instant::now());
        match reply.read() {
            Err(Fault::Lost) => Err(Fault::NotReached("the answer was lost".to_owned())),
            other => other,
        }
    }

    /// One call in its turn; the wait for the turn counts as much as the call.
    async fn send(
        &self,
        account: &Account,
        method: Method,
        path: &str,
        query: &[(&str, String)],
        body: Option<&impl Serialize>,
    ) -> Reply {
        let whole = async {
            let Ok(_turn) = self.0.at_once.acquire().await else { return Reply::NeverSent };
            let url = format!("{}{path}", self.0.base_url);
            let mut request = self.0.http.request(method, url).query(query).header("apiKey", &account.api_key);
            if let Some(body) = body {
                request = request.json(body);
            }
            match request.send().await {
                Err(error) if error.is_connect() || error.is_builder() => Reply::NeverSent,
                Err(_) => Reply::Lost,
                Ok(response) => {
                    let status = response.status();
                    match read_limited(response, BODY_LIMIT).await {
                        None => Reply::Lost,
                        Some(bytes) => Reply::Read { status, answer: serde_json::from_slice(&bytes).ok() },
                    }
                }
            }
        };
        tokio::time::timeout(PATIENCE, whole).await.unwrap_or(Reply::Lost)
    }
}

fn business(account: &Account) -> [(&'static str, String); 1] {
    [("b_id", account.business.to_string())]
}
