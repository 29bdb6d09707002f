//! The driver's errors as ours: what to retry, what to explain, what to mend.

use crate::error::AppError;
use std::fmt::Display;

/// A statement that did not go through.
#[derive(Debug, thiserror::Error)]
#[error(transparent)]
pub struct DbError(#[from] sqlx::Error);

impl DbError {
    /// A row whose content no longer makes sense to the program.
    pub fn corrupt(what: &'static str, fault: &dyn Display) -> Self {
        Self(sqlx::Error::Decode(format!("{what}: {fault}").into()))
    }

    /// The name of the constraint that refused, for the domain to interpret.
    pub fn constraint(&self) -> Option<&str> {
        self.0.as_database_error().and_then(|error| error.constraint())
    }

    /// The error for whoever was slower, where this constraint says that only one may be the first; else what it is.
    pub fn or_changed_meanwhile(self, constraint: &str) -> AppError {
        if self.constraint() == Some(constraint) { AppError::ChangedMeanwhile } else { self.into() }
    }

    fn code(&self) -> Option<String> {
        self.0.as_database_error().and_then(sqlx::error::DatabaseError::code).map(std::borrow::Cow::into_owned)
    }

    /// Two transactions met; the same one may go through when it is run again.
    pub fn is_collision(&self) -> bool {
        matches!(self.code().as_deref(), Some("40001" | "40P01" | "55P03"))
    }

    /// The database is away, full or shutting down: nothing was done.
    pub fn is_away(&self) -> bool {
        match &self.0 {
            sqlx::Error::Io(_)
            | sqlx::Error::Tls(_)
            | sqlx::Error::PoolTimedOut
            | sqlx::Error::PoolClosed
            | sqlx::Error::WorkerCrashed
            | sqlx::Error::Protocol(_) => true,
            _ => matches!(
                self.code().as_deref(),
                Some("55000" | "57P01" | "57P02" | "57P03" | "53300" | "57014" | "08006" | "08003" | "25P03")
            ),
        }
    }
}

impl From<DbError> for AppError {
    fn from(error: DbError) -> Self {
        if error.is_away() || error.is_collision() {
            tracing::warn!(error.message = %error, "the database did not take it");
            return Self::TryAgain { retry_after_seconds: 2 };
        }
        Self::broken(error)
    }
}

/// Lets a function that only speaks to the database use `?` on the driver's error.
impl From<sqlx::Error> for AppError {
    fn from(error: sqlx::Error) -> Self {
        DbError(error).into()
    }
}
