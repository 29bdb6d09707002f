//! Passwords: hashed with argon2id, on threads made for it, a few at a time.

use crate::{error::AppError, kernel::field_errors::FieldProblem};
use argon2::{
    Argon2,
    password_hash::{PasswordHasher as _, PasswordVerifier as _, phc::PasswordHash},
};
use std::sync::LazyLock;
use tokio::sync::Semaphore;
use zxcvbn::{Score, zxcvbn};

/// Each hash takes 19 MiB: more at once than this wait their turn.
static TURNS: Semaphore = Semaphore::const_new(4);

/// The fewest and the most characters of a password.
pub const LENGTH: std::ops::RangeInclusive<usize> = 10..=128;

/// Is it long enough, and not among the first that anybody would guess? `about` is what others know of the person:
/// the e-mail, the names. Every password that is chosen passes here.
pub fn check(password: &str, about: &[&str]) -> Result<(), FieldProblem> {
    match password.chars().count() {
        0 => return Err(FieldProblem::Missing),
        few if few < *LENGTH.start() => return Err(FieldProblem::TooShort),
        many if many > *LENGTH.end() => return Err(FieldProblem::TooLong),
        _ => {}
    }
    let known: Vec<&str> = about
        .iter()
        .flat_map(|text| std::iter::once(*text).chain(text.split(|c: char| !c.is_alphanumeric())))
        .filter(|part| part.chars().count() > 2)
        .take(20)
        .collect();
    if zxcvbn(password, &known).score() < Score::Two { Err(FieldProblem::TooCommon) } else { Ok(()) }
}

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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn length_is_counted_in_characters_and_nothing_is_cut() {
        assert_eq!(check("", &[]), Err(FieldProblem::Missing));
        assert_eq!(check("xq7vkz2wp", &[]), Err(FieldProblem::TooShort));
        assert_eq!(check("ñandú-ŵéí", &[]), Err(FieldProblem::TooShort));
        assert_eq!(check("kikoi mabati fundi jua", &[]), Ok(()));
        let long: String = "mto kisima ".chars().cycle().take(128).collect();
        assert_ne!(check(&long, &[]), Err(FieldProblem::TooLong));
        assert_eq!(check(&format!("{long}x"), &[]), Err(FieldProblem::TooLong));
    }

    #[test]
    fn what_everybody_tries_first_is_refused() {
        for common in ["password123", "1234567890", "qwertyuiop", "aaaaaaaaaaaa", "iloveyou123"] {
            assert_eq!(check(common, &[]), Err(FieldProblem::TooCommon), "{common}");
        }
        let about = ["wanjiku@mama-njeri.test", "Wanjiku Kamau", "Mama Njeri"];
        assert_eq!(check("wanjiku@mama-njeri.test", &about), Err(FieldProblem::TooCommon));
        assert_eq!(check("wanjikukamau", &about), Err(FieldProblem::TooCommon));
    }

    #[tokio::test]
    async fn the_last_of_many_characters_counts() {
        let long = "mto ".repeat(32);
        let hash = hash(&long).await.unwrap();
        assert!(verify(&long, Some(&hash)).await.unwrap());
        assert!(!verify(&long[..127], Some(&hash)).await.unwrap());
    }
}
