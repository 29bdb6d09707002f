//! The provider's own list of what came to the merchant's account: asked for page by page, or brought by its hook.

use crate::{
    checkout::{land_money::Payer, receive_callback::as_json},
    ctx::Ctx,
    db::TenantTx,
    error::AppError,
    kernel::{
        id::{CallbackId, MpesaAccountId},
        money::Money,
    },
    payments::{
        account::{find_credentials, list_former},
        providers::mpesa::{AccountKind, AskRefused, Credentials, PULL_PAGE, PulledPage, PulledTransaction},
    },
};
use chrono::{DateTime, Utc};

/// Pages of one reading: twenty thousand payments in two days.
const MOST_PAGES: u32 = 200;
/// A receipt has ten characters; what is longer than this is none.
const LONGEST_RECEIPT: usize = 40;

/// Why there is no list to compare with; the words of `daily_closes.list_problem`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NoList {
    /// The merchant has no M-Pesa account.
    NoAccount,
    /// The account has not asked for the list.
    NotRegistered,
    /// The provider did not answer, or not with a list.
    NotReached,
    /// It does not let the account ask.
    Refused,
}

impl NoList {
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::NoAccount => "no_account",
            Self::NotRegistered => "not_registered",
            Self::NotReached => "not_reached",
            Self::Refused => "refused",
        }
    }
}

/// A line of the list.
#[derive(Clone)]
pub(super) struct Listed {
    pub receipt: String,
    pub at: DateTime<Utc>,
    pub amount: Money,
    /// What was typed as account, or what the prompt said; empty for a till.
    pub account: Option<String>,
    pub payer: Payer,
}

/// A part of it, with the answer as it came.
pub(super) struct Page {
    pub lines: Vec<Listed>,
    pub raw: Vec<u8>,
}

impl Page {
    /// `now` stands in for a time that cannot be read.
    pub fn of(page: PulledPage, now: DateTime<Utc>) -> Self {
        let lines = page.transactions.into_iter().filter_map(|line| listed(line, now)).collect();
        Self { lines, raw: page.raw }
    }
}

fn listed(line: PulledTransaction, now: DateTime<Utc>) -> Option<Listed> {
    let is_receipt = (1..=LONGEST_RECEIPT).contains(&line.receipt.chars().count());
    (is_receipt && line.amount.minor() > 0).then(|| Listed {
        at: line.at.unwrap_or(now),
        amount: line.amount,
        account: line.account.map(|typed| typed.chars().take(100).collect()),
        payer: Payer {
            hash: line.paid_by.hash(),
            name: line.paid_by.name.clone(),
            phone: line.paid_by.phone().cloned(),
        },
        receipt: line.receipt,
    })
}

/// The account that a list is of.
pub(super) struct Account {
    pub id: MpesaAccountId,
    pub is_in_use: bool,
    pub kind: AccountKind,
    pub short_code: String,
    pub till_number: Option<String>,
    /// Up to when the list has been read.
    pub read_until: Option<DateTime<Utc>>,
    credentials: Credentials,
}

impl Account {
    fn of(id: MpesaAccountId, is_in_use: bool, read_until: Option<DateTime<Utc>>, credentials: Credentials) -> Self {
        Self {
            id,
            is_in_use,
            kind: credentials.kind,
            short_code: credentials.short_code.clone(),
            till_number: credentials.till_number.clone(),
            read_until,
            credentials,
        }
    }

    /// The numbers under which its payments may stand.
    pub fn numbers(&self) -> impl Iterator<Item = String> {
        std::iter::once(&self.short_code).chain(&self.till_number).cloned()
    }
}

/// The accounts whose lists are read.
pub(super) struct Accounts {
    /// The one in use, when it may ask for its list.
    pub in_use: Result<Account, NoList>,
    /// Those before it that may: money still comes to a number that people know.
    pub former: Vec<Account>,
}

impl Accounts {
    const fn none(why: NoList) -> Self {
        Self { in_use: Err(why), former: Vec::new() }
    }

    pub fn into_all(self) -> impl Iterator<Item = Account> {
        self.in_use.into_iter().chain(self.former)
    }
}

/// What may be asked for its list.
pub(super) async fn find_accounts(ctx: &Ctx) -> Result<Accounts, AppError> {
    let mut tx = ctx.tx().await?;
    let rows = sqlx::query!(
        r#"select id, is_active, pull_registered_at is not null as "is_registered!", pull_read_until
           from mpesa_accounts
           where tenant_id = $1
             and (is_active or proved_at is not null)
           order by is_active desc, updated_at desc
           limit 20"#,
        tx.tenant()
    )
    .fetch_all(tx.conn())
    .await?;
    let Some(active) = rows.first().filter(|row| row.is_active) else { return Ok(Accounts::none(NoList::NoAccount)) };
    if rows.iter().all(|row| !row.is_registered) {
        return Ok(Accounts::none(NoList::NotRegistered));
    }
    let key = ctx.key(&mut tx).await?;
    let in_use = if active.is_registered {
        let credentials = find_credentials(&mut tx, &key).await?.ok_or(NoList::NoAccount);
        credentials.map(|credentials| Account::of(active.id.into(), true, active.pull_read_until, credentials))
    } else {
        Err(NoList::NotRegistered)
    };
    let mut former = Vec::new();
    for account in list_former(&mut tx, &key, ctx.now()).await? {
        if let Some(row) = rows.iter().find(|row| row.id == account.id.uuid() && row.is_registered) {
            former.push(Account::of(account.id, false, row.pull_read_until, account.credentials));
        }
    }
    Ok(Accounts { in_use, former })
}

/// Notes that the list was asked for and what came of it in a word; with the answer, word for word, where it has news.
pub(super) async fn keep(
    ctx: &Ctx,
    tx: &mut TenantTx,
    account: &Account,
    outcome: &str,
    news: Option<&[u8]>,
) -> Result<(), AppError> {
    sqlx::query!(
        "insert into mpesa_callbacks_raw (tenant_id, id, subject_id, payload, kind, raw_body, received_at, processed_at, outcome, validated)
         values ($1, $2, $3, $4, 'pull', $5, $6, $6, $7, true)",
        tx.tenant(),
        CallbackId::mint().uuid(),
        account.id.uuid(),
        news.map(as_json),
        news.map(|raw| String::from_utf8_lossy(raw).replace('\0', "\u{fffd}")),
        ctx.now(),
        outcome
    )
    .execute(tx.conn())
    .await?;
    Ok(())
}

/// The list broke off: what was read of it is asked for again, and that it was asked for is noted.
async fn keep_broken(ctx: &Ctx, account: &Account, read: usize, last: Option<&AskRefused>) -> Result<(), AppError> {
    let mut tx = ctx.tx().await?;
    for _ in 0..read {
        keep(ctx, &mut tx, account, "broken_off", None).await?;
    }
    if let Some(refused) = last {
        keep(ctx, &mut tx, account, refused.word(), None).await?;
    }
    Ok(tx.commit().await?)
}

/// The whole list between two moments. No transaction is open while it is asked for.
pub(super) async fn read(
    ctx: &Ctx,
    account: &Account,
    from: DateTime<Utc>,
    until: DateTime<Utc>,
) -> Result<Result<Vec<Page>, NoList>, AppError> {
    let mut pages = Vec::new();
    for nth in 0..MOST_PAGES {
        let page = match ctx.platform.daraja.pull(&account.credentials, from, until, nth * PULL_PAGE).await {
            Ok(page) => page,
            Err(refused) => {
                tracing::warn!(tenant.id = %ctx.tenant, error.message = %refused, "the provider did not give its list");
                keep_broken(ctx, account, pages.len(), Some(&refused)).await?;
                return Ok(Err(why_not(&refused)));
            }
        };
        if page.unreadable > 0 {
            tracing::warn!(tenant.id = %ctx.tenant, list.unreadable = page.unreadable, "lines of the provider's list cannot be read");
        }
        let is_last = page.is_last;
        pages.push(Page::of(page, ctx.now()));
        if is_last {
            return Ok(Ok(pages));
        }
    }
    tracing::error!(tenant.id = %ctx.tenant, "the provider's list has no end");
    keep_broken(ctx, account, pages.len(), None).await?;
    Ok(Err(NoList::NotReached))
}

const fn why_not(refused: &AskRefused) -> NoList {
    match refused {
        AskRefused::BadSettings(_) | AskRefused::BadRequest(_) | AskRefused::Refused { .. } => NoList::Refused,
        AskRefused::NotSent(_) | AskRefused::Unknown | AskRefused::Busy => NoList::NotReached,
    }
}
