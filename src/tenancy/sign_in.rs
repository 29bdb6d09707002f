//! Signing in: one e-mail, one password, maybe several merchants, maybe a code; guessing gets slower and slower.
//!
//! A wrong password is written into no audit log: for most e-mails there is none, and anybody could fill the others'.
//! A wrong code is, because whoever gives one knows the password.

use super::{
    account_token::{self, Proof},
    password,
    person::{Person, hold},
    second_factor::{self, Code},
    session, throttle,
};
use crate::{
    ctx::{Origin, Platform},
    db::TenantTx,
    error::AppError,
    kernel::{
        email::Email,
        id::{TenantId, UserId},
        token::Token,
    },
};
use serde_json::json;
use std::sync::Arc;
use tokio::task::JoinSet;

/// What became of a try.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum SignInOutcome {
    SignedIn {
        token: Token,
        tenant: TenantId,
    },
    /// The password opens several merchants' dashboards: store slug and name of each.
    ChooseStore(Vec<(String, String)>),
    /// The password is right and the account has a second factor: the code may follow with this token.
    CodeWanted {
        step: Token,
    },
    /// The same, after a code that does not fit.
    WrongCode {
        step: Token,
    },
    /// Too late for the code: it begins with the password again.
    StepOver,
    /// E-mail or password; nobody learns which.
    Wrong,
    Throttled {
        retry_after_seconds: u32,
    },
}

/// From where somebody tries.
#[derive(Clone, Copy, Debug)]
pub struct Visitor<'a> {
    pub address: &'a str,
    pub user_agent: &'a str,
    /// The demo lets the machine itself try as often as it likes; accounts are throttled all the same.
    pub is_exempt: bool,
}

impl Visitor<'_> {
    fn origin(self) -> Origin {
        let address = Some(self.address.to_owned()).filter(|address| !address.is_empty());
        Origin::new(address, self.user_agent, None)
    }
}

/// What was typed.
#[derive(Clone, Copy, Debug, Default)]
pub struct Tried<'a> {
    pub email: &'a str,
    pub password: &'a str,
    /// Of the app, or a recovery code; empty is none.
    pub code: &'a str,
    /// The slug chosen among several; empty is none.
    pub store: &'a str,
}

struct Account {
    tenant: TenantId,
    user: UserId,
    hash: Option<String>,
    store_slug: String,
    store_name: String,
}

/// Checks the password in every merchant's account of that e-mail. Unknown e-mails take as long as known ones.
pub async fn sign_in(
    platform: &Arc<Platform>,
    tried: Tried<'_>,
    visitor: Visitor<'_>,
) -> Result<SignInOutcome, AppError> {
    let typed = tried.email.trim().to_lowercase();
    let account_key = throttle::key("account:", &typed);
    // Without a connection there is no address, as in tests.
    let has_address = !visitor.is_exempt && !visitor.address.is_empty();
    let address_key = has_address.then(|| throttle::key("address:", &throttle::household(visitor.address)));
    let keys: Vec<Vec<u8>> = std::iter::once(account_key.clone()).chain(address_key.clone()).collect();
    if let Some(seconds) = throttle::wait(platform, &keys).await? {
        return Ok(SignInOutcome::Throttled { retry_after_seconds: seconds });
    }
    let (mut opened, known) = open_accounts(platform, &typed, tried.password).await?;
    // Many at the same time do not get more tries than one after the other.
    if let Some(seconds) = throttle::wait(platform, &keys).await? {
        return Ok(SignInOutcome::Throttled { retry_after_seconds: seconds });
    }
    if !tried.store.is_empty() {
        opened.retain(|account| account.store_slug == tried.store);
    }
    if opened.len() > 1 {
        opened.sort_by(|one, other| one.store_name.cmp(&other.store_name));
        return Ok(SignInOutcome::ChooseStore(
            opened.into_iter().map(|account| (account.store_slug, account.store_name)).collect(),
        ));
    }
    let Some(account) = opened.pop() else {
        throttle::note_failure(platform, std::slice::from_ref(&account_key)).await?;
        if let Some(address) = &address_key {
            platform.db.note_sign_in_failure_from(address).await?;
        }
        return Ok(SignInOutcome::Wrong);
    };
    let mut tx = platform.db.tenant(account.tenant).await?.by(visitor.origin());
    let person = match hold(&mut tx, account.user).await {
        Err(AppError::NotFound) => return Ok(SignInOutcome::Wrong),
        other => other?,
    };
    if person.password_hash != account.hash {
        // It was changed while it was being checked.
        return Ok(SignInOutcome::Wrong);
    }
    // Anybody may open a shop of their own with somebody else's e-mail: signing in there must not let them guess on.
    if known == 1 {
        tx.note_sign_in_success(&account_key).await?;
    }
    if person.has_second_factor {
        if tried.code.is_empty() {
            let step = account_token::issue_step(&mut tx, person.user).await?;
            tx.commit().await?;
            return Ok(SignInOutcome::CodeWanted { step });
        }
        match second_factor::take_code(platform, &mut tx, &person, tried.code).await? {
            Code::Taken => {}
            Code::Wait { seconds } => return Ok(SignInOutcome::Throttled { retry_after_seconds: seconds }),
            Code::Wrong => {
                let step = account_token::issue_step(&mut tx, person.user).await?;
                tx.commit().await?;
                return Ok(SignInOutcome::WrongCode { step });
            }
        }
    }
    enter(tx, &person, visitor).await
}

/// Completes a sign-in whose password was given a moment ago.
pub async fn give_code(
    platform: &Arc<Platform>,
    step: &Token,
    code: &str,
    visitor: Visitor<'_>,
) -> Result<SignInOutcome, AppError> {
    let Some(proved) = account_token::find(platform, step, Proof::SecondStep).await? else {
        return Ok(SignInOutcome::StepOver);
    };
    let mut tx = platform.db.tenant(proved.tenant).await?.by(visitor.origin());
    let person = match hold(&mut tx, proved.user).await {
        Err(AppError::NotFound) => return Ok(SignInOutcome::StepOver),
        other => other?,
    };
    if !person.has_second_factor {
        return Ok(SignInOutcome::StepOver);
    }
    match second_factor::take_code(platform, &mut tx, &person, code).await? {
        Code::Wait { seconds } => Ok(SignInOutcome::Throttled { retry_after_seconds: seconds }),
        Code::Wrong => {
            tx.commit().await?;
            Ok(SignInOutcome::WrongCode { step: step.clone() })
        }
        Code::Taken => match account_token::take(&mut tx, &proved, Proof::SecondStep).await? {
            None => Ok(SignInOutcome::StepOver),
            Some(_) => enter(tx, &person, visitor).await,
        },
    }
}

/// A new session, always: what the browser held before opens nothing more than it did.
async fn enter(mut tx: TenantTx, person: &Person, visitor: Visitor<'_>) -> Result<SignInOutcome, AppError> {
    let tenant = tx.tenant_id();
    let (session, token) = session::start(&mut tx, person.user, visitor.user_agent).await?;
    let details = json!({ "second_factor": person.has_second_factor });
    tx.audit(person.actor(), "signed_in", "sessions", session.uuid(), details).await?;
    tx.commit().await?;
    Ok(SignInOutcome::SignedIn { token, tenant })
}

/// The accounts that the password opens. At least one is looked up and one hash computed, whatever was typed; several
/// are checked at the same time, so that the time does not tell how many there are. With them, how many the e-mail has.
async fn open_accounts(
    platform: &Arc<Platform>,
    email: &str,
    password: &str,
) -> Result<(Vec<Account>, usize), AppError> {
    let mut known = match Email::parse(email) {
        Some(email) => platform.db.find_accounts(&email).await?,
        None => Vec::new(),
    };
    let count = known.len();
    if known.is_empty() {
        known.push((TenantId::mint(), UserId::mint()));
    }
    let mut checks = JoinSet::new();
    for (tenant, user) in known {
        let (platform, password) = (platform.clone(), password.to_owned());
        checks.spawn(async move {
            // The transaction is over before the slow part begins.
            let mut tx = platform.db.tenant(tenant).await?;
            let account = load_account(&mut tx, tenant, user).await?;
            drop(tx);
            let hash = account.as_ref().and_then(|account| account.hash.as_deref());
            let is_right = password::verify(&password, hash).await?;
            Ok::<_, AppError>(account.filter(|_| is_right))
        });
    }
    let mut opened = Vec::new();
    while let Some(checked) = checks.join_next().await {
        opened.extend(checked.map_err(AppError::broken)??);
    }
    Ok((opened, count))
}

async fn load_account(tx: &mut TenantTx, tenant: TenantId, user: UserId) -> Result<Option<Account>, AppError> {
    let row = sqlx::query!(
        r#"select u.password_hash, coalesce(s.slug, '') as "slug!", coalesce(s.name, '') as "name!"
           from users u
           left join lateral (
               select slug, name
               from stores
               where tenant_id = $1
               order by created_at, id
               limit 1
           ) s on true
           where u.tenant_id = $1
             and u.id = $2
             and u.status = 'active'"#,
        tx.tenant(),
        user.uuid()
    )
    .fetch_optional(tx.conn())
    .await?;
    Ok(row.map(|row| Account { tenant, user, hash: row.password_hash, store_slug: row.slug, store_name: row.name }))
}
