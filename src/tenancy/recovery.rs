//! Recovery codes: a way in for whoever lost the phone that shows codes; each opens once.

use crate::{
    db::{DbError, TenantTx},
    kernel::id::UserId,
};
use sha2::{Digest as _, Sha256};
use totp_rs::Secret;

/// So many are given out at a time.
pub const COUNT: usize = 10;
const LENGTH: usize = 16;

/// Ten fresh codes in place of all that were; they are shown once and only their hashes are kept.
pub(super) async fn renew(tx: &mut TenantTx, user: UserId) -> Result<Vec<String>, DbError> {
    let codes: Vec<String> = (0..COUNT).map(|_| Secret::from(rand::random::<[u8; 10]>()).to_base32()).collect();
    let hashes: Vec<Vec<u8>> = codes.iter().map(|code| hash(code)).collect();
    forget(tx, user).await?;
    sqlx::query!(
        "insert into recovery_codes (tenant_id, user_id, code_hash)
         select $1, $2, hash
         from unnest($3::bytea[]) as fresh (hash)",
        tx.tenant(),
        user.uuid(),
        &hashes
    )
    .execute(tx.conn())
    .await?;
    Ok(codes.iter().map(|code| in_groups(code)).collect())
}

pub(super) async fn forget(tx: &mut TenantTx, user: UserId) -> Result<(), DbError> {
    sqlx::query!("delete from recovery_codes where tenant_id = $1 and user_id = $2", tx.tenant(), user.uuid())
        .execute(tx.conn())
        .await?;
    Ok(())
}

/// Takes a code, once.
pub(super) async fn take(tx: &mut TenantTx, user: UserId, typed: &str) -> Result<bool, DbError> {
    let Some(code) = read(typed) else { return Ok(false) };
    let taken = sqlx::query!(
        "update recovery_codes
         set used_at = now(), updated_at = now()
         where tenant_id = $1
           and user_id = $2
           and code_hash = $3
           and used_at is null",
        tx.tenant(),
        user.uuid(),
        hash(&code)
    )
    .execute(tx.conn())
    .await?;
    Ok(taken.rows_affected() == 1)
}

pub(super) async fn count_left(tx: &mut TenantTx, user: UserId) -> Result<i64, DbError> {
    Ok(sqlx::query_scalar!(
        r#"select count(*) as "count!"
           from recovery_codes
           where tenant_id = $1
             and user_id = $2
             and used_at is null"#,
        tx.tenant(),
        user.uuid()
    )
    .fetch_one(tx.conn())
    .await?)
}

/// `ABCD-EFGH-2345-6723`.
pub(super) fn in_groups(code: &str) -> String {
    code.as_bytes().chunks(4).map(String::from_utf8_lossy).collect::<Vec<_>>().join("-")
}

/// What was typed as it was given out; people write o for 0 and i for 1, which base32 does not have.
fn read(typed: &str) -> Option<String> {
    let code: String = typed
        .chars()
        .filter(|c| !c.is_whitespace() && *c != '-')
        .map(|c| match c.to_ascii_uppercase() {
            '0' => 'O',
            '1' => 'I',
            other => other,
        })
        .collect();
    let fits = code.len() == LENGTH && code.bytes().all(|b| b.is_ascii_uppercase() || matches!(b, b'2'..=b'7'));
    fits.then_some(code)
}

/// 80 random bits need no slow hash.
fn hash(code: &str) -> Vec<u8> {
    Sha256::digest(code.as_bytes()).to_vec()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_code_is_read_as_people_copy_it() {
        let code = "ABCDEFGHIJKL2345";
        assert_eq!(in_groups(code), "ABCD-EFGH-IJKL-2345");
        for typed in ["ABCD-EFGH-IJKL-2345", "abcd efgh ijkl 2345", " abcdefghijkl2345", "ABCD-EFGH-1JKL-2345"] {
            assert_eq!(read(typed).as_deref(), Some(code), "{typed}");
        }
        for wrong in ["", "123456", "ABCD-EFGH-IJKL-234", "ABCD-EFGH-IJKL-2389", "ABCD-EFGH-IJKL-23456"] {
            assert_eq!(read(wrong), None, "{wrong}");
        }
    }
}
