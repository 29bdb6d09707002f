//! Words of the list of customers as a file: taken out, and brought in.

mod en;
mod sw;

use duka::customers::bring_in::{BringRefusal, BroughtSums, Outcome, Part, RowProblem};
use duka::kernel::locale::Locale;

/// Every word and sentence, so that a language with a gap does not compile.
pub struct CustomerFileWords {
    // Taken out.
    pub take_out: &'static str,
    pub take_out_lead: &'static str,
    pub in_it: fn(u32) -> String,
    pub words_are: fn(&str) -> String,
    pub group_is: fn(&str) -> String,
    pub only_first: fn(u32) -> String,
    pub with_care: &'static str,
    pub download: &'static str,
    pub everybody_instead: &'static str,
    // Brought in.
    pub bring_in: &'static str,
    pub bring_in_lead: &'static str,
    pub file: &'static str,
    pub file_hint: &'static str,
    pub columns: &'static str,
    pub no_consent: &'static str,
    pub try_it: &'static str,
    pub no_file: &'static str,
    pub too_large: &'static str,
    pub refusal: fn(&BringRefusal) -> String,
    // What became of it.
    pub tried: &'static str,
    pub done: &'static str,
    pub would_be: &'static str,
    pub sums: fn(&BroughtSums) -> String,
    pub nothing_to_do: &'static str,
    pub do_it: &'static str,
    pub another: &'static str,
    pub not_taken: &'static str,
    pub taken: &'static str,
    pub first_rows: fn(usize) -> String,
    pub line: fn(u64) -> String,
    pub part: fn(Part) -> &'static str,
    pub new: &'static str,
    pub same: &'static str,
    pub filled: fn(&str) -> String,
    pub kept: fn(&str) -> String,
    pub not_a_phone: &'static str,
    pub twice: fn(u64) -> String,
    pub too_wide: &'static str,
    pub leaving: &'static str,
}

/// The words of a language.
pub const fn words(locale: Locale) -> &'static CustomerFileWords {
    match locale {
        Locale::En => &en::WORDS,
        Locale::Sw => &sw::WORDS,
    }
}

/// What became of a row, as a sentence.
pub fn told(locale: Locale, outcome: &Outcome) -> String {
    const NOTHING: &[Part] = &[];
    let words = words(locale);
    let list = |parts: &[Part]| parts.iter().map(|part| (words.part)(*part)).collect::<Vec<_>>().join(", ");
    let (said, kept) = match outcome {
        Outcome::New => (words.new.to_owned(), NOTHING),
        Outcome::Filled { filled, kept } => ((words.filled)(&list(filled)), kept.as_slice()),
        Outcome::Same { kept } => (words.same.to_owned(), kept.as_slice()),
        Outcome::Refused(problem) => (problem_of(locale, *problem), NOTHING),
    };
    if kept.is_empty() { said } else { format!("{said} {}", (words.kept)(&list(kept))) }
}

fn problem_of(locale: Locale, problem: RowProblem) -> String {
    let words = words(locale);
    match problem {
        RowProblem::NotAPhone => words.not_a_phone.to_owned(),
        RowProblem::TwiceHere { line } => (words.twice)(line),
        RowProblem::TooWide => words.too_wide.to_owned(),
        RowProblem::Leaving => words.leaving.to_owned(),
        RowProblem::Cell { part, problem } => {
            format!("{}: {}", (words.part)(part), super::still::problem(locale, problem))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use duka::kernel::field_errors::FieldProblem;

    #[test]
    fn every_outcome_of_a_row_has_its_own_sentence_in_both_languages() {
        let outcomes = [
            Outcome::New,
            Outcome::Filled { filled: vec![Part::Name], kept: vec![Part::Email] },
            Outcome::Same { kept: Vec::new() },
            Outcome::Same { kept: vec![Part::Area] },
            Outcome::Refused(RowProblem::NotAPhone),
            Outcome::Refused(RowProblem::TwiceHere { line: 2 }),
            Outcome::Refused(RowProblem::TooWide),
            Outcome::Refused(RowProblem::Leaving),
            Outcome::Refused(RowProblem::Cell { part: Part::Email, problem: FieldProblem::NotAnEmail }),
        ];
        let mut said: Vec<String> =
            Locale::ALL.iter().flat_map(|locale| outcomes.iter().map(|outcome| told(*locale, outcome))).collect();
        let count = said.len();
        said.sort_unstable();
        said.dedup();
        assert_eq!(said.len(), count);
    }
}
