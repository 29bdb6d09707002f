//! Words of the dashboard's still pages: the frame, forms, and what is wrong with a field.

mod en;
mod sw;

use super::dash;
use duka::error::Refusal;
use duka::kernel::{field_errors::FieldProblem, locale::Locale};

/// Words that every form shares.
pub struct StillWords {
    pub save: &'static str,
    pub saved: &'static str,
    pub cancel: &'static str,
    pub back: &'static str,
    pub optional: &'static str,
    /// Beside a secret that is set: it is never shown again.
    pub secret_kept: &'static str,
    pub secret_missing: &'static str,
    /// Above a form with mistakes.
    pub look_again: &'static str,
    /// Above a form that somebody else changed meanwhile.
    pub changed_meanwhile: &'static str,
    pub it_was: &'static str,
    pub it_is_now: &'static str,
    pub you_typed: &'static str,
    pub nothing: &'static str,
    /// What a ticked box is called.
    pub ticked: &'static str,
    pub save_anyway: &'static str,
    pub signed_out: &'static str,
    /// Above the reason why something could not be done.
    pub not_done: &'static str,
    pub not_permitted: &'static str,
    pub not_permitted_text: &'static str,
    pub sign_in: &'static str,
    pub unknown_field: fn(&str) -> String,
    pub refused: fn(&Refusal) -> Option<&'static str>,
    problem: fn(FieldProblem) -> Option<&'static str>,
}

/// The words of a language.
pub const fn words(locale: Locale) -> &'static StillWords {
    match locale {
        Locale::En => &en::WORDS,
        Locale::Sw => &sw::WORDS,
    }
}

/// What is wrong with a field, as a sentence.
pub fn problem(locale: Locale, problem: FieldProblem) -> &'static str {
    (words(locale).problem)(problem).unwrap_or_else(|| (dash::words(locale).problem)(problem))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_problem_has_a_sentence_of_its_own_in_both_languages() {
        let problems = [
            FieldProblem::TooShort,
            FieldProblem::NoSuchProduct,
            FieldProblem::Taken,
            FieldProblem::TooPale,
            FieldProblem::WrongCode,
            FieldProblem::LastOwner,
            FieldProblem::NotByMpesa,
            FieldProblem::NotAPhone,
        ];
        for locale in Locale::ALL {
            let mut said: Vec<_> = problems.iter().map(|one| problem(locale, *one)).collect();
            said.sort_unstable();
            said.dedup();
            assert_eq!(said.len(), problems.len());
        }
    }
}
