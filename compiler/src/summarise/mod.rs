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
mod heads;
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
use document::{Block, Section};
use words::Words;

/// A section of the plan's own facts by its id, with names that stand alone as the document has them: what a comparison
/// of two plans reads. `None` for what the plan alone does not tell (exposure, conformity, findings, version).
pub(crate) fn compared(words: &Words, id: &str) -> Option<Section> {
    let section: fn(&Words) -> Section = match id {
        "identity" => identity::identity,
        "term" => identity::term,
        "scope" => identity::scope,
        "covers" => covers::covers,
        "meeting" => covers::meeting,
        "sum-insured" => schedules::sum_insured,
        "limits" => limits::limits,
        "premium" => premium::premium,
        "split" => premium::split,
        "coinsurance" => premium::coinsurance,
        "tower" => tower::tower,
        "funds" => tower::funds,
        "decisions" => choices::decisions,
        "parameters" => choices::parameters,
        "bounds" => duties::bounds,
        "duties" => duties::duties,
        "elsewhere" => duties::elsewhere,
        "assumptions" => reading::assumptions,
        "articles" => reading::articles,
        _ => return None,
    };
    Some(section(words))
}

/// The summary as a document, for any writer.
pub fn document(plan: &Plan, input: &SummaryInput, language: Language) -> Document {
    let words = Words { plan, language };
    let title = ("title", words.names(&plan.scheme.title).into());
    let mut sections = match input.subject {
        Subject::Scheme => scheme_sections(&words, input),
        Subject::Framework => framework_sections(&words, input),
    };
    sections.iter_mut().for_each(|section| polish(&words, section));
    Document {
        language,
        title: match &plan.scheme.contract {
            Some(contract) => words.say(
                "summary-title-contract",
                [title, ("contract", contract.as_str().into())],
            ),
            None => words.say("summary-title", [title]),
        },
        preamble: words.plain("summary-preamble"),
        sections,
    }
}

/// Names that stand alone as the language calls them; in English, what begins a line begins with a large letter.
fn polish(words: &Words, section: &mut Section) {
    if words.language == Language::Zh {
        return;
    }
    let alone = |text: &mut String| *text = words.own(text);
    let begin = |text: &mut String| *text = words::large(&words.own(text));
    for block in &mut section.blocks {
        match block {
            Block::Heading(text) => begin(text),
            Block::Lines(lines) => {
                for line in lines {
                    match &mut line.label {
                        Some(label) => {
                            begin(label);
                            alone(&mut line.text);
                        }
                        None => begin(&mut line.text),
                    }
                }
            }
            Block::Table(table) => {
                table.head.iter_mut().for_each(|column| begin(&mut column.title));
                for row in &mut table.rows {
                    row.cells.iter_mut().for_each(alone);
                    row.cells.first_mut().into_iter().for_each(begin);
                }
            }
            Block::Picture(picture) => picture.layers.iter_mut().for_each(|(bearer, _)| begin(bearer)),
        }
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
        Subject::Scheme => Some(html::calculator(plan, input, language)),
        Subject::Framework => None,
    };
    html::write(&document(plan, input, language), calculator.as_ref())
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
        choices::by_contract(words, &input.contracts),
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
