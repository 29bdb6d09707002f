//! Secrets at rest: a key per tenant, wrapped by the master key, bound to where the secret stands.

pub mod marks;
pub mod rotate;

use crate::{
    db::{DbError, TenantTx},
    error::AppError,
    kernel::{id::TenantId, token::Token},
};
use aes_gcm_siv::{
    Aes256GcmSiv, KeyInit, Nonce,
    aead::{Aead, Payload},
};
use hmac::{Hmac, Mac};
use sha2::{Digest, Sha256};
use std::{
    collections::HashMap,
    fmt,
    sync::{Arc, PoisonError, RwLock},
};
use uuid::Uuid;

/// 32 bytes from `DUKA_SECRET_KEY`; wraps every tenant's key.
#[derive(Clone)]
pub struct MasterKey([u8; 32]);

impl MasterKey {
    pub const fn new(bytes: [u8; 32]) -> Self {
        Self(bytes)
    }
    /// Says which master key wrapped something, without telling what it is.
    pub fn id(&self) -> String {
        crate::kernel::token::hex(&Sha256::digest([b"duka master key id", self.0.as_slice()].concat())[..8])
    }
}

/// Finds the master keys that are known now, the one to wrap with first; asked again when a tenant's key was wrapped by
/// one that is not known yet.
pub type LookForKeys = dyn Fn() -> Vec<MasterKey> + Send + Sync;

/// The master keys that are known. While one takes another's place there are two.
struct Ring {
    keys: RwLock<Vec<MasterKey>>,
    look: Option<Box<LookForKeys>>,
}

impl Ring {
    fn now(&self) -> Vec<MasterKey> {
        self.keys.read().unwrap_or_else(PoisonError::into_inner).clone()
    }
    /// Looks again, where there is somewhere to look.
    fn look_again(&self) -> Vec<MasterKey> {
        if let Some(found) = self.look.as_ref().map(|look| look()).filter(|found| !found.is_empty()) {
            *self.keys.write().unwrap_or_else(PoisonError::into_inner) = found;
        }
        self.now()
    }
}

/// Where a sealed value stands. It opens nowhere else.
#[derive(Clone, Copy, Debug)]
pub struct Place {
    pub table: &'static str,
    pub column: &'static str,
    pub row: Uuid,
}

/// What a derived token is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Purpose {
    /// The address of an order's page.
    Order,
    /// The address that M-Pesa answers a prompt to.
    PayHook,
    /// A single-use link that proves something about an account.
    AccountLink,
    /// The link by which somebody joins a team.
    Invite,
    /// What lets the team see a shop that is not open yet.
    Preview,
    /// Where M-Pesa answers a try of an account.
    AccountTest,
    /// Where M-Pesa asks and tells about money that comes to an account by itself.
    C2bHook,
    /// Where M-Pesa sends an account's own list.
    PullHook,
    /// Where a provider tells what became of a refund.
    RefundHook,
    /// Where M-Pesa answers a question.
    AskHook,
    /// Where the card provider tells of a merchant's payments.
    CardHook,
    /// Where the provider of text messages tells what became of a merchant's.
    SmsHook,
    /// Where a delivery partner tells of a merchant's parcels.
    DeliveryHook,
    /// The link by which a rider collects an order's money.
    RiderLink,
    /// The code by which a buyer proves that a parcel was handed over.
    DeliveryCode,
    /// The code by which a shopper comes in.
    ShopperCode,
}

/// A tenant's own key, unwrapped.
#[derive(Clone)]
pub struct TenantKey {
    key: [u8; 32],
    tenant: TenantId,
}

/// A sealed value that does not open: wrong key, wrong place, or changed bytes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("a sealed value does not open with this key at this place")]
pub struct DoesNotOpen;

const VERSION: u8 = 1;
const NONCE: usize = 12;

fn seal(key: &[u8; 32], about: &[u8], secret: &[u8]) -> Vec<u8> {
    let nonce_bytes: [u8; NONCE] = rand::random();
    let cipher = Aes256GcmSiv::new(key.into());
    let nonce = Nonce::from(nonce_bytes);
    let body = cipher
        .encrypt(&nonce, Payload { msg: secret, aad: about })
        .expect("AES-GCM-SIV seals anything shorter than 64 GiB");
    [&[VERSION], nonce_bytes.as_slice(), &body].concat()
}

fn open(key: &[u8; 32], about: &[u8], sealed: &[u8]) -> Result<Vec<u8>, DoesNotOpen> {
    let (version, rest) = sealed.split_first().ok_or(DoesNotOpen)?;
    let (nonce, body) = rest.split_first_chunk::<NONCE>().ok_or(DoesNotOpen)?;
    if *version != VERSION {
        return Err(DoesNotOpen);
    }
    Aes256GcmSiv::new(key.into())
        .decrypt(&Nonce::from(*nonce), Payload { msg: body, aad: about })
        .map_err(|_| DoesNotOpen)
}

impl TenantKey {
    fn about(&self, place: Place) -> Vec<u8> {
        format!("{}.{}/{}/{}", place.table, place.column, self.tenant, place.row).into_bytes()
    }
    /// A secret that opens with this key and in this place only.
    pub fn seal(&self, place: Place, secret: &str) -> Vec<u8> {
        seal(&self.key, &self.about(place), secret.as_bytes())
    }
    /// What was sealed for this place. One error for another key, another place and a changed byte.
    pub fn open(&self, place: Place, sealed: &[u8]) -> Result<String, DoesNotOpen> {
        let bytes = open(&self.key, &self.about(place), sealed)?;
        String::from_utf8(bytes).map_err(|_| DoesNotOpen)
    }
    /// A token that can be made again from the row's id, so that only its hash is stored.
    pub fn token(&self, purpose: Purpose, row: Uuid) -> Token {
        let label: &[u8] = match purpose {
            Purpose::Order => b"order page",
            Purpose::PayHook => b"pay hook",
            Purpose::AccountLink => b"account link",
            Purpose::Invite => b"invite",
            Purpose::Preview => b"preview",
            Purpose::AccountTest => b"account test",
            Purpose::C2bHook => b"c2b hook",
            Purpose::PullHook => b"pull hook",
            Purpose::RefundHook => b"refund hook",
            Purpose::AskHook => b"ask hook",
            Purpose::CardHook => b"card hook",
            Purpose::SmsHook => b"sms hook",
            Purpose::DeliveryHook => b"delivery hook",
            Purpose::RiderLink => b"rider link",
            Purpose::DeliveryCode => b"delivery code",
            Purpose::ShopperCode => b"shopper code",
        };
        let mut mac = Hmac::<Sha256>::new_from_slice(&self.key).expect("HMAC takes keys of any length");
        mac.update(label);
        mac.update(row.as_bytes());
        Token::from_bytes(mac.finalize().into_bytes().into())
    }
}

/// Opens tenants' keys and remembers a bounded number of them.
#[derive(Clone)]
pub struct Vault {
    ring: Arc<Ring>,
    known: Arc<RwLock<HashMap<TenantId, TenantKey>>>,
}

impl Vault {
    const MOST: usize = 10_000;

    /// With one master key for good.
    pub fn new(master: MasterKey) -> Self {
        Self::of(vec![master])
    }

    /// With several master keys; new tenants' keys are wrapped with the first.
    ///
    /// # Panics
    /// When there is none.
    pub fn of(keys: Vec<MasterKey>) -> Self {
        assert!(!keys.is_empty(), "a vault without a key opens nothing");
        Self { ring: Arc::new(Ring { keys: RwLock::new(keys), look: None }), known: Arc::default() }
    }

    /// With the master keys that are found, now and whenever one is missing: a server that runs while they are rotated
    /// goes on working.
    ///
    /// # Panics
    /// When none is found now.
    pub fn watching(look: Box<LookForKeys>) -> Self {
        let keys = look();
        assert!(!keys.is_empty(), "a vault without a key opens nothing");
        Self { ring: Arc::new(Ring { keys: RwLock::new(keys), look: Some(look) }), known: Arc::default() }
    }

    /// The tenant's key; made when there is none. One statement, none when it is known.
    ///
    /// Remembered only once it is committed: a transaction that made it may still be undone, and whatever
    /// was sealed with it afterwards would never open again.
    pub async fn key(&self, tx: &mut TenantTx) -> Result<TenantKey, AppError> {
        let tenant = tx.tenant_id();
        if let Some(key) = self.known.read().unwrap_or_else(PoisonError::into_inner).get(&tenant) {
            return Ok(key.clone());
        }
        let wrapped = match find_wrapped(tx).await? {
            Some(wrapped) => wrapped,
            None => self.make(tx).await?,
        };
        let key = self.unwrap_key(tenant, &wrapped)?;
        if !tx.has_made_key() {
            let mut known = self.known.write().unwrap_or_else(PoisonError::into_inner);
            if known.len() >= Self::MOST {
                known.clear();
            }
            known.insert(tenant, key.clone());
        }
        Ok(key)
    }

    fn unwrap_key(&self, tenant: TenantId, wrapped: &Wrapped) -> Result<TenantKey, AppError> {
        let bytes = self.unwrap(tenant, wrapped).map_err(AppError::broken)?;
        Ok(TenantKey {
            key: bytes.try_into().map_err(|_| AppError::broken("a tenant key of the wrong length"))?,
            tenant,
        })
    }

    /// The key that its `master_key_id` names; rows from before it was written may be of any.
    fn unwrap(&self, tenant: TenantId, wrapped: &Wrapped) -> Result<Vec<u8>, DoesNotOpen> {
        let is_it = |master: &&MasterKey| wrapped.master_key_id.is_empty() || master.id() == wrapped.master_key_id;
        let mut keys = self.ring.now();
        if !keys.iter().any(|master| is_it(&master)) {
            keys = self.ring.look_again();
        }
        keys.iter()
            .filter(is_it)
            .find_map(|master| open(&master.0, tenant.uuid().as_bytes(), &wrapped.key).ok())
            .ok_or(DoesNotOpen)
    }

    async fn make(&self, tx: &mut TenantTx) -> Result<Wrapped, AppError> {
        // A rotation that is under way ends first, so that nothing is wrapped by a key that has just gone.
        sqlx::query(rotate::WAIT_FOR_ROTATION).execute(tx.conn()).await?;
        let keys = self.ring.look_again();
        let master = keys.first().ok_or_else(|| AppError::broken("there is no master key"))?;
        let fresh: [u8; 32] = rand::random();
        let wrapped = seal(&master.0, tx.tenant().as_bytes(), &fresh);
        let made = sqlx::query!(
            "insert into tenant_keys (tenant_id, wrapped_key, master_key_id)
             values ($1, $2, $3)
             on conflict do nothing",
            tx.tenant(),
            wrapped,
            master.id()
        )
        .execute(tx.conn())
        .await?;
        if made.rows_affected() == 1 {
            tx.note_made_key();
            return Ok(Wrapped { key: wrapped, master_key_id: master.id() });
        }
        // Whoever was first decides.
        find_wrapped(tx).await?.ok_or_else(|| AppError::broken("a tenant key that was just written is gone"))
    }
}

/// A tenant's key as it is stored.
struct Wrapped {
    key: Vec<u8>,
    master_key_id: String,
}

async fn find_wrapped(tx: &mut TenantTx) -> Result<Option<Wrapped>, DbError> {
    let tenant = tx.tenant();
    let row = sqlx::query!("select wrapped_key, master_key_id from tenant_keys where tenant_id = $1", tenant)
        .fetch_optional(tx.conn())
        .await?;
    Ok(row.map(|row| Wrapped { key: row.wrapped_key, master_key_id: row.master_key_id }))
}

impl fmt::Debug for Vault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Vault(•••)")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn key() -> TenantKey {
        TenantKey { key: [7; 32], tenant: TenantId::mint() }
    }
    fn place(column: &'static str) -> Place {
        Place { table: "mpesa_accounts", column, row: Uuid::nil() }
    }

    #[test]
    fn a_secret_opens_only_where_it_was_sealed() {
        let key = key();
        let sealed = key.seal(place("passkey_sealed"), "bfb279");
        assert_eq!(key.open(place("passkey_sealed"), &sealed), Ok("bfb279".into()));
        assert_eq!(key.open(place("consumer_key_sealed"), &sealed), Err(DoesNotOpen));
        assert_eq!(
            TenantKey { tenant: TenantId::mint(), ..key.clone() }.open(place("passkey_sealed"), &sealed),
            Err(DoesNotOpen)
        );
    }

    #[test]
    fn a_secret_moved_to_another_row_or_table_does_not_open() {
        let key = key();
        let own = place("passkey_sealed");
        let sealed = key.seal(own, "bfb279");
        assert_eq!(key.open(Place { row: Uuid::from_u128(1), ..own }, &sealed), Err(DoesNotOpen));
        assert_eq!(key.open(Place { table: "card_accounts", ..own }, &sealed), Err(DoesNotOpen));
        assert_eq!(key.open(own, &sealed), Ok("bfb279".into()));
    }

    #[test]
    fn a_changed_byte_is_noticed() {
        let key = key();
        let mut sealed = key.seal(place("passkey_sealed"), "bfb279");
        let last = sealed.len() - 1;
        sealed[last] ^= 1;
        assert_eq!(key.open(place("passkey_sealed"), &sealed), Err(DoesNotOpen));
        assert_eq!(key.open(place("passkey_sealed"), &[]), Err(DoesNotOpen));
    }

    #[test]
    fn tokens_of_different_purposes_differ_and_come_again() {
        let key = key();
        let row = Uuid::nil();
        assert_eq!(key.token(Purpose::Order, row).hex(), key.token(Purpose::Order, row).hex());
        assert_ne!(key.token(Purpose::Order, row).hex(), key.token(Purpose::PayHook, row).hex());
    }
}
