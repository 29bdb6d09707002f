//! Single-use proofs: links in mails, and the cookie of a sign-in that still waits for its code.

use crate::{
    ctx::Platform,
    db::{DbError, TenantTx},
    error::AppError,
    kernel::{
        email::Email,
        id::{AccountTokenId, TenantId, UserId},
        token::Token,
    },
    vault::{Purpose, TenantKey},
};

/// What a token proves; it is good for nothing else.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Proof {
    ResetPassword,
    ChangeEmail,
    /// The password was right; the code is awaited.
    SecondStep,
}

/// The account behind a token that is unused and not over.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Proved {
    pub tenant: TenantId,
    pub token: AccountTokenId,
    pub user: UserId,
}

impl Proof {
    /// The word in `account_tokens.purpose`.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::ResetPassword => "reset_password",
            Self::ChangeEmail => "change_email",
            Self::SecondStep => "second_step",
        }
    }
    const fn minutes(self) -> i32 {
        match self {
            Self::ResetPassword | Self::ChangeEmail => 60,
            Self::SecondStep => 10,
        }
    }
}

/// No more proofs of one kind are open for one account.
pub(super) const MOST_OPEN: i64 = 5;

/// Whose token it is, while it holds.
pub async fn find(platform: &Platform, token: &Token, proof: Proof) -> Result<Option<Proved>, AppError> {
    let found = platform.db.find_account_token(&token.hash(), proof.as_str()).await?;
    Ok(found.map(|(tenant, token, user)| Proved { tenant, token, user }))
}

/// A link for a mail. The mail makes the token again from the id; here only its hash is kept.
pub(super) async fn issue_link(
    tx: &mut TenantTx,
    key: &TenantKey,
    user: UserId,
    proof: Proof,
    new_email: Option<&Email>,
) -> Result<AccountTokenId, DbError> {
    let id = AccountTokenId::mint();
    let token = key.token(Purpose::AccountLink, id.uuid());
    write(tx, id, user, proof, &token, new_email).await?;
    Ok(id)
}

/// The token for the cookie of somebody whose code is awaited. The oldest of too many give way.
pub(super) async fn issue_step(tx: &mut TenantTx, user: UserId) -> Result<Token, DbError> {
    let token = Token::random();
    write(tx, AccountTokenId::mint(), user, Proof::SecondStep, &token, None).await?;
    sqlx::query!(
        "delete from account_tokens
         where tenant_id = $1
           and id in (
               select id
               from account_tokens
               where tenant_id = $1
                 and user_id = $2
                 and purpose = 'second_step'
               order by created_at desc, id desc
               offset $3
           )",
        tx.tenant(),
        user.uuid(),
        MOST_OPEN
    )
    .execute(tx.conn())
    .await?;
    Ok(token)
}

async fn write(
    tx: &mut TenantTx,
    id: AccountTokenId,
    user: UserId,
    proof: Proof,
    token: &Token,
    new_email: Option<&Email>,
) -> Result<(), DbError> {
    sqlx::query!(
        "with swept as (
             delete from account_tokens
             where tenant_id = $1 and user_id = $3 and expires_at < now() - interval '1 day'
         )
         insert into account_tokens (tenant_id, id, user_id, purpose, token_hash, new_email, expires_at)
         values ($1, $2, $3, $4, $5, $6, now() + make_interval(mins => $7))",
        tx.tenant(),
        id.uuid(),
        user.uuid(),
        proof.as_str(),
        token.hash(),
        new_email.map(Email::as_str),
        proof.minutes()
    )
    .execute(tx.conn())
    .await?;
    Ok(())
}

/// How many proofs of a kind were given out and still hold.
pub(super) async fn count_open(tx: &mut TenantTx, user: UserId, proof: Proof) -> Result<i64, DbError> {
    Ok(sqlx::query_scalar!(
        r#"select count(*) as "count!"
           from account_tokens
           where tenant_id = $1
             and user_id = $2
             and purpose = $3
             and used_at is null
             and expires_at > now()"#,
        tx.tenant(),
        user.uuid(),
        proof.as_str()
    )
    .fetch_one(tx.conn())
    .await?)
}

/// Takes a proof, once: of two at the same time one gets false. Gives the e-mail it carries, if it carries one.
pub(super) async fn take(tx: &mut TenantTx, proved: &Proved, proof: Proof) -> Result<Option<Option<String>>, DbError> {
    Ok(sqlx::query_scalar!(
        "update account_tokens
         set used_at = now(), updated_at = now()
         where tenant_id = $1
           and id = $2
           and user_id = $3
           and purpose = $4
           and used_at is null
           and expires_at > now()
         returning new_email",
        tx.tenant(),
        proved.token.uuid(),
        proved.user.uuid(),
        proof.as_str()
    )
    .fetch_optional(tx.conn())
    .await?)
}

/// Ends everything that was proved before: the account is not what it was then.
pub(super) async fn end_open(tx: &mut TenantTx, user: UserId, only: Option<Proof>) -> Result<(), DbError> {
    sqlx::query!(
        "update account_tokens
         set used_at = now(), updated_at = now()
         where tenant_id = $1
           and user_id = $2
           and used_at is null
           and ($3::text is null or purpose = $3)",
        tx.tenant(),
        user.uuid(),
        only.map(Proof::as_str)
    )
    .execute(tx.conn())
    .await?;
    Ok(())
}
