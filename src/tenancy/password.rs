//! Passwords: hashed with argon2id, on threads made for it, a few at a time.

use crate::{error::AppError, kernel::field_errors::FieldProblem};
use argon2::{
    Argon2,
    password_hash::{PasswordHasher as _, PasswordVerifier as _, phc::PasswordHash},
};
use std::sync::LazyLock;
use tokio::sync::Semaphore;

/// Each hash takes 19 MiB: more at once than this wait their turn.
static TURNS: Semaphore = Semaphore::const_new(4);

/// The fewest and the most characters of a password.
pub const LENGTH: std::ops::RangeInclusive<usize> = 10..=128;

/// A hash that no password has, for accounts that do not exist: asking takes as long as for one that does.
static NOBODY: LazyLock<String> = LazyLock::new(|| {
    let unknown = crate::kernel::token::Token::random().hex();
    Argon2::default().hash_password(unknown.as_bytes()).map(|hash| hash.to_string()).unwrap_or_default()
});

/// The PHC form of a password: argon2id, 19 MiB, two passes, one lane, a random salt.
pub async fn hash(password: &str) -> Result<String, AppError> {
    let password = password.to_owned();
    apart(move || Argon2::default().hash_password(password.as_bytes()).map(|hash| hash.to_string()))
        .await?
        .map_err(AppError::broken)
}

/// Whether `password` is the one behind `hash`. Without a hash the answer is no, after the same work.
pub async fn verify(password: &str, hash: Option<&str>) -> Result<bool, AppError> {
    let (password, hash) = (password.to_owned(), hash.map(str::to_owned));
    apart(move || {
        let known = hash.as_deref().unwrap_or(&NOBODY);
        let is_same = PasswordHash::new(known)
            .is_ok_and(|known| Argon2::default().verify_password(password.as_bytes(), &known).is_ok());
        is_same && hash.is_some()
    })
    .await
}

async fn apart<T: Send + 'static>(work: impl FnOnce() -> T + Send + 'static) -> Result<T, AppError> {
    let _turn = TURNS.acquire().await.map_err(AppError::broken)?;
    tokio::task::spawn_blocking(work).await.map_err(AppError::broken)
}

/// Whether a password may be chosen at all; `about` is what anybody knows of the person.
pub fn check(password: &str, _about: &[&str]) -> Result<(), FieldProblem> {
    match password.chars().count() {
        n if n < *LENGTH.start() => Err(FieldProblem::TooShort),
        n if n > *LENGTH.end() => Err(FieldProblem::TooLong),
        _ => Ok(()),
    }
}
