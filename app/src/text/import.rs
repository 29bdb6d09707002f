//! Words of files: bringing products in, seeing how far it is, and taking them out.

mod en;
mod remarks_sw;
mod sw;

use duka::catalog::import::{
    ImportRefusal, Remark,
    runs::{ImportNote, RunStatus, Sums},
};
use duka::kernel::locale::Locale;

/// Every word and sentence, so that a language with a gap does not compile.
pub struct ImportWords {
    pub title: &'static str,
    pub lead: &'static str,
    pub file: &'static str,
    pub file_hint: &'static str,
    pub format: &'static str,
    pub format_auto: &'static str,
    pub rate: &'static str,
    pub rate_hint: &'static str,
    pub look_first: &'static str,
    pub former: &'static str,
    pub none_yet: &'static str,
    pub export_title: &'static str,
    pub export_text: &'static str,
    pub export: &'static str,
    // One run.
    pub back: &'static str,
    pub status: fn(RunStatus) -> &'static str,
    /// What the page says under the status.
    pub explain: fn(RunStatus) -> &'static str,
    /// Instead of what a tried file is, where no product of it can be taken.
    pub nothing_to_take: &'static str,
    pub stopping: &'static str,
    pub rows_done: fn(i32, i32) -> String,
    pub sums: fn(&Sums) -> String,
    pub would_be: &'static str,
    pub import: &'static str,
    pub cancel: &'static str,
    pub report: &'static str,
    pub to_products: &'static str,
    pub notes: fn(i32) -> String,
    pub first_notes: fn(usize) -> String,
    pub line: &'static str,
    pub column: &'static str,
    pub says: &'static str,
    pub wrong: &'static str,
    /// What is said of a row.
    pub remark: fn(&Remark) -> String,
    pub refused: &'static str,
    pub refreshes: &'static str,
    pub removed: &'static str,
    // Saying what the columns are.
    pub columns_title: &'static str,
    pub columns_lead: &'static str,
    pub ignore: &'static str,
    pub try_it: &'static str,
    /// What people call each of our fields, by the form's word.
    pub field: fn(&str) -> &'static str,
    // Refusals.
    pub choose_file: &'static str,
    pub not_a_rate: &'static str,
    pub too_many_files: &'static str,
    pub refusal: fn(&ImportRefusal) -> String,
}

impl ImportWords {
    /// A line of the report; one from before there were remarks is told as it was written, in English.
    pub fn told(&self, note: &ImportNote) -> String {
        note.remark.as_ref().map_or_else(|| note.wrong.clone(), self.remark)
    }
}

/// The words of a language.
pub const fn words(locale: Locale) -> &'static ImportWords {
    match locale {
        Locale::En => &en::WORDS,
        Locale::Sw => &sw::WORDS,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use duka::catalog::import::FIELDS;

    #[test]
    fn every_field_and_status_has_a_word_of_its_own_in_both_languages() {
        for locale in Locale::ALL {
            let words = words(locale);
            let mut fields: Vec<_> = FIELDS.iter().map(|(field, _)| (words.field)(field)).collect();
            fields.sort_unstable();
            fields.dedup();
            assert_eq!(fields.len(), FIELDS.len());
            let mut said: Vec<_> = RunStatus::ALL.iter().map(|status| (words.status)(*status)).collect();
            said.sort_unstable();
            said.dedup();
            assert_eq!(said.len(), RunStatus::ALL.len());
        }
    }

    #[test]
    fn a_line_of_the_report_is_told_in_the_language_and_an_old_one_as_it_was_written() {
        let now = ImportNote {
            line: 3,
            handle: "mug".to_owned(),
            column: String::new(),
            says: String::new(),
            wrong: Remark::EmptyRow.to_string(),
            remark: Some(Remark::EmptyRow),
            is_refusal: false,
        };
        let old = ImportNote { remark: None, ..now.clone() };
        assert_eq!(Locale::ALL.map(|locale| words(locale).told(&now)), ["the row is empty", "mstari ni mtupu"]);
        assert_eq!(Locale::ALL.map(|locale| words(locale).told(&old)), ["the row is empty", "the row is empty"]);
    }
}
