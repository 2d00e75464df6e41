//! The summary that people read and diff: one fact a line, in a fixed order that follows the concept and not the file.
//!
//! [`document`] builds a format-free [`Document`] from the plan and the results of analysis, and nothing else;
//! [`markdown`] and [`html`] write it. A further format is a further writer over the same document.

pub mod capitals;
mod choices;
mod conformity;
mod covers;
pub mod document;
mod duties;
mod exposure;
mod framework;
mod glance;
pub mod html;
mod identity;
mod input;
mod limits;
pub mod markdown;
pub mod numerals;
mod premium;
mod reading;
mod schedules;
mod tower;
pub(crate) mod words;

#[cfg(test)]
mod tests;

pub use document::Document;
pub use input::{Subject, SummaryInput};

use crate::plan::Plan;
use anlan_lang::texts::Language;
use document::Section;
use words::Words;

/// The summary as a document, for any writer.
pub fn document(plan: &Plan, input: &SummaryInput, language: Language) -> Document {
    let words = Words { plan, language };
    let title = [("title", words.names(&plan.scheme.title).into())];
    Document {
        language,
        title: words.say("summary-title", title),
        preamble: words.plain("summary-preamble"),
        sections: match input.subject {
            Subject::Scheme => scheme_sections(&words, input),
            Subject::Framework => framework_sections(&words, input),
        },
    }
}

/// The summary as Markdown. Deterministic: the same plan and analysis give the same bytes.
pub fn markdown(plan: &Plan, input: &SummaryInput, language: Language) -> String {
    markdown::write(&document(plan, input, language))
}

/// The summary as one HTML page that needs nothing beside it.
///
/// # Errors
/// As [`html::write`].
pub fn html(plan: &Plan, input: &SummaryInput, language: Language) -> Result<String, minijinja::Error> {
    let calculator = match input.subject {
        Subject::Scheme => html::calculator(plan, language),
        Subject::Framework => None,
    };
    html::write(&document(plan, input, language), calculator.as_deref())
}

fn scheme_sections(words: &Words, input: &SummaryInput) -> Vec<Section> {
    vec![
        identity::identity(words),
        identity::term(words),
        identity::scope(words),
        glance::glance(words),
        covers::covers(words),
        covers::meeting(words),
        schedules::schedules(words),
        schedules::sum_insured(words),
        limits::limits(words),
        premium::premium(words),
        premium::split(words),
        premium::coinsurance(words),
        tower::tower(words),
        tower::funds(words),
        exposure::exposure(words),
        choices::decisions(words),
        choices::parameters(words),
        duties::bounds(words),
        duties::duties(words),
        duties::elsewhere(words),
        conformity::conformity(words, input),
        reading::assumptions(words),
        reading::acknowledged(words, input),
        reading::open(words, input),
        reading::articles(words),
        reading::version(words, input),
    ]
}

fn framework_sections(words: &Words, input: &SummaryInput) -> Vec<Section> {
    vec![
        identity::identity(words),
        framework::applies_to(words),
        framework::scopes(words),
        framework::requirements(words),
        duties::duties(words),
        reading::assumptions(words),
        reading::acknowledged(words, input),
        reading::open(words, input),
        reading::articles(words),
        reading::version(words, input),
    ]
}
