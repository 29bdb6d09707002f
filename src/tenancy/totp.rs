//! Codes of an authenticator app: six digits that change every thirty seconds.

use crate::error::AppError;
use chrono::{DateTime, Utc};
use totp_rs::{Builder, Secret, Totp};

/// What the app shows above the code.
const ISSUER: &str = "Duka";
const STEP_SECONDS: u64 = 30;

/// A fresh secret of 160 bits, in base32 as apps take it.
pub(super) fn new_secret() -> String {
    Secret::from(rand::random::<[u8; 20]>()).to_base32()
}

/// What the picture on the page says to the app.
pub(super) fn uri(secret: &str, email: &str) -> Result<String, AppError> {
    read(secret, &email.replace(':', ""))?.to_url().map_err(AppError::broken)
}

/// The step whose code it is: the present one, the one before or the one after.
pub(super) fn step_of(secret: &str, code: &str, now: DateTime<Utc>) -> Result<Option<i64>, AppError> {
    let seconds = u64::try_from(now.timestamp()).map_err(AppError::broken)?;
    let step = read(secret, "")?.check(code, seconds);
    Ok(step.and_then(|step| i64::try_from(step).ok()))
}

/// What the app shows at a time.
#[cfg(any(test, feature = "testing"))]
pub fn code_at(secret: &str, at: DateTime<Utc>) -> String {
    let seconds = u64::try_from(at.timestamp()).unwrap_or_default();
    read(secret, "").map(|app| app.generate(seconds).to_string()).unwrap_or_default()
}

fn read(secret: &str, account: &str) -> Result<Totp, AppError> {
    let secret = Secret::try_from_base32(secret).map_err(|_| AppError::broken("a second factor that is no base32"))?;
    Builder::new()
        .with_digits(6)
        .with_skew(1)
        .with_step_duration(STEP_SECONDS)
        .with_secret(secret)
        .with_account_name(account)
        .with_issuer(Some(ISSUER))
        .build()
        .map_err(AppError::broken)
}

#[cfg(test)]
mod tests {
    use super::*;
    use chrono::{TimeDelta, TimeZone as _};

    #[test]
    fn one_step_early_or_late_is_taken_and_two_are_not() {
        let (secret, now) = (new_secret(), Utc.timestamp_opt(1_800_000_015, 0).unwrap());
        let step = now.timestamp() / 30;
        for (late, taken) in [(-2, false), (-1, true), (0, true), (1, true), (2, false)] {
            let code = code_at(&secret, now + TimeDelta::seconds(30 * late));
            assert_eq!(step_of(&secret, &code, now).unwrap(), taken.then_some(step + late), "{late}");
        }
        for wrong in ["", "12345", "1234567", "12345a", "+12345"] {
            assert_eq!(step_of(&secret, wrong, now).unwrap(), None, "{wrong}");
        }
    }

    #[test]
    fn the_code_is_that_of_the_standard() {
        // RFC 6238, appendix B, cut to six digits.
        let secret = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ";
        assert_eq!(code_at(secret, Utc.timestamp_opt(1_111_111_109, 0).unwrap()), "081804");
        assert_eq!(
            uri(secret, "a:b@duka.test").unwrap(),
            format!("otpauth://totp/Duka:ab%40duka.test?secret={secret}&issuer=Duka")
        );
    }
}
