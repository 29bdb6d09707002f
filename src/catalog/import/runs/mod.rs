//! Imports that are left and found again: uploaded on the dashboard, tried without writing, started, carried on by the
//! worker however often it is stopped, and ended with a report.
//!
//! A run is worked on under a claim: every batch is written only while the claim stands, so that a job that runs twice
//! brings in once.

mod cancel;
mod claim;
mod columns;
mod forget;
mod keep;
mod list;
mod perform;
mod start;
mod upload;

pub use cancel::cancel;
pub use claim::put_off;
pub use columns::say_columns;
pub use forget::forget;
pub use list::{list, load, notes};
pub use perform::perform;
pub use start::start;
pub use upload::{Upload, UploadRefusal, begin_upload};

use super::{Format, ImportRefusal, Mapping, Outcome, Reading, Remark};
use crate::kernel::{id::ImportRunId, local_time::LocalTime};
use serde::{Deserialize, Serialize};

/// How far a run is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RunStatus {
    /// A person has to say what the columns are.
    Uploaded,
    /// Being tried without writing.
    Checking,
    /// Tried; a person decides.
    Checked,
    /// To be begun, as soon as no other file is being brought in.
    Waiting,
    Running,
    Succeeded,
    Failed,
    Cancelled,
}

impl RunStatus {
    pub const ALL: [Self; 8] = [
        Self::Uploaded,
        Self::Checking,
        Self::Checked,
        Self::Waiting,
        Self::Running,
        Self::Succeeded,
        Self::Failed,
        Self::Cancelled,
    ];

    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Uploaded => "uploaded",
            Self::Checking => "checking",
            Self::Checked => "checked",
            Self::Waiting => "waiting",
            Self::Running => "running",
            Self::Succeeded => "succeeded",
            Self::Failed => "failed",
            Self::Cancelled => "cancelled",
        }
    }
    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|status| status.as_str() == text)
    }
    /// Does it move by itself?
    pub const fn is_moving(self) -> bool {
        matches!(self, Self::Checking | Self::Waiting | Self::Running)
    }
    pub const fn is_over(self) -> bool {
        matches!(self, Self::Succeeded | Self::Failed | Self::Cancelled)
    }
}

/// Counted in products.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Sums {
    pub created: i32,
    pub updated: i32,
    pub unchanged: i32,
    pub refused: i32,
}

/// The file's columns and first rows.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Head {
    pub columns: Vec<String>,
    pub rows: Vec<Vec<String>>,
}

/// A run as its page shows it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ImportRun {
    pub id: ImportRunId,
    pub file_name: String,
    pub status: RunStatus,
    pub reading: Option<Reading>,
    pub rate: Option<String>,
    pub head: Head,
    pub total_rows: i32,
    pub rows_done: i32,
    pub sums: Sums,
    /// What the try came to.
    pub checked: Option<Sums>,
    /// Why the whole file was not taken.
    pub problem: Option<ImportRefusal>,
    pub note_count: i32,
    /// Somebody asked for the end, and it has not come yet.
    pub is_stopping: bool,
    pub is_file_kept: bool,
    /// By the shop's own clock.
    pub created_at: LocalTime,
}

impl ImportRun {
    /// How the file was understood; none where a person said what its columns are.
    pub const fn format(&self) -> Option<Format> {
        match self.reading {
            Some(Reading::Format(format)) => Some(format),
            _ => None,
        }
    }
    /// What a person said that the columns are.
    pub const fn mapping(&self) -> Option<&Mapping> {
        match &self.reading {
            Some(Reading::Mapped(mapping)) => Some(mapping),
            _ => None,
        }
    }
}

/// A line of the report.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ImportNote {
    pub line: i32,
    pub handle: String,
    pub column: String,
    pub says: String,
    /// In English.
    pub wrong: String,
    /// The same for any language; none in what was stored before there were remarks.
    pub remark: Option<Remark>,
    pub is_refusal: bool,
}

const fn is_refusal(outcome: Outcome) -> bool {
    matches!(outcome, Outcome::Refused)
}

/// Where an uploaded file lies; no address leads there.
fn file_key(tenant: crate::kernel::id::TenantId, run: ImportRunId) -> String {
    format!("private/imports/{tenant}/{run}")
}
